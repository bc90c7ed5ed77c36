package appointments

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
	"wardbook/app/order"
	"wardbook/app/patient"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/ui/frontdesk"
	"wardbook/ui/kit"
	"wardbook/ui/kit/kittest"
	"wardbook/ui/theme"
)

// clinic is an open hospital in London without patients, and an application whose windows can be made.
func clinic(t testing.TB) *accesstest.Hospital {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, theme.NormalText))
	h := accesstest.New(t, slices.Concat(house.Tables(), notice.Tables(), patient.Tables(), schedule.Tables(), order.Tables())...)
	h.Update(founding(house.Found, house.House{Name: "Saint Elsewhere", Zone: "Europe/London", Region: "GB"}))
	return h
}

var london = func() *time.Location {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err)
	}
	return zone
}()

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

func register(t testing.TB, s *access.Session, d patient.Draft) patient.Row {
	t.Helper()
	row, err := patient.Register(t.Context(), s, uuid.New(), d)
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
	s.desk = &Desk{Session: s.session, later: s.clock.Later, Find: frontdesk.Find(s.session, s.Now), Patient: frontdesk.PatientRoute,
		Register: frontdesk.RegisterRoute}
	s.window = test.NewTempWindow(t, container.NewStack())
	s.window.Resize(fyne.NewSize(1100, 700))
	s.show(r, nil)
	s.settle()
	t.Cleanup(s.leave)
	return s
}

// places are the constructors of this package, as ui hands them out; whatever else a route leads to is a screen of the test.
var places = map[string]func(kit.Host, *Desk, kit.Route, any) kit.Screen{PlaceAppointments: NewAppointments, PlaceQueue: NewQueue, PlaceWaiting: NewWaiting,
	PlaceToSchedule: NewToSchedule, PlaceHours: NewHours}

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
	s.screen = places[r.Place](s, s.desk, r, saved)
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
func (s *stage) Now() time.Time {
	return s.hospital.Clock.Now().In(london)
}
func (s *stage) Explain(err error) kit.Sentence {
	if faults := term.Faults(err); len(faults) > 0 {
		return kit.Of(faults[0].Message)
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
