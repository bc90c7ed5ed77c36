package ward_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/app/ward"
)

// TestWatchersHearWhichBedsChanged, and which stays.
func TestWatchersHearWhichBedsChanged(t *testing.T) {
	s := open(t, "Europe/London")
	after := s.Store.Last()
	w, beds := s.build(rooms(2))
	stay := s.admit(s.patient(term.Female), beds[0].ID)
	moved := must[ward.StayRow](t)(s.move(stay, ward.Move{Bed: beds[1].ID}))
	s.clean(beds[0].ID)
	s.depart(moved)
	must[ward.WardRow](t)(ward.ChangeWard(t.Context(), s.admin, uuid.New(), w.ID, w.Version, ward.Ward{Name: "Renamed"}))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var heard []ward.Changed
	for e, err := range s.As(access.Doctor).Watch(ctx, after) {
		if err != nil {
			t.Fatal(err)
		}
		if c := ward.ChangedIn(e); c.Any() {
			if heard = append(heard, c); len(heard) == 6 {
				cancel()
			}
		}
	}
	only := []ward.StayID{stay.ID}
	both := []ward.BedID{beds[0].ID, beds[1].ID}
	for i, want := range []struct {
		layout bool
		beds   []ward.BedID
		stays  []ward.StayID
	}{{true, both, nil}, {false, both[:1], only}, {false, both, only}, {false, both[:1], nil}, {false, both[1:], only}, {true, nil, nil}} {
		got := heard[i]
		for _, b := range want.beds {
			if !slices.Contains(got.Beds, b) {
				t.Errorf("entry %d does not tell of a bed", i+1)
			}
		}
		if got.Layout != want.layout || len(got.Beds) != len(want.beds) || !slices.Equal(got.Stays, want.stays) {
			t.Errorf("entry %d tells %+v, want %+v", i+1, got, want)
		}
	}
}
