package admin

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"wardbook/app/access"
	"wardbook/ui/kit"
)

// reasonsScreen lists the reasons for which confidential patients were opened.
type reasonsScreen struct {
	quiet
	host    kit.Host
	async   *kit.Async
	reasons reasons
	loaded  bool
	table   *kit.DataTable[reason]
	filter  *kit.Entry
	detail  *widget.Label
	back    bool // to a row that was chosen
	body    fyne.CanvasObject
}

// reasonsState is what must be the same when the person comes back.
type reasonsState struct {
	filter string
	chosen bool // of the table a row
	table  kit.TableState
}

// NewReasons makes the screen of the place 'reasons'.
func NewReasons(h kit.Host, d *Desk, _ kit.Route, saved any) kit.Screen {
	s := &reasonsScreen{host: h, async: h.Async(), reasons: reasons{session: d.Session}, detail: widget.NewLabel("")}
	s.detail.Wrapping = fyne.TextWrapWord
	s.table = kit.NewDataTable(func(r reason) string { return r.at.String() + r.ref + r.who }, d.widths("reasons"), s.columns()...)
	s.table.OnSelect = s.tell
	s.table.OnOpen = s.whole
	s.filter = newFilter(kit.Say("reasons.filter", "Name, reason, reference ..."), func(text string) {
		s.reasons.filter = text
		s.show()
	}, func() { leadIn(h, s.table) })
	if state, ok := saved.(reasonsState); ok {
		s.reasons.filter = state.filter
		s.filter.SetText(state.filter)
		s.table.Restore(state.table)
		s.back = state.chosen
	}
	about := widget.NewLabel(kit.Say("reasons.about", "Who the patients are is not shown here: an administrator reads no patients. Ask the person who stated the reason, by the patient's number.").Text())
	about.Wrapping = fyne.TextWrapWord
	s.body = kit.Bordered(container.NewPadded(about), container.NewPadded(s.detail), nil, nil, listPage(s.filter, nil, s.table))
	s.table.SetState(kit.Loading(kit.Say("reasons.reading", "Reading the reasons")).Object())
	s.Refresh()
	return s
}

func (s *reasonsScreen) columns() []kit.TableColumn[reason] {
	return []kit.TableColumn[reason]{
		{ID: "when", Title: kit.Say("reasons.when", "When"), Width: 170,
			Cell: func(r reason) kit.Cell { return kit.Cell{Text: fullTime(r.at, s.host.Now().Location())} },
			Less: func(a, b reason) bool { return a.at.Before(b.at) }},
		{ID: "who", Title: kit.Say("reasons.who", "Who"), Width: 200, Cell: func(r reason) kit.Cell { return kit.Cell{Text: r.who} },
			Less: func(a, b reason) bool { return folded(a.who) < folded(b.who) }},
		{ID: "why", Title: kit.Say("reasons.why", "Stated reason"), Width: 360, Main: true, Cell: func(r reason) kit.Cell { return kit.Cell{Text: r.why} }},
		{ID: "patient", Title: kit.Say("reasons.patient", "Patient's number"), Width: 290, Cell: func(r reason) kit.Cell { return kit.Cell{Text: r.ref} }},
	}
}

func (s *reasonsScreen) Title() kit.Sentence        { return kit.Say("reasons.title", "Confidential records") }
func (s *reasonsScreen) Content() fyne.CanvasObject { return s.body }
func (s *reasonsScreen) Save() any {
	_, chosen := s.table.Selected()
	return reasonsState{s.reasons.filter, chosen, s.table.State()}
}

// Start is the filter; on the way back it is the table, where the person had chosen a row.
func (s *reasonsScreen) Start() fyne.Focusable {
	if s.back {
		return s.table
	}
	return s.filter
}

// Concerns tells whether an entry adds a reason, or changes a name.
func (s *reasonsScreen) Concerns(e access.Entry) bool {
	return changes(e, access.TableGlass, access.TableUsers)
}

func (s *reasonsScreen) Commands() []kit.Command {
	all := []kit.Command{{Name: kit.Say("admin.filter", "Filter the list"), Key: fyne.KeyF3, Do: func() { s.host.Focus(s.filter) }}}
	return append(all, s.table.Commands()...)
}

// Refresh reads the reasons anew.
func (s *reasonsScreen) Refresh() {
	kit.Start(s.async, func(ctx context.Context, _ func(func())) ([]reason, error) { return s.reasons.load(ctx) },
		func(all []reason, err error) {
			if err != nil {
				s.table.SetState(kit.Failed(s.host.Explain(err), s.Refresh).Object())
				return
			}
			s.reasons.all, s.loaded = all, true
			s.show()
		})
}

func (s *reasonsScreen) show() {
	if !s.loaded {
		return
	}
	rows := s.reasons.shown()
	s.table.SetRows(rows, len(s.reasons.all))
	s.tell(s.table.Selected())
	switch {
	case len(s.reasons.all) == 0:
		s.table.SetState(kit.Empty(kit.Say("reasons.empty", "Nobody has opened a confidential patient"),
			kit.Say("reasons.empty.next", "As soon as somebody does, the stated reason stands here."), kit.Sentence{}, nil).Object())
	case len(rows) == 0:
		s.table.SetState(kit.Empty(kit.Say("reasons.none", "No reason fits the filter"), kit.Say("reasons.none.next", "Filter by fewer letters."),
			kit.Say("reasons.none.clear", "Show all"), func() {
				s.filter.SetText("")
				s.host.Focus(s.filter)
			}).Object())
	default:
		s.table.SetState(nil)
	}
}

// tell shows the whole reason below the table.
func (s *reasonsScreen) tell(r reason, ok bool) {
	if len(s.reasons.all) == 0 {
		s.detail.SetText("")
		return
	}
	text := kit.Say("reasons.choose", "Choose a row to read the whole reason.").Text()
	switch {
	case ok:
		text = beginning(r.why)
	case s.reasons.full():
		text = kit.Say("reasons.full", "Only the newest {{.Most}} are listed. Older ones are kept in the book.", "Most", mostReasons).Text()
	}
	if s.detail.Text != text {
		s.detail.SetText(text)
	}
}

// mostLine is how many letters of a reason stand below the table: with large text more would leave no room for the table.
const mostLine = 220

// beginning is a reason as far as there is room for it below the table.
func beginning(why string) string {
	letters := []rune(why)
	if len(letters) <= mostLine {
		return why
	}
	return kit.Say("reasons.more", "{{.Beginning}} ... (Enter shows the whole reason.)", "Beginning", string(letters[:mostLine])).Text()
}

// whole shows a reason with all that belongs to it, for one that is too long for the line below the table.
func (s *reasonsScreen) whole(r reason) {
	say := func(text string) kit.Remark {
		return kit.Remark{Tone: kit.Plain, Sentence: kit.Say("reasons.line", "{{.Text}}", "Text", text)}
	}
	s.host.Ask(&kit.Dialog{Title: kit.Say("reasons.one", "{{.Who}}, {{.When}}", "Who", r.who, "When", fullTime(r.at, s.host.Now().Location())),
		Remarks: []kit.Remark{say(r.why), {Tone: kit.Plain, Sentence: kit.Say("reasons.reference", "Patient's reference: {{.Reference}}", "Reference", r.ref)}},
		Leave:   kit.Say("admin.close", "Close")})
}
