package kit

import (
	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"

	"wardbook/ui/theme"
)

func (p *boardPane) drawWard(d *piece, look wardLook) {
	size := p.pens().ward
	name := pen{size, true, p.ink(base.ColorNameForeground)}
	free := pen{size, true, p.ink(theme.Good)}
	total := pen{size * 0.75, false, p.ink(base.ColorNameForeground)}
	d.area(fyne.Position{}, d.size, p.ink(base.ColorNameHeaderBackground))
	d.area(fyne.NewPos(0, d.size.Height-2), fyne.NewSize(d.size.Width, 2), p.ink(base.ColorNameForeground))
	right := d.size.Width - boardEdge - barRoom
	x, y := float32(boardEdge), float32(tilePad-1)
	low := y + (name.height()-total.height())*0.6
	// What is free stands at the right, where one looks for it; the name gets what that leaves.
	if look.closed != "" {
		shut := pen{size * 0.85, true, p.ink(theme.Blocked)}
		need := min(shut.width(look.closed), right/2)
		d.mark(p.stencils.of(theme.Shape(theme.Blocked), size*0.8), fyne.NewPos(right-need-size, y+size*0.3), size*0.8)
		d.write(look.closed, fyne.NewPos(right-need, y+size*0.1), need+1, shut)
		right -= need + size + tilePad
	} else {
		need := min(total.width(look.total), right/3)
		d.write(look.total, fyne.NewPos(right-need, low), need+1, total)
		right -= need + size*0.4
		need = min(free.width(look.free), right/2)
		d.write(look.free, fyne.NewPos(right-need, y), need+1, free)
		right -= need + tilePad
		if look.free != "" {
			d.mark(p.stencils.of(theme.Shape(theme.Good), size*0.8), fyne.NewPos(right-size*0.8, y+size*0.3), size*0.8)
			right -= size
		}
	}
	x += d.write(look.name, fyne.NewPos(x, y), right-x, name) + 2*tileGap
	if look.rooms == 0 {
		d.write(Say("board.rooms.none", "No rooms yet").Text(), fyne.NewPos(x, low), right-x, total)
	}
}

// drawRoom frames a room's beds under its name. The tiles are drawn over it.
func (p *boardPane) drawRoom(d *piece, look roomLook) {
	const out = tileGap/2 - 1
	frame := d.area(fyne.NewPos(-out, 0), d.size.AddWidthHeight(2*out, out), p.ink(base.ColorNameHeaderBackground))
	frame.StrokeColor, frame.StrokeWidth, frame.CornerRadius = p.ink(base.ColorNameSeparator), 1, 6
	size := p.pens().room
	name := pen{size, true, p.ink(base.ColorNameForeground)}
	hand := pen{size * 0.85, false, p.ink(base.ColorNameForeground)}
	low := 2 + (name.height()-hand.height())*0.6
	mark := hand.size
	// Every mark keeps its shape; words get what the name leaves.
	least := float32(len(look.marks)) * (mark + 2*chipPad)
	x := d.write(look.name, fyne.NewPos(2, 2), max(d.size.Width-least, d.size.Width/2), name) + tileGap
	for i, m := range look.marks {
		after := float32(len(look.marks)-i-1) * (mark + 2*chipPad)
		d.mark(p.stencils.of(m.Kind.shape(), mark), fyne.NewPos(x, low+(hand.height()-mark)/2), mark)
		x += mark + chipPad
		hand.ink = p.ink(m.Kind.colour())
		room := d.size.Width - x - after
		x += d.write(orNothing(m.Text, room, hand), fyne.NewPos(x, low), room, hand) + tilePad
	}
	if look.beds == 0 {
		hand.ink = p.ink(base.ColorNamePlaceHolder)
		d.write(Say("board.beds.none", "No beds").Text(), fyne.NewPos(tilePad, name.height()+tilePad), d.size.Width-tilePad, hand)
	}
}

func (k MarkKind) shape() fyne.Resource {
	switch k {
	case MarkWomen:
		return boardShapes.women
	case MarkMen:
		return boardShapes.men
	case MarkIsolation:
		return boardShapes.guard
	}
	return theme.Shape(theme.Info)
}

func (k MarkKind) colour() fyne.ThemeColorName {
	if k == MarkIsolation {
		return theme.Urgent
	}
	return base.ColorNameForeground
}
