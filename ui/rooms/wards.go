package rooms

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/ward"
	"wardbook/ui/kit"
)

// NewWards makes the screen of a route of the place 'wards', where administrators keep wards, rooms and beds. It names nobody.
func NewWards(h kit.Host, d *Desk, r kit.Route, saved any) kit.Screen {
	id, err := uuid.Parse(r.ID)
	switch {
	case err != nil:
	case r.Page == pageWard:
		return newWardScreen(h, d, ward.WardID(id), saved)
	case r.Page == pageRoom:
		return newRoomScreen(h, d, ward.RoomID(id), saved)
	}
	return newWardsScreen(h, d, saved)
}

// kept is what the screens of wards have in common: the board without names, read anew whenever wards, rooms or beds change.
type kept struct {
	host  kit.Host
	desk  *Desk
	async *kit.Async
	read  *ward.Board
	show  func()
	fail  func(kit.Sentence)
}

func (k *kept) reload() {
	session := k.desk.Session
	kit.Start(k.async, func(ctx context.Context, _ func(func())) (ward.Board, error) { return ward.Read(ctx, session) }, func(b ward.Board, err error) {
		if err != nil {
			k.fail(k.host.Explain(err))
			return
		}
		k.read = &b
		k.show()
		k.host.Changed()
	})
}

// Refresh reads wards, rooms and beds anew.
func (k *kept) Refresh() { k.reload() }

// Concerns tells whether an entry changes them.
func (k *kept) Concerns(e access.Entry) bool {
	c := ward.ChangedIn(e)
	return c.Layout || len(c.Beds) > 0
}

// Unsaved tells that nothing was typed: forms stand in dialogs.
func (k *kept) Unsaved() bool { return false }

// Close has nothing to end: the host ends the helpers that it gave.
func (k *kept) Close() {}

// wardsScreen is the list of wards.
type wardsScreen struct {
	kept
	table *kit.DataTable[ward.WardTile]
	body  fyne.CanvasObject
}

func newWardsScreen(h kit.Host, d *Desk, saved any) *wardsScreen {
	s := &wardsScreen{kept: kept{host: h, desk: d, async: h.Async()}}
	s.table = kit.NewDataTable(func(w ward.WardTile) string { return w.ID.String() }, d.widths("wards"), wardColumns()...)
	s.table.OnOpen = func(w ward.WardTile) { h.Go(kit.Route{Place: PlaceWards, Page: pageWard, ID: w.ID.String()}) }
	if state, ok := saved.(kit.TableState); ok {
		s.table.Restore(state)
	}
	s.kept.show, s.kept.fail = s.fill, func(why kit.Sentence) { s.table.SetState(kit.Failed(why, s.reload).Object()) }
	s.body = kit.Bordered(container.NewPadded(tools(s.deeds())), nil, nil, nil, s.table)
	s.table.SetState(kit.Loading(kit.Say("rooms.wards.reading", "Reading the wards")).Object())
	s.reload()
	return s
}

// stateCell says whether something is open, or why it is closed.
func stateCell(why string) kit.Cell {
	if why == "" {
		return kit.Cell{Text: kit.Say("rooms.open", "Open").Text(), Tone: kit.Good}
	}
	return kit.Cell{Text: kit.Say("rooms.closed.why", "Closed: {{.Why}}", "Why", why).Text(), Tone: kit.Attention}
}

func numberColumn[T any](id string, title kit.Sentence, read func(T) int) kit.TableColumn[T] {
	return kit.TableColumn[T]{ID: id, Title: title, Width: 84, Right: true, Cell: func(v T) kit.Cell { return kit.Cell{Text: strconv.Itoa(read(v))} },
		Less: func(a, b T) bool { return read(a) < read(b) }}
}

func wardColumns() []kit.TableColumn[ward.WardTile] {
	return []kit.TableColumn[ward.WardTile]{
		{ID: "name", Title: kit.Say("rooms.ward", "Ward"), Width: 240, Main: true, Cell: func(w ward.WardTile) kit.Cell { return kit.Cell{Text: w.Value.Name, Bold: true} }},
		numberColumn("rooms", kit.Say("rooms.rooms", "Rooms"), func(w ward.WardTile) int { return len(w.Rooms) }),
		numberColumn("beds", kit.Say("rooms.capacity", "Beds"), func(w ward.WardTile) int { return w.Count.Beds() }),
		numberColumn("free", kit.Say("rooms.free", "Free"), func(w ward.WardTile) int { return w.Count.Of(ward.Free) }),
		numberColumn("occupied", kit.Say("rooms.occupied", "Occupied"), func(w ward.WardTile) int { return w.Count.Of(ward.Occupied) }),
		{ID: "state", Title: kit.Say("rooms.state", "State"), Width: 200, Cell: func(w ward.WardTile) kit.Cell { return stateCell(w.Value.Closed) }},
		{ID: "note", Title: kit.Say("rooms.note", "Note"), Width: 200, Cell: func(w ward.WardTile) kit.Cell { return kit.Cell{Text: w.Value.Note} }},
	}
}

