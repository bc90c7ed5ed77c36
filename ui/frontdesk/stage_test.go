package frontdesk

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/app/house"
	"wardbook/app/notice"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/ui/kit"
	"wardbook/ui/kit/kittest"
	"wardbook/ui/theme"
)

// clinic is an open hospital in London without patients, and an application whose windows can be made.
func clinic(t testing.TB) *accesstest.Hospital {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, theme.NormalText))
	h := accesstest.New(t, slices.Concat(house.Tables(), notice.Tables(), patient.Tables())...)
	h.Update(founding(house.Found, house.House{Name: "Saint Elsewhere", Zone: "Europe/London", Region: "GB"}))
	return h
}

// founding makes a transaction of house.Found; windows don't know the type that a transaction has.
func founding[T any](found func(T, house.House) error, facts house.House) func(T) error {
	return func(tx T) error { return found(tx, facts) }
}

func born(text string) term.Birth {
	d, err := term.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return term.Birth{Date: d}
}

func someone(family, given, birth string) patient.Draft {
	return patient.Draft{Name: term.HumanName{Family: family, Given: strings.Fields(given)}, Birth: born(birth), Sex: term.Female}
}

// ann is a patient with something in every field of the form.
func ann() patient.Draft {
	return patient.Draft{
		Name: term.HumanName{Family: "Smith", Given: []string{"Ann", "Mary"}, Former: []string{"Jones", "Ann Brown"}}, Birth: born("1971-02-03"), Sex: term.Female,
		Phones: []patient.Phone{{Number: "020 7946 0958", Kind: patient.AtHome}, {Number: "07700 900123", Kind: patient.Mobile}, {Number: "020 7946 0001"}, {Number: "020 7946 0002"}},
		Email:  "ann@example.org", Address: term.Address{Lines: []string{"12 High Street", "Flat 3"}, Town: "Leeds", Postcode: "LS1 4AP", Country: "GB"},
		NationalIDs: []term.NationalID{{Type: term.NHSNumber, Number: "943 476 5919"}, {Type: term.Passport, Number: "L01X00T47", Issuer: "GB"}, {Type: term.Passport, Number: "X1234567", Issuer: "FR"}},
		Kin:         term.NextOfKin{Name: term.HumanName{Family: "Smith", Given: []string{"Bob"}}, Relation: term.Spouse, Phone: "07700 900456"},
		Blood:       3, Language: "pt-BR", Notes: "Hears badly on the left.", OldNumbers: []string{"KH-77"},
		Consent: patient.Consent{Data: patient.Yes, Mail: patient.No, Photo: patient.NotAsked},
	}
}

func register(t testing.TB, s *access.Session, d patient.Draft) patient.Row {
	t.Helper()
	row, err := patient.Register(t.Context(), s, uuid.New(), d)
	if err != nil {
		t.Fatal(err)
	}
	return row
}

func alter(t testing.TB, s *access.Session, row patient.Row, edit func(*patient.Draft)) patient.Row {
	t.Helper()
	d := row.Value.Draft
	edit(&d)
	row, err := patient.Change(t.Context(), s, uuid.New(), row.ID, row.Version, d)
	if err != nil {
		t.Fatal(err)
	}
	return row
}

func seal(t testing.TB, s *access.Session, row patient.Row) patient.Row {
	t.Helper()
	row, err := patient.SetConfidential(t.Context(), s, uuid.New(), row.ID, row.Version, true, "asked by the patient")
	if err != nil {
		t.Fatal(err)
	}
	return row
}

// all are all patients by name.
func all(t testing.TB, s *access.Session) []patient.Hit {
	t.Helper()
	l, err := patient.List(t.Context(), s, patient.Page{})
	if err != nil {
		t.Fatal(err)
	}
	return l.Hits
}

// stage is a window of the place, which is used by keyboard only.
type stage struct {
	t        *testing.T
	hospital *accesstest.Hospital
	session  *access.Session
	clock    kittest.Clock
	queue    *kittest.Queue
	window   fyne.Window
	desk     *Desk
	asyncs   []*kit.Async
	screen   kit.Screen
	route    kit.Route
	stops    []kit.Route
	saves    []any
	told     []string
}

var _ kit.Host = (*stage)(nil)

