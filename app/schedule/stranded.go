package schedule

import (
	"context"
	"strconv"
	"time"

	"wardbook/app/access"
	"wardbook/app/notice"
	"wardbook/app/term"
	"wardbook/data"
)

// Hours, leave and holidays change under appointments that were booked before. These stay until a person has moved them: the patient has to be
// asked.

// tellStranded counts what of a resource no longer fits, from the occupancy alone, and tells the desk: who sets hours sees no patient.
func tellStranded(tx data.Tx, id ResourceID, zone *time.Location) (int, error) {
	p, err := newPlan(tx, zone)
	if err != nil {
		return 0, err
	}
	c, err := p.known(id)
	if err != nil {
		return 0, err
	}
	now := tx.Time()
	b, err := busyIn(tx, id, weekOf(now), weekOf(now.AddDate(0, 0, mostDays+7)), nil)
	if err != nil {
		return 0, err
	}
	n, covers := 0, c.coverer()
	for _, t := range b {
		if start := minuteUTC(t.start); !start.Before(now) && !covers(start, minuteUTC(t.end)) {
			n++
		}
	}
	if n == 0 {
		return 0, nil
	}
	return n, notice.Post(tx, notice.Notice{Kind: notice.KindStranded, Weight: notice.Important, Role: access.FrontDesk,
		Args: map[string]string{"count": strconv.Itoa(n), "name": c.Resource.Name}})
}

// coverer gives what tells whether the resource is there for the whole of a time, whatever its slots are. It keeps the slots of the day it was asked about
// last: those who ask go through days in order.
func (c *Calendar) coverer() func(from, to time.Time) bool {
	var day term.Date
	var slots []Slot
	return func(from, to time.Time) bool {
		if c.Resource.Inactive {
			return false
		}
		if d := term.DateOf(from, c.Zone); d != day {
			day, slots = d, c.around(from)
		}
		for _, s := range slots {
			if !s.Start.After(from) && s.End.After(from) {
				from = s.End
			}
		}
		return !from.Before(to)
	}
}

// Stranded gives the booked appointments from now on that no longer fit hours, leave or holidays, or whose doctor or machine is no longer there, by
// resource and time; at most limit. For the desk, to move them.
func Stranded(ctx context.Context, s *access.Session, limit int) (all []Item, err error) {
	resources, err := Resources(ctx, s)
	if err != nil {
		return nil, err
	}
	err = reading(ctx, s, access.Deed{Action: access.ActScheduleStranded}, func(r *reader) error {
		all = nil
		for _, res := range resources {
			c, err := r.calendar(res)
			if err != nil {
				return err
			}
			if all, err = r.stranded(c, all, limit); err != nil || len(all) == limit {
				return err
			}
		}
		return nil
	})
	return all, err
}

func (r *reader) stranded(c *Calendar, all []Item, limit int) ([]Item, error) {
	now, covers := r.tx.Time(), c.coverer()
	for hit, err := range byResource.Scan(r.tx, between(c.Resource.ID[:], now, now.AddDate(0, 0, mostDays+7))) {
		if err != nil {
			return all, err
		}
		a := hit.Cover.A
		if !a.State.Active() || covers(a.Start, a.End()) {
			continue
		}
		i, err := r.item(hit.ID, hit.Cover)
		if err != nil {
			return all, err
		}
		if all = append(all, i); len(all) == limit {
			return all, nil
		}
	}
	return all, nil
}
