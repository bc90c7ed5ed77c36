package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"

	"wardbook/ui/theme"
)

const (
	chipPad    = 3
	stripe     = 6  // at a tile's left, in the colour of its state
	hatched    = 14 // the same of a closed bed, so that its lines are seen
	fitEdge    = 4
	chosenRing = 3
)

// colour is the state's own.
func (s BedState) colour() fyne.ThemeColorName {
	switch s {
	case BedFree:
		return theme.Good
	case BedOccupied:
		return base.ColorNameForeground
	case BedCleaning:
		return theme.Attention
	case BedReserved:
		return theme.Info
	}
	return theme.Blocked
}

func (s BedState) shape() fyne.Resource {
	switch s {
	case BedFree:
		return theme.Shape(theme.Good)
	case BedOccupied:
		return boardShapes.person
	case BedCleaning:
		return boardShapes.drop
	case BedReserved:
		return boardShapes.bookmark
	}
	return theme.Shape(theme.Blocked)
}

// tileDrawing is a tile being drawn from top to bottom.
type tileDrawing struct {
	*piece
	p           *boardPane
	look        *tileLook
	pens        boardPens
	left, right float32
	y           float32
}

func (p *boardPane) drawTile(at *piece, look tileLook) {
	d := tileDrawing{piece: at, p: p, look: &look, pens: p.pens(), right: at.size.Width - tilePad, y: tilePad}
	d.ground()
	d.head()
	d.who()
	d.details()
	d.chips()
}

// ground says by the edge whether the bed is selected, and while a place is looked for whether it is one.
func (d *tileDrawing) ground() {
	bed, size := &d.look.tile.bed, d.size
	whole := d.area(fyne.Position{}, size, d.p.ink(base.ColorNameInputBackground))
	whole.StrokeColor, whole.StrokeWidth, whole.CornerRadius = d.p.ink(base.ColorNameInputBorder), 1, 4
	if d.look.selected {
		d.area(fyne.Position{}, size, d.p.ink(base.ColorNameSelection)).CornerRadius = 4
		width := float32(chosenRing - 1)
		if d.look.focused {
			width = chosenRing + 1
		}
		d.frame(fyne.NewPos(-chosenRing-1, -chosenRing-1), size.AddWidthHeight(2*chosenRing+2, 2*chosenRing+2), d.p.ink(base.ColorNamePrimary), width, 7)
	} else if d.look.under {
		d.area(fyne.Position{}, size, d.p.ink(base.ColorNameHover)).CornerRadius = 4
	}
	if d.look.tile.fit == fitting {
		d.frame(fyne.Position{}, size, d.p.ink(theme.Good), fitEdge, 4)
	}
	strip := fyne.NewSize(stripe, size.Height-2*chipPad)
	if bed.State == BedClosed {
		strip.Width = hatched
		d.area(fyne.NewPos(chipPad, chipPad), strip, d.p.ink(base.ColorNameBackground))
		d.frame(fyne.NewPos(chipPad, chipPad), strip, d.p.ink(theme.Blocked), 1, 0)
		d.hatch(fyne.NewPos(chipPad, chipPad), strip, d.p.ink(theme.Blocked))
	} else {
		d.area(fyne.NewPos(chipPad, chipPad), strip, d.p.ink(bed.State.colour())).CornerRadius = 2
	}
	d.left = chipPad + strip.Width + tilePad
}

// text is the ink for what is said of a bed: paler where it is not one of those looked for.
func (d *tileDrawing) text() color.Color {
	if d.look.tile.fit == unfit {
		return d.p.ink(base.ColorNamePlaceHolder)
	}
	return d.p.ink(base.ColorNameForeground)
}

// head is the bed's name, as large as anything here, and its state by shape and word.
func (d *tileDrawing) head() {
	bed := &d.look.tile.bed
	state := pen{d.pens.state, true, d.p.ink(bed.State.colour())}
	name := pen{d.pens.bed, true, d.text()}
	word := bed.State.text()
	height, mark := name.height(), d.pens.bed*0.9
	room := d.right - d.left - mark - chipPad
	need := min(state.width(word), room*0.6)
	d.mark(d.p.stencils.of(bed.State.shape(), mark), fyne.NewPos(d.left, d.y+(height-mark)/2), mark)
	d.write(bed.Name, fyne.NewPos(d.left+mark+chipPad, d.y), room-need-tilePad, name)
	d.write(word, fyne.NewPos(d.right-need, d.y+(height-state.height())/2), need+1, state)
	d.y += height
}

func (d *tileDrawing) who() {
	who := pen{d.pens.who, true, d.text()}
	d.write(d.look.tile.bed.Who, fyne.NewPos(d.left, d.y), d.right-d.left, who)
	d.y += who.height()
}

