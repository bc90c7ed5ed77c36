package rooms

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/ward"
	"wardbook/ui/kit"
)

// wardScreen is a ward with its rooms.
type wardScreen struct {
	kept
	id    ward.WardID
	ward  *ward.WardTile
	table *kit.DataTable[ward.RoomTile]
	tools *fyne.Container
	note  remarks
	body  *fyne.Container
}

func newWardScreen(h kit.Host, d *Desk, id ward.WardID, saved any) *wardScreen {
	s := &wardScreen{kept: kept{host: h, desk: d, async: h.Async()}, id: id, tools: container.New(&kit.Flow{}), body: container.NewStack()}
	s.note = newRemarks(s.body)
	s.table = kit.NewDataTable(func(r ward.RoomTile) string { return r.ID.String() }, d.widths("rooms"), roomColumns()...)
	s.table.OnOpen = func(r ward.RoomTile) { h.Go(kit.Route{Place: PlaceWards, Page: pageRoom, ID: r.ID.String()}) }
	if state, ok := saved.(kit.TableState); ok {
		s.table.Restore(state)
	}
	s.kept.show, s.kept.fail = s.fill, func(why kit.Sentence) { s.table.SetState(kit.Failed(why, s.reload).Object()) }
	s.body.Add(kit.Bordered(container.New(&tower{}, container.NewPadded(s.tools), s.note.box), nil, nil, nil, s.table))
	s.table.SetState(kit.Loading(kit.Say("rooms.ward.reading", "Reading the ward")).Object())
	s.reload()
	return s
}

func free(r ward.RoomTile) (n int) {
	for _, b := range r.Beds {
		if b.State == ward.Free {
			n++
		}
	}
	return n
}

func roomColumns() []kit.TableColumn[ward.RoomTile] {
	column := func(id string, title kit.Sentence, width float32, read func(ward.RoomTile) string) kit.TableColumn[ward.RoomTile] {
		return kit.TableColumn[ward.RoomTile]{ID: id, Title: title, Width: width, Cell: func(r ward.RoomTile) kit.Cell { return kit.Cell{Text: read(r)} }}
	}
	yes := func(is bool, what kit.Sentence) string {
		if is {
			return what.Text()
		}
		return ""
	}
	name := column("name", kit.Say("rooms.room.column", "Room"), 140, func(r ward.RoomTile) string { return r.Value.Name })
	name.Main = true
	return []kit.TableColumn[ward.RoomTile]{name,
		numberColumn("beds", kit.Say("rooms.capacity", "Beds"), func(r ward.RoomTile) int { return len(r.Beds) }),
		numberColumn("free", kit.Say("rooms.free", "Free"), free),
		column("sex", kit.Say("rooms.sex", "For"), 90, func(r ward.RoomTile) string { return kit.Of(r.Value.Sex.Text()).Text() }),
		column("kind", kit.Say("rooms.kind.room", "Kind of room"), 150, func(r ward.RoomTile) string { return kit.Of(r.Value.Kind.Text()).Text() }),
		column("marks", kit.Say("rooms.has", "Has"), 180, func(r ward.RoomTile) string {
			return joined(yes(r.Value.Isolation, kit.Say("rooms.need.isolation", "Isolation")), yes(r.Value.Monitoring, kit.Say("rooms.need.monitoring", "Monitoring")))
		}),
		{ID: "state", Title: kit.Say("rooms.state", "State"), Width: 220, Cell: func(r ward.RoomTile) kit.Cell { return stateCell(r.Value.Closed) }},
	}
}

// Title is the ward's name, once it is known.
func (s *wardScreen) Title() kit.Sentence {
	if s.ward == nil {
		return kit.Say("rooms.ward", "Ward")
	}
	return asIs(s.ward.Value.Name)
}

// Content is the rooms under what can be done with the ward.
func (s *wardScreen) Content() fyne.CanvasObject { return s.body }

// Start is the list of rooms.
func (s *wardScreen) Start() fyne.Focusable { return s.table }

// Save keeps where in the list the person was.
func (s *wardScreen) Save() any { return s.table.State() }

