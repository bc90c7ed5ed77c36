package kit

import (
	"cmp"
	"slices"
	"sort"
	"time"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
)

// Sizes of a day at text of 100 %, in device-independent pixels.
const (
	columnLeast = 132 // of a column; when there is no room for all it is scrolled
	laneLeast   = 96  // what each further cell beside another adds
	columnMost  = 420
	cellPad     = 3
	cellBar     = 6 // at an appointment's left, in the colour of its priority
)

// shortestCell is the time that is at least as high as a line of text; nothing shorter is.
const shortestCell, longestShort = 5 * time.Minute, 30 * time.Minute

// dayFlow is where everything stands in a grid of some size.
type dayFlow struct {
	columns []dayColumn
	minute  float32 // height of one
	line    float32 // height of a line of text
	size    fyne.Size
	head    float32 // height of the names above
	axis    float32 // width of the times at the left
}

type dayColumn struct {
	first, last int // of its cells, the one after
	lanes       int
	left, width float32
}

// beside sorts the cells of a column and puts those that overlap beside each other. It answers how many there are at most.
func beside(cells []dayCell) (most int) {
	slices.SortStableFunc(cells, func(a, b dayCell) int {
		return cmp.Or(a.From.Compare(b.From), b.To.Compare(a.To), cmp.Compare(a.ID, b.ID))
	})
	most = 1
	var ends []time.Time // of the lanes of the present group
	first := 0
	finish := func(last int) {
		for i := first; i < last; i++ {
			cells[i].lanes = len(ends)
		}
		most = max(most, len(ends))
		first, ends = last, ends[:0]
	}
	for i := range cells {
		c := &cells[i]
		if !slices.ContainsFunc(ends, c.From.Before) {
			finish(i) // nothing before goes on until here
		}
		c.lane = slices.IndexFunc(ends, func(end time.Time) bool { return !c.From.Before(end) })
		if c.lane < 0 {
			c.lane, ends = len(ends), append(ends, c.To)
		}
		ends[c.lane] = c.To
	}
	finish(len(cells))
	return most
}

// arrange finds where everything stands.
func (g *DayGrid) arrange() {
	text := g.Theme().Size(base.SizeNameText)
	f := &g.flow
	f.line = pen{size: text, bold: true}.height()
	f.head = g.pane.headHeight(text)
	f.axis = g.pane.axisWidth(text)
	view := g.Size().SubtractWidthHeight(f.axis, f.head+g.foot.MinSize().Height)
	before := f.minute
	f.minute = g.minuteHeight(view.Height)
	if g.shown && before > 0 && before != f.minute { // the same time stays at the top
		g.scroll.Offset.Y *= f.minute / before
	}
	f.size.Height = float32(g.plan.To.Sub(g.plan.From).Minutes()) * f.minute
	f.spread(view.Width-barRoom, text/normalText)
}

// minuteHeight has the shortest time there is take a line of text, and a short day fill the window.
func (g *DayGrid) minuteHeight(view float32) float32 {
	shortest := longestShort
	for i := range g.cells {
		shortest = min(shortest, g.cells[i].To.Sub(g.cells[i].From))
	}
	whole := g.plan.To.Sub(g.plan.From).Minutes()
	if whole <= 0 {
		return 1
	}
	return max((g.flow.line+2*cellPad)/float32(max(shortest, shortestCell).Minutes()), view/float32(whole))
}

// spread gives every column its width: what its cells need, and a share of what is left.
func (f *dayFlow) spread(room, scale float32) {
	need := func(c dayColumn) float32 { return (columnLeast + float32(c.lanes-1)*laneLeast) * scale }
	whole := float32(0)
	for _, c := range f.columns {
		whole += need(c)
	}
	grow := float32(1)
	if whole > 0 {
		grow = max(room/whole, 1)
	}
	x := float32(0)
	for i := range f.columns {
		c := &f.columns[i]
		c.left, c.width = x, float32(int(min(need(*c)*grow, max(need(*c), columnMost*scale))))
		x += c.width
	}
	f.size.Width = x
}

// y is where an instant stands.
func (g *DayGrid) y(at time.Time) float32 {
	return float32(at.Sub(g.plan.From).Minutes()) * g.flow.minute
}

// place is where a cell stands; what lies outside the day is cut off.
func (g *DayGrid) place(cell int) (fyne.Position, fyne.Size) {
	c := &g.cells[cell]
	column := &g.flow.columns[c.column]
	lane := column.width / float32(max(c.lanes, 1))
	top, bottom := max(g.y(c.From), 0), min(g.y(c.To), g.flow.size.Height)
	at := fyne.NewPos(column.left+float32(c.lane)*lane+2, top+1)
	return at, fyne.NewSize(lane-3, max(bottom-top-2, 2))
}

// columnsIn are the columns of which a part lies between two places.
func (f *dayFlow) columnsIn(left, right float32) (first, last int) {
	first = sort.Search(len(f.columns), func(i int) bool { return f.columns[i].left+f.columns[i].width > left })
	last = sort.Search(len(f.columns), func(i int) bool { return f.columns[i].left >= right })
	return first, max(first, last)
}

// cellAt is the cell at a place; -1 where there is none.
func (g *DayGrid) cellAt(at fyne.Position) int {
	first, last := g.flow.columnsIn(at.X, at.X+1)
	for c := first; c < last; c++ {
		for i := g.flow.columns[c].first; i < g.flow.columns[c].last; i++ {
			p, size := g.place(i)
			if at.X >= p.X && at.X <= p.X+size.Width && at.Y >= p.Y && at.Y <= p.Y+size.Height {
				return i
			}
		}
	}
	return -1
}

// apartFrom is how far a cell is from an instant; none where it goes on then.
func (c *dayCell) apartFrom(at time.Time) time.Duration {
	switch {
	case at.Before(c.From):
		return c.From.Sub(at)
	case at.Before(c.To):
		return 0
	}
	return at.Sub(c.To) + 1
}

// overlaps tells whether two cells have any time in common.
func (c *dayCell) overlaps(o *dayCell) bool { return c.From.Before(o.To) && o.From.Before(c.To) }

// nearest is the cell of a column nearest to an instant; of those equally near the one in the lane nearest to the given one.
func (g *DayGrid) nearest(column int, at time.Time, lane int) int {
	best := -1
	for i := g.flow.columns[column].first; i < g.flow.columns[column].last; i++ {
		if best < 0 {
			best = i
			continue
		}
		a, b := &g.cells[i], &g.cells[best]
		if near := cmp.Compare(a.apartFrom(at), b.apartFrom(at)); near < 0 || near == 0 && away(a.lane, lane) < away(b.lane, lane) {
			best = i
		}
	}
	return best
}

func away(a, b int) int { return max(a-b, b-a) }
