package rooms

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
	"wardbook/app/ward"
	"wardbook/ui/kit"
	"wardbook/ui/kit/kittest"
	"wardbook/ui/theme"
)

// clinic is an open hospital in London with a ward of two rooms, and an application whose windows can be made.
type clinic struct {
	*accesstest.Hospital
	t     testing.TB
	desk  *access.Session
	admin *access.Session
	count int
}

func newClinic(t testing.TB, plans ...ward.Plan) *clinic {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, theme.NormalText))
	h := accesstest.New(t, slices.Concat(house.Tables(), notice.Tables(), patient.Tables(), ward.Tables())...)
	h.Update(founding(house.Found, house.House{Name: "Saint Elsewhere", Zone: "Europe/London", Region: "GB"}))
	c := &clinic{Hospital: h, t: t, desk: h.As(access.FrontDesk), admin: h.As(access.Administrator)}
	h.As(access.Doctor) // works here
	for _, p := range plans {
		c.add(p)
	}
	return c
}

// founding makes a transaction of house.Found; windows don't know the type that a transaction has.
func founding[T any](found func(T, house.House) error, facts house.House) func(T) error {
	return func(tx T) error { return found(tx, facts) }
}

// small is a ward with a women's room of two beds and a mixed room of one.
func small(name string) ward.Plan {
	return ward.Plan{Ward: ward.Ward{Name: name}, Rooms: []ward.RoomPlan{{Room: ward.Room{Name: "1", Sex: ward.Women}, Beds: 2}, {Room: ward.Room{Name: "2"}, Beds: 1}}}
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (c *clinic) add(p ward.Plan) ward.WardRow {
	c.t.Helper()
	return must[ward.WardRow](c.t)(ward.AddWard(c.t.Context(), c.admin, uuid.New(), p))
}

// beds are all beds in the order of the board.
func (c *clinic) beds() (all []ward.BedTile) {
	c.t.Helper()
	for _, w := range must[ward.Board](c.t)(ward.Read(c.t.Context(), c.desk)).Wards {
		for _, r := range w.Rooms {
			all = append(all, r.Beds...)
		}
	}
	return all
}

func (c *clinic) patient(family, given string, sex term.Sex) patient.Row {
	c.t.Helper()
	c.count++
	d := patient.Draft{Name: term.HumanName{Family: family, Given: []string{given}}, Sex: sex, Birth: term.Birth{Date: term.Date{Year: 1950, Month: 5, Day: 1}.AddDays(c.count)}}
	return must[patient.Row](c.t)(patient.Register(c.t.Context(), c.desk, uuid.New(), d))
}

// admit admits to a bed of the board, by its number.
func (c *clinic) admit(who patient.Row, bed int) ward.StayRow {
	c.t.Helper()
	return must[ward.StayRow](c.t)(ward.Admit(c.t.Context(), c.desk, uuid.New(), ward.Request{Patient: who.ID, Kind: ward.Planned, Doctor: c.People[access.Doctor],
		Bed: c.beds()[bed].ID, Despite: "for this test"}))
}

func (c *clinic) seal(row patient.Row) {
	c.t.Helper()
	must[patient.Row](c.t)(patient.SetConfidential(c.t.Context(), c.desk, uuid.New(), row.ID, row.Version, true, "asked by the patient"))
}

func (c *clinic) stays(who patient.Row) []ward.StayRow {
	c.t.Helper()
	return must[[]ward.StayRow](c.t)(ward.History(c.t.Context(), c.desk, who.ID))
}

// stage is a window of the places, which is used by keyboard only.
type stage struct {
	t       testing.TB
	clinic  *clinic
	session *access.Session
	clock   kittest.Clock
	queue   *kittest.Queue
	window  fyne.Window
	desk    *Desk
	asyncs  []*kit.Async
	screen  kit.Screen
	route   kit.Route
	stops   []kit.Route
	saves   []any
	told    []kit.Toast
}

var _ kit.Host = (*stage)(nil)

func onStage(t testing.TB, c *clinic, role access.Roles, r kit.Route) *stage {
	t.Helper()
	s := &stage{t: t, clinic: c, session: c.As(role), queue: kittest.NewQueue(t)}
	s.desk = &Desk{Session: s.session, later: s.clock.Later, Patient: func(id string) kit.Route { return kit.Route{Place: "patients", Page: "page", ID: id} },
		Find: func(ctx context.Context, query string, limit int) ([]kit.Hit, int, error) {
			found, err := patient.Search(ctx, s.session, query, limit)
			hits := make([]kit.Hit, 0, len(found.Hits))
			for _, h := range found.Hits {
				hits = append(hits, kit.Hit{ID: h.ID.String(), Name: h.Name.Listed(), MRN: h.MRN.String()})
			}
			return hits, found.Total, err
		}}
	s.window = test.NewTempWindow(t, container.NewStack())
	s.window.Resize(fyne.NewSize(1180, 760))
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
	switch r.Place {
	case PlaceBeds:
		s.screen = NewBeds(s, s.desk, r, saved)
	case PlaceWards:
		s.screen = NewWards(s, s.desk, r, saved)
	default:
		return
	}
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
	s.queue.Until(func() bool { return s.queue.Waiting() == 0 && !slices.ContainsFunc(s.asyncs, (*kit.Async).Busy) })
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
func (s *stage) Tell(t kit.Toast)       { s.told = append(s.told, t) }
func (s *stage) Ask(d *kit.Dialog)      { d.Open(s.window.Canvas(), func() {}) }
func (s *stage) Now() time.Time         { return s.clinic.Clock.Now().In(london) }
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
			if key == fyne.KeySpace {
				focused.TypedRune(' ')
			}
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
	s.settle()
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

// choose presses a button by keyboard.
func (s *stage) choose(name string) {
	s.t.Helper()
	s.tabTo(name)
	s.press(fyne.KeyReturn)
}

// hear tells the screen of what was committed since, as the shell does.
func (s *stage) hear(since access.Seq) (concerned bool) {
	s.t.Helper()
	ctx, stop := context.WithTimeout(s.t.Context(), 20*time.Second)
	defer stop()
	last := s.clinic.Door.Last()
	for e, err := range s.session.Watch(ctx, since) {
		if err != nil {
			s.t.Fatal(err)
		}
		if s.screen.(interface{ Concerns(access.Entry) bool }).Concerns(e) {
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
	return concerned
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

// wantTold checks the last notice.
func (s *stage) wantTold(text string) kit.Toast {
	s.t.Helper()
	if len(s.told) == 0 {
		s.t.Fatalf("nothing was told, instead of %q; to be seen: %s", text, strings.ReplaceAll(s.seen(), "\n", " | "))
	}
	last := s.told[len(s.told)-1]
	if got := last.Sentence.Text(); got != text {
		s.t.Fatalf("told %q instead of %q", got, text)
	}
	return last
}
