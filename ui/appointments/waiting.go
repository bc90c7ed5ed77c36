package appointments

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/schedule"
	"wardbook/ui/kit"
)

// mostWaiting is how many of the waiting list are shown.
const mostWaiting = 1000

// inLine is somebody on the waiting list and the place in it: 1 is the next; 0: something is offered already.
type inLine struct {
	schedule.Waiter
	place int
}

// readWaiting reads the waiting list in its order. It is slow.
func readWaiting(ctx context.Context, s *access.Session) ([]inLine, error) {
	waiters, err := schedule.WaitingList(ctx, s, mostWaiting)
	all, place := make([]inLine, len(waiters)), 0
	for i, w := range waiters {
		all[i].Waiter = w
		if w.Offer == nil {
			place++
			all[i].place = place
		}
	}
	return all, err
}

// wantsText is what somebody waits for: 'Dr Dora Doctor', 'Any doctor: Cardiology', 'Any doctor'.
func wantsText(w schedule.Wait, name string) string {
	switch {
	case !w.Resource.IsZero():
		return name
	case w.Speciality != "":
		return kit.Say("appointments.target.speciality", "Any doctor: {{.Speciality}}", "Speciality", w.Speciality).Text()
	}
	return kit.Say("appointments.target.any", "Any doctor").Text()
}

// waitScreen is the waiting list.
type waitScreen struct {
	*listScreen[inLine]
	desk *Desk
}

// NewWaiting makes the screen of a route of the place 'waiting': who waits, who is first, and what is held for whom until the patient has answered.
func NewWaiting(h kit.Host, d *Desk, _ kit.Route, saved any) kit.Screen {
	s := &waitScreen{&listScreen[inLine]{host: h, title: kit.Say("appointments.waiting.title", "Waiting list"), concerns: schedule.WaitingChanged, ticks: true, later: d.later, most: mostWaiting}, d}
	s.read = func(ctx context.Context) ([]inLine, error) { return readWaiting(ctx, d.Session) }
	s.words = func(w inLine) []string {
		return []string{w.Who.Name.Full(), w.Who.MRN.String(), wantsText(w.Wait, w.Name), kit.Of(w.Priority.Text()).Text()}
	}
	s.says = offersRemark
	s.empty = func() fyne.CanvasObject {
		return kit.Empty(kit.Say("appointments.waiting.none", "Nobody waits for an appointment"),
			kit.Say("appointments.waiting.none.next", "The booking form puts patients on the list. A time that becomes free is offered in turn."),
			kit.Sentence{}, nil).Object()
	}
	s.deeds = s.can
	s.table = kit.NewDataTable(func(w inLine) string { return uuid.UUID(w.ID).String() }, d.widths("waiting"), s.columns()...)
	s.table.OnOpen = s.open
	s.begin(kit.Say("appointments.waiting.reading", "Reading the waiting list"), saved)
	return s
}

// offersRemark says how many are to be called.
func offersRemark(all []inLine) []kit.Remark {
	held := 0
	for _, w := range all {
		if w.Offer != nil {
			held++
		}
	}
	switch held {
	case 0:
		return nil
	case 1:
		return []kit.Remark{{Tone: kit.Attention, Sentence: kit.Say("appointments.offers.one", "A time is held for one patient. Call, and note the answer before it passes to the next.")}}
	}
	return []kit.Remark{{Tone: kit.Attention, Sentence: kit.Say("appointments.offers", "Times are held for {{.Count}} patients. Call, and note the answers before they pass to the next.", "Count", held)}}
}

func (s *waitScreen) columns() []kit.TableColumn[inLine] {
	now := s.host.Now
	return []kit.TableColumn[inLine]{
		{ID: "place", Title: kit.Say("appointments.column.line", "In line"), Width: 75, Right: true, Cell: func(w inLine) kit.Cell {
			if w.place == 0 {
				return kit.Cell{Text: kit.Say("appointments.offered", "offered").Text()}
			}
			return kit.Cell{Text: strconv.Itoa(w.place)}
		}},
		{ID: "name", Title: kit.Say("appointments.column.name", "Patient"), Width: 210, Main: true, Cell: func(w inLine) kit.Cell { return kit.Cell{Text: nameText(w.Who), Bold: true} }},
		{ID: "born", Title: kit.Say("appointments.column.born", "Date of birth, age"), Width: 162, Cell: func(w inLine) kit.Cell { return kit.Cell{Text: bornText(w.Who, today(now()))} }},
		{ID: "priority", Title: kit.Say("appointments.column.priority", "Priority"), Width: 98, Cell: func(w inLine) kit.Cell { return priorityCell(w.Priority) }},
		{ID: "since", Title: kit.Say("appointments.column.waits", "Waits for"), Width: 90, Cell: func(w inLine) kit.Cell {
			return kit.Cell{Text: lengthText(w.Waiting), Full: whenText(w.Since, now()).Text()}
		}},
		{ID: "wants", Title: kit.Say("appointments.column.wants", "Wants"), Width: 140, Cell: func(w inLine) kit.Cell { return kit.Cell{Text: wantsText(w.Wait, w.Name)} }},
		{ID: "offer", Title: kit.Say("appointments.column.offer", "Held for the patient"), Width: 230, Cell: func(w inLine) kit.Cell {
			if w.Offer == nil {
				return kit.Cell{}
			}
			return kit.Cell{Text: kit.Say("appointments.offer", "{{.When}}, {{.With}}", "When", whenText(w.Offer.Start, now()), "With", w.OfferName).Text()}
		}},
		{ID: "until", Title: kit.Say("appointments.column.until", "Answer by"), Width: 170, Cell: func(w inLine) kit.Cell {
			if w.Offer == nil {
				return kit.Cell{}
			}
			return kit.Cell{Tone: kit.Attention, Bold: true, Text: whenText(w.Offer.Until, now()).Text()}
		}},
		{ID: "reason", Title: kit.Say("appointments.column.reason", "Reason"), Width: 80, Cell: func(w inLine) kit.Cell { return kit.Cell{Text: w.Reason} }},
	}
}

