package patient

import (
	"context"
	"slices"
	"time"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/data"
)

// Entry is one change of a patient: who changed what, from what to what.
type Entry struct {
	When time.Time
	Who  access.UserID // zero: the program itself
	Name string        // of who did it; "" for the program itself
	// Why is the stated reason, where one was asked for.
	Why        string
	Registered bool // this is how the patient came into the book
	Changed    []Changed
}

// Changed is one fact before and after; no Text (English is "") where nothing was or is there.
type Changed struct {
	Field    string
	Label    term.Text
	From, To term.Text
}

// History gives how a patient came to be as described, newest first. That somebody looked is recorded. Forbidden with
// access.ErrConfidential; NotFound where there never was such a patient.
func History(ctx context.Context, s *access.Session, id ID) ([]Entry, error) {
	versions, err := s.History(ctx, access.Deed{Action: access.ActPatientHistory, About: about(id)}, patients.Def(), id.RecordID())
	if err != nil {
		return nil, err
	}
	if len(versions) == 0 {
		return nil, data.NotStored(patients.Def(), id.RecordID())
	}
	staff, err := access.Staff(ctx, s)
	if err != nil {
		return nil, err
	}
	names := map[string]access.Colleague{}
	for _, c := range staff {
		names[c.ID.String()] = c
	}
	var entries []Entry
	var before Patient
	for i, v := range versions {
		row, err := patients.Row(id.RecordID(), v.Record)
		if err != nil {
			return nil, err
		}
		who := names[v.Cause.Who]
		entries = append(entries, Entry{When: v.Time, Who: who.ID, Name: who.Name, Why: v.Cause.Why, Registered: i == 0,
			Changed: changes(before, row.Value)})
		before = row.Value
	}
	slices.Reverse(entries)
	return entries, nil
}

// changes gives what differs between two versions.
func changes(from, to Patient) []Changed {
	var all []Changed
	for _, f := range facts {
		if !f.same(from.Draft, to.Draft) {
			all = append(all, Changed{f.field, f.label, f.show(from.Draft), f.show(to.Draft)})
		}
	}
	if from.Photo != to.Photo {
		all = append(all, Changed{FieldPhoto, data.Say("patient.label.photo", "Photo"), photoThere(from), photoThere(to)})
	}
	if from.Confidential != to.Confidential {
		all = append(all, Changed{FieldConfidential, data.Say("patient.label.confidential", "Confidential"), yesNo(from.Confidential), yesNo(to.Confidential)})
	}
	return all
}

// photoThere does not show the photo: that there was another one is what a history tells.
func photoThere(p Patient) term.Text {
	if p.Photo == 0 {
		return term.Text{}
	}
	return data.Say("patient.photo.there", "A photo")
}
