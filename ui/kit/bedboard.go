package kit

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// BedState is what a bed is good for. A board says it by a shape, a word and a colour.
type BedState uint8

// The states.
const (
	BedFree BedState = iota
	BedOccupied
	BedCleaning // left, not yet clean
	BedReserved
	BedClosed
)

// MarkKind chooses the shape of a room's mark.
type MarkKind uint8

// The kinds.
const (
	MarkNote MarkKind = iota
	MarkWomen
	MarkMen
	MarkIsolation
)

// BoardMark is what is special about a room: a shape and a word.
type BoardMark struct {
	Kind MarkKind
	Text string // 'Women', 'Isolation'
}

// BoardWard is a ward. IDs are unique on a board, each among its kind. All texts are in the user's language already.
type BoardWard struct {
	ID, Name string
	Free     string // '3 free'
	Total    string // 'of 24 beds'
	Closed   string // why the ward takes nobody; empty where it does
	Rooms    []BoardRoom
}

// BoardRoom is a room of a ward.
type BoardRoom struct {
	ID, Name string
	Marks    []BoardMark
	Beds     []BoardBed
}

// BoardBed is a bed, and who lies in it.
type BoardBed struct {
	ID, Name string
	State    BedState
	Who      string   // as it is read from afar: 'SMITH, Ann'; empty where nobody lies
	Detail   []string // lines: since when, expected discharge, age and sex; for others than occupied beds: for whom, until when, why
	Score    *BoardScore
	// Isolation says that the patient needs it, and which; empty for others.
	Isolation string
	// Alike: another patient on this board has a name like this one.
	Alike bool
	// Fits is set while a place is looked for: whether this bed is one, and Why not (or why it is a good one).
	Fits *bool
	Why  string
}

// BoardScore is the newest NEWS2 of the patient in a bed.
type BoardScore struct {
	Text string // 'NEWS2 7'
	Tone Tone   // by the score's band
}

// BoardPlace is all that must come back when a person comes back to a board. What is in it is the board's own affair.
type BoardPlace struct {
	selected string
	top      float32
}

// BedBoard shows wards, their rooms and the beds in them as tiles. All of it by keyboard: arrows go to the bed on that side, Home and
// End to the first and last, PageUp and PageDown by wards, letters jump to a bed, a room or a patient, Enter opens. It draws only
// tiles that are seen, and those again only when what they show has changed. All of it belongs to the window's goroutine.
type BedBoard struct {
	widget.BaseWidget
	wards   []BoardWard
	flow    boardFlow
	tiles   []boardTile // in reading order, as flow.tiles
	index   map[string]int
	current int // selected tile, -1 for none
	near    int // where the selected one was before it vanished: the arrows go on from here
	under   int // tile under the mouse, -1 for none
	goal    float32
	chosen  string
	focused bool
	typed   []rune
	wantTop float32
	wanted  bool

	// OnOpen is called with the ID of the bed that was opened: Enter, or a double click.
	OnOpen func(id string)
	// OnSelect is called when another bed was selected, by whatever means, with all that is known of it, uncut; ok is false when
	// none is. full is the same in words.
	OnSelect func(bed BoardBed, full string, ok bool)

	pane   *boardPane
	scroll *container.Scroll
	foot   *boardFoot
	state  fyne.CanvasObject
	empty  *widget.Label
	ring   *canvas.Rectangle
}

// boardTile is a bed as its tile needs it: a copy, so that a caller who goes on writing into his own does not change what was drawn.
type boardTile struct {
	key        string
	bed        BoardBed
	ward, room int
	fit        fitness
}

// fitness is BoardBed.Fits as a value.
type fitness uint8

const (
	unasked fitness = iota
	fitting
	unfit
)

// NewBedBoard makes an empty board.
func NewBedBoard() *BedBoard {
	b := &BedBoard{current: -1, under: -1}
	b.ExtendBaseWidget(b)
	b.pane = newBoardPane(b)
	b.scroll = container.NewVScroll(b.pane)
	b.scroll.OnScrolled = func(fyne.Position) { b.pane.show() }
	b.foot = newBoardFoot()
	b.empty = widget.NewLabel(Say("board.empty", "There are no wards yet").Text())
	b.empty.Alignment = fyne.TextAlignCenter
	b.ring = newFocusRing()
	return b
}

// SetWards replaces all that is shown. What stays as it was is not drawn again, and the bed that was selected stays so if it is
// still there.
func (b *BedBoard) SetWards(wards []BoardWard) {
	b.tiles, b.index = make([]boardTile, 0, len(b.tiles)), make(map[string]int, len(b.tiles))
	b.wards = slices.Clone(wards)
	for w := range b.wards {
		b.wards[w].Rooms = slices.Clone(b.wards[w].Rooms)
		for r := range b.wards[w].Rooms {
			b.addRoom(w, r)
		}
	}
	b.arrange()
	b.replaced()
}

