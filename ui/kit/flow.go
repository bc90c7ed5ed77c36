package kit

import (
	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
)

// Flow sets things beside each other, and those for which there is no room in the next line. It remembers its last width:
// one Flow belongs to one container.
type Flow struct{ width float32 }

var _ fyne.Layout = (*Flow)(nil)

func (l *Flow) each(objects []fyne.CanvasObject, place func(o fyne.CanvasObject, x, y float32)) float32 {
	gap := fyne.CurrentApp().Settings().Theme().Size(base.SizeNamePadding)
	x, y, row := float32(0), float32(0), float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		need := o.MinSize()
		if x > 0 && l.width > 0 && x+need.Width > l.width { // a window that nobody has laid out yet must not become as high as all of them
			x, y, row = 0, y+row+gap, 0
		}
		place(o, x, y)
		x, row = x+need.Width+gap, max(row, need.Height)
	}
	return y + row
}

// Layout is called by Fyne.
func (l *Flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.each(objects, func(o fyne.CanvasObject, x, y float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(o.MinSize())
	})
}

// MinSize is called by Fyne.
func (l *Flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		width = max(width, o.MinSize().Width)
	}
	return fyne.NewSize(width, l.each(objects, func(fyne.CanvasObject, float32, float32) {}))
}
