package ward

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/data"
)

// RoomPlan is a room with as many beds as it is to have.
type RoomPlan struct {
	Room
	Beds int
}

// Plan is a ward with its rooms.
type Plan struct {
	Ward
	Rooms []RoomPlan
}

// Limits of what stands in one place: what is more is a slip of the keyboard.
const (
	mostBeds  = 20  // of a room
	mostRooms = 100 // of a plan
)

// clean says all that is wrong with a room's plan, each on its field.
func (p RoomPlan) clean() (RoomPlan, error) {
	room, err := p.Room.clean()
	p.Room = room
	if p.Beds < 1 || p.Beds > mostBeds {
		err = errors.Join(err, invalid(FieldCapacity, data.Say("ward.capacity.range", "A room has 1 to {{.Most}} beds. Enter how many.", "Most", mostBeds)))
	}
	return p, err
}

// AddWard adds a ward with its rooms and beds, all at once. Invalid on "name", "note", and for the rooms on "room.name" and so on (of the second one
// "room.2.name"); Conflict on "name" where another ward has it.
func AddWard(ctx context.Context, s *access.Session, operation uuid.UUID, p Plan) (WardRow, error) {
	ward, err := p.Ward.clean()
	errs := []error{err}
	if len(p.Rooms) > mostRooms {
		errs = append(errs, invalid("room", data.Say("ward.rooms.many", "Add at most {{.Most}} rooms at once.", "Most", mostRooms)))
	}
	plans := make([]RoomPlan, len(p.Rooms))
	for i, r := range p.Rooms {
		plans[i], err = r.clean()
		part := "room"
		if i > 0 {
			part = "room." + strconv.Itoa(i+1)
		}
		errs = append(errs, under(part, err))
	}
	if err := errors.Join(errs...); err != nil {
		return WardRow{}, err
	}
	id, err := fresh[Ward]()
	if err != nil {
		return WardRow{}, err
	}
	ward.Closed = ""
	entry, err := s.Update(ctx, access.Deed{Action: access.ActWardAdd, Operation: operation}, func(tx data.Tx) error {
		if _, err := wards.Insert(tx, id, ward); err != nil {
			return err
		}
		for i, r := range plans {
			if _, err := addRoom(tx, id, r); err != nil {
				return under("room."+strconv.Itoa(i+1), err)
			}
		}
		return nil
	})
	return written(wards, entry, err)
}

// under moves the fields of errors to a part of a form.
func under(part string, err error) error {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		var all []error
		for _, one := range several.Unwrap() {
			all = append(all, under(part, one))
		}
		return errors.Join(all...)
	}
	return term.Under(part, err)
}

// AddRoom adds a room with its beds to a ward. Invalid on "name", "sex", "kind", "capacity"; Conflict on "name" where another room of the ward has it.
func AddRoom(ctx context.Context, s *access.Session, operation uuid.UUID, ward WardID, p RoomPlan) (RoomRow, error) {
	p, err := p.clean()
	if err != nil {
		return RoomRow{}, err
	}
	entry, err := s.Update(ctx, access.Deed{Action: access.ActWardAdd, Operation: operation}, func(tx data.Tx) error {
		if _, err := wards.Get(tx, ward); err != nil {
			return err
		}
		_, err := addRoom(tx, ward, p)
		return err
	})
	return written(rooms, entry, err)
}

func addRoom(tx data.Tx, ward WardID, p RoomPlan) (RoomRow, error) {
	id, err := fresh[Room]()
	if err != nil {
		return RoomRow{}, err
	}
	p.Ward, p.Closed = ward, ""
	row, err := rooms.Insert(tx, id, p.Room)
	if err != nil {
		return row, err
	}
	return row, addBeds(tx, row, p.Beds, nil)
}

// addBeds adds beds to a room under the first letters that are free.
func addBeds(tx data.Tx, room RoomRow, count int, there []BedRow) error {
	taken := map[string]bool{}
	for _, b := range there {
		taken[folded(b.Value.Label)] = true
	}
	for letter := 'A'; count > 0; letter++ {
		label := string(letter)
		if letter > 'Z' { // people may have given any letter by hand
			label = strconv.Itoa(int(letter - 'Z'))
		}
		if taken[folded(label)] {
			continue
		}
		id, err := fresh[Bed]()
		if err != nil {
			return err
		}
		if _, err := beds.Insert(tx, id, Bed{Ward: room.Value.Ward, Room: room.ID, Label: label, Since: tx.Time()}); err != nil {
			return err
		}
		count--
	}
	return nil
}

