package kit_test

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// written is a text where it is drawn.
type written struct {
	text string
	at   *canvas.Text
}

// writings are the texts of an object that can be seen, as they are laid out now. (Fyne's LaidOutObjects makes new renderers,
// whose objects are nowhere on the canvas.)
func writings(object fyne.CanvasObject) []written {
	if !object.Visible() {
		return nil
	}
	var found []written
	var parts []fyne.CanvasObject
	switch o := object.(type) {
	case *canvas.Text:
		return []written{{o.Text, o}}
	case *fyne.Container:
		parts = o.Objects
	case *container.Scroll:
		parts = []fyne.CanvasObject{o.Content}
	case fyne.Widget:
		parts = test.WidgetRenderer(o).Objects()
	}
	for _, part := range parts {
		found = append(found, writings(part)...)
	}
	return found
}
