// Package hospitaltest gives tests a hospital whose folder lies in memory: it can be set up, closed, and opened again as at a start.
//
// Only tests may import it.
package hospitaltest

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/app/hospital"
	"wardbook/app/house"
	"wardbook/data"
	"wardbook/data/badgerdb"
	"wardbook/data/disk"
	"wardbook/data/storetest"
)

// RecoveryKey opens every hospital of this package.
const RecoveryKey = "00000-00000-00000-00000-00000-00000-00000-00000"

// Facts and Admin are what SetUp uses; the password is accesstest.Password.
var (
	Facts = house.House{Name: "Saint Elsewhere", Zone: "Europe/Athens", Region: "GR"}
	Admin = access.User{Name: "Ada Admin", SignIn: "ada"}
)

// Book is a folder in memory: its disk and its keys outlive a start of the program.
type Book struct {
	t    testing.TB
	o    badgerdb.Options
	Keys *accesstest.Keys
	// Broken, where it is set, is the answer of whatever opens or makes it.
	Broken error
	made   bool
	store  data.Store // as last opened
}

// Create is the folder's.
func (b *Book) Create(ctx context.Context, name, password string, _ hospital.Progress) (hospital.Opened, string, error) {
	if b.Broken != nil {
		return hospital.Opened{}, "", b.Broken
	}
	if err := b.Keys.Add(name, password); err != nil {
		return hospital.Opened{}, "", err
	}
	s, err := badgerdb.Create(ctx, b.o)
	b.made = err == nil
	return b.opened(s, err), RecoveryKey, err
}

// Made tells whether a hospital lies in the folder.
func (b *Book) Made() bool { return b.made }

func (b *Book) opened(s data.Store, err error) hospital.Opened {
	if err != nil {
		b.t.Fatal(err)
	}
	b.store = s
	return hospital.Opened{Store: s, Keys: b.Keys, Close: func() error { return nil }}
}

// Unlock is the folder's.
func (b *Book) Unlock(ctx context.Context, name, password string, _ hospital.Progress) (hospital.Opened, error) {
	if b.Broken != nil {
		return hospital.Opened{}, b.Broken
	}
	if err := b.Keys.Verify(name, password); err != nil {
		return hospital.Opened{}, err
	}
	s, err := badgerdb.Open(ctx, b.o)
	return b.opened(s, err), err
}

// UnlockRecovery is the folder's.
func (b *Book) UnlockRecovery(ctx context.Context, key string, _ hospital.Progress) (hospital.Opened, error) {
	if key != RecoveryKey {
		return hospital.Opened{}, data.Fail(data.Forbidden, "vault", data.Say("test.recovery", "No."), nil)
	}
	s, err := badgerdb.Open(ctx, b.o)
	return b.opened(s, err), err
}

// CheckRecovery is the folder's.
func (b *Book) CheckRecovery(_ context.Context, key string) error {
	if key != RecoveryKey {
		return data.Fail(data.Forbidden, "vault", data.Say("test.recovery", "No."), nil)
	}
	return nil
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

// World is a computer with a folder on it, and the program.
type World struct {
	t     testing.TB
	Book  *Book
	Clock *accesstest.Clock
	H     *hospital.Hospital
	tries *tries
}

// New makes an empty folder and starts the program, on Tue 24 Nov 2026, 09:00 UTC.
func New(t testing.TB) *World {
	t.Helper()
	w := &World{t: t, tries: &tries{}, Clock: accesstest.NewClock(time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC))}
	schema, err := hospital.Schema()
	if err != nil {
		t.Fatal(err)
	}
	w.Book = &Book{t: t, Keys: accesstest.NewKeys(), o: badgerdb.Options{Dir: "/h", Memory: true, FS: disk.NewMem(), Keys: storetest.NewKeys(),
		Dataset: [16]byte{1}, Schema: schema, Ballast: -1, Chunk: 64 << 10, Now: w.Clock.Now}}
	w.Start()
	return w
}

// Start begins the program anew; what was open is closed first.
func (w *World) Start() {
	w.t.Helper()
	if w.H != nil {
		if err := w.H.Close(); err != nil {
			w.t.Fatal(err)
		}
	}
	h := hospital.New(hospital.Options{Book: w.Book, Tries: w.tries, Schema: w.Book.o.Schema, Now: w.Clock.Now, Workstation: "desk 1", Log: slog.New(slog.DiscardHandler)})
	w.H = h
	w.t.Cleanup(func() {
		if err := h.Close(); err != nil {
			w.t.Error(err)
		}
	})
}

// SetUp makes the hospital and gives its administrator's session.
func (w *World) SetUp() *access.Session {
	w.t.Helper()
	s, _, err := w.H.SetUp(w.t.Context(), Facts, Admin, accesstest.Password, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

// Employ writes somebody with a role into the book, who can sign in with accesstest.Password.
func (w *World) Employ(name, signIn string, roles access.Roles) {
	w.t.Helper()
	if err := access.Settle(w.t.Context(), w.H.Machine(), access.User{Name: name, SignIn: signIn, Roles: roles}, accesstest.Password); err != nil {
		w.t.Fatal(err)
	}
}

// SignIn is the hospital's.
func (w *World) SignIn(name, password string) (*access.Session, error) {
	return w.H.SignIn(w.t.Context(), name, password, nil)
}

// LastLook is the newest look in the book: looks are written with the next update.
func (w *World) LastLook() data.Cause {
	w.t.Helper()
	cause := data.Cause{Operation: uuid.New(), Who: data.System, Workstation: "test", Action: "test"}
	if _, err := w.Book.store.Update(w.t.Context(), cause, func(data.Tx) error { return nil }); err != nil {
		w.t.Fatal(err)
	}
	for e, err := range w.Book.store.Entries(w.t.Context(), data.EntryFilter{OnlyLook: true, Reverse: true}) {
		if err != nil {
			w.t.Fatal(err)
		}
		return e.Cause
	}
	w.t.Fatal("nobody looked")
	return data.Cause{}
}
