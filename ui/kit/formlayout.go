package kit

import (
	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
)

// Sizes of a form, in device-independent pixels, on the grid of four.
const (
	formRow    = 16 // between rows
	formColumn = 24 // between columns
	formEdge   = 4  // around: the ring of focus must not be cut
	formBar    = 12 // at the right: the scroll bar must not lie on a field
	// A column is at least as wide as so many heights of its text; where the window has less, there is only one.
	formLetters = 20
	// and at most this: longer lines are hard to follow
	formWidest = 42
)

// formLayout sets fields in rows. It remembers its last width: how high a text is depends on it.
type formLayout struct {
	columns int
	wide    map[fyne.CanvasObject]bool
	width   float32
	after   func() // all has its place
}

// measure is how many columns there are in a width, and how wide each is.
func (l *formLayout) measure(width float32) (columns int, each float32) {
	letter := fyne.CurrentApp().Settings().Theme().Size(base.SizeNameText)
	width = max(0, width-2*formEdge-formBar)
	if l.columns == 2 && width >= 2*formLetters*letter+formColumn {
		return 2, min((width-formColumn)/2, formWidest*letter)
	}
	return 1, min(width, formWidest*letter)
}

// Layout is called by Fyne.
func (l *formLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.each(objects, func(object fyne.CanvasObject, x, y, width float32) float32 {
		object.Resize(fyne.NewSize(width, object.MinSize().Height)) // text that wraps knows its height only now
		height := object.MinSize().Height
		object.Resize(fyne.NewSize(width, height))
		object.Move(fyne.NewPos(x, y))
		return height
	})
	if l.after != nil {
		l.after()
	}
}

// MinSize is called by Fyne.
func (l *formLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := float32(0)
	for _, object := range objects {
		if object.Visible() {
			width = max(width, object.MinSize().Width)
		}
	}
	height := l.each(objects, func(object fyne.CanvasObject, _, _, _ float32) float32 { return object.MinSize().Height })
	return fyne.NewSize(width+2*formEdge+formBar, height)
}

// each calls place with where each object goes; place gives its height. The answer is the height of all.
func (l *formLayout) each(objects []fyne.CanvasObject, place func(object fyne.CanvasObject, x, y, width float32) float32) float32 {
	columns, each := l.measure(l.width)
	full := each*float32(columns) + formColumn*float32(columns-1)
	y, row, column := float32(formEdge), float32(0), 0
	next := func() {
		if column > 0 {
			y += row + formRow
			row, column = 0, 0
		}
	}
	for _, object := range objects {
		if !object.Visible() {
			continue
		}
		if l.wide[object] {
			next()
			y += place(object, formEdge, y, full) + formRow
			continue
		}
		row = max(row, place(object, formEdge+float32(column)*(each+formColumn), y, each))
		if column++; column == columns {
			next()
		}
	}
	next()
	return max(0, y-formRow) + formEdge
}

// flush sets a text so that its letters begin where fields do: Fyne leaves space around them.
type flush struct{}

// Layout is called by Fyne.
func (flush) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	in := inset()
	for _, object := range objects {
		object.Resize(fyne.NewSize(size.Width+2*in, size.Height+2*in))
		object.Move(fyne.NewPos(-in, -in))
	}
}

// MinSize is called by Fyne.
func (flush) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, object := range objects {
		size = size.Max(object.MinSize())
	}
	return fyne.NewSize(max(0, size.Width-2*inset()), max(0, size.Height-2*inset()))
}
