package schedule

import (
	"context"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/notice"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/data"
)

// OfferID names an offer.
type OfferID = data.Ref[Offer]

// OfferState is how far an offer has come. It is stored: never change one.
type OfferState uint8

// The states of an offer.
const (
	OfferOpen      OfferState = 1
	OfferAccepted  OfferState = 2
	OfferDeclined  OfferState = 3
	OfferExpired   OfferState = 4
	OfferWithdrawn OfferState = 5 // the patient left the waiting list
)

// Offer is a freed time that is held for the first on the waiting list whom it suits, until the desk has asked the patient.
type Offer struct {
	Wait     WaitID     `cbor:"1,keyasint"`
	Patient  patient.ID `cbor:"2,keyasint"`
	Resource ResourceID `cbor:"3,keyasint"`
	Start    time.Time  `cbor:"4,keyasint"`
	Minutes  int        `cbor:"5,keyasint"`
	Priority Priority   `cbor:"6,keyasint"`
	Until    time.Time  `cbor:"7,keyasint"` // then it passes to the next
	State    OfferState `cbor:"8,keyasint"`
}

func (o Offer) place() place { return place{o.Resource, o.Start, o.Minutes, spanOf(o.Priority, true)} }

const (
	// OfferLasts is how long a time is held, at most.
	OfferLasts = 24 * time.Hour
	// LeastNotice is how long before it begins a freed time is still offered: sooner nobody can be reached and come.
	LeastNotice = 2 * time.Hour
	// lastAnswer is how long before it begins an offer has to be answered.
	lastAnswer = time.Hour

	expiredAtOnce = 20 // in one transaction
)

// OfferRow is an offer with its version.
type OfferRow = data.Row[OfferID, Offer]

var offers = data.NewTable[OfferID, Offer](data.TableSpec[Offer]{Number: 38, Name: string(access.TableOffers)})

// offersByEnd is what waits for an answer, by when it ends.
var offersByEnd = data.NewIndex(offers, data.IndexSpec[OfferID, Offer, Offer]{Number: 1, Name: "by end", Version: 1,
	Cover: func(r OfferRow) Offer { return r.Value },
	Keys: func(r OfferRow) []data.Key {
		if r.Value.State != OfferOpen {
			return nil
		}
		return []data.Key{data.Encode(r.Value.Until)}
	}})

// offersByPlace is to whom a time was ever offered: nobody is asked twice.
var offersByPlace = data.NewIndex(offers, data.IndexSpec[OfferID, Offer, Offer]{Number: 2, Name: "by place", Version: 1,
	Cover: func(r OfferRow) Offer { return r.Value },
	Keys:  func(r OfferRow) []data.Key { return []data.Key{data.Encode(r.Value.Resource[:], r.Value.Start)} }})

type openOffer struct {
	ID    OfferID
	offer Offer
}

func openOffers(tx data.Tx) (all []openOffer, err error) {
	for hit, err := range offersByEnd.Scan(tx, data.Span{}) {
		if err != nil {
			return nil, err
		}
		all = append(all, openOffer{hit.ID, hit.Cover})
	}
	return all, nil
}

// offer gives a freed time to the first on the waiting list whom it suits: held for the patient, with a notice to the desk, in the transaction that
// freed it. Where it suits nobody it is simply free.
func (d *desk) offer(p *plan, freed place) error {
	now := p.tx.Time()
	if !freed.Start.After(now.Add(LeastNotice)) {
		return nil
	}
	c, err := p.known(freed.Resource)
	if err != nil || c.Resource.Inactive {
		return err
	}
	slots := c.around(freed.Start)
	i := slotAt(slots, freed.Start)
	if i < 0 {
		return nil // the hours have changed, or somebody is on leave
	}
	b, err := busyIn(p.tx, freed.Resource, weekOf(freed.Start.Add(-mostLength*minute)), weekOf(freed.Start.Add(mostLength*minute)), nil)
	if err != nil {
		return err
	}
	asked, err := askedBefore(p.tx, freed)
	if err != nil {
		return err
	}
	day := term.DateOf(freed.Start, p.zone)
	for hit, err := range line.Scan(p.tx, data.Within(false)) {
		if err != nil {
			return err
		}
		w := hit.Cover.W
		if asked[hit.ID] || !w.suits(c.Resource, day) {
			continue
		}
		is, length := fit(slots, i, w.Minutes, b, w.Priority, momentOf(now))
		at := place{freed.Resource, freed.Start, length, 0}
		if is > roomReserve {
			continue
		}
		if theirs, err := theirTimes(p.tx, w.Patient, at.Start, at.end(), ID{}); err != nil {
			return err
		} else if theirs.meets(unixMinute(at.Start), unixMinute(at.end())) {
			continue
		}
		return d.hold(p, hit.ID, hit.Cover, at)
	}
	return nil
}

func askedBefore(tx data.Tx, at place) (map[WaitID]bool, error) {
	asked := map[WaitID]bool{}
	for hit, err := range offersByPlace.Scan(tx, data.Within(at.Resource[:], at.Start)) {
		if err != nil {
			return nil, err
		}
		asked[hit.Cover.Wait] = true
	}
	return asked, nil
}

