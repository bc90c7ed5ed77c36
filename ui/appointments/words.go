package appointments

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// none stands where nothing is known: an empty place looks as if the program had forgotten something.
const none = "\u2013"

// clock is '14:05'.
func clock(at time.Time, zone *time.Location) string { return at.In(zone).Format("15:04") }

// dayText is 'Tue 24 Nov' of this year, and with its year of another.
func dayText(d, today term.Date) kit.Sentence {
	if d.Year != today.Year {
		return kit.Of(schedule.DayText(d))
	}
	return kit.Say("appointments.day", "{{.Weekday}} {{.Day}} {{.Month}}", "Weekday", kit.Of(schedule.WeekdayText(d.Weekday())), "Day", strconv.Itoa(d.Day),
		"Month", kit.Of(term.MonthText(d.Month)))
}

// whenText is 'Tue 24 Nov, 14:05'.
func whenText(at, now time.Time) kit.Sentence {
	zone := now.Location()
	return kit.Say("appointments.when", "{{.Day}}, {{.Time}}", "Day", dayText(term.DateOf(at, zone), term.DateOf(now, zone)), "Time", clock(at, zone))
}

// today is the day at the hospital.
func today(now time.Time) term.Date { return term.DateOf(now, now.Location()) }

// lengthText is '20 min', '1 h 30 min', '12 d 3 h': as long as it takes to be understood, no longer.
func lengthText(d time.Duration) string {
	minutes := int(d / time.Minute)
	switch {
	case minutes < 60:
		return kit.Say("appointments.minutes", "{{.Minutes}} min", "Minutes", strconv.Itoa(minutes)).Text()
	case minutes < 24*60 && minutes%60 == 0:
		return kit.Say("appointments.hours.whole", "{{.Hours}} h", "Hours", strconv.Itoa(minutes/60)).Text()
	case minutes < 24*60:
		return kit.Say("appointments.hours", "{{.Hours}} h {{.Minutes}} min", "Hours", strconv.Itoa(minutes/60), "Minutes", strconv.Itoa(minutes%60)).Text()
	}
	return kit.Say("appointments.days", "{{.Days}} d {{.Hours}} h", "Days", strconv.Itoa(minutes/60/24), "Hours", strconv.Itoa(minutes/60%24)).Text()
}

// urgency is a priority's tone; soon and routine have none: in a list of many nothing may shout that need not.
func urgency(p schedule.Priority) kit.Tone {
	switch p {
	case schedule.Emergency:
		return kit.Critical
	case schedule.Urgent:
		return kit.Urgent
	}
	return kit.Plain
}

func priorityCell(p schedule.Priority) kit.Cell {
	return kit.Cell{Text: kit.Of(p.Text()).Text(), Tone: urgency(p), Bold: p.Pressing()}
}

// stateTone is how a state is marked in lists.
func stateTone(s schedule.State) kit.Tone {
	switch s {
	case schedule.Arrived:
		return kit.Attention
	case schedule.Done:
		return kit.Good
	case schedule.NoShow:
		return kit.Urgent
	}
	return kit.Plain
}

// whoText names a patient in a list: 'Smith, Ann (3 Feb 1971)', so that two of a name can be told apart.
func bornText(who patient.Banner, on term.Date) string {
	switch {
	case who.Confidential && who.Birth == (term.Birth{}):
		return kit.Say("appointments.hidden", "not shown").Text()
	case !who.Birth.Known():
		return none
	}
	return kit.Of(who.Birth.Text(on)).Text()
}

// nameText is the name as lists have it, and that the patient is confidential.
func nameText(who patient.Banner) string {
	if who.Confidential {
		return kit.Say("appointments.confidential", "{{.Name}} (confidential)", "Name", who.Name.Listed()).Text()
	}
	return who.Name.Listed()
}

// bannerOf is what stands over every screen about a patient: as much as the desk may see.
func bannerOf(who patient.Banner, on term.Date) kit.Banner {
	b := kit.Banner{Name: who.Name.Listed(), MRN: who.MRN.String(), Confidential: who.Confidential, Sex: kit.Of(who.Sex.Text()).Text()}
	if who.Sex == term.SexUnknown {
		b.Sex = kit.Say("appointments.sex.unknown", "sex not known").Text()
	}
	if !who.Birth.Known() {
		return b
	}
	b.Estimated = who.Birth.Estimated
	b.Age = kit.Of(who.Birth.Date.Age(on)).Text()
	b.Born = kit.Of(who.Birth.Date.Text()).Text()
	if b.Estimated { // a day that nobody said would look like knowledge
		b.Born = kit.Of(term.PartialDate{Year: who.Birth.Date.Year}.Text()).Text()
	}
	return b
}

// shortName keeps a button as narrow as a window; the name stands in full above it.
func shortName(name string) string {
	const most = 30
	if letters := []rune(name); len(letters) > most {
		return string(letters[:most-1]) + "\u2026"
	}
	return name
}

// folded is a text as it is looked for.
func folded(text string) string { return strings.ToLower(strings.TrimSpace(text)) }

func matches(filter string, texts ...string) bool {
	for word := range strings.FieldsSeq(folded(filter)) {
		if !strings.Contains(folded(strings.Join(texts, "\n")), word) {
			return false
		}
	}
	return true
}

// confidential tells whether an error says that a reason has to be stated first.
func confidential(err error) bool { return errors.Is(err, access.ErrConfidential) }

// refusal gives what can be had instead, where an error says that a time can't.
func refusal(err error) (*schedule.Refused, bool) {
	var r *schedule.Refused
	ok := errors.As(err, &r)
	return r, ok
}
