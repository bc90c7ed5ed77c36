package frontdesk

import (
	"context"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/ui/kit"
)

// pageScreen is a patient's page: the banner, the facts, and the history of changes on demand.
type pageScreen struct {
	host     kit.Host
	desk     *Desk
	record   *record
	opening  *kit.Async
	writing  *kit.Async
	pictures *kit.Async
	past     *kit.Async

	banner  *kit.PatientBanner
	under   *fyne.Container // the banner and what is below it
	photo   image.Image
	version uint64 // of the photo that is shown
	news    *patient.Row
	shut    bool // the patient has become confidential since
	note    remarks
	main    *fyne.Container // facts or history
	facts   *factSheet
	history *historyView
	back    bool // the history is shown
	body    *fyne.Container
	start   fyne.Focusable
	why     *kit.TextField
}

// pageState is what must be the same when the person comes back.
type pageState struct {
	history bool
	table   kit.TableState
}

func newPageScreen(h kit.Host, d *Desk, id patient.ID, saved any) *pageScreen {
	s := &pageScreen{host: h, desk: d, record: newRecord(d.Session, id), opening: h.Async(), writing: h.Async(), pictures: h.Async(), past: h.Async(),
		main: container.NewStack(), facts: newFactSheet(), body: container.NewStack()}
	s.note = newRemarks(s.body)
	s.history = newHistoryView(s)
	if state, ok := saved.(pageState); ok {
		s.back = state.history
		s.history.table.Restore(state.table)
	}
	s.put(kit.Loading(kit.Say("patients.page.reading", "Opening the patient")).Object())
	s.open()
	return s
}

func (s *pageScreen) put(content fyne.CanvasObject) {
	s.body.Objects = []fyne.CanvasObject{content}
	s.body.Refresh()
}

// open reads the patient. That somebody looked is recorded.
func (s *pageScreen) open() {
	kit.Start(s.opening, func(ctx context.Context, _ func(func())) (opened, error) { return s.record.open(ctx) },
		func(o opened, err error) {
			switch {
			case confidential(err):
				s.record.whom = o.whom
				s.ask()
			case shutOut(err):
				s.shutOut(err)
			case gone(err):
				s.put(kit.Failed(s.host.Explain(err), nil).Object())
			case err != nil && s.record.row != nil && !s.record.closed:
				s.note.say(kit.Remark{Tone: kit.Critical, Sentence: s.host.Explain(err)}) // what is shown may be old, and is better than nothing
			case err != nil:
				s.put(kit.Failed(s.host.Explain(err), s.open).Object())
			default:
				s.record.alike = o.alike
				s.show(o.row)
			}
		})
}

// shutOut takes a patient off the screen whom this person may not see any more, and says why.
func (s *pageScreen) shutOut(err error) {
	s.pictures.Cancel()
	s.past.Cancel()
	s.record.row, s.news = nil, nil
	s.banner, s.under, s.start, s.why = nil, nil, nil, nil
	s.photo, s.version = nil, 0
	s.history.clear()
	s.note.say()
	s.put(kit.Failed(s.host.Explain(err), s.open).Object())
	s.host.Changed()
}

// show draws the patient as read; a page that is there already keeps its place and the keyboard.
func (s *pageScreen) show(row patient.Row) {
	if !s.record.take(row) {
		return
	}
	if s.record.closed {
		s.ask()
		return
	}
	first := s.banner == nil
	if row.Value.Photo != s.version {
		s.photo, s.version = nil, row.Value.Photo
		if row.Value.Photo != 0 {
			readPhoto(s.pictures, s.desk.Session, row.ID, func(photo image.Image) {
				s.photo = photo
				s.setBanner()
			})
		}
	}
	if first {
		s.build()
	}
	s.setBanner()
	s.note.say()
	if row.Value.Unknown && s.record.mayChange() {
		s.note.say(kit.Remark{Tone: kit.Attention, Sentence: kit.Say("patients.unidentified", "Nobody knows yet who this is. {{.Keys}} enters the name as soon as it is known.", "Keys", keysOf(fyne.KeyE))})
	}
	s.fill()
	if first && s.back {
		s.history.read()
	}
	s.host.Changed()
	if first {
		s.host.Focus(s.Start())
	}
}

// build sets banner, buttons and what is below once.
func (s *pageScreen) build() {
	s.banner = kit.NewPatientBanner(s.bannerNow())
	tools := container.New(&wrapped{})
	for _, c := range s.deeds() {
		button := kit.NewButton(c.Name.Text(), nil, c.Do)
		if s.start == nil {
			s.start = button
		}
		tools.Add(button)
	}
	content := below(container.New(&tower{}, container.NewPadded(tools), s.note.box), s.main)
	s.under = kit.UnderBanner(s.banner, content)
	s.put(s.under)
	s.why = nil
}

// setBanner shows what is known now; the banner may be higher than before.
func (s *pageScreen) setBanner() {
	if s.banner == nil {
		return // the page has been closed to this person meanwhile
	}
	s.banner.SetBanner(s.bannerNow())
	s.under.Refresh()
}

func (s *pageScreen) bannerNow() kit.Banner {
	return bannerOf(s.record.row.Value, today(s.host), s.photo, s.record.alike)
}

