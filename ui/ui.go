// Package ui is Wardbook's windows: what they show and what the keys do.
//
// It knows nothing of files, engines or keys: main hands it the hospital, plain values and functions (Info). It promises that nothing slow
// runs on the windows' goroutine, that everything can be done without a mouse, and that nothing of a person's work is seen while the desk is
// locked. Only main may call it.
package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"wardbook/app/hospital"
	"wardbook/app/report"
	"wardbook/assets"
	"wardbook/ui/door"
	"wardbook/ui/kit"
	"wardbook/ui/theme"
)

// patience is how long the end of the program waits for work in the background to notice.
const patience = 5 * time.Second

// Info is what the windows are told and may ask. Functions may be called on any goroutine.
type Info struct {
	Version     string // as people say it: "0.1.0"
	Folder      string // where the book lies
	Workstation string // what this computer is called in the book
	Demo        bool   // the folder is thrown away at the end
	Dark        bool   // dark whatever the person chose before
	// Hospital is the one in the folder, open or not.
	Hospital *hospital.Hospital
	// Invent fills an empty folder with an invented hospital and gives the accounts that can sign in to it.
	Invent func(ctx context.Context, progress door.Progress) ([]door.Account, error)
	// InventElsewhere does the same in a throw-away folder, for somebody who wants to look before setting up; the hospital takes the place of Hospital.
	InventElsewhere func(ctx context.Context, progress door.Progress) (*hospital.Hospital, []door.Account, error)
	// Look tells what lies in the folder.
	Look func(ctx context.Context) (Finding, error)
	// Check reads the whole book and says what it found; nil in a program that can't.
	Check func(ctx context.Context, progress func(Step)) ([]Remark, error)
	// Explain puts an error into words for the person at the desk, and its cause into the log.
	Explain func(error) kit.Sentence
	// Papers keeps what is opened in another program; View opens it there.
	Papers *report.Folder
	View   func(file string) error
	// Forward gives a value each time the window is asked to come to the front; the function is to be called when it has.
	Forward <-chan func()
	// Dispatch is fyne.Do in the program.
	Dispatch kit.Dispatcher
	Now      func() time.Time
	// Idle is how long nobody has touched this computer; false where it can't be known.
	Idle func() (time.Duration, bool)
	// Shown is told what is on the screen, for the log: "sign-in", "work". Measurements wait for it.
	Shown func(what string)
}

// Run shows the main window and returns when it has been closed, Ctrl+Q was pressed or ctx ended.
func Run(ctx context.Context, app fyne.App, info Info) error {
	look, err := dress(app, info.Dark)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	p := newProgram(ctx, app, info, look)
	go attend(ctx, info.Forward, p)
	p.begin()
	p.window.Show()
	app.Run()
	p.async.Close(patience)
	p.slow.Close(patience)
	p.clearing.Wait()
	return nil
}

// dress gives the program its texts, its icon and its looks.
func dress(app fyne.App, dark bool) (*appearance, error) {
	if err := kit.LoadTexts(assets.Translations, "translations"); err != nil {
		return nil, err
	}
	app.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon))
	look := newAppearance(app, dark)
	look.apply()
	return look, nil
}

// attend waits for what comes from outside the window.
func attend(ctx context.Context, forward <-chan func(), p *program) {
	for {
		select {
		case <-ctx.Done():
			p.info.Dispatch(p.app.Quit)
			return
		case answer := <-forward:
			p.info.Dispatch(func() {
				p.window.Show()
				p.window.RequestFocus()
				answer()
			})
		}
	}
}

// appearance is how the person at the desk likes the windows; Fyne's preferences remember it for the account.
type appearance struct {
	app  fyne.App
	look theme.Look
	text int
}

const (
	prefDark = "look.dark" // of version 0.1.0, which knew two looks
	prefLook = "look"
	prefText = "look.text"
)

func newAppearance(app fyne.App, dark bool) *appearance {
	a := &appearance{app: app, text: theme.Clamp(app.Preferences().IntWithFallback(prefText, theme.NormalText))}
	usual := int(theme.Light)
	if app.Preferences().Bool(prefDark) {
		usual = int(theme.Dark)
	}
	a.look = theme.Look(app.Preferences().IntWithFallback(prefLook, usual))
	if dark {
		a.look = theme.Dark
	}
	return a
}

func (a *appearance) apply() { a.app.Settings().SetTheme(theme.New(a.look, a.text)) }

func (a *appearance) choose(look theme.Look) {
	a.look = look
	a.app.Preferences().SetInt(prefLook, int(look))
	a.apply()
}

// resize changes the text's size by some per cent; 0 makes it normal again.
func (a *appearance) resize(by int) {
	if a.text = theme.Clamp(a.text + by); by == 0 {
		a.text = theme.NormalText
	}
	a.app.Preferences().SetInt(prefText, a.text)
	a.apply()
}
