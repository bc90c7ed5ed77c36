package door

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// nameFields ask for a person's name and sign-in name, and suggest the second from the first.
type nameFields struct {
	name, signIn *kit.TextField
	suggested    string
}

func newNameFields(name, signIn kit.FieldSpec) *nameFields {
	f := &nameFields{name: kit.NewTextField(name, kit.TextRules{Max: 120}), signIn: kit.NewTextField(signIn, kit.TextRules{Max: 40})}
	leave := f.name.Entry().OnLeave
	f.name.Entry().OnLeave = func() {
		f.suggest()
		leave()
	}
	return f
}

// suggest fills in the sign-in name, unless the person has typed one.
func (f *nameFields) suggest() {
	if text := f.signIn.Text(); text != "" && text != f.suggested {
		return
	}
	f.suggested = suggestSignIn(f.name.Text())
	f.signIn.Write(f.suggested)
}

func roleOptions(without access.Roles) []kit.Option[access.Roles] {
	var options []kit.Option[access.Roles]
	for _, role := range access.AllRoles() {
		if !without.Has(role) {
			options = append(options, kit.Option[access.Roles]{Value: role, Label: kit.Of(role.Name())})
		}
	}
	return options
}

func rolesIn(values []access.Roles) (roles access.Roles) {
	for _, role := range values {
		roles |= role
	}
	return roles
}

// personForm is the step that asks for the first administrator.
type personForm struct {
	v      *Wizard
	form   *kit.Form
	names  *nameFields
	email  *kit.TextField
	phone  *kit.TextField
	roles  *kit.ManyField[access.Roles]
	fresh  *fresh
	next   *kit.Button
	object fyne.CanvasObject
}

func newPersonForm(v *Wizard) *personForm {
	p := &personForm{v: v, form: kit.NewForm(2)}
	p.names = newNameFields(
		kit.FieldSpec{Name: "name", Label: kit.Say("door.person.name", "Your name"), Required: true, Hint: kit.Say("door.person.shown", "As colleagues are to see it, such as 'Dr Ann Smith'.")},
		kit.FieldSpec{Name: "signin", Label: kit.Say("door.person.signin", "Your sign-in name"), Required: true, Hint: kit.Say("door.person.fixed", "You type it to sign in. It can't be changed later.")})
	p.email = kit.NewTextField(kit.FieldSpec{Name: term.FieldEmail, Label: kit.Say("door.person.email", "E-mail")}, kit.TextRules{})
	p.phone = kit.NewTextField(kit.FieldSpec{Name: term.FieldPhone, Label: kit.Say("door.person.phone", "Phone")}, kit.TextRules{})
	p.roles = kit.NewManyField(kit.FieldSpec{Name: "roles", Wide: true, Label: kit.Say("door.person.roles", "You are the administrator. Tick what else you do here"),
		Hint: kit.Say("door.person.clinical", "An administrator looks after people and settings and sees nothing clinical. It can be changed later.")}, roleOptions(access.Administrator))
	p.next = kit.NewButton(kit.Say("door.person.create", "Set the hospital up").Text(), nil, p.submit)
	p.next.Importance = widget.HighImportance
	p.fresh = newFresh(access.UsualRules, func() []string { return []string{p.names.name.Text(), p.names.signIn.Text(), v.present.facts.Name} },
		v.o.Draw, v.o.Host.Focus, func() { v.o.Host.Focus(p.next) })
	p.form.Section(kit.Sentence{}, p.names.name, p.names.signIn, p.email, p.phone, p.roles)
	p.fresh.addTo(p.form)
	p.form.OnSubmit = p.submit
	p.object = sheet(heading(kit.Say("door.person.title", "The first administrator"), stepOf(personPage)), p.form.Scrolled(), row(p.next, commandButton(p.fresh.command()), commandButton(v.backward()), commandButton(v.leaving())))
	return p
}

func (p *personForm) submit() {
	p.names.suggest()
	if !p.form.Check() {
		return
	}
	p.v.present.enterPerson(access.User{Name: p.names.name.Text(), SignIn: p.names.signIn.Text(), Email: p.email.Text(), Phone: p.phone.Text(),
		Roles: rolesIn(p.roles.Values())}, p.fresh.text())
}

// remark shows what went wrong and is about no field.
func (p *personForm) remark(s kit.Sentence) { p.form.Errors(nil, s) }

func (p *personForm) content() fyne.CanvasObject { return p.object }
func (p *personForm) start() fyne.Focusable      { return p.names.name.Focusable() }
func (p *personForm) wrong(faults []term.Fault)  { showAll(p.form, faults) }
func (p *personForm) dirty() bool                { return p.form.Dirty() }
func (p *personForm) close()                     {}

func (p *personForm) commands() []kit.Command {
	return append(enterCommands(kit.Say("door.person.create", "Set the hospital up"), p.submit), p.v.backward(), p.v.leaving(), p.fresh.command())
}
