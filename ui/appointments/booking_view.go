package appointments

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// proposePause is how long nothing must have been changed before times are looked for.
const proposePause = 60 * time.Millisecond

// bookingScreen is the form of a booking beside the times that can be had; the same form moves an appointment.
type bookingScreen struct {
	host      kit.Host
	desk      *Desk
	book      *booking
	move      schedule.ID // zero: a new appointment
	opening   *kit.Async
	proposing *kit.Async
	saving    *kit.Async
	later     kit.Later
	stop      func()
	enter     bool // Enter was pressed before the times were there

	search *kit.PatientSearch
	banner *kit.PatientBanner
	fields *bookingFields
	table  *kit.DataTable[schedule.Proposal]
	save   *kit.BusyButton
	wait   *kit.BusyButton
	note   remarks
	body   *fyne.Container
	gone   bool // booked: nothing is unsaved
	live   bool // times are read anew because others book, not because the form was changed
}

func newBookingScreen(h kit.Host, d *Desk, w wish) *bookingScreen {
	return startBooking(h, d, newBooking(d.Session, w, today(h.Now())), schedule.ID{})
}

func newMoveScreen(h kit.Host, d *Desk, id schedule.ID) *bookingScreen {
	return startBooking(h, d, newBooking(d.Session, wish{}, today(h.Now())), id)
}

func startBooking(h kit.Host, d *Desk, b *booking, move schedule.ID) *bookingScreen {
	s := &bookingScreen{host: h, desk: d, book: b, move: move, opening: h.Async(), proposing: h.Async(), saving: h.Async(), body: container.NewStack()}
	s.later = d.after(s.proposing)
	s.note = newRemarks(s.body)
	s.load()
	return s
}

func (s *bookingScreen) put(content fyne.CanvasObject) {
	s.body.Objects = []fyne.CanvasObject{content}
	s.body.Refresh()
}

// load reads patient and doctors, and builds the form.
func (s *bookingScreen) load() {
	s.put(kit.Loading(kit.Say("appointments.book.reading", "Reading who can be booked")).Object())
	read := s.book.open
	if s.move != (schedule.ID{}) {
		read = func(ctx context.Context) (opening, error) { return openMove(ctx, s.desk.Session, s.move) }
	}
	kit.Start(s.opening, func(ctx context.Context, _ func(func())) (opening, error) { return read(ctx) }, func(o opening, err error) {
		switch {
		case confidential(err) && s.desk.Patient != nil && s.book.wish.patient != "":
			id := s.book.wish.patient
			s.put(kit.Empty(kit.Say("appointments.book.confidential", "This patient is marked as confidential"),
				kit.Say("appointments.book.confidential.next", "Open the patient and state why you need to. Then come back and book."),
				kit.Say("appointments.open.patient", "Open the patient"), func() { s.host.Go(s.desk.Patient(id)) }).Object())
		case err != nil:
			s.put(kit.Failed(s.host.Explain(err), s.load).Object())
		default:
			s.book.take(o)
			s.build()
			s.propose()
			s.host.Changed()
			s.host.Focus(s.Start())
		}
	})
}

