package kit

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// DayKind is what a time in a day is.
type DayKind uint8

// The kinds.
const (
	DayFree    DayKind = iota // may be booked
	DayReserve                // free, but kept for urgent patients
	DayBooked                 // an appointment
	DayHeld                   // offered to somebody on the waiting list
	DayClosed                 // leave, holiday, not working
)

// DayPlan is a day of some doctors or machines. Instants are instants and their labels the caller's, so that on the days on which
// clocks change an hour may come twice or not at all. All texts are in the user's language already.
type DayPlan struct {
	From, To time.Time // what the picture spans
	Rows     []DayRow  // lines across it, in order
	Columns  []DayColumn
	Now      time.Time // zero, or outside of the span: no line
	NowLabel string    // '10:42'
}

// DayRow is a line across the day.
type DayRow struct {
	At    time.Time
	Label string // '09:00'; empty for a line without
}

// DayColumn is one doctor, machine or room. IDs are unique in a plan.
type DayColumn struct {
	ID, Name   string
	Speciality string
	Note       string // 'On leave'; empty for most
	Cells      []DayCell
}

// DayCell is a time in a column. Times that overlap stand beside each other: a slot that holds three is up to three appointments and,
// where places are left, one free cell.
type DayCell struct {
	ID       string // unique in its column
	Kind     DayKind
	From, To time.Time
	When     string // '09:15 to 09:30'
	Left     int    // places left, of free and kept times
	Who      string // 'SMITH, Ann'
	Tone     Tone   // by the appointment's priority
	Word     string // the priority, 'URGENT'; of a closed time why it is closed
	Detail   []string
	Past     bool // over: shown paler, and free times can't be booked any more
}

// DayPlace is all that must come back when a person comes back to a day. What is in it is the grid's own affair.
type DayPlace struct {
	selected  dayKey
	left, top float32
}

type dayKey struct{ column, cell string }

// DayGrid shows a day: doctors beside each other, time down. All of it by keyboard: Up and Down go to the time before and after, Left
// and Right to the nearest time of the neighbour, Home and End to a column's first and last, PageUp and PageDown by an hour, Enter
// chooses. Names stay above and times at the left when it is scrolled. It draws only what is seen, and that again only when it
// has changed. All of it belongs to the window's goroutine.
type DayGrid struct {
	widget.BaseWidget
	plan    DayPlan
	flow    dayFlow
	cells   []dayCell // column by column, in order of time
	index   map[dayKey]int
	current int // selected cell, -1 for none
	near    int // column that was selected before the cell vanished
	under   int // cell under the mouse, -1 for none
	goal    time.Time
	chosen  dayKey
	focused bool
	shown   bool // the day has been scrolled to where one begins to look
	wants   *DayPlace

	// OnChoose is called with what Enter or a double click chose: a free time to book, an appointment to open.
	OnChoose func(DayColumn, DayCell)
	// OnSelect is called when another cell was selected, by whatever means, with all that is known of it, uncut; ok is false when none
	// is. full is the same in words.
	OnSelect func(column DayColumn, cell DayCell, full string, ok bool)

	pane     *dayPane
	scroll   *container.Scroll
	head     *dayEdge
	axis     *dayEdge
	headClip *container.Clip
	axisClip *container.Clip
	corner   *canvas.Rectangle
	foot     *boardFoot
	state    fyne.CanvasObject
	empty    *widget.Label
	ring     *canvas.Rectangle
}

// dayCell is a cell as the grid needs it: a copy, so that a caller who goes on writing into his own does not change what was drawn.
type dayCell struct {
	DayCell
	key    string // of all cells of the plan
	column int
	lane   int
	lanes  int // beside each other at this time
}

// NewDayGrid makes an empty grid.
func NewDayGrid() *DayGrid {
	g := &DayGrid{current: -1, under: -1, near: -1}
	g.ExtendBaseWidget(g)
	g.pane = newDayPane(g)
	g.scroll = container.NewScroll(g.pane)
	g.scroll.OnScrolled = func(fyne.Position) { g.scrolled() }
	g.head, g.axis = newDayEdge(g, g.pane.drawHead), newDayEdge(g, g.pane.drawTime)
	g.headClip, g.axisClip = container.NewClip(g.head), container.NewClip(g.axis)
	g.corner = &canvas.Rectangle{}
	g.foot = newBoardFoot()
	g.empty = widget.NewLabel(Say("day.empty", "Nobody has hours on this day").Text())
	g.empty.Alignment = fyne.TextAlignCenter
	g.ring = newFocusRing()
	return g
}

// SetDay replaces all that is shown. What stays as it was is not drawn again, and the cell that was selected stays so if it is still
// there.
func (g *DayGrid) SetDay(plan DayPlan) {
	g.plan = plan
	g.plan.Rows = slices.Clone(plan.Rows)
	g.plan.Columns = slices.Clone(plan.Columns)
	g.cells = make([]dayCell, 0, len(g.cells))
	g.flow.columns = make([]dayColumn, len(plan.Columns))
	for c := range g.plan.Columns {
		g.addColumn(c)
	}
	g.index = make(map[dayKey]int, len(g.cells))
	for i := range g.cells {
		id := g.keyOf(i)
		g.cells[i].key = id.column + "/" + id.cell
		if _, twice := g.index[id]; twice {
			g.cells[i].key += "/" + g.cells[i].From.String()
			continue
		}
		g.index[id] = i
	}
	g.replaced()
}

