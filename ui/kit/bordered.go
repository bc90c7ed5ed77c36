package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// Bordered is Fyne's border with its parts in the order in which they are read: Tab follows the order of objects, and Fyne's own begins in the
// middle. Parts may be nil.
func Bordered(top, bottom, left, right fyne.CanvasObject, middle ...fyne.CanvasObject) *fyne.Container {
	var parts []fyne.CanvasObject
	for _, part := range append(append([]fyne.CanvasObject{top, left}, middle...), right, bottom) {
		if part != nil {
			parts = append(parts, part)
		}
	}
	return container.New(layout.NewBorderLayout(top, bottom, left, right), parts...)
}
