package schedule

import (
	"slices"
	"time"

	"wardbook/app/term"
	"wardbook/data"
)

// ChangedIn gives the appointments as an entry left them.
func ChangedIn(e data.Entry) []Row {
	var all []Row
	for event, err := range appointments.Events(e) {
		if err == nil {
			all = append(all, event.Row)
		}
	}
	return all
}

// DayChanged tells whether an entry changes what a resource has on a day: its appointments, what is held of it, its hours or leave. A move
// changes the day from which it went too: that is seen in the occupancy, which says the week only.
func DayChanged(e data.Entry, id ResourceID, day term.Date) bool {
	for _, c := range e.Records {
		switch c.Table {
		case holidays.Def().Number, rules.Def().Number:
			return true
		case hours.Def().Number, leave.Def().Number, equipment.Def().Number:
			if c.ID == id.RecordID() {
				return true
			}
		case occupancy.Def().Number:
			if k, err := (WeekKey{}).FromRecordID(c.ID); err == nil && k.Resource == id && k.touches(day) {
				return true
			}
		case appointments.Def().Number:
			if row, err := appointments.Row(c.ID, c.Record); err == nil && row.Value.Resource == id && nearDay(row.Value.Start, day) {
				return true
			}
		}
	}
	return false
}

// WaitingChanged tells whether an entry changes the waiting list or an offer.
func WaitingChanged(e data.Entry) bool {
	return slices.ContainsFunc(e.Records, func(c data.Change) bool {
		return c.Table == waiting.Def().Number || c.Table == offers.Def().Number
	})
}

// touches tells whether a week has a part of a day in some zone, or of the night that runs into it.
func (k WeekKey) touches(day term.Date) bool {
	start := day.Start(time.UTC)
	return k.Week >= weekOf(start.Add(-2*24*time.Hour)) && k.Week <= weekOf(start.Add(3*24*time.Hour))
}

// nearDay tells whether an instant may be of a day, whatever the zone.
func nearDay(at time.Time, day term.Date) bool {
	start := day.Start(time.UTC)
	return at.After(start.Add(-2*24*time.Hour)) && at.Before(start.Add(3*24*time.Hour))
}