func (s *wardScreen) fill() {
	s.ward = nil
	for i, w := range s.read.Wards {
		if w.ID == s.id {
			s.ward = &s.read.Wards[i]
		}
	}
	if s.ward == nil {
		s.table.SetRows(nil, 0)
		s.tools.Objects = nil
		s.table.SetState(kit.Empty(kit.Say("rooms.ward.gone", "This ward has been removed"), kit.Sentence{}, kit.Say("rooms.wards.all", "All wards"),
			func() { s.host.Replace(kit.Route{Place: PlaceWards}) }).Object())
		return
	}
	s.table.SetState(nil)
	if len(s.ward.Rooms) == 0 {
		s.table.SetState(kit.Empty(kit.Say("rooms.ward.empty", "This ward has no rooms yet"), kit.Sentence{}, kit.Say("rooms.room.add", "Add a room"), s.addRoom).Object())
	}
	s.table.SetRows(s.ward.Rooms, len(s.ward.Rooms))
	renew(s.host, s.body, s.tools, s.deeds(), s.table)
	s.note.say(closedRemark(s.ward.Value.Closed)...)
}

// closedRemark says that something is closed, and why.
func closedRemark(why string) []kit.Remark {
	if why == "" {
		return nil
	}
	return []kit.Remark{{Tone: kit.Attention, Sentence: kit.Say("rooms.closed.why", "Closed: {{.Why}}", "Why", why)}}
}

// renew shows the buttons of what can be done now; where they stay the same they, and the keyboard on one of them, stay. Where that one has gone,
// the keyboard goes to rest.
func renew(h kit.Host, page fyne.CanvasObject, place *fyne.Container, deeds []kit.Command, rest fyne.Focusable) {
	names := func(row *fyne.Container) string {
		var all []string
		for _, o := range row.Objects {
			all = append(all, o.(*kit.Button).Text)
		}
		return strings.Join(all, "\n")
	}
	fresh := tools(deeds)
	if names(place) == names(fresh) {
		return
	}
	had := false
	if c := fyne.CurrentApp().Driver().CanvasForObject(page); c != nil {
		for _, o := range place.Objects {
			had = had || c.Focused() == o.(*kit.Button)
		}
	}
	place.Objects = fresh.Objects
	place.Refresh()
	page.Refresh()
	if had {
		h.Focus(rest)
	}
}

func (s *wardScreen) deeds() []kit.Command {
	if s.ward == nil || !s.desk.may(access.ActWardChange) {
		return nil
	}
	all := []kit.Command{
		{Name: kit.Say("rooms.room.add", "Add a room"), Key: fyne.KeyN, Modifier: ctrl, Do: s.addRoom},
		{Name: kit.Say("rooms.change", "Change"), Key: fyne.KeyE, Modifier: ctrl, Do: s.change},
	}
	if s.ward.Value.Closed == "" {
		all = append(all, kit.Command{Name: kit.Say("rooms.close", "Close"), Key: fyne.KeyO, Modifier: ctrl, Do: s.shut})
	} else {
		all = append(all, kit.Command{Name: kit.Say("rooms.reopen", "Open again"), Key: fyne.KeyO, Modifier: ctrl, Do: s.reopen})
	}
	return append(all, kit.Command{Name: kit.Say("rooms.remove", "Remove"), Do: s.remove})
}

// Commands are the deeds, and those of the list.
func (s *wardScreen) Commands() []kit.Command { return append(s.deeds(), s.table.Commands()...) }

func (s *wardScreen) addRoom() {
	fields := newRoomFields()
	session, id := s.desk.Session, s.id
	sheet{host: s.host, title: kit.Say("rooms.room.add", "Add a room"), label: kit.Say("rooms.room.add.do", "Add this room"), form: fields.form(), done: s.reload,
		wish: func() (any, func(context.Context, uuid.UUID) (kit.Toast, error)) {
			plan := fields.read()
			return plan, func(ctx context.Context, operation uuid.UUID) (kit.Toast, error) {
				row, err := ward.AddRoom(ctx, session, operation, id, plan)
				return good(kit.Say("rooms.room.added", "Room {{.Name}} is added", "Name", row.Value.Name)), err
			}
		}}.ask()
}

