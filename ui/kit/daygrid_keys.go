package kit

import (
	"time"

	"fyne.io/fyne/v2"
)

// FocusGained is called by Fyne.
func (g *DayGrid) FocusGained() { g.showFocus(true) }

// FocusLost is called by Fyne.
func (g *DayGrid) FocusLost() { g.showFocus(false) }

func (g *DayGrid) showFocus(focused bool) {
	g.focused = focused
	visible(g.ring, focused)
	g.scrolled()
}

// TypedRune is called by Fyne. Letters do nothing here.
func (g *DayGrid) TypedRune(rune) {}

// TypedKey is called by Fyne while the grid has the focus. What the grid has no use for goes to the window.
func (g *DayGrid) TypedKey(event *fyne.KeyEvent) {
	if g.state == nil && g.move(event.Name) {
		return
	}
	handOn(g, event)
}

// move does what a key does to the selection, and tells whether it does anything.
func (g *DayGrid) move(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyReturn, fyne.KeyEnter:
		return g.open()
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown, fyne.KeyHome, fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyPageDown:
	default:
		return false
	}
	if len(g.cells) == 0 {
		return true
	}
	if g.current < 0 {
		g.choose(g.begin(), true)
		return true
	}
	column := &g.flow.columns[g.cells[g.current].column]
	switch key {
	case fyne.KeyUp:
		g.choose(g.before(), true)
	case fyne.KeyDown:
		g.choose(g.after(), true)
	case fyne.KeyLeft:
		g.choose(g.aside(-1), false)
	case fyne.KeyRight:
		g.choose(g.aside(1), false)
	case fyne.KeyHome:
		g.choose(column.first, true)
	case fyne.KeyEnd:
		g.choose(column.last-1, true)
	case fyne.KeyPageUp:
		g.choose(g.hour(-time.Hour), true)
	case fyne.KeyPageDown:
		g.choose(g.hour(time.Hour), true)
	}
	return true
}

// begin is where the arrows begin when nothing is selected: where the last one was, or in the first column now, or with what can be
// booked first.
func (g *DayGrid) begin() int {
	column := min(max(g.near, 0), len(g.flow.columns)-1)
	if !g.goal.IsZero() {
		return g.nearest(column, g.goal, 0)
	}
	first := g.flow.columns[column].first
	for i := first; i < g.flow.columns[column].last; i++ {
		if c := &g.cells[i]; !c.Past && c.Kind != DayClosed && !c.From.Before(g.plan.Now) {
			return i
		}
	}
	return first
}

// after is the next cell of the column that begins when this one has ended.
func (g *DayGrid) after() int {
	at, best := &g.cells[g.current], g.current
	for i := g.current + 1; i < g.flow.columns[at.column].last; i++ {
		c := &g.cells[i]
		if c.From.Before(at.To) {
			continue
		}
		if best == g.current || c.From.Equal(g.cells[best].From) && away(c.lane, at.lane) < away(g.cells[best].lane, at.lane) {
			best = i
		}
	}
	return best
}

// before is the last cell of the column that has ended when this one begins.
func (g *DayGrid) before() int {
	at, best := &g.cells[g.current], g.current
	for i := g.current - 1; i >= g.flow.columns[at.column].first; i-- {
		c := &g.cells[i]
		if c.To.After(at.From) {
			continue
		}
		if best == g.current || c.From.Equal(g.cells[best].From) && away(c.lane, at.lane) < away(g.cells[best].lane, at.lane) {
			best = i
		}
	}
	return best
}

// aside is the cell beside this one: in the same column where times overlap, or in the next column that has any.
func (g *DayGrid) aside(by int) int {
	at, best := &g.cells[g.current], -1
	column := &g.flow.columns[at.column]
	for i := column.first; i < column.last; i++ {
		c := &g.cells[i]
		if (c.lane-at.lane)*by <= 0 || !c.overlaps(at) {
			continue
		}
		if best < 0 || away(c.lane, at.lane) < away(g.cells[best].lane, at.lane) ||
			c.lane == g.cells[best].lane && c.apartFrom(g.goal) < g.cells[best].apartFrom(g.goal) {
			best = i
		}
	}
	if best >= 0 {
		return best
	}
	for c := at.column + by; c >= 0 && c < len(g.flow.columns); c += by {
		lane := 0
		if by < 0 {
			lane = g.flow.columns[c].lanes
		}
		if i := g.nearest(c, g.goal, lane); i >= 0 {
			return i
		}
	}
	return g.current
}

// hour is the cell of the column an hour from here, or the next one where that is farther.
func (g *DayGrid) hour(by time.Duration) int {
	at := &g.cells[g.current]
	i := g.nearest(at.column, at.From.Add(by), at.lane)
	switch c := &g.cells[i]; {
	case by > 0 && !c.From.After(at.From):
		return g.after()
	case by < 0 && !c.From.Before(at.From):
		return g.before()
	}
	return i
}

// choose selects a cell and shows it. Going up and down sets the time that going left and right keeps to.
func (g *DayGrid) choose(cell int, upright bool) {
	if cell < 0 || cell >= len(g.cells) {
		return
	}
	c := &g.cells[cell]
	g.current, g.near = cell, c.column
	if upright || g.goal.IsZero() {
		g.goal = c.From
	}
	g.reveal()
	g.scrolled()
	g.told()
}

// reveal scrolls as little as shows the whole cell; of one higher than the window the time that the person was at.
func (g *DayGrid) reveal() {
	at, size := g.place(g.current)
	view, offset := g.scroll.Size(), g.scroll.Offset
	if size.Height+2*cellBar > view.Height {
		end := at.Y + size.Height
		at.Y = min(max(at.Y, g.y(g.goal)), end-g.flow.line)
		size.Height = min(g.flow.line, size.Height)
	}
	within := func(offset, from, to, view float32) float32 {
		if to > offset+view {
			offset = to - view
		}
		return max(min(offset, from), 0)
	}
	to := fyne.NewPos(within(offset.X, at.X-cellBar, at.X+size.Width+cellBar+barRoom, view.Width),
		within(offset.Y, at.Y-cellBar, at.Y+size.Height+cellBar, view.Height))
	if to != offset {
		g.scroll.ScrollToOffset(to)
	}
}

func (g *DayGrid) open() bool {
	column, cell, ok := g.Selected()
	if ok && g.OnChoose != nil {
		g.OnChoose(column, cell)
	}
	return ok
}

// comeBack scrolls to where a person was, or the first time to where one begins to look: a little before now, or the first thing of the
// day.
func (g *DayGrid) comeBack() {
	if len(g.cells) == 0 || g.scroll.Size().Height <= 0 {
		return
	}
	switch {
	case g.wants != nil:
		g.scroll.ScrollToOffset(fyne.NewPos(g.wants.left, g.wants.top))
		g.wants, g.shown = nil, true
	case !g.shown && g.current >= 0:
		g.shown = true
		g.reveal()
	case !g.shown:
		g.shown = true
		from := g.plan.Now.Add(-time.Hour)
		if g.plan.Now.Before(g.plan.From) || !g.plan.Now.Before(g.plan.To) {
			from = g.plan.To
			for i := range g.cells {
				if c := &g.cells[i]; c.Kind != DayClosed && c.From.Before(from) {
					from = c.From
				}
			}
		}
		if from.Before(g.plan.To) {
			g.scroll.ScrollToOffset(fyne.NewPos(0, max(g.y(from)-cellBar, 0)))
		}
	default:
		return
	}
	g.scrolled()
}
