package frontdesk

import (
	"testing"

	"fyne.io/fyne/v2"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/ui/kit"
	"wardbook/ui/kit/kittest"
)

// looks counts how often somebody looked, by action.
func looks(s *stage) map[string]int {
	s.t.Helper()
	s.hospital.Wait()
	counts := map[string]int{}
	for _, c := range s.hospital.Looks() {
		counts[c.Action]++
	}
	return counts
}

func TestAPageShowsAllThatTheDeskKnows(t *testing.T) {
	h := clinic(t)
	row := register(t, h.As(access.Everybody), ann())
	s := onStage(t, h, access.FrontDesk, PatientRoute(row.ID.String()))
	s.wantSeen("Smith, Ann Mary", "55 years", "born 3 Feb 1971", "Female", "MRN "+row.Value.MRN.String(), "020 7946 0958", "07700 900123", "Mobile", "ann@example.org",
		"12 High Street, Flat 3, Leeds LS1 4AP, United Kingdom", "943 476 5919", "NHS number", "France", "Jones", "KH-77", "Bob Smith", "Husband or wife", "B positive",
		"Brazil", "Hears badly on the left.", "Agrees to be written to")
	s.wantUnseen("llerg", "NEWS2") // not even that they are not known
}

func TestALookIsRecordedOncePerOpening(t *testing.T) {
	h := clinic(t)
	other := h.As(access.Everybody)
	row := register(t, other, ann())
	s := onStage(t, h, access.FrontDesk, PatientRoute(row.ID.String()))
	for _, town := range []string{"York", "Hull"} {
		since := h.Door.Last()
		row = alter(t, other, row, func(d *patient.Draft) { d.Address.Town = town })
		s.hear(since)
		s.wantSeen("12 High Street, Flat 3, " + town)
	}
	if got := looks(s); got[string(access.ActPatientOpen)] != 1 || got[string(access.ActPatientHistory)] != 0 {
		t.Fatalf("looks: %v", got)
	}
	s.ctrl(fyne.KeyH)
	since := h.Door.Last()
	alter(t, other, row, func(d *patient.Draft) { d.Address.Town = "Bath" })
	s.hear(since)
	s.wantSeen("F5 reads the history anew")
	if got := looks(s); got[string(access.ActPatientOpen)] != 1 || got[string(access.ActPatientHistory)] != 1 {
		t.Errorf("looks: %v", got)
	}
}

func TestAPageThatCannotBeReadAnewStaysAndSaysSo(t *testing.T) {
	h := clinic(t)
	row := register(t, h.As(access.Everybody), ann())
	s := onStage(t, h, access.FrontDesk, PatientRoute(row.ID.String()))
	s.session.Lock(t.Context())
	s.screen.Refresh()
	s.settle()
	s.wantSeen("The desk is locked", "Smith, Ann Mary", "Leeds")
}

func TestTheHistorySaysWhoChangedWhatFromWhatToWhat(t *testing.T) {
	h := clinic(t)
	row := register(t, h.As(access.FrontDesk), ann())
	alter(t, h.As(access.Everybody), row, func(d *patient.Draft) { d.Address.Town, d.Email = "York", "" })
	s := onStage(t, h, access.Doctor, PatientRoute(row.ID.String()))
	s.ctrl(fyne.KeyH)
	s.wantSeen("Olga Allroles", "E-mail", "ann@example.org", none, "Address", "Flora Desk", "Registered", "3 of 3")
	s.press(fyne.KeyEscape)
	s.wantSeen("Next of kin")
	s.wantUnseen("Olga Allroles")
}

func TestWhoOnlyReadsSeesNoKeysThatChange(t *testing.T) {
	h := clinic(t)
	row := register(t, h.As(access.FrontDesk), ann())
	for role, history := range map[access.Roles]bool{access.Doctor: true, access.DataEntry: false} {
		s := onStage(t, h, role, PatientRoute(row.ID.String()))
		s.wantSeen("Smith, Ann Mary", "ann@example.org")
		s.wantUnseen("Change", "Photo")
		if s.command(fyne.KeyE, ctrl) {
			t.Errorf("%s: Ctrl+E does something", role.Code())
		}
		if s.command(fyne.KeyH, ctrl) != history {
			t.Errorf("%s: history %t", role.Code(), !history)
		}
		s.settle()
	}
}

func TestAConfidentialPatientAsksForAReasonFirst(t *testing.T) {
	h := clinic(t)
	other := h.As(access.Everybody)
	row := seal(t, other, register(t, other, ann()))
	s := onStage(t, h, access.FrontDesk, PatientRoute(row.ID.String()))
	s.wantSeen("marked as confidential", "The reason is kept with your name", row.Value.MRN.String())
	s.wantUnseen("Smith", "1971", "Leeds")
	if len(s.screen.Commands()) != 0 {
		t.Error("something can be done with a patient who is not open")
	}
	s.write("x")
	s.press(fyne.KeyReturn)
	s.wantUnseen("Smith")
	s.over("Asks for her letter at the desk")
	s.press(fyne.KeyReturn)
	s.wantSeen("Smith, Ann Mary", "CONFIDENTIAL", "Leeds")
	reasons, err := access.Reasons(t.Context(), h.As(access.Administrator), 10)
	if err != nil || len(reasons) != 1 || reasons[0].Why != "Asks for her letter at the desk" {
		t.Errorf("kept: %+v, %v", reasons, err)
	}
	s.Back()
	s.show(editRoute(row.ID), nil) // stated once, it holds
	s.settle()
	s.wantSeen("Smith, Ann Mary")
}

