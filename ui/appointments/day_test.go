package appointments

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/ui/kit"
	"wardbook/ui/kit/kittest"
)

// cellsText shows the cells of a column, for tables: 'booked 10:00 to 10:20 Smith, Ann Urgent'.
func cellsText(c kit.DayColumn) (all []string) {
	names := map[kit.DayKind]string{kit.DayFree: "free", kit.DayReserve: "kept", kit.DayBooked: "booked", kit.DayHeld: "held", kit.DayClosed: "closed"}
	for _, cell := range c.Cells {
		text := names[cell.Kind] + " " + cell.When
		for _, more := range []string{cell.Who, cell.Word} {
			if more != "" {
				text += " " + more
			}
		}
		if cell.Past {
			text += " past"
		}
		all = append(all, text)
	}
	return all
}

func agendaOf(t *testing.T, s *access.Session, d term.Date, f shown) *agenda {
	t.Helper()
	a := &agenda{session: s, day: d, filter: f}
	r, err := a.reader()(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	a.take(r)
	return a
}

// TestTheDayShowsWhatIsBookedAndWhatIsLeft: with what is kept for urgent patients, and what is over.
func TestTheDayShowsWhatIsBookedAndWhatIsLeft(t *testing.T) {
	h, dora := withDora(t)
	works(t, h, dora, "Mon-Fri 9-11, 20 min")
	desk := h.As(access.FrontDesk)
	ann, bob := register(t, desk, someone("Smith", "Ann", "1971-02-03")), register(t, desk, someone("Brown", "Bob", "1980-05-06"))
	booked(t, h, ann.ID, dora, "2026-11-24 09:20", schedule.Urgent)
	row := booked(t, h, bob.ID, dora, "2026-11-24 09:00", schedule.Routine)
	if _, err := schedule.SetState(t.Context(), desk, uuid.New(), row.ID, row.Version, schedule.Arrived); err != nil {
		t.Fatal(err)
	}
	h.Clock.Pass(45 * time.Minute)
	now := h.Clock.Now().In(london)
	a := agendaOf(t, desk, today(now), shown{})
	p := a.plan(now)
	if len(p.Columns) != 2 || p.Columns[0].Name != "Dr Dora Doctor" {
		t.Fatalf("columns %+v; want Dora first, who works", p.Columns)
	}
	want := []string{"booked 09:00 to 09:20 Brown, Bob Arrived", "booked 09:20 to 09:40 Smith, Ann Urgent", "free 09:40 to 10:00 past", "free 10:00 to 10:20", "free 10:20 to 10:40", "free 10:40 to 11:00"}
	if got := cellsText(p.Columns[0]); !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
	if p.NowLabel != "09:45" || !p.From.Equal(at("2026-11-24 09:00")) || !p.To.Equal(at("2026-11-24 11:00")) || len(p.Rows) != 3 {
		t.Errorf("now %q, from %v to %v, %d rows", p.NowLabel, p.From, p.To, len(p.Rows))
	}
	if p.Columns[1].Note != "Olga Allroles has no working hours yet" {
		t.Errorf("note %q", p.Columns[1].Note)
	}
	if got := a.countText().Text(); got != "2 booked, 1 waiting, 3 free" {
		t.Errorf("%q", got)
	}
}

// TestLeaveAndHolidaysAreSaidInWords.
func TestLeaveAndHolidaysAreSaidInWords(t *testing.T) {
	h, dora := withDora(t)
	admin := h.As(access.Administrator)
	leave := schedule.Leave{Absences: []schedule.Absence{schedule.WholeDays(london, day("2026-11-26"), day("2026-11-27"), "Conference")}}
	if _, err := schedule.SetLeave(t.Context(), admin, uuid.New(), dora, 0, leave); err != nil {
		t.Fatal(err)
	}
	if _, err := schedule.SetHolidays(t.Context(), admin, uuid.New(), 0, schedule.Holidays{Days: []schedule.Holiday{{Day: day("2026-12-25"), Name: "Christmas Day"}}}); err != nil {
		t.Fatal(err)
	}
	only := shown{target: target{resource: dora}}
	for _, c := range []struct{ day, want string }{{"2026-11-26", "Dr Dora Doctor is on leave on Thu 26 Nov 2026"}, {"2026-12-25", "Fri 25 Dec 2026 is a holiday: Christmas Day"},
		{"2026-11-28", "Dr Dora Doctor does not work on Sat 28 Nov 2026"}} {
		p := agendaOf(t, h.As(access.FrontDesk), day(c.day), only).plan(h.Clock.Now().In(london))
		if got := p.Columns[0].Note; got != c.want {
			t.Errorf("%s: %q; want %q", c.day, got, c.want)
		}
	}
}

// TestADayWhoseClocksChangeHasItsOwnHours: an hour that comes twice has two lines.
func TestADayWhoseClocksChangeHasItsOwnHours(t *testing.T) {
	h, dora := withDora(t)
	works(t, h, dora, "Sun 0-4, 60 min")
	h.Clock.Pass(-40 * 24 * time.Hour) // before Sun 25 Oct 2026, when clocks go back at 02:00
	p := agendaOf(t, h.As(access.FrontDesk), day("2026-10-25"), shown{target: target{resource: dora}}).plan(h.Clock.Now().In(london))
	var labels []string
	for _, r := range p.Rows {
		labels = append(labels, r.Label)
	}
	if want := []string{"00:00", "01:00", "01:00", "02:00", "03:00", "04:00"}; !slices.Equal(labels, want) {
		t.Errorf("%q; want %q", labels, want)
	}
}

// TestEnterOnATime: a free one leads to the form with doctor and time, an urgent one with the priority, a booked one to its page.
func TestEnterOnATime(t *testing.T) {
	h, dora := withDora(t)
	desk := h.As(access.FrontDesk)
	ann := register(t, desk, someone("Smith", "Ann", "1971-02-03"))
	row := booked(t, h, ann.ID, dora, "2026-11-24 10:00", schedule.Routine)
	a := agendaOf(t, desk, day("2026-11-24"), shown{})
	col := kit.DayColumn{ID: resourceText(dora)}
	slot := kit.DayCell{From: at("2026-11-24 10:20")}
	wishOf := func(cell kit.DayCell) wish {
		r, ok := a.leadsTo(col, cell)
		if !ok || r.Page != pageBook {
			t.Fatalf("leads to %v, %v", r, ok)
		}
		return readWish(r.ID)
	}
	if w := wishOf(slot); w.resource != dora || !w.at.Equal(slot.From) || w.priority != 0 {
		t.Errorf("%+v", w)
	}
	slot.Kind = kit.DayReserve
	if w := wishOf(slot); w.priority != schedule.Urgent {
		t.Errorf("%+v; want urgent", w)
	}
	slot.Past = true
	if r, ok := a.leadsTo(col, slot); ok {
		t.Errorf("a time that is over leads to %v", r)
	}
	if r, ok := a.leadsTo(col, kit.DayCell{ID: uuid.UUID(row.ID).String(), Kind: kit.DayBooked}); !ok || r != VisitRoute(row.ID) {
		t.Errorf("leads to %v, %v", r, ok)
	}
	doctor := agendaOf(t, h.As(access.Doctor), day("2026-11-24"), shown{})
	slot.Past = false
	if r, ok := doctor.leadsTo(col, slot); ok || len(doctor.columns) != 1 {
		t.Errorf("a doctor is led to %v, sees %d columns", r, len(doctor.columns))
	}
}

// TestBookingFromTheGridByKeyboard: from the day to the form, and back to the same time.
func TestBookingFromTheGridByKeyboard(t *testing.T) {
	h, dora := withDora(t)
	register(t, h.As(access.FrontDesk), someone("Smith", "Ann", "1971-02-03"))
	s := onStage(t, h, access.FrontDesk, kit.Route{Place: PlaceAppointments})
	s.wantSeen("Tue 24 Nov 2026, today", "0 booked, 0 waiting, 18 free")
	s.press(fyne.KeyF8)
	s.wantSeen("Wed 25 Nov 2026, tomorrow")
	s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if w := readWish(s.route.ID); s.route.Page != pageBook || w.resource != dora || !w.at.Equal(at("2026-11-25 09:20")) {
		t.Fatalf("Enter leads to %v, %+v", s.route, w)
	}
	s.write("smith")
	s.pause()
	s.press(fyne.KeyReturn)
	s.wantSeen("Smith, Ann", "Wed 25 Nov, 09:20")
	s.ctrl(fyne.KeyS)
	s.wantSeen("Wed 25 Nov, 09:20 to 09:40, Dr Dora Doctor", "Booked")
	s.Back()
	s.settle()
	s.wantSeen("Wed 25 Nov 2026, tomorrow", "1 booked, 0 waiting, 17 free")
}

// TestTheDayIsLive: what another desk books shows, and the selection stays.
func TestTheDayIsLive(t *testing.T) {
	h, dora := withDora(t)
	desk := h.As(access.FrontDesk)
	ann := register(t, desk, someone("Smith", "Ann", "1971-02-03"))
	s := onStage(t, h, access.FrontDesk, kit.Route{Place: PlaceAppointments})
	s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
	grid := s.screen.(*dayScreen).grid
	_, before, _ := grid.Selected()
	since := h.Door.Last()
	booked(t, h, ann.ID, dora, "2026-11-24 11:00", schedule.Routine)
	s.hear(since)
	s.wantSeen("1 booked, 0 waiting, 17 free")
	if _, after, ok := grid.Selected(); !ok || after.ID != before.ID {
		t.Errorf("selected %+v; want %+v", after, before)
	}
	since = h.Door.Last()
	booked(t, h, ann.ID, dora, "2026-12-15 11:00", schedule.Routine)
	for e, err := range s.session.Watch(t.Context(), since) {
		if err != nil || s.screen.(*dayScreen).Concerns(e) {
			t.Errorf("three weeks later concerns this day, %v", err)
		}
		break
	}
}

// TestJumpingToADay: typed as people write it.
func TestJumpingToADay(t *testing.T) {
	h, _ := withDora(t)
	s := onStage(t, h, access.FrontDesk, kit.Route{Place: PlaceAppointments})
	s.ctrl(fyne.KeyG)
	s.over("4.12.")
	s.pause()
	s.wantSeen("Fri 4 Dec 2026")
	s.press(fyne.KeyReturn)
	if s.window.Canvas().Focused() != s.screen.(*dayScreen).grid {
		t.Error("Enter does not lead to the times")
	}
	s.press(fyne.KeyF7)
	s.wantSeen("Thu 3 Dec 2026")
	s.wantUnseen("4 Dec 2026", "4.12.")
}

// TestDoctorsSeeTheirOwnDay, and nobody else's.
func TestDoctorsSeeTheirOwnDay(t *testing.T) {
	h, _ := withDora(t)
	s := onStage(t, h, access.Doctor, kit.Route{Place: PlaceAppointments})
	if got := s.screen.Title().Text(); got != "My appointments" {
		t.Errorf("title %q", got)
	}
	s.press(fyne.KeyDown, fyne.KeyReturn)
	s.wantSeen("The front desk books appointments.")
	kittest.Reachable(t, s.window)
}

// TestTheDayIsReachedByTab.
func TestTheDayIsReachedByTab(t *testing.T) {
	h, _ := withDora(t)
	s := onStage(t, h, access.FrontDesk, kit.Route{Place: PlaceAppointments})
	kittest.Reachable(t, s.window)
}

// BenchmarkAgenda12x400 draws a day of 12 doctors with 400 appointments, as the presenter gives it to the grid.
func BenchmarkAgenda12x400(b *testing.B) {
	a := &agenda{day: day("2026-11-24"), columns: fullDay(12, 400)}
	now := at("2026-11-24 10:42")
	for b.Loop() {
		if p := a.plan(now); len(p.Columns) != 12 {
			b.Fatal("columns are missing")
		}
	}
}

// fullDay is a day of many appointments.
func fullDay(doctors, appointments int) []schedule.Column {
	all := make([]schedule.Column, doctors)
	for i := range all {
		id := schedule.DoctorID(access.UserID(uuid.New()))
		all[i].Resource = schedule.Resource{ID: id, Name: fmt.Sprintf("Dr Number %d", i)}
		start := at("2026-11-24 08:00")
		for n := range appointments/doctors + 1 {
			s := schedule.Slot{Start: start.Add(time.Duration(n) * 15 * time.Minute).UTC(), End: start.Add(time.Duration(n+1) * 15 * time.Minute).UTC(), Capacity: 2}
			all[i].Slots = append(all[i].Slots, schedule.SlotItem{Slot: s, Taken: 1})
			item := schedule.Item{ID: schedule.ID(uuid.New()), Appointment: schedule.Appointment{Resource: id, Start: s.Start, Minutes: 15, Priority: schedule.Routine, State: schedule.Booked, Reason: "Follow-up"}}
			item.Who.Name = term.HumanName{Family: fmt.Sprintf("Smith %d", n), Given: []string{"Ann"}}
			all[i].Items = append(all[i].Items, item)
		}
	}
	return all
}
