package appointments

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"pgregory.net/rapid"

	"wardbook/app/access"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// TestHoursAreWrittenAsTheyAreRead.
func TestHoursAreWrittenAsTheyAreRead(t *testing.T) {
	for _, c := range []struct{ in, out string }{
		{"", ""},
		{"mon-fri 9-12, 14-17, 20 min", "Mon-Fri 9-12, 14-17, 20 min"},
		{"Mon-Thu 8-12, 13-18, Fri 8-13, 30 min", "Mon-Thu 8-12, 13-18, Fri 8-13, 30 min"},
		{"Mon 9:30-12, Wed 9:30-12, 15 min, 2 places", "Mon 9:30-12, Wed 9:30-12, 15 min, 2 places"},
		{"Mon-Sun 20-32, 30 min", "Mon-Sun 20-32, 30 min"},
		{"Mon 9-12, 20 min\nTue 9-12, 40 min, from 2026-12-01, until 2026-12-24", "Mon 9-12, 20 min\nTue 9-12, 40 min, from 2026-12-01, until 2026-12-24"},
	} {
		h, err := parseHours(c.in)
		if got := hoursText(h); err != nil || got != c.out {
			t.Errorf("%q: %q, %v; want %q", c.in, got, err, c.out)
		}
	}
	for _, in := range []string{"sometimes", "Mon 12-9, 20 min", "Mon 9-12, 20 min, from yesterday", "Mon 9-12, 20 min\nMon 11-13, 30 min"} {
		if _, err := parseHours(in); faultText(err).Empty() {
			t.Errorf("%q is taken", in)
		}
	}
}

// TestNoHoursAreLostInTheText: whatever hours there are, saving the text unchanged changes nothing.
func TestNoHoursAreLostInTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var h schedule.Hours
		for range rapid.IntRange(0, 6).Draw(t, "sessions") {
			from := rapid.IntRange(0, 23).Draw(t, "from")*60 + rapid.SampledFrom([]int{0, 15, 30}).Draw(t, "minute")
			s := schedule.Shift{Weekday: time.Weekday(rapid.IntRange(0, 6).Draw(t, "day")), From: from, To: from + rapid.IntRange(1, 10).Draw(t, "hours")*60,
				Slot: rapid.SampledFrom([]int{15, 20, 60}).Draw(t, "slot"), Capacity: rapid.IntRange(1, 3).Draw(t, "places")}
			if rapid.Bool().Draw(t, "limited") {
				s.First = term.Date{Year: 2026, Month: 12, Day: rapid.IntRange(1, 28).Draw(t, "first")}
			}
			if more := (schedule.Hours{Shifts: append(slices.Clone(h.Shifts), s)}); more.Check() == nil {
				h = more
			}
		}
		got, err := parseHours(hoursText(h))
		if err != nil || !slices.Equal(sorted(got), sorted(h)) {
			t.Fatalf("%+v became %+v, %v, by %q", h, got, err, hoursText(h))
		}
	})
}

func sorted(h schedule.Hours) []schedule.Shift {
	all := slices.Clone(h.Shifts)
	slices.SortFunc(all, func(a, b schedule.Shift) int {
		return strings.Compare(hoursText(schedule.Hours{Shifts: []schedule.Shift{a}}), hoursText(schedule.Hours{Shifts: []schedule.Shift{b}}))
	})
	return all
}

