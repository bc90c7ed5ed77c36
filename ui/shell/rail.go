package shell

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"wardbook/ui/kit"
)

// railItem is one place on the rail: picture, name, and the digit that leads there with Ctrl.
type railItem struct{ *kit.Button }

func newRailItem(place Place, index int, do func()) *railItem {
	text := place.Title.Text()
	if index < 9 {
		text += "  " + strconv.Itoa(index+1)
	}
	i := &railItem{kit.NewButton(text, nil, do)}
	i.Icon = place.Icon
	i.Alignment = widget.ButtonAlignLeading
	i.Importance = widget.LowImportance
	return i
}

// mark shows that this is where the person is.
func (i *railItem) mark(here bool) {
	importance := widget.LowImportance
	if here {
		importance = widget.HighImportance
	}
	if i.Importance != importance {
		i.Importance = importance
		i.Refresh()
	}
}

// openPalette and showKeys are those of the main window.
func (f *frame) openPalette() {
	f.bench.openPalette(f.bench.main, append(f.bench.main.commands(), f.commands()...), f.places)
}

func (f *frame) showKeys() {
	f.bench.showKeys(f.bench.main, append(f.bench.main.commands(), f.commands()...))
}

// commands are those of the main window alone.
func (f *frame) commands() []kit.Command {
	ctrl := fyne.KeyModifierShortcutDefault
	b := f.bench
	all := []kit.Command{
		{Name: kit.Say("shell.palette", "Find a place or an action"), Key: fyne.KeyK, Modifier: ctrl, Do: f.openPalette, Hidden: true},
	}
	if f.search != nil {
		all = append(all, kit.Command{Name: kit.Say("shell.find", "Find a patient"), Key: fyne.KeyF, Modifier: ctrl, Do: func() { b.main.Focus(f.search.Entry) }})
	}
	for i, place := range f.places {
		if i < 9 {
			all = append(all, kit.Command{Name: place.Title, Key: fyne.KeyName(strconv.Itoa(i + 1)), Modifier: ctrl,
				Do: func() { b.main.Go(kit.Route{Place: place.Name}) }})
		}
	}
	all = append(all,
		kit.Command{Name: kit.Say("shell.notices", "Notices"), Key: fyne.KeyJ, Modifier: ctrl, Do: f.openNotices},
		kit.Command{Name: kit.Say("shell.next", "Next part of the window"), Key: fyne.KeyF6, Do: f.nextPart, Hidden: true},
		kit.Command{Name: kit.Say("shell.keys", "The keys of this page"), Key: fyne.KeyF1, Do: f.showKeys},
		kit.Command{Name: kit.Say("shell.lock", "Lock this desk"), Key: fyne.KeyL, Modifier: ctrl, Do: b.o.Lock},
		kit.Command{Name: kit.Say("shell.password", "Change my password"), Do: b.o.NewPassword},
		kit.Command{Name: kit.Say("shell.signout", "Sign out"), Do: b.o.SignOut},
	)
	return append(append(all, b.o.Looks()...), b.o.Commands()...)
}

// nextPart moves the keyboard between the page, the rail and the search.
func (f *frame) nextPart() {
	c := f.bench.o.Window.Canvas()
	focused := c.Focused()
	onRail := false
	for _, item := range f.items {
		onRail = onRail || focused == fyne.Focusable(item.Button)
	}
	switch {
	case onRail && f.search != nil:
		f.bench.main.Focus(f.search.Entry)
	case onRail || f.search != nil && focused == fyne.Focusable(f.search.Entry):
		f.bench.main.Focus(f.bench.main.screen.Start())
	case len(f.items) > 0:
		f.bench.main.Focus(f.items[f.here()].Button)
	}
}

func (f *frame) here() int {
	for i, p := range f.places {
		if p.Name == f.bench.main.route.Place {
			return i
		}
	}
	return 0
}

// mainMenu holds the same for those who use a mouse; on macOS it is where people look first.
func (f *frame) mainMenu() *fyne.MainMenu {
	item := func(s kit.Sentence, do func()) *fyne.MenuItem { return fyne.NewMenuItem(s.Text(), do) }
	b := f.bench
	quit := item(kit.Say("menu.quit", "Quit"), b.o.Quit)
	quit.IsQuit = true
	own := fyne.NewMenu(kit.Say("app.name", "Wardbook").Text(),
		item(kit.Say("shell.lock", "Lock this desk"), b.o.Lock),
		item(kit.Say("shell.password", "Change my password"), b.o.NewPassword),
		item(kit.Say("shell.signout", "Sign out"), b.o.SignOut),
		fyne.NewMenuItemSeparator(), quit)
	leads := fyne.NewMenu(kit.Say("menu.go", "Go").Text(),
		item(kit.Say("shell.back", "Back"), b.main.Back),
		item(kit.Say("shell.forward", "Forward"), b.main.forward),
		item(kit.Say("shell.palette", "Find a place or an action"), f.openPalette),
		item(kit.Say("shell.window", "This place in a window of its own"), b.main.ownWindow),
		item(kit.Say("shell.keys", "The keys of this page"), f.showKeys))
	return fyne.NewMainMenu(own, leads, b.o.View)
}
