package data

import (
	"context"
	"io"
	"iter"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
)

// Seq numbers the entries of a book: 1, 2, 3, growing; an engine may leave gaps. 0 stands before the first.
type Seq uint64

// ID is what a record is known by inside its table: opaque bytes, 1 to 256 of them. Typed identities (Ref, or a type of
// the application's own) turn into it.
type ID string

// System is who writes where no person does: background work under the program's own session.
const System = "system"

// Store is a book that never loses what it acknowledged. Every engine keeps these promises; storetest shows them.
//
// All methods may be called from any goroutine. A method that gets a cancelled context answers its error and has done
// nothing, with one exception, at Update.
type Store interface {
	// View runs fn over a consistent snapshot: whatever fn reads is as of one moment between two updates, and every
	// update that was answered before View was called is in it. fn can't write. Its error is View's.
	View(ctx context.Context, fn func(Tx) error) error

	// Update runs fn and makes what it wrote one entry of the book.
	//
	//   - Serialisable: the outcome is as if updates ran one after another. Nobody sees a part of one.
	//   - It answers only after the entry is durable: flushed to the disk, not merely written.
	//   - If fn answers an error nothing has happened, and the error is Update's.
	//   - fn may run more than once and must have no effect outside the Tx.
	//   - cause is complete (Cause.Check), or nothing happens.
	//   - A second Update with the same cause.Operation changes nothing, does not run fn, and answers the first entry;
	//     if its action differs it answers Invalid. So after an unknown outcome it is safe to try again.
	//   - An update that wrote no record makes an entry all the same: the cause was worth recording.
	//   - More than MaxUpdate bytes of records: Invalid, nothing happened.
	//   - Unavailable: refused, nothing happened (the disk is short, the store is stopped); or, where the error wraps
	//     ErrUnknown, it is not certain: try again with the same operation once the store works.
	//   - A context cancelled after fn has run does not undo the entry: Update then answers by what happened.
	//   - Called with the context of an update's own Tx it answers Internal: it would wait for itself. Never call Update, Reopen
	//     or Close inside an update, nor Close inside a view, with another context.
	Update(ctx context.Context, cause Cause, fn func(Tx) error) (Entry, error)

	// Look records that something was read, without records. It returns at once; the entry is durable within a second
	// or so, and at Close. It reaches the history of cause.About but not Watch. The same operation is recorded once.
	// Reading goes on when looks can't be written: they wait in memory, and Status tells how many.
	Look(ctx context.Context, cause Cause) error

	// Done answers the entry that an operation made, if it made one.
	Done(ctx context.Context, operation uuid.UUID) (Entry, bool, error)

	// Entries gives the entries that filter asks for, from the book itself.
	Entries(ctx context.Context, filter EntryFilter) iter.Seq2[Entry, error]

	// History gives every version that a record ever had, oldest first, each with its cause, through an index.
	History(ctx context.Context, table *TableDef, id ID) iter.Seq2[Version, error]

	// Watch gives every update's entry after the one named, in order, each once, and waits for more until ctx ends, which
	// ends it without an error, as Close may. Looks are left out. A slow reader delays nobody: what it has not taken is read from the
	// book. An error ends it; begin again after the last entry taken.
	Watch(ctx context.Context, after Seq) iter.Seq2[Entry, error]

	// Attach stores an attachment as a sealed file, durable when it returns, and answers what a record keeps to refer to
	// it. An attachment that no record refers to within a day is cleared away.
	Attach(ctx context.Context, content io.Reader) (Attachment, error)

	// Attached opens an attachment. It never hands out bytes that were not verified; a damaged one is Corrupt.
	Attached(ctx context.Context, a Attachment) (io.ReadCloser, error)

	// Last is the newest entry's number.
	Last() Seq

	// Status tells how the store does; it is cheap and never blocks.
	Status() Status

	// Reopen tries to get a stopped store to work again. It does nothing where nothing is wrong.
	Reopen(ctx context.Context) error

	// Close waits for updates and views that are under way, writes what waits, and closes. Later calls answer Unavailable.
	Close() error
}

// Bounds of one update, in bytes of the records' encoding: of all of them, and of one. What is larger is an attachment, or
// several updates (Bulk).
const (
	MaxUpdate = 1 << 20
	MaxRecord = 900 << 10
)

// Tx is what a transaction can do with tables. Use it through Table, Index, TextIndex and Counter, which give it types; the door of
// the application wraps it to let through only the tables that an action names. A Tx is for one goroutine, and dead when
// the function that got it returns.
type Tx interface {
	// Context is the caller's.
	Context() context.Context
	// Time is the instant of the transaction, one for the whole of it, UTC. An update's entry and records carry it.
	Time() time.Time
	// Cause is why this update happens; nil in a view.
	Cause() *Cause

	// Load gives a record as stored, deleted ones too; NotFound where there never was one.
	Load(t *TableDef, id ID) (Record, error)
	// Save writes a record and keeps the table's indexes. Conflict (a *Taken) where a unique index has its key already.
	Save(t *TableDef, id ID, r Record) error
	// Records walks a table's records in the order of their ids, deleted ones too.
	Records(t *TableDef, span Span) iter.Seq2[Stored, error]
	// Scan walks an index in the order of its keys, then of ids.
	Scan(ix *IndexDef, span Span) iter.Seq2[Hit, error]
	// Find looks a key of a unique index up.
	Find(ix *IndexDef, key []byte) (Hit, bool, error)
	// Search finds records by the beginnings of their words, the newest in the index first.
	Search(ix *TextDef, q TextQuery) iter.Seq2[TextHit, error]
}

