package schedule

import (
	"encoding/binary"
	"errors"
	"time"

	"wardbook/app/access"
	"wardbook/data"
)

// WeekKey names what is taken of one resource in one week.
type WeekKey struct {
	Resource ResourceID
	Week     int64 // since 1970, UTC
}

// RecordID is the key's encoding: the resource, then the week as 4 bytes, so that weeks lie side by side.
func (k WeekKey) RecordID() data.ID {
	return data.ID(binary.BigEndian.AppendUint32(append([]byte(nil), k.Resource[:]...), uint32(k.Week)))
}

// FromRecordID is the way back.
func (WeekKey) FromRecordID(id data.ID) (k WeekKey, err error) {
	if len(id) != len(k.Resource)+4 {
		return k, errors.New("no week of a resource has this id")
	}
	copy(k.Resource[:], id)
	k.Week = int64(binary.BigEndian.Uint32([]byte(id[len(k.Resource):])))
	return k, nil
}

// Occupancy is what is taken of one resource in one week: the sum of its active appointments and open offers, without whose they are.
type Occupancy struct {
	Spans Spans `cbor:"1,keyasint,omitempty"`
}

var occupancy = data.NewTable[WeekKey, Occupancy](data.TableSpec[Occupancy]{Number: 36, Name: string(access.TableOccupancy)})

// place is a time of a resource that somebody takes.
type place struct {
	Resource ResourceID
	Start    time.Time
	Minutes  int
	flags    byte
}

func (p place) end() time.Time { return p.Start.Add(time.Duration(p.Minutes) * time.Minute) }

func (p place) week() (WeekKey, []byte) {
	return WeekKey{p.Resource, weekOf(p.Start)}, pack(p.Start, p.Minutes, p.flags)
}

// take writes a place down as taken. That it is free has been looked at in the same transaction.
func take(tx data.Tx, p place) error {
	key, span := p.week()
	row, err := getRow(tx, occupancy, key)
	if err != nil {
		return err
	}
	return setRow(tx, occupancy, key, row.Version, Occupancy{row.Value.Spans.with(span)})
}

// free gives a place back.
func free(tx data.Tx, p place) error {
	key, span := p.week()
	row, err := getRow(tx, occupancy, key)
	if err != nil {
		return err
	}
	rest, found := row.Value.Spans.without(span)
	if !found {
		return data.Fail(data.Internal, "schedule.free", data.Say("schedule.fault", "This could not be saved. Please report it."),
			errors.New("a time was to be freed that is not taken"))
	}
	return setRow(tx, occupancy, key, row.Version, Occupancy{rest})
}

// busyIn reads what is taken of a resource in the weeks from one to another.
func busyIn(tx data.Tx, id ResourceID, from, to int64, all busy) (busy, error) {
	span := data.Span{From: []byte(WeekKey{id, from}.RecordID()), To: []byte(WeekKey{id, to + 1}.RecordID())}
	for row, err := range occupancy.All(tx, span) {
		if err != nil {
			return all, err
		}
		all = row.Value.Spans.in(row.ID.Week, all)
	}
	return all, nil
}

// Tables are the tables of this package, for the schema.
func Tables() []*data.TableDef {
	return []*data.TableDef{hours.Def(), leave.Def(), equipment.Def(), holidays.Def(), rules.Def(), appointments.Def(), occupancy.Def(), waiting.Def(), offers.Def()}
}
