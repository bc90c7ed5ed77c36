package kit_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"pgregory.net/rapid"

	"wardbook/ui/kit"
	"wardbook/ui/kit/kittest"
	"wardbook/ui/theme"
)

// hospital has n beds in rooms of four, six rooms a ward. Every second bed is occupied.
func hospital(n int) []kit.BoardWard {
	var wards []kit.BoardWard
	for i := range n {
		if i%24 == 0 {
			w := len(wards) + 1
			wards = append(wards, kit.BoardWard{ID: fmt.Sprint("w", w), Name: fmt.Sprint("Ward ", w), Free: "12 free", Total: "of 24 beds"})
		}
		ward := &wards[len(wards)-1]
		if i%4 == 0 {
			room := kit.BoardRoom{ID: fmt.Sprint("r", i), Name: fmt.Sprint("Room ", 100*len(wards)+len(ward.Rooms)+1)}
			room.Marks = []kit.BoardMark{{Kind: kit.MarkWomen, Text: "Women"}}
			ward.Rooms = append(ward.Rooms, room)
		}
		room := &ward.Rooms[len(ward.Rooms)-1]
		bed := kit.BoardBed{ID: fmt.Sprint("b", i), Name: string(rune('A' + i%4))}
		if i%2 == 0 {
			bed.State, bed.Who = kit.BedOccupied, fmt.Sprintf("PATIENT%d, Ann", i)
			bed.Detail = []string{"58 years, female", "since Tue 24 Nov, until 28 Nov"}
			bed.Score = &kit.BoardScore{Text: "NEWS2 3"}
		}
		room.Beds = append(room.Beds, bed)
	}
	return wards
}

func bedOf(wards []kit.BoardWard, i int) *kit.BoardBed {
	return &wards[i/24].Rooms[i%24/4].Beds[i%4]
}

type shownBoard struct {
	*kit.BedBoard
	window         fyne.Window
	opened, chosen []string
	full           string
}

func newShownBoard(t testing.TB, wards []kit.BoardWard) *shownBoard {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, theme.NormalText))
	return showBoard(t, wards)
}

func showBoard(t testing.TB, wards []kit.BoardWard) *shownBoard {
	t.Helper()
	s := &shownBoard{BedBoard: kit.NewBedBoard()}
	s.OnOpen = func(id string) { s.opened = append(s.opened, id) }
	s.OnSelect = func(bed kit.BoardBed, full string, ok bool) { s.chosen, s.full = append(s.chosen, bed.ID), full }
	s.window = test.NewTempWindow(t, s.BedBoard)
	s.window.SetPadded(false)
	s.window.Resize(fyne.NewSize(1000, 700))
	s.SetWards(wards)
	s.window.Canvas().Focus(s.BedBoard)
	return s
}

func (s *shownBoard) press(keys ...fyne.KeyName) {
	for _, key := range keys {
		s.TypedKey(&fyne.KeyEvent{Name: key})
	}
}

func (s *shownBoard) selected() string {
	bed, _ := s.Selected()
	return bed.ID
}

// says tells whether a text is drawn inside the window.
func (s *shownBoard) says(text string) bool {
	return slices.ContainsFunc(kittest.Texts(s.window), func(p kittest.Text) bool {
		return p.Text == text && p.At.Y >= 0 && p.At.Y < s.window.Canvas().Size().Height
	})
}

func TestOnlyWhatChangedIsDrawnAgain(t *testing.T) {
	s := newShownBoard(t, hospital(500))
	before := s.Painted()
	s.SetWards(hospital(500))
	if got := s.Painted() - before; got != 0 {
		t.Errorf("%d pieces drawn though nothing changed", got)
	}
	changed := hospital(500)
	bedOf(changed, 5).State = kit.BedCleaning
	bedOf(changed, 480).State = kit.BedCleaning // out of sight
	before = s.Painted()
	s.SetWards(changed)
	if got := s.Painted() - before; got != 1 || !s.says("Cleaning") {
		t.Errorf("%d pieces drawn for one change in sight, want 1", got)
	}
	s.press(fyne.KeyHome)
	before = s.Painted()
	if s.press(fyne.KeyRight); s.Painted()-before != 2 {
		t.Errorf("%d pieces drawn when the selection went on, want 2", s.Painted()-before)
	}
	before = s.PaintedTiles()
	if s.press(fyne.KeyEnd); s.PaintedTiles()-before > 40 {
		t.Errorf("%d tiles drawn to show the last ones: more than are seen", s.PaintedTiles()-before)
	}
}

