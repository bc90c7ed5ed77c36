package kit_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"wardbook/ui/kit"
	"wardbook/ui/theme"
)

// BenchmarkBedBoard shows 500 beds on a BedBoard and as 500 cards of Fyne's own objects, and says how they compare.
func BenchmarkBedBoard(b *testing.B) {
	test.NewTempApp(b).Settings().SetTheme(theme.New(theme.Light, theme.NormalText))
	one, other := hospital(500), hospital(500)
	for i := range 500 {
		bed := bedOf(other, i)
		bed.State, bed.Who = kit.BedOccupied, fmt.Sprintf("OTHER%d, Jane", i)
	}
	change := hospital(500)
	bedOf(change, 5).State = kit.BedCleaning
	turn := func(i int, a, b []kit.BoardWard) []kit.BoardWard {
		if i%2 == 0 {
			return a
		}
		return b
	}
	for _, c := range []struct {
		name  string
		other []kit.BoardWard
		paint bool
	}{{"all changed", other, false}, {"one changed", change, false}, {"one changed and paint", change, true}, {"nothing changed", one, false}} {
		b.Run(c.name, func(b *testing.B) {
			ours, theirs, set := boards(b, one)
			mine := ours.Content().(*kit.BedBoard)
			paint := func(w fyne.Window) {
				if c.paint {
					software.RenderCanvas(w.Canvas(), theme.New(theme.Light, theme.NormalText))
				}
			}
			compare(b, func(i int) { mine.SetWards(turn(i, c.other, one)); paint(ours) },
				func(i int) { set(turn(i, c.other, one)); paint(theirs) })
		})
	}
}

func boards(b *testing.B, wards []kit.BoardWard) (ours, theirs fyne.Window, set func([]kit.BoardWard)) {
	b.Helper()
	board := kit.NewBedBoard()
	labels := make([][3]*widget.Label, 500)
	grid := container.NewGridWithColumns(6)
	for i := range labels {
		labels[i] = [3]*widget.Label{widget.NewLabel(""), widget.NewLabel(""), widget.NewLabel("")}
		grid.Add(widget.NewCard("", "", container.NewVBox(labels[i][0], labels[i][1], labels[i][2])))
	}
	set = func(wards []kit.BoardWard) {
		for i := range labels {
			bed := bedOf(wards, i)
			for n, text := range []string{bed.Name + " " + fmt.Sprint(bed.State), bed.Who, fmt.Sprint(bed.Detail)} {
				labels[i][n].SetText(text)
			}
		}
	}
	ours, theirs = test.NewTempWindow(b, board), test.NewTempWindow(b, container.NewVScroll(grid))
	ours.Resize(fyne.NewSize(1280, 800))
	theirs.Resize(fyne.NewSize(1280, 800))
	board.SetWards(wards)
	set(wards)
	return ours, theirs, set
}
