package schedule

import (
	"context"
	"slices"
	"time"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/data"
)

// Item is an appointment as days, queues and lists show one. Of a confidential patient, before a reason was stated, the date of birth and the reason are
// left out.
type Item struct {
	ID      ID
	Version uint64 // to change it by
	Appointment
	Who  patient.Banner
	Name string // of the doctor, machine or room
	// Waiting is how long the patient has waited, Target how long that may be at most, Late whether it is longer; of those who have arrived.
	Waiting, Target time.Duration
	Late            bool
}

// Column is what one resource has on a day.
type Column struct {
	Resource Resource
	Slots    []SlotItem
	Items    []Item // by time
	Offers   []Held
	// Off says why there are no slots; empty (Key "") where there are.
	Off term.Text
}

// SlotItem is a slot with what is taken of it.
type SlotItem struct {
	Slot
	Taken int
	// Kept: what is free is for emergency and urgent patients just now.
	Kept bool
	Past bool
}

// Held is a time held for somebody on the waiting list.
type Held struct {
	ID OfferID
	Offer
	Who patient.Banner
}

// reader reads appointments with their patients inside one transaction.
type reader struct {
	*plan
	s      *access.Session
	people map[patient.ID]patient.Banner
	names  map[ResourceID]Resource
}

func newReader(tx data.Tx, s *access.Session, zone *time.Location) (*reader, error) {
	p, err := newPlan(tx, zone)
	return &reader{plan: p, s: s, people: map[patient.ID]patient.Banner{}, names: map[ResourceID]Resource{}}, err
}

// who gives a patient as a list may show it.
func (r *reader) who(id patient.ID) (patient.Banner, error) {
	if b, ok := r.people[id]; ok {
		return b, nil
	}
	row, err := patient.In(r.tx, id)
	if err != nil {
		return patient.Banner{}, err
	}
	b := patient.BannerOf(row)
	if b.Confidential && !r.s.HasStated(id.RecordID()) {
		b.Birth, b.Photo = term.Birth{}, 0
	}
	r.people[id] = b
	return b, nil
}

func (r *reader) resource(id ResourceID) (res Resource, err error) {
	res, ok := r.names[id]
	if !ok {
		res, err = resourceIn(r.tx, id)
		r.names[id] = res
	}
	return res, err
}

func (r *reader) item(id ID, b brief) (Item, error) {
	who, err := r.who(b.A.Patient)
	if err != nil {
		return Item{}, err
	}
	res, err := r.resource(b.A.Resource)
	i := Item{ID: id, Version: b.Version, Appointment: b.A, Who: who, Name: res.Name}
	if who.Confidential && !r.s.HasStated(who.ID.RecordID()) {
		i.Reason, i.Why = "", ""
	}
	if i.State == Arrived {
		from := i.Priority.waitsFrom(i.ArrivedAt, i.Start)
		i.Waiting, i.Target = max(0, r.tx.Time().Sub(from)), i.Priority.Target()
		i.Late = i.Waiting > i.Target
	}
	return i, err
}

// items reads what begins at a resource between two instants.
func (r *reader) items(id ResourceID, from, to time.Time) (all []Item, err error) {
	for hit, err := range byResource.Scan(r.tx, between(id[:], from, to)) {
		if err != nil {
			return nil, err
		}
		i, err := r.item(hit.ID, hit.Cover)
		if err != nil {
			return nil, err
		}
		all = append(all, i)
	}
	return all, nil
}