func (s *wardScreen) change() {
	seen := s.ward.WardRow
	name := nameField(kit.Say("rooms.name", "Name"), kit.Say("rooms.name.hint", "As people here say it"), 60)
	name.SetText(seen.Value.Name)
	note := kit.NewTextField(kit.FieldSpec{Name: ward.FieldNote, Label: kit.Say("rooms.note", "Note"), Hint: kit.Say("rooms.note.hint", "Where it is, its phone")}, kit.TextRules{Max: 300})
	note.SetText(seen.Value.Note)
	session := s.desk.Session
	sheet{host: s.host, title: kit.Say("rooms.ward.change", "Change {{.Name}}", "Name", seen.Value.Name), label: kit.Say("rooms.save", "Save"),
		form: kit.NewForm(1).Section(kit.Sentence{}, name, note), done: s.reload,
		wish: func() (any, func(context.Context, uuid.UUID) (kit.Toast, error)) {
			w := ward.Ward{Name: name.Text(), Note: note.Text()}
			return w, func(ctx context.Context, operation uuid.UUID) (kit.Toast, error) {
				row, err := ward.ChangeWard(ctx, session, operation, seen.ID, seen.Version, w)
				return good(kit.Say("rooms.saved", "{{.Name}} is saved", "Name", row.Value.Name)), err
			}
		}}.ask()
}

func (s *wardScreen) shut() {
	seen, session := s.ward.WardRow, s.desk.Session
	question{host: s.host, title: kit.Say("rooms.close.title", "Close {{.Place}}?", "Place", seen.Value.Name),
		then:  kit.Say("rooms.ward.close.then", "Nobody can be admitted to this ward until it is opened again. It has to be empty."),
		label: kit.Say("rooms.ward.close.do", "Close this ward"), done: s.reload,
		do: func(ctx context.Context, operation uuid.UUID, why string) (kit.Toast, error) {
			_, err := ward.CloseWard(ctx, session, operation, seen.ID, seen.Version, why)
			return good(kit.Say("rooms.close.done", "{{.Place}} is closed", "Place", seen.Value.Name)), err
		}}.ask()
}

// atOnce does what needs no question.
func (k *kept) atOnce(note remarks, do func(ctx context.Context) (kit.Toast, error)) {
	kit.Start(k.async, func(ctx context.Context, _ func(func())) (kit.Toast, error) { return do(ctx) }, func(t kit.Toast, err error) {
		if err != nil {
			note.say(kit.Remark{Tone: kit.Critical, Sentence: k.host.Explain(err)})
			return
		}
		k.host.Tell(t)
		k.reload()
	})
}

func (s *wardScreen) reopen() {
	seen, session := s.ward.WardRow, s.desk.Session
	s.atOnce(s.note, func(ctx context.Context) (kit.Toast, error) {
		_, err := ward.OpenWard(ctx, session, uuid.New(), seen.ID, seen.Version)
		return good(kit.Say("rooms.ward.reopened", "{{.Name}} is open again", "Name", seen.Value.Name)), err
	})
}

func (s *wardScreen) remove() {
	seen, session := s.ward.WardRow, s.desk.Session
	removing(s.host, kit.Say("rooms.remove.title", "Remove {{.Name}}?", "Name", seen.Value.Name),
		kit.Say("rooms.ward.remove.then", "The ward goes with all its rooms and beds. Stays of patients who lay there are kept as they are. It has to be empty."),
		kit.Say("rooms.remove.do", "Remove {{.Name}}", "Name", short(seen.Value.Name)), func() {
			s.atOnce(s.note, func(ctx context.Context) (kit.Toast, error) {
				return good(kit.Say("rooms.removed", "{{.Name}} is removed", "Name", seen.Value.Name)), ward.RemoveWard(ctx, session, uuid.New(), seen.ID, seen.Version)
			})
		})
}

// removing asks before something is removed.
func removing(h kit.Host, title, then, label kit.Sentence, do func()) {
	h.Ask(kit.Confirm(title, then, label, do))
}
