package appointments

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"wardbook/app/access"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

const (
	// tick is how often what depends on the time alone is shown anew: the line of now, how long somebody waits.
	tick = time.Minute
	// jumpPause is how long nothing must have been typed before another day is shown.
	jumpPause = 300 * time.Millisecond
)

// dayScreen is the day of all doctors.
type dayScreen struct {
	host    kit.Host
	desk    *Desk
	agenda  *agenda
	reading *kit.Async
	later   kit.Later
	stop    func() // the next tick
	jumping func() // the day that is being typed

	grid   *kit.DayGrid
	title  *widget.Label
	count  *widget.Label
	jump   *kit.DateField
	filter *kit.ChoiceField[shown]
	fields *fyne.Container
	known  int // how many there were to choose from
	note   remarks
	body   *fyne.Container
	read   bool
}

// dayState is what must be the same when the person comes back.
type dayState struct {
	day    term.Date
	filter shown
	grid   kit.DayPlace
}

func newDayScreen(h kit.Host, d *Desk, route string, saved any) kit.Screen {
	s := &dayScreen{host: h, desk: d, agenda: &agenda{session: d.Session, day: today(h.Now())}, reading: h.Async(), body: container.NewStack(), grid: kit.NewDayGrid()}
	s.later = d.after(s.reading)
	s.note = newRemarks(s.body)
	if day, err := term.ParseDate(route); err == nil {
		s.agenda.day = day
	}
	if state, ok := saved.(dayState); ok {
		s.agenda.day, s.agenda.filter = state.day, state.filter
		s.grid.Restore(state.grid)
	}
	s.grid.OnChoose = s.choose
	s.grid.OnSelect = func(kit.DayColumn, kit.DayCell, string, bool) { s.note.say() }
	s.build()
	s.grid.SetState(kit.Loading(kit.Say("appointments.day.reading", "Reading the day")).Object())
	s.Refresh()
	s.ticking()
	return s
}

func (s *dayScreen) build() {
	s.title, s.count = widget.NewLabel(""), widget.NewLabel("")
	s.title.SizeName, s.title.TextStyle.Bold = base.SizeNameSubHeadingText, true
	s.jump = kit.NewDateField(kit.FieldSpec{Name: "day", Label: kit.Say("appointments.field.jump", "Go to day"), Letters: 16}, kit.DateRules{Today: today(s.host.Now()), Future: true}, false)
	s.jump.OnChange = s.typed
	s.fields = container.New(&kit.Flow{}, s.title, wide(12, s.jump.Object()))
	if !s.agenda.own() {
		s.refilter()
	}
	tools := buttons(s.tools())
	tools.Add(s.count)
	top := container.New(&tower{}, container.NewPadded(s.fields), container.NewPadded(tools), s.note.box)
	s.body.Add(below(top, s.grid))
	s.say()
}

// wide gives an object the width of so many letters: in a row of several everything would be as narrow as can be.
func wide(letters float32, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(letterWide(letters), o)
}

type letterWide float32

// Layout is called by Fyne.
func (letterWide) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }

// MinSize is called by Fyne.
func (l letterWide) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(float32(l)*fyne.CurrentApp().Settings().Theme().Size(base.SizeNameText), objects[0].MinSize().Height)
}

// refilter makes the choice of whose days are shown anew, when there are others to choose from than before.
func (s *dayScreen) refilter() {
	options := s.agenda.filters()
	if s.filter != nil && len(options) == s.known {
		return
	}
	had := s.filter != nil && s.focused(s.filter.Focusable())
	s.known = len(options)
	s.filter = kit.NewChoiceField(kit.FieldSpec{Name: "show", Label: kit.Say("appointments.field.show", "Show"), Required: true}, options)
	s.filter.SetValue(s.agenda.filter)
	s.filter.OnChange = func() {
		if f, ok := s.filter.Value(); ok && f != s.agenda.filter {
			s.agenda.filter = f
			s.Refresh()
		}
	}
	s.fields.Objects = append(s.fields.Objects[:2:2], wide(16, s.filter.Object()))
	s.fields.Refresh()
	if had {
		s.host.Focus(s.filter.Focusable())
	}
}

func (s *dayScreen) focused(f fyne.Focusable) bool {
	c := fyne.CurrentApp().Driver().CanvasForObject(s.body)
	return c != nil && c.Focused() == f
}

// typed shows the day that was typed, once it is one and nothing more is typed.
func (s *dayScreen) typed() {
	if s.jumping != nil {
		s.jumping()
	}
	s.jumping = s.later(jumpPause, func() {
		s.jumping = nil
		if d := s.jump.Answer().Date; d.Valid() {
			s.show(d)
		}
	})
}

// turnTo shows another day, in place of the one that was typed: two days on one window would be misread.
func (s *dayScreen) turnTo(d term.Date) {
	s.jump.SetDate(term.Date{})
	s.show(d)
}

func (s *dayScreen) show(d term.Date) {
	if d == s.agenda.day {
		return
	}
	s.agenda.day, s.read = d, false
	s.say()
	s.Refresh()
}

// say writes which day it is: with its year, so that nobody books into the wrong one.
func (s *dayScreen) say() {
	d, on := s.agenda.day, today(s.host.Now())
	text := kit.Of(schedule.DayText(d))
	switch on.DaysUntil(d) {
	case 0:
		text = kit.Say("appointments.day.today", "{{.Day}}, today", "Day", text)
	case 1:
		text = kit.Say("appointments.day.tomorrow", "{{.Day}}, tomorrow", "Day", text)
	case -1:
		text = kit.Say("appointments.day.yesterday", "{{.Day}}, yesterday", "Day", text)
	}
	s.title.SetText(text.Text())
	if s.read {
		s.count.SetText(s.agenda.countText().Text())
	} else {
		s.count.SetText("")
	}
	s.body.Refresh() // the texts have other widths now
}

