package appointments

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/schedule"
	"wardbook/ui/kit"
)

// visitScreen is an appointment's page: the patient's banner, when and with whom, what can be done, and what was done.
type visitScreen struct {
	quiet
	host    kit.Host
	desk    *Desk
	id      schedule.ID
	reading *kit.Async
	marking *kit.Async
	visit   *visit

	tools *fyne.Container
	facts *fyne.Container
	table *kit.DataTable[told]
	note  remarks
	body  *fyne.Container
	under *fyne.Container
}

func newVisitScreen(h kit.Host, d *Desk, id schedule.ID) *visitScreen {
	s := &visitScreen{host: h, desk: d, id: id, reading: h.Async(), marking: h.Async(), body: container.NewStack()}
	s.note = newRemarks(s.body)
	s.put(kit.Loading(kit.Say("appointments.visit.reading", "Reading the appointment")).Object())
	s.Refresh()
	return s
}

func (s *visitScreen) put(content fyne.CanvasObject) {
	s.body.Objects = []fyne.CanvasObject{content}
	s.body.Refresh()
}

// Refresh reads the appointment anew.
func (s *visitScreen) Refresh() {
	kit.Start(s.reading, func(ctx context.Context, _ func(func())) (visit, error) { return readVisit(ctx, s.desk.Session, s.id) }, func(v visit, err error) {
		switch {
		case err != nil && s.visit != nil && !confidential(err): // what is shown may be old, and is better than nothing
			s.note.say(kit.Remark{Tone: kit.Critical, Sentence: s.host.Explain(err)})
		case err != nil:
			s.visit = nil
			s.put(kit.Failed(s.host.Explain(err), s.Refresh).Object())
			s.host.Changed()
		default:
			s.show(v)
		}
	})
}

// show draws the appointment as read; a page that is there already keeps the keyboard where it is.
func (s *visitScreen) show(v visit) {
	first := s.visit == nil
	s.visit = &v
	if first {
		s.table = kit.NewDataTable(func(t told) string { return t.at.String() }, s.desk.widths("history"), s.columns()...)
		s.tools, s.facts = container.New(&kit.Flow{}), container.New(&tower{})
		top := container.New(&tower{}, container.NewPadded(s.tools), s.note.box, s.facts)
		s.under = kit.UnderBanner(kit.NewPatientBanner(bannerOf(v.item.Who, today(s.host.Now()))), below(top, s.table))
		s.put(s.under)
	}
	had := focusedIn(s.tools)
	s.tools.RemoveAll()
	for _, c := range s.deeds() {
		s.tools.Add(kit.NewButton(keyed(c), nil, c.Do))
	}
	s.facts.RemoveAll()
	for _, r := range s.said() {
		s.facts.Add(kit.RemarkRow(r.Tone, r.Sentence))
	}
	rows := v.story(s.host.Now())
	s.table.SetRows(rows, len(rows))
	s.under.Refresh()
	s.host.Changed()
	if first || had {
		s.host.Focus(s.Start())
	}
}

// said are the facts, the one that matters most first.
func (s *visitScreen) said() []kit.Remark {
	i, now := s.visit.item, s.host.Now()
	all := []kit.Remark{
		{Tone: kit.Plain, Sentence: kit.Say("appointments.fact.when", "{{.When}} to {{.Until}}, {{.With}}", "When", whenText(i.Start, now), "Until", clock(i.End(), now.Location()), "With", i.Name)},
		{Tone: stateTone(i.State), Sentence: kit.Of(i.State.Text())},
		{Tone: urgency(i.Priority), Sentence: kit.Say("appointments.fact.priority", "Priority: {{.Priority}}", "Priority", kit.Of(i.Priority.Text()))}}
	if i.Late {
		all = append(all, kit.Remark{Tone: kit.Urgent, Sentence: kit.Say("appointments.fact.late", "Waiting for {{.Waiting}}; {{.Target}} is the most for this priority",
			"Waiting", lengthText(i.Waiting), "Target", lengthText(i.Target))})
	}
	if i.Reason != "" {
		all = append(all, kit.Remark{Tone: kit.Plain, Sentence: kit.Say("appointments.fact.reason", "Reason: {{.Reason}}", "Reason", i.Reason)})
	}
	if i.Why != "" {
		all = append(all, kit.Remark{Tone: kit.Plain, Sentence: kit.Say("appointments.fact.why", "Cancelled because: {{.Why}}", "Why", i.Why)})
	}
	if i.Order != uuid.Nil {
		all = append(all, kit.Remark{Tone: kit.Plain, Sentence: kit.Say("appointments.fact.order", "A session of a test or treatment")})
	}
	return all
}

