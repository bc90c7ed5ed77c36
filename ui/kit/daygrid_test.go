package kit_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"pgregory.net/rapid"

	"wardbook/ui/kit"
	"wardbook/ui/kit/kittest"
	"wardbook/ui/theme"
)

var morning = time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)

// timed is a cell so many minutes after eight.
func timed(id string, from, to int, kind kit.DayKind) kit.DayCell {
	at := func(m int) time.Time { return morning.Add(time.Duration(m) * time.Minute) }
	label := func(m int) string { return at(m).Format("15:04") }
	return kit.DayCell{ID: id, Kind: kind, From: at(from), To: at(to), When: label(from) + " to " + label(to), Left: 1}
}

// day has n doctors from eight to four. Doctors' slots are 15, 20 and 30 minutes long in turn; every third is free.
func day(n int) kit.DayPlan {
	p := kit.DayPlan{From: morning, To: morning.Add(8 * time.Hour), Now: morning.Add(-time.Hour)}
	for m := range 8 {
		at := morning.Add(time.Duration(m) * time.Hour)
		p.Rows = append(p.Rows, kit.DayRow{At: at, Label: at.Format("15:04")})
	}
	for d := range n {
		c := kit.DayColumn{ID: fmt.Sprint("d", d), Name: fmt.Sprint("Dr ", d), Speciality: "Cardiology"}
		step := []int{15, 20, 30}[d%3]
		for m := 0; m < 480; m += step {
			cell := timed(fmt.Sprint(m), m, m+step, kit.DayFree)
			if m/step%3 != 0 {
				cell.Kind, cell.Who, cell.Word = kit.DayBooked, fmt.Sprintf("PATIENT%d-%d, Ann", d, m), "Routine"
			}
			c.Cells = append(c.Cells, cell)
		}
		p.Columns = append(p.Columns, c)
	}
	return p
}

type shownDay struct {
	*kit.DayGrid
	window         fyne.Window
	opened, chosen []string
	full           string
}

func newShownDay(t testing.TB, p kit.DayPlan) *shownDay {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, theme.NormalText))
	return showDay(t, p)
}

func showDay(t testing.TB, p kit.DayPlan) *shownDay {
	t.Helper()
	s := &shownDay{DayGrid: kit.NewDayGrid()}
	s.OnChoose = func(c kit.DayColumn, d kit.DayCell) { s.opened = append(s.opened, c.ID+"/"+d.ID) }
	s.OnSelect = func(c kit.DayColumn, d kit.DayCell, full string, ok bool) {
		s.chosen, s.full = append(s.chosen, c.ID+"/"+d.ID), full
	}
	s.window = test.NewTempWindow(t, s.DayGrid)
	s.window.SetPadded(false)
	s.window.Resize(fyne.NewSize(1000, 700))
	s.SetDay(p)
	s.window.Canvas().Focus(s.DayGrid)
	return s
}

func (s *shownDay) press(keys ...fyne.KeyName) {
	for _, key := range keys {
		s.TypedKey(&fyne.KeyEvent{Name: key})
	}
}

func (s *shownDay) selected() string {
	column, cell, ok := s.Selected()
	if !ok {
		return ""
	}
	return column.ID + "/" + cell.ID
}

func (s *shownDay) says(text string) bool {
	for _, p := range kittest.Texts(s.window) {
		if p.Text == text && p.At.Y >= 0 && p.At.Y < s.window.Canvas().Size().Height && p.At.X < s.window.Canvas().Size().Width {
			return true
		}
	}
	return false
}

func TestCellsSpanTheirMinutesAndNeverLieOverEachOther(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, theme.NormalText))
	rapid.Check(t, func(r *rapid.T) {
		c := kit.DayColumn{ID: "d", Name: "Dr"}
		for n := range rapid.IntRange(1, 12).Draw(r, "cells") {
			from := rapid.IntRange(0, 30).Draw(r, "from") * 5
			c.Cells = append(c.Cells, timed(fmt.Sprint(n), from, from+rapid.IntRange(1, 12).Draw(r, "long")*5, kit.DayBooked))
		}
		g := kit.NewDayGrid()
		g.Resize(fyne.NewSize(900, 600))
		g.SetDay(kit.DayPlan{From: morning, To: morning.Add(4 * time.Hour), Columns: []kit.DayColumn{c}})
		minute := float32(0)
		for i, a := range c.Cells {
			at, size := g.PlaceOf("d", a.ID)
			each := (size.Height + 2) / float32(a.To.Sub(a.From).Minutes())
			if minute == 0 {
				minute = each
			}
			if each < minute*0.99 || each > minute*1.01 {
				r.Fatalf("a minute is %.2f high in one cell and %.2f in another", minute, each)
			}
			for _, b := range c.Cells[i+1:] {
				p, s := g.PlaceOf("d", b.ID)
				if at.X < p.X+s.Width && p.X < at.X+size.Width && at.Y < p.Y+s.Height && p.Y < at.Y+size.Height {
					r.Fatalf("%s lies over %s", a.When, b.When)
				}
			}
		}
	})
}

