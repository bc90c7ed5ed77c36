package kit

import (
	"image/color"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"wardbook/ui/theme"
)

// dayEdge is what stays in sight when a day is scrolled: the names above it, the times at its left.
type dayEdge struct {
	widget.BaseWidget
	g     *DayGrid
	album *album[edgeLook]
}

// edgeLook is all that the drawing of a name or of a time depends on.
type edgeLook struct {
	first, second, note string
	chosen, now         bool
}

func newDayEdge(g *DayGrid, draw func(*piece, edgeLook)) *dayEdge {
	e := &dayEdge{g: g, album: newAlbum(func(a, b edgeLook) bool { return a == b }, draw)}
	e.ExtendBaseWidget(e)
	return e
}

func (e *dayEdge) show(wants []want[edgeLook]) {
	before := len(e.album.objects)
	if e.album.show(wants); before != len(e.album.objects) {
		canvas.Refresh(e)
	}
}

// CreateRenderer is called by Fyne.
func (e *dayEdge) CreateRenderer() fyne.WidgetRenderer { return dayEdgeRenderer{e} }

type dayEdgeRenderer struct{ e *dayEdge }

func (r dayEdgeRenderer) Destroy()                     {}
func (r dayEdgeRenderer) Layout(fyne.Size)             {}
func (r dayEdgeRenderer) Refresh()                     { canvas.Refresh(r.e) }
func (r dayEdgeRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r dayEdgeRenderer) Objects() []fyne.CanvasObject { return slices.Clone(r.e.album.objects) }

// names are the heads of the columns in sight.
func (g *DayGrid) names() (wants []want[edgeLook]) {
	first, last := g.flow.columnsIn(g.scroll.Offset.X, g.scroll.Offset.X+g.scroll.Size().Width)
	for c := first; c < last; c++ {
		column, place := &g.plan.Columns[c], &g.flow.columns[c]
		chosen := g.current >= 0 && g.cells[g.current].column == c
		wants = append(wants, want[edgeLook]{column.ID, fyne.NewPos(place.left, 0), fyne.NewSize(place.width, g.flow.head),
			edgeLook{column.Name, column.Speciality, column.Note, chosen, false}})
	}
	return wants
}

// times are the labels of the rows in sight, and now.
func (g *DayGrid) times() (wants []want[edgeLook]) {
	top := g.scroll.Offset.Y
	bottom := top + g.scroll.Size().Height
	size := fyne.NewSize(g.flow.axis, g.flow.line)
	for i, row := range g.plan.Rows {
		if y := g.y(row.At); row.Label != "" && y > top-g.flow.line && y < bottom {
			wants = append(wants, want[edgeLook]{strconv.Itoa(i), fyne.NewPos(0, y), size, edgeLook{first: row.Label}})
		}
	}
	if now := g.plan.Now; g.plan.NowLabel != "" && !now.Before(g.plan.From) && now.Before(g.plan.To) {
		wants = append(wants, want[edgeLook]{"now", fyne.NewPos(0, g.y(now)-g.flow.line/2), size, edgeLook{first: g.plan.NowLabel, now: true}})
	}
	return wants
}

func (p *dayPane) headHeight(text float32) float32 {
	lines, small := pen{size: text * 1.1, bold: true}.height(), pen{size: text * 0.9}.height()
	specialities, notes := false, false
	for i := range p.g.plan.Columns {
		specialities = specialities || p.g.plan.Columns[i].Speciality != ""
		notes = notes || p.g.plan.Columns[i].Note != ""
	}
	if specialities {
		lines += small
	}
	if notes {
		lines += small
	}
	return lines + 2*tilePad
}

func (p *dayPane) axisWidth(text float32) float32 {
	hand, width := pen{size: text, bold: true}, float32(0)
	for _, row := range p.g.plan.Rows {
		width = max(width, hand.width(row.Label))
	}
	return max(width, hand.width(p.g.plan.NowLabel)+text*0.9) + 3*cellPad
}

// drawHead writes who a column is of: name, speciality, and what is special about the day.
func (p *dayPane) drawHead(d *piece, look edgeLook) {
	text := p.g.Theme().Size(base.SizeNameText)
	ground := p.ink(base.ColorNameHeaderBackground)
	d.area(fyne.Position{}, d.size, ground)
	if look.chosen {
		d.area(fyne.Position{}, d.size, p.ink(base.ColorNameSelection))
		d.area(fyne.NewPos(0, d.size.Height-4), fyne.NewSize(d.size.Width, 4), p.ink(base.ColorNamePrimary))
	}
	d.area(fyne.NewPos(d.size.Width-1, 0), fyne.NewSize(1, d.size.Height), p.ink(base.ColorNameSeparator))
	x, y := float32(tilePad), float32(tilePad-1)
	room := d.size.Width - 2*tilePad
	name, small := pen{text * 1.1, true, p.ink(base.ColorNameForeground)}, pen{text * 0.9, false, p.ink(base.ColorNameForeground)}
	d.write(look.first, fyne.NewPos(x, y), room, name)
	y += name.height()
	if look.second != "" {
		d.write(look.second, fyne.NewPos(x, y), room, small)
		y += small.height()
	}
	if look.note == "" {
		return
	}
	small.bold, small.ink = true, p.ink(theme.Blocked)
	mark := small.size * 0.9
	d.mark(p.stencils.of(theme.Shape(theme.Blocked), mark), fyne.NewPos(x, y+(small.height()-mark)/2), mark)
	d.write(look.note, fyne.NewPos(x+mark+cellPad, y), room-mark-cellPad, small)
}

