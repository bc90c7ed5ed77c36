package rooms

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"wardbook/app/ward"
	"wardbook/ui/kit"
)

// noTime is now, where an instant may be said.
var noTime time.Time

// departure asks for all that a discharge needs: where the patient goes, and the reason where something is open.
type departure struct {
	host kit.Host
	desk *Desk
	who  ward.Inpatient
	done func() // once it was done
}

// leaving is what a person entered of a discharge.
type leaving struct {
	version uint64
	leave   ward.Leave
}

// ask reads what is open and then asks.
func (d departure) ask() {
	session, stay := d.desk.Session, d.who.Stay
	async := d.host.Async()
	kit.Start(async, func(ctx context.Context, _ func(func())) ([]ward.Item, error) {
		return ward.Checklist(ctx, session, stay)
	},
		func(open []ward.Item, err error) {
			switch {
			case confidential(err):
				d.host.Go(StayRoute(d.who.ID, stay))
			case err != nil:
				d.host.Tell(kit.Toast{Tone: kit.Critical, Sentence: d.host.Explain(err)})
			default:
				d.open(async, open)
			}
		})
}

// open shows the question. What is open stands above it; without anything open no reason is asked for.
func (d departure) open(async *kit.Async, open []ward.Item) {
	how := dispositionField()
	note := kit.NewTextField(kit.FieldSpec{Name: ward.FieldNote, Label: kit.Say("rooms.leave.note", "Note"), Hint: kit.Say("rooms.leave.note.hint", "Such as who fetches the patient. Nothing clinical.")},
		kit.TextRules{Max: 300})
	form := kit.NewForm(1).Section(kit.Sentence{}, how, note)
	dialog := &kit.Dialog{Title: kit.Say("rooms.leave.title", "Discharge {{.Name}}?", "Name", called(d.who.Who)), Remarks: d.remarks(open), Form: form}
	var why *kit.TextField
	if len(open) > 0 {
		why = reasonField(kit.Say("rooms.leave.despite", "Reason for the discharge all the same"))
		form.Add(why, true)
	}
	var tries wish[leaving]
	dialog.Buttons = []kit.DialogButton{{Label: kit.Say("rooms.leave.do", "Discharge {{.Name}}", "Name", short(called(d.who.Who))), Primary: true, Stay: true, Do: func() {
		if async.Busy() || !form.Check() {
			return
		}
		leave := ward.Leave{Note: note.Text()}
		leave.How, _ = how.Value()
		if why != nil {
			leave.Despite = why.Text()
		}
		dialog.Enable(0, false)
		d.write(async, dialog, form, tries.of(leaving{d.who.Version, leave}), leave)
	}}}
	d.host.Ask(dialog)
}

func dispositionField() *kit.ChoiceField[ward.Disposition] {
	var options []kit.Option[ward.Disposition]
	for _, one := range ward.Dispositions {
		options = append(options, kit.Option[ward.Disposition]{Value: one, Label: kit.Of(one.Text())})
	}
	return kit.NewChoiceField(kit.FieldSpec{Name: ward.FieldHow, Label: kit.Say("rooms.leave.how", "Where the patient goes"), Required: true}, options)
}

// remarks are what has to be known to decide.
func (d departure) remarks(open []ward.Item) []kit.Remark {
	all := []kit.Remark{{Tone: kit.Plain, Sentence: kit.Say("rooms.leave.from", "{{.Place}} will have to be cleaned. The record stays complete.", "Place", kit.Of(d.who.Place.Text()))}}
	if len(open) == 0 {
		return append(all, kit.Remark{Tone: kit.Good, Sentence: kit.Say("rooms.leave.nothing", "Nothing is open for this patient")})
	}
	all = append(all, kit.Remark{Tone: kit.Attention, Sentence: kit.Say("rooms.leave.open", "Still open, to be settled first, or to be left for a reason:")})
	for _, item := range open {
		all = append(all, kit.Remark{Tone: kit.Attention, Sentence: kit.Of(item.Says)})
	}
	return all
}

func (d departure) write(async *kit.Async, dialog *kit.Dialog, form *kit.Form, operation uuid.UUID, leave ward.Leave) {
	session, stay, version := d.desk.Session, d.who.Stay, d.who.Version
	kit.Start(async, func(ctx context.Context, _ func(func())) (ward.StayRow, error) {
		return ward.Depart(ctx, session, operation, stay, version, leave)
	}, func(row ward.StayRow, err error) {
		dialog.Enable(0, true)
		var open *ward.StillOpen
		switch {
		case errors.As(err, &open): // something was ordered meanwhile: ask again with it, and with what was typed
			dialog.Close()
			d.open(async, open.Items)
		case err != nil:
			refuse(form, d.host.Explain(err), err)
		default:
			dialog.Close()
			d.host.Tell(d.left(row))
			if d.done != nil {
				d.done()
			}
		}
	})
}

