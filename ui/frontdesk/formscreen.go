package frontdesk

import (
	"context"
	"image"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// alikePause is how long nothing must have been typed before it is looked who may be registered already.
const alikePause = 300 * time.Millisecond

// formScreen is the form of a new patient, or of one who is changed.
type formScreen struct {
	host    kit.Host
	desk    *Desk
	draft   *draftForm
	loading *kit.Async
	looking *kit.Async // who may be the same
	saving  *kit.Async
	later   kit.Later
	stop    func()

	fields *fields
	form   *kit.Form
	photo  *photoField
	banner *kit.PatientBanner
	panel  *alikePanel
	save   *kit.BusyButton
	note   remarks
	body   *fyne.Container
	news   *patient.Row // what somebody else has just saved
	holder *patient.Hit // who has the number of the paper that was entered
	closed bool
	shut   bool   // the patient has become confidential since
	next   func() // what Save does the next time, after a choice
}

func newFormScreen(h kit.Host, d *Desk, id patient.ID, query string) *formScreen {
	s := &formScreen{host: h, desk: d, draft: newDraftForm(d.Session, id), loading: h.Async(), looking: h.Async(), saving: h.Async(), body: container.NewStack()}
	s.note = newRemarks(s.body)
	s.later = d.after(h)
	if s.draft.registering() {
		s.build(patient.Draft{})
		family, given := namesIn(query)
		s.fields.family.SetText(family)
		s.fields.given.SetText(given)
		return s
	}
	s.load()
	return s
}

// load reads the patient and builds the form.
func (s *formScreen) load() {
	s.body.Objects = []fyne.CanvasObject{kit.Loading(kit.Say("patients.form.reading", "Reading the patient")).Object()}
	s.body.Refresh()
	kit.Start(s.loading, func(ctx context.Context, _ func(func())) (patient.Row, error) { return s.draft.load(ctx) },
		func(row patient.Row, err error) {
			switch {
			case confidential(err): // the page asks for the reason
				s.host.Replace(PatientRoute(s.draft.id.String()))
			case err != nil:
				s.body.Objects = []fyne.CanvasObject{kit.Failed(s.host.Explain(err), s.load).Object()}
				s.body.Refresh()
			default:
				s.begin(row)
				s.host.Focus(s.Start())
			}
		})
}

// begin shows a patient as read.
func (s *formScreen) begin(row patient.Row) {
	s.draft.base = row
	s.build(row.Value.Draft)
	s.fields.show(enteredOf(row.Value.Draft, s.desk.Region))
	s.readPhoto(row)
	if row.Value.Unknown {
		s.fields.family.SetPlaceHolder(asIs(row.Value.Name.Family))
		s.fields.given.SetPlaceHolder(asIs(strings.Join(row.Value.Name.Given, " ")))
	}
	s.host.Changed()
}

func (s *formScreen) build(known patient.Draft) {
	s.fields = newFields(s.desk, today(s.host), known)
	s.form = s.fields.form()
	s.form.OnSubmit = s.enter
	s.form.OnChange = s.edited
	for i, p := range s.fields.papers { // a scanner ends a number with Enter: that is no wish to save
		number := p.number.Entry()
		number.OnSubmit = func() { s.host.Focus(s.fields.papers[i].issuer.Focusable()) }
	}
	s.photo = newPhotoField(s.host, s.desk.PickFile)
	s.form.Section(kit.Say("patients.photo", "Photo"), s.photo)
	s.panel = newAlikePanel(s.openOther)
	s.panel.quiet()
	s.panel.visible(s.draft.registering())
	label, busy := kit.Say("patients.save", "Save"), kit.Say("patients.saving", "Saving")
	if s.draft.registering() {
		label, busy = kit.Say("patients.save.new", "Register"), kit.Say("patients.saving.new", "Registering")
	}
	s.save = kit.NewBusyButton(label, busy, s.start)
	leave := kit.NewButton(kit.Say("patients.leave", "Leave").Text(), nil, s.host.Back)
	buttons := container.NewPadded(container.NewHBox(s.save, leave))
	content := kit.Bordered(s.note.box, buttons, nil, nil, container.New(beside{}, container.NewPadded(s.form.Scrolled()), s.panel.scroll))
	if !s.draft.registering() {
		s.banner = kit.NewPatientBanner(s.bannerNow(nil))
		content = kit.UnderBanner(s.banner, content)
	}
	s.body.Objects = []fyne.CanvasObject{content}
	s.body.Refresh()
}

// bannerNow says whom the form changes, as that patient is in the book: not as it is being typed.
func (s *formScreen) bannerNow(photo image.Image) kit.Banner {
	return bannerOf(s.draft.base.Value, today(s.host), photo, false)
}

// readPhoto shows the photo that is there.
func (s *formScreen) readPhoto(row patient.Row) {
	if row.Value.Photo == 0 {
		return
	}
	readPhoto(s.loading, s.desk.Session, row.ID, func(photo image.Image) {
		s.photo.show(photo)
		s.banner.SetBanner(s.bannerNow(photo))
		s.body.Refresh() // the banner may be higher than before
	})
}

// Title says what the form does; the banner says to whom.
func (s *formScreen) Title() kit.Sentence {
	switch {
	case s.draft.registering():
		return kit.Say("patients.new.title", "Register a patient")
	case s.draft.base.Value.Unknown:
		return kit.Say("patients.identify.title", "Identify the patient")
	}
	return kit.Say("patients.edit.title", "Change the patient")
}

// Content is the form over its buttons.
func (s *formScreen) Content() fyne.CanvasObject { return s.body }

// Start is the first name.
func (s *formScreen) Start() fyne.Focusable {
	if s.form == nil {
		return nil
	}
	return s.form.Start()
}

// Commands are what can be done with the form.
func (s *formScreen) Commands() []kit.Command {
	if s.form == nil {
		return nil
	}
	all := []kit.Command{{Name: s.saveName(), Key: fyne.KeyS, Modifier: ctrl, Do: s.save.Press}}
	if s.panel.first != nil {
		all = append(all, kit.Command{Name: kit.Say("patients.alike.look", "Go to the patient who may be the same"), Key: fyne.KeyF6, Do: func() { s.host.Focus(s.panel.first) }})
	}
	// The form does this by itself; here it is for the page of keys.
	return append(all, kit.Command{Name: kit.Say("patients.enter", "Save, in any line but a paper's number or a file"), Key: fyne.KeyReturn, Hidden: true})
}

func (s *formScreen) saveName() kit.Sentence {
	if s.draft.registering() {
		return kit.Say("patients.save.new.command", "Register this patient")
	}
	return kit.Say("patients.save.command", "Save the changes")
}

// Unsaved tells whether leaving would lose something.
func (s *formScreen) Unsaved() bool { return s.form != nil && !s.closed && s.dirty() }

func (s *formScreen) dirty() bool { return s.form.Dirty() }

// Save keeps nothing: what was typed and not saved is asked about before it is left.
func (s *formScreen) Save() any { return nil }

// Close drops what waits.
func (s *formScreen) Close() { s.forget() }

func (s *formScreen) forget() {
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
}

// Concerns takes in what somebody else saved of this patient. It is asked of every entry.
func (s *formScreen) Concerns(e access.Entry) bool {
	if s.draft.registering() || s.form == nil || s.save.Busy() {
		return false
	}
	row, changed := patient.Updated(e, s.draft.id)
	switch {
	case !changed:
		return false
	case patient.StillOpen(s.desk.Session, row) != nil: // what was typed stays, and saving asks for the reason
		s.news, s.shut = nil, true
		return true
	case row.Version > s.draft.base.Version && (s.news == nil || row.Version > s.news.Version):
		s.news = &row
		return true
	}
	return false
}

// Refresh shows what somebody else saved where nothing has been typed; what was typed stays as it is.
func (s *formScreen) Refresh() {
	switch {
	case s.draft.registering() || s.loading.Busy() || s.closed:
	case s.form == nil:
		s.load()
	case s.save.Busy():
	case s.shut && !s.dirty():
		s.closed = true
		s.host.Replace(PatientRoute(s.draft.id.String()))
	case s.news == nil && !s.shut:
	case !s.dirty():
		s.begin(*s.news)
		s.news = nil
		s.host.Focus(s.Start())
	default:
		s.note.say(kit.Remark{Tone: kit.Attention, Sentence: kit.Say("patients.meanwhile",
			"Somebody else changed this patient in the meantime. What you typed is kept; when you save, you see what both of you changed.")})
	}
}

// edited looks who may be the same, once nothing more is typed.
func (s *formScreen) edited() {
	s.forget()
	if s.holder != nil {
		s.holder = nil
		s.panel.visible(s.draft.registering())
		s.panel.quiet()
		s.host.Changed()
		s.body.Refresh()
	}
	if !s.draft.registering() {
		return
	}
	s.stop = s.later(alikePause, func() {
		s.stop = nil
		s.lookAlike()
	})
}

func (s *formScreen) lookAlike() {
	draft := s.fields.entered().draft(patient.Draft{}).Draft
	kit.Start(s.looking, func(ctx context.Context, _ func(func())) ([]patient.Likeness, error) {
		return patient.Alike(ctx, s.desk.Session, draft, alikeMost)
	}, func(all []patient.Likeness, err error) {
		if err == nil && !s.closed { // a hint that can't be had stands in nobody's way; saving looks again
			s.showAlike(all)
		}
	})
}

// showAlike shows who may be the same. From now on they have been seen.
func (s *formScreen) showAlike(all []patient.Likeness) {
	for _, a := range all {
		s.draft.shown[a.ID] = true
	}
	s.panel.show(all, today(s.host))
	s.host.Changed()
}

func (s *formScreen) openOther(id patient.ID) { s.host.Go(PatientRoute(id.String())) }

// enter is Enter in a line.
func (s *formScreen) enter() { s.save.Press() }

// start is Save: it looks at the fields, then saves.
func (s *formScreen) start() {
	if next := s.next; next != nil {
		s.next = nil
		next()
		return
	}
	if !s.form.Check() {
		s.save.Done()
		return
	}
	if !s.draft.registering() && !s.dirty() {
		s.save.Done()
		s.leave(s.draft.base, kit.Toast{Tone: kit.Plain, Sentence: kit.Say("patients.unchanged", "Nothing was changed")})
		return
	}
	w := s.fields.entered().draft(s.draft.base.Value.Draft)
	s.run(w, s.draft.saving(w, s.desk.Region, s.photo.wish))
}

func (s *formScreen) run(w written, try saving) {
	s.forget()
	s.looking.Cancel()
	s.form.Enable(false)
	kit.Start(s.saving, func(ctx context.Context, _ func(func())) (outcome, error) { return try.do(ctx) },
		func(o outcome, err error) {
			s.form.Enable(true)
			s.save.Done()
			switch {
			case err != nil:
				s.refused(w, err)
			case o.clash != nil:
				s.choose(w, try, o.clash)
			case !o.saved:
				s.pause(o.alike)
			default:
				s.done(o)
			}
		})
}

// pause stops once before somebody is registered who may be there already and whom nobody has seen yet.
func (s *formScreen) pause(alike []patient.Likeness) {
	s.showAlike(alike)
	s.note.say(kit.Remark{Tone: kit.Attention, Sentence: kit.Say("patients.alike.pause",
		"This patient may be registered already: see who is shown. Nothing was saved yet. Save again to register somebody else.")})
	if s.panel.first != nil {
		s.host.Focus(s.panel.first)
	}
}

// refused shows an error on the fields that it is about.
func (s *formScreen) refused(w written, err error) {
	if shutOut(err) {
		s.shutOut(err)
		return
	}
	if h, ok := holder(err); ok {
		s.holder = &h.Hit
		s.panel.scroll.Show()
		s.panel.taken(h.Hit, today(s.host))
		s.body.Refresh()
		s.host.Changed()
	}
	if gone(err) || confidential(err) {
		s.note.say(kit.Remark{Tone: kit.Critical, Sentence: s.host.Explain(err)})
		return
	}
	explained, placed := s.host.Explain(err), false
	for _, fault := range term.Faults(err) {
		if fault.Field != "" {
			s.form.Errors([]string{w.field(fault.Field)}, kit.Of(fault.Message))
			placed = true
		}
	}
	if !placed {
		s.form.Errors(nil, explained)
	}
}

// shutOut takes what the book says off the screen where this person may not see it any more. A new patient is only what was typed, which stays.
func (s *formScreen) shutOut(err error) {
	s.panel.quiet()
	if s.draft.registering() {
		s.form.Errors(nil, s.host.Explain(err))
		return
	}
	s.forget()
	s.loading.Cancel()
	s.closed, s.form = true, nil
	s.body.Objects = []fyne.CanvasObject{kit.Failed(s.host.Explain(err), nil).Object()}
	s.body.Refresh()
	s.host.Changed()
}

// done says what was saved, and shows it.
func (s *formScreen) done(o outcome) {
	toast := kit.Toast{Tone: kit.Good, Sentence: kit.Say("patients.saved", "Saved {{.Name}}", "Name", o.row.Value.Name.Full())}
	if s.draft.registering() {
		toast = registered(o.row)
	} else if o.merged != nil {
		toast = mergedToast(o)
	}
	if o.photo != nil {
		toast = kit.Toast{Tone: kit.Attention, Sentence: kit.Say("patients.saved.nophoto", "{{.Done}}. The photo was not kept: {{.Why}}", "Done", toast.Sentence, "Why", s.host.Explain(o.photo))}
	}
	s.leave(o.row, toast)
}

func (s *formScreen) leave(row patient.Row, toast kit.Toast) {
	s.closed = true
	s.host.Replace(PatientRoute(row.ID.String()))
	s.host.Tell(toast)
}
