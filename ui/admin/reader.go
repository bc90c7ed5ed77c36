package admin

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// reader is a text that is read by scrolling, by keyboard too: arrows, PageUp, PageDown, Home, End. All other keys go to the window.
type reader struct {
	widget.BaseWidget
	scroll *container.Scroll
	ring   *canvas.Rectangle
}

var _ fyne.Focusable = (*reader)(nil)

func newReader(content fyne.CanvasObject) *reader {
	r := &reader{scroll: container.NewVScroll(content), ring: &canvas.Rectangle{StrokeWidth: 2, CornerRadius: 2, FillColor: color.Transparent}}
	r.ring.Hide()
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer is called by Fyne.
func (r *reader) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(r.scroll, r.ring))
}

// FocusGained is called by Fyne.
func (r *reader) FocusGained() {
	settings := fyne.CurrentApp().Settings()
	r.ring.StrokeColor = settings.Theme().Color(base.ColorNamePrimary, settings.ThemeVariant())
	r.ring.Show()
	r.ring.Refresh()
}

// FocusLost is called by Fyne.
func (r *reader) FocusLost() {
	r.ring.Hide()
	r.ring.Refresh()
}

// TypedRune is called by Fyne.
func (r *reader) TypedRune(rune) {}

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
		if c := fyne.CurrentApp().Driver().CanvasForObject(r); c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(event)
		}
	}
}

func (r *reader) by(distance float32) {
	r.scroll.ScrollToOffset(r.scroll.Offset.AddXY(0, distance))
}
