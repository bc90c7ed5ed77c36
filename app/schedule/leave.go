package schedule

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/data"
)

// Absence is a time in which a doctor is on leave or a machine out of order: From is the first instant of it, To the first behind it.
type Absence struct {
	From time.Time `cbor:"1,keyasint"`
	To   time.Time `cbor:"2,keyasint"`
	// Why is for colleagues ("Conference", "Service"); patients don't hear it.
	Why string `cbor:"3,keyasint,omitempty"`
}

// WholeDays is an absence from the start of the first day to the end of the last, in the hospital's zone.
func WholeDays(zone *time.Location, first, last term.Date, why string) Absence {
	return Absence{From: first.Start(zone).UTC(), To: last.AddDays(1).Start(zone).UTC(), Why: why}
}

// Leave are the absences of one resource.
type Leave struct {
	Absences []Absence `cbor:"1,keyasint,omitempty"`
}

var leave = data.NewTable[ResourceID, Leave](data.TableSpec[Leave]{Number: 31, Name: string(access.TableLeave)})

// LeaveRow are absences with the version to change them by; version 0: none were ever set.
type LeaveRow = data.Row[ResourceID, Leave]

func (l *Leave) check() error {
	var wrong []error
	if len(l.Absences) > mostLeave {
		return invalid("leave", FieldFrom, data.Say("schedule.leave.many", "Only {{.Most}} absences fit. Take away those that are over.", "Most", mostLeave))
	}
	l.Absences = slices.Clone(l.Absences)
	for i := range l.Absences {
		a := &l.Absences[i]
		why, err := term.Line(Nth(FieldWhy, i), a.Why, maxLine)
		wrong = append(wrong, err)
		a.Why, a.From, a.To = why, a.From.UTC(), a.To.UTC()
		if !a.From.Before(a.To) {
			wrong = append(wrong, invalid("leave", Nth(FieldTo, i), data.Say("schedule.leave.to", "It has to end after it begins. Check both.")))
		}
	}
	return errors.Join(wrong...)
}

// SetLeave sets the absences of a resource as of the version seen (0: none yet), and tells the desk which appointments fall into them. It gives how many.
// Errors as SetHours.
func SetLeave(ctx context.Context, s *access.Session, operation uuid.UUID, id ResourceID, seen uint64, l Leave) (stranded int, err error) {
	if err := l.check(); err != nil {
		return 0, err
	}
	zone, err := zoneOf(ctx, s)
	if err != nil {
		return 0, err
	}
	_, err = s.Update(ctx, access.Deed{Action: access.ActScheduleLeave, Operation: operation}, func(tx data.Tx) (err error) {
		if _, err := resourceIn(tx, id); err != nil {
			return err
		}
		if err := setRow(tx, leave, id, seen, l); err != nil {
			return err
		}
		stranded, err = tellStranded(tx, id, zone)
		return err
	})
	return stranded, err
}

type onlyKey string

func (k onlyKey) RecordID() data.ID                      { return data.ID(k) }
func (onlyKey) FromRecordID(id data.ID) (onlyKey, error) { return onlyKey(id), nil }

const theOnly onlyKey = "schedule"

// Holiday is a day on which the hospital sees emergencies only: no session begins on it.
type Holiday struct {
	Day  term.Date `cbor:"1,keyasint"`
	Name string    `cbor:"2,keyasint"`
}

// Holidays are all of them.
type Holidays struct {
	Days []Holiday `cbor:"1,keyasint,omitempty"`
}

var holidays = data.NewTable[onlyKey, Holidays](data.TableSpec[Holidays]{Number: 33, Name: string(access.TableHolidays)})

// HolidaysRow are the holidays with the version to change them by; version 0: none were ever set.
type HolidaysRow = data.Row[onlyKey, Holidays]

const mostHolidays = 1000

