package kit_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"wardbook/ui/kit"
)

func option(label string) kit.Option[string] {
	return kit.Option[string]{Value: strings.ToLower(label), Label: say(label)}
}

func sexes(required bool) *kit.ChoiceField[string] {
	return kit.NewChoiceField(kit.FieldSpec{Name: "sex", Label: say("Sex"), Required: required},
		[]kit.Option[string]{option("Female"), option("Male"), option("Other"), option("Not known")})
}

func letters(c fyne.Canvas, text string) {
	for _, r := range text {
		c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyName(strings.ToUpper(string(r)))})
		c.Focused().TypedRune(r)
	}
}

// pause lets the letters of choices stand still in time, and gives what makes the next one come later.
func pause(t *testing.T) (later func()) {
	t.Helper()
	now := time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)
	t.Cleanup(kit.SetTypingClock(func() time.Time { return now }))
	return func() { now = now.Add(1100 * time.Millisecond) }
}

func TestAChoiceIsMadeByKeys(t *testing.T) {
	newApp(t)
	later := pause(t)
	sex := sexes(false)
	c := shown(t, kit.NewForm(1).Section(kit.Sentence{}, sex, line("name", false)), fyne.NewSize(500, 400))
	c.Focus(sex.Focusable())
	for _, step := range []struct {
		name string
		do   func()
		want string
	}{
		{"Down from nothing", func() { press(c, fyne.KeyDown) }, "female"},
		{"Down", func() { press(c, fyne.KeyDown) }, "male"},
		{"a letter", func() { letters(c, "o") }, "other"},
		{"another letter that leads nowhere", func() { letters(c, "n") }, "other"},
		{"after a pause it begins anew", func() { later(); letters(c, "n") }, "not known"},
		{"more letters narrow it down", func() { press(c, fyne.KeyHome); letters(c, "no") }, "not known"},
		{"Up", func() { press(c, fyne.KeyUp) }, "other"},
		{"End, Down", func() { press(c, fyne.KeyEnd, fyne.KeyDown) }, "not known"},
		{"the list, and Esc", func() { press(c, fyne.KeyEnter, fyne.KeyUp, fyne.KeyUp, fyne.KeyEscape) }, "not known"},
		{"the list, and Enter", func() { press(c, fyne.KeySpace, fyne.KeyUp, fyne.KeyUp, fyne.KeyEnter) }, "male"},
		{"the list, and a letter", func() { press(c, fyne.KeyF4); letters(c, "f"); press(c, fyne.KeyEnter) }, "female"},
		{"Delete empties", func() { press(c, fyne.KeyDelete) }, ""},
	} {
		step.do()
		if got, ok := sex.Value(); got != step.want || ok != (step.want != "") {
			t.Errorf("%s: %q, want %q", step.name, got, step.want)
		}
		if c.Focused() != sex.Focusable() {
			t.Fatalf("%s: the keyboard is elsewhere", step.name)
		}
	}
	press(c, fyne.KeyF4, fyne.KeyDown, fyne.KeyTab)
	if got, _ := sex.Value(); got != "male" || c.Focused() == sex.Focusable() {
		t.Errorf("Tab in the list: %q, and the keyboard stays %t", got, c.Focused() == sex.Focusable())
	}
}

// TestANameThatIsNotThereChoosesNobodyElse: its letters must not go on to somebody whose name begins with one of them.
func TestANameThatIsNotThereChoosesNobodyElse(t *testing.T) {
	newApp(t)
	for _, c := range []struct{ typed, want string }{
		{"smyth", "smith"}, {"smith young", "smith"}, {"xavier", ""}, {"xavier smith", ""}, {"hy", "hall"}, {"yo", "young"},
	} {
		t.Run(c.typed, func(t *testing.T) {
			pause(t)
			field := kit.NewChoiceField(kit.FieldSpec{Name: "x", Label: say("X")}, []kit.Option[string]{option("Hall"), option("Smith"), option("Young"), option("Thorpe")})
			on := shown(t, kit.NewForm(1).Section(kit.Sentence{}, field), fyne.NewSize(500, 400))
			on.Focus(field.Focusable())
			for _, r := range c.typed {
				if r == ' ' {
					press(on, fyne.KeySpace)
					continue
				}
				letters(on, string(r))
			}
			if got, _ := field.Value(); got != c.want {
				t.Errorf("%q leads to %q, want %q", c.typed, got, c.want)
			}
		})
	}
}

