package hospital

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"wardbook/app/access"
	"wardbook/app/house"
	"wardbook/app/notice"
	"wardbook/app/order"
	"wardbook/app/patient"
	"wardbook/app/schedule"
	"wardbook/app/ward"
	"wardbook/data"
)

// Progress hears what a long opening is at; total is 0 where it is not known.
type Progress = func(stage data.Message, done, total int64)

// Book is a hospital's folder as main hands it up: keys and store.
type Book interface {
	// Create begins a new book with its first person and gives it open, with the recovery key.
	Create(ctx context.Context, name, password string, progress Progress) (Opened, string, error)
	// Unlock opens it for a person; Forbidden with access.RefusedWords.
	Unlock(ctx context.Context, name, password string, progress Progress) (Opened, error)
	// UnlockRecovery opens it with the recovery key.
	UnlockRecovery(ctx context.Context, key string, progress Progress) (Opened, error)
	// CheckRecovery tells whether a recovery key is this hospital's, for one that is open already: errors as UnlockRecovery.
	CheckRecovery(ctx context.Context, key string) error
}

// Opened is an open book.
type Opened struct {
	Store data.Store
	Keys  access.Keys
	Close func() error // the keys; the store is closed before
	// Discard closes both and takes a book away that was just created and holds nothing but its beginning; nil where it can't be.
	Discard func(ctx context.Context) error
}

// Tries keeps the failed sign-ins between starts, in a small file.
type Tries interface {
	Load() (access.Attempts, error)
	Save(access.Attempts) error
}

// Options say what a hospital needs; all of it.
type Options struct {
	Book        Book
	Tries       Tries
	Schema      *data.Schema
	Now         func() time.Time
	Workstation string
	Log         *slog.Logger
}

// Schema is every table of the hospital.
func Schema() (*data.Schema, error) {
	var tables []*data.TableDef
	for _, t := range [][]*data.TableDef{access.Tables(), house.Tables(), notice.Tables(), patient.Tables(), schedule.Tables(), order.Tables(),
		ward.Tables()} {
		tables = append(tables, t...)
	}
	return data.NewSchema(tables...)
}

// Hospital is the hospital in this program, open or not yet.
type Hospital struct {
	o Options

	entering sync.Mutex // one sign-in at a time

	mu     sync.Mutex
	opened *Opened
	door   *access.Door
}

// New makes a hospital that is not open yet.
func New(o Options) *Hospital {
	askOrders()
	return &Hospital{o: o}
}

// Open tells whether somebody has signed in since the start.
func (h *Hospital) Open() bool { return h.theDoor() != nil }

func (h *Hospital) theDoor() *access.Door {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.door
}

// Machine is the session for background work; nil, which refuses everything, while the hospital is not open.
func (h *Hospital) Machine() *access.Session {
	if d := h.theDoor(); d != nil {
		return d.Machine()
	}
	return nil
}

// Now is the present time, by the hospital's clock.
func (h *Hospital) Now() time.Time { return h.o.Now() }

// Status tells how the store does; false while the hospital is not open.
func (h *Hospital) Status() (data.Status, bool) {
	d := h.theDoor()
	if d == nil {
		return data.Status{}, false
	}
	return d.Status(), true
}

// Close ends the hospital: updates under way are waited for.
func (h *Hospital) Close() error {
	h.entering.Lock()
	defer h.entering.Unlock()
	h.mu.Lock()
	opened := h.opened
	h.opened, h.door = nil, nil
	h.mu.Unlock()
	if opened == nil {
		return nil
	}
	return errors.Join(opened.Store.Close(), opened.Close())
}

// take makes the opened book the hospital's. The entering lock is held.
func (h *Hospital) take(o Opened) *access.Door {
	door := access.NewDoor(access.DoorOptions{Store: o.Store, Keys: o.Keys, Schema: h.o.Schema, Now: h.o.Now, Workstation: h.o.Workstation, Log: h.o.Log,
		Treats: treats})
	h.mu.Lock()
	defer h.mu.Unlock()
	h.opened, h.door = &o, door
	return door
}

// drop closes a book that nobody may use after all. The entering lock is held.
func (h *Hospital) drop() {
	h.mu.Lock()
	opened := h.opened
	h.opened, h.door = nil, nil
	h.mu.Unlock()
	if err := errors.Join(opened.Store.Close(), opened.Close()); err != nil {
		h.o.Log.Warn("the book was closed with an error", "cause", err)
	}
}

// discard takes a book away whose first entry could not be written, so that setting up can be tried again. The entering lock is held.
func (h *Hospital) discard(ctx context.Context) {
	if h.opened.Discard == nil {
		h.drop()
		return
	}
	h.mu.Lock()
	opened := h.opened
	h.opened, h.door = nil, nil
	h.mu.Unlock()
	if err := opened.Discard(ctx); err != nil {
		h.o.Log.Warn("a book that could not be begun was not taken away", "cause", err)
	}
}

// SetUp begins a new hospital: the book, the hospital's facts and its first administrator, and signs that person in. It gives the recovery
// key, to be shown once. Invalid on the field that is wrong: name, zone, region, logo of the hospital; admin.name, admin.signin, password of the person.
func (h *Hospital) SetUp(ctx context.Context, facts house.House, admin access.User, password string, progress Progress) (*access.Session, string, error) {
	h.entering.Lock()
	defer h.entering.Unlock()
	admin.Roles |= access.Administrator
	if err := CheckSetUp(&facts, &admin, password); err != nil {
		return nil, "", err
	}
	opened, recovery, err := h.o.Book.Create(ctx, admin.SignIn, password, progress)
	if err != nil {
		return nil, "", err
	}
	door := h.take(opened)
	door.Know(facts.Name, facts.Region)
	_, err = door.Machine().Update(ctx, access.Deed{Action: access.ActHouseSetUp}, func(tx data.Tx) error {
		if err := house.Found(tx, facts); err != nil {
			return err
		}
		_, err := access.Found(tx, admin, facts.Region)
		return err
	})
	if err != nil {
		h.discard(ctx)
		return nil, "", err
	}
	s, err := door.Begin(ctx, admin.SignIn)
	return s, recovery, err
}

// CheckSetUp says what is wrong with what was entered, before anything is made. The person's fields are named with "admin." before them.
func CheckSetUp(facts *house.House, admin *access.User, password string) error {
	if err := facts.Check(); err != nil {
		return err
	}
	if err := access.CheckUser(admin, facts.Region); err != nil {
		var e *data.Error
		if errors.As(err, &e) {
			for i, field := range e.Fields {
				e.Fields[i] = "admin." + field
			}
		}
		return err
	}
	return access.UsualRules.CheckPassword(password, admin.Name, admin.SignIn, facts.Name)
}

// Windows know how the store does by these names.
type Status = data.Status

// What the status says of the disk.
const (
	SpaceShort = data.SpaceShort
	SpaceOut   = data.SpaceOut
)
