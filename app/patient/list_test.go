package patient_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/data"
)

func TestListIsPaged(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	families := []string{"Özil", "abbott", "Zhang", "Brown", "Ångström", "Brown", "Müller", "O'Neill"}
	for i, family := range families {
		h.Clock.Pass(time.Minute)
		register(t, desk, someone(family, fmt.Sprint("Ann", i), "1971-02-03"))
	}
	whole := func(p patient.Page) (names []string) {
		for range 20 {
			l, err := patient.List(t.Context(), desk, p)
			if err != nil || l.Total != len(families) || len(l.Hits) > p.Limit {
				t.Fatalf("%+v: %v", l, err)
			}
			for _, hit := range l.Hits {
				names = append(names, hit.Name.Family)
			}
			if p.After = l.Next; p.After == nil {
				return names
			}
		}
		t.Fatal("the list does not end")
		return nil
	}
	byName := []string{"abbott", "Ångström", "Brown", "Brown", "Müller", "O'Neill", "Özil", "Zhang"}
	recent := slices.Clone(families)
	slices.Reverse(recent)
	for limit := 1; limit <= 9; limit++ {
		if got := whole(patient.Page{Limit: limit}); !slices.Equal(got, byName) {
			t.Errorf("by name, %d a page: %v, want %v", limit, got, byName)
		}
		if got := whole(patient.Page{Limit: limit, Order: patient.ByRecent}); !slices.Equal(got, recent) {
			t.Errorf("by time, %d a page: %v, want %v", limit, got, recent)
		}
	}
	if got := whole(patient.Page{Limit: 3, From: "ÓN"}); !slices.Equal(got, byName[5:]) {
		t.Errorf("from 'on': %v", got)
	}
	if _, err := patient.List(t.Context(), h.As(access.Administrator), patient.Page{}); !data.Is(err, data.Forbidden) {
		t.Errorf("an administrator lists patients: %v", err)
	}
}

func drafts(n int) (all []patient.Draft) {
	for i := range n {
		d := someone(fmt.Sprintf("Family%d", i), "Ann", "1971-02-03")
		d.NationalIDs = []term.NationalID{{Type: term.OtherID, Number: fmt.Sprintf("AB%06d", i)}}
		all = append(all, d)
	}
	return all
}

func TestImport(t *testing.T) {
	h, other := clinic(t), clinic(t)
	operation := uuid.New()
	var told []int
	progress := func(done, total int) {
		if total != 450 {
			t.Errorf("of %d", total)
		}
		told = append(told, done)
	}
	if err := patient.Import(t.Context(), h.Door.Machine(), operation, drafts(450), progress); err != nil {
		t.Fatal(err)
	}
	if want := []int{200, 400, 450}; !slices.Equal(told, want) {
		t.Errorf("progress %v, want %v", told, want)
	}
	for range 2 { // the second time it is all there
		if err := patient.Import(t.Context(), other.Door.Machine(), operation, drafts(450), nil); err != nil {
			t.Fatal(err)
		}
	}
	page := patient.Page{Limit: 500, Order: patient.ByRecent}
	a, err := patient.List(t.Context(), h.As(access.FrontDesk), page)
	b, err2 := patient.List(t.Context(), other.As(access.Doctor), page)
	if err := errors.Join(err, err2); err != nil || len(a.Hits) != 450 || !slices.Equal(hitIDs(a.Hits), hitIDs(b.Hits)) {
		t.Errorf("%d and %d patients, or with other ids: %v", len(a.Hits), len(b.Hits), err)
	}
	if a.Hits[0].MRN != 450 || a.Hits[0].Name.Family != "Family449" || a.Total != 450 {
		t.Errorf("the last is %+v", a.Hits[0])
	}
}

func hitIDs(hits []patient.Hit) (ids []patient.ID) {
	for _, h := range hits {
		ids = append(ids, h.ID)
	}
	return ids
}

func TestImportOfWhatCannotBe(t *testing.T) {
	h := clinic(t)
	bad := drafts(300)
	bad[250].Birth = born("2030-01-01")
	err := patient.Import(t.Context(), h.Door.Machine(), uuid.New(), bad, nil)
	var row *patient.RowError
	if !errors.As(err, &row) || row.Row != 250 || !data.Is(err, data.Invalid) {
		t.Errorf("a birth to come: %v", err)
	}
	if l, err := patient.List(t.Context(), h.As(access.FrontDesk), patient.Page{}); err != nil || l.Total != 0 {
		t.Errorf("%d were written: %v", l.Total, err)
	}
	bad = drafts(300)
	bad[299].NationalIDs = bad[0].NationalIDs
	operation := uuid.New()
	err = patient.Import(t.Context(), h.Door.Machine(), operation, bad, nil)
	if !errors.As(err, &row) || row.Row != 299 || !data.Is(err, data.Conflict) {
		t.Errorf("a paper that another has: %v", err)
	}
	bad[299].NationalIDs = nil // mended, it goes on where it broke off
	if err := patient.Import(t.Context(), h.Door.Machine(), operation, bad, nil); err != nil {
		t.Fatal(err)
	}
	if l, err := patient.List(t.Context(), h.As(access.FrontDesk), patient.Page{}); err != nil || l.Total != 300 {
		t.Errorf("%d in the end: %v", l.Total, err)
	}
	for _, role := range []access.Roles{access.Doctor, access.Administrator} {
		if err := patient.Import(t.Context(), h.As(role), uuid.New(), drafts(1), nil); !data.Is(err, data.Forbidden) {
			t.Errorf("%s imports: %v", role.Code(), err)
		}
	}
	if err := patient.Import(t.Context(), h.Door.Machine(), uuid.New(), nil, nil); err != nil {
		t.Errorf("nothing: %v", err)
	}
	long := drafts(400) // with notes that do not fit into one update of two hundred
	for i := range long {
		long[i].NationalIDs = nil
		for len(long[i].Notes) < 5900 {
			long[i].Notes += "漢字"
		}
	}
	if err := patient.Import(t.Context(), h.Door.Machine(), uuid.New(), long, nil); err != nil {
		t.Errorf("with long notes: %v", err)
	}
}
