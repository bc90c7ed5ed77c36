package rooms

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"wardbook/app/access"
	"wardbook/app/ward"
	"wardbook/ui/kit"
)

// boardScreen is the board of all wards.
type boardScreen struct {
	host    kit.Host
	desk    *Desk
	reading *kit.Async
	writing *kit.Async
	later   kit.Later
	stop    func() // the look at the clock that waits
	board   board
	wishes  wish[doing]

	tiles  *kit.BedBoard
	totals *widget.Label
	filter *fyne.Container // holds the choice of a ward, which is made anew when wards change
	choice *kit.ChoiceField[ward.WardID]
	wards  string // those of the choice
	tools  *fyne.Container
	deeds  []deed
	note   remarks
	body   *fyne.Container
	again  bool // something changed while the board was being read
	// invited: what to do with the patient who is picked has been said.
	invited bool
	at      ward.BedID // to be selected once the board is there
}

// boardState is what must be the same when the person comes back.
type boardState struct {
	only  ward.WardID
	place kit.BoardPlace
}

func newBoardScreen(h kit.Host, d *Desk, saved any) *boardScreen {
	s := &boardScreen{host: h, desk: d, reading: h.Async(), writing: h.Async(), board: board{session: d.Session, now: h.Now},
		tiles: kit.NewBedBoard(), totals: widget.NewLabel(""), filter: container.New(wide{11}), body: container.NewStack()}
	s.later = d.after(s.reading)
	s.note = newRemarks(s.body)
	s.totals.Wrapping = fyne.TextWrapWord
	s.totals.TextStyle.Bold = true
	s.tiles.OnOpen = s.open
	s.tiles.OnSelect = func(kit.BoardBed, string, bool) { s.offer() }
	switch state := saved.(type) {
	case boardState:
		s.board.only = state.only
		s.tiles.Restore(state.place)
	case *pick: // a stay's page asks for another bed
		s.board.pick = state
	case ward.BedID: // somebody has just been admitted to it
		s.at = state
	}
	s.tools = container.New(&kit.Flow{})
	s.deeds = s.allDeeds()
	for i := range s.deeds {
		if one := &s.deeds[i]; one.button {
			one.shown = kit.NewButton(one.name.Text(), nil, one.do)
			s.tools.Add(one.shown)
		}
	}
	top := container.New(&tower{}, container.NewPadded(kit.Bordered(nil, nil, s.filter, nil, container.New(&tower{}, s.totals, s.tools))), s.note.box)
	s.body.Add(kit.Bordered(top, nil, nil, nil, container.New(squeezed{10}, s.tiles)))
	s.tiles.SetState(kit.Loading(kit.Say("rooms.reading", "Reading the beds")).Object())
	s.offer()
	s.read()
	return s
}

// Title is the place's.
func (s *boardScreen) Title() kit.Sentence { return kit.Say("rooms.board.title", "Bed board") }

// Content is the totals and tools over the board.
func (s *boardScreen) Content() fyne.CanvasObject { return s.body }

// Start is the board.
func (s *boardScreen) Start() fyne.Focusable { return s.tiles }

// Unsaved tells that nothing was typed that could be lost.
func (s *boardScreen) Unsaved() bool { return false }

// Save keeps which ward was shown, and where on the board the person was.
func (s *boardScreen) Save() any { return boardState{s.board.only, s.tiles.State()} }

// Refresh reads the board anew.
func (s *boardScreen) Refresh() { s.read() }

// Concerns tells whether an entry changes the board.
func (s *boardScreen) Concerns(e access.Entry) bool { return s.board.concerns(e) }

// Close drops the look at the clock that waits.
func (s *boardScreen) Close() { s.rest() }

func (s *boardScreen) rest() {
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
}

// read reads the board on a goroutine of its own. What comes in meanwhile is read after it, so that a flood of changes can't keep it from ever being shown.
func (s *boardScreen) read() {
	if s.reading.Busy() {
		s.again = true
		return
	}
	read := s.board.reader()
	kit.Start(s.reading, func(ctx context.Context, _ func(func())) (boardRead, error) { return read(ctx) }, s.show)
}

func (s *boardScreen) show(r boardRead, err error) {
	if again := s.again; again {
		s.again = false
		defer s.read()
	}
	if err != nil {
		if s.board.read == nil {
			s.tiles.SetState(kit.Failed(s.host.Explain(err), s.read).Object())
			return
		}
		s.note.say(kit.Remark{Tone: kit.Critical, Sentence: s.host.Explain(err)}) // what is shown may be old, and is better than nothing
		return
	}
	s.board.take(r)
	if p := s.board.pick; p != nil && !p.still(&s.board) {
		s.board.pick = nil
		s.note.say(kit.Remark{Tone: kit.Attention, Sentence: kit.Say("rooms.pick.gone", "{{.Name}} was moved or has left meanwhile. Choose again.", "Name", p.name())})
	}
	s.invite()
	s.fill()
	s.wait()
}