// TestACallersChangesInPlaceAreSeen: a board that kept the caller's own lines would compare them with themselves.
func TestACallersChangesInPlaceAreSeen(t *testing.T) {
	wards := hospital(24)
	s := newShownBoard(t, wards)
	fits := true
	bedOf(wards, 0).Detail[0] = "59 years, female"
	bedOf(wards, 2).Score.Text = "NEWS2 4"
	bedOf(wards, 3).Fits = &fits
	s.SetWards(wards)
	fits = false
	s.SetWards(wards)
	for _, text := range []string{"59 years, female", "NEWS2 4", "Does not fit"} {
		if !s.says(text) {
			t.Errorf("%q is not drawn", text)
		}
	}
}

func TestTheSelectionStaysWithItsBed(t *testing.T) {
	s := newShownBoard(t, hospital(48))
	s.press(fyne.KeyHome, fyne.KeyRight, fyne.KeyRight)
	told := len(s.chosen)
	wards := hospital(48)
	wards[0].Rooms = append([]kit.BoardRoom{{ID: "new", Name: "Room 0", Beds: []kit.BoardBed{{ID: "x", Name: "X"}}}}, wards[0].Rooms...)
	if s.SetWards(wards); s.selected() != "b2" || len(s.chosen) != told {
		t.Errorf("%s is selected after a room came in above; told %d times", s.selected(), len(s.chosen)-told)
	}
	bedOf(wards, 4).Who = "SMITH, Ann" // b2's place, now that a room stands before it
	wards[0].Rooms[1].Beds[2].Detail = []string{"moved today"}
	if s.SetWards(wards); !strings.Contains(s.Told(), "moved today") {
		t.Errorf("below the board still stands %q", s.Told())
	}
	wards = hospital(48)
	wards[0].Rooms[0].Beds = wards[0].Rooms[0].Beds[:2]
	if s.SetWards(wards); s.selected() != "" || len(s.chosen) != told+1 || s.Told() != "" {
		t.Errorf("%q is selected though the bed is gone", s.selected())
	}
	if s.press(fyne.KeyReturn); len(s.opened) != 0 {
		t.Errorf("Enter opened %v with nothing selected", s.opened)
	}
	if s.press(fyne.KeyRight); s.selected() != "b5" {
		t.Errorf("the arrows go on at %s, want the fourth, where the bed was", s.selected())
	}
}

func TestAPictureCutsNamesAndTheSelectionTellsAllOfThem(t *testing.T) {
	wards := hospital(24)
	name := "VON UND ZU " + strings.Repeat("LANGENFELD-", 5) + "HOHENSTEIN, Maximiliane"
	bed := bedOf(wards, 0)
	bed.Who, bed.Isolation, bed.Alike = name, "Isolation: contact and droplet precautions", true
	bed.Score = &kit.BoardScore{Text: "NEWS2 9", Tone: kit.Critical}
	s := newShownBoard(t, wards)
	if s.says(name) {
		t.Error("a name of 80 letters is drawn whole in a tile")
	}
	if cut := kittest.CutOff(s.window); len(cut) > 0 {
		t.Errorf("cut off without a sign: %q", cut)
	}
	s.press(fyne.KeyHome)
	for _, part := range []string{name, "Ward 1", "Room 101", "Occupied", "58 years, female", "NEWS2 9 CRITICAL", bed.Isolation, "like this", "Women"} {
		if !strings.Contains(s.full, part) {
			t.Errorf("%q is not told of the selected bed: %s", part, s.full)
		}
	}
}

