package schedule

import (
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/data"
)

// Wall is the rule of local times.
func Wall(day term.Date, minute int, zone *time.Location) time.Time { return wall(day, minute, zone) }

// SlotTexts shows slots as local times, for tables of tests: '09:00-09:20 1' with '+1' for what is kept.
func SlotTexts(c Calendar, day term.Date) (all []string) {
	for _, s := range c.Slots(day) {
		kept := ""
		if s.Reserve > 0 {
			kept = fmt.Sprintf("+%d", s.Reserve)
		}
		all = append(all, fmt.Sprintf("%s-%s %d%s", s.Start.In(c.Zone).Format("15:04"), s.End.In(c.Zone).Format("15:04"), s.Capacity, kept))
	}
	return all
}

// Kept is the rule of the reserve.
func (r Rules) Kept(places int) int { return r.kept(places) }

// Sum compares, past the policy, what is written down as taken with what active appointments and open offers take, and looks for a place beyond its
// capacity and a patient who is in two places.
func Sum(tx data.Tx, capacity func(ResourceID) int) error {
	want, got := map[ResourceID][]taken{}, map[ResourceID][]taken{}
	people := map[string][]taken{}
	add := func(p place) taken {
		start := unixMinute(p.Start)
		t := taken{start, start + int64(p.Minutes), p.flags}
		want[p.Resource] = append(want[p.Resource], t)
		return t
	}
	for row, err := range appointments.All(tx, data.Span{}) {
		if err != nil {
			return err
		}
		if a := row.Value; a.State.Active() {
			people[a.Patient.String()] = append(people[a.Patient.String()], add(a.place()))
		}
	}
	for row, err := range offers.All(tx, data.Span{}) {
		if err != nil {
			return err
		}
		if row.Value.State == OfferOpen {
			add(row.Value.place())
		}
	}
	for row, err := range occupancy.All(tx, data.Span{}) {
		if err != nil {
			return err
		}
		got[row.ID.Resource] = row.Value.Spans.in(row.ID.Week, got[row.ID.Resource])
	}
	for id := range want {
		if got[id] == nil {
			return fmt.Errorf("nothing is written down of %x", id)
		}
	}
	for id, g := range got {
		w := want[id]
		slices.SortFunc(w, order)
		slices.SortFunc(g, order)
		if !slices.Equal(w, g) {
			return fmt.Errorf("taken of %x: %v, appointments and offers are %v", id, g, w)
		}
		if most := together(g); most > capacity(id) {
			return fmt.Errorf("%d at once at %x, capacity is %d", most, id, capacity(id))
		}
	}
	for who, all := range people {
		if most := together(all); most > 1 {
			return fmt.Errorf("patient %s is in %d places at once", who, most)
		}
	}
	return nil
}

func order(a, b taken) int {
	if a.start != b.start {
		return int(a.start - b.start)
	}
	if a.end != b.end {
		return int(a.end - b.end)
	}
	return int(a.flags) - int(b.flags)
}

// together is how many there are at once, at most.
func together(all []taken) (most int) {
	for _, t := range all {
		n := 0
		for _, o := range all {
			if o.start <= t.start && t.start < o.end {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

// Fill books, past the use cases, the slots of a calendar's day that wanted picks, for one patient after another.
func Fill(tx data.Tx, c Calendar, day term.Date, who func() patient.ID, wanted func() bool) error {
	for _, s := range c.Slots(day) {
		if !wanted() {
			continue
		}
		a := Appointment{Patient: who(), Resource: c.Resource.ID, Start: s.Start, Minutes: int(s.End.Sub(s.Start) / time.Minute), Reason: "Follow-up", Priority: Routine, State: Booked}
		if err := take(tx, a.place()); err != nil {
			return err
		}
		if _, err := appointments.Insert(tx, ID(uuid.Must(uuid.NewV7())), a); err != nil {
			return err
		}
	}
	return nil
}

// ReadAppointments is the peer of looking for free times: all appointments of resources in a time, from their index, as without Occupancy.
func ReadAppointments(tx data.Tx, ids []ResourceID, from, to time.Time) (n int, err error) {
	for _, id := range ids {
		var b busy
		for hit, err := range byResource.Scan(tx, between(id[:], from, to)) {
			if err != nil {
				return n, err
			}
			b = append(b, taken{start: unixMinute(hit.Cover.A.Start), end: unixMinute(hit.Cover.A.End())})
		}
		n += len(b)
	}
	return n, nil
}
