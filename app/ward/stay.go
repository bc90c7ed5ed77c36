package ward

import (
	"time"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/data"
)

// StayID names a stay.
type StayID = data.Ref[Stay]

// Stay is one patient's time in the hospital, from admission to discharge. It is never removed.
type Stay struct {
	Patient patient.ID `cbor:"1,keyasint"`
	Kind    Kind       `cbor:"2,keyasint"`
	// Reason is administrative: what the desk was told; nothing clinical belongs here.
	Reason   string        `cbor:"3,keyasint,omitempty"`
	Doctor   access.UserID `cbor:"4,keyasint"` // who treats
	Needs    Needs         `cbor:"5,keyasint"`
	Expected term.Date     `cbor:"6,keyasint"` // to leave on; zero: nobody said
	// Spans are the beds in turn: each begins when the one before ends; only the last may have no end.
	Spans []Span `cbor:"7,keyasint"`
	// Left is how the stay ended; nil while the patient is in.
	Left *Discharge `cbor:"8,keyasint,omitempty"`
	// Mistaken says why the whole admission was a mistake; "": it was none.
	Mistaken string `cbor:"9,keyasint,omitempty"`
}

// Span is a time in one bed.
type Span struct {
	Ward  WardID    `cbor:"1,keyasint"`
	Room  RoomID    `cbor:"2,keyasint"`
	Bed   BedID     `cbor:"3,keyasint"`
	Place Place     `cbor:"4,keyasint"`
	From  time.Time `cbor:"5,keyasint"`
	To    time.Time `cbor:"6,keyasint,omitempty"` // zero: still
	// Why the patient was moved here; Despite the reason for a bed that did not suit.
	Why     string `cbor:"7,keyasint,omitempty"`
	Despite string `cbor:"8,keyasint,omitempty"`
}

// StayRow is a stay as stored, with the version to change it by.
type StayRow = data.Row[StayID, Stay]

// Present tells whether the patient is in.
func (s Stay) Present() bool { return s.Left == nil && s.Mistaken == "" }

// Admitted is when it began.
func (s Stay) Admitted() time.Time { return s.Spans[0].From }

// Last is where the patient lies, or lay last.
func (s Stay) Last() Span { return s.Spans[len(s.Spans)-1] }

// Nights is the length of stay in civil days of the hospital's zone: how many midnights passed. now counts for who is still in.
func (s Stay) Nights(now time.Time, zone *time.Location) int {
	end := now
	if to := s.Last().To; !to.IsZero() {
		end = to
	}
	return term.DateOf(s.Admitted(), zone).DaysUntil(term.DateOf(end, zone))
}

// Overdue tells whether the patient should have left on an earlier day.
func (s Stay) Overdue(today term.Date) bool {
	return s.Present() && !s.Expected.IsZero() && s.Expected.Before(today)
}

var stays = data.NewTable[StayID, Stay](data.TableSpec[Stay]{Number: 63, Name: string(access.TableStays)})

// presentOf is the patient's own key: whoever is in has it, and nobody has it twice.
var presentOf = data.NewUnique(stays, data.UniqueSpec[StayID, Stay]{Number: 1, Name: "stay", Version: 1, Fields: []string{FieldPatient},
	Keys: func(r StayRow) []data.Key {
		if !r.Value.Present() {
			return nil
		}
		return []data.Key{data.Encode(r.Value.Patient)}
	}})

// brief is what boards and lists know of a stay without reading it.
type brief struct {
	Patient  patient.ID    `cbor:"1,keyasint"`
	Kind     Kind          `cbor:"2,keyasint"`
	Reason   string        `cbor:"3,keyasint,omitempty"`
	Doctor   access.UserID `cbor:"4,keyasint"`
	Needs    Needs         `cbor:"5,keyasint"`
	Expected term.Date     `cbor:"6,keyasint"`
	Last     Span          `cbor:"7,keyasint"`
	Admitted time.Time     `cbor:"8,keyasint"`
	How      Disposition   `cbor:"9,keyasint,omitempty"`
	Version  uint64        `cbor:"10,keyasint"`
}