// details are the lines of the bed, or while a place is looked for the reason why it is none or a good one.
func (d *tileDrawing) details() {
	tile := &d.look.tile
	hand := pen{d.pens.detail, false, d.p.ink(base.ColorNameForeground)}
	left, height, lines := d.left, hand.height(), tile.bed.Detail
	switch {
	case tile.fit == unfit:
		mark := hand.size
		d.mark(d.p.stencils.of(theme.Shape(theme.Blocked), mark), fyne.NewPos(left, d.y+(height-mark)/2), mark)
		left += mark + chipPad
		lines = wrap(tile.suits(), hand.size, hand.style(), d.right-left, d.look.details)
	case tile.fit == fitting && tile.bed.Why != "":
		lines = wrap(tile.bed.Why, hand.size, hand.style(), d.right-left, d.look.details)
	}
	for i, line := range lines {
		if i == d.look.details {
			break
		}
		d.write(line, fyne.NewPos(left, d.y+float32(i)*height), d.right-left, hand)
	}
	d.y += height * float32(d.look.details)
}

// tileChip is a remark on a tile.
type tileChip struct {
	text, short  string // short is said where there is no room for text
	shape        fyne.Resource
	ink          fyne.ThemeColorName
	filled, bold bool
}

func (l *tileLook) remarks() (chips []tileChip) {
	bed := &l.tile.bed
	if l.tile.fit == fitting {
		chips = append(chips, tileChip{text: l.tile.suits(), shape: theme.Shape(theme.Good), ink: theme.Good, bold: true})
	}
	if s := bed.Score; s != nil {
		c := tileChip{text: scoreText(*s), short: s.Text, ink: s.Tone.Color(), bold: true}
		if c.filled = s.Tone == Critical; c.filled {
			c.shape = boardShapes.critical
		} else if s.Tone != Plain {
			c.shape = s.Tone.Shape()
		}
		chips = append(chips, c)
	}
	if bed.Isolation != "" {
		chips = append(chips, tileChip{text: bed.Isolation, shape: boardShapes.guard, ink: theme.Urgent})
	}
	if bed.Alike {
		chips = append(chips, tileChip{text: Say("board.alike", "Like name").Text(), shape: boardShapes.twins, ink: theme.Attention})
	}
	return chips
}

// chips stand in one line. Where there is no room for all of their words the later ones are cut, never their shapes; and of a score
// the word goes before the number does.
func (d *tileDrawing) chips() {
	chips := d.look.remarks()
	hand := pen{size: d.pens.chip}
	mark, x := hand.size, d.left
	least := mark + 3*chipPad
	for i, c := range chips {
		hand.bold, hand.ink = c.bold, d.p.ink(c.ink)
		after := float32(len(chips)-i-1) * (least + chipPad)
		room := d.right - x - after - 3*chipPad
		if c.shape != nil {
			room -= mark
		}
		x += d.chip(c, c.fitting(room, hand), x, room, hand) + chipPad
	}
}

// fitting is what a chip says in so much room.
func (c tileChip) fitting(room float32, hand pen) string {
	if c.short != "" && hand.width(c.text) > room {
		return c.short
	}
	return orNothing(c.text, room, hand)
}

// orNothing leaves a text out of which only a few letters would be left: they say less than the shape beside them does alone.
func orNothing(text string, room float32, hand pen) string {
	const few = 6
	if shown, whole := cut(text, hand.size, hand.style(), room); !whole && len([]rune(shown)) <= few {
		return ""
	}
	return text
}

func (d *tileDrawing) chip(c tileChip, text string, x, room float32, hand pen) (width float32) {
	mark, inner := hand.size, x+chipPad
	if c.filled {
		hand.ink = d.p.ink(base.ColorNameForegroundOnError)
	}
	edge := d.area(fyne.NewPos(x, d.y), fyne.Size{}, color.Transparent)
	if c.shape != nil {
		d.mark(d.p.stencils.of(c.shape, mark), fyne.NewPos(inner, d.y+chipPad+(hand.height()-mark)/2), mark)
		inner += mark + chipPad
	}
	inner += d.write(text, fyne.NewPos(inner, d.y+chipPad), room, hand) + chipPad
	edge.Resize(fyne.NewSize(inner-x, hand.height()+2*chipPad-1))
	edge.StrokeColor, edge.StrokeWidth, edge.CornerRadius = d.p.ink(c.ink), 1, 3
	if c.filled {
		edge.FillColor = d.p.ink(base.ColorNameError)
	}
	return inner - x
}