func TestBedsThatFitLightUpAndTheOthersSayWhyNot(t *testing.T) {
	wards := hospital(24)
	yes, no := true, false
	bedOf(wards, 1).Fits = &yes
	bedOf(wards, 3).Fits, bedOf(wards, 3).Why = &no, "women only"
	bedOf(wards, 5).Fits = &no
	s := newShownBoard(t, wards)
	for _, text := range []string{"Fits", "Does not fit", "No: women only"} {
		if !s.says(text) {
			t.Errorf("%q is not drawn", text)
		}
	}
	if s.SetWards(hospital(24)); s.says("Fits") || s.says("No: women only") {
		t.Error("the search for a place is over and still shown")
	}
}

// TestEveryStateIsAWordAndAShape: no two shapes are alike for those who see no colours.
func TestEveryStateIsAWordAndAShape(t *testing.T) {
	seen := map[string]string{}
	for state, word := range []string{"Free", "Occupied", "Cleaning", "Reserved", "Closed"} {
		bed := kit.BoardBed{ID: "b", Name: "A", State: kit.BedState(state)}
		s := newShownBoard(t, []kit.BoardWard{{ID: "w", Name: "W", Rooms: []kit.BoardRoom{{ID: "r", Name: "R", Beds: []kit.BoardBed{bed}}}}})
		if !s.says(word) {
			t.Errorf("%q is not drawn", word)
		}
		shapes := 0
		kittest.Walk(s.window, func(p kittest.Placed) {
			shape, ok := p.Object.(*canvas.Image)
			if !ok {
				return
			}
			shapes++
			outline := ""
			for y := range shape.Image.Bounds().Dy() {
				for x := range shape.Image.Bounds().Dx() {
					_, _, _, alpha := shape.Image.At(x, y).RGBA()
					outline += string(rune('a' + alpha>>14))
				}
			}
			if other, twice := seen[outline]; twice {
				t.Errorf("%s has the shape of %s", word, other)
			}
			seen[outline] = word
		})
		if shapes != 1 {
			t.Errorf("%d shapes for %s, want 1", shapes, word)
		}
	}
}

func TestABoardFlowsByItsWidthAndSizeOfText(t *testing.T) {
	s := newShownBoard(t, hospital(96))
	for _, c := range []struct {
		width   float32
		percent int
		want    int
	}{{1280, 100, 6}, {1920, 100, 9}, {1280, 200, 3}, {1280, 90, 6}, {1320, 90, 7}, {420, 100, 2}, {200, 200, 1}} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Light, c.percent))
		s.window.Resize(fyne.NewSize(c.width, 800))
		s.Refresh()
		if s.Columns() != c.want {
			t.Errorf("%.0f wide at %d %%: %d columns, want %d", c.width, c.percent, s.Columns(), c.want)
		}
		if cut := kittest.CutOff(s.window); len(cut) > 0 {
			t.Errorf("%.0f wide at %d %%: cut off: %q", c.width, c.percent, cut)
		}
	}
}

func TestABoardWithNothingOnIt(t *testing.T) {
	for name, wards := range map[string][]kit.BoardWard{
		"no wards": nil, "no rooms": {{ID: "w", Name: "Ward 1"}}, "no beds": {{ID: "w", Name: "Ward 1", Rooms: []kit.BoardRoom{{ID: "r", Name: "Room 1"}}}},
	} {
		s := newShownBoard(t, wards)
		s.press(fyne.KeyDown, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyReturn)
		s.TypedRune('a')
		if s.selected() != "" || len(s.opened) > 0 {
			t.Errorf("%s: %q is selected", name, s.selected())
		}
		kittest.Reachable(t, s.window)
	}
	s := newShownBoard(t, nil)
	if !s.says("There are no wards yet") {
		t.Error("an empty board says nothing")
	}
	s.SetState(widget.NewLabel("Reading"))
	if s.says("There are no wards yet") || !s.says("Reading") {
		t.Error("the state is not shown in place of the wards")
	}
}

