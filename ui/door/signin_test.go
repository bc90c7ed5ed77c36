package door

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/app/hospital"
	"wardbook/app/term"
	"wardbook/data"
	"wardbook/ui/kit"
)

var _ Hospital = (*hospital.Hospital)(nil)

func refused() error { return data.Fail(data.Forbidden, "vault", access.RefusedWords, nil) }

// tooEarly is what access really answers to the n-th try in a row: the countdown reads its words.
func tooEarly(failures int) error {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	tries := access.Attempts{Salt: []byte("x")}
	for range failures {
		if err := tries.Try("ann", now); err != nil {
			return err
		}
		now = now.Add(access.Delay(failures) + time.Minute)
	}
	return tries.Try("ann", now.Add(-time.Minute-access.Delay(failures)))
}

type answer struct {
	session  *access.Session
	password string
	times    int
}

func signInView(s *stage, h *fakeHospital, change func(*SignInOptions)) *answer {
	got := &answer{}
	o := SignInOptions{Host: s, Hospital: h, Folder: "wardbook", Workstation: "desk 1", Later: s.clock.Later,
		Done: func(session *access.Session, password string) { *got = answer{session, password, got.times + 1} }}
	if change != nil {
		change(&o)
	}
	s.show(NewSignIn(o))
	return got
}

func resting_(v View) func() bool {
	return func() bool { return v.(*SignIn).present.state.phase != trying }
}

func TestAPersonSignsInByKeyboard(t *testing.T) {
	s := newStage(t)
	session := &access.Session{}
	var name, password string
	got := signInView(s, &fakeHospital{signIn: func(n, p string, _ Progress) (*access.Session, error) {
		name, password = n, p
		return session, nil
	}}, nil)
	s.sees("Wardbook", "Data folder wardbook, workstation desk 1", "Sign-in name", "Caps Lock")
	s.typing("ann.smith")
	s.press(fyne.KeyTab)
	s.typing(" long pass word ")
	s.press(fyne.KeyReturn, fyne.KeyReturn)
	s.sees("Signing in")
	s.run(func() bool { return got.times > 0 })
	if got.session != session || got.times != 1 || name != "ann.smith" || password != " long pass word " || got.password != password {
		t.Errorf("signed in %d times as %q with %q, handed on %q", got.times, name, password, got.password)
	}
}

func TestAWrongPasswordIsEmptiedAndTheNameStays(t *testing.T) {
	s := newStage(t)
	signInView(s, &fakeHospital{signIn: func(string, string, Progress) (*access.Session, error) { return nil, refused() }}, nil)
	s.typing("ann.smith")
	s.press(fyne.KeyTab)
	s.typing("not the password")
	s.press(fyne.KeyReturn)
	s.run(resting_(s.view))
	s.sees("The name or the password is not right.", "ann.smith", "Sign in")
	v := s.view.(*SignIn)
	if v.password.Text() != "" || s.window.Canvas().Focused() != v.password.Focusable() {
		t.Errorf("the password is %q, the keyboard on %T", v.password.Text(), s.window.Canvas().Focused())
	}
	s.typing("x")
	if v.password.Text() != "x" {
		t.Error("the password can't be typed again")
	}
}

func TestAnotherErrorKeepsThePassword(t *testing.T) {
	s := newStage(t)
	signInView(s, &fakeHospital{signIn: func(string, string, Progress) (*access.Session, error) { return nil, errors.New("The disk is full.") }}, nil)
	s.typing("ann")
	s.press(fyne.KeyTab)
	s.typing("the right password")
	s.press(fyne.KeyReturn)
	s.run(resting_(s.view))
	s.sees("The disk is full.")
	if got := s.view.(*SignIn).password.Text(); got != "the right password" {
		t.Errorf("the password became %q for the disk's fault", got)
	}
}

func TestNothingEnteredIsNoTry(t *testing.T) {
	s := newStage(t)
	signInView(s, &fakeHospital{}, nil)
	s.press(fyne.KeyReturn)
	s.sees("Sign-in name: this must be filled in.", "Password: this must be filled in.")
	if s.queue.Waiting() > 0 {
		t.Error("something was tried")
	}
	s.typing("ann")
	if got := s.view.(*SignIn).name.Text(); got != "ann" {
		t.Errorf("the keyboard is not on the first empty field: %q", got)
	}
}

func TestADelayCountsDownAndThePasswordStays(t *testing.T) {
	s := newStage(t)
	answers := []error{tooEarly(6), nil}
	got := signInView(s, &fakeHospital{signIn: func(string, string, Progress) (*access.Session, error) {
		err := answers[0]
		answers = answers[1:]
		return &access.Session{}, err
	}}, nil)
	s.typing("ann")
	s.press(fyne.KeyTab)
	s.typing("a password")
	s.press(fyne.KeyReturn)
	s.run(resting_(s.view))
	s.sees("Too many wrong tries. You can try again in 8 s.")
	s.pass(time.Second)
	s.sees("in 7 s.")
	s.press(fyne.KeyReturn)
	s.view.(*SignIn).present.enter("ann", "a password")
	if got.times != 0 || len(answers) != 1 || s.view.(*SignIn).present.state.phase != waiting {
		t.Fatal("a try went through while it had to wait")
	}
	for range 7 {
		s.pass(time.Second)
	}
	s.sees("You can try again now.")
	s.press(fyne.KeyReturn)
	s.run(func() bool { return got.times > 0 })
	if got.password != "a password" {
		t.Errorf("signed in with %q", got.password)
	}
}