func onStage(t *testing.T, h *accesstest.Hospital, role access.Roles, r kit.Route) *stage {
	t.Helper()
	s := &stage{t: t, hospital: h, session: h.As(role), queue: kittest.NewQueue(t)}
	s.desk = &Desk{Session: s.session, Region: "GB", later: s.clock.Later}
	s.window = test.NewTempWindow(t, container.NewStack())
	s.window.Resize(fyne.NewSize(1100, 700))
	s.show(r, nil)
	s.settle()
	t.Cleanup(s.leave)
	return s
}

func (s *stage) leave() {
	if s.screen != nil {
		s.screen.Close()
	}
	for _, a := range s.asyncs {
		if !a.Close(10 * time.Second) {
			s.t.Error("work goes on after the screen has closed")
		}
	}
	s.asyncs = nil
}

func (s *stage) show(r kit.Route, saved any) {
	s.leave()
	s.route = r
	s.screen = s.desk.New(s, r, saved)
	s.window.SetContent(container.NewStack(s.screen.Content()))
	s.window.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { s.command(e.Name, 0) })
	if start := s.screen.Start(); start != nil {
		s.Focus(start)
	}
}

// command is what a key of the window does, and tells whether it did anything.
func (s *stage) command(key fyne.KeyName, modifier fyne.KeyModifier) bool {
	for _, c := range s.screen.Commands() {
		if c.Key == key && c.Modifier == modifier && c.Do != nil {
			c.Do()
			return true
		}
	}
	if key == fyne.KeyEscape {
		s.Back()
	}
	return false
}

// settle lets everything happen that was begun.
func (s *stage) settle() {
	s.t.Helper()
	s.queue.Until(func() bool {
		return s.queue.Waiting() == 0 && !slices.ContainsFunc(s.asyncs, (*kit.Async).Busy)
	})
}

// pause is a pause in typing, and what follows.
func (s *stage) pause() {
	s.clock.Advance(time.Second)
	s.settle()
}

func (s *stage) Async() *kit.Async {
	a := kit.NewAsync(s.t.Context(), s.queue.Do)
	s.asyncs = append(s.asyncs, a)
	return a
}

func (s *stage) Context() context.Context { return s.t.Context() }
func (s *stage) Go(r kit.Route) {
	s.stops, s.saves = append(s.stops, s.route), append(s.saves, s.screen.Save())
	s.show(r, nil)
}
func (s *stage) Replace(r kit.Route) { s.show(r, nil) }
func (s *stage) Back() {
	if last := len(s.stops) - 1; last >= 0 {
		r, saved := s.stops[last], s.saves[last]
		s.stops, s.saves = s.stops[:last], s.saves[:last]
		s.show(r, saved)
	}
}
func (s *stage) Changed()               {}
func (s *stage) Focus(f fyne.Focusable) { s.window.Canvas().Focus(f) }
func (s *stage) Tell(t kit.Toast)       { s.told = append(s.told, t.Sentence.Text()) }
func (s *stage) Ask(d *kit.Dialog)      { d.Open(s.window.Canvas(), func() {}) }
func (s *stage) Now() time.Time         { return s.hospital.Clock.Now() }
func (s *stage) Explain(err error) kit.Sentence {
	if words := said(err); !words.Empty() {
		return words
	}
	return kit.Say("test.fault", "Something went wrong.")
}

// press gives keys to whatever has the keyboard, as Fyne's driver does.
func (s *stage) press(keys ...fyne.KeyName) {
	s.t.Helper()
	for _, key := range keys {
		c := s.window.Canvas()
		switch focused := c.Focused(); {
		case key == fyne.KeyTab:
			c.FocusNext()
		case focused != nil:
			focused.TypedKey(&fyne.KeyEvent{Name: key})
		case c.OnTypedKey() != nil:
			c.OnTypedKey()(&fyne.KeyEvent{Name: key})
		}
		s.settle()
	}
}

// write types letters to whatever has the keyboard; a line break is Tab.
func (s *stage) write(text string) {
	s.t.Helper()
	for _, r := range text {
		if r == '\n' {
			s.press(fyne.KeyTab)
			continue
		}
		focused := s.window.Canvas().Focused()
		if focused == nil {
			s.t.Fatalf("nothing has the keyboard for %q", text)
		}
		focused.TypedRune(r)
	}
}

