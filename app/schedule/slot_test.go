package schedule_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/data"
)

func date(t testing.TB, text string) term.Date {
	t.Helper()
	d, err := term.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func pattern(t testing.TB, text string) schedule.Hours {
	t.Helper()
	h, err := schedule.ParsePattern(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return h
}

// TestSlotsOfADay: the slots that hours give on special days. '+1' are places kept for urgent patients.
func TestSlotsOfADay(t *testing.T) {
	for name, c := range map[string]struct {
		hours, zone, day string
		share            int
		change           func(*schedule.Calendar)
		want             string
	}{
		"a plain morning":        {hours: "Mon-Fri 9-10, 20 min", day: "2026-11-24", want: "09:00-09:20 1, 09:20-09:40 1, 09:40-10:00 1"},
		"a day off":              {hours: "Mon-Fri 9-10, 20 min", day: "2026-11-22"},
		"a rest is no slot":      {hours: "Tue 9-10, 25 min", day: "2026-11-24", want: "09:00-09:25 1, 09:25-09:50 1"},
		"afternoon said first":   {hours: "Tue 14-15, 9-10, 60 min", day: "2026-11-24", want: "09:00-10:00 1, 14:00-15:00 1"},
		"capacity":               {hours: "Tue 9-10, 60 min, 6 places", day: "2026-11-24", want: "09:00-10:00 6"},
		"29 February":            {hours: "Tue 9-10, 60 min", day: "2028-02-29", want: "09:00-10:00 1"},
		"ISO week 53, its end":   {hours: "Sun 9-10, 60 min", day: "2027-01-03", want: "09:00-10:00 1"},
		"ISO week 53, Monday":    {hours: "Mon 9-10, 60 min", day: "2026-12-28", want: "09:00-10:00 1"},
		"the week after it":      {hours: "Mon 9-10, 60 min", day: "2027-01-04", want: "09:00-10:00 1"},
		"across midnight":        {hours: "Tue 23-25, 60 min", day: "2026-11-24", want: "23:00-00:00 1, 00:00-01:00 1"},
		"the day after has none": {hours: "Tue 23-25, 60 min", day: "2026-11-25"},
		// In London clocks go from 01:00 to 02:00 on 29 March 2026, and from 02:00 back to 01:00 on 25 October 2026.
		"clocks put forward":          {hours: "Sun 0-3, 60 min", day: "2026-03-29", want: "00:00-02:00 1, 02:00-03:00 1"},
		"begins in the hour left out": {hours: "Sun 1:30-3, 30 min", day: "2026-03-29", want: "02:00-02:30 1, 02:30-03:00 1"},
		"clocks put back":             {hours: "Sun 0-3, 60 min", day: "2026-10-25", want: "00:00-01:00 1, 01:00-01:00 1, 01:00-02:00 1, 02:00-03:00 1"},
		"sessions meet in the hour that comes twice": {hours: "Sun 0-1:30, 1:30-3, 30 min", day: "2026-10-25",
			want: "00:00-00:30 1, 00:30-01:00 1, 01:00-01:30 1, 01:30-01:00 1, 01:00-01:30 1, 01:30-02:00 1, 02:00-02:30 1, 02:30-03:00 1"},
		"a night in which clocks are put forward": {hours: "Sat 22-26, 120 min", day: "2026-03-28", want: "22:00-00:00 1"},
		// In Asuncion clocks went forward at midnight: 6 October 2024 began at 01:00.
		"midnight left out":        {hours: "Sun 0-2, 30 min", zone: "America/Asuncion", day: "2024-10-06", want: "01:00-01:30 1, 01:30-02:00 1"},
		"a zone with half an hour": {hours: "Tue 9-10, 30 min", zone: "Asia/Kolkata", day: "2026-11-24", want: "09:00-09:30 1, 09:30-10:00 1"},
		"a fifth is kept":          {hours: "Tue 9-11, 20 min", day: "2026-11-24", share: 20, want: "09:00-09:20 1, 09:20-09:40 1, 09:40-10:00 1, 10:00-10:20 1, 10:20-10:40 1, 10:40-11:00 1+1"},
		"kept evenly":              {hours: "Tue 9-11, 20 min", day: "2026-11-24", share: 34, want: "09:00-09:20 1, 09:20-09:40 1, 09:40-10:00 1+1, 10:00-10:20 1, 10:20-10:40 1, 10:40-11:00 1+1"},
		"kept of a group":          {hours: "Tue 9-11, 60 min, 5 places", day: "2026-11-24", share: 20, want: "09:00-10:00 5+1, 10:00-11:00 5+1"},
		"few keep none":            {hours: "Tue 9-10, 30 min", day: "2026-11-24", share: 20, want: "09:00-09:30 1, 09:30-10:00 1"},
		"holiday": {hours: "Mon-Fri 9-10, 20 min", day: "2026-12-25", change: func(c *schedule.Calendar) {
			c.Holidays = map[term.Date]string{date(t, "2026-12-25"): "Christmas Day"}
		}},
		"leave takes what it touches": {hours: "Tue 9-10, 20 min", day: "2026-11-24", change: func(c *schedule.Calendar) {
			c.Absences = []schedule.Absence{{From: time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC), To: time.Date(2026, 11, 24, 9, 40, 0, 0, time.UTC)}}
		}, want: "09:00-09:20 1, 09:40-10:00 1"},
		"not yet":  {hours: "Tue 9-10, 60 min", day: "2026-11-24", change: func(c *schedule.Calendar) { c.Shifts[0].First = date(t, "2026-11-25") }},
		"no more":  {hours: "Tue 9-10, 60 min", day: "2026-11-24", change: func(c *schedule.Calendar) { c.Shifts[0].Last = date(t, "2026-11-23") }},
		"last day": {hours: "Tue 9-10, 60 min", day: "2026-11-24", change: func(c *schedule.Calendar) { c.Shifts[0].Last = date(t, "2026-11-24") }, want: "09:00-10:00 1"},
	} {
		if c.zone == "" {
			c.zone = "Europe/London"
		}
		cal := schedule.Calendar{Zone: zone(t, c.zone), Shifts: pattern(t, c.hours).Shifts, Rules: schedule.Rules{UrgentShare: c.share}}
		if c.change != nil {
			c.change(&cal)
		}
		if got := strings.Join(schedule.SlotTexts(cal, date(t, c.day)), ", "); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}

// TestSlotsFollowEachOther on every day of years in zones of all kinds, whatever the clocks do: real minutes, no overlap.
func TestSlotsFollowEachOther(t *testing.T) {
	for _, name := range []string{"Europe/London", "America/Asuncion", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "America/Sao_Paulo"} {
		cal := schedule.Calendar{Zone: zone(t, name), Shifts: pattern(t, "Mon-Sun 0-8, 8-16, 16-24, 30 min").Shifts}
		var last time.Time
		for day := date(t, "2011-12-20"); day.Before(date(t, "2029-01-10")); day = day.AddDays(1) {
			for _, s := range cal.Slots(day) {
				if s.Start.Before(last) || s.End.Sub(s.Start) != 30*time.Minute {
					t.Fatalf("%s, %s: a slot from %s to %s after %s", name, day, s.Start, s.End, last)
				}
				last = s.End
			}
		}
		if last.IsZero() {
			t.Errorf("%s has no slots", name)
		}
	}
}

func TestKeptPlaces(t *testing.T) {
	for _, c := range []struct{ share, places, want int }{
		{20, 9, 2}, {20, 18, 4}, {20, 4, 1}, {20, 3, 1}, {20, 2, 0}, {20, 1, 0}, {20, 0, 0}, {5, 4, 1}, {5, 3, 0}, {0, 100, 0}, {50, 9, 5},
	} {
		if got := (schedule.Rules{UrgentShare: c.share}).Kept(c.places); got != c.want {
			t.Errorf("%d%% of %d: %d are kept, want %d", c.share, c.places, got, c.want)
		}
	}
}

func TestPatternsAreRead(t *testing.T) {
	for _, p := range schedule.Patterns {
		if h := pattern(t, p.Text); len(h.Shifts) == 0 {
			t.Errorf("%s gives no sessions", p.Text)
		}
	}
	h := pattern(t, "Fri–Mon 9:30-12, 20 min, 2 places")
	var days []time.Weekday
	for _, s := range h.Shifts {
		days = append(days, s.Weekday)
		if s.From != 570 || s.To != 720 || s.Slot != 20 || s.Capacity != 2 {
			t.Errorf("%+v", s)
		}
	}
	if !slices.Equal(days, []time.Weekday{time.Friday, time.Saturday, time.Sunday, time.Monday}) {
		t.Errorf("%v", days)
	}
	for _, wrong := range []string{"", "9-12", "Mon", "Mon 9-12, 25 hours", "Mon 12-9", "Mon 9-12, 3 min", "Mon 9-12, 11-13", "Mon 9-12, 0 places", "Mon 20-32, Tue 7-9", "Mon 9-12,"} {
		if _, err := schedule.ParsePattern(wrong); !data.Is(err, data.Invalid) {
			t.Errorf("%q was read: %v", wrong, err)
		}
	}
}

func FuzzParsePattern(f *testing.F) {
	for _, p := range schedule.Patterns {
		f.Add(p.Text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if h, err := schedule.ParsePattern(text); err == nil && h.Check() != nil {
			t.Errorf("%q gives hours that are wrong", text)
		}
	})
}
