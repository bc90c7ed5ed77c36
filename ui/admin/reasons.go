package admin

import (
	"context"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
)

// mostReasons is how many stated reasons are listed; older ones are in the book.
const mostReasons = 1000

// reasons is the list of what was stated when confidential patients were opened.
type reasons struct {
	session *access.Session
	all     []reason // newest first
	filter  string
}

// reason is one of them. Of the patient it has only what the record refers to it by: who the patient is, an administrator may not see.
type reason struct {
	at            time.Time
	who, why, ref string
}

// load reads them. It is slow.
func (r *reasons) load(ctx context.Context) ([]reason, error) {
	stated, err := access.Reasons(ctx, r.session, mostReasons)
	if err != nil {
		return nil, err
	}
	staff, err := access.Staff(ctx, r.session)
	if err != nil {
		return nil, err
	}
	names := map[access.UserID]string{}
	for _, colleague := range staff {
		names[colleague.ID] = colleague.Name
	}
	all := make([]reason, 0, len(stated))
	for _, g := range stated {
		all = append(all, reason{at: g.At, who: names[g.User], why: g.Why, ref: reference(g)})
	}
	return all, nil
}

// reference is the patient's hospital number, which staff can look up; of reasons stated before that was kept, how the record refers to the patient.
func reference(g access.Glass) string {
	if g.Reference != "" {
		return g.Reference
	}
	patient := g.Patient
	if id, err := uuid.FromBytes([]byte(patient)); err == nil {
		return id.String()
	}
	return string(patient)
}

// shown are those that fit the filter.
func (r *reasons) shown() []reason {
	var rows []reason
	for _, one := range r.all {
		if matches(r.filter, one.who, one.why, one.ref) {
			rows = append(rows, one)
		}
	}
	return rows
}

// full tells whether there may be more than are listed.
func (r *reasons) full() bool { return len(r.all) >= mostReasons }
