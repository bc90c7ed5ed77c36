package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const footLines = 2

// boardFoot says all that is known of what is selected in a picture: there, names are cut. It is always as high, so that the picture
// above doesn't jump.
type boardFoot struct {
	widget.BaseWidget
	text  string
	width float32
	line  *canvas.Rectangle
	texts [footLines]*canvas.Text
}

func newBoardFoot() *boardFoot {
	f := &boardFoot{line: &canvas.Rectangle{}}
	for i := range f.texts {
		f.texts[i] = &canvas.Text{}
	}
	f.ExtendBaseWidget(f)
	return f
}

func (f *boardFoot) say(text string) {
	if f.text != text {
		f.text = text
		f.Refresh()
	}
}

// Resize is called by Fyne.
func (f *boardFoot) Resize(size fyne.Size) {
	changed := f.width != size.Width
	f.width = size.Width
	f.BaseWidget.Resize(size)
	if changed {
		f.Refresh()
	}
}

// CreateRenderer is called by Fyne.
func (f *boardFoot) CreateRenderer() fyne.WidgetRenderer {
	r := boardFootRenderer{f}
	r.Refresh()
	return r
}

type boardFootRenderer struct{ f *boardFoot }

func (r boardFootRenderer) Destroy() {}
func (r boardFootRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.f.line, r.f.texts[0], r.f.texts[1]}
}
func (r boardFootRenderer) Layout(fyne.Size) {}

func (r boardFootRenderer) MinSize() fyne.Size {
	return fyne.NewSize(tileLeast, footLines*r.pen().height()+2*tilePad)
}

func (r boardFootRenderer) pen() pen {
	return pen{size: r.f.Theme().Size(base.SizeNameText), ink: paint(r.f, base.ColorNameForeground)}
}

// Refresh is called by Fyne: another text, another theme, another width.
func (r boardFootRenderer) Refresh() {
	f, hand := r.f, r.pen()
	f.line.FillColor = paint(f, base.ColorNameSeparator)
	f.line.Resize(fyne.NewSize(f.width, 1))
	f.line.Refresh()
	lines := wrap(f.text, hand.size, hand.style(), max(f.width-2*boardEdge, hand.size), footLines)
	for i, t := range f.texts {
		t.Text, t.TextSize, t.Color = "", hand.size, hand.ink
		if i < len(lines) {
			t.Text = lines[i]
		}
		t.Move(fyne.NewPos(boardEdge, tilePad+float32(i)*hand.height()))
		t.Resize(t.MinSize())
		t.Refresh()
	}
}
