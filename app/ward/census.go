package ward

import (
	"context"
	"time"

	"wardbook/app/access"
	"wardbook/app/house"
	"wardbook/app/patient"
	"wardbook/data"
)

// census is the beds of a ward, or of all, with what is around them.
type census struct {
	wards map[WardID]WardRow
	rooms map[RoomID]RoomRow
	beds  []BedRow
	count map[RoomID]int // beds of a room
}

// survey reads it; the zero ward asks for all.
func survey(tx data.Tx, ward WardID) (c census, err error) {
	c = census{wards: map[WardID]WardRow{}, rooms: map[RoomID]RoomRow{}, count: map[RoomID]int{}}
	if ward.IsZero() {
		return c, c.all(tx)
	}
	w, err := wards.Get(tx, ward)
	if err != nil {
		return c, err
	}
	c.wards[ward] = w
	for r, err := range roomsOf.Rows(tx, data.Within(ward)) {
		if err != nil {
			return c, err
		}
		c.rooms[r.ID] = r
	}
	for b, err := range bedsOf.Rows(tx, data.Within(ward)) {
		if err != nil {
			return c, err
		}
		c.add(b)
	}
	return c, nil
}

func (c *census) all(tx data.Tx) error {
	for w, err := range wards.All(tx, data.Span{}) {
		if err != nil {
			return err
		}
		c.wards[w.ID] = w
	}
	for r, err := range rooms.All(tx, data.Span{}) {
		if err != nil {
			return err
		}
		c.rooms[r.ID] = r
	}
	for b, err := range beds.All(tx, data.Span{}) {
		if err != nil {
			return err
		}
		c.add(b)
	}
	return nil
}

func (c *census) add(b BedRow) {
	c.beds = append(c.beds, b)
	c.count[b.Value.Room]++
}

func (c *census) spot(b BedRow) spot {
	return spot{c.wards[b.Value.Ward], c.rooms[b.Value.Room], b}
}

// company is who lies in a room beside the patient for whom a bed is looked for.
type company struct {
	lying    int
	isolated bool
}

// wish is for whom a bed is looked for, and which.
type wish struct {
	patient patient.Row
	needs   Needs
	bed     BedID     // zero: the best one that fits, of the ward in needs or of all
	except  []StayID  // those who leave their beds for it
	despite string    // the reason for a bed that does not suit
	mine    BedID     // reserved for this patient
	at      time.Time // from when on the bed is needed
}

// newWish reads what has to be known of the patient.
func newWish(tx data.Tx, id patient.ID, needs Needs, bed BedID, despite string, except ...StayID) (w wish, err error) {
	if w.patient, err = patient.In(tx, id); err != nil {
		return w, err
	}
	needs.Sex = w.patient.Value.Sex
	w.needs, w.bed, w.despite, w.except = needs, bed, despite, except
	r, err := reservedFor.Get(tx, id)
	if err == nil && tx.Time().Before(r.Value.Until) {
		w.mine = r.Value.Bed
	}
	return w, notThere(err)
}

// notThere lets a NotFound pass.
func notThere(err error) error {
	if data.Is(err, data.NotFound) {
		return nil
	}
	return err
}

// companies counts who lies in the rooms of a span of the index 'lying'.
func (w wish) companies(tx data.Tx, span data.Span) (map[RoomID]company, error) {
	found := map[RoomID]company{}
next:
	for hit, err := range lying.Scan(tx, span) {
		if err != nil {
			return nil, err
		}
		for _, id := range w.except {
			if hit.ID == id {
				continue next
			}
		}
		c := found[hit.Cover.Last.Room]
		c.lying++
		c.isolated = c.isolated || hit.Cover.Needs.Isolation
		found[hit.Cover.Last.Room] = c
	}
	return found, nil
}

// candidate makes what the rule sees of a bed.
func (w wish) candidate(s spot, count int, with company, now time.Time) Candidate {
	state, why := s.state(now)
	room := s.room.Value
	return Candidate{Bed: s.bed.ID, Ward: s.ward.ID, Place: s.place(), State: state, Until: s.bed.Value.Until, Why: why,
		Mine: s.bed.ID == w.mine, Sex: room.Sex, Kind: room.Kind, Isolation: room.Isolation, Monitoring: room.Monitoring,
		Beds: count, Lying: with.lying, Isolated: with.isolated}
}

// suggestions judges the beds of a ward, or of all.
func (w wish) suggestions(tx data.Tx, ward WardID) ([]Suggestion, error) {
	c, err := survey(tx, ward)
	if err != nil {
		return nil, err
	}
	span := data.Span{}
	if !ward.IsZero() {
		span = data.Within(ward)
	}
	with, err := w.companies(tx, span)
	if err != nil {
		return nil, err
	}
	candidates := make([]Candidate, len(c.beds))
	for i, b := range c.beds {
		candidates[i] = w.candidate(c.spot(b), c.count[b.Value.Room], with[b.Value.Room], tx.Time())
	}
	return Suggest(candidates, w.needs), nil
}

