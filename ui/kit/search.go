package kit

import (
	"context"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// searchPause is how long nothing must have been typed before a search begins.
const searchPause = 60 * time.Millisecond

// searchLimit is how many hits are asked for: more than anybody reads, where 'type more' is quicker.
const searchLimit = 20

// Hit is one patient that a search has found, as the person at this desk may see her.
type Hit struct {
	ID                   string // never shown
	Name, Born, Sex, MRN string
	Note                 Sentence // such as 'died', 'confidential'
	Tone                 Tone     // of the note
	Alike                bool     // another one has a name like it
}

// Find looks for patients, on a goroutine of its own. total is how many there are, of which at most limit are answered.
type Find func(ctx context.Context, query string, limit int) (hits []Hit, total int, err error)

// After is the Later of a screen: nothing comes once its helper is closed.
func After(async *Async) Later { return NewLater(async.Post) }

// PatientSearch finds patients as one types: hits drop down below, arrows move, Enter opens, Esc closes. The keyboard stays
// in the entry. An Enter that comes before the hits do, as a scanner's, opens the patient if there is only one. All of it
// belongs to the window's goroutine.
type PatientSearch struct {
	widget.BaseWidget
	Entry *Entry
	// OnChoose is called with the patient that was chosen; the entry is empty again by then.
	OnChoose func(Hit)
	// OnRegister, where it is not nil, is offered where nobody was found.
	OnRegister func(query string)

	async   *Async
	find    Find
	explain func(error) Sentence
	later   Later
	stop    func() // the search that waits for a pause in typing
	drop    *typeAhead
	pending bool // the rows that are shown belong to another query
	enter   bool // Enter was pressed meanwhile
}

// NewPatientSearch makes one. explain puts find's errors into words; async is for this search alone.
func NewPatientSearch(async *Async, later Later, find Find, explain func(error) Sentence) *PatientSearch {
	s := &PatientSearch{Entry: NewEntry(), async: async, find: find, explain: explain, later: later}
	s.Entry.SetPlaceHolder(Say("search.hint", "Name, date of birth, MRN, phone").Text())
	s.drop = newTypeAhead(s.Entry, func() {
		s.forget() // an answer that is still to come must not open it again
		s.keys()
	})
	s.Entry.OnChanged = s.changed
	s.Entry.OnSubmit = s.submit
	s.Entry.OnLeave = s.leave
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is called by Fyne.
func (s *PatientSearch) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(s.Entry)
}

// Clear forgets what was typed and found.
func (s *PatientSearch) Clear() {
	s.forget()
	s.Entry.SetText("")
	s.drop.close()
	s.keys()
}

// Opened tells whether hits are shown.
func (s *PatientSearch) Opened() bool { return s.drop.opened() }

func (s *PatientSearch) query() string { return strings.TrimSpace(s.Entry.Text) }

func (s *PatientSearch) changed(string) {
	s.forget()
	if s.query() == "" {
		s.drop.close()
		s.keys()
		return
	}
	s.pending = true
	// What is shown belongs to other letters: it may be looked at, and not be chosen.
	s.drop.list.selected = -1
	s.drop.list.Refresh()
	s.stop = s.later(searchPause, s.look)
	s.keys()
}

// forget drops the search that waits or works.
func (s *PatientSearch) forget() {
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
	s.async.Cancel()
	s.pending, s.enter = false, false
}

type found struct {
	hits  []Hit
	total int
}

func (s *PatientSearch) look() {
	s.stop, s.pending = nil, true
	query := s.query()
	Start(s.async, func(ctx context.Context, _ func(func())) (found, error) {
		hits, total, err := s.find(ctx, query, searchLimit)
		return found{hits, total}, err
	}, func(f found, err error) {
		s.pending = false
		s.answer(query, f, err)
	})
}

func (s *PatientSearch) answer(query string, f found, err error) {
	enter := s.enter
	s.enter = false
	if enter && err == nil && len(f.hits) == 1 && f.total <= 1 {
		s.choose(f.hits[0])
		return
	}
	switch {
	case err != nil:
		again := hitRow{title: Say("search.again", "Try again").Text(), do: s.look}
		s.drop.list.show([]hitRow{again}, Remark{Critical, s.explain(err)}, 0)
	case len(f.hits) == 0:
		s.nobody(query)
	default:
		s.hits(f)
	}
	s.drop.open()
	s.keys()
}

// nobody says what to do next.
func (s *PatientSearch) nobody(query string) {
	var rows []hitRow
	if s.OnRegister != nil {
		rows = append(rows, hitRow{title: Say("search.register", "Register a new patient").Text(), do: func() {
			s.Clear()
			s.OnRegister(query)
		}})
	}
	// Nothing is selected: an Enter that was meant for a hit must not register anybody.
	s.drop.list.show(rows, Remark{Attention, Say("search.nobody",
		"Nobody found for '{{.Query}}'. Check the spelling, or look for the date of birth, MRN or phone.", "Query", query)}, -1)
}

func (s *PatientSearch) hits(f found) {
	rows := make([]hitRow, len(f.hits))
	for i, h := range f.hits {
		rows[i] = hitRow{title: h.Name, detail: joined(h.Born, h.Sex, h.MRN), do: func() { s.choose(h) }}
		if h.Alike {
			rows[i].notes[1] = Remark{Attention, Say("search.alike", "same name as another patient")}
		}
		rows[i].notes[0] = Remark{h.Tone, h.Note}
	}
	total := max(f.total, len(rows))
	remark := Say("search.count", "{{.Shown}} of {{.Total}}", "Shown", strconv.Itoa(len(rows)), "Total", strconv.Itoa(total))
	if total > len(rows) {
		remark = Say("search.more", "{{.Shown}} of {{.Total}}. Type more letters, the date of birth or the MRN.",
			"Shown", strconv.Itoa(len(rows)), "Total", strconv.Itoa(total))
	}
	selected := -1
	if total == 1 {
		selected = 0
	}
	s.drop.list.show(rows, Remark{Plain, remark}, selected)
}

// joined sets what there is beside each other.
func joined(parts ...string) string {
	var there []string
	for _, part := range parts {
		if part != "" {
			there = append(there, part)
		}
	}
	return strings.Join(there, "  ·  ")
}

func (s *PatientSearch) choose(h Hit) {
	if s.pending {
		return
	}
	s.Clear()
	if s.OnChoose != nil {
		s.OnChoose(h)
	}
}

// submit is Enter. Where several were found and none is selected it selects the first, which a second Enter opens:
// nobody's page opens by mistake because she stands first.
func (s *PatientSearch) submit() {
	switch {
	case s.query() == "":
	case s.pending:
		s.enter = true
	case !s.drop.opened():
		s.look()
	case !s.drop.list.choose():
		s.drop.list.step(1)
	}
}

// keys gives the entry those keys that mean something to the list just now; all others stay the window's.
func (s *PatientSearch) keys() {
	switch {
	case s.drop.opened():
		s.Entry.Keys = s.drop.list.keys()
		s.Entry.Keys[fyne.KeyEscape] = s.drop.close
	case s.query() != "":
		s.Entry.Keys = Keys{fyne.KeyEscape: s.Clear, fyne.KeyDown: func() {
			if !s.pending {
				s.look()
			}
		}}
	default:
		s.Entry.Keys = nil
	}
}

func (s *PatientSearch) leave() {
	s.forget()
	s.drop.close()
}
