package patient_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/notice"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/data"
)

// secret registers a patient and marks her as confidential.
func secret(t *testing.T, s *access.Session, d patient.Draft) patient.Row {
	t.Helper()
	row := register(t, s, d)
	row, err := patient.SetConfidential(t.Context(), s, uuid.New(), row.ID, row.Version, true, "Known to half the staff")
	if err != nil {
		t.Fatal(err)
	}
	return row
}

// TestConfidentialPatientShowsNameNumberAndMark in lists, until a reason was stated, and is not found by a part of what is kept back.
func TestConfidentialPatientShowsNameNumberAndMark(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	row := secret(t, desk, ann())
	check := func(hits []patient.Hit, how string) {
		if len(hits) != 1 || !hits[0].Confidential || hits[0].Name.Family != "Smith" || hits[0].MRN != 1 || hits[0].PhoneTail != "" || hits[0].Birth != (term.Birth{}) {
			t.Errorf("%s shows %+v", how, hits)
		}
	}
	for _, query := range []string{"smith", row.Value.MRN.String(), "9434765919", "L01X00T47"} {
		check(find(t, desk, query).Hits, query)
	}
	for _, query := range []string{"1971", "smith 1971", "3.2.1971", "smith feb 1971", "0958", "020 7946 0958", "smith 0123", "94347659", "L01X", "smith L01X"} {
		if r := find(t, desk, query); r.Total != 0 || r.More {
			t.Errorf("%q finds the confidential patient", query)
		}
	}
	list, err := patient.List(t.Context(), desk, patient.Page{})
	if err != nil {
		t.Fatal(err)
	}
	check(list.Hits, "the list")
	hit, err := patient.WithMRN(t.Context(), desk, row.Value.MRN)
	if err != nil {
		t.Fatal(err)
	}
	check([]patient.Hit{hit}, "the scanner")

	if err := patient.BreakGlass(t.Context(), desk, uuid.New(), row.ID, "She is at the counter"); err != nil {
		t.Fatal(err)
	}
	if hits := find(t, desk, "smith 1971").Hits; len(hits) != 1 || !hits[0].Birth.Known() || hits[0].PhoneTail != "0958" || !hits[0].Confidential {
		t.Errorf("after the reason: %+v", hits)
	}
	if find(t, h.As(access.Doctor), "smith 1971").Total != 0 {
		t.Error("the reason of one session opens for another")
	}
}

// TestNobodyLearnsABirthdayByTryingEveryDay: whoever knows a name could fill in the form with each day, and see at which the patient appears. Only the
// number of a paper, which whoever registers her has before the eyes, tells that she is here already; and that is recorded.
func TestNobodyLearnsABirthdayByTryingEveryDay(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	row := secret(t, desk, ann())
	shown := func(d patient.Draft) int {
		t.Helper()
		alike, err := patient.Alike(t.Context(), desk, d, 5)
		if err != nil {
			t.Fatal(err)
		}
		return len(alike)
	}
	draft := someone("Smith", "Ann", "1971-01-01")
	draft.Phones = []patient.Phone{{Number: "020 7946 0958"}}
	for date := draft.Birth.Date; date.Year == 1971; date = date.AddDays(1) {
		for _, estimated := range []bool{false, true} {
			if draft.Birth = (term.Birth{Date: date, Estimated: estimated}); shown(draft) != 0 {
				t.Fatalf("%v, estimated %t, gives her away", date, estimated)
			}
		}
	}
	looks := func() int {
		n := 0
		h.Wait()
		for _, c := range h.Looks() {
			if c.Action == string(access.ActPatientMatch) && slices.Equal(c.About, []data.ID{row.ID.RecordID()}) {
				n++
			}
		}
		return n
	}
	if looks() != 0 {
		t.Error("what found nobody is recorded")
	}
	draft = patient.Draft{NationalIDs: []term.NationalID{{Type: term.NHSNumber, Number: "9434765919"}}}
	for range 3 { // the form asks with every key
		if shown(draft) != 1 {
			t.Error("the paper does not lead to her")
		}
	}
	if n := looks(); n != 1 {
		t.Errorf("that a paper led to her is recorded %d times", n)
	}
	if err := patient.BreakGlass(t.Context(), desk, uuid.New(), row.ID, "She is at the counter"); err != nil {
		t.Fatal(err)
	}
	if shown(someone("Smith", "Ann", "1971-02-03")) != 1 {
		t.Error("not shown to whom she was opened")
	}
}

