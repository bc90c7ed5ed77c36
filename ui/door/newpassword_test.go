package door

import (
	"context"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"wardbook/app/access"
)

const goodPassword = "copper-lantern-violin-drift"

type changed struct {
	old, fresh  string
	times, done int
	left        int
	answer      error
}

func newPasswordView(t *testing.T, old string) (*stage, *changed) {
	t.Helper()
	s, got := newStage(t), &changed{}
	s.show(NewNewPassword(NewPasswordOptions{Host: s, Old: old, Rules: access.UsualRules, Own: []string{"Ann Smith", "ann.smith", "Saint Elsewhere"},
		Change: func(_ context.Context, old, fresh string) error {
			got.old, got.fresh, got.times = old, fresh, got.times+1
			return got.answer
		}, Done: func() { got.done++ }, Leave: func() { got.left++ }}))
	return s, got
}

func (s *stage) settle(async interface{ Busy() bool }) { s.run(func() bool { return !async.Busy() }) }

func TestAPasswordOfOnesOwnIsSetAfterAReset(t *testing.T) {
	s, got := newPasswordView(t, "one-time-password")
	s.sees("Set a password of your own", "At least 15 characters. There are no other rules")
	s.misses("Your present password")
	s.typing("short")
	s.sees("10 more characters are needed")
	s.press(fyne.KeyTab)
	s.sees("this one has 5")
	s.view.(*NewPassword).fresh.first.Clear()
	s.Focus(s.view.Start())
	s.typing(goodPassword)
	s.sees("Strong")
	s.press(fyne.KeyTab, fyne.KeyTab)
	s.typing(goodPassword + "x")
	s.press(fyne.KeyReturn)
	s.sees("The two passwords are not the same.")
	s.press(fyne.KeyBackspace, fyne.KeyReturn)
	s.run(func() bool { return got.done > 0 })
	if got.old != "one-time-password" || got.fresh != goodPassword || got.times != 1 {
		t.Errorf("%+v", *got)
	}
	if s.view.(*NewPassword).fresh.text() != "" {
		t.Error("the password stays on the screen")
	}
}

func TestAPassphraseIsSuggestedShownAndTakenByKeyboard(t *testing.T) {
	s, got := newPasswordView(t, "one-time-password")
	s.chord(fyne.KeyModifierShortcutDefault, fyne.KeyG)
	first := s.view.(*NewPassword).fresh.offered
	s.chord(fyne.KeyModifierShortcutDefault, fyne.KeyG)
	offered := s.view.(*NewPassword).fresh.offered
	if first == offered || utf8.RuneCountInString(offered) < 15 {
		t.Errorf("offered %q, then %q", first, offered)
	}
	s.sees(offered, "Write this down")
	s.misses(first)
	s.press(fyne.KeyReturn, fyne.KeyReturn) // take it, set it
	s.run(func() bool { return got.done > 0 })
	if got.fresh != offered {
		t.Errorf("offered %q, set %q", offered, got.fresh)
	}
	s.misses(offered)
}

func TestTheOldPasswordIsAskedForWhereNobodyJustTypedIt(t *testing.T) {
	s, got := newPasswordView(t, "")
	got.answer = refused()
	s.sees("Change your password", "Your present password")
	s.typing("wrong one")
	s.press(fyne.KeyTab, fyne.KeyTab)
	s.typing(goodPassword)
	s.press(fyne.KeyTab, fyne.KeyTab)
	s.typing(goodPassword)
	s.press(fyne.KeyReturn)
	v := s.view.(*NewPassword)
	s.settle(v.async)
	s.sees("This is not your present password.")
	if got.done != 0 || v.old.Text() != "" || s.window.Canvas().Focused() != v.old.Focusable() || v.fresh.text() != goodPassword {
		t.Error("the wrong old password is not emptied alone, or the keyboard is elsewhere")
	}
	got.answer = errors.New("The disk is full.")
	s.typing("the old one")
	s.press(fyne.KeyReturn)
	s.settle(v.async)
	s.sees("The disk is full.")
	got.answer = nil
	s.press(fyne.KeyReturn)
	s.run(func() bool { return got.done > 0 })
	if got.old != "the old one" || got.fresh != goodPassword {
		t.Errorf("%+v", *got)
	}
}

func TestAForbiddenNewPasswordIsNotSent(t *testing.T) {
	for _, bad := range []string{"aaaaaaaaaaaaaaaaaaaa", "saintelsewhere ann", "password1234567"} {
		s, got := newPasswordView(t, "one-time-password")
		s.typing(bad)
		s.press(fyne.KeyTab, fyne.KeyTab)
		s.typing(bad)
		s.press(fyne.KeyReturn)
		if got.times != 0 || s.queue.Waiting() > 0 || !strings.Contains(s.seen(), "Choose") {
			t.Errorf("%q was sent, or nothing said:\n%s", bad, s.seen())
		}
	}
}

func TestEscLeavesTheNewPassword(t *testing.T) {
	s, got := newPasswordView(t, "one-time-password")
	s.typing("something")
	s.press(fyne.KeyEscape)
	if got.left != 1 || got.times != 0 {
		t.Errorf("%+v", *got)
	}
}

// BenchmarkMeasure is what each key costs on the window's goroutine.
func BenchmarkMeasure(b *testing.B) {
	long := strings.Repeat("copper lantern ", 10)
	for b.Loop() {
		access.UsualRules.Measure(long, "Ann Smith")
	}
}

func TestViewsThatHoldNothingOfThePersonAreLeftWithoutAsking(t *testing.T) {
	s, _ := lockView(t, nil, true)
	s.typing("my password")
	if s.view.Unsaved() {
		t.Error("a password is nothing to lose")
	}
}
