package appointments

import (
	"context"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/order"
	"wardbook/app/schedule"
	"wardbook/ui/kit"
)

// NewToSchedule makes the screen of a route of the place 'toschedule': tests and treatments that have no time yet, and the scheduling of one.
func NewToSchedule(h kit.Host, d *Desk, r kit.Route, saved any) kit.Screen {
	if id, ok := parseID(r.ID); ok && r.Page == pageSchedule {
		return newSeriesScreen(h, d, order.ID(id))
	}
	s := &listScreen[order.Item]{host: h, title: kit.Say("appointments.work.title", "Tests and treatments to schedule"),
		concerns: func(e access.Entry) bool { return len(order.ChangedIn(e)) > 0 }, most: mostOrders}
	s.read = func(ctx context.Context) ([]order.Item, error) { return readWork(ctx, d.Session) }
	s.words = func(i order.Item) []string {
		return []string{i.Who.Name.Full(), i.Who.MRN.String(), i.What.Display, i.ByName, kit.Of(i.Priority.Text()).Text(), kit.Of(i.Kind.Text()).Text()}
	}
	s.empty = func() fyne.CanvasObject {
		return kit.Empty(kit.Say("appointments.work.none", "Every test and treatment has its time"),
			kit.Say("appointments.work.none.next", "What doctors order stands here until all of its sessions are scheduled."), kit.Sentence{}, nil).Object()
	}
	open := func(i order.Item) {
		h.Go(kit.Route{Place: PlaceToSchedule, Page: pageSchedule, ID: uuid.UUID(i.ID).String()})
	}
	s.deeds = func(i order.Item, ok bool) []kit.Command {
		if !ok {
			return nil
		}
		return []kit.Command{{Name: kit.Say("appointments.work.do", "Schedule"), Key: fyne.KeyF7, Do: func() { open(i) }}}
	}
	s.table = kit.NewDataTable(func(i order.Item) string { return uuid.UUID(i.ID).String() }, d.widths("work"), workColumns(h)...)
	s.table.OnOpen = open
	s.begin(kit.Say("appointments.work.reading", "Reading what is to be scheduled"), saved)
	return s
}

func workColumns(h kit.Host) []kit.TableColumn[order.Item] {
	return []kit.TableColumn[order.Item]{
		{ID: "priority", Title: kit.Say("appointments.column.priority", "Priority"), Width: 110, Cell: func(i order.Item) kit.Cell { return priorityCell(i.Priority) }},
		{ID: "name", Title: kit.Say("appointments.column.name", "Patient"), Width: 210, Main: true, Cell: func(i order.Item) kit.Cell { return kit.Cell{Text: nameText(i.Who), Bold: true} }},
		{ID: "born", Title: kit.Say("appointments.column.born", "Date of birth, age"), Width: 170, Cell: func(i order.Item) kit.Cell { return kit.Cell{Text: bornText(i.Who, today(h.Now()))} }},
		{ID: "what", Title: kit.Say("appointments.column.ordered", "What"), Width: 210, Cell: func(i order.Item) kit.Cell { return kit.Cell{Text: whatText(i)} }},
		{ID: "kind", Title: kit.Say("appointments.column.kind", "Kind"), Width: 90, Cell: func(i order.Item) kit.Cell { return kit.Cell{Text: kit.Of(i.Kind.Text()).Text()} }},
		{ID: "open", Title: kit.Say("appointments.column.open", "Without a time"), Width: 120, Right: true, Cell: func(i order.Item) kit.Cell { return kit.Cell{Text: openText(i.Order)} }},
		{ID: "by", Title: kit.Say("appointments.column.by", "Ordered by"), Width: 150, Cell: func(i order.Item) kit.Cell { return kit.Cell{Text: i.ByName} }},
		{ID: "age", Title: kit.Say("appointments.column.age", "Ordered"), Width: 110, Cell: func(i order.Item) kit.Cell {
			return kit.Cell{Text: kit.Say("appointments.ago", "{{.Age}} ago", "Age", lengthText(i.Age)).Text(), Full: whenText(i.At, h.Now()).Text()}
		}},
	}
}

