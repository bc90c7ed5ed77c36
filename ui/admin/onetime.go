package admin

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"wardbook/app/access"
	"wardbook/app/report"
	"wardbook/ui/kit"
)

// oneTime is the field of a one-time password: five words drawn by the program, shown as they are because they have to be passed on. Another
// one can be drawn, or typed.
type oneTime struct {
	*kit.TextField
	desk *Desk
}

func newOneTime(d *Desk) *oneTime {
	f := &oneTime{desk: d, TextField: kit.NewTextField(kit.FieldSpec{Name: "password", Label: kit.Say("onetime.label", "One-time password"), Required: true,
		Hint: kit.Say("onetime.hint", "{{.Least}} characters or more. Change it if you like; spaces and any letters are fine.", "Least", d.Session.Rules().MinPassword)},
		kit.TextRules{})}
	f.Entry().TextStyle = fyne.TextStyle{Monospace: true}
	f.SetText(d.passphrase())
	return f
}

// addAnother adds the button that draws another one.
func (f *oneTime) addAnother(form *kit.Form) {
	form.AddObject(container.NewHBox(kit.NewButton(kit.Say("onetime.another", "Draw another").Text(), nil, func() { f.Write(f.desk.passphrase()) })))
}

func mustChangeSoon() kit.Sentence {
	return kit.Say("onetime.change", "It has to be changed at the first sign-in.")
}

// showOnce shows a one-time password that is in force now: the only time that it is seen. then is called when the person is done.
func showOnce(h kit.Host, d *Desk, u access.User, password string, then func()) {
	said := newNotice()
	// The keyboard rests on the password: Enter pressed twice at saving must not close it.
	secret := newHeld(container.NewVBox(bigFact(kit.Say("people.signin", "Sign-in name"), u.SignIn), bigFact(kit.Say("onetime.label", "One-time password"), password)))
	dialog := &kit.Dialog{
		Title: kit.Say("onetime.title", "{{.Name}} can sign in", "Name", u.Name),
		Remarks: []kit.Remark{{Tone: kit.Attention, Sentence: kit.Say("onetime.once", "This password is shown only now. Pass it on by hand or print the sheet.")},
			{Tone: kit.Plain, Sentence: mustChangeSoon()}},
		Body: container.NewVBox(secret, said.box), First: secret, Leave: kit.Say("onetime.done", "I have passed it on"), OnCancel: then,
	}
	if d.Print != nil {
		dialog.Buttons = []kit.DialogButton{{Label: kit.Say("onetime.print", "Print sheet"), Stay: true, Do: func() {
			printInto(h, d, said, kit.Say("onetime.file", "One-time password").Text(), report.TemporaryPassword{Name: u.Name, SignIn: u.SignIn, Password: password})
		}}}
	}
	h.Ask(dialog)
}

// printInto makes a document and says in a place what became of it.
func printInto(h kit.Host, d *Desk, said notice, name string, document report.Document) {
	said.say(kit.Remark{Tone: kit.Plain, Sentence: kit.Say("admin.printing", "Making the document ...")})
	kit.Start(h.Async(), func(ctx context.Context, _ func(func())) (struct{}, error) {
		return struct{}{}, d.Print(ctx, name, document)
	},
		func(_ struct{}, err error) {
			if err != nil {
				said.say(kit.Remark{Tone: kit.Critical, Sentence: h.Explain(err)})
				return
			}
			said.say(kit.Remark{Tone: kit.Good, Sentence: kit.Say("admin.printed", "The document is open in another window. Print it from there.")})
		})
}

// bigFact is something that is read off the screen letter by letter.
func bigFact(name kit.Sentence, value string) fyne.CanvasObject {
	label := widget.NewLabel(name.Text())
	label.Importance = widget.LowImportance
	text := widget.NewLabel(value)
	text.TextStyle = fyne.TextStyle{Monospace: true, Bold: true}
	text.SizeName = base.SizeNameSubHeadingText
	text.Wrapping = fyne.TextWrapBreak
	return container.NewVBox(label, text)
}
