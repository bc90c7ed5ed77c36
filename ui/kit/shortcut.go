package kit

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// MenuItem makes a menu's entry that Ctrl (on macOS Command) and a key choose as well. Fyne writes a shortcut so pale that
// it can't be read, so outside macOS, where the system draws menus, the key stands in the entry's name.
func MenuItem(s Sentence, key fyne.KeyName, do func()) *fyne.MenuItem {
	shortcut := &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
	if runtime.GOOS == "darwin" {
		item := fyne.NewMenuItem(s.Text(), do)
		item.Shortcut = shortcut
		return item
	}
	item := fyne.NewMenuItem(s.Text()+"  (Ctrl+"+string(key)+")", do)
	item.Shortcut = unwritten{shortcut.ShortcutName()}
	return item
}

// unwritten is a shortcut that Fyne obeys, because the name is right, and doesn't write beside the entry.
type unwritten struct{ name string }

// ShortcutName is called by Fyne.
func (u unwritten) ShortcutName() string { return u.name }
