package appointments

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// NewHours makes the screen of a route of the place 'hours': when doctors, machines and rooms are there. No patient is in it.
func NewHours(h kit.Host, d *Desk, r kit.Route, saved any) kit.Screen {
	id, known := parseResource(r.ID)
	switch {
	case r.Page == pageOne && known:
		return newPlanScreen(h, d, id)
	case r.Page == pageLeave && known:
		return newLeaveScreen(h, d, id, saved)
	case r.Page == pageHolidays:
		return newHolidaysScreen(h, d, saved)
	}
	return newPlansScreen(h, d, saved)
}

func planRoute(page string, id schedule.ResourceID) kit.Route {
	return kit.Route{Place: PlaceHours, Page: page, ID: resourceText(id)}
}

// plansScreen is the list of all that can be booked.
type plansScreen struct {
	*listScreen[planRow]
	desk *Desk
}

func newPlansScreen(h kit.Host, d *Desk, saved any) kit.Screen {
	s := &plansScreen{&listScreen[planRow]{host: h, title: kit.Say("appointments.plans.title", "Working hours, machines and rooms"), concerns: hoursChanged}, d}
	s.read = func(ctx context.Context) ([]planRow, error) { return readPlans(ctx, d.Session) }
	s.words = func(p planRow) []string {
		return []string{p.Resource.Name, p.Resource.Speciality, p.Resource.Place, kindText(p.Resource.ID.Kind()).Text()}
	}
	s.empty = func() fyne.CanvasObject {
		return kit.Empty(kit.Say("appointments.plans.none", "There are no doctors, machines or rooms yet"),
			kit.Say("appointments.plans.none.next", "Doctors stand here as soon as they have an account. Machines and rooms are added here."),
			kit.Say("appointments.plans.add", "Add a machine or room"), s.add).Object()
	}
	s.deeds = s.can
	s.table = kit.NewDataTable(planRow.key, d.widths("plans"), s.columns()...)
	s.table.OnOpen = func(p planRow) { h.Go(planRoute(pageOne, p.Resource.ID)) }
	s.begin(kit.Say("appointments.plans.reading", "Reading the working hours"), saved)
	return s
}

func (s *plansScreen) columns() []kit.TableColumn[planRow] {
	return []kit.TableColumn[planRow]{
		{ID: "name", Title: kit.Say("appointments.column.resource", "Name"), Width: 220, Cell: func(p planRow) kit.Cell { return kit.Cell{Text: p.Resource.Name, Bold: true} },
			Less: func(a, b planRow) bool { return folded(a.Resource.Name) < folded(b.Resource.Name) }},
		{ID: "kind", Title: kit.Say("appointments.column.kind", "Kind"), Width: 90, Cell: func(p planRow) kit.Cell { return kit.Cell{Text: kindText(p.Resource.ID.Kind()).Text()} },
			Less: func(a, b planRow) bool { return a.Resource.ID.Kind() < b.Resource.ID.Kind() }},
		{ID: "of", Title: kit.Say("appointments.column.of", "Speciality or place"), Width: 170, Cell: func(p planRow) kit.Cell {
			return kit.Cell{Text: p.Resource.Speciality + p.Resource.Place}
		}},
		{ID: "hours", Title: kit.Say("appointments.column.hours", "Weekly hours"), Width: 320, Main: true, Cell: func(p planRow) kit.Cell {
			if len(p.Hours.Value.Shifts) == 0 {
				return kit.Cell{Text: kit.Say("appointments.hours.none", "none yet: nobody can be booked").Text(), Tone: kit.Attention}
			}
			return kit.Cell{Text: oneLine(hoursText(p.Hours.Value))}
		}},
		{ID: "away", Title: kit.Say("appointments.column.away", "Next leave or service"), Width: 220, Cell: func(p planRow) kit.Cell {
			a, ok := p.away(s.host.Now())
			if !ok {
				return kit.Cell{}
			}
			return kit.Cell{Text: absenceText(a, s.host.Now()).Text(), Full: a.Why}
		}},
		{ID: "state", Title: kit.Say("appointments.column.state", "State"), Width: 120, Cell: func(p planRow) kit.Cell {
			if p.Resource.Inactive {
				return kit.Cell{Text: kit.Say("appointments.closed", "closed").Text(), Tone: kit.Attention}
			}
			return kit.Cell{}
		}},
	}
}