func (s *visitScreen) columns() []kit.TableColumn[told] {
	return []kit.TableColumn[told]{
		{ID: "at", Title: kit.Say("appointments.column.at", "Recorded"), Width: 160, Cell: func(t told) kit.Cell {
			return kit.Cell{Text: whenText(t.at, s.host.Now()).Text(), Full: t.at.In(s.host.Now().Location()).Format("2006-01-02 15:04:05")}
		}},
		{ID: "what", Title: kit.Say("appointments.column.what", "What"), Width: 300, Main: true, Cell: func(t told) kit.Cell { return kit.Cell{Text: t.what.Text()} }},
		{ID: "who", Title: kit.Say("appointments.column.who", "By"), Width: 150, Cell: func(t told) kit.Cell { return kit.Cell{Text: t.who} }},
		{ID: "why", Title: kit.Say("appointments.column.because", "Because"), Width: 200, Cell: func(t told) kit.Cell { return kit.Cell{Text: t.why} }},
	}
}

// stepKeys are the keys of steps, on the page as in the queue.
var stepKeys = map[schedule.State]fyne.KeyName{schedule.Arrived: fyne.KeyF7, schedule.InConsultation: fyne.KeyF8, schedule.Done: fyne.KeyF9, schedule.NoShow: fyne.KeyF10}

// deeds are what can be done with the appointment by this person.
func (s *visitScreen) deeds() []kit.Command {
	if s.visit == nil {
		return nil
	}
	var all []kit.Command
	i := s.visit.item
	for _, d := range steps(s.desk.Session, i, s.host.Now()) {
		all = append(all, kit.Command{Name: d.name, Key: stepKeys[d.to], Do: func() { s.mark(d) }})
	}
	if i.State == schedule.Booked && s.desk.Session.May(access.ActAppointmentMove) {
		all = append(all, kit.Command{Name: kit.Say("appointments.do.move", "Move"), Key: fyne.KeyM, Modifier: ctrl, Do: func() { s.host.Go(moveRoute(s.id)) }})
	}
	if (i.State == schedule.Booked || i.State == schedule.Arrived) && i.Order == uuid.Nil && s.desk.Session.May(access.ActAppointmentCancel) {
		all = append(all, kit.Command{Name: kit.Say("appointments.do.cancel", "Cancel the appointment"), Key: fyne.KeyD, Modifier: ctrl, Do: s.cancel})
	}
	if (i.State == schedule.Booked || i.State == schedule.Arrived) && i.Order != uuid.Nil && s.desk.Session.May(access.ActOrderReschedule) {
		all = append(all, kit.Command{Name: kit.Say("appointments.do.back", "Take this session back"), Key: fyne.KeyD, Modifier: ctrl, Do: s.takeBack})
	}
	if s.desk.Patient != nil && s.desk.Session.May(access.ActPatientSearch) {
		all = append(all, kit.Command{Name: kit.Say("appointments.open.patient", "Open the patient"), Key: fyne.KeyO, Modifier: ctrl,
			Do: func() { s.host.Go(s.desk.Patient(i.Patient.String())) }})
	}
	if s.desk.Session.May(access.ActAppointmentBook) && !i.State.Active() {
		all = append(all, kit.Command{Name: kit.Say("appointments.do.again", "Book another one"), Key: fyne.KeyN, Modifier: ctrl, Do: func() {
			s.host.Go(bookRoute(wish{patient: i.Patient.String(), resource: i.Resource, priority: i.Priority, reason: i.Reason}))
		}})
	}
	return all
}

// mark takes a step.
func (s *visitScreen) mark(d deed) {
	i := s.visit.item
	marker{s.host, s.desk.Session, s.marking}.mark(i, d, func(err error) {
		if err != nil {
			s.note.say(kit.Remark{Tone: kit.Critical, Sentence: s.host.Explain(err)})
			return
		}
		s.note.say()
		s.Refresh()
	})
}

