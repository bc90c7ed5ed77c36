package shell

import (
	"runtime"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"wardbook/ui/kit"
)

// keys is what a window's keys do: those of the window itself, and those of the screen that is shown.
type keys struct {
	pane  *pane
	bench *Bench
	// extra are the window's own commands: the main window has more of them.
	extra func() []kit.Command
}

// install makes the keys work wherever the focus is.
func (k keys) install(c fyne.Canvas) {
	Keyboard(c, func(key fyne.KeyName, modifier fyne.KeyModifier) { k.press(c, key, modifier) })
}

// Keyboard hands a window's keys to press, whatever has the focus, in place of what they did before. Fyne gives keys without Ctrl or Alt to the focused
// widget, which hands on what it has no use for to the canvas; those with Ctrl or Alt are shortcuts of the canvas, one for each combination that
// there may be.
func Keyboard(c fyne.Canvas, press func(key fyne.KeyName, modifier fyne.KeyModifier)) {
	c.SetOnTypedKey(func(e *fyne.KeyEvent) { press(e.Name, 0) })
	for _, key := range shortcutKeys() {
		for _, modifier := range []fyne.KeyModifier{fyne.KeyModifierShortcutDefault, fyne.KeyModifierAlt,
			fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift} {
			c.AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: modifier}, func(fyne.Shortcut) { press(key, modifier) })
		}
	}
}

// Press does what belongs to a key among commands, and tells whether anything did.
func Press(commands []kit.Command, key fyne.KeyName, modifier fyne.KeyModifier) bool {
	for _, command := range commands {
		if key != "" && command.Key == key && command.Modifier == modifier && command.Do != nil { // Fyne has no name for Num Lock and its like
			command.Do()
			return true
		}
	}
	return false
}

// shortcutKeys are the keys that may stand in a command together with Ctrl or Alt.
func shortcutKeys() []fyne.KeyName {
	all := []fyne.KeyName{fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown, fyne.KeyReturn, fyne.KeyDelete, fyne.KeyComma,
		fyne.KeyEqual, fyne.KeyPlus, fyne.KeyMinus}
	for letter := 'A'; letter <= 'Z'; letter++ {
		switch letter {
		case 'A', 'C', 'V', 'X', 'Z', 'Y': // text is edited with them
		default:
			all = append(all, fyne.KeyName(letter))
		}
	}
	for digit := '0'; digit <= '9'; digit++ {
		all = append(all, fyne.KeyName(digit))
	}
	return append(all, fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6)
}

// press does what belongs to a key, unless something lies over the window: a dialog has the keys to itself,
// but for the one that locks: whoever is called away must not have to answer first, and finds the dialog again.
func (k keys) press(c fyne.Canvas, key fyne.KeyName, modifier fyne.KeyModifier) {
	k.bench.Touch()
	if k.bench.covered() {
		return
	}
	commands := k.commands()
	if c.Overlays().Top() != nil {
		commands = slices.DeleteFunc(commands, func(c kit.Command) bool { return c.Name.Key != "shell.lock" })
	}
	Press(commands, key, modifier)
}

// commands are all that the window knows at this moment; a screen's come first, but for those that must work everywhere.
func (k keys) commands() []kit.Command {
	var all []kit.Command
	if k.pane.screen != nil {
		all = append(all, k.pane.screen.Commands()...)
	}
	all = append(all, k.pane.commands()...)
	if k.extra != nil {
		all = append(all, k.extra()...)
	}
	return all
}

// ownWindow opens the present place in a window of its own, with the filter and selection it has here.
func (p *pane) ownWindow() {
	if p.screen != nil {
		p.bench.openOther(p.route, p.screen.Save())
	}
}

// commands are those of every window with a pane in it.
func (p *pane) commands() []kit.Command {
	back, forward := fyne.KeyModifierAlt, fyne.KeyModifierAlt
	leftKey, rightKey := fyne.KeyLeft, fyne.KeyRight
	if runtime.GOOS == "darwin" { // Alt with arrows moves by words there
		back, forward = fyne.KeyModifierShortcutDefault, fyne.KeyModifierShortcutDefault
	}
	return []kit.Command{
		{Name: kit.Say("shell.back", "Back"), Key: leftKey, Modifier: back, Do: p.Back},
		{Name: kit.Say("shell.forward", "Forward"), Key: rightKey, Modifier: forward, Do: p.forward},
		{Name: kit.Say("shell.refresh", "Read anew"), Key: fyne.KeyF5, Do: func() {
			if p.screen != nil {
				p.screen.Refresh()
			}
		}},
		{Name: kit.Say("shell.close", "Close this page"), Key: fyne.KeyEscape, Do: p.Back, Hidden: true},
		{Name: kit.Say("shell.window", "This place in a window of its own"), Key: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift,
			Do: p.ownWindow},
	}
}
