package frontdesk

import (
	"context"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/ui/kit"
)

// typingPause is how long nothing must have been typed before the list is searched.
const typingPause = 60 * time.Millisecond

// listScreen is the list of patients with its search.
type listScreen struct {
	host     kit.Host
	desk     *Desk
	reading  *kit.Async
	later    kit.Later
	writing  *kit.Async // registers an unknown patient
	list     list
	search   *kit.Entry
	table    *kit.DataTable[patient.Hit]
	note     remarks
	body     *fyne.Container
	stop     func() // the search that waits for a pause in typing
	pending  bool   // the rows belong to another query
	enter    bool   // Enter was pressed meanwhile
	unknown  *kit.Button
	atOnce   bool      // the list was opened to register an unknown patient
	emergent uuid.UUID // the operation of the unknown patient that is being registered
}

// listState is what must be the same when the person comes back.
type listState struct {
	query   string
	cursors []patient.Cursor
	table   kit.TableState
}

func newListScreen(h kit.Host, d *Desk, saved any) *listScreen {
	s := &listScreen{host: h, desk: d, reading: h.Async(), writing: h.Async(), list: list{session: d.Session}}
	s.body = container.NewStack()
	s.note = newRemarks(s.body)
	s.later = d.after(h)
	s.table = kit.NewDataTable(func(hit patient.Hit) string { return hit.ID.String() }, d.widths(PlacePatients), s.columns()...)
	s.table.OnOpen = s.open
	s.table.OnPage = func(offset int) {
		s.list.turn(offset)
		s.read()
	}
	s.search = kit.NewEntry()
	s.search.SetPlaceHolder(kit.Say("patients.search.hint", "Search this list: name, date of birth, MRN, phone, paper").Text())
	s.search.OnChanged = s.typed
	s.search.OnSubmit = s.submit
	s.search.Keys = kit.Keys{fyne.KeyDown: s.into}
	if state, ok := saved.(listState); ok {
		s.restore(state)
	}
	s.body.Add(below(container.New(&tower{}, container.NewPadded(s.top()), s.note.box), s.table))
	s.table.SetState(kit.Loading(kit.Say("patients.reading", "Reading the patients")).Object())
	s.read()
	return s
}

func (s *listScreen) restore(state listState) {
	s.list.restart(state.query)
	s.list.cursors = state.cursors
	s.list.turn(state.table.Offset())
	changed := s.search.OnChanged
	s.search.OnChanged = nil
	s.search.SetText(state.query)
	s.search.OnChanged = changed
	s.keys()
	s.table.Restore(state.table)
}

// top is the search, and what can be done from here.
func (s *listScreen) top() fyne.CanvasObject {
	tools := container.NewHBox()
	if s.mayRegister() {
		register := kit.NewButton(kit.Say("patients.register", "Register a patient").Text(), nil, s.register)
		s.unknown = kit.NewButton(kit.Say("patients.unknown", "Unknown patient").Text(), nil, s.registerUnknown)
		tools.Add(register)
		tools.Add(s.unknown)
	}
	return kit.Bordered(nil, nil, nil, tools, s.search)
}

func (s *listScreen) columns() []kit.TableColumn[patient.Hit] {
	text := func(id string, title kit.Sentence, width float32, read func(patient.Hit) string) kit.TableColumn[patient.Hit] {
		return kit.TableColumn[patient.Hit]{ID: id, Title: title, Width: width, Cell: func(h patient.Hit) kit.Cell { return kit.Cell{Text: read(h)} }}
	}
	return []kit.TableColumn[patient.Hit]{
		{ID: "name", Title: kit.Say("patients.name", "Name"), Width: 260, Main: true,
			Cell: func(h patient.Hit) kit.Cell { return kit.Cell{Text: h.Name.Listed(), Bold: true} }},
		text("born", kit.Say("patients.born", "Date of birth, age"), 190, func(h patient.Hit) string { return bornText(h, today(s.host)) }),
		text("sex", kit.Say("patients.sex", "Sex"), 80, func(h patient.Hit) string { return sexText(h.Sex) }),
		text("mrn", kit.Say("patients.mrn", "MRN"), 100, func(h patient.Hit) string { return h.MRN.String() }),
		text("phone", kit.Say("patients.phone", "Phone"), 90, phoneText),
		{ID: "marks", Title: kit.Say("patients.marks", "Marks"), Width: 200, Cell: marksCell},
	}
}

