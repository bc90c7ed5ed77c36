package rooms

import (
	"context"

	"fyne.io/fyne/v2"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/ward"
	"wardbook/ui/kit"
)

// deed is something that can be done on the board.
type deed struct {
	name   kit.Sentence
	key    fyne.KeyName
	button bool // it has one over the board, as well as its place in the palette
	// fits tells whether it can be done with a bed; nil: it needs none.
	fits  func(ward.BedTile) bool
	do    func()
	shown *kit.Button
}

func (d deed) modifier() fyne.KeyModifier {
	if d.key == "" {
		return 0
	}
	return ctrl
}

// allDeeds are those of this person's roles.
func (s *boardScreen) allDeeds() (all []deed) {
	offer := func(action access.Action, d deed) {
		if s.desk.may(action) {
			all = append(all, d)
		}
	}
	is := func(states ...ward.State) func(ward.BedTile) bool {
		return func(bed ward.BedTile) bool {
			for _, one := range states {
				if bed.State == one {
					return true
				}
			}
			return false
		}
	}
	own := func(bed ward.BedTile) bool { return bed.State == ward.Closed && bed.Value.State == ward.Closed } // not because of its room or ward
	offer(access.ActStayAdmit, deed{name: kit.Say("rooms.admit", "Admit"), key: fyne.KeyN, button: true, do: s.admit})
	offer(access.ActStayTransfer, deed{name: kit.Say("rooms.transfer", "Transfer"), key: fyne.KeyT, button: true, fits: lies, do: func() { s.choose(moving) }})
	offer(access.ActStayTransfer, deed{name: kit.Say("rooms.swap", "Swap"), key: fyne.KeyW, button: true, fits: lies, do: func() { s.choose(swapping) }})
	offer(access.ActStayDischarge, deed{name: kit.Say("rooms.discharge", "Discharge"), key: fyne.KeyD, button: true, fits: lies, do: s.discharge})
	offer(access.ActBedClean, deed{name: kit.Say("rooms.clean", "Cleaned"), key: fyne.KeyE, button: true, fits: is(ward.Cleaning), do: s.clean})
	offer(access.ActBedReserve, deed{name: kit.Say("rooms.reserve", "Reserve"), key: fyne.KeyR, button: true, fits: is(ward.Free), do: s.reserve})
	offer(access.ActBedRelease, deed{name: kit.Say("rooms.release", "Take the reservation away"), fits: is(ward.Reserved), do: s.release})
	offer(access.ActBedClose, deed{name: kit.Say("rooms.close", "Close"), key: fyne.KeyO, button: true, fits: is(ward.Free, ward.Cleaning), do: s.closeBed})
	offer(access.ActBedClose, deed{name: kit.Say("rooms.reopen", "Open again"), button: true, fits: own, do: s.reopen})
	offer(access.ActBedClean, deed{name: kit.Say("rooms.unclean", "Has to be cleaned"), fits: is(ward.Free), do: s.unclean})
	offer(access.ActStayList, deed{name: kit.Say("rooms.lists", "Lists"), key: fyne.KeyI, button: true, do: func() { s.host.Go(listRoute()) }})
	return all
}

// lies tells whether somebody lies in the bed.
func lies(bed ward.BedTile) bool { return bed.In != nil }

// doing names something that is done to one bed as it was seen.
type doing struct {
	what    string
	bed     ward.BedID
	version uint64
}

// open is Enter on a bed: the next thing that is done with it.
func (s *boardScreen) open(id string) {
	bed, ok := s.board.bed(id)
	switch {
	case !ok:
	case s.board.pick != nil:
		s.picked(bed)
	case bed.In != nil:
		s.host.Go(StayRoute(bed.In.ID, bed.In.Stay))
	case bed.State == ward.Cleaning && s.desk.may(access.ActBedClean):
		s.clean()
	case !s.desk.may(access.ActStayAdmit):
	case bed.State == ward.Free:
		s.host.Go(admitTo(patient.ID{}, bed.ID))
	case bed.State == ward.Reserved && bed.For != nil:
		s.host.Go(admitTo(bed.For.ID, bed.ID))
	case bed.State == ward.Closed:
		s.note.say(kit.Remark{Tone: kit.Attention, Sentence: kit.Say("rooms.closed.why", "Closed: {{.Why}}", "Why", bed.Why)})
	}
}

// admit begins an admission, to the bed that is selected where that is free.
func (s *boardScreen) admit() {
	if bed, ok := s.selected(); ok && s.board.pick == nil {
		switch {
		case bed.State == ward.Free:
			s.host.Go(admitTo(patient.ID{}, bed.ID))
			return
		case bed.State == ward.Reserved && bed.For != nil:
			s.host.Go(admitTo(bed.For.ID, bed.ID))
			return
		}
	}
	s.host.Go(kit.Route{Place: PlaceBeds, Page: pageAdmit})
}

// known gives who lies in the selected bed. Of a confidential patient the stay's page asks for the reason first.
func (s *boardScreen) known() (ward.Inpatient, bool) {
	bed, ok := s.selected()
	if !ok || bed.In == nil {
		return ward.Inpatient{}, false
	}
	if bed.In.Veiled {
		s.host.Go(StayRoute(bed.In.ID, bed.In.Stay))
		return ward.Inpatient{}, false
	}
	return *bed.In, true
}

