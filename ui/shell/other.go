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
	body   fyne.CanvasObject
}

// openOther opens the present place in a window of its own, or brings that window forward.
func (b *Bench) openOther(r kit.Route) {
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
	w.body = w.pane.toasts.Over(kit.Bordered(container.NewVBox(w.title, widget.NewSeparator()), nil, nil, nil, w.pane.holder))
	w.window.SetCloseIntercept(func() { w.pane.unlessUnsaved(w.close) })
	w.uncover()
	keys{pane: w.pane, bench: b}.install(w.window.Canvas())
	w.window.Resize(SizeOf(b.o.App.Preferences(), r.Place, otherSize))
	b.others = append(b.others, w)
	w.window.Show()
	w.pane.show(r, nil)
}

var otherSize = fyne.NewSize(900, 640)

func (w *other) changed() {
	if w.pane.screen != nil {
		w.title.SetText(w.pane.screen.Title().Text())
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
	text.SetText(kit.Say("shell.covered", "This desk is locked.").Text())
	w.window.SetContent(container.NewCenter(text))
}

func (w *other) uncover() { w.window.SetContent(w.body) }