func TestTheDelayAfterAWrongPasswordIsSaidAtOnceWhereItIsKnown(t *testing.T) {
	s := newStage(t)
	signInView(s, &fakeHospital{signIn: func(string, string, Progress) (*access.Session, error) { return nil, refused() }},
		func(o *SignInOptions) { o.Delay = func(string) time.Duration { return 1500 * time.Millisecond } })
	s.typing("ann")
	s.press(fyne.KeyTab)
	s.typing("wrong password")
	s.press(fyne.KeyReturn)
	s.run(resting_(s.view))
	s.sees("The name or the password is not right. Check both and try again. You can try again in 2 s.")
	s.pass(time.Second)
	s.pass(time.Second)
	s.misses("not right")
}

func TestTheStopAfterAHundredSaysWhatToDo(t *testing.T) {
	s := newStage(t)
	stop := tooEarly(100)
	if _, waits := secondsToWait(stop); waits || stop == nil {
		t.Fatalf("access does not stop at 100: %v", stop)
	}
	signInView(s, &fakeHospital{signIn: func(string, string, Progress) (*access.Session, error) { return nil, stop }}, nil)
	s.typing("ann")
	s.press(fyne.KeyTab)
	s.typing("a password")
	s.press(fyne.KeyReturn)
	s.run(resting_(s.view))
	s.sees("An administrator can give a new one")
}

func TestALongOpeningShowsHowFarItIsAndCanBeStopped(t *testing.T) {
	s := newStage(t)
	begun, ended := make(chan struct{}), make(chan struct{})
	got := signInView(s, &fakeHospital{
		ended: func(ctx context.Context) { context.AfterFunc(ctx, func() { close(ended) }) },
		signIn: func(_, _ string, progress Progress) (*access.Session, error) {
			progress(term.Text{Key: "test.stage", English: "Bringing the book up to date"}, 40, 100)
			close(begun)
			<-ended
			return nil, context.Canceled
		}}, nil)
	s.typing("ann")
	s.press(fyne.KeyTab)
	s.typing("a password")
	s.press(fyne.KeyReturn)
	<-begun
	s.queue.Run()
	s.misses("Bringing the book up to date")
	s.pass(time.Second)
	s.sees("Bringing the book up to date", "60 % left", "Cancel")
	s.press(fyne.KeyEscape)
	s.sees("Stopping")
	s.run(func() bool { return s.view.(*SignIn).present.state.phase == resting })
	s.sees("Stopped. Nobody was signed in.")
	if got.times != 0 {
		t.Error("signed in after it was stopped")
	}
}

func TestWhoWasSignedInAfterTheStopIsSignedOutAgain(t *testing.T) {
	s := newStage(t)
	house := accesstest.New(t)
	session := house.As(access.FrontDesk)
	ended := make(chan struct{})
	got := signInView(s, &fakeHospital{
		ended: func(ctx context.Context) { context.AfterFunc(ctx, func() { close(ended) }) },
		signIn: func(string, string, Progress) (*access.Session, error) {
			<-ended
			return session, nil
		}}, nil)
	s.typing("ann")
	s.press(fyne.KeyTab)
	s.typing("a password")
	s.press(fyne.KeyReturn, fyne.KeyEscape)
	s.run(func() bool { return s.view.(*SignIn).present.state.phase == resting })
	if got.times != 0 || !session.Over() {
		t.Errorf("answered %d times, session over %t", got.times, session.Over())
	}
}

func TestTheRecoveryKeyIsReachedByKeyboard(t *testing.T) {
	s := newStage(t)
	recovers := 0
	signInView(s, &fakeHospital{}, func(o *SignInOptions) { o.Recover = func() { recovers++ } })
	s.chord(fyne.KeyModifierShortcutDefault, fyne.KeyR)
	s.until("Use the recovery key")
	s.press(fyne.KeyReturn)
	if recovers != 2 {
		t.Errorf("led there %d times, want 2", recovers)
	}
}

func TestADemoShowsItsPeopleAndEnterSignsIn(t *testing.T) {
	s := newStage(t)
	var tried string
	got := signInView(s, &fakeHospital{signIn: func(n, p string, _ Progress) (*access.Session, error) {
		tried = n + "/" + p
		return &access.Session{}, nil
	}}, func(o *SignInOptions) {
		o.Accounts = []Account{{"Flora Desk", kit.Say("test.role", "Front desk"), "flora", "flora-flora-flora"}, {"Dr Dora", kit.Say("test.role", "Doctor"), "dora", "dora-dora-dora"}}
	})
	for range 10 {
		if _, ok := s.window.Canvas().Focused().(*kit.DataTable[Account]); ok {
			break
		}
		s.press(fyne.KeyTab)
	}
	s.press(fyne.KeyHome, fyne.KeyDown, fyne.KeyReturn)
	s.run(func() bool { return got.times > 0 })
	if tried != "dora/dora-dora-dora" {
		t.Errorf("tried %q", tried)
	}
}

func TestNoPasswordsAreShownWhereThereIsNoDemo(t *testing.T) {
	s := newStage(t)
	signInView(s, &fakeHospital{}, nil)
	if s.misses("demo"); strings.Count(s.seen(), "Password") != 1 {
		t.Errorf("seen:\n%s", s.seen())
	}
}
