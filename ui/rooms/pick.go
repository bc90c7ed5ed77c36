package rooms

import (
	"context"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/ward"
	"wardbook/ui/kit"
)

// picking is what a bed is looked for.
type picking uint8

const (
	moving   picking = iota // another bed for somebody who is in
	swapping                // somebody else to change beds with
)

// pick is a patient for whom a bed is looked for on the board.
type pick struct {
	what picking
	who  ward.Inpatient
	fits map[ward.BedID]ward.Suggestion
}

// look judges all beds for the patient. It is slow.
func (p *pick) look(ctx context.Context, s *access.Session, who ward.Inpatient) ([]ward.Suggestion, error) {
	if p.what == swapping { // whether a swap suits both is judged when it is asked for
		return nil, nil
	}
	return ward.Suggestions(ctx, s, who.ID, who.Needs, who.Stay)
}

func (p *pick) take(all []ward.Suggestion) {
	p.fits = make(map[ward.BedID]ward.Suggestion, len(all))
	for _, s := range all {
		p.fits[s.Bed] = s
	}
}

// says is whether a bed fits, and why (not). nil: nobody has judged it.
func (p *pick) says(bed ward.BedTile) (fits *bool, why string) {
	is := func(fit bool, why kit.Sentence) (*bool, string) { return &fit, why.Text() }
	if bed.ID == p.who.Bed {
		return is(false, kit.Say("rooms.pick.own", "Lies here now"))
	}
	if p.what == swapping {
		switch {
		case bed.In == nil:
			return is(false, kit.Say("rooms.pick.nobody", "Nobody lies here"))
		case bed.In.Veiled:
			return is(false, kit.Say("rooms.pick.veiled", "Confidential: state a reason first"))
		}
		return is(true, kit.Say("rooms.pick.swap", "Swap with this patient"))
	}
	s, judged := p.fits[bed.ID]
	if !judged {
		return nil, ""
	}
	if s.Fits {
		return &s.Fits, texts(s.Reasons)
	}
	return &s.Fits, texts(s.Against)
}

// invites says what to do on the board meanwhile.
func (p *pick) invites() kit.Sentence {
	if p.what == swapping {
		return kit.Say("rooms.pick.swapping", "{{.Name}} lies in {{.Place}}. Choose with whom to swap beds: Enter swaps, Esc leaves it.",
			"Name", called(p.who.Who), "Place", where(p.who.Place))
	}
	return kit.Say("rooms.pick.moving", "{{.Name}} lies in {{.Place}}. Choose another bed: Enter moves the patient there, Esc leaves it.",
		"Name", called(p.who.Who), "Place", where(p.who.Place))
}

// still finds the patient again on a board that was read anew; false where he has left or was moved meanwhile.
func (p *pick) still(b *board) bool {
	for _, bed := range b.beds {
		if bed.In != nil && bed.In.Stay == p.who.Stay {
			same := p.who.Bed.IsZero() || bed.ID == p.who.Bed // zero: named by a route, not seen yet
			p.who = *bed.In
			return same
		}
	}
	return false
}

// name is how the patient is called; not known yet where a route names one who has left.
func (p *pick) name() string {
	if p.who.Bed.IsZero() {
		return kit.Say("rooms.pick.somebody", "The patient").Text()
	}
	return called(p.who.Who)
}

// parseBed reads the ID of a tile.
func parseBed(id string) ward.BedID {
	u, _ := uuid.Parse(id)
	return ward.BedID(u)
}
