package admin

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/house"
	"wardbook/app/report"
	"wardbook/ui/kit"
)

// all are the routes of this package.
func all(person string) []kit.Route {
	return []kit.Route{people, {Place: PlacePeople, Page: pageNew}, {Place: PlacePeople, Page: pageEdit, ID: person}, {Place: PlacePeople, Page: pageOne, ID: person},
		{Place: PlacePolicy}, {Place: PlacePolicy, Page: pageRules}, {Place: PlacePolicy, Page: pageEdit},
		{Place: PlaceHouse}, {Place: PlaceHouse, Page: pageEdit}, {Place: PlaceReasons}}
}

// TestEveryWidgetIsReachedByTab: whatever can have the keyboard gets it from Tab, on every screen.
func TestEveryWidgetIsReachedByTab(t *testing.T) {
	h := opened(t)
	for _, r := range all(h.People[access.Doctor].String()) {
		s := onStage(t, h, access.Administrator, r)
		missing := map[fyne.Focusable]bool{}
		for _, object := range visible(s.window.Content()) {
			if f, ok := object.(fyne.Focusable); ok && able(object) {
				missing[f] = true
			}
		}
		if len(missing) == 0 {
			t.Errorf("%v: nothing can have the keyboard", r)
		}
		for range 3 * len(missing) {
			s.window.Canvas().FocusNext()
			delete(missing, s.window.Canvas().Focused())
		}
		for f := range missing {
			t.Errorf("%v: Tab never comes to a %T", r, f)
		}
	}
}

// able tells whether an object can have the keyboard at all.
func able(object fyne.CanvasObject) bool {
	d, ok := object.(fyne.Disableable)
	return !ok || !d.Disabled()
}

func TestEveryScreenHasATitleAndAKeyForWhatItIsFor(t *testing.T) {
	h := opened(t)
	for _, r := range all(h.People[access.Doctor].String()) {
		s := onStage(t, h, access.Administrator, r)
		if s.screen.Title().Empty() || len(s.screen.Commands()) == 0 {
			t.Errorf("%v: title %q, %d commands", r, s.screen.Title().Text(), len(s.screen.Commands()))
		}
		if s.screen.Unsaved() {
			t.Errorf("%v: something counts as unsaved before anything was typed", r)
		}
		keys := map[string]bool{}
		for _, c := range s.screen.Commands() {
			if c.Key != "" {
				key := string(c.Key) + string(rune('0'+c.Modifier))
				if keys[key] {
					t.Errorf("%v: two commands have the key %s", r, c.Key)
				}
				keys[key] = true
			}
		}
		s.screen.Refresh()
		s.settle()
	}
}

func TestOtherRolesAreRefusedInWords(t *testing.T) {
	h := opened(t)
	id := h.People[access.Doctor].String()
	for _, role := range outsiders() {
		for _, r := range []kit.Route{people, {Place: PlacePeople, Page: pageNew}, {Place: PlacePeople, Page: pageEdit, ID: id},
			{Place: PlacePeople, Page: pageOne, ID: id}, {Place: PlaceReasons}} {
			onStage(t, h, role, r).wantSeen("Your role does not allow this")
		}
	}
}

func TestEverybodyReadsThePolicyAndOthersAreNotOfferedToChangeIt(t *testing.T) {
	h := opened(t)
	for _, role := range append(outsiders(), access.Administrator) {
		s := onStage(t, h, role, kit.Route{Place: PlacePolicy})
		s.wantSeen("Sign in", "Yes", "no")
		s.press(fyne.KeyDown)
		s.wantSeen("Reads the accounts of people")
		s.ctrl(fyne.KeyR)
		s.wantSeen("A desk locks after 5 minutes", "makes no backups by itself")
		if offered := strings.Contains(s.seen(), "Change the rules"); offered != (role == access.Administrator) {
			t.Errorf("%s: 'Change the rules' is there: %t", role.Code(), offered)
		}
	}
}

func TestTheRulesAreChangedByKeyboard(t *testing.T) {
	h := opened(t)
	s := onStage(t, h, access.Administrator, kit.Route{Place: PlacePolicy, Page: pageRules})
	s.ctrl(fyne.KeyE)
	s.enter("16")
	s.press(fyne.KeyReturn)
	s.wantSeen("Enter a whole number from 1 to 15.")
	s.enter("3")
	s.press(fyne.KeyReturn)
	s.wantSeen("A desk locks after 3 minutes")
	if h.Door.Rules().LockMinutes != 3 {
		t.Errorf("in force: %+v", h.Door.Rules())
	}
}

func TestTwoAdministratorsChangeTheRules(t *testing.T) {
	h := opened(t)
	s := onStage(t, h, access.Administrator, kit.Route{Place: PlacePolicy, Page: pageEdit})
	s.enter("3")
	other := access.UsualRules
	other.LockMinutes, other.SignOutHours = 7, 8
	if err := access.ChangeRules(t.Context(), h.As(access.Everybody), uuid.New(), 0, other); err != nil {
		t.Fatal(err)
	}
	s.ctrl(fyne.KeyS)
	s.wantSeen("Somebody else changed the rules too", "Lock a desk after", "End a session after")
	s.press(fyne.KeyLeft)
	s.tabTo("Save what is chosen")
	s.press(fyne.KeyReturn)
	if got := h.Door.Rules(); got.LockMinutes != 3 || got.SignOutHours != 8 {
		t.Errorf("in force: %+v", got)
	}
}

