package kit_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"wardbook/ui/theme"
)

type remembered map[string]float32

func (r remembered) Get(id string) (float32, bool) { w, ok := r[id]; return w, ok }
func (r remembered) Set(id string, width float32)  { r[id] = width }

func TestWidthsAreChangedAndRemembered(t *testing.T) {
	widths := remembered{"mrn": 100}
	s := newShownTableWith(t, people(3), widths)
	s.TypedRune('+')
	if widths["mrn"] != 116 {
		t.Errorf("+ made the column %.0f wide, want 116", widths["mrn"])
	}
	for range 20 {
		s.TypedRune('-')
	}
	if widths["mrn"] != 32 {
		t.Errorf("- made the column %.0f wide, want no less than 32", widths["mrn"])
	}
	for _, o := range test.LaidOutObjects(s.window.Content()) {
		if head, ok := o.(interface {
			desktop.Mouseable
			fyne.Draggable
		}); ok {
			head.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(32, 10)}})
			head.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(72, 10)}, Dragged: fyne.Delta{DX: 40}})
		}
	}
	if w := widths["mrn"]; w < 68 || w > 76 {
		t.Errorf("dragging its edge by 40 made the column %.0f wide, want about 72", w)
	}
}

func TestTheMainColumnTakesWhatTheWindowHas(t *testing.T) {
	s := newShownTable(t, []person{{"1", "Ann", 30}})
	at := func() (x float32) {
		for _, placed := range textsOf(s.window) {
			if placed.text == "Age" {
				x = placed.x
			}
		}
		return x
	}
	before := at()
	s.window.Resize(fyne.NewSize(900, 400))
	if moved := at() - before; moved < 290 || moved > 310 {
		t.Errorf("a window wider by 300 moved the last column by %.0f", moved)
	}
}

func TestALongNameIsCutWithASignAndSaidBelow(t *testing.T) {
	long := "Wolfeschlegelsteinhausenbergerdorff Bartholomew Maximilian Xa"
	s := newShownTable(t, []person{{"1", long, 30}})
	s.window.Resize(fyne.NewSize(300, 300))
	s.press(fyne.KeyDown)
	var inRow, below bool
	for _, placed := range textsOf(s.window) {
		inRow = inRow || (strings.HasPrefix(placed.text, "Wolfe") && strings.HasSuffix(placed.text, "…"))
	}
	for _, o := range test.LaidOutObjects(s.window.Content()) {
		if l, ok := o.(*widget.Label); ok && strings.Contains(l.Text, long) {
			below = true
		}
	}
	if !inRow || !below {
		t.Errorf("cut in the row with a sign: %t, whole below: %t", inRow, below)
	}
}

func TestANumberIsNeverCut(t *testing.T) {
	for _, percent := range []int{90, 100, 200} {
		s := newShownTable(t, append(people(3), person{"M9", "Old", 1234567890}))
		fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Light, percent))
		s.Refresh()
		if !drawn(s, "1234567890") {
			t.Errorf("at %d %% the number is not drawn whole", percent)
		}
	}
}