func TestConfidentialPatientAsksForAReason(t *testing.T) {
	h := clinic(t)
	row := secret(t, h.As(access.FrontDesk), ann())
	for _, role := range []access.Roles{access.FrontDesk, access.DataEntry, access.Doctor} {
		s := h.As(role)
		if _, err := patient.Open(t.Context(), s, row.ID); !data.Is(err, data.Forbidden) || !errors.Is(err, access.ErrConfidential) {
			t.Fatalf("%s opens without a reason: %v", role.Code(), err)
		}
		if err := patient.BreakGlass(t.Context(), s, uuid.New(), row.ID, "."); !slices.Equal(fields(err), []string{"why"}) {
			t.Errorf("no reason: %v", err)
		}
		operation := uuid.New()
		for range 2 {
			if err := patient.BreakGlass(t.Context(), s, operation, row.ID, "I treat this patient"); err != nil {
				t.Fatal(err)
			}
		}
		if opened, err := patient.Open(t.Context(), s, row.ID); err != nil || opened.Value.Email == "" {
			t.Errorf("%s opens with a reason: %v", role.Code(), err)
		}
	}
	admin := h.As(access.Administrator)
	if err := patient.BreakGlass(t.Context(), admin, uuid.New(), row.ID, "I would like to see"); !data.Is(err, data.Forbidden) {
		t.Errorf("an administrator: %v", err)
	}
	told, err := notice.Waiting(t.Context(), admin)
	if err != nil || len(told) != 3 {
		t.Fatalf("administrators are told %d times: %v", len(told), err)
	}
	for _, n := range told {
		if n.Value.Kind != notice.KindReason || n.Value.Args["name"] == "" || len(n.Value.Args) != 1 {
			t.Errorf("told is %+v", n.Value)
		}
	}
	other := register(t, h.As(access.FrontDesk), someone("Brown", "Carl", "1980-05-05"))
	if err := patient.BreakGlass(t.Context(), h.As(access.Doctor), uuid.New(), other.ID, "There is no need"); !data.Is(err, data.Conflict) {
		t.Errorf("a reason where none is asked for: %v", err)
	}
	if err := patient.BreakGlass(t.Context(), h.As(access.Doctor), uuid.New(), patient.ID{1}, "There is nobody"); !data.Is(err, data.NotFound) {
		t.Errorf("a reason for nobody: %v", err)
	}
}

func TestTheMarkIsTakenAway(t *testing.T) {
	h := clinic(t)
	desk, doctor := h.As(access.FrontDesk), h.As(access.Doctor)
	row := secret(t, desk, ann())
	take := func(s *access.Session, seen uint64, why string) error {
		_, err := patient.SetConfidential(t.Context(), s, uuid.New(), row.ID, seen, false, why)
		return err
	}
	if err := take(doctor, row.Version, "She asked for it"); !errors.Is(err, access.ErrConfidential) {
		t.Errorf("without a reason to open: %v", err)
	}
	if err := patient.BreakGlass(t.Context(), doctor, uuid.New(), row.ID, "I treat her"); err != nil {
		t.Fatal(err)
	}
	if err := take(doctor, row.Version, " "); !slices.Equal(fields(err), []string{"why"}) {
		t.Errorf("for no reason: %v", err)
	}
	var stale *patient.Stale
	if err := take(doctor, row.Version-1, "She asked for it"); !errors.As(err, &stale) {
		t.Errorf("with an old version: %v", err)
	}
	if err := take(doctor, row.Version, "She asked for it"); err != nil {
		t.Fatal(err)
	}
	if _, err := patient.Open(t.Context(), h.As(access.DataEntry), row.ID); err != nil {
		t.Errorf("after the mark is gone: %v", err)
	}
	if r := find(t, desk, "smith 1971"); r.Total != 1 || r.Hits[0].Confidential {
		t.Errorf("after the mark is gone: %+v", r)
	}
	for _, role := range []access.Roles{access.DataEntry, access.Administrator} {
		if err := take(h.As(role), row.Version+1, "She asked for it"); !data.Is(err, data.Forbidden) {
			t.Errorf("%s marks: %v", role.Code(), err)
		}
	}
}
