package rooms

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"wardbook/app/term"
	"wardbook/app/ward"
	"wardbook/ui/kit"
)

// picked is Enter on a bed while one is looked for.
func (s *boardScreen) picked(bed ward.BedTile) {
	p := s.board.pick
	fits, why := p.says(bed)
	possible := fits != nil && *fits
	if p.what == moving {
		possible = possible || p.fits[bed.ID].Possible
	}
	switch {
	case bed.ID == p.who.Bed || fits == nil || !possible:
		s.note.say(kit.Remark{Tone: kit.Plain, Sentence: p.invites()}, kit.Remark{Tone: kit.Attention, Sentence: kit.Say("rooms.pick.not", "Not this one: {{.Why}}.", "Why", why)})
	case p.what == swapping:
		s.swap(p.who, *bed.In, "")
	case *fits:
		s.move(p.who, bed, "")
	default:
		s.despite(bed, why, func(ctx context.Context, operation uuid.UUID, reason string) (kit.Toast, error) {
			return transferred(ctx, s.desk, operation, p.who, bed.ID, reason)
		})
	}
}

// despite asks for the reason for a bed that does not suit.
func (s *boardScreen) despite(bed ward.BedTile, why string, do func(context.Context, uuid.UUID, string) (kit.Toast, error)) {
	question{host: s.host, title: kit.Say("rooms.despite.title", "Take {{.Place}} all the same?", "Place", s.place(bed)),
		then:  kit.Say("rooms.despite.then", "This bed does not suit: {{.Why}}.", "Why", why),
		label: kit.Say("rooms.despite.do", "Take it for this reason"), do: do, done: s.moved}.ask()
}

// moved is after a transfer or swap.
func (s *boardScreen) moved() {
	s.board.pick = nil
	s.note.say()
	s.read()
}

func (s *boardScreen) move(who ward.Inpatient, to ward.BedTile, despite string) {
	if s.writing.Busy() {
		return
	}
	desk, operation := s.desk, s.wishes.of(doing{"move " + who.Stay.String(), to.ID, who.Version})
	kit.Start(s.writing, func(ctx context.Context, _ func(func())) (kit.Toast, error) {
		return transferred(ctx, desk, operation, who, to.ID, despite)
	}, func(t kit.Toast, err error) { s.ended(t, err) })
}

// ended shows what became of a transfer or swap. One that was refused leaves the patient picked: the board lights up what fits now.
func (s *boardScreen) ended(t kit.Toast, err error) {
	if err == nil {
		s.host.Tell(t)
		s.moved()
		return
	}
	s.note.say(kit.Remark{Tone: kit.Critical, Sentence: s.host.Explain(err)})
	s.read()
}

// transferred moves a patient and says where to.
func transferred(ctx context.Context, d *Desk, operation uuid.UUID, who ward.Inpatient, to ward.BedID, despite string) (kit.Toast, error) {
	row, err := ward.Transfer(ctx, d.Session, operation, who.Stay, who.Version, ward.Move{Bed: to, Despite: despite})
	if err != nil {
		return kit.Toast{}, err
	}
	return kit.Toast{Tone: kit.Good, Sentence: kit.Say("rooms.moved", "{{.Name}} was moved to {{.Place}}", "Name", called(who.Who), "Place", kit.Of(row.Value.Last().Place.Text()))}, nil
}

// swap exchanges two patients' beds; where one does not suit, it asks for the reason.
func (s *boardScreen) swap(a, b ward.Inpatient, despite string) {
	if s.writing.Busy() {
		return
	}
	session := s.desk.Session
	does := func(ctx context.Context, operation uuid.UUID, why string) (kit.Toast, error) {
		return kit.Toast{Tone: kit.Good, Sentence: kit.Say("rooms.swapped", "{{.Name}} and {{.Other}} have swapped beds", "Name", called(a.Who), "Other", called(b.Who))},
			ward.Swap(ctx, session, operation, a.Stay, a.Version, b.Stay, b.Version, noTime, why)
	}
	operation := s.wishes.of(doing{"swap " + a.Stay.String() + b.Stay.String(), b.Bed, a.Version + b.Version})
	kit.Start(s.writing, func(ctx context.Context, _ func(func())) (kit.Toast, error) { return does(ctx, operation, despite) }, func(t kit.Toast, err error) {
		if faults := term.Faults(err); despite == "" && len(faults) > 0 && faults[0].Field == ward.FieldWhy {
			question{host: s.host, title: kit.Say("rooms.swap.title", "Swap the beds of {{.Name}} and {{.Other}} all the same?", "Name", called(a.Who), "Other", called(b.Who)),
				then: kit.Of(faults[0].Message), label: kit.Say("rooms.swap.do", "Swap for this reason"), do: does, done: s.moved}.ask()
			return
		}
		s.ended(t, err)
	})
}

// instead gives what a refusal brings along where a bed can't be had.
func instead(err error) (*ward.Instead, bool) {
	var i *ward.Instead
	ok := errors.As(err, &i)
	return i, ok
}
