package rooms

import (
	"context"
	"time"

	"github.com/google/uuid"

	"wardbook/app/patient"
	"wardbook/app/ward"
	"wardbook/ui/kit"
)

// keeping is for how long a bed is kept.
type keeping uint8

const (
	twoHours keeping = iota
	sixHours
	oneDay
	threeDays
	oneWeek
	twoWeeks
)

var keepings = []keeping{twoHours, sixHours, oneDay, threeDays, oneWeek, twoWeeks}

func (k keeping) says() kit.Sentence {
	switch k {
	case twoHours:
		return kit.Say("rooms.keep.two", "2 hours")
	case sixHours:
		return kit.Say("rooms.keep.six", "6 hours")
	case oneDay:
		return kit.Say("rooms.keep.day", "1 day")
	case threeDays:
		return kit.Say("rooms.keep.days", "3 days")
	case oneWeek:
		return kit.Say("rooms.keep.week", "1 week")
	}
	return kit.Say("rooms.keep.weeks", "2 weeks")
}

// until is the instant, by the clock on the wall: a day later is the same time of day, also when clocks change in between. A minute is taken off the
// longest, because the bed's own rule counts from when it is written.
func (k keeping) until(now time.Time) time.Time {
	switch k {
	case twoHours:
		return now.Add(2 * time.Hour)
	case sixHours:
		return now.Add(6 * time.Hour)
	case oneDay:
		return now.AddDate(0, 0, 1)
	case threeDays:
		return now.AddDate(0, 0, 3)
	case oneWeek:
		return now.AddDate(0, 0, 7)
	}
	return now.Add(14*24*time.Hour - time.Minute)
}

// reserve asks for whom a free bed is kept, and for how long.
func (s *boardScreen) reserve() {
	bed, ok := s.selected()
	if !ok || s.desk.Find == nil {
		return
	}
	at, async := s.place(bed), s.host.Async()
	who := newPatientField(s.host, s.desk, ward.FieldPatient)
	var options []kit.Option[keeping]
	for _, one := range keepings {
		options = append(options, kit.Option[keeping]{Value: one, Label: one.says()})
	}
	long := kit.NewChoiceField(kit.FieldSpec{Name: ward.FieldUntil, Label: kit.Say("rooms.keep.long", "For how long"), Required: true}, options)
	long.SetValue(oneDay)
	note := kit.NewTextField(kit.FieldSpec{Name: ward.FieldNote, Label: kit.Say("rooms.keep.note", "Note")}, kit.TextRules{Max: 300})
	form := kit.NewForm(1).Section(kit.Sentence{}, who, long, note)
	who.chosen = func(kit.Hit) { s.host.Focus(long.Focusable()) }
	d := &kit.Dialog{Title: kit.Say("rooms.keep.title", "Reserve {{.Place}}", "Place", at), Form: form}
	type kept struct {
		who, note string
		long      keeping
	}
	var tries wish[kept]
	d.Buttons = []kit.DialogButton{{Label: kit.Say("rooms.keep.do", "Reserve this bed"), Primary: true, Stay: true, Do: func() {
		if async.Busy() || !form.Check() {
			return
		}
		howLong, _ := long.Value()
		id, err := uuid.Parse(who.hit.ID)
		if err != nil {
			return
		}
		session, until, text, name := s.desk.Session, howLong.until(s.host.Now()), note.Text(), who.hit.Name
		operation := tries.of(kept{who.hit.ID, text, howLong})
		d.Enable(0, false)
		kit.Start(async, func(ctx context.Context, _ func(func())) (nothing, error) {
			_, err := ward.Reserve(ctx, session, operation, bed.ID, patient.ID(id), until, text)
			return nothing{}, err
		}, func(_ nothing, err error) {
			d.Enable(0, true)
			if err != nil {
				refuse(form, s.host.Explain(err), err)
				return
			}
			d.Close()
			s.host.Tell(s.kept(bed, at, name))
			s.read()
		})
	}}}
	s.host.Ask(d)
}

// kept says for whom a bed is kept.
func (s *boardScreen) kept(bed ward.BedTile, at, name string) kit.Toast {
	h, session := s.host, s.desk.Session
	return kit.Toast{Tone: kit.Good, Sentence: kit.Say("rooms.keep.done", "{{.Place}} is kept for {{.Name}}", "Place", at, "Name", name), Label: undoes(), Undo: func() {
		told(h, func(ctx context.Context) (kit.Toast, error) {
			return kit.Toast{Tone: kit.Good, Sentence: kit.Say("rooms.release.done", "{{.Place}} is not reserved any more", "Place", at)},
				ward.Release(ctx, session, uuid.New(), bed.ID)
		})
	}}
}
