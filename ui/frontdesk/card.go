package frontdesk

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// card is a patient in a list beside a form, whom Enter, Space or a click opens. It says when the keyboard comes, so that what it stands in can scroll.
type card struct {
	widget.BaseWidget
	content fyne.CanvasObject
	ring    *canvas.Rectangle
	open    func()
	entered func()
}

var (
	_ fyne.Focusable = (*card)(nil)
	_ fyne.Tappable  = (*card)(nil)
)

func newCard(open func(), texts ...fyne.CanvasObject) *card {
	c := &card{content: container.New(&tower{}, texts...), ring: &canvas.Rectangle{StrokeWidth: cardEdge, CornerRadius: 4, FillColor: color.Transparent}, open: open}
	c.ExtendBaseWidget(c)
	c.edge(base.ColorNameInputBorder)
	return c
}

// cardEdge is how wide the frame is, in device-independent pixels.
const cardEdge = 2

func (c *card) edge(name fyne.ThemeColorName) {
	settings := fyne.CurrentApp().Settings()
	c.ring.StrokeColor = settings.Theme().Color(name, settings.ThemeVariant())
	c.ring.Refresh()
}

// FocusGained is called by Fyne.
func (c *card) FocusGained() {
	c.edge(base.ColorNamePrimary)
	if c.entered != nil {
		c.entered()
	}
}

// FocusLost is called by Fyne.
func (c *card) FocusLost() { c.edge(base.ColorNameInputBorder) }

// TypedRune is called by Fyne.
func (c *card) TypedRune(rune) {}

// TypedKey is called by Fyne. What the card has no use for goes to the window.
func (c *card) TypedKey(event *fyne.KeyEvent) {
	switch event.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.open()
	default:
		if on := fyne.CurrentApp().Driver().CanvasForObject(c); on != nil && on.OnTypedKey() != nil {
			on.OnTypedKey()(event)
		}
	}
}

// Tapped is called by Fyne on a click.
func (c *card) Tapped(*fyne.PointEvent) { c.open() }

// CreateRenderer is called by Fyne.
func (c *card) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(c.ring, c.content))
}
