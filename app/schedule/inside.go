package schedule

import (
	"context"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/data"
)

// Booker books for another package, inside its transactions, whose action has to name the tables that booking reads and writes.
type Booker struct{ d *desk }

// NewBooker reads what booking needs before a transaction.
func NewBooker(ctx context.Context, s *access.Session) (*Booker, error) {
	d, err := newDesk(ctx, s)
	return &Booker{d}, err
}

// Zone is where the hospital is.
func (b *Booker) Zone() *time.Location { return b.d.zone }

// Booking is one transaction of a Booker.
type Booking struct {
	d *desk
	p *plan
}

// Begin opens it in a transaction that writes.
func (b *Booker) Begin(tx data.Tx) (*Booking, error) {
	p, err := b.d.begin(tx)
	return &Booking{b.d, p}, err
}

// Book makes one session of an order, by all the rules of Book; who ordered it is not told, for there may be more sessions. Its errors are Book's.
func (k *Booking) Book(r Request) (Row, error) {
	if err := r.check(true); err != nil {
		return Row{}, err
	}
	r.quiet = true
	return k.d.book(k.p, r)
}

// CancelSession takes one session back; its errors are Cancel's. It gives the order whose session it was.
func (k *Booking) CancelSession(id ID, seen uint64, why string) (uuid.UUID, error) {
	row, err := appointments.Get(k.p.tx, id)
	if err != nil {
		return uuid.Nil, err
	}
	if row.Version != seen {
		_, err = appointments.Update(k.p.tx, id, seen, row.Value)
		return uuid.Nil, err
	}
	return row.Value.Order, k.d.cancel(k.p, row, why)
}

// CancelAll takes all sessions of an order back that have not begun, and gives how many.
func (k *Booking) CancelAll(order uuid.UUID, why string) (n int, err error) {
	all, err := sessions(k.p.tx, order)
	if err != nil {
		return 0, err
	}
	for _, s := range all {
		if s.Value.State != Booked && s.Value.State != Arrived {
			continue
		}
		if err := k.d.cancel(k.p, s, why); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func sessions(tx data.Tx, order uuid.UUID) (all []Row, err error) {
	for row, err := range byOrder.Rows(tx, data.Within(order)) {
		if err != nil {
			return nil, err
		}
		all = append(all, row)
	}
	return all, nil
}

// SessionsIn gives all sessions that an order ever had, by time, inside a transaction that may read appointments.
func SessionsIn(tx data.Tx, order uuid.UUID) ([]Row, error) { return sessions(tx, order) }

// NameIn gives the name of a resource inside a transaction that may read people and equipment.
func NameIn(tx data.Tx, id ResourceID) (string, error) {
	r, err := resourceIn(tx, id)
	return r.Name, err
}

// ProposeSeries gives the earliest times for so many sessions, at least so many days apart, at the same time of the day where that is free. All or
// none: fewer than n proposals come only with Passed, which says why.
func ProposeSeries(ctx context.Context, s *access.Session, r Request, n, every int) (c Choice, err error) {
	if err := r.check(false); err != nil {
		return c, err
	}
	d, err := newDesk(ctx, s)
	if err != nil {
		return c, err
	}
	deed := access.Deed{Action: access.ActScheduleProposals}
	if !r.Patient.IsZero() {
		deed.About = about(r.Patient)
	}
	err = s.View(ctx, deed, func(tx data.Tx) error {
		p, err := newPlan(tx, d.zone)
		if err != nil {
			return err
		}
		c, err = d.series(p, r, n, max(1, every))
		return err
	})
	return c, err
}

func (d *desk) series(p *plan, r Request, n, every int) (c Choice, err error) {
	r.Limit = mostProposals // a day's, to choose the time of day from
	var first Proposal
	for len(c.Proposals) < n {
		found, err := d.propose(p, r, ID{})
		if err != nil {
			return c, err
		}
		if len(found.Proposals) == 0 {
			c.Passed = found.Passed
			return c, nil
		}
		next := found.Proposals[0]
		if len(c.Proposals) == 0 {
			first = next
		}
		day := term.DateOf(next.Start, p.zone)
		for _, o := range found.Proposals {
			if term.DateOf(o.Start, p.zone) == day && shownBy(o.Start.In(p.zone)).Format("1504") == shownBy(first.Start.In(p.zone)).Format("1504") && o.Resource.ID == first.Resource.ID {
				next = o
				break
			}
		}
		c.Proposals = append(c.Proposals, next)
		r.Resource = first.Resource.ID // one machine for all sessions
		r.At = day.AddDays(every).Start(p.zone)
	}
	return c, nil
}

// BannerIn gives a patient as a list may show one, inside a transaction that may read patients; shown is false for a confidential patient of whom no
// reason was stated: then what the list is about is left out as well.
func BannerIn(tx data.Tx, s *access.Session, id patient.ID) (b patient.Banner, shown bool, err error) {
	r := &reader{plan: &plan{tx: tx}, s: s, people: map[patient.ID]patient.Banner{}}
	b, err = r.who(id)
	return b, !b.Confidential || s.HasStated(id.RecordID()), err
}
