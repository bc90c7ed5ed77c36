package schedule

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/data"
)

// Shift is one session of the week: on this weekday, from and to in minutes since midnight on the clock of the hospital's wall. A session
// across midnight ends after minute 1440 and belongs to the day on which it begins.
type Shift struct {
	Weekday  time.Weekday `cbor:"1,keyasint"`
	From     int          `cbor:"2,keyasint"`
	To       int          `cbor:"3,keyasint"`
	Slot     int          `cbor:"4,keyasint"` // minutes of one slot
	Capacity int          `cbor:"5,keyasint"` // patients in one slot
	// First and Last are the first and the last day on which it holds; zero: from ever, for ever.
	First term.Date `cbor:"6,keyasint"`
	Last  term.Date `cbor:"7,keyasint"`
}

// Hours are the sessions of one resource.
type Hours struct {
	Shifts []Shift `cbor:"1,keyasint,omitempty"`
}

var hours = data.NewTable[ResourceID, Hours](data.TableSpec[Hours]{Number: 30, Name: string(access.TableHours)})

// HoursRow are hours with the version to change them by; version 0: none were ever set.
type HoursRow = data.Row[ResourceID, Hours]

// Limits of hours.
const (
	dayMinutes  = 24 * 60
	weekMinutes = 7 * dayMinutes
	LeastSlot   = 5            // minutes
	MostSlot    = 8 * 60       // minutes; no appointment is longer
	MostPlaces  = 50           // patients in one slot
	mostShifts  = 100          // of one resource
	mostLeave   = 400          // of one resource
	mostLength  = 2 * MostSlot // minutes of an appointment, rounded up to whole slots
)

// Nth names the field of the i-th line of a form that has several, from 0.
func Nth(field string, i int) string { return field + "." + strconv.Itoa(i+1) }

func (s Shift) check(i int) error {
	wrong := func(field string, m data.Message) error { return invalid("hours", Nth(field, i), m) }
	switch {
	case s.Weekday < time.Sunday || s.Weekday > time.Saturday:
		return wrong(FieldWeekday, data.Say("schedule.hours.weekday", "Choose a day of the week."))
	case s.From < 0 || s.From >= dayMinutes:
		return wrong(FieldFrom, data.Say("schedule.hours.from", "Enter the time at which it begins, from 00:00 to 23:59."))
	case s.To <= s.From || s.To > s.From+dayMinutes:
		return wrong(FieldTo, data.Say("schedule.hours.to", "It has to end after it begins, at most 24 hours later."))
	case s.Slot < LeastSlot || s.Slot > MostSlot || s.Slot > s.To-s.From:
		return wrong(FieldSlot, data.Say("schedule.hours.slot", "A slot takes {{.Least}} to {{.Most}} minutes, and at most as long as the session.", "Least", LeastSlot, "Most", MostSlot))
	case s.Capacity < 1 || s.Capacity > MostPlaces:
		return wrong(FieldCapacity, data.Say("schedule.hours.capacity", "Enter how many patients come at the same time, from 1 to {{.Most}}.", "Most", MostPlaces))
	case !s.Last.IsZero() && s.Last.Before(s.First):
		return wrong(FieldLast, data.Say("schedule.hours.last", "The last day is before the first. Check both."))
	}
	return nil
}

// meets tells whether two sessions are at the same time on some day: then one doctor would be in two of them.
func (s Shift) meets(other Shift) bool {
	if !s.Last.IsZero() && s.Last.Before(other.First) || !other.Last.IsZero() && other.Last.Before(s.First) {
		return false
	}
	from, otherFrom := int(s.Weekday)*dayMinutes+s.From, int(other.Weekday)*dayMinutes+other.From
	for _, week := range []int{-weekMinutes, 0, weekMinutes} { // Saturday night runs into Sunday
		if from+week < otherFrom+other.To-other.From && otherFrom < from+week+s.To-s.From {
			return true
		}
	}
	return false
}

// Check says what is wrong with hours, each on its field.
func (h Hours) Check() error {
	var wrong []error
	if len(h.Shifts) > mostShifts {
		return invalid("hours", FieldFrom, data.Say("schedule.hours.many", "Only {{.Most}} sessions fit. Take away those that are over.", "Most", mostShifts))
	}
	for i, s := range h.Shifts {
		if err := s.check(i); err != nil {
			wrong = append(wrong, err)
			continue
		}
		for _, before := range h.Shifts[:i] {
			if s.meets(before) {
				wrong = append(wrong, invalid("hours", Nth(FieldFrom, i), data.Say("schedule.hours.overlap",
					"This session and another are at the same time. Change one of them, or the days on which they hold.")))
				break
			}
		}
	}
	return errors.Join(wrong...)
}

// SetHours sets the sessions of a resource as of the version seen (0: none yet), and tells the desk where appointments no longer fit them. It
// gives how many; they stay until the desk has moved them.
//
// Errors: Invalid, joined, each on its field; Conflict with a *data.Stale where somebody else changed them; NotFound; Forbidden.
func SetHours(ctx context.Context, s *access.Session, operation uuid.UUID, id ResourceID, seen uint64, h Hours) (stranded int, err error) {
	if err := h.Check(); err != nil {
		return 0, err
	}
	zone, err := zoneOf(ctx, s)
	if err != nil {
		return 0, err
	}
	_, err = s.Update(ctx, access.Deed{Action: access.ActScheduleHours, Operation: operation}, func(tx data.Tx) (err error) {
		if _, err := resourceIn(tx, id); err != nil {
			return err
		}
		if err := setRow(tx, hours, id, seen, h); err != nil {
			return err
		}
		stranded, err = tellStranded(tx, id, zone)
		return err
	})
	return stranded, err
}

// setRow inserts or updates the one row that a resource has in a table.
func setRow[K data.Identity[K], T any](tx data.Tx, t *data.Table[K, T], id K, seen uint64, v T) error {
	var err error
	if seen == 0 {
		_, err = t.Insert(tx, id, v)
	} else {
		_, err = t.Update(tx, id, seen, v)
	}
	return err
}

// getRow reads it; version 0 where there is none.
func getRow[K data.Identity[K], T any](tx data.Tx, t *data.Table[K, T], id K) (data.Row[K, T], error) {
	row, err := t.Get(tx, id)
	if data.Is(err, data.NotFound) {
		return data.Row[K, T]{ID: id}, nil
	}
	return row, err
}