// hold writes the offer.
func (d *desk) hold(p *plan, id WaitID, b waitBrief, at place) error {
	fresh, err := uuid.NewV7()
	if err != nil {
		return err
	}
	w := b.W
	until := p.tx.Time().Add(OfferLasts)
	if last := at.Start.Add(-lastAnswer); until.After(last) {
		until = last
	}
	o := Offer{Wait: id, Patient: w.Patient, Resource: at.Resource, Start: at.Start, Minutes: at.Minutes, Priority: w.Priority, Until: until, State: OfferOpen}
	if _, err := offers.Insert(p.tx, OfferID(fresh), o); err != nil {
		return err
	}
	if err := take(p.tx, o.place()); err != nil {
		return err
	}
	w.State = Offered
	if _, err := waiting.Update(p.tx, id, b.Version, w); err != nil {
		return err
	}
	return notice.Post(p.tx, notice.Notice{Kind: notice.KindOffer, Role: access.FrontDesk, Patient: w.Patient.RecordID(), Args: notice.When(o.Start, p.zone)})
}

// close ends an open offer in another way than by accepting it: the patient goes back in line, but for who withdrew, and the time passes to the next.
func (d *desk) close(p *plan, id OfferID, as OfferState) error {
	row, err := offers.Get(p.tx, id)
	if err != nil {
		return err
	}
	o := row.Value
	o.State = as
	if _, err := offers.Update(p.tx, id, row.Version, o); err != nil {
		return err
	}
	if err := free(p.tx, o.place()); err != nil {
		return err
	}
	if as != OfferWithdrawn {
		w, err := waiting.Get(p.tx, o.Wait)
		if err != nil {
			return err
		}
		back := w.Value
		back.State = Waits
		if _, err := waiting.Update(p.tx, w.ID, w.Version, back); err != nil {
			return err
		}
	}
	return d.offer(p, o.place())
}

// expire ends offers that nobody answered in time.
func (d *desk) expire(p *plan) error {
	span := data.Span{To: data.Encode(p.tx.Time().Add(1))}
	var over []OfferID
	for hit, err := range offersByEnd.Scan(p.tx, span) {
		if err != nil {
			return err
		}
		if over = append(over, hit.ID); len(over) == expiredAtOnce {
			break
		}
	}
	for _, id := range over {
		if err := d.close(p, id, OfferExpired); err != nil {
			return err
		}
	}
	return nil
}

// ExpireOffers lets offers that nobody answered in time pass to the next in line. Whatever books does so too; this is for background work, once in a
// while. It writes nothing where there is nothing to do.
func ExpireOffers(ctx context.Context, s *access.Session) error {
	d, err := newDesk(ctx, s)
	if err != nil {
		return err
	}
	due := false
	err = s.View(ctx, access.Deed{Action: access.ActAppointmentFind}, func(tx data.Tx) error {
		for _, err := range offersByEnd.Scan(tx, data.Span{To: data.Encode(tx.Time().Add(1))}) {
			due = err == nil
			return err
		}
		return nil
	})
	if err != nil || !due {
		return err
	}
	_, err = s.Update(ctx, access.Deed{Action: access.ActOfferExpire}, func(tx data.Tx) error {
		_, err := d.begin(tx)
		return err
	})
	return err
}

// Accept books the offered time, and tells the doctor. Conflict where the offer has been answered or has passed to the next, and with a *Refused where
// the doctor is no longer there; NotFound; Forbidden.
func Accept(ctx context.Context, s *access.Session, operation uuid.UUID, id OfferID) (Row, error) {
	d, err := newDesk(ctx, s)
	if err != nil {
		return Row{}, err
	}
	entry, err := d.update(ctx, access.ActOfferAnswer, operation, "", offerPatient(id), func(p *plan) error {
		row, err := openOfferIn(p.tx, id)
		if err != nil {
			return err
		}
		o := row.Value
		o.State = OfferAccepted
		if _, err := offers.Update(p.tx, id, row.Version, o); err != nil {
			return err
		}
		if err := free(p.tx, row.Value.place()); err != nil {
			return err
		}
		w, err := waiting.Get(p.tx, o.Wait)
		if err != nil {
			return err
		}
		again := w.Value
		again.State = Waits
		if _, err := waiting.Update(p.tx, w.ID, w.Version, again); err != nil {
			return err
		}
		_, err = d.book(p, Request{Patient: o.Patient, Resource: o.Resource, At: o.Start, Minutes: o.Minutes, Priority: o.Priority, Reason: w.Value.Reason,
			Wait: o.Wait, Days: Horizon, Limit: usualProposals})
		return err
	})
	return newRow(entry, err)
}

// Decline lets an offered time pass to the next in line; the patient keeps the place on the waiting list. Errors as Accept.
func Decline(ctx context.Context, s *access.Session, operation uuid.UUID, id OfferID) error {
	d, err := newDesk(ctx, s)
	if err != nil {
		return err
	}
	_, err = d.update(ctx, access.ActOfferAnswer, operation, "", offerPatient(id), func(p *plan) error {
		if _, err := openOfferIn(p.tx, id); err != nil {
			return err
		}
		return d.close(p, id, OfferDeclined)
	})
	return err
}

func offerPatient(id OfferID) func(data.Tx) (patient.ID, error) {
	return func(tx data.Tx) (patient.ID, error) {
		row, err := offers.Get(tx, id)
		return row.Value.Patient, err
	}
}

// openOfferIn reads an offer that waits for its answer.
func openOfferIn(tx data.Tx, id OfferID) (OfferRow, error) {
	row, err := offers.Get(tx, id)
	if err == nil && (row.Value.State != OfferOpen || !row.Value.Until.After(tx.Time())) {
		return row, data.Fail(data.Conflict, "schedule.offer", data.Say("schedule.offer.over",
			"This offer has been answered, or has passed to the next in line. Look again at the waiting list."), nil)
	}
	return row, err
}