// wholly is the ID of the cell that stands for a column without any.
const wholly = "\x00off"

// addColumn copies a column's cells. A column without any is closed all day: one can go there and read why.
func (g *DayGrid) addColumn(c int) {
	column := &g.plan.Columns[c]
	first := len(g.cells)
	for _, cell := range column.Cells {
		cell.Detail = slices.Clone(cell.Detail)
		if !cell.To.After(cell.From) {
			cell.To = cell.From.Add(time.Minute)
		}
		g.cells = append(g.cells, dayCell{DayCell: cell, column: c})
	}
	if len(column.Cells) == 0 && g.plan.To.After(g.plan.From) {
		g.cells = append(g.cells, dayCell{column: c,
			DayCell: DayCell{ID: wholly, Kind: DayClosed, From: g.plan.From, To: g.plan.To, Word: column.Note}})
	}
	g.flow.columns[c] = dayColumn{first: first, last: len(g.cells), lanes: beside(g.cells[first:])}
}

func (g *DayGrid) keyOf(cell int) dayKey {
	return dayKey{g.plan.Columns[g.cells[cell].column].ID, g.cells[cell].ID}
}

// replaced finds the selected cell again.
func (g *DayGrid) replaced() {
	at, ok := g.index[g.chosen]
	if !ok {
		at = -1
	}
	// Not what has come to stand at the same time: Enter would choose another than the person did.
	g.current, g.under = at, -1
	g.arrange()
	g.Refresh()
	g.comeBack()
	if g.wants == nil {
		g.told()
	}
}

// SetState shows something in place of the day: that it is being read, why it could not be. nil shows the day.
func (g *DayGrid) SetState(state fyne.CanvasObject) {
	g.state = state
	g.Refresh()
}

// Selected is the cell that is selected, and its column.
func (g *DayGrid) Selected() (column DayColumn, cell DayCell, ok bool) {
	if g.current < 0 || g.current >= len(g.cells) {
		return column, cell, false
	}
	c := &g.cells[g.current]
	return g.plan.Columns[c.column], c.DayCell, true
}

// Select selects a cell and shows it, and tells whether it is there.
func (g *DayGrid) Select(column, cell string) bool {
	at, ok := g.index[dayKey{column, cell}]
	if ok {
		g.choose(at, true)
	}
	return ok
}

// State is what Restore needs to show the same again.
func (g *DayGrid) State() DayPlace {
	if g.wants != nil {
		return *g.wants
	}
	return DayPlace{g.chosen, g.scroll.Offset.X, g.scroll.Offset.Y}
}

// Restore shows what State saw, as soon as there is a day.
func (g *DayGrid) Restore(p DayPlace) {
	g.chosen, g.wants = p.selected, &p
	g.replaced()
}

// told tells of the selection, if it has become another one.
func (g *DayGrid) told() {
	column, cell, ok := g.Selected()
	full := g.full(g.current)
	g.foot.say(full)
	key := dayKey{column.ID, cell.ID}
	if key == g.chosen {
		return
	}
	g.chosen = key
	if g.OnSelect != nil {
		g.OnSelect(column, cell, full, ok)
	}
}

// full is all that a cell says, uncut, in the order in which people say it.
func (g *DayGrid) full(i int) string {
	if i < 0 || i >= len(g.cells) {
		return ""
	}
	cell := &g.cells[i]
	column := &g.plan.Columns[cell.column]
	parts := append([]string{cell.When, cell.main(), cell.kindWord(), cell.Word}, cell.Detail...)
	if cell.Past {
		parts = append(parts, Say("day.past", "Past").Text())
	}
	parts = append(parts, column.Name, column.Speciality, column.Note)
	var said []string
	for _, part := range parts {
		if part != "" && !slices.Contains(said, part) {
			said = append(said, part)
		}
	}
	return strings.Join(said, " · ")
}

// main is what a cell says first.
func (c *DayCell) main() string {
	switch c.Kind {
	case DayBooked, DayHeld:
		return c.Who
	case DayClosed:
		if c.Word != "" {
			return c.Word
		}
		return Say("day.closed", "Closed").Text()
	}
	if c.Past {
		return Say("day.past", "Past").Text()
	}
	if c.Kind == DayReserve {
		return Say("day.reserve", "Urgent only").Text()
	}
	if c.Left > 1 {
		return Say("day.free.places", "{{.Count}} free", "Count", c.Left).Text()
	}
	return Say("day.free", "Free").Text()
}

// kindWord says what the cell is where a name alone doesn't.
func (c *DayCell) kindWord() string {
	switch {
	case c.Kind == DayHeld:
		return Say("day.held", "Held").Text()
	case c.Kind == DayReserve && c.Left > 1:
		return Say("day.free.places", "{{.Count}} free", "Count", c.Left).Text()
	}
	return ""
}

var _ fyne.Focusable = (*DayGrid)(nil)
