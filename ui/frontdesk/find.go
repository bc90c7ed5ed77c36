package frontdesk

import (
	"context"
	"time"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// Find searches patients for the search at the top of every window. now is the time at the hospital, in its zone.
func Find(s *access.Session, now func() time.Time) kit.Find {
	return func(ctx context.Context, query string, limit int) ([]kit.Hit, int, error) {
		found, err := patient.Search(ctx, s, query, limit)
		if err != nil {
			return nil, 0, err
		}
		at := now()
		on := term.DateOf(at, at.Location())
		hits := make([]kit.Hit, 0, len(found.Hits))
		for _, h := range found.Hits {
			hits = append(hits, kitHit(h, on))
		}
		return hits, found.Total, nil
	}
}

// kitHit writes a hit as searches show it.
func kitHit(h patient.Hit, on term.Date) kit.Hit {
	hit := kit.Hit{ID: h.ID.String(), Name: h.Name.Listed(), Born: bornText(h, on), Sex: sexFact(h.Sex), MRN: h.MRN.String(), Alike: h.Alike}
	switch {
	case h.Confidential:
		hit.Note, hit.Tone = kit.Say("patients.mark.confidential", "confidential"), kit.Attention
	case h.Unknown:
		hit.Note, hit.Tone = kit.Say("patients.mark.unknown", "not identified"), kit.Attention
	}
	return hit
}
