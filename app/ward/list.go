package ward

import (
	"context"
	"slices"
	"strings"
	"time"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/data"
)

// Filter says which inpatients to list. The zero value is all.
type Filter struct {
	Ward   WardID
	Doctor access.UserID
	// Query keeps those of whose name, number or place each word typed is a beginning.
	Query string
}

// Inpatients lists who is in, by ward, room and bed.
func Inpatients(ctx context.Context, s *access.Session, f Filter) (all []Inpatient, err error) {
	index, span := lying, data.Span{}
	switch {
	case !f.Doctor.IsZero():
		index, span = treated, data.Within(f.Doctor)
	case !f.Ward.IsZero():
		span = data.Within(f.Ward)
	}
	all, err = list(ctx, s, index, span, f.Query, func(b brief) bool { return f.Ward.IsZero() || b.Last.Ward == f.Ward })
	slices.SortStableFunc(all, func(a, b Inpatient) int { return a.Place.compare(b.Place) })
	return all, err
}

// Expected lists who is expected to leave until a day, the earliest first; those who should have left before stand at the top.
func Expected(ctx context.Context, s *access.Session, until term.Date, query string) ([]Inpatient, error) {
	return list(ctx, s, leaving, data.Span{To: data.PrefixEnd(data.Encode(until.String()))}, query, everyone)
}

// Discharged lists who has left since an instant, the last first.
func Discharged(ctx context.Context, s *access.Session, since time.Time, query string) ([]Inpatient, error) {
	return list(ctx, s, left, data.Span{To: data.PrefixEnd(data.Encode(data.Desc{Part: since}))}, query, everyone)
}

func everyone(brief) bool { return true }

// list walks an index of stays. Names come from the patients themselves, so that a list never shows one that was changed since.
func list(ctx context.Context, s *access.Session, index *data.Index[StayID, Stay, brief], span data.Span, query string, keep func(brief) bool) (all []Inpatient, err error) {
	prefixes := data.Prefixes(query)
	err = s.View(ctx, access.Deed{Action: access.ActStayList}, func(tx data.Tx) error {
		all = nil
		for hit, err := range index.Scan(tx, span) {
			if err != nil {
				return err
			}
			if !keep(hit.Cover) {
				continue
			}
			i, err := inpatient(tx, s, hit.ID, hit.Cover)
			if err != nil {
				return err
			}
			if i.found(prefixes) {
				all = append(all, i)
			}
		}
		return nil
	})
	everybody := make([]*Who, len(all))
	for i := range all {
		everybody[i] = &all[i].Who
	}
	markAlike(everybody)
	return all, err
}

// found tells whether each prefix begins a word of what the list shows.
func (i Inpatient) found(prefixes []string) bool {
	if len(prefixes) == 0 {
		return true
	}
	words := data.Words(append(i.Name.Searched(), i.MRN.String(), i.MRN.Digits(), i.Place.Ward, i.Place.Room, i.Place.Bed)...)
	for _, p := range prefixes {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, p) }) {
			return false
		}
	}
	return true
}

// History gives all stays of a patient, the last first, mistaken ones too. That somebody looked is recorded. Forbidden with access.ErrConfidential.
func History(ctx context.Context, s *access.Session, who patient.ID) (all []StayRow, err error) {
	deed := access.Deed{Action: access.ActStayHistory, About: []data.ID{who.RecordID()}}
	err = s.View(ctx, deed, func(tx data.Tx) error {
		all = nil
		for row, err := range ofPatient.Rows(tx, data.Within(who)) {
			if err != nil {
				return err
			}
			all = append(all, row)
		}
		return nil
	})
	return all, err
}

// PresentStay gives the stay of a patient who is in; false where none is.
func PresentStay(ctx context.Context, s *access.Session, who patient.ID) (row StayRow, in bool, err error) {
	err = s.View(ctx, access.Deed{Action: access.ActStayList}, func(tx data.Tx) error {
		row, err = presentOf.Get(tx, who)
		in = err == nil
		return notThere(err)
	})
	return row, in, err
}
