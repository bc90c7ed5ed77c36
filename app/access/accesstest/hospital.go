// Package accesstest gives tests of use cases an open hospital in memory: people of each role, a clock that the test turns, and sessions.
//
// Only tests may import it.
package accesstest

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/data"
	"wardbook/data/badgerdb"
	"wardbook/data/storetest"
)

// Password is everybody's password at the beginning.
const Password = "correct-horse-battery-staple"

// Hospital is an open hospital in memory.
type Hospital struct {
	t     testing.TB
	Store data.Store
	Keys  *Keys
	Door  *access.Door
	Clock *Clock
	// People are one of each role, and somebody who holds all of them.
	People map[access.Roles]access.UserID
}

// New opens a hospital with the tables of access and those named, on Tue 24 Nov 2026, 09:00 UTC.
func New(t testing.TB, tables ...*data.TableDef) *Hospital {
	t.Helper()
	clock := &Clock{now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
	schema, err := data.NewSchema(append(access.Tables(), tables...)...)
	if err != nil {
		t.Fatal(err)
	}
	store, err := badgerdb.Create(t.Context(), badgerdb.Options{Dir: "/hospital", Memory: true, Keys: storetest.NewKeys(), Dataset: [16]byte{1},
		Schema: schema, Ballast: -1, Chunk: 64 << 10, Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return Over(t, store, schema, clock)
}

// Over makes a hospital over a store that is open and empty.
func Over(t testing.TB, store data.Store, schema *data.Schema, clock *Clock) *Hospital {
	t.Helper()
	h := &Hospital{t: t, Store: store, Keys: NewKeys(), Clock: clock, People: map[access.Roles]access.UserID{}}
	h.Door = access.NewDoor(access.DoorOptions{Store: store, Keys: h.Keys, Schema: schema, Now: clock.Now, Workstation: "desk 1"})
	h.Door.Know("Saint Elsewhere", "GB")
	for _, roles := range append(access.AllRoles(), access.Everybody) {
		h.People[roles] = h.Person(roles)
	}
	return h
}

// Names of the people, by role.
var names = map[access.Roles]string{access.FrontDesk: "Flora Desk", access.DataEntry: "Edna Entry", access.Doctor: "Dr Dora Doctor",
	access.Administrator: "Adam Admin", access.Everybody: "Olga Allroles"}

// SignIn is the sign-in name of the person of a role.
func SignIn(roles access.Roles) string {
	return strings.ToLower(strings.ReplaceAll(names[roles], " ", "."))
}

// Person writes somebody of these roles into the book.
func (h *Hospital) Person(roles access.Roles) access.UserID {
	h.t.Helper()
	u := access.User{Name: names[roles], SignIn: SignIn(roles), Roles: roles}
	var id access.UserID
	_, err := h.Door.Machine().Update(h.t.Context(), access.Deed{Action: access.ActHouseSetUp}, func(tx data.Tx) (err error) {
		id, err = access.FoundAs(tx, u, "GB")
		return err
	})
	if err == nil {
		err = h.Keys.Add(u.SignIn, Password)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

// As signs the person of a role in.
func (h *Hospital) As(roles access.Roles) *access.Session {
	h.t.Helper()
	s, err := h.Door.Begin(h.t.Context(), SignIn(roles))
	if err != nil {
		h.t.Fatal(err)
	}
	return s
}

// Update writes something past the policy, to prepare a test.
func (h *Hospital) Update(fn func(data.Tx) error) data.Entry {
	h.t.Helper()
	e, err := h.Store.Update(h.t.Context(), data.Cause{Operation: uuid.New(), Who: data.System, Workstation: "test", Action: "test"}, fn)
	if err != nil {
		h.t.Fatal(err)
	}
	return e
}

// Looks gives the causes of the looks in the book, the newest last.
func (h *Hospital) Looks() []data.Cause {
	h.t.Helper()
	var causes []data.Cause
	for e, err := range h.Store.Entries(h.t.Context(), data.EntryFilter{OnlyLook: true}) {
		if err != nil {
			h.t.Fatal(err)
		}
		causes = append(causes, e.Cause)
	}
	return causes
}

// Clock is time as the test turns it.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock starts at an instant.
func NewClock(at time.Time) *Clock { return &Clock{now: at} }

// Now is the present instant.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Pass lets time pass.
func (c *Clock) Pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Keys stands in for the vault: the same answers, without the stretching that makes it slow.
type Keys struct {
	mu        sync.Mutex
	passwords map[string]string
	// Broken, where it is set, is the answer of whatever writes.
	Broken error
}

// NewKeys has nobody in it.
func NewKeys() *Keys { return &Keys{passwords: map[string]string{}} }

var _ access.Keys = (*Keys)(nil)

func refused() error { return data.Fail(data.Forbidden, "vault", access.RefusedWords, nil) }

// Verify is the vault's.
func (k *Keys) Verify(name, password string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if p, ok := k.passwords[access.FoldName(name)]; !ok || p != password {
		return refused()
	}
	return nil
}

// Add is the vault's.
func (k *Keys) Add(name, password string) error { return k.put(name, password, false) }

// Reset is the vault's.
func (k *Keys) Reset(name, oneTime string) error { return k.put(name, oneTime, true) }

func (k *Keys) put(name, password string, there bool) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.Broken != nil {
		return k.Broken
	}
	if _, ok := k.passwords[access.FoldName(name)]; ok != there {
		return data.Fail(data.Conflict, "vault", data.Say("test.slot", "The slot is in another state."), nil)
	}
	k.passwords[access.FoldName(name)] = password
	return nil
}

// SetPassword is the vault's.
func (k *Keys) SetPassword(name, old, fresh string) error {
	if err := k.Verify(name, old); err != nil {
		return err
	}
	return k.put(name, fresh, true)
}

// Remove is the vault's.
func (k *Keys) Remove(name string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.Broken != nil {
		return k.Broken
	}
	delete(k.passwords, access.FoldName(name))
	return nil
}

// Has is the vault's.
func (k *Keys) Has(name string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	_, ok := k.passwords[access.FoldName(name)]
	return ok
}

// NewRecovery is the vault's.
func (k *Keys) NewRecovery() (string, error) {
	return "00000-00000-00000-00000-00000-00000-00000-00000", k.Broken
}

// Wait lets looks, which are written a moment later, reach the book: the next update carries them.
func (h *Hospital) Wait() {
	h.t.Helper()
	h.Update(func(data.Tx) error { return nil })
}
