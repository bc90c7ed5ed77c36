package schedule

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/data"
)

// ResourceKind is what can be booked. It is stored: never change one.
type ResourceKind byte

// The kinds of resources.
const (
	ADoctor  ResourceKind = 'd'
	AMachine ResourceKind = 'm'
	ARoom    ResourceKind = 'r' // for treatments; where patients lie is the business of wards
)

// ResourceID names a doctor, a machine or a room: its kind, and the 16 bytes of the person or of the equipment.
type ResourceID [17]byte

// DoctorID is the resource that a doctor is.
func DoctorID(user access.UserID) ResourceID { return resourceID(ADoctor, user) }

func resourceID(kind ResourceKind, id [16]byte) ResourceID {
	r := ResourceID{byte(kind)}
	copy(r[1:], id[:])
	return r
}

// RecordID is the key's encoding.
func (r ResourceID) RecordID() data.ID { return data.ID(r[:]) }

// FromRecordID is the way back.
func (ResourceID) FromRecordID(id data.ID) (r ResourceID, err error) {
	if len(id) != len(r) {
		return r, errors.New("no resource has this id")
	}
	copy(r[:], id)
	return r, nil
}

// Kind tells what it is.
func (r ResourceID) Kind() ResourceKind { return ResourceKind(r[0]) }

// IsZero tells whether it names nothing.
func (r ResourceID) IsZero() bool { return r == ResourceID{} }

// Doctor gives the person; false for machines and rooms.
func (r ResourceID) Doctor() (access.UserID, bool) {
	return access.UserID(r[1:]), r.Kind() == ADoctor
}

// Equipment is a machine or a room in which tests and treatments are done.
type Equipment struct {
	Kind  ResourceKind `cbor:"1,keyasint"`
	Name  string       `cbor:"2,keyasint"`           // "CT 1", "Physiotherapy room 2"
	Place string       `cbor:"3,keyasint,omitempty"` // where patients are sent: "Ground floor, left"
	// Closed equipment is booked no more; what was booked stays.
	Closed bool `cbor:"4,keyasint,omitempty"`
}

var equipment = data.NewTable[ResourceID, Equipment](data.TableSpec[Equipment]{Number: 32, Name: string(access.TableEquipment)})

// No two machines have the same name.
var _ = data.NewUnique(equipment, data.UniqueSpec[ResourceID, Equipment]{Number: 1, Name: "name", Version: 1, Fields: []string{FieldName},
	Keys: func(r EquipmentRow) []data.Key { return []data.Key{data.Encode(strings.ToLower(r.Value.Name))} }})

// EquipmentRow is a machine or room with the version to change it by.
type EquipmentRow = data.Row[ResourceID, Equipment]

// Form fields to which the errors of this package point. Those of the n-th line of several have ".n" behind them, from 1.
const (
	FieldName     = "name"
	FieldPlace    = "place"
	FieldKind     = "kind"
	FieldWeekday  = "weekday"
	FieldFrom     = "from"
	FieldTo       = "to"
	FieldSlot     = "slot"
	FieldCapacity = "capacity"
	FieldFirst    = "first"
	FieldLast     = "last"
	FieldShare    = "share"
	FieldDay      = "day"
	FieldTime     = "time"
	FieldLength   = "length"
	FieldResource = "resource"
	FieldPatient  = "patient"
	FieldPriority = "priority"
	FieldReason   = "reason"
	FieldWhy      = "why"
	FieldState    = "state"
	FieldPattern  = "pattern"
)

func invalid(op, field string, m data.Message) error {
	return data.Fail(data.Invalid, "schedule."+op, m, nil).On(field)
}

const maxLine = 120 // characters of a name, a place, a reason

func (e *Equipment) check() error {
	name, nameErr := term.Line(FieldName, e.Name, maxLine)
	place, placeErr := term.Line(FieldPlace, e.Place, maxLine)
	if nameErr == nil && name == "" {
		nameErr = invalid("equipment", FieldName, data.Say("schedule.equipment.name", "Enter a name by which everybody knows it."))
	}
	if e.Kind != AMachine && e.Kind != ARoom {
		placeErr = errors.Join(placeErr, invalid("equipment", FieldKind, data.Say("schedule.equipment.kind", "Choose whether it is a machine or a room.")))
	}
	e.Name, e.Place = name, place
	return errors.Join(nameErr, placeErr)
}

// AddEquipment adds a machine or a room. Invalid on name, place or kind; Conflict on name where another has it.
func AddEquipment(ctx context.Context, s *access.Session, operation uuid.UUID, e Equipment) (EquipmentRow, error) {
	if err := e.check(); err != nil {
		return EquipmentRow{}, err
	}
	fresh, err := uuid.NewV7()
	if err != nil {
		return EquipmentRow{}, err
	}
	e.Closed = false
	return written(ctx, s, equipment, access.ActScheduleEquipment, operation, func(tx data.Tx) error {
		_, err := equipment.Insert(tx, resourceID(e.Kind, fresh), e)
		return err
	})
}

