package ward

import (
	"errors"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/data"
)

// RoomID names a room.
type RoomID = data.Ref[Room]

// Room is a room of a ward. Its capacity is the number of its beds, counted where it is asked for and kept nowhere else.
type Room struct {
	Ward WardID   `cbor:"1,keyasint"`
	Name string   `cbor:"2,keyasint"`
	Sex  SexRule  `cbor:"3,keyasint,omitempty"`
	Kind RoomKind `cbor:"4,keyasint,omitempty"`
	// Isolation: somebody can be kept apart from others in it.
	Isolation bool `cbor:"5,keyasint,omitempty"`
	// Monitoring: patients in it are watched by monitors.
	Monitoring bool `cbor:"6,keyasint,omitempty"`
	// Closed says why nobody is admitted to it; "": it is open.
	Closed string `cbor:"7,keyasint,omitempty"`
}

// RoomRow is a room as stored, with the version to change it by.
type RoomRow = data.Row[RoomID, Room]

var rooms = data.NewTable[RoomID, Room](data.TableSpec[Room]{Number: 61, Name: string(access.TableRooms)})

// No two rooms of a ward have the same name.
var _ = data.NewUnique(rooms, data.UniqueSpec[RoomID, Room]{Number: 1, Name: "name", Version: 1, Fields: []string{FieldName},
	Keys: func(r RoomRow) []data.Key { return []data.Key{data.Encode(r.Value.Ward, folded(r.Value.Name))} }})

var roomsOf = data.NewIndex(rooms, data.IndexSpec[RoomID, Room, struct{}]{Number: 2, Name: "of a ward", Version: 1,
	Keys: func(r RoomRow) []data.Key { return []data.Key{data.Encode(r.Value.Ward)} }})

// SexRule says who may lie in a room. The numbers lie in records.
type SexRule uint8

// The rules.
const (
	Mixed SexRule = 0
	Women SexRule = 1
	Men   SexRule = 2
)

// SexRules are the choices of a form, in its order.
var SexRules = []SexRule{Mixed, Women, Men}

// Text is the word for people.
func (r SexRule) Text() term.Text {
	switch r {
	case Women:
		return data.Say("ward.sex.women", "Women")
	case Men:
		return data.Say("ward.sex.men", "Men")
	}
	return data.Say("ward.sex.mixed", "Mixed")
}

// Admits tells whether somebody of this sex fits the rule. Of whom the sex is not known, nobody can say so.
func (r SexRule) Admits(sex term.Sex) bool {
	return r == Mixed || r == Women && sex == term.Female || r == Men && sex == term.Male
}

// RoomKind is what a room is made for. The codes lie in records; "" is an ordinary room.
type RoomKind string

// The kinds.
const (
	Ordinary  RoomKind = ""
	Intensive RoomKind = "intensive"
	Maternity RoomKind = "maternity"
	Children  RoomKind = "children"
	DayRoom   RoomKind = "day"
)

// RoomKinds are the choices of a form, in its order.
var RoomKinds = []RoomKind{Ordinary, Intensive, Maternity, Children, DayRoom}

// Text is the word for people.
func (k RoomKind) Text() term.Text {
	switch k {
	case Ordinary:
		return data.Say("ward.room.ordinary", "Ordinary room")
	case Intensive:
		return data.Say("ward.room.intensive", "Intensive care")
	case Maternity:
		return data.Say("ward.room.maternity", "Maternity")
	case Children:
		return data.Say("ward.room.children", "Children")
	case DayRoom:
		return data.Say("ward.room.day", "Day cases")
	}
	return data.Say("ward.room.unknown", "Of a kind that this version does not know")
}

func (k RoomKind) known() bool {
	for _, one := range RoomKinds {
		if k == one {
			return true
		}
	}
	return false
}

// clean says what is wrong with a room's facts, each on its field: name, sex, kind.
func (r Room) clean() (Room, error) {
	name, err := named(FieldName, r.Name, maxName)
	r.Name = name
	errs := []error{err}
	if r.Sex > Men {
		errs = append(errs, invalid(FieldSex, data.Say("ward.sex.none", "Choose women, men or mixed.")))
	}
	if !r.Kind.known() {
		errs = append(errs, invalid(FieldKind, data.Say("ward.room.none", "Choose the kind of room from the list.")))
	}
	return r, errors.Join(errs...)
}
