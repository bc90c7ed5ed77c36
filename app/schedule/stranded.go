package schedule

import (
	"context"
	"strconv"
	"time"

	"wardbook/app/access"
	"wardbook/app/notice"
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
	n := 0
	for _, t := range b {
		if start := time.Unix(t.start*60, 0).UTC(); !start.Before(now) && !c.covers(start, time.Unix(t.end*60, 0)) {
			n++
		}
	}
	if n == 0 {
		return 0, nil
	}
	return n, notice.Post(tx, notice.Notice{Kind: notice.KindStranded, Weight: notice.Important, Role: access.FrontDesk,
		Args: map[string]string{"count": strconv.Itoa(n), "name": c.Resource.Name}})
}

// covers tells whether the resource is there for the whole of a time, whatever its slots are.
func (c *Calendar) covers(from, to time.Time) bool {
	if c.Resource.Inactive {
		return false
	}
	for _, s := range c.around(from) {
		if !s.Start.After(from) && s.End.After(from) {
			from = s.End
		}
	}
	return !from.Before(to)
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
	now := r.tx.Time()
	for hit, err := range byResource.Scan(r.tx, between(c.Resource.ID[:], now, now.AddDate(0, 0, mostDays+7))) {
		if err != nil {
			return all, err
		}
		a := hit.Cover.A
		if !a.State.Active() || c.covers(a.Start, a.End()) {
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
