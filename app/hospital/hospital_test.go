package hospital_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/app/hospital"
	"wardbook/app/house"
	"wardbook/app/notice"
	"wardbook/data"
	"wardbook/data/badgerdb"
	"wardbook/data/disk"
	"wardbook/data/storetest"
)

const recoveryKey = "AAAAA-BBBBB"

// book is a folder in memory: its disk and its keys outlive a start of the program.
type book struct {
	t      *testing.T
	o      badgerdb.Options
	keys   *accesstest.Keys
	broken error
}

func (b *book) Create(ctx context.Context, name, password string, _ hospital.Progress) (hospital.Opened, string, error) {
	if b.broken != nil {
		return hospital.Opened{}, "", b.broken
	}
	if err := b.keys.Add(name, password); err != nil {
		return hospital.Opened{}, "", err
	}
	s, err := badgerdb.Create(ctx, b.o)
	return b.open(s, err), recoveryKey, err
}

func (b *book) open(s data.Store, err error) hospital.Opened {
	if err != nil {
		b.t.Fatal(err)
	}
	return hospital.Opened{Store: s, Keys: b.keys, Close: func() error { return nil }}
}

func (b *book) Unlock(ctx context.Context, name, password string, _ hospital.Progress) (hospital.Opened, error) {
	if b.broken != nil {
		return hospital.Opened{}, b.broken
	}
	if err := b.keys.Verify(name, password); err != nil {
		return hospital.Opened{}, err
	}
	s, err := badgerdb.Open(ctx, b.o)
	return b.open(s, err), err
}

func (b *book) UnlockRecovery(ctx context.Context, key string, _ hospital.Progress) (hospital.Opened, error) {
	if key != recoveryKey {
		return hospital.Opened{}, data.Fail(data.Forbidden, "vault", data.Say("test.recovery", "No."), nil)
	}
	s, err := badgerdb.Open(ctx, b.o)
	return b.open(s, err), err
}

// tries is the file of failed sign-ins.
type tries struct{ kept access.Attempts }

func (f *tries) Load() (access.Attempts, error) {
	a := access.Attempts{Salt: []byte("salt"), Names: map[string]*access.Tries{}}
	for k, v := range f.kept.Names {
		c := *v
		a.Names[k] = &c
	}
	return a, nil
}

func (f *tries) Save(a access.Attempts) error { f.kept = a; return nil }

type world struct {
	t     *testing.T
	book  *book
	tries *tries
	clock *accesstest.Clock
	h     *hospital.Hospital
}

func newWorld(t *testing.T) *world {
	w := &world{t: t, tries: &tries{}, clock: accesstest.NewClock(time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC))}
	schema, err := hospital.Schema()
	if err != nil {
		t.Fatal(err)
	}
	w.book = &book{t: t, keys: accesstest.NewKeys(), o: badgerdb.Options{Dir: "/h", Memory: true, FS: disk.NewMem(), Keys: storetest.NewKeys(), Dataset: [16]byte{1},
		Schema: schema, Ballast: -1, Chunk: 64 << 10, Now: w.clock.Now}}
	w.start()
	return w
}

// start begins the program; what was open is closed first.
func (w *world) start() {
	w.t.Helper()
	if w.h != nil {
		if err := w.h.Close(); err != nil {
			w.t.Fatal(err)
		}
	}
	w.h = hospital.New(hospital.Options{Book: w.book, Tries: w.tries, Schema: w.book.o.Schema, Now: w.clock.Now, Workstation: "desk 1", Log: slog.New(slog.DiscardHandler)})
	w.t.Cleanup(func() { _ = w.h.Close() })
}

var facts = house.House{Name: "Saint Elsewhere", Zone: "Europe/Athens", Region: "GR"}

func (w *world) setUp() *access.Session {
	w.t.Helper()
	s, recovery, err := w.h.SetUp(w.t.Context(), facts, access.User{Name: "Ada Admin", SignIn: "ada"}, accesstest.Password, nil)
	if err != nil || recovery != recoveryKey {
		w.t.Fatalf("%q, %v", recovery, err)
	}
	return s
}

func (w *world) signIn(name, password string) (*access.Session, error) {
	return w.h.SignIn(w.t.Context(), name, password, nil)
}

