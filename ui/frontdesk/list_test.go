package frontdesk

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// crowd registers so many patients whose names are in the order of their numbers.
func crowd(t *testing.T, machine *access.Session, n int) {
	t.Helper()
	drafts := make([]patient.Draft, n)
	for i := range drafts {
		drafts[i] = someone(fmt.Sprintf("Name%c%c%c", 'a'+i/676, 'a'+i/26%26, 'a'+i%26), "Ann", "1971-02-03")
		drafts[i].Birth.Date.Year = 1900 + i%100
	}
	if err := patient.Import(t.Context(), machine, uuid.New(), drafts, nil); err != nil {
		t.Fatal(err)
	}
}

func TestPagesFollowEachOther(t *testing.T) {
	h := clinic(t)
	crowd(t, h.Door.Machine(), 2*listPage+10)
	l := list{session: h.As(access.FrontDesk)}
	seen := map[patient.ID]bool{}
	page := func(offset, rows int) {
		t.Helper()
		l.turn(offset)
		got, err := l.reader()(t.Context())
		if err != nil || got.offset != offset || len(got.hits) != rows || got.total != 2*listPage+10 {
			t.Fatalf("at %d: %d rows from %d of %d, %v", offset, len(got.hits), got.offset, got.total, err)
		}
		for _, hit := range got.hits {
			seen[hit.ID] = true
		}
		l.learn(got)
	}
	page(0, listPage)
	page(listPage, listPage)
	page(2*listPage, 10)
	if len(seen) != 2*listPage+10 {
		t.Errorf("%d different patients on all pages", len(seen))
	}
	page(listPage, listPage)
	page(0, listPage)
	l.turn(5 * listPage) // whose place nobody knows
	if l.offset != 0 {
		t.Errorf("turned to %d", l.offset)
	}
}

func TestWhatListsSayOfAPatient(t *testing.T) {
	clinic(t)
	on := term.Date{Year: 2026, Month: 11, Day: 24}
	base := patient.Hit{Name: term.HumanName{Family: "Smith", Given: []string{"Ann"}}, MRN: 42, Birth: born("1971-02-03"), Sex: term.Female, PhoneTail: "0958"}
	with := func(edit func(*patient.Hit)) patient.Hit {
		h := base
		edit(&h)
		return h
	}
	for name, test := range map[string]struct {
		hit                patient.Hit
		born, phone, marks string
	}{
		"plain":   {base, "3 Feb 1971, 55 years", "\u20260958", ""},
		"about":   {with(func(h *patient.Hit) { h.Birth.Estimated = true }), "about 1971, about 55 years", "\u20260958", ""},
		"alike":   {with(func(h *patient.Hit) { h.Alike = true }), "3 Feb 1971, 55 years", "\u20260958", "name like another's"},
		"unknown": {with(func(h *patient.Hit) { h.Unknown, h.Birth, h.PhoneTail = true, term.UnknownBirth(), "" }), "date of birth not known", "", "not identified"},
		// That something is not shown must not look as if it were not known.
		"confidential": {with(func(h *patient.Hit) { h.Confidential, h.Birth, h.PhoneTail = true, term.Birth{}, "" }), "not shown", "not shown", "confidential"},
		"stated":       {with(func(h *patient.Hit) { h.Confidential = true }), "3 Feb 1971, 55 years", "\u20260958", "confidential"},
	} {
		if got := bornText(test.hit, on); got != test.born {
			t.Errorf("%s: born %q, want %q", name, got, test.born)
		}
		if got := phoneText(test.hit); got != test.phone {
			t.Errorf("%s: phone %q, want %q", name, got, test.phone)
		}
		cell := marksCell(test.hit)
		if cell.Text != test.marks || (cell.Tone == kit.Attention) != (test.marks != "") {
			t.Errorf("%s: marks %+v, want %q", name, cell, test.marks)
		}
		if k := kitHit(test.hit, on); k.Name != "Smith, Ann" || k.Born != test.born || k.Sex != "Female" || k.MRN != base.MRN.String() ||
			(k.Note.Empty() == (test.hit.Confidential || test.hit.Unknown)) {
			t.Errorf("%s: the search shows %+v", name, k)
		}
	}
}

func TestNamesAreTakenFromWhatWasLookedFor(t *testing.T) {
	for query, want := range map[string][2]string{
		"": {}, "smith": {"Smith", ""}, "ann smith": {"Smith", "Ann"}, "Smith, Ann Mary": {"Smith", "Ann Mary"}, " ann  mary smith ": {"Smith", "Ann Mary"},
		"o'neill-müller": {"O'Neill-Müller", ""}, "van der Berg": {"Berg", "van der"}, "0000-0425": {}, "smith 1971": {}, "παπαδόπουλος": {"Παπαδόπουλος", ""},
	} {
		if family, given := namesIn(query); family != want[0] || given != want[1] {
			t.Errorf("%q: %q and %q, want %q", query, family, given, want)
		}
	}
}

func TestThePlaceIsTheDesksAndOfThoseWhoTreat(t *testing.T) {
	h := clinic(t)
	register(t, h.As(access.FrontDesk), ann())
	for role, may := range map[access.Roles]bool{access.FrontDesk: true, access.DataEntry: true, access.Doctor: true, access.Administrator: false} {
		l := list{session: h.As(role)}
		if _, err := l.reader()(t.Context()); (err == nil) != may {
			t.Errorf("%s reads the list: %v", role.Code(), err)
		}
		_, total, err := Find(h.As(role), h.Clock.Now)(t.Context(), "smith", 5)
		if (err == nil && total == 1) != may {
			t.Errorf("%s finds %d, %v", role.Code(), total, err)
		}
	}
}

