package shell

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/notice"
	"wardbook/ui/kit"
)

// NoticesPlace is where the bell leads.
const NoticesPlace = "notices"

// Notices is the place that the bell leads to.
func Notices(session *access.Session, widths kit.Widths) Place {
	return Place{Name: NoticesPlace, Title: kit.Say("shell.notices", "Notices"), Icon: theme.InfoIcon(), Action: access.ActNoticeList, Off: true,
		New: func(h kit.Host, _ kit.Route, saved any) kit.Screen { return newNotices(h, session, widths, saved) }}
}

// noticesScreen lists what waits for the person, and takes acknowledgements.
type noticesScreen struct {
	host    kit.Host
	session *access.Session
	async   *kit.Async
	acking  *kit.Async
	table   *kit.DataTable[notice.Row]
	ack     *kit.BusyButton
	content fyne.CanvasObject
}

func newNotices(h kit.Host, session *access.Session, widths kit.Widths, saved any) *noticesScreen {
	n := &noticesScreen{host: h, session: session, async: h.Async(), acking: h.Async()}
	n.table = kit.NewDataTable(func(r notice.Row) string { return r.ID.String() }, widths,
		kit.TableColumn[notice.Row]{ID: "notices.at", Title: kit.Say("notices.at", "When"), Width: 140, Cell: func(r notice.Row) kit.Cell {
			at := r.Value.At.In(h.Now().Location())
			return kit.Cell{Text: at.Format("Mon 2 Jan, 15:04"), Full: at.Format("Monday 2 January 2006, 15:04:05 MST")}
		}},
		kit.TableColumn[notice.Row]{ID: "notices.what", Title: kit.Say("notices.what", "What"), Width: 500, Main: true, Cell: func(r notice.Row) kit.Cell {
			cell := kit.Cell{Text: kit.Of(r.Value.Says()).Text()}
			if r.Value.Weight == notice.Important {
				cell.Tone, cell.Bold = kit.Attention, true
			}
			return cell
		}})
	n.table.OnOpen = func(notice.Row) { n.acknowledge() }
	n.ack = kit.NewBusyButton(kit.Say("notices.ack", "I have taken notice"), kit.Say("notices.acking", "Writing it down"), n.acknowledge)
	if state, ok := saved.(kit.TableState); ok {
		n.table.Restore(state)
	}
	n.content = kit.Bordered(nil, container.NewPadded(container.NewHBox(n.ack)), nil, nil, n.table)
	n.table.SetState(kit.Loading(kit.Say("notices.reading", "Reading your notices")).Object())
	n.Refresh()
	return n
}

func (n *noticesScreen) Title() kit.Sentence          { return kit.Say("shell.notices", "Notices") }
func (n *noticesScreen) Content() fyne.CanvasObject   { return n.content }
func (n *noticesScreen) Start() fyne.Focusable        { return n.table }
func (n *noticesScreen) Unsaved() bool                { return false }
func (n *noticesScreen) Save() any                    { return n.table.State() }
func (n *noticesScreen) Close()                       {}
func (n *noticesScreen) Concerns(e access.Entry) bool { return notice.Changed(e) }

func (n *noticesScreen) Commands() []kit.Command {
	return append([]kit.Command{{Name: kit.Say("notices.ack", "I have taken notice"), Key: fyne.KeyReturn, Do: n.acknowledge}}, n.table.Commands()...)
}

// Refresh reads the notices anew.
func (n *noticesScreen) Refresh() {
	kit.Start(n.async, func(ctx context.Context, _ func(func())) ([]notice.Row, error) {
		return notice.Waiting(ctx, n.session)
	}, func(rows []notice.Row, err error) {
		switch {
		case err != nil:
			n.table.SetState(kit.Failed(n.host.Explain(err), n.Refresh).Object())
		case len(rows) == 0:
			n.table.SetRows(nil, 0)
			n.table.SetState(kit.Empty(kit.Say("notices.none", "Nothing waits for you."), kit.Sentence{}, kit.Sentence{}, nil).Object())
		default:
			n.table.SetState(nil)
			n.table.SetRows(rows, len(rows))
		}
		enable(n.ack, err == nil && len(rows) > 0 && !n.ack.Busy())
	})
}

// acknowledge takes the notice that is selected off the list, once that is in the book.
func (n *noticesScreen) acknowledge() {
	row, ok := n.table.Selected()
	if !ok || n.acking.Busy() {
		n.ack.Done()
		return
	}
	operation := uuid.New()
	kit.Start(n.acking, func(ctx context.Context, _ func(func())) (struct{}, error) {
		return struct{}{}, notice.Acknowledge(ctx, n.session, operation, row.ID)
	}, func(_ struct{}, err error) {
		n.ack.Done()
		if err != nil {
			n.host.Tell(kit.Toast{Tone: kit.Critical, Sentence: n.host.Explain(err)})
		}
		n.Refresh()
	})
}

func noticesChanged(news []access.Entry) bool {
	for _, e := range news {
		if notice.Changed(e) {
			return true
		}
	}
	return false
}

// countNotices brings the bell up to date.
func (b *Bench) countNotices() {
	kit.Start(b.noticed, func(ctx context.Context, _ func(func())) (int, error) {
		rows, err := notice.Waiting(ctx, b.session)
		return len(rows), err
	}, func(unread int, err error) {
		if err == nil {
			b.unread = unread
			b.frame.showBell(unread)
		}
	})
}
