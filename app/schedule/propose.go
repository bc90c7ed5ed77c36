package schedule

import (
	"context"
	"slices"
	"time"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/data"
)

// Proposal is a time that is free for what was asked.
type Proposal struct {
	Resource Resource
	Start    time.Time
	Minutes  int
	// Why says what kind of place it is.
	Why term.Text
}

// Passed is a day that was passed over, and why.
type Passed struct {
	Resource Resource
	Day      term.Date
	Why      term.Text
}

// Choice is what proposals give: the earliest times that suit, the earliest first, and why nothing is sooner (of the first days only).
type Choice struct {
	Proposals []Proposal
	Passed    []Passed
}

const mostPassed = 20

// Proposals gives the earliest times that suit a request by its priority. Where a patient is named, times at which the patient is somewhere else
// are left out.
//
// Errors: Invalid on the field that is wrong; NotFound; Forbidden, with access.ErrConfidential for a confidential patient.
func Proposals(ctx context.Context, s *access.Session, r Request) (c Choice, err error) {
	if err := r.check(false); err != nil {
		return c, err
	}
	d, err := newDesk(ctx, s)
	if err != nil {
		return c, err
	}
	deed := access.Deed{Action: access.ActScheduleProposals}
	if !r.Patient.IsZero() {
		deed.About = []data.ID{r.Patient.RecordID()}
	}
	err = s.View(ctx, deed, func(tx data.Tx) error {
		p, err := newPlan(tx, d.zone)
		if err != nil {
			return err
		}
		c, err = d.propose(p, r, ID{})
		return err
	})
	return c, err
}

// seeker looks through the days of one resource.
type seeker struct {
	cal    *Calendar
	busy   busy
	loaded int64 // the first week that is not in busy
	slots  []Slot
}

// weeksAtOnce is how many weeks are read together: most searches end in the first.
const weeksAtOnce = 4

// load sees to it that busy reaches the end of a day's sessions.
func (k *seeker) load(tx data.Tx, day term.Date) (err error) {
	start := day.Start(k.cal.Zone)
	need := weekOf(start.Add(3 * 24 * time.Hour))
	if k.loaded == 0 {
		k.loaded = weekOf(start.Add(-mostLength * time.Minute))
	}
	if need < k.loaded {
		return nil
	}
	// What ended before this day is let go, so that what is looked through stays short.
	past := unixMinute(start) - mostLength
	k.busy = slices.DeleteFunc(k.busy, func(t taken) bool { return t.end <= past })
	k.busy, err = busyIn(tx, k.cal.Resource.ID, k.loaded, k.loaded+weeksAtOnce-1, slices.Grow(k.busy, 64*weeksAtOnce))
	k.loaded += weeksAtOnce
	return err
}

// propose looks day by day through all candidates until there is enough. self is an appointment that is to be moved: its patient is where it is.
func (d *desk) propose(p *plan, r Request, self ID) (c Choice, err error) {
	cals, err := d.candidates(p, r)
	if err != nil {
		return c, err
	}
	seekers := make([]seeker, len(cals))
	for i := range cals {
		seekers[i].cal = cals[i]
	}
	now := p.tx.Time()
	from := r.At
	if from.Before(now) {
		from = now
	}
	first := term.DateOf(from, p.zone)
	theirs, err := theirTimes(p.tx, r.Patient, from, from.AddDate(0, 0, r.Days+3), self)
	if err != nil {
		return c, err
	}
	// The day before is looked at too: its night session may still run.
	for day := first.AddDays(-1); day.DaysUntil(first) > -r.Days && len(c.Proposals) < r.Limit; day = day.AddDays(1) {
		begun := len(c.Proposals)
		for i := range seekers {
			if err := seekers[i].day(p, r, day, from, theirs, &c); err != nil {
				return c, err
			}
		}
		slices.SortStableFunc(c.Proposals[begun:], func(a, b Proposal) int { return a.Start.Compare(b.Start) })
	}
	// A session past midnight may have brought later times before earlier ones of the day that follows.
	slices.SortStableFunc(c.Proposals, func(a, b Proposal) int { return a.Start.Compare(b.Start) })
	c.Proposals = c.Proposals[:min(len(c.Proposals), r.Limit)]
	return c, nil
}