func TestTheListIsSearchedAsOneTypes(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	smith := register(t, desk, ann())
	register(t, desk, someone("Smithson", "Bea", "1990-01-01"))
	register(t, desk, someone("Young", "Carl", "1990-01-02"))
	s := onStage(t, h, access.FrontDesk, kit.Route{Place: PlacePatients})
	s.wantSeen("Smith, Ann Mary", "Young, Carl", "3 of 3")
	s.write("smith")
	s.pause()
	s.wantSeen("Smith, Ann Mary", "Smithson, Bea", "2 of 2")
	s.wantUnseen("Young")
	s.press(fyne.KeyReturn) // into the table: nobody opens only because she stands first
	if s.route.Page != pageList {
		t.Fatalf("Enter among two leads to %+v", s.route)
	}
	s.press(fyne.KeyDown, fyne.KeyReturn)
	s.wantSeen("Smithson, Bea", "born 1 Jan 1990")
	s.Back()
	s.settle()
	s.wantSeen("Smith, Ann Mary", "2 of 2")
	if hit, ok := s.screen.(*listScreen).table.Selected(); !ok || hit.Name.Family != "Smithson" {
		t.Errorf("back from the page, %+v is selected", hit.Name)
	}
	s.command(fyne.KeyF3, 0)
	s.over(smith.Value.MRN.Digits())
	s.press(fyne.KeyReturn) // a scanner's Enter comes before the rows do
	s.pause()
	s.wantSeen("born 3 Feb 1971")
}

func TestPagesAreTurnedAndComeBack(t *testing.T) {
	h := clinic(t)
	crowd(t, h.Door.Machine(), listPage+10)
	s := onStage(t, h, access.FrontDesk, kit.Route{Place: PlacePatients})
	s.wantSeen("200 of 210", "Nameaaa, Ann")
	s.ctrl(fyne.KeyPageDown)
	s.wantSeen("201 to 210 of 210", "Nameahs, Ann")
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyEnd, fyne.KeyReturn)
	s.wantSeen("Nameaib, Ann", "born 3 Feb 1909")
	s.Back()
	s.settle()
	s.wantSeen("201 to 210 of 210")
	s.ctrl(fyne.KeyPageUp)
	s.wantSeen("200 of 210", "Nameaaa, Ann")
}

func TestEscapeEmptiesTheSearchFirst(t *testing.T) {
	h := clinic(t)
	register(t, h.As(access.FrontDesk), ann())
	s := onStage(t, h, access.FrontDesk, kit.Route{Place: PlacePatients})
	s.write("nobody")
	s.pause()
	s.wantSeen("Nobody found for 'nobody'", "registers a new patient")
	s.press(fyne.KeyEscape)
	s.pause()
	s.wantSeen("Smith, Ann Mary", "1 of 1")
}

func TestAnEmptyHospitalSaysWhatComesNext(t *testing.T) {
	h := clinic(t)
	s := onStage(t, h, access.FrontDesk, kit.Route{Place: PlacePatients})
	s.wantSeen("No patients yet", "Ctrl+N registers the first one")
	d := onStage(t, h, access.Doctor, kit.Route{Place: PlacePatients})
	d.wantSeen("No patients yet", "The front desk registers patients")
	d.wantUnseen("Ctrl+N", "Register a patient", "Unknown patient")
	if d.command(fyne.KeyN, ctrl) || d.command(fyne.KeyU, ctrl) {
		t.Error("a doctor has the desk's keys")
	}
}

func TestAListThatCannotBeReadSaysSoAndIsReadAgain(t *testing.T) {
	h := clinic(t)
	register(t, h.As(access.FrontDesk), ann())
	s := onStage(t, h, access.FrontDesk, kit.Route{Place: PlacePatients})
	s.session.Lock(t.Context())
	s.screen.Refresh()
	s.settle()
	s.wantSeen("Try again")
	s.wantUnseen("Smith")
	if err := s.session.Unlock(t.Context(), "correct-horse-battery-staple"); err != nil {
		t.Fatal(err)
	}
	s.tabTo("Try again")
	s.press(fyne.KeyReturn)
	s.wantSeen("Smith, Ann Mary")
}

func TestAListKeepsItsPlaceWhenAnotherDeskRegisters(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	register(t, desk, someone("Bell", "Ann", "1980-01-01"))
	register(t, desk, someone("Cole", "Ann", "1980-01-02"))
	s := onStage(t, h, access.FrontDesk, kit.Route{Place: PlacePatients})
	s.press(fyne.KeyDown, fyne.KeyDown) // on Cole
	since := h.Door.Last()
	register(t, h.As(access.Everybody), someone("Adams", "Ann", "1980-01-03"))
	s.hear(since)
	s.wantSeen("Adams, Ann", "3 of 3")
	if hit, ok := s.screen.(*listScreen).table.Selected(); !ok || hit.Name.Family != "Cole" {
		t.Errorf("%+v is selected, want Cole", hit.Name)
	}
}

func TestAnUnknownPatientNeedsOneKey(t *testing.T) {
	h := clinic(t)
	s := onStage(t, h, access.FrontDesk, kit.Route{Place: PlacePatients})
	s.command(fyne.KeyU, ctrl)
	s.command(fyne.KeyU, ctrl) // trembling hands
	s.settle()
	s.wantSeen("Unknown 2026-11-24 09:00", "date of birth unknown", "sex not known", "Nobody knows yet who this is", "Identify")
	if n := len(all(t, s.session)); n != 1 || len(s.told) != 1 {
		t.Fatalf("%d patients, told %q", n, s.told)
	}
	s.ctrl(fyne.KeyE)
	s.write("Smith\nAnn")
	s.ctrl(fyne.KeyS)
	s.wantSeen("Smith, Ann")
	s.wantUnseen("Nobody knows yet")
}
