package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"wardbook/ui/kit"
)

// other is a window with one place in it, for a second screen.
type other struct {
	bench  *Bench
	window fyne.Window
	pane   *pane
	place  string
	title  *widget.Label
	who    *widget.Label
	body   fyne.CanvasObject
}

// openOther opens the present place in a window of its own, or brings that window forward.
func (b *Bench) openOther(r kit.Route, saved any) {
	for _, w := range b.others {
		if w.place == r.Place {
			w.window.RequestFocus()
			return
		}
	}
	place, ok := find(b.o.Places, r.Place)
	if !ok {
		return
	}
	w := &other{bench: b, window: b.o.App.NewWindow(place.Title.Text() + " - " + kit.Say("app.name", "Wardbook").Text()), place: r.Place}
	w.pane = newPane(b, w.window)
	w.pane.toasts = kit.NewToasts(kit.NewLater(b.dispatch))
	w.pane.changed = w.changed
	w.title = heading()
	w.who = caption()
	top := container.NewVBox(w.title, widget.NewSeparator())
	if b.o.Demo {
		top.Objects = append([]fyne.CanvasObject{demoBanner()}, top.Objects...)
	}
	w.body = w.pane.toasts.Over(kit.Bordered(top, container.NewVBox(widget.NewSeparator(), w.who), nil, nil, w.pane.holder))
	w.window.SetCloseIntercept(func() { w.pane.unlessUnsaved(w.close) })
	w.uncover()
	keys{pane: w.pane, bench: b, extra: w.commands}.install(w.window.Canvas())
	w.window.Resize(SizeOf(b.o.App.Preferences(), r.Place, otherSize))
	b.others = append(b.others, w)
	w.window.Show()
	w.pane.show(r, saved)
}

var otherSize = fyne.NewSize(900, 640)

func (w *other) changed() {
	if w.pane.screen != nil {
		w.title.SetText(w.pane.screen.Title().Text())
	}
	setText(w.who, w.bench.whoText())
}

// commands are what the window knows besides its page: what a person at a second screen must not have to go back to the first for.
func (w *other) commands() []kit.Command {
	b, ctrl := w.bench, fyne.KeyModifierShortcutDefault
	everywhere := func() []kit.Command { return append(w.pane.commands(), w.commands()...) }
	return []kit.Command{
		{Name: kit.Say("shell.palette", "Find a place or an action"), Key: fyne.KeyK, Modifier: ctrl, Hidden: true,
			Do: func() { b.openPalette(w.pane, everywhere(), nil) }},
		{Name: kit.Say("shell.keys", "The keys of this page"), Key: fyne.KeyF1, Do: func() { b.showKeys(w.pane, everywhere()) }},
		{Name: kit.Say("shell.lock", "Lock this desk"), Key: fyne.KeyL, Modifier: ctrl, Do: b.o.Lock},
		{Name: kit.Say("shell.other.close", "Close this window"), Key: fyne.KeyW, Modifier: ctrl, Do: func() { w.pane.unlessUnsaved(w.close) }},
	}
}

// close ends the window by its owner's wish.
func (w *other) close() {
	KeepSize(w.bench.o.App.Preferences(), w.place, w.window.Canvas().Size())
	w.pane.leave()
	for i, o := range w.bench.others {
		if o == w {
			w.bench.others = append(w.bench.others[:i], w.bench.others[i+1:]...)
			break
		}
	}
	w.window.SetCloseIntercept(nil)
	w.window.Close()
}

// cover hides what the window shows while the desk is locked.
func (w *other) cover() {
	text := heading()
	text.Truncation = fyne.TextTruncateOff
	text.SetText(kit.Say("shell.covered", "This desk is locked.").Text())
	w.window.SetContent(container.NewCenter(text))
}

func (w *other) uncover() { w.window.SetContent(w.body) }