func TestAHospitalIsSetUpAndOpenedAgain(t *testing.T) {
	w := newWorld(t)
	if _, ok := w.h.Status(); ok || w.h.Machine() != nil {
		t.Error("open before anybody signed in")
	}
	s := w.setUp()
	if !s.Roles().Has(access.Administrator) || s.MustChange() {
		t.Errorf("the first person: %v", s.Roles())
	}
	w.start()
	if w.h.Open() {
		t.Fatal("open after a start")
	}
	s, err := w.signIn(" Ada", accesstest.Password)
	if err != nil {
		t.Fatal(err)
	}
	row, err := house.Read(t.Context(), s)
	if err != nil || row.Value.Name != facts.Name || row.Value.Location().String() != "Europe/Athens" {
		t.Errorf("%+v, %v", row, err)
	}
}

func TestWhatIsWrongAtSettingUpIsSaidOnItsFieldAndMakesNothing(t *testing.T) {
	for field, c := range map[string]struct {
		change   func(*house.House, *access.User)
		password string
	}{
		"name":         {func(h *house.House, _ *access.User) { h.Name = " " }, accesstest.Password},
		"zone":         {func(h *house.House, _ *access.User) { h.Zone = "Europe/Atlantis" }, accesstest.Password},
		"region":       {func(h *house.House, _ *access.User) { h.Region = "XX" }, accesstest.Password},
		"logo":         {func(h *house.House, _ *access.User) { h.Logo = []byte("no picture") }, accesstest.Password},
		"admin.name":   {func(_ *house.House, u *access.User) { u.Name = "" }, accesstest.Password},
		"admin.signin": {func(_ *house.House, u *access.User) { u.SignIn = "" }, accesstest.Password},
		"password":     {func(*house.House, *access.User) {}, "Saint Elsewhere 1"},
	} {
		w := newWorld(t)
		h, u := facts, access.User{Name: "Ada Admin", SignIn: "ada"}
		c.change(&h, &u)
		_, _, err := w.h.SetUp(t.Context(), h, u, c.password, nil)
		var e *data.Error
		if !errors.As(err, &e) || e.Kind != data.Invalid || len(e.Fields) != 1 || e.Fields[0] != field {
			t.Errorf("%s: %v", field, err)
		}
		if w.book.keys.Has("ada") || w.h.Open() {
			t.Errorf("%s: something was made", field)
		}
	}
}

