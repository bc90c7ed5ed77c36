package admin

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/ui/kit"
)

var people = kit.Route{Place: PlacePeople}

func TestAPersonIsAddedByKeyboardAndThePasswordIsShownOnce(t *testing.T) {
	h := opened(t)
	s := onStage(t, h, access.Administrator, people)
	s.ctrl(fyne.KeyN)
	s.enter("Dr Ann Smith")
	s.press(fyne.KeyTab)
	s.wantSeen("ann.smith")
	s.tabTo("Doctor: reads every patient, orders, prescribes, signs")
	if strings.Contains(s.seen(), "Speciality") {
		t.Error("a speciality is asked of somebody who is no doctor")
	}
	s.press(fyne.KeySpace, fyne.KeyTab, fyne.KeyTab) // over the last role
	s.enter("Surgery")
	s.ctrl(fyne.KeyS)
	s.wantSeen("Dr Ann Smith can sign in", "shown only now", "has to be changed at the first sign-in", "ann.smith")
	s.press(fyne.KeyReturn, fyne.KeyReturn) // pressed twice at saving
	s.wantSeen("shown only now")
	s.tabTo("Print sheet")
	s.press(fyne.KeyReturn)
	s.wantSeen("The document is open")
	password := ""
	for _, line := range strings.Split(s.seen(), "\n") {
		if strings.Count(line, "-") == 4 {
			password = line
		}
	}
	if err := h.Keys.Verify("ann.smith", password); err != nil {
		t.Errorf("the password that is shown (%q) is not the one: %v", password, err)
	}
	s.tabTo("I have passed it on")
	s.press(fyne.KeyReturn)
	s.wantSeen("Must set a new password", "Surgery", "Account added")
	if strings.Contains(s.seen(), password) {
		t.Error("the password is still to be seen")
	}
	if s.screen.Unsaved() {
		t.Error("what was saved counts as unsaved")
	}
}

func TestATakenSignInNameIsSaidOnItsField(t *testing.T) {
	h := opened(t)
	s := onStage(t, h, access.Administrator, kit.Route{Place: PlacePeople, Page: pageNew})
	s.enter("Flora Second")
	s.press(fyne.KeyTab)
	s.enter(accesstest.SignIn(access.FrontDesk))
	s.tabTo("Doctor: reads every patient, orders, prescribes, signs")
	s.press(fyne.KeySpace)
	s.ctrl(fyne.KeyS)
	screen := s.screen.(*accountScreen)
	if screen.signIn.Error().Empty() || s.window.Canvas().Focused() != screen.signIn.Focusable() {
		t.Errorf("said %q; the keyboard is on %T", screen.signIn.Error().Text(), s.window.Canvas().Focused())
	}
	if !s.screen.Unsaved() {
		t.Error("leaving would not ask")
	}
}

func TestDeactivatingByKeyboardNamesThePersonAndBeginsNowhereDangerous(t *testing.T) {
	h := opened(t)
	s := onStage(t, h, access.Administrator, people)
	s.enter("flora")
	s.wantSeen("1 of 5")
	s.press(fyne.KeyDown, fyne.KeyReturn)
	s.wantSeen("flora.desk", "Front desk")
	s.tabTo("Deactivate")
	s.press(fyne.KeyReturn)
	s.wantSeen("Deactivate Flora Desk?", "new master key", "wrote stays, with the name", "stay readable")
	s.press(fyne.KeyReturn) // in the field of the reason: does nothing dangerous
	if !h.Keys.Has("flora.desk") {
		t.Fatal("Enter at once deactivated")
	}
	s.enter("moved away")
	s.tabTo("Deactivate Flora Desk")
	s.press(fyne.KeyReturn)
	s.wantSeen("Deactivated", "moved away", "Reactivate")
	if h.Keys.Has("flora.desk") || !slices.Contains(s.told, "Flora Desk is deactivated.") {
		t.Errorf("key there: %t; told %q", h.Keys.Has("flora.desk"), s.told)
	}
}

func TestOnesOwnAccountIsNotEndedHere(t *testing.T) {
	h := opened(t)
	s := onStage(t, h, access.Administrator, kit.Route{Place: PlacePeople, Page: pageOne, ID: h.People[access.Administrator].String()})
	s.wantSeen("This is your own account")
	for _, c := range s.screen.Commands() {
		if c.Name.Key == "people.deactivate" || c.Name.Key == "people.reset" {
			t.Errorf("%q is offered", c.Name.Text())
		}
	}
}

