package kit

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	base "fyne.io/fyne/v2/theme"
)

// want is one piece of a picture as it should be: where it stands, and all that its drawing depends on.
type want[V any] struct {
	key   string
	at    fyne.Position
	size  fyne.Size
	value V
}

// album holds the pieces of a picture that are in sight. It draws a piece when what it shows has become another thing and at no
// other time: a board of 500 beds on which one changes draws one tile, and scrolling draws what comes into sight.
type album[V any] struct {
	same    func(a, b V) bool
	draw    func(p *piece, v V)
	shown   map[string]*kept[V]
	spare   []*kept[V]
	turn    int
	objects []fyne.CanvasObject
	painted int // pieces drawn since the beginning, for tests
}

type kept[V any] struct {
	piece
	value V
	turn  int  // when it was last wanted
	stale bool // drawn in another theme or size of text
}

func newAlbum[V any](same func(a, b V) bool, draw func(*piece, V)) *album[V] {
	return &album[V]{same: same, draw: draw, shown: map[string]*kept[V]{}}
}

// forget has every piece drawn anew.
func (a *album[V]) forget() {
	for _, k := range a.shown {
		k.stale = true
	}
}

// show brings the picture to these pieces and no others. Keys are unique among them.
func (a *album[V]) show(wants []want[V]) {
	a.turn++
	for i := range wants {
		if k := a.shown[wants[i].key]; k != nil {
			k.turn = a.turn
		}
	}
	// First those out of sight: their objects are what newcomers are drawn with.
	for key, k := range a.shown {
		if k.turn != a.turn {
			k.box.Hide()
			k.stale = true
			delete(a.shown, key)
			a.spare = append(a.spare, k)
		}
	}
	for i := range wants {
		a.place(&wants[i])
	}
}

func (a *album[V]) place(w *want[V]) {
	k := a.shown[w.key]
	if k == nil {
		k = a.take()
		k.turn = a.turn
		a.shown[w.key] = k
	}
	if k.stale || k.size != w.size || !a.same(k.value, w.value) {
		k.value, k.stale = w.value, false
		k.begin(w.size)
		a.draw(&k.piece, w.value)
		a.painted++
	}
	if k.box.Position() != w.at {
		k.box.Move(w.at)
	}
	if k.box.Hidden {
		k.box.Show()
	}
}

func (a *album[V]) take() *kept[V] {
	if n := len(a.spare); n > 0 {
		k := a.spare[n-1]
		a.spare = a.spare[:n-1]
		return k
	}
	k := &kept[V]{stale: true}
	k.box = &fyne.Container{}
	a.objects = append(a.objects, k.box)
	return k
}

// piece is drawn as a whole. It uses the objects of its last drawing again; what is drawn later lies above.
type piece struct {
	box     *fyne.Container
	size    fyne.Size
	hatches []*hatching
	rects   []*canvas.Rectangle
	marks   []*canvas.Image
	texts   []*canvas.Text
	used    struct{ hatches, rects, marks, texts int }
}

func (p *piece) begin(size fyne.Size) {
	p.size = size
	p.box.Resize(size)
	p.box.Objects = p.box.Objects[:0]
	p.used.hatches, p.used.rects, p.used.marks, p.used.texts = 0, 0, 0, 0
}

func (p *piece) add(o fyne.CanvasObject) { p.box.Objects = append(p.box.Objects, o) }

// area is a filled rectangle; its edge is for the caller to set.
func (p *piece) area(at fyne.Position, size fyne.Size, fill color.Color) *canvas.Rectangle {
	if p.used.rects == len(p.rects) {
		p.rects = append(p.rects, &canvas.Rectangle{})
	}
	r := p.rects[p.used.rects]
	p.used.rects++
	p.add(r)
	r.FillColor, r.StrokeColor, r.StrokeWidth, r.CornerRadius = fill, color.Transparent, 0, 0
	r.Move(at)
	r.Resize(size)
	r.Refresh()
	return r
}

