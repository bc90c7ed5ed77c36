package rooms

import (
	"testing"

	"fyne.io/fyne/v2"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/app/ward"
	"wardbook/ui/kit"
	"wardbook/ui/kit/kittest"
)

func TestAnAdministratorKeepsWardsAndLearnsNoNames(t *testing.T) {
	c := newClinic(t, small("Ward 1"))
	c.admit(c.patient("Smith", "Ann", term.Female), 0)
	s := onStage(t, c, access.Administrator, kit.Route{Place: PlaceWards})
	s.wantSeen("Ward 1", "Open")
	s.ctrl(fyne.KeyN)
	s.write("Ward 2")
	s.choose("Add this ward")
	s.wantTold("Ward 2 is added")
	s.wantSeen("Ward 2", "18") // beds of the usual template
	kittest.Reachable(t, s.window)

	s.Focus(s.screen.Start())
	s.press(fyne.KeyHome, fyne.KeyReturn)
	s.wantSeen("Women", "Mixed")
	s.ctrl(fyne.KeyO)
	s.write("Being painted")
	s.choose("Close this ward")
	s.wantSeen("1 patients lie here") // refused, and what was typed stays
	s.wantSeen("Being painted")
	s.press(fyne.KeyEscape)
	kittest.Reachable(t, s.window)

	s.Focus(s.screen.Start())
	s.press(fyne.KeyHome, fyne.KeyReturn)
	s.wantSeen("Occupied", "Free")
	s.wantUnseen("Smith", "Ann")
	s.ctrl(fyne.KeyE)
	s.tabTo("Save")
	s.press(fyne.KeyEscape)
	kittest.Reachable(t, s.window)
}

func TestBedsOfARoomAreRenamedClosedAndOpened(t *testing.T) {
	c := newClinic(t, small("Ward 1"))
	room := c.beds()[2].Value.Room
	s := onStage(t, c, access.Administrator, kit.Route{Place: PlaceWards, Page: pageRoom, ID: room.String()})
	s.press(fyne.KeyHome)
	s.ctrl(fyne.KeyR)
	s.window.Canvas().Focused().(*kit.Entry).MarkAll()
	s.write("Window")
	s.press(fyne.KeyReturn)
	s.wantTold("The bed is called Window now")
	s.ctrl(fyne.KeyO)
	s.write("The bed is broken")
	s.choose("Close this bed")
	s.wantTold("Ward 1, room 2, bed Window is closed")
	s.wantSeen("Closed", "The bed is broken")
	s.ctrl(fyne.KeyO)
	s.wantTold("Ward 1, room 2, bed Window is open again: Free")

	s.ctrl(fyne.KeyE) // and more beds
	s.press(fyne.KeyTab)
	s.window.Canvas().Focused().(*kit.Entry).MarkAll()
	s.write("3")
	s.press(fyne.KeyReturn)
	s.wantTold("Room 2 is saved")
	s.wantSeen("3 of 3")
}

func TestARoomIsRemovedOnlyWhenItIsEmpty(t *testing.T) {
	c := newClinic(t, small("Ward 1"))
	c.admit(c.patient("Smith", "Ann", term.Female), 0)
	full, empty := c.beds()[0].Value.Room, c.beds()[2].Value.Room
	s := onStage(t, c, access.Administrator, kit.Route{Place: PlaceWards, Page: pageRoom, ID: full.String()})
	s.choose("Remove the room")
	s.choose("Remove Ward 1, room 1")
	s.wantSeen("1 patients lie here")
	s.show(kit.Route{Place: PlaceWards, Page: pageRoom, ID: empty.String()}, nil)
	s.settle()
	s.choose("Remove the room")
	s.choose("Remove Ward 1, room 2")
	s.wantTold("Ward 1, room 2 is removed")
	s.wantSeen("This room has been removed")
}

func TestTheNextWardsRoomsBeginAtTheNextHundred(t *testing.T) {
	room := func(name string) ward.RoomTile {
		return ward.RoomTile{RoomRow: ward.RoomRow{Value: ward.Room{Name: name}}}
	}
	for _, c := range []struct {
		rooms []string
		want  int
	}{{nil, 101}, {[]string{"1", "2"}, 101}, {[]string{"101", "106"}, 201}, {[]string{"407", "Blue"}, 501}} {
		b := ward.Board{Wards: []ward.WardTile{{}}}
		for _, name := range c.rooms {
			b.Wards[0].Rooms = append(b.Wards[0].Rooms, room(name))
		}
		if got := nextNumber(&b); got != c.want {
			t.Errorf("after %v comes %d instead of %d", c.rooms, got, c.want)
		}
	}
}
