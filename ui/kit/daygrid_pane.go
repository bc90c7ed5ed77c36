package kit

import (
	"image/color"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// dayPane draws what is in sight of a day.
type dayPane struct {
	widget.BaseWidget
	g        *DayGrid
	stencils stencils
	lines    *album[lineLook] // across and down, below the cells
	cells    *album[cellLook]
	over     *album[overLook] // what is drawn over cells: the ring of the selected one, the line of now
}

// lineLook is how a line of the grid is drawn: it has no looks but its colour.
type lineLook struct{ strong bool }

// overLook tells the ring from the line of now.
type overLook struct{ ring, focused bool }

func newDayPane(g *DayGrid) *dayPane {
	p := &dayPane{g: g}
	p.stencils.clear(1)
	p.lines = newAlbum(func(a, b lineLook) bool { return a == b }, p.drawLine)
	p.cells = newAlbum(cellLook.same, p.drawCell)
	p.over = newAlbum(func(a, b overLook) bool { return a == b }, p.drawOver)
	p.ExtendBaseWidget(p)
	return p
}

// forget has all drawn anew: another theme, another size of text.
func (p *dayPane) forget() {
	p.stencils.clear(screenScale(p.g))
	p.lines.forget()
	p.cells.forget()
	p.over.forget()
	p.g.head.album.forget()
	p.g.axis.album.forget()
}

func (p *dayPane) ink(name fyne.ThemeColorName) color.Color { return paint(p.g, name) }

// show brings the picture to what is to be seen now.
func (p *dayPane) show() {
	if scale := screenScale(p.g); scale != p.stencils.scale {
		p.forget()
	}
	from := p.g.scroll.Offset
	to := from.Add(p.g.scroll.Size())
	before := len(p.lines.objects) + len(p.cells.objects) + len(p.over.objects)
	first, last := p.g.flow.columnsIn(from.X, to.X)
	p.lines.show(p.linesIn(first, last, from.Y, to.Y))
	p.cells.show(p.cellsIn(first, last, from.Y, to.Y))
	p.over.show(p.overIn(first, last))
	if before != len(p.lines.objects)+len(p.cells.objects)+len(p.over.objects) {
		canvas.Refresh(p)
	}
}

func (p *dayPane) linesIn(first, last int, top, bottom float32) (wants []want[lineLook]) {
	g := p.g
	for i, row := range g.plan.Rows {
		if y := g.y(row.At); y >= top-1 && y < bottom && y <= g.flow.size.Height {
			wants = append(wants, want[lineLook]{"row" + strconv.Itoa(i), fyne.NewPos(0, y), fyne.NewSize(g.flow.size.Width, 1), lineLook{row.Label != ""}})
		}
	}
	for c := first; c < last; c++ {
		column := &g.flow.columns[c]
		wants = append(wants, want[lineLook]{"column" + strconv.Itoa(c), fyne.NewPos(column.left+column.width-1, 0), fyne.NewSize(1, g.flow.size.Height), lineLook{true}})
	}
	return wants
}

func (p *dayPane) drawLine(d *piece, look lineLook) {
	ink := p.ink(base.ColorNameSeparator)
	if !look.strong {
		ink = faint(ink)
	}
	d.area(fyne.Position{}, d.size, ink)
}

func (p *dayPane) cellsIn(first, last int, top, bottom float32) (wants []want[cellLook]) {
	g := p.g
	for c := first; c < last; c++ {
		for i := g.flow.columns[c].first; i < g.flow.columns[c].last; i++ {
			at, size := g.place(i)
			if at.Y >= bottom || at.Y+size.Height < top {
				continue
			}
			wants = append(wants, want[cellLook]{g.cells[i].key, at, size, cellLook{&g.cells[i].DayCell, i == g.current, i == g.under}})
		}
	}
	return wants
}

// overIn are the ring of the selected cell and the pieces of the line of now: it goes through no name, for what is struck through was
// entered in error.
func (p *dayPane) overIn(first, last int) (wants []want[overLook]) {
	g := p.g
	if g.current >= 0 {
		at, size := g.place(g.current)
		wants = append(wants, want[overLook]{"ring", at.SubtractXY(2, 2), size.AddWidthHeight(4, 4), overLook{true, g.focused}})
	}
	if g.plan.Now.Before(g.plan.From) || !g.plan.Now.Before(g.plan.To) {
		return wants
	}
	y := g.y(g.plan.Now)
	for c := first; c < last; c++ {
		column := &g.flow.columns[c]
		x := column.left
		add := func(from, to float32) {
			if to-from >= 1 {
				wants = append(wants, want[overLook]{"now" + strconv.Itoa(len(wants)), fyne.NewPos(from, y-1), fyne.NewSize(to-from, 2), overLook{}})
			}
		}
		for i := column.first; i < column.last; i++ {
			if at, size := g.place(i); y > at.Y && y < at.Y+g.pane.written(i, size) {
				add(x, at.X+cellBar-2)
				x = at.X + size.Width - cellPad
			}
		}
		add(x, column.left+column.width)
	}
	return wants
}

// written is how far down the lines of a cell reach.
func (p *dayPane) written(cell int, size fyne.Size) float32 {
	c := &p.g.cells[cell]
	lines := 1
	if c.Kind != DayClosed {
		lines += len(c.Detail) + 1
	}
	return min(size.Height, float32(lines)*p.g.flow.line+2)
}

func (p *dayPane) drawOver(d *piece, look overLook) {
	if !look.ring {
		d.area(fyne.Position{}, d.size, p.ink(base.ColorNamePrimary))
		return
	}
	width := float32(2)
	if look.focused {
		width = chosenRing + 1
	}
	d.frame(fyne.Position{}, d.size, p.ink(base.ColorNamePrimary), width, 5)
}

// MouseDown selects the cell at once.
func (p *dayPane) MouseDown(event *desktop.MouseEvent) {
	takeFocus(p.g)
	p.g.choose(p.g.cellAt(event.Position), true)
}

// MouseUp is called by Fyne.
func (p *dayPane) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped chooses the cell.
func (p *dayPane) DoubleTapped(event *fyne.PointEvent) {
	if cell := p.g.cellAt(event.Position); cell >= 0 {
		p.g.choose(cell, true)
		p.g.open()
	}
}

// MouseIn is called by Fyne.
func (p *dayPane) MouseIn(event *desktop.MouseEvent) { p.MouseMoved(event) }

// MouseMoved is called by Fyne.
func (p *dayPane) MouseMoved(event *desktop.MouseEvent) { p.hover(p.g.cellAt(event.Position)) }

// MouseOut is called by Fyne.
func (p *dayPane) MouseOut() { p.hover(-1) }

func (p *dayPane) hover(cell int) {
	if p.g.under != cell {
		p.g.under = cell
		p.show()
	}
}

// CreateRenderer is called by Fyne.
func (p *dayPane) CreateRenderer() fyne.WidgetRenderer { return dayPaneRenderer{p} }

type dayPaneRenderer struct{ p *dayPane }

func (r dayPaneRenderer) Destroy()           {}
func (r dayPaneRenderer) Layout(fyne.Size)   {}
func (r dayPaneRenderer) Refresh()           { canvas.Refresh(r.p) }
func (r dayPaneRenderer) MinSize() fyne.Size { return r.p.g.flow.size }

// Objects are the lines, the cells on them, and what is drawn over both.
func (r dayPaneRenderer) Objects() []fyne.CanvasObject {
	return slices.Concat(r.p.lines.objects, r.p.cells.objects, r.p.over.objects)
}
