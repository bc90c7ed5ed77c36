// Package storetest is the suite that every engine must pass: the promises of data.Store, shown one by one.
//
// An engine's test calls Run with a Bench that opens its stores. The suite uses tables of its own, made like an application's.
package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/data"
)

// Person is a record like a patient.
type Person struct {
	Number     uint64            `cbor:"1,keyasint"` // like an MRN
	Family     string            `cbor:"2,keyasint"`
	Given      string            `cbor:"3,keyasint"`
	Born       int               `cbor:"4,keyasint,omitempty"`
	Attachment []data.Attachment `cbor:"5,keyasint,omitempty"`
	Note       string            `cbor:"6,keyasint,omitempty"`
}

// PersonID names a Person.
type PersonID = data.Ref[Person]

// Brief is what lists show of a Person.
type Brief struct {
	Number uint64 `cbor:"1,keyasint"`
	Name   string `cbor:"2,keyasint"`
}

func brief(r data.Row[PersonID, Person]) Brief {
	return Brief{r.Value.Number, r.Value.Family + ", " + r.Value.Given}
}

// Tables is a set of tables as a program declares them.
type Tables struct {
	People   *data.Table[PersonID, Person]
	ByNumber *data.UniqueIndex[PersonID, Person]
	ByName   *data.Index[PersonID, Person, Brief]
	ByWords  *data.TextIndex[PersonID, Person, Brief]
	Places   *data.Table[PlaceID, Place]
	Numbers  data.Counter
	Schema   *data.Schema
}

// PlaceID is a key of the application's own: a place in a session of limited capacity.
type PlaceID struct {
	Session string
	Number  int
}

// RecordID is the key's encoding.
func (p PlaceID) RecordID() data.ID { return data.ID(data.Encode(p.Session, p.Number)) }

// FromRecordID is the way back.
func (PlaceID) FromRecordID(id data.ID) (PlaceID, error) {
	parts, err := data.Decode(data.Key(id))
	if err != nil {
		return PlaceID{}, err
	}
	if len(parts) == 2 {
		session, ok1 := parts[0].(string)
		number, ok2 := parts[1].(int64)
		if ok1 && ok2 {
			return PlaceID{session, int(number)}, nil
		}
	}
	return PlaceID{}, fmt.Errorf("no place id")
}

// Place is one taken place.
type Place struct {
	Holder string `cbor:"1,keyasint"`
}

// Shape lets a test declare the tables as a later or earlier version of a program does.
type Shape struct {
	Raise       []data.Raise
	NameVersion uint32 // of the name index
	ByGiven     bool   // the name index then leads by given name
	WordVersion uint32
}

// Declare makes the tables.
func Declare(s Shape) *Tables {
	t := &Tables{Numbers: data.NewCounter("people")}
	t.People = data.NewTable[PersonID, Person](data.TableSpec[Person]{Number: 16, Name: "people", Raise: s.Raise,
		Attachments: func(p Person) []data.Attachment { return p.Attachment }})
	t.ByNumber = data.NewUnique(t.People, data.UniqueSpec[PersonID, Person]{Number: 1, Name: "number", Fields: []string{"number"},
		Keys: func(r data.Row[PersonID, Person]) []data.Key { return []data.Key{data.Encode(r.Value.Number)} }})
	t.ByName = data.NewIndex(t.People, data.IndexSpec[PersonID, Person, Brief]{Number: 2, Name: "name", Version: s.NameVersion, Cover: brief,
		Keys: func(r data.Row[PersonID, Person]) []data.Key {
			if s.ByGiven {
				return []data.Key{data.Encode(r.Value.Given, r.Value.Family)}
			}
			return []data.Key{data.Encode(r.Value.Family, r.Value.Given)}
		}})
	t.ByWords = data.NewText(t.People, data.TextSpec[PersonID, Person, Brief]{Number: 3, Name: "words", Version: s.WordVersion, Cover: brief,
		Texts: func(r data.Row[PersonID, Person]) []string {
			return []string{r.Value.Family, r.Value.Given, fmt.Sprint(r.Value.Number)}
		}})
	t.Places = data.NewTable[PlaceID, Place](data.TableSpec[Place]{Number: 17, Name: "places"})
	schema, err := data.NewSchema(t.People.Def(), t.Places.Def())
	if err != nil {
		panic(err)
	}
	t.Schema = schema
	return t
}

// Bench opens stores of one engine.
type Bench interface {
	// Open opens the test's store, an empty one at first, with these tables.
	Open(t testing.TB, tables *Tables) data.Store
	// Lose makes the next Open rebuild everything that can be rebuilt. The store is closed.
	Lose(t testing.TB)
}

// Doing is a complete cause for an action.
func Doing(action string, about ...data.ID) data.Cause {
	return data.Cause{Operation: uuid.New(), Who: "nurse-1", Workstation: "desk-1", Action: action, About: about}
}

// NewID makes a person's id.
func NewID() PersonID { return PersonID(uuid.Must(uuid.NewV7())) }

// Must runs an update that may not fail.
func Must(t testing.TB, s data.Store, cause data.Cause, fn func(data.Tx) error) data.Entry {
	t.Helper()
	e, err := s.Update(t.Context(), cause, fn)
	if err != nil {
		t.Fatalf("update: %v", err)
	}
	return e
}

// See runs a view that may not fail.
func See(t testing.TB, s data.Store, fn func(data.Tx) error) {
	t.Helper()
	if err := s.View(t.Context(), fn); err != nil {
		t.Fatalf("view: %v", err)
	}
}

// Add registers a person.
func (tb *Tables) Add(t testing.TB, s data.Store, p Person) PersonID {
	t.Helper()
	id := NewID()
	Must(t, s, Doing("register", id.RecordID()), func(tx data.Tx) error {
		_, err := tb.People.Insert(tx, id, p)
		return err
	})
	return id
}

// shortly bounds what waits.
func shortly(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	return ctx
}
