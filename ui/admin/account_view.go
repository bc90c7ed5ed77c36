package admin

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// accountScreen is the form of an account.
type accountScreen struct {
	host    kit.Host
	desk    *Desk
	reading *kit.Async
	writing *kit.Async
	account account
	filled  bool // the form shows what was read
	gone    bool // the screen has led elsewhere

	form                                               *kit.Form
	name, signIn, email, phone, speciality, registered *kit.TextField
	roles                                              *kit.ManyField[access.Roles]
	password                                           *oneTime
	suggested                                          string
	save                                               *kit.BusyButton
	body                                               *fyne.Container
}

// mostText is how long a person's texts may be, in letters.
const mostText = 120

func newAccount(h kit.Host, d *Desk, id access.UserID) *accountScreen {
	s := &accountScreen{host: h, desk: d, reading: h.Async(), writing: h.Async(), account: account{session: d.Session, id: id}, body: container.NewStack()}
	s.build()
	s.save = kit.NewBusyButton(kit.Say("admin.save", "Save"), kit.Say("admin.saving", "Saving"), s.submit)
	s.form.OnSubmit = s.save.Press
	s.body.Objects = []fyne.CanvasObject{kit.Loading(kit.Say("people.reading.one", "Reading the account")).Object()}
	s.Refresh()
	return s
}

func (s *accountScreen) build() {
	line := func(name string, label, hint kit.Sentence, required bool) *kit.TextField {
		return kit.NewTextField(kit.FieldSpec{Name: name, Label: label, Hint: hint, Required: required}, kit.TextRules{Max: mostText})
	}
	s.name = line("name", kit.Say("people.name", "Name"), kit.Say("people.name.hint", "As it is shown to others: Dr Ann Smith"), true)
	s.signIn = kit.NewTextField(kit.FieldSpec{Name: "signin", Label: kit.Say("people.signin", "Sign-in name"), Required: true,
		Hint: kit.Say("people.signin.hint", "It can't be changed later.")}, kit.TextRules{Max: mostSignIn})
	s.email = line("email", kit.Say("people.email", "E-mail"), kit.Sentence{}, false)
	s.phone = line("phone", kit.Say("people.phone", "Phone"), kit.Sentence{}, false)
	s.speciality = line("speciality", kit.Say("people.speciality", "Speciality"), kit.Sentence{}, false)
	s.registered = line("registration", kit.Say("people.registration", "Registration number"), kit.Say("people.registration.hint", "With the medical council"), false)
	s.roles = kit.NewManyField(kit.FieldSpec{Name: "roles", Label: kit.Say("people.roles", "Roles"), Required: true, Wide: true}, roleOptions())
	s.form = kit.NewForm(2)
	s.form.Section(kit.Sentence{}, s.name)
	if s.account.fresh() {
		s.form.Add(s.signIn, false)
		s.name.OnChange = s.suggest
	}
	s.form.Section(kit.Sentence{}, s.email, s.phone, s.roles, s.speciality, s.registered)
	s.roles.OnChange = s.showDoctors
	if s.account.fresh() {
		s.password = newOneTime(s.desk)
		s.form.Section(kit.Say("people.first", "For the first sign-in"), s.password)
		s.password.addAnother(s.form)
	}
	s.showDoctors()
}

// roleOptions are the roles, each with what it is for.
func roleOptions() []kit.Option[access.Roles] {
	return []kit.Option[access.Roles]{
		{Value: access.FrontDesk, Label: kit.Say("people.role.desk", "Front desk: who patients are, appointments, beds; nothing clinical")},
		{Value: access.DataEntry, Label: kit.Say("people.role.entry", "Data entry: vital signs, results, doses, attachments")},
		{Value: access.Doctor, Label: kit.Say("people.role.doctor", "Doctor: reads every patient, orders, prescribes, signs")},
		{Value: access.Administrator, Label: kit.Say("people.role.admin", "Administrator: people, settings, audit; nothing clinical")},
	}
}

// showDoctors shows what is asked of doctors only while that role is ticked.
func (s *accountScreen) showDoctors() {
	doctor := s.chosenRoles().Has(access.Doctor)
	for _, field := range []*kit.TextField{s.speciality, s.registered} {
		object := field.Object()
		if object.Visible() == doctor {
			continue
		}
		if doctor {
			object.Show()
		} else {
			object.Hide()
		}
	}
	s.form.Object().Refresh()
}

func (s *accountScreen) chosenRoles() access.Roles {
	var roles access.Roles
	for _, role := range s.roles.Values() {
		roles |= role
	}
	return roles
}

