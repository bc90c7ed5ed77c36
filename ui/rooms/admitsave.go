package rooms

import (
	"context"

	"github.com/google/uuid"

	"wardbook/app/term"
	"wardbook/app/ward"
	"wardbook/ui/kit"
)

// start writes the admission; despite is the reason for a bed that does not suit.
func (s *admitScreen) start(despite string) {
	bed, ok := s.beds.Selected()
	switch {
	case !ok:
		s.save.Done()
		s.note.say(kit.Remark{Tone: kit.Attention, Sentence: kit.Say("rooms.admit.nobed", "Choose a bed from the list.")})
		s.host.Focus(s.beds)
		return
	case !bed.Fits && despite == "":
		s.save.Done()
		s.despite(bed)
		return
	}
	s.looking.Cancel()
	s.form.Enable(false)
	write := s.admit.admit(s.request(bed.Bed, despite))
	kit.Start(s.saving, func(ctx context.Context, _ func(func())) (ward.StayRow, error) { return write(ctx) }, func(row ward.StayRow, err error) {
		s.form.Enable(true)
		s.save.Done()
		if err != nil {
			s.refused(err)
			return
		}
		s.done(row)
	})
}

// despite asks for the reason for a bed that does not suit.
func (s *admitScreen) despite(bed ward.Suggestion) {
	request := s.request(bed.Bed, "")
	question{host: s.host, title: kit.Say("rooms.despite.title", "Take {{.Place}} all the same?", "Place", kit.Of(bed.Place.Text())),
		then:  kit.Say("rooms.despite.then", "This bed does not suit: {{.Why}}.", "Why", texts(bed.Against)),
		label: kit.Say("rooms.despite.do", "Take it for this reason"), refused: s.refusedAside,
		do: func(ctx context.Context, operation uuid.UUID, why string) (kit.Toast, error) {
			request.Despite = why
			row, err := ward.Admit(ctx, s.desk.Session, operation, request)
			return s.admitted(row), err
		}, done: func() { s.leave(bed.Bed) }}.ask()
}

// refusedAside shows in the form what is not about the reason that was asked for beside it.
func (s *admitScreen) refusedAside(err error) bool {
	if faults := term.Faults(err); len(faults) == 0 || faults[0].Field == ward.FieldWhy {
		return false
	}
	s.refused(err)
	return true
}

// refused shows why the patient was not admitted; nothing that was typed is lost.
func (s *admitScreen) refused(err error) {
	if in, ok := already(err); ok {
		s.host.Ask(&kit.Dialog{Title: kit.Say("rooms.already", "This patient is in already"), Remarks: []kit.Remark{{Tone: kit.Attention, Sentence: s.host.Explain(err)}},
			Buttons: []kit.DialogButton{{Label: kit.Say("rooms.already.open", "Open the stay"), Primary: true, Do: func() {
				s.closed = true
				s.host.Replace(StayRoute(s.admit.who, in.Stay))
			}}}})
		return
	}
	if _, ok := instead(err); ok { // somebody else has just taken it: what there is now
		why := said(err)
		s.picked = false
		s.look(func() {
			s.note.say(kit.Remark{Tone: kit.Attention, Sentence: why},
				kit.Remark{Tone: kit.Plain, Sentence: kit.Say("rooms.admit.next", "What you entered is kept. The beds that suit now are shown, and the best of them is chosen: save again to take it.")})
			into(s.host, s.beds)
		})
		return
	}
	if confidential(err) {
		s.note.say(kit.Remark{Tone: kit.Critical, Sentence: s.host.Explain(err)})
		return
	}
	refuse(s.form, s.host.Explain(err), err)
}

// admitted says where the patient lies now.
func (s *admitScreen) admitted(row ward.StayRow) kit.Toast {
	if len(row.Value.Spans) == 0 {
		return kit.Toast{}
	}
	h, d, name := s.host, s.desk, s.admit.row.Value.Name.Full()
	return kit.Toast{Tone: kit.Good, Sentence: kit.Say("rooms.admitted", "Admitted {{.Name}} to {{.Place}}", "Name", name, "Place", kit.Of(row.Value.Last().Place.Text())),
		Label: undoes(), Undo: func() { undoAdmission(h, d, name, row, nil).ask() }}
}

func (s *admitScreen) done(row ward.StayRow) {
	toast := s.admitted(row)
	s.leave(row.Value.Last().Bed)
	s.host.Tell(toast)
}

// leave goes to the board, where the patient can be seen in the bed.
func (s *admitScreen) leave(bed ward.BedID) {
	s.closed = true
	s.host.Replace(bedRoute(bed))
}