// seriesScreen schedules the sessions of one order, all or none.
type seriesScreen struct {
	quiet
	host      kit.Host
	desk      *Desk
	series    *series
	loading   *kit.Async
	proposing *kit.Async
	saving    *kit.Async
	place     *kit.ChoiceField[schedule.ResourceID]
	from      *kit.DateField
	form      *kit.Form
	table     *kit.DataTable[schedule.Proposal]
	save      *kit.BusyButton
	note      remarks
	body      *fyne.Container
	live      bool // times are read anew because others book
}

func newSeriesScreen(h kit.Host, d *Desk, id order.ID) *seriesScreen {
	s := &seriesScreen{host: h, desk: d, series: &series{session: d.Session, id: id, from: today(h.Now())}, loading: h.Async(), proposing: h.Async(), saving: h.Async(), body: container.NewStack()}
	s.note = newRemarks(s.body)
	s.load()
	return s
}

func (s *seriesScreen) put(content fyne.CanvasObject) {
	s.body.Objects = []fyne.CanvasObject{content}
	s.body.Refresh()
}

type loadedSeries struct {
	seriesRead
	found bool
}

func (s *seriesScreen) load() {
	if s.form == nil {
		s.put(kit.Loading(kit.Say("appointments.series.reading", "Reading the order")).Object())
	}
	kit.Start(s.loading, func(ctx context.Context, _ func(func())) (loadedSeries, error) {
		r, found, err := s.series.load(ctx)
		return loadedSeries{r, found}, err
	}, func(r loadedSeries, err error) {
		switch {
		case err != nil:
			s.put(kit.Failed(s.host.Explain(err), s.load).Object())
		case !r.found:
			s.form = nil
			s.put(kit.Empty(kit.Say("appointments.series.gone", "This order is not on the work list any more"),
				kit.Say("appointments.series.gone.next", "Somebody else has scheduled it, or the doctor has cancelled it."),
				kit.Say("appointments.series.list", "Back to the list"), s.host.Back).Object())
			s.host.Changed()
		default:
			first := s.form == nil
			s.series.take(r.seriesRead)
			if first {
				s.build()
				s.host.Focus(s.Start())
			}
			if !s.series.at.IsZero() {
				s.propose()
			}
			s.host.Changed()
		}
	})
}

func (s *seriesScreen) build() {
	i := s.series.item
	var options []kit.Option[schedule.ResourceID]
	for _, p := range s.series.places {
		label := kit.Say("appointments.target.one", "{{.Name}}", "Name", p.Name)
		if p.Place != "" {
			label = kit.Say("appointments.target.place", "{{.Name}}, {{.Place}}", "Name", p.Name, "Place", p.Place)
		}
		options = append(options, kit.Option[schedule.ResourceID]{Value: p.ID, Label: label})
	}
	s.place = kit.NewChoiceField(kit.FieldSpec{Name: schedule.FieldResource, Label: kit.Say("appointments.field.machine", "Machine or room"), Required: true}, options)
	if len(options) == 1 {
		s.place.SetValue(options[0].Value)
		s.series.at = options[0].Value
	}
	day := today(s.host.Now())
	s.from = kit.NewDateField(kit.FieldSpec{Name: schedule.FieldTime, Label: kit.Say("appointments.field.from", "From day"), Required: true, Letters: 16},
		kit.DateRules{Today: day, Future: true, Min: day, Max: day.AddDays(mostAhead),
			TooEarly: kit.Say("appointments.from.past", "This day has passed. Enter today or a later day."),
			TooLate:  kit.Say("appointments.from.far", "Appointments are booked at most {{.Most}} days ahead.", "Most", mostAhead)}, false)
	s.from.SetDate(s.series.from)
	s.form = kit.NewForm(2).Section(kit.Sentence{}, s.place, s.from)
	s.form.OnChange = s.edited
	s.table = kit.NewDataTable(proposalKey, s.desk.widths("series"), s.columns()...)
	s.table.OnOpen = func(schedule.Proposal) { s.save.Press() }
	s.save = kit.NewBusyButton(kit.Say("appointments.series.do", "Book all of these times"), kit.Say("appointments.book.busy", "Booking"), s.start)
	s.form.OnSubmit = func() { leadIn(s.host, s.table) }
	leave := kit.NewButton(kit.Say("appointments.leave", "Leave").Text(), nil, s.host.Back)
	what := kit.Say("appointments.series.what", "{{.What}}, {{.Priority}}: one session", "What", whatText(i), "Priority", kit.Of(i.Priority.Text()))
	if i.Open > 1 {
		what = kit.Say("appointments.series.many", "{{.What}}, {{.Priority}}: {{.Open}} sessions, {{.Every}}", "What", whatText(i), "Priority", kit.Of(i.Priority.Text()),
			"Open", strconv.Itoa(i.Open), "Every", everyText(i.Every))
	}
	top := container.New(&tower{}, kit.RemarkRow(urgency(i.Priority), what), s.note.box)
	content := kit.Bordered(top, container.NewPadded(container.New(&kit.Flow{}, s.save, leave)), nil, nil,
		container.New(pair{}, container.NewPadded(s.form.Scrolled()), s.table))
	s.put(kit.UnderBanner(kit.NewPatientBanner(bannerOf(i.Who, day)), content))
	if s.series.at.IsZero() {
		s.table.SetState(kit.Empty(kit.Say("appointments.series.where", "Choose a machine or a room"), s.noPlace(), kit.Sentence{}, nil).Object())
	}
}