func TestAShortOneTimePasswordIsRefusedInTheDialog(t *testing.T) {
	h := opened(t)
	s := onStage(t, h, access.Administrator, kit.Route{Place: PlacePeople, Page: pageOne, ID: h.People[access.Doctor].String()})
	s.tabTo("Give a one-time password")
	s.press(fyne.KeyReturn)
	s.enter("too short")
	s.press(fyne.KeyReturn)
	s.wantSeen("A password has at least 15 characters")
	s.enter(onetime)
	s.press(fyne.KeyReturn)
	s.wantSeen("Dr Dora Doctor can sign in", onetime)
	s.press(fyne.KeyEscape)
	s.wantSeen("One-time password given")
	if err := h.Keys.Verify(accesstest.SignIn(access.Doctor), onetime); err != nil {
		t.Error(err)
	}
}

func TestTheWayBackLeadsToTheSameFilterAndRow(t *testing.T) {
	h := opened(t)
	s := onStage(t, h, access.Administrator, people)
	s.enter("o")
	s.press(fyne.KeyDown, fyne.KeyDown)
	before := s.screen.(*rosterScreen)
	row, chosen := before.table.Selected()
	s.press(fyne.KeyReturn)
	s.press(fyne.KeyEscape)
	after := s.screen.(*rosterScreen)
	again, still := after.table.Selected()
	if !chosen || !still || again.ID != row.ID || after.filter.Text != "o" || s.window.Canvas().Focused() != after.table {
		t.Errorf("row %v %t, filter %q, keyboard on %T", again.Value.Name, still, after.filter.Text, s.window.Canvas().Focused())
	}
}

func TestNobodyFitsTheFilter(t *testing.T) {
	h := opened(t)
	s := onStage(t, h, access.Administrator, people)
	s.enter("zzz")
	s.wantSeen("Nobody fits the filter")
	s.tabTo("Show everybody")
	s.press(fyne.KeyReturn)
	s.wantSeen("5 of 5", "Flora Desk")
}

// TestTwoAdministratorsChangeOnePerson: the second sees both values and chooses; nothing of the first is lost unseen.
func TestTwoAdministratorsChangeOnePerson(t *testing.T) {
	h := opened(t)
	id := h.People[access.FrontDesk]
	s := onStage(t, h, access.Administrator, kit.Route{Place: PlacePeople, Page: pageEdit, ID: id.String()})
	s.enter("Flora Mine")
	other := h.As(access.Everybody)
	row := form(t, other, id).stored
	theirs := row.Value
	theirs.Name, theirs.Email = "Flora Theirs", "flora@example.org"
	if err := access.ChangeUser(t.Context(), other, uuid.New(), id, row.Version, theirs); err != nil {
		t.Fatal(err)
	}
	s.screen.Refresh() // the shell tells of the change
	s.settle()
	s.wantSeen("Flora Mine")
	s.ctrl(fyne.KeyS)
	s.wantSeen("Somebody else changed this account too", "Flora Mine", "Flora Theirs", "Olga Allroles")
	s.press(fyne.KeyLeft) // mine
	s.tabTo("Save what is chosen")
	s.press(fyne.KeyReturn)
	got := form(t, other, id).stored.Value
	if got.Name != "Flora Mine" || got.Email != "flora@example.org" {
		t.Errorf("stored: %q, %q", got.Name, got.Email)
	}
}

func TestSavingWithoutAChangeWritesNothing(t *testing.T) {
	h := opened(t)
	id := h.People[access.FrontDesk]
	s := onStage(t, h, access.Administrator, kit.Route{Place: PlacePeople, Page: pageOne, ID: id.String()})
	s.ctrl(fyne.KeyE)
	s.ctrl(fyne.KeyS)
	if got := form(t, s.desk.Session, id).stored.Version; got != 1 || s.route.Page != pageOne {
		t.Errorf("version %d, on page %q", got, s.route.Page)
	}
}

func TestGivingUpTheOwnRoleIsAsked(t *testing.T) {
	h := opened(t)
	id := h.People[access.Administrator]
	s := onStage(t, h, access.Administrator, kit.Route{Place: PlacePeople, Page: pageEdit, ID: id.String()})
	s.tabTo("Front desk: who patients are, appointments, beds; nothing clinical")
	s.press(fyne.KeySpace)
	s.tabTo("Administrator: people, settings, audit; nothing clinical")
	s.press(fyne.KeySpace)
	s.ctrl(fyne.KeyS)
	s.wantSeen("Give up your own administrator's role?")
	s.press(fyne.KeyReturn) // the keyboard is on Cancel
	if !form(t, s.desk.Session, id).stored.Value.Roles.Has(access.Administrator) {
		t.Error("given up without a word")
	}
	if s.screen.(*accountScreen).save.Busy() {
		t.Error("Save can't be pressed any more")
	}
}