// frame is a rectangle's edge only.
func (p *piece) frame(at fyne.Position, size fyne.Size, edge color.Color, width, corner float32) {
	r := p.area(at, size, color.Transparent)
	r.StrokeColor, r.StrokeWidth, r.CornerRadius = edge, width, corner
}

// hatch covers an area with slanting lines, in slabs: a whole day of leave is higher than the largest picture that some graphics
// cards take.
func (p *piece) hatch(at fyne.Position, size fyne.Size, ink color.Color) {
	for done := float32(0); done < size.Height; done += hatchSlab {
		if p.used.hatches == len(p.hatches) {
			p.hatches = append(p.hatches, newHatching())
		}
		h := p.hatches[p.used.hatches]
		p.used.hatches++
		p.add(h.raster)
		slab := fyne.NewSize(size.Width, min(size.Height-done, hatchSlab))
		changed := h.ink != ink
		h.ink = ink
		h.raster.Move(at.AddXY(0, done))
		h.raster.Resize(slab)
		if changed {
			h.raster.Refresh()
		}
	}
}

// mark is a shape.
func (p *piece) mark(shape image.Image, at fyne.Position, size float32) {
	if shape == nil {
		return
	}
	if p.used.marks == len(p.marks) {
		p.marks = append(p.marks, &canvas.Image{FillMode: canvas.ImageFillContain})
	}
	m := p.marks[p.used.marks]
	p.used.marks++
	p.add(m)
	changed := m.Image != shape
	m.Image = shape
	m.Move(at)
	m.Resize(fyne.NewSquareSize(size))
	if changed {
		m.Refresh()
	}
}

// pen is how a text is written.
type pen struct {
	size float32
	bold bool
	ink  color.Color
}

func (n pen) style() fyne.TextStyle { return fyne.TextStyle{Bold: n.bold} }

// height is that of a line.
func (n pen) height() float32 { return fyne.MeasureText("Áy", n.size, n.style()).Height }

func (n pen) width(text string) float32 { return fyne.MeasureText(text, n.size, n.style()).Width }

// cut does what cut does with fewer measurements: it begins where letters of a usual width would end. Hundreds of names that nobody has
// measured yet are most of what a new day costs.
func (n pen) cut(text string, room float32) string {
	whole := n.width(text)
	if whole <= room {
		return text
	}
	letters := []rune(text)
	fits := func(k int) bool { return n.width(string(letters[:k])+ellipsis) <= room }
	k := min(max(int(float32(len(letters))*room/whole)-1, 0), len(letters)-1)
	if fits(k) {
		for k+1 < len(letters) && fits(k+1) {
			k++
		}
		return string(letters[:k]) + ellipsis
	}
	for k > 0 && !fits(k) {
		k--
	}
	return string(letters[:k]) + ellipsis
}

// write writes one line, as much of it as there is room for, and answers how wide that is.
func (p *piece) write(text string, at fyne.Position, room float32, n pen) float32 {
	if text == "" || room < n.size {
		return 0
	}
	shown := n.cut(text, room)
	if p.used.texts == len(p.texts) {
		p.texts = append(p.texts, &canvas.Text{})
	}
	t := p.texts[p.used.texts]
	p.used.texts++
	p.add(t)
	t.Text, t.TextSize, t.TextStyle, t.Color = shown, n.size, n.style(), n.ink
	need := fyne.MeasureText(shown, n.size, n.style())
	t.Move(at)
	t.Resize(need)
	t.Refresh()
	return need.Width
}

// lookOf tells one theme from another: no two looks have the same grounds and texts.
type lookOf struct {
	text               float32
	background, letter color.NRGBA
}

func lookNow(w interface{ Theme() fyne.Theme }) lookOf {
	plain := func(name fyne.ThemeColorName) color.NRGBA {
		return color.NRGBAModel.Convert(paint(w, name)).(color.NRGBA)
	}
	return lookOf{w.Theme().Size(base.SizeNameText), plain(base.ColorNameBackground), plain(base.ColorNameForeground)}
}
