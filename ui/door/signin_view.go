package door

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"

	"wardbook/ui/kit"
)

// SignIn is the view of signing in.
type SignIn struct {
	o        SignInOptions
	present  *signIn
	form     *kit.Form
	name     *kit.TextField
	password *kit.PasswordField
	enter    *kit.BusyButton
	remark   *slot
	progress *kit.Progress
	content  fyne.CanvasObject
}

// NewSignIn makes the view.
func NewSignIn(o SignInOptions) *SignIn {
	v := &SignIn{o: o, form: kit.NewForm(1)}
	v.present = newSignIn(o, v.show, v.wrong)
	v.build()
	v.remark.say(o.Remark)
	return v
}

func (v *SignIn) build() {
	v.name = kit.NewTextField(kit.FieldSpec{Name: "signin", Label: kit.Say("door.signin.name", "Sign-in name")}, kit.TextRules{})
	v.name.SetText(v.o.SignIn)
	v.password = kit.NewPasswordField(kit.FieldSpec{Name: "password", Label: kit.Say("door.signin.password", "Password"),
		Hint: kit.Say("door.signin.caps", "Capital letters count: look whether Caps Lock is on. 'Show' lets you see what you type.")}, nil, nil)
	v.enter = kit.NewBusyButton(kit.Say("door.signin.enter", "Sign in"), kit.Say("door.signin.busy", "Signing in"), v.submit)
	v.form.Section(kit.Sentence{}, v.name, v.password)
	v.remark = newSlot(v.form)
	v.form.AddObject(row(v.enter))
	v.progress = newProgress(v.form, v.present.later, v.present.stop)
	v.form.AddObject(v.help())
	v.form.OnSubmit = v.enter.Press
	v.content = sheet(v.head(), v.form.Scrolled(), nil)
	if len(v.o.Accounts) > 0 {
		v.content = container.New(beside{38}, v.content, v.accounts())
	}
}

func (v *SignIn) head() fyne.CanvasObject {
	title := kit.Say("door.signin.title", "Wardbook")
	if v.o.Title != "" {
		title = kit.Say("door.signin.hospital", "{{.Hospital}}", "Hospital", v.o.Title)
	}
	return heading(title, kit.Say("door.signin.where", "Data folder {{.Folder}}, workstation {{.Workstation}}", "Folder", v.o.Folder, "Workstation", v.o.Workstation))
}

// help is for those who can't get in.
func (v *SignIn) help() fyne.CanvasObject {
	text := small(kit.Say("door.signin.forgot", "Forgot your password? An administrator can give you a new one. Administrators who forgot theirs use the recovery key."))
	if v.o.Recover == nil {
		return even(text)
	}
	return container.NewVBox(even(text), row(commandButton(v.recovery())))
}

// accounts is the list of who may sign in to a demo hospital. Enter on one signs in at once.
func (v *SignIn) accounts() fyne.CanvasObject {
	column := func(id string, title kit.Sentence, width float32, text func(Account) string) kit.TableColumn[Account] {
		return kit.TableColumn[Account]{ID: id, Title: title, Width: width, Main: id == "password", Cell: func(a Account) kit.Cell { return kit.Cell{Text: text(a)} }}
	}
	table := kit.NewDataTable(func(a Account) string { return a.SignIn }, nil,
		column("name", kit.Say("door.demo.name", "Name"), 150, func(a Account) string { return a.Name }),
		column("role", kit.Say("door.demo.role", "Role"), 90, func(a Account) string { return a.Role.Text() }),
		column("signin", kit.Say("door.demo.signin", "Sign-in name"), 130, func(a Account) string { return a.SignIn }),
		column("password", kit.Say("door.demo.password", "Password"), 150, func(a Account) string { return a.Password }))
	table.OnOpen = func(a Account) {
		v.name.Write(a.SignIn)
		v.password.Write(a.Password)
		v.enter.Press()
	}
	table.SetRows(v.o.Accounts, len(v.o.Accounts))
	title := paragraph(kit.Say("door.demo.title", "The people of this demo hospital"))
	title.SizeName = base.SizeNameSubHeadingText
	title.TextStyle.Bold = true
	top := container.NewVBox(title, small(kit.Say("door.demo.how", "Everybody here is invented. Enter on a row signs in as that person.")))
	return sheet(top, table, nil)
}

func (v *SignIn) recover() {
	if v.o.Recover != nil && !v.present.state.busy() {
		v.o.Recover()
	}
}

func (v *SignIn) submit() {
	if !filled(v.o.Host.Focus, v.name, v.password) {
		v.enter.Done()
		return
	}
	v.present.enter(v.name.Text(), v.password.Text())
}

// wrong empties the password and leads back to it.
func (v *SignIn) wrong() {
	v.password.Clear()
	v.o.Host.Focus(v.password.Focusable())
}

func (v *SignIn) show(s tryState) {
	showTry(s, v.form, v.enter, v.remark, v.progress, kit.Say("door.signin.opening", "Checking the password"))
}

// showTry shows what a try is at: with the form that rests meanwhile, the button that begins it, a remark, and how far it has come.
func showTry(s tryState, form *kit.Form, button *kit.BusyButton, remark *slot, progress *kit.Progress, doing kit.Sentence) {
	form.Enable(!s.busy())
	remark.say(s.remark)
	if s.phase == trying {
		if !progress.Running() {
			progress.Begin(doing)
		}
		progress.Step(s.step.done, s.step.total, s.step.doing)
		form.Object().Refresh()
		return
	}
	progress.End()
	form.Object().Refresh()
	if s.phase == stopping {
		return
	}
	button.Done()
	if s.phase == waiting {
		button.Disable()
	}
}

// Content is the view.
func (v *SignIn) Content() fyne.CanvasObject { return v.content }

// Start is the name, or the password where the name stands there already.
func (v *SignIn) Start() fyne.Focusable {
	if v.name.Text() == "" {
		return v.name.Focusable()
	}
	return v.password.Focusable()
}

// Commands are the keys of the view.
func (v *SignIn) Commands() []kit.Command {
	commands := append(enterCommands(kit.Say("door.signin.enter", "Sign in"), v.enter.Press),
		kit.Command{Name: kit.Say("door.signin.stop", "Stop signing in"), Key: fyne.KeyEscape, Do: v.present.stop})
	if v.o.Recover != nil {
		commands = append(commands, v.recovery())
	}
	return commands
}

func (v *SignIn) recovery() kit.Command {
	return kit.Command{Name: kit.Say("door.signin.recovery", "Use the recovery key"), Key: fyne.KeyR, Modifier: fyne.KeyModifierShortcutDefault, Do: v.recover}
}

// Unsaved tells that nothing would be lost: only passwords are typed here.
func (v *SignIn) Unsaved() bool { return false }

// Close ends what runs for the view.
func (v *SignIn) Close() { v.present.close() }
