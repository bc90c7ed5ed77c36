package rooms

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/app/ward"
	"wardbook/ui/kit/kittest"
)

func TestAPatientIsTransferredByKeyboard(t *testing.T) {
	c := newClinic(t, small("Ward 1"), small("Ward 2"))
	ann, bob := c.patient("Smith", "Ann", term.Female), c.patient("Miller", "Bob", term.Male)
	c.admit(ann, 0)
	c.admit(bob, 2)
	s := onStage(t, c, access.FrontDesk, BoardRoute())
	s.press(fyne.KeyHome)
	s.ctrl(fyne.KeyT)
	s.wantSeen("Ann Smith lies in Ward 1, room 1, bed A. Choose another bed", "Somebody lies in it", "Lies here now")

	s.press(fyne.KeyReturn) // her own bed
	s.wantSeen("Not this one: Lies here now.")
	s.press(fyne.KeyEnd, fyne.KeyReturn) // Ward 2, room 2
	s.wantTold("Ann Smith was moved to Ward 2, room 2, bed A")
	if v := c.stays(ann)[0].Value; len(v.Spans) != 2 || v.Last().Place.Ward != "Ward 2" {
		t.Errorf("the stay is %+v", v)
	}
	s.wantUnseen("Choose another bed")
}

func TestABedThatDoesNotSuitIsTakenForAReasonOnly(t *testing.T) {
	c := newClinic(t, small("Ward 1"))
	bob := c.patient("Miller", "Bob", term.Male)
	c.admit(bob, 2)
	s := onStage(t, c, access.FrontDesk, BoardRoute())
	s.press(fyne.KeyEnd)
	s.ctrl(fyne.KeyT)
	s.press(fyne.KeyHome, fyne.KeyReturn)
	s.wantSeen("Take Ward 1, room 1, bed A all the same?", "The room is for women")
	s.write("No other bed is free")
	s.choose("Take it for this reason")
	s.wantTold("Bob Miller was moved to Ward 1, room 1, bed A")
	if last := c.stays(bob)[0].Value.Last(); last.Despite != "No other bed is free" {
		t.Errorf("the reason is %q", last.Despite)
	}
}

func TestTwoPatientsSwapTheirBeds(t *testing.T) {
	c := newClinic(t, small("Ward 1"))
	ann, eve := c.patient("Smith", "Ann", term.Female), c.patient("Jones", "Eve", term.Female)
	c.admit(ann, 0)
	c.admit(eve, 2)
	s := onStage(t, c, access.FrontDesk, BoardRoute())
	s.press(fyne.KeyHome)
	s.ctrl(fyne.KeyW)
	s.press(fyne.KeyEnd, fyne.KeyReturn)
	s.wantTold("Ann Smith and Eve Jones have swapped beds")
	if v := c.stays(eve)[0].Value; v.Last().Place.Room != "1" {
		t.Errorf("she lies in %v", v.Last().Place)
	}
}

func TestADischargeNamesThePatientAndCanBeUndone(t *testing.T) {
	c := newClinic(t, small("Ward 1"))
	ann := c.patient("Smith", "Ann", term.Female)
	stay := c.admit(ann, 0)
	s := onStage(t, c, access.FrontDesk, StayRoute(ann.ID, stay.ID))
	s.wantSeen("Smith, Ann", "Ward 1, room 1, bed A", "Dr Dora Doctor", "Planned")
	kittest.Reachable(t, s.window)
	s.ctrl(fyne.KeyD)
	s.wantSeen("Discharge Ann Smith?", "Nothing is open for this patient")
	s.write("h") // home
	s.choose("Discharge Ann Smith")
	toast := s.wantTold("Ann Smith was discharged from Ward 1, room 1, bed A")
	s.wantSeen("Where the patient goes", "Home", "Undo the discharge")

	toast.Undo()
	s.write("Pressed for the wrong patient")
	s.choose("Undo the discharge")
	s.wantTold("Ann Smith is in again: Ward 1, room 1, bed A")
	s.wantUnseen("Undo the discharge")
	if !c.stays(ann)[0].Value.Present() {
		t.Error("she is not in")
	}
}

func TestWhatIsOpenStandsInTheWayOfADischargeUntilAReasonIsStated(t *testing.T) {
	c := newClinic(t, small("Ward 1"))
	ann := c.patient("Smith", "Ann", term.Female)
	stay := c.admit(ann, 0)
	must[ward.ReservationRow](t)(ward.Reserve(t.Context(), c.desk, uuid.New(), c.beds()[2].ID, ann.ID, c.Clock.Now().AddDate(0, 0, 1), ""))
	s := onStage(t, c, access.FrontDesk, StayRoute(ann.ID, stay.ID))
	s.ctrl(fyne.KeyD)
	s.wantSeen("Still open", "A bed is kept for this patient: Ward 1, room 2, bed A")
	s.write("h")
	s.choose("Discharge Ann Smith")
	s.wantSeen("Reason for the discharge all the same: this must be filled in.")
	s.write("The family insists")
	s.choose("Discharge Ann Smith")
	s.wantTold("Ann Smith was discharged from Ward 1, room 1, bed A")
	s.wantSeen("The family insists", "Was still open")
}

func TestOfAConfidentialPatientNothingIsShownBeforeAReason(t *testing.T) {
	c := newClinic(t, small("Ward 1"))
	ann := c.patient("Smith", "Ann", term.Female)
	stay := c.admit(ann, 0)
	c.seal(ann)
	s := onStage(t, c, access.FrontDesk, BoardRoute())
	s.wantSeen("MRN "+ann.Value.MRN.String(), "confidential")
	s.wantUnseen("Smith", "1950", "Female")
	s.press(fyne.KeyHome)
	s.ctrl(fyne.KeyD) // leads to the question first
	s.wantSeen("This patient is marked as confidential")
	s.wantUnseen("Smith")
	s.write("She asks for her belongings")
	s.choose("State this reason and open")
	s.wantSeen("Smith, Ann", "CONFIDENTIAL")
	if s.route != StayRoute(ann.ID, stay.ID) {
		t.Errorf("the route is %v", s.route)
	}
}

func TestWhoeverHasLeftStandsInTheListComplete(t *testing.T) {
	c := newClinic(t, small("Ward 1"))
	ann, bob := c.patient("Smith", "Ann", term.Female), c.patient("Miller", "Bob", term.Male)
	stay := c.admit(ann, 0)
	c.admit(bob, 2)
	must[ward.StayRow](t)(ward.Depart(t.Context(), c.desk, uuid.New(), stay.ID, stay.Version, ward.Leave{How: ward.Hospice}))
	s := onStage(t, c, access.Doctor, listRoute())
	s.wantSeen("Miller, Bob", "Room 2, bed A")
	s.wantUnseen("Smith, Ann")
	s.choose("Discharged lately")
	s.wantSeen("Smith, Ann", "To a hospice")
	s.tabTo("Discharged lately")
	s.press(fyne.KeyTab)
	s.write("smi")
	s.pause()
	s.press(fyne.KeyDown, fyne.KeyReturn)
	s.wantSeen("Smith, Ann", "To a hospice", "Room 1, bed A")
	s.wantUnseen("Undo the discharge") // a doctor reads
}
