package rooms

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/ward"
	"wardbook/ui/kit"
)

// admitScreen is the form of an admission: first who, then how, and beside it the beds that suit.
type admitScreen struct {
	host    kit.Host
	desk    *Desk
	reading *kit.Async
	looking *kit.Async // which beds suit
	saving  *kit.Async
	admit   *admission

	who    *patientField
	kind   *kit.ChoiceField[ward.Kind]
	fields *stayFields
	on     *kit.ChoiceField[ward.WardID]
	form   *kit.Form
	beds   *kit.DataTable[ward.Suggestion]
	save   *kit.BusyButton
	note   remarks
	body   *fyne.Container
	glass  *glass
	in     *kit.State // says that the patient is in already
	filled bool       // beds have been shown
	picked bool       // the person has chosen one of them
	filing bool       // the rows are being replaced
	closed bool
}

func newAdmitScreen(h kit.Host, d *Desk, who patient.ID, bed ward.BedID) *admitScreen {
	s := &admitScreen{host: h, desk: d, reading: h.Async(), looking: h.Async(), saving: h.Async(), body: container.NewStack(),
		admit: &admission{session: d.Session, who: who, bed: bed}}
	s.note = newRemarks(s.body)
	if who.IsZero() {
		s.askWho()
		return s
	}
	s.read()
	return s
}

func (s *admitScreen) put(content fyne.CanvasObject) {
	s.body.Objects = []fyne.CanvasObject{content}
	s.body.Refresh()
}

// askWho begins with the search for the patient.
func (s *admitScreen) askWho() {
	if s.desk.Find == nil {
		s.put(kit.Empty(kit.Say("rooms.admit.who", "Whom to admit?"), kit.Say("rooms.admit.find", "Find the patient first, and admit from the patient's page."), kit.Sentence{}, nil).Object())
		return
	}
	s.who = newPatientField(s.host, s.desk, ward.FieldPatient)
	s.who.chosen = func(hit kit.Hit) {
		s.admit.who = parsePatient(hit.ID)
		s.read()
	}
	form := kit.NewForm(1).Section(kit.Say("rooms.admit.who", "Whom to admit?"), s.who)
	s.put(container.New(kit.Column{Width: 640, Margin: 16}, form.Object()))
}

// read opens the patient and reads what there is to choose from.
func (s *admitScreen) read() {
	s.glass = nil
	s.put(kit.Loading(kit.Say("rooms.admit.reading", "Reading the patient and the beds")).Object())
	kit.Start(s.reading, func(ctx context.Context, _ func(func())) (admitRead, error) { return s.admit.open(ctx) }, func(r admitRead, err error) {
		switch {
		case confidential(err):
			s.glass = newGlass(s.host, s.desk.Session, s.admit.who, s.read)
			s.put(s.glass.object())
		case err != nil:
			s.put(kit.Failed(s.host.Explain(err), s.read).Object())
		case r.in != nil:
			s.isIn(*r.in)
		default:
			s.build(r)
		}
		s.host.Changed()
		s.host.Focus(s.Start())
	})
}

// isIn shows that there is nothing to do, and leads to the stay.
func (s *admitScreen) isIn(row ward.StayRow) {
	s.in = kit.Empty(kit.Say("rooms.already", "This patient is in already"), kit.Of(row.Value.Last().Place.Text()),
		kit.Say("rooms.already.open", "Open the stay"), func() { s.host.Replace(StayRoute(row.Value.Patient, row.ID)) })
	s.put(s.in.Object())
}

func (s *admitScreen) build(r admitRead) {
	s.admit.row = &r.row
	s.kind = kindField()
	s.fields = newStayFields(s.desk, r.doctors, today(s.host), today(s.host))
	s.on = kit.NewChoiceField(kit.FieldSpec{Name: "ward", Label: kit.Say("rooms.on", "Ward asked for")}, wardsOf(r.beds))
	s.form = kit.NewForm(2).Section(kit.Sentence{}, s.kind, s.fields.doctor, s.fields.reason, s.fields.expected).
		Section(kit.Say("rooms.admit.bed", "What bed"), s.fields.needs, s.fields.kind, s.on)
	for _, f := range []*kit.FieldFrame{s.fields.needs.FieldFrame, s.fields.kind.FieldFrame, s.on.FieldFrame} {
		f.OnChange = func() { s.look(nil) }
	}
	s.save = s.form.SaveButton(kit.Say("rooms.admit.do", "Admit {{.Name}}", "Name", short(r.row.Value.Name.Full())), kit.Say("rooms.admit.doing", "Admitting"), func() { s.start("") })
	s.beds = kit.NewDataTable(func(b ward.Suggestion) string { return b.Bed.String() }, s.desk.widths("admit beds"),
		kit.TableColumn[ward.Suggestion]{ID: "bed", Title: kit.Say("rooms.beds", "Best beds first"), Width: 132, Cell: func(b ward.Suggestion) kit.Cell { return kit.Cell{Text: spotText(b.Place), Bold: true} }},
		kit.TableColumn[ward.Suggestion]{ID: "ward", Title: kit.Say("rooms.ward", "Ward"), Width: 120, Cell: func(b ward.Suggestion) kit.Cell { return kit.Cell{Text: b.Place.Ward} }},
		kit.TableColumn[ward.Suggestion]{ID: "why", Title: kit.Say("rooms.suits", "Why"), Width: 160, Main: true, Cell: suitability})
	s.beds.OnOpen = func(ward.Suggestion) { s.save.Press() }
	s.beds.OnSelect = func(_ ward.Suggestion, ok bool) { s.picked = s.picked || ok && !s.filing }
	buttons := container.NewPadded(container.New(&kit.Flow{}, s.save, kit.NewButton(kit.Say("rooms.leave", "Leave").Text(), nil, s.host.Back)))
	banner := kit.NewPatientBanner(bannerOf(r.row, today(s.host), "", r.alike))
	s.put(kit.UnderBanner(banner, kit.Bordered(s.note.box, buttons, nil, nil, container.New(beside{0.48}, container.NewPadded(s.form.Scrolled()), s.beds))))
	if len(r.doctors) == 0 {
		s.note.say(kit.Remark{Tone: kit.Attention, Sentence: kit.Say("rooms.admit.nodoctor", "No doctor works here yet. An administrator adds people; a stay needs its treating doctor.")})
	}
	s.fill(r.beds)
}