// Span says which part of an order to walk. From and To are encoded keys (index) or ids (table); the walk covers
// From <= key < To; nil is open. Reverse walks from the end. After continues behind (with Reverse: before) a place that an
// earlier walk named.
type Span struct {
	From, To []byte
	Reverse  bool
	After    Cursor
}

// Cursor is a place in an order, to continue a page from. Opaque; empty is the beginning.
type Cursor []byte

// Stored is a record with the id it lies under.
type Stored struct {
	ID     ID
	Record Record
}

// Hit is one place in an index.
type Hit struct {
	ID     ID
	Value  []byte // the covering value, encoded
	Cursor Cursor
}

// TextQuery asks a text index: records that have, for each prefix, a word that begins with it.
type TextQuery struct {
	Prefixes []string // folded (Words)
	Before   uint32   // continue behind this hit's Ordinal; 0: from the newest
}

// TextHit is one record found by its words.
type TextHit struct {
	ID      ID
	Value   []byte // the covering value, encoded
	Ordinal uint32
}

// Cause says why something was written: without one nothing is.
type Cause struct {
	Operation   uuid.UUID `cbor:"1,keyasint"`           // one for one wish of a person; a retry has the same
	Who         string    `cbor:"2,keyasint"`           // a person's id, or System
	Workstation string    `cbor:"3,keyasint"`           // at which desk
	Action      string    `cbor:"4,keyasint"`           // the policy's name of what is done
	About       []ID      `cbor:"5,keyasint,omitempty"` // the patients it is about
	Why         string    `cbor:"6,keyasint,omitempty"` // a stated reason, where one is asked for
}

// Limits of a cause.
const (
	maxCauseText = 4096
	maxAbout     = 1000
)

// Check answers Invalid for a cause that is not complete.
func (c *Cause) Check() error {
	missing := ""
	switch {
	case c.Operation == uuid.Nil:
		missing = "operation"
	case c.Who == "":
		missing = "who"
	case c.Workstation == "":
		missing = "workstation"
	case c.Action == "":
		missing = "action"
	case len(c.Who) > maxID || len(c.Workstation) > maxID || len(c.Action) > maxID || len(c.Why) > maxCauseText || len(c.About) > maxAbout:
		missing = "a shorter cause"
	}
	for _, text := range []string{c.Who, c.Workstation, c.Action, c.Why} {
		if !utf8.ValidString(text) {
			missing = "texts in UTF-8"
		}
	}
	for _, id := range c.About {
		if id.Check() != nil {
			missing = "about"
		}
	}
	if missing == "" {
		return nil
	}
	return Fail(Invalid, "data.cause", Say("data.cause.incomplete",
		"This could not be saved because the program did not say who did what ({{.Missing}}). Please report it.", "Missing", missing), nil)
}

// Entry is one update of the book: who did what and why, and the records it changed with their new value.
type Entry struct {
	Seq     Seq
	Time    time.Time
	Cause   Cause
	Look    bool // something was read, nothing changed
	Records []Change
	// Attachments are those that the records written refer to, so that whoever has only the book knows which must be there.
	Attachments []Attachment
}

// Change is one record as an entry left it.
type Change struct {
	Table  uint16 `cbor:"1,keyasint"`
	ID     ID     `cbor:"2,keyasint"`
	Record Record `cbor:"3,keyasint"`
}

// Version is a record as one entry left it, with the entry's cause.
type Version struct {
	Seq    Seq
	Time   time.Time
	Cause  Cause
	Record Record
}

// EntryFilter says which entries to give. The zero value is all, oldest first. At most one of About and Who may be set:
// each is led by an index.
type EntryFilter struct {
	About    ID     // only entries about this patient
	Who      string // only entries by this person
	After    Seq    // only entries behind this one
	UpTo     Seq    // only entries up to this one; 0: to the end
	Reverse  bool   // newest first
	NoLooks  bool
	OnlyLook bool
}

// Attachment is what a record keeps of a sealed file. Two attachments of the same content differ.
type Attachment struct {
	Hash [32]byte `cbor:"1,keyasint"` // SHA-256 of the sealed file
	Size int64    `cbor:"2,keyasint"` // of the content, in bytes
}

// Status is how a store does.
type Status struct {
	Last Seq
	// Free is the space left on the store's disk, in bytes, as of the last look at it; Space what that means.
	Free  uint64
	Space Space
	// Stopped says why nothing can be written at present; empty where all is well.
	Stopped *Message
	// LooksWaiting counts looks not yet on the disk; LooksLost those that had to be given up because too many waited.
	LooksWaiting, LooksLost int
	// ClockBehind is how far this computer's clock stands before the newest entry's time; 0 where it does not.
	ClockBehind time.Duration
	// Notes tell what was found and mended at the last opening.
	Notes []Message
}

// Space says whether the disk has room.
type Space uint8

// The states of the disk.
const (
	SpaceFine  Space = iota
	SpaceShort       // warn
	SpaceOut         // new work is refused
)
