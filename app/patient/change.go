package patient

import (
	"context"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/data"
)

// Stale is the cause of a Conflict where somebody else changed the patient since it was read: what was to be saved, and what is there.
type Stale = data.Stale[ID, Patient]

// Change sets who a patient is, as of the version seen, and gives the new row.
//
// Errors: as Register; Conflict with a *Stale where somebody else changed the patient since it was read: then show Differences, let
// the person choose (Choose), and change again with the version that is there. Forbidden with access.ErrConfidential; NotFound.
//
// Where the patient no longer agrees to a photo, the photo goes in the same entry.
func Change(ctx context.Context, s *access.Session, operation uuid.UUID, id ID, seen uint64, d Draft) (Row, error) {
	at, err := where(ctx, s)
	if err != nil {
		return Row{}, err
	}
	deed := access.Deed{Action: access.ActPatientChange, About: about(id), Operation: operation}
	return written(s.Update(ctx, deed, func(tx data.Tx) error {
		old, err := patients.Get(tx, id)
		if err != nil {
			return err
		}
		c, err := d.clean(at.home, at.today(tx))
		if err != nil {
			return err
		}
		c.Unknown = c.Unknown && old.Value.Unknown
		c.stamp(old.Value.Consent, tx, s.Who())
		p := old.Value
		p.Draft = c
		if old.Version == seen {
			if err := freePapers(tx, s, id, c); err != nil {
				return err
			}
			if p.Photo, err = keptPhoto(tx, id, p); err != nil {
				return err
			}
		}
		_, err = patients.Update(tx, id, seen, p)
		return err
	}))
}

// keptPhoto takes the photo away where the patient does not agree to one.
func keptPhoto(tx data.Tx, id ID, p Patient) (uint64, error) {
	if p.Consent.Photo != No || p.Photo == 0 {
		return p.Photo, nil
	}
	return keepPhoto(tx, id, Photo{})
}
