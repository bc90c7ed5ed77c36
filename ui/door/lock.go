package door

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"wardbook/app/access"
	"wardbook/ui/kit"
)

// LockOptions are what the view of a locked desk is told.
type LockOptions struct {
	Host     Host
	Hospital Hospital
	Session  *access.Session
	Title    string     // the hospital's name
	Remark   kit.Remark // why the desk is locked, where it was not the person's wish
	// Unsaved tells whether the person would lose something by signing out; nil: never.
	Unsaved func() bool
	// Unlocked is called when the desk is the person's again, with the password, which a next view needs where a new one has to be set.
	Unlocked func(password string)
	// Another lets somebody else sign in, and keeps the person's work; nil where there is no such way.
	Another func()
	// SignOut ends the person's session.
	SignOut func()
	// Delay tells how long the next try has to wait; nil: found out by trying.
	Delay func(signIn string) time.Duration
	Later kit.Later // nil: real time
}

// Lock is the view of a locked desk. It shows who locked it, and nothing of the work below.
type Lock struct {
	o        LockOptions
	try      *try
	form     *kit.Form
	password *kit.PasswordField
	enter    *kit.BusyButton
	remark   *slot
	progress *kit.Progress
	content  fyne.CanvasObject
}

// NewLock makes the view.
func NewLock(o LockOptions) *Lock {
	async := o.Host.Async()
	v := &Lock{o: o, form: kit.NewForm(1)}
	v.try = &try{async: async, later: timerOf(o.Later, async), explain: v.explain, show: v.show, wrong: v.wrong}
	if o.Delay != nil {
		v.try.delay = func() time.Duration { return o.Delay(o.Session.SignInName()) }
	}
	v.build()
	return v
}

func (v *Lock) build() {
	v.password = kit.NewPasswordField(kit.FieldSpec{Name: "password", Label: kit.Say("door.lock.password", "Your password"),
		Hint: kit.Say("door.lock.hint", "You come back to where you were. Nothing that you typed is lost.")}, nil, nil)
	v.enter = kit.NewBusyButton(kit.Say("door.lock.enter", "Unlock"), kit.Say("door.lock.busy", "Unlocking"), v.submit)
	who := kit.Say("door.lock.who", "Locked by {{.Name}}, {{.Roles}}", "Name", v.o.Session.Name(), "Roles", rolesOf(v.o.Session.Roles()))
	if v.o.Title != "" {
		who = kit.Say("door.lock.where", "{{.Hospital}}. {{.Who}}", "Hospital", v.o.Title, "Who", who)
	}
	head := heading(kit.Say("door.lock.title", "This desk is locked"), who)
	v.form.Section(kit.Sentence{}, v.password)
	v.remark = newSlot(v.form)
	v.remark.say(v.o.Remark)
	v.form.AddObject(row(v.enter))
	v.progress = newProgress(v.form, v.try.later, nil)
	v.form.AddObject(v.others())
	v.form.OnSubmit = v.enter.Press
	v.content = sheet(head, v.form.Scrolled(), nil)
}

// others are the ways for somebody who does not come back to this work.
func (v *Lock) others() fyne.CanvasObject {
	leave := commandButton(v.leaving())
	if v.o.Another == nil {
		return row(leave)
	}
	text := small(kit.Say("door.lock.drafts", "When somebody else signs in, what {{.Name}} has open and typed is kept, and only {{.Name}} sees it again.", "Name", v.o.Session.Name()))
	return container.NewVBox(even(text), row(commandButton(v.handover()), leave))
}

func (v *Lock) leaving() kit.Command {
	return kit.Command{Name: kit.Say("door.lock.signout", "Sign out {{.Name}}", "Name", v.o.Session.Name()), Key: fyne.KeyO,
		Modifier: fyne.KeyModifierShortcutDefault, Do: v.signOut}
}

func (v *Lock) handover() kit.Command {
	return kit.Command{Name: kit.Say("door.lock.another", "Somebody else signs in"), Key: fyne.KeyU, Modifier: fyne.KeyModifierShortcutDefault, Do: v.another}
}

// rolesOf names the roles of a person: 'Front desk, Doctor'.
func rolesOf(roles access.Roles) string {
	var names []string
	for _, role := range roles.Each() {
		names = append(names, kit.Of(role.Name()).Text())
	}
	return strings.Join(names, ", ")
}

func (v *Lock) submit() {
	if !filled(v.o.Host.Focus, v.password) {
		v.enter.Done()
		return
	}
	password := v.password.Text()
	begin(v.try, func(ctx context.Context, _ Progress) (struct{}, error) {
		return struct{}{}, v.o.Hospital.Unlock(ctx, v.o.Session, password)
	}, nil, func(struct{}) {
		v.password.Clear()
		v.o.Unlocked(password)
	})
}

// explain leaves the name out of what is said of a wrong password: only the password was asked for.
func (v *Lock) explain(err error) kit.Sentence {
	said := v.o.Host.Explain(err)
	if said.Key == access.RefusedWords.Key {
		return kit.Say("door.lock.wrong", "This is not the password of {{.Name}}. Type it again.", "Name", v.o.Session.Name())
	}
	return said
}

func (v *Lock) wrong() {
	v.password.Clear()
	v.o.Host.Focus(v.password.Focusable())
}

func (v *Lock) show(s tryState) {
	showTry(s, v.form, v.enter, v.remark, v.progress, kit.Say("door.lock.checking", "Checking the password"))
}

func (v *Lock) idle() bool { return !v.try.state.busy() }

func (v *Lock) another() {
	if v.o.Another != nil && v.idle() {
		v.o.Another()
	}
}

// signOut asks first where the person who comes back would miss something.
func (v *Lock) signOut() {
	if !v.idle() {
		return
	}
	if v.o.Unsaved == nil || !v.o.Unsaved() {
		v.o.SignOut()
		return
	}
	name := v.o.Session.Name()
	v.o.Host.Ask(kit.Confirm(kit.Say("door.lock.lose", "Sign out {{.Name}}?", "Name", name),
		kit.Say("door.lock.lost", "{{.Name}} has typed something that is not saved. Signing out throws it away for good. It stays if somebody else signs in instead.", "Name", name),
		kit.Say("door.lock.throw", "Sign out {{.Name}} and throw it away", "Name", name), v.o.SignOut))
}

// Content is the view.
func (v *Lock) Content() fyne.CanvasObject { return v.content }

// Start is the password.
func (v *Lock) Start() fyne.Focusable { return v.password.Focusable() }

// Commands are the keys of the view.
func (v *Lock) Commands() []kit.Command {
	commands := enterCommands(kit.Say("door.lock.enter", "Unlock"), v.enter.Press)
	if v.o.Another != nil {
		commands = append(commands, v.handover())
	}
	return append(commands, v.leaving())
}

// Unsaved tells that nothing would be lost: only passwords are typed here.
func (v *Lock) Unsaved() bool { return false }

// Close ends what runs for the view.
func (v *Lock) Close() { v.try.close() }
