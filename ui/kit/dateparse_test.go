package kit_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"wardbook/app/term"
	"wardbook/ui/kit"
)

// today is a Tuesday.
var today = term.Date{Year: 2026, Month: time.November, Day: 24}

func births() kit.DateRules {
	return kit.DateRules{Today: today, Max: today, Min: term.Date{Year: 1890, Month: 1, Day: 1}, Estimates: true, Unknown: true}
}

func TestADateIsUnderstoodInAnyUsualOrder(t *testing.T) {
	appointments := kit.DateRules{Today: today, Future: true}
	american := births()
	american.MonthFirst = true
	exact := kit.DateRules{Today: today, Max: today}
	for _, c := range []struct {
		rules       kit.DateRules
		typed, want string // "": refused; "~": estimated
	}{
		{births(), "3 feb 1971", "1971-02-03"},
		{births(), "3 Feb 1971", "1971-02-03"},
		{births(), "3. February, 1971", "1971-02-03"},
		{births(), "3rd of Feb 1971", "1971-02-03"},
		{births(), "3feb1971", "1971-02-03"},
		{births(), "feb 3 1971", "1971-02-03"},
		{births(), "Feb 3, '71", "1971-02-03"},
		{births(), "1971 feb 3", "1971-02-03"},
		{births(), "71 feb 3", "1971-02-03"},
		{births(), "3/2/71", "1971-02-03"},
		{births(), "03.02.1971", "1971-02-03"},
		{births(), "1971-02-03", "1971-02-03"},
		{births(), "3-2-1971", "1971-02-03"},
		{births(), "3 2 1971", "1971-02-03"},
		{births(), "030271", "1971-02-03"},
		{births(), "03021971", "1971-02-03"},
		{births(), "19710203", "1971-02-03"},
		{births(), "20121912", "1912-12-20"},
		{births(), "29 feb 2024", "2024-02-29"},
		{births(), "  TODAY ", "2026-11-24"},
		{births(), "yesterday", "2026-11-23"},
		{births(), "-3d", "2026-11-21"},
		{births(), "-2 w", "2026-11-10"},
		{births(), "-1y", "2025-11-24"},
		// a birth has been: the last century in which it can have been
		{births(), "24/11/26", "2026-11-24"},
		{births(), "25/11/26", "1926-11-25"},
		{births(), "1/1/27", "1927-01-01"},
		{births(), "1/1/00", "2000-01-01"},
		{births(), "feb 3 05", "2005-02-03"},
		// nobody knows exactly
		{births(), "about 40 years old", "~1986-05-24"},
		{births(), "40 y", "~1986-05-24"},
		{births(), "6 months", "~2026-05-10"},
		{births(), "3 weeks", "~2026-10-31"},
		{births(), "5 d", "~2026-11-19"},
		{births(), "~1971", "~1971-07-01"},
		{births(), "1971", "~1971-07-01"},
		{births(), "2026", "~2026-07-01"},
		{births(), "feb 1971", "~1971-02-15"},
		{births(), "about 3 feb 1971", "~1971-02-03"},
		{births(), "unknown", "?"},
		{births(), "?", "?"},
		// the calendar has no such day, or it is not sure which is meant
		{births(), "31 feb 1971", ""},
		{births(), "29/2/1900", ""},
		{births(), "31/4/2001", ""},
		{births(), "02/13/1971", ""},
		{births(), "0/2/1971", ""},
		{births(), "710203", ""},
		{births(), "71-02-03", ""},
		{births(), "3/2", ""},
		{births(), "3 feb", ""},
		{births(), "3 ju 1971", ""},
		{births(), "3 ma 1971", ""},
		{births(), "3 2 feb", ""},
		{births(), "3/2/197", ""},
		{births(), "-3/2/1971", ""},
		{births(), "tomorrow", ""},
		{births(), "25 nov 2026", ""},
		{births(), "+1d", ""},
		{births(), "1 jan 1880", ""},
		{births(), "200 years", ""},
		{births(), "about", ""},
		{births(), "Ann", ""},
		{births(), "3/2/1971; drop", ""},
		{births(), "12345678901234567890", ""},
		// what is to come
		{appointments, "3/2", "2027-02-03"},
		{appointments, "24 nov", "2026-11-24"},
		{appointments, "29 feb", "2028-02-29"},
		{appointments, "30 feb", ""},
		{appointments, "3/2/27", "2027-02-03"},
		{appointments, "1/1/80", "1980-01-01"},
		{appointments, "1/1/20", "2020-01-01"},
		{appointments, "tomorrow", "2026-11-25"},
		{appointments, "+2w", "2026-12-08"},
		{appointments, "+1m", "2026-12-24"},
		{appointments, "unknown", ""},
		// month first
		{american, "2/3/71", "1971-02-03"},
		{american, "02031971", "1971-02-03"},
		{american, "1971-02-03", "1971-02-03"},
		{american, "13/2/1971", ""},
		// exactly
		{exact, "40 y", ""},
		{exact, "1971", ""},
		{exact, "feb 1971", ""},
		{exact, "about 3 feb 1971", ""},
	} {
		answer, wrong := kit.ParseDate(c.typed, c.rules, kit.EnglishDates())
		got := answer.Date.String()
		if answer.Estimated {
			got = "~" + got
		}
		if answer.Unknown {
			got = "?"
		}
		if got != c.want || wrong.Empty() != (c.want != "") {
			t.Errorf("%q: %q, %q; want %q", c.typed, got, wrong.English, c.want)
		}
	}
}