func TestOnlyTimesThatChangedAreDrawnAgain(t *testing.T) {
	s := newShownDay(t, day(12))
	before := s.Painted()
	s.SetDay(day(12))
	if got := s.Painted() - before; got != 0 {
		t.Errorf("%d pieces drawn though nothing changed", got)
	}
	changed := day(12)
	changed.Columns[1].Cells[0].Left = 3
	changed.Columns[1].Cells[23].Who = "out of sight"
	before = s.Painted()
	if s.SetDay(changed); s.Painted()-before != 1 || !s.says("3 free") {
		t.Errorf("%d pieces drawn for one change in sight, want 1", s.Painted()-before)
	}
	changed.Columns[0].Cells[1].Detail = []string{"Arrived"} // in place
	before = s.Painted()
	if s.SetDay(changed); s.Painted()-before != 1 {
		t.Errorf("%d pieces drawn for a line that the caller changed in his own, want 1", s.Painted()-before)
	}
	s.press(fyne.KeyHome)
	before = s.PaintedCells()
	if s.press(fyne.KeyDown); s.PaintedCells()-before != 2 {
		t.Errorf("%d cells drawn when the selection went on, want 2", s.PaintedCells()-before)
	}
}

func TestTheSelectionStaysWithItsTime(t *testing.T) {
	s := newShownDay(t, day(3))
	s.Select("d1", "40")
	told := len(s.chosen)
	p := day(3)
	p.Columns[1].Cells = p.Columns[1].Cells[1:]
	p.Columns[1].Cells[1].Detail = []string{"Arrived 08:31"}
	if s.SetDay(p); s.selected() != "d1/40" || len(s.chosen) != told || !strings.Contains(s.Told(), "Arrived 08:31") {
		t.Errorf("%s is selected; below stands %q", s.selected(), s.Told())
	}
	p.Columns[1].Cells[1].ID = "booked"
	if s.SetDay(p); s.selected() != "" || len(s.chosen) != told+1 {
		t.Errorf("%s is selected though the cell is gone", s.selected())
	}
	if s.press(fyne.KeyReturn); len(s.opened) != 0 {
		t.Errorf("Enter chose %v with nothing selected", s.opened)
	}
	if s.press(fyne.KeyDown); s.selected() != "d1/booked" {
		t.Errorf("the arrows go on at %s, want at the same time", s.selected())
	}
}

func TestEveryKindIsAWord(t *testing.T) {
	p := day(1)
	p.Columns[0].Cells = []kit.DayCell{
		timed("a", 0, 30, kit.DayFree), timed("b", 30, 60, kit.DayReserve), timed("c", 60, 90, kit.DayBooked),
		timed("d", 90, 120, kit.DayHeld), timed("e", 120, 180, kit.DayClosed), timed("f", 180, 210, kit.DayClosed), timed("g", 210, 240, kit.DayFree),
	}
	p.Columns[0].Cells[2].Who, p.Columns[0].Cells[2].Tone, p.Columns[0].Cells[2].Word = "SMITH, Ann", kit.Urgent, "URGENT"
	p.Columns[0].Cells[3].Who, p.Columns[0].Cells[4].Word, p.Columns[0].Cells[6].Past = "NG, Li", "On leave", true
	s := newShownDay(t, p)
	for _, text := range []string{"Free", "Urgent only", "SMITH, Ann", "URGENT", "NG, Li", "Held", "On leave", "Closed", "Past", "Dr 0", "Cardiology", "09:00"} {
		if !s.says(text) {
			t.Errorf("%q is not drawn", text)
		}
	}
}

func TestAPictureOfADayCutsNamesAndTheSelectionTellsAllOfThem(t *testing.T) {
	p := day(12)
	name := "VON UND ZU " + strings.Repeat("LANGENFELD-", 5) + "HOHENSTEIN, Maximiliane"
	p.Columns[0].Cells[1].Who, p.Columns[0].Cells[1].Detail = name, []string{"Booked", "After operation"}
	p.Columns[0].Name = strings.Repeat("Dr Baumgartner-", 4)
	s := newShownDay(t, p)
	if s.says(name) {
		t.Error("a name of 80 letters is drawn whole in a cell")
	}
	if cut := kittest.CutOff(s.window); len(cut) > 0 {
		t.Errorf("cut off without a sign: %q", cut)
	}
	s.Select("d0", "15")
	for _, part := range []string{name, "08:15 to 08:30", p.Columns[0].Name, "Cardiology", "Booked", "After operation", "Routine"} {
		if !strings.Contains(s.full, part) {
			t.Errorf("%q is not told of the selected cell: %s", part, s.full)
		}
	}
}