func TestABoardIsReturnedTo(t *testing.T) {
	s := newShownBoard(t, hospital(500))
	s.press(fyne.KeyEnd)
	place, top := s.State(), s.Top()
	again := showBoard(t, nil)
	again.Restore(place)
	again.SetWards(hospital(500))
	if again.selected() != "b499" || again.Top() != top {
		t.Errorf("%s is selected at %.0f, want b499 at %.0f", again.selected(), again.Top(), top)
	}
}

func TestABedThatComesTwiceIsShownTwice(t *testing.T) {
	wards := hospital(8)
	*bedOf(wards, 2) = *bedOf(wards, 0)
	s := newShownBoard(t, wards)
	n := 0
	for _, p := range kittest.Texts(s.window) {
		if p.Text == "PATIENT0, Ann" {
			n++
		}
	}
	if n != 2 {
		t.Errorf("drawn %d times, want 2", n)
	}
}

func TestWhatABoardSaysIsTranslated(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, theme.NormalText))
	kittest.Pseudo(t)
	s := showBoard(t, hospital(24))
	s.press(fyne.KeyHome)
	kittest.Reachable(t, s.window)
	if cut := kittest.CutOff(s.window); len(cut) > 0 {
		t.Errorf("cut off: %q", cut)
	}
}

// TestAScoreIsNeverCut: 'NEWS2 1…' would be read as another score.
func TestAScoreIsNeverCut(t *testing.T) {
	yes := true
	for _, percent := range []int{90, 100, 150, 200} {
		wards := hospital(24)
		for i := range 24 {
			bed := bedOf(wards, i)
			bed.Score, bed.Isolation, bed.Alike = &kit.BoardScore{Text: "NEWS2 12", Tone: kit.Critical}, "Isolation: droplet", true
			if i%2 == 0 {
				bed.Fits = &yes
			}
		}
		test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, percent))
		s := showBoard(t, wards)
		scores := 0
		for _, text := range kittest.Texts(s.window) {
			if strings.HasPrefix(text.Text, "NEWS") {
				scores++
				if !strings.HasPrefix(text.Text, "NEWS2 12") || strings.Contains(text.Text, "…") {
					t.Errorf("%d %%: %q", percent, text.Text)
				}
			}
		}
		if scores == 0 {
			t.Errorf("%d %%: no score is drawn", percent)
		}
	}
}

// TestABoardThatBecomesShorterIsSeen: who was at its end must not look at nothing.
func TestABoardThatBecomesShorterIsSeen(t *testing.T) {
	s := newShownBoard(t, hospital(500))
	s.press(fyne.KeyEnd)
	if s.SetWards(hospital(8)); !s.says("PATIENT0, Ann") || s.Top() != 0 {
		t.Errorf("scrolled to %.0f, and nothing there", s.Top())
	}
}

func TestABoardIsDrawnAnewInAnotherLook(t *testing.T) {
	s := newShownBoard(t, hospital(24))
	before := s.PaintedTiles()
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.HighContrast, theme.NormalText))
	s.Refresh()
	if s.PaintedTiles() == before {
		t.Error("the tiles are still as in the look before")
	}
	want := theme.New(theme.HighContrast, theme.NormalText).Color(theme.Good, 0)
	for _, text := range kittest.Texts(s.window) {
		if object := text.Object.(*canvas.Text); text.Text == "Free" && object.Color != want {
			t.Errorf("%v, want %v", object.Color, want)
		}
	}
}

func TestAPictureCutsTextsAsATableDoes(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, theme.NormalText))
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("iIlWMmé ŽαЖ-,.")), 0, 40, -1).Draw(r, "text")
		picture, table := kit.CutBoth(text, 14, rapid.Float32Range(10, 300).Draw(r, "room"))
		if picture != table {
			r.Fatalf("%q becomes %q, in a table %q", text, picture, table)
		}
	})
}
