package ward_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/app/ward"
	"wardbook/data"
)

// desks lets so many people work at once through a list of jobs.
func desks(count, jobs int, do func(job int)) {
	next := make(chan int)
	var wg sync.WaitGroup
	for range count {
		wg.Go(func() {
			for job := range next {
				do(job)
			}
		})
	}
	for job := range jobs {
		next <- job
	}
	close(next)
	wg.Wait()
}

// crowd registers many patients at once.
func (s *site) crowd(count int) []patient.ID {
	s.t.Helper()
	drafts := make([]patient.Draft, count)
	for i := range drafts {
		drafts[i] = patient.Draft{Name: term.HumanName{Family: "Crowd", Given: []string{fmt.Sprintf("No%c%c", 'a'+i/26%26, 'a'+i%26)}}, Sex: term.Sex(1 + i%2),
			Birth: term.Birth{Date: term.Date{Year: 1940, Month: 1, Day: 1}.AddDays(i)}}
	}
	if err := patient.Import(s.t.Context(), s.Door.Machine(), uuid.New(), drafts, nil); err != nil {
		s.t.Fatal(err)
	}
	var ids []patient.ID
	page := patient.Page{Order: patient.ByRecent, Limit: 500}
	for {
		l := must[patient.Listing](s.t)(patient.List(s.t.Context(), s.desk, page))
		for _, h := range l.Hits {
			if h.Name.Family == "Crowd" {
				ids = append(ids, h.ID)
			}
		}
		if page.After = l.Next; len(l.Next) == 0 {
			return ids
		}
	}
}

// tally sorts the outcomes of a race.
type tally struct {
	sync.Mutex
	stays    []ward.StayRow
	refused  int
	surprise error
}

func (a *tally) count(row ward.StayRow, err error) {
	a.Lock()
	defer a.Unlock()
	var instead *ward.Instead
	switch {
	case err == nil:
		a.stays = append(a.stays, row)
	case data.Is(err, data.Conflict) && errors.As(err, &instead):
		a.refused++
	default:
		a.surprise = err
	}
}

// TestAThousandAdmissionsTakeExactlyTheFreeBeds: 1,000 patients at 16 desks, 9 free beds of 12.
func TestAThousandAdmissionsTakeExactlyTheFreeBeds(t *testing.T) {
	s := open(t, "Europe/London")
	w, beds := s.build(rooms(4, 4, 3, 1))
	s.admit(s.patient(term.Female), beds[0].ID)
	must[ward.BedRow](t)(ward.CloseBed(t.Context(), s.desk, uuid.New(), beds[5].ID, "The motor is broken."))
	must[ward.BedRow](t)(ward.MarkUnclean(t.Context(), s.entry, uuid.New(), beds[7].ID))
	const asking, free = 1000, 9
	people := s.crowd(asking)
	sessions := make([]*access.Session, 16)
	for i := range sessions {
		sessions[i] = s.As(access.FrontDesk)
	}
	var got tally
	desks(len(sessions), asking, func(job int) {
		r := s.request(people[job])
		r.Needs.Ward = w.ID
		got.count(ward.Admit(t.Context(), sessions[job%len(sessions)], uuid.New(), r))
	})
	if len(got.stays) != free || got.refused != asking-free || got.surprise != nil {
		t.Errorf("%d of %d were admitted to %d free beds, %d refused; %v", len(got.stays), asking, free, got.refused, got.surprise)
	}
	if count := s.board(s.desk).Count; count.Of(ward.Occupied) != free+1 || count.Of(ward.Free) != 0 {
		t.Errorf("the board counts %v", count)
	}
	s.right()
}

// TestS4NothingIsLostWhenTwoDesksWorkAtOnce: identifiers were reckoned in the browser, the second of two operators lost the record, and both read that all
// went well.
func TestS4NothingIsLostWhenTwoDesksWorkAtOnce(t *testing.T) {
	s := open(t, "Europe/London")
	_, beds := s.build(rooms(20, 20, 20))
	people := s.crowd(60)
	var got tally
	desks(12, len(people), func(job int) {
		r := s.request(people[job])
		r.Bed = beds[job].ID
		got.count(ward.Admit(t.Context(), s.desk, uuid.New(), r))
	})
	if len(got.stays) != len(people) || got.surprise != nil {
		t.Fatalf("%d of %d were told that they are in; %v", len(got.stays), len(people), got.surprise)
	}
	for _, row := range got.stays { // whatever was acknowledged is there
		stay, in, err := ward.PresentStay(t.Context(), s.desk, row.Value.Patient)
		if err != nil || !in || stay.ID != row.ID || stay.Value.Last().Bed != row.Value.Last().Bed {
			t.Errorf("of a stay that was acknowledged the book says %+v, %t, %v", stay, in, err)
		}
	}
	s.right()
}

// TestEightDesksAdmitOnePatientOnce, each to a bed of its own, and one bed to one of eight patients.
func TestEightDesksAdmitOnePatientOnce(t *testing.T) {
	s := open(t, "Europe/London")
	_, beds := s.build(rooms(8, 1))
	ann := s.patient(term.Female)
	var mu sync.Mutex
	in, already := 0, 0
	desks(8, 8, func(job int) {
		r := s.request(ann)
		r.Bed = beds[job].ID
		_, err := ward.Admit(t.Context(), s.desk, uuid.New(), r)
		mu.Lock()
		defer mu.Unlock()
		var there *ward.Already
		if err == nil {
			in++
		} else if errors.As(err, &there) {
			already++
		}
	})
	if in != 1 || already != 7 {
		t.Errorf("one patient was admitted %d times, refused %d times", in, already)
	}
	people := s.crowd(8)
	var got tally
	desks(8, 8, func(job int) {
		r := s.request(people[job])
		r.Bed = beds[8].ID
		got.count(ward.Admit(t.Context(), s.desk, uuid.New(), r))
	})
	if len(got.stays) != 1 || got.refused != 7 || got.surprise != nil {
		t.Errorf("one bed was given %d times, refused %d times; %v", len(got.stays), got.refused, got.surprise)
	}
	s.right()
}

// TestASecondTryAdmitsOnce: a desk that did not hear the answer asks again with the same operation.
func TestASecondTryAdmitsOnce(t *testing.T) {
	s := open(t, "Europe/London")
	s.build(rooms(3))
	r, operation := s.request(s.patient(term.Male)), uuid.New()
	first := must[ward.StayRow](t)(ward.Admit(t.Context(), s.desk, operation, r))
	second := must[ward.StayRow](t)(ward.Admit(t.Context(), s.desk, operation, r))
	if first.ID != second.ID || second.Value.Last().Bed != first.Value.Last().Bed {
		t.Errorf("the second try made %+v of %+v", second, first)
	}
	s.right()
}