func (b *BedBoard) addRoom(w, r int) {
	room := &b.wards[w].Rooms[r]
	room.Marks = slices.Clone(room.Marks)
	for _, bed := range room.Beds {
		tile := boardTile{bed: bed, ward: w, room: r}
		tile.bed.Detail = slices.Clone(bed.Detail)
		if bed.Score != nil {
			score := *bed.Score
			tile.bed.Score = &score
		}
		if bed.Fits != nil {
			fits := *bed.Fits
			if tile.bed.Fits, tile.fit = &fits, unfit; fits {
				tile.fit = fitting
			}
		}
		if tile.key = bed.ID; b.index[bed.ID] > 0 || len(b.tiles) > 0 && b.tiles[0].key == bed.ID {
			tile.key += "/" + strconv.Itoa(len(b.tiles)) // a bed that comes twice is shown twice: better than hidden
		} else {
			b.index[bed.ID] = len(b.tiles)
		}
		b.tiles = append(b.tiles, tile)
	}
}

// replaced finds the selected bed again.
func (b *BedBoard) replaced() {
	at, ok := b.index[b.chosen]
	if !ok || b.chosen == "" {
		at = -1
	}
	if at < 0 && b.current >= 0 {
		b.near = b.current
	}
	// Not the bed that has come to stand in the same place: Enter would open another than the person chose.
	b.current, b.under = at, -1
	b.Refresh()
	if b.wanted && len(b.tiles) > 0 {
		b.wanted = false
		b.scrollTo(b.wantTop)
	}
	if !b.wanted {
		b.told()
	}
}

// SetState shows something in place of the wards: that they are being read, why they could not be. nil shows the wards.
func (b *BedBoard) SetState(state fyne.CanvasObject) {
	b.state = state
	b.Refresh()
}

// Selected is the bed that is selected.
func (b *BedBoard) Selected() (bed BoardBed, ok bool) {
	if b.current < 0 || b.current >= len(b.tiles) {
		return bed, false
	}
	return b.tiles[b.current].bed, true
}

// Select selects the bed of this ID and shows it, and tells whether it is there.
func (b *BedBoard) Select(id string) bool {
	at, ok := b.index[id]
	if ok {
		b.choose(at)
	}
	return ok
}

// State is what Restore needs to show the same again.
func (b *BedBoard) State() BoardPlace {
	if b.wanted {
		return BoardPlace{b.chosen, b.wantTop}
	}
	return BoardPlace{b.chosen, b.scroll.Offset.Y}
}

// Restore shows what State saw, as soon as there are wards.
func (b *BedBoard) Restore(p BoardPlace) {
	b.chosen, b.wantTop, b.wanted = p.selected, p.top, true
	b.replaced()
}

// told tells of the selection, if it has become another one.
func (b *BedBoard) told() {
	bed, ok := b.Selected()
	full := b.full(b.current)
	b.foot.say(full)
	if bed.ID == b.chosen {
		return
	}
	b.chosen = bed.ID
	if b.OnSelect != nil {
		b.OnSelect(bed, full, ok)
	}
}

// full is all that a tile says, uncut, in the order in which people say it.
func (b *BedBoard) full(tile int) string {
	if tile < 0 || tile >= len(b.tiles) {
		return ""
	}
	t := &b.tiles[tile]
	ward := &b.wards[t.ward]
	room := &ward.Rooms[t.room]
	parts := []string{ward.Name, room.Name, t.bed.Name, t.bed.State.text(), t.bed.Who}
	parts = append(parts, t.bed.Detail...)
	for _, mark := range room.Marks {
		parts = append(parts, mark.Text)
	}
	if t.bed.Score != nil {
		parts = append(parts, scoreText(*t.bed.Score))
	}
	parts = append(parts, t.bed.Isolation)
	if t.bed.Alike {
		parts = append(parts, Say("banner.alike", "Another patient has a name like this").Text())
	}
	if parts = append(parts, t.suits()); t.fit == fitting {
		parts = append(parts, t.bed.Why)
	}
	parts = append(parts, ward.Closed)
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}

// text is the state in a word.
func (s BedState) text() string {
	switch s {
	case BedFree:
		return Say("board.free", "Free").Text()
	case BedOccupied:
		return Say("board.occupied", "Occupied").Text()
	case BedCleaning:
		return Say("board.cleaning", "Cleaning").Text()
	case BedReserved:
		return Say("board.reserved", "Reserved").Text()
	}
	return Say("board.closed", "Closed").Text()
}

// suits says whether the bed is one of those looked for, and why it is none.
func (t *boardTile) suits() string {
	switch {
	case t.fit == fitting:
		return Say("board.fits", "Fits").Text()
	case t.fit == unfit && t.bed.Why != "":
		return Say("board.unfit.why", "No: {{.Why}}", "Why", t.bed.Why).Text()
	case t.fit == unfit:
		return Say("board.unfit", "Does not fit").Text()
	}
	return ""
}

// scoreText says the band as well as the number: no colour carries it alone.
func scoreText(s BoardScore) string {
	switch s.Tone {
	case Critical:
		return Say("board.critical", "{{.Score}} CRITICAL", "Score", s.Text).Text()
	case Urgent:
		return Say("board.urgent", "{{.Score}} URGENT", "Score", s.Text).Text()
	}
	return s.Text
}

var _ fyne.Focusable = (*BedBoard)(nil)
