package patient_test

import (
	"errors"
	"iter"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/data"
)

// TestTwoPeopleChangeOnePatient: the second sees both values of what both changed, and chooses; what only one changed holds.
func TestTwoPeopleChangeOnePatient(t *testing.T) {
	h := clinic(t)
	first, second := h.As(access.FrontDesk), h.As(access.Everybody)
	base := register(t, first, ann())

	theirs := base.Value.Draft
	theirs.Email, theirs.Address.Town = "ann.smith@example.org", "York"
	if _, err := patient.Change(t.Context(), first, uuid.New(), base.ID, base.Version, theirs); err != nil {
		t.Fatal(err)
	}
	mine := base.Value.Draft
	mine.Email, mine.Notes, mine.Name.Given = "a.smith@example.org", "Hears badly on both sides.", []string{"Anne"}
	operation := uuid.New()
	_, err := patient.Change(t.Context(), second, operation, base.ID, base.Version, mine)
	var stale *patient.Stale
	if !data.Is(err, data.Conflict) || !errors.As(err, &stale) {
		t.Fatalf("the second change: %v", err)
	}
	differences := patient.Differences(base.Value.Draft, stale.Yours.Draft, stale.Theirs.Value.Draft)
	seen := map[string]bool{}
	for _, d := range differences {
		seen[d.Field] = d.Clash
		if d.Label.English == "" || d.Field == "email" && (d.Mine.String() != "a.smith@example.org" || d.Theirs.String() != "ann.smith@example.org" ||
			d.Base.String() != "ann@example.org") {
			t.Errorf("shown is %+v", d)
		}
	}
	if want := map[string]bool{"email": true, "notes": false, "given": false, "address": false}; !maps.Equal(seen, want) {
		t.Errorf("differences and clashes %v, want %v", seen, want)
	}
	for pick, want := range map[bool]term.Email{true: "a.smith@example.org", false: "ann.smith@example.org"} {
		chosen := patient.Choose(base.Value.Draft, stale.Yours.Draft, stale.Theirs.Value.Draft, map[string]bool{"email": pick})
		if chosen.Email != want || chosen.Address.Town != "York" || chosen.Name.Given[0] != "Anne" || chosen.Notes != mine.Notes {
			t.Errorf("picked mine: %t gives %+v", pick, chosen)
		}
	}
	chosen := patient.Choose(base.Value.Draft, stale.Yours.Draft, stale.Theirs.Value.Draft, map[string]bool{"email": true})
	for range 2 { // the second time it is a retry
		row, err := patient.Change(t.Context(), second, operation, base.ID, stale.Theirs.Version, chosen)
		if err != nil || row.Value.Email != "a.smith@example.org" || row.Version != stale.Theirs.Version+1 {
			t.Errorf("saving the choice: %+v %v", row, err)
		}
	}
}

// TestChoosingLosesNothing: whatever two people change, what only one changed is in the result, and a clash is one of both.
func TestChoosingLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := ann()
		change := func(who string) patient.Draft {
			d := ann()
			d.Email = rapid.SampledFrom([]term.Email{"ann@example.org", "b@example.org", "c@example.org"}).Draw(t, who+" email")
			d.Notes = rapid.SampledFrom([]string{base.Notes, "", "x"}).Draw(t, who+" notes")
			d.Sex = rapid.SampledFrom(term.Sexes).Draw(t, who+" sex")
			d.Phones = base.Phones[:rapid.IntRange(0, 2).Draw(t, who+" phones")]
			return d
		}
		mine, theirs := change("mine"), change("theirs")
		pick := rapid.Bool().Draw(t, "pick")
		chosen := patient.Choose(base, mine, theirs, map[string]bool{"email": pick})
		want := theirs.Email
		if theirs.Email == base.Email || mine.Email != base.Email && pick {
			want = mine.Email
		}
		if chosen.Email != want {
			t.Fatalf("chosen %s of %s and %s, want %s", chosen.Email, mine.Email, theirs.Email, want)
		}
		if mine.Sex != base.Sex && theirs.Sex == base.Sex && chosen.Sex != mine.Sex {
			t.Fatal("what only I changed is lost")
		}
		for _, d := range patient.Differences(base, mine, theirs) {
			if d.Field == "notes" && d.Clash != (mine.Notes != theirs.Notes && mine.Notes != base.Notes && theirs.Notes != base.Notes) {
				t.Fatalf("a clash on notes: %t", d.Clash)
			}
		}
		if len(patient.Differences(base, chosen, chosen)) != 0 {
			t.Fatal("something differs from itself")
		}
	})
}

