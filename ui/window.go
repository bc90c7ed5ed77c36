package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"wardbook/ui/kit"
	"wardbook/ui/theme"
)

// Sizes in device-independent pixels.
var (
	startSize  = fyne.NewSize(1000, 640)
	refuseSize = fyne.NewSize(520, 200)
)

// readable is the widest that running text gets; longer lines are hard to read.
const readable = 720

// startWindow is the thin view of start.
type startWindow struct {
	app     fyne.App
	window  fyne.Window
	present *start
	async   *kit.Async

	tone      *widget.Icon
	headline  *widget.Label
	detail    *widget.Label
	check     *kit.Button
	stop      *kit.Button
	doing     *widget.Label
	bar       *widget.ProgressBar
	unknown   *widget.ProgressBarInfinite
	working   *fyne.Container
	remarks   *fyne.Container
	checkMenu *fyne.MenuItem
	shown     startScreen
}

func newStartWindow(app fyne.App, info Info, async *kit.Async, look *appearance) *startWindow {
	w := &startWindow{app: app, async: async, window: app.NewWindow(kit.Say("app.name", "Wardbook").Text())}
	w.present = newStart(info, async, w.show)
	keys := kit.Keys{
		fyne.KeyF5:     w.present.look,
		fyne.KeyEscape: func() { w.present.stop() },
	}
	w.build(keys)
	w.window.SetContent(container.NewBorder(demoBanner(info.Demo), w.hints(), nil, nil, w.page(info)))
	w.window.SetMainMenu(w.menu(look))
	w.window.Canvas().SetOnTypedKey(func(event *fyne.KeyEvent) { keys.Press(event) })
	w.window.SetCloseIntercept(w.leave)
	w.window.Resize(startSize)
	w.window.CenterOnScreen()
	w.window.SetMaster()
	return w
}

func (w *startWindow) build(keys kit.Keys) {
	w.tone = widget.NewIcon(nil)
	w.headline = widget.NewLabel("")
	w.headline.SizeName = base.SizeNameSubHeadingText
	w.headline.TextStyle.Bold = true
	w.headline.Wrapping = fyne.TextWrapWord
	w.detail = paragraph("")
	w.check = kit.NewButton(kit.Say("check.do", "Check the book").Text(), keys, func() { w.present.check() })
	w.stop = kit.NewButton(kit.Say("check.stop", "Stop the check").Text(), keys, func() { w.present.stop() })
	w.doing = paragraph("")
	w.bar = widget.NewProgressBar()
	w.bar.TextFormatter = func() string { return "" } // white on pale at the start; the line above says how far it is
	w.unknown = widget.NewProgressBarInfinite()
	w.working = container.NewVBox(w.doing, w.bar, w.unknown)
	w.remarks = container.NewVBox()
}

// page is the middle of the window: what lies in the folder, what can be done, and where we are.
func (w *startWindow) page(info Info) fyne.CanvasObject {
	facts := container.New(layout.NewFormLayout(),
		name(kit.Say("start.folder", "Data folder")), fact(info.Folder),
		name(kit.Say("start.version", "Version")), fact(info.Version))
	column := container.NewVBox(
		container.NewBorder(nil, nil, container.NewPadded(w.tone), nil, w.headline),
		w.detail,
		container.NewHBox(w.check, w.stop),
		w.working,
		w.remarks,
		widget.NewSeparator(),
		facts,
	)
	return container.NewVScroll(container.New(kit.Column{Width: readable, Margin: 24}, column))
}

func (w *startWindow) hints() fyne.CanvasObject {
	text := kit.Say("start.keys", "F5 look again    Ctrl+E check    Alt menu    Ctrl+Plus and Ctrl+Minus size of text    Ctrl+Q quit").Text()
	hint := widget.NewLabel(text)
	hint.SizeName = base.SizeNameCaptionText
	hint.Truncation = fyne.TextTruncateEllipsis
	return container.NewVBox(widget.NewSeparator(), hint)
}

