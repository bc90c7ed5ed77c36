package ward_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/app/ward"
	"wardbook/data"
)

func (s *site) undo(stay ward.StayRow) (ward.StayRow, error) {
	return ward.UndoDischarge(s.t.Context(), s.desk, uuid.New(), stay.ID, stay.Version, "It was the neighbour who left.")
}

func TestWhatIsOpenHoldsADischargeAndAReasonOverridesIt(t *testing.T) {
	s := open(t, "Europe/London")
	_, beds := s.build(rooms(3))
	ann := s.patient(term.Female)
	stay := s.admit(ann, beds[0].ID)
	ward.AskBeforeDischarge("orders", func(_ data.Tx, who patient.ID) ([]ward.Item, error) {
		if who != ann {
			return nil, nil
		}
		return []ward.Item{{Kind: "order", Says: data.Say("test.open", "A test is not done yet")}}, nil
	})
	t.Cleanup(func() { ward.AskBeforeDischarge("orders", nil) })
	must[ward.ReservationRow](t)(ward.Reserve(t.Context(), s.desk, uuid.New(), beds[1].ID, ann, s.Clock.Now().Add(time.Hour), ""))

	items := must[[]ward.Item](t)(ward.Checklist(t.Context(), s.desk, stay.ID))
	if len(items) != 2 || items[0].Says.String() != "A bed is kept for this patient: Ward 1, room 1, bed B" || items[1].Kind != "order" {
		t.Errorf("open is %+v", items)
	}
	l := ward.Leave{How: ward.Home}
	_, err := ward.Depart(t.Context(), s.desk, uuid.New(), stay.ID, stay.Version, l)
	var open *ward.StillOpen
	if fault(t, "something is open", err, data.Conflict, ward.FieldWhy); !errors.As(err, &open) || len(open.Items) != 2 {
		t.Fatalf("what is open: %v", err)
	}
	s.right()
	l.Despite = "She will come back for the test."
	gone := must[ward.StayRow](t)(ward.Depart(t.Context(), s.desk, uuid.New(), stay.ID, stay.Version, l))
	if d := gone.Value.Left; d.Despite != l.Despite || len(d.Open) != 2 || d.By != s.desk.Who() || d.How != ward.Home {
		t.Errorf("the stay says %+v", d)
	}
	s.right()
}

func TestAMistakenDischargeIsUndone(t *testing.T) {
	s := open(t, "Europe/London")
	_, beds := s.build(rooms(2))
	ann, bob := s.patient(term.Female), s.patient(term.Male)
	stay := s.admit(ann, beds[0].ID)
	s.Clock.Pass(time.Hour)
	gone := s.depart(stay)
	s.Clock.Pass(time.Hour)
	back := must[ward.StayRow](t)(s.undo(gone)) // while it is to be cleaned
	if !back.Value.Present() || len(back.Value.Spans) != 1 || !back.Value.Last().To.IsZero() || s.bed(beds[0].ID).In.Stay != stay.ID {
		t.Errorf("after the undoing: %+v", back.Value)
	}
	s.right()
	gone = s.depart(back)
	s.clean(beds[0].ID)
	back = must[ward.StayRow](t)(s.undo(gone)) // after it was cleaned
	s.right()
	_, err := s.undo(back)
	fault(t, "who has not left", err, data.Conflict, "")

	gone = s.depart(back)
	_, err = ward.UndoDischarge(t.Context(), s.desk, uuid.New(), gone.ID, gone.Version, "")
	fault(t, "without a reason", err, data.Invalid, ward.FieldWhy)
	s.clean(beds[0].ID)
	other := s.admit(bob, beds[0].ID)
	_, err = s.undo(gone)
	fault(t, "somebody else lies in it", err, data.Conflict, ward.FieldBed)
	s.depart(other)
	s.clean(beds[0].ID)
	_, err = s.undo(gone)
	fault(t, "somebody else lay in it, be it for no time", err, data.Conflict, ward.FieldBed)
	s.right()
}

func TestWhatCannotBeUndoneAnyMore(t *testing.T) {
	s := open(t, "Europe/London")
	_, beds := s.build(rooms(2))
	ann, bob := s.patient(term.Female), s.patient(term.Male)
	gone := s.depart(s.admit(ann, beds[0].ID))
	s.clean(beds[0].ID)
	s.Clock.Pass(time.Hour)
	between := s.admit(bob, beds[0].ID)
	s.Clock.Pass(time.Hour)
	s.depart(between)
	s.clean(beds[0].ID)
	_, err := s.undo(gone)
	fault(t, "somebody else lay in it since", err, data.Conflict, ward.FieldBed)

	must[ward.ReservationRow](t)(ward.Reserve(t.Context(), s.desk, uuid.New(), beds[1].ID, bob, s.Clock.Now().Add(time.Hour), ""))
	again := s.admit(ann, beds[0].ID)
	_, err = s.undo(gone)
	fault(t, "she is in again", err, data.Conflict, ward.FieldPatient)
	left := s.depart(again)
	_, err = s.undo(gone)
	fault(t, "she was in again", err, data.Conflict, ward.FieldPatient)
	s.later(25 * time.Hour)
	_, err = s.undo(left)
	fault(t, "the day after", err, data.Conflict, "")
	s.right()
}

func TestAMistakenAdmissionIsStruckOut(t *testing.T) {
	s := open(t, "Europe/London")
	_, beds := s.build(rooms(2))
	ann := s.patient(term.Female)
	wrong := s.admit(ann, beds[0].ID)
	s.Clock.Pass(time.Minute)
	struck := must[ward.StayRow](t)(ward.UndoAdmission(t.Context(), s.desk, uuid.New(), wrong.ID, wrong.Version, "It was her sister."))
	if struck.Value.Present() || struck.Value.Mistaken != "It was her sister." || s.bed(beds[0].ID).State != ward.Cleaning {
		t.Errorf("the stay says %+v", struck.Value)
	}
	s.right()
	if all := must[[]ward.Inpatient](t)(ward.Discharged(t.Context(), s.desk, time.Time{}, "")); len(all) != 0 {
		t.Errorf("she is listed as discharged: %+v", all)
	}
	right := s.admit(ann, beds[1].ID)
	all := must[[]ward.StayRow](t)(ward.History(t.Context(), s.desk, ann))
	if len(all) != 2 || all[0].ID != right.ID || all[1].Value.Mistaken == "" {
		t.Errorf("her stays are %+v", all)
	}
	_, err := ward.UndoAdmission(t.Context(), s.desk, uuid.New(), wrong.ID, struck.Version, "Once more.")
	fault(t, "twice", err, data.Conflict, "")
	s.right()
}

// TestWhoDiedIsNotAdmittedUnnoticed: it is another patient of the name, or the wrong one was discharged.
func TestWhoDiedIsNotAdmittedUnnoticed(t *testing.T) {
	s := open(t, "Europe/London")
	_, beds := s.build(rooms(2))
	ann := s.patient(term.Female)
	stay := s.admit(ann, beds[0].ID)
	must[ward.StayRow](t)(ward.Depart(t.Context(), s.desk, uuid.New(), stay.ID, stay.Version, ward.Leave{How: ward.Died}))
	s.Clock.Pass(time.Hour)
	r := s.request(ann)
	_, err := ward.Admit(t.Context(), s.desk, uuid.New(), r)
	fault(t, "who died", err, data.Invalid, ward.FieldWhy)
	r.Despite = "Her neighbour was discharged as dead by mistake."
	must[ward.StayRow](t)(ward.Admit(t.Context(), s.desk, uuid.New(), r))
	s.right()
}
