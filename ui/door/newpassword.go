package door

import (
	"context"
	"io"

	"fyne.io/fyne/v2"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// NewPasswordOptions are what the view of a new password is told.
type NewPasswordOptions struct {
	Host Host
	// Old is the password that the person signed in with a moment ago, where a new one has to be set now; empty where the person wants another
	// one, and is asked for the old one.
	Old   string
	Rules access.Rules
	Own   []string // words that others know: the names of person, sign-in and hospital
	// Change sets it: (*access.Session).ChangeOwnPassword.
	Change func(ctx context.Context, old, fresh string) error
	Done   func()
	// Leave ends it without a new password: back to the sign-in, or to where the person was.
	Leave func()
	Draw  io.Reader // of passphrases; nil: the system's randomness
}

// NewPassword is the view in which a person sets another password.
type NewPassword struct {
	o       NewPasswordOptions
	async   *kit.Async
	form    *kit.Form
	old     *kit.PasswordField // nil where the old one is known
	fresh   *fresh
	save    *kit.BusyButton
	content fyne.CanvasObject
}

var _ View = (*NewPassword)(nil)

// NewNewPassword makes the view.
func NewNewPassword(o NewPasswordOptions) *NewPassword {
	v := &NewPassword{o: o, async: o.Host.Async(), form: kit.NewForm(1)}
	v.save = kit.NewBusyButton(kit.Say("door.newpassword.save", "Set the new password"), kit.Say("door.newpassword.busy", "Setting the new password"), v.submit)
	v.fresh = newFresh(o.Rules, func() []string { return o.Own }, o.Draw, o.Host.Focus, func() { o.Host.Focus(v.save) })
	if o.Old == "" {
		v.old = kit.NewPasswordField(kit.FieldSpec{Name: "old", Label: kit.Say("door.newpassword.old", "Your present password"), Required: true}, nil, nil)
		v.form.Section(kit.Sentence{}, v.old)
	}
	v.fresh.addTo(v.form)
	v.form.OnSubmit = v.save.Press
	v.content = sheet(v.head(), v.form.Scrolled(), row(v.save, commandButton(v.fresh.command()), commandButton(v.leaving())))
	return v
}

func (v *NewPassword) head() fyne.CanvasObject {
	if v.o.Old != "" {
		return heading(kit.Say("door.newpassword.must", "Set a password of your own"),
			kit.Say("door.newpassword.why", "The one you signed in with was given to you for one sign-in. Nobody else will know the new one."))
	}
	return heading(kit.Say("door.newpassword.title", "Change your password"), kit.Say("door.newpassword.who", "It is asked for the next time you sign in or unlock."))
}

func (v *NewPassword) leaving() kit.Command {
	name := kit.Say("door.newpassword.leave", "Keep the old one")
	if v.o.Old != "" {
		name = kit.Say("door.newpassword.signout", "Sign out instead")
	}
	return kit.Command{Name: name, Key: fyne.KeyEscape, Do: v.leave}
}

func (v *NewPassword) submit() {
	if !v.form.Check() {
		v.save.Done()
		return
	}
	old, fresh := v.o.Old, v.fresh.text()
	if v.old != nil {
		old = v.old.Text()
	}
	v.form.Enable(false)
	kit.Start(v.async, func(ctx context.Context, _ func(func())) (struct{}, error) {
		return struct{}{}, v.o.Change(ctx, old, fresh)
	}, func(_ struct{}, err error) {
		v.form.Enable(true)
		v.save.Done()
		v.answered(err)
	})
}

func (v *NewPassword) answered(err error) {
	switch {
	case err == nil:
		v.fresh.forget()
		if v.old != nil {
			v.old.Clear()
		}
		v.o.Done()
	case v.old != nil && term.Is(err, term.Forbidden):
		v.old.Clear()
		v.form.Errors([]string{"old"}, kit.Say("door.newpassword.wrong", "This is not your present password. Type it again."))
	default:
		showFaults(v.form, err, v.o.Host.Explain)
	}
}

// showFaults shows an error at the fields that it is about, and over the form where it is about none.
func showFaults(form *kit.Form, err error, explain func(error) kit.Sentence) {
	faults := term.Faults(err)
	if len(faults) == 0 || faults[0].Field == "" {
		form.Errors(nil, explain(err))
		return
	}
	for _, fault := range faults {
		form.Errors([]string{fault.Field}, kit.Of(fault.Message))
	}
}

func (v *NewPassword) leave() {
	if !v.async.Busy() {
		v.fresh.forget()
		v.o.Leave()
	}
}

// Content is the view.
func (v *NewPassword) Content() fyne.CanvasObject { return v.content }

// Start is the old password where it is asked for, and the new one otherwise.
func (v *NewPassword) Start() fyne.Focusable { return v.form.Start() }

// Commands are the keys of the view.
func (v *NewPassword) Commands() []kit.Command {
	return append(enterCommands(kit.Say("door.newpassword.save", "Set the new password"), v.save.Press), v.leaving(), v.fresh.command())
}

// Unsaved tells that nothing would be lost: only passwords are typed here.
func (v *NewPassword) Unsaved() bool { return false }

// Close ends what runs for the view.
func (v *NewPassword) Close() { v.async.Close(0) }
