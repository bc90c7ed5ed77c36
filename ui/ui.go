// Package ui is Wardbook's windows: what they show and what the keys do.
//
// It knows nothing of files, engines or keys: main hands it plain values and functions (Info). It promises that nothing
// slow runs on the windows' goroutine, and that everything can be done without a mouse. Only main may call it.
package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"wardbook/assets"
	"wardbook/ui/kit"
	"wardbook/ui/theme"
)

// patience is how long the end of the program waits for work in the background to notice.
const patience = 5 * time.Second

// Info is what the first window is told and may ask. Look, Check and Explain are called on other goroutines.
type Info struct {
	Version string // as people say it: "0.1.0"
	Folder  string // where the book lies
	Demo    bool   // the folder is thrown away at the end
	Dark    bool   // dark whatever the person chose before

	// Look tells what lies in the folder.
	Look func(ctx context.Context) (Finding, error)
	// Check reads the whole book and says what it found; nil in a program that can't.
	Check func(ctx context.Context, progress func(Step)) ([]Remark, error)
	// Explain puts an error of the two into words for the person at the desk.
	Explain func(error) kit.Sentence

	// Forward gives a value each time the window is asked to come to the front; the function is to be called when it has.
	Forward <-chan func()
	// Dispatch is fyne.Do in the program.
	Dispatch kit.Dispatcher
}

// Run shows the first window and returns when it has been closed, Ctrl+Q was pressed or ctx ended.
func Run(ctx context.Context, app fyne.App, info Info) error {
	look, err := dress(app, info.Dark)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	async := kit.NewAsync(ctx, info.Dispatch)
	w := newStartWindow(app, info, async, look)
	go attend(ctx, info.Forward, async, w)
	w.window.Show()
	w.present.look()
	app.Run()
	async.Close(patience)
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
func attend(ctx context.Context, forward <-chan func(), async *kit.Async, w *startWindow) {
	for {
		select {
		case <-ctx.Done():
			async.Post(w.leave)
			return
		case answer := <-forward:
			async.Post(func() {
				w.window.Show()
				w.window.RequestFocus()
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
	prefDark = "look.dark"
	prefText = "look.text"
)

func newAppearance(app fyne.App, dark bool) *appearance {
	a := &appearance{app: app, text: theme.Clamp(app.Preferences().IntWithFallback(prefText, theme.NormalText))}
	if dark || app.Preferences().Bool(prefDark) {
		a.look = theme.Dark
	}
	return a
}

func (a *appearance) apply() { a.app.Settings().SetTheme(theme.New(a.look, a.text)) }

func (a *appearance) choose(look theme.Look) {
	a.look = look
	a.app.Preferences().SetBool(prefDark, look == theme.Dark)
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
