package ui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/app/hospital"
	"wardbook/app/hospital/hospitaltest"
	"wardbook/ui/door"
	"wardbook/ui/kit"
	"wardbook/ui/kit/kittest"
)

// counter is the program's main window over a folder in memory, as somebody at the counter has it before her.
type counter struct {
	t     *testing.T
	w     *hospitaltest.World
	p     *program
	queue *kittest.Queue
	seen  []string // what was on the screen, in order
}

func newCounter(t *testing.T, w *hospitaltest.World) *counter {
	t.Helper()
	c := &counter{t: t, w: w, queue: kittest.NewQueue(t)}
	app := test.NewTempApp(t)
	look, err := dress(app, false)
	if err != nil {
		t.Fatal(err)
	}
	info := Info{Version: "9.8.7", Folder: testFolder, Workstation: "desk 1", Hospital: w.H, Dispatch: c.queue.Do, Now: w.Clock.Now,
		Look: func(context.Context) (Finding, error) {
			if w.Book.Made() {
				return Finding{State: BookPresent}, nil
			}
			return Finding{}, nil
		},
		Explain: func(err error) kit.Sentence { return kit.Say("test.explained", "{{.Error}}", "Error", err.Error()) },
		Idle:    func() (time.Duration, bool) { return 0, false },
		Shown:   func(what string) { c.seen = append(c.seen, what) }}
	c.p = newProgram(t.Context(), app, info, look)
	c.p.every = func(time.Duration, func()) func() { return func() {} } // the test calls tick
	t.Cleanup(func() {
		c.p.stopClock()
		for _, b := range c.p.benches {
			b.Close()
		}
		c.p.async.Close(time.Minute)
		c.p.slow.Close(time.Minute)
	})
	c.p.begin()
	return c
}

// until runs what was dispatched until this is on the screen.
func (c *counter) until(what string) {
	c.t.Helper()
	c.queue.Until(func() bool { return len(c.seen) > 0 && c.seen[len(c.seen)-1] == what })
}

func (c *counter) write(text string) {
	c.t.Helper()
	f := c.p.window.Canvas().Focused()
	if f == nil {
		c.t.Fatalf("nothing has the keyboard to type into on %v", c.seen)
	}
	for _, r := range text {
		f.TypedRune(r)
	}
}

func (c *counter) press(keys ...fyne.KeyName) {
	c.t.Helper()
	canvas := c.p.window.Canvas()
	for _, key := range keys {
		switch f := canvas.Focused(); {
		case key == fyne.KeyTab:
			canvas.(interface{ FocusNext() }).FocusNext()
		case f != nil:
			f.TypedKey(&fyne.KeyEvent{Name: key})
		default:
			canvas.OnTypedKey()(&fyne.KeyEvent{Name: key})
		}
	}
}

// signIn types name and password where one signs in.
func (c *counter) signIn(name, password string) {
	c.t.Helper()
	c.until("sign-in")
	c.write(name)
	c.press(fyne.KeyTab)
	c.write(password)
	c.press(fyne.KeyReturn)
}

func (c *counter) reads(text string) bool { return strings.Contains(texts(c.p.window), text) }

func withStaff(t *testing.T) *hospitaltest.World {
	w := hospitaltest.New(t)
	w.SetUp().SignOut(t.Context())
	w.Employ("Flora Desk", "flora", access.FrontDesk)
	w.Employ("Dr Dora Doctor", "dora", access.Doctor)
	w.Start()
	return w
}

func TestAnEmptyFolderLeadsToTheWizardAndAHospitalToTheSignIn(t *testing.T) {
	newCounter(t, hospitaltest.New(t)).until("wizard")
	newCounter(t, withStaff(t)).until("sign-in")
}