// over types over what stands in the line that has the keyboard.
func (s *stage) over(text string) {
	s.t.Helper()
	entry, ok := s.window.Canvas().Focused().(*kit.Entry)
	if !ok {
		s.t.Fatalf("the keyboard is on %T, not on something to type in", s.window.Canvas().Focused())
	}
	entry.MarkAll()
	s.write(text)
}

func (s *stage) ctrl(key fyne.KeyName) {
	s.t.Helper()
	if !s.command(key, ctrl) {
		s.t.Fatalf("Ctrl+%s does nothing here", key)
	}
	s.settle()
}

// tabTo presses Tab until the button of this name has the keyboard.
func (s *stage) tabTo(name string) {
	s.t.Helper()
	for range 60 {
		switch focused := s.window.Canvas().Focused().(type) {
		case *kit.Button:
			if focused.Text == name {
				return
			}
		case *kit.BusyButton:
			if focused.Text == name {
				return
			}
		}
		s.window.Canvas().FocusNext()
	}
	s.t.Fatalf("Tab never comes to %q", name)
}

// hear tells the screen of what was committed since, as the shell does.
func (s *stage) hear(since access.Seq) {
	s.t.Helper()
	ctx, stop := context.WithTimeout(s.t.Context(), 20*time.Second)
	defer stop()
	last := s.hospital.Door.Last()
	concerned := false
	for e, err := range s.session.Watch(ctx, since) {
		if err != nil {
			s.t.Fatal(err)
		}
		if c := s.screen.(interface{ Concerns(access.Entry) bool }); c.Concerns(e) {
			concerned = true
		}
		if e.Seq >= last {
			break
		}
	}
	if concerned {
		s.screen.Refresh()
		s.settle()
	}
}

// seen is all that can be read in the window; of a dialog only what is in it.
func (s *stage) seen() string {
	root := s.window.Content()
	if top := s.window.Canvas().Overlays().Top(); top != nil {
		root = top
	}
	var text strings.Builder
	read(root, &text)
	return text.String()
}

func read(object fyne.CanvasObject, text *strings.Builder) {
	if object == nil || !object.Visible() || object.Size().Height == 0 { // nobody has made room for it
		return
	}
	var inside []fyne.CanvasObject
	switch o := object.(type) {
	case *canvas.Text:
		text.WriteString(o.Text + "\n")
	case *widget.Label:
		text.WriteString(o.Text + "\n")
	case *widget.RichText:
		text.WriteString(o.String() + "\n")
	case *kit.Entry:
		text.WriteString(o.Text + "\n")
	case *fyne.Container:
		inside = o.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	for _, o := range inside {
		read(o, text)
	}
}

func (s *stage) wantSeen(texts ...string) {
	s.t.Helper()
	seen := s.seen()
	for _, text := range texts {
		if !strings.Contains(seen, text) {
			s.t.Errorf("%q is not to be seen in:\n%s", text, strings.ReplaceAll(seen, "\n", " | "))
		}
	}
}

func (s *stage) wantUnseen(texts ...string) {
	s.t.Helper()
	seen := s.seen()
	for _, text := range texts {
		if strings.Contains(seen, text) {
			s.t.Errorf("%q is to be seen in:\n%s", text, strings.ReplaceAll(seen, "\n", " | "))
		}
	}
}

// on is the name of the field that has the keyboard.
func (s *stage) on() string {
	form := s.screen.(*formScreen)
	focused := s.window.Canvas().Focused()
	for _, f := range form.fields.all() {
		if f.Focusable() == focused {
			return f.Name()
		}
	}
	return ""
}

// all are the fields, for tests.
func (f *fields) all() []kit.Field {
	all := []kit.Field{f.family, f.given, f.former, f.birth, f.sex, f.email, f.lines, f.town, f.postcode, f.country, f.kinFamily, f.kinGiven, f.kinRelation,
		f.kinPhone, f.blood, f.language, f.notes, f.consent[0], f.consent[1], f.consent[2]}
	for _, p := range f.phones {
		all = append(all, p.number, p.kind)
	}
	for _, p := range f.papers {
		all = append(all, p.kind, p.number, p.issuer)
	}
	return all
}
