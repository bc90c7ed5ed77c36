package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Sizes of a dialog, in device-independent pixels.
const (
	dialogMargin  = 24 // between it and the window's edge
	dialogPadding = 16
	dialogLetters = 36 // wide as so many heights of its text: about 75 letters
)

// veil darkens a window and shows a panel in the middle of it: a title, what may be scrolled, buttons.
type veil struct {
	widget.BaseWidget
	shade, panel *canvas.Rectangle
	title        fyne.CanvasObject
	scroll       *container.Scroll
	row          *fyne.Container // of a buttonRow
}

func newVeil(title fyne.CanvasObject, scroll *container.Scroll, row *fyne.Container) *veil {
	v := &veil{shade: &canvas.Rectangle{}, panel: &canvas.Rectangle{CornerRadius: 6, StrokeWidth: 1}, title: title, scroll: scroll, row: row}
	scroll.Content = container.New(&watched{v: v}, scroll.Content)
	v.ExtendBaseWidget(v)
	v.colour()
	return v
}

// watched tells the panel when what is scrolled in it needs more or less room: a scroll never says so by itself.
type watched struct {
	v      *veil
	height float32
}

// Layout is called by Fyne.
func (w *watched) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	if need := objects[0].MinSize().Height; need != w.height {
		w.height = need
		w.v.Refresh()
	}
}

// MinSize is called by Fyne.
func (w *watched) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (v *veil) colour() {
	settings := fyne.CurrentApp().Settings()
	th, variant := settings.Theme(), settings.ThemeVariant()
	v.shade.FillColor = th.Color(base.ColorNameShadow, variant)
	v.panel.FillColor = th.Color(base.ColorNameOverlayBackground, variant)
	v.panel.StrokeColor = th.Color(base.ColorNameInputBorder, variant)
}

// Tapped keeps a click beside a field from reaching anything.
func (v *veil) Tapped(*fyne.PointEvent) {}

// CreateRenderer is called by Fyne.
func (v *veil) CreateRenderer() fyne.WidgetRenderer {
	return &veilRenderer{v: v, objects: []fyne.CanvasObject{v.shade, v.panel, v.title, v.scroll, v.row}}
}

type veilRenderer struct {
	v       *veil
	objects []fyne.CanvasObject
}

func (r *veilRenderer) Destroy()                     {}
func (r *veilRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *veilRenderer) MinSize() fyne.Size           { return fyne.Size{} }

func (r *veilRenderer) Refresh() {
	r.v.colour()
	r.Layout(r.v.Size())
	canvas.Refresh(r.v)
}

// Layout gives the panel the width that text is read best at, and the height that it needs then, as far as the window has it.
func (r *veilRenderer) Layout(size fyne.Size) {
	v := r.v
	v.shade.Resize(size)
	letter := fyne.CurrentApp().Settings().Theme().Size(base.SizeNameText)
	need := max(dialogLetters*letter, v.scroll.Content.MinSize().Width, rowWidth(v.row.Objects))
	width := min(need, size.Width-2*dialogMargin-2*dialogPadding)
	gap := float32(8)
	// Text that wraps knows its height only after it knows its width.
	v.title.Resize(fyne.NewSize(width, 0))
	v.scroll.Content.Resize(fyne.NewSize(width, v.scroll.Content.MinSize().Height))
	title, row := v.title.MinSize().Height, rowHeight(v.row.Objects, width)
	body := v.scroll.Content.MinSize().Height
	body = max(0, min(body, size.Height-2*dialogMargin-2*dialogPadding-title-row-2*gap))
	height := title + body + row + 2*gap
	at := fyne.NewPos((size.Width-width)/2, (size.Height-height)/2)
	v.panel.Move(at.SubtractXY(dialogPadding, dialogPadding))
	v.panel.Resize(fyne.NewSize(width+2*dialogPadding, height+2*dialogPadding))
	v.title.Move(at)
	v.title.Resize(fyne.NewSize(width, title))
	v.scroll.Move(at.AddXY(0, title+gap))
	v.scroll.Resize(fyne.NewSize(width, body))
	v.row.Move(at.AddXY(0, title+body+2*gap))
	v.row.Resize(fyne.NewSize(width, row))
}

// buttonRow sets buttons at the right, beside each other; where that is too wide, below each other in full width.
type buttonRow struct{}

const (
	buttonGap = 8
	stackGap  = 4
)

func rowWidth(objects []fyne.CanvasObject) float32 {
	width := float32(-buttonGap)
	for _, object := range objects {
		need := object.MinSize().Width
		if b, ok := object.(*Button); ok {
			need = b.wide()
		}
		width += need + buttonGap
	}
	return max(width, 0)
}

// rowHeight is how high the buttons are in a row of this width.
func rowHeight(objects []fyne.CanvasObject, width float32) float32 {
	height := float32(0)
	stacked := rowWidth(objects) > width
	for i, object := range objects {
		switch {
		case !stacked:
			height = max(height, object.MinSize().Height)
		case i > 0:
			height += stackGap
			fallthrough
		default:
			height += object.MinSize().Height
		}
	}
	return height
}

// Layout is called by Fyne.
func (buttonRow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if width := rowWidth(objects); width <= size.Width {
		at := size.Width - width
		for _, object := range objects {
			fit(object, size.Width)
			object.Move(fyne.NewPos(at, 0))
			object.Resize(object.MinSize())
			at += object.MinSize().Width + buttonGap
		}
		return
	}
	at := float32(0)
	for _, object := range objects {
		fit(object, size.Width)
		height := object.MinSize().Height
		object.Move(fyne.NewPos(0, at))
		object.Resize(fyne.NewSize(size.Width, height))
		at += height + stackGap
	}
}

// fit shortens the text of a button that is wider than its dialog. What it is about stands in the title as well.
func fit(object fyne.CanvasObject, width float32) {
	if b, ok := object.(*Button); ok {
		b.fit(width)
	}
}

// MinSize is called by Fyne; rowHeight knows better, because it knows the width.
func (buttonRow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, object := range objects {
		size = size.Max(object.MinSize())
	}
	return size
}
