package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"wardbook/ui/kit"
	"wardbook/ui/theme"
)

// newApp is an application in Wardbook's own theme: its colours and sizes are not Fyne's.
func newApp(t *testing.T) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, theme.NormalText))
}

func say(text string) kit.Sentence { return kit.Sentence{Key: "kittest.x", English: text} }

// press gives a key to whatever has the keyboard, as Fyne's driver does.
func press(c fyne.Canvas, keys ...fyne.KeyName) {
	for _, key := range keys {
		switch focused := c.Focused(); {
		case key == fyne.KeyTab && !takesTab(focused):
			c.FocusNext()
		case focused != nil:
			focused.TypedKey(&fyne.KeyEvent{Name: key})
			if key == fyne.KeySpace {
				focused.TypedRune(' ')
			}
		case c.OnTypedKey() != nil:
			c.OnTypedKey()(&fyne.KeyEvent{Name: key})
		}
	}
}

func takesTab(focused fyne.Focusable) bool {
	tabbable, ok := focused.(fyne.Tabbable)
	return ok && tabbable.AcceptsTab()
}

// desk is a window with one line to type in, which has the keyboard.
func desk(t *testing.T) (fyne.Canvas, *kit.Entry) {
	t.Helper()
	newApp(t)
	entry := kit.NewEntry()
	window := test.NewTempWindow(t, entry)
	window.Resize(fyne.NewSize(800, 600))
	window.Canvas().Focus(entry)
	return window.Canvas(), entry
}

func label(c fyne.Canvas) string {
	if button, ok := c.Focused().(*kit.Button); ok {
		return button.Text
	}
	return ""
}

func TestADangerousDecisionBeginsAtCancel(t *testing.T) {
	c, entry := desk(t)
	did, closed := 0, 0
	d := kit.Confirm(say("Deactivate?"), say("Ann can't sign in any more."), say("Deactivate Ann Smith"), func() { did++ })
	d.Open(c, func() { closed++ })
	if !d.Opened() || label(c) != "Cancel" {
		t.Fatalf("open %t, the keyboard is on %q", d.Opened(), label(c))
	}
	press(c, fyne.KeyEnter)
	if did != 0 || closed != 1 || d.Opened() {
		t.Errorf("Enter at once: did %d, closed %d, open %t", did, closed, d.Opened())
	}
	if c.Focused() != entry {
		t.Error("the keyboard did not go back to where it was")
	}
	d.Open(c, func() { closed++ })
	press(c, fyne.KeyTab, fyne.KeyEnter)
	if did != 1 || closed != 2 {
		t.Errorf("Tab and Enter: did %d, closed %d", did, closed)
	}
}

func TestEscLeavesADialogFromAnywhere(t *testing.T) {
	c, _ := desk(t)
	windowKeys, cancelled := 0, 0
	c.SetOnTypedKey(func(*fyne.KeyEvent) { windowKeys++ })
	field := kit.NewTextField(kit.FieldSpec{Label: say("Reason")}, kit.TextRules{Lines: 3})
	d := &kit.Dialog{Title: say("Why?"), Body: field.Object(), OnCancel: func() { cancelled++ },
		Buttons: []kit.DialogButton{{Label: say("Keep it"), Primary: true}}}
	for steps := range 4 {
		d.Open(c, nil)
		for range steps {
			press(c, fyne.KeyTab)
		}
		if steps == 3 {
			c.Unfocus() // a click beside the fields
		}
		press(c, fyne.KeyEscape)
		if d.Opened() || cancelled != steps+1 {
			t.Errorf("after %d Tabs: open %t, cancelled %d times", steps, d.Opened(), cancelled)
		}
	}
	if windowKeys != 0 {
		t.Error("the window's keys were live under the dialog")
	}
	c.Unfocus()
	press(c, fyne.KeyEscape)
	if windowKeys != 1 {
		t.Error("the window's keys are dead after the dialog")
	}
}

func TestTabStaysInTheDialog(t *testing.T) {
	c, entry := desk(t)
	d := kit.Confirm(say("Leave?"), say("What you typed is lost."), say("Leave"), nil)
	d.Open(c, nil)
	for range 7 {
		press(c, fyne.KeyTab)
		if c.Focused() == entry || label(c) == "" {
			t.Fatal("Tab led out of the dialog")
		}
	}
}

func TestEnterInALineIsThePrimaryButtonUnlessItIsDangerous(t *testing.T) {
	c, _ := desk(t)
	for name, danger := range map[string]bool{"safe": false, "dangerous": true} {
		did := 0
		field := kit.NewTextField(kit.FieldSpec{Label: say("Name")}, kit.TextRules{})
		d := &kit.Dialog{Title: say("Name"), Form: kit.NewForm(1).Section(kit.Sentence{}, field),
			Buttons: []kit.DialogButton{{Label: say("Rename"), Primary: true, Danger: danger, Do: func() { did++ }}}}
		d.Open(c, nil)
		if c.Focused() != field.Focusable() {
			t.Errorf("%s: the keyboard is not on the first field", name)
		}
		press(c, fyne.KeyReturn, fyne.KeyReturn)
		if want := map[bool]int{false: 1, true: 0}[danger]; did != want {
			t.Errorf("%s: done %d times, want %d", name, did, want)
		}
		d.Close()
	}
}

func TestAReasonMustBeGiven(t *testing.T) {
	c, _ := desk(t)
	got := ""
	d := kit.ReasonDialog(say("Strike out?"), say("It stays visible, struck through."), say("Strike out the note"), func(why string) { got = why })
	d.Open(c, nil)
	field, ok := c.Focused().(*kit.Entry)
	if !ok {
		t.Fatalf("the keyboard is on %T", c.Focused())
	}
	for _, why := range []string{"", "  ", "no"} {
		field.SetText(why)
		press(c, fyne.KeyTab, fyne.KeyTab, fyne.KeyEnter)
		if !d.Opened() || got != "" {
			t.Fatalf("the reason %q was taken", why)
		}
		if c.Focused() != field {
			t.Fatalf("after %q the keyboard is on %T", why, c.Focused())
		}
	}
	field.SetText("wrong patient")
	press(c, fyne.KeyTab, fyne.KeyTab, fyne.KeyEnter)
	if d.Opened() || got != "wrong patient" {
		t.Errorf("open %t, got %q", d.Opened(), got)
	}
}

func TestADialogIsNeverLargerThanItsWindow(t *testing.T) {
	c, _ := desk(t)
	rows := container.NewVBox()
	for range 60 {
		rows.Add(widget.NewLabel("row"))
	}
	d := &kit.Dialog{Title: say("Long"), Body: rows, Buttons: []kit.DialogButton{
		{Label: say("Discharge Wolfeschlegelsteinhausenbergerdorff-Montmorency the Younger"), Primary: true},
		{Label: say("Discharge Wolfeschlegelsteinhausenbergerdorff-Montmorency and print"), Danger: true}}}
	d.Open(c, nil)
	defer d.Close()
	for _, object := range test.LaidOutObjects(c.Overlays().Top()) {
		button, ok := object.(*kit.Button)
		if !ok {
			continue
		}
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(button)
		if at.Y < 0 || at.Y+button.Size().Height > 600 || at.X < 0 || at.X+button.Size().Width > 800 {
			t.Errorf("button %q at %v, %v", button.Text, at, button.Size())
		}
	}
	before := test.RenderObjectToMarkup(c.Overlays().Top())
	press(c, fyne.KeyPageDown)
	if before == test.RenderObjectToMarkup(c.Overlays().Top()) {
		t.Error("PageDown did not scroll")
	}
}
