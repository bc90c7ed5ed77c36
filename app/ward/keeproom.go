package ward

import (
	"context"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/data"
)

// ChangeRoom sets a room's facts and capacity, as of the version seen: beds are added, or empty ones taken away, the last first. Invalid as AddRoom; Conflict on
// "capacity" where more beds are in use than would be left, and with a *data.Stale where somebody else changed the room.
func ChangeRoom(ctx context.Context, s *access.Session, operation uuid.UUID, id RoomID, seen uint64, p RoomPlan) (RoomRow, error) {
	p, err := p.clean()
	if err != nil {
		return RoomRow{}, err
	}
	return changeRoom(ctx, s, operation, id, seen, "", func(tx data.Tx, old RoomRow) (Room, error) {
		p.Ward, p.Closed = old.Value.Ward, old.Value.Closed
		return p.Room, resize(tx, old, p.Beds)
	})
}

// resize brings a room to its capacity.
func resize(tx data.Tx, room RoomRow, count int) error {
	all, err := bedsWithin(tx, data.Within(room.Value.Ward, room.ID))
	if err != nil {
		return err
	}
	if count >= len(all) {
		return addBeds(tx, room, count-len(all), all)
	}
	if lying, kept := held(all, tx); lying+kept > count {
		return conflict(FieldCapacity, data.Say("ward.capacity.used",
			"{{.Lying}} patients lie in this room and {{.Kept}} beds are reserved. It can't have fewer beds than that.", "Lying", lying, "Kept", kept), nil)
	}
	spare := len(all) - count
	for i := len(all) - 1; spare > 0; i-- {
		if s := all[i].Value.StateAt(tx.Time()); s == Occupied || s == Reserved {
			continue
		}
		if _, err := beds.Delete(tx, all[i].ID, all[i].Version); err != nil {
			return err
		}
		spare--
	}
	return nil
}

// CloseRoom admits nobody to a room any more, for a reason. Invalid on "why"; Conflict where somebody lies in it or a bed is reserved, or with a
// *data.Stale.
func CloseRoom(ctx context.Context, s *access.Session, operation uuid.UUID, id RoomID, seen uint64, why string) (RoomRow, error) {
	why, err := stated(why)
	if err != nil {
		return RoomRow{}, err
	}
	return changeRoom(ctx, s, operation, id, seen, why, func(tx data.Tx, old RoomRow) (Room, error) {
		r := old.Value
		r.Closed = why
		return r, empty(tx, data.Within(r.Ward, id))
	})
}

// OpenRoom takes the closing back. Conflict with a *data.Stale.
func OpenRoom(ctx context.Context, s *access.Session, operation uuid.UUID, id RoomID, seen uint64) (RoomRow, error) {
	return changeRoom(ctx, s, operation, id, seen, "", func(_ data.Tx, old RoomRow) (Room, error) {
		r := old.Value
		r.Closed = ""
		return r, nil
	})
}

func changeRoom(ctx context.Context, s *access.Session, operation uuid.UUID, id RoomID, seen uint64, why string, to func(data.Tx, RoomRow) (Room, error)) (RoomRow, error) {
	entry, err := s.Update(ctx, access.Deed{Action: access.ActWardChange, Why: why, Operation: operation}, func(tx data.Tx) error {
		row, err := rooms.Get(tx, id)
		if err != nil {
			return err
		}
		r, err := to(tx, row)
		if err != nil {
			return err
		}
		_, err = rooms.Update(tx, id, seen, r)
		return err
	})
	return written(rooms, entry, err)
}

// RemoveRoom takes a room with its beds away; stays keep where they were. Conflict as CloseRoom.
func RemoveRoom(ctx context.Context, s *access.Session, operation uuid.UUID, id RoomID, seen uint64) error {
	_, err := s.Update(ctx, access.Deed{Action: access.ActWardChange, Operation: operation}, func(tx data.Tx) error {
		room, err := rooms.Get(tx, id)
		if err != nil {
			return err
		}
		if err := empty(tx, data.Within(room.Value.Ward, id)); err != nil {
			return err
		}
		return removeRoom(tx, room, seen)
	})
	return err
}

// LabelBed gives a bed another label. Invalid on "label"; Conflict on "label" where another bed of the room has it, and with a *data.Stale.
func LabelBed(ctx context.Context, s *access.Session, operation uuid.UUID, id BedID, seen uint64, label string) (BedRow, error) {
	label, err := named(FieldLabel, label, maxLabel)
	if err != nil {
		return BedRow{}, err
	}
	entry, err := s.Update(ctx, access.Deed{Action: access.ActWardChange, Operation: operation}, func(tx data.Tx) error {
		row, err := beds.Get(tx, id)
		if err != nil {
			return err
		}
		b := row.Value
		b.Label = label
		_, err = beds.Update(tx, id, seen, b)
		return err
	})
	return written(beds, entry, err)
}