// column reads the day of one resource. The day is that of the calendar on the wall: of a night session it has the part until midnight, and the part after
// midnight of the session of the day before.
func (r *reader) column(id ResourceID, day term.Date) (c Column, err error) {
	if c.Resource, err = r.resource(id); err != nil {
		return c, err
	}
	cal, err := r.calendar(c.Resource)
	if err != nil {
		return c, err
	}
	start, end := day.Start(r.zone), day.AddDays(1).Start(r.zone)
	b, err := busyIn(r.tx, id, weekOf(start.Add(-mostLength*minute)), weekOf(end), nil)
	if err != nil {
		return c, err
	}
	if !c.Resource.Inactive {
		c.slots(cal, day, b, r.tx.Time(), start, end)
	}
	if len(c.Slots) == 0 {
		c.Off, _ = cal.Off(day)
	}
	if c.Items, err = r.items(id, start, end); err != nil {
		return c, err
	}
	for hit, err := range offersByPlace.Scan(r.tx, between(id[:], start, end)) {
		if err != nil {
			return c, err
		}
		if hit.Cover.State != OfferOpen {
			continue
		}
		who, err := r.who(hit.Cover.Patient)
		if err != nil {
			return c, err
		}
		c.Offers = append(c.Offers, Held{hit.ID, hit.Cover, who})
	}
	return c, nil
}

func (c *Column) slots(cal *Calendar, day term.Date, b busy, now, start, end time.Time) {
	for _, s := range cal.appendSlots(cal.Slots(day.AddDays(-1)), day) {
		if s.Start.Before(start) || !s.Start.Before(end) {
			continue
		}
		all, _ := b.during(s.from, s.to)
		is := s.room(b, Routine, momentOf(now))
		c.Slots = append(c.Slots, SlotItem{Slot: s, Taken: all, Kept: is == roomKept, Past: is == roomPast})
	}
}

// Day gives what each of some resources has on a day: slots with what is taken of them, appointments (but for cancelled ones), times held for the waiting
// list. For the desk; doctors see their own (OwnDay).
func Day(ctx context.Context, s *access.Session, day term.Date, ids ...ResourceID) ([]Column, error) {
	return columns(ctx, s, access.ActScheduleDay, day, ids)
}

// OwnDay is the day of the doctor whose session it is.
func OwnDay(ctx context.Context, s *access.Session, day term.Date) (Column, error) {
	all, err := columns(ctx, s, access.ActScheduleOwn, day, []ResourceID{DoctorID(s.Who())})
	if err != nil {
		return Column{}, err
	}
	return all[0], nil
}

func columns(ctx context.Context, s *access.Session, action access.Action, day term.Date, ids []ResourceID) (all []Column, err error) {
	err = reading(ctx, s, access.Deed{Action: action}, func(r *reader) error {
		all = make([]Column, len(ids))
		for i, id := range ids {
			if all[i], err = r.column(id, day); err != nil {
				return err
			}
		}
		return nil
	})
	return all, err
}

// reading runs fn over one snapshot.
func reading(ctx context.Context, s *access.Session, deed access.Deed, fn func(*reader) error) error {
	zone, err := zoneOf(ctx, s)
	if err != nil {
		return err
	}
	return s.View(ctx, deed, func(tx data.Tx) error {
		r, err := newReader(tx, s, zone)
		if err != nil {
			return err
		}
		return fn(r)
	})
}

// Queue gives today's patients who are there or expected, of these resources, or of all: first who is in consultation, then who has arrived, by priority and then by how
// long the patient has waited, then who is expected, by time. Whoever is there since before midnight is still in it.
func Queue(ctx context.Context, s *access.Session, ids ...ResourceID) ([]Item, error) {
	if len(ids) == 0 {
		all, err := Resources(ctx, s)
		if err != nil {
			return nil, err
		}
		for _, r := range all {
			ids = append(ids, r.ID)
		}
	}
	return queue(ctx, s, access.ActScheduleDay, ids)
}

// OwnQueue is the queue of the doctor whose session it is.
func OwnQueue(ctx context.Context, s *access.Session) ([]Item, error) {
	return queue(ctx, s, access.ActScheduleOwn, []ResourceID{DoctorID(s.Who())})
}

