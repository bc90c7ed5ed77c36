package kit

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"

	"wardbook/ui/theme"
)

// cellLook is all that the drawing of a cell depends on.
type cellLook struct {
	cell            *DayCell
	selected, under bool
}

func (a cellLook) same(b cellLook) bool {
	x, y := a.cell, b.cell
	return a.selected == b.selected && a.under == b.under && x.Kind == y.Kind && x.Left == y.Left && x.Who == y.Who && x.Tone == y.Tone &&
		x.Word == y.Word && x.Past == y.Past && slices.Equal(x.Detail, y.Detail)
}

// cellDrawing is a cell being drawn from top to bottom.
type cellDrawing struct {
	*piece
	p    *dayPane
	look cellLook
	ink  fyne.ThemeColorName
	text float32
}

func (p *dayPane) drawCell(at *piece, look cellLook) {
	d := cellDrawing{piece: at, p: p, look: look, text: p.g.Theme().Size(base.SizeNameText), ink: look.cell.ink()}
	d.ground()
	if look.cell.Kind == DayClosed {
		d.closed()
		return
	}
	d.lines()
}

// filled tells whether the cell is drawn in one colour: what must be seen first.
func (c *DayCell) filled() bool { return c.Kind == DayBooked && c.Tone == Critical && !c.Past }

// ink is the colour of the cell's first line.
func (c *DayCell) ink() fyne.ThemeColorName {
	switch {
	case c.filled():
		return base.ColorNameForegroundOnError
	case c.Past:
		return base.ColorNamePlaceHolder
	case c.Kind == DayFree:
		return theme.Good
	case c.Kind == DayReserve:
		return theme.Urgent
	case c.Kind == DayHeld:
		return theme.Info
	case c.Kind == DayClosed:
		return theme.Blocked
	}
	return base.ColorNameForeground
}

// shape says the same for those who don't see the colour.
func (c *DayCell) shape() fyne.Resource {
	switch {
	case c.filled():
		return boardShapes.critical
	case c.Kind == DayBooked && c.Past:
		return pastShapes[c.Tone]
	case c.Kind == DayBooked:
		return c.Tone.Shape()
	case c.Kind == DayHeld && !c.Past:
		return boardShapes.bookmark
	case c.Kind == DayClosed:
		return theme.Shape(theme.Blocked)
	case c.Past:
		return nil
	case c.Kind == DayReserve:
		return theme.Shape(theme.Urgent)
	}
	return theme.Shape(theme.Good)
}

// pastShapes are those of priorities in the colour of what is over.
var pastShapes = map[Tone]fyne.Resource{
	Plain: theme.ShapeIn(theme.Info, base.ColorNamePlaceHolder), Good: theme.ShapeIn(theme.Good, base.ColorNamePlaceHolder),
	Attention: theme.ShapeIn(theme.Attention, base.ColorNamePlaceHolder), Urgent: theme.ShapeIn(theme.Urgent, base.ColorNamePlaceHolder),
	Critical: theme.ShapeIn(theme.Critical, base.ColorNamePlaceHolder),
}

func (d *cellDrawing) ground() {
	cell, size := d.look.cell, d.size
	whole := d.area(fyne.Position{}, size, d.p.ink(base.ColorNameInputBackground))
	whole.StrokeColor, whole.StrokeWidth, whole.CornerRadius = d.p.ink(base.ColorNameSeparator), 1, 3
	if cell.Past {
		whole.FillColor = d.p.ink(base.ColorNameBackground)
	}
	switch cell.Kind {
	case DayBooked:
		whole.FillColor, whole.StrokeColor = d.p.ink(base.ColorNameHeaderBackground), d.p.ink(base.ColorNameInputBorder)
		if cell.filled() {
			whole.FillColor = d.p.ink(base.ColorNameError)
		}
		if cell.Past {
			whole.FillColor, whole.StrokeColor = d.p.ink(base.ColorNameBackground), d.p.ink(base.ColorNameSeparator)
		}
		if !cell.filled() {
			d.area(fyne.NewPos(1, 1), fyne.NewSize(cellBar-2, size.Height-2), d.p.ink(cell.bar()))
		}
	case DayHeld:
		if !cell.Past {
			whole.StrokeColor, whole.StrokeWidth = d.p.ink(theme.Info), 2
		}
	case DayReserve, DayClosed:
		whole.FillColor = d.p.ink(base.ColorNameBackground)
		if cell.Kind == DayClosed || !cell.Past {
			d.hatch(fyne.NewPos(1, 1), size.SubtractWidthHeight(2, 2), faint(d.p.ink(cell.hatch())))
		}
	}
	if d.look.selected {
		d.area(fyne.Position{}, size, d.p.ink(base.ColorNameSelection)).CornerRadius = 3
	} else if d.look.under {
		d.area(fyne.Position{}, size, d.p.ink(base.ColorNameHover)).CornerRadius = 3
	}
}