func TestPrintingThatFailsIsSaid(t *testing.T) {
	h := opened(t)
	s := onStage(t, h, access.Doctor, kit.Route{Place: PlacePolicy})
	s.ctrl(fyne.KeyP)
	s.desk.Print = func(context.Context, string, report.Document) error { return errors.New("no printer") }
	s.ctrl(fyne.KeyP)
	if want := []string{"The document is open in another window. Print it from there.", "Something went wrong."}; !slices.Equal(s.told, want) {
		t.Errorf("told %q", s.told)
	}
}

func TestTheHospitalIsRenamedByKeyboard(t *testing.T) {
	h := opened(t)
	s := onStage(t, h, access.Administrator, kit.Route{Place: PlaceHouse})
	s.wantSeen("Saint Elsewhere", "United Kingdom", "Europe/London")
	s.ctrl(fyne.KeyE)
	s.enter("Saint Somewhere")
	s.press(fyne.KeyReturn)
	s.wantSeen("Saint Somewhere")
	if s.route.Page != "" {
		s.press(fyne.KeyEscape)
	}
	row, err := house.Read(t.Context(), s.desk.Session)
	if err != nil || row.Value.Name != "Saint Somewhere" {
		t.Errorf("%q, %v", row.Value.Name, err)
	}
}

func TestANewRecoveryKeyIsNotPassedByUnread(t *testing.T) {
	h := opened(t)
	s := onStage(t, h, access.Administrator, kit.Route{Place: PlaceHouse})
	s.tabTo("Make a new recovery key")
	s.press(fyne.KeyReturn)
	s.wantSeen("stops working at once")
	if s.on() != "Cancel" {
		t.Errorf("the keyboard begins on %q", s.on())
	}
	s.tabTo("Make a new key and end the old one")
	s.press(fyne.KeyReturn)
	s.wantSeen("AAAAA", "HHHHH", "The one before has ended")
	s.screen.Refresh() // the shell tells of a change
	s.settle()
	s.wantSeen("AAAAA")
	if !s.screen.Unsaved() {
		t.Error("one can leave without having written the key down")
	}
}

func TestAKeyThatMayBeInForceIsShownToo(t *testing.T) {
	h := opened(t)
	s := onStage(t, h, access.Administrator, kit.Route{Place: PlaceHouse})
	s.desk.NewRecovery = func(context.Context) (string, error) { return "AAAAA-BBBBB", errors.New("disk") }
	s.tabTo("Make a new recovery key")
	s.press(fyne.KeyReturn)
	s.tabTo("Make a new key and end the old one")
	s.press(fyne.KeyReturn)
	s.wantSeen("AAAAA", "either may be in force")
}

func TestTheReasonsAreReadByKeyboard(t *testing.T) {
	h := opened(t)
	s := onStage(t, h, access.Administrator, kit.Route{Place: PlaceReasons})
	s.wantSeen("Nobody has opened a confidential patient")
	patient := uuid.New()
	long := "called to the ward " + strings.Repeat("again and again ", 30) + "at night"
	if err := h.As(access.Doctor).BreakGlass(t.Context(), uuid.New(), access.PatientID(patient[:]), long, nothingElse); err != nil {
		t.Fatal(err)
	}
	s.screen.Refresh()
	s.settle()
	s.wantSeen("Dr Dora Doctor", patient.String())
	s.press(fyne.KeyDown)
	if strings.Contains(s.screen.(*reasonsScreen).detail.Text, "at night") {
		t.Error("a reason of any length pushes the table away")
	}
	s.press(fyne.KeyReturn)
	s.wantSeen("at night")
	s.press(fyne.KeyEscape)
}

// TestScreensHearOfWhatConcernsThem and of nothing else: a refresh for each change of anything would be noise.
func TestScreensHearOfWhatConcernsThem(t *testing.T) {
	h := opened(t)
	before := h.Door.Last()
	if err := access.ChangeRules(t.Context(), h.As(access.Everybody), uuid.New(), 0, access.UsualRules); err != nil {
		t.Fatal(err)
	}
	for _, r := range all(h.People[access.Doctor].String()) {
		s := onStage(t, h, access.Administrator, r)
		concerned := s.screen.(interface{ Concerns(access.Entry) bool })
		heard := false
		ctx, stop := context.WithCancel(t.Context())
		for entry, err := range s.desk.Session.Watch(ctx, before) {
			if err != nil {
				t.Fatal(err)
			}
			heard = heard || concerned.Concerns(entry)
			break
		}
		stop()
		if heard != (r.Place == PlacePolicy) {
			t.Errorf("%v heard of the rules: %t", r, heard)
		}
	}
}