func queue(ctx context.Context, s *access.Session, action access.Action, ids []ResourceID) (all []Item, err error) {
	err = reading(ctx, s, access.Deed{Action: action}, func(r *reader) error {
		all = nil
		start, end := r.today().Start(r.zone), r.today().AddDays(1).Start(r.zone)
		for _, id := range ids {
			items, err := r.items(id, start.Add(-nightLasts), end)
			if err != nil {
				return err
			}
			for _, i := range items {
				if i.State.Active() && (i.State != Booked || !i.Start.Before(start)) {
					all = append(all, i)
				}
			}
		}
		return nil
	})
	slices.SortStableFunc(all, InLine)
	return all, err
}

// nightLasts is how far before midnight an appointment may have begun whose patient is still there.
const nightLasts = 12 * time.Hour

// InLine is the order of the queue.
func InLine(a, b Item) int {
	rank := map[State]int{InConsultation: 0, Arrived: 1, Booked: 2}
	switch {
	case a.State != b.State:
		return rank[a.State] - rank[b.State]
	case a.State == Arrived && a.Priority != b.Priority:
		return int(a.Priority) - int(b.Priority)
	case a.State == Arrived:
		return a.Priority.waitsFrom(a.ArrivedAt, a.Start).Compare(b.Priority.waitsFrom(b.ArrivedAt, b.Start))
	}
	return a.Start.Compare(b.Start)
}

// Of gives the appointments of a patient, cancelled ones too, the newest first, at most limit. Forbidden, with access.ErrConfidential for a confidential
// patient.
func Of(ctx context.Context, s *access.Session, id patient.ID, limit int) (all []Item, err error) {
	err = reading(ctx, s, access.Deed{Action: access.ActAppointmentsOf, About: about(id)}, func(r *reader) error {
		all = nil
		span := data.Within(id)
		span.Reverse = true
		for hit, err := range byPatient.Scan(r.tx, span) {
			if err != nil {
				return err
			}
			i, err := r.item(hit.ID, hit.Cover)
			if err != nil {
				return err
			}
			if all = append(all, i); len(all) == limit {
				return nil
			}
		}
		return nil
	})
	return all, err
}

// Waiter is a place on the waiting list as the desk sees it.
type Waiter struct {
	ID      WaitID
	Version uint64
	Wait
	Who     patient.Banner
	Name    string // of the doctor, where one was asked for
	Waiting time.Duration
	Offer   *Held // what is held for the patient
	// OfferName is the doctor's of the offer.
	OfferName string
}

// WaitingList gives who waits: those with an offer first, then by priority, then by who has waited longest; at most limit.
func WaitingList(ctx context.Context, s *access.Session, limit int) (all []Waiter, err error) {
	err = reading(ctx, s, access.Deed{Action: access.ActWaitingList}, func(r *reader) error {
		all = nil
		open, err := openOffers(r.tx)
		if err != nil {
			return err
		}
		for _, offered := range []bool{true, false} {
			for hit, err := range line.Scan(r.tx, data.Within(offered)) {
				if err != nil {
					return err
				}
				w, err := r.waiter(hit.ID, hit.Cover, open)
				if err != nil {
					return err
				}
				if all = append(all, w); len(all) == limit {
					return nil
				}
			}
		}
		return nil
	})
	return all, err
}

func (r *reader) waiter(id WaitID, b waitBrief, open []openOffer) (w Waiter, err error) {
	w = Waiter{ID: id, Version: b.Version, Wait: b.W, Waiting: r.tx.Time().Sub(b.W.Since)}
	if w.Who, err = r.who(b.W.Patient); err != nil {
		return w, err
	}
	if w.Who.Confidential && !r.s.HasStated(w.Who.ID.RecordID()) {
		w.Reason = ""
	}
	if !b.W.Resource.IsZero() {
		res, err := r.resource(b.W.Resource)
		if err != nil {
			return w, err
		}
		w.Name = res.Name
	}
	for _, o := range open {
		if o.offer.Wait == id {
			res, err := r.resource(o.offer.Resource)
			w.Offer, w.OfferName = &Held{o.ID, o.offer, w.Who}, res.Name
			return w, err
		}
	}
	return w, nil
}
