package kit

import (
	"image/color"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	base "fyne.io/fyne/v2/theme"
)

// FocusGained is called by Fyne.
func (b *BedBoard) FocusGained() { b.showFocus(true) }

// FocusLost is called by Fyne.
func (b *BedBoard) FocusLost() { b.showFocus(false) }

func (b *BedBoard) showFocus(focused bool) {
	b.focused, b.typed = focused, nil
	visible(b.ring, focused)
	b.pane.show()
}

// TypedKey is called by Fyne while the board has the focus. What the board has no use for goes to the window.
func (b *BedBoard) TypedKey(event *fyne.KeyEvent) {
	if b.state == nil && b.move(event.Name) {
		b.typed = nil
		return
	}
	if event.Name == fyne.KeySpace && len(b.typed) > 0 {
		return // it belongs to the name that is being typed
	}
	handOn(b, event)
}

// move does what a key does to the selection, and tells whether it does anything.
func (b *BedBoard) move(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyReturn, fyne.KeyEnter:
		return b.open()
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown, fyne.KeyHome, fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyPageDown:
	default:
		return false
	}
	if len(b.tiles) == 0 {
		return true
	}
	if b.current < 0 && key != fyne.KeyHome && key != fyne.KeyEnd {
		b.choose(b.begin())
		return true
	}
	switch key {
	case fyne.KeyLeft:
		b.choose(b.current - 1)
	case fyne.KeyRight:
		b.choose(b.current + 1)
	case fyne.KeyUp:
		b.climb(-1)
	case fyne.KeyDown:
		b.climb(1)
	case fyne.KeyHome:
		b.choose(0)
	case fyne.KeyEnd:
		b.choose(len(b.tiles) - 1)
	case fyne.KeyPageUp:
		b.turn(b.wardBefore())
	case fyne.KeyPageDown:
		b.turn(b.wardAfter())
	}
	return true
}

// begin is where the arrows begin when nothing is selected: where the last one was, or what the eye begins with.
func (b *BedBoard) begin() int {
	if b.near > 0 {
		return b.near
	}
	first, _ := b.flow.inSight(b.scroll.Offset.Y+b.flow.head, b.scroll.Offset.Y+b.scroll.Size().Height)
	return first
}

// climb goes up or down by a line, to the bed nearest to where the way up or down began.
func (b *BedBoard) climb(by int) {
	to := b.flow.lineOf(b.current) + by
	if to < 0 || to >= len(b.flow.lines) {
		return
	}
	goal := b.goal
	b.choose(b.flow.nearest(to, goal))
	b.goal = goal
}

// turn goes to a bed of another ward, and shows as much of that ward as there is room for.
func (b *BedBoard) turn(tile int) {
	b.choose(tile)
	b.scrollTo(b.flow.wards[b.tiles[b.current].ward].top)
	b.reveal()
}

// wardBefore is the first bed of this ward, or where that is selected already, of the ward before.
func (b *BedBoard) wardBefore() int {
	at := b.current
	if at > 0 && b.tiles[at-1].ward != b.tiles[at].ward {
		at--
	}
	for at > 0 && b.tiles[at-1].ward == b.tiles[at].ward {
		at--
	}
	return at
}

// wardAfter is the first bed of the next ward, or the last bed of all.
func (b *BedBoard) wardAfter() int {
	at := b.current
	for at < len(b.tiles)-1 && b.tiles[at].ward == b.tiles[b.current].ward {
		at++
	}
	return at
}

// choose selects a bed and shows it.
func (b *BedBoard) choose(tile int) {
	if len(b.tiles) == 0 {
		return
	}
	tile = min(max(tile, 0), len(b.tiles)-1)
	b.current, b.near, b.goal = tile, tile, b.flow.middle(tile)
	b.reveal()
	b.pane.show()
	b.told()
}

// reveal scrolls as little as shows the whole tile, the name of its room above it and not under the heading of its ward.
func (b *BedBoard) reveal() {
	f := &b.flow
	y := f.tiles[b.current].Y
	top := y - f.head - pen{size: b.pane.pens().room, bold: true}.height() - tileGap
	bottom, view, at := y+f.tile.Height+tileGap/2, b.scroll.Size().Height, b.scroll.Offset.Y
	if b.current < f.lines[0].last {
		top = 0
	}
	switch {
	case top < at:
		b.scrollTo(top)
	case bottom > at+view:
		b.scrollTo(min(bottom-view, max(top, 0)))
	}
}

