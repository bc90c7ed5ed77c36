package frontdesk

import (
	"strings"
	"time"

	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// none stands where nothing is known: an empty place looks as if the program had forgotten something.
const none = "\u2013"

// bornText is date of birth and age; of a confidential patient before a reason was stated, that it is not shown, which is not the
// same as not known.
func bornText(h patient.Hit, on term.Date) string {
	if hidden(h) {
		return kit.Say("patients.hidden", "not shown").Text()
	}
	return kit.Of(h.Birth.Text(on)).Text()
}

// hidden tells whether a hit shows only that the patient exists.
func hidden(h patient.Hit) bool { return h.Confidential && h.Birth == term.Birth{} }

func sexText(s term.Sex) string { return kit.Of(s.Text()).Text() }

// sexFact is the sex where no heading says what it is: 'Not known' alone could be anything.
func sexFact(s term.Sex) string {
	if s == term.SexUnknown {
		return kit.Say("patients.sex.unknown", "sex not known").Text()
	}
	return sexText(s)
}

// phoneText is the end of a phone number, as people say it to tell two patients apart.
func phoneText(h patient.Hit) string {
	switch {
	case hidden(h):
		return kit.Say("patients.hidden", "not shown").Text()
	case h.PhoneTail == "":
		return ""
	}
	return "\u2026" + h.PhoneTail
}

// marks are what must not be overlooked about a patient in a list.
func marks(h patient.Hit) []kit.Sentence {
	var all []kit.Sentence
	if h.Confidential {
		all = append(all, kit.Say("patients.mark.confidential", "confidential"))
	}
	if h.Unknown {
		all = append(all, kit.Say("patients.mark.unknown", "not identified"))
	}
	if h.Alike {
		all = append(all, kit.Say("patients.mark.alike", "name like another's"))
	}
	return all
}

// marksCell is what a list shows of them.
func marksCell(h patient.Hit) kit.Cell {
	var texts []string
	for _, m := range marks(h) {
		texts = append(texts, m.Text())
	}
	if len(texts) == 0 {
		return kit.Cell{}
	}
	return kit.Cell{Text: strings.Join(texts, ", "), Tone: kit.Attention}
}

// joined sets what there is beside each other.
func joined(parts ...string) string {
	var there []string
	for _, part := range parts {
		if part != "" {
			there = append(there, part)
		}
	}
	return strings.Join(there, "  \u00B7  ")
}

// shortName keeps a button as narrow as a window; the name stands in full above it.
func shortName(n term.HumanName) string {
	const most = 30
	if name := []rune(n.Full()); len(name) > most {
		return string(name[:most-1]) + "\u2026"
	}
	return n.Full()
}

// shortTime is '14:05' of today, 'Tue 24 Nov, 14:05' of this year, otherwise the date with its year.
func shortTime(at, now time.Time) string {
	at = at.In(now.Location())
	day, onDay := term.DateOf(at, now.Location()), term.DateOf(now, now.Location())
	clock := at.Format("15:04")
	switch {
	case day == onDay:
		return clock
	case day.Year == onDay.Year:
		return kit.Say("patients.day", "{{.Weekday}} {{.Day}} {{.Month}}, {{.Time}}", "Weekday", weekday(day.Weekday()), "Day", day.Day,
			"Month", kit.Of(term.MonthText(day.Month)), "Time", clock).Text()
	}
	return fullTime(at, now.Location())
}

// fullTime is the instant whole: '24 Nov 2026, 14:05:33'.
func fullTime(at time.Time, zone *time.Location) string {
	return kit.Say("patients.instant", "{{.Date}}, {{.Time}}", "Date", kit.Of(term.DateOf(at, zone).Text()), "Time", at.In(zone).Format("15:04:05")).Text()
}

func weekday(d time.Weekday) kit.Sentence {
	return [...]kit.Sentence{kit.Say("weekday.sun", "Sun"), kit.Say("weekday.mon", "Mon"), kit.Say("weekday.tue", "Tue"), kit.Say("weekday.wed", "Wed"),
		kit.Say("weekday.thu", "Thu"), kit.Say("weekday.fri", "Fri"), kit.Say("weekday.sat", "Sat")}[d]
}
