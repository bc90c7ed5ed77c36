package rooms

import (
	"strconv"
	"strings"
	"time"

	"wardbook/app/term"
	"wardbook/app/ward"
	"wardbook/ui/kit"
)

// none stands where nothing is known: an empty place looks as if the program had forgotten something.
const none = "\u2013"

// listed is a patient in a list; of one of whom nothing may be shown, the number.
func listed(w ward.Who) string {
	if w.Veiled {
		return kit.Say("rooms.veiled", "Confidential, MRN {{.MRN}}", "MRN", w.MRN.String()).Text()
	}
	return w.Name.Listed()
}

// called is a patient in a sentence.
func called(w ward.Who) string {
	if w.Veiled {
		return kit.Say("rooms.mrn", "MRN {{.MRN}}", "MRN", w.MRN.String()).Text()
	}
	return w.Name.Full()
}

// short keeps a button as narrow as a window; the name stands in full above it.
func short(name string) string {
	const most = 30
	if letters := []rune(name); len(letters) > most {
		return string(letters[:most-1]) + "\u2026"
	}
	return name
}

// bornText is date of birth and age.
func bornText(w ward.Who, on term.Date) string {
	if w.Veiled {
		return kit.Say("rooms.hidden", "not shown").Text()
	}
	return kit.Of(w.Birth.Text(on)).Text()
}

// sexText is the sex where no heading says what it is: 'Not known' alone could be anything.
func sexText(s term.Sex) string {
	if s == term.SexUnknown {
		return kit.Say("rooms.sex.unknown", "sex not known").Text()
	}
	return kit.Of(s.Text()).Text()
}

// where is a place as people say it.
func where(p ward.Place) string { return kit.Of(p.Text()).Text() }

// spotText is where a bed stands inside its ward: what is to be read whole where the ward stands beside it.
func spotText(p ward.Place) string {
	return kit.Say("rooms.spot", "Room {{.Room}}, bed {{.Bed}}", "Room", p.Room, "Bed", p.Bed).Text()
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

// texts are sentences of the hospital's rules as one line.
func texts(all []term.Text) string {
	words := make([]string, len(all))
	for i, t := range all {
		words[i] = kit.Of(t).Text()
	}
	return strings.Join(words, " \u00B7 ")
}

// dayText is a day as short as it is clear: 'Tue 24 Nov' in this year, otherwise with the year; a dash for none.
func dayText(d, today term.Date) string {
	switch {
	case d.IsZero():
		return none
	case d == today:
		return kit.Say("rooms.today", "today").Text()
	case d == today.AddDays(1):
		return kit.Say("rooms.tomorrow", "tomorrow").Text()
	case d.Year == today.Year:
		return kit.Say("rooms.day", "{{.Weekday}} {{.Day}} {{.Month}}", "Weekday", weekday(d.Weekday()), "Day", strconv.Itoa(d.Day),
			"Month", kit.Of(term.MonthText(d.Month))).Text()
	}
	return kit.Of(d.Text()).Text()
}

// timeText is '14:05' of today, otherwise the day with it.
func timeText(at, now time.Time) string {
	if at.IsZero() {
		return none
	}
	at = at.In(now.Location())
	day, onDay := term.DateOf(at, now.Location()), term.DateOf(now, now.Location())
	clock := at.Format("15:04")
	if day == onDay {
		return clock
	}
	return kit.Say("rooms.instant", "{{.Day}}, {{.Time}}", "Day", dayText(day, onDay), "Time", clock).Text()
}

func weekday(d time.Weekday) kit.Sentence {
	return [...]kit.Sentence{kit.Say("weekday.sun", "Sun"), kit.Say("weekday.mon", "Mon"), kit.Say("weekday.tue", "Tue"), kit.Say("weekday.wed", "Wed"),
		kit.Say("weekday.thu", "Thu"), kit.Say("weekday.fri", "Fri"), kit.Say("weekday.sat", "Sat")}[d]
}

// asIs is a text that is in no language.
func asIs(text string) kit.Sentence { return kit.Say("rooms.value", "{{.Value}}", "Value", text) }

// needsText is what a patient needs of a bed, in one line.
func needsText(n ward.Needs) string {
	var all []string
	for _, one := range needs {
		if one.get(&n) {
			all = append(all, one.says().Text())
		}
	}
	if n.Kind != ward.Ordinary {
		all = append(all, kit.Of(n.Kind.Text()).Text())
	}
	return strings.Join(all, ", ")
}

// need is one thing that a form asks about the bed.
type need uint8

const (
	needIsolation need = iota
	needMonitoring
	needSingle
)

var needs = []need{needIsolation, needMonitoring, needSingle}

func (n need) says() kit.Sentence {
	switch n {
	case needIsolation:
		return kit.Say("rooms.need.isolation", "Isolation")
	case needMonitoring:
		return kit.Say("rooms.need.monitoring", "Monitoring")
	}
	return kit.Say("rooms.need.single", "Single room")
}

func (n need) field(of *ward.Needs) *bool {
	switch n {
	case needIsolation:
		return &of.Isolation
	case needMonitoring:
		return &of.Monitoring
	}
	return &of.Single
}

func (n need) get(of *ward.Needs) bool { return *n.field(of) }