// Title is the place's.
func (s *listScreen) Title() kit.Sentence { return kit.Say("patients.title", "Patients") }

// Content is the search over the table.
func (s *listScreen) Content() fyne.CanvasObject { return s.body }

// Start is the search; on the way back it is the table, where a row was chosen.
func (s *listScreen) Start() fyne.Focusable {
	if _, chosen := s.table.Selected(); chosen {
		return s.table
	}
	return s.search
}

// Unsaved tells that nothing was typed that could be lost.
func (s *listScreen) Unsaved() bool { return false }

// Save keeps what was looked for, and where in the list the person was.
func (s *listScreen) Save() any { return listState{s.list.query, s.list.cursors, s.table.State()} }

// Refresh reads the page that is shown anew.
func (s *listScreen) Refresh() { s.read() }

// Concerns tells whether an entry changes a patient.
func (s *listScreen) Concerns(e access.Entry) bool { return concerns(e) }

// Close drops the search that waits.
func (s *listScreen) Close() { s.forget() }

func (s *listScreen) mayRegister() bool { return s.desk.Session.May(access.ActPatientRegister) }

// Commands are what can be done here.
func (s *listScreen) Commands() []kit.Command {
	var all []kit.Command
	if s.mayRegister() {
		all = append(all,
			kit.Command{Name: kit.Say("patients.register", "Register a patient"), Key: fyne.KeyN, Modifier: ctrl, Do: s.register},
			kit.Command{Name: kit.Say("patients.unknown.command", "Register an unknown patient at once"), Key: fyne.KeyU, Modifier: ctrl, Do: s.registerUnknown})
	}
	all = append(all, kit.Command{Name: kit.Say("patients.search", "Search the list"), Key: fyne.KeyF3, Do: func() { s.host.Focus(s.search) }})
	return append(all, s.table.Commands()...)
}

func (s *listScreen) open(h patient.Hit) { s.host.Go(PatientRoute(h.ID.String())) }

// register takes along what was looked for: who is not found is registered under the name that was typed.
func (s *listScreen) register() { s.host.Go(RegisterRoute(strings.TrimSpace(s.search.Text))) }

// registerUnknown needs one key press: whoever lies there has no time for a form. A second press meanwhile is the same wish.
func (s *listScreen) registerUnknown() {
	if s.writing.Busy() || !s.mayRegister() {
		return
	}
	if s.emergent == uuid.Nil {
		s.emergent = uuid.New()
	}
	session, operation := s.desk.Session, s.emergent
	s.unknown.Disable()
	s.note.say()
	kit.Start(s.writing, func(ctx context.Context, _ func(func())) (patient.Row, error) {
		return patient.RegisterUnknown(ctx, session, operation, patient.Guess{})
	}, func(row patient.Row, err error) {
		s.unknown.Enable()
		if err != nil {
			s.note.say(kit.Remark{Tone: kit.Critical, Sentence: s.host.Explain(err)})
			return
		}
		s.emergent = uuid.Nil
		if s.atOnce { // the way back must not lead here: it would register another
			s.host.Replace(PatientRoute(row.ID.String()))
		} else {
			s.host.Go(PatientRoute(row.ID.String()))
		}
		s.host.Tell(registered(row))
	})
}

// registered says that a patient is in the book, and under which number.
func registered(row patient.Row) kit.Toast {
	return kit.Toast{Tone: kit.Good, Sentence: kit.Say("patients.registered", "Registered {{.Name}}, MRN {{.MRN}}",
		"Name", row.Value.Name.Full(), "MRN", row.Value.MRN.String())}
}

