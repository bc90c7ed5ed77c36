package frontdesk

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// factSheet shows groups of facts in as many columns as the window has room for.
type factSheet struct {
	scroll *container.Scroll
	sheet  *fyne.Container
}

func newFactSheet() *factSheet {
	sheet := container.New(&sheetLayout{})
	return &factSheet{container.NewVScroll(sheet), sheet}
}

// show replaces all facts; the sheet stays scrolled to where it was.
func (f *factSheet) show(groups []group) {
	f.sheet.RemoveAll()
	for _, g := range groups {
		heading := widget.NewLabel(g.heading.Text())
		heading.TextStyle.Bold = true
		heading.SizeName = base.SizeNameSubHeadingText
		heading.Wrapping = fyne.TextWrapWord
		rows := container.New(&factLayout{}, heading)
		for _, one := range g.facts {
			rows.Add(factText(one.name.Text(), true))
			rows.Add(factText(one.value, false))
		}
		f.sheet.Add(rows)
	}
	f.scroll.Refresh()
}

func factText(text string, name bool) *widget.Label {
	if text == "" {
		text = none
	}
	label := widget.NewLabel(text)
	label.Wrapping = fyne.TextWrapWord
	if name {
		label.Importance = widget.LowImportance
	}
	return label
}

// Widths on the page, in heights of its text.
const (
	factName   = 10
	sheetLeast = 28 // of a column
	sheetMost  = 44
)

// factLayout sets a heading, and below it names and values in turn. It remembers its last width: how high a text is depends on it.
type factLayout struct{ width float32 }

func (l *factLayout) each(objects []fyne.CanvasObject, place func(o fyne.CanvasObject, x, y, width float32) float32) float32 {
	name, tight := min(factName*letter(), l.width*2/5), fyne.CurrentApp().Settings().Theme().Size(base.SizeNameInnerPadding)
	y := place(objects[0], 0, 0, l.width)
	for i := 1; i+1 < len(objects); i += 2 {
		height := max(place(objects[i], 0, y-tight, name), place(objects[i+1], name, y-tight, l.width-name))
		y += height - tight
	}
	return y
}

// Layout is called by Fyne.
func (l *factLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.each(objects, settle)
}

// MinSize is called by Fyne.
func (l *factLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(sheetLeast*letter()/2, l.each(objects, measure))
}

// sheetLayout sets groups in columns, in turn.
type sheetLayout struct{ width float32 }

func (l *sheetLayout) each(objects []fyne.CanvasObject, place func(o fyne.CanvasObject, x, y, width float32) float32) float32 {
	columns := max(1, min(int(l.width/(sheetLeast*letter())), 3))
	width := min(l.width/float32(columns), sheetMost*letter())
	ends := make([]float32, columns)
	tallest := float32(0)
	for i, object := range objects {
		column := i % columns
		ends[column] += place(object, float32(column)*width, ends[column], width) + letter()
		tallest = max(tallest, ends[column])
	}
	return tallest
}

// Layout is called by Fyne.
func (l *sheetLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.each(objects, settle)
}

// MinSize is called by Fyne.
func (l *sheetLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(sheetLeast*letter()/2, l.each(objects, measure))
}
