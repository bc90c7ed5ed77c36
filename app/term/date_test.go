package term_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"wardbook/app/term"
)

func day(t testing.TB, text string) term.Date {
	t.Helper()
	d, err := term.ParseDate(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return d
}

func anyDate(t *rapid.T, label string) term.Date {
	return term.Date{Year: 1, Month: 1, Day: 1}.AddDays(rapid.IntRange(0, 3_652_058).Draw(t, label)) // up to 9999-12-31
}

func TestDates(t *testing.T) {
	for _, text := range []string{"2024-02-29", "2000-02-29", "1971-02-03", "0001-01-01", "9999-12-31"} {
		if d := day(t, text); d.String() != text {
			t.Errorf("%s is shown as %s", text, d)
		}
	}
	for _, text := range []string{"", "2023-02-29", "1900-02-29", "2023-04-31", "2023-13-01", "2023-00-10", "2023-1-1", "0000-01-01", "03.02.1971", "2023-01-01T00:00:00Z", "20230101", "-023-01-01"} {
		_, err := term.ParseDate(text)
		on(t, err, term.FieldDate)
	}
	d := day(t, "1971-02-03")
	if d.Display() != "3 Feb 1971" || d.Weekday() != time.Wednesday || (term.Date{}).String() != "" || (term.Date{}).Display() != "" {
		t.Errorf("%s, %s", d.Display(), d.Weekday())
	}
	if term.MonthText(13).String() != "" || term.MonthText(12).String() != "Dec" {
		t.Error("months are misnamed")
	}
}

func TestDateArithmetic(t *testing.T) {
	for _, c := range []struct {
		got  term.Date
		want string
	}{
		{day(t, "2023-01-31").AddMonths(1), "2023-02-28"},
		{day(t, "2024-01-31").AddMonths(1), "2024-02-29"},
		{day(t, "2024-03-31").AddMonths(-13), "2023-02-28"},
		{day(t, "2024-02-29").AddYears(1), "2025-02-28"},
		{day(t, "2024-12-31").AddDays(1), "2025-01-01"},
		{day(t, "2024-03-01").AddDays(-1), "2024-02-29"},
	} {
		if c.got.String() != c.want {
			t.Errorf("%s, want %s", c.got, c.want)
		}
	}
	if day(t, "0001-01-01").AddMonths(-30).Valid() {
		t.Error("a date before the calendar is valid")
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyDate(t, "a"), anyDate(t, "b")
		if a.AddDays(a.DaysUntil(b)) != b || a.Before(b) != (a.DaysUntil(b) > 0) || a.After(b) != (a.Compare(b) > 0) {
			t.Fatalf("%s and %s: %d days", a, b, a.DaysUntil(b))
		}
		again, err := term.ParseDate(a.String())
		if err != nil || again != a {
			t.Fatalf("%s: %v", a, err)
		}
		kept(t, a)
	})
}

func TestTheDayDependsOnThePlace(t *testing.T) {
	auckland, err := time.LoadLocation("Pacific/Auckland")
	if err != nil {
		t.Fatal(err)
	}
	beirut, err := time.LoadLocation("Asia/Beirut")
	if err != nil {
		t.Fatal(err)
	}
	instant := time.Date(2026, 11, 24, 23, 0, 0, 0, time.UTC)
	if got := term.DateOf(instant, auckland); got.String() != "2026-11-25" {
		t.Errorf("in Auckland it is %s", got)
	}
	// In Beirut clocks went from 00:00 to 01:00 on 27 March 2022: that day has no midnight.
	if got := day(t, "2022-03-27").Start(beirut).In(beirut).Format("2006-01-02 15:04"); got != "2022-03-27 01:00" {
		t.Errorf("the day starts at %s", got)
	}
	if got := day(t, "2026-11-24").Start(auckland); !got.Equal(time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)) {
		t.Errorf("the day starts at %s", got)
	}
}

func TestAges(t *testing.T) {
	for _, c := range []struct {
		born, on string
		years    int
		text     string
	}{
		{"1971-02-03", "2026-11-24", 55, "55 years"},
		{"1971-11-24", "2026-11-24", 55, "55 years"},
		{"1971-11-25", "2026-11-24", 54, "54 years"},
		{"2004-02-29", "2026-02-28", 21, "21 years"},
		{"2004-02-29", "2026-03-01", 22, "22 years"},
		{"2024-11-24", "2026-11-24", 2, "2 years"},
		{"2024-11-25", "2026-11-24", 1, "23 months"},
		{"2026-04-10", "2026-11-24", 0, "7 months"},
		{"2026-10-19", "2026-11-24", 0, "5 weeks"},
		{"2026-10-28", "2026-11-24", 0, "27 days"},
		{"2026-11-23", "2026-11-24", 0, "1 day"},
		{"2026-11-24", "2026-11-24", 0, "born today"},
		{"2026-11-25", "2026-11-24", -1, "not born yet"},
	} {
		born, on := day(t, c.born), day(t, c.on)
		if got := born.AgeAt(on); got != c.years {
			t.Errorf("born %s: %d years on %s, want %d", c.born, got, c.on, c.years)
		}
		if got := born.Age(on).String(); got != c.text {
			t.Errorf("born %s: %q on %s, want %q", c.born, got, c.on, c.text)
		}
	}
}

