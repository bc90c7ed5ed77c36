package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// drop is a panel that drops down from a field: a list of choices, a calendar. A click beside it closes it.
type drop struct {
	widget.BaseWidget
	layer
	anchor  fyne.CanvasObject
	content fyne.CanvasObject
	panel   *canvas.Rectangle
	want    func() fyne.Size
}

// panelGap is between a panel and the window's edge, in device-independent pixels.
const panelGap = 4

// openDrop shows content below anchor, or above where there is more room, and gives the keyboard to focus.
func openDrop(anchor, content fyne.CanvasObject, focus fyne.Focusable, want func() fyne.Size) *drop {
	c := fyne.CurrentApp().Driver().CanvasForObject(anchor)
	if c == nil {
		return nil // the field is not on a window
	}
	d := &drop{anchor: anchor, content: content, want: want, panel: &canvas.Rectangle{StrokeWidth: 1, CornerRadius: 4}}
	d.ExtendBaseWidget(d)
	d.layer.open(c, d, func(event *fyne.KeyEvent) {
		if event.Name == fyne.KeyEscape {
			d.close()
		}
	})
	c.Focus(focus)
	return d
}

// Tapped closes it: the click was beside the panel.
func (d *drop) Tapped(at *fyne.PointEvent) {
	position, size := d.panel.Position(), d.panel.Size()
	if at.Position.X < position.X || at.Position.Y < position.Y || at.Position.X > position.X+size.Width || at.Position.Y > position.Y+size.Height {
		d.close()
	}
}

// CreateRenderer is called by Fyne.
func (d *drop) CreateRenderer() fyne.WidgetRenderer {
	return &dropRenderer{d}
}

type dropRenderer struct{ d *drop }

func (r *dropRenderer) Destroy()           {}
func (r *dropRenderer) MinSize() fyne.Size { return fyne.Size{} }
func (r *dropRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.d.panel, r.d.content}
}

func (r *dropRenderer) Refresh() {
	r.Layout(r.d.Size())
	canvas.Refresh(r.d)
}

// Layout is called by Fyne. Where the window is too small for the panel it gets what there is.
func (r *dropRenderer) Layout(size fyne.Size) {
	d := r.d
	settings := fyne.CurrentApp().Settings()
	d.panel.FillColor = settings.Theme().Color(base.ColorNameOverlayBackground, settings.ThemeVariant())
	d.panel.StrokeColor = settings.Theme().Color(base.ColorNameInputBorder, settings.ThemeVariant())
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(d.anchor)
	want := d.want()
	below := size.Height - panelGap - at.Y - d.anchor.Size().Height
	above := at.Y - panelGap
	y := at.Y + d.anchor.Size().Height
	height := min(want.Height, below)
	if below < want.Height && above > below {
		height = min(want.Height, above)
		y = at.Y - height
	}
	if room := size.Height - 2*panelGap; height < d.content.MinSize().Height { // what can't be cut
		height = min(d.content.MinSize().Height, room)
		y = max(panelGap, min(y, size.Height-panelGap-height))
	}
	width := min(want.Width, size.Width-2*panelGap)
	x := max(panelGap, min(at.X, size.Width-panelGap-width))
	for _, object := range r.Objects() {
		object.Move(fyne.NewPos(x, y))
		object.Resize(fyne.NewSize(width, height))
	}
}
