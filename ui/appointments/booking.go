package appointments

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// target is with whom: one doctor, machine or room, any doctor of a speciality, or any doctor (the zero one).
type target struct {
	resource   schedule.ResourceID
	speciality string
}

// asked is what the form says: with whom, how soon, from which day on, why.
type asked struct {
	target   target
	priority schedule.Priority
	from     term.Date
	reason   string
}

// booking is one appointment from the first field until it is booked, or one that is moved.
type booking struct {
	session   *access.Session
	wish      wish
	moving    *schedule.Item // nil: a new one
	who       *patient.Banner
	resources []schedule.Resource
	asked     asked

	choice schedule.Choice
	// refused says that what is shown are alternatives to a time that somebody else has taken.
	refused bool

	operation uuid.UUID
	tried     schedule.Request
}

func newBooking(s *access.Session, w wish, day term.Date) *booking {
	b := &booking{session: s, wish: w, asked: asked{target{w.resource, w.speciality}, w.priority, w.from, w.reason}}
	if b.asked.priority == 0 {
		b.asked.priority = schedule.Routine
	}
	if b.asked.from.Before(day) {
		b.asked.from = day
	}
	return b
}

// opening is what the form needs before it can be filled in.
type opening struct {
	who       *patient.Banner
	resources []schedule.Resource
	moving    *schedule.Item
}

// open reads who there is to be visited, and the patient where one is given. It is slow.
func (b *booking) open(ctx context.Context) (o opening, err error) {
	if o.resources, err = schedule.Resources(ctx, b.session); err != nil {
		return o, err
	}
	if b.wish.patient == "" {
		return o, nil
	}
	id, ok := parsePatient(b.wish.patient)
	if !ok {
		return o, nil
	}
	row, err := patient.Open(ctx, b.session, id)
	if err != nil {
		return o, err
	}
	who := patient.BannerOf(row)
	o.who = &who
	return o, nil
}

// openMove reads the appointment that is to be moved. It is slow.
func openMove(ctx context.Context, s *access.Session, id schedule.ID) (o opening, err error) {
	if o.resources, err = schedule.Resources(ctx, s); err != nil {
		return o, err
	}
	v, err := readVisit(ctx, s, id)
	if err != nil {
		return o, err
	}
	o.who, o.moving = &v.item.Who, &v.item
	return o, nil
}

// take makes what was read what the form is about.
func (b *booking) take(o opening) {
	b.resources, b.who = o.resources, o.who
	if o.moving != nil {
		b.moving = o.moving
		b.asked.target, b.asked.priority = target{resource: o.moving.Resource}, o.moving.Priority
	}
}

// targets are those with whom can be booked: any doctor, the specialities, the doctors; of a test or treatment only machines and rooms of
// its kind, for a doctor can't take the place of a scanner.
func (b *booking) targets() (all []kit.Option[target]) {
	doctors := b.moving == nil || b.moving.Resource.Kind() == schedule.ADoctor
	if doctors {
		if b.moving == nil {
			all = append(all, kit.Option[target]{Label: kit.Say("appointments.target.any", "Any doctor")})
		}
		for _, name := range schedule.Specialities(b.resources) {
			all = append(all, kit.Option[target]{Value: target{speciality: name}, Label: kit.Say("appointments.target.speciality", "Any doctor: {{.Speciality}}", "Speciality", name)})
		}
	}
	for _, r := range b.resources {
		known := r.ID == b.asked.target.resource
		if (r.ID.Kind() == schedule.ADoctor) != doctors || r.Inactive && !known {
			continue
		}
		label := kit.Say("appointments.target.one", "{{.Name}}", "Name", r.Name)
		if r.Speciality != "" {
			label = kit.Say("appointments.target.doctor", "{{.Name}}, {{.Speciality}}", "Name", r.Name, "Speciality", r.Speciality)
		}
		all = append(all, kit.Option[target]{Value: target{resource: r.ID}, Label: label})
	}
	return all
}

// ask takes what the form says now. Another doctor or day than that of a slot that was pointed at lets go of that slot.
func (b *booking) ask(a asked) (changed bool) {
	if a.target != b.asked.target || a.from != b.asked.from {
		b.wish.at = time.Time{}
	}
	changed = a.target != b.asked.target || a.from != b.asked.from || a.priority != b.asked.priority
	b.asked = a
	return changed
}