func (s *seriesScreen) noPlace() kit.Sentence {
	if len(s.series.places) > 0 {
		return kit.Say("appointments.series.where.next", "The earliest times for all sessions then stand here.")
	}
	return kit.Say("appointments.series.noplace", "There are none yet: an administrator adds machines and rooms under 'Working hours'.")
}

func (s *seriesScreen) columns() []kit.TableColumn[schedule.Proposal] {
	return []kit.TableColumn[schedule.Proposal]{
		{ID: "when", Title: kit.Say("appointments.column.when", "When"), Width: 180, Cell: func(p schedule.Proposal) kit.Cell {
			return kit.Cell{Text: whenText(p.Start, s.host.Now()).Text(), Bold: true}
		}},
		{ID: "with", Title: kit.Say("appointments.column.where", "Where"), Width: 190, Main: true, Cell: func(p schedule.Proposal) kit.Cell { return kit.Cell{Text: p.Resource.Name} }},
		{ID: "length", Title: kit.Say("appointments.column.length", "Takes"), Width: 90, Cell: func(p schedule.Proposal) kit.Cell {
			return kit.Cell{Text: lengthText(time.Duration(p.Minutes) * time.Minute)}
		}},
		{ID: "why", Title: kit.Say("appointments.column.place", "Place"), Width: 150, Cell: func(p schedule.Proposal) kit.Cell { return kit.Cell{Text: kit.Of(p.Why).Text()} }},
	}
}

func (s *seriesScreen) edited() {
	if id, ok := s.place.Value(); ok {
		s.series.at = id
	}
	if d := s.from.Answer().Date; !d.IsZero() {
		s.series.from = d
	}
	s.live = false
	if !s.series.at.IsZero() {
		s.propose()
	}
}

func (s *seriesScreen) propose() {
	read := s.series.proposer(s.host.Now())
	kit.Start(s.proposing, func(ctx context.Context, _ func(func())) (schedule.Choice, error) { return read(ctx) }, func(c schedule.Choice, err error) {
		if err != nil {
			s.series.proposed = false
			s.table.SetState(kit.Failed(s.host.Explain(err), s.propose).Object())
			return
		}
		// What was looked at must not turn into other times under the hand that books it.
		moved := s.live && s.series.proposed && !slices.EqualFunc(c.Proposals, s.series.choice.Proposals, func(a, b schedule.Proposal) bool { return proposalKey(a) == proposalKey(b) })
		s.series.choice, s.series.proposed, s.live = c, true, false
		if moved {
			s.show(kit.Remark{Tone: kit.Attention, Sentence: kit.Say("appointments.series.moved", "Somebody else has just taken one of these times. Look at the new ones before you book.")})
			s.host.Focus(s.table)
			return
		}
		s.show()
	})
}

