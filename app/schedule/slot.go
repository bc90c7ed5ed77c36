package schedule

import (
	"time"

	"wardbook/app/term"
	"wardbook/data"
)

// Slot is a time that can be booked: Capacity patients fit, of which Reserve places are kept for emergency and urgent ones until Release before it
// begins.
type Slot struct {
	Start, End        time.Time // UTC
	Capacity, Reserve int

	from, to int64 // the same as Start and End, in minutes since 1970
}

// Calendar is all that has to be known of one resource to say when it is there: plain values.
type Calendar struct {
	Resource Resource
	Zone     *time.Location
	Shifts   []Shift
	Absences []Absence
	Holidays map[term.Date]string
	Rules    Rules
}

// Slots gives the slots of the sessions that begin on a day, in order: none on a holiday, none that touches an absence.
func (c *Calendar) Slots(day term.Date) []Slot { return c.appendSlots(nil, day) }

func (c *Calendar) appendSlots(slots []Slot, day term.Date) []Slot {
	if _, holiday := c.Holidays[day]; holiday {
		return slots
	}
	weekday := day.Weekday()
	begun := len(slots)
	for i := range c.Shifts {
		if s := &c.Shifts[i]; s.Weekday == weekday && s.holds(day) {
			slots = c.session(slots, day, s)
		}
	}
	// Sessions are few: what stands before another is put there by insertion.
	for i := begun + 1; i < len(slots); i++ {
		for j := i; j > begun && slots[j].from < slots[j-1].from; j-- {
			slots[j], slots[j-1] = slots[j-1], slots[j]
		}
	}
	return slots
}

func (s *Shift) holds(day term.Date) bool {
	return !day.Before(s.First) && (s.Last.IsZero() || !day.After(s.Last))
}

// session adds the slots of one session. On the days on which clocks change it is an hour shorter or longer than others and has slots accordingly.
func (c *Calendar) session(slots []Slot, day term.Date, s *Shift) []Slot {
	begun := len(slots)
	at, end := unixMinute(wall(day, s.From, c.Zone)), unixMinute(wall(day, s.To, c.Zone))
	for ; at+int64(s.Slot) <= end; at += int64(s.Slot) {
		slot := Slot{Start: minuteUTC(at), End: minuteUTC(at + int64(s.Slot)), Capacity: s.Capacity, from: at, to: at + int64(s.Slot)}
		if !c.away(slot.Start, slot.End) {
			slots = append(slots, slot)
		}
	}
	n := len(slots) - begun
	kept := c.Rules.kept(n * s.Capacity)
	for i := range n { // spread evenly, so that an urgent patient never waits for the end of the session
		slots[begun+i].Reserve = (i+1)*kept/n - i*kept/n
	}
	return slots
}

// kept is how many of so many places are kept for urgent patients.
func (r Rules) kept(places int) int {
	kept := (places*r.UrgentShare + 50) / 100
	if kept == 0 && r.UrgentShare > 0 && places >= FewPlaces {
		kept = 1
	}
	return kept
}

func (c *Calendar) away(from, to time.Time) bool {
	for i := range c.Absences {
		if c.Absences[i].From.Before(to) && from.Before(c.Absences[i].To) {
			return true
		}
	}
	return false
}

// Off says why nobody can be booked on a day; false where there are slots.
func (c *Calendar) Off(day term.Date) (data.Message, bool) {
	if c.Resource.Inactive {
		return data.Say("schedule.off.inactive", "{{.Name}} takes no more appointments", "Name", c.Resource.Name), true
	}
	if name, holiday := c.Holidays[day]; holiday {
		return data.Say("schedule.off.holiday", "{{.Day}} is a holiday: {{.Name}}", "Day", DayText(day), "Name", name), true
	}
	if len(c.Slots(day)) > 0 {
		return data.Message{}, false
	}
	without := *c
	if without.Absences = nil; len(without.Slots(day)) > 0 {
		if c.Resource.ID.Kind() != ADoctor {
			return data.Say("schedule.off.broken", "{{.Name}} is out of order on {{.Day}}", "Name", c.Resource.Name, "Day", DayText(day)), true
		}
		return data.Say("schedule.off.leave", "{{.Name}} is on leave on {{.Day}}", "Name", c.Resource.Name, "Day", DayText(day)), true
	}
	if len(c.Shifts) == 0 {
		return data.Say("schedule.off.hours", "{{.Name}} has no working hours yet", "Name", c.Resource.Name), true
	}
	return data.Say("schedule.off.day", "{{.Name}} does not work on {{.Day}}", "Name", c.Resource.Name, "Day", DayText(day)), true
}

// room says whether a slot takes one more.
type room uint8

const (
	roomFree    room = iota
	roomReserve      // free, from what is kept for urgent patients
	roomKept         // only urgent patients
	roomFull
	roomPast
)

// moment is the present, in minutes since 1970: the first that has not begun, and the last before which kept places are released.
type moment struct{ next, release int64 }

func momentOf(now time.Time) moment {
	return moment{unixMinute(now.Add(minute - 1)), unixMinute(now.Add(Release))}
}

// room is the rule: nobody into the past or beyond the capacity; who is not pressing not into what is kept, until Release before it begins.
func (s *Slot) room(b busy, p Priority, now moment) room {
	if s.from < now.next {
		return roomPast
	}
	all, routine := b.during(s.from, s.to)
	open := s.Capacity - s.Reserve
	switch {
	case all >= s.Capacity:
		return roomFull
	case routine < open:
		return roomFree
	case p.Pressing():
		return roomReserve
	case s.Reserve == 0 || s.from <= now.release:
		return roomFree
	}
	return roomKept
}

// fit says whether an appointment of so many minutes may begin with the slot at i, and how long it then takes: whole slots that follow each other.
func fit(slots []Slot, i, length int, b busy, p Priority, now moment) (worst room, minutes int) {
	for j := i; ; j++ {
		if j == len(slots) || j > i && slots[j].from != slots[j-1].to {
			return roomFull, minutes
		}
		worst = max(worst, slots[j].room(b, p, now))
		if minutes += int(slots[j].to - slots[j].from); worst > roomReserve || minutes >= length {
			return worst, minutes
		}
	}
}
