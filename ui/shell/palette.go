package shell

import (
	"context"
	"strings"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"wardbook/ui/kit"
)

// openPalette offers everything that can be done in a window, by a few letters: the page's own actions first, then places, then the rest, and patients.
func (b *Bench) openPalette(p *pane, rest []kit.Command, places []Place) {
	var items []kit.PaletteItem
	if p.screen != nil {
		items = kit.PaletteItems(p.screen.Title(), p.screen.Commands())
	}
	for _, place := range places {
		items = append(items, kit.PaletteItem{Text: place.Title.Text(), Hint: kit.Say("palette.place", "Place").Text(),
			Do: func() { p.Go(kit.Route{Place: place.Name}) }})
	}
	items = append(items, kit.PaletteItems(kit.Say("shell.everywhere", "Everywhere"), unlessPlace(once(rest), places))...)
	palette := kit.NewPalette(items)
	if b.o.Find != nil {
		async := kit.NewAsync(b.ctx, b.o.Dispatch)
		palette.Search = func(typed string, put func([]kit.PaletteItem)) { b.findPatients(p, async, typed, put) }
		palette.Open(p.window.Canvas(), func() { async.Close(0) })
		return
	}
	palette.Open(p.window.Canvas(), nil)
}

// inPalette is how many patients the palette shows: who wants more has the search.
const inPalette = 8

func (b *Bench) findPatients(p *pane, async *kit.Async, typed string, put func([]kit.PaletteItem)) {
	kit.Start(async, func(ctx context.Context, _ func(func())) ([]kit.Hit, error) {
		hits, _, err := b.o.Find(ctx, typed, inPalette)
		return hits, err
	}, func(hits []kit.Hit, err error) {
		if err != nil {
			return // the search says why; the palette goes on with what it has
		}
		items := make([]kit.PaletteItem, len(hits))
		for i, h := range hits {
			items[i] = kit.PaletteItem{Text: h.Name, Hint: strings.Join([]string{h.Born, h.MRN}, "  "), Do: func() { p.Go(b.o.Patient(h.ID)) }}
		}
		put(items)
	})
}

// once leaves out what is offered already: several keys may do the same.
func once(commands []kit.Command) []kit.Command {
	seen := map[string]bool{}
	var rest []kit.Command
	for _, c := range commands {
		if !seen[c.Name.Key] {
			rest = append(rest, c)
		}
		seen[c.Name.Key] = true
	}
	return rest
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
func (b *Bench) showKeys(p *pane, everywhere []kit.Command) {
	sections := sectionsOf(p, everywhere)
	rows := container.NewVBox()
	for _, section := range sections {
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
	if b.o.PrintKeys != nil {
		d.Buttons = []kit.DialogButton{{Label: kit.Say("shell.keys.print", "Print"), Do: func() { b.o.PrintKeys(sections) }}}
	}
	p.Ask(d)
}
