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

func TestAPatientIsAdmittedByKeyboardInFewKeys(t *testing.T) {
	c := newClinic(t, small("Ward 1"))
	c.patient("Smith", "Ann", term.Female)
	s := onStage(t, c, access.FrontDesk, BoardRoute())
	s.wantSeen("3 beds: 3 free, 0 occupied")

	s.ctrl(fyne.KeyN)
	s.write("smi")
	s.press(fyne.KeyReturn) // comes before the search has answered
	s.pause()
	s.wantSeen("Smith, Ann", "Room 1, bed A", "Free")
	s.write("e\nd") // emergency, Dr Dora Doctor
	s.ctrl(fyne.KeyS)

	toast := s.wantTold("Admitted Ann Smith to Ward 1, room 1, bed A")
	s.wantSeen("3 beds: 2 free, 1 occupied", "Smith, Ann")
	if toast.Undo == nil {
		t.Error("a mistaken admission can't be taken back")
	}
	kittest.Reachable(t, s.window)
}

func TestABedTakenAMomentAgoLosesNothingThatWasTyped(t *testing.T) {
	c := newClinic(t, small("Ward 1"))
	ann, bob := c.patient("Smith", "Ann", term.Female), c.patient("Miller", "Bob", term.Male)
	s := onStage(t, c, access.FrontDesk, AdmitRoute(ann.ID.String()))
	s.write("p\nd\nHip replacement")
	s.wantSeen("Room 1, bed A")
	c.admit(bob, 0) // somebody else at another desk
	s.ctrl(fyne.KeyS)

	s.wantSeen("Hip replacement", "What you entered is kept", "Room 1, bed B")
	s.ctrl(fyne.KeyS)
	s.wantTold("Admitted Ann Smith to Ward 1, room 1, bed B")
	if stays := c.stays(ann); len(stays) != 1 || stays[0].Value.Reason != "Hip replacement" || stays[0].Value.Kind != ward.Planned {
		t.Errorf("the stay is %+v", stays)
	}
}

func TestAnotherDesksAdmissionShowsAtOnceWithTheSelectionKept(t *testing.T) {
	c := newClinic(t, small("Ward 1"))
	ann := c.patient("Smith", "Ann", term.Female)
	s := onStage(t, c, access.FrontDesk, BoardRoute())
	s.press(fyne.KeyEnd)
	last := c.beds()[2].ID.String()
	before := c.Door.Last()
	c.admit(ann, 0)
	if !s.hear(before) {
		t.Fatal("the board does not care for an admission")
	}
	s.wantSeen("Smith, Ann", "3 beds: 2 free, 1 occupied")
	if bed, ok := s.screen.(*boardScreen).tiles.Selected(); !ok || bed.ID != last {
		t.Errorf("%v is selected", bed)
	}
	before = c.Door.Last()
	c.patient("Jones", "Eve", term.Female)
	if s.hear(before) {
		t.Error("the board is read anew for somebody who lies in no bed")
	}
}

func TestABedIsCleanedWithOneKeyAndThatCanBeUndone(t *testing.T) {
	c := newClinic(t, small("Ward 1"))
	stay := c.admit(c.patient("Smith", "Ann", term.Female), 0)
	must[ward.StayRow](t)(ward.Depart(t.Context(), c.desk, uuid.New(), stay.ID, stay.Version, ward.Leave{How: ward.Home}))
	s := onStage(t, c, access.DataEntry, BoardRoute())
	s.wantSeen("1 to be cleaned")
	s.press(fyne.KeyHome, fyne.KeyReturn)
	toast := s.wantTold("Ward 1, room 1, bed A is clean and free")
	s.wantSeen("3 free")
	toast.Undo()
	s.settle()
	s.wantTold("Ward 1, room 1, bed A has to be cleaned")
	kittest.Reachable(t, s.window)
}

func TestABedIsReservedForAPatientWhoIsThenAdmittedToIt(t *testing.T) {
	c := newClinic(t, small("Ward 1"))
	c.patient("Smith", "Ann", term.Female)
	s := onStage(t, c, access.FrontDesk, BoardRoute())
	s.press(fyne.KeyHome)
	s.ctrl(fyne.KeyR)
	s.write("smi")
	s.pause()
	s.press(fyne.KeyReturn)
	s.choose("Reserve this bed")
	s.wantTold("Ward 1, room 1, bed A is kept for Smith, Ann")
	s.wantSeen("for Smith, Ann", "1 reserved")
	s.press(fyne.KeyReturn) // the bed is still selected
	s.wantSeen("Smith, Ann", "Reserved for this patient")
	s.write("p\nd")
	s.ctrl(fyne.KeyS)
	s.wantTold("Admitted Ann Smith to Ward 1, room 1, bed A")
}

func TestWhatIsShownOfABoardDependsOnTheRole(t *testing.T) {
	c := newClinic(t, small("Ward 1"), small("Ward 2"))
	c.admit(c.patient("Smith", "Ann", term.Female), 0)
	for _, one := range []struct {
		role         access.Roles
		seen, unseen []string
	}{
		{access.FrontDesk, []string{"Smith, Ann", "Admit", "Discharge", "Cleaned"}, nil},
		{access.Doctor, []string{"Smith, Ann", "Lists"}, []string{"Admit", "Discharge", "Cleaned", "Close"}},
		{access.DataEntry, []string{"Smith, Ann", "Cleaned"}, []string{"Admit", "Discharge"}},
	} {
		s := onStage(t, c, one.role, BoardRoute())
		s.wantSeen(one.seen...)
		s.wantUnseen(one.unseen...)
		s.leave()
		s.screen = nil
	}
}

func TestTheBoardShowsOneWardOnly(t *testing.T) {
	c := newClinic(t, small("Ward 1"), small("Ward 2"))
	c.admit(c.patient("Smith", "Ann", term.Female), 0)
	s := onStage(t, c, access.FrontDesk, BoardRoute())
	s.command(fyne.KeyF3, 0)
	s.write("w")
	s.press(fyne.KeyDown) // Ward 2
	s.wantSeen("3 beds: 3 free, 0 occupied")
	s.wantUnseen("Smith, Ann")
	s.Go(listRoute())
	s.Back()
	s.settle()
	s.wantSeen("3 beds: 3 free, 0 occupied")
}