func (w *startWindow) menu(a *appearance) *fyne.MainMenu {
	plain := func(s kit.Sentence, do func()) *fyne.MenuItem { return fyne.NewMenuItem(s.Text(), do) }
	w.checkMenu = kit.MenuItem(kit.Say("check.do", "Check the book"), fyne.KeyE, func() { w.present.check() })
	quit := kit.MenuItem(kit.Say("menu.quit", "Quit"), fyne.KeyQ, w.leave)
	quit.IsQuit = true
	larger := func() { a.resize(theme.TextStep) }
	// Where plus needs Shift, people press Ctrl and the key that plus stands on.
	for _, with := range []fyne.KeyModifier{fyne.KeyModifierShortcutDefault, fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift} {
		w.window.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyEqual, Modifier: with}, func(fyne.Shortcut) { larger() })
	}
	return fyne.NewMainMenu(
		fyne.NewMenu(kit.Say("menu.book", "Book").Text(),
			plain(kit.Say("menu.look", "Look again  (F5)"), w.present.look), w.checkMenu, fyne.NewMenuItemSeparator(), quit),
		fyne.NewMenu(kit.Say("menu.view", "View").Text(),
			plain(kit.Say("menu.light", "Light"), func() { a.choose(theme.Light) }),
			plain(kit.Say("menu.dark", "Dark, for the night"), func() { a.choose(theme.Dark) }),
			fyne.NewMenuItemSeparator(),
			kit.MenuItem(kit.Say("menu.larger", "Larger text"), fyne.KeyPlus, larger),
			kit.MenuItem(kit.Say("menu.smaller", "Smaller text"), fyne.KeyMinus, func() { a.resize(-theme.TextStep) }),
			kit.MenuItem(kit.Say("menu.normal", "Normal text"), fyne.Key0, func() { a.resize(0) })))
}

// show draws what the presenter has decided.
func (w *startWindow) show(screen startScreen) {
	w.tone.SetResource(shape(screen.tone))
	w.headline.Importance = importance(screen.tone)
	w.headline.SetText(screen.headline.Text())
	w.detail.SetText(screen.detail.Text())
	visible(w.detail, !screen.detail.Empty())
	visible(w.check, screen.canCheck && !screen.checking)
	visible(w.stop, screen.checking)
	w.checkMenu.Disabled = !screen.canCheck || screen.checking
	w.showStep(screen.step, screen.checking)
	w.remarks.RemoveAll()
	for _, remark := range screen.remarks {
		w.remarks.Add(remarkRow(remark))
	}
	if screen.checking != w.shown.checking || screen.canCheck != w.shown.canCheck {
		w.focus(screen)
	}
	w.shown = screen
}

func (w *startWindow) showStep(step Step, checking bool) {
	visible(w.working, checking)
	if !checking {
		w.unknown.Stop()
		return
	}
	w.doing.SetText(step.Doing.Text())
	visible(w.bar, step.Total > 0)
	visible(w.unknown, step.Total <= 0)
	if step.Total > 0 {
		w.unknown.Stop()
		w.bar.SetValue(float64(step.Done) / float64(step.Total))
	} else {
		w.unknown.Start()
	}
}

// focus keeps the keyboard on what can be pressed: the button that had it may be gone now.
func (w *startWindow) focus(screen startScreen) {
	canvas := w.window.Canvas()
	switch {
	case screen.checking:
		canvas.Focus(w.stop)
	case screen.canCheck:
		canvas.Focus(w.check)
	default:
		canvas.Unfocus()
	}
}

// leave ends the program. What still works in the background is told to stop, and Run waits for it.
func (w *startWindow) leave() {
	w.async.Close(0)
	w.app.Quit()
}

// Refuse shows why Wardbook can't start, and returns when the person has read it (Esc, Enter or Close).
func Refuse(app fyne.App, dark bool, why kit.Sentence) error {
	if _, err := dress(app, dark); err != nil {
		return err
	}
	window := app.NewWindow(kit.Say("app.refused", "Wardbook can't start").Text())
	keys := kit.Keys{fyne.KeyEscape: app.Quit}
	closing := kit.NewButton(kit.Say("app.close", "Close").Text(), keys, app.Quit)
	row := remarkRow(Remark{Critical, why})
	window.SetContent(container.NewPadded(container.NewBorder(nil,
		container.NewHBox(layout.NewSpacer(), closing), nil, nil, container.NewVScroll(container.NewVBox(row)))))
	window.Canvas().SetOnTypedKey(func(event *fyne.KeyEvent) { keys.Press(event) })
	window.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyQ, Modifier: fyne.KeyModifierShortcutDefault},
		func(fyne.Shortcut) { app.Quit() })
	window.Resize(refuseSize)
	window.CenterOnScreen()
	window.Show()
	window.Canvas().Focus(closing)
	app.Run()
	return nil
}
