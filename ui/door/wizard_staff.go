package door

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// staffForm is the step that adds the other staff, now or later.
type staffForm struct {
	v      *Wizard
	async  *kit.Async
	staff  *staff
	form   *kit.Form
	names  *nameFields
	roles  *kit.ManyField[access.Roles]
	add    *kit.BusyButton
	save   *kit.BusyButton
	finish *kit.Button
	told   *slot
	list   *slot
	object fyne.CanvasObject
}

func newStaffForm(v *Wizard) *staffForm {
	p := &staffForm{v: v, async: v.o.Host.Async(), staff: &staff{o: v.o}, form: kit.NewForm(2)}
	p.names = newNameFields(
		kit.FieldSpec{Name: "name", Label: kit.Say("door.staff.name", "Name"), Required: true, Hint: kit.Say("door.staff.shown", "As colleagues are to see it.")},
		kit.FieldSpec{Name: "signin", Label: kit.Say("door.staff.signin", "Sign-in name"), Required: true})
	p.roles = kit.NewManyField(kit.FieldSpec{Name: "roles", Label: kit.Say("door.staff.roles", "Roles"), Required: true, Wide: true}, roleOptions(0))
	p.add = kit.NewBusyButton(kit.Say("door.staff.add", "Add this person"), kit.Say("door.staff.adding", "Adding"), p.submit)
	p.finish = kit.NewButton(kit.Say("door.staff.later", "Later: start working").Text(), nil, p.leave)
	foot := row(p.add, p.finish)
	if v.o.SavePasswords != nil {
		p.save = kit.NewBusyButton(kit.Say("door.staff.save", "Save the passwords to print"), kit.Say("door.staff.saving", "Saving"), p.savePasswords)
		p.save.Importance = widget.MediumImportance
		p.save.Hide()
		foot.Add(p.save)
	}
	p.told = newSlot(p.form)
	p.form.Section(kit.Sentence{}, p.names.name, p.names.signIn, p.roles)
	p.list = newSlot(p.form)
	p.form.OnSubmit = p.add.Press
	p.object = sheet(heading(kit.Say("door.staff.title", "The other staff"), stepOf(staffPage)), p.form.Scrolled(), foot)
	return p
}

func (p *staffForm) submit() {
	p.names.suggest()
	if !p.form.Check() {
		p.add.Done()
		return
	}
	w, err := p.staff.of(access.User{Name: p.names.name.Text(), SignIn: p.names.signIn.Text(), Roles: rolesIn(p.roles.Values())})
	if err != nil {
		p.add.Done()
		p.form.Errors(nil, p.v.o.Host.Explain(err))
		return
	}
	wanted, session := *w, p.v.present.session
	p.form.Enable(false)
	kit.Start(p.async, func(ctx context.Context, _ func(func())) (struct{}, error) {
		return struct{}{}, p.staff.add(ctx, session, wanted)
	}, func(_ struct{}, err error) {
		p.form.Enable(true)
		p.add.Done()
		if err != nil {
			showFaults(p.form, err, p.v.o.Host.Explain)
			return
		}
		p.took(wanted)
	})
}

// took shows who was added, and makes room for the next.
func (p *staffForm) took(w wish) {
	p.staff.took(w)
	p.names.name.SetText("")
	p.names.signIn.SetText("")
	p.names.suggested = ""
	p.roles.SetValues()
	p.told.put(container.NewVBox(even(kit.RemarkRow(kit.Good, kit.Say("door.staff.added", "{{.Name}} can sign in as {{.SignIn}} with this one-time password:",
		"Name", w.user.Name, "SignIn", w.user.SignIn))), even(clear(w.oneTime, base.SizeNameSubHeadingText))))
	p.finish.SetText(kit.Say("door.staff.finish", "Start working").Text())
	if p.save != nil {
		p.save.Show()
	}
	p.list.put(p.people())
	p.object.Refresh()
	p.v.o.Host.Focus(p.names.name.Focusable())
	lookAt(p.form, p.told.box) // it is shown only now: it must be in sight
	if p.v.o.Added != nil {
		p.v.o.Added()
	}
}

// people are those added, the newest first, with what each needs to sign in once.
func (p *staffForm) people() fyne.CanvasObject {
	list := container.NewVBox(widget.NewSeparator(),
		even(paragraph(kit.Say("door.staff.give", "Give each person the one-time password, in private. It is shown only now; the first sign-in asks for a password of their own."))))
	for i := len(p.staff.added) - 1; i >= 0; i-- {
		a := p.staff.added[i]
		who := paragraph(kit.Say("door.staff.person", "{{.Name}}, {{.Roles}}. Signs in as {{.SignIn}} with", "Name", a.Name, "Roles", rolesOf(a.Roles), "SignIn", a.SignIn))
		list.Add(even(who))
		list.Add(even(clear(a.OneTime, base.SizeNameSubHeadingText)))
	}
	return list
}

func (p *staffForm) savePasswords() {
	added := append([]Added(nil), p.staff.added...)
	kit.Start(p.async, func(ctx context.Context, _ func(func())) (string, error) {
		return p.v.o.SavePasswords(ctx, added)
	}, func(path string, err error) {
		p.save.Done()
		if err != nil {
			p.told.say(kit.Remark{Tone: kit.Critical, Sentence: p.v.o.Host.Explain(err)})
			return
		}
		p.told.say(kit.Remark{Tone: kit.Good, Sentence: kit.Say("door.staff.saved", "The passwords are ready: {{.Path}}. Print them now: the files are taken away when you sign out.", "Path", path)})
	})
}

// leave ends the wizard; it asks where somebody was typed and not added.
func (p *staffForm) leave() {
	if p.async.Busy() {
		return
	}
	if !p.form.Dirty() {
		p.v.present.finish()
		return
	}
	p.v.o.Host.Ask(kit.Confirm(kit.Say("door.staff.unsaved", "Start working without adding this person?"),
		kit.Say("door.staff.notadded", "The person you typed has not been added. You can add people at any time, under People."),
		kit.Say("door.staff.without", "Start working without adding"), p.v.present.finish))
}

func (p *staffForm) content() fyne.CanvasObject { return p.object }
func (p *staffForm) start() fyne.Focusable      { return p.names.name.Focusable() }
func (p *staffForm) wrong(faults []term.Fault)  { showAll(p.form, faults) }
func (p *staffForm) dirty() bool                { return p.form.Dirty() }
func (p *staffForm) close()                     { p.async.Close(0) }

func (p *staffForm) commands() []kit.Command {
	return append(enterCommands(kit.Say("door.staff.add", "Add this person"), p.add.Press),
		kit.Command{Name: kit.Say("door.staff.finish", "Start working"), Key: fyne.KeyEscape, Do: p.leave})
}
