package door

import (
	"testing"

	"fyne.io/fyne/v2"

	"wardbook/ui/theme"
)

// inSight tells whether the whole of what has the keyboard is inside the window and not scrolled away.
func (s *stage) inSight(scroll fyne.CanvasObject) bool {
	object, ok := s.window.Canvas().Focused().(fyne.CanvasObject)
	if !ok {
		return false
	}
	driver := fyne.CurrentApp().Driver()
	top, from := driver.AbsolutePositionForObject(object).Y, driver.AbsolutePositionForObject(scroll).Y
	return top >= from && top+object.Size().Height <= from+scroll.Size().Height
}

func TestASuggestedPassphraseIsInSightInLargeText(t *testing.T) {
	r := newRun(t)
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Light, theme.LargestText))
	r.fillHospital("Saint Elsewhere")
	r.chord(fyne.KeyModifierShortcutDefault, fyne.KeyG)
	p := r.v.pages[personPage].(*personForm)
	if r.on() != "Take this passphrase" || !r.inSight(p.form.Scrolled()) {
		t.Errorf("the keyboard is on %q, in sight %t", r.on(), r.inSight(p.form.Scrolled()))
	}
}