func (s *seriesScreen) show(more ...kit.Remark) {
	said, all := more, s.series.choice.Proposals
	if !s.series.whole() && len(all) > 0 {
		said = append(said, kit.Remark{Tone: kit.Attention, Sentence: kit.Say("appointments.series.short", "Only {{.Found}} of {{.Open}} sessions find a time. Choose another place or an earlier day: a series is booked whole or not at all.",
			"Found", strconv.Itoa(len(all)), "Open", strconv.Itoa(s.series.item.Open))})
	}
	s.note.say(said...)
	s.table.SetRows(all, len(all))
	s.table.SetState(nil)
	if len(all) == 0 {
		next := kit.Say("appointments.series.none.next", "Choose another machine or room.")
		if passed := s.series.choice.Passed; len(passed) > 0 {
			next = kit.Say("appointments.series.none.why", "{{.Why}}. Choose another machine or room.", "Why", kit.Of(passed[0].Why))
		}
		s.table.SetState(kit.Empty(kit.Say("appointments.series.none", "Nothing is free there"), next, kit.Sentence{}, nil).Object())
	}
}

// start books all sessions or none.
func (s *seriesScreen) start() {
	if !s.form.Check() || s.proposing.Busy() || !s.series.whole() {
		s.save.Done()
		return
	}
	do, i := s.series.booker(), s.series.item
	count := len(s.series.choice.Proposals)
	kit.Start(s.saving, func(ctx context.Context, _ func(func())) (order.Row, error) { return do(ctx) }, func(_ order.Row, err error) {
		s.save.Done()
		if err != nil {
			s.note.say(kit.Remark{Tone: kit.Critical, Sentence: s.host.Explain(err)})
			if _, ok := refusal(err); ok { // somebody took one of them: what is free now is looked for anew, and the sentence stays
				s.reprop(err)
			}
			return
		}
		s.host.Replace(kit.Route{Place: PlaceToSchedule})
		s.host.Tell(kit.Toast{Tone: kit.Good, Sentence: kit.Say("appointments.series.booked", "Scheduled {{.What}} for {{.Name}}: {{.Count}} sessions", "What", whatText(i),
			"Name", i.Who.Name.Full(), "Count", strconv.Itoa(count))})
	})
}

func (s *seriesScreen) reprop(why error) {
	read, said := s.series.proposer(s.host.Now()), kit.Remark{Tone: kit.Critical, Sentence: s.host.Explain(why)}
	kit.Start(s.proposing, func(ctx context.Context, _ func(func())) (schedule.Choice, error) { return read(ctx) }, func(c schedule.Choice, err error) {
		if err == nil {
			s.series.choice = c
			s.show(said)
		}
	})
}

// Title says what is done.
func (s *seriesScreen) Title() kit.Sentence {
	return kit.Say("appointments.series.title", "Schedule a test or treatment")
}

// Content is the form beside the times.
func (s *seriesScreen) Content() fyne.CanvasObject { return s.body }

// Start is where it is done.
func (s *seriesScreen) Start() fyne.Focusable {
	if s.form == nil {
		return nil
	}
	return s.form.Start()
}

// Commands are what can be done here.
func (s *seriesScreen) Commands() []kit.Command {
	if s.form == nil {
		return nil
	}
	return []kit.Command{{Name: kit.Say("appointments.series.do", "Book all of these times"), Key: fyne.KeyS, Modifier: ctrl, Do: s.save.Press},
		{Name: kit.Say("appointments.times", "Go to the free times"), Key: fyne.KeyF6, Do: func() { leadIn(s.host, s.table) }}}
}

// Concerns tells whether an entry changes the order or a time of the place.
func (s *seriesScreen) Concerns(e access.Entry) bool {
	if s.form == nil || s.save.Busy() {
		return false
	}
	for _, row := range order.ChangedIn(e) {
		if row.ID == s.series.id {
			return true
		}
	}
	for _, p := range s.series.choice.Proposals {
		if schedule.DayChanged(e, p.Resource.ID, today(p.Start.In(s.host.Now().Location()))) {
			return true
		}
	}
	return false
}

// Refresh reads the order and the times anew; the place that was chosen stays.
func (s *seriesScreen) Refresh() {
	s.live = true
	s.load()
}
