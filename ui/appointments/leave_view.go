package appointments

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

func oneLine(text string) string { return strings.ReplaceAll(text, "\n", "; ") }

// leaveScreen is the absences of one doctor, or when one machine is out of order.
type leaveScreen struct {
	*listScreen[schedule.Absence]
	desk *Desk
	id   schedule.ResourceID
	plan schedule.Plan
}

func newLeaveScreen(h kit.Host, d *Desk, id schedule.ResourceID, saved any) kit.Screen {
	s := &leaveScreen{listScreen: &listScreen[schedule.Absence]{host: h, title: kit.Say("appointments.leave.title", "Leave and service"), concerns: hoursChanged}, desk: d, id: id}
	s.read = s.readLeave
	s.empty = func() fyne.CanvasObject {
		return kit.Empty(kit.Say("appointments.leave.none", "{{.Name}} is always there in working hours", "Name", s.plan.Resource.Name),
			kit.Say("appointments.leave.none.next", "Leave, conferences and service are entered here; nobody is booked in that time."),
			kit.Say("appointments.leave.add", "Add a time away"), s.add).Object()
	}
	s.says = func(all []schedule.Absence) []kit.Remark {
		return []kit.Remark{{Tone: kit.Plain, Sentence: kit.Say("appointments.leave.of", "{{.Name}}: nobody is booked in these times", "Name", s.plan.Resource.Name)}}
	}
	s.deeds = func(a schedule.Absence, ok bool) []kit.Command {
		all := []kit.Command{{Name: kit.Say("appointments.leave.add", "Add a time away"), Key: fyne.KeyN, Modifier: ctrl, Do: s.add}}
		if ok {
			all = append(all, kit.Command{Name: kit.Say("appointments.leave.remove", "Take away"), Key: fyne.KeyD, Modifier: ctrl, Do: func() { s.remove(a) }})
		}
		return all
	}
	s.table = kit.NewDataTable(absenceKey, d.widths("leave"),
		kit.TableColumn[schedule.Absence]{ID: "when", Title: kit.Say("appointments.column.when", "When"), Width: 300, Cell: func(a schedule.Absence) kit.Cell {
			return kit.Cell{Text: absenceText(a, h.Now()).Text(), Bold: a.To.After(h.Now())}
		}},
		kit.TableColumn[schedule.Absence]{ID: "why", Title: kit.Say("appointments.column.forwhat", "For"), Width: 300, Main: true, Cell: func(a schedule.Absence) kit.Cell { return kit.Cell{Text: a.Why} }})
	s.begin(kit.Say("appointments.leave.reading", "Reading the leave"), saved)
	return s
}

func absenceKey(a schedule.Absence) string { return a.From.String() + a.To.String() + a.Why }

// readLeave reads the absences, the next first and those that are over last. It is slow; what else it reads is for the window's goroutine.
func (s *leaveScreen) readLeave(ctx context.Context) ([]schedule.Absence, error) {
	plan, err := schedule.ReadPlan(ctx, s.desk.Session, s.id)
	if err != nil {
		return nil, err
	}
	s.reading.Post(func() {
		s.plan = plan
		s.title = kit.Say("appointments.leave.title.of", "Leave and service: {{.Name}}", "Name", plan.Resource.Name)
	})
	all, now := slices.Clone(plan.Leave.Value.Absences), s.host.Now()
	slices.SortStableFunc(all, func(a, b schedule.Absence) int {
		if over := a.To.After(now); over != b.To.After(now) {
			if over {
				return -1
			}
			return 1
		}
		return a.From.Compare(b.From)
	})
	return all, nil
}

// setter writes the absences as of the version that is shown. What it answers with is slow.
func (s *leaveScreen) setter(all []schedule.Absence) func(context.Context) (int, error) {
	session, operation, id, seen := s.desk.Session, uuid.New(), s.id, s.plan.Leave.Version
	return func(ctx context.Context) (int, error) {
		return schedule.SetLeave(ctx, session, operation, id, seen, schedule.Leave{Absences: all})
	}
}

