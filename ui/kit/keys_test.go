package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestKeysAreWrittenAsOnTheKeyboard(t *testing.T) {
	test.NewTempApp(t)
	for _, c := range []struct {
		key       fyne.KeyName
		modifier  fyne.KeyModifier
		pc, apple string
	}{
		{fyne.KeyF, fyne.KeyModifierControl, "Ctrl+F", "Ctrl+F"},
		{fyne.KeyF, fyne.KeyModifierSuper, "Win+F", "Cmd+F"},
		{fyne.KeyLeft, fyne.KeyModifierAlt, "Alt+Left", "Option+Left"},
		{fyne.KeyPageDown, fyne.KeyModifierControl | fyne.KeyModifierShift, "Ctrl+Shift+Page Down", "Ctrl+Shift+Page Down"},
		{fyne.KeyF5, 0, "F5", "F5"},
		{fyne.KeyEscape, 0, "Esc", "Esc"},
		{"", fyne.KeyModifierControl, "", ""},
	} {
		if got := keysText(c.key, c.modifier, false); got != c.pc {
			t.Errorf("%q, want %q", got, c.pc)
		}
		if got := keysText(c.key, c.modifier, true); got != c.apple {
			t.Errorf("on macOS %q, want %q", got, c.apple)
		}
	}
}

func TestThePageOfKeysHasWhatHasAKey(t *testing.T) {
	test.NewTempApp(t)
	lines := KeysOf([]Command{
		{Name: Say("kittest.refresh", "Refresh"), Key: fyne.KeyF5},
		{Name: Say("kittest.export", "Export")},
		{Name: Say("kittest.close", "Close"), Key: fyne.KeyEscape, Hidden: true},
	})
	if len(lines) != 2 || lines[0].Keys != "F5" || lines[1].Keys != "Esc" {
		t.Errorf("got %v", lines)
	}
}
