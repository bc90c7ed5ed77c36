package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"wardbook/ui/kit"
)

// readable is the widest that running text gets, in device-independent pixels; longer lines are hard to read.
const readable = 720

// examineView is the thin view of examine: what lies in the folder, and a check of it that needs no password.
type examineView struct {
	present *examine
	async   *kit.Async
	window  fyne.Window
	back    func() // nil where there is nowhere to go: the folder is damaged

	tone     *widget.Icon
	headline *widget.Label
	detail   *widget.Label
	check    *kit.Button
	stop     *kit.Button
	leave    *kit.Button
	doing    *widget.Label
	bar      *widget.ProgressBar
	unknown  *widget.ProgressBarInfinite
	working  *fyne.Container
	remarks  *fyne.Container
	content  fyne.CanvasObject
	shown    examined
}

var _ view = (*examineView)(nil)

func newExamineView(window fyne.Window, info Info, async *kit.Async, back func()) *examineView {
	v := &examineView{window: window, async: async, back: back}
	v.present = newExamine(info, async, v.show)
	v.build()
	v.content = v.page(info)
	return v
}

// Content, Start, Commands and Close make it a view.
func (v *examineView) Content() fyne.CanvasObject { return v.content }

// Start is given by focus, as what can be pressed changes.
func (v *examineView) Start() fyne.Focusable { return nil }

func (v *examineView) Commands() []kit.Command {
	return []kit.Command{
		{Name: kit.Say("menu.look", "Look again"), Key: fyne.KeyF5, Do: v.present.look},
		{Name: kit.Say("check.do", "Check the book"), Key: fyne.KeyE, Modifier: fyne.KeyModifierShortcutDefault, Do: v.present.check},
		{Name: kit.Say("check.stop", "Stop the check"), Key: fyne.KeyEscape, Do: v.escape},
	}
}

func (v *examineView) Close() { v.async.Close(0) }

// escape stops a check; where none runs it leads back.
func (v *examineView) escape() {
	if !v.present.stop() && v.back != nil {
		v.back()
	}
}

func (v *examineView) build() {
	v.tone = widget.NewIcon(nil)
	v.headline = widget.NewLabel("")
	v.headline.SizeName = base.SizeNameSubHeadingText
	v.headline.TextStyle.Bold = true
	v.headline.Wrapping = fyne.TextWrapWord
	v.detail = paragraph("")
	v.check = kit.NewButton(kit.Say("check.do", "Check the book").Text(), nil, func() { v.present.check() })
	v.stop = kit.NewButton(kit.Say("check.stop", "Stop the check").Text(), nil, func() { v.present.stop() })
	v.leave = kit.NewButton(kit.Say("examine.back", "Back to the sign-in").Text(), nil, v.escape)
	visible(v.leave, v.back != nil)
	v.doing = paragraph("")
	v.bar = widget.NewProgressBar()
	v.bar.TextFormatter = func() string { return "" } // white on pale at the start; the line above says how far it is
	v.unknown = widget.NewProgressBarInfinite()
	v.working = container.NewVBox(v.doing, v.bar, v.unknown)
	v.remarks = container.NewVBox()
}

// page is what lies in the folder, what can be done, and where we are.
func (v *examineView) page(info Info) fyne.CanvasObject {
	facts := container.New(layout.NewFormLayout(),
		name(kit.Say("start.folder", "Data folder")), fact(info.Folder),
		name(kit.Say("start.version", "Version")), fact(info.Version))
	column := container.NewVBox(
		kit.Bordered(nil, nil, container.NewPadded(v.tone), nil, v.headline),
		v.detail,
		container.NewHBox(v.check, v.stop, v.leave),
		v.working,
		v.remarks,
		widget.NewSeparator(),
		facts,
	)
	return container.NewVScroll(container.New(kit.Column{Width: readable, Margin: 24}, column))
}

// show draws what the presenter has decided.
func (v *examineView) show(screen examined) {
	v.tone.SetResource(screen.tone.Shape())
	v.headline.Importance = screen.tone.Importance()
	v.headline.SetText(screen.headline.Text())
	v.detail.SetText(screen.detail.Text())
	visible(v.detail, !screen.detail.Empty())
	visible(v.check, screen.canCheck && !screen.checking)
	visible(v.stop, screen.checking)
	v.showStep(screen.step, screen.checking)
	v.remarks.RemoveAll()
	for _, remark := range screen.remarks {
		v.remarks.Add(kit.RemarkRow(remark.Tone, remark.Sentence))
	}
	if screen.checking != v.shown.checking || screen.canCheck != v.shown.canCheck {
		v.focus(screen)
	}
	v.shown = screen
}

func (v *examineView) showStep(step Step, checking bool) {
	visible(v.working, checking)
	if !checking {
		v.unknown.Stop()
		return
	}
	v.doing.SetText(step.Doing.Text())
	visible(v.bar, step.Total > 0)
	visible(v.unknown, step.Total <= 0)
	if step.Total > 0 {
		v.unknown.Stop()
		v.bar.SetValue(float64(step.Done) / float64(step.Total))
	} else {
		v.unknown.Start()
	}
}

// focus keeps the keyboard on what can be pressed: the button that had it may be gone now.
func (v *examineView) focus(screen examined) {
	canvas := v.window.Canvas()
	switch {
	case screen.checking:
		canvas.Focus(v.stop)
	case screen.canCheck:
		canvas.Focus(v.check)
	default:
		canvas.Unfocus()
	}
}

// Refuse shows why Wardbook can't start, and returns when the person has read it (Esc, Enter or Close).
func Refuse(app fyne.App, dark bool, why kit.Sentence) error {
	if _, err := dress(app, dark); err != nil {
		return err
	}
	window := app.NewWindow(kit.Say("app.refused", "Wardbook can't start").Text())
	keys := kit.Keys{fyne.KeyEscape: app.Quit}
	closing := kit.NewButton(kit.Say("app.close", "Close").Text(), keys, app.Quit)
	row := kit.RemarkRow(kit.Critical, why)
	window.SetContent(container.NewPadded(kit.Bordered(nil,
		container.NewHBox(layout.NewSpacer(), closing), nil, nil, container.NewVScroll(container.NewVBox(row)))))
	window.Canvas().SetOnTypedKey(func(event *fyne.KeyEvent) { keys.Press(event) })
	window.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyQ, Modifier: fyne.KeyModifierShortcutDefault},
		func(fyne.Shortcut) { app.Quit() })
	window.Resize(fyne.NewSize(520, 200))
	window.CenterOnScreen()
	window.Show()
	window.Canvas().Focus(closing)
	app.Run()
	return nil
}
