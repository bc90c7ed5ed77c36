package patient

import (
	"context"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/data"
)

// Photo is a patient's picture as it lies in the book.
type Photo struct {
	JPEG   []byte `cbor:"1,keyasint,omitempty"` // without any metadata, at most MaxPhoto bytes; empty: taken away
	Width  int    `cbor:"2,keyasint,omitempty"` // pixels
	Height int    `cbor:"3,keyasint,omitempty"`
}

// photos are kept under the patient's own id.
var photos = data.NewTable[ID, Photo](data.TableSpec[Photo]{Number: 23, Name: string(access.TablePhotos)})

// ReadPhoto gives the photo of a patient who was opened; this is not recorded as another look. NotFound where there is none; Forbidden as Open.
func ReadPhoto(ctx context.Context, s *access.Session, id ID) (photo Photo, err error) {
	err = s.View(ctx, access.Deed{Action: access.ActPatientPhoto, About: about(id)}, func(tx data.Tx) error {
		row, err := photos.Get(tx, id)
		if err == nil && len(row.Value.JPEG) == 0 {
			err = data.NotStored(photos.Def(), id.RecordID())
		}
		photo = row.Value
		return err
	})
	return photo, err
}

// SetPhoto gives a patient a photo, from a PNG or JPEG as it comes from a camera; nil takes it away. It is brought to size, and where and with
// what it was taken is left out of it. Slow: not for the goroutine of the windows.
//
// Invalid on "photo" where the file is no such picture, is too large, or where the patient said no to a photo; Conflict with a *Stale;
// Forbidden as Open.
func SetPhoto(ctx context.Context, s *access.Session, operation uuid.UUID, id ID, seen uint64, file []byte) (Row, error) {
	var photo Photo
	if len(file) > 0 {
		var err error
		if photo, err = makePhoto(file); err != nil {
			return Row{}, err
		}
	}
	deed := access.Deed{Action: access.ActPatientChange, About: about(id), Operation: operation}
	return written(s.Update(ctx, deed, func(tx data.Tx) error {
		row, err := patients.Get(tx, id)
		if err != nil {
			return err
		}
		p := row.Value
		if p.Consent.Photo == No && len(photo.JPEG) > 0 {
			return invalid(FieldPhoto, data.Say("patient.photo.refused",
				"The patient did not agree to a photo. Ask again, and record the answer first."))
		}
		if p.Photo, err = keepPhoto(tx, id, photo); err != nil {
			return err
		}
		_, err = patients.Update(tx, id, seen, p)
		return err
	}))
}

// keepPhoto writes a photo, or its absence, and gives the version for the patient's record.
func keepPhoto(tx data.Tx, id ID, photo Photo) (uint64, error) {
	old, err := photos.Get(tx, id)
	var row data.Row[ID, Photo]
	switch {
	case data.Is(err, data.NotFound) && len(photo.JPEG) == 0:
		return 0, nil
	case data.Is(err, data.NotFound):
		row, err = photos.Insert(tx, id, photo)
	case err == nil:
		row, err = photos.Update(tx, id, old.Version, photo)
	}
	if err != nil || len(photo.JPEG) == 0 {
		return 0, err
	}
	return row.Version, nil
}
