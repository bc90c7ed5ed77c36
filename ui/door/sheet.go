package door

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"wardbook/assets"
	"wardbook/ui/kit"
)

// Sizes of a view, in device-independent pixels; letters are heights of the text.
const (
	sheetLetters = 45 // a form is at most 42 wide, and needs its edges and a scroll bar
	sheetMargin  = 24 // at the sides
	sheetTop     = 72 // above, where the window is high enough
	sheetFlat    = 16 // above, where it is not
	sheetHigh    = 640
	sheetGap     = 12
	scrollRoom   = 12 // at the right of what scrolls, for the bar
	formEdge     = 4  // what a form leaves around its fields
	iconSize     = 40
)

// sheet is a view: what it is about, what is asked, which scrolls, and below it what may be done, which stays in sight; foot may be nil.
func sheet(head, body, foot fyne.CanvasObject) *fyne.Container {
	if foot == nil {
		foot = container.NewWithoutLayout()
	}
	s := container.New(middle{sheetLetters}, head, body, foot)
	if scroll, ok := body.(*container.Scroll); ok {
		scroll.Content = container.New(&watched{changed: s.Refresh}, scroll.Content)
	}
	return s
}

// watched tells when what is scrolled has become higher or lower: the sheet's buttons follow it.
type watched struct {
	height  float32
	changed func()
}

// Layout is called by Fyne.
func (w *watched) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := max(1, size.Width-scrollRoom)
	height := fitted(objects[0], width)
	objects[0].Resize(fyne.NewSize(width, size.Height))
	if w.height != height {
		w.height = height
		w.changed()
	}
}

// MinSize is called by Fyne.
func (w *watched) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// middle sets a sheet in the middle of a window, no wider than text is read well, at a fixed height from the top: what is said below a field
// must not move the field.
type middle struct{ letters float32 }

// Layout is called by Fyne.
func (m middle) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	letter := fyne.CurrentApp().Settings().Theme().Size(base.SizeNameText)
	width := max(1, min(m.letters*letter, size.Width-2*sheetMargin))
	left, top := (size.Width-width)/2, float32(sheetTop)
	if size.Height < sheetHigh*letter/14 {
		top = sheetFlat
	}
	head, body, foot := objects[0], objects[1], objects[2]
	head.Move(fyne.NewPos(left, top))
	top += fitted(head, width) + sheetGap
	low := fitted(foot, width-2*formEdge)
	room := size.Height - sheetFlat - top
	if low > 0 {
		room -= low + sheetGap
	}
	if scroll, ok := body.(*container.Scroll); ok {
		room = min(room, fitted(scroll.Content, width))
	}
	room = max(room, 0)
	body.Move(fyne.NewPos(left, top))
	body.Resize(fyne.NewSize(width, room))
	foot.Move(fyne.NewPos(left+formEdge, top+room+sheetGap))
}

// fitted gives an object a width and the height that it needs then: text that wraps knows its height only after its width.
func fitted(object fyne.CanvasObject, width float32) float32 {
	object.Resize(fyne.NewSize(width, object.MinSize().Height))
	height := object.MinSize().Height
	object.Resize(fyne.NewSize(width, height))
	return height
}

// MinSize is called by Fyne. The window decides, not what is in it: everything long wraps or scrolls.
func (m middle) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(0, 2*sheetFlat)
	for _, object := range objects {
		need := object.MinSize()
		size = fyne.NewSize(max(size.Width, need.Width), size.Height+need.Height)
	}
	return size.AddWidthHeight(2*sheetMargin, 0)
}

// beside sets two objects side by side where both have room, and below each other where they have not.
type beside struct{ letters float32 }

