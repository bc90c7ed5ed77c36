package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	base "fyne.io/fyne/v2/theme"
)

// ring draws a line around a widget of Fyne's while it has the keyboard, over what Fyne draws.
type ring struct {
	fyne.WidgetRenderer
	line    *canvas.Rectangle
	look    func() (name fyne.ThemeColorName, inside float32)
	focused func() bool
}

// ringWidth is in device-independent pixels: one can't be told from a border.
const ringWidth = 2

func newRing(r fyne.WidgetRenderer, look func() (fyne.ThemeColorName, float32), focused func() bool) *ring {
	g := &ring{WidgetRenderer: r, line: &canvas.Rectangle{StrokeWidth: ringWidth}, look: look, focused: focused}
	g.colour()
	return g
}

// Objects is called by Fyne.
func (g *ring) Objects() []fyne.CanvasObject {
	return append(slices.Clone(g.WidgetRenderer.Objects()), g.line)
}

// Layout is called by Fyne.
func (g *ring) Layout(size fyne.Size) {
	g.WidgetRenderer.Layout(size)
	_, inside := g.look()
	g.line.Move(fyne.NewPos(inside, inside))
	g.line.Resize(size.SubtractWidthHeight(2*inside, 2*inside))
}

// Refresh is called by Fyne.
func (g *ring) Refresh() {
	g.colour()
	g.WidgetRenderer.Refresh()
	g.line.Refresh()
}

func (g *ring) colour() {
	settings := fyne.CurrentApp().Settings()
	th := settings.Theme()
	name, _ := g.look()
	g.line.CornerRadius = th.Size(base.SizeNameInputRadius)
	g.line.StrokeColor = th.Color(name, settings.ThemeVariant())
	g.line.Hidden = !g.focused()
}
