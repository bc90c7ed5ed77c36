package frontdesk

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"wardbook/app/patient"
	"wardbook/ui/kit"
)

// changePhoto asks for another photo, or none.
func (s *pageScreen) changePhoto() {
	if s.writing.Busy() {
		return
	}
	row := *s.record.row
	field := newPhotoField(s.host, s.desk.PickFile)
	field.show(s.photo)
	form := kit.NewForm(1).Section(kit.Sentence{}, field)
	d := &kit.Dialog{Title: kit.Say("patients.photo.title", "Photo of {{.Name}}", "Name", row.Value.Name.Full()), Form: form}
	operation := uuid.New()
	d.Buttons = []kit.DialogButton{{Label: kit.Say("patients.photo.keep", "Save the photo"), Primary: true, Stay: true, Do: func() {
		switch {
		case s.writing.Busy() || !form.Check():
		case !field.wish.any():
			d.Close()
		default:
			s.setPhoto(d, form, &row, operation, field.wish)
		}
	}}}
	s.host.Ask(d)
}

// setPhoto saves the photo. Where somebody else changed the patient meanwhile, or an earlier try whose outcome nobody knew did, that is said, and
// row becomes what is there now: whoever then saves again knows it.
func (s *pageScreen) setPhoto(d *kit.Dialog, form *kit.Form, known *patient.Row, operation uuid.UUID, wish photoWish) {
	d.Enable(0, false)
	id, version := known.ID, known.Version
	kit.Start(s.writing, func(ctx context.Context, _ func(func())) (patient.Row, error) {
		return patient.SetPhoto(ctx, s.desk.Session, wish.operation(operation), id, version, wish.file)
	}, func(row patient.Row, err error) {
		d.Enable(0, true)
		if err != nil {
			var stale *patient.Stale
			if errors.As(err, &stale) {
				*known = stale.Theirs
			}
			refuse(form, s.host.Explain(err), err)
			return
		}
		d.Close()
		said := kit.Say("patients.photo.saved", "The photo of {{.Name}} is saved", "Name", row.Value.Name.Full())
		if wish.remove {
			said = kit.Say("patients.photo.removed", "The photo of {{.Name}} is removed", "Name", row.Value.Name.Full())
		}
		s.host.Tell(kit.Toast{Tone: kit.Good, Sentence: said})
		s.show(row)
	})
}