// can is what can be done with a row, and with the place.
func (s *plansScreen) can(p planRow, ok bool) []kit.Command {
	var all []kit.Command
	may := s.desk.Session.May
	if ok {
		all = append(all, kit.Command{Name: kit.Say("appointments.plans.leave", "Leave and service"), Key: fyne.KeyF7, Do: func() { s.host.Go(planRoute(pageLeave, p.Resource.ID)) }})
		if p.Resource.ID.Kind() != schedule.ADoctor && may(access.ActScheduleEquipment) {
			all = append(all, kit.Command{Name: kit.Say("appointments.plans.change", "Change machine or room"), Key: fyne.KeyF8, Do: func() { s.change(p.Resource) }})
		}
	}
	if may(access.ActScheduleEquipment) {
		all = append(all, kit.Command{Name: kit.Say("appointments.plans.add", "Add a machine or room"), Key: fyne.KeyN, Modifier: ctrl, Do: s.add})
	}
	if may(access.ActScheduleHolidays) {
		all = append(all, kit.Command{Name: kit.Say("appointments.plans.holidays", "Holidays"), Key: fyne.KeyF9, Do: func() { s.host.Go(kit.Route{Place: PlaceHours, Page: pageHolidays}) }})
	}
	if may(access.ActScheduleRules) {
		all = append(all, kit.Command{Name: kit.Say("appointments.plans.share", "Places kept for urgent patients"), Key: fyne.KeyF10, Do: s.share})
	}
	return all
}

func nameField(name string) *kit.TextField {
	f := kit.NewTextField(kit.FieldSpec{Name: schedule.FieldName, Label: kit.Say("appointments.field.name", "Name"), Required: true,
		Hint: kit.Say("appointments.field.name.hint", "As everybody calls it: 'CT 1', 'Physiotherapy room 2'")}, kit.TextRules{Max: 120})
	f.SetText(name)
	return f
}

func placeField(place string) *kit.TextField {
	f := kit.NewTextField(kit.FieldSpec{Name: schedule.FieldPlace, Label: kit.Say("appointments.field.place", "Where it is"),
		Hint: kit.Say("appointments.field.place.hint", "Where patients are sent: 'Ground floor, left'")}, kit.TextRules{Max: 120})
	f.SetText(place)
	return f
}

// add asks for a new machine or room.
func (s *plansScreen) add() {
	kind := kit.NewChoiceField(kit.FieldSpec{Name: schedule.FieldKind, Label: kit.Say("appointments.column.kind", "Kind"), Required: true},
		[]kit.Option[schedule.ResourceKind]{{Value: schedule.AMachine, Label: kindText(schedule.AMachine)}, {Value: schedule.ARoom, Label: kindText(schedule.ARoom)}})
	name, place, operation := nameField(""), placeField(""), uuid.New()
	var made schedule.EquipmentRow
	asking{title: kit.Say("appointments.plans.add", "Add a machine or room"), label: kit.Say("appointments.plans.add.do", "Add it"),
		form: kit.NewForm(1).Section(kit.Sentence{}, kind, name, place),
		save: func() func(context.Context) error {
			k, _ := kind.Value()
			e := schedule.Equipment{Kind: k, Name: name.Text(), Place: place.Text()}
			return func(ctx context.Context) (err error) {
				made, err = schedule.AddEquipment(ctx, s.desk.Session, operation, e)
				return err
			}
		}, done: func() {
			s.host.Go(planRoute(pageOne, made.ID)) // without hours it can't be booked
			s.host.Tell(kit.Toast{Tone: kit.Good, Sentence: kit.Say("appointments.plans.added", "Added {{.Name}}. Now enter its hours", "Name", made.Value.Name)})
		}}.open(s.host, s.writing)
}

// change asks for another name or place, and whether it is closed.
func (s *plansScreen) change(r schedule.Resource) {
	name, place, operation := nameField(r.Name), placeField(r.Place), uuid.New()
	closed := kit.NewCheckField(kit.FieldSpec{Name: schedule.FieldState, Label: kit.Say("appointments.field.closed", "Closed: nothing new is booked, what is booked stays")})
	closed.SetChecked(r.Inactive)
	asking{title: kit.Say("appointments.plans.change.title", "Change {{.Name}}", "Name", r.Name), label: kit.Say("appointments.save", "Save"),
		form: kit.NewForm(1).Section(kit.Sentence{}, name, place, closed),
		save: func() func(context.Context) error {
			e := schedule.Equipment{Name: name.Text(), Place: place.Text(), Closed: closed.Checked()}
			return func(ctx context.Context) error {
				return second(schedule.ChangeEquipment(ctx, s.desk.Session, operation, r.ID, r.Version, e))
			}
		}, done: func() { s.did(nil, savedText(name.Text(), 0).Sentence) }}.open(s.host, s.writing)
}

