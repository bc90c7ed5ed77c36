package admin

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// personScreen is the page of one account: facts, what may be done with it, history.
type personScreen struct {
	quiet
	host    kit.Host
	desk    *Desk
	reading *kit.Async
	writing *kit.Async // another one, so that news of a change doesn't forget what is being written
	person  person
	name    string

	offered string // the deeds that have buttons
	notice  notice
	facts   *fyne.Container
	buttons *fyne.Container
	history *kit.DataTable[change]
	body    fyne.CanvasObject
}

func newPerson(h kit.Host, d *Desk, id access.UserID, saved any) *personScreen {
	s := &personScreen{host: h, desk: d, reading: h.Async(), writing: h.Async(), person: person{session: d.Session, forgive: d.Forgive, id: id},
		notice: newNotice(), facts: container.NewStack(), buttons: container.NewHBox()}
	s.history = kit.NewDataTable(func(c change) string { return strconv.FormatUint(c.version, 10) + c.what.Key }, d.widths("people.history"), s.columns()...)
	if state, ok := saved.(kit.TableState); ok {
		s.history.Restore(state)
	}
	heading := widget.NewLabel(kit.Say("people.history", "History").Text())
	heading.SizeName = base.SizeNameSubHeadingText
	heading.TextStyle.Bold = true
	s.body = kit.Bordered(container.NewPadded(container.NewVBox(s.notice.box, s.facts, s.buttons, heading)), nil, nil, nil, s.history)
	s.history.SetState(kit.Loading(kit.Say("people.reading.one", "Reading the account")).Object())
	s.Refresh()
	return s
}

func (s *personScreen) columns() []kit.TableColumn[change] {
	return []kit.TableColumn[change]{
		{ID: "when", Title: kit.Say("people.history.when", "When"), Width: 110, Cell: func(c change) kit.Cell {
			return kit.Cell{Text: shortTime(c.at, s.host.Now()), Full: fullTime(c.at, s.host.Now().Location())}
		}},
		{ID: "who", Title: kit.Say("people.history.who", "Who"), Width: 160, Cell: func(c change) kit.Cell { return kit.Cell{Text: c.who} }},
		{ID: "what", Title: kit.Say("people.history.what", "What"), Width: 190, Cell: func(c change) kit.Cell { return kit.Cell{Text: c.what.Text()} }},
		{ID: "from", Title: kit.Say("people.history.from", "From"), Width: 230, Cell: func(c change) kit.Cell { return kit.Cell{Text: c.from} }},
		{ID: "to", Title: kit.Say("people.history.to", "To"), Width: 230, Main: true, Cell: func(c change) kit.Cell { return kit.Cell{Text: c.to} }},
	}
}

func (s *personScreen) Title() kit.Sentence {
	if s.name == "" {
		return kit.Say("people.one", "Person")
	}
	return kit.Say("people.title.one", "{{.Name}}", "Name", s.name)
}

func (s *personScreen) Content() fyne.CanvasObject { return s.body }
func (s *personScreen) Start() fyne.Focusable      { return s.history }
func (s *personScreen) Save() any                  { return s.history.State() }

// Concerns tells whether an entry changes the page: any account may be the author of a line of the history.
func (s *personScreen) Concerns(e access.Entry) bool { return changes(e, access.TableUsers) }

func (s *personScreen) Commands() []kit.Command {
	all := append(s.deeds(), kit.Command{Name: kit.Say("admin.back", "Back"), Key: fyne.KeyEscape, Do: s.host.Back, Hidden: true})
	return append(all, s.history.Commands()...)
}

// deeds are what may be done with the account; each has a button too.
func (s *personScreen) deeds() []kit.Command {
	var all []kit.Command
	if s.person.mayEdit() {
		all = append(all, kit.Command{Name: kit.Say("people.edit", "Change"), Key: fyne.KeyE, Modifier: fyne.KeyModifierShortcutDefault, Do: s.edit})
	}
	if s.person.mayReset() {
		all = append(all, kit.Command{Name: kit.Say("people.reset", "Give a one-time password"), Do: s.renew})
	}
	if s.person.mayEnd() {
		all = append(all, kit.Command{Name: kit.Say("people.deactivate", "Deactivate"), Do: s.askEnd})
	}
	if s.person.mayReturn() {
		all = append(all, kit.Command{Name: kit.Say("people.reactivate", "Reactivate"), Do: s.renew})
	}
	return all
}

func (s *personScreen) edit() {
	s.host.Go(kit.Route{Place: PlacePeople, Page: pageEdit, ID: s.person.id.String()})
}

// Refresh reads the account anew.
func (s *personScreen) Refresh() {
	kit.Start(s.reading, func(ctx context.Context, _ func(func())) (personRead, error) { return s.person.load(ctx) },
		func(read personRead, err error) {
			if err != nil {
				s.history.SetState(kit.Failed(s.host.Explain(err), s.Refresh).Object())
				return
			}
			s.person.read = &read
			s.show()
		})
}

func (s *personScreen) show() {
	read := s.person.read
	s.name = read.row.Value.Name
	s.facts.Objects = []fyne.CanvasObject{factGrid(s.factsOf(*read))}
	s.facts.Refresh()
	s.showDeeds()
	s.say()
	lines := historyOf(read.history, read.names)
	s.history.SetRows(lines, len(lines))
	s.history.SetState(nil)
	s.host.Changed()
}

// showDeeds puts a button there for each deed, anew only where they are other ones: the keyboard may be on one of them.
func (s *personScreen) showDeeds() {
	deeds, shown := s.deeds(), ""
	for _, c := range deeds {
		shown += c.Name.Key + " "
	}
	if shown == s.offered {
		return
	}
	s.offered = shown
	s.buttons.RemoveAll()
	for _, c := range deeds {
		s.buttons.Add(kit.NewButton(c.Name.Text(), nil, c.Do))
	}
}

// say shows what there is to say over the page; more is what went wrong just now.
func (s *personScreen) say(more ...kit.Remark) {
	remarks := more
	switch {
	case s.person.read == nil:
	case s.person.own():
		remarks = append(remarks, kit.Remark{Tone: kit.Plain, Sentence: kit.Say("people.own",
			"This is your own account. Another administrator can deactivate it or give you a one-time password.")})
	case s.person.read.row.Value.Inactive:
		remarks = append(remarks, kit.Remark{Tone: kit.Plain, Sentence: kit.Say("people.gone",
			"This account is deactivated: nobody can sign in with it. What was written with it keeps the name.")})
	}
	s.notice.say(remarks...)
}

// factsOf are the facts of the account, read down the first column and then the second.
func (s *personScreen) factsOf(read personRead) []fact {
	u, now := read.row.Value, s.host.Now()
	state := standingOf(u)
	facts := []fact{{name: kit.Say("people.signin", "Sign-in name"), value: u.SignIn}, {name: kit.Say("people.roles", "Roles"), value: roleNames(u.Roles)},
		{kit.Say("people.state", "State"), state.sentence().Text(), state.tone()},
		{name: kit.Say("people.since", "Account since"), value: kit.Of(term.DateOf(read.row.CreatedAt, now.Location()).Text()).Text()},
		{name: kit.Say("people.email", "E-mail"), value: u.Email}, {name: kit.Say("people.phone", "Phone"), value: term.Phone(u.Phone).International()}}
	if u.Roles.Has(access.Doctor) {
		facts = append(facts, fact{name: kit.Say("people.speciality", "Speciality"), value: u.Speciality},
			fact{name: kit.Say("people.registration", "Registration number"), value: u.Registration})
	}
	return facts
}
