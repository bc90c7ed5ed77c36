package appointments

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// NewQueue makes the screen of a route of the place 'queue': who is there and who is expected today, in the order in which they are seen.
func NewQueue(h kit.Host, d *Desk, _ kit.Route, saved any) kit.Screen {
	s := &listScreen[schedule.Item]{host: h, title: kit.Say("appointments.queue.title", "Today's queue"), concerns: appointmentsChanged, ticks: true, later: d.later}
	s.read = func(ctx context.Context) ([]schedule.Item, error) { return readQueue(ctx, d.Session) }
	s.words = func(i schedule.Item) []string {
		return []string{i.Who.Name.Full(), i.Who.MRN.String(), i.Name, kit.Of(i.State.Text()).Text(), kit.Of(i.Priority.Text()).Text()}
	}
	s.says = func(all []schedule.Item) []kit.Remark { return lateRemarks(all) }
	s.empty = func() fyne.CanvasObject {
		return kit.Empty(kit.Say("appointments.queue.none", "Nobody is expected any more today"),
			kit.Say("appointments.queue.none.next", "Appointments of today stand here until they are done."), kit.Sentence{}, nil).Object()
	}
	s.deeds = func(i schedule.Item, ok bool) []kit.Command {
		if !ok {
			return nil
		}
		var all []kit.Command
		for _, step := range steps(d.Session, i, h.Now()) {
			all = append(all, kit.Command{Name: step.name, Key: stepKeys[step.to], Do: func() {
				marker{h, d.Session, s.writing}.mark(i, step, func(err error) { s.did(err, kit.Sentence{}) })
			}})
		}
		return all
	}
	s.table = kit.NewDataTable(func(i schedule.Item) string { return uuid.UUID(i.ID).String() }, d.widths("queue"), queueColumns(h)...)
	s.table.OnOpen = func(i schedule.Item) { h.Go(VisitRoute(i.ID)) }
	s.begin(kit.Say("appointments.queue.reading", "Reading today's queue"), saved)
	return s
}

// readQueue reads the queue of everybody, or of the doctor whose session it is.
func readQueue(ctx context.Context, s *access.Session) ([]schedule.Item, error) {
	if s.May(access.ActScheduleDay) {
		return schedule.Queue(ctx, s)
	}
	return schedule.OwnQueue(ctx, s)
}

// appointmentsChanged tells whether an entry changes any appointment.
func appointmentsChanged(e access.Entry) bool { return len(schedule.ChangedIn(e)) > 0 }

// lateRemarks say how many wait for longer than their priority allows.
func lateRemarks(all []schedule.Item) []kit.Remark {
	late, tone := 0, kit.Attention
	for _, i := range all {
		if i.Late {
			late++
			if i.Priority.Pressing() {
				tone = kit.Urgent
			}
		}
	}
	switch late {
	case 0:
		return nil
	case 1:
		return []kit.Remark{{Tone: tone, Sentence: kit.Say("appointments.late.one", "One patient waits for longer than the priority allows")}}
	}
	return []kit.Remark{{Tone: tone, Sentence: kit.Say("appointments.late", "{{.Count}} patients wait for longer than their priority allows", "Count", late)}}
}

// waitingCell says how long somebody waits, and of how much.
func waitingCell(i schedule.Item) kit.Cell {
	if i.State != schedule.Arrived {
		return kit.Cell{}
	}
	target := kit.Say("appointments.target.now", "at once").Text()
	if i.Target > 0 {
		target = lengthText(i.Target)
	}
	cell := kit.Cell{Text: kit.Say("appointments.waiting", "{{.Waiting}} of {{.Target}}", "Waiting", lengthText(i.Waiting), "Target", target).Text()}
	if i.Late {
		cell.Tone, cell.Bold = kit.Urgent, true
		cell.Text = kit.Say("appointments.waiting.late", "{{.Waiting}}, over {{.Target}}", "Waiting", lengthText(i.Waiting), "Target", target).Text()
	}
	return cell
}

