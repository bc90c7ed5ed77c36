package rooms

import (
	"context"

	"fyne.io/fyne/v2"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/ward"
	"wardbook/ui/kit"
)

// deeds are what this person can do with the stay as it is now.
func (s *stayScreen) deeds() []kit.Command {
	var all []kit.Command
	add := func(action access.Action, name kit.Sentence, key fyne.KeyName, do func()) {
		if !s.stay.may(action) {
			return
		}
		c := kit.Command{Name: name, Key: key, Do: do}
		if key != "" {
			c.Modifier = ctrl
		}
		all = append(all, c)
	}
	v := s.stay.read.this.Value
	if v.Present() {
		add(access.ActStayDischarge, kit.Say("rooms.discharge", "Discharge"), fyne.KeyD, s.discharge)
		add(access.ActStayTransfer, kit.Say("rooms.transfer", "Transfer"), fyne.KeyT, s.transfer)
		add(access.ActStayChange, kit.Say("rooms.change", "Change"), fyne.KeyE, s.change)
		if len(v.Spans) == 1 {
			add(access.ActStayUndo, kit.Say("rooms.undo.admission", "Was a mistake"), "", s.undoAdmission)
		}
	}
	if v.Left != nil && v.Mistaken == "" {
		add(access.ActStayUndo, kit.Say("rooms.undo.discharge", "Undo the discharge"), "", s.undoDischarge)
	}
	if s.desk.Patient != nil {
		add(access.ActStayHistory, kit.Say("rooms.patient.page", "The patient's page"), fyne.KeyG, func() { s.host.Go(s.desk.Patient(s.stay.who.String())) })
	}
	return all
}

// Commands are the deeds, and what scrolls the facts.
func (s *stayScreen) Commands() []kit.Command {
	if s.banner == nil {
		return nil
	}
	page := func(by float32) func() {
		return func() { s.scroll.ScrollToOffset(s.scroll.Offset.AddXY(0, by*s.scroll.Size().Height)) }
	}
	return append(s.deeds(),
		kit.Command{Name: kit.Say("rooms.page.down", "Further down"), Key: fyne.KeyPageDown, Hidden: true, Do: page(0.8)},
		kit.Command{Name: kit.Say("rooms.page.up", "Further up"), Key: fyne.KeyPageUp, Hidden: true, Do: page(-0.8)})
}

// after is after something was written from here. The window hears of it by itself too, and then finds nothing new.
func (s *stayScreen) after() {
	s.changed = true
	s.Refresh()
}

func (s *stayScreen) discharge() {
	departure{host: s.host, desk: s.desk, who: s.stay.inpatient(), done: s.after}.ask()
}

// transfer goes to the board, where the beds that fit light up.
func (s *stayScreen) transfer() { s.host.Go(moveRoute(s.stay.inpatient())) }

func (s *stayScreen) undoDischarge() {
	undoDischarge(s.host, s.desk, s.stay.read.row.Value.Name.Full(), s.stay.read.this, s.after).ask()
}

func (s *stayScreen) undoAdmission() {
	undoAdmission(s.host, s.desk, s.stay.read.row.Value.Name.Full(), s.stay.read.this, s.after).ask()
}

// change asks for the facts of the stay, with the doctors who work here now.
func (s *stayScreen) change() {
	async := s.host.Async()
	session := s.desk.Session
	kit.Start(async, func(ctx context.Context, _ func(func())) ([]access.Colleague, error) { return doctors(ctx, session) }, func(who []access.Colleague, err error) {
		if err != nil {
			s.note.say(kit.Remark{Tone: kit.Critical, Sentence: s.host.Explain(err)})
			return
		}
		s.edit(async, who)
	})
}

func (s *stayScreen) edit(async *kit.Async, who []access.Colleague) {
	seen := s.stay.read.this
	if before := seen.Value.Doctor; !works(who, before) { // whoever has left since stays, until somebody else takes over
		who = append(who, access.Colleague{ID: before, Name: s.stay.read.names[before]})
	}
	now := s.host.Now()
	fields := newStayFields(s.desk, who, today(s.host), today(s.host).AddDays(-seen.Value.Nights(now, now.Location())))
	fields.show(seen.Value)
	form := kit.NewForm(1).Section(kit.Sentence{}, fields.doctor, fields.expected, fields.reason, fields.needs, fields.kind)
	d := &kit.Dialog{Title: kit.Say("rooms.change.title", "Change the stay of {{.Name}}", "Name", s.stay.read.row.Value.Name.Full()), Form: form}
	var tries wish[ward.Facts]
	d.Buttons = []kit.DialogButton{{Label: kit.Say("rooms.save", "Save"), Primary: true, Stay: true, Do: func() {
		if async.Busy() || !form.Check() {
			return
		}
		if !form.Dirty() {
			d.Close() // nothing to write
			return
		}
		facts := ward.Facts{Reason: fields.reason.Text(), Needs: fields.read(), Expected: fields.expected.Date()}
		facts.Needs.Ward = seen.Value.Needs.Ward
		facts.Doctor, _ = fields.doctor.Value()
		d.Enable(0, false)
		s.amend(async, d, form, seen, tries.of(facts), facts)
	}}}
	s.host.Ask(d)
}

func (s *stayScreen) amend(async *kit.Async, d *kit.Dialog, form *kit.Form, seen ward.StayRow, operation uuid.UUID, facts ward.Facts) {
	session := s.desk.Session
	kit.Start(async, func(ctx context.Context, _ func(func())) (ward.StayRow, error) {
		return ward.Amend(ctx, session, operation, seen.ID, seen.Version, facts)
	}, func(_ ward.StayRow, err error) {
		d.Enable(0, true)
		if err != nil {
			refuse(form, s.host.Explain(err), err)
			return
		}
		d.Close()
		s.host.Tell(kit.Toast{Tone: kit.Good, Sentence: kit.Say("rooms.changed", "The stay of {{.Name}} is changed", "Name", s.stay.read.row.Value.Name.Full())})
		s.after()
	})
}

func works(all []access.Colleague, id access.UserID) bool {
	for _, c := range all {
		if c.ID == id {
			return true
		}
	}
	return false
}
