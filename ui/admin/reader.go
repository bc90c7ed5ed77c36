package admin

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// held is something to read that the keyboard can rest on: no key does anything there, all go to the window or dialog.
type held struct {
	widget.BaseWidget
	content fyne.CanvasObject
	ring    *canvas.Rectangle
}

var _ fyne.Focusable = (*held)(nil)

func newHeld(content fyne.CanvasObject) *held {
	h := &held{}
	h.init(content)
	h.ExtendBaseWidget(h)
	return h
}

func (h *held) init(content fyne.CanvasObject) {
	h.content, h.ring = content, &canvas.Rectangle{StrokeWidth: 2, CornerRadius: 2, FillColor: color.Transparent}
	h.ring.Hide()
}

// CreateRenderer is called by Fyne.
func (h *held) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(h.content, h.ring))
}

// FocusGained is called by Fyne.
func (h *held) FocusGained() {
	settings := fyne.CurrentApp().Settings()
	h.ring.StrokeColor = settings.Theme().Color(base.ColorNamePrimary, settings.ThemeVariant())
	h.ring.Show()
	h.ring.Refresh()
}

// FocusLost is called by Fyne.
func (h *held) FocusLost() {
	h.ring.Hide()
	h.ring.Refresh()
}

// TypedRune is called by Fyne.
func (h *held) TypedRune(rune) {}

// TypedKey is called by Fyne.
func (h *held) TypedKey(event *fyne.KeyEvent) { handOn(h, event) }

// handOn gives a key to the window or dialog that an object stands in.
func handOn(object fyne.CanvasObject, event *fyne.KeyEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(object); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(event)
	}
}

// reader is a text that is read by scrolling, by keyboard too: arrows, PageUp, PageDown, Home, End. All other keys go to the window.
type reader struct {
	held
	scroll *container.Scroll
}

func newReader(content fyne.CanvasObject) *reader {
	r := &reader{scroll: container.NewVScroll(content)}
	r.init(r.scroll)
	r.ExtendBaseWidget(r)
	return r
}

// TypedKey is called by Fyne.
func (r *reader) TypedKey(event *fyne.KeyEvent) {
	page, line := r.scroll.Size().Height, 3*r.Theme().Size(base.SizeNameText)
	whole := r.scroll.Content.Size().Height
	switch event.Name {
	case fyne.KeyDown:
		r.by(line)
	case fyne.KeyUp:
		r.by(-line)
	case fyne.KeyPageDown, fyne.KeySpace:
		r.by(page - line)
	case fyne.KeyPageUp:
		r.by(line - page)
	case fyne.KeyHome:
		r.by(-whole)
	case fyne.KeyEnd:
		r.by(whole)
	default:
		handOn(r, event)
	}
}

func (r *reader) by(distance float32) {
	r.scroll.ScrollToOffset(r.scroll.Offset.AddXY(0, distance))
}