// scrollTo has the board begin y below its first ward; Fyne tells nobody of a scroll that wasn't made by a person.
func (b *BedBoard) scrollTo(y float32) {
	b.scroll.ScrollToOffset(fyne.NewPos(0, max(y, 0)))
	b.pane.show()
}

func (b *BedBoard) open() bool {
	bed, ok := b.Selected()
	if ok && b.OnOpen != nil {
		b.OnOpen(bed.ID)
	}
	return ok
}

// TypedRune is called by Fyne: letters and digits jump to what is called so.
func (b *BedBoard) TypedRune(r rune) {
	if b.state != nil || !unicode.IsLetter(r) && !unicode.IsDigit(r) && (r != ' ' || len(b.typed) == 0) {
		return
	}
	// What was typed before goes on as long as something is called so.
	if tile := b.called(append(b.typed, r), b.current); tile >= 0 {
		b.typed = append(b.typed, r)
		b.choose(tile)
		return
	}
	b.typed = nil
	if tile := b.called([]rune{r}, b.current+1); tile >= 0 {
		b.typed = []rune{r}
		b.choose(tile)
	}
}

// called is the first bed from the given one on, and round the end, whose own name has a word that begins with the letters; where none
// has, one in a room that is called so, or with a patient who is.
func (b *BedBoard) called(letters []rune, from int) int {
	want := fold(string(letters))
	names := []func(*boardTile) string{
		func(t *boardTile) string { return t.bed.Name },
		func(t *boardTile) string { return b.wards[t.ward].Rooms[t.room].Name },
		func(t *boardTile) string { return t.bed.Who },
	}
	for _, name := range names {
		for i := range b.tiles {
			tile := (max(from, 0) + i) % len(b.tiles)
			if wordBegins(fold(name(&b.tiles[tile])), want) {
				return tile
			}
		}
	}
	return -1
}

// wordBegins tells whether the letters stand at the beginning of any word.
func wordBegins(text, letters string) bool {
	return strings.HasPrefix(text, letters) || strings.Contains(text, " "+letters)
}

// CreateRenderer is called by Fyne.
func (b *BedBoard) CreateRenderer() fyne.WidgetRenderer {
	r := &bedBoardRenderer{b: b}
	r.Refresh()
	return r
}

type bedBoardRenderer struct {
	b       *BedBoard
	objects []fyne.CanvasObject
	width   float32 // that it was arranged for
	drawn   lookOf  // that it was drawn in
}

func (r *bedBoardRenderer) Destroy()                     {}
func (r *bedBoardRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *bedBoardRenderer) MinSize() fyne.Size {
	return fyne.NewSize(tileLeast+2*boardEdge, r.b.flow.head+r.b.flow.tile.Height+r.b.foot.MinSize().Height)
}

// Layout is called by Fyne.
func (r *bedBoardRenderer) Layout(size fyne.Size) {
	b := r.b
	foot := b.foot.MinSize().Height
	body := fyne.NewSize(size.Width, max(size.Height-foot, 0))
	for _, object := range []fyne.CanvasObject{b.scroll, b.empty, b.state} {
		if object != nil {
			object.Resize(body)
		}
	}
	b.foot.Move(fyne.NewPos(0, body.Height))
	b.foot.Resize(fyne.NewSize(size.Width, foot))
	b.ring.Resize(size)
	if r.width != size.Width {
		r.width = size.Width
		r.rearrange()
	}
	b.scroll.Refresh() // which keeps the offset within bounds
	b.pane.show()
}

// rearrange has the tiles flow anew and keeps the selected one in sight.
func (r *bedBoardRenderer) rearrange() {
	b := r.b
	b.arrange()
	if b.current >= 0 {
		b.goal = b.flow.middle(b.current)
		b.reveal()
	}
}

// Refresh is called by Fyne: other wards, another theme, another size of text.
func (r *bedBoardRenderer) Refresh() {
	b := r.b
	r.objects = []fyne.CanvasObject{b.scroll, b.empty, b.foot, b.ring}
	visible(b.scroll, b.state == nil && len(b.wards) > 0)
	visible(b.empty, b.state == nil && len(b.wards) == 0)
	if b.state != nil {
		r.objects = append(r.objects, b.state)
	}
	visible(b.ring, b.focused)
	b.ring.StrokeColor, b.ring.FillColor = paint(b, base.ColorNamePrimary), color.Transparent
	if now := lookNow(b); now != r.drawn {
		r.drawn = now
		b.pane.forget()
		b.foot.Refresh()
		r.rearrange()
	}
	r.Layout(b.Size())
	canvas.Refresh(b.ring)
}
