package kit

import (
	"sort"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
)

// Sizes of a board at text of 100 %, in device-independent pixels. Gaps don't grow with the text.
const (
	tileLeast = 188 // a tile is at least as wide
	tileGap   = 12  // between tiles: room for the room's frame and the ring of the selected one
	tilePad   = 6
	boardEdge = 8
	mostLines = 3 // of details on a tile
)

// boardFlow is where everything stands on a board of some width.
type boardFlow struct {
	columns int
	tile    fyne.Size
	wards   []wardPlace
	rooms   []roomPlace
	tiles   []fyne.Position
	lines   []tileLine
	height  float32
	head    float32 // height of a ward's heading
	details int     // lines of details on every tile
	chips   bool    // whether any tile has a line of remarks
}

type wardPlace struct{ top, bottom float32 }

type roomPlace struct {
	at         fyne.Position
	size       fyne.Size
	ward, room int
}

// tileLine is tiles beside each other.
type tileLine struct {
	top         float32
	first, last int // the one after
}

// boardPens are the hands that a board is written in.
type boardPens struct{ bed, who, detail, state, chip, ward, room float32 }

func pensAt(text float32) boardPens {
	return boardPens{bed: text * 1.4, who: text * 1.2, detail: text * 0.95, state: text * 0.95, chip: text, ward: text * 1.5, room: text * 1.15}
}

// arrange finds where everything stands: rooms beside each other as long as their beds fit into a line, all on one grid.
func (b *BedBoard) arrange() {
	text := b.Theme().Size(base.SizeNameText)
	scale, pens := text/normalText, pensAt(text)
	line := func(size float32, bold bool) float32 { return pen{size: size, bold: bold}.height() }
	f := boardFlow{details: 1}
	for i := range b.tiles {
		t := &b.tiles[i]
		f.details = max(f.details, min(len(t.bed.Detail), mostLines))
		f.chips = f.chips || t.bed.Score != nil || t.bed.Isolation != "" || t.bed.Alike || t.fit != unasked
	}
	width := max(b.Size().Width-2*boardEdge-barRoom, tileLeast)
	f.columns = max(int((width+tileGap)/(tileLeast*scale+tileGap)), 1)
	f.tile.Width = float32(int((width+tileGap)/float32(f.columns))) - tileGap
	f.tile.Height = 2*tilePad + line(pens.bed, true) + line(pens.who, true) + float32(f.details)*line(pens.detail, false)
	if f.chips {
		f.tile.Height += line(pens.chip, true) + 2*chipPad
	}
	f.head = line(pens.ward, true) + 2*tilePad
	s := setter{f: &f, room: line(pens.room, true) + 4}
	for w := range b.wards {
		s.ward(w, &b.wards[w])
	}
	f.height = s.y
	b.flow = f
}

// setter sets wards one below the other.
type setter struct {
	f    *boardFlow
	room float32 // height of a room's heading
	y    float32 // of the line being set
	used int     // of its columns
}

func (s *setter) ward(w int, ward *BoardWard) {
	top := s.y
	s.y += s.f.head + tileGap/2
	s.used = 0
	for r := range ward.Rooms {
		s.place(w, r, len(ward.Rooms[r].Beds))
	}
	if len(ward.Rooms) > 0 {
		s.feed()
	}
	s.f.wards = append(s.f.wards, wardPlace{top, s.y})
	s.y += tileGap / 2
}

// feed goes on in the next line.
func (s *setter) feed() {
	s.y += s.room + s.f.tile.Height + tileGap
	s.used = 0
}

// place sets a room; one with more beds than a line has columns begins a line and fills as many as it needs.
func (s *setter) place(w, r, beds int) {
	f := s.f
	if span := max(min(beds, f.columns), 1); s.used+span > f.columns {
		s.feed()
	}
	span := max(min(beds, f.columns), 1)
	step := fyne.NewSize(f.tile.Width+tileGap, f.tile.Height+tileGap)
	left := boardEdge + float32(s.used)*step.Width
	rows := max((beds+f.columns-1)/f.columns, 1)
	f.rooms = append(f.rooms, roomPlace{ward: w, room: r, at: fyne.NewPos(left, s.y),
		size: fyne.NewSize(float32(span)*step.Width-tileGap, s.room+float32(rows)*step.Height-tileGap)})
	for i := range beds {
		at := fyne.NewPos(left+float32(i%f.columns)*step.Width, s.y+s.room+float32(i/f.columns)*step.Height)
		f.add(at)
	}
	s.y += float32(rows-1) * step.Height
	s.used += span
	if rows > 1 {
		s.used = f.columns
	}
}

func (f *boardFlow) add(at fyne.Position) {
	n := len(f.tiles)
	f.tiles = append(f.tiles, at)
	if k := len(f.lines); k > 0 && f.lines[k-1].top == at.Y {
		f.lines[k-1].last = n + 1
		return
	}
	f.lines = append(f.lines, tileLine{at.Y, n, n + 1})
}

// lineOf is the line that a tile stands in.
func (f *boardFlow) lineOf(tile int) int {
	return sort.Search(len(f.lines), func(i int) bool { return f.lines[i].last > tile })
}

// middle is a tile's own, from left to right.
func (f *boardFlow) middle(tile int) float32 { return f.tiles[tile].X + f.tile.Width/2 }

// nearest is the tile of a line that stands nearest to x.
func (f *boardFlow) nearest(line int, x float32) int {
	best := f.lines[line].first
	for i := best; i < f.lines[line].last; i++ {
		if apart(f.middle(i), x) < apart(f.middle(best), x) {
			best = i
		}
	}
	return best
}

func apart(a, b float32) float32 { return max(a-b, b-a) }

// inSight are the tiles of which a part lies between two heights.
func (f *boardFlow) inSight(top, bottom float32) (first, last int) {
	from := sort.Search(len(f.lines), func(i int) bool { return f.lines[i].top+f.tile.Height > top })
	to := sort.Search(len(f.lines), func(i int) bool { return f.lines[i].top >= bottom })
	if from >= to {
		return 0, 0
	}
	return f.lines[from].first, f.lines[to-1].last
}

// tileAt is the tile at a place; -1 where there is none.
func (f *boardFlow) tileAt(at fyne.Position) int {
	first, last := f.inSight(at.Y, at.Y+1)
	for i := first; i < last; i++ {
		if p := f.tiles[i]; at.X >= p.X && at.X < p.X+f.tile.Width && at.Y >= p.Y && at.Y < p.Y+f.tile.Height {
			return i
		}
	}
	return -1
}