func TestSomebodySignsInAndWorksAndLocksAndGoesOn(t *testing.T) {
	c := newCounter(t, withStaff(t))
	c.signIn("flora", accesstest.Password)
	c.until("work")
	if !c.reads("Flora Desk") || !c.reads("Saint Elsewhere") {
		t.Errorf("who is signed in is not to be seen in:\n%s", texts(c.p.window))
	}
	bench := c.p.bench
	c.p.lock(kit.Sentence{})
	c.until("lock")
	if c.reads("Patients") || !bench.Session().Locked() {
		t.Errorf("locked, and to be seen is:\n%s", texts(c.p.window))
	}
	c.write("wrong")
	c.press(fyne.KeyReturn)
	c.queue.Until(func() bool { return c.reads("not right") })
	c.write(accesstest.Password)
	c.press(fyne.KeyReturn)
	c.until("work")
	if c.p.bench != bench || bench.Session().Locked() {
		t.Error("it is another place of work, or still locked")
	}
}

// TestSomebodyElseTakesOverALockedDeskAndEachKeepsTheirOwn is the shift change at a shared desk.
func TestSomebodyElseTakesOverALockedDeskAndEachKeepsTheirOwn(t *testing.T) {
	c := newCounter(t, withStaff(t))
	c.signIn("flora", accesstest.Password)
	c.until("work")
	floras := c.p.bench
	c.p.lock(kit.Sentence{})
	c.until("lock")
	c.p.signIn(kit.Sentence{}) // 'Somebody else signs in'
	c.signIn("dora", accesstest.Password)
	c.until("work")
	if c.p.bench == floras || !floras.Session().Locked() {
		t.Fatal("the other one works in Flora's place")
	}
	c.p.lock(kit.Sentence{})
	c.until("lock")
	c.p.signIn(kit.Sentence{})
	c.signIn("FLORA", accesstest.Password)
	c.until("work")
	if c.p.bench != floras {
		t.Error("Flora does not come back to what she left")
	}
}

func TestADeskLocksByItselfAndTwelveHoursEndASession(t *testing.T) {
	c := newCounter(t, withStaff(t))
	c.signIn("flora", accesstest.Password)
	c.until("work")
	bench := c.p.bench
	c.w.Clock.Pass(4 * time.Minute)
	c.p.tick(0, false)
	if c.p.bench == nil {
		t.Fatal("locked after four minutes")
	}
	c.w.Clock.Pass(time.Minute)
	c.p.tick(0, false)
	c.until("lock")
	c.write(accesstest.Password)
	c.press(fyne.KeyReturn)
	c.until("work")
	for range 24 {
		c.w.Clock.Pass(30 * time.Minute)
		c.p.touched()
	}
	c.p.tick(0, true)
	c.until("lock")
	if !bench.Session().Over() {
		t.Fatal("twelve hours have not ended it")
	}
	c.write(accesstest.Password)
	c.press(fyne.KeyReturn)
	c.until("work")
	if c.p.bench != bench || bench.Session().Over() {
		t.Error("what was typed is gone after twelve hours")
	}
}

func TestSomebodyWithAOneTimePasswordHasToSetANewOne(t *testing.T) {
	w := withStaff(t)
	const oneTime, fresh = "plover-tablet-runway-inkwell", "violet-anchor-cabin-thimble"
	reset(t, w, "flora", oneTime)
	c := newCounter(t, w)
	c.signIn("flora", oneTime)
	c.until("new-password")
	c.write(fresh)
	c.press(fyne.KeyTab, fyne.KeyTab) // past 'Show'
	c.write(fresh)
	c.press(fyne.KeyReturn)
	c.until("work")
	if w.Book.Keys.Verify("flora", fresh) != nil {
		t.Error("the new password is not the one that was typed")
	}
}

func TestAnAccountThatIsDeactivatedIsOutAtOnce(t *testing.T) {
	c := newCounter(t, withStaff(t))
	c.signIn("flora", accesstest.Password)
	c.until("work")
	c.p.bench.Session().SignOut(t.Context())
	_, err := access.Staff(t.Context(), c.p.bench.Session())
	if !errors.Is(err, access.ErrEnded) {
		t.Fatal(err)
	}
	c.p.over(c.p.bench, kit.Say("test.over", "Your account has been deactivated."))
	c.until("sign-in")
	if !c.reads("Your account has been deactivated.") || len(c.p.benches) != 0 {
		t.Errorf("to be seen is:\n%s", texts(c.p.window))
	}
}

