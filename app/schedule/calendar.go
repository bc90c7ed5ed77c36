package schedule

import (
	"context"
	"slices"
	"time"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/data"
)

// plan reads calendars inside one transaction; what all resources share is read once.
type plan struct {
	tx       data.Tx
	zone     *time.Location
	rules    Rules
	holidays map[term.Date]string
}

func newPlan(tx data.Tx, zone *time.Location) (*plan, error) {
	r, err := rulesIn(tx)
	if err != nil {
		return nil, err
	}
	h, err := getRow(tx, holidays, theOnly)
	if err != nil {
		return nil, err
	}
	p := &plan{tx: tx, zone: zone, rules: r.Value, holidays: make(map[term.Date]string, len(h.Value.Days))}
	for _, d := range h.Value.Days {
		p.holidays[d.Day] = d.Name
	}
	return p, nil
}

func (p *plan) today() term.Date { return term.DateOf(p.tx.Time(), p.zone) }

// calendar reads what has to be known of one resource. NotFound.
func (p *plan) calendar(r Resource) (*Calendar, error) {
	h, err := getRow(p.tx, hours, r.ID)
	if err != nil {
		return nil, err
	}
	l, err := getRow(p.tx, leave, r.ID)
	return &Calendar{Resource: r, Zone: p.zone, Shifts: h.Value.Shifts, Absences: l.Value.Absences, Holidays: p.holidays, Rules: p.rules}, err
}

// known reads a resource and its calendar.
func (p *plan) known(id ResourceID) (*Calendar, error) {
	r, err := resourceIn(p.tx, id)
	if err != nil {
		return nil, err
	}
	return p.calendar(r)
}

// around gives the slots near an instant: of its day and of the day before, whose session may run past midnight.
func (c *Calendar) around(at time.Time) []Slot {
	day := term.DateOf(at, c.Zone)
	return c.appendSlots(c.Slots(day.AddDays(-1)), day)
}

// Plan is all that administrators and desks see of one resource's hours.
type Plan struct {
	Resource Resource
	Hours    HoursRow
	Leave    LeaveRow
}

// ReadPlan gives the hours and leave of a resource, with their versions. NotFound; Forbidden.
func ReadPlan(ctx context.Context, s *access.Session, id ResourceID) (p Plan, err error) {
	err = s.View(ctx, access.Deed{Action: access.ActScheduleRead}, func(tx data.Tx) error {
		if p.Resource, err = resourceIn(tx, id); err != nil {
			return err
		}
		if p.Hours, err = getRow(tx, hours, id); err != nil {
			return err
		}
		p.Leave, err = getRow(tx, leave, id)
		return err
	})
	return p, err
}

// ReadHolidays gives the hospital's holidays.
func ReadHolidays(ctx context.Context, s *access.Session) (row HolidaysRow, err error) {
	err = s.View(ctx, access.Deed{Action: access.ActScheduleRead}, func(tx data.Tx) error {
		row, err = getRow(tx, holidays, theOnly)
		return err
	})
	return row, err
}

// ReadRules gives the rules in force.
func ReadRules(ctx context.Context, s *access.Session) (row RulesRow, err error) {
	err = s.View(ctx, access.Deed{Action: access.ActScheduleRead}, func(tx data.Tx) error {
		row, err = rulesIn(tx)
		return err
	})
	return row, err
}

// slotAt finds the slot that begins at an instant; -1: none does.
func slotAt(slots []Slot, at time.Time) int {
	return slices.IndexFunc(slots, func(s Slot) bool { return s.Start.Equal(at) })
}
