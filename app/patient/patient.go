package patient

import (
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/data"
)

// ID names a patient.
type ID = data.Ref[Patient]

// Patient is who somebody is, as it lies in the book. Its numbers are stored: never give one to something else.
type Patient struct {
	MRN term.MRN `cbor:"1,keyasint"`
	Draft
	// Photo is the version of the photo, which lies in a table of its own so that lists stay small; 0: none.
	Photo uint64 `cbor:"30,keyasint,omitempty"`
	// Confidential repeats for lists what access keeps; both are written in one transaction.
	Confidential bool `cbor:"31,keyasint,omitempty"`
}

// Row is a patient as stored, with the version to change it by.
type Row = data.Row[ID, Patient]

var patients = data.NewTable[ID, Patient](data.TableSpec[Patient]{Number: 22, Name: string(access.TablePatients)})

// byMRN holds numbers for ever, so that a number on an old paper never leads to somebody else.
var byMRN = data.NewUnique(patients, data.UniqueSpec[ID, Patient]{Number: 1, Name: "hospital number", Version: 1, Fields: []string{term.FieldMRN},
	Deleted: true, Keys: func(r Row) []data.Key { return []data.Key{data.Encode(uint64(r.Value.MRN))} }})

// byPaper keeps two patients from having the same paper. The country is part of it: two countries number their passports
// alike. That one of two says the country and the other does not is left to Alike.
var byPaper = data.NewUnique(patients, data.UniqueSpec[ID, Patient]{Number: 2, Name: "number of a paper", Version: 1,
	Fields: []string{term.FieldIDNumber}, Keys: func(r Row) []data.Key {
		keys := make([]data.Key, 0, len(r.Value.NationalIDs))
		for _, p := range r.Value.NationalIDs {
			keys = append(keys, data.Encode(paperKey(p)...))
		}
		return keys
	}})

func paperKey(p term.NationalID) []any { return []any{string(p.Type), string(p.Issuer), p.Number} }

// byName is the order of lists: family name first, without case and accents.
var byName = data.NewIndex(patients, data.IndexSpec[ID, Patient, brief]{Number: 3, Name: "by name", Version: 1, Cover: briefOf,
	Keys: func(r Row) []data.Key { return []data.Key{data.Encode(sortKey(r.Value.Name.Listed()))} }})

// bySearch finds patients by what people say of them; see words.
var bySearch = data.NewText(patients, data.TextSpec[ID, Patient, brief]{Number: 4, Name: "search", Version: 1, Texts: searchWords, Cover: briefOf})

// mrns counts patients: there are exactly as many as the number that was given last.
var mrns = data.NewCounter("patient.mrn")

// Tables are the tables of this package, for the schema.
func Tables() []*data.TableDef { return []*data.TableDef{patients.Def(), photos.Def()} }

// brief is what lists and searches know of a patient without reading the record.
type brief struct {
	Name   term.HumanName `cbor:"1,keyasint"`
	MRN    term.MRN       `cbor:"2,keyasint"`
	Birth  term.Birth     `cbor:"3,keyasint"`
	Sex    term.Sex       `cbor:"4,keyasint,omitempty"`
	Phones []string       `cbor:"5,keyasint,omitempty"` // digits
	Papers []string       `cbor:"6,keyasint,omitempty"` // compact, of papers and old numbers
	Flags  uint8          `cbor:"7,keyasint,omitempty"`
}

const (
	flagConfidential = 1 << iota
	flagUnknown
	flagPhoto
)

func briefOf(r Row) brief {
	p := r.Value
	b := brief{Name: p.Name, MRN: p.MRN, Birth: p.Birth, Sex: p.Sex, Papers: papersOf(p)}
	for _, phone := range p.Phones {
		b.Phones = append(b.Phones, phone.Number.Digits())
	}
	for flag, set := range map[uint8]bool{flagConfidential: p.Confidential, flagUnknown: p.Unknown, flagPhoto: p.Photo != 0} {
		if set {
			b.Flags |= flag
		}
	}
	return b
}

// maxSortKey bounds a key of the order of names, in letters.
const maxSortKey = 100

func sortKey(text string) string {
	key := strings.Join(data.Prefixes(text), " ")
	if utf8.RuneCountInString(key) > maxSortKey {
		key = string([]rune(key)[:maxSortKey])
	}
	return key
}

func newID() (ID, error) {
	fresh, err := uuid.NewV7()
	return ID(fresh), err
}

// written gives the patient's row that an entry wrote: of the first try, where this was a second one.
func written(entry data.Entry, err error) (Row, error) {
	if err != nil {
		return Row{}, err
	}
	for event, err := range patients.Events(entry) {
		return event.Row, err
	}
	return Row{}, data.Fail(data.Internal, "patient.written", data.Say("patient.fault", "This could not be saved. Please report it."), nil)
}
