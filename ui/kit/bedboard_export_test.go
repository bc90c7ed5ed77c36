package kit

// Painted is how many tiles, room frames and headings have been drawn since the board was made.
func (b *BedBoard) Painted() int {
	return b.pane.tiles.painted + b.pane.rooms.painted + b.pane.wards.painted
}

// PaintedTiles is how many tiles have been drawn.
func (b *BedBoard) PaintedTiles() int { return b.pane.tiles.painted }

// Columns is how many tiles stand beside each other at most.
func (b *BedBoard) Columns() int { return b.flow.columns }

// Top is how far the board is scrolled.
func (b *BedBoard) Top() float32 { return b.scroll.Offset.Y }

// Told is what stands below the board.
func (b *BedBoard) Told() string { return b.foot.text }

// CutBoth cuts a text as a picture does and as a table does.
func CutBoth(text string, size, room float32) (picture, table string) {
	table, _ = cut(text, size, pen{size: size}.style(), room)
	return pen{size: size}.cut(text, room), table
}
