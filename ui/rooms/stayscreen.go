package rooms

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/ward"
	"wardbook/ui/kit"
)

// stayScreen is the page of a stay: the banner, the facts, the beds in turn, and the patient's other stays.
type stayScreen struct {
	quiet
	host    kit.Host
	desk    *Desk
	stay    stay
	opening *kit.Async
	changed bool // the stay, since it was read
	shut    bool // the patient has become confidential since
	news    *patient.Row

	banner *kit.PatientBanner
	under  *fyne.Container
	tools  *fyne.Container
	facts  *fyne.Container
	scroll *container.Scroll
	spans  *kit.DataTable[ward.Span]
	others *kit.DataTable[ward.StayRow]
	note   remarks
	body   *fyne.Container
	glass  *glass
	start  *kit.Button
}

func newStayScreen(h kit.Host, d *Desk, who patient.ID, id ward.StayID) *stayScreen {
	s := &stayScreen{host: h, desk: d, stay: stay{session: d.Session, who: who, id: id}, opening: h.Async(), body: container.NewStack(),
		tools: container.New(&kit.Flow{}), facts: container.New(&pairs{})}
	s.note = newRemarks(s.body)
	s.scroll = container.NewVScroll(s.facts)
	s.spans = kit.NewDataTable(func(p ward.Span) string { return p.Bed.String() + p.From.String() }, d.widths("stay beds"), s.spanColumns()...)
	s.others = kit.NewDataTable(func(r ward.StayRow) string { return r.ID.String() }, d.widths("stays"), s.stayColumns()...)
	s.others.OnOpen = func(r ward.StayRow) {
		if r.ID != id {
			h.Go(StayRoute(who, r.ID))
		}
	}
	s.put(kit.Loading(kit.Say("rooms.stay.reading", "Opening the stay")).Object())
	s.open()
	return s
}

func (s *stayScreen) spanColumns() []kit.TableColumn[ward.Span] {
	column := func(id string, title kit.Sentence, width float32, read func(ward.Span) string) kit.TableColumn[ward.Span] {
		return kit.TableColumn[ward.Span]{ID: id, Title: title, Width: width, Cell: func(p ward.Span) kit.Cell { return kit.Cell{Text: read(p)} }}
	}
	place := column("bed", kit.Say("rooms.stay.bed", "Bed"), 132, func(p ward.Span) string { return spotText(p.Place) })
	place.Main = true
	return []kit.TableColumn[ward.Span]{place,
		column("ward", kit.Say("rooms.ward", "Ward"), 100, func(p ward.Span) string { return p.Place.Ward }),
		column("from", kit.Say("rooms.stay.from", "From"), 90, func(p ward.Span) string { return timeText(p.From, s.host.Now()) }),
		column("to", kit.Say("rooms.stay.to", "To"), 90, func(p ward.Span) string { return timeText(p.To, s.host.Now()) }),
		column("why", kit.Say("rooms.stay.why", "Why"), 90, spanWhy)}
}

func (s *stayScreen) stayColumns() []kit.TableColumn[ward.StayRow] {
	column := func(id string, title kit.Sentence, width float32, read func(ward.Stay) string) kit.TableColumn[ward.StayRow] {
		return kit.TableColumn[ward.StayRow]{ID: id, Title: title, Width: width,
			Cell: func(r ward.StayRow) kit.Cell { return kit.Cell{Text: read(r.Value), Struck: r.Value.Mistaken != ""} }}
	}
	end := column("end", kit.Say("rooms.stay.end", "End"), 190, func(v ward.Stay) string { return outcome(v, s.host.Now()) })
	end.Main = true
	return []kit.TableColumn[ward.StayRow]{
		column("from", kit.Say("rooms.stay.all", "All stays"), 130, func(v ward.Stay) string { return timeText(v.Admitted(), s.host.Now()) }),
		end,
		column("last", kit.Say("rooms.stay.last", "Last bed"), 200, func(v ward.Stay) string { return where(v.Last().Place) })}
}

func (s *stayScreen) put(content fyne.CanvasObject) {
	s.body.Objects = []fyne.CanvasObject{content}
	s.body.Refresh()
}

// open reads everything.
func (s *stayScreen) open() {
	kit.Start(s.opening, func(ctx context.Context, _ func(func())) (stayRead, error) { return s.stay.open(ctx) }, s.show)
}

func (s *stayScreen) show(r stayRead, err error) {
	switch {
	case confidential(err):
		s.ask()
	case err != nil && s.stay.read != nil:
		s.note.say(kit.Remark{Tone: kit.Critical, Sentence: s.host.Explain(err)}) // what is shown may be old, and is better than nothing
	case err != nil:
		s.put(kit.Failed(s.host.Explain(err), s.open).Object())
	case r.this.ID.IsZero():
		s.put(kit.Empty(kit.Say("rooms.stay.none", "There is no such stay"), kit.Say("rooms.stay.none.next", "Look at the lists of inpatients."), kit.Say("rooms.lists", "Lists"),
			func() { s.host.Replace(listRoute()) }).Object())
	default:
		s.stay.read = &r
		s.fill()
	}
}

// ask shows, in place of a confidential patient's stay, a question for the reason.
func (s *stayScreen) ask() {
	s.shut, s.banner, s.start, s.stay.read = false, nil, nil, nil
	s.glass = newGlass(s.host, s.desk.Session, s.stay.who, func() {
		s.glass = nil
		s.put(kit.Loading(kit.Say("rooms.stay.reading", "Opening the stay")).Object())
		s.open()
	})
	s.put(s.glass.object())
	s.host.Changed()
	s.host.Focus(s.Start())
}

