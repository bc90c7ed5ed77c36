package kit

import "fyne.io/fyne/v2"

// Painted is how many cells, lines and labels have been drawn since the grid was made.
func (g *DayGrid) Painted() int {
	return g.pane.cells.painted + g.pane.lines.painted + g.pane.over.painted + g.head.album.painted + g.axis.album.painted
}

// PaintedCells is how many cells have been drawn.
func (g *DayGrid) PaintedCells() int { return g.pane.cells.painted }

// Offset is how far the day is scrolled.
func (g *DayGrid) Offset() fyne.Position { return g.scroll.Offset }

// Told is what stands below the day.
func (g *DayGrid) Told() string { return g.foot.text }

// NowLines are the pieces of the line of now, as they stand in the day.
func (g *DayGrid) NowLines() (lines [][2]fyne.Position) {
	for _, w := range g.pane.overIn(0, len(g.flow.columns)) {
		if !w.value.ring {
			lines = append(lines, [2]fyne.Position{w.at, w.at.Add(w.size)})
		}
	}
	return lines
}

// PlaceOf is where a cell stands in the day.
func (g *DayGrid) PlaceOf(column, cell string) (fyne.Position, fyne.Size) {
	return g.place(g.index[dayKey{column, cell}])
}