// suggest makes a sign-in name of the name, as long as the person hasn't typed one.
func (s *accountScreen) suggest() {
	if s.signIn.Text() != s.suggested {
		return
	}
	s.suggested = s.account.suggest(s.name.Text())
	s.signIn.SetText(s.suggested)
}

func (s *accountScreen) Title() kit.Sentence {
	if s.account.fresh() {
		return kit.Say("people.add", "Add a person")
	}
	return kit.Say("people.title.edit", "Change {{.Name}}", "Name", s.account.stored.Value.Name)
}

func (s *accountScreen) Content() fyne.CanvasObject { return s.body }
func (s *accountScreen) Unsaved() bool              { return s.filled && !s.gone && s.form.Dirty() }
func (s *accountScreen) Save() any                  { return nil }
func (s *accountScreen) Close()                     { s.gone = true }

// Concerns tells whether an entry changes what the form was filled with.
func (s *accountScreen) Concerns(e access.Entry) bool { return changes(e, access.TableUsers) }

// Start is the first field, once the form is shown.
func (s *accountScreen) Start() fyne.Focusable {
	if s.filled {
		return s.form.Start()
	}
	return nil
}

func (s *accountScreen) Commands() []kit.Command {
	return []kit.Command{
		{Name: kit.Say("admin.save", "Save"), Key: fyne.KeyS, Modifier: fyne.KeyModifierShortcutDefault, Do: s.save.Press},
		{Name: kit.Say("admin.cancel", "Cancel"), Key: fyne.KeyEscape, Do: s.host.Back, Hidden: true},
	}
}

// Refresh fills the form with what is stored, unless the person has changed something: then that stays, and saving will tell.
func (s *accountScreen) Refresh() {
	if s.Unsaved() || s.writing.Busy() {
		return
	}
	kit.Start(s.reading, func(ctx context.Context, _ func(func())) (accountRead, error) { return s.account.load(ctx) },
		func(read accountRead, err error) {
			switch {
			case err != nil:
				s.body.Objects = []fyne.CanvasObject{kit.Failed(s.host.Explain(err), s.Refresh).Object()}
				s.body.Refresh()
			case !s.Unsaved() && !s.writing.Busy():
				s.account.take(read)
				s.fill()
			}
		})
}

func (s *accountScreen) fill() {
	first := !s.filled
	if !s.account.fresh() {
		s.put(s.account.stored.Value)
	}
	s.filled = true
	s.showDoctors()
	if first {
		cancel := kit.NewButton(kit.Say("admin.cancel", "Cancel").Text(), nil, s.host.Back)
		s.body.Objects = []fyne.CanvasObject{formPage(s.form, s.save, cancel)}
		s.body.Refresh()
		s.host.Changed()
		s.host.Focus(s.form.Start())
	}
}

// put shows an account in the fields, as something that the person has not changed.
func (s *accountScreen) put(u access.User) {
	s.name.SetText(u.Name)
	s.email.SetText(u.Email)
	s.phone.SetText(term.Phone(u.Phone).Display(s.account.country))
	s.speciality.SetText(u.Speciality)
	s.registered.SetText(u.Registration)
	s.roles.SetValues(u.Roles.Each()...)
}

// entered is the account as it stands in the fields.
func (s *accountScreen) entered() access.User {
	return s.account.entered(access.User{Name: s.name.Text(), SignIn: s.signIn.Text(), Roles: s.chosenRoles(), Email: s.email.Text(), Phone: s.phone.Text(),
		Speciality: s.speciality.Text(), Registration: s.registered.Text()})
}

// submit saves, after asking where it would take the administrator's role from whoever saves.
func (s *accountScreen) submit() {
	if !s.filled || !s.form.Check() {
		s.save.Done()
		return
	}
	if !s.account.fresh() && !s.form.Dirty() {
		s.save.Done()
		s.host.Back() // nothing to write: the history must not tell of changes that were none
		return
	}
	u := s.entered()
	if !s.account.resigns(u) {
		s.write(s.account.stored.Version, u)
		return
	}
	d := kit.Confirm(kit.Say("people.resign.title", "Give up your own administrator's role?"),
		kit.Say("people.resign", "You would no longer reach this place. Another administrator would have to give you the role back."),
		kit.Say("people.resign.do", "Give up my administrator's role"), func() { s.write(s.account.stored.Version, u) })
	d.OnCancel = s.save.Done
	s.host.Ask(d)
}