// typed begins a search as soon as nothing more is typed.
func (s *listScreen) typed(string) {
	s.forget()
	s.pending = true
	s.keys()
	s.stop = s.later(typingPause, func() {
		s.stop = nil
		s.list.restart(s.search.Text)
		s.read()
	})
}

// forget drops the search that waits or works.
func (s *listScreen) forget() {
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
	s.pending, s.enter = false, false
}

// keys are those that mean something in the search just now; Escape empties it before it leaves the place.
func (s *listScreen) keys() {
	s.search.Keys = kit.Keys{fyne.KeyDown: s.into}
	if s.search.Text != "" {
		s.search.Keys[fyne.KeyEscape] = func() { s.search.SetText("") }
	}
}

// submit is Enter in the search. A scanner's comes before the rows do: then the only patient found opens.
func (s *listScreen) submit() {
	if s.pending {
		s.enter = true
		return
	}
	s.into()
}

// into leads from the search into the table. Nobody's page opens only because she stands first.
func (s *listScreen) into() {
	s.host.Focus(s.table)
	if _, chosen := s.table.Selected(); !chosen {
		s.table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	}
}

// read reads the present page on a goroutine of its own.
func (s *listScreen) read() {
	read := s.list.reader()
	kit.Start(s.reading, func(ctx context.Context, _ func(func())) (listing, error) { return read(ctx) }, s.show)
}

func (s *listScreen) show(l listing, err error) {
	if s.stop != nil {
		return // something else has been typed meanwhile, and will be looked for
	}
	enter := s.enter
	s.pending, s.enter = false, false
	if err != nil {
		if shutOut(err) { // not only out of sight: no key is to open one of them
			s.note.say()
			s.table.SetRows(nil, 0)
		}
		s.table.SetState(kit.Failed(s.host.Explain(err), s.read).Object())
		return
	}
	s.list.learn(l)
	s.note.say()
	if l.more {
		s.note.say(kit.Remark{Tone: kit.Plain, Sentence: kit.Say("patients.more", "More than {{.Count}} patients fit. Type another letter, the date of birth or the MRN.",
			"Count", strconv.Itoa(l.total-1))})
	}
	s.table.SetState(s.state(l))
	s.table.SetPage(l.hits, l.offset, l.total)
	s.host.Changed()
	switch {
	case enter && len(l.hits) == 1 && l.query != "":
		s.open(l.hits[0])
	case enter && len(l.hits) > 1:
		s.into()
	}
}

// state stands in place of the rows where there are none.
func (s *listScreen) state(l listing) fyne.CanvasObject {
	if len(l.hits) > 0 {
		return nil
	}
	what := kit.Say("patients.none", "No patients yet")
	if l.query != "" {
		what = kit.Say("patients.nobody", "Nobody found for '{{.Query}}'", "Query", l.query)
	}
	switch {
	case !s.mayRegister():
		next := kit.Say("patients.none.wait", "The front desk registers patients.")
		if l.query != "" {
			next = kit.Say("patients.nobody.check", "Check the spelling, or look for the date of birth, MRN or phone.")
		}
		return kit.Empty(what, next, kit.Sentence{}, nil).Object()
	case l.query != "":
		return kit.Empty(what, kit.Say("patients.nobody.next", "Check the spelling, or look for the date of birth, MRN or phone. {{.Keys}} registers a new patient.", "Keys", keysOf(fyne.KeyN)),
			kit.Say("patients.register", "Register a patient"), s.register).Object()
	}
	return kit.Empty(what, kit.Say("patients.none.next", "{{.Keys}} registers the first one.", "Keys", keysOf(fyne.KeyN)),
		kit.Say("patients.register", "Register a patient"), s.register).Object()
}

// keysOf are the keys of a command as they are written on this system.
func keysOf(key fyne.KeyName) string { return kit.Command{Key: key, Modifier: ctrl}.Keys() }
