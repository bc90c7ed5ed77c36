package admin

import (
	"context"

	"wardbook/app/access"
	"wardbook/ui/kit"
)

// askEnd asks before an account is deactivated: what ends and what stays, and a reason if the person wants to give one.
func (s *personScreen) askEnd() {
	if s.writing.Busy() || !s.person.mayEnd() {
		return
	}
	row := s.person.read.row
	name := row.Value.Name
	why := kit.NewTextField(kit.FieldSpec{Name: "why", Label: kit.Say("people.end.why", "Reason"),
		Hint: kit.Say("people.end.why.hint", "If there is one to keep. It stands in the book; write nothing clinical.")}, kit.TextRules{Max: 500})
	s.host.Ask(&kit.Dialog{
		Title: kit.Say("people.end.title", "Deactivate {{.Name}}?", "Name", name),
		Remarks: []kit.Remark{
			{Tone: kit.Attention, Sentence: kit.Say("people.end.ends",
				"{{.Name}} can't sign in any more, and work that is open at a desk ends with the next step. The key is destroyed and the hospital gets a new master key.", "Name", name)},
			{Tone: kit.Good, Sentence: kit.Say("people.end.stays", "Everything that {{.Name}} wrote stays, with the name. The account can be reactivated later.", "Name", name)},
			{Tone: kit.Plain, Sentence: kit.Say("people.end.copies", "Copies of data that were made while it was allowed stay readable to whoever has them.")},
		},
		Form: kit.NewForm(1).Section(kit.Sentence{}, why),
		Buttons: []kit.DialogButton{{Label: kit.Say("people.end.do", "Deactivate {{.Name}}", "Name", name), Danger: true,
			Do: func() { s.end(row, why.Text()) }}},
	})
}

// end deactivates the account as it was seen when the person was asked.
func (s *personScreen) end(row access.UserRow, why string) {
	s.say(kit.Remark{Tone: kit.Plain, Sentence: kit.Say("people.ending", "Deactivating {{.Name}} ...", "Name", row.Value.Name)})
	kit.Start(s.writing, func(ctx context.Context, _ func(func())) (struct{}, error) {
		return struct{}{}, s.person.end(ctx, row.Version, why)
	}, func(_ struct{}, err error) {
		if err != nil {
			s.say(kit.Remark{Tone: kit.Critical, Sentence: s.host.Explain(err)})
			return
		}
		s.host.Tell(kit.Toast{Tone: kit.Good, Sentence: kit.Say("people.ended", "{{.Name}} is deactivated.", "Name", row.Value.Name)})
		s.Refresh()
	})
}

// renew asks for a one-time password, for somebody who forgot the own one or comes back, gives it, and shows it once.
func (s *personScreen) renew() {
	if s.writing.Busy() || !s.person.mayReset() && !s.person.mayReturn() {
		return
	}
	row := s.person.read.row
	field := newOneTime(s.desk)
	d := &kit.Dialog{Form: kit.NewForm(1).Section(kit.Sentence{}, field)}
	field.addAnother(d.Form)
	name := row.Value.Name
	label := kit.Say("people.reset.do", "Give {{.Name}} this password", "Name", name)
	d.Title = kit.Say("people.reset.title", "One-time password for {{.Name}}", "Name", name)
	d.Remarks = []kit.Remark{{Tone: kit.Attention, Sentence: kit.Say("people.reset.ends", "The password that {{.Name}} has now ends at once.", "Name", name)}}
	if row.Value.Inactive {
		label = kit.Say("people.return.do", "Reactivate {{.Name}}", "Name", name)
		d.Title = kit.Say("people.return.title", "Reactivate {{.Name}}", "Name", name)
		d.Remarks = []kit.Remark{{Tone: kit.Plain, Sentence: kit.Say("people.return.then", "{{.Name}} can sign in again, with the roles as before.", "Name", name)}}
	}
	d.Remarks = append(d.Remarks, kit.Remark{Tone: kit.Plain, Sentence: mustChangeSoon()})
	d.Buttons = []kit.DialogButton{{Label: label, Primary: true, Stay: true, Do: func() { s.giveOneTime(d, field, row) }}}
	s.host.Ask(d)
}

func (s *personScreen) giveOneTime(d *kit.Dialog, field *oneTime, row access.UserRow) {
	if s.writing.Busy() || !d.Form.Check() {
		return
	}
	password := field.Text()
	d.Enable(0, false)
	d.Form.Enable(false)
	kit.Start(s.writing, func(ctx context.Context, _ func(func())) (struct{}, error) {
		return struct{}{}, s.person.renew(ctx, row, password)
	}, func(_ struct{}, err error) {
		d.Form.Enable(true)
		d.Enable(0, true)
		if err == nil {
			d.Close() // also where the person has left the dialog: the password is in force, so it must be shown
			showOnce(s.host, s.desk, row.Value, password, s.Refresh)
			return
		}
		explained := s.host.Explain(err)
		if d.Opened() {
			refuse(d.Form, explained, err)
			return
		}
		s.say(kit.Remark{Tone: kit.Critical, Sentence: explained})
	})
}