func (h *Holidays) check() error {
	var wrong []error
	if len(h.Days) > mostHolidays {
		return invalid("holidays", FieldDay, data.Say("schedule.holidays.many", "Only {{.Most}} holidays fit. Take away those that are over.", "Most", mostHolidays))
	}
	h.Days = slices.Clone(h.Days)
	for i := range h.Days {
		d := &h.Days[i]
		name, err := term.Line(Nth(FieldName, i), d.Name, maxLine)
		wrong = append(wrong, err)
		switch d.Name = name; {
		case !d.Day.Valid():
			wrong = append(wrong, invalid("holidays", Nth(FieldDay, i), data.Say("term.date.none", "There is no such date. Check day, month and year.")))
		case err == nil && name == "":
			wrong = append(wrong, invalid("holidays", Nth(FieldName, i), data.Say("schedule.holidays.name", "Enter the holiday's name: whoever asks why nobody is there will read it.")))
		}
	}
	slices.SortFunc(h.Days, func(a, b Holiday) int { return a.Day.Compare(b.Day) })
	for i := range h.Days[min(1, len(h.Days)):] {
		if h.Days[i].Day == h.Days[i+1].Day && h.Days[i].Day.Valid() {
			wrong = append(wrong, invalid("holidays", Nth(FieldDay, i+1), data.Say("schedule.holidays.twice", "This day stands here twice. Take one away.")))
		}
	}
	return errors.Join(wrong...)
}

// SetHolidays sets the hospital's holidays as of the version seen (0: none yet), and tells the desk which appointments fall on one. It gives how many. Invalid,
// joined, each on its field; Conflict; Forbidden.
func SetHolidays(ctx context.Context, s *access.Session, operation uuid.UUID, seen uint64, h Holidays) (stranded int, err error) {
	if err := h.check(); err != nil {
		return 0, err
	}
	zone, err := zoneOf(ctx, s)
	if err != nil {
		return 0, err
	}
	_, err = s.Update(ctx, access.Deed{Action: access.ActScheduleHolidays, Operation: operation}, func(tx data.Tx) error {
		stranded = 0
		if err := setRow(tx, holidays, theOnly, seen, h); err != nil {
			return err
		}
		for row, err := range hours.All(tx, data.Span{}) {
			if err != nil {
				return err
			}
			n, err := tellStranded(tx, row.ID, zone)
			if err != nil {
				return err
			}
			stranded += n
		}
		return nil
	})
	return stranded, err
}

// Rules are what the hospital may set of how it books.
type Rules struct {
	// UrgentShare is how much of each session is kept for emergency and urgent patients, in percent, 0 to 50. Not 0: at least one place where the
	// session has FewPlaces or more.
	UrgentShare int `cbor:"1,keyasint"`
}

// UsualRules hold where the hospital has set none.
var UsualRules = Rules{UrgentShare: 20}

const (
	// FewPlaces: a session with fewer places than this keeps none for urgent patients unless the share comes to one.
	FewPlaces = 4
	// Release is how long before its beginning a kept place is given to everybody: a patient can still be called in, and nobody waits while a doctor idles.
	Release = 2 * time.Hour

	mostShare = 50
)

var rules = data.NewTable[onlyKey, Rules](data.TableSpec[Rules]{Number: 34, Name: string(access.TableScheduleRules)})

// RulesRow are the rules with the version to change them by; version 0: the usual ones.
type RulesRow = data.Row[onlyKey, Rules]

// SetRules sets them as of the version seen (0: the usual ones). Invalid on share; Conflict; Forbidden.
func SetRules(ctx context.Context, s *access.Session, operation uuid.UUID, seen uint64, r Rules) error {
	if r.UrgentShare < 0 || r.UrgentShare > mostShare {
		return invalid("rules", FieldShare, data.Say("schedule.rules.share", "Enter a share from 0 to {{.Most}} percent.", "Most", mostShare))
	}
	_, err := s.Update(ctx, access.Deed{Action: access.ActScheduleRules, Operation: operation}, func(tx data.Tx) error {
		return setRow(tx, rules, theOnly, seen, r)
	})
	return err
}

func rulesIn(tx data.Tx) (RulesRow, error) {
	row, err := getRow(tx, rules, theOnly)
	if err == nil && row.Version == 0 {
		row.Value = UsualRules
	}
	return row, err
}
