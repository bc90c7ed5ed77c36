package kit

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// boardPane draws what is in sight of a board.
type boardPane struct {
	widget.BaseWidget
	b        *BedBoard
	stencils stencils
	rooms    *album[roomLook]
	tiles    *album[tileLook]
	wards    *album[wardLook]
}

// roomLook, tileLook and wardLook are all that the drawing of each depends on.
type roomLook struct {
	name  string
	marks []BoardMark
	beds  int
}

type tileLook struct {
	tile                     boardTile
	selected, focused, under bool
	details                  int
}

type wardLook struct {
	name, free, total, closed string
	rooms                     int
}

func newBoardPane(b *BedBoard) *boardPane {
	p := &boardPane{b: b}
	p.stencils.clear(1)
	p.rooms = newAlbum(roomLook.same, p.drawRoom)
	p.tiles = newAlbum(tileLook.same, p.drawTile)
	p.wards = newAlbum(func(a, b wardLook) bool { return a == b }, p.drawWard)
	p.ExtendBaseWidget(p)
	return p
}

func (a roomLook) same(b roomLook) bool {
	return a.name == b.name && a.beds == b.beds && slices.Equal(a.marks, b.marks)
}

func (a tileLook) same(b tileLook) bool {
	x, y := &a.tile.bed, &b.tile.bed
	sameScore := x.Score == y.Score || x.Score != nil && y.Score != nil && *x.Score == *y.Score
	return a.selected == b.selected && a.focused == b.focused && a.under == b.under && a.details == b.details &&
		a.tile.fit == b.tile.fit && x.Name == y.Name && x.State == y.State && x.Who == y.Who && sameScore &&
		x.Isolation == y.Isolation && x.Alike == y.Alike && x.Why == y.Why && slices.Equal(x.Detail, y.Detail)
}

// forget has all drawn anew: another theme, another size of text.
func (p *boardPane) forget() {
	p.stencils.clear(screenScale(p.b))
	p.rooms.forget()
	p.tiles.forget()
	p.wards.forget()
}

// show brings the picture to what is to be seen now.
func (p *boardPane) show() {
	if scale := screenScale(p.b); scale != p.stencils.scale {
		p.forget()
	}
	b := p.b
	top := b.scroll.Offset.Y
	bottom := top + b.scroll.Size().Height
	before := len(p.rooms.objects) + len(p.tiles.objects) + len(p.wards.objects)
	p.rooms.show(p.roomsIn(top, bottom))
	p.tiles.show(p.tilesIn(top, bottom))
	p.wards.show(p.wardsIn(top, bottom))
	if before != len(p.rooms.objects)+len(p.tiles.objects)+len(p.wards.objects) {
		canvas.Refresh(p)
	}
}

func (p *boardPane) tilesIn(top, bottom float32) []want[tileLook] {
	b := p.b
	first, last := b.flow.inSight(top, bottom)
	wants := make([]want[tileLook], 0, last-first)
	for i := first; i < last; i++ {
		wants = append(wants, want[tileLook]{b.tiles[i].key, b.flow.tiles[i], b.flow.tile, tileLook{tile: b.tiles[i],
			selected: i == b.current, focused: i == b.current && b.focused, under: i == b.under, details: b.flow.details}})
	}
	return wants
}

func (p *boardPane) roomsIn(top, bottom float32) (wants []want[roomLook]) {
	for _, place := range p.b.flow.rooms {
		if place.at.Y >= bottom {
			break
		}
		if place.at.Y+place.size.Height+tileGap < top {
			continue
		}
		ward := &p.b.wards[place.ward]
		room := &ward.Rooms[place.room]
		wants = append(wants, want[roomLook]{ward.ID + "/" + room.ID, place.at, place.size, roomLook{room.Name, room.Marks, len(room.Beds)}})
	}
	return wants
}

// wardsIn has the heading of a ward stay in sight as long as any of the ward is.
func (p *boardPane) wardsIn(top, bottom float32) (wants []want[wardLook]) {
	head := p.b.flow.head
	for i, place := range p.b.flow.wards {
		if place.bottom < top || place.top >= bottom {
			continue
		}
		ward := &p.b.wards[i]
		at := fyne.NewPos(0, max(place.top, min(top, place.bottom-head)))
		wants = append(wants, want[wardLook]{ward.ID, at, fyne.NewSize(p.b.Size().Width, head),
			wardLook{ward.Name, ward.Free, ward.Total, ward.Closed, len(ward.Rooms)}})
	}
	return wants
}

// ink is a colour of the theme.
func (p *boardPane) ink(name fyne.ThemeColorName) color.Color { return paint(p.b, name) }

func (p *boardPane) pens() boardPens { return pensAt(p.b.Theme().Size(base.SizeNameText)) }

// MouseDown selects the bed at once: a board that waited whether a second click comes would feel slow.
func (p *boardPane) MouseDown(event *desktop.MouseEvent) {
	takeFocus(p.b)
	if tile := p.b.flow.tileAt(event.Position); tile >= 0 {
		p.b.choose(tile)
	}
}

// MouseUp is called by Fyne.
func (p *boardPane) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped opens the bed.
func (p *boardPane) DoubleTapped(event *fyne.PointEvent) {
	if tile := p.b.flow.tileAt(event.Position); tile >= 0 {
		p.b.choose(tile)
		p.b.open()
	}
}

// MouseIn is called by Fyne.
func (p *boardPane) MouseIn(event *desktop.MouseEvent) { p.MouseMoved(event) }

// MouseMoved is called by Fyne.
func (p *boardPane) MouseMoved(event *desktop.MouseEvent) { p.hover(p.b.flow.tileAt(event.Position)) }

// MouseOut is called by Fyne.
func (p *boardPane) MouseOut() { p.hover(-1) }

func (p *boardPane) hover(tile int) {
	if p.b.under != tile {
		p.b.under = tile
		p.show()
	}
}

// CreateRenderer is called by Fyne.
func (p *boardPane) CreateRenderer() fyne.WidgetRenderer { return boardPaneRenderer{p} }

type boardPaneRenderer struct{ p *boardPane }

func (r boardPaneRenderer) Destroy()           {}
func (r boardPaneRenderer) Layout(fyne.Size)   {}
func (r boardPaneRenderer) Refresh()           { canvas.Refresh(r.p) }
func (r boardPaneRenderer) MinSize() fyne.Size { return fyne.NewSize(tileLeast, r.p.b.flow.height) }

// Objects are rooms, the tiles in them, and over both the headings that stay while a ward is scrolled.
func (r boardPaneRenderer) Objects() []fyne.CanvasObject {
	return slices.Concat(r.p.rooms.objects, r.p.tiles.objects, r.p.wards.objects)
}

func takeFocus(w fyne.Focusable) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(w.(fyne.CanvasObject)); c != nil {
		c.Focus(w)
	}
}

func newFocusRing() *canvas.Rectangle {
	ring := &canvas.Rectangle{StrokeWidth: focusStroke, CornerRadius: 2}
	ring.Hide()
	return ring
}
