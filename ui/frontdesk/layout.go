package frontdesk

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
)

// Sizes of a form with a panel beside it, in heights of its text.
const (
	panelLetters = 21 // the panel's width
	mainLetters  = 42 // what the form needs beside it
)

// beside sets a panel at the right of the main thing, or below it where the window is too narrow for both. A hidden panel takes no room.
type beside struct{}

func letter() float32 { return fyne.CurrentApp().Settings().Theme().Size(base.SizeNameText) }

// Layout is called by Fyne; the first object is the main one.
func (beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	main, panel := objects[0], objects[1]
	main.Move(fyne.Position{})
	switch width := panelLetters * letter(); {
	case !panel.Visible():
		main.Resize(size)
	case size.Width >= width+mainLetters*letter():
		main.Resize(fyne.NewSize(size.Width-width, size.Height))
		panel.Move(fyne.NewPos(size.Width-width, 0))
		panel.Resize(fyne.NewSize(width, size.Height))
	default:
		height := size.Height / 3
		main.Resize(fyne.NewSize(size.Width, size.Height-height))
		panel.Move(fyne.NewPos(0, size.Height-height))
		panel.Resize(fyne.NewSize(size.Width, height))
	}
}

// MinSize is called by Fyne.
func (beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().Max(objects[1].MinSize())
}

// below sets the main thing below what stands over it, which Tab reaches first.
func below(top, main fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewBorderLayout(top, nil, nil, nil), top, main)
}

// tower sets texts below each other. Unlike Fyne's box it asks each for its height once it has its width: so high is text that wraps. It
// remembers its last width.
type tower struct{ width float32 }

func (l *tower) each(objects []fyne.CanvasObject, place func(o fyne.CanvasObject, x, y, width float32) float32) float32 {
	y := float32(0)
	for _, o := range objects {
		if o.Visible() {
			y += place(o, 0, y, l.width)
		}
	}
	return y
}

// Layout is called by Fyne.
func (l *tower) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.each(objects, settle)
}

// MinSize is called by Fyne.
func (l *tower) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := float32(0)
	for _, o := range objects {
		width = max(width, o.MinSize().Width)
	}
	return fyne.NewSize(width, l.each(objects, measure))
}

// wrapped sets buttons beside each other, and those for which there is no room in the next row. It remembers its last width.
type wrapped struct{ width float32 }

func (l *wrapped) each(objects []fyne.CanvasObject, place func(o fyne.CanvasObject, x, y float32)) float32 {
	gap := fyne.CurrentApp().Settings().Theme().Size(base.SizeNamePadding)
	x, y, row := float32(0), float32(0), float32(0)
	for _, o := range objects {
		need := o.MinSize()
		if x > 0 && x+need.Width > l.width {
			x, y, row = 0, y+row+gap, 0
		}
		place(o, x, y)
		x, row = x+need.Width+gap, max(row, need.Height)
	}
	return y + row
}

// Layout is called by Fyne.
func (l *wrapped) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.each(objects, func(o fyne.CanvasObject, x, y float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(o.MinSize())
	})
}

// MinSize is called by Fyne.
func (l *wrapped) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := float32(0)
	for _, o := range objects {
		width = max(width, o.MinSize().Width)
	}
	return fyne.NewSize(width, l.each(objects, func(fyne.CanvasObject, float32, float32) {}))
}

// settle gives an object its width, and then the height that its text needs in it.
func settle(o fyne.CanvasObject, x, y, width float32) float32 {
	o.Resize(fyne.NewSize(width, o.MinSize().Height))
	height := o.MinSize().Height
	o.Resize(fyne.NewSize(width, height))
	o.Move(fyne.NewPos(x, y))
	return height
}

func measure(o fyne.CanvasObject, _, _, _ float32) float32 { return o.MinSize().Height }

// gap begins a new row of a form.
func gap() fyne.CanvasObject { return canvas.NewRectangle(color.Transparent) }