// add asks for one more.
func (s *leaveScreen) add() {
	now := s.host.Now()
	rules := kit.DateRules{Today: today(now), Future: true}
	first := kit.NewDateField(kit.FieldSpec{Name: schedule.FieldFrom, Label: kit.Say("appointments.field.first", "First day"), Required: true, Letters: 16}, rules, false)
	last := kit.NewDateField(kit.FieldSpec{Name: schedule.FieldTo, Label: kit.Say("appointments.field.last", "Last day"), Letters: 16,
		Hint: kit.Say("appointments.field.last.hint", "Empty: one day")}, rules, false)
	from := timeField("fromtime", kit.Say("appointments.field.fromtime", "From time"), kit.Say("appointments.field.fromtime.hint", "Empty: the whole day"))
	to := timeField("totime", kit.Say("appointments.field.totime", "To time"), kit.Sentence{})
	why := kit.NewTextField(kit.FieldSpec{Name: schedule.FieldWhy, Label: kit.Say("appointments.column.forwhat", "For"),
		Hint: kit.Say("appointments.field.forwhat.hint", "For colleagues: 'Conference', 'Service'")}, kit.TextRules{Max: 120})
	stranded := 0
	asking{title: kit.Say("appointments.leave.add.title", "Add a time away for {{.Name}}", "Name", s.plan.Resource.Name), label: kit.Say("appointments.leave.add.do", "Add it"),
		form: kit.NewForm(2).Section(kit.Sentence{}, first, last, from, to, why),
		save: func() func(context.Context) error {
			a := absence(now.Location(), first.Answer().Date, last.Answer().Date, from.Text(), to.Text(), why.Text())
			set := s.setter(append(slices.Clone(s.plan.Leave.Value.Absences), a))
			return func(ctx context.Context) (err error) {
				stranded, err = set(ctx)
				return err
			}
		}, done: func() {
			s.host.Tell(savedText(s.plan.Resource.Name, stranded))
			s.Refresh()
		}}.open(s.host, s.writing)
}

// absence makes one of what was entered: whole days, or from a time of the first to a time of the last.
func absence(zone *time.Location, first, last term.Date, from, to, why string) schedule.Absence {
	if last.IsZero() {
		last = first
	}
	a := schedule.WholeDays(zone, first, last, why)
	if at, ok := minuteOf(from); ok {
		a.From = time.Date(first.Year, first.Month, first.Day, 0, at, 0, 0, zone).UTC()
	}
	if at, ok := minuteOf(to); ok {
		a.To = time.Date(last.Year, last.Month, last.Day, 0, at, 0, 0, zone).UTC()
	}
	return a
}

// minuteOf reads '14:05', '1405' or '14' as minutes since midnight.
func minuteOf(text string) (int, bool) {
	for _, layout := range []string{"15:04", "15.04", "1504", "15"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.Hour()*60 + at.Minute(), true
		}
	}
	return 0, false
}

func timeField(name string, label, hint kit.Sentence) *kit.TextField {
	return kit.NewTextField(kit.FieldSpec{Name: name, Label: label, Hint: hint, Letters: 8}, kit.TextRules{Check: func(text string) kit.Sentence {
		if _, ok := minuteOf(text); !ok {
			return kit.Say("appointments.time.wrong", "Enter a time such as 14:05.")
		}
		return kit.Sentence{}
	}, Tidy: func(text string) string {
		at, _ := minuteOf(text)
		return schedule.ClockText(at)
	}})
}

// remove asks, and takes one away.
func (s *leaveScreen) remove(a schedule.Absence) {
	when := absenceText(a, s.host.Now())
	s.host.Ask(kit.Confirm(kit.Say("appointments.leave.remove.title", "Take away {{.When}} of {{.Name}}?", "When", when, "Name", s.plan.Resource.Name),
		kit.Say("appointments.leave.remove.then", "From then on patients can be booked in that time."), kit.Say("appointments.leave.remove.do", "Take away {{.When}}", "When", when), func() {
			rest := slices.DeleteFunc(slices.Clone(s.plan.Leave.Value.Absences), func(b schedule.Absence) bool { return absenceKey(a) == absenceKey(b) })
			set := s.setter(rest)
			kit.Start(s.writing, func(ctx context.Context, _ func(func())) (int, error) { return set(ctx) }, func(stranded int, err error) {
				s.did(err, savedText(s.plan.Resource.Name, stranded).Sentence)
			})
		}))
}

// holidaysScreen is the hospital's holidays.
type holidaysScreen struct {
	*listScreen[schedule.Holiday]
	desk *Desk
	row  schedule.HolidaysRow
}