// Layout is called by Fyne.
func (b beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	letter := fyne.CurrentApp().Settings().Theme().Size(base.SizeNameText)
	if size.Width >= 2*b.letters*letter {
		half := size.Width / 2
		for i, object := range objects {
			object.Move(fyne.NewPos(float32(i)*half, 0))
			object.Resize(fyne.NewSize(half, size.Height))
		}
		return
	}
	upper := size.Height * 0.6
	for i, object := range objects {
		height := upper
		if i > 0 {
			height = size.Height - upper
		}
		object.Move(fyne.NewPos(0, float32(i)*upper))
		object.Resize(fyne.NewSize(size.Width, height))
	}
}

// MinSize is called by Fyne.
func (b beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, object := range objects {
		size = size.Max(object.MinSize())
	}
	return size
}

// heading is what a view is about: the program's picture, a title, and below it a line that says more.
func heading(title, more kit.Sentence) fyne.CanvasObject {
	icon := canvas.NewImageFromResource(fyne.NewStaticResource("icon.png", assets.Icon))
	icon.FillMode = canvas.ImageFillContain
	icon.SetMinSize(fyne.NewSquareSize(iconSize))
	text := widget.NewLabel(title.Text())
	text.SizeName = base.SizeNameHeadingText
	text.TextStyle.Bold = true
	text.Wrapping = fyne.TextWrapWord
	column := container.NewVBox(text)
	if !more.Empty() {
		column.Add(small(more))
	}
	return kit.Bordered(nil, nil, container.NewVBox(container.NewPadded(icon)), nil, column)
}

// small is a line for those who look for it.
func small(s kit.Sentence) *widget.Label {
	label := paragraph(s)
	label.SizeName = base.SizeNameCaptionText
	label.Importance = widget.LowImportance
	return label
}

func paragraph(s kit.Sentence) *widget.Label {
	label := widget.NewLabel(s.Text())
	label.Wrapping = fyne.TextWrapWord
	return label
}

// clear is a secret to be read and written down: in letters that can't be mistaken for each other, and free to be copied.
func clear(text string, size fyne.ThemeSizeName) *widget.Label {
	label := widget.NewLabel(text)
	label.SizeName = size
	label.TextStyle = fyne.TextStyle{Monospace: true, Bold: true}
	label.Wrapping = fyne.TextWrapWord
	label.Selectable = true
	return label
}

// slot is a place in a form where something stands now and then.
type slot struct {
	box  *fyne.Container
	form *kit.Form
}

func newSlot(form *kit.Form) *slot {
	s := &slot{box: container.NewStack(), form: form}
	s.box.Hide()
	form.AddObject(s.box)
	return s
}

// put shows an object in place of the one before; nil leaves the place empty.
func (s *slot) put(object fyne.CanvasObject) {
	if object == nil && !s.box.Visible() {
		return
	}
	s.box.RemoveAll()
	s.box.Hidden = object == nil
	if object != nil {
		s.box.Add(object)
	}
	s.form.Object().Refresh()
}

// say shows a remark there; an empty one takes it away.
func (s *slot) say(r kit.Remark) {
	if r.Sentence.Empty() {
		s.put(nil)
		return
	}
	s.put(even(kit.RemarkRow(r.Tone, r.Sentence)))
}

// newProgress puts a progress into a form. It shows itself by its own timer, and the form has to make room then.
func newProgress(form *kit.Form, later kit.Later, cancel func()) *kit.Progress {
	progress := kit.NewProgress(func(after time.Duration, f func()) func() {
		return later(after, func() {
			f()
			form.Object().Refresh()
		})
	}, cancel)
	form.AddObject(progress.Object())
	return progress
}

// flush sets text where fields begin: Fyne leaves space before it.
type flush struct{}

// Layout is called by Fyne.
func (flush) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	in := fyne.CurrentApp().Settings().Theme().Size(base.SizeNameInnerPadding)
	for _, object := range objects {
		object.Move(fyne.NewPos(-in, 0))
		object.Resize(fyne.NewSize(size.Width+2*in, size.Height))
	}
}

// MinSize is called by Fyne.
func (flush) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, object := range objects {
		size = size.Max(object.MinSize())
	}
	return size
}

// even puts text where fields begin.
func even(text fyne.CanvasObject) fyne.CanvasObject { return container.New(flush{}, text) }

