package appointments

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/order"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// mostOrders is how many of the work list are shown.
const mostOrders = 1000

// readWork reads what has sessions without a time. It is slow.
func readWork(ctx context.Context, s *access.Session) ([]order.Item, error) {
	return order.WorkList(ctx, s, mostOrders)
}

// whatText is what was ordered; of a confidential patient that it is not shown.
func whatText(i order.Item) string {
	if i.What.Display == "" {
		return kit.Say("appointments.hidden", "not shown").Text()
	}
	return i.What.Display
}

// openText is how many sessions have no time: '3 of 10', '1'.
func openText(o order.Order) string {
	if o.Sessions == 1 {
		return "1"
	}
	return kit.Say("appointments.sessions", "{{.Open}} of {{.All}}", "Open", strconv.Itoa(o.Open), "All", strconv.Itoa(o.Sessions)).Text()
}

// everyText is how far apart the sessions are.
func everyText(days int) kit.Sentence {
	switch days {
	case 0, 1:
		return kit.Say("appointments.every.day", "a day apart")
	case 7:
		return kit.Say("appointments.every.week", "a week apart")
	}
	return kit.Say("appointments.every", "{{.Days}} days apart", "Days", strconv.Itoa(days))
}

// series is the scheduling of one order: where, from which day on, and the times that are proposed for all its open sessions.
type series struct {
	session *access.Session
	id      order.ID
	item    order.Item
	places  []schedule.Resource

	at       schedule.ResourceID
	from     term.Date
	choice   schedule.Choice
	proposed bool

	operation uuid.UUID
	tried     []time.Time
}

// seriesRead is what is read of an order before it can be scheduled.
type seriesRead struct {
	item   order.Item
	places []schedule.Resource
}

// load reads the order and where it can be done. It is slow. Conflict where it is no longer on the work list.
func (s *series) load(ctx context.Context) (r seriesRead, found bool, err error) {
	all, err := readWork(ctx, s.session)
	if err != nil {
		return r, false, err
	}
	at := slices.IndexFunc(all, func(i order.Item) bool { return i.ID == s.id })
	if at < 0 {
		return r, false, nil
	}
	r.item = all[at]
	resources, err := schedule.Resources(ctx, s.session)
	for _, p := range resources {
		if p.ID.Kind() != schedule.ADoctor && !p.Inactive {
			r.places = append(r.places, p)
		}
	}
	return r, true, err
}

// take makes what was read what is scheduled.
func (s *series) take(r seriesRead) { s.item, s.places = r.item, r.places }

// proposer reads times for all open sessions. What it answers with is slow.
func (s *series) proposer(now time.Time) func(context.Context) (schedule.Choice, error) {
	session, id, at := s.session, s.id, s.at
	from := now
	if s.from.After(today(now)) {
		from = s.from.Start(now.Location())
	}
	return func(ctx context.Context) (schedule.Choice, error) { return order.Propose(ctx, session, id, at, from) }
}

// whole tells whether every open session has a proposal.
func (s *series) whole() bool { return s.proposed && len(s.choice.Proposals) == s.item.Open }

// booker books all that is proposed, or nothing. What it answers with is slow.
func (s *series) booker() func(context.Context) (order.Row, error) {
	times := make([]time.Time, len(s.choice.Proposals))
	for i, p := range s.choice.Proposals {
		times[i] = p.Start
	}
	if s.operation == uuid.Nil || !slices.EqualFunc(times, s.tried, time.Time.Equal) {
		s.operation, s.tried = uuid.New(), times
	}
	session, operation, id, version, at := s.session, s.operation, s.id, s.item.Version, s.choice.Proposals[0].Resource.ID
	return func(ctx context.Context) (order.Row, error) {
		return order.Schedule(ctx, session, operation, id, version, at, times)
	}
}

// takeBack takes the time of one session back, of the order as it is now: the desk looks at the appointment, not at the order. It is slow.
func takeBack(ctx context.Context, s *access.Session, operation uuid.UUID, i schedule.Item, reason string) error {
	all, err := order.Of(ctx, s, i.Patient, mostOf)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(o order.Item) bool { return uuid.UUID(o.ID) == i.Order })
	if at < 0 {
		return errors.New("the order of a session is not in its patient's list")
	}
	_, err = order.TakeBack(ctx, s, operation, all[at].ID, all[at].Version, i.ID, i.Version, reason)
	return err
}
