package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	grip      = 5 // how near to a column's edge the mouse takes hold of it
	underline = 3 // marks the column that keys apply to
)

// tableHead is the titles over the columns: a click sorts, an edge can be dragged.
type tableHead struct {
	widget.BaseWidget
	g        *grid
	over     int // edge under the mouse, -1 for none
	dragging int
	texts    []*canvas.Text
	arrow    *canvas.Image
	ground   *canvas.Rectangle
	line     *canvas.Rectangle
	mark     *canvas.Rectangle
}

func newTableHead(g *grid) *tableHead {
	h := &tableHead{g: g, over: -1, dragging: -1, ground: &canvas.Rectangle{}, line: &canvas.Rectangle{}, mark: &canvas.Rectangle{},
		arrow: &canvas.Image{FillMode: canvas.ImageFillContain}}
	for range g.heads {
		h.texts = append(h.texts, &canvas.Text{TextStyle: fyne.TextStyle{Bold: true}})
	}
	h.ExtendBaseWidget(h)
	return h
}

// Tapped sorts by the column.
func (h *tableHead) Tapped(event *fyne.PointEvent) {
	if h.edgeAt(event.Position.X) >= 0 {
		return
	}
	edges := h.g.visibleEdges()
	for i := range h.g.heads {
		if event.Position.X >= edges[i] && (event.Position.X < edges[i+1] || i == len(h.g.heads)-1) {
			h.g.column = i
			h.g.sortOn(i)
			h.g.takeFocus()
			return
		}
	}
}

// MouseDown takes hold of an edge: by the time Fyne calls it dragging the mouse has moved on.
func (h *tableHead) MouseDown(event *desktop.MouseEvent) { h.dragging = h.edgeAt(event.Position.X) }

// MouseUp is called by Fyne.
func (h *tableHead) MouseUp(*desktop.MouseEvent) { h.dragging = -1 }

// Dragged makes the column at whose edge the mouse was pressed wider or narrower. Columns right of the main one hang on
// the window's right edge, so there it is the next one that changes, the other way round.
func (h *tableHead) Dragged(event *fyne.DragEvent) {
	edges, i := h.g.visibleEdges(), h.dragging
	switch {
	case i < 0:
	case i < h.g.main:
		h.g.setWidth(i, edges[i+1]-edges[i]+event.Dragged.DX)
	default:
		if i+1 < len(h.g.heads) {
			h.g.setWidth(i+1, edges[i+2]-edges[i+1]-event.Dragged.DX)
		}
	}
}

// DragEnd is called by Fyne.
func (h *tableHead) DragEnd() { h.dragging = -1 }

// MouseIn is called by Fyne.
func (h *tableHead) MouseIn(event *desktop.MouseEvent) { h.MouseMoved(event) }

// MouseMoved is called by Fyne.
func (h *tableHead) MouseMoved(event *desktop.MouseEvent) { h.over = h.edgeAt(event.Position.X) }

// MouseOut is called by Fyne.
func (h *tableHead) MouseOut() { h.over = -1 }

// Cursor shows that an edge can be dragged.
func (h *tableHead) Cursor() desktop.Cursor {
	if h.over >= 0 || h.dragging >= 0 {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}

// edgeAt is the column whose right edge lies at x; -1 where none does.
func (h *tableHead) edgeAt(x float32) int {
	edges := h.g.visibleEdges()
	for i := range h.g.heads[:max(len(h.g.heads)-1, 0)] {
		if x >= edges[i+1]-grip && x <= edges[i+1]+grip {
			return i
		}
	}
	return -1
}

// CreateRenderer is called by Fyne.
func (h *tableHead) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{h.ground, h.line, h.mark, h.arrow}
	for _, text := range h.texts {
		objects = append(objects, text)
	}
	r := &tableHeadRenderer{h: h, objects: objects}
	r.Refresh()
	return r
}

type tableHeadRenderer struct {
	h       *tableHead
	objects []fyne.CanvasObject
}

func (r *tableHeadRenderer) Destroy()                     {}
func (r *tableHeadRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *tableHeadRenderer) MinSize() fyne.Size {
	edges := r.h.g.visibleEdges()
	return fyne.NewSize(edges[len(edges)-1], r.h.g.rowHeight()+4)
}

// Layout is called by Fyne.
func (r *tableHeadRenderer) Layout(size fyne.Size) {
	h, g := r.h, r.h.g
	edges := g.visibleEdges()
	textSize := g.Theme().Size(base.SizeNameText)
	thickness := g.Theme().Size(base.SizeNameSeparatorThickness)
	h.ground.Resize(size)
	h.line.Move(fyne.NewPos(0, size.Height-thickness))
	h.line.Resize(fyne.NewSize(size.Width, thickness))
	h.arrow.Hide()
	for i, text := range h.texts {
		left, right := edges[i]+cellGap, edges[i+1]-cellGap
		sorted := g.order.Column != "" && g.order.Column == g.heads[i].id
		if sorted {
			right -= textSize
		}
		text.Text, _ = cut(g.heads[i].title, textSize, text.TextStyle, right-left)
		text.TextSize, text.Color = textSize, paint(g, base.ColorNameForeground)
		need := text.MinSize()
		at := left
		if g.heads[i].right {
			at = max(right-need.Width, left)
		}
		text.Move(fyne.NewPos(at, (size.Height-need.Height)/2))
		text.Resize(need)
		text.Refresh()
		if sorted {
			r.point(at+need.Width+2, textSize, size.Height)
		}
	}
	visible(h.mark, g.focused)
	if g.column < len(g.heads) {
		h.mark.Move(fyne.NewPos(edges[g.column], size.Height-underline))
		h.mark.Resize(fyne.NewSize(edges[g.column+1]-edges[g.column], underline))
	}
}

// point draws which way the rows are sorted.
func (r *tableHeadRenderer) point(x, size, height float32) {
	h := r.h
	h.arrow.Resource = base.NewThemedResource(base.MoveUpIcon())
	if h.g.order.Down {
		h.arrow.Resource = base.NewThemedResource(base.MoveDownIcon())
	}
	h.arrow.Show()
	h.arrow.Move(fyne.NewPos(x, (height-size)/2))
	h.arrow.Resize(fyne.NewSquareSize(size))
	h.arrow.Refresh()
}

// Refresh is called by Fyne.
func (r *tableHeadRenderer) Refresh() {
	r.h.ground.FillColor = paint(r.h.g, base.ColorNameHeaderBackground)
	r.h.line.FillColor = paint(r.h.g, base.ColorNameSeparator)
	r.h.mark.FillColor = paint(r.h.g, base.ColorNamePrimary)
	r.Layout(r.h.Size())
	canvas.Refresh(r.h)
}