// TestTheLineOfNowGoesThroughNoName: what is struck through was entered in error.
func TestTheLineOfNowGoesThroughNoName(t *testing.T) {
	for _, minute := range []int{1, 8, 13, 17, 100} {
		p := day(2)
		p.Columns[0].Cells = []kit.DayCell{timed("a", 0, 30, kit.DayBooked), timed("b", 0, 20, kit.DayBooked), timed("c", 90, 120, kit.DayClosed)}
		p.Now, p.NowLabel = morning.Add(time.Duration(minute)*time.Minute), "now"
		s := newShownDay(t, p)
		lines := s.NowLines()
		if len(lines) == 0 || !s.says("now") {
			t.Fatal("there is no line")
		}
		for _, text := range kittest.Texts(s.window) {
			for _, parent := range text.Parents {
				if _, scroll := parent.Object.(fyne.Scrollable); !scroll {
					continue
				}
				at := text.At.Subtract(parent.At).Add(s.Offset())
				for _, line := range lines {
					if line[0].Y > at.Y+3 && line[1].Y < at.Y+text.Object.Size().Height-3 && line[0].X < at.X+text.Object.Size().Width && line[1].X > at.X {
						t.Errorf("minute %d: the line goes through %q", minute, text.Text)
					}
				}
			}
		}
	}
}

// TestAnHourMayComeTwice: on the day on which clocks go back two o'clock is there twice, an hour apart.
func TestAnHourMayComeTwice(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	from := time.Date(2026, 10, 25, 0, 0, 0, 0, berlin)
	p := kit.DayPlan{From: from, To: from.Add(7 * time.Hour)}
	c := kit.DayColumn{ID: "d", Name: "Dr"}
	for h := range 7 {
		at := from.Add(time.Duration(h) * time.Hour)
		p.Rows = append(p.Rows, kit.DayRow{At: at, Label: at.Format("15:04")})
		c.Cells = append(c.Cells, kit.DayCell{ID: fmt.Sprint(h), From: at, To: at.Add(time.Hour), When: at.Format("15:04 MST")})
	}
	p.Columns = []kit.DayColumn{c}
	s := newShownDay(t, p)
	var at []float32
	for _, text := range kittest.Texts(s.window) {
		if text.Text == "02:00" {
			at = append(at, text.At.Y)
		}
	}
	if len(at) != 2 || at[1]-at[0] < 20 {
		t.Errorf("two o'clock stands at %v, want twice", at)
	}
	for i, want := range []string{"00:00 CEST", "01:00 CEST", "02:00 CEST", "02:00 CET", "03:00 CET"} {
		if s.press(fyne.KeyDown); !strings.HasPrefix(s.full, want) {
			t.Errorf("step %d: %q, want %s", i, s.full, want)
		}
	}
}

func TestADayWithNobodyInIt(t *testing.T) {
	s := newShownDay(t, kit.DayPlan{})
	s.press(fyne.KeyDown, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyReturn)
	if s.selected() != "" || len(s.opened) > 0 || !s.says("Nobody has hours on this day") {
		t.Errorf("%q is selected", s.selected())
	}
	kittest.Reachable(t, s.window)
	s.SetState(widget.NewLabel("Reading"))
	if s.says("Nobody has hours on this day") || !s.says("Reading") {
		t.Error("the state is not shown in place of the day")
	}
}

func TestADayIsReturnedTo(t *testing.T) {
	s := newShownDay(t, day(12))
	if !s.Select("d9", "405") || s.Select("d9", "no such") {
		t.Error("what is there is not selected, or what is not")
	}
	place, offset := s.State(), s.Offset()
	again := showDay(t, kit.DayPlan{})
	again.Restore(place)
	again.SetDay(day(12))
	if again.selected() != s.selected() || again.Offset() != offset || offset.X == 0 {
		t.Errorf("%s is selected at %v, want %s at %v", again.selected(), again.Offset(), s.selected(), offset)
	}
}

func TestWhatADaySaysIsTranslatedAndFits(t *testing.T) {
	test.NewTempApp(t)
	kittest.Pseudo(t)
	for _, percent := range []int{90, 100, 200} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Dark, percent))
		s := showDay(t, day(12))
		s.press(fyne.KeyHome)
		kittest.Reachable(t, s.window)
		if cut := kittest.CutOff(s.window); len(cut) > 0 {
			t.Errorf("%d %%: cut off: %q", percent, cut)
		}
	}
}