// fill shows what was read; a page that is there already keeps its place and the keyboard.
func (s *stayScreen) fill() {
	r := s.stay.read
	first := s.banner == nil
	if first {
		s.banner = kit.NewPatientBanner(s.bannerNow())
		tables := container.NewGridWithRows(1, s.spans)
		if len(r.all) > 1 {
			tables = container.NewGridWithRows(2, s.spans, s.others)
		}
		content := kit.Bordered(container.New(&tower{}, container.NewPadded(s.tools), s.note.box), nil, nil, nil, container.New(beside{0.58}, s.scroll, tables))
		s.under = kit.UnderBanner(s.banner, content)
		s.put(s.under)
	}
	s.banner.SetBanner(s.bannerNow())
	s.offer()
	s.facts.RemoveAll()
	for _, f := range s.stay.facts(s.host.Now()) {
		s.facts.Add(factName(f))
		s.facts.Add(factValue(f))
	}
	s.spans.SetRows(r.this.Value.Spans, len(r.this.Value.Spans))
	s.others.SetRows(r.all, len(r.all))
	s.under.Refresh()
	s.host.Changed()
	if first {
		s.host.Focus(s.Start())
	}
}

// offer shows the buttons of what can be done now. The keyboard stays where it was, or goes to the first of them where that has gone.
func (s *stayScreen) offer() {
	renew(s.host, s.body, s.tools, s.deeds(), s.spans)
	s.start = nil
	if len(s.tools.Objects) > 0 {
		s.start = s.tools.Objects[0].(*kit.Button)
	}
}

func (s *stayScreen) bannerNow() kit.Banner {
	return bannerOf(s.stay.read.row, today(s.host), s.stay.at(), s.stay.read.alike)
}

// Title leaves the name to the banner right below it.
func (s *stayScreen) Title() kit.Sentence { return kit.Say("rooms.stay.title", "Stay") }

// Content is the page.
func (s *stayScreen) Content() fyne.CanvasObject { return s.body }

// Start is the first thing to do; the reason where one is asked for.
func (s *stayScreen) Start() fyne.Focusable {
	switch {
	case s.glass != nil:
		return s.glass.why.Focusable()
	case s.start != nil:
		return s.start
	case s.banner != nil:
		return s.spans
	}
	return nil
}

// Concerns takes in the patient as an entry left him, and notes that the stay has changed. It is asked of every entry.
func (s *stayScreen) Concerns(e access.Entry) bool {
	if s.stay.read == nil {
		return false
	}
	row, mine := patient.Updated(e, s.stay.who)
	switch {
	case !mine:
	case patient.StillOpen(s.desk.Session, row) != nil:
		s.shut = true
	default:
		s.news = &row
	}
	for _, id := range ward.ChangedIn(e).Stays {
		if id == s.stay.id {
			s.changed = true
		}
	}
	return mine || s.changed
}

// Refresh shows what an entry brought. Where none did (F5) all is opened again, which is recorded as what it is.
func (s *stayScreen) Refresh() {
	news, changed := s.news, s.changed
	s.news, s.changed = nil, false
	switch {
	case s.glass != nil: // the reason that is being typed stays
	case s.shut:
		s.ask()
	case s.stay.read != nil && (news != nil || changed):
		if news != nil {
			s.stay.read.row = *news
			s.fill()
		}
		if changed {
			before := *s.stay.read
			kit.Start(s.opening, func(ctx context.Context, _ func(func())) (stayRead, error) { return s.stay.again(ctx, before) }, s.show)
		}
	default:
		s.open()
	}
}

// pairs sets names and values in turn, names in a narrow column. It remembers its last width: how high a text is depends on it.
type pairs struct{ width float32 }

const nameLetters = 12

func (l *pairs) each(objects []fyne.CanvasObject, place func(o fyne.CanvasObject, x, y, width float32) float32) (y float32) {
	name := min(nameLetters*letter(), l.width*2/5)
	tight := fyne.CurrentApp().Settings().Theme().Size(base.SizeNameInnerPadding)
	for i := 0; i+1 < len(objects); i += 2 {
		y += max(place(objects[i], 0, y, name), place(objects[i+1], name, y, l.width-name)) - tight
	}
	return y + tight
}

// Layout is called by Fyne.
func (l *pairs) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.each(objects, func(o fyne.CanvasObject, x, y, width float32) float32 {
		o.Resize(fyne.NewSize(width, o.MinSize().Height)) // which finds the height
		height := o.MinSize().Height
		o.Resize(fyne.NewSize(width, height))
		o.Move(fyne.NewPos(x, y))
		return height
	})
}

// MinSize is called by Fyne.
func (l *pairs) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(nameLetters*letter(), l.each(objects, func(o fyne.CanvasObject, _, _, _ float32) float32 { return o.MinSize().Height }))
}

func factName(f fact) fyne.CanvasObject {
	name := widget.NewLabel(f.name.Text())
	name.Importance = widget.LowImportance
	name.Wrapping = fyne.TextWrapWord
	return name
}

func factValue(f fact) fyne.CanvasObject {
	text := f.value
	if text == "" {
		text = none
	}
	if f.tone != kit.Plain {
		return kit.RemarkRow(f.tone, asIs(text))
	}
	value := widget.NewLabel(text)
	value.Wrapping = fyne.TextWrapWord
	return value
}
