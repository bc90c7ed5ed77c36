package kit

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
)

// TextRules is what a text may be.
type TextRules struct {
	Lines int // rows that are seen; 0 or 1 is a line
	Max   int // letters; 0: no limit. What is longer is kept and refused in words: nothing typed is lost
	// Check tells what is wrong, when the person leaves the field and before saving; empty where nothing is.
	Check func(string) Sentence
	// Tidy brings a text that is right into the one form that is stored, when the person leaves.
	Tidy func(string) string
}

// TextField asks for a text.
type TextField struct {
	*FieldFrame
	entry *Entry
	rules TextRules
}

var _ Field = (*TextField)(nil)

// NewTextField makes the field.
func NewTextField(spec FieldSpec, rules TextRules) *TextField {
	t := &TextField{rules: rules}
	if rules.Lines > 1 {
		t.entry = NewBox(rules.Lines)
	} else {
		t.entry = NewEntry()
	}
	t.FieldFrame = NewFieldFrame(spec, FieldInput{Object: t.entry, Focus: t.entry, Read: t.Text, Check: t.check})
	hook(t.FieldFrame, t.entry)
	t.entry.OnChanged = func(string) {
		t.count()
		t.Edited()
	}
	t.entry.OnLeave = t.left
	return t
}

// hook tells the frame what happens in its entry.
func hook(f *FieldFrame, e *Entry) {
	e.OnSubmit = func() { f.submitted(e) }
	e.OnEnter = f.Entered
	e.OnLeave = f.Left
}

// Text is what was entered, without space around it.
func (t *TextField) Text() string { return strings.TrimSpace(t.entry.Text) }

// SetText puts a text there; the person has not changed it then.
func (t *TextField) SetText(text string) {
	changed := t.entry.OnChanged
	t.entry.OnChanged = nil
	t.entry.SetText(text)
	t.entry.OnChanged = changed
	t.SetError(Sentence{})
	t.count()
	t.Keep()
}

// Write puts a text there as if the person had typed it.
func (t *TextField) Write(text string) { t.entry.SetText(text) }

// SetPlaceHolder shows a text as long as nothing was entered.
func (t *TextField) SetPlaceHolder(s Sentence) { t.entry.SetPlaceHolder(s.Text()) }

// Entry is the widget, for screens that want its keys.
func (t *TextField) Entry() *Entry { return t.entry }

func (t *TextField) left() {
	if t.rules.Tidy != nil && t.Text() != "" && t.wrong().Empty() {
		if tidy := t.rules.Tidy(t.Text()); tidy != t.entry.Text {
			t.entry.SetText(tidy)
		}
	}
	t.Left()
}

func (t *TextField) check() Sentence {
	if over := utf8.RuneCountInString(t.Text()) - t.rules.Max; t.rules.Max > 0 && over > 0 {
		return Say("field.toolong", "This is {{.Over}} letters too long: {{.Max}} at most.", "Over", over, "Max", t.rules.Max)
	}
	if t.rules.Check != nil {
		return t.rules.Check(t.Text())
	}
	return Sentence{}
}

// count says how many letters are left, in boxes always, in lines when it gets close.
func (t *TextField) count() {
	if t.rules.Max == 0 {
		return
	}
	left := t.rules.Max - utf8.RuneCountInString(t.Text())
	switch {
	case left < 0:
		t.SetNote(Say("field.over", "{{.Over}} letters too many", "Over", -left).Text())
	case t.entry.MultiLine || left <= t.rules.Max/10:
		t.SetNote(Say("field.left", "{{.Left}} of {{.Max}} letters left", "Left", left, "Max", t.rules.Max).Text())
	default:
		t.SetNote("")
	}
}

// ReasonDialog asks why, before something that needs a reason on record. do gets at least three letters.
func ReasonDialog(title, consequence, label Sentence, do func(reason string)) *Dialog {
	reason := NewTextField(FieldSpec{
		Name: "reason", Label: Say("reason.label", "Reason"), Required: true,
		Hint: Say("reason.hint", "It is kept with the record, and others can read it."),
	}, TextRules{Lines: 3, Max: 500, Check: longEnough})
	d := Confirm(title, consequence, label, nil)
	d.Body = reason.Object()
	d.First = reason.Focusable()
	d.Buttons[0].Stay = true
	d.Buttons[0].Do = func() {
		if !reason.Check() {
			d.layer.canvas.Focus(reason.Focusable())
			return
		}
		d.Close()
		do(reason.Text())
	}
	return d
}

func longEnough(text string) Sentence {
	if utf8.RuneCountInString(text) < 3 {
		return Say("reason.short", "Say why, in three letters or more.")
	}
	return Sentence{}
}

var _ fyne.Focusable = (*Entry)(nil)
