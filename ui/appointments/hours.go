package appointments

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"wardbook/app/access"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// Hours are written as people write them, one line for what has the same slots: 'Mon-Fri 9-12, 14-17, 20 min, 2 places, from 2026-12-01, until 2026-12-24'.

// weekOrder are the days as pattern texts name them; a week begins on Monday.
var weekOrder = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

// alike is what sessions of one line have in common.
type alike struct {
	slot, capacity int
	first, last    term.Date
}

// hoursText writes hours so that parseHours reads the same.
func hoursText(h schedule.Hours) string {
	var kinds []alike
	for _, s := range h.Shifts {
		if k := (alike{s.Slot, s.Capacity, s.First, s.Last}); !slices.Contains(kinds, k) {
			kinds = append(kinds, k)
		}
	}
	lines := make([]string, len(kinds))
	for i, k := range kinds {
		lines[i] = k.line(h.Shifts)
	}
	return strings.Join(lines, "\n")
}

func (k alike) line(shifts []schedule.Shift) string {
	var parts []string
	for i := 0; i < len(weekOrder); {
		spans := k.spans(shifts, weekOrder[i])
		last := i
		for last+1 < len(weekOrder) && k.spans(shifts, weekOrder[last+1]) == spans {
			last++
		}
		if spans != "" {
			days := shortDay(weekOrder[i])
			if last > i {
				days += "-" + shortDay(weekOrder[last])
			}
			parts = append(parts, days+" "+spans)
		}
		i = last + 1
	}
	parts = append(parts, strconv.Itoa(k.slot)+" min")
	if k.capacity > 1 {
		parts = append(parts, strconv.Itoa(k.capacity)+" places")
	}
	if !k.first.IsZero() {
		parts = append(parts, "from "+k.first.String())
	}
	if !k.last.IsZero() {
		parts = append(parts, "until "+k.last.String())
	}
	return strings.Join(parts, ", ")
}

// spans are the sessions of a day: '9-12, 14-17'.
func (k alike) spans(shifts []schedule.Shift, day time.Weekday) string {
	var all []schedule.Shift
	for _, s := range shifts {
		if s.Weekday == day && k == (alike{s.Slot, s.Capacity, s.First, s.Last}) {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b schedule.Shift) int { return a.From - b.From })
	texts := make([]string, len(all))
	for i, s := range all {
		texts[i] = hourText(s.From) + "-" + hourText(s.To)
	}
	return strings.Join(texts, ", ")
}

func shortDay(d time.Weekday) string { return d.String()[:3] }

func hourText(minute int) string {
	if minute%60 == 0 {
		return strconv.Itoa(minute / 60)
	}
	return fmt.Sprintf("%d:%02d", minute/60, minute%60)
}

// parseHours reads what a person has written; nothing written is nobody there. Invalid names the part that can't be read.
func parseHours(text string) (h schedule.Hours, err error) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		first, last, rest, err := validity(line)
		if err != nil {
			return schedule.Hours{}, err
		}
		part, err := schedule.ParsePattern(rest)
		if err != nil {
			return schedule.Hours{}, err
		}
		for _, s := range part.Shifts {
			s.First, s.Last = first, last
			h.Shifts = append(h.Shifts, s)
		}
	}
	return h, h.Check()
}

// validity takes the days out of a line between which it holds.
func validity(line string) (first, last term.Date, rest string, err error) {
	var parts []string
	for part := range strings.SplitSeq(line, ",") {
		part = strings.TrimSpace(part)
		lower := strings.ToLower(part)
		switch {
		case strings.HasPrefix(lower, "from "):
			first, err = term.ParseDate(strings.TrimSpace(part[len("from "):]))
		case strings.HasPrefix(lower, "until "):
			last, err = term.ParseDate(strings.TrimSpace(part[len("until "):]))
		default:
			parts = append(parts, part)
		}
		if err != nil {
			return first, last, "", err
		}
	}
	return first, last, strings.Join(parts, ", "), nil
}

