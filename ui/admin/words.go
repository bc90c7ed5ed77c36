package admin

import (
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// roleNames are the roles of a set as people say them. Only where an application runs.
func roleNames(roles access.Roles) string {
	var names []string
	for _, role := range roles.Each() {
		names = append(names, kit.Of(role.Name()).Text())
	}
	return strings.Join(names, ", ")
}

// standing is the state of an account.
type standing uint8

const (
	active standing = iota
	mustChange
	deactivated
)

func standingOf(u access.User) standing {
	switch {
	case u.Inactive:
		return deactivated
	case u.MustChange:
		return mustChange
	}
	return active
}

func (s standing) sentence() kit.Sentence {
	switch s {
	case deactivated:
		return kit.Say("people.state.deactivated", "Deactivated")
	case mustChange:
		return kit.Say("people.state.mustchange", "Must set a new password")
	}
	return kit.Say("people.state.active", "Active")
}

// tone has no shape for who has left: the word says it, and the list isn't full of alarms about the past.
func (s standing) tone() kit.Tone {
	switch s {
	case active:
		return kit.Good
	case mustChange:
		return kit.Attention
	}
	return kit.Plain
}

// shortTime is '14:05' of today, 'Tue 24 Nov' of this year, otherwise the date with its year.
func shortTime(at, now time.Time) string {
	at = at.In(now.Location())
	day, today := term.DateOf(at, now.Location()), term.DateOf(now, now.Location())
	switch {
	case day == today:
		return at.Format("15:04")
	case day.Year == today.Year:
		return kit.Say("admin.day", "{{.Weekday}} {{.Day}} {{.Month}}", "Weekday", weekday(day.Weekday()), "Day", day.Day,
			"Month", kit.Of(term.MonthText(day.Month))).Text()
	}
	return kit.Of(day.Text()).Text()
}

// fullTime is the instant whole: '24 Nov 2026, 14:05:33'.
func fullTime(at time.Time, zone *time.Location) string {
	return kit.Say("admin.instant", "{{.Date}}, {{.Time}}", "Date", kit.Of(term.DateOf(at, zone).Text()), "Time", at.In(zone).Format("15:04:05")).Text()
}

func weekday(d time.Weekday) kit.Sentence {
	return [...]kit.Sentence{kit.Say("weekday.sun", "Sun"), kit.Say("weekday.mon", "Mon"), kit.Say("weekday.tue", "Tue"), kit.Say("weekday.wed", "Wed"),
		kit.Say("weekday.thu", "Thu"), kit.Say("weekday.fri", "Fri"), kit.Say("weekday.sat", "Sat")}[d]
}

// author names who wrote something, by the id that the book keeps.
func author(who string, names map[string]string) string {
	if name := names[who]; name != "" {
		return name
	}
	if _, err := uuid.Parse(who); err == nil {
		return kit.Say("admin.author.unknown", "somebody who is not in the list").Text()
	}
	return kit.Of(access.Machine.Name()).Text()
}

// folded brings texts to what they are compared by when somebody looks for them: case and accents don't matter.
func folded(text string) string {
	return access.FoldName(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(text)))
}

// matches tells whether each word of the filter begins somewhere in one of the texts.
func matches(filter string, texts ...string) bool {
	all := folded(strings.Join(texts, " "))
	for word := range strings.FieldsSeq(folded(filter)) {
		if !strings.Contains(all, word) {
			return false
		}
	}
	return true
}