// Title is the place's.
func (s *wardsScreen) Title() kit.Sentence { return kit.Say("rooms.wards.title", "Wards") }

// Content is the list under its button.
func (s *wardsScreen) Content() fyne.CanvasObject { return s.body }

// Start is the list.
func (s *wardsScreen) Start() fyne.Focusable { return s.table }

// Save keeps where in the list the person was.
func (s *wardsScreen) Save() any { return s.table.State() }

func (s *wardsScreen) deeds() []kit.Command {
	if !s.desk.may(access.ActWardAdd) {
		return nil
	}
	return []kit.Command{{Name: kit.Say("rooms.wards.add", "Add a ward"), Key: fyne.KeyN, Modifier: ctrl, Do: s.add}}
}

// Commands are adding, and those of the list.
func (s *wardsScreen) Commands() []kit.Command { return append(s.deeds(), s.table.Commands()...) }

func (s *wardsScreen) fill() {
	s.table.SetState(nil)
	if len(s.read.Wards) == 0 {
		s.table.SetState(kit.Empty(kit.Say("rooms.none", "There are no wards yet"), kit.Say("rooms.wards.none.next", "Add the first one, with its rooms and beds from a template."),
			kit.Say("rooms.wards.add", "Add a ward"), s.add).Object())
	}
	s.table.SetRows(s.read.Wards, len(s.read.Wards))
}

// add asks for a ward and the template of its rooms.
func (s *wardsScreen) add() {
	name := nameField(kit.Say("rooms.name", "Name"), kit.Say("rooms.name.hint", "As people here say it"), 60)
	templates := ward.Templates()
	options := []kit.Option[int]{}
	for i, t := range templates {
		options = append(options, kit.Option[int]{Value: i, Label: kit.Of(t.Says)})
	}
	options = append(options, kit.Option[int]{Value: -1, Label: kit.Say("rooms.template.none", "No rooms yet")})
	template := kit.NewChoiceField(kit.FieldSpec{Name: "room", Label: kit.Say("rooms.template", "Rooms and beds"), Required: true,
		Hint: kit.Say("rooms.template.hint", "Each can be changed afterwards.")}, options)
	template.SetValue(0)
	first := countField("room.name", kit.Say("rooms.first", "Number of the first room"), 99_999)
	first.SetText(strconv.Itoa(nextNumber(s.read)))
	note := kit.NewTextField(kit.FieldSpec{Name: ward.FieldNote, Label: kit.Say("rooms.note", "Note"), Hint: kit.Say("rooms.note.hint", "Where it is, its phone")}, kit.TextRules{Max: 300})
	form := kit.NewForm(1).Section(kit.Sentence{}, name, template, first, note)
	session := s.desk.Session
	sheet{host: s.host, title: kit.Say("rooms.wards.add", "Add a ward"), label: kit.Say("rooms.wards.add.do", "Add this ward"), form: form, done: s.reload,
		wish: func() (any, func(context.Context, uuid.UUID) (kit.Toast, error)) {
			which, _ := template.Value()
			content := struct {
				name, note   string
				which, first int
			}{name.Text(), note.Text(), which, number(first)}
			return content, func(ctx context.Context, operation uuid.UUID) (kit.Toast, error) {
				plan := ward.Plan{Ward: ward.Ward{Name: content.name}}
				if which >= 0 {
					plan = templates[which].Plan(content.name, content.first)
				}
				plan.Note = content.note
				row, err := ward.AddWard(ctx, session, operation, plan)
				return good(kit.Say("rooms.wards.added", "{{.Name}} is added", "Name", row.Value.Name)), err
			}
		}}.ask()
}

// nextNumber proposes where the rooms of another ward begin: at the hundred after those there are.
func nextNumber(b *ward.Board) int {
	next := 101
	if b == nil {
		return next
	}
	for _, w := range b.Wards {
		for _, r := range w.Rooms {
			if n, err := strconv.Atoi(r.Value.Name); err == nil && n >= next && n < 90_000 {
				next = n/100*100 + 101
			}
		}
	}
	return next
}
