package kit

import "fyne.io/fyne/v2"

// Column lays its objects over each other in a column no wider than text should run, at the left, with a margin all
// round. Width and Margin are device-independent pixels.
type Column struct{ Width, Margin float32 }

var _ fyne.Layout = Column{}

// Layout is called by Fyne.
func (c Column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(c.Width, size.Width-2*c.Margin)
	for _, object := range objects {
		object.Move(fyne.NewPos(c.Margin, c.Margin))
		object.Resize(fyne.NewSize(max(width, 0), max(size.Height-2*c.Margin, object.MinSize().Height)))
	}
}

// MinSize is called by Fyne.
func (c Column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, object := range objects {
		size = size.Max(object.MinSize())
	}
	return size.AddWidthHeight(2*c.Margin, 2*c.Margin)
}