func briefOf(r StayRow) brief {
	s := r.Value
	b := brief{s.Patient, s.Kind, s.Reason, s.Doctor, s.Needs, s.Expected, s.Last(), s.Admitted(), "", r.Version}
	if s.Left != nil {
		b.How = s.Left.How
	}
	return b
}

// whilePresent makes the keys of an index of those who are in.
func whilePresent(key func(Stay) data.Key) func(StayRow) []data.Key {
	return func(r StayRow) []data.Key {
		if !r.Value.Present() {
			return nil
		}
		if k := key(r.Value); k != nil {
			return []data.Key{k}
		}
		return nil
	}
}

// lying finds who is in by ward, room and bed.
var lying = data.NewIndex(stays, data.IndexSpec[StayID, Stay, brief]{Number: 2, Name: "lying", Version: 1, Cover: briefOf,
	Keys: whilePresent(func(s Stay) data.Key { return data.Encode(s.Last().Ward, s.Last().Room, s.Last().Bed) })})

// treated finds who is in by doctor, those who are in longest first.
var treated = data.NewIndex(stays, data.IndexSpec[StayID, Stay, brief]{Number: 3, Name: "treated", Version: 1, Cover: briefOf,
	Keys: whilePresent(func(s Stay) data.Key { return data.Encode(s.Doctor, s.Admitted()) })})

// leaving finds who is expected to leave, by day.
var leaving = data.NewIndex(stays, data.IndexSpec[StayID, Stay, brief]{Number: 4, Name: "leaving", Version: 1, Cover: briefOf,
	Keys: whilePresent(func(s Stay) data.Key {
		if s.Expected.IsZero() {
			return nil
		}
		return data.Encode(s.Expected.String())
	})})

// left finds who has left, the last first.
var left = data.NewIndex(stays, data.IndexSpec[StayID, Stay, brief]{Number: 5, Name: "left", Version: 1, Cover: briefOf,
	Keys: func(r StayRow) []data.Key {
		if r.Value.Left == nil || r.Value.Mistaken != "" {
			return nil
		}
		return []data.Key{data.Encode(data.Desc{Part: r.Value.Left.At})}
	}})

// ofPatient finds all stays of a patient, the last first, mistaken ones too.
var ofPatient = data.NewIndex(stays, data.IndexSpec[StayID, Stay, struct{}]{Number: 6, Name: "of a patient", Version: 1,
	Keys: func(r StayRow) []data.Key {
		return []data.Key{data.Encode(r.Value.Patient, data.Desc{Part: r.Value.Admitted()})}
	}})

// inBed finds every span in a bed, the last first: who lay there, and whether it was free.
var inBed = data.NewIndex(stays, data.IndexSpec[StayID, Stay, struct{}]{Number: 7, Name: "in a bed", Version: 1,
	Keys: func(r StayRow) []data.Key {
		if r.Value.Mistaken != "" {
			return nil
		}
		keys := make([]data.Key, 0, len(r.Value.Spans))
		for _, s := range r.Value.Spans {
			keys = append(keys, data.Encode(s.Bed, data.Desc{Part: s.From}))
		}
		return keys
	}})

// Kind is how somebody came in. The codes lie in records.
type Kind string

// The kinds.
const (
	Emergency  Kind = "emergency"
	Planned    Kind = "planned"
	TransferIn Kind = "transfer"
	DayCase    Kind = "day"
)

// Kinds are the choices of a form, in its order.
var Kinds = []Kind{Emergency, Planned, TransferIn, DayCase}

// Text is the word for people.
func (k Kind) Text() term.Text {
	switch k {
	case Emergency:
		return data.Say("ward.kind.emergency", "Emergency")
	case Planned:
		return data.Say("ward.kind.planned", "Planned")
	case TransferIn:
		return data.Say("ward.kind.transfer", "Transfer from another hospital")
	case DayCase:
		return data.Say("ward.kind.day", "Day case")
	}
	return data.Say("ward.kind.unknown", "Of a kind that this version does not know")
}

func (k Kind) known() bool {
	for _, one := range Kinds {
		if k == one {
			return true
		}
	}
	return false
}