// ChangeEquipment sets name, place and whether it is closed, as of the version seen; a machine stays a machine. Where it is closed under appointments the desk
// is told. Errors as AddEquipment;
// Conflict with a *data.Stale where somebody else changed it since it was read.
func ChangeEquipment(ctx context.Context, s *access.Session, operation uuid.UUID, id ResourceID, seen uint64, e Equipment) (EquipmentRow, error) {
	e.Kind = id.Kind()
	if err := e.check(); err != nil {
		return EquipmentRow{}, err
	}
	zone, err := zoneOf(ctx, s)
	if err != nil {
		return EquipmentRow{}, err
	}
	return written(ctx, s, equipment, access.ActScheduleEquipment, operation, func(tx data.Tx) error {
		old, err := equipment.Get(tx, id)
		if err != nil {
			return err
		}
		if _, err := equipment.Update(tx, id, seen, e); err != nil || old.Value.Closed || !e.Closed {
			return err
		}
		_, err = tellStranded(tx, id, zone)
		return err
	})
}

// written runs an update that writes one row of a table and gives it: of the first try, where this was a second one.
func written[K data.Identity[K], T any](ctx context.Context, s *access.Session, t *data.Table[K, T], action access.Action, operation uuid.UUID,
	fn func(data.Tx) error) (data.Row[K, T], error) {
	entry, err := s.Update(ctx, access.Deed{Action: action, Operation: operation}, fn)
	return rowIn(t, entry, err)
}

// rowIn gives the row that an entry wrote in a table.
func rowIn[K data.Identity[K], T any](t *data.Table[K, T], entry data.Entry, err error) (row data.Row[K, T], _ error) {
	if err != nil {
		return row, err
	}
	for event, err := range t.Events(entry) {
		return event.Row, err
	}
	return row, data.Fail(data.Internal, "schedule.written", data.Say("schedule.fault", "This could not be saved. Please report it."), nil)
}

// Resource is somebody or something that can be booked, with its name.
type Resource struct {
	ID         ResourceID
	Name       string
	Speciality string // of doctors
	Place      string // of machines and rooms
	// Inactive resources are booked no more: the doctor has left, the machine is closed. Their appointments stay.
	Inactive bool
	Version  uint64 // of equipment, to change it by
}

// Resources gives all doctors, machines and rooms by kind and name, those too that are inactive.
func Resources(ctx context.Context, s *access.Session) (all []Resource, err error) {
	staff, err := access.Staff(ctx, s)
	if err != nil {
		return nil, err
	}
	err = s.View(ctx, access.Deed{Action: access.ActScheduleRead}, func(tx data.Tx) error {
		all = doctors(staff)
		if all, err = formerDoctors(tx, staff, all); err != nil {
			return err
		}
		for row, err := range equipment.All(tx, data.Span{}) {
			if err != nil {
				return err
			}
			all = append(all, equipped(row))
		}
		return nil
	})
	slices.SortFunc(all, func(a, b Resource) int {
		if a.ID.Kind() != b.ID.Kind() {
			return int(a.ID.Kind()) - int(b.ID.Kind())
		}
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return all, err
}

func doctors(staff []access.Colleague) (all []Resource) {
	for _, c := range staff {
		if c.Roles.Has(access.Doctor) {
			all = append(all, ofColleague(c))
		}
	}
	return all
}

// formerDoctors adds who works as a doctor no more but had hours: their appointments have to be found.
func formerDoctors(tx data.Tx, staff []access.Colleague, all []Resource) ([]Resource, error) {
	for row, err := range hours.All(tx, data.Span{}) {
		if err != nil {
			return nil, err
		}
		for _, c := range staff {
			if DoctorID(c.ID) == row.ID && !c.Roles.Has(access.Doctor) {
				all = append(all, ofColleague(c))
			}
		}
	}
	return all, nil
}

func ofColleague(c access.Colleague) Resource {
	return Resource{ID: DoctorID(c.ID), Name: c.Name, Speciality: c.Speciality, Inactive: c.Inactive || !c.Roles.Has(access.Doctor)}
}

func equipped(row EquipmentRow) Resource {
	return Resource{ID: row.ID, Name: row.Value.Name, Place: row.Value.Place, Inactive: row.Value.Closed, Version: row.Version}
}

// resourceIn reads one resource inside a transaction. NotFound.
func resourceIn(tx data.Tx, id ResourceID) (Resource, error) {
	if user, ok := id.Doctor(); ok {
		c, err := access.ColleagueIn(tx, user)
		return ofColleague(c), err
	}
	row, err := equipment.Get(tx, id)
	return equipped(row), err
}

// Specialities gives those that active doctors have, by name.
func Specialities(all []Resource) []string {
	var names []string
	for _, r := range all {
		if r.Speciality != "" && !r.Inactive && !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, r.Speciality) }) {
			names = append(names, r.Speciality)
		}
	}
	slices.Sort(names)
	return names
}
