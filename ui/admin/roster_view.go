package admin

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"wardbook/app/access"
	"wardbook/ui/kit"
)

// NewPeople makes the screen of a route of the place 'people'.
func NewPeople(h kit.Host, d *Desk, r kit.Route, saved any) kit.Screen {
	switch r.Page {
	case pageNew:
		return newAccount(h, d, access.UserID{})
	case pageEdit, pageOne:
		id, ok := parseUser(r.ID)
		switch {
		case !ok:
			return newRoster(h, d, saved)
		case r.Page == pageEdit:
			return newAccount(h, d, id)
		}
		return newPerson(h, d, id, saved)
	}
	return newRoster(h, d, saved)
}

// rosterScreen is the list of people.
type rosterScreen struct {
	quiet
	host   kit.Host
	desk   *Desk
	async  *kit.Async
	roster roster
	names  map[string]string
	table  *kit.DataTable[access.UserRow]
	filter *kit.Entry
	gone   *kit.Check
	back   bool // to a row that was chosen
	body   fyne.CanvasObject
}

// rosterState is what must be the same when the person comes back.
type rosterState struct {
	filter string
	left   bool
	chosen bool // of the table a row
	table  kit.TableState
}

func newRoster(h kit.Host, d *Desk, saved any) *rosterScreen {
	s := &rosterScreen{host: h, desk: d, async: h.Async(), roster: roster{session: d.Session}}
	s.table = kit.NewDataTable(func(u access.UserRow) string { return u.ID.String() }, d.widths("people"), s.columns()...)
	s.table.OnOpen = s.open
	s.filter = newFilter(kit.Say("people.filter", "Name, role, speciality ..."), func(text string) {
		s.roster.filter = text
		s.show()
	}, func() { leadIn(h, s.table) })
	s.gone = kit.NewCheck(kit.Say("people.left", "Show deactivated"), func(on bool) {
		s.roster.left = on
		s.show()
	})
	if state, ok := saved.(rosterState); ok {
		s.roster.filter, s.roster.left = state.filter, state.left
		s.filter.SetText(state.filter)
		s.gone.SetChecked(state.left)
		s.table.Restore(state.table)
		s.back = state.chosen
	}
	tools := []fyne.CanvasObject{s.gone}
	if s.mayAdd() {
		tools = append(tools, kit.NewButton(kit.Say("people.add", "Add a person").Text(), nil, s.add))
	}
	s.body = listPage(s.filter, tools, s.table)
	s.table.SetState(kit.Loading(kit.Say("people.reading", "Reading who works here")).Object())
	s.Refresh()
	return s
}

func (s *rosterScreen) columns() []kit.TableColumn[access.UserRow] {
	text := func(id string, title kit.Sentence, width float32, read func(access.User) string) kit.TableColumn[access.UserRow] {
		return kit.TableColumn[access.UserRow]{ID: id, Title: title, Width: width,
			Cell: func(u access.UserRow) kit.Cell { return kit.Cell{Text: read(u.Value)} },
			Less: func(a, b access.UserRow) bool { return folded(read(a.Value)) < folded(read(b.Value)) }}
	}
	name := text("name", kit.Say("people.name", "Name"), 240, func(u access.User) string { return u.Name })
	name.Main = true
	return []kit.TableColumn[access.UserRow]{
		name,
		text("signin", kit.Say("people.signin", "Sign-in name"), 140, func(u access.User) string { return u.SignIn }),
		text("roles", kit.Say("people.roles", "Roles"), 190, func(u access.User) string { return roleNames(u.Roles) }),
		text("speciality", kit.Say("people.speciality", "Speciality"), 120, func(u access.User) string { return u.Speciality }),
		{ID: "state", Title: kit.Say("people.state", "State"), Width: 200,
			Cell: func(u access.UserRow) kit.Cell {
				state := standingOf(u.Value)
				return kit.Cell{Text: state.sentence().Text(), Tone: state.tone()}
			},
			Less: func(a, b access.UserRow) bool { return standingOf(a.Value) < standingOf(b.Value) }},
		{ID: "changed", Title: kit.Say("people.changed", "Last change"), Width: 110,
			Cell: func(u access.UserRow) kit.Cell {
				now := s.host.Now()
				return kit.Cell{Text: shortTime(u.ChangedAt, now), Full: kit.Say("people.changed.full", "{{.Time}}, {{.Who}}",
					"Time", fullTime(u.ChangedAt, now.Location()), "Who", author(u.ChangedBy, s.names)).Text()}
			},
			Less: func(a, b access.UserRow) bool { return a.ChangedAt.Before(b.ChangedAt) }},
	}
}

func (s *rosterScreen) Title() kit.Sentence        { return kit.Say("people.title", "People") }
func (s *rosterScreen) Content() fyne.CanvasObject { return s.body }
func (s *rosterScreen) Save() any {
	_, chosen := s.table.Selected()
	return rosterState{s.roster.filter, s.roster.left, chosen, s.table.State()}
}

// Start is the filter; on the way back it is the table, where the person had chosen a row.
func (s *rosterScreen) Start() fyne.Focusable {
	if s.back {
		return s.table
	}
	return s.filter
}

// Concerns tells whether an entry changes the list.
func (s *rosterScreen) Concerns(e access.Entry) bool { return changes(e, access.TableUsers) }

func (s *rosterScreen) Commands() []kit.Command {
	var all []kit.Command
	if s.mayAdd() {
		all = append(all, kit.Command{Name: kit.Say("people.add", "Add a person"), Key: fyne.KeyN, Modifier: fyne.KeyModifierShortcutDefault, Do: s.add})
	}
	all = append(all, kit.Command{Name: kit.Say("admin.filter", "Filter the list"), Key: fyne.KeyF3, Do: func() { s.host.Focus(s.filter) }})
	return append(all, s.table.Commands()...)
}

func (s *rosterScreen) mayAdd() bool { return s.desk.Session.May(access.ActUserAdd) }

func (s *rosterScreen) add() { s.host.Go(kit.Route{Place: PlacePeople, Page: pageNew}) }

func (s *rosterScreen) open(u access.UserRow) {
	s.host.Go(kit.Route{Place: PlacePeople, Page: pageOne, ID: u.ID.String()})
}

// Refresh reads everybody anew.
func (s *rosterScreen) Refresh() {
	kit.Start(s.async, func(ctx context.Context, _ func(func())) ([]access.UserRow, error) { return s.roster.load(ctx) },
		func(rows []access.UserRow, err error) {
			if err != nil {
				s.table.SetState(kit.Failed(s.host.Explain(err), s.Refresh).Object())
				return
			}
			s.roster.all, s.names = rows, namesOf(rows)
			s.show()
		})
}

// show puts the people who fit the filter into the table.
func (s *rosterScreen) show() {
	if s.roster.all == nil {
		return // not read yet
	}
	s.gone.Text = kit.Say("people.left.count", "Show deactivated ({{.Count}})", "Count", strconv.Itoa(s.roster.gone())).Text()
	s.gone.Refresh()
	rows := s.roster.shown()
	s.table.SetRows(rows, s.roster.total())
	if len(rows) > 0 {
		s.table.SetState(nil)
		return
	}
	s.table.SetState(kit.Empty(kit.Say("people.none", "Nobody fits the filter"),
		kit.Say("people.none.next", "Filter by fewer letters. Who has left is shown with 'Show deactivated'."),
		kit.Say("people.none.clear", "Show everybody"), func() {
			s.filter.SetText("")
			s.gone.SetChecked(true)
			s.host.Focus(s.filter)
		}).Object())
}
