package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	selectionBar = 4  // at the left of the selected row
	barRoom      = 10 // for the scroll bar at the right
)

// tableRows draws the rows that are seen. It has as many slots as rows fit into the window: a row is drawn in slot
// (row modulo slots), so scrolling by one row draws one row.
type tableRows struct {
	widget.BaseWidget
	g       *grid
	slots   []*slot
	objects []fyne.CanvasObject
	under   int // row under the mouse, -1 for none
}

// slot is the objects of one row.
type slot struct {
	row               int // that is drawn in it, -1 for none
	ground, bar, line *canvas.Rectangle
	cells             []slotCell
}

type slotCell struct {
	text   *canvas.Text
	mark   *canvas.Image // made when a cell first needs it
	strike *canvas.Line  // so too
}

func newTableRows(g *grid) *tableRows {
	p := &tableRows{g: g, under: -1}
	p.ExtendBaseWidget(p)
	return p
}

// visibleEdges are where columns begin in the table's present width.
func (g *grid) visibleEdges() []float32 { return g.edges(g.Size().Width - barRoom) }

// forget has every row drawn anew.
func (p *tableRows) forget() {
	for _, s := range p.slots {
		s.row = -1
	}
}

// mark has one row's selection drawn anew.
func (p *tableRows) mark(row int) {
	if s := p.slotOf(row); s != nil {
		p.colour(s)
	}
}

func (p *tableRows) slotOf(row int) *slot {
	if row < 0 || len(p.slots) == 0 {
		return nil
	}
	if s := p.slots[row%len(p.slots)]; s.row == row {
		return s
	}
	return nil
}

// draw brings the slots to what is to be seen now.
func (p *tableRows) draw() {
	g := p.g
	height, view, at := g.rowHeight(), g.scroll.Size().Height, g.scroll.Offset.Y
	p.grow(int(view/height) + 2)
	first := max(int(at/height), 0)
	last := min(int((at+view)/height)+1, g.count)
	edges := g.visibleEdges()
	for row := first; row < last; row++ {
		if s := p.slots[row%len(p.slots)]; s.row != row {
			s.row = row
			p.fill(s, edges, height)
		}
	}
	for _, s := range p.slots {
		if s.row < first || s.row >= last {
			s.row = -1
			p.hide(s)
		}
	}
}

// grow makes slots; which row belongs in which changes with their number.
func (p *tableRows) grow(slots int) {
	if slots <= len(p.slots) {
		return
	}
	for len(p.slots) < slots {
		s := &slot{ground: &canvas.Rectangle{}, bar: &canvas.Rectangle{}, line: &canvas.Rectangle{}, cells: make([]slotCell, len(p.g.heads))}
		for i := range s.cells {
			s.cells[i].text = &canvas.Text{}
		}
		p.slots = append(p.slots, s)
	}
	p.forget()
	p.list()
}

// list tells Fyne what there is to draw.
func (p *tableRows) list() {
	p.objects = nil
	for _, s := range p.slots {
		p.objects = append(p.objects, s.ground, s.bar, s.line)
		for _, c := range s.cells {
			p.objects = append(p.objects, c.text)
			if c.mark != nil {
				p.objects = append(p.objects, c.mark)
			}
			if c.strike != nil {
				p.objects = append(p.objects, c.strike)
			}
		}
	}
}

func (p *tableRows) hide(s *slot) {
	s.ground.Hide()
	s.bar.Hide()
	s.line.Hide()
	for _, c := range s.cells {
		c.text.Hide()
		if c.mark != nil {
			c.mark.Hide()
		}
		if c.strike != nil {
			c.strike.Hide()
		}
	}
}

// fill draws a row into a slot.
func (p *tableRows) fill(s *slot, edges []float32, height float32) {
	g := p.g
	top := float32(s.row) * height
	width := max(edges[len(edges)-1], g.Size().Width)
	thickness := g.Theme().Size(base.SizeNameSeparatorThickness)
	s.ground.Move(fyne.NewPos(0, top))
	s.ground.Resize(fyne.NewSize(width, height))
	s.bar.Move(fyne.NewPos(0, top))
	s.bar.Resize(fyne.NewSize(selectionBar, height))
	s.line.Move(fyne.NewPos(0, top+height-thickness))
	s.line.Resize(fyne.NewSize(width, thickness))
	s.line.FillColor = paint(g, base.ColorNameSeparator)
	s.line.Show()
	for i := range s.cells {
		p.fillCell(&s.cells[i], g.cell(s.row, i), box{edges[i] + cellGap, edges[i+1] - cellGap, top, height, g.heads[i].right})
	}
	p.colour(s)
}

// box is where a cell's text may stand.
type box struct {
	left, right, top, height float32
	atRight                  bool
}

