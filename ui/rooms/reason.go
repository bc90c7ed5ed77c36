package rooms

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/app/ward"
	"wardbook/ui/kit"
)

// reasonField asks for a reason on record.
func reasonField(label kit.Sentence) *kit.TextField {
	return kit.NewTextField(kit.FieldSpec{Name: ward.FieldWhy, Label: label, Required: true,
		Hint: kit.Say("rooms.why.hint", "It is kept, and others can read it.")}, kit.TextRules{Max: 500,
		Check: func(text string) kit.Sentence {
			_, err := access.CheckReason(text)
			return said(err)
		}})
}

// said is the first thing that an error says to a person.
func said(err error) kit.Sentence {
	for _, fault := range term.Faults(err) {
		return kit.Of(fault.Message)
	}
	return kit.Sentence{}
}

// question asks for a reason before something that needs one, and stays open with what was typed until it has been done.
type question struct {
	host               kit.Host
	title, then, label kit.Sentence
	danger             bool
	// do does it. Called again with the same reason it gets the same operation.
	do func(ctx context.Context, operation uuid.UUID, why string) (kit.Toast, error)
	// done is called once it was done; refused, where it is not nil, with an error that the dialog is not the place for.
	done    func()
	refused func(error) bool
}

func (q question) ask() {
	async, why := q.host.Async(), reasonField(kit.Say("rooms.why", "Reason"))
	form := kit.NewForm(1).Section(kit.Sentence{}, why)
	d := &kit.Dialog{Title: q.title, Remarks: []kit.Remark{{Tone: kit.Attention, Sentence: q.then}}, Form: form}
	var tries wish[string]
	d.Buttons = []kit.DialogButton{{Label: q.label, Primary: true, Danger: q.danger, Stay: true, Do: func() {
		if async.Busy() || !form.Check() {
			return
		}
		text := why.Text()
		operation := tries.of(text)
		d.Enable(0, false)
		kit.Start(async, func(ctx context.Context, _ func(func())) (kit.Toast, error) { return q.do(ctx, operation, text) }, func(t kit.Toast, err error) {
			d.Enable(0, true)
			switch {
			case err == nil:
				d.Close()
				q.host.Tell(t)
				if q.done != nil {
					q.done()
				}
			case q.refused != nil && q.refused(err):
				d.Close()
			default:
				refuse(form, q.host.Explain(err), err)
			}
		})
	}}}
	q.host.Ask(d)
}

// confidential tells whether an error says that a reason has to be stated first.
func confidential(err error) bool { return errors.Is(err, access.ErrConfidential) }

// glass asks, in place of what is about a confidential patient, for the reason, and calls opened once it is in the book.
type glass struct {
	host      kit.Host
	session   *access.Session
	who       patient.ID
	opened    func()
	writing   *kit.Async
	operation uuid.UUID
	why       *kit.TextField
	form      *kit.Form
	button    *kit.BusyButton
}

func newGlass(h kit.Host, s *access.Session, who patient.ID, opened func()) *glass {
	g := &glass{host: h, session: s, who: who, opened: opened, writing: h.Async(), operation: uuid.New()}
	g.why = reasonField(kit.Say("rooms.why", "Reason"))
	g.form = kit.NewForm(1).Section(kit.Sentence{}, g.why)
	g.button = kit.NewBusyButton(kit.Say("rooms.closed.open", "State this reason and open"), kit.Say("rooms.closed.opening", "Opening"), g.state)
	g.form.OnSubmit = g.button.Press
	return g
}

func (g *glass) object() fyne.CanvasObject {
	leave := kit.NewButton(kit.Say("rooms.leave", "Leave").Text(), nil, g.host.Back)
	return container.New(kit.Column{Width: 640, Margin: 24}, container.NewVBox(heading(kit.Say("rooms.closed.title", "This patient is marked as confidential").Text()),
		kit.RemarkRow(kit.Attention, kit.Say("rooms.closed", "To go on, say why you need to. The reason is kept with your name and the time, and the administrators are told. It holds until you sign out.")),
		g.form.Object(), container.NewHBox(g.button, leave)))
}

// state writes the reason into the book.
func (g *glass) state() {
	if !g.form.Check() {
		g.button.Done()
		return
	}
	session, who, operation, why := g.session, g.who, g.operation, g.why.Text()
	kit.Start(g.writing, func(ctx context.Context, _ func(func())) (nothing, error) {
		return nothing{}, patient.BreakGlass(ctx, session, operation, who, why)
	}, func(_ nothing, err error) {
		g.button.Done()
		if err != nil && !term.Is(err, term.Conflict) { // not confidential any more: open it as any other
			refuse(g.form, g.host.Explain(err), err)
			return
		}
		g.opened()
	})
}
