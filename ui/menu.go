package ui

import (
	"fyne.io/fyne/v2"

	"wardbook/ui/kit"
	"wardbook/ui/theme"
)

// theTextStep is by how much a key changes the size of text, in per cent.
const theTextStep = theme.TextStep

// viewMenu is how the windows look.
func (p *program) viewMenu() *fyne.Menu {
	item := func(s kit.Sentence, do func()) *fyne.MenuItem { return fyne.NewMenuItem(s.Text(), do) }
	return fyne.NewMenu(kit.Say("menu.view", "View").Text(),
		item(kit.Say("menu.light", "Light"), func() { p.look.choose(theme.Light) }),
		item(kit.Say("menu.dark", "Dark, for the night"), func() { p.look.choose(theme.Dark) }),
		item(kit.Say("menu.contrast", "High contrast"), func() { p.look.choose(theme.HighContrast) }),
		fyne.NewMenuItemSeparator(),
		item(kit.Say("menu.larger", "Larger text"), func() { p.look.resize(theTextStep) }),
		item(kit.Say("menu.smaller", "Smaller text"), func() { p.look.resize(-theTextStep) }),
		item(kit.Say("menu.normal", "Normal text"), func() { p.look.resize(0) }))
}

// menu is the window's while nobody works in it.
func (p *program) menu() *fyne.MainMenu {
	item := func(s kit.Sentence, do func()) *fyne.MenuItem { return fyne.NewMenuItem(s.Text(), do) }
	quit := item(kit.Say("menu.quit", "Quit"), p.quit)
	quit.IsQuit = true
	return fyne.NewMainMenu(
		fyne.NewMenu(kit.Say("app.name", "Wardbook").Text(), item(kit.Say("menu.examine", "Check the book in this folder"), p.examine), fyne.NewMenuItemSeparator(), quit),
		p.viewMenu())
}

// looks are the same as commands, for the palette.
func (p *program) looks() []kit.Command {
	return []kit.Command{
		{Name: kit.Say("menu.light", "Light"), Do: func() { p.look.choose(theme.Light) }},
		{Name: kit.Say("menu.dark", "Dark, for the night"), Do: func() { p.look.choose(theme.Dark) }},
		{Name: kit.Say("menu.contrast", "High contrast"), Do: func() { p.look.choose(theme.HighContrast) }},
	}
}
