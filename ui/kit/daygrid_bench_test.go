package kit_test

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"wardbook/ui/kit"
	"wardbook/ui/theme"
)

// BenchmarkDayGrid shows 12 doctors with some 400 appointments in a DayGrid and as buttons of Fyne's, and says how they compare.
func BenchmarkDayGrid(b *testing.B) {
	test.NewTempApp(b).Settings().SetTheme(theme.New(theme.Light, theme.NormalText))
	// Slots of ten minutes: 12 columns of 48, two of three booked.
	build := func(name string) kit.DayPlan {
		p := day(0)
		for d := range 12 {
			c := kit.DayColumn{ID: fmt.Sprint("d", d), Name: fmt.Sprint("Dr ", d)}
			for m := 0; m < 480; m += 10 {
				cell := timed(fmt.Sprint(m), m, m+10, kit.DayFree)
				if m%30 != 0 {
					cell.Kind, cell.Who, cell.Word = kit.DayBooked, fmt.Sprintf("%s%d-%d, Ann", name, d, m), "Routine"
				}
				c.Cells = append(c.Cells, cell)
			}
			p.Columns = append(p.Columns, c)
		}
		return p
	}
	one, other, change := build("SMITH"), build("JONES"), build("SMITH")
	change.Columns[0].Cells[1].Who = "SOMEBODY ELSE"
	for _, c := range []struct {
		name  string
		other kit.DayPlan
		paint bool
	}{{"all changed", other, false}, {"one changed", change, false}, {"one changed and paint", change, true}} {
		b.Run(c.name, func(b *testing.B) {
			ours, theirs, set := days(b, one)
			mine := ours.Content().(*kit.DayGrid)
			plans := []kit.DayPlan{c.other, one}
			paint := func(w fyne.Window) {
				if c.paint {
					software.RenderCanvas(w.Canvas(), theme.New(theme.Light, theme.NormalText))
				}
			}
			compare(b, func(i int) { mine.SetDay(plans[i%2]); paint(ours) }, func(i int) { set(plans[i%2]); paint(theirs) })
		})
	}
}

func days(b *testing.B, plan kit.DayPlan) (ours, theirs fyne.Window, set func(kit.DayPlan)) {
	b.Helper()
	grid := kit.NewDayGrid()
	columns := container.NewGridWithColumns(len(plan.Columns))
	var buttons []*widget.Button
	for range plan.Columns {
		column := container.NewVBox()
		for range 480 / 10 * time.Minute / time.Minute {
			buttons = append(buttons, widget.NewButton("", nil))
			column.Add(buttons[len(buttons)-1])
		}
		columns.Add(column)
	}
	set = func(p kit.DayPlan) {
		i := 0
		for _, c := range p.Columns {
			for _, cell := range c.Cells {
				buttons[i].SetText(cell.Who + " " + cell.Word)
				i++
			}
		}
	}
	ours, theirs = test.NewTempWindow(b, grid), test.NewTempWindow(b, container.NewScroll(columns))
	ours.Resize(fyne.NewSize(1280, 800))
	theirs.Resize(fyne.NewSize(1280, 800))
	grid.SetDay(plan)
	set(plan)
	return ours, theirs, set
}
