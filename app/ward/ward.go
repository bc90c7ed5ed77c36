package ward

import (
	"errors"
	"strings"
	"unicode"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/data"
)

// WardID names a ward.
type WardID = data.Ref[Ward]

// Ward is a ward as the hospital calls it.
type Ward struct {
	Name string `cbor:"1,keyasint"`
	// Note is for the desk: where it is, its phone.
	Note string `cbor:"2,keyasint,omitempty"`
	// Closed says why nobody is admitted to it; "": it is open.
	Closed string `cbor:"3,keyasint,omitempty"`
}

// WardRow is a ward as stored, with the version to change it by.
type WardRow = data.Row[WardID, Ward]

var wards = data.NewTable[WardID, Ward](data.TableSpec[Ward]{Number: 60, Name: string(access.TableWards)})

// No two wards have the same name, in whatever letter case.
var _ = data.NewUnique(wards, data.UniqueSpec[WardID, Ward]{Number: 1, Name: "name", Version: 1, Fields: []string{FieldName},
	Keys: func(r WardRow) []data.Key { return []data.Key{data.Encode(folded(r.Value.Name))} }})

// Tables are the tables of this package, for the schema.
func Tables() []*data.TableDef {
	return []*data.TableDef{wards.Def(), rooms.Def(), beds.Def(), stays.Def(), reservations.Def()}
}

// Names of form fields.
const (
	FieldName     = "name"
	FieldNote     = "note"
	FieldSex      = "sex"
	FieldKind     = "kind"
	FieldCapacity = "capacity"
	FieldLabel    = "label"
	FieldWhy      = "why"
	FieldPatient  = "patient"
	FieldReason   = "reason"
	FieldDoctor   = "doctor"
	FieldExpected = "expected"
	FieldBed      = "bed"
	FieldAt       = "at"
	FieldUntil    = "until"
	FieldHow      = "disposition"
)

// Limits of texts, in characters.
const (
	maxName   = 60
	maxLabel  = 12
	maxReason = 300
)

// clean says what is wrong with a ward's facts, each on its field: name, note.
func (w Ward) clean() (Ward, error) {
	name, err := named(FieldName, w.Name, maxName)
	note, err2 := term.Line(FieldNote, w.Note, maxReason)
	w.Name, w.Note = name, note
	return w, errors.Join(err, err2)
}

// named cleans a text that has to be there.
func named(field, text string, most int) (string, error) {
	text, err := term.Line(field, text, most)
	if err == nil && text == "" {
		err = invalid(field, data.Say("ward.name.empty", "Enter a name, as people here say it."))
	}
	return text, err
}

func invalid(field string, m data.Message) error {
	return data.Fail(data.Invalid, "ward.check", m, nil).On(field)
}

func conflict(field string, m data.Message, cause error) error {
	e := data.Fail(data.Conflict, "ward", m, cause)
	if field != "" {
		e = e.On(field)
	}
	return e
}

// stated cleans a reason that has to be stated; Invalid on "why".
func stated(why string) (string, error) { return access.CheckReason(why) }

func folded(name string) string { return access.FoldName(name) }

// natural compares names as people sort them: room 2 before room 10, without case.
func natural(a, b string) int {
	a, b = strings.ToLower(a), strings.ToLower(b)
	for a != "" && b != "" {
		x, y := chunk(a), chunk(b)
		a, b = a[len(x):], b[len(y):]
		if isDigit(rune(x[0])) && isDigit(rune(y[0])) {
			x, y = strings.TrimLeft(x, "0"), strings.TrimLeft(y, "0")
			if len(x) != len(y) {
				return len(x) - len(y)
			}
		}
		if c := strings.Compare(x, y); c != 0 {
			return c
		}
	}
	return len(a) - len(b)
}

// chunk gives the digits or the other letters at the beginning.
func chunk(s string) string {
	digits := isDigit(rune(s[0]))
	if i := strings.IndexFunc(s, func(r rune) bool { return isDigit(r) != digits }); i > 0 {
		return s[:i]
	}
	return s
}

func isDigit(r rune) bool { return r < unicode.MaxASCII && unicode.IsDigit(r) }

// fresh makes an identity; those of one millisecond sort by when they were made.
func fresh[T any]() (data.Ref[T], error) {
	id, err := uuid.NewV7()
	return data.Ref[T](id), err
}

// written gives the row of one table that an entry wrote: of the first try, where this was a second one.
func written[K data.Identity[K], T any](table *data.Table[K, T], entry data.Entry, err error) (data.Row[K, T], error) {
	if err != nil {
		return data.Row[K, T]{}, err
	}
	for event, err := range table.Events(entry) {
		return event.Row, err
	}
	return data.Row[K, T]{}, data.Fail(data.Internal, "ward.written", data.Say("ward.fault", "This could not be saved. Please report it."), nil)
}
