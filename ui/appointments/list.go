package appointments

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"wardbook/app/access"
	"wardbook/ui/kit"
)

// listScreen is a table of T under the buttons of what can be done with its rows: the queue, the waiting list, the work list, machines.
type listScreen[T any] struct {
	host     kit.Host
	reading  *kit.Async
	writing  *kit.Async
	title    kit.Sentence
	read     func(context.Context) ([]T, error)
	concerns func(access.Entry) bool
	// deeds are what can be done just now; row is the one that is selected.
	deeds func(row T, ok bool) []kit.Command
	// empty stands in place of the rows where there are none.
	empty func() fyne.CanvasObject
	// words are what the filter looks at of a row; nil: there is no filter.
	words func(T) []string
	// most is how many rows are read; 0: all.
	most int
	// ticks: what is shown depends on the time alone too, and is read anew each minute.
	ticks bool
	later kit.Later
	stop  func()
	// says is a remark over the list, about all rows.
	says func(all []T) []kit.Remark

	all    []T
	shown  bool // something was read
	filter *kit.Entry
	table  *kit.DataTable[T]
	tools  *fyne.Container
	names  string // of the buttons that are shown
	note   remarks
	body   *fyne.Container
	back   bool // a row was chosen when the person left
}

// listState is what must be the same when the person comes back.
type listState struct {
	filter string
	chosen bool
	table  kit.TableState
}

// begin builds the screen and reads its rows, after the functions and the table have been set.
func (s *listScreen[T]) begin(loading kit.Sentence, saved any) {
	s.reading, s.writing, s.body = s.host.Async(), s.host.Async(), container.NewStack()
	s.note = newRemarks(s.body)
	if s.later == nil {
		s.later = kit.After(s.reading)
	}
	s.tools = container.New(&kit.Flow{})
	s.table.OnSelect = func(T, bool) { s.retool() }
	top := container.New(&tower{})
	if s.words != nil {
		s.filter = kit.NewEntry()
		s.filter.SetPlaceHolder(kit.Say("appointments.filter", "Filter: name, doctor ...").Text())
		s.filter.OnChanged = func(string) { s.show() }
		s.filter.OnSubmit = func() { leadIn(s.host, s.table) }
		s.filter.Keys = kit.Keys{fyne.KeyDown: s.filter.OnSubmit}
		top.Add(container.NewPadded(s.filter))
	}
	top.Add(container.NewPadded(s.tools))
	top.Add(s.note.box)
	if state, ok := saved.(listState); ok {
		if s.filter != nil {
			s.filter.SetText(state.filter)
		}
		s.back = state.chosen
		s.table.Restore(state.table)
	}
	s.body.Add(below(top, s.table))
	s.table.SetState(kit.Loading(loading).Object())
	s.retool()
	s.Refresh()
	if s.ticks {
		s.ticking()
	}
}

func (s *listScreen[T]) ticking() {
	s.stop = s.later(tick, func() {
		s.Refresh()
		s.ticking()
	})
}

// retool shows the buttons of what can be done with the row that is selected; those that stay the same stay as they are.
func (s *listScreen[T]) retool() {
	commands := s.deeds(s.table.Selected())
	names := ""
	for _, c := range commands {
		names += c.Name.Key + "\n"
	}
	if names == s.names {
		s.host.Changed()
		return
	}
	had := focusedIn(s.tools)
	s.names = names
	s.tools.Objects = buttons(s.now()).Objects
	s.tools.Refresh()
	s.body.Refresh()
	s.host.Changed()
	if had { // the button that had the keyboard is there no more
		s.host.Focus(s.table)
	}
}

// now are commands that ask for the row when they are pressed, not when the button was made.
func (s *listScreen[T]) now() []kit.Command {
	commands := s.deeds(s.table.Selected())
	for i, c := range commands {
		commands[i].Do = func() {
			for _, d := range s.deeds(s.table.Selected()) {
				if d.Name.Key == c.Name.Key && d.Do != nil {
					d.Do()
					return
				}
			}
		}
	}
	return commands
}

// Refresh reads the rows anew.
func (s *listScreen[T]) Refresh() {
	kit.Start(s.reading, func(ctx context.Context, _ func(func())) ([]T, error) { return s.read(ctx) }, func(all []T, err error) {
		if err != nil {
			s.table.SetState(kit.Failed(s.host.Explain(err), s.Refresh).Object())
			return
		}
		s.all, s.shown = all, true
		s.show()
	})
}

// show puts the rows that fit the filter into the table; the selection stays with its row.
func (s *listScreen[T]) show() {
	if !s.shown {
		return
	}
	rows := s.all
	if s.filter != nil {
		rows = nil
		for _, row := range s.all {
			if matches(s.filter.Text, s.words(row)...) {
				rows = append(rows, row)
			}
		}
	}
	var said []kit.Remark
	if s.says != nil {
		said = s.says(s.all)
	}
	if s.most > 0 && len(s.all) == s.most {
		said = append(said, kit.Remark{Tone: kit.Plain, Sentence: kit.Say("appointments.list.most", "Only the first {{.Most}} are shown", "Most", strconv.Itoa(s.most))})
	}
	s.note.say(said...)
	s.table.SetRows(rows, len(s.all))
	switch {
	case len(rows) > 0:
		s.table.SetState(nil)
	case len(s.all) > 0:
		s.table.SetState(kit.Empty(kit.Say("appointments.filter.none", "Nothing fits the filter"), kit.Say("appointments.filter.next", "Filter by fewer letters."),
			kit.Sentence{}, nil).Object())
	default:
		s.table.SetState(s.empty())
	}
	s.retool()
}

// did says what came of a change, or why there was none, and reads anew.
func (s *listScreen[T]) did(err error, said kit.Sentence) {
	if err != nil {
		s.note.say(kit.Remark{Tone: kit.Critical, Sentence: s.host.Explain(err)})
		return
	}
	if !said.Empty() {
		s.host.Tell(kit.Toast{Tone: kit.Good, Sentence: said})
	}
	s.Refresh()
}

// Title is the list's.
func (s *listScreen[T]) Title() kit.Sentence { return s.title }

// Content is the buttons over the table.
func (s *listScreen[T]) Content() fyne.CanvasObject { return s.body }

// Start is the filter; on the way back, and where there is none, the table.
func (s *listScreen[T]) Start() fyne.Focusable {
	if s.filter == nil || s.back {
		return s.table
	}
	return s.filter
}

// Commands are what can be done with the row that is selected.
func (s *listScreen[T]) Commands() []kit.Command {
	all := s.deeds(s.table.Selected())
	if s.filter != nil {
		all = append(all, kit.Command{Name: kit.Say("appointments.filter.do", "Filter the list"), Key: fyne.KeyF3, Do: func() { s.host.Focus(s.filter) }})
	}
	return append(all, s.table.Commands()...)
}

// Unsaved tells that nothing was typed that could be lost.
func (s *listScreen[T]) Unsaved() bool { return false }

// Save keeps filter and selection.
func (s *listScreen[T]) Save() any {
	_, chosen := s.table.Selected()
	filter := ""
	if s.filter != nil {
		filter = s.filter.Text
	}
	return listState{filter, chosen, s.table.State()}
}

// Close ends the ticking; the host ends the helpers that it gave.
func (s *listScreen[T]) Close() {
	if s.stop != nil {
		s.stop()
	}
}

// Concerns tells whether an entry changes the list.
func (s *listScreen[T]) Concerns(e access.Entry) bool { return s.concerns(e) }
