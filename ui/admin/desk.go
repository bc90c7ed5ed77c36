package admin

import (
	"context"
	"io"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/house"
	"wardbook/app/report"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// Names of the places, as routes call them.
const (
	PlacePeople  = "people"
	PlacePolicy  = "policy"
	PlaceHouse   = "house"
	PlaceReasons = "reasons"
)

// What opens each place.
const (
	OpensPeople  = access.ActUserList
	OpensPolicy  = access.ActPolicyRead
	OpensHouse   = access.ActHouseChange
	OpensReasons = access.ActGlassList
)

// Pages of a place.
const (
	pageList  = ""
	pageNew   = "new"
	pageEdit  = "edit"
	pageOne   = "page"
	pageRules = "rules"
)

// Desk is what these places need of the program. What is nil is not offered, but for Session and Random,
// which must be there.
type Desk struct {
	Session *access.Session
	// Forgive lets an account try again that was stopped after too many wrong passwords. It is called off the window's goroutine.
	Forgive func(signIn string)
	// NewRecovery makes a new recovery key. A key with an error: either may be in force. It is slow.
	NewRecovery func(context.Context) (string, error)
	// Print makes a document and opens it for printing or saving. The name is what its file is called. It is slow.
	Print func(ctx context.Context, name string, document report.Document) error
	// SaveSheet writes a recovery key into a PDF and gives its path; OpenFile shows a file in the program that the system has for it. They are slow.
	SaveSheet func(ctx context.Context, key string) (path string, err error)
	OpenFile  func(ctx context.Context, path string) error
	// PickFile asks the person for a picture's path, on the window's goroutine, and answers there. Nothing is answered where none was chosen.
	PickFile func(picked func(path string))
	// Widths remembers the columns of a table by its name.
	Widths func(table string) kit.Widths
	// Random is crypto/rand's reader.
	Random io.Reader
	// Zones are the time zones to choose from; where there are none the zone is typed.
	Zones []string
	// Language is what countries are named in; English where empty.
	Language term.Language
}

func (d *Desk) widths(table string) kit.Widths {
	if d.Widths == nil {
		return nil
	}
	return d.Widths(table)
}

func (d *Desk) language() term.Language {
	if d.Language == "" {
		return "en"
	}
	return d.Language
}

// passphrase draws a one-time password. Where the machine has no random numbers the field stays empty, and one is typed.
func (d *Desk) passphrase() string {
	phrase, err := access.Passphrase(d.Random)
	if err != nil {
		return ""
	}
	return phrase
}

// changes tells whether an entry changed a record of one of the tables.
func changes(e access.Entry, tables ...access.TableName) bool {
	for _, record := range e.Records {
		for _, table := range tables {
			if record.Table == number(table) {
				return true
			}
		}
	}
	return false
}

// number is what entries call a table.
func number(name access.TableName) uint16 {
	for _, table := range append(access.Tables(), house.Tables()...) {
		if table.Name == string(name) {
			return table.Number
		}
	}
	return 0
}

// wish names what a person wants to have done, so that pressing Save again after a failure does it once. Other content is another wish.
type wish[T comparable] struct {
	content   T
	operation uuid.UUID
}

func (w *wish[T]) of(content T) uuid.UUID {
	if w.operation == uuid.Nil || w.content != content {
		w.content, w.operation = content, uuid.New()
	}
	return w.operation
}

// stale tells whether an error says that somebody else changed the record since it was read.
func stale(err error) bool {
	faults := term.Faults(err)
	return term.Is(err, term.Conflict) && len(faults) > 0 && faults[0].Field == ""
}