// left says that the patient has left, and takes it back for a reason as long as that is honest.
func (d departure) left(row ward.StayRow) kit.Toast {
	return kit.Toast{Tone: kit.Good, Sentence: kit.Say("rooms.left", "{{.Name}} was discharged from {{.Place}}", "Name", called(d.who.Who), "Place", kit.Of(row.Value.Last().Place.Text())),
		Label: undoes(), Undo: func() { undoDischarge(d.host, d.desk, called(d.who.Who), row, d.done).ask() }}
}

// undoDischarge asks why a discharge was a mistake.
func undoDischarge(h kit.Host, d *Desk, name string, row ward.StayRow, done func()) question {
	session := d.Session
	return question{host: h, title: kit.Say("rooms.undo.discharge.title", "Undo the discharge of {{.Name}}?", "Name", name),
		then:  kit.Say("rooms.undo.discharge.then", "The patient then was in all the time, in the same bed. This goes only while the bed is free."),
		label: kit.Say("rooms.undo.discharge.do", "Undo the discharge"), done: done,
		do: func(ctx context.Context, operation uuid.UUID, why string) (kit.Toast, error) {
			back, err := ward.UndoDischarge(ctx, session, operation, row.ID, row.Version, why)
			if err != nil {
				return kit.Toast{}, err
			}
			return kit.Toast{Tone: kit.Good, Sentence: kit.Say("rooms.undo.discharge.done", "{{.Name}} is in again: {{.Place}}", "Name", name, "Place", kit.Of(back.Value.Last().Place.Text()))}, nil
		}}
}

// undoAdmission asks why an admission was a mistake.
func undoAdmission(h kit.Host, d *Desk, name string, row ward.StayRow, done func()) question {
	session := d.Session
	return question{host: h, title: kit.Say("rooms.undo.admission.title", "Strike out the admission of {{.Name}}?", "Name", name),
		then:  kit.Say("rooms.undo.admission.then", "For an admission of the wrong patient. It stays in the record as a mistake, and the bed has to be cleaned."),
		label: kit.Say("rooms.undo.admission.do", "Strike the admission out"), done: done,
		do: func(ctx context.Context, operation uuid.UUID, why string) (kit.Toast, error) {
			_, err := ward.UndoAdmission(ctx, session, operation, row.ID, row.Version, why)
			return kit.Toast{Tone: kit.Good, Sentence: kit.Say("rooms.undo.admission.done", "The admission of {{.Name}} is struck out", "Name", name)}, err
		}}
}

// patientField asks for a patient by a search.
type patientField struct {
	*kit.FieldFrame
	search *kit.PatientSearch
	hit    *kit.Hit
	// chosen is called with the patient who was found.
	chosen func(kit.Hit)
}

func newPatientField(h kit.Host, d *Desk, name string) *patientField {
	f := &patientField{}
	async := h.Async()
	f.search = kit.NewPatientSearch(async, d.after(async), d.Find, h.Explain)
	f.search.OnChoose = f.take
	f.FieldFrame = kit.NewFieldFrame(kit.FieldSpec{Name: name, Label: kit.Say("rooms.patient", "Patient"), Required: true,
		Hint: kit.Say("rooms.patient.hint", "Name, date of birth, MRN or phone; Enter chooses.")},
		kit.FieldInput{Object: f.search, Focus: f.search.Entry, Read: f.read, Enable: func(may bool) {
			if may {
				f.search.Entry.Enable()
			} else {
				f.search.Entry.Disable()
			}
		}})
	return f
}

func (f *patientField) read() string {
	if f.hit == nil {
		return ""
	}
	return f.hit.ID
}

// take keeps who was found and says who that is.
func (f *patientField) take(hit kit.Hit) {
	f.hit = &hit
	f.SetNote(joined(hit.Name, hit.Born, hit.Sex, kit.Say("rooms.mrn", "MRN {{.MRN}}", "MRN", hit.MRN).Text()))
	f.Edited()
	if f.chosen != nil {
		f.chosen(hit)
	}
}