func (p *tableRows) fillCell(c *slotCell, cell Cell, b box) {
	size := p.g.Theme().Size(base.SizeNameText)
	style := fyne.TextStyle{Bold: cell.Bold}
	mark := float32(0)
	if cell.Tone != Plain {
		mark = size + 2
	}
	shown, _ := cut(cell.Text, size, style, b.right-b.left-mark)
	need := fyne.MeasureText(shown, size, style)
	at := b.left + mark
	if b.atRight {
		at = max(b.right-need.Width, at)
	}
	c.text.Text, c.text.TextSize, c.text.TextStyle, c.text.Color = shown, size, style, paint(p.g, cell.Tone.colour())
	middle := b.top + b.height/2
	c.text.Move(fyne.NewPos(at, middle-need.Height/2))
	c.text.Resize(need)
	c.text.Show()
	c.text.Refresh()
	p.fillMark(c, cell, fyne.NewPos(at-mark, middle-size/2), size)
	p.fillStrike(c, cell, at, need.Width, middle)
}

func (p *tableRows) fillMark(c *slotCell, cell Cell, at fyne.Position, size float32) {
	if cell.Tone == Plain {
		if c.mark != nil {
			c.mark.Hide()
		}
		return
	}
	if c.mark == nil {
		c.mark = &canvas.Image{FillMode: canvas.ImageFillContain}
		p.list()
	}
	c.mark.Resource = cell.Tone.Shape()
	c.mark.Move(at)
	c.mark.Resize(fyne.NewSquareSize(size))
	c.mark.Show()
	c.mark.Refresh()
}

func (p *tableRows) fillStrike(c *slotCell, cell Cell, at, width, middle float32) {
	if !cell.Struck {
		if c.strike != nil {
			c.strike.Hide()
		}
		return
	}
	if c.strike == nil {
		c.strike = &canvas.Line{StrokeWidth: 1.5}
		p.list()
	}
	c.strike.StrokeColor = paint(p.g, cell.Tone.colour())
	c.strike.Position1, c.strike.Position2 = fyne.NewPos(at, middle), fyne.NewPos(at+width, middle)
	c.strike.Show()
	c.strike.Refresh()
}

// colour draws what says that a row is selected, that keys go there, that the mouse is over it.
func (p *tableRows) colour(s *slot) {
	g := p.g
	selected := s.row == g.current
	s.ground.FillColor, s.ground.StrokeWidth = color.Transparent, 0
	if s.row == p.under {
		s.ground.FillColor = paint(g, base.ColorNameHover)
	}
	if selected {
		s.ground.FillColor = paint(g, base.ColorNameSelection)
		if g.focused {
			s.ground.StrokeColor, s.ground.StrokeWidth = paint(g, base.ColorNamePrimary), focusStroke
		}
	}
	s.bar.FillColor = paint(g, base.ColorNamePrimary)
	visible(s.bar, selected)
	visible(s.ground, selected || s.row == p.under)
	s.ground.Refresh()
}

// MouseDown selects the row at once: a table that waited whether a second click comes would feel slow.
func (p *tableRows) MouseDown(event *desktop.MouseEvent) {
	p.g.takeFocus()
	if row := p.rowAt(event.Position.Y); row >= 0 {
		p.g.choose(row)
	}
}

// MouseUp is called by Fyne.
func (p *tableRows) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped opens the row.
func (p *tableRows) DoubleTapped(event *fyne.PointEvent) {
	if row := p.rowAt(event.Position.Y); row >= 0 {
		p.g.choose(row)
		p.g.open(row)
	}
}

// MouseIn is called by Fyne.
func (p *tableRows) MouseIn(event *desktop.MouseEvent) { p.MouseMoved(event) }

// MouseMoved is called by Fyne.
func (p *tableRows) MouseMoved(event *desktop.MouseEvent) { p.hover(p.rowAt(event.Position.Y)) }

// MouseOut is called by Fyne.
func (p *tableRows) MouseOut() { p.hover(-1) }

func (p *tableRows) hover(row int) {
	before := p.under
	if before == row {
		return
	}
	p.under = row
	p.mark(before)
	p.mark(row)
}

func (p *tableRows) rowAt(y float32) int {
	if row := int(y / p.g.rowHeight()); y >= 0 && row < p.g.count {
		return row
	}
	return -1
}

// CreateRenderer is called by Fyne.
func (p *tableRows) CreateRenderer() fyne.WidgetRenderer { return tableRowsRenderer{p} }

type tableRowsRenderer struct{ p *tableRows }

func (r tableRowsRenderer) Destroy()                     {}
func (r tableRowsRenderer) Objects() []fyne.CanvasObject { return r.p.objects }
func (r tableRowsRenderer) Layout(fyne.Size)             {}
func (r tableRowsRenderer) Refresh()                     { canvas.Refresh(r.p) }

func (r tableRowsRenderer) MinSize() fyne.Size {
	edges := r.p.g.visibleEdges()
	return fyne.NewSize(edges[len(edges)-1], float32(r.p.g.count)*r.p.g.rowHeight())
}