// day adds what is free on a day, or why nothing is.
func (k *seeker) day(p *plan, r Request, day term.Date, from time.Time, theirs busy, c *Choice) error {
	if !k.cal.Resource.Inactive {
		k.slots = k.cal.appendSlots(k.slots[:0], day)
	}
	if len(k.slots) == 0 || k.slots[len(k.slots)-1].Start.Before(from) {
		k.pass(c, day, from, roomPast)
		return nil
	}
	if err := k.load(p.tx, day); err != nil {
		return err
	}
	found, best, now, first := 0, roomPast, momentOf(p.tx.Time()), unixMinute(from.Add(minute-1))
	for i := range k.slots {
		s := &k.slots[i]
		if s.from < first {
			continue
		}
		is, minutes := fit(k.slots, i, r.Minutes, k.busy, r.Priority, now)
		if best = min(best, is); is > roomReserve {
			continue
		}
		if theirs.meets(s.from, s.from+int64(minutes)) {
			continue
		}
		c.Proposals = append(c.Proposals, Proposal{k.cal.Resource, s.Start, minutes, placeText(is, s, k.busy)})
		if found++; found == r.Limit {
			break
		}
	}
	if found == 0 {
		k.pass(c, day, from, best)
	}
	return nil
}

// theirTimes gives the times at which a patient is somewhere, between two instants; none for nobody.
func theirTimes(tx data.Tx, who patient.ID, from, to time.Time, self ID) (all busy, err error) {
	if who.IsZero() {
		return nil, nil
	}
	for hit, err := range byPatient.Scan(tx, between(who, from.Add(-mostLength*time.Minute), to)) {
		if err != nil {
			return nil, err
		}
		if a := hit.Cover.A; a.State.Active() && hit.ID != self {
			all = append(all, taken{start: unixMinute(a.Start), end: unixMinute(a.End())})
		}
	}
	return all, nil
}

func placeText(is room, s *Slot, b busy) term.Text {
	if is == roomReserve {
		return data.Say("schedule.place.reserve", "Kept for urgent patients")
	}
	all, _ := b.during(s.from, s.to)
	if s.Capacity == 1 {
		return data.Say("schedule.place.free", "Free")
	}
	return data.Say("schedule.place.places", "{{.Free}} of {{.All}} places free", "Free", s.Capacity-all, "All", s.Capacity)
}

// pass notes why a day was passed over. Words are made for the first days only.
func (k *seeker) pass(c *Choice, day term.Date, from time.Time, best room) {
	if len(c.Passed) >= mostPassed || day.Before(term.DateOf(from, k.cal.Zone)) {
		return
	}
	why, off := k.cal.Off(day)
	if !off {
		why = best.text(k.cal.Resource.Name, day)
	}
	c.Passed = append(c.Passed, Passed{k.cal.Resource, day, why})
}

// text says why nothing is free on a day.
func (r room) text(name string, day term.Date) data.Message {
	switch r {
	case roomPast:
		return data.Say("schedule.room.over", "The hours of {{.Name}} on {{.Day}} are over", "Name", name, "Day", DayText(day))
	case roomKept:
		return data.Say("schedule.room.kept", "What {{.Name}} has free on {{.Day}} is kept for urgent patients until two hours before", "Name", name, "Day", DayText(day))
	case roomFull:
		return data.Say("schedule.room.full", "{{.Name}} is fully booked on {{.Day}}", "Name", name, "Day", DayText(day))
	}
	return data.Say("schedule.room.elsewhere", "The patient has other appointments on {{.Day}}", "Day", DayText(day))
}

// about names a patient in a deed.
func about(id patient.ID) []data.ID { return []data.ID{id.RecordID()} }