// TestLookingAtTheDemoNeverTouchesTheRealFolder: whatever is chosen afterwards, nothing is invented where a hospital is to be.
func TestLookingAtTheDemoNeverTouchesTheRealFolder(t *testing.T) {
	real, elsewhere := hospitaltest.New(t), withStaff(t)
	c := newCounter(t, real)
	c.p.info.Invent = func(context.Context, door.Progress) ([]door.Account, error) {
		t.Error("something was invented in the real folder")
		return nil, nil
	}
	c.p.info.InventElsewhere = func(context.Context, door.Progress) (*hospital.Hospital, []door.Account, error) {
		return elsewhere.H, nil, nil
	}
	c.until("wizard")
	c.p.inventElsewhere()
	c.until("sign-in")
	c.p.examine()
	c.until("examine")
	c.press(fyne.KeyEscape)
	c.queue.Until(func() bool { return c.seen[len(c.seen)-1] != "examine" })
	if real.Book.Made() {
		t.Error("a hospital was made")
	}
}

// TestASessionThatEndedBehindALockKeepsNobodyOut: its person signs in anew, and is not counted as a guesser.
func TestASessionThatEndedBehindALockKeepsNobodyOut(t *testing.T) {
	c := newCounter(t, withStaff(t))
	c.signIn("flora", accesstest.Password)
	c.until("work")
	old := c.p.bench.Session()
	c.p.lock(kit.Sentence{})
	c.until("lock")
	old.SignOut(t.Context())
	c.p.signIn(kit.Sentence{})
	c.signIn("flora", accesstest.Password)
	c.until("work")
	if c.p.bench.Session() == old || c.w.H.Wait("flora") != 0 {
		t.Errorf("the old session: %t, to wait: %v", c.p.bench.Session() == old, c.w.H.Wait("flora"))
	}
}

// TestAOneTimePasswordAtTheLockAsksForANewOne instead of leading to a place of work in which nothing works.
func TestAOneTimePasswordAtTheLockAsksForANewOne(t *testing.T) {
	w := withStaff(t)
	c := newCounter(t, w)
	c.signIn("flora", accesstest.Password)
	c.until("work")
	c.p.lock(kit.Sentence{})
	c.until("lock")
	const oneTime = "plover-tablet-runway-inkwell"
	reset(t, w, "flora", oneTime)
	c.write(oneTime)
	c.press(fyne.KeyReturn)
	c.until("new-password")
}

// TestOtherRolesGetAnotherPlaceOfWork: nothing of what was shown before stays.
func TestOtherRolesGetAnotherPlaceOfWork(t *testing.T) {
	w := withStaff(t)
	c := newCounter(t, w)
	c.signIn("flora", accesstest.Password)
	c.until("work")
	before := c.p.bench
	c.p.lock(kit.Sentence{})
	c.until("lock")
	admin, row := person(t, w, "flora")
	row.Value.Roles = access.Administrator
	if err := access.ChangeUser(t.Context(), admin, uuid.New(), row.ID, row.Version, row.Value); err != nil {
		t.Fatal(err)
	}
	c.write(accesstest.Password)
	c.press(fyne.KeyReturn)
	c.until("work")
	if c.p.bench == before || c.reads("Patients") {
		t.Errorf("to be seen is:\n%s", texts(c.p.window))
	}
}

// person finds somebody's account, as the administrator.
func person(t *testing.T, w *hospitaltest.World, signIn string) (*access.Session, access.UserRow) {
	t.Helper()
	admin, err := w.SignIn(hospitaltest.Admin.SignIn, accesstest.Password)
	if err != nil {
		t.Fatal(err)
	}
	all, err := access.Users(t.Context(), admin)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range all {
		if u.Value.SignIn == signIn {
			return admin, u
		}
	}
	t.Fatalf("nobody is %s", signIn)
	return nil, access.UserRow{}
}

// reset gives somebody a one-time password.
func reset(t *testing.T, w *hospitaltest.World, signIn, oneTime string) {
	t.Helper()
	admin, row := person(t, w, signIn)
	if err := access.Reset(t.Context(), admin, uuid.New(), row.ID, row.Version, oneTime); err != nil {
		t.Fatal(err)
	}
}