// build sets the form, the times and the buttons; it is done anew when the patient changes.
func (s *bookingScreen) build() {
	s.live = false
	day := today(s.host.Now())
	s.fields = newBookingFields(s.book, day)
	s.fields.form.OnChange = s.edited
	s.fields.form.OnSubmit = s.into
	s.table = kit.NewDataTable(proposalKey, s.desk.widths("proposals"), proposalColumns(s.host)...)
	s.table.OnOpen = func(schedule.Proposal) { s.save.Press() }
	label, busy := kit.Say("appointments.book.do", "Book this time"), kit.Say("appointments.book.busy", "Booking")
	if s.book.moving != nil {
		label, busy = kit.Say("appointments.move.do", "Move to this time"), kit.Say("appointments.move.busy", "Moving")
	}
	s.save = kit.NewBusyButton(label, busy, s.start)
	leave := kit.NewButton(kit.Say("appointments.leave", "Leave").Text(), nil, s.host.Back)
	row := container.New(&kit.Flow{}, s.save)
	if s.mayWait() {
		s.wait = kit.NewBusyButton(kit.Say("appointments.wait.do", "Put on the waiting list"), kit.Say("appointments.wait.busy", "Putting on the list"), s.putOnList)
		s.wait.Importance = 0
		row.Add(s.wait)
	}
	row.Add(leave)
	list := kit.Bordered(s.note.box, nil, nil, nil, s.table)
	content := kit.Bordered(nil, container.NewPadded(row), nil, nil, container.New(pair{}, container.NewPadded(s.fields.form.Scrolled()), list))
	if s.book.who == nil {
		s.search = kit.NewPatientSearch(s.host.Async(), s.later, s.desk.Find, s.host.Explain)
		s.search.OnChoose = s.chosen
		if register := s.desk.Register; register != nil && s.desk.Session.May(access.ActPatientRegister) {
			s.search.OnRegister = func(query string) { s.host.Go(register(query)) }
		}
		s.put(below(container.NewPadded(s.search), content))
		return
	}
	s.search = nil
	s.banner = kit.NewPatientBanner(bannerOf(*s.book.who, day))
	s.put(kit.UnderBanner(s.banner, content))
}

func (s *bookingScreen) mayWait() bool {
	return s.book.moving == nil && s.book.wish.wait.IsZero() && s.desk.Session.May(access.ActWaitingAdd)
}

// chosen is a patient whom the search has found.
func (s *bookingScreen) chosen(h kit.Hit) {
	s.book.wish.patient = h.ID
	s.book.ask(s.fields.read(s.book.asked))
	s.load()
}

// edited looks for times anew, once nothing more is changed.
func (s *bookingScreen) edited() {
	s.book.ask(s.fields.read(s.book.asked))
	s.forget()
	s.live = false
	s.stop = s.later(proposePause, func() {
		s.stop = nil
		s.propose()
	})
}

func (s *bookingScreen) forget() {
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
}

// propose reads the times that suit.
func (s *bookingScreen) propose() {
	read := s.book.proposer(s.host.Now())
	if len(s.book.choice.Proposals) == 0 {
		s.table.SetState(kit.Loading(kit.Say("appointments.proposing", "Looking for free times")).Object())
	}
	kit.Start(s.proposing, func(ctx context.Context, _ func(func())) (schedule.Choice, error) { return read(ctx) }, func(c schedule.Choice, err error) {
		if err != nil {
			s.enter = false
			s.table.SetState(kit.Failed(s.host.Explain(err), s.propose).Object())
			return
		}
		s.book.learn(c)
		s.show()
		if s.enter {
			s.into()
		}
	})
}

// show lists what can be had, the first chosen; a choice of the person's stays.
func (s *bookingScreen) show(more ...kit.Remark) {
	var said []kit.Remark
	said = append(said, more...)
	if s.book.missed() {
		said = append(said, kit.Remark{Tone: kit.Attention, Sentence: kit.Say("appointments.missed", "{{.When}} can't be had for this priority. These times can.",
			"When", whenText(s.book.wish.at, s.host.Now()))})
	}
	all := s.book.choice.Proposals
	if s.book.later(s.host.Now().Location()) {
		for _, why := range s.book.why(2) {
			said = append(said, kit.Remark{Tone: kit.Plain, Sentence: why})
		}
	}
	before, had := s.table.Selected()
	s.table.SetRows(all, len(all))
	_, still := s.table.Selected()
	switch live := s.live; {
	case len(all) == 0:
		s.table.SetState(s.nothing())
		s.note.say(said...)
		return
	case live && had && !still: // Enter must not book another time than the one that was looked at
		said = append(said, kit.Remark{Tone: kit.Attention, Sentence: kit.Say("appointments.gone", "{{.When}} with {{.With}} has just been taken. Choose another time.",
			"When", whenText(before.Start, s.host.Now()), "With", before.Resource.Name)})
	case !still && !live:
		s.table.Select(proposalKey(all[0]))
	}
	s.table.SetState(nil)
	s.note.say(said...)
}

