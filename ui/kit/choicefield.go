package kit

import (
	"strconv"
	"strings"
)

// ChoiceField asks for one of several things.
type ChoiceField[T comparable] struct {
	*FieldFrame
	options []Option[T]
	chooser *chooser
}

// NewChoiceField makes the field with nothing chosen. One that must be filled in can't be emptied again.
func NewChoiceField[T comparable](spec FieldSpec, options []Option[T]) *ChoiceField[T] {
	labels := make([]string, len(options))
	for i, option := range options {
		labels[i] = option.Label.Text()
	}
	f := &ChoiceField[T]{options: options, chooser: newChooser(labels, Say("choice.empty", "Choose").Text())}
	f.chooser.optional = !spec.Required
	f.FieldFrame = NewFieldFrame(spec, FieldInput{Object: f.chooser, Focus: f.chooser, Read: f.read})
	f.chooser.changed = f.Edited
	f.chooser.entered = f.Entered
	f.chooser.left = f.Left
	return f
}

// Value is what was chosen, and whether anything was.
func (f *ChoiceField[T]) Value() (T, bool) {
	if f.chooser.chosen < 0 {
		var none T
		return none, false
	}
	return f.options[f.chooser.chosen].Value, true
}

// SetValue shows a choice; the person has not changed it then. A value that isn't among the options is none.
func (f *ChoiceField[T]) SetValue(value T) {
	f.set(f.index(value))
}

// Clear shows nothing chosen.
func (f *ChoiceField[T]) Clear() { f.set(-1) }

// Choose takes an option as if the person had.
func (f *ChoiceField[T]) Choose(value T) { f.chooser.choose(f.index(value)) }

func (f *ChoiceField[T]) set(index int) {
	f.chooser.chosen = index
	f.chooser.Refresh()
	f.SetError(Sentence{})
	f.Keep()
}

func (f *ChoiceField[T]) index(value T) int {
	for i, option := range f.options {
		if option.Value == value {
			return i
		}
	}
	return -1
}

func (f *ChoiceField[T]) read() string {
	if f.chooser.chosen < 0 {
		return ""
	}
	return strconv.Itoa(f.chooser.chosen)
}

// CheckField asks a question that a tick answers.
type CheckField struct {
	*FieldFrame
	check *Check
}

// NewCheckField makes the field. The label stands beside the box; one that is Required must be ticked.
func NewCheckField(spec FieldSpec) *CheckField {
	f := &CheckField{}
	f.check = NewCheck(spec.Label, func(bool) { f.Edited() })
	f.FieldFrame = NewFieldFrame(spec, FieldInput{Object: f.check, Focus: f.check, Read: f.read})
	f.object.box.Objects[0].Hide()
	f.check.OnEnter = f.Entered
	return f
}

// Checked tells whether it is ticked.
func (f *CheckField) Checked() bool { return f.check.Checked }

// SetChecked ticks it or not; the person has not changed it then.
func (f *CheckField) SetChecked(on bool) {
	f.check.show(on)
	f.SetError(Sentence{})
	f.Keep()
}

func (f *CheckField) read() string {
	if f.check.Checked {
		return "x"
	}
	return ""
}

// ManyField asks for any number of several things, each with a box to tick. Up and Down lead from one to the next.
type ManyField[T comparable] struct {
	*FieldFrame
	options []Option[T]
	checks  []*Check
}

// NewManyField makes the field with nothing ticked.
func NewManyField[T comparable](spec FieldSpec, options []Option[T]) *ManyField[T] {
	f := &ManyField[T]{options: options}
	column := newCheckColumn()
	for i, option := range options {
		check := NewCheck(option.Label, func(bool) { f.Edited() })
		check.keys = stepKeys(func(by int) *Check {
			if next := i + by; next >= 0 && next < len(f.checks) {
				return f.checks[next]
			}
			return nil
		})
		f.checks = append(f.checks, check)
		column.Add(check)
	}
	input := FieldInput{Object: column, Read: f.read, Enable: f.enable}
	if len(f.checks) > 0 {
		input.Focus = f.checks[0]
	}
	f.FieldFrame = NewFieldFrame(spec, input)
	for _, check := range f.checks {
		check.OnEnter = f.Entered
	}
	return f
}

// Values are what is ticked, in the order of the options.
func (f *ManyField[T]) Values() []T {
	var values []T
	for i, check := range f.checks {
		if check.Checked {
			values = append(values, f.options[i].Value)
		}
	}
	return values
}

// SetValues ticks these and no others; the person has not changed it then.
func (f *ManyField[T]) SetValues(values ...T) {
	for i, check := range f.checks {
		on := false
		for _, value := range values {
			on = on || f.options[i].Value == value
		}
		check.show(on)
	}
	f.SetError(Sentence{})
	f.Keep()
}

func (f *ManyField[T]) read() string {
	var ticked []string
	for i, check := range f.checks {
		if check.Checked {
			ticked = append(ticked, strconv.Itoa(i))
		}
	}
	return strings.Join(ticked, ",")
}

func (f *ManyField[T]) enable(may bool) {
	for _, check := range f.checks {
		if may {
			check.Enable()
		} else {
			check.Disable()
		}
	}
}