// can is what can be done with somebody who waits.
func (s *waitScreen) can(w inLine, ok bool) []kit.Command {
	var all []kit.Command
	may := s.desk.Session.May
	if ok && w.Offer != nil && may(access.ActOfferAnswer) {
		all = append(all, kit.Command{Name: kit.Say("appointments.offer.accept", "Accepts the offer"), Key: fyne.KeyF7, Do: func() { s.accept(w) }},
			kit.Command{Name: kit.Say("appointments.offer.decline", "Declines the offer"), Key: fyne.KeyF8, Do: func() { s.decline(w) }})
	}
	if ok && w.Offer == nil && may(access.ActAppointmentBook) {
		all = append(all, kit.Command{Name: kit.Say("appointments.waiting.book", "Book a time"), Key: fyne.KeyF7, Do: func() { s.book(w) }})
	}
	if ok && may(access.ActWaitingWithdraw) {
		all = append(all, kit.Command{Name: kit.Say("appointments.waiting.remove", "Take off the list"), Key: fyne.KeyD, Modifier: ctrl, Do: func() { s.withdraw(w) }})
	}
	if may(access.ActWaitingAdd) {
		all = append(all, kit.Command{Name: kit.Say("appointments.waiting.add", "Put a patient on the list"), Key: fyne.KeyN, Modifier: ctrl, Do: func() { s.host.Go(BookRoute("")) }})
	}
	return all
}

// open is Enter: the answer to what is offered, or a booking.
func (s *waitScreen) open(w inLine) {
	if w.Offer == nil {
		s.book(w)
		return
	}
	name := w.Who.Name.Full()
	s.host.Ask(&kit.Dialog{Title: kit.Say("appointments.offer.title", "{{.When}} with {{.With}} is held for {{.Name}}", "When", whenText(w.Offer.Start, s.host.Now()), "With", w.OfferName, "Name", name),
		Remarks: []kit.Remark{{Tone: kit.Attention, Sentence: kit.Say("appointments.offer.until", "Answer by {{.Until}}; then it passes to the next in line.", "Until", whenText(w.Offer.Until, s.host.Now()))},
			{Tone: kit.Plain, Sentence: kit.Say("appointments.offer.born", "Date of birth: {{.Born}}. MRN {{.MRN}}.", "Born", bornText(w.Who, today(s.host.Now())), "MRN", w.Who.MRN.String())}},
		Buttons: []kit.DialogButton{
			{Label: kit.Say("appointments.offer.declines", "{{.Name}} declines", "Name", shortName(name)), Do: func() { s.decline(w) }},
			{Label: kit.Say("appointments.offer.accepts", "Book it for {{.Name}}", "Name", shortName(name)), Primary: true, Do: func() { s.accept(w) }}}})
}

func (s *waitScreen) book(w inLine) {
	s.host.Go(bookRoute(wish{patient: w.Patient.String(), resource: w.Resource, speciality: w.Speciality, priority: w.Priority, minutes: w.Minutes, reason: w.Reason,
		from: w.From, wait: w.ID}))
}

func (s *waitScreen) accept(w inLine) {
	if s.writing.Busy() {
		return
	}
	operation := uuid.New()
	kit.Start(s.writing, func(ctx context.Context, _ func(func())) (schedule.Row, error) {
		return schedule.Accept(ctx, s.desk.Session, operation, w.Offer.ID)
	}, func(row schedule.Row, err error) {
		s.did(err, kit.Say("appointments.booked", "Booked {{.Name}}: {{.When}}, {{.With}}", "Name", w.Who.Name.Full(), "When", whenText(w.Offer.Start, s.host.Now()), "With", w.OfferName))
	})
}

func (s *waitScreen) decline(w inLine) {
	if s.writing.Busy() {
		return
	}
	operation := uuid.New()
	kit.Start(s.writing, func(ctx context.Context, _ func(func())) (struct{}, error) {
		return struct{}{}, schedule.Decline(ctx, s.desk.Session, operation, w.Offer.ID)
	}, func(_ struct{}, err error) {
		s.did(err, kit.Say("appointments.declined", "{{.Name}} declined {{.When}} and stays on the waiting list", "Name", w.Who.Name.Full(), "When", whenText(w.Offer.Start, s.host.Now())))
	})
}

func (s *waitScreen) withdraw(w inLine) {
	operation, name := uuid.New(), w.Who.Name.Full()
	why{title: kit.Say("appointments.withdraw.title", "Take {{.Name}} off the waiting list?", "Name", name),
		consequence: kit.Say("appointments.withdraw.then", "The place in line is lost. A time that is held passes to the next."),
		leave:       kit.Say("appointments.withdraw.leave", "Keep the place"),
		label:       kit.Say("appointments.withdraw.do", "Take {{.Name}} off the list", "Name", shortName(name)),
		do: func(reason string) func(context.Context) error {
			return func(ctx context.Context) error {
				return schedule.Withdraw(ctx, s.desk.Session, operation, w.ID, w.Version, reason)
			}
		}, done: func() {
			s.did(nil, kit.Say("appointments.withdrawn", "{{.Name}} is off the waiting list", "Name", name))
		}}.open(s.host, s.writing)
}
