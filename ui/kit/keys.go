package kit

import (
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
)

// KeyLine is one line of the page of keys: what is pressed, and what it does.
type KeyLine struct {
	Keys string // as they are written on this system's keyboards: 'Ctrl+F', on macOS 'Cmd+F'
	Name Sentence
}

// KeysOf are the lines for those commands that have a key, in their order.
func KeysOf(commands []Command) []KeyLine {
	var lines []KeyLine
	for _, c := range commands {
		if keys := c.Keys(); keys != "" {
			lines = append(lines, KeyLine{Keys: keys, Name: c.Name})
		}
	}
	return lines
}

// Keys says which keys choose the command; empty where none do.
func (c Command) Keys() string { return keysText(c.Key, c.Modifier, runtime.GOOS == "darwin") }

func keysText(key fyne.KeyName, modifier fyne.KeyModifier, mac bool) string {
	if key == "" {
		return ""
	}
	var parts []string
	for _, m := range []struct {
		modifier fyne.KeyModifier
		name     Sentence
		mac      string
	}{
		{fyne.KeyModifierControl, Say("keys.ctrl", "Ctrl"), "Ctrl"},
		{fyne.KeyModifierAlt, Say("keys.alt", "Alt"), "Option"},
		{fyne.KeyModifierShift, Say("keys.shift", "Shift"), "Shift"},
		{fyne.KeyModifierSuper, Say("keys.super", "Win"), "Cmd"},
	} {
		switch {
		case modifier&m.modifier == 0:
		case mac:
			parts = append(parts, m.mac)
		default:
			parts = append(parts, m.name.Text())
		}
	}
	return strings.Join(append(parts, keyText(key)), "+")
}

// keyText is what is printed on a key.
func keyText(key fyne.KeyName) string {
	switch key {
	case fyne.KeyEscape:
		return Say("keys.escape", "Esc").Text()
	case fyne.KeyReturn, fyne.KeyEnter:
		return Say("keys.enter", "Enter").Text()
	case fyne.KeySpace:
		return Say("keys.space", "Space").Text()
	case fyne.KeyTab:
		return Say("keys.tab", "Tab").Text()
	case fyne.KeyBackspace:
		return Say("keys.backspace", "Backspace").Text()
	case fyne.KeyDelete:
		return Say("keys.delete", "Delete").Text()
	case fyne.KeyInsert:
		return Say("keys.insert", "Insert").Text()
	case fyne.KeyUp:
		return Say("keys.up", "Up").Text()
	case fyne.KeyDown:
		return Say("keys.down", "Down").Text()
	case fyne.KeyLeft:
		return Say("keys.left", "Left").Text()
	case fyne.KeyRight:
		return Say("keys.right", "Right").Text()
	case fyne.KeyPageUp:
		return Say("keys.pageup", "Page Up").Text()
	case fyne.KeyPageDown:
		return Say("keys.pagedown", "Page Down").Text()
	case fyne.KeyHome:
		return Say("keys.home", "Home").Text()
	case fyne.KeyEnd:
		return Say("keys.end", "End").Text()
	case fyne.KeyPlus, fyne.KeyEqual:
		return Say("keys.plus", "Plus").Text()
	case fyne.KeyMinus:
		return Say("keys.minus", "Minus").Text()
	}
	return string(key)
}
