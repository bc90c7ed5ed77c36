package ward_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/app/ward"
)

// BenchmarkBoard measures the read of a board of 500 beds, 450 of them occupied, against asking for each bed by itself in the same run: that
// is what it would be without indexes that cover what a board shows.
func BenchmarkBoard(b *testing.B) {
	for _, others := range []int{0, 100_000} { // patients who are not in
		b.Run(fmt.Sprint(others), func(b *testing.B) {
			s := open(b, "Europe/London")
			s.outpatients(others)
			beds := s.full(b)
			var ours, peers time.Duration
			for b.Loop() {
				began := time.Now()
				if board := s.board(s.desk); board.Count.Of(ward.Occupied) != 450 {
					b.Fatal(board.Count)
				}
				ours += time.Since(began)
				began = time.Now()
				for _, id := range beds {
					s.bed(id)
				}
				peers += time.Since(began)
			}
			b.ReportMetric(float64(ours.Microseconds())/float64(b.N)/1000, "board-ms")
			b.ReportMetric(float64(peers.Microseconds())/float64(b.N)/1000, "each-ms")
			b.ReportMetric(float64(ours)/float64(peers), "board-of-each")
		})
	}
}

// BenchmarkAdmission measures an admission to the best bed of 500, with the discharge and the cleaning that make room for the next.
func BenchmarkAdmission(b *testing.B) {
	s := open(b, "Europe/London")
	s.full(b)
	who := s.patient(term.Female)
	for b.Loop() {
		stay := s.depart(s.admit(who, ward.BedID{}))
		s.clean(stay.Value.Last().Bed)
	}
}

// full builds 5 wards of 100 beds and admits 450 patients.
func (s *site) full(b *testing.B) (all []ward.BedID) {
	b.Helper()
	for n := range 5 {
		p := ward.Plan{Ward: ward.Ward{Name: fmt.Sprint("Ward ", n+1)}}
		for room := range 25 {
			p.Rooms = append(p.Rooms, ward.RoomPlan{Room: ward.Room{Name: fmt.Sprint(100*(n+1) + room)}, Beds: 4})
		}
		_, beds := s.build(p)
		for _, bed := range beds {
			all = append(all, bed.ID)
		}
	}
	for i, who := range s.crowd(450) {
		s.admit(who, all[i])
	}
	return all
}

// outpatients registers people who are not in.
func (s *site) outpatients(count int) {
	s.t.Helper()
	drafts := make([]patient.Draft, count)
	for i := range drafts {
		drafts[i] = patient.Draft{Name: term.HumanName{Family: fmt.Sprintf("Out%c%c%c", 'a'+i/676%26, 'a'+i/26%26, 'a'+i%26), Given: []string{"Pat"}},
			Birth: term.Birth{Date: term.Date{Year: 1930, Month: 1, Day: 1}.AddDays(i % 30_000)}}
	}
	if err := patient.Import(s.t.Context(), s.Door.Machine(), uuid.New(), drafts, nil); err != nil {
		s.t.Fatal(err)
	}
}