// ChangeWard sets a ward's name and note, as of the version seen. Invalid as AddWard; Conflict with a *data.Stale where somebody else changed it.
func ChangeWard(ctx context.Context, s *access.Session, operation uuid.UUID, id WardID, seen uint64, w Ward) (WardRow, error) {
	w, err := w.clean()
	if err != nil {
		return WardRow{}, err
	}
	return changeWard(ctx, s, operation, id, seen, "", func(_ data.Tx, old Ward) (Ward, error) {
		w.Closed = old.Closed
		return w, nil
	})
}

// CloseWard admits nobody to a ward any more, for a reason. Invalid on "why"; Conflict where somebody lies in it or a bed is reserved, or with a
// *data.Stale.
func CloseWard(ctx context.Context, s *access.Session, operation uuid.UUID, id WardID, seen uint64, why string) (WardRow, error) {
	why, err := stated(why)
	if err != nil {
		return WardRow{}, err
	}
	return changeWard(ctx, s, operation, id, seen, why, func(tx data.Tx, w Ward) (Ward, error) {
		w.Closed = why
		return w, empty(tx, data.Within(id))
	})
}

// OpenWard takes the closing back. Conflict with a *data.Stale.
func OpenWard(ctx context.Context, s *access.Session, operation uuid.UUID, id WardID, seen uint64) (WardRow, error) {
	return changeWard(ctx, s, operation, id, seen, "", func(_ data.Tx, w Ward) (Ward, error) {
		w.Closed = ""
		return w, nil
	})
}

func changeWard(ctx context.Context, s *access.Session, operation uuid.UUID, id WardID, seen uint64, why string, to func(data.Tx, Ward) (Ward, error)) (WardRow, error) {
	entry, err := s.Update(ctx, access.Deed{Action: access.ActWardChange, Why: why, Operation: operation}, func(tx data.Tx) error {
		row, err := wards.Get(tx, id)
		if err != nil {
			return err
		}
		w, err := to(tx, row.Value)
		if err != nil {
			return err
		}
		_, err = wards.Update(tx, id, seen, w)
		return err
	})
	return written(wards, entry, err)
}

// RemoveWard takes a ward with its rooms and beds away; stays keep where they were. Conflict as CloseWard.
func RemoveWard(ctx context.Context, s *access.Session, operation uuid.UUID, id WardID, seen uint64) error {
	_, err := s.Update(ctx, access.Deed{Action: access.ActWardChange, Operation: operation}, func(tx data.Tx) error {
		if err := empty(tx, data.Within(id)); err != nil {
			return err
		}
		for room, err := range roomsOf.Rows(tx, data.Within(id)) {
			if err != nil {
				return err
			}
			if err := removeRoom(tx, room, room.Version); err != nil {
				return err
			}
		}
		_, err := wards.Delete(tx, id, seen)
		return err
	})
	return err
}

// bedsWithin gives the beds of a ward or a room, by label.
func bedsWithin(tx data.Tx, span data.Span) (all []BedRow, err error) {
	for b, err := range bedsOf.Rows(tx, span) {
		if err != nil {
			return nil, err
		}
		all = append(all, b)
	}
	slices.SortFunc(all, func(a, b BedRow) int { return natural(a.Value.Label, b.Value.Label) })
	return all, nil
}

// empty is Conflict where somebody lies in one of the beds or one is reserved.
func empty(tx data.Tx, span data.Span) error {
	all, err := bedsWithin(tx, span)
	if err != nil {
		return err
	}
	lying, kept := held(all, tx)
	if lying+kept == 0 {
		return nil
	}
	return conflict("", data.Say("ward.notempty",
		"{{.Lying}} patients lie here and {{.Kept}} beds are reserved. Move the patients and take the reservations away first.", "Lying", lying, "Kept", kept), nil)
}

func held(all []BedRow, tx data.Tx) (lying, kept int) {
	for _, b := range all {
		switch b.Value.StateAt(tx.Time()) {
		case Occupied:
			lying++
		case Reserved:
			kept++
		}
	}
	return lying, kept
}

func removeRoom(tx data.Tx, room RoomRow, seen uint64) error {
	all, err := bedsWithin(tx, data.Within(room.Value.Ward, room.ID))
	if err != nil {
		return err
	}
	for _, b := range all {
		if _, err := beds.Delete(tx, b.ID, b.Version); err != nil {
			return err
		}
	}
	_, err = rooms.Delete(tx, room.ID, seen)
	return err
}