// share asks how much of each session is kept for urgent patients.
func (s *plansScreen) share() {
	if s.writing.Busy() {
		return
	}
	kit.Start(s.writing, func(ctx context.Context, _ func(func())) (schedule.RulesRow, error) {
		return schedule.ReadRules(ctx, s.desk.Session)
	}, func(row schedule.RulesRow, err error) {
		if err != nil {
			s.did(err, kit.Sentence{})
			return
		}
		operation := uuid.New()
		share := kit.NewTextField(kit.FieldSpec{Name: schedule.FieldShare, Label: kit.Say("appointments.field.share", "Share of each session"), Unit: kit.Say("appointments.percent", "%"), Required: true, Letters: 4},
			kit.TextRules{Check: func(text string) kit.Sentence {
				if _, err := strconv.Atoi(text); err != nil {
					return kit.Say("appointments.share.number", "Enter a whole number, such as 20.")
				}
				return kit.Sentence{}
			}})
		share.SetText(strconv.Itoa(row.Value.UrgentShare))
		asking{title: kit.Say("appointments.plans.share", "Places kept for urgent patients"), label: kit.Say("appointments.save", "Save"),
			remarks: []kit.Remark{{Tone: kit.Plain, Sentence: kit.Say("appointments.share.why", "These places are kept for emergency and urgent patients until two hours before; then everybody may have them.")}},
			form:    kit.NewForm(1).Section(kit.Sentence{}, share),
			save: func() func(context.Context) error {
				n, _ := strconv.Atoi(share.Text()) // checked by the field
				return func(ctx context.Context) error {
					return schedule.SetRules(ctx, s.desk.Session, operation, row.Version, schedule.Rules{UrgentShare: n})
				}
			}, done: func() {
				s.did(nil, kit.Say("appointments.share.saved", "{{.Share}} % of each session is kept for urgent patients", "Share", share.Text()))
			}}.open(s.host, s.writing)
	})
}

// planScreen is the weekly hours of one doctor, machine or room.
type planScreen struct {
	host    kit.Host
	desk    *Desk
	id      schedule.ResourceID
	reading *kit.Async
	saving  *kit.Async
	plan    *schedule.Plan
	seen    uint64 // the version that the person looked at
	usual   *kit.ChoiceField[string]
	hours   *kit.TextField
	form    *kit.Form
	save    *kit.BusyButton
	note    remarks
	body    *fyne.Container
	gone    bool
}

func newPlanScreen(h kit.Host, d *Desk, id schedule.ResourceID) *planScreen {
	s := &planScreen{host: h, desk: d, id: id, reading: h.Async(), saving: h.Async(), body: container.NewStack()}
	s.note = newRemarks(s.body)
	s.body.Add(kit.Loading(kit.Say("appointments.plans.reading", "Reading the working hours")).Object())
	s.Refresh()
	return s
}

// Refresh reads the hours anew; what was typed and not saved stays.
func (s *planScreen) Refresh() {
	if s.form != nil && s.Unsaved() || s.saving.Busy() {
		return
	}
	kit.Start(s.reading, func(ctx context.Context, _ func(func())) (schedule.Plan, error) {
		return schedule.ReadPlan(ctx, s.desk.Session, s.id)
	}, func(p schedule.Plan, err error) {
		if err != nil {
			s.body.Objects = []fyne.CanvasObject{kit.Failed(s.host.Explain(err), s.Refresh).Object()}
			s.body.Refresh()
			return
		}
		first := s.form == nil
		s.plan, s.seen = &p, p.Hours.Version
		if first {
			s.build()
		}
		s.hours.SetText(hoursText(p.Hours.Value))
		s.say()
		s.host.Changed()
		if first {
			s.host.Focus(s.Start())
		}
	})
}