func TestBirthsThatCannotBe(t *testing.T) {
	today := day(t, "2026-11-24")
	for name, b := range map[string]term.Birth{
		"nothing said":   {},
		"no such day":    {Date: term.Date{Year: 1971, Month: 2, Day: 30}},
		"tomorrow":       {Date: today.AddDays(1)},
		"131 years":      {Date: today.AddYears(-131)},
		"known and not":  {Date: today, Unknown: true},
		"guessed no day": {Estimated: true, Unknown: true},
	} {
		t.Run(name, func(t *testing.T) { on(t, b.Check(today), term.FieldBirth) })
	}
	for _, b := range []term.Birth{{Date: today}, {Date: today.AddYears(-131).AddDays(1)}, term.UnknownBirth(), {Date: today.AddYears(-40), Estimated: true}} {
		if err := b.Check(today); err != nil {
			t.Errorf("%+v: %v", b, err)
		}
	}
	for _, age := range []int{-1, 131, 1 << 40} {
		_, err := term.BirthAbout(age, term.Years, today)
		on(t, err, term.FieldBirth)
	}
}

func TestBirthsAreShown(t *testing.T) {
	today := day(t, "2026-11-24")
	about := func(age int, unit term.AgeUnit) term.Birth {
		b, err := term.BirthAbout(age, unit, today)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for _, c := range []struct {
		birth term.Birth
		want  string
	}{
		{term.Birth{Date: day(t, "1971-02-03")}, "3 Feb 1971, 55 years"},
		{about(40, term.Years), "about 1986, about 40 years"},
		{about(7, term.Months), "about Apr 2026, about 7 months"},
		{about(5, term.Weeks), "about 17 Oct 2026, about 5 weeks"},
		{term.UnknownBirth(), "date of birth not known"},
		{term.Birth{}, "date of birth not known"},
	} {
		if got := c.birth.Text(today).String(); got != c.want {
			t.Errorf("%+v: %q, want %q", c.birth, got, c.want)
		}
	}
}

// TestAnEstimateHoldsOnItsDay: somebody of whom a nurse says '40' is 40 on the screen, on any day, in any unit.
func TestAnEstimateHoldsOnItsDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		on := term.Date{Year: 1990, Month: 1, Day: 1}.AddDays(rapid.IntRange(0, 40_000).Draw(t, "day"))
		unit := rapid.SampledFrom([]term.AgeUnit{term.Years, term.Months, term.Weeks, term.Days}).Draw(t, "unit")
		age := rapid.IntRange(0, term.MaxAge).Draw(t, "age")
		b, err := term.BirthAbout(age, unit, on)
		if err != nil || !b.Estimated || b.Check(on) != nil {
			t.Fatalf("%d %d on %s: %+v, %v", age, unit, on, b, err)
		}
		days := b.Date.DaysUntil(on)
		got := map[term.AgeUnit]int{term.Years: b.Date.AgeAt(on), term.Months: b.Date.MonthsAt(on), term.Weeks: days / 7, term.Days: days}[unit]
		if got != age {
			t.Fatalf("about %d (unit %d) on %s gives %s: %d", age, unit, on, b.Date, got)
		}
	})
}

func TestPartialDates(t *testing.T) {
	for _, c := range []struct{ text, shown, first, last string }{
		{"1971", "1971", "1971-01-01", "1971-12-31"},
		{"1972-02", "Feb 1972", "1972-02-01", "1972-02-29"},
		{"1971-02-03", "3 Feb 1971", "1971-02-03", "1971-02-03"},
	} {
		p, err := term.ParsePartialDate(c.text)
		if err != nil || p.String() != c.text || p.Text().String() != c.shown || p.First().String() != c.first || p.Last().String() != c.last {
			t.Errorf("%s: %v %q %s %s (%v)", c.text, p, p.Text(), p.First(), p.Last(), err)
		}
		kept(t, p)
	}
	for _, text := range []string{"", "71", "1971-13", "1971-02-30", "0000", "1971-2"} {
		_, err := term.ParsePartialDate(text)
		on(t, err, term.FieldDate)
	}
	if (term.PartialDate{Year: 1971, Day: 3}).Valid() || (term.PartialDate{}).Text().String() != "" {
		t.Error("a day without its month is valid")
	}
}
