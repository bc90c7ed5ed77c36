package admin

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/term"
)

// nothingElse is an effect that writes nothing; windows don't know the type that a transaction has.
func nothingElse[T any](T) (string, error) { return "", nil }

func TestStatedReasonsAreListedNewestFirstWithoutNames(t *testing.T) {
	h := opened(t)
	doctor := h.As(access.Doctor)
	first, second := uuid.New(), uuid.New()
	if err := doctor.BreakGlass(t.Context(), uuid.New(), access.PatientID(first[:]), "called to the ward", nothingElse); err != nil {
		t.Fatal(err)
	}
	h.Clock.Pass(time.Hour)
	if err := h.As(access.FrontDesk).BreakGlass(t.Context(), uuid.New(), access.PatientID(second[:]), "phone call of the family", nothingElse); err != nil {
		t.Fatal(err)
	}
	r := reasons{session: h.As(access.Administrator)}
	var err error
	if r.all, err = r.load(t.Context()); err != nil || len(r.all) != 2 {
		t.Fatalf("%d reasons, %v", len(r.all), err)
	}
	if newest := r.all[0]; newest.who != "Flora Desk" || newest.ref != second.String() || !strings.Contains(newest.why, "family") {
		t.Errorf("first stands %+v", newest)
	}
	for filter, want := range map[string]int{"": 2, "dora": 1, "WARD": 1, first.String()[:8]: 1, "nobody": 0} {
		r.filter = filter
		if got := len(r.shown()); got != want {
			t.Errorf("%q: %d, want %d", filter, got, want)
		}
	}
}

func TestNobodyElseReadsTheReasons(t *testing.T) {
	h := opened(t)
	for _, role := range outsiders() {
		r := reasons{session: h.As(role)}
		if _, err := r.load(t.Context()); !term.Is(err, term.Forbidden) {
			t.Errorf("%s: %v, want a refusal", role.Code(), err)
		}
	}
}

func TestTheHospitalIsChangedByItsAdministratorsOnly(t *testing.T) {
	h := opened(t)
	for _, role := range append(outsiders(), access.Administrator) {
		p := hospital{session: h.As(role)}
		row, err := p.load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		facts := row.Value
		facts.Name = "Saint Somewhere"
		err = p.save(t.Context(), row.Version, facts)
		if p.mayChange() != (role == access.Administrator) || term.Is(err, term.Forbidden) == p.mayChange() {
			t.Errorf("%s: offered %t, answered %v", role.Code(), p.mayChange(), err)
		}
	}
}