func TestOtherLanguagesMonths(t *testing.T) {
	words := kit.EnglishDates()
	words.Months[1] = append(words.Months[1], "fevrier")
	words.Months[2] = append(words.Months[2], "marz")
	for typed, want := range map[string]string{"3 février 1971": "1971-02-03", "3 fév 1971": "1971-02-03", "3. März 71": "1971-03-03"} {
		if answer, wrong := kit.ParseDate(typed, births(), words); answer.Date.String() != want {
			t.Errorf("%q: %v, %q", typed, answer, wrong.English)
		}
	}
}

func TestARefusalSaysWhatIsWrong(t *testing.T) {
	newApp(t)
	late := births()
	late.TooLate = say("A birth can't be in the future.")
	for typed, want := range map[string]string{
		"31 feb 1971": "There is no 31 Feb 1971: that month has 28 days.",
		"02/13/1971":  "There is no month 13. The day comes first",
		"3/2":         "The year is missing",
		"1 jan 2030":  "A birth can't be in the future.",
		"1/1/1800":    "This is before 1 Jan 1890",
	} {
		_, wrong := kit.ParseDate(typed, late, kit.EnglishDates())
		if !strings.HasPrefix(wrong.Text(), want) {
			t.Errorf("%q: %q, want %q", typed, wrong.Text(), want)
		}
	}
}

// What the field writes it must read as the same day, in every year that people live in.
func TestADateThatIsShownIsReadAsTheSameDay(t *testing.T) {
	newApp(t)
	rapid.Check(t, func(rt *rapid.T) {
		d := term.Date{Year: 1900, Month: 1, Day: 1}.AddDays(rapid.IntRange(0, 70_000).Draw(rt, "days"))
		rules := kit.DateRules{Today: today, Future: rapid.Bool().Draw(rt, "future"), MonthFirst: rapid.Bool().Draw(rt, "month first")}
		for _, typed := range []string{kit.Of(d.Text()).Text(), d.String(), strings.ReplaceAll(d.String(), "-", "")} {
			if answer, wrong := kit.ParseDate(typed, rules, kit.EnglishDates()); answer.Date != d || answer.Estimated {
				rt.Fatalf("%q is read as %v, %q", typed, answer, wrong.English)
			}
		}
	})
}

// Day and month of a short year are never turned round, and the century never makes a birth that is yet to come.
func TestAShortYearKeepsDayAndMonth(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		back := rapid.IntRange(0, 36_500).Draw(rt, "days ago")
		d := today.AddDays(-back)
		answer, _ := kit.ParseDate(d.String()[8:10]+"/"+d.String()[5:7]+"/"+d.String()[2:4], births(), kit.EnglishDates())
		if answer.Date.IsZero() && d.Day == 29 { // the 29 Feb of a century that has none
			return
		}
		if answer.Date.Day != d.Day || answer.Date.Month != d.Month || today.Before(answer.Date) || answer.Date.Before(today.AddMonths(-1201)) {
			rt.Fatalf("%v is read as %v", d, answer)
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, typed := range []string{"3 feb 1971", "030271", "-3d", "about 40 years", "1971-02-03", "?", "+99999999y", "31 31 31", "٣/٢/١٩٧١", "9999 y", "60000 y"} {
		f.Add(typed, true, false)
	}
	f.Fuzz(func(t *testing.T, typed string, estimates, future bool) {
		rules := kit.DateRules{Today: today, Estimates: estimates, Future: future, Unknown: estimates}
		answer, wrong := kit.ParseDate(typed, rules, kit.EnglishDates())
		switch {
		case !wrong.Empty() && !answer.IsZero():
			t.Errorf("%q is refused, and %v is answered", typed, answer)
		case wrong.Empty() && !answer.IsZero() && !answer.Unknown && !answer.Date.Valid():
			t.Errorf("%q: %v is not of the calendar", typed, answer)
		case wrong.Empty() && answer.IsZero() && strings.ContainsAny(typed, "abcdefghijklmnopqrstuvwxyz0123456789"):
			t.Errorf("%q: neither answered nor refused", typed)
		case answer.Estimated && !estimates:
			t.Errorf("%q: %v is estimated", typed, answer)
		}
	})
}