func newHolidaysScreen(h kit.Host, d *Desk, saved any) kit.Screen {
	s := &holidaysScreen{listScreen: &listScreen[schedule.Holiday]{host: h, title: kit.Say("appointments.holidays.title", "Holidays"),
		concerns: func(e access.Entry) bool { return changes(e, access.TableHolidays) }}, desk: d}
	s.read = func(ctx context.Context) ([]schedule.Holiday, error) {
		row, err := schedule.ReadHolidays(ctx, d.Session)
		s.reading.Post(func() { s.row = row })
		return row.Value.Days, err
	}
	s.empty = func() fyne.CanvasObject {
		return kit.Empty(kit.Say("appointments.holidays.none", "No holidays yet"), kit.Say("appointments.holidays.none.next", "On a holiday nobody is booked, whatever the working hours are."),
			kit.Say("appointments.holidays.add", "Add a holiday"), s.add).Object()
	}
	s.deeds = func(day schedule.Holiday, ok bool) []kit.Command {
		all := []kit.Command{{Name: kit.Say("appointments.holidays.add", "Add a holiday"), Key: fyne.KeyN, Modifier: ctrl, Do: s.add}}
		if ok {
			all = append(all, kit.Command{Name: kit.Say("appointments.leave.remove", "Take away"), Key: fyne.KeyD, Modifier: ctrl, Do: func() { s.remove(day) }})
		}
		return all
	}
	s.table = kit.NewDataTable(func(day schedule.Holiday) string { return day.Day.String() }, d.widths("holidays"),
		kit.TableColumn[schedule.Holiday]{ID: "day", Title: kit.Say("appointments.column.day", "Day"), Width: 200, Cell: func(day schedule.Holiday) kit.Cell {
			return kit.Cell{Text: kit.Of(schedule.DayText(day.Day)).Text(), Bold: !day.Day.Before(today(h.Now()))}
		}},
		kit.TableColumn[schedule.Holiday]{ID: "name", Title: kit.Say("appointments.column.resource", "Name"), Width: 300, Main: true, Cell: func(day schedule.Holiday) kit.Cell { return kit.Cell{Text: day.Name} }})
	s.begin(kit.Say("appointments.holidays.reading", "Reading the holidays"), saved)
	return s
}

// setter writes the holidays as of the version that is shown. What it answers with is slow.
func (s *holidaysScreen) setter(all []schedule.Holiday) func(context.Context) (int, error) {
	session, operation, seen := s.desk.Session, uuid.New(), s.row.Version
	return func(ctx context.Context) (int, error) {
		return schedule.SetHolidays(ctx, session, operation, seen, schedule.Holidays{Days: all})
	}
}

// add asks for one more.
func (s *holidaysScreen) add() {
	day := kit.NewDateField(kit.FieldSpec{Name: schedule.FieldDay, Label: kit.Say("appointments.column.day", "Day"), Required: true, Letters: 16}, kit.DateRules{Today: today(s.host.Now()), Future: true}, false)
	name := kit.NewTextField(kit.FieldSpec{Name: schedule.FieldName, Label: kit.Say("appointments.column.resource", "Name"), Required: true,
		Hint: kit.Say("appointments.holidays.name.hint", "'Christmas Day': it is said to whoever asks why nobody is there")}, kit.TextRules{Max: 120})
	stranded := 0
	asking{title: kit.Say("appointments.holidays.add", "Add a holiday"), label: kit.Say("appointments.leave.add.do", "Add it"), form: kit.NewForm(1).Section(kit.Sentence{}, day, name),
		save: func() func(context.Context) error {
			set := s.setter(append(slices.Clone(s.row.Value.Days), schedule.Holiday{Day: day.Answer().Date, Name: name.Text()}))
			return func(ctx context.Context) (err error) {
				stranded, err = set(ctx)
				return err
			}
		}, done: func() {
			s.host.Tell(savedText(name.Text(), stranded))
			s.Refresh()
		}}.open(s.host, s.writing)
}

// remove asks, and takes one away.
func (s *holidaysScreen) remove(day schedule.Holiday) {
	s.host.Ask(kit.Confirm(kit.Say("appointments.holidays.remove.title", "Take away {{.Name}}, {{.Day}}?", "Name", day.Name, "Day", kit.Of(schedule.DayText(day.Day))),
		kit.Say("appointments.holidays.remove.then", "From then on patients can be booked on that day."), kit.Say("appointments.holidays.remove.do", "Take away {{.Name}}", "Name", shortName(day.Name)), func() {
			rest := slices.DeleteFunc(slices.Clone(s.row.Value.Days), func(o schedule.Holiday) bool { return o.Day == day.Day })
			set := s.setter(rest)
			kit.Start(s.writing, func(ctx context.Context, _ func(func())) (int, error) { return set(ctx) }, func(_ int, err error) {
				s.did(err, kit.Say("appointments.holidays.removed", "{{.Name}} is no holiday any more", "Name", day.Name))
			})
		}))
}
