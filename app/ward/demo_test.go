package ward_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/app/ward"
)

// TestTheProgramItselfCanFillADemonstration: its session builds the wards, and admits, moves and discharges as if it had happened over weeks.
func TestTheProgramItselfCanFillADemonstration(t *testing.T) {
	s := open(t, "Europe/London")
	machine := s.Door.Machine()
	for _, p := range ward.DemoPlans() {
		must[ward.WardRow](t)(ward.AddWard(t.Context(), machine, uuid.New(), p))
	}
	now, kinds := s.Clock.Now(), ward.Kinds
	for i, who := range s.crowd(30) {
		r := s.request(who)
		r.Kind, r.At = kinds[i%len(kinds)], now.Add(-time.Duration(1+i%30)*24*time.Hour)
		r.Expected = term.DateOf(now, time.UTC).AddDays(i % 9)
		stay := must[ward.StayRow](t)(ward.Admit(t.Context(), machine, uuid.New(), r))
		if i%3 == 0 {
			before := stay.Value.Last().Bed
			stay = must[ward.StayRow](t)(ward.Transfer(t.Context(), machine, uuid.New(), stay.ID, stay.Version, ward.Move{At: now.Add(-time.Hour)}))
			must[ward.BedRow](t)(ward.MarkClean(t.Context(), machine, uuid.New(), before))
		}
		if i%2 == 0 {
			gone := must[ward.StayRow](t)(ward.Depart(t.Context(), machine, uuid.New(), stay.ID, stay.Version, ward.Leave{How: ward.Home, At: now.Add(-time.Minute)}))
			if i%5 > 0 {
				must[ward.BedRow](t)(ward.MarkClean(t.Context(), machine, uuid.New(), gone.Value.Last().Bed))
			}
		}
	}
	board := s.board(s.As(access.Doctor))
	if board.Count.Of(ward.Occupied) != 15 || board.Count.Of(ward.Cleaning) == 0 {
		t.Errorf("the board counts %v", board.Count)
	}
	s.right()
}
