package ward

import (
	"cmp"
	"time"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/data"
)

// BedID names a bed.
type BedID = data.Ref[Bed]

// Bed is a bed and its state. It names nobody: who lies in it a stay says.
type Bed struct {
	Ward  WardID `cbor:"1,keyasint"`
	Room  RoomID `cbor:"2,keyasint"`
	Label string `cbor:"3,keyasint"` // inside the room: A, B ...
	// State as it was left; StateAt says what it is.
	State State     `cbor:"4,keyasint,omitempty"`
	Since time.Time `cbor:"5,keyasint"`
	// Until is when a reservation lapses.
	Until time.Time `cbor:"6,keyasint,omitempty"`
	// Why it is closed.
	Why string `cbor:"7,keyasint,omitempty"`
	// Unclean: it was closed before it was cleaned.
	Unclean bool `cbor:"8,keyasint,omitempty"`
}

// BedRow is a bed as stored.
type BedRow = data.Row[BedID, Bed]

var beds = data.NewTable[BedID, Bed](data.TableSpec[Bed]{Number: 62, Name: string(access.TableBeds)})

// No two beds of a room have the same label.
var _ = data.NewUnique(beds, data.UniqueSpec[BedID, Bed]{Number: 1, Name: "label", Version: 1, Fields: []string{FieldLabel},
	Keys: func(r BedRow) []data.Key { return []data.Key{data.Encode(r.Value.Room, folded(r.Value.Label))} }})

var bedsOf = data.NewIndex(beds, data.IndexSpec[BedID, Bed, struct{}]{Number: 2, Name: "of a room", Version: 1,
	Keys: func(r BedRow) []data.Key { return []data.Key{data.Encode(r.Value.Ward, r.Value.Room)} }})

// State is what a bed is good for just now. The numbers lie in records.
type State uint8

// The states.
const (
	Free     State = 0
	Occupied State = 1
	Cleaning State = 2 // left, not yet cleaned
	Reserved State = 3 // for somebody, until an instant
	Closed   State = 4 // for a reason
)

// States are all of them, in the order in which a board counts them.
var States = []State{Free, Occupied, Reserved, Cleaning, Closed}

// Text is the word for people.
func (s State) Text() term.Text {
	switch s {
	case Free:
		return data.Say("ward.bed.free", "Free")
	case Occupied:
		return data.Say("ward.bed.occupied", "Occupied")
	case Cleaning:
		return data.Say("ward.bed.cleaning", "To be cleaned")
	case Reserved:
		return data.Say("ward.bed.reserved", "Reserved")
	}
	return data.Say("ward.bed.closed", "Closed")
}

// StateAt is the bed's own state at an instant: a reservation lapses by itself, with nobody having to take it away.
func (b Bed) StateAt(now time.Time) State {
	if b.State == Reserved && !now.Before(b.Until) {
		return Free
	}
	return b.State
}

// become gives the bed in another state.
func (b Bed) become(s State, now time.Time) Bed {
	b.State, b.Since, b.Until, b.Why, b.Unclean = s, now.UTC(), time.Time{}, "", false
	return b
}

// set writes another state of a bed.
func set(tx data.Tx, row BedRow, b Bed) error {
	_, err := beds.Update(tx, row.ID, row.Version, b)
	return err
}

// Place is where a bed stands, in words that stay with a stay when rooms are renamed later.
type Place struct {
	Ward string `cbor:"1,keyasint"`
	Room string `cbor:"2,keyasint"`
	Bed  string `cbor:"3,keyasint"`
}

// Text is the place as people say it.
func (p Place) Text() term.Text {
	return data.Say("ward.place", "{{.Ward}}, room {{.Room}}, bed {{.Bed}}", "Ward", p.Ward, "Room", p.Room, "Bed", p.Bed)
}

func (p Place) compare(o Place) int {
	return cmp.Or(natural(p.Ward, o.Ward), natural(p.Room, o.Room), natural(p.Bed, o.Bed))
}

// spot is a bed with its room and ward, as a transaction reads them.
type spot struct {
	ward WardRow
	room RoomRow
	bed  BedRow
}

func (s spot) place() Place { return Place{s.ward.Value.Name, s.room.Value.Name, s.bed.Value.Label} }

// state is the bed's at an instant, closed where its room or ward is; and why.
func (s spot) state(now time.Time) (State, string) {
	own := s.bed.Value.StateAt(now)
	switch {
	case own == Occupied: // nothing with a patient in it is closed
		return own, ""
	case s.ward.Value.Closed != "":
		return Closed, s.ward.Value.Closed
	case s.room.Value.Closed != "":
		return Closed, s.room.Value.Closed
	}
	return own, s.bed.Value.Why
}

// spotOf reads a bed with what is around it.
func spotOf(tx data.Tx, id BedID) (s spot, err error) {
	if s.bed, err = beds.Get(tx, id); err != nil {
		return s, err
	}
	if s.room, err = rooms.Get(tx, s.bed.Value.Room); err != nil {
		return s, err
	}
	s.ward, err = wards.Get(tx, s.bed.Value.Ward)
	return s, err
}