// TestAnAbsenceIsWhatWasTyped: whole days, parts of a day, and from a time to a time days later.
func TestAnAbsenceIsWhatWasTyped(t *testing.T) {
	now := at("2026-11-24 09:00")
	for _, c := range []struct{ first, last, from, to, want string }{
		{"2026-11-30", "", "", "", "Mon 30 Nov"},
		{"2026-11-30", "2026-12-04", "", "", "Mon 30 Nov to Fri 4 Dec"},
		{"2026-11-30", "", "12:00", "14:30", "Mon 30 Nov, 12:00 to Mon 30 Nov, 14:30"},
		{"2026-11-30", "2026-12-01", "12", "", "Mon 30 Nov, 12:00 to Wed 2 Dec, 00:00"},
	} {
		var last term.Date
		if c.last != "" {
			last = day(c.last)
		}
		if got := absenceText(absence(london, day(c.first), last, c.from, c.to, ""), now).Text(); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

// TestTheAdministratorSetsHoursByKeyboard: by a usual week, and hears how many appointments no longer fit.
func TestTheAdministratorSetsHoursByKeyboard(t *testing.T) {
	h, dora := withDora(t)
	ann := register(t, h.As(access.FrontDesk), someone("Smith", "Ann", "1971-02-03"))
	booked(t, h, ann.ID, dora, "2026-11-25 15:00", schedule.Routine)
	s := onStage(t, h, access.Administrator, kit.Route{Place: PlaceHours})
	s.wantSeen("Dr Dora Doctor", "Mon-Fri 9-12, 14-17, 20 min", "none yet: nobody can be booked")
	s.wantUnseen("Smith")
	s.Focus(s.screen.(*plansScreen).table)
	s.press(fyne.KeyHome, fyne.KeyReturn)
	s.over("Mon-Fri 9-12, 20 mi")
	s.ctrl(fyne.KeyS)
	s.wantSeen("'20 mi' can't be read. Write hours like this: Mon-Fri 9-12, 14-17, 20 min")
	s.write("n")
	s.wantSeen("15 h a week in 45 slots")
	s.ctrl(fyne.KeyS)
	if want := "Saved for Dr Dora Doctor. One appointment no longer fits: the front desk was told to move it"; !slices.Contains(s.told, want) {
		t.Errorf("said %q; want %q", s.told, want)
	}
	s.wantSeen("Mon-Fri 9-12, 20 min")
	d := onStage(t, h, access.FrontDesk, kit.Route{Place: PlaceAppointments, Page: pageStranded})
	d.wantSeen("Smith, Ann", "Wed 25 Nov, 15:00")
}

// TestSomebodyElseChangedTheHours: nothing is lost, both are seen, and saving again decides.
func TestSomebodyElseChangedTheHours(t *testing.T) {
	h, dora := withDora(t)
	s := onStage(t, h, access.Administrator, planRoute(pageOne, dora))
	s.over("Mon 9-12, 20 min")
	works(t, h, dora, "Tue 9-12, 20 min")
	s.ctrl(fyne.KeyS)
	s.wantSeen("Somebody else has just changed these hours to 'Tue 9-12, 20 min'.", "Mon 9-12, 20 min")
	s.ctrl(fyne.KeyS)
	p, err := schedule.ReadPlan(t.Context(), h.As(access.Administrator), dora)
	if err != nil || hoursText(p.Hours.Value) != "Mon 9-12, 20 min" {
		t.Errorf("%q, %v", hoursText(p.Hours.Value), err)
	}
}

// TestMachinesLeaveAndHolidaysAreEntered, each in a dialog.
func TestMachinesLeaveAndHolidaysAreEntered(t *testing.T) {
	h, dora := withDora(t)
	s := onStage(t, h, access.Administrator, kit.Route{Place: PlaceHours})
	s.ctrl(fyne.KeyN)
	s.write("m\nCT 1\nCellar")
	s.press(fyne.KeyReturn)
	if s.screen.Title().Text() != "Hours of CT 1" {
		t.Errorf("leads to %q; want the hours of CT 1", s.screen.Title().Text())
	}
	s.Go(planRoute(pageLeave, dora))
	s.settle()
	s.ctrl(fyne.KeyN)
	s.write("30.11.\n4.12.\n\n\nConference")
	s.press(fyne.KeyReturn)
	s.wantSeen("Mon 30 Nov to Fri 4 Dec", "Conference")
	s.Go(kit.Route{Place: PlaceHours, Page: pageHolidays})
	s.settle()
	s.ctrl(fyne.KeyN)
	s.write("25.12.\nChristmas Day")
	s.press(fyne.KeyReturn)
	s.wantSeen("Fri 25 Dec 2026", "Christmas Day")
	s.Focus(s.screen.(*holidaysScreen).table)
	s.press(fyne.KeyHome)
	s.ctrl(fyne.KeyD)
	s.tabTo("Take away Christmas Day")
	s.press(fyne.KeyReturn)
	s.wantSeen("No holidays yet")
	s.Go(kit.Route{Place: PlaceHours})
	s.settle()
	s.wantSeen("CT 1", "Cellar", "Mon 30 Nov to Fri 4 Dec")
	s.command(fyne.KeyF10, 0)
	s.settle()
	s.over("30")
	s.press(fyne.KeyReturn)
	if rules, err := schedule.ReadRules(t.Context(), h.As(access.FrontDesk)); err != nil || rules.Value.UrgentShare != 30 {
		t.Errorf("%+v, %v; want 30 %%", rules, err)
	}
}