// drawTime writes a time; that of now in a colour of its own, with a pointer.
func (p *dayPane) drawTime(d *piece, look edgeLook) {
	hand := pen{p.g.Theme().Size(base.SizeNameText), look.now, p.ink(base.ColorNameForeground)}
	if look.now {
		d.area(fyne.Position{}, d.size, p.ink(base.ColorNamePrimary)).CornerRadius = 3
		hand.ink = p.ink(base.ColorNameForegroundOnPrimary)
		mark := hand.size * 0.7
		d.mark(p.stencils.of(boardShapes.pointer, mark), fyne.NewPos(d.size.Width-mark-1, (d.size.Height-mark)/2), mark)
	}
	d.write(look.first, fyne.NewPos(cellPad, 0), d.size.Width-cellPad, hand)
}

// scrolled draws what has come into sight.
func (g *DayGrid) scrolled() {
	g.head.Move(fyne.NewPos(-g.scroll.Offset.X, 0))
	g.axis.Move(fyne.NewPos(0, -g.scroll.Offset.Y))
	g.pane.show()
	g.head.show(g.names())
	g.axis.show(g.times())
}

// CreateRenderer is called by Fyne.
func (g *DayGrid) CreateRenderer() fyne.WidgetRenderer {
	r := &dayGridRenderer{g: g}
	r.Refresh()
	return r
}

type dayGridRenderer struct {
	g       *DayGrid
	objects []fyne.CanvasObject
	size    fyne.Size // that it was arranged for
	drawn   lookOf    // that it was drawn in
}

func (r *dayGridRenderer) Destroy()                     {}
func (r *dayGridRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *dayGridRenderer) MinSize() fyne.Size {
	g := r.g
	return fyne.NewSize(g.flow.axis+columnLeast, g.flow.head+3*g.flow.line+g.foot.MinSize().Height)
}

// Layout is called by Fyne.
func (r *dayGridRenderer) Layout(size fyne.Size) {
	g := r.g
	changed := r.size != size
	if changed {
		r.size = size
		g.arrange()
	}
	foot, head, axis := g.foot.MinSize().Height, g.flow.head, g.flow.axis
	below := max(size.Height-foot-head, 0)
	beside := max(size.Width-axis, 0)
	set := func(o fyne.CanvasObject, x, y, width, height float32) {
		if o != nil {
			o.Move(fyne.NewPos(x, y))
			o.Resize(fyne.NewSize(width, height))
		}
	}
	set(g.corner, 0, 0, size.Width, head)
	set(g.headClip, axis, 0, beside, head)
	set(g.axisClip, 0, head, axis, below)
	set(g.scroll, axis, head, beside, below)
	for _, object := range []fyne.CanvasObject{g.empty, g.state} {
		set(object, 0, 0, size.Width, below+head)
	}
	set(g.foot, 0, size.Height-foot, size.Width, foot)
	g.ring.Resize(size)
	g.head.Resize(fyne.NewSize(max(beside, g.flow.size.Width), head))
	g.axis.Resize(fyne.NewSize(axis, max(below, g.flow.size.Height)))
	g.scroll.Refresh() // which keeps the offset within bounds
	if changed && g.shown && g.current >= 0 {
		g.reveal()
	}
	g.comeBack()
	g.scrolled()
}

// Refresh is called by Fyne: another day, another theme, another size of text.
func (r *dayGridRenderer) Refresh() {
	g := r.g
	r.objects = []fyne.CanvasObject{g.corner, g.headClip, g.axisClip, g.scroll, g.empty, g.foot, g.ring}
	there := g.state == nil && len(g.cells) > 0
	for _, object := range []fyne.CanvasObject{g.corner, g.headClip, g.axisClip, g.scroll} {
		visible(object, there)
	}
	visible(g.empty, g.state == nil && !there)
	if g.state != nil {
		r.objects = append(r.objects, g.state)
	}
	visible(g.ring, g.focused)
	g.ring.StrokeColor, g.ring.FillColor = paint(g, base.ColorNamePrimary), color.Transparent
	g.corner.FillColor = paint(g, base.ColorNameHeaderBackground)
	if now := lookNow(g); now != r.drawn {
		r.drawn, r.size = now, fyne.Size{}
		g.pane.forget()
		g.foot.Refresh()
	}
	r.Layout(g.Size())
	canvas.Refresh(g.ring)
}