// choose begins to look for another bed.
func (s *boardScreen) choose(what picking) {
	if who, ok := s.known(); ok {
		s.setPick(&pick{what: what, who: who})
		s.host.Focus(s.tiles)
	}
}

func (s *boardScreen) discharge() {
	if who, ok := s.known(); ok {
		departure{host: s.host, desk: s.desk, who: who, done: s.read}.ask()
	}
}

// write does something to one bed, once however often its key is pressed.
func (s *boardScreen) write(what string, bed ward.BedTile, do func(ctx context.Context, operation uuid.UUID) (kit.Toast, error)) {
	if s.writing.Busy() {
		return
	}
	operation := s.wishes.of(doing{what, bed.ID, bed.Version})
	kit.Start(s.writing, func(ctx context.Context, _ func(func())) (kit.Toast, error) { return do(ctx, operation) }, func(t kit.Toast, err error) {
		if err != nil {
			s.note.say(kit.Remark{Tone: kit.Critical, Sentence: s.host.Explain(err)})
		} else {
			s.note.say()
			s.host.Tell(t)
		}
		s.read()
	})
}

// place is where the bed stands.
func (s *boardScreen) place(bed ward.BedTile) string {
	for _, w := range s.board.read.Wards {
		for _, r := range w.Rooms {
			if r.ID == bed.Value.Room {
				return where(ward.Place{Ward: w.Value.Name, Room: r.Value.Name, Bed: bed.Value.Label})
			}
		}
	}
	return ""
}

func (s *boardScreen) clean() {
	bed, ok := s.selected()
	if !ok {
		return
	}
	h, session, at := s.host, s.desk.Session, s.place(bed)
	s.write("clean", bed, func(ctx context.Context, operation uuid.UUID) (kit.Toast, error) {
		_, err := ward.MarkClean(ctx, session, operation, bed.ID)
		return kit.Toast{Tone: kit.Good, Sentence: kit.Say("rooms.clean.done", "{{.Place}} is clean and free", "Place", at), Label: undoes(), Undo: func() {
			told(h, func(ctx context.Context) (kit.Toast, error) {
				_, err := ward.MarkUnclean(ctx, session, uuid.New(), bed.ID)
				return kit.Toast{Sentence: kit.Say("rooms.unclean.done", "{{.Place}} has to be cleaned", "Place", at)}, err
			})
		}}, err
	})
}

func undoes() kit.Sentence { return kit.Say("rooms.undo", "Undo") }

func (s *boardScreen) unclean() {
	bed, ok := s.selected()
	if !ok {
		return
	}
	session, at := s.desk.Session, s.place(bed)
	s.write("unclean", bed, func(ctx context.Context, operation uuid.UUID) (kit.Toast, error) {
		_, err := ward.MarkUnclean(ctx, session, operation, bed.ID)
		return kit.Toast{Sentence: kit.Say("rooms.unclean.done", "{{.Place}} has to be cleaned", "Place", at)}, err
	})
}

func (s *boardScreen) release() {
	bed, ok := s.selected()
	if !ok {
		return
	}
	session, at := s.desk.Session, s.place(bed)
	s.write("release", bed, func(ctx context.Context, operation uuid.UUID) (kit.Toast, error) {
		return kit.Toast{Tone: kit.Good, Sentence: kit.Say("rooms.release.done", "{{.Place}} is not reserved any more", "Place", at)},
			ward.Release(ctx, session, operation, bed.ID)
	})
}

func (s *boardScreen) reopen() {
	bed, ok := s.selected()
	if !ok {
		return
	}
	session, at := s.desk.Session, s.place(bed)
	s.write("reopen", bed, func(ctx context.Context, operation uuid.UUID) (kit.Toast, error) {
		row, err := ward.OpenBed(ctx, session, operation, bed.ID)
		return kit.Toast{Tone: kit.Good, Sentence: kit.Say("rooms.reopen.done", "{{.Place}} is open again: {{.State}}", "Place", at, "State", kit.Of(row.Value.State.Text()))}, err
	})
}

// closeBed asks why.
func (s *boardScreen) closeBed() {
	if bed, ok := s.selected(); ok {
		closing(s.host, s.desk.Session, bed.ID, s.place(bed), s.read).ask()
	}
}

// closing asks why a bed is closed.
func closing(h kit.Host, session *access.Session, bed ward.BedID, at string, done func()) question {
	return question{host: h, title: kit.Say("rooms.close.title", "Close {{.Place}}?", "Place", at),
		then:  kit.Say("rooms.close.then", "Nobody can be admitted to this bed until it is opened again."),
		label: kit.Say("rooms.close.do", "Close this bed"), done: done,
		do: func(ctx context.Context, operation uuid.UUID, why string) (kit.Toast, error) {
			_, err := ward.CloseBed(ctx, session, operation, bed, why)
			return kit.Toast{Tone: kit.Good, Sentence: kit.Say("rooms.close.done", "{{.Place}} is closed", "Place", at), Label: undoes(), Undo: func() {
				told(h, func(ctx context.Context) (kit.Toast, error) {
					row, err := ward.OpenBed(ctx, session, uuid.New(), bed)
					return kit.Toast{Tone: kit.Good, Sentence: kit.Say("rooms.reopen.done", "{{.Place}} is open again: {{.State}}", "Place", at, "State", kit.Of(row.Value.State.Text()))}, err
				})
			}}, err
		}}
}
