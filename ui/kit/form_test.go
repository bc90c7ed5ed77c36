package kit_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"wardbook/ui/kit"
)

func line(name string, required bool) *kit.TextField {
	return kit.NewTextField(kit.FieldSpec{Name: name, Label: say(strings.ToUpper(name)), Required: required}, kit.TextRules{Max: 20,
		Check: func(text string) kit.Sentence {
			if strings.ContainsAny(text, "0123456789") {
				return say("A name has no digits.")
			}
			return kit.Sentence{}
		}})
}

// shown puts a form on a window of its own.
func shown(t *testing.T, form *kit.Form, size fyne.Size) fyne.Canvas {
	t.Helper()
	window := test.NewTempWindow(t, form.Scrolled())
	window.Resize(size)
	return window.Canvas()
}

func TestSavingLeadsToTheFirstWrongField(t *testing.T) {
	newApp(t)
	form := kit.NewForm(1)
	var fields []*kit.TextField
	for i := range 30 {
		field := line("field"+string(rune('a'+i)), i == 25 || i == 28)
		fields = append(fields, field)
		form.Section(kit.Sentence{}, field)
	}
	c := shown(t, form, fyne.NewSize(400, 300))
	if form.Check() {
		t.Fatal("two required fields are empty, and nothing was said")
	}
	if c.Focused() != fields[25].Focusable() {
		t.Error("the keyboard is not on the first wrong field")
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(fields[25].Object())
	if at.Y < 0 || at.Y > 300-fields[25].Object().Size().Height {
		t.Errorf("the wrong field is out of view, at %.0f", at.Y)
	}
	fields[25].Write("x")
	fields[28].Write("y")
	if !form.Check() || !fields[25].Error().Empty() {
		t.Error("right fields are refused")
	}
}

func TestTabLeadsThroughTheFieldsInReadingOrderAndIntoView(t *testing.T) {
	newApp(t)
	form := kit.NewForm(2)
	var fields []*kit.TextField
	for i := range 20 {
		fields = append(fields, line("field"+string(rune('a'+i)), false))
		form.Section(kit.Sentence{}, fields[i])
	}
	c := shown(t, form, fyne.NewSize(900, 300))
	for i, field := range fields {
		press(c, fyne.KeyTab)
		if c.Focused() != field.Focusable() {
			t.Fatalf("Tab %d led elsewhere", i+1)
		}
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(field.Object())
		if at.Y < 0 || at.Y+field.Object().Size().Height > 300 {
			t.Errorf("field %d is out of view, at %.0f", i, at.Y)
		}
		if left := at.X < 450; left != (i%2 == 0) {
			t.Errorf("field %d stands at %.0f", i, at.X)
		}
	}
}

func TestAFieldThatGrowsStaysInView(t *testing.T) {
	newApp(t)
	form := kit.NewForm(1)
	var fields []*kit.TextField
	for i := range 12 {
		fields = append(fields, line("field"+string(rune('a'+i)), false))
		form.Section(kit.Sentence{}, fields[i])
	}
	c := shown(t, form, fyne.NewSize(400, 300))
	field := fields[8]
	c.Focus(field.Focusable())
	field.SetError(say(strings.Repeat("What is wrong here takes several lines to say. ", 6)))
	form.Object().Refresh() // the window's own next frame
	form.Object().Resize(form.Object().MinSize().Max(form.Object().Size()))
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(field.Object())
	if at.Y < 0 || at.Y+field.Object().Size().Height > 300 {
		t.Errorf("from %.0f to %.0f of 300", at.Y, at.Y+field.Object().Size().Height)
	}
}

func TestTwoColumnsBecomeOneInANarrowWindow(t *testing.T) {
	newApp(t)
	a, b := line("a", false), line("b", false)
	shown(t, kit.NewForm(2).Section(kit.Sentence{}, a, b), fyne.NewSize(380, 300))
	if a.Object().Position().X != b.Object().Position().X || a.Object().Position().Y >= b.Object().Position().Y {
		t.Errorf("a at %v, b at %v", a.Object().Position(), b.Object().Position())
	}
}

func TestAFieldIsCheckedWhenThePersonLeavesIt(t *testing.T) {
	newApp(t)
	first, second := line("a", true), line("b", false)
	c := shown(t, kit.NewForm(1).Section(kit.Sentence{}, first, second), fyne.NewSize(400, 300))
	c.Focus(first.Focusable())
	press(c, fyne.KeyTab)
	if !first.Error().Empty() {
		t.Error("a field that was only passed through is called wrong")
	}
	c.Focus(first.Focusable())
	first.Write("Ann 2")
	if !first.Error().Empty() {
		t.Error("called wrong while the person is still typing")
	}
	press(c, fyne.KeyTab)
	if first.Error().Text() != "A name has no digits." {
		t.Errorf("said %q", first.Error().Text())
	}
	first.Write("Ann")
	if !first.Error().Empty() {
		t.Error("still called wrong after it was put right")
	}
	first.Write(strings.Repeat("n", 23))
	if first.Check() || !strings.Contains(first.Error().Text(), "3 letters too long") || len(first.Text()) != 23 {
		t.Errorf("of 23 letters: %q, kept %d", first.Error().Text(), len(first.Text()))
	}
}

func TestErrorsOfTheHospitalStandAtTheirFields(t *testing.T) {
	newApp(t)
	a, b := line("a", false), line("b", false)
	form := kit.NewForm(1).Section(say("Names"), a, b)
	c := shown(t, form, fyne.NewSize(400, 300))
	form.Errors([]string{"b", "elsewhere"}, say("Somebody has this name."))
	if b.Error().Empty() || !a.Error().Empty() || c.Focused() != b.Focusable() {
		t.Error("the refusal is not shown at its field")
	}
	form.Errors(nil, say("The disk is full."))
	if !strings.Contains(test.RenderObjectToMarkup(c.Content()), "The disk is full.") {
		t.Error("a refusal about no field is not shown")
	}
	a.Write("x")
	if strings.Contains(test.RenderObjectToMarkup(c.Content()), "The disk is full.") {
		t.Error("an old refusal stays while the person goes on")
	}
}

func TestAFormKnowsWhetherAnythingWasChanged(t *testing.T) {
	newApp(t)
	a := line("a", false)
	form := kit.NewForm(1).Section(kit.Sentence{}, a)
	changes := 0
	form.OnChange = func() { changes++ }
	a.SetText("Ann")
	if form.Dirty() || changes != 0 {
		t.Error("loading counts as a change")
	}
	a.Write("Anna")
	if !form.Dirty() || changes != 1 {
		t.Error("typing does not count as a change")
	}
	a.Write("Ann")
	if form.Dirty() {
		t.Error("typed back, and still a change")
	}
	a.Write("Bo")
	if form.Keep(); form.Dirty() {
		t.Error("saved, and still a change")
	}
}

func TestEnterInALineSubmitsAndEscIsLeftToTheScreen(t *testing.T) {
	newApp(t)
	a := line("a", false)
	box := kit.NewTextField(kit.FieldSpec{Name: "box", Label: say("Box")}, kit.TextRules{Lines: 3})
	form := kit.NewForm(1).Section(kit.Sentence{}, a, box)
	submitted, left := 0, 0
	form.OnSubmit = func() { submitted++ }
	c := shown(t, form, fyne.NewSize(400, 300))
	c.SetOnTypedKey(func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape {
			left++
		}
	})
	c.Focus(a.Focusable())
	press(c, fyne.KeyReturn, fyne.KeyEscape)
	c.Focus(box.Focusable())
	press(c, fyne.KeyReturn, fyne.KeyEscape)
	if submitted != 1 || left != 2 || box.Entry().Text != "\n" {
		t.Errorf("submitted %d, left %d, box %q; want 1, 2 and a new line", submitted, left, box.Entry().Text)
	}
	box.Entry().TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault})
	if submitted != 2 {
		t.Error("Ctrl+Enter in a box does not submit")
	}
}

func TestAButtonAtWorkCantBePressedTwice(t *testing.T) {
	newApp(t)
	saves := 0
	b := kit.NewBusyButton(say("Save"), say("Saving"), func() { saves++ })
	c := test.NewTempWindow(t, b).Canvas()
	before := b.MinSize()
	c.Focus(b)
	press(c, fyne.KeyEnter, fyne.KeySpace)
	test.Tap(b)
	b.Press()
	if saves != 1 || !b.Busy() || b.Text != "Saving" || b.MinSize() != before {
		t.Errorf("saves %d, busy %t, text %q, %v was %v", saves, b.Busy(), b.Text, b.MinSize(), before)
	}
	b.Done()
	c.Focus(b) // the click on what was at rest took the keyboard away
	press(c, fyne.KeyEnter)
	if saves != 2 {
		t.Error("can't be pressed again after it is done")
	}
}
