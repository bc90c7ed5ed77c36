package shell

import (
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"wardbook/ui/kit"
)

// openPalette offers everything that can be done here, by a few letters: the page's own actions first, then places, then the rest.
func (f *frame) openPalette() {
	b := f.bench
	var items []kit.PaletteItem
	if b.main.screen != nil {
		items = kit.PaletteItems(b.main.screen.Title(), b.main.screen.Commands())
	}
	for _, place := range f.places {
		items = append(items, kit.PaletteItem{Text: place.Title.Text(), Hint: kit.Say("palette.place", "Place").Text(),
			Do: func() { b.main.Go(kit.Route{Place: place.Name}) }})
	}
	rest := append(b.main.commands(), f.commands()...)
	items = append(items, kit.PaletteItems(kit.Say("shell.everywhere", "Everywhere"), unlessPlace(rest, f.places))...)
	kit.NewPalette(items).Open(b.o.Window.Canvas(), nil)
}

// unlessPlace leaves out the commands that only lead to a place: those are offered already.
func unlessPlace(commands []kit.Command, places []Place) []kit.Command {
	var rest []kit.Command
	for _, c := range commands {
		isPlace := false
		for _, p := range places {
			isPlace = isPlace || c.Name.Key == p.Title.Key
		}
		if !isPlace {
			rest = append(rest, c)
		}
	}
	return rest
}

// showKeys is F1: the keys of the page and of the window.
func (f *frame) showKeys() {
	rows := container.NewVBox()
	for _, section := range f.sections() {
		if len(section.Keys) == 0 {
			continue
		}
		title := widget.NewLabel(section.Title.Text())
		title.TextStyle.Bold = true
		rows.Add(title)
		lines := container.New(layout.NewFormLayout())
		for _, line := range kit.KeysOf(section.Keys) {
			key := widget.NewLabel(line.Keys)
			key.TextStyle.Monospace = true
			lines.Add(key)
			lines.Add(widget.NewLabel(line.Name.Text()))
		}
		rows.Add(lines)
	}
	d := &kit.Dialog{Title: kit.Say("shell.keys.title", "Keys"), Body: rows, Leave: kit.Say("app.close", "Close")}
	if f.bench.o.PrintKeys != nil {
		sections := f.sections()
		d.Buttons = []kit.DialogButton{{Label: kit.Say("shell.keys.print", "Print"), Do: func() { f.bench.o.PrintKeys(sections) }}}
	}
	f.bench.main.Ask(d)
}
