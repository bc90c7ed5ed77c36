package appointments

import (
	"context"

	"wardbook/app/access"
	"wardbook/app/schedule"
	"wardbook/ui/kit"
)

// asking is a dialog with a form that stays open until what was entered is saved.
type asking struct {
	title   kit.Sentence
	remarks []kit.Remark
	label   kit.Sentence
	form    *kit.Form
	leave   kit.Sentence // the way out that does nothing; 'Cancel' where empty
	danger  bool         // can't be undone
	// save reads the fields, and gives what writes them: that runs off the window's goroutine. done follows on it where nothing failed.
	save func() func(context.Context) error
	done func()
}

// open asks. async is for this dialog's work.
func (a asking) open(h kit.Host, async *kit.Async) {
	d := &kit.Dialog{Title: a.title, Remarks: a.remarks, Form: a.form, Leave: a.leave}
	d.Buttons = []kit.DialogButton{{Label: a.label, Primary: true, Danger: a.danger, Stay: true, Do: func() {
		if async.Busy() || !a.form.Check() {
			return
		}
		d.Enable(0, false)
		do := a.save()
		kit.Start(async, func(ctx context.Context, _ func(func())) (struct{}, error) { return struct{}{}, do(ctx) }, func(_ struct{}, err error) {
			d.Enable(0, true)
			if err != nil {
				refuse(a.form, h.Explain(err), err)
				return
			}
			d.Close()
			a.done()
		})
	}}}
	h.Ask(d)
}

// why asks for the reason of something that is on record for good. do gets it, and gives what writes: that runs off the window's goroutine.
type why struct {
	title, consequence, label kit.Sentence
	leave                     kit.Sentence // 'Keep the appointment': beside a button that cancels one, 'Cancel' could mean either
	do                        func(reason string) func(context.Context) error
	done                      func()
}

func (w why) open(h kit.Host, async *kit.Async) {
	reason := kit.NewTextField(kit.FieldSpec{Name: schedule.FieldWhy, Label: kit.Say("appointments.field.why", "Reason"), Required: true,
		Hint: kit.Say("appointments.field.why.hint", "It is kept with the record, and colleagues can read it.")}, kit.TextRules{Lines: 2, Max: 500,
		Check: func(text string) kit.Sentence { return faultText(second(access.CheckReason(text))) }})
	asking{title: w.title, leave: w.leave, danger: true, remarks: []kit.Remark{{Tone: kit.Attention, Sentence: w.consequence}}, label: w.label, form: kit.NewForm(1).Section(kit.Sentence{}, reason),
		save: func() func(context.Context) error { return w.do(reason.Text()) }, done: w.done}.open(h, async)
}
