package kit

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
)

// Route names what a window is to show: a place of the rail, and what in it.
type Route struct {
	Place string // the place's name: "patients"
	Page  string // a page of the place: "", "new", "edit", "page"
	ID    string // what the page is about, as the place writes it; never shown
}

// Command is something that can be done on a screen: it stands in the palette and on the page of keys, and its key works
// wherever the focus is.
type Command struct {
	Name Sentence
	// Key with Modifier is what chooses it; an empty Key leaves it to palette and button. A key without a modifier (F-keys, Escape)
	// works too, but not letters: those are for typing.
	Key      fyne.KeyName
	Modifier fyne.KeyModifier
	Do       func()
	// Hidden keeps it out of the palette: it only has its key.
	Hidden bool
}

// Screen is what a place shows, for as long as it is open. All of it belongs to the window's goroutine.
type Screen interface {
	// Title is the name that stands over it. It may hold a patient's name: it is never a window's title.
	Title() Sentence
	// Content is built once.
	Content() fyne.CanvasObject
	// Start is where typing begins; nil where nothing is typed.
	Start() fyne.Focusable
	// Commands are asked for whenever they may have changed; the first is what the place is for.
	Commands() []Command
	// Unsaved tells whether leaving would lose something that a person typed.
	Unsaved() bool
	// Save gives the filter, selection and scroll position, for the way back; the place's constructor gets it again. It may be nil.
	Save() any
	// Refresh reads everything anew (F5).
	Refresh()
	// Close ends what runs for the screen. Nothing reaches it afterwards.
	Close()
}

// Host is what a screen may ask of the window that shows it. Windows implement it; tests have a stand-in.
type Host interface {
	// Async gives a helper for slow work, whose answers come back on the window's goroutine.
	Async() *Async
	// Context ends when the person signs out or the window closes.
	Context() context.Context
	// Go leads to another route, in this window. It asks first where the screen has unsaved work.
	Go(Route)
	// Replace is Go without a way back to the present screen: after a form was saved.
	Replace(Route)
	// Back leads to where the person came from.
	Back()
	// Changed tells the window that title or commands have changed.
	Changed()
	// Focus puts the keyboard on a widget.
	Focus(fyne.Focusable)
	// Tell shows what happened, for some seconds, at the window's lower edge.
	Tell(Toast)
	// Ask opens a dialog over the window. The window's own keys are suspended while it is open.
	Ask(*Dialog)
	// Explain puts an error into words for the person at the desk, and its cause into the log.
	Explain(error) Sentence
	// Now is the hospital's time: in its own zone.
	Now() time.Time
}

// Toast is a short notice of something that has happened.
type Toast struct {
	Tone     Tone
	Sentence Sentence
	// Undo, where it is honest, takes it back; Label says so on the button.
	Undo  func()
	Label Sentence
}

// Tone is how serious a remark is. It is always shown by a shape as well as a colour.
type Tone uint8

// The tones.
const (
	Plain Tone = iota
	Good
	Attention
	Urgent
	Critical
)