// judged judges one bed.
func (w wish) judged(tx data.Tx, s spot) (Suggestion, error) {
	return w.judgedAs(tx, s, nil)
}

// judgedAs judges one bed as if it were in a state.
func (w wish) judgedAs(tx data.Tx, s spot, as *State) (Suggestion, error) {
	room := data.Within(s.ward.ID, s.room.ID)
	with, err := w.companies(tx, room)
	if err != nil {
		return Suggestion{}, err
	}
	count := 0
	for _, err := range bedsOf.Scan(tx, room) {
		if err != nil {
			return Suggestion{}, err
		}
		count++
	}
	c := w.candidate(s, count, with[s.room.ID], tx.Time())
	if as != nil {
		c.State = *as
	}
	return judge(c, w.needs), nil
}

// Instead is the cause of an error where a bed can't be had, or not without a reason: the bed that was asked for, if one was, and what there is
// instead, the best first.
type Instead struct {
	Wished *Suggestion
	Next   []Suggestion
}

// Error is for the log and names nobody.
func (i *Instead) Error() string { return "the bed can't be had" }

// mostNext is how many other beds a refusal brings along.
const mostNext = 8

// choose gives the bed that was asked for, or the best one. Conflict where it can't be had or none fits; Invalid on "why" where it may be had
// for a stated reason only; both with an *Instead.
func (w wish) choose(tx data.Tx) (spot, error) {
	if w.bed.IsZero() {
		return w.best(tx)
	}
	s, err := spotOf(tx, w.bed)
	if err != nil {
		return s, err
	}
	judged, err := w.judged(tx, s)
	switch {
	case err != nil:
		return s, err
	case judged.Fits, judged.Possible && w.despite != "":
		return s, nil
	}
	all, err := w.suggestions(tx, WardID{})
	if err != nil {
		return s, err
	}
	cause := &Instead{Wished: &judged, Next: fitting(all)}
	if judged.Possible {
		return s, data.Fail(data.Invalid, "ward.choose", data.Say("ward.bed.unsuited",
			"This bed does not suit: {{.Why}}. Choose another, or state the reason for taking it all the same.", "Why", judged.Against[0]), cause).On(FieldWhy)
	}
	return s, conflict(FieldBed, data.Say("ward.bed.taken", "This bed can't be had: {{.Why}}. Choose another one.", "Why", judged.Against[0]), cause)
}

func (w wish) best(tx data.Tx) (spot, error) {
	all, err := w.suggestions(tx, w.needs.Ward)
	if err != nil {
		return spot{}, err
	}
	for _, one := range all {
		if !one.Fits {
			break
		}
		if err := emptySince(tx, one.Bed, w.at); err == nil { // otherwise somebody lay in it at the time that is entered now
			return spotOf(tx, one.Bed)
		} else if !data.Is(err, data.Invalid) {
			return spot{}, err
		}
	}
	cause := &Instead{}
	if w.needs.Ward.IsZero() {
		return spot{}, conflict(FieldBed, data.Say("ward.full", "No free bed in the hospital suits. Look at the board for beds to be cleaned or left."), cause)
	}
	if all, err = w.suggestions(tx, WardID{}); err != nil {
		return spot{}, err
	}
	cause.Next = fitting(all)
	return spot{}, conflict(FieldBed, data.Say("ward.full.ward", "No free bed of this ward suits. Choose one of another ward."), cause)
}

func fitting(all []Suggestion) []Suggestion {
	n := 0
	for n < len(all) && all[n].Fits && n < mostNext {
		n++
	}
	return all[:n:n]
}

// Suggestions gives every bed with why it suits a patient or not, the best first (Suggest). stay is the patient's own where one is to be moved;
// zero otherwise.
func Suggestions(ctx context.Context, s *access.Session, who patient.ID, needs Needs, stay StayID) (all []Suggestion, err error) {
	err = s.View(ctx, access.Deed{Action: access.ActBoard}, func(tx data.Tx) error {
		w, err := newWish(tx, who, needs, BedID{}, "", stay)
		if err != nil {
			return err
		}
		all, err = w.suggestions(tx, WardID{})
		return err
	})
	return all, err
}

// where gives the hospital's zone. A hospital that has not said where it is counts days in UTC.
func where(ctx context.Context, s *access.Session) (*time.Location, error) {
	row, err := house.Read(ctx, s)
	if data.Is(err, data.NotFound) {
		return time.UTC, nil
	}
	return row.Value.Location(), err
}
