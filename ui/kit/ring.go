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
	name    fyne.ThemeColorName
	focused func() bool
}

// ringWidth is in device-independent pixels: one can't be told from a border.
const ringWidth = 2

func newRing(r fyne.WidgetRenderer, name fyne.ThemeColorName, focused func() bool) *ring {
	g := &ring{WidgetRenderer: r, line: &canvas.Rectangle{StrokeWidth: ringWidth}, name: name, focused: focused}
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
	g.line.Resize(size)
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
	g.line.CornerRadius = th.Size(base.SizeNameInputRadius)
	g.line.StrokeColor = th.Color(g.name, settings.ThemeVariant())
	g.line.Hidden = !g.focused()
}