// ticking shows the day anew each minute.
func (s *dayScreen) ticking() {
	s.stop = s.later(tick, func() {
		s.Refresh()
		s.ticking()
	})
}

// Refresh reads the day anew.
func (s *dayScreen) Refresh() {
	read := s.agenda.reader()
	kit.Start(s.reading, func(ctx context.Context, _ func(func())) (dayRead, error) { return read(ctx) }, func(r dayRead, err error) {
		if err != nil {
			s.grid.SetState(kit.Failed(s.host.Explain(err), s.Refresh).Object())
			return
		}
		s.agenda.take(r)
		s.read = true
		if !s.agenda.own() {
			s.refilter()
		}
		s.say()
		s.grid.SetState(nil)
		s.grid.SetDay(s.agenda.plan(s.host.Now()))
		s.host.Changed()
	})
}

// choose is Enter on a time.
func (s *dayScreen) choose(col kit.DayColumn, cell kit.DayCell) {
	if r, ok := s.agenda.leadsTo(col, cell); ok {
		s.note.say()
		s.host.Go(r)
		return
	}
	s.note.say(kit.Remark{Tone: kit.Plain, Sentence: s.whyNot(cell)})
}

// whyNot says why nothing can be done with a time.
func (s *dayScreen) whyNot(cell kit.DayCell) kit.Sentence {
	switch {
	case cell.Kind == kit.DayClosed && cell.Word != "":
		return kit.Say("appointments.closed.why", "{{.Why}}.", "Why", cell.Word)
	case cell.Past:
		return kit.Say("appointments.past.why", "This time is over. Choose a later one.")
	case !s.desk.Session.May(access.ActAppointmentBook):
		return kit.Say("appointments.others.book", "The front desk books appointments.")
	}
	return kit.Say("appointments.machine.why", "Machines and rooms are booked for a test or treatment, under 'To schedule'.")
}

// Title is the place's.
func (s *dayScreen) Title() kit.Sentence {
	if s.agenda.own() {
		return kit.Say("appointments.title.own", "My appointments")
	}
	return kit.Say("appointments.title", "Appointments")
}

// Content is the grid under the choice of the day.
func (s *dayScreen) Content() fyne.CanvasObject { return s.body }

// Start is the grid.
func (s *dayScreen) Start() fyne.Focusable { return s.grid }

// tools are the commands that have a button.
func (s *dayScreen) tools() []kit.Command {
	all := []kit.Command{
		{Name: kit.Say("appointments.day.before", "Before"), Key: fyne.KeyF7, Do: func() { s.turnTo(s.agenda.day.AddDays(-1)) }},
		{Name: kit.Say("appointments.day.after", "After"), Key: fyne.KeyF8, Do: func() { s.turnTo(s.agenda.day.AddDays(1)) }},
		{Name: kit.Say("appointments.day.now", "Today"), Key: fyne.KeyF9, Do: func() { s.turnTo(today(s.host.Now())) }},
	}
	if s.desk.Session.May(access.ActAppointmentBook) {
		all = append(all, kit.Command{Name: kit.Say("appointments.book", "Book"), Key: fyne.KeyN, Modifier: ctrl, Do: s.book})
	}
	if s.desk.Session.May(access.ActScheduleStranded) {
		all = append(all, kit.Command{Name: kit.Say("appointments.stranded.do", "Not fitting"), Key: fyne.KeyF10, Do: func() { s.host.Go(kit.Route{Place: PlaceAppointments, Page: pageStranded}) }})
	}
	return all
}

// book opens the form with what is known from what is shown.
func (s *dayScreen) book() {
	s.host.Go(bookRoute(wish{resource: s.doctorShown(), speciality: s.agenda.filter.target.speciality, from: s.agenda.day}))
}

func (s *dayScreen) doctorShown() (id schedule.ResourceID) {
	if r := s.agenda.filter.target.resource; r.Kind() == schedule.ADoctor {
		return r
	}
	return id
}

// Commands are what can be done with the day.
func (s *dayScreen) Commands() []kit.Command {
	all := append(s.tools(),
		kit.Command{Name: kit.Say("appointments.field.jump", "Go to day"), Key: fyne.KeyG, Modifier: ctrl, Do: func() { s.host.Focus(s.jump.Focusable()) }},
		kit.Command{Name: kit.Say("appointments.day.grid", "Go to the times"), Key: fyne.KeyF6, Do: func() { s.host.Focus(s.grid) }},
		kit.Command{Name: kit.Say("appointments.day.enter", "From the day to its times"), Key: fyne.KeyReturn, Hidden: true, Do: func() { s.host.Focus(s.grid) }})
	if s.filter != nil {
		all = append(all, kit.Command{Name: kit.Say("appointments.day.filter", "Show a doctor or a speciality"), Key: fyne.KeyF3, Do: func() { s.host.Focus(s.filter.Focusable()) }})
	}
	return all
}

// Unsaved tells that nothing was typed that could be lost.
func (s *dayScreen) Unsaved() bool { return false }

// Save keeps the day, whose days were shown, and what was selected.
func (s *dayScreen) Save() any { return dayState{s.agenda.day, s.agenda.filter, s.grid.State()} }

// Close ends the ticking.
func (s *dayScreen) Close() {
	for _, stop := range []func(){s.stop, s.jumping} {
		if stop != nil {
			stop()
		}
	}
}

// Concerns tells whether an entry changes the day.
func (s *dayScreen) Concerns(e access.Entry) bool { return s.agenda.concerns(e) }