// cancel asks why, and gives the time back.
func (s *visitScreen) cancel() {
	if s.marking.Busy() {
		return
	}
	i, operation := s.visit.item, uuid.New()
	name := i.Who.Name.Full()
	why{title: kit.Say("appointments.cancel.title", "Cancel {{.When}} of {{.Name}}?", "When", whenText(i.Start, s.host.Now()), "Name", name),
		consequence: kit.Say("appointments.cancel.then", "The time is given back and offered to the first on the waiting list. {{.With}} is told at once.", "With", i.Name),
		leave:       kit.Say("appointments.cancel.leave", "Keep the appointment"),
		label:       kit.Say("appointments.cancel.do", "Cancel the appointment of {{.Name}}", "Name", shortName(name)),
		do: func(reason string) func(context.Context) error {
			return func(ctx context.Context) error {
				return second(schedule.Cancel(ctx, s.desk.Session, operation, i.ID, i.Version, reason))
			}
		}, done: func() {
			s.host.Tell(kit.Toast{Tone: kit.Good, Sentence: kit.Say("appointments.cancelled", "Cancelled {{.When}} of {{.Name}}", "When", whenText(i.Start, s.host.Now()), "Name", name)})
			s.Refresh()
		}}.open(s.host, s.marking)
}

// takeBack asks why, and puts the session of a test or treatment back on the work list.
func (s *visitScreen) takeBack() {
	if s.marking.Busy() {
		return
	}
	i, operation := s.visit.item, uuid.New()
	name := i.Who.Name.Full()
	why{title: kit.Say("appointments.back.title", "Take back {{.When}} of {{.Name}}?", "When", whenText(i.Start, s.host.Now()), "Name", name),
		consequence: kit.Say("appointments.back.then", "The test or treatment then waits for a time again, under 'To schedule'. Whoever ordered it is told."),
		leave:       kit.Say("appointments.back.leave", "Keep the time"),
		label:       kit.Say("appointments.back.do", "Take back the session of {{.Name}}", "Name", shortName(name)),
		do: func(reason string) func(context.Context) error {
			return func(ctx context.Context) error { return takeBack(ctx, s.desk.Session, operation, i, reason) }
		}, done: func() {
			s.host.Tell(kit.Toast{Tone: kit.Good, Sentence: kit.Say("appointments.back.done", "Taken back: {{.When}} of {{.Name}} is to be scheduled again", "When", whenText(i.Start, s.host.Now()), "Name", name)})
			s.Refresh()
		}}.open(s.host, s.marking)
}

// Title leaves the name to the banner right below it.
func (s *visitScreen) Title() kit.Sentence { return kit.Say("appointments.visit.title", "Appointment") }

// Content is the page.
func (s *visitScreen) Content() fyne.CanvasObject { return s.body }

// Start is the history, and none of the buttons: who pressed Enter once too often when booking must not have marked the patient as arrived.
func (s *visitScreen) Start() fyne.Focusable {
	if s.visit == nil {
		return nil
	}
	return s.table
}

// Commands are the deeds.
func (s *visitScreen) Commands() []kit.Command {
	if s.visit == nil {
		return nil
	}
	return append(s.deeds(), s.table.Commands()...)
}

// Concerns tells whether an entry changes this appointment.
func (s *visitScreen) Concerns(e access.Entry) bool {
	for _, row := range schedule.ChangedIn(e) {
		if row.ID == s.id {
			return true
		}
	}
	return false
}

// marker takes steps with appointments, one at a time.
type marker struct {
	host    kit.Host
	session *access.Session
	async   *kit.Async
}

// mark takes a step, says so, and offers to take it back where that is honest.
func (m marker) mark(i schedule.Item, d deed, done func(error)) {
	if m.async.Busy() {
		return
	}
	operation := uuid.New()
	kit.Start(m.async, func(ctx context.Context, _ func(func())) (schedule.Row, error) {
		return schedule.SetState(ctx, m.session, operation, i.ID, i.Version, d.to)
	}, func(row schedule.Row, err error) {
		done(err)
		if err != nil {
			return
		}
		toast := kit.Toast{Tone: kit.Good, Sentence: markedText(i.Who.Name.Full(), d.to)}
		if from, ok := back(i.State, d.to); ok {
			after := i
			after.Version, after.State = row.Version, row.Value.State
			toast.Label = kit.Say("appointments.undo", "Take back")
			toast.Undo = func() { m.mark(after, deed{to: from}, done) }
		}
		m.host.Tell(toast)
	})
}
