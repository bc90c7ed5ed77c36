package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"wardbook/ui/kit"
)

// TestEveryLetterCountsAsBeingAtWork: a desk must not lock under the hands of somebody who types a long note.
func TestEveryLetterCountsAsBeingAtWork(t *testing.T) {
	newApp(t)
	told := 0
	kit.OnActivity(func() { told++ })
	t.Cleanup(func() { kit.OnActivity(func() {}) })
	entry := kit.NewEntry()
	for _, r := range "note" {
		entry.TypedRune(r)
	}
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	pressed := false
	button := kit.NewButton("x", nil, func() { pressed = true })
	button.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if told < 6 || !pressed {
		t.Errorf("told %d times, pressed %t", told, pressed)
	}
}