// nothing stands where no time can be had: why, and what to do.
func (s *bookingScreen) nothing() fyne.CanvasObject {
	next := kit.Say("appointments.nothing.next", "Choose another doctor or a later day.")
	if why := s.book.why(1); len(why) > 0 {
		next = kit.Say("appointments.nothing.why", "{{.Why}}. Choose another doctor or a later day, or the waiting list.", "Why", why[0])
	}
	return kit.Empty(kit.Say("appointments.nothing", "Nothing is free in the next {{.Days}} days", "Days", strconv.Itoa(schedule.Horizon)), next, kit.Sentence{}, nil).Object()
}

// into leads from the form to the times; before they are there it waits for them.
func (s *bookingScreen) into() {
	if s.stop != nil || s.proposing.Busy() {
		s.enter = true
		return
	}
	s.enter = false
	if s.book.who == nil {
		s.start()
		return
	}
	leadIn(s.host, s.table)
}

// Title says what is done; the banner says for whom.
func (s *bookingScreen) Title() kit.Sentence {
	if s.move != (schedule.ID{}) {
		return kit.Say("appointments.move.title", "Move the appointment")
	}
	return kit.Say("appointments.book.title", "Book an appointment")
}

// Content is the form beside the times.
func (s *bookingScreen) Content() fyne.CanvasObject { return s.body }

// Start is the patient's search, and then with whom.
func (s *bookingScreen) Start() fyne.Focusable {
	switch {
	case s.fields == nil:
		return nil
	case s.search != nil:
		return s.search.Entry
	}
	return s.fields.form.Start()
}

// Commands are what can be done with the form.
func (s *bookingScreen) Commands() []kit.Command {
	if s.fields == nil {
		return nil
	}
	name := kit.Say("appointments.book.do", "Book this time")
	if s.book.moving != nil {
		name = kit.Say("appointments.move.do", "Move to this time")
	}
	all := []kit.Command{{Name: name, Key: fyne.KeyS, Modifier: ctrl, Do: s.save.Press},
		{Name: kit.Say("appointments.times", "Go to the free times"), Key: fyne.KeyF6, Do: s.into}}
	if s.mayWait() {
		all = append(all, kit.Command{Name: kit.Say("appointments.wait.do", "Put on the waiting list"), Key: fyne.KeyF7, Do: s.wait.Press})
	}
	if s.book.who != nil && s.book.moving == nil && s.book.wish.wait.IsZero() {
		all = append(all, kit.Command{Name: kit.Say("appointments.other", "Another patient"), Do: s.other})
	}
	return all
}

// other lets go of the patient; the rest of what was entered stays.
func (s *bookingScreen) other() {
	s.book.ask(s.fields.read(s.book.asked))
	s.book.wish.patient, s.book.who, s.book.operation = "", nil, uuid.Nil
	s.build()
	s.propose()
	s.host.Changed()
	s.host.Focus(s.Start())
}

// Unsaved tells whether leaving would lose something: a patient that was chosen here, or a field.
func (s *bookingScreen) Unsaved() bool { return s.fields != nil && !s.gone && s.fields.form.Dirty() }

// Save keeps nothing: what was not booked is asked about before it is left.
func (s *bookingScreen) Save() any { return nil }

// Close drops what waits.
func (s *bookingScreen) Close() { s.forget() }

// Concerns tells whether an entry takes or gives back a time that is shown.
func (s *bookingScreen) Concerns(e access.Entry) bool {
	if s.fields == nil || s.save.Busy() {
		return false
	}
	for _, p := range s.book.choice.Proposals {
		if schedule.DayChanged(e, p.Resource.ID, term.DateOf(p.Start, s.host.Now().Location())) {
			return true
		}
	}
	return false
}

// Refresh looks for times anew; what is entered and chosen stays.
func (s *bookingScreen) Refresh() {
	switch {
	case s.fields == nil:
		if !s.opening.Busy() {
			s.load()
		}
	case !s.save.Busy() && s.stop == nil:
		s.live = !s.proposing.Busy() || s.live // what the person has changed and is being looked for is no live change
		s.propose()
	}
}