// TestAWrongNameAndAWrongPasswordLookTheSame: and so does somebody who was deactivated.
func TestAWrongNameAndAWrongPasswordLookTheSame(t *testing.T) {
	w := newWorld(t)
	w.setUp()
	for _, fresh := range []bool{true, false} { // before and after the book was opened
		var said []string
		for _, name := range []string{"ada", "nobody", ""} {
			if fresh {
				w.start()
			}
			_, err := w.signIn(name, "wrong")
			if !data.Is(err, data.Forbidden) {
				t.Fatalf("%q: %v", name, err)
			}
			var e *data.Error
			errors.As(err, &e)
			said = append(said, e.Message.String())
		}
		if said[0] != said[1] || said[1] != said[2] {
			t.Errorf("they can be told apart: %q", said)
		}
		if _, err := w.signIn("ada", accesstest.Password); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFailedSignInsAreDelayedAcrossStartsAndTold(t *testing.T) {
	w := newWorld(t)
	w.setUp()
	w.start()
	for n := range 12 {
		w.clock.Pass(time.Minute)
		if _, err := w.signIn("ada", "wrong"); !data.Is(err, data.Forbidden) {
			t.Fatalf("try %d: %v", n+1, err)
		}
		w.start() // ending the program undoes nothing
	}
	_, err := w.signIn("ada", accesstest.Password)
	if !data.Is(err, data.Unavailable) || !strings.Contains(err.Error(), "60 seconds") {
		t.Fatalf("the right password at once: %v", err)
	}
	w.clock.Pass(time.Minute)
	s, err := w.signIn("ada", accesstest.Password)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := notice.Waiting(t.Context(), s)
	if err != nil || len(rows) != 1 || rows[0].Value.Kind != notice.KindFailures || rows[0].Value.Args["name"] != "" && rows[0].Value.Args["name"] != "Ada Admin" {
		t.Errorf("the administrators see %+v, %v", rows, err)
	}
	if _, err := w.signIn("ada", "wrong"); !data.Is(err, data.Forbidden) {
		t.Errorf("a success did not begin the count anew: %v", err)
	}
}

func TestSomebodyElsesFailuresAreToldByName(t *testing.T) {
	w := newWorld(t)
	s := w.setUp()
	if _, err := access.AddUser(t.Context(), s, newID(t), access.User{Name: "Bea Bell", SignIn: "bea", Roles: access.FrontDesk}, "plover-tablet-runway-inkwell"); err != nil {
		t.Fatal(err)
	}
	for range 10 {
		w.clock.Pass(time.Minute)
		if _, err := w.signIn("bea", "wrong"); !data.Is(err, data.Forbidden) {
			t.Fatal(err)
		}
	}
	rows, err := notice.Waiting(t.Context(), s)
	if err != nil || len(rows) != 1 || rows[0].Value.Args["name"] != "Bea Bell" || rows[0].Value.Args["count"] != "10" {
		t.Errorf("%+v, %v", rows, err)
	}
}

func TestADiskThatFailsIsNotThePersonsFailure(t *testing.T) {
	w := newWorld(t)
	w.setUp()
	w.start()
	w.book.broken = data.Fail(data.Unavailable, "disk", data.Say("test.disk", "The disk failed."), nil)
	for range 6 {
		if _, err := w.signIn("ada", accesstest.Password); err == nil || !strings.Contains(err.Error(), "The disk failed") {
			t.Fatal(err)
		}
	}
	w.book.broken = nil
	if _, err := w.signIn("ada", accesstest.Password); err != nil {
		t.Errorf("counted as wrong passwords: %v", err)
	}
}

func TestTheRecoveryKeyGivesAnAdministratorANewPassword(t *testing.T) {
	w := newWorld(t)
	w.setUp()
	w.start()
	const fresh = "plover-tablet-runway-inkwell"
	for name, c := range map[string]struct{ key, signIn, password, field string }{
		"a wrong key":     {"x", "ada", fresh, ""},
		"nobody":          {recoveryKey, "eve", fresh, "signin"},
		"a weak password": {recoveryKey, "ada", "short", "password"},
	} {
		_, _, err := w.h.Recover(t.Context(), c.key, c.signIn, c.password, nil)
		var e *data.Error
		if !errors.As(err, &e) || c.field != "" && (len(e.Fields) != 1 || e.Fields[0] != c.field) || w.h.Open() {
			t.Errorf("%s: %v, open %t", name, err, w.h.Open())
		}
	}
	s, key, err := w.h.Recover(t.Context(), recoveryKey, "Ada", fresh, nil)
	if err != nil || key == "" || s.MustChange() {
		t.Fatalf("%q, %v", key, err)
	}
	rows, err := notice.Waiting(t.Context(), s)
	if err != nil || len(rows) != 1 || rows[0].Value.Kind != notice.KindRecovery {
		t.Errorf("the administrators see %+v, %v", rows, err)
	}
	w.start()
	if _, err := w.signIn("ada", accesstest.Password); !data.Is(err, data.Forbidden) {
		t.Errorf("the old password: %v", err)
	}
	if _, err := w.signIn("ada", fresh); err != nil {
		t.Errorf("the new one: %v", err)
	}
}

func TestALockedDeskCountsFailuresToo(t *testing.T) {
	w := newWorld(t)
	s := w.setUp()
	s.Lock(t.Context())
	for range 3 {
		if err := w.h.Unlock(t.Context(), s, "wrong"); !data.Is(err, data.Forbidden) {
			t.Fatal(err)
		}
	}
	if err := w.h.Unlock(t.Context(), s, accesstest.Password); !data.Is(err, data.Unavailable) {
		t.Errorf("no delay: %v", err)
	}
	w.clock.Pass(time.Second)
	if err := w.h.Unlock(t.Context(), s, accesstest.Password); err != nil || s.Locked() {
		t.Errorf("%v", err)
	}
}

// TestThePolicyKnowsEveryTable: a table that the policy does not name could not be reached by anybody, and one that it only names would be a mistake.
func TestThePolicyKnowsEveryTable(t *testing.T) {
	schema, err := hospital.Schema()
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, r := range access.Policy() {
		for _, table := range append(r.Reads, r.Writes...) {
			named[string(table)] = true
		}
	}
	for _, table := range schema.Tables() {
		if !named[table.Name] {
			t.Errorf("no action reaches the table %s", table.Name)
		}
		delete(named, table.Name)
	}
	if len(named) > 0 {
		t.Errorf("the policy names tables that there are not: %v", named)
	}
}

func newID(t *testing.T) uuid.UUID {
	t.Helper()
	id, err := uuid.NewV7()
	if err != nil {
		t.Fatal(err)
	}
	return id
}
