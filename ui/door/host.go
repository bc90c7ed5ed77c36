package door

import (
	"context"
	"runtime"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"wardbook/app/access"
	"wardbook/app/house"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// Host is what a view may ask of the window that shows it. Every kit.Host is one.
type Host interface {
	// Async gives a helper for slow work, whose answers come back on the window's goroutine. A view closes those it was given.
	Async() *kit.Async
	// Explain puts an error into words for the person at the desk, and its cause into the log.
	Explain(error) kit.Sentence
	// Focus puts the keyboard on a widget; nil: on none.
	Focus(fyne.Focusable)
	// Ask opens a dialog over the window.
	Ask(*kit.Dialog)
	// Now is the present time.
	Now() time.Time
}

// Progress hears what something long is at; total is 0 where it is not known.
type Progress = func(stage term.Text, done, total int64)

// Hospital is the hospital that people come in to: *hospital.Hospital.
type Hospital interface {
	SignIn(ctx context.Context, name, password string, progress Progress) (*access.Session, error)
	Unlock(ctx context.Context, s *access.Session, password string) error
	SetUp(ctx context.Context, facts house.House, admin access.User, password string, progress Progress) (*access.Session, string, error)
	// Recover gives a session together with an error that wraps hospital.ErrEitherKey where the old key or the new one is in force.
	Recover(ctx context.Context, key, signIn, password string, progress Progress) (*access.Session, string, error)
}

// View is one of the views of this package, for the window that shows it. All of it belongs to the window's goroutine.
type View interface {
	Content() fyne.CanvasObject
	// Start is where typing begins.
	Start() fyne.Focusable
	// Commands are what its keys do at this moment.
	Commands() []kit.Command
	// Unsaved tells whether something would be lost for good if the program ended now: whoever quits has to be asked first. Passwords are not
	// counted: they are typed again.
	Unsaved() bool
	// Close ends what runs for the view. Nothing reaches it afterwards.
	Close()
}

var (
	_ View = (*SignIn)(nil)
	_ View = (*Lock)(nil)
)

// timerOf gives the program's own timer where a view was given none. What comes after the view was closed is dropped.
func timerOf(later kit.Later, async *kit.Async) kit.Later {
	if later != nil {
		return later
	}
	return kit.NewLater(async.Post)
}

// step is how far something long has come.
type step struct {
	doing       kit.Sentence
	done, total int64
}

// latest passes steps on to the window, where at most one waits at a time: a book has more entries than a window can draw.
func latest(tell func(func()), show func(step)) Progress {
	var waiting atomic.Pointer[step]
	return func(stage term.Text, done, total int64) {
		s := step{kit.Of(stage), done, total}
		if waiting.Swap(&s) == nil {
			tell(func() { show(*waiting.Swap(nil)) })
		}
	}
}

// forth is what leads back and forth together with the arrows. On macOS Alt and arrows move by words.
var forth = func() fyne.KeyModifier {
	if runtime.GOOS == "darwin" {
		return fyne.KeyModifierShortcutDefault
	}
	return fyne.KeyModifierAlt
}()
