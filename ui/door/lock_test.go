package door

import (
	"testing"

	"fyne.io/fyne/v2"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
)

type left struct{ unlocked, another, signedOut int }

func lockView(t *testing.T, unlock func(string) error, unsaved bool) (*stage, *left) {
	t.Helper()
	s, got := newStage(t), &left{}
	s.show(NewLock(LockOptions{Host: s, Hospital: &fakeHospital{unlock: unlock}, Session: accesstest.New(t).As(access.Everybody), Later: s.clock.Later,
		Unsaved: func() bool { return unsaved }, Unlocked: func(string) { got.unlocked++ }, Another: func() { got.another++ }, SignOut: func() { got.signedOut++ }}))
	return s, got
}

func TestALockedDeskSaysWhoLockedItAndOpensToThePassword(t *testing.T) {
	var tried string
	s, got := lockView(t, func(p string) error { tried = p; return nil }, true)
	s.sees("This desk is locked", "Locked by Olga Allroles, Front desk, Data entry, Doctor, Administrator")
	s.typing("my password")
	s.press(fyne.KeyReturn)
	s.run(func() bool { return got.unlocked > 0 })
	if tried != "my password" || s.view.(*Lock).password.Text() != "" {
		t.Errorf("tried %q, and %q stays behind", tried, s.view.(*Lock).password.Text())
	}
}

func TestAWrongPasswordLeavesTheDeskLocked(t *testing.T) {
	s, got := lockView(t, func(string) error { return refused() }, false)
	s.typing("my pasword")
	s.press(fyne.KeyReturn)
	s.run(func() bool { return s.view.(*Lock).idle() })
	s.sees("This is not the password of Olga Allroles.")
	if got.unlocked != 0 || s.on() != "" || s.window.Canvas().Focused() != s.view.Start() {
		t.Error("unlocked, or the password stays, or the keyboard is elsewhere")
	}
}

func TestSomebodyElseTakesTheDeskAndTheWorkStays(t *testing.T) {
	s, got := lockView(t, nil, true)
	s.sees("what Olga Allroles has open and typed is kept")
	s.chord(fyne.KeyModifierShortcutDefault, fyne.KeyU)
	s.until("Somebody else signs in")
	s.press(fyne.KeyReturn)
	if got.another != 2 || got.signedOut != 0 {
		t.Errorf("%+v", *got)
	}
}

func TestSigningOutAsksWhereSomethingWouldBeLost(t *testing.T) {
	s, got := lockView(t, nil, true)
	s.chord(fyne.KeyModifierShortcutDefault, fyne.KeyO)
	s.sees("Sign out Olga Allroles?", "throws it away for good")
	s.press(fyne.KeyReturn) // on Cancel
	if got.signedOut != 0 || s.asked.Opened() {
		t.Fatal("Enter threw away what was typed")
	}
	s.until("Sign out")
	s.press(fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn)
	if got.signedOut != 1 {
		t.Errorf("signed out %d times, want 1", got.signedOut)
	}
	s, got = lockView(t, nil, false)
	s.chord(fyne.KeyModifierShortcutDefault, fyne.KeyO)
	if got.signedOut != 1 {
		t.Error("nothing would be lost, and it asks")
	}
}