func queueColumns(h kit.Host) []kit.TableColumn[schedule.Item] {
	zone := func() *time.Location { return h.Now().Location() }
	return []kit.TableColumn[schedule.Item]{
		{ID: "time", Title: kit.Say("appointments.column.time", "Time"), Width: 60, Cell: func(i schedule.Item) kit.Cell { return kit.Cell{Text: clock(i.Start, zone())} }},
		{ID: "state", Title: kit.Say("appointments.column.state", "State"), Width: 130, Cell: func(i schedule.Item) kit.Cell {
			return kit.Cell{Text: kit.Of(i.State.Text()).Text(), Tone: stateTone(i.State)}
		}},
		{ID: "priority", Title: kit.Say("appointments.column.priority", "Priority"), Width: 110, Cell: func(i schedule.Item) kit.Cell { return priorityCell(i.Priority) }},
		{ID: "waiting", Title: kit.Say("appointments.column.waiting", "Waiting"), Width: 190, Cell: waitingCell},
		{ID: "name", Title: kit.Say("appointments.column.name", "Patient"), Width: 220, Main: true, Cell: func(i schedule.Item) kit.Cell { return kit.Cell{Text: nameText(i.Who), Bold: true} }},
		{ID: "born", Title: kit.Say("appointments.column.born", "Date of birth, age"), Width: 170, Cell: func(i schedule.Item) kit.Cell {
			return kit.Cell{Text: bornText(i.Who, term.DateOf(h.Now(), zone()))}
		}},
		{ID: "with", Title: kit.Say("appointments.column.with", "With"), Width: 160, Cell: func(i schedule.Item) kit.Cell { return kit.Cell{Text: i.Name} }},
		{ID: "reason", Title: kit.Say("appointments.column.reason", "Reason"), Width: 120, Cell: func(i schedule.Item) kit.Cell { return kit.Cell{Text: i.Reason} }},
	}
}

// newStrandedScreen lists the appointments that no longer fit hours, leave or holidays, to be moved one by one.
func newStrandedScreen(h kit.Host, d *Desk, saved any) kit.Screen {
	s := &listScreen[schedule.Item]{host: h, title: kit.Say("appointments.stranded.title", "Appointments that no longer fit"), concerns: func(e access.Entry) bool {
		return appointmentsChanged(e) || hoursChanged(e)
	}, most: mostStranded}
	s.read = func(ctx context.Context) ([]schedule.Item, error) {
		return schedule.Stranded(ctx, d.Session, mostStranded)
	}
	s.words = func(i schedule.Item) []string { return []string{i.Who.Name.Full(), i.Who.MRN.String(), i.Name} }
	s.empty = func() fyne.CanvasObject {
		return kit.Empty(kit.Say("appointments.stranded.none", "Every appointment fits the working hours"), kit.Sentence{}, kit.Sentence{}, nil).Object()
	}
	s.says = func(all []schedule.Item) []kit.Remark {
		if len(all) == 0 {
			return nil
		}
		return []kit.Remark{{Tone: kit.Attention, Sentence: kit.Say("appointments.stranded.why", "Hours, leave or holidays have changed under these. Ask each patient and move the appointment.")}}
	}
	s.deeds = func(i schedule.Item, ok bool) []kit.Command {
		if !ok || i.State != schedule.Booked {
			return nil
		}
		return []kit.Command{{Name: kit.Say("appointments.do.move", "Move"), Key: fyne.KeyM, Modifier: ctrl, Do: func() { h.Go(moveRoute(i.ID)) }}}
	}
	columns := queueColumns(h)
	columns[0] = kit.TableColumn[schedule.Item]{ID: "when", Title: kit.Say("appointments.column.when", "When"), Width: 165, Cell: func(i schedule.Item) kit.Cell {
		return kit.Cell{Text: whenText(i.Start, h.Now()).Text()}
	}}
	s.table = kit.NewDataTable(func(i schedule.Item) string { return uuid.UUID(i.ID).String() }, d.widths("stranded"), append(columns[:3:3], columns[4:]...)...)
	s.table.OnOpen = func(i schedule.Item) { h.Go(VisitRoute(i.ID)) }
	s.begin(kit.Say("appointments.stranded.reading", "Looking which appointments no longer fit"), saved)
	return s
}

const mostStranded = 1000
