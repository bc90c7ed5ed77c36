package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// conflictRow is one field of a conflict: both values beside each other. Left and Right choose, Space changes over, Up and
// Down lead to the other fields.
type conflictRow struct {
	widget.BaseWidget
	difference Difference
	side       Side
	focused    bool
	step       func(from *conflictRow, by int)
	entered    func()
	label      *widget.Label
	cells      [2]*conflictCell // yours, theirs
	ring       *canvas.Rectangle
}

var _ fyne.Focusable = (*conflictRow)(nil)

func newConflictRow(d Difference, who string) *conflictRow {
	r := &conflictRow{difference: d, label: widget.NewLabel(d.Label.Text()), ring: &canvas.Rectangle{StrokeWidth: ringWidth, CornerRadius: 4}}
	r.label.TextStyle.Bold = true
	theirs := Say("conflict.theirs", "Theirs")
	if who != "" {
		theirs = Say("conflict.theirs.who", "Theirs: {{.Who}}", "Who", who)
	}
	r.cells[0] = newConflictCell(Say("conflict.yours", "Yours"), d.Yours, func() { r.tapped(Yours) })
	r.cells[1] = newConflictCell(theirs, d.Theirs, func() { r.tapped(Theirs) })
	r.side = proposed(d)
	r.ExtendBaseWidget(r)
	r.mark()
	return r
}

// proposed is the side that alone has changed the field. Where both have, a person must decide.
func proposed(d Difference) Side {
	switch {
	case d.HasBase && d.Yours == d.Base:
		return Theirs
	case d.HasBase && d.Theirs == d.Base:
		return Yours
	}
	return Undecided
}

func (r *conflictRow) choose(side Side) {
	r.side = side
	r.mark()
}

func (r *conflictRow) tapped(side Side) {
	r.focus()
	r.choose(side)
}

func (r *conflictRow) focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(r); c != nil {
		c.Focus(r)
	}
}

func (r *conflictRow) mark() {
	r.cells[0].mark(r.side == Yours)
	r.cells[1].mark(r.side == Theirs)
	settings := fyne.CurrentApp().Settings()
	r.ring.StrokeColor = settings.Theme().Color(base.ColorNamePrimary, settings.ThemeVariant())
	r.ring.Hidden = !r.focused
	r.ring.Refresh()
}

// TypedKey is called by Fyne.
func (r *conflictRow) TypedKey(event *fyne.KeyEvent) {
	switch event.Name {
	case fyne.KeyLeft:
		r.choose(Yours)
	case fyne.KeyRight:
		r.choose(Theirs)
	case fyne.KeySpace:
		if r.side == Yours {
			r.choose(Theirs)
		} else {
			r.choose(Yours)
		}
	case fyne.KeyUp:
		r.step(r, -1)
	case fyne.KeyDown:
		r.step(r, 1)
	default:
		handOn(r, event)
	}
}

// TypedRune is called by Fyne.
func (r *conflictRow) TypedRune(rune) {}

// FocusGained is called by Fyne.
func (r *conflictRow) FocusGained() {
	r.focused = true
	hasKeyboard(fyne.CurrentApp().Driver().CanvasForObject(r), r)
	r.mark()
	if r.entered != nil {
		r.entered()
	}
}

// FocusLost is called by Fyne.
func (r *conflictRow) FocusLost() {
	r.focused = false
	r.mark()
}

// Refresh is called by Fyne, and when the theme has changed.
func (r *conflictRow) Refresh() {
	r.mark()
	r.BaseWidget.Refresh()
}

// CreateRenderer is called by Fyne.
func (r *conflictRow) CreateRenderer() fyne.WidgetRenderer {
	pair := container.New(pairLayout{}, r.cells[0], r.cells[1])
	column := container.New(tightColumn{}, r.label, pair)
	return widget.NewSimpleRenderer(container.NewStack(container.NewPadded(column), r.ring))
}

// conflictCell is one value, with a mark that tells whether it is chosen.
type conflictCell struct {
	widget.BaseWidget
	back   *canvas.Rectangle
	icon   *widget.Icon
	whose  *widget.Label
	value  *widget.Label
	tapped func()
	chosen bool
}

func newConflictCell(whose Sentence, value string, tapped func()) *conflictCell {
	c := &conflictCell{back: &canvas.Rectangle{CornerRadius: 4}, icon: widget.NewIcon(nil), whose: caption(whose.Text()), value: widget.NewLabel(value), tapped: tapped}
	if value == "" {
		c.value.SetText(Say("conflict.empty", "(empty)").Text())
		c.value.Importance = widget.LowImportance
	}
	c.value.Wrapping = fyne.TextWrapWord
	c.ExtendBaseWidget(c)
	return c
}

func (c *conflictCell) mark(chosen bool) {
	c.chosen = chosen
	settings := fyne.CurrentApp().Settings()
	colour := func(name fyne.ThemeColorName) {
		c.back.StrokeColor = settings.Theme().Color(name, settings.ThemeVariant())
	}
	c.back.FillColor, c.back.StrokeWidth = settings.Theme().Color(base.ColorNameInputBackground, settings.ThemeVariant()), 1
	colour(base.ColorNameInputBorder)
	icon := base.RadioButtonIcon()
	if chosen {
		icon = base.NewPrimaryThemedResource(base.RadioButtonCheckedIcon())
		c.back.StrokeWidth = 2
		colour(base.ColorNamePrimary)
	}
	c.icon.SetResource(icon)
	c.value.TextStyle.Bold = chosen
	c.value.Refresh()
	c.back.Refresh()
}

// Tapped is called by Fyne on a click.
func (c *conflictCell) Tapped(*fyne.PointEvent) { c.tapped() }

// CreateRenderer is called by Fyne.
func (c *conflictCell) CreateRenderer() fyne.WidgetRenderer {
	text := container.New(tightColumn{}, c.whose, c.value)
	row := container.New(remarkLayout{base.SizeNameText}, c.icon, text)
	return widget.NewSimpleRenderer(container.NewStack(c.back, row))
}

// pairLayout sets two cells beside each other, as high as the higher one.
type pairLayout struct{}

// Layout is called by Fyne.
func (pairLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	each := max(0, (size.Width-formColumn/2)/2)
	for i, object := range objects {
		object.Resize(fyne.NewSize(each, size.Height))
		object.Move(fyne.NewPos(float32(i)*(each+formColumn/2), 0))
	}
}

// MinSize is called by Fyne.
func (pairLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, object := range objects {
		size = size.Max(object.MinSize())
	}
	return fyne.NewSize(2*size.Width+formColumn/2, size.Height)
}
