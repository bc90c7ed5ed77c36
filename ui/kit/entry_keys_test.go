package kit

import (
	"runtime"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Fyne gives Ctrl and Alt with a key to the focused entry only, and its own swallows all of them. That the others reach
// the window was looked at in a real one: the canvas of Fyne's tests takes none.
func TestAnEntryKeepsOnlyTheShortcutsThatTextIsEditedWith(t *testing.T) {
	if runtime.GOOS == "darwin" {
		t.Skip("words are moved over with Alt there")
	}
	const ctrl, alt, shift = fyne.KeyModifierControl, fyne.KeyModifierAlt, fyne.KeyModifierShift
	for _, c := range []struct {
		key  fyne.KeyName
		with fyne.KeyModifier
		kept bool
	}{
		{fyne.KeyLeft, ctrl, true}, {fyne.KeyRight, ctrl | shift, true}, {fyne.KeyBackspace, ctrl, true}, {fyne.KeyDelete, ctrl, true},
		{fyne.KeyLeft, alt, false}, {fyne.KeyRight, alt, false}, // back and forward
		{fyne.KeyF, ctrl, false}, {fyne.KeyK, ctrl, false}, {fyne.KeyL, ctrl, false}, {fyne.KeyN, ctrl, false}, {fyne.KeyS, ctrl, false},
		{fyne.Key1, ctrl, false}, {fyne.KeyEqual, ctrl | shift, false}, {fyne.KeyDelete, ctrl | shift, false},
	} {
		if got := editsWords(&desktop.CustomShortcut{KeyName: c.key, Modifier: c.with}); got != c.kept {
			t.Errorf("%v with %v is kept: %t, want %t", c.key, c.with, got, c.kept)
		}
	}
}
