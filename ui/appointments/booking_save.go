package appointments

import (
	"context"

	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// start books the time that is chosen.
func (s *bookingScreen) start() {
	p, ok := s.table.Selected()
	switch {
	case s.book.who == nil:
		s.save.Done()
		s.note.say(kit.Remark{Tone: kit.Attention, Sentence: kit.Say("appointments.patient.first", "Choose the patient first.")})
		s.host.Focus(s.search.Entry)
		return
	case !s.fields.form.Check():
		s.save.Done()
		return
	case s.stop != nil || s.proposing.Busy():
		s.save.Done()
		return
	case !ok:
		s.save.Done()
		s.host.Focus(s.table)
		return
	}
	s.book.ask(s.fields.read(s.book.asked))
	do := s.book.booker(p)
	s.fields.form.Enable(false)
	kit.Start(s.saving, func(ctx context.Context, _ func(func())) (schedule.Row, error) { return do(ctx) }, func(row schedule.Row, err error) {
		s.fields.form.Enable(true)
		s.save.Done()
		if err != nil {
			s.refusedBy(err)
			return
		}
		s.done(row)
	})
}

// refusedBy shows why nothing was booked, with what can be had instead. What was entered stays.
func (s *bookingScreen) refusedBy(err error) {
	s.live = false
	said := kit.Remark{Tone: kit.Critical, Sentence: s.host.Explain(err)}
	if s.book.turnedDown(err) {
		s.show(said)
		if len(s.book.choice.Proposals) > 0 {
			s.table.Select(proposalKey(s.book.choice.Proposals[0]))
		}
		s.host.Focus(s.table)
		return
	}
	s.note.say(said)
	if term.Is(err, term.Invalid) {
		refuse(s.fields.form, s.host.Explain(err), err)
	}
}

func (s *bookingScreen) done(row schedule.Row) {
	s.gone = true
	said := kit.Say("appointments.booked", "Booked {{.Name}}: {{.When}}, {{.With}}", "Name", s.book.who.Name.Full(),
		"When", whenText(row.Value.Start, s.host.Now()), "With", s.book.nameOf(row.Value.Resource))
	if s.book.moving != nil {
		said = kit.Say("appointments.moved", "Moved {{.Name}} to {{.When}}, {{.With}}", "Name", s.book.who.Name.Full(),
			"When", whenText(row.Value.Start, s.host.Now()), "With", s.book.nameOf(row.Value.Resource))
	}
	s.host.Replace(VisitRoute(row.ID))
	s.host.Tell(kit.Toast{Tone: kit.Good, Sentence: said})
}

// putOnList puts the patient on the waiting list for what the form says.
func (s *bookingScreen) putOnList() {
	if s.book.who == nil || !s.fields.form.Check() {
		s.wait.Done()
		if s.book.who == nil {
			s.start()
		}
		return
	}
	s.book.ask(s.fields.read(s.book.asked))
	do := s.book.waiter()
	kit.Start(s.saving, func(ctx context.Context, _ func(func())) (struct{}, error) { return struct{}{}, do(ctx) }, func(_ struct{}, err error) {
		s.wait.Done()
		if err != nil {
			s.refusedBy(err)
			return
		}
		s.gone = true
		s.host.Replace(kit.Route{Place: PlaceWaiting})
		s.host.Tell(kit.Toast{Tone: kit.Good, Sentence: kit.Say("appointments.waits", "{{.Name}} is on the waiting list: a time that becomes free is offered in turn", "Name", s.book.who.Name.Full())})
	})
}
