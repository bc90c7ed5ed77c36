package kit

import (
	"fyne.io/fyne/v2"
)

// Field is one thing that a form asks. The fields of this package are made of a FieldFrame, and so are those of screens.
type Field interface {
	// Name is what errors call the field (data.Error.Fields).
	Name() string
	Object() fyne.CanvasObject
	// Focusable is what gets the keyboard.
	Focusable() fyne.Focusable
	// Check looks at what was entered, shows what is wrong with it, and tells whether nothing is.
	Check() bool
	// SetError shows what is wrong, until what was entered changes; an empty sentence takes it away.
	SetError(Sentence)
	Error() Sentence
	Enable(bool)
	// Changed tells whether something else stands there than at the last Keep.
	Changed() bool
	Keep()
	// frame is for the form.
	frame() *FieldFrame
}

// FieldSpec is what a person reads about a field.
type FieldSpec struct {
	Name     string   // for errors; never shown
	Label    Sentence // above
	Hint     Sentence // below: what is expected, and in which form
	Unit     Sentence // beside
	Required bool
	Wide     bool // in a form of two columns it has both
	Letters  int  // how many letters the entry has room for; 0: all the column has
}

// FieldInput is what a field is entered with, as FieldFrame wants it.
type FieldInput struct {
	Object fyne.CanvasObject
	Focus  fyne.Focusable
	// Read gives what was entered, in any comparable form. Empty text means that nothing was.
	Read func() string
	// Check tells what is wrong with it; nil or an empty sentence where nothing is. It isn't asked where nothing was entered.
	Check func() Sentence
	// Enable may be nil where Object is a fyne.Disableable.
	Enable func(bool)
}

// FieldFrame is all that fields have in common: label, unit, hint, what is wrong.
type FieldFrame struct {
	spec   FieldSpec
	input  FieldInput
	object *fieldObject
	err    Sentence
	kept   string

	// OnChange is called after what was entered has changed.
	OnChange func()
	// the form's
	changed, submit, entered func()
}

// NewFieldFrame makes the frame of a field.
func NewFieldFrame(spec FieldSpec, input FieldInput) *FieldFrame {
	f := &FieldFrame{spec: spec, input: input}
	f.object = newFieldObject(spec, input.Object)
	f.Keep()
	return f
}

func (f *FieldFrame) frame() *FieldFrame { return f }

// Name is what errors call the field.
func (f *FieldFrame) Name() string { return f.spec.Name }

// Label is what people call the field.
func (f *FieldFrame) Label() Sentence { return f.spec.Label }

// Object is the field with all that belongs to it.
func (f *FieldFrame) Object() fyne.CanvasObject { return f.object.box }

// Focusable is what gets the keyboard.
func (f *FieldFrame) Focusable() fyne.Focusable { return f.input.Focus }

// Error is what is shown to be wrong.
func (f *FieldFrame) Error() Sentence { return f.err }

// SetError shows what is wrong.
func (f *FieldFrame) SetError(s Sentence) {
	if f.err.Empty() && s.Empty() {
		return
	}
	f.err = s
	f.object.setError(s)
}

// Check shows what is wrong with what was entered, and tells whether nothing is.
func (f *FieldFrame) Check() bool {
	wrong := f.wrong()
	f.SetError(wrong)
	return wrong.Empty()
}

func (f *FieldFrame) wrong() Sentence {
	switch {
	case f.input.Read() == "":
		if f.spec.Required {
			return Say("field.required", "{{.Label}}: this must be filled in.", "Label", f.spec.Label.Text())
		}
	case f.input.Check != nil:
		return f.input.Check()
	}
	return Sentence{}
}

// Changed tells whether something else stands there than at the last Keep.
func (f *FieldFrame) Changed() bool { return f.input.Read() != f.kept }

// Keep makes what stands there the unchanged state.
func (f *FieldFrame) Keep() { f.kept = f.input.Read() }

// Enable lets the field be changed, or not.
func (f *FieldFrame) Enable(may bool) {
	if f.input.Enable != nil {
		f.input.Enable(may)
		return
	}
	if d, ok := f.input.Object.(fyne.Disableable); ok {
		if may {
			d.Enable()
		} else {
			d.Disable()
		}
	}
}

// SetNote shows what the program makes of what was entered, below it.
func (f *FieldFrame) SetNote(text string) { f.object.setNote(text) }

// Edited is to be called when the person has changed something: what was wrong may no longer be.
func (f *FieldFrame) Edited() {
	if !f.err.Empty() {
		f.SetError(f.wrong())
	}
	for _, tell := range []func(){f.OnChange, f.changed} {
		if tell != nil {
			tell()
		}
	}
}

// Left is to be called when the keyboard leaves. Where nothing was entered nothing is said: the person may come back.
func (f *FieldFrame) Left() {
	if f.input.Read() == "" {
		f.SetError(Sentence{})
		return
	}
	f.Check()
}

// Entered is to be called when the keyboard comes: the form scrolls the field into view.
func (f *FieldFrame) Entered() {
	if f.entered != nil {
		f.entered()
	}
}

// submitted is Enter in the field. Outside a form the dialog or window gets the key.
func (f *FieldFrame) submitted(w fyne.CanvasObject) {
	if f.submit != nil {
		f.submit()
		return
	}
	handOn(w, &fyne.KeyEvent{Name: fyne.KeyReturn})
}