// invite says once what to do with a patient whom a stay's page has brought here, and begins where he lies.
func (s *boardScreen) invite() {
	if p := s.board.pick; p != nil && !s.invited {
		s.invited = true
		s.note.say(kit.Remark{Tone: kit.Plain, Sentence: p.invites()})
		s.tiles.SetWards(s.board.shown())
		s.tiles.Select(p.who.Bed.String())
	}
}

// wait reads the board again when a reservation lapses or the day ends: nobody writes anything then.
func (s *boardScreen) wait() {
	s.rest()
	s.stop = s.later(max(s.board.nextLapse().Sub(s.host.Now()), 0)+time.Second, func() {
		s.stop = nil
		s.read()
	})
}

// fill shows what was read; the board keeps its selection.
func (s *boardScreen) fill() {
	if s.board.read == nil {
		return
	}
	s.totals.SetText(s.board.totals().Text())
	s.offerWards()
	s.tiles.SetState(s.empty())
	s.tiles.SetWards(s.board.shown())
	if !s.at.IsZero() {
		s.tiles.Select(s.at.String())
		s.at = ward.BedID{}
	}
	s.offer()
}

// empty stands in place of the board where there are no beds.
func (s *boardScreen) empty() fyne.CanvasObject {
	if len(s.board.read.Wards) > 0 {
		return nil
	}
	return kit.Empty(kit.Say("rooms.none", "There are no wards yet"), kit.Say("rooms.none.next", "An administrator adds wards, rooms and beds in the place 'Wards'."),
		kit.Sentence{}, nil).Object()
}

// offerWards makes the choice of a ward, anew where wards have come, gone or changed their names.
func (s *boardScreen) offerWards() {
	options := []kit.Option[ward.WardID]{{Label: kit.Say("rooms.all", "All wards")}}
	names := ""
	for _, w := range s.board.read.Wards {
		options = append(options, kit.Option[ward.WardID]{Value: w.ID, Label: asIs(w.Value.Name)})
		names += w.ID.String() + w.Value.Name + "\n"
	}
	if s.choice != nil && names == s.wards {
		return
	}
	s.wards = names
	s.choice = kit.NewChoiceField(kit.FieldSpec{Name: "ward", Label: kit.Say("rooms.ward", "Ward")}, options)
	s.choice.SetValue(s.board.only)
	s.choice.OnChange = func() {
		s.board.only, _ = s.choice.Value()
		s.fill()
	}
	s.filter.Objects = []fyne.CanvasObject{s.choice.Object()}
	s.body.Refresh()
}

// selected is the bed on which the keyboard is.
func (s *boardScreen) selected() (ward.BedTile, bool) {
	tile, ok := s.tiles.Selected()
	if !ok {
		return ward.BedTile{}, false
	}
	return s.board.bed(tile.ID)
}

// offer lets those buttons be pressed that mean something for the bed that is selected.
func (s *boardScreen) offer() {
	bed, ok := s.selected()
	for i := range s.deeds {
		one := &s.deeds[i]
		if one.shown == nil {
			continue
		}
		if may := one.fits == nil || ok && one.fits(bed); may != !one.shown.Disabled() {
			if may {
				one.shown.Enable()
			} else {
				one.shown.Disable()
			}
		}
	}
	s.host.Changed()
}

// Commands are what can be done with the bed that is selected.
func (s *boardScreen) Commands() []kit.Command {
	bed, ok := s.selected()
	var all []kit.Command
	for _, one := range s.deeds {
		if one.fits == nil || ok && one.fits(bed) {
			all = append(all, kit.Command{Name: one.name, Key: one.key, Modifier: one.modifier(), Do: one.do})
		}
	}
	if s.board.pick != nil {
		all = append(all, kit.Command{Name: kit.Say("rooms.pick.leave", "Leave the patient in this bed"), Key: fyne.KeyEscape, Do: s.dropPick})
	}
	if s.choice != nil {
		all = append(all, kit.Command{Name: kit.Say("rooms.filter", "Choose a ward"), Key: fyne.KeyF3, Do: func() { s.host.Focus(s.choice.Focusable()) }})
	}
	return all
}

func (s *boardScreen) setPick(p *pick) {
	s.board.pick, s.invited = p, true
	s.note.say(kit.Remark{Tone: kit.Plain, Sentence: p.invites()})
	s.read()
}

func (s *boardScreen) dropPick() {
	s.board.pick = nil
	s.note.say()
	s.fill()
}
