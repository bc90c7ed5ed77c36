package rooms

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/ward"
	"wardbook/ui/kit"
)

// typingPause is how long nothing must have been typed before the list is searched.
const typingPause = 60 * time.Millisecond

func listRoute() kit.Route { return kit.Route{Place: PlaceBeds, Page: pageList} }

// listScreen is the lists of those who are in, are to leave, or have left.
type listScreen struct {
	host    kit.Host
	desk    *Desk
	reading *kit.Async
	later   kit.Later
	stop    func() // the search that waits for a pause in typing
	list    list
	read    listing

	tabs   []*kit.Button
	search *kit.Entry
	table  *kit.DataTable[ward.Inpatient]
	body   *fyne.Container
	back   bool // to a row that was chosen
}

// listState is what must be the same when the person comes back.
type listState struct {
	which  which
	query  string
	chosen bool
	table  kit.TableState
}

func newListScreen(h kit.Host, d *Desk, saved any) *listScreen {
	s := &listScreen{host: h, desk: d, reading: h.Async(), list: list{session: d.Session}}
	s.later = d.after(s.reading)
	s.table = kit.NewDataTable(func(i ward.Inpatient) string { return i.Stay.String() }, d.widths("inpatients"), s.columns()...)
	s.table.OnOpen = func(i ward.Inpatient) { s.host.Go(StayRoute(i.ID, i.Stay)) }
	s.search = kit.NewEntry()
	s.search.SetPlaceHolder(kit.Say("rooms.list.hint", "Name, MRN, ward, room, bed").Text())
	if state, ok := saved.(listState); ok {
		s.list.which, s.list.query, s.back = state.which, state.query, state.chosen
		s.search.SetText(state.query)
		s.table.Restore(state.table)
	}
	s.search.OnChanged = s.typed
	s.search.OnSubmit = func() { into(h, s.table) }
	s.search.Keys = kit.Keys{fyne.KeyDown: func() { into(h, s.table) }}
	row := container.New(&kit.Flow{})
	for _, w := range whiches {
		tab := kit.NewButton(w.says().Text(), nil, func() { s.turn(w) })
		s.tabs = append(s.tabs, tab)
		row.Add(tab)
	}
	if d.may(access.ActStayDischarge) {
		row.Add(kit.NewButton(kit.Say("rooms.discharge", "Discharge").Text(), nil, s.discharge))
	}
	s.mark()
	s.body = kit.Bordered(container.New(&tower{}, container.NewPadded(row), container.NewPadded(s.search)), nil, nil, nil, s.table)
	s.table.SetState(kit.Loading(kit.Say("rooms.list.reading", "Reading the inpatients")).Object())
	s.Refresh()
	return s
}

func (s *listScreen) columns() []kit.TableColumn[ward.Inpatient] {
	column := func(id string, title kit.Sentence, width float32, read func(ward.Inpatient) string) kit.TableColumn[ward.Inpatient] {
		return kit.TableColumn[ward.Inpatient]{ID: id, Title: title, Width: width, Cell: func(i ward.Inpatient) kit.Cell { return kit.Cell{Text: read(i)} },
			Less: func(a, b ward.Inpatient) bool { return strings.ToLower(read(a)) < strings.ToLower(read(b)) }}
	}
	on := func() time.Time { return s.host.Now() }
	name := kit.TableColumn[ward.Inpatient]{ID: "name", Title: kit.Say("rooms.patient", "Patient"), Width: 200, Main: true,
		Cell: func(i ward.Inpatient) kit.Cell {
			c := kit.Cell{Text: listed(i.Who), Bold: true}
			if i.Confidential {
				c.Tone, c.Full = kit.Attention, kit.Say("rooms.confidential", "confidential").Text()
			}
			return c
		}, Less: func(a, b ward.Inpatient) bool { return strings.ToLower(listed(a.Who)) < strings.ToLower(listed(b.Who)) }}
	admitted := column("admitted", kit.Say("rooms.stay.admitted", "Admitted"), 128, func(i ward.Inpatient) string { return timeText(i.Admitted, on()) })
	admitted.Less = func(a, b ward.Inpatient) bool { return a.Admitted.Before(b.Admitted) }
	return []kit.TableColumn[ward.Inpatient]{name,
		column("mrn", kit.Say("rooms.list.mrn", "MRN"), 84, func(i ward.Inpatient) string { return i.MRN.String() }),
		column("born", kit.Say("rooms.list.born", "Date of birth, age"), 158, func(i ward.Inpatient) string { return bornText(i.Who, today(s.host)) }),
		column("place", kit.Say("rooms.list.place", "Bed"), 130, func(i ward.Inpatient) string { return spotText(i.Place) }),
		column("ward", kit.Say("rooms.ward", "Ward"), 110, func(i ward.Inpatient) string { return i.Place.Ward }),
		admitted,
		{ID: "leaves", Title: kit.Say("rooms.list.discharge", "Discharge"), Width: 150, Cell: func(i ward.Inpatient) kit.Cell { return leavesCell(i, s.host.Now()) },
			Less: func(a, b ward.Inpatient) bool {
				zone := s.host.Now().Location()
				return leaves(a, zone).Before(leaves(b, zone))
			}},
		column("doctor", kit.Say("rooms.doctor", "Treating doctor"), 110, func(i ward.Inpatient) string { return s.read.names[i.Doctor] })}
}

