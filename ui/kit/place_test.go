package kit_test

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// placedText is a text that is drawn, and where in its window.
type placedText struct {
	text string
	x, y float32
}

// textsOf are the texts that a window draws: what is hidden is not among them.
func textsOf(w fyne.Window) []placedText {
	var found []placedText
	var walk func(fyne.CanvasObject, fyne.Position)
	walk = func(o fyne.CanvasObject, at fyne.Position) {
		if !o.Visible() {
			return
		}
		at = at.Add(o.Position())
		switch o := o.(type) {
		case *canvas.Text:
			found = append(found, placedText{o.Text, at.X, at.Y})
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child, at)
			}
		case *container.Scroll:
			walk(o.Content, at)
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				walk(child, at)
			}
		}
	}
	walk(w.Content(), fyne.Position{})
	for _, overlay := range w.Canvas().Overlays().List() {
		walk(overlay, fyne.Position{})
	}
	return found
}

func sorted(lines []string) []string {
	slices.Sort(lines)
	return lines
}
