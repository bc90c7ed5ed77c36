package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Form is what a screen asks: fields under headings, in one column or two. Tab leads through them as they are read, and
// the field that has the keyboard is always in view. Esc is left to the screen.
type Form struct {
	// OnSubmit is Enter in a field that is a line. Where nil, the dialog or window gets the key.
	OnSubmit func()
	// OnChange is called after the person has changed any field.
	OnChange func()

	fields  []Field
	body    *fyne.Container
	layout  *formLayout
	scroll  *container.Scroll
	message *fyne.Container
	legend  fyne.CanvasObject
	current fyne.CanvasObject // the field that the keyboard came to last
	high    float32           // its height when it was scrolled into view
}

// NewForm makes a form without fields. Of two columns only one is shown where the window is too narrow.
func NewForm(columns int) *Form {
	f := &Form{layout: &formLayout{columns: max(1, min(columns, 2)), wide: map[fyne.CanvasObject]bool{}}, message: container.NewStack()}
	f.message.Hide()
	legend := caption(Say("form.legend", "* must be filled in").Text())
	legend.Importance = widget.LowImportance
	f.legend = container.New(flush{}, legend)
	f.legend.Hide()
	f.body = container.New(f.layout)
	f.layout.after = f.follow
	f.add(f.message, true)
	f.add(f.legend, true)
	return f
}

// Section adds fields below a heading; an empty heading is none.
func (f *Form) Section(heading Sentence, fields ...Field) *Form {
	if !heading.Empty() {
		label := widget.NewLabel(heading.Text())
		label.SizeName = base.SizeNameSubHeadingText
		label.TextStyle.Bold = true
		label.Wrapping = fyne.TextWrapWord
		f.add(container.New(flush{}, label), true)
	}
	for _, field := range fields {
		f.Add(field, false)
	}
	return f
}

// Add adds one field; wide gives it both columns.
func (f *Form) Add(field Field, wide bool) {
	frame := field.frame()
	frame.changed = func() {
		f.say(Sentence{})
		if f.OnChange != nil {
			f.OnChange()
		}
	}
	frame.submit = func() {
		if f.OnSubmit != nil {
			f.OnSubmit()
			return
		}
		handOn(f.body, &fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	frame.entered = func() {
		f.current = field.Object()
		f.high = f.current.Size().Height
		f.reveal(f.current)
	}
	if frame.spec.Required {
		f.legend.Show()
	}
	f.fields = append(f.fields, field)
	f.add(field.Object(), wide || frame.spec.Wide)
}

// AddObject adds something that is no field, over the whole width.
func (f *Form) AddObject(object fyne.CanvasObject) { f.add(object, true) }

func (f *Form) add(object fyne.CanvasObject, wide bool) {
	if wide {
		f.layout.wide[object] = true
	}
	f.body.Add(object)
}

// Object is the form, for a place that scrolls or has room enough.
func (f *Form) Object() fyne.CanvasObject { return f.body }

// Scrolled is the form in a frame that scrolls.
func (f *Form) Scrolled() fyne.CanvasObject {
	if f.scroll == nil {
		f.scroll = container.NewVScroll(f.body)
	}
	return f.scroll
}

// showIn tells the form what it is scrolled in.
func (f *Form) showIn(scroll *container.Scroll) { f.scroll = scroll }

// Start is where typing begins; nil in a form without fields.
func (f *Form) Start() fyne.Focusable {
	if len(f.fields) == 0 {
		return nil
	}
	return f.fields[0].Focusable()
}

// Dirty tells whether anything was changed since the last Keep.
func (f *Form) Dirty() bool {
	for _, field := range f.fields {
		if field.Changed() {
			return true
		}
	}
	return false
}

// Keep makes what stands in the fields the unchanged state: after loading and after saving.
func (f *Form) Keep() {
	for _, field := range f.fields {
		field.Keep()
	}
}

// Check looks at all fields, gives the keyboard to the first that is wrong, and tells whether none is.
func (f *Form) Check() bool {
	f.say(Sentence{})
	right := true
	for _, field := range f.fields {
		if !field.Check() {
			right = false
		}
	}
	f.focusWrong()
	return right
}

// SaveButton makes the form's button. Pressing it, Enter in a line and the screen's Ctrl+S (Press) do the same: check all
// fields, and only where all are right save, which must end with the button's Done.
func (f *Form) SaveButton(label, busy Sentence, save func()) *BusyButton {
	var b *BusyButton
	b = NewBusyButton(label, busy, func() {
		if !f.Check() {
			b.Done()
			return
		}
		save()
	})
	f.OnSubmit = b.Press
	return b
}

// Errors shows a refusal at the fields it is about. Where it is about none of these, it stands over the form.
func (f *Form) Errors(names []string, what Sentence) {
	found := false
	for _, field := range f.fields {
		for _, name := range names {
			if field.Name() == name {
				field.SetError(what)
				found = true
			}
		}
	}
	if !found {
		f.say(what)
		f.reveal(f.message)
		return
	}
	f.focusWrong()
}

// Enable lets the fields be changed, or not: while they are being saved.
func (f *Form) Enable(may bool) {
	for _, field := range f.fields {
		field.Enable(may)
	}
}

func (f *Form) focusWrong() {
	for _, field := range f.fields {
		if field.Error().Empty() {
			continue
		}
		if c := fyne.CurrentApp().Driver().CanvasForObject(f.body); c != nil {
			c.Focus(field.Focusable())
		}
		f.reveal(field.Object())
		return
	}
}

// say shows a sentence over the form, or takes it away.
func (f *Form) say(what Sentence) {
	if what.Empty() && !f.message.Visible() {
		return
	}
	f.message.RemoveAll()
	f.message.Hidden = what.Empty()
	if !what.Empty() {
		f.message.Add(RemarkRow(Critical, what))
	}
	f.body.Refresh()
}

// reveal scrolls an object of the form into view.
func (f *Form) reveal(object fyne.CanvasObject) {
	if f.scroll != nil {
		reveal(f.scroll, object)
	}
}

// follow keeps the field with the keyboard in view when it has grown: what is wrong with it stands at its lower end.
func (f *Form) follow() {
	if f.current == nil || f.scroll == nil || f.current.Size().Height <= f.high {
		return
	}
	f.high = f.current.Size().Height
	f.reveal(f.current)
}

// revealMargin is what is left between something scrolled into view and the edge.
const revealMargin = 8

func reveal(scroll *container.Scroll, object fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(object).Y - driver.AbsolutePositionForObject(scroll.Content).Y
	bottom := top + object.Size().Height
	offset, height := scroll.Offset, scroll.Size().Height
	if bottom+revealMargin > offset.Y+height {
		offset.Y = bottom + revealMargin - height
	}
	if top-revealMargin < offset.Y { // of what is higher than the window the top is seen
		offset.Y = max(0, top-revealMargin)
	}
	if offset != scroll.Offset {
		scroll.ScrollToOffset(offset)
	}
}