func (c *DayCell) hatch() fyne.ThemeColorName {
	if c.Kind == DayReserve {
		return theme.Urgent
	}
	return theme.Blocked
}

func (c *DayCell) bar() fyne.ThemeColorName {
	if name, ok := meanings[c.Tone]; ok && !c.Past {
		return name
	}
	if c.Past {
		return base.ColorNameSeparator
	}
	return theme.Info
}

// faint is a colour that lines behind a text may have.
func faint(c color.Color) color.Color {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	n.A = 0x78
	return n
}

// room is how many lines of text a cell has, and how large they are: one even where a line as large as others has no room.
func (d *cellDrawing) room() (lines int, size float32) {
	line := d.p.g.flow.line
	if lines = int((d.size.Height + 1) / line); lines > 0 {
		return lines, d.text
	}
	return 1, max(d.text*d.size.Height/line, 7)
}

// lines are the name, the word of the priority, and as many details as there is room for.
func (d *cellDrawing) lines() {
	cell := d.look.cell
	lines, size := d.room()
	first := pen{size, cell.Kind != DayFree && !cell.Past, d.p.ink(d.ink)}
	x, y, right := float32(cellPad), float32(0), d.size.Width-cellPad
	if cell.Kind == DayBooked {
		x += cellBar - 1
	}
	if lines == 1 {
		y = (d.size.Height - first.height()) / 2
	} else {
		y = 1
	}
	word := cell.Word
	if cell.Kind == DayHeld || word == "" {
		word = cell.kindWord()
	}
	start := x
	mark := size * 0.9
	plate := cell.Kind == DayReserve && !cell.Past
	if plate {
		d.plate(fyne.NewPos(x, y), first.height())
	}
	if shape := cell.shape(); shape != nil {
		d.mark(d.p.stencils.of(shape, mark), fyne.NewPos(x, y+(first.height()-mark)/2), mark)
		x += mark + cellPad
	}
	// The word stands beside the name where both have room; its shape is there in any case.
	hand := pen{size * 0.9, true, first.ink}
	if cell.Kind == DayBooked && !cell.Past && !cell.filled() {
		hand.ink = d.p.ink(cell.Tone.Color())
	}
	main, need := cell.main(), hand.width(word)
	beside := word != "" && first.width(main)+need+3*cellPad <= right-x
	if beside {
		d.write(word, fyne.NewPos(right-need, y+(first.height()-hand.height())/2), need+1, hand)
		right -= need + cellPad
	}
	x += d.write(main, fyne.NewPos(x, y), right-x, first)
	if plate {
		d.widen(x - start)
	}
	rest := cell.Detail
	if word != "" && !beside {
		rest = append([]string{word}, rest...)
	}
	d.rest(rest, start, y+first.height(), lines-1, word != "" && !beside, hand)
}

// rest are the lines below the first; of those the word, where it is among them, is in its own hand.
func (d *cellDrawing) rest(rest []string, x, y float32, lines int, word bool, hand pen) {
	plain := pen{hand.size, false, d.p.ink(base.ColorNameForeground)}
	if cell := d.look.cell; cell.filled() || cell.Past {
		plain.ink = d.p.ink(d.ink)
	}
	for i, text := range rest {
		if i >= lines {
			return
		}
		n := plain
		if i == 0 && word {
			n = hand
		}
		d.write(text, fyne.NewPos(x, y), d.size.Width-cellPad-x, n)
		y += d.p.g.flow.line
	}
}

// closed writes why, again and again down the cell: of a day of leave only a part is in sight.
func (d *cellDrawing) closed() {
	lines, size := d.room()
	hand := pen{size, true, d.p.ink(d.ink)}
	mark, height := size*0.9, hand.height()
	inner := d.size.Width - 2*cellPad - mark - cellPad
	why := wrap(d.look.cell.main(), size, hand.style(), inner, min(lines, mostLines))
	for top := float32(1); top == 1 || top+float32(len(why))*height < d.size.Height; top += repeatLines * height {
		for i, line := range why {
			at := fyne.NewPos(cellPad, top+float32(i)*height)
			d.plate(at, height)
			if i == 0 {
				d.mark(d.p.stencils.of(d.look.cell.shape(), mark), at.AddXY(0, (height-mark)/2), mark)
			}
			d.widen(mark + cellPad + d.write(line, at.AddXY(mark+cellPad, 0), inner, hand))
		}
	}
}

// repeatLines is after how many lines a closed time says again why it is closed.
const repeatLines = 12

// plate lays a plain ground under a text that stands on hatching.
func (d *cellDrawing) plate(at fyne.Position, height float32) {
	d.area(at.AddXY(-1, 1), fyne.NewSize(0, height-2), d.p.ink(base.ColorNameBackground))
}

// widen makes the plate as wide as what was written on it.
func (d *cellDrawing) widen(width float32) {
	plate := d.rects[d.used.rects-1]
	plate.Resize(fyne.NewSize(width+2*cellPad, plate.Size().Height))
}