func TestTheSameLetterGoesOnToTheNext(t *testing.T) {
	newApp(t)
	pause(t)
	field := kit.NewChoiceField(kit.FieldSpec{Name: "x", Label: say("X")}, []kit.Option[string]{option("Swahili"), option("Arabic"), option("Spanish"), option("Swedish")})
	c := shown(t, kit.NewForm(1).Section(kit.Sentence{}, field), fyne.NewSize(500, 400))
	c.Focus(field.Focusable())
	var got []string
	for range 4 {
		letters(c, "s")
		value, _ := field.Value()
		got = append(got, value)
	}
	if want := []string{"swahili", "spanish", "swedish", "swahili"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	press(c, fyne.KeyHome)
	letters(c, "swe")
	if value, _ := field.Value(); value != "swedish" {
		t.Errorf("swe leads to %q", value)
	}
}

func TestAChoiceThatMustBeMadeCantBeEmptied(t *testing.T) {
	newApp(t)
	sex := sexes(true)
	c := shown(t, kit.NewForm(1).Section(kit.Sentence{}, sex), fyne.NewSize(500, 400))
	if sex.Check() {
		t.Error("nothing is chosen, and nothing was said")
	}
	c.Focus(sex.Focusable())
	press(c, fyne.KeyDown, fyne.KeyDelete, fyne.KeyBackspace)
	if got, _ := sex.Value(); got != "female" || !sex.Check() {
		t.Errorf("%q, %q", got, sex.Error().Text())
	}
	sex.SetValue("male")
	if sex.Changed() {
		t.Error("loading counts as a change")
	}
	sex.Choose("other")
	if !sex.Changed() {
		t.Error("choosing does not count as a change")
	}
}

func TestWindowKeysPassThroughEveryField(t *testing.T) {
	newApp(t)
	sex, tick := sexes(false), kit.NewCheckField(kit.FieldSpec{Name: "tick", Label: say("Tick")})
	roles := kit.NewManyField(kit.FieldSpec{Name: "roles", Label: say("Roles")}, []kit.Option[string]{option("Nurse"), option("Doctor")})
	date := kit.NewDateField(kit.FieldSpec{Name: "day", Label: say("Day")}, births(), false)
	secret := kit.NewPasswordField(kit.FieldSpec{Name: "password", Label: say("Password")}, nil, nil)
	form := kit.NewForm(1).Section(kit.Sentence{}, line("a", false), sex, tick, roles, date, secret)
	c := shown(t, form, fyne.NewSize(500, 900))
	got := map[fyne.KeyName]int{}
	c.SetOnTypedKey(func(e *fyne.KeyEvent) { got[e.Name]++ })
	defer func() {
		if got[fyne.KeyX]+got[fyne.KeySpace]+got[desktop.KeyShiftLeft] != 0 {
			t.Error("what is typed reached the window's keys")
		}
	}()
	first := form.Start()
	c.Focus(first)
	fields := 0
	for ; fields == 0 || c.Focused() != first; fields++ {
		press(c, fyne.KeyEscape, fyne.KeyF1, fyne.KeyF5, fyne.KeyX, desktop.KeyShiftLeft, fyne.KeyTab)
		if fields > 20 {
			t.Fatal("Tab does not come round")
		}
	}
	for _, key := range []fyne.KeyName{fyne.KeyEscape, fyne.KeyF1, fyne.KeyF5} {
		if got[key] != fields || fields != 8 {
			t.Errorf("%s reached the window from %d of %d places", key, got[key], fields)
		}
	}
}

func TestManyAreTickedByKeys(t *testing.T) {
	newApp(t)
	roles := kit.NewManyField(kit.FieldSpec{Name: "roles", Label: say("Roles"), Required: true},
		[]kit.Option[string]{option("Nurse"), option("Doctor"), option("Desk")})
	c := shown(t, kit.NewForm(1).Section(kit.Sentence{}, roles), fyne.NewSize(500, 400))
	if roles.Check() {
		t.Error("nothing is ticked, and nothing was said")
	}
	c.Focus(roles.Focusable())
	press(c, fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeySpace, fyne.KeyDown, fyne.KeyUp, fyne.KeySpace)
	if got := roles.Values(); !slices.Equal(got, []string{"nurse", "doctor", "desk"}) || !roles.Check() {
		t.Errorf("ticked %v", got)
	}
	roles.SetValues("desk")
	if got := roles.Values(); !slices.Equal(got, []string{"desk"}) || roles.Changed() {
		t.Errorf("loaded %v, changed %t", got, roles.Changed())
	}
}

func TestAPasswordCanBeShownByKeysAndIsJudged(t *testing.T) {
	newApp(t)
	field := kit.NewPasswordField(kit.FieldSpec{Name: "password", Label: say("Password")}, nil,
		func(p string) (int, kit.Sentence) { return len(p) / 4, say("Add a word.") })
	c := shown(t, kit.NewForm(1).Section(kit.Sentence{}, field), fyne.NewSize(500, 400))
	c.Focus(field.Focusable())
	entry := field.Focusable().(*kit.Entry)
	field.Write("two spaces  ")
	if !entry.Password || field.Text() != "two spaces  " || !reads(c, "Good. Add a word.") {
		t.Errorf("hidden %t, text %q", entry.Password, field.Text())
	}
	press(c, fyne.KeyTab, fyne.KeyEnter)
	if entry.Password || label(c) != "Hide" {
		t.Errorf("hidden %t, button %q", entry.Password, label(c))
	}
	if field.Clear(); !entry.Password || field.Text() != "" {
		t.Error("cleared, and the next one would be shown")
	}
}

// TestASpaceInsideANameIsTyped: 'United Kingdom' and 'South Africa' can be typed as they are written; a space alone still opens the list.
func TestASpaceInsideANameIsTyped(t *testing.T) {
	newApp(t)
	field := kit.NewChoiceField(kit.FieldSpec{Name: "x", Label: say("X")}, []kit.Option[string]{option("Kazakhstan"), option("United Arab Emirates"), option("United Kingdom"), option("Uganda")})
	c := shown(t, kit.NewForm(1).Section(kit.Sentence{}, field), fyne.NewSize(500, 400))
	c.Focus(field.Focusable())
	letters(c, "united")
	press(c, fyne.KeySpace, desktop.KeyShiftLeft)
	letters(c, "K")
	if value, _ := field.Value(); value != "united kingdom" || c.Overlays().Top() != nil {
		t.Errorf("'united k' leads to %q, list open: %t", value, c.Overlays().Top() != nil)
	}
	press(c, fyne.KeyHome, fyne.KeySpace)
	if c.Overlays().Top() == nil {
		t.Error("a space alone does not open the list")
	}
}