// Title is which list it is.
func (s *listScreen) Title() kit.Sentence { return s.list.which.says() }

// Content is the search over the table.
func (s *listScreen) Content() fyne.CanvasObject { return s.body }

// Start is the search; on the way back it is the table, where a row was chosen.
func (s *listScreen) Start() fyne.Focusable {
	if s.back {
		return s.table
	}
	return s.search
}

// Unsaved tells that nothing was typed that could be lost.
func (s *listScreen) Unsaved() bool { return false }

// Save keeps which list it was, and where in it the person was.
func (s *listScreen) Save() any {
	_, chosen := s.table.Selected()
	return listState{s.list.which, s.list.query, chosen, s.table.State()}
}

// Close drops the search that waits.
func (s *listScreen) Close() { s.forget() }

func (s *listScreen) forget() {
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
}

// Concerns tells whether an entry changes a stay, or a patient.
func (s *listScreen) Concerns(e access.Entry) bool {
	return len(ward.ChangedIn(e).Stays) > 0 || len(patient.ChangedIn(e)) > 0
}

// Commands are what can be done with the list.
func (s *listScreen) Commands() []kit.Command {
	var all []kit.Command
	if s.desk.may(access.ActStayDischarge) {
		all = append(all, kit.Command{Name: kit.Say("rooms.discharge", "Discharge"), Key: fyne.KeyD, Modifier: ctrl, Do: s.discharge})
	}
	for _, w := range whiches {
		all = append(all, kit.Command{Name: w.says(), Do: func() { s.turn(w) }})
	}
	all = append(all, kit.Command{Name: kit.Say("rooms.list.next", "The next list"), Key: fyne.KeyI, Modifier: ctrl, Do: func() { s.turn((s.list.which + 1) % which(len(whiches))) }},
		kit.Command{Name: kit.Say("rooms.list.search", "Search the list"), Key: fyne.KeyF3, Do: func() { s.host.Focus(s.search) }})
	return append(all, s.table.Commands()...)
}

// turn shows another list.
func (s *listScreen) turn(w which) {
	s.list.which = w
	s.mark()
	s.host.Changed()
	s.Refresh()
}

// mark shows which list it is.
func (s *listScreen) mark() {
	for i, tab := range s.tabs {
		tab.Importance = widget.MediumImportance
		if whiches[i] == s.list.which {
			tab.Importance = widget.HighImportance
		}
		tab.Refresh()
	}
}

func (s *listScreen) typed(string) {
	s.forget()
	s.stop = s.later(typingPause, func() {
		s.stop = nil
		s.list.query = strings.TrimSpace(s.search.Text)
		s.Refresh()
	})
}

// Refresh reads the list anew.
func (s *listScreen) Refresh() {
	read := s.list.reader(s.host.Now())
	kit.Start(s.reading, func(ctx context.Context, _ func(func())) (listing, error) { return read(ctx) }, func(l listing, err error) {
		if err != nil {
			s.table.SetState(kit.Failed(s.host.Explain(err), s.Refresh).Object())
			return
		}
		s.read = l
		s.table.SetState(nil)
		if len(l.rows) == 0 {
			what, next := nobody(l)
			s.table.SetState(kit.Empty(what, next, kit.Sentence{}, nil).Object())
		}
		s.table.SetRows(l.rows, len(l.rows))
		s.host.Changed()
	})
}

// discharge asks about the patient in the row that is selected.
func (s *listScreen) discharge() {
	row, ok := s.table.Selected()
	switch {
	case !ok:
		into(s.host, s.table)
	case !row.Left.IsZero() || row.Veiled:
		s.host.Go(StayRoute(row.ID, row.Stay))
	default:
		departure{host: s.host, desk: s.desk, who: row, done: s.Refresh}.ask()
	}
}