func (s *planScreen) build() {
	var usual []kit.Option[string]
	for _, p := range schedule.Patterns {
		if p.For == s.id.Kind() || p.For != schedule.ADoctor && s.id.Kind() != schedule.ADoctor {
			usual = append(usual, kit.Option[string]{Value: p.Text, Label: kit.Say("appointments.pattern", "{{.Hours}}", "Hours", p.Text)})
		}
	}
	s.usual = kit.NewChoiceField(kit.FieldSpec{Name: "usual", Label: kit.Say("appointments.field.usual", "Begin with a usual week")}, usual)
	s.usual.OnChange = func() {
		if text, ok := s.usual.Value(); ok {
			s.hours.Write(text)
			s.usual.Clear()
			s.host.Focus(s.hours.Focusable())
		}
	}
	s.hours = kit.NewTextField(kit.FieldSpec{Name: schedule.FieldPattern, Label: kit.Say("appointments.field.hours", "Weekly hours"),
		Hint: kit.Say("appointments.field.hours.hint", "For example: Mon-Fri 9-12, 14-17, 20 min, 2 places. One line for each length of slots; hours beyond 24 are of the next day. 'from 2026-12-01, until 2026-12-24' at the end of a line: only between these days.")},
		kit.TextRules{Lines: 5, Check: func(text string) kit.Sentence { return faultText(second(parseHours(text))) }})
	s.hours.OnChange = s.say
	s.form = kit.NewForm(1).Section(kit.Sentence{}, s.usual, s.hours)
	s.save = s.form.SaveButton(kit.Say("appointments.save", "Save"), kit.Say("appointments.saving", "Saving"), s.start)
	leave := kit.NewButton(kit.Say("appointments.leave", "Leave").Text(), nil, s.host.Back)
	s.body.Objects = []fyne.CanvasObject{kit.Bordered(s.note.box, container.NewPadded(container.New(&kit.Flow{}, s.save, leave)), nil, nil, container.NewPadded(s.form.Scrolled()))}
	s.body.Refresh()
}

func second[A, B any](_ A, b B) B { return b }

// say shows what the text means: a slip of a digit is seen before it is saved.
func (s *planScreen) say() {
	h, err := parseHours(s.hours.Text())
	if err != nil {
		s.hours.SetNote("")
		return
	}
	s.hours.SetNote(weekText(h).Text())
}

func (s *planScreen) start() {
	h, err := parseHours(s.hours.Text())
	if err != nil {
		s.save.Done()
		return
	}
	session, operation, id, seen := s.desk.Session, uuid.New(), s.id, s.seen
	kit.Start(s.saving, func(ctx context.Context, _ func(func())) (int, error) {
		return schedule.SetHours(ctx, session, operation, id, seen, h)
	}, func(stranded int, err error) {
		s.save.Done()
		switch {
		case stale(err):
			s.clash()
		case err != nil:
			refuse(s.form, s.host.Explain(err), err)
		default:
			s.gone = true
			s.host.Replace(kit.Route{Place: PlaceHours})
			s.host.Tell(savedText(s.plan.Resource.Name, stranded))
		}
	})
}

// clash shows what somebody else has saved meanwhile beside what was typed; saving again puts this in its place.
func (s *planScreen) clash() {
	kit.Start(s.reading, func(ctx context.Context, _ func(func())) (schedule.Plan, error) {
		return schedule.ReadPlan(ctx, s.desk.Session, s.id)
	}, func(p schedule.Plan, err error) {
		if err != nil {
			s.note.say(kit.Remark{Tone: kit.Critical, Sentence: s.host.Explain(err)})
			return
		}
		s.seen = p.Hours.Version
		s.note.say(kit.Remark{Tone: kit.Attention, Sentence: kit.Say("appointments.hours.clash", "Somebody else has just changed these hours to '{{.Theirs}}'. Nothing was saved yet. Save again to put yours in their place, or leave.",
			"Theirs", oneLine(hoursText(p.Hours.Value)))})
	})
}

// stale tells whether an error says that somebody else changed the record since it was read.
func stale(err error) bool {
	faults := term.Faults(err)
	return term.Is(err, term.Conflict) && len(faults) > 0 && faults[0].Field == ""
}

// Title says whose hours they are.
func (s *planScreen) Title() kit.Sentence {
	if s.plan == nil {
		return kit.Say("appointments.plans.title", "Working hours, machines and rooms")
	}
	return kit.Say("appointments.plan.title", "Hours of {{.Name}}", "Name", s.plan.Resource.Name)
}

// Content is the form.
func (s *planScreen) Content() fyne.CanvasObject { return s.body }

// Start is the text.
func (s *planScreen) Start() fyne.Focusable {
	if s.form == nil {
		return nil
	}
	return s.hours.Focusable()
}

// Commands are what can be done here.
func (s *planScreen) Commands() []kit.Command {
	if s.form == nil {
		return nil
	}
	return []kit.Command{{Name: kit.Say("appointments.save", "Save"), Key: fyne.KeyS, Modifier: ctrl, Do: s.save.Press}}
}

// Unsaved tells whether leaving would lose something.
func (s *planScreen) Unsaved() bool { return s.form != nil && !s.gone && s.form.Dirty() }

// Save keeps nothing.
func (s *planScreen) Save() any { return nil }

// Close has nothing to end.
func (s *planScreen) Close() {}

// Concerns tells whether an entry changes these hours.
func (s *planScreen) Concerns(e access.Entry) bool { return hoursChanged(e) }
