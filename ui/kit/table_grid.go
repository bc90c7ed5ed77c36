package kit

import (
	"image/color"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Sizes of a table, in device-independent pixels.
const (
	cellGap     = 6   // left and right of a cell's text
	rowGap      = 6   // what a row is higher than its text
	narrowest   = 32  // of a column that a person makes narrower
	mainLeast   = 120 // of the column that takes what the others leave
	widthStep   = 16  // of + and -
	focusStroke = 2
)

// head is one column as the grid knows it.
type head struct {
	id, title    string
	width        float32 // at text of 100 %
	right, sorts bool
	bySource     bool
}

// grid is all of a DataTable that doesn't depend on what its rows are: it knows them by number.
type grid struct {
	widget.BaseWidget
	self   fyne.Focusable // the DataTable around it
	heads  []head
	widths Widths
	main   int // column

	count         int // rows
	offset, total int // of paged rows
	size          int // of a page: the longest there was, for the last one is short
	current       int // selected row, -1 for none
	near          int // row that was selected before it vanished: the arrows go on from here
	column        int // that Space sorts by and + widens
	selected      string
	order         Order
	focused       bool
	measured      float32 // size of text that whole is for; 0 when rows have changed since
	whole         []float32
	typed         []rune  // letters typed to jump to a row
	wantTop       float32 // scroll position to come back to
	wanted        bool
	wantRow       int // row to select when the next page has come; -1 for the last one
	turning       bool

	cell   func(row, column int) Cell
	sortBy func(Order)
	open   func(row int)
	chosen func(row int)

	// OnPage asks for the page that begins after offset rows. Where it is nil there is only what was set.
	OnPage func(offset int)

	head   *tableHead
	pane   *tableRows
	scroll *container.Scroll
	clip   *container.Clip
	state  fyne.CanvasObject
	foot   *tableFoot
	ring   *canvas.Rectangle
}

func (g *grid) init(widths Widths, columns int) {
	g.widths, g.heads, g.current = widths, make([]head, columns), -1
}

// build makes the parts; the DataTable has described its columns by now.
func (g *grid) build() {
	if g.widths != nil {
		for i := range g.heads {
			if w, ok := g.widths.Get(g.heads[i].id); ok && w >= narrowest {
				g.heads[i].width = w
			}
		}
	}
	g.head = newTableHead(g)
	g.clip = container.NewClip(g.head)
	g.pane = newTableRows(g)
	g.scroll = container.NewScroll(g.pane)
	g.scroll.OnScrolled = func(fyne.Position) { g.scrolled() }
	g.foot = newTableFoot(g)
	g.ring = &canvas.Rectangle{StrokeWidth: focusStroke, CornerRadius: 2}
	g.ring.Hide()
}

// SetState shows something in place of the rows: that they are being loaded, that there are none, why they could not be
// read. nil shows the rows.
func (g *grid) SetState(state fyne.CanvasObject) {
	g.state = state
	g.Refresh()
}

// scale is how much larger text is than at 100 %.
func (g *grid) scale() float32 { return g.Theme().Size(base.SizeNameText) / normalText }

const normalText = 14

func (g *grid) rowHeight() float32 {
	return float32(int(fyne.MeasureText("Áy", g.Theme().Size(base.SizeNameText), fyne.TextStyle{}).Height + rowGap))
}

// edges are where columns begin and where the last one ends, in a window of this width.
func (g *grid) edges(width float32) []float32 {
	scale, used, whole := g.scale(), float32(0), g.wholeNumbers()
	size := func(i int) float32 { return max(g.heads[i].width*scale, whole[i]) }
	for i := range g.heads {
		if i != g.main {
			used += size(i)
		}
	}
	edges := make([]float32, len(g.heads)+1)
	for i := range g.heads {
		w := size(i)
		if i == g.main {
			w = max(width-used, min(w, mainLeast*scale))
		}
		edges[i+1] = edges[i] + w
	}
	return edges
}

// looked is how many rows are looked through for the longest number.
const looked = 2000

// wholeNumbers are the widths that columns of numbers need: '10' cut to '1…' would be read as another number.
func (g *grid) wholeNumbers() []float32 {
	size := g.Theme().Size(base.SizeNameText)
	if g.measured == size {
		return g.whole
	}
	g.measured, g.whole = size, make([]float32, len(g.heads))
	for i, h := range g.heads {
		if !h.right {
			continue
		}
		var longest Cell
		for row := range min(g.count, looked) {
			if c := g.cell(row, i); letters(c) > letters(longest) {
				longest = c
			}
		}
		// A digit or two are wider than others, and bold ones than plain.
		text := fyne.MeasureText(longest.Text, size, fyne.TextStyle{Bold: true}).Width
		if g.whole[i] = text + 2*cellGap + 2; longest.Tone != Plain {
			g.whole[i] += size + 2
		}
	}
	return g.whole
}

func letters(c Cell) int {
	n := utf8.RuneCountInString(c.Text)
	if c.Tone != Plain {
		n += 2 // its shape
	}
	return n
}

// replaced is called when there are other rows; selected is where the selected one is now, -1 when it is gone.
func (g *grid) replaced(count, selected int) {
	g.count = count
	if g.turning {
		g.turning = false
		selected = min(g.wantRow, count-1)
		if g.wantRow < 0 {
			selected = count - 1
		}
		g.scroll.Offset.Y = 0
	}
	if selected < 0 && g.current >= 0 {
		g.near = g.current
	}
	// Not the row that has come to stand in the same place: Enter would open another than the person chose.
	g.current, g.size, g.measured = selected, max(g.size, count), 0
	g.pane.forget()
	g.Refresh()
	if g.wanted && count > 0 {
		g.wanted = false
		g.scrollTo(g.wantTop * g.rowHeight())
	}
	if g.wanted && count == 0 {
		return // the rows to come back to are still being read
	}
	g.chosen(g.current)
}

// choose selects a row and shows it.
func (g *grid) choose(row int) {
	if g.count == 0 {
		return
	}
	row = min(max(row, 0), g.count-1)
	before := g.current
	g.current, g.near = row, row
	g.reveal(row)
	g.pane.mark(before)
	g.pane.mark(row)
	g.chosen(row)
	g.foot.Refresh()
}

// reveal scrolls as little as shows the whole row.
func (g *grid) reveal(row int) {
	if row < 0 {
		return
	}
	height := g.rowHeight()
	top, view, at := float32(row)*height, g.scroll.Size().Height, g.scroll.Offset.Y
	switch {
	case top < at:
		at = top
	case top+height > at+view:
		at = top + height - view
	default:
		return
	}
	g.scrollTo(at)
}

// scrollTo has the rows begin y below the first; Fyne tells nobody of a scroll that wasn't made by a person.
func (g *grid) scrollTo(y float32) {
	g.scroll.ScrollToOffset(fyne.NewPos(g.scroll.Offset.X, max(y, 0)))
	g.scrolled()
}

func (g *grid) topRow() float32 {
	if g.wanted {
		return g.wantTop
	}
	return g.scroll.Offset.Y / g.rowHeight()
}

// scrolled draws what has come into sight.
func (g *grid) scrolled() {
	g.head.Move(fyne.NewPos(-g.scroll.Offset.X, 0))
	g.pane.draw()
}

// setWidth gives a column another width, in pixels on the screen, and remembers it.
func (g *grid) setWidth(column int, width float32) {
	if column < 0 || column >= len(g.heads) || column == g.main {
		return // the main column's width is what the others leave
	}
	h := &g.heads[column]
	h.width = max(width/g.scale(), narrowest)
	if g.widths != nil {
		g.widths.Set(h.id, h.width)
	}
	g.pane.forget()
	g.Refresh()
}

// sortOn sorts by a column, or the other way round where it is sorted by that already.
func (g *grid) sortOn(column int) {
	if column < 0 || column >= len(g.heads) || !g.heads[column].sorts {
		return
	}
	id := g.heads[column].id
	g.sortBy(Order{Column: id, Down: g.order.Column == id && !g.order.Down})
}

// page asks for another page of the source; last selects the last row of it.
func (g *grid) page(forward, last bool) bool {
	from := g.offset + g.count
	if !forward {
		from = max(g.offset-g.size, 0)
	}
	if g.OnPage == nil || (forward && from >= g.total) || (!forward && g.offset == 0) {
		return false
	}
	g.turning, g.wantRow = true, 0
	if last {
		g.wantRow = -1
	}
	g.OnPage(from)
	return true
}

// CreateRenderer is called by Fyne.
func (g *grid) CreateRenderer() fyne.WidgetRenderer {
	r := &gridRenderer{g: g}
	r.Refresh()
	return r
}

type gridRenderer struct {
	g       *grid
	objects []fyne.CanvasObject
	width   float32 // that columns were laid out for
}

func (r *gridRenderer) Destroy()                     {}
func (r *gridRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *gridRenderer) MinSize() fyne.Size {
	return fyne.NewSize(mainLeast, r.g.head.MinSize().Height+3*r.g.rowHeight()+r.g.foot.MinSize().Height)
}

// Layout is called by Fyne.
func (r *gridRenderer) Layout(size fyne.Size) {
	g := r.g
	top, bottom := g.head.MinSize().Height, g.foot.MinSize().Height
	body := fyne.NewSize(size.Width, max(size.Height-top-bottom, 0))
	g.clip.Resize(fyne.NewSize(size.Width, top))
	g.head.Resize(fyne.NewSize(max(size.Width, g.head.MinSize().Width), top)) // the clip does so only once it is drawn
	for _, object := range []fyne.CanvasObject{g.scroll, g.state} {
		if object != nil {
			object.Move(fyne.NewPos(0, top))
			object.Resize(body)
		}
	}
	g.foot.Move(fyne.NewPos(0, size.Height-bottom))
	g.foot.Resize(fyne.NewSize(size.Width, bottom))
	g.ring.Resize(size)
	if r.width != size.Width {
		r.width = size.Width
		g.pane.forget()
		g.head.Refresh()
	}
	g.scroll.Refresh() // which keeps the offset within bounds
	g.scrolled()
}

// Refresh is called by Fyne: other rows, another theme.
func (r *gridRenderer) Refresh() {
	g := r.g
	r.objects = []fyne.CanvasObject{g.clip, g.scroll, g.foot, g.ring}
	visible(g.scroll, g.state == nil)
	if g.state != nil {
		r.objects = append(r.objects, g.state)
	}
	visible(g.ring, g.focused)
	g.ring.StrokeColor = paint(g, base.ColorNamePrimary)
	g.ring.FillColor = color.Transparent
	g.head.Refresh()
	g.foot.Refresh()
	g.pane.forget()
	r.Layout(g.Size())
	canvas.Refresh(g.self.(fyne.CanvasObject))
}

// paint is a widget's colour of this name.
func paint(w interface{ Theme() fyne.Theme }, name fyne.ThemeColorName) color.Color {
	return w.Theme().Color(name, fyne.CurrentApp().Settings().ThemeVariant())
}

func visible(object fyne.CanvasObject, show bool) {
	if show {
		object.Show()
	} else {
		object.Hide()
	}
}
