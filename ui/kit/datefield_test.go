package kit_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"wardbook/app/term"
	"wardbook/ui/kit"
)

// born is a form that asks for a date of birth, which has the keyboard.
func born(t *testing.T) (fyne.Canvas, *kit.DateField, *kit.Entry) {
	t.Helper()
	newApp(t)
	field := kit.NewDateField(kit.FieldSpec{Name: "birth", Label: say("Date of birth"), Required: true}, births(), true)
	c := shown(t, kit.NewForm(1).Section(kit.Sentence{}, field, line("name", false)), fyne.NewSize(600, 500))
	c.Focus(field.Focusable())
	return c, field, field.Focusable().(*kit.Entry)
}

func reads(c fyne.Canvas, text string) bool {
	return strings.Contains(test.RenderObjectToMarkup(c.Content()), ">"+text+"<")
}

func TestADateIsShownUnambiguousAtOnce(t *testing.T) {
	c, field, entry := born(t)
	entry.SetText("3/2/71")
	if !reads(c, "3 Feb 1971, 55 years") || field.Date() != (term.Date{Year: 1971, Month: 2, Day: 3}) {
		t.Errorf("understood %v; the window does not say so", field.Date())
	}
	press(c, fyne.KeyTab)
	if entry.Text != "3 Feb 1971" || !field.Check() {
		t.Errorf("after leaving: %q, %q", entry.Text, field.Error().Text())
	}
}

func TestAWrongDateIsRefusedWhenLeavingAndKept(t *testing.T) {
	c, field, entry := born(t)
	entry.SetText("31/2/71")
	if !field.Error().Empty() {
		t.Error("refused while typing")
	}
	press(c, fyne.KeyTab)
	if entry.Text != "31/2/71" || !strings.Contains(field.Error().Text(), "no 31 Feb 1971") || !field.Date().IsZero() {
		t.Errorf("%q, %q, %v", entry.Text, field.Error().Text(), field.Date())
	}
	entry.SetText("28/2/71")
	if !field.Error().Empty() {
		t.Error("still refused after it was put right")
	}
}

func TestAnAgeIsAnEstimateAndStaysAsItWasSaid(t *testing.T) {
	c, field, entry := born(t)
	entry.SetText("about 40 years")
	press(c, fyne.KeyTab)
	if b := field.Birth(); !b.Estimated || b.Date.AgeAt(today) != 40 || entry.Text != "about 40 years" {
		t.Errorf("%v from %q", b, entry.Text)
	}
	if !reads(c, "about 1986, about 40 years") {
		t.Error("the window does not say that it is an estimate")
	}
	entry.SetText("unknown")
	if !field.Birth().Unknown || !field.Check() {
		t.Error("unknown is no answer")
	}
}

func TestALoadedDateIsNoChangeAndStaysWhatItIs(t *testing.T) {
	c, field, entry := born(t)
	for _, b := range []term.Birth{{Date: term.Date{Year: 1971, Month: 2, Day: 3}}, {Date: term.Date{Year: 1986, Month: 5, Day: 24}, Estimated: true}, {Unknown: true}, {}} {
		field.SetBirth(b)
		c.Focus(entry)
		press(c, fyne.KeyTab)
		if field.Changed() || field.Birth() != b {
			t.Errorf("%v became %v from %q", b, field.Birth(), entry.Text)
		}
	}
}

func TestTheCalendarWorksByKeyboard(t *testing.T) {
	c, field, entry := born(t)
	entry.SetText("3/2/1971")
	shift := func(keys ...fyne.KeyName) {
		c.Focused().(desktop.Keyable).KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
		press(c, keys...)
		c.Focused().(desktop.Keyable).KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	}
	press(c, fyne.KeyF4)
	shift(fyne.KeyPageDown, fyne.KeyPageDown)                              // 3 Feb 1973
	press(c, fyne.KeyPageDown, fyne.KeyDown, fyne.KeyRight, fyne.KeyEnter) // 11 Mar 1973
	if got := field.Date().String(); got != "1973-03-11" || c.Focused() != entry {
		t.Errorf("picked %s", got)
	}
	entry.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt})
	press(c, fyne.KeyPageUp, fyne.KeyEscape)
	if got := field.Date().String(); got != "1973-03-11" || c.Focused() != entry {
		t.Errorf("Esc picked %s", got)
	}
	press(c, fyne.KeyF4, fyne.KeyT, fyne.KeyDown, fyne.KeyPageDown, fyne.KeyEnter)
	if got := field.Date(); got != today {
		t.Errorf("picked %v, which is after the latest day", got)
	}
}

// 31 January and a month is the end of February, never March.
func TestAMonthLaterIsNeverAMonthTooFar(t *testing.T) {
	c, field, entry := born(t)
	entry.SetText("31/1/1971")
	press(c, fyne.KeyF4, fyne.KeyPageDown, fyne.KeyEnter)
	if got := field.Date(); got.Month != time.February || got.Day != 28 {
		t.Errorf("picked %v", got)
	}
}
