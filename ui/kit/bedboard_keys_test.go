package kit_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"wardbook/ui/kit/kittest"
)

func TestABoardIsReadByKeyboard(t *testing.T) {
	s := newShownBoard(t, hospital(96))
	if s.selected() != "" || s.Columns() != 4 {
		t.Fatalf("%q is selected before anybody chose; %d columns, the test is made for 4", s.selected(), s.Columns())
	}
	for i, step := range []struct {
		key  fyne.KeyName
		want string
	}{
		{fyne.KeyDown, "b0"}, {fyne.KeyRight, "b1"}, {fyne.KeyDown, "b5"}, {fyne.KeyRight, "b6"}, {fyne.KeyUp, "b2"},
		{fyne.KeyUp, "b2"}, {fyne.KeyRight, "b3"}, {fyne.KeyRight, "b4"}, {fyne.KeyLeft, "b3"},
		{fyne.KeyPageDown, "b24"}, {fyne.KeyUp, "b20"}, {fyne.KeyPageDown, "b24"}, {fyne.KeyRight, "b25"}, {fyne.KeyPageUp, "b24"},
		{fyne.KeyPageUp, "b0"}, {fyne.KeyLeft, "b0"}, {fyne.KeyEnd, "b95"}, {fyne.KeyRight, "b95"}, {fyne.KeyPageDown, "b95"}, {fyne.KeyHome, "b0"},
	} {
		if s.press(step.key); s.selected() != step.want {
			t.Fatalf("step %d: %s selects %s, want %s", i, step.key, s.selected(), step.want)
		}
	}
	if s.press(fyne.KeyReturn, fyne.KeyEnter); fmt.Sprint(s.opened) != "[b0 b0]" {
		t.Errorf("Enter opened %v", s.opened)
	}
}

// TestGoingThroughAShortLineKeepsTheColumn: rooms of a single bed leave a line with one tile.
func TestGoingThroughAShortLineKeepsTheColumn(t *testing.T) {
	wards := hospital(12)
	wards[0].Rooms[1].Beds = wards[0].Rooms[1].Beds[:1]
	s := newShownBoard(t, wards)
	s.press(fyne.KeyHome, fyne.KeyRight, fyne.KeyRight, fyne.KeyDown)
	if s.selected() != "b4" {
		t.Fatalf("down from the third leads to %s, want the only one there", s.selected())
	}
	if s.press(fyne.KeyDown); s.selected() != "b10" {
		t.Errorf("further down is %s, want the third again", s.selected())
	}
}

func TestTheSelectedBedIsAlwaysSeen(t *testing.T) {
	s := newShownBoard(t, hospital(500))
	for _, key := range []fyne.KeyName{fyne.KeyEnd, fyne.KeyUp, fyne.KeyUp, fyne.KeyPageUp, fyne.KeyPageUp, fyne.KeyDown, fyne.KeyDown, fyne.KeyHome} {
		s.press(key)
		bed, _ := s.Selected()
		if bed.Who == "" {
			s.press(fyne.KeyRight)
			bed, _ = s.Selected()
		}
		if bed.Who != "" && !s.says(bed.Who) {
			t.Errorf("after %s the selected bed of %s is not drawn", key, bed.Who)
		}
	}
}

func TestLettersJumpToABed(t *testing.T) {
	s := newShownBoard(t, hospital(96))
	for _, step := range []struct{ typed, want string }{
		{"b", "b1"}, {"bb", "b5"}, // the next bed that is called so
		{"203", "b32"},              // the first bed of a room
		{"patient48", "b48"},        // whoever lies there
		{"c", "b50"}, {"zz", "b50"}, // nothing is called that
	} {
		s.FocusGained() // a new word
		for _, r := range step.typed {
			s.TypedRune(r)
		}
		if s.selected() != step.want {
			t.Errorf("%q leads to %s, want %s", step.typed, s.selected(), step.want)
		}
	}
}

// click presses the mouse on a text, and tells whether there was anything to press; twice is a double click.
func click(w fyne.Window, text string, twice bool) (done bool) {
	at := fyne.Position{}
	for _, p := range kittest.Texts(w) {
		if p.Text == text {
			at = p.At.AddXY(4, 4)
		}
	}
	kittest.Walk(w, func(p kittest.Placed) {
		mouse, ok := p.Object.(desktop.Mouseable)
		if _, isScroll := p.Object.(fyne.Scrollable); !ok || isScroll {
			return
		}
		event := fyne.PointEvent{Position: at.Subtract(p.At), AbsolutePosition: at}
		mouse.MouseDown(&desktop.MouseEvent{PointEvent: event, Button: desktop.MouseButtonPrimary})
		mouse.MouseUp(&desktop.MouseEvent{PointEvent: event, Button: desktop.MouseButtonPrimary})
		if two, ok := p.Object.(fyne.DoubleTappable); ok && twice {
			two.DoubleTapped(&event)
		}
		done = true
	})
	return done
}

func TestABedIsChosenAndOpenedByMouse(t *testing.T) {
	s := newShownBoard(t, hospital(48))
	s.window.Canvas().Unfocus()
	if !click(s.window, "PATIENT6, Ann", false) || s.selected() != "b6" || s.window.Canvas().Focused() != s.BedBoard {
		t.Fatalf("a click selects %q", s.selected())
	}
	if click(s.window, "PATIENT2, Ann", true); fmt.Sprint(s.opened) != "[b2]" || s.selected() != "b2" {
		t.Errorf("a double click opened %v", s.opened)
	}
}

func TestTheWheelShowsBedsThatComeIntoSight(t *testing.T) {
	s := newShownBoard(t, hospital(500))
	test.Scroll(s.window.Canvas(), fyne.NewPos(400, 400), 0, -2000)
	if s.Top() != 2000 || !s.says("PATIENT50, Ann") || !s.says("Ward 3") {
		t.Errorf("scrolled to %.0f", s.Top())
	}
}
