package frontdesk

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
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

// gap begins a new row of a form.
func gap() fyne.CanvasObject { return canvas.NewRectangle(color.Transparent) }
