package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// choiceList is the list that drops down from a chooser. It has the keyboard while it is open.
type choiceList struct {
	widget.BaseWidget
	chooser *chooser
	at      int
	rows    []*choiceRow
	scroll  *container.Scroll
}

var _ fyne.Focusable = (*choiceList)(nil)

// listRows is how many rows are seen at most.
const listRows = 10

func newChoiceList(c *chooser) *choiceList {
	l := &choiceList{chooser: c}
	box := container.New(tightColumn{})
	for i, label := range c.labels {
		row := newChoiceRow(label, func() { l.pick(i) })
		l.rows = append(l.rows, row)
		box.Add(row)
	}
	l.scroll = container.NewVScroll(box)
	l.ExtendBaseWidget(l)
	return l
}

func (l *choiceList) width() float32 {
	return l.scroll.Content.MinSize().Width + fyne.CurrentApp().Settings().Theme().Size(base.SizeNameScrollBar)
}

func (l *choiceList) height() float32 {
	return l.rows[0].MinSize().Height * float32(min(len(l.rows), listRows))
}

// show marks a row and scrolls to it.
func (l *choiceList) show(index int) {
	l.at = max(0, min(index, len(l.rows)-1))
	for i, row := range l.rows {
		row.mark(i == l.at)
	}
	l.scrollTo()
}

func (l *choiceList) scrollTo() {
	high := l.rows[0].MinSize().Height
	top, view := float32(l.at)*high, l.scroll.Size().Height
	offset := l.scroll.Offset
	if view <= 0 {
		return
	}
	offset.Y = max(min(offset.Y, top), top+high-view)
	if offset != l.scroll.Offset {
		l.scroll.ScrollToOffset(offset)
	}
}

func (l *choiceList) pick(index int) {
	l.chooser.drop.close()
	l.chooser.choose(index)
}

// TypedKey is called by Fyne.
func (l *choiceList) TypedKey(event *fyne.KeyEvent) {
	if index, ok := l.chooser.goesOn(event.Name, l.at); ok {
		l.show(index)
		return
	}
	l.chooser.typed = keepLetters(l.chooser.typed, event.Name)
	switch event.Name {
	case fyne.KeyUp:
		l.show(l.at - 1)
	case fyne.KeyDown:
		l.show(l.at + 1)
	case fyne.KeyPageUp:
		l.show(l.at - listRows)
	case fyne.KeyPageDown:
		l.show(l.at + listRows)
	case fyne.KeyHome:
		l.show(0)
	case fyne.KeyEnd:
		l.show(len(l.rows) - 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.pick(l.at)
	case fyne.KeyTab:
		l.pick(l.at)
		if c := fyne.CurrentApp().Driver().CanvasForObject(l.chooser); c != nil {
			c.FocusNext()
		}
	case fyne.KeyEscape, fyne.KeyF4:
		l.chooser.drop.close()
	}
}

// TypedRune is called by Fyne.
func (l *choiceList) TypedRune(r rune) {
	if r == ' ' {
		return
	}
	if index, ok := l.chooser.find(r, l.at); ok {
		l.show(index)
	}
}

// AcceptsTab is asked by Fyne: Tab takes what is marked and leads on from the chooser, as it does in other programs.
func (l *choiceList) AcceptsTab() bool { return true }

// FocusGained is called by Fyne.
func (l *choiceList) FocusGained() {}

// FocusLost is called by Fyne.
func (l *choiceList) FocusLost() {}

// CreateRenderer is called by Fyne.
func (l *choiceList) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.scroll) }

// Resize is called by Fyne.
func (l *choiceList) Resize(size fyne.Size) {
	l.BaseWidget.Resize(size)
	l.scroll.Resize(size)
	l.scrollTo()
}

// choiceRow is a line of the list.
type choiceRow struct {
	widget.BaseWidget
	back   *canvas.Rectangle
	text   *widget.RichText
	tapped func()
	marked bool
}

func newChoiceRow(label string, tapped func()) *choiceRow {
	r := &choiceRow{back: &canvas.Rectangle{}, tapped: tapped}
	r.text = widget.NewRichText(&widget.TextSegment{Text: label, Style: widget.RichTextStyle{ColorName: base.ColorNameForeground}})
	r.ExtendBaseWidget(r)
	return r
}

// mark shows that the keyboard is here: in the accent's colour, with its letters turned to fit, so that it can't be overlooked.
func (r *choiceRow) mark(on bool) {
	r.marked = on
	name := base.ColorNameForeground
	if on {
		name = base.ColorNameForegroundOnPrimary
	}
	if segment, ok := r.text.Segments[0].(*widget.TextSegment); ok {
		segment.Style.ColorName = name
		segment.Style.TextStyle.Bold = on
	}
	settings := fyne.CurrentApp().Settings()
	r.back.FillColor = nil
	if on {
		r.back.FillColor = settings.Theme().Color(base.ColorNamePrimary, settings.ThemeVariant())
	}
	r.text.Refresh()
	r.back.Refresh()
}

// Tapped is called by Fyne on a click.
func (r *choiceRow) Tapped(*fyne.PointEvent) { r.tapped() }

// CreateRenderer is called by Fyne.
func (r *choiceRow) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(r.back, r.text))
}

// tightColumn sets objects below each other without space between them.
type tightColumn struct{}

// Layout is called by Fyne.
func (tightColumn) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	at := float32(0)
	for _, object := range objects {
		if !object.Visible() {
			continue
		}
		height := object.MinSize().Height
		object.Resize(fyne.NewSize(size.Width, height))
		object.Move(fyne.NewPos(0, at))
		at += height
	}
}

// MinSize is called by Fyne.
func (tightColumn) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, object := range objects {
		if object.Visible() {
			need := object.MinSize()
			size = fyne.NewSize(max(size.Width, need.Width), size.Height+need.Height)
		}
	}
	return size
}