// faultText is the first thing that is wrong; empty where nothing is.
func faultText(err error) kit.Sentence {
	if faults := term.Faults(err); len(faults) > 0 {
		return kit.Of(faults[0].Message)
	}
	return kit.Sentence{}
}

// weekText says how much a week of hours is: '30 h a week in 90 slots', so that a slip in the text is seen.
func weekText(h schedule.Hours) kit.Sentence {
	minutes, slots := 0, 0
	for _, s := range h.Shifts {
		minutes += s.To - s.From
		slots += (s.To - s.From) / s.Slot
	}
	if slots == 0 {
		return kit.Say("appointments.week.none", "No working hours: nobody can be booked")
	}
	if minutes%60 > 0 {
		return kit.Say("appointments.week.part", "{{.Hours}} h {{.Minutes}} min a week in {{.Slots}} slots", "Hours", strconv.Itoa(minutes/60), "Minutes", strconv.Itoa(minutes%60), "Slots", strconv.Itoa(slots))
	}
	return kit.Say("appointments.week", "{{.Hours}} h a week in {{.Slots}} slots", "Hours", strconv.Itoa(minutes/60), "Slots", strconv.Itoa(slots))
}

// planRow is a doctor, machine or room with hours and leave.
type planRow struct {
	schedule.Plan
}

// readPlans reads all of them. It is slow.
func readPlans(ctx context.Context, s *access.Session) ([]planRow, error) {
	resources, err := schedule.Resources(ctx, s)
	if err != nil {
		return nil, err
	}
	all := make([]planRow, len(resources))
	for i, r := range resources {
		if all[i].Plan, err = schedule.ReadPlan(ctx, s, r.ID); err != nil {
			return nil, err
		}
		all[i].Resource = r // with the version of the equipment
	}
	return all, nil
}

func (p planRow) key() string { return resourceText(p.Resource.ID) }

// kindText is what it is.
func kindText(k schedule.ResourceKind) kit.Sentence {
	switch k {
	case schedule.ADoctor:
		return kit.Say("appointments.kind.doctor", "Doctor")
	case schedule.AMachine:
		return kit.Say("appointments.kind.machine", "Machine")
	}
	return kit.Say("appointments.kind.room", "Room")
}

// away is the absence of now or the next one; false where there is none.
func (p planRow) away(now time.Time) (next schedule.Absence, ok bool) {
	for _, a := range p.Leave.Value.Absences {
		if a.To.After(now) && (!ok || a.From.Before(next.From)) {
			next, ok = a, true
		}
	}
	return next, ok
}

// absenceText is 'Mon 30 Nov to Fri 4 Dec' of whole days, with times of others.
func absenceText(a schedule.Absence, now time.Time) kit.Sentence {
	zone := now.Location()
	from, last := term.DateOf(a.From, zone), term.DateOf(a.To.Add(-time.Minute), zone)
	whole := a.From.Equal(from.Start(zone)) && a.To.Equal(last.AddDays(1).Start(zone))
	switch {
	case whole && from == last:
		return dayText(from, today(now))
	case whole:
		return kit.Say("appointments.span", "{{.From}} to {{.To}}", "From", dayText(from, today(now)), "To", dayText(last, today(now)))
	}
	return kit.Say("appointments.span", "{{.From}} to {{.To}}", "From", whenText(a.From, now), "To", whenText(a.To, now))
}

// savedText says that hours or leave are saved, and how many appointments no longer fit them.
func savedText(name string, stranded int) kit.Toast {
	switch stranded {
	case 0:
		return kit.Toast{Tone: kit.Good, Sentence: kit.Say("appointments.saved", "Saved for {{.Name}}", "Name", name)}
	case 1:
		return kit.Toast{Tone: kit.Attention, Sentence: kit.Say("appointments.saved.one", "Saved for {{.Name}}. One appointment no longer fits: the front desk was told to move it", "Name", name)}
	}
	return kit.Toast{Tone: kit.Attention, Sentence: kit.Say("appointments.saved.stranded", "Saved for {{.Name}}. {{.Count}} appointments no longer fit: the front desk was told to move them",
		"Name", name, "Count", strconv.Itoa(stranded))}
}
