package frontdesk

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// ask shows, in place of a confidential patient, a question for the reason. It tells by the number whom it is about, so that no reason is stated
// for another; the name stays unseen for who stands by.
func (s *pageScreen) ask() {
	s.record.closed, s.shut = true, false
	s.banner, s.start = nil, nil
	title := widget.NewLabel(kit.Say("patients.closed.title", "This patient is marked as confidential").Text())
	title.SizeName = base.SizeNameSubHeadingText
	title.TextStyle.Bold = true
	title.Wrapping = fyne.TextWrapWord
	s.why = reasonField()
	form := kit.NewForm(1).Section(kit.Sentence{}, s.why)
	var open *kit.BusyButton
	open = kit.NewBusyButton(kit.Say("patients.closed.open", "State this reason and open"), kit.Say("patients.closed.opening", "Opening"), func() { s.state(form, open) })
	form.OnSubmit = open.Press
	leave := kit.NewButton(kit.Say("patients.leave", "Leave").Text(), nil, s.host.Back)
	whom := widget.NewLabel("")
	whom.Wrapping = fyne.TextWrapWord
	if number := s.record.number(); number != "" {
		whom.SetText(kit.Say("patients.closed.whom", "MRN {{.Number}}", "Number", number).Text())
	} else {
		whom.Hide()
	}
	s.put(container.New(kit.Column{Width: 640, Margin: 24}, container.NewVBox(title, whom,
		kit.RemarkRow(kit.Attention, kit.Say("patients.closed", "To open it, say why you need to. The reason is kept with your name and the time, and the administrators are told. It holds until you sign out.")),
		form.Object(), container.NewHBox(open, leave))))
	s.host.Changed()
	s.host.Focus(s.why.Focusable())
}

func reasonField() *kit.TextField {
	return kit.NewTextField(kit.FieldSpec{Name: patient.FieldWhy, Label: kit.Say("patients.why", "Reason"), Required: true}, kit.TextRules{Max: 500,
		Check: func(text string) kit.Sentence { return said(second(access.CheckReason(text))) }})
}

// state writes the reason into the book, and only then opens the patient.
func (s *pageScreen) state(form *kit.Form, button *kit.BusyButton) {
	if !form.Check() {
		button.Done()
		return
	}
	session, id, operation, why := s.desk.Session, s.record.id, s.record.operation, s.why.Text()
	kit.Start(s.writing, func(ctx context.Context, _ func(func())) (struct{}, error) {
		return struct{}{}, patient.BreakGlass(ctx, session, operation, id, why)
	}, func(_ struct{}, err error) {
		button.Done()
		if err != nil && !term.Is(err, term.Conflict) { // not confidential any more: open it as any other
			refuse(form, s.host.Explain(err), err)
			return
		}
		s.record.operation = uuid.New()
		s.why, s.record.row = nil, nil
		s.put(kit.Loading(kit.Say("patients.page.reading", "Opening the patient")).Object())
		s.open()
	})
}

// mark asks why, and puts the mark or takes it away.
func (s *pageScreen) mark() {
	if s.writing.Busy() {
		return
	}
	row, marked := *s.record.row, !s.record.row.Value.Confidential
	name := row.Value.Name.Full()
	title, label := kit.Say("patients.confidential.title", "Mark {{.Name}} as confidential?", "Name", name), kit.Say("patients.confidential.do", "Mark {{.Name}} as confidential", "Name", shortName(row.Value.Name))
	text := kit.Say("patients.confidential.then", "Lists then show name and number only. Whoever opens the patient, you as well, has to state a reason first, which is kept and shown to the administrators.")
	if !marked {
		title, label = kit.Say("patients.confidential.end.title", "Take the mark from {{.Name}}?", "Name", name), kit.Say("patients.confidential.end.do", "Take the mark from {{.Name}}", "Name", shortName(row.Value.Name))
		text = kit.Say("patients.confidential.end.then", "Everybody who deals with patients can then open the record without a reason.")
	}
	why := reasonField()
	form := kit.NewForm(1).Section(kit.Sentence{}, why)
	d := &kit.Dialog{Title: title, Remarks: []kit.Remark{{Tone: kit.Attention, Sentence: text}}, Form: form}
	operation := uuid.New()
	d.Buttons = []kit.DialogButton{{Label: label, Primary: true, Stay: true, Do: func() {
		if !s.writing.Busy() && form.Check() {
			s.write(d, form, func(ctx context.Context) (patient.Row, error) {
				return patient.SetConfidential(ctx, s.desk.Session, operation, row.ID, row.Version, marked, why.Text())
			}, marked)
		}
	}}}
	s.host.Ask(d)
}

// write does it, and leaves the dialog open where it was refused.
func (s *pageScreen) write(d *kit.Dialog, form *kit.Form, do func(context.Context) (patient.Row, error), marked bool) {
	d.Enable(0, false)
	kit.Start(s.writing, func(ctx context.Context, _ func(func())) (patient.Row, error) { return do(ctx) }, func(row patient.Row, err error) {
		d.Enable(0, true)
		if err != nil {
			refuse(form, s.host.Explain(err), err)
			return
		}
		d.Close()
		toast := kit.Say("patients.confidential.done", "{{.Name}} is marked as confidential", "Name", row.Value.Name.Full())
		if !marked {
			toast = kit.Say("patients.confidential.end.done", "{{.Name}} is no longer confidential", "Name", row.Value.Name.Full())
		}
		s.host.Tell(kit.Toast{Tone: kit.Good, Sentence: toast})
		s.banner = nil // its commands have other names now
		s.start = nil
		s.show(row)
	})
}

// refuse shows at a form why something was not done: on the fields that are wrong, otherwise over the form.
func refuse(form *kit.Form, explained kit.Sentence, err error) {
	placed := false
	for _, fault := range term.Faults(err) {
		if fault.Field != "" {
			form.Errors([]string{fault.Field}, kit.Of(fault.Message))
			placed = true
		}
	}
	if !placed {
		form.Errors(nil, explained)
	}
}
