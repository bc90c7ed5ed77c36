package kit_test

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"wardbook/ui/kit"
	"wardbook/ui/theme"
)

// peerColumns is how many columns both tables have.
const peerColumns = 8

// BenchmarkTable does the same with a DataTable and with Fyne's own table in one run, and says how they compare: time of
// ours / time of theirs. Times alone depend on the machine.
func BenchmarkTable(b *testing.B) {
	test.NewTempApp(b).Settings().SetTheme(theme.New(theme.Light, theme.NormalText))
	for _, rows := range []int{1000, 100_000} {
		data := people(rows)
		b.Run(fmt.Sprintf("scroll/%d", rows), func(b *testing.B) {
			ours, theirs := peers(b, data)
			compare(b, func(i int) { scroll(ours, i) }, func(i int) { scroll(theirs, i) })
		})
		b.Run(fmt.Sprintf("scroll and paint/%d", rows), func(b *testing.B) {
			ours, theirs := peers(b, data)
			paint := func(w fyne.Window, i int) {
				scroll(w, i)
				software.RenderCanvas(w.Canvas(), theme.New(theme.Light, theme.NormalText))
			}
			compare(b, func(i int) { paint(ours, i) }, func(i int) { paint(theirs, i) })
		})
	}
	b.Run("replace 500 rows", func(b *testing.B) {
		data := people(500)
		ours, theirs := peers(b, data)
		mine := ours.Content().(*kit.DataTable[person])
		compare(b, func(int) { mine.SetRows(data, len(data)) }, func(int) { theirs.Content().Refresh() })
	})
}

// compare runs both in turn, so that whatever else the machine does disturbs both alike.
func compare(b *testing.B, ours, theirs func(int)) {
	b.Helper()
	var mine, peer time.Duration
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		ours(i)
		middle := time.Now()
		theirs(i)
		mine, peer = mine+middle.Sub(start), peer+time.Since(middle)
	}
	b.ReportMetric(float64(mine)/float64(peer), "ours/theirs")
	b.ReportMetric(float64(mine.Microseconds())/float64(b.N)/1000, "ours-ms")
	b.ReportMetric(float64(peer.Microseconds())/float64(b.N)/1000, "theirs-ms")
}

func scroll(w fyne.Window, i int) {
	by := float32(-60)
	if i/50%2 == 1 {
		by = 60
	}
	test.Scroll(w.Canvas(), fyne.NewPos(300, 300), 0, by)
}

func peers(b *testing.B, data []person) (ours, theirs fyne.Window) {
	b.Helper()
	text := func(row, column int) string { return fmt.Sprint(data[row].name, " ", column) }
	var columns []kit.TableColumn[person]
	for c := range peerColumns {
		columns = append(columns, kit.TableColumn[person]{ID: fmt.Sprint(c), Title: kit.Say("kittest.name", "Name"), Width: 110,
			Cell: func(p person) kit.Cell { return kit.Cell{Text: fmt.Sprint(p.name, " ", c)} }})
	}
	table := kit.NewDataTable(personKey, nil, columns...)
	peer := widget.NewTable(func() (int, int) { return len(data), peerColumns },
		func() fyne.CanvasObject { return widget.NewLabel("") },
		func(id widget.TableCellID, o fyne.CanvasObject) { o.(*widget.Label).SetText(text(id.Row, id.Col)) })
	for c := range peerColumns {
		peer.SetColumnWidth(c, 110)
	}
	ours, theirs = test.NewTempWindow(b, table), test.NewTempWindow(b, peer)
	ours.Resize(fyne.NewSize(1000, 700))
	theirs.Resize(fyne.NewSize(1000, 700))
	table.SetRows(data, len(data))
	return ours, theirs
}