// row sets buttons beside each other, from the left, and goes on below where the window is too narrow.
func row(objects ...fyne.CanvasObject) *fyne.Container { return container.New(&flow{}, objects...) }

// flow remembers its last width: how many rows there are depends on it.
type flow struct{ width float32 }

const flowGap = 8

// Layout is called by Fyne.
func (f *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.width = size.Width
	f.each(objects, func(object fyne.CanvasObject, x, y float32, size fyne.Size) {
		object.Move(fyne.NewPos(x, y))
		object.Resize(size)
	})
}

// MinSize is called by Fyne.
func (f *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	widest := float32(0)
	height := f.each(objects, func(object fyne.CanvasObject, _, _ float32, size fyne.Size) {
		widest = max(widest, object.MinSize().Width)
	})
	return fyne.NewSize(widest, height)
}

// each calls place with where each object goes. The answer is the height of all.
func (f *flow) each(objects []fyne.CanvasObject, place func(object fyne.CanvasObject, x, y float32, size fyne.Size)) float32 {
	x, y, high := float32(0), float32(0), float32(0)
	for _, object := range objects {
		if !object.Visible() {
			continue
		}
		need := object.MinSize()
		if x > 0 && f.width > 0 && x+need.Width > f.width {
			x, y, high = 0, y+high+flowGap, 0
		}
		place(object, x, y, need)
		x, high = x+need.Width+flowGap, max(high, need.Height)
	}
	return y + high
}

// commandButton is a button for a command, with the keys that do the same.
func commandButton(c kit.Command) *kit.Button {
	text := c.Name.Text()
	if keys := c.Keys(); keys != "" {
		text = kit.Say("door.keys", "{{.Name}} ({{.Keys}})", "Name", c.Name, "Keys", keys).Text()
	}
	return kit.NewButton(text, nil, c.Do)
}

// enterCommands are Enter where no field has the keyboard.
func enterCommands(name kit.Sentence, do func()) []kit.Command {
	return []kit.Command{{Name: name, Key: fyne.KeyReturn, Do: do}, {Name: name, Key: fyne.KeyEnter, Do: do, Hidden: true}}
}

// ask is a field that a view can't do without. Where all of a view's fields are such, no asterisk has to say so.
type ask interface {
	kit.Field
	Text() string
	Label() kit.Sentence
}

// filled tells whether nothing is missing, and leads to the first field where something is.
func filled(focus func(fyne.Focusable), fields ...ask) bool {
	var first kit.Field
	for _, f := range fields {
		if f.Text() != "" {
			continue
		}
		f.SetError(kit.Say("field.required", "{{.Label}}: this must be filled in.", "Label", f.Label().Text()))
		if first == nil {
			first = f
		}
	}
	if first != nil {
		focus(first.Focusable())
	}
	return first == nil
}

// lookAt scrolls a form to an object that the keyboard was put on: a form does that for its fields only.
func lookAt(form *kit.Form, object fyne.CanvasObject) {
	scroll, ok := form.Scrolled().(*container.Scroll)
	if !ok {
		return
	}
	scroll.Refresh() // it learns how high its content has become
	top, _ := topIn(scroll.Content, object)
	if bottom := top + object.Size().Height + sheetGap; bottom > scroll.Offset.Y+scroll.Size().Height {
		scroll.ScrollToOffset(fyne.NewPos(0, bottom-scroll.Size().Height))
	} else if top < scroll.Offset.Y {
		scroll.ScrollToOffset(fyne.NewPos(0, top))
	}
}

// topIn is how far below the top of a container an object in it begins. Fyne knows it only of what has been drawn already.
func topIn(root, object fyne.CanvasObject) (float32, bool) {
	if root == object {
		return 0, true
	}
	if c, ok := root.(*fyne.Container); ok {
		for _, child := range c.Objects {
			if top, found := topIn(child, object); found {
				return child.Position().Y + top, true
			}
		}
	}
	return 0, false
}