func TestChangesAreCheckedLikeRegistrations(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	first := register(t, desk, ann())
	second := register(t, desk, someone("Brown", "Carl", "1980-05-05"))
	d := second.Value.Draft
	d.Birth, d.Email = born("2027-01-01"), "x"
	if _, err := patient.Change(t.Context(), desk, uuid.New(), second.ID, second.Version, d); !slices.Equal(fields(err), []string{"birth", "email"}) {
		t.Errorf("faults: %v", err)
	}
	d = second.Value.Draft
	d.NationalIDs = first.Value.NationalIDs[:1]
	var holder *patient.Holder
	if _, err := patient.Change(t.Context(), desk, uuid.New(), second.ID, second.Version, d); !errors.As(err, &holder) || holder.Hit.ID != first.ID {
		t.Errorf("a paper that another has: %v", err)
	}
	same := first.Value.Draft
	same.Notes = ""
	if _, err := patient.Change(t.Context(), desk, uuid.New(), first.ID, first.Version, same); err != nil {
		t.Errorf("one's own paper: %v", err)
	}
	if _, err := patient.Change(t.Context(), desk, uuid.New(), patient.ID{1}, 1, same); !data.Is(err, data.NotFound) {
		t.Errorf("changing nobody: %v", err)
	}
	for _, role := range []access.Roles{access.DataEntry, access.Doctor, access.Administrator} {
		if _, err := patient.Change(t.Context(), h.As(role), uuid.New(), first.ID, first.Version, same); !data.Is(err, data.Forbidden) {
			t.Errorf("%s changes: %v", role.Code(), err)
		}
	}
}

func TestAnUnknownPatientIsIdentified(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	row, err := patient.RegisterUnknown(t.Context(), desk, uuid.New(), patient.Guess{Sex: term.Male})
	if err != nil {
		t.Fatal(err)
	}
	d := row.Value.Draft
	d.Name, d.Birth, d.Unknown = name("Jones", "Bob"), born("1980-01-01"), false
	known, err := patient.Change(t.Context(), desk, uuid.New(), row.ID, row.Version, d)
	if err != nil || known.Value.Unknown || known.Value.MRN != row.Value.MRN {
		t.Fatalf("identified: %+v %v", known.Value, err)
	}
	if find(t, desk, "unknown").Total != 0 || find(t, desk, "jones").Total != 1 {
		t.Error("the label is still found, or the name is not")
	}
	d.Unknown = true
	if again, err := patient.Change(t.Context(), desk, uuid.New(), row.ID, known.Version, d); err != nil || again.Value.Unknown {
		t.Errorf("a known patient became unknown: %v", err)
	}
}

