package access

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"

	"wardbook/data"
)

// Keys is who can unlock the hospital: the vault, as far as the door needs it. Each call that takes a password is slow on purpose.
type Keys interface {
	// Verify checks a person's password: Forbidden, in the same words for an unknown name and a wrong password.
	Verify(name, password string) error
	Add(name, password string) error
	Reset(name, oneTime string) error
	SetPassword(name, old, fresh string) error
	Remove(name string) error
	Has(name string) bool
	// NewRecovery makes a new recovery key and ends the one before. A key with an error: either may be in force.
	NewRecovery() (string, error)
}

// Door is the one way into the book. One for each open hospital.
type Door struct {
	store   data.Store
	keys    Keys
	now     func() time.Time
	station string
	log     *slog.Logger
	schema  *data.Schema
	treats  func(data.Tx, UserID, data.ID) (bool, error)

	mu       sync.Mutex
	rules    Rules  // in force: read when sessions begin and when they change
	hospital string // its name, for the blocklist of passwords
	region   string // ISO 3166 code of its country, for phones
}

// DoorOptions say what a door needs; all but Log.
type DoorOptions struct {
	Store       data.Store
	Keys        Keys
	Schema      *data.Schema // of the store: events are held against it
	Now         func() time.Time
	Workstation string // which desk this is, as the book keeps it
	Log         *slog.Logger
	// Treats tells whether a doctor treats a patient: looks of doctors who do not are marked so. Nil: none is marked.
	Treats func(tx data.Tx, doctor UserID, patient data.ID) (bool, error)
}

// NewDoor makes the door of an open hospital.
func NewDoor(o DoorOptions) *Door {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Door{store: o.Store, keys: o.Keys, now: o.Now, station: o.Workstation, log: o.Log, schema: o.Schema, treats: o.Treats, rules: UsualRules}
}

// Know tells the door what passwords and phones are held against: the hospital's name and country.
func (d *Door) Know(hospital, region string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.hospital, d.region = hospital, region
}

func (d *Door) known() (hospital, region string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.hospital, d.region
}

func (d *Door) rulesChanged(r Rules) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.rules = r
}

// Rules are those in force.
func (d *Door) Rules() Rules {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.rules
}

// Machine is the program's own session, for background work.
func (d *Door) Machine() *Session {
	return &Session{door: d, id: uuid.New(), who: data.System, roles: Machine, began: d.now(), lifted: map[data.ID]bool{}}
}

// tableName is a table's name in the policy; "" for one that is not in the schema.
func (d *Door) tableName(number uint16) TableName {
	if t := d.schema.Table(number); t != nil {
		return TableName(t.Name)
	}
	return ""
}

// Last is the newest entry of the book: what a screen that has just read may watch from.
func (d *Door) Last() data.Seq { return d.store.Last() }

// Status tells how the store does.
func (d *Door) Status() data.Status { return d.store.Status() }

// Begin lets a person in whose password has just been verified. It reads the person and the rules, and writes that the session began.
// Forbidden, in the words of a wrong password, where the person is not known to the book or is inactive.
func (d *Door) Begin(ctx context.Context, signIn string) (*Session, error) {
	var row UserRow
	var r RulesRow
	err := d.store.View(ctx, func(tx data.Tx) (err error) {
		if row, err = bySignIn.Get(tx, FoldName(signIn)); err != nil {
			return err
		}
		r, err = readRules(tx)
		return err
	})
	if data.Is(err, data.NotFound) || err == nil && row.Value.Inactive {
		return nil, refusedSignIn(err)
	}
	if err != nil {
		return nil, err
	}
	d.rulesChanged(r.Rules)
	s := &Session{door: d, id: uuid.New(), user: row.ID, who: row.ID.String(), roles: row.Value.Roles, name: row.Value.Name,
		signIn: row.Value.SignIn, must: row.Value.MustChange, began: d.now(), lifted: map[data.ID]bool{}}
	_, err = s.Update(ctx, Deed{Action: ActSignIn}, func(data.Tx) error { return nil })
	if data.Is(err, data.Unavailable) { // a full disk keeps nobody from reading
		err = d.store.Look(ctx, s.cause(Deed{Action: ActSignIn}))
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

// refusedSignIn says to the letter what the key files say.
func refusedSignIn(cause error) error {
	return data.Fail(data.Forbidden, "access.signin", RefusedWords, cause)
}

// RefusedWords is the one sentence for whatever was wrong at a sign-in: it never tells whether the name exists.
var RefusedWords = data.Say("data.vault.refused", "The name or the password is not right. Check both and try again.")
