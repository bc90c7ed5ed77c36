package kit_test

import (
	"maps"
	"testing"

	"fyne.io/fyne/v2"

	"wardbook/ui/kit"
)

func twoPeople() *kit.Conflict {
	return kit.NewConflict("Bob Miller, 14:05", []kit.Difference{
		{Name: "same", Label: say("Town"), Yours: "Berlin", Theirs: "Berlin", Base: "Bonn", HasBase: true},
		{Name: "both", Label: say("Family name"), Yours: "Smith", Theirs: "Smyth", Base: "Smit", HasBase: true},
		{Name: "mine", Label: say("Phone"), Yours: "030 1", Theirs: "030 0", Base: "030 0", HasBase: true},
		{Name: "theirs", Label: say("E-mail"), Yours: "", Theirs: "a@b.example", HasBase: true},
		{Name: "unknown", Label: say("Note"), Yours: "x", Theirs: "y"},
	})
}

func TestOnlyWhatBothChangedMustBeDecided(t *testing.T) {
	newApp(t)
	want := map[string]kit.Side{"both": kit.Undecided, "mine": kit.Yours, "theirs": kit.Theirs, "unknown": kit.Undecided}
	if got := twoPeople().Chosen(); !maps.Equal(got, want) {
		t.Errorf("proposed %v, want %v", got, want)
	}
	same := kit.NewConflict("", []kit.Difference{{Name: "a", Yours: "x", Theirs: "x"}})
	if !same.Agreed() || same.Start() != nil || !same.Check() {
		t.Error("there is nothing to decide, and it is asked")
	}
}

func TestAConflictIsDecidedByKeys(t *testing.T) {
	c, _ := desk(t)
	conflict := twoPeople()
	var got map[string]kit.Side
	d := conflict.Dialog(say("Bob Miller changed this patient too"), say("Choose whose value stays."), func(m map[string]kit.Side) { got = m })
	d.Open(c, nil)
	if c.Focused() != conflict.Start() {
		t.Fatalf("the keyboard is on %T", c.Focused())
	}
	press(c, fyne.KeyRight, fyne.KeyEnter) // the family name is theirs; the note is not decided
	if !d.Opened() || got != nil {
		t.Fatal("taken with one field undecided")
	}
	press(c, fyne.KeySpace, fyne.KeyUp, fyne.KeyLeft) // Check led to the note: yours; the e-mail: yours
	press(c, fyne.KeyEnter)
	want := map[string]kit.Side{"both": kit.Theirs, "mine": kit.Yours, "theirs": kit.Yours, "unknown": kit.Yours}
	if d.Opened() || !maps.Equal(got, want) {
		t.Errorf("open %t, got %v, want %v", d.Opened(), got, want)
	}
}

func TestLeavingAConflictDecidesNothing(t *testing.T) {
	c, _ := desk(t)
	d := twoPeople().Dialog(say("Two"), say("Choose."), func(map[string]kit.Side) { t.Error("decided") })
	d.Open(c, nil)
	if press(c, fyne.KeyRight, fyne.KeyEscape); d.Opened() {
		t.Error("Esc does not leave")
	}
}