// request is what is proposed for.
func (b *booking) request(zone *time.Location, now time.Time) schedule.Request {
	r := schedule.Request{Resource: b.asked.target.resource, Speciality: b.asked.target.speciality, Priority: b.asked.priority, Reason: b.asked.reason,
		Minutes: b.wish.minutes, Wait: b.wish.wait, Limit: mostProposals}
	if b.who != nil {
		r.Patient = b.who.ID
	}
	if b.moving != nil {
		r.Minutes = b.moving.Minutes
	}
	switch {
	case !b.wish.at.IsZero():
		r.At = b.wish.at
	case b.asked.from.After(term.DateOf(now, zone)):
		r.At = b.asked.from.Start(zone)
	default:
		r.At = now
	}
	return r
}

const mostProposals = 30

// proposer reads the earliest times that suit. What it answers with is slow.
func (b *booking) proposer(now time.Time) func(context.Context) (schedule.Choice, error) {
	session, r := b.session, b.request(now.Location(), now)
	return func(ctx context.Context) (schedule.Choice, error) { return schedule.Proposals(ctx, session, r) }
}

// learn takes the proposals.
func (b *booking) learn(c schedule.Choice) { b.choice, b.refused = c, false }

// missed tells whether a slot was pointed at and can't be had, so that what stands first is another time.
func (b *booking) missed() bool {
	return !b.wish.at.IsZero() && !b.refused && (len(b.choice.Proposals) == 0 || !b.choice.Proposals[0].Start.Equal(b.wish.at))
}

// booker books a proposal, or moves the appointment to it. The same wish is the same operation, so that pressing again after a failure
// does it once. What it answers with is slow.
func (b *booking) booker(p schedule.Proposal) func(context.Context) (schedule.Row, error) {
	r := schedule.Request{Patient: b.who.ID, Resource: p.Resource.ID, At: p.Start, Minutes: p.Minutes, Priority: b.asked.priority, Reason: b.asked.reason, Wait: b.wish.wait}
	if b.operation == uuid.Nil || r != b.tried {
		b.operation, b.tried = uuid.New(), r
	}
	session, operation, moving := b.session, b.operation, b.moving
	return func(ctx context.Context) (schedule.Row, error) {
		if moving != nil {
			return schedule.Move(ctx, session, operation, moving.ID, moving.Version, r)
		}
		return schedule.Book(ctx, session, operation, r)
	}
}

// waiter puts the patient on the waiting list for what is asked. What it answers with is slow.
func (b *booking) waiter() func(context.Context) error {
	w := schedule.Wait{Patient: b.who.ID, Resource: b.asked.target.resource, Speciality: b.asked.target.speciality, Priority: b.asked.priority,
		Minutes: b.wish.minutes, Reason: b.asked.reason, From: b.asked.from}
	session, operation := b.session, uuid.New()
	return func(ctx context.Context) error {
		_, err := schedule.AddWait(ctx, session, operation, w)
		return err
	}
}

// turnedDown takes the alternatives of a refusal in place of what was proposed; false where an error is no refusal of a time.
func (b *booking) turnedDown(err error) bool {
	r, ok := refusal(err)
	if ok {
		b.choice, b.refused = schedule.Choice{Proposals: r.Alternatives, Passed: r.Passed}, true
		b.wish.at = time.Time{}
	}
	return ok
}

// later tells whether the first time that can be had is not of the day that was asked for: then it matters why nothing is sooner.
func (b *booking) later(zone *time.Location) bool {
	return len(b.choice.Proposals) > 0 && term.DateOf(b.choice.Proposals[0].Start, zone).After(b.asked.from)
}

// why are the first reasons for which nothing is sooner, each once.
func (b *booking) why(most int) (all []kit.Sentence) {
	for _, p := range b.choice.Passed {
		s := kit.Of(p.Why)
		if !slices.ContainsFunc(all, func(o kit.Sentence) bool { return o.Text() == s.Text() }) {
			all = append(all, s)
		}
		if len(all) == most {
			break
		}
	}
	return all
}

// nameOf is the name of with whom an appointment is.
func (b *booking) nameOf(id schedule.ResourceID) string {
	for _, r := range b.resources {
		if r.ID == id {
			return r.Name
		}
	}
	return ""
}
