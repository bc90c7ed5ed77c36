package frontdesk

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// newFactSheet shows groups of facts in as many columns as the window has room for.
func newFactSheet(groups []group) fyne.CanvasObject {
	sheet := container.New(sheetLayout{})
	for _, g := range groups {
		heading := widget.NewLabel(g.heading.Text())
		heading.TextStyle.Bold = true
		heading.SizeName = base.SizeNameSubHeadingText
		heading.Wrapping = fyne.TextWrapWord
		rows := container.New(factLayout{}, heading)
		for _, f := range g.facts {
			rows.Add(factText(f.name.Text(), true))
			rows.Add(factText(f.value, false))
		}
		sheet.Add(rows)
	}
	return container.NewVScroll(sheet)
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

// factLayout sets a heading, and below it names and values in turn.
type factLayout struct{}

// Widths on the page, in heights of its text.
const (
	factName   = 10
	sheetLeast = 28 // of a column
	sheetMost  = 44
)

// place goes through the rows from top to bottom: text that wraps knows its height only once it has its width.
func (factLayout) place(objects []fyne.CanvasObject, width float32, set bool) float32 {
	name, tight := min(factName*letter(), width*2/5), fyne.CurrentApp().Settings().Theme().Size(base.SizeNameInnerPadding)
	high := func(o fyne.CanvasObject, width float32) float32 {
		if set {
			o.Resize(fyne.NewSize(width, o.MinSize().Height))
		}
		return o.MinSize().Height
	}
	y := high(objects[0], width)
	for i := 1; i+1 < len(objects); i += 2 {
		height := max(high(objects[i], name), high(objects[i+1], width-name))
		if set {
			objects[i].Move(fyne.NewPos(0, y-tight))
			objects[i].Resize(fyne.NewSize(name, height))
			objects[i+1].Move(fyne.NewPos(name, y-tight))
			objects[i+1].Resize(fyne.NewSize(width-name, height))
		}
		y += height - tight
	}
	return y
}

// Layout is called by Fyne.
func (l factLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.place(objects, size.Width, true)
}

// MinSize is called by Fyne.
func (l factLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := objects[0].Size().Width
	return fyne.NewSize(sheetLeast*letter()/2, l.place(objects, width, false))
}

// sheetLayout sets groups in columns, each below the shortest so far.
type sheetLayout struct{}

func (sheetLayout) place(objects []fyne.CanvasObject, width float32, set bool) float32 {
	columns := max(1, min(int(width/(sheetLeast*letter())), 3))
	each := min(width/float32(columns), sheetMost*letter())
	ends := make([]float32, columns)
	for i, object := range objects {
		column := i % columns
		if set {
			object.Move(fyne.NewPos(float32(column)*each, ends[column]))
			object.Resize(fyne.NewSize(each, object.MinSize().Height))
			object.Resize(fyne.NewSize(each, object.MinSize().Height))
		}
		ends[column] += object.MinSize().Height + letter()
	}
	tallest := float32(0)
	for _, end := range ends {
		tallest = max(tallest, end)
	}
	return tallest
}

// Layout is called by Fyne.
func (l sheetLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.place(objects, size.Width, true)
}

// MinSize is called by Fyne.
func (l sheetLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if len(objects) == 0 {
		return fyne.Size{}
	}
	return fyne.NewSize(sheetLeast*letter()/2, l.place(objects, objects[0].Size().Width*float32(1), false))
}
