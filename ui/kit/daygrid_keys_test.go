package kit_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"wardbook/ui/kit"
	"wardbook/ui/theme"
)

func TestADayIsReadByKeyboard(t *testing.T) {
	s := newShownDay(t, day(12))
	for i, step := range []struct {
		key  fyne.KeyName
		want string
	}{
		{fyne.KeyDown, "d0/0"}, {fyne.KeyDown, "d0/15"}, {fyne.KeyDown, "d0/30"},
		{fyne.KeyRight, "d1/20"}, {fyne.KeyRight, "d2/30"}, // what is going on at half past
		{fyne.KeyRight, "d3/30"}, {fyne.KeyLeft, "d2/30"}, {fyne.KeyLeft, "d1/20"}, {fyne.KeyLeft, "d0/30"}, {fyne.KeyLeft, "d0/30"},
		{fyne.KeyPageDown, "d0/90"}, {fyne.KeyPageUp, "d0/30"}, {fyne.KeyUp, "d0/15"}, {fyne.KeyHome, "d0/0"}, {fyne.KeyUp, "d0/0"}, {fyne.KeyPageUp, "d0/0"},
		{fyne.KeyEnd, "d0/465"}, {fyne.KeyDown, "d0/465"}, {fyne.KeyPageDown, "d0/465"},
	} {
		if s.press(step.key); s.selected() != step.want {
			t.Fatalf("step %d: %s selects %s, want %s", i, step.key, s.selected(), step.want)
		}
	}
	if s.press(fyne.KeyReturn, fyne.KeyEnter); fmt.Sprint(s.opened) != "[d0/465 d0/465]" {
		t.Errorf("Enter chose %v", s.opened)
	}
}

// TestEveryTimeIsReached: whatever overlaps, from the first cell of the first column the arrows lead everywhere.
func TestEveryTimeIsReached(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, theme.NormalText))
	rapid.Check(t, func(r *rapid.T) {
		p := kit.DayPlan{From: morning, To: morning.Add(3 * time.Hour)}
		for d := range rapid.IntRange(1, 3).Draw(r, "columns") {
			c := kit.DayColumn{ID: fmt.Sprint(d), Name: "Dr"}
			for n := range rapid.IntRange(0, 7).Draw(r, "cells") {
				from := rapid.IntRange(0, 16).Draw(r, "from") * 10
				c.Cells = append(c.Cells, timed(fmt.Sprint(n), from, from+rapid.IntRange(1, 4).Draw(r, "long")*10, kit.DayBooked))
			}
			p.Columns = append(p.Columns, c)
		}
		g := kit.NewDayGrid()
		g.Resize(fyne.NewSize(900, 600))
		g.SetDay(p)
		key := func(name fyne.KeyName) string {
			g.TypedKey(&fyne.KeyEvent{Name: name})
			column, cell, _ := g.Selected()
			return column.ID + "/" + cell.ID
		}
		reached := map[string]bool{}
		open := []string{key(fyne.KeyDown)}
		for len(open) > 0 {
			from := open[0]
			if open = open[1:]; reached[from] {
				continue
			}
			reached[from] = true
			column, cell, _ := strings.Cut(from, "/")
			for _, name := range []fyne.KeyName{fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome} {
				g.Select(column, cell)
				open = append(open, key(name))
			}
		}
		for _, c := range p.Columns {
			for _, cell := range c.Cells {
				if !reached[c.ID+"/"+cell.ID] {
					r.Fatalf("%s of %s is not reached", cell.ID, c.ID)
				}
			}
		}
	})
}

func TestTheSelectedTimeIsAlwaysSeenAndNamesAndTimesStay(t *testing.T) {
	s := newShownDay(t, day(12))
	for _, key := range []fyne.KeyName{fyne.KeyEnd, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight,
		fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyPageUp, fyne.KeyHome, fyne.KeyPageDown} {
		s.press(key)
		column, cell, _ := s.Selected()
		at, size := s.PlaceOf(column.ID, cell.ID)
		seen := at.Subtract(s.Offset())
		if seen.X < 0 || seen.Y < 0 || seen.X+size.Width > 1000 || seen.Y+size.Height > 700 {
			t.Errorf("after %s: %s of %s is out of sight at %v", key, cell.When, column.ID, seen)
		}
		if !s.says(column.Name) {
			t.Errorf("after %s: the name of %s is out of sight", key, column.Name)
		}
	}
}

func TestATimeIsChosenAndOpenedByMouse(t *testing.T) {
	s := newShownDay(t, day(3))
	s.window.Canvas().Unfocus()
	if !click(s.window, "PATIENT1-20, Ann", false) || s.selected() != "d1/20" || s.window.Canvas().Focused() != s.DayGrid {
		t.Fatalf("a click selects %q", s.selected())
	}
	if click(s.window, "PATIENT2-30, Ann", true); fmt.Sprint(s.opened) != "[d2/30]" {
		t.Errorf("a double click chose %v", s.opened)
	}
}

// TestAColumnWithoutTimesSaysWhy: one can go there and read it.
func TestAColumnWithoutTimesSaysWhy(t *testing.T) {
	p := day(3)
	p.Columns[1].Cells, p.Columns[1].Note = nil, "On leave until Fri 27 Nov"
	s := newShownDay(t, p)
	s.press(fyne.KeyHome, fyne.KeyRight)
	if !strings.Contains(s.full, p.Columns[1].Note) {
		t.Errorf("going there tells %q", s.full)
	}
	if s.press(fyne.KeyRight); s.selected() != "d2/0" {
		t.Errorf("further right is %s", s.selected())
	}
}

// TestTheTimeThatOneLooksAtStays: a day with shorter slots is drawn larger, and larger text too.
func TestTheTimeThatOneLooksAtStays(t *testing.T) {
	s := newShownDay(t, day(1))
	s.press(fyne.KeyHome, fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageDown)
	at, _ := s.PlaceOf("d0", "360")
	top := s.Offset().Y / at.Y
	if top == 0 {
		t.Fatal("the day is not scrolled: this test sees nothing")
	}
	p := day(1)
	p.Columns[0].Cells[0] = timed("0", 0, 7, kit.DayFree)
	s.SetDay(p)
	if at, _ = s.PlaceOf("d0", "360"); s.Offset().Y/at.Y < top*0.99 || s.Offset().Y/at.Y > top*1.01 {
		t.Errorf("scrolled to %.2f of the time that was looked at, before to %.2f", s.Offset().Y/at.Y, top)
	}
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Light, theme.LargestText))
	s.Refresh()
	if at, size := s.PlaceOf("d0", "360"); at.Y < s.Offset().Y || at.Y+size.Height > s.Offset().Y+700 {
		t.Error("with larger text the selected time is out of sight")
	}
}

func TestTheWheelShowsWhatComesIntoSight(t *testing.T) {
	s := newShownDay(t, day(12))
	before, drawn := s.Offset(), s.PaintedCells()
	test.Scroll(s.window.Canvas(), fyne.NewPos(400, 400), -900, -300)
	if s.Offset().X <= before.X || s.Offset().Y <= before.Y || !s.says("Dr 11") || s.says("Dr 0") || !s.says("15:00") || s.says("08:00") {
		t.Errorf("scrolled from %v to %v, and names or times are not those in sight", before, s.Offset())
	}
	if s.PaintedCells() == drawn {
		t.Error("no cell was drawn though others came into sight")
	}
}
