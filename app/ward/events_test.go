package ward_test

import (
	"context"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
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

// TestATileBroughtOntoTheBoardIsAsIfTheBoardWereReadAnew.
func TestATileBroughtOntoTheBoardIsAsIfTheBoardWereReadAnew(t *testing.T) {
	s := open(t, "Europe/London")
	_, beds := s.build(rooms(2, 1))
	board := s.board(s.desk)
	put := func(what string, changed ...ward.BedID) {
		t.Helper()
		for _, id := range changed {
			if !board.Put(s.bed(id)) {
				t.Fatalf("%s: the board lacks a bed", what)
			}
		}
		fresh := s.board(s.desk)
		if fresh.At = board.At; !reflect.DeepEqual(board, fresh) {
			t.Errorf("%s: %+v, read anew %+v", what, board, fresh)
		}
	}
	admit := func(family string, bed ward.BedID) ward.StayRow {
		d := patient.Draft{Name: term.HumanName{Family: family, Given: []string{"Ann"}}, Sex: term.Female, Birth: term.UnknownBirth()}
		return s.admit(must[patient.Row](t)(patient.Register(t.Context(), s.desk, uuid.New(), d)).ID, bed)
	}
	first := admit("Smith", beds[0].ID)
	put("one", beds[0].ID)
	second := admit("Smyth", beds[1].ID)
	put("two alike", beds[1].ID)
	must[ward.ReservationRow](t)(ward.Reserve(t.Context(), s.desk, uuid.New(), beds[2].ID, s.patient(term.Male), s.Clock.Now().Add(time.Hour), ""))
	put("reserved", beds[2].ID)
	s.depart(second)
	put("not alike any more", beds[1].ID)
	s.clean(beds[1].ID)
	must[ward.StayRow](t)(s.move(first, ward.Move{Bed: beds[1].ID}))
	put("moved", beds[0].ID, beds[1].ID)
	if board.Put(ward.BedTile{}) {
		t.Error("a bed that is not there was put onto the board")
	}
}
