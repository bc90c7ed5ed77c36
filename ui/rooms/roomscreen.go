package rooms

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/ward"
	"wardbook/ui/kit"
)

// roomScreen is a room with its beds.
type roomScreen struct {
	kept
	id    ward.RoomID
	ward  string // its name
	room  *ward.RoomTile
	table *kit.DataTable[ward.BedTile]
	tools *fyne.Container
	note  remarks
	body  *fyne.Container
}

func newRoomScreen(h kit.Host, d *Desk, id ward.RoomID, saved any) *roomScreen {
	s := &roomScreen{kept: kept{host: h, desk: d, async: h.Async()}, id: id, tools: container.New(&kit.Flow{}), body: container.NewStack()}
	s.note = newRemarks(s.body)
	s.table = kit.NewDataTable(func(b ward.BedTile) string { return b.ID.String() }, d.widths("beds"), s.columns()...)
	s.table.OnOpen = func(ward.BedTile) { s.label() }
	if state, ok := saved.(kit.TableState); ok {
		s.table.Restore(state)
	}
	s.kept.show, s.kept.fail = s.fill, func(why kit.Sentence) { s.table.SetState(kit.Failed(why, s.reload).Object()) }
	s.body.Add(kit.Bordered(container.New(&tower{}, container.NewPadded(s.tools), s.note.box), nil, nil, nil, s.table))
	s.table.SetState(kit.Loading(kit.Say("rooms.room.reading", "Reading the room")).Object())
	s.reload()
	return s
}

// stateTones are those of beds in a list.
var stateTones = map[ward.State]kit.Tone{ward.Free: kit.Good, ward.Cleaning: kit.Attention, ward.Closed: kit.Attention}

func (s *roomScreen) columns() []kit.TableColumn[ward.BedTile] {
	return []kit.TableColumn[ward.BedTile]{
		{ID: "bed", Title: kit.Say("rooms.bed.column", "Bed"), Width: 120, Cell: func(b ward.BedTile) kit.Cell { return kit.Cell{Text: b.Value.Label, Bold: true} }},
		{ID: "state", Title: kit.Say("rooms.state", "State"), Width: 170, Cell: func(b ward.BedTile) kit.Cell {
			return kit.Cell{Text: kit.Of(b.State.Text()).Text(), Tone: stateTones[b.State]}
		}},
		{ID: "since", Title: kit.Say("rooms.since.column", "Since"), Width: 160, Cell: func(b ward.BedTile) kit.Cell { return kit.Cell{Text: timeText(b.Value.Since, s.host.Now())} }},
		{ID: "why", Title: kit.Say("rooms.stay.why", "Why"), Width: 200, Main: true, Cell: func(b ward.BedTile) kit.Cell { return kit.Cell{Text: b.Why} }},
	}
}

// Title is where the room is, once it is known.
func (s *roomScreen) Title() kit.Sentence {
	if s.room == nil {
		return kit.Say("rooms.room.column", "Room")
	}
	return kit.Say("rooms.room.title", "{{.Ward}}, room {{.Room}}", "Ward", s.ward, "Room", s.room.Value.Name)
}

// Content is the beds under what can be done with the room.
func (s *roomScreen) Content() fyne.CanvasObject { return s.body }

// Start is the list of beds.
func (s *roomScreen) Start() fyne.Focusable { return s.table }

// Save keeps where in the list the person was.
func (s *roomScreen) Save() any { return s.table.State() }

func (s *roomScreen) fill() {
	s.room = nil
	for _, w := range s.read.Wards {
		for i := range w.Rooms {
			if w.Rooms[i].ID == s.id {
				s.ward, s.room = w.Value.Name, &w.Rooms[i]
			}
		}
	}
	if s.room == nil {
		s.table.SetRows(nil, 0)
		s.tools.Objects = nil
		s.table.SetState(kit.Empty(kit.Say("rooms.room.gone", "This room has been removed"), kit.Sentence{}, kit.Say("rooms.wards.all", "All wards"),
			func() { s.host.Replace(kit.Route{Place: PlaceWards}) }).Object())
		return
	}
	s.table.SetState(nil)
	s.table.SetRows(s.room.Beds, len(s.room.Beds))
	renew(s.host, s.body, s.tools, s.deeds(), s.table)
	s.note.say(closedRemark(s.room.Value.Closed)...)
}

func (s *roomScreen) deeds() []kit.Command {
	if s.room == nil || !s.desk.may(access.ActWardChange) {
		return nil
	}
	all := []kit.Command{{Name: kit.Say("rooms.room.change", "Change the room"), Key: fyne.KeyE, Modifier: ctrl, Do: s.change}}
	if s.room.Value.Closed == "" {
		all = append(all, kit.Command{Name: kit.Say("rooms.room.close", "Close the room"), Do: s.shut})
	} else {
		all = append(all, kit.Command{Name: kit.Say("rooms.room.reopen", "Open the room again"), Do: s.reopen})
	}
	return append(all, kit.Command{Name: kit.Say("rooms.room.remove", "Remove the room"), Do: s.remove},
		kit.Command{Name: kit.Say("rooms.bed.label", "Rename the bed"), Key: fyne.KeyR, Modifier: ctrl, Do: s.label},
		kit.Command{Name: kit.Say("rooms.bed.close", "Close the bed, or open it again"), Key: fyne.KeyO, Modifier: ctrl, Do: s.turnBed})
}

