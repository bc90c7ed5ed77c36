package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"wardbook/ui/kit"
)

// at is the middle of the first text that reads so, in what lies on top of the window.
func at(t *testing.T, c fyne.Canvas, text string) fyne.Position {
	t.Helper()
	top := c.Content()
	if overlay := c.Overlays().Top(); overlay != nil {
		top = overlay
	}
	for _, object := range writings(top) {
		if object.text == text {
			return fyne.CurrentApp().Driver().AbsolutePositionForObject(object.at).AddXY(object.at.Size().Width/2, object.at.Size().Height/2)
		}
	}
	t.Fatalf("%q is not on the window", text)
	return fyne.Position{}
}

func TestADayIsPickedByMouseAndAClickBesideLeaves(t *testing.T) {
	c, field, entry := born(t)
	entry.SetText("3/2/1971")
	press(c, fyne.KeyF4)
	test.TapCanvas(c, at(t, c, "»"))
	test.TapCanvas(c, at(t, c, "›"))
	test.TapCanvas(c, at(t, c, "17"))
	if got := field.Date().String(); got != "1972-03-17" || c.Overlays().Top() != nil {
		t.Errorf("picked %s", got)
	}
	press(c, fyne.KeyF4)
	test.TapCanvas(c, fyne.NewPos(590, 490))
	if c.Overlays().Top() != nil || c.Focused() != entry {
		t.Error("a click beside the calendar does not close it")
	}
}

func TestAChoiceIsMadeByMouse(t *testing.T) {
	newApp(t)
	sex := sexes(true)
	c := shown(t, kit.NewForm(1).Section(kit.Sentence{}, sex), fyne.NewSize(500, 400))
	test.TapCanvas(c, at(t, c, "Choose"))
	test.TapCanvas(c, at(t, c, "Other"))
	if got, _ := sex.Value(); got != "other" || c.Focused() != sex.Focusable() {
		t.Errorf("chose %q", got)
	}
}

// A person who looks something up in another window and comes back must not lose what is typed to the next letter.
func TestComingInByKeyMarksTheTextButComingBackToTheWindowDoesNot(t *testing.T) {
	newApp(t)
	first, second := line("a", false), line("b", false)
	first.SetText("Ann")
	c := shown(t, kit.NewForm(1).Section(kit.Sentence{}, first, second), fyne.NewSize(500, 400))
	entry := first.Entry()
	c.Focus(entry)
	if entry.SelectedText() != "Ann" {
		t.Errorf("coming in marked %q", entry.SelectedText())
	}
	press(c, fyne.KeyEnd, fyne.KeyLeft)
	entry.FocusLost() // as Fyne says it when the window goes to the back, and comes to the front
	entry.FocusGained()
	if entry.SelectedText() != "" {
		t.Errorf("coming back to the window marked %q", entry.SelectedText())
	}
	if entry.CursorColumn != 2 {
		t.Errorf("coming back to the window put the cursor at %d, and it was at 2", entry.CursorColumn)
	}
	kit.Confirm(say("Sure?"), say("Really."), say("Do it"), nil).Open(c, nil)
	press(c, fyne.KeyEscape)
	if c.Focused() != entry || entry.SelectedText() != "" {
		t.Errorf("coming back from a dialog marked %q", entry.SelectedText())
	}
	press(c, fyne.KeyTab)
	c.Focus(entry)
	if entry.SelectedText() != "Ann" {
		t.Errorf("coming in again marked %q", entry.SelectedText())
	}
	c.Focus(second.Focusable())
	entry.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
	if entry.SelectedText() != "" {
		t.Errorf("a click marked %q", entry.SelectedText())
	}
}

func TestAFieldAtRestTakesNothing(t *testing.T) {
	newApp(t)
	name, sex := line("a", false), sexes(false)
	date := kit.NewDateField(kit.FieldSpec{Name: "day", Label: say("Day")}, births(), false)
	roles := kit.NewManyField(kit.FieldSpec{Name: "roles", Label: say("Roles")}, []kit.Option[string]{option("Nurse")})
	form := kit.NewForm(1).Section(kit.Sentence{}, name, sex, date, roles)
	c := shown(t, form, fyne.NewSize(500, 500))
	form.Enable(false)
	for range 5 {
		if press(c, fyne.KeyTab); c.Focused() != nil {
			t.Fatalf("Tab leads to %T, which is at rest", c.Focused())
		}
	}
	date.OpenCalendar()
	sex.Choose("male")
	if _, ok := sex.Value(); ok || c.Overlays().Top() != nil {
		t.Error("a field at rest was changed")
	}
	form.Enable(true)
	if press(c, fyne.KeyTab); c.Focused() != name.Focusable() {
		t.Error("a field that is no longer at rest can't be reached")
	}
}

func TestTheSaveButtonSavesOnlyWhatIsRight(t *testing.T) {
	newApp(t)
	name := line("a", true)
	form := kit.NewForm(1).Section(kit.Sentence{}, name)
	saves := 0
	button := form.SaveButton(say("Save"), say("Saving"), func() { saves++ })
	c := shown(t, form, fyne.NewSize(500, 400))
	c.Focus(name.Focusable())
	if press(c, fyne.KeyEnter); saves != 0 || button.Busy() {
		t.Errorf("saved %d times what is wrong, busy %t", saves, button.Busy())
	}
	name.Write("Ann")
	if press(c, fyne.KeyEnter, fyne.KeyEnter); saves != 1 || !button.Busy() {
		t.Errorf("saved %d times, busy %t", saves, button.Busy())
	}
}