// fill shows facts or history.
func (s *pageScreen) fill() {
	s.facts.show(groups(s.record.row.Value, s.desk.Region, s.desk.language()))
	shown := fyne.CanvasObject(s.facts.scroll)
	if s.back {
		shown = s.history.table
	}
	if len(s.main.Objects) == 1 && s.main.Objects[0] == shown {
		return
	}
	s.main.Objects = []fyne.CanvasObject{shown}
	s.main.Refresh()
}

// Title leaves the name to the banner right below it.
func (s *pageScreen) Title() kit.Sentence { return kit.Say("patients.page", "Patient") }

// Content is the page.
func (s *pageScreen) Content() fyne.CanvasObject { return s.body }

// Start is the first thing to do; the history where that is shown, and the reason where one is asked for.
func (s *pageScreen) Start() fyne.Focusable {
	switch {
	case s.why != nil:
		return s.why.Focusable()
	case s.back && s.banner != nil:
		return s.history.table
	}
	return s.start
}

// deeds are what can be done with the patient by this person.
func (s *pageScreen) deeds() []kit.Command {
	var all []kit.Command
	if s.record.mayChange() {
		name := kit.Say("patients.edit", "Change")
		if s.record.row.Value.Unknown {
			name = kit.Say("patients.identify", "Identify")
		}
		all = append(all, kit.Command{Name: name, Key: fyne.KeyE, Modifier: ctrl, Do: func() { s.host.Go(editRoute(s.record.id)) }})
	}
	if s.record.mayHistory() {
		all = append(all, kit.Command{Name: kit.Say("patients.history", "History of changes"), Key: fyne.KeyH, Modifier: ctrl, Do: s.turn})
	}
	if s.record.mayChange() {
		all = append(all, kit.Command{Name: kit.Say("patients.photo", "Photo"), Do: s.changePhoto})
	}
	if s.record.mayMark() {
		name := kit.Say("patients.confidential", "Mark as confidential")
		if s.record.row.Value.Confidential {
			name = kit.Say("patients.confidential.end", "No longer confidential")
		}
		all = append(all, kit.Command{Name: name, Do: s.mark})
	}
	return append(all, s.ways()...)
}

// ways lead on from a patient: to an appointment, to a bed.
func (s *pageScreen) ways() []kit.Command {
	var ways []kit.Command
	id := s.record.id.String()
	if book := s.desk.Book; book != nil {
		ways = append(ways, kit.Command{Name: kit.Say("patients.book", "Book an appointment"), Key: fyne.KeyT, Modifier: ctrl, Do: func() { s.host.Go(book(id)) }})
	}
	if admit := s.desk.Admit; admit != nil {
		ways = append(ways, kit.Command{Name: kit.Say("patients.admit", "Admit"), Key: fyne.KeyI, Modifier: ctrl, Do: func() { s.host.Go(admit(id)) }})
	}
	return ways
}

// Commands are the deeds, and the way back from the history.
func (s *pageScreen) Commands() []kit.Command {
	if s.banner == nil || s.record.closed {
		return nil
	}
	all := s.deeds()
	if s.back {
		all = append(all, kit.Command{Name: kit.Say("patients.history.leave", "Back to the facts"), Key: fyne.KeyEscape, Do: s.turn, Hidden: true})
		all = append(all, s.history.table.Commands()...)
	}
	return all
}

// turn shows the history in place of the facts, and the facts again.
func (s *pageScreen) turn() {
	s.back = !s.back
	if s.back {
		s.history.read()
	}
	s.fill()
	s.host.Changed()
	s.host.Focus(s.Start())
}

// Unsaved tells whether a reason was begun.
func (s *pageScreen) Unsaved() bool { return false }

// Save keeps what was shown.
func (s *pageScreen) Save() any { return pageState{s.back, s.history.table.State()} }

// Close has nothing to end: the host ends the helpers that it gave.
func (s *pageScreen) Close() {}

// Concerns takes in the patient as an entry left her: that needs no other look. It is asked of every entry.
func (s *pageScreen) Concerns(e access.Entry) bool {
	row, changed := patient.Updated(e, s.record.id)
	switch {
	case !changed:
	case patient.StillOpen(s.desk.Session, row) != nil:
		s.shut = true
	case s.record.row != nil && (s.news == nil || row.Version > s.news.Version):
		s.news = &row
	}
	return changed
}

// Refresh shows what an entry brought. Where none did (F5, a desk that was locked) the patient is opened again, which is recorded as what it is.
func (s *pageScreen) Refresh() {
	news := s.news
	s.news = nil
	switch {
	case s.why != nil: // the reason that is being typed stays
	case s.shut:
		s.ask()
	case news != nil && s.record.row != nil:
		s.show(*news)
		if s.back { // reading it anew is a look of its own: the person decides
			s.note.say(kit.Remark{Tone: kit.Plain, Sentence: kit.Say("patients.history.older", "The patient has just been changed. F5 reads the history anew.")})
		}
	default:
		s.open()
		if s.back && s.banner != nil { // otherwise it is read once the patient is there
			s.history.read()
		}
	}
}
