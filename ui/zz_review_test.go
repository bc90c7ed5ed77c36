package ui

import (
	"context"
	"strings"
	"testing"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/app/hospital"
	"wardbook/app/hospital/hospitaltest"
	"wardbook/ui/door"
	"wardbook/ui/kit"
	"github.com/google/uuid"
)

// demo from wizard, then menu Check the book, then back: invents in the REAL folder
func TestZZDemoThenExamineInventsInRealFolder(t *testing.T) {
	real := hospitaltest.New(t)
	c := newCounter(t, real)
	c.until("wizard")
	elsewhere := withStaff(t)
	invented := false
	c.p.info.InventElsewhere = func(context.Context, door.Progress) (*hospital.Hospital, []door.Account, error) { return elsewhere.H, nil, nil }
	c.p.info.Invent = func(context.Context, door.Progress) ([]door.Account, error) {
		invented = true
		real.SetUp() // stands for demo.Fill on the real folder
		return nil, nil
	}
	c.p.inventElsewhere()
	c.until("sign-in")
	c.p.examine()
	v := c.p.view.(*examineView)
	if v.back == nil { t.Fatal("no back") }
	v.back()
	c.until("inventing")
	c.until("sign-in")
	t.Logf("invented in the real folder: %v; real book made: %v; program hospital is real: %v", invented, real.Book.Made(), c.p.hospital == real.H)
	if invented { t.Error("REPRODUCED") }
}

func TestZZCancelledNewPasswordLocksOutForGood(t *testing.T) {
	w := withStaff(t)
	c := newCounter(t, w)
	c.signIn("flora", accesstest.Password)
	c.until("work")
	flora := c.p.bench.Session()
	c.p.lock(kit.Sentence{})
	c.until("lock")
	// an administrator (elsewhere in the process) resets
	s, err := w.H.SignIn(t.Context(), "ada", accesstest.Password, nil)
	if err != nil { t.Fatal(err) }
	row, err := access.ReadUser(t.Context(), s, flora.Who())
	if err != nil { t.Fatal(err) }
	const once = "gravel-orbit-pumpkin-stencil"
	if err := access.Reset(t.Context(), s, uuid.New(), row.ID, row.Version, once); err != nil { t.Fatal(err) }
	c.p.signIn(kit.Sentence{})
	c.signIn("flora", once)
	c.until("new-password")
	c.press("Escape")
	for _, cmd := range c.p.view.Commands() { if strings.Contains(strings.ToLower(cmd.Name.Text()), "back") || cmd.Key == "Escape" { cmd.Do(); break } }
	c.until("sign-in")
	for i := range 4 {
		c.p.signIn(kit.Sentence{})
		_, err := returning{c.p}.SignIn(t.Context(), "flora", once, nil)
		t.Logf("try %d with the RIGHT password: %v", i+1, err)
	}
	t.Logf("ended=%v waiting=%v benches=%v", flora.Over(), len(c.p.waiting), len(c.p.benches))
}

func TestZZUnlockInPlaceAfterReset(t *testing.T) {
	w := withStaff(t)
	c := newCounter(t, w)
	c.signIn("flora", accesstest.Password)
	c.until("work")
	flora := c.p.bench.Session()
	c.p.lock(kit.Sentence{})
	c.until("lock")
	s, err := w.H.SignIn(t.Context(), "ada", accesstest.Password, nil)
	if err != nil { t.Fatal(err) }
	row, _ := access.ReadUser(t.Context(), s, flora.Who())
	const once = "gravel-orbit-pumpkin-stencil"
	if err := access.Reset(t.Context(), s, uuid.New(), row.ID, row.Version, once); err != nil { t.Fatal(err) }
	c.write(once)
	c.press("Return")
	c.queue.Until(func() bool { l := c.seen[len(c.seen)-1]; return l != "lock" })
	t.Logf("after unlocking with a one-time password the window shows %q, MustChange=%v\n%s", c.seen[len(c.seen)-1], flora.MustChange(), texts(c.p.window))
}

// Deactivated while locked, then reactivated
func TestZZReactivatedStaysOut(t *testing.T) {
	w := withStaff(t)
	c := newCounter(t, w)
	c.signIn("flora", accesstest.Password)
	c.until("work")
	flora := c.p.bench.Session()
	c.p.lock(kit.Sentence{})
	c.until("lock")
	s, _ := w.H.SignIn(t.Context(), "ada", accesstest.Password, nil)
	// e.g. right password is verified while being deactivated (or a background transaction meets the deactivation)
	row, _ := access.ReadUser(t.Context(), s, flora.Who())
	if err := access.Deactivate(t.Context(), s, uuid.New(), row.ID, row.Version, "gone"); err != nil { t.Fatal(err) }
	_ = flora
	row, _ = access.ReadUser(t.Context(), s, flora.Who())
	const once = "gravel-orbit-pumpkin-stencil"
	if err := access.Reactivate(t.Context(), s, uuid.New(), row.ID, row.Version, once); err != nil { t.Fatal(err) }
	c.p.signIn(kit.Sentence{})
	_, err := returning{c.p}.SignIn(t.Context(), "flora", once, nil)
	t.Logf("after reactivation: %v", err)
}

// sign-in stopped too late on somebody's locked desk
func TestZZStopEndsTheLockedSession(t *testing.T) {
	w := withStaff(t)
	c := newCounter(t, w)
	c.signIn("flora", accesstest.Password)
	c.until("work")
	c.p.lock(kit.Sentence{})
	c.until("lock")
	c.p.signIn(kit.Sentence{})
	s, err := returning{c.p}.SignIn(t.Context(), "flora", accesstest.Password, nil)
	if err != nil { t.Fatal(err) }
	s.SignOut(context.Background()) // what door.signIn's undo does
	_, err = returning{c.p}.SignIn(t.Context(), "flora", accesstest.Password, nil)
	t.Logf("after a stop: %v", err)
}