// fill shows the beds to choose from. One that the person has chosen stays chosen while it can be had; otherwise it is the best.
func (s *admitScreen) fill(beds []ward.Suggestion) {
	before, chosen := s.beds.Selected()
	s.filing = true
	s.beds.SetState(nil)
	s.beds.SetRows(beds, len(beds))
	gone := s.filled && chosen && s.picked && !s.beds.Select(before.Bed.String())
	if gone || !s.picked || !chosen {
		s.picked = false
		if len(beds) > 0 {
			s.beds.Select(beds[0].Bed.String())
		}
	}
	s.filing, s.filled = false, true
	switch {
	case len(beds) == 0:
		s.beds.SetState(kit.Empty(kit.Say("rooms.full", "No bed can be had"), kit.Say("rooms.full.next", "Look at the board for beds to be cleaned, or patients who are to leave."),
			kit.Say("rooms.full.board", "Go to the board"), func() { s.host.Go(BoardRoute()) }).Object())
	case gone:
		s.note.say(kit.Remark{Tone: kit.Attention, Sentence: kit.Say("rooms.admit.gone", "The bed that you chose can't be had any more. Now the best one is chosen: {{.Place}}.", "Place", kit.Of(beds[0].Place.Text()))})
	}
}

// look judges the beds anew; then is called once they are shown.
func (s *admitScreen) look(then func()) {
	needs := s.needs()
	kit.Start(s.looking, func(ctx context.Context, _ func(func())) ([]ward.Suggestion, error) { return s.admit.look(ctx, needs) }, func(beds []ward.Suggestion, err error) {
		if err != nil {
			s.note.say(kit.Remark{Tone: kit.Critical, Sentence: s.host.Explain(err)})
			return
		}
		s.fill(beds)
		if then != nil {
			then()
		}
	})
}

func (s *admitScreen) needs() ward.Needs {
	n := s.fields.read()
	n.Ward, _ = s.on.Value()
	return n
}

// request is what stands in the form, with the chosen bed.
func (s *admitScreen) request(bed ward.BedID, despite string) ward.Request {
	r := ward.Request{Patient: s.admit.who, Reason: s.fields.reason.Text(), Needs: s.needs(), Expected: s.fields.expected.Date(), Bed: bed, Despite: despite}
	r.Kind, _ = s.kind.Value()
	r.Doctor, _ = s.fields.doctor.Value()
	return r
}

// Title is what the form does; the banner says to whom.
func (s *admitScreen) Title() kit.Sentence { return kit.Say("rooms.admit.title", "Admit a patient") }

// Content is the form beside the beds.
func (s *admitScreen) Content() fyne.CanvasObject { return s.body }

// Start is where the next thing is to be entered.
func (s *admitScreen) Start() fyne.Focusable {
	switch {
	case s.glass != nil:
		return s.glass.why.Focusable()
	case s.form != nil:
		return s.form.Start()
	case s.in != nil:
		return s.in.Focusable()
	case s.who != nil && s.admit.who.IsZero():
		return s.who.Focusable()
	}
	return nil
}

// Commands are what can be done with the form.
func (s *admitScreen) Commands() []kit.Command {
	if s.form == nil {
		return nil
	}
	return []kit.Command{
		{Name: kit.Say("rooms.admit.save", "Admit this patient"), Key: fyne.KeyS, Modifier: ctrl, Do: s.save.Press},
		{Name: kit.Say("rooms.admit.beds", "Choose the bed"), Key: fyne.KeyF6, Do: func() { into(s.host, s.beds) }},
	}
}

// Unsaved tells whether leaving would lose something.
func (s *admitScreen) Unsaved() bool { return s.form != nil && !s.closed && s.form.Dirty() }

// Save keeps nothing: what was typed and not saved is asked about before it is left.
func (s *admitScreen) Save() any { return nil }

// Close has nothing to end: the host ends the helpers that it gave.
func (s *admitScreen) Close() {}

// Concerns tells whether beds, or who lies in them, have changed.
func (s *admitScreen) Concerns(e access.Entry) bool {
	return s.form != nil && !s.save.Busy() && ward.ChangedIn(e).Any()
}

// Refresh judges the beds anew; what was typed stays.
func (s *admitScreen) Refresh() {
	switch {
	case s.form != nil && !s.save.Busy():
		s.look(nil)
	case s.form == nil && s.glass == nil && s.in == nil && !s.admit.who.IsZero() && !s.reading.Busy():
		s.read()
	}
}
