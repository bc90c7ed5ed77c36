package kit_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"wardbook/ui/kit"
	"wardbook/ui/theme"
)

// TestNoOrderOfEventsBreaksATable: rows come and go, windows change size, keys are pressed meanwhile.
func TestNoOrderOfEventsBreaksATable(t *testing.T) {
	app := test.NewTempApp(t)
	keys := []fyne.KeyName{fyne.KeyDown, fyne.KeyUp, fyne.KeyEnd, fyne.KeyHome, fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyReturn,
		fyne.KeyLeft, fyne.KeyRight, fyne.KeySpace}
	rapid.Check(t, func(rt *rapid.T) {
		app.Settings().SetTheme(theme.New(theme.Light, rapid.SampledFrom([]int{90, 100, 200}).Draw(rt, "percent")))
		table := kit.NewDataTable(personKey, remembered{}, personColumns()...)
		rows := 0
		table.OnOpen = func(p person) {
			if got, ok := table.Selected(); !ok || got != p {
				rt.Fatalf("opened %v, selected %v", p, got)
			}
		}
		window := test.NewWindow(table)
		defer window.Close()
		rt.Repeat(map[string]func(*rapid.T){
			"rows": func(rt *rapid.T) {
				rows = rapid.IntRange(0, 200).Draw(rt, "rows")
				table.SetRows(people(rows), rows)
			},
			"window": func(rt *rapid.T) {
				window.Resize(fyne.NewSize(rapid.Float32Range(1, 900).Draw(rt, "w"), rapid.Float32Range(1, 900).Draw(rt, "h")))
			},
			"key":  func(rt *rapid.T) { table.TypedKey(&fyne.KeyEvent{Name: rapid.SampledFrom(keys).Draw(rt, "key")}) },
			"rune": func(rt *rapid.T) { table.TypedRune(rapid.Rune().Draw(rt, "rune")) },
			"scroll": func(rt *rapid.T) {
				test.Scroll(window.Canvas(), fyne.NewPos(50, 90), 0, rapid.Float32Range(-5e3, 5e3).Draw(rt, "y"))
			},
			"": func(rt *rapid.T) {
				if p, ok := table.Selected(); ok && p.id >= fmt.Sprintf("M%05d", rows) {
					rt.Fatalf("%s is selected and not there", p.id)
				}
			},
		})
	})
}
