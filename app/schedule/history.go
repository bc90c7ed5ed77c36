package schedule

import (
	"context"

	"wardbook/app/access"
	"wardbook/data"
)

// HistoryEntry is one version of an appointment: who made it so, and when.
type HistoryEntry struct {
	Who  access.UserID // zero: the program itself
	Name string
	Row  Row
	Why  string
}

// History gives every version of an appointment, oldest first. NotFound; Forbidden, with access.ErrConfidential for a confidential patient.
func History(ctx context.Context, s *access.Session, id ID) (all []HistoryEntry, err error) {
	row, err := read(ctx, s, id)
	if err != nil {
		return nil, err
	}
	versions, err := s.History(ctx, access.Deed{Action: access.ActAppointmentHistory, About: about(row.Value.Patient)}, appointments.Def(), id.RecordID())
	if err != nil {
		return nil, err
	}
	names, err := namesOf(ctx, s)
	for _, v := range versions {
		row, err := appointments.Row(id.RecordID(), v.Record)
		if err != nil {
			return nil, err
		}
		who := names[v.Cause.Who]
		all = append(all, HistoryEntry{who.ID, who.Name, row, v.Cause.Why})
	}
	return all, err
}

// read gives an appointment for a change.
func read(ctx context.Context, s *access.Session, id ID) (row Row, err error) {
	err = s.View(ctx, access.Deed{Action: access.ActAppointmentFind}, func(tx data.Tx) error {
		row, err = appointments.Get(tx, id)
		return err
	})
	return row, err
}

func namesOf(ctx context.Context, s *access.Session) (map[string]access.Colleague, error) {
	staff, err := access.Staff(ctx, s)
	names := map[string]access.Colleague{}
	for _, c := range staff {
		names[c.ID.String()] = c
	}
	return names, err
}
