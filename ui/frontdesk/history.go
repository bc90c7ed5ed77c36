package frontdesk

import (
	"context"

	"wardbook/app/patient"
	"wardbook/ui/kit"
)

// historyView is the table of who changed what, from what to what.
type historyView struct {
	page  *pageScreen
	table *kit.DataTable[change]
}

func newHistoryView(p *pageScreen) *historyView {
	text := func(id string, title kit.Sentence, width float32, read func(change) string) kit.TableColumn[change] {
		return kit.TableColumn[change]{ID: id, Title: title, Width: width, Cell: func(c change) kit.Cell { return kit.Cell{Text: read(c)} },
			Less: func(a, b change) bool { return read(a) < read(b) }}
	}
	when := kit.TableColumn[change]{ID: "when", Title: kit.Say("patients.history.when", "When"), Width: 150,
		Cell: func(c change) kit.Cell {
			now := p.host.Now()
			return kit.Cell{Text: shortTime(c.when, now), Full: fullTime(c.when, now.Location())}
		},
		Less: func(a, b change) bool { return a.when.Before(b.when) }}
	to := text("to", kit.Say("patients.history.to", "To"), 220, func(c change) string { return c.to })
	to.Main = true
	h := &historyView{page: p}
	h.table = kit.NewDataTable(func(c change) string { return c.key }, p.desk.widths("patient.history"), when,
		text("who", kit.Say("patients.history.who", "Who"), 150, func(c change) string { return c.who }),
		text("what", kit.Say("patients.history.what", "What"), 170, func(c change) string { return c.what }),
		text("from", kit.Say("patients.history.from", "From"), 190, func(c change) string { return c.from }),
		to,
		text("why", kit.Say("patients.history.why", "Reason"), 150, func(c change) string { return c.why }))
	h.table.SetState(kit.Loading(kit.Say("patients.history.reading", "Reading the history")).Object())
	return h
}

// read reads the history anew.
func (h *historyView) read() {
	p := h.page
	kit.Start(p.past, func(ctx context.Context, _ func(func())) ([]patient.Entry, error) { return p.record.history(ctx) },
		func(entries []patient.Entry, err error) {
			if err != nil {
				if shutOut(err) {
					h.clear()
				}
				h.table.SetState(kit.Failed(p.host.Explain(err), h.read).Object())
				return
			}
			lines := changes(entries)
			h.table.SetState(nil)
			h.table.SetRows(lines, len(lines))
		})
}

// clear takes all lines away.
func (h *historyView) clear() { h.table.SetRows(nil, 0) }