func TestAPageClosesWhenThePatientBecomesConfidential(t *testing.T) {
	h := clinic(t)
	other := h.As(access.Everybody)
	row := register(t, other, ann())
	s := onStage(t, h, access.FrontDesk, PatientRoute(row.ID.String()))
	form := onStage(t, h, access.FrontDesk, editRoute(row.ID))
	typed := onStage(t, h, access.FrontDesk, editRoute(row.ID))
	typed.over("Jones")
	since := h.Door.Last()
	seal(t, other, row)
	for _, st := range []*stage{s, form} {
		st.hear(since)
		st.wantSeen("marked as confidential", row.Value.MRN.String())
		st.wantUnseen("Smith", "Leeds")
	}
	typed.hear(since)
	typed.wantSeen("Somebody else changed", "Jones") // what was typed is not lost
}

func TestThatAPatientIsConfidentialIsMarkedForAReason(t *testing.T) {
	h := clinic(t)
	row := register(t, h.As(access.Everybody), ann())
	s := onStage(t, h, access.FrontDesk, PatientRoute(row.ID.String()))
	s.tabTo("Mark as confidential")
	s.press(fyne.KeyReturn)
	s.wantSeen("Mark Ann Mary Smith as confidential?", "you as well")
	s.write("x")
	s.press(fyne.KeyReturn)
	s.wantSeen("Mark Ann Mary Smith as confidential?") // not without a reason that others understand
	s.over("Works here herself")
	s.press(fyne.KeyReturn)
	s.wantSeen("This patient is marked as confidential")
	if hits := all(t, s.session); !hits[0].Confidential || len(s.told) != 1 {
		t.Errorf("%+v, told %q", hits[0], s.told)
	}
	s.write("To take the mark away again")
	s.press(fyne.KeyReturn)
	s.tabTo("No longer confidential")
	s.press(fyne.KeyReturn)
	s.write("Has left the house")
	s.press(fyne.KeyReturn)
	s.wantSeen("Mark as confidential", "Leeds")
}

func TestAPhotoIsChangedOnThePage(t *testing.T) {
	h := clinic(t)
	row := register(t, h.As(access.Everybody), ann())
	s := onStage(t, h, access.FrontDesk, PatientRoute(row.ID.String()))
	s.tabTo("Photo")
	s.press(fyne.KeyReturn)
	s.write(photoFile(t))
	s.press(fyne.KeyReturn)
	s.tabTo("Save the photo")
	s.press(fyne.KeyReturn)
	if hits := all(t, s.session); !hits[0].Photo || s.screen.(*pageScreen).photo == nil {
		t.Fatalf("no photo; told %q", s.told)
	}
	s.tabTo("Photo")
	s.press(fyne.KeyReturn)
	s.tabTo("Remove the photo")
	s.press(fyne.KeyReturn)
	s.tabTo("Save the photo")
	s.press(fyne.KeyReturn)
	if hits := all(t, s.session); hits[0].Photo {
		t.Errorf("the photo is still there; told %q", s.told)
	}
}

// screens are a route for each screen of the place, with somebody to show.
func screens(t *testing.T, s *access.Session) []kit.Route {
	t.Helper()
	register(t, s, someone("Smyth", "Ann", "1971-02-03"))
	row := register(t, s, ann())
	closed := seal(t, s, register(t, s, someone("Bell", "Ann", "1980-01-01")))
	return []kit.Route{{Place: PlacePatients}, RegisterRoute("smith"), PatientRoute(row.ID.String()), editRoute(row.ID), PatientRoute(closed.ID.String())}
}

func TestEverythingIsReachedByTab(t *testing.T) {
	h := clinic(t)
	for _, r := range screens(t, h.As(access.Everybody)) {
		s := onStage(t, h, access.FrontDesk, r)
		s.window.Resize(fyne.NewSize(1100, 4000)) // all of a form at once: what is scrolled away reads as if it stood elsewhere
		t.Run(r.Page, func(t *testing.T) {
			kittest.Reachable(t, s.window)
			if s.command(fyne.KeyH, ctrl) { // a page's history as well
				s.settle()
				kittest.Reachable(t, s.window)
			}
		})
	}
}

func TestNoTextIsCutOff(t *testing.T) {
	h := clinic(t)
	kittest.Pseudo(t)
	for _, r := range screens(t, h.As(access.Everybody)) {
		s := onStage(t, h, access.FrontDesk, r)
		if cut := kittest.CutOff(s.window); len(cut) > 0 {
			t.Errorf("%s: %q", r.Page, cut)
		}
	}
}

func TestEveryScreenHasATitleAndNoTwoCommandsOneKey(t *testing.T) {
	h := clinic(t)
	for _, r := range screens(t, h.As(access.Everybody)) {
		s := onStage(t, h, access.FrontDesk, r)
		if s.screen.Title().Empty() {
			t.Errorf("%v has no title", r)
		}
		keys := map[string]bool{}
		for _, c := range s.screen.Commands() {
			if k := c.Keys(); k != "" && keys[k] {
				t.Errorf("%v: two commands have the key %s", r, k)
			} else {
				keys[k] = true
			}
		}
	}
}
