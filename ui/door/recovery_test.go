package door

import (
	"errors"
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"wardbook/app/access"
	"wardbook/app/hospital"
	"wardbook/data"
)

type entered struct {
	key, signIn, password string
	fresh                 string
	answer                error
	none                  bool // no session comes with the answer
	session               *access.Session
	left                  int
}

func recoveryView(t *testing.T) (*stage, *entered) {
	t.Helper()
	s, got := newStage(t), &entered{fresh: testKey}
	s.show(NewRecovery(RecoveryOptions{Host: s, Later: s.clock.Later, Pick: picks(0, 0), Leave: func() { got.left++ },
		Done: func(session *access.Session) { got.session = session },
		Hospital: &fakeHospital{recover: func(key, signIn, password string) (*access.Session, string, error) {
			got.key, got.signIn, got.password = key, signIn, password
			if got.none {
				return nil, got.fresh, got.answer
			}
			return &access.Session{}, got.fresh, got.answer
		}}}))
	return s, got
}

func (s *stage) fillRecovery() {
	s.typing("aaaa1 bbbb2 cccc3")
	s.sees("15 of 40 letters and digits")
	s.press(fyne.KeyTab)
	s.typing("adam.admin")
	s.press(fyne.KeyTab)
	s.typing(goodPassword)
	s.press(fyne.KeyTab, fyne.KeyTab)
	s.typing(goodPassword)
	s.press(fyne.KeyReturn)
	s.run(func() bool { return !s.view.(*Recovery).try.state.busy() })
}

func TestTheRecoveryKeyGivesANewPasswordAndANewKey(t *testing.T) {
	s, got := recoveryView(t)
	s.fillRecovery()
	if got.key != "aaaa1 bbbb2 cccc3" || got.signIn != "adam.admin" || got.password != goodPassword {
		t.Errorf("%+v", *got)
	}
	s.sees("AAAA1", "The old recovery key no longer opens anything")
	s.misses(goodPassword)
	if got.session != nil {
		t.Fatal("went on before the new key was written down")
	}
	s.chord(forth, fyne.KeyRight)
	s.typing("AAAA1")
	s.press(fyne.KeyTab)
	s.typing("BBBB2")
	s.press(fyne.KeyReturn)
	if got.session == nil {
		t.Error("does not go on")
	}
}

func TestWhereEitherKeyMayBeInForceBothPapersAreKept(t *testing.T) {
	s, got := recoveryView(t)
	got.answer = fmt.Errorf("%w: %w", hospital.ErrEitherKey, errors.New("the disk is full"))
	s.fillRecovery()
	s.sees("AAAA1", "Either key may be in force: keep both papers")
	s.misses("destroy its paper", "no longer opens anything")
	if !s.view.Unsaved() {
		t.Error("leaving would lose the key, and nothing says so")
	}
	s.chord(forth, fyne.KeyRight)
	s.sees("keep both papers")
	s.typing("AAAA1")
	s.press(fyne.KeyTab)
	s.typing("BBBB2")
	s.press(fyne.KeyReturn)
	if got.session == nil || s.view.Unsaved() {
		t.Errorf("session %v, unsaved %t", got.session, s.view.Unsaved())
	}
}

func TestADoubtWithoutASessionIsAFailure(t *testing.T) {
	s, got := recoveryView(t)
	got.answer, got.none = fmt.Errorf("%w: %w", hospital.ErrEitherKey, errors.New("the disk is full")), true
	s.fillRecovery()
	s.misses("AAAA1")
	if got.session != nil || s.view.Unsaved() {
		t.Error("went on without a session")
	}
}

func TestWhatIsWrongWithARecoveryStandsAtItsField(t *testing.T) {
	group := data.Fail(data.Invalid, "vault", data.Say("test.group", "There is a mistake in group 3."), nil).On("recovery")
	name := data.Fail(data.Invalid, "access", data.Say("test.name", "No administrator signs in under this name."), nil).On("signin")
	for _, c := range []struct {
		err   error
		says  string
		focus func(*Recovery) fyne.Focusable
	}{
		{group, "There is a mistake in group 3.", func(v *Recovery) fyne.Focusable { return v.key.Focusable() }},
		{name, "No administrator signs in under this name.", func(v *Recovery) fyne.Focusable { return v.name.Focusable() }},
		{data.Fail(data.Forbidden, "vault", data.Say("test.key", "This recovery key does not open this hospital."), nil),
			"This recovery key does not open this hospital.", func(v *Recovery) fyne.Focusable { return v.key.Focusable() }},
		{errors.New("The disk is full."), "The disk is full.", nil},
	} {
		s, got := recoveryView(t)
		got.answer = c.err
		s.fillRecovery()
		s.sees(c.says)
		v := s.view.(*Recovery)
		if c.focus != nil && s.window.Canvas().Focused() != c.focus(v) {
			t.Errorf("%s: the keyboard is elsewhere", c.says)
		}
		if v.key.Text() == "" || v.fresh.text() == "" || got.session != nil {
			t.Errorf("%s: what was typed is gone", c.says)
		}
	}
}

func TestWhereNoNewKeyCouldBeMadeTheOldOneStays(t *testing.T) {
	s, got := recoveryView(t)
	got.fresh = ""
	s.fillRecovery()
	s.sees("The one you used stays in force")
	s.press(fyne.KeyReturn)
	if got.session == nil {
		t.Error("does not go on")
	}
}

func TestEscLeadsBackToTheSignIn(t *testing.T) {
	s, got := recoveryView(t)
	s.press(fyne.KeyEscape)
	if got.left != 1 {
		t.Error("stays")
	}
}
