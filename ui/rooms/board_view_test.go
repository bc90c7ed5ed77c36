package rooms

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/app/ward"
	"wardbook/ui/kit"
	"wardbook/ui/kit/kittest"
	"wardbook/ui/theme"
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

func TestAtTheLargestTextTheWindowDoesNotOutgrowItsScreen(t *testing.T) {
	c := newClinic(t, small("Ward 1"))
	test.ApplyTheme(t, theme.New(theme.Light, 200))
	ann, bob := c.patient("Smith", "Ann", term.Female), c.patient("Miller-Konstantinopoulos", "Bob", term.Male)
	stay := c.admit(ann, 0)
	for _, r := range []kit.Route{BoardRoute(), AdmitRoute(bob.ID.String()), StayRoute(ann.ID, stay.ID), listRoute()} {
		s := onStage(t, c, access.FrontDesk, r)
		if size := s.screen.Content().MinSize(); size.Height > 500 || size.Width > 900 {
			t.Errorf("%q needs %v", r.Page, size)
		}
	}
}

func TestAReservationThatLapsesShowsWithNobodyWritingAnything(t *testing.T) {
	c := newClinic(t, small("Ward 1"))
	must[ward.ReservationRow](t)(ward.Reserve(t.Context(), c.desk, uuid.New(), c.beds()[0].ID, c.patient("Smith", "Ann", term.Female).ID, c.Clock.Now().Add(time.Hour), ""))
	s := onStage(t, c, access.FrontDesk, BoardRoute())
	s.wantSeen("1 reserved")
	c.Clock.Pass(time.Hour + time.Second)
	s.clock.Advance(time.Hour + 2*time.Second)
	s.settle()
	s.wantSeen("3 free", "0 reserved")
}

func TestABedThatIsTakenWhileTheFormIsOpenIsNotOfferedAnyMore(t *testing.T) {
	c := newClinic(t, small("Ward 1"))
	ann, bob := c.patient("Smith", "Ann", term.Female), c.patient("Miller", "Bob", term.Male)
	s := onStage(t, c, access.FrontDesk, AdmitRoute(ann.ID.String()))
	s.command(fyne.KeyF6, 0)
	s.press(fyne.KeyDown) // bed B of room 1
	before := c.Door.Last()
	c.admit(bob, 1)
	s.hear(before)
	s.wantSeen("The bed that you chose can't be had any more", "2 of 2")
}

func TestEverythingIsSaidInTheLanguageOfTheWindows(t *testing.T) {
	c := newClinic(t, small("Wa 1"))
	ann, bob := c.patient("Smith", "Ann", term.Female), c.patient("Miller", "Bob", term.Male)
	stay := c.admit(ann, 0)
	kittest.Pseudo(t)
	for _, one := range []struct {
		role access.Roles
		r    kit.Route
	}{{access.FrontDesk, BoardRoute()}, {access.FrontDesk, AdmitRoute(bob.ID.String())}, {access.FrontDesk, StayRoute(ann.ID, stay.ID)}, {access.FrontDesk, listRoute()},
		{access.Administrator, kit.Route{Place: PlaceWards}}, {access.Administrator, kit.Route{Place: PlaceWards, Page: pageWard, ID: c.beds()[0].Value.Ward.String()}},
		{access.Administrator, kit.Route{Place: PlaceWards, Page: pageRoom, ID: c.beds()[0].Value.Room.String()}}} {
		s := onStage(t, c, one.role, one.r)
		if left := kittest.Untranslated(s.window, "Smith", "Ann", "Miller", "Bob", "Dr Dora Doctor", "Wa 1", "for this test"); len(left) > 0 {
			t.Errorf("%v: %q", one.r, left)
		}
	}
}

func TestEscapeLeavesThePatientInTheBed(t *testing.T) {
	c := newClinic(t, small("Ward 1"))
	c.admit(c.patient("Smith", "Ann", term.Female), 0)
	s := onStage(t, c, access.FrontDesk, BoardRoute())
	s.press(fyne.KeyHome)
	s.ctrl(fyne.KeyW)
	s.wantSeen("Choose with whom to swap beds", "Nobody lies here")
	s.press(fyne.KeyEscape)
	s.wantUnseen("Choose with whom", "Nobody lies here")
}

func TestASwapThatDoesNotSuitAsksForTheReason(t *testing.T) {
	c := newClinic(t, small("Ward 1"))
	ann, bob := c.patient("Smith", "Ann", term.Female), c.patient("Miller", "Bob", term.Male)
	c.admit(ann, 0)
	c.admit(bob, 2)
	s := onStage(t, c, access.FrontDesk, BoardRoute())
	s.press(fyne.KeyHome)
	s.ctrl(fyne.KeyW)
	s.press(fyne.KeyEnd, fyne.KeyReturn)
	s.wantSeen("Swap the beds of Ann Smith and Bob Miller all the same?", "The room is for women")
	s.write("Both asked for it")
	s.choose("Swap for this reason")
	s.wantTold("Ann Smith and Bob Miller have swapped beds")
	if last := c.stays(bob)[0].Value.Last(); last.Despite != "Both asked for it" || last.Place.Room != "1" {
		t.Errorf("he lies in %v because %q", last.Place, last.Despite)
	}
}