func TestHistoryTellsWhoChangedWhat(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	row := register(t, desk, ann())
	registered := h.Clock.Now()
	h.Clock.Pass(time.Hour)
	d := row.Value.Draft
	d.Sex, d.Phones, d.Birth = term.SexOther, d.Phones[:1], term.Birth{Date: term.Date{Year: 1970, Month: 5, Day: 1}, Estimated: true}
	row, err := patient.Change(t.Context(), h.As(access.Everybody), uuid.New(), row.ID, row.Version, d)
	if err != nil {
		t.Fatal(err)
	}
	row, err = patient.SetPhoto(t.Context(), desk, uuid.New(), row.ID, row.Version, picture(t, 40, 60))
	if err != nil {
		t.Fatal(err)
	}
	doctor := h.As(access.Doctor)
	if _, err = patient.SetConfidential(t.Context(), doctor, uuid.New(), row.ID, row.Version, true, "Known to half the staff"); err != nil {
		t.Fatal(err)
	}
	if err := patient.BreakGlass(t.Context(), doctor, uuid.New(), row.ID, "I treat her"); err != nil {
		t.Fatal(err)
	}
	entries, err := patient.History(t.Context(), doctor, row.ID)
	if err != nil || len(entries) != 4 {
		t.Fatalf("%d entries: %v", len(entries), err)
	}
	if e := entries[0]; e.Name != "Dr Dora Doctor" || e.Why != "Known to half the staff" || len(e.Changed) != 1 || e.Changed[0].Field != "confidential" {
		t.Errorf("the mark: %+v", e)
	}
	if e := entries[1]; e.Name != "Flora Desk" || len(e.Changed) != 1 || e.Changed[0].Field != "photo" || e.Changed[0].To.English == "" {
		t.Errorf("the photo: %+v", e)
	}
	e := entries[2]
	if e.Name != "Olga Allroles" || e.Who != h.People[access.Everybody] || !e.When.Equal(registered.Add(time.Hour)) || e.Registered {
		t.Errorf("the change: %+v", e)
	}
	var said []string
	for _, c := range e.Changed {
		said = append(said, c.Label.String()+": "+deep(c.From)+" -> "+deep(c.To))
	}
	want := []string{"Date of birth: 3 Feb 1971 -> about 1970", "Sex: Female -> Other",
		"Phone: +44 20 7946 0958 (Home), +44 7700 900123 (Mobile) -> +44 20 7946 0958 (Home)"}
	if !slices.Equal(said, want) {
		t.Errorf("it says\n%q, want\n%q", said, want)
	}
	if e := entries[3]; !e.Registered || !e.When.Equal(registered) || len(e.Changed) < 10 {
		t.Errorf("the registration: %+v", e)
	}
	if _, err := patient.History(t.Context(), h.As(access.DataEntry), row.ID); !data.Is(err, data.Forbidden) {
		t.Errorf("data entry reads the history: %v", err)
	}
	if _, err := patient.History(t.Context(), doctor, patient.ID{1}); !data.Is(err, data.NotFound) {
		t.Errorf("the history of nobody: %v", err)
	}
}

// deep is a text with the texts in it, in English.
func deep(text term.Text) string {
	args := maps.Clone(text.Args)
	for name, value := range args {
		if inner, ok := value.(term.Text); ok {
			args[name] = deep(inner)
		}
	}
	text.Args = args
	return text.String()
}

// TestWhoWatchesIsToldOfChanges: an open page is kept up to date without another look, and closes when the patient becomes confidential.
func TestWhoWatchesIsToldOfChanges(t *testing.T) {
	h := clinic(t)
	desk, entry := h.As(access.FrontDesk), h.As(access.DataEntry)
	row := register(t, desk, ann())
	next, stop := iter.Pull2(entry.Watch(t.Context(), h.Door.Last()))
	defer stop()
	var told []string
	hear := func() {
		t.Helper()
		e, err, _ := next()
		if err != nil {
			t.Fatal(err)
		}
		if ids := patient.ChangedIn(e); len(ids) != 1 {
			t.Errorf("an entry tells of %v", ids)
		}
		fresh, changed := patient.Updated(e, row.ID)
		switch err := patient.StillOpen(entry, fresh); {
		case !changed:
			told = append(told, "other")
		case errors.Is(err, access.ErrConfidential) && data.Is(err, data.Forbidden):
			told = append(told, "closed")
			if fresh.Value.Name.Family != "" || fresh.Value.Notes != "" {
				t.Errorf("the event of a confidential patient holds %+v", fresh.Value)
			}
		case err != nil:
			t.Fatal(err)
		default:
			told = append(told, fresh.Value.Notes)
		}
	}
	d := row.Value.Draft
	d.Notes = "Deaf."
	changed, err := patient.Change(t.Context(), desk, uuid.New(), row.ID, row.Version, d)
	if err != nil {
		t.Fatal(err)
	}
	hear()
	register(t, desk, someone("Brown", "Carl", "1980-05-05"))
	hear()
	if _, err := patient.SetConfidential(t.Context(), desk, uuid.New(), row.ID, changed.Version, true, "She asked for it"); err != nil {
		t.Fatal(err)
	}
	hear()
	if want := []string{"Deaf.", "other", "closed"}; !slices.Equal(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
	b := patient.BannerOf(row)
	if b.Name.Family != "Smith" || b.MRN != 1 || deep(b.BirthText(term.Date{Year: 2026, Month: 11, Day: 24})) != "3 Feb 1971, 55 years" {
		t.Errorf("banner %+v", b)
	}
}