// Commands are the deeds, and those of the list.
func (s *roomScreen) Commands() []kit.Command { return append(s.deeds(), s.table.Commands()...) }

// name is where the room is, in a sentence.
func (s *roomScreen) name() string { return s.Title().Text() }

func (s *roomScreen) change() {
	seen, fields, session := s.room.RoomRow, newRoomFields(), s.desk.Session
	fields.show(seen.Value, len(s.room.Beds))
	sheet{host: s.host, title: kit.Say("rooms.ward.change", "Change {{.Name}}", "Name", s.name()), label: kit.Say("rooms.save", "Save"), form: fields.form(), done: s.reload,
		remarks: []kit.Remark{{Tone: kit.Plain, Sentence: kit.Say("rooms.room.change.then", "More beds are added; of fewer, empty ones are taken away, the last first.")}},
		wish: func() (any, func(context.Context, uuid.UUID) (kit.Toast, error)) {
			plan := fields.read()
			return plan, func(ctx context.Context, operation uuid.UUID) (kit.Toast, error) {
				row, err := ward.ChangeRoom(ctx, session, operation, seen.ID, seen.Version, plan)
				return good(kit.Say("rooms.room.saved", "Room {{.Name}} is saved", "Name", row.Value.Name)), err
			}
		}}.ask()
}

func (s *roomScreen) shut() {
	seen, session, at := s.room.RoomRow, s.desk.Session, s.name()
	question{host: s.host, title: kit.Say("rooms.close.title", "Close {{.Place}}?", "Place", at),
		then:  kit.Say("rooms.room.close.then", "Nobody can be admitted to this room until it is opened again. It has to be empty."),
		label: kit.Say("rooms.room.close.do", "Close this room"), done: s.reload,
		do: func(ctx context.Context, operation uuid.UUID, why string) (kit.Toast, error) {
			_, err := ward.CloseRoom(ctx, session, operation, seen.ID, seen.Version, why)
			return good(kit.Say("rooms.close.done", "{{.Place}} is closed", "Place", at)), err
		}}.ask()
}

func (s *roomScreen) reopen() {
	seen, session, at := s.room.RoomRow, s.desk.Session, s.name()
	s.atOnce(s.note, func(ctx context.Context) (kit.Toast, error) {
		_, err := ward.OpenRoom(ctx, session, uuid.New(), seen.ID, seen.Version)
		return good(kit.Say("rooms.ward.reopened", "{{.Name}} is open again", "Name", at)), err
	})
}

func (s *roomScreen) remove() {
	seen, session, at := s.room.RoomRow, s.desk.Session, s.name()
	removing(s.host, kit.Say("rooms.remove.title", "Remove {{.Name}}?", "Name", at),
		kit.Say("rooms.room.remove.then", "The room goes with its beds. Stays of patients who lay there are kept as they are. It has to be empty."),
		kit.Say("rooms.remove.do", "Remove {{.Name}}", "Name", short(at)), func() {
			s.atOnce(s.note, func(ctx context.Context) (kit.Toast, error) {
				return good(kit.Say("rooms.removed", "{{.Name}} is removed", "Name", at)), ward.RemoveRoom(ctx, session, uuid.New(), seen.ID, seen.Version)
			})
		})
}

// chosen gives the bed that is selected; where none is, the keyboard goes to the list.
func (s *roomScreen) chosen() (ward.BedTile, bool) {
	bed, ok := s.table.Selected()
	if !ok {
		into(s.host, s.table)
	}
	return bed, ok
}

func (s *roomScreen) label() {
	bed, ok := s.chosen()
	if !ok {
		return
	}
	session := s.desk.Session
	label := kit.NewTextField(kit.FieldSpec{Name: ward.FieldLabel, Label: kit.Say("rooms.bed.name", "Letter or name"), Required: true, Letters: 12}, kit.TextRules{Max: 12})
	label.SetText(bed.Value.Label)
	sheet{host: s.host, title: kit.Say("rooms.bed.rename", "Rename bed {{.Name}}", "Name", bed.Value.Label), label: kit.Say("rooms.save", "Save"),
		form: kit.NewForm(1).Section(kit.Sentence{}, label), done: s.reload,
		wish: func() (any, func(context.Context, uuid.UUID) (kit.Toast, error)) {
			text := label.Text()
			return text, func(ctx context.Context, operation uuid.UUID) (kit.Toast, error) {
				row, err := ward.LabelBed(ctx, session, operation, bed.ID, bed.Version, text)
				return good(kit.Say("rooms.bed.renamed", "The bed is called {{.Name}} now", "Name", row.Value.Label)), err
			}
		}}.ask()
}

func (s *roomScreen) turnBed() {
	bed, ok := s.chosen()
	if !ok {
		return
	}
	session, at := s.desk.Session, where(ward.Place{Ward: s.ward, Room: s.room.Value.Name, Bed: bed.Value.Label})
	if bed.Value.State != ward.Closed {
		closing(s.host, session, bed.ID, at, s.reload).ask()
		return
	}
	s.atOnce(s.note, func(ctx context.Context) (kit.Toast, error) {
		row, err := ward.OpenBed(ctx, session, uuid.New(), bed.ID)
		return good(kit.Say("rooms.reopen.done", "{{.Place}} is open again: {{.State}}", "Place", at, "State", kit.Of(row.Value.State.Text()))), err
	})
}
