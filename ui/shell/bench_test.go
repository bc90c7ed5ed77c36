package shell

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/app/notice"
	"wardbook/ui/kit"
	"wardbook/ui/kit/kittest"
	"wardbook/ui/theme"
)

// page is a screen of a test: an entry to type in, and what happened to it.
type page struct {
	host      kit.Host
	route     kit.Route
	entry     *kit.Entry
	refreshed int
	closed    bool
	concerned func(access.Entry) bool
}

func (p *page) Title() kit.Sentence {
	return kit.Say("test.title", "Page {{.ID}}", "ID", p.route.Place+p.route.ID)
}
func (p *page) Content() fyne.CanvasObject   { return p.entry }
func (p *page) Start() fyne.Focusable        { return p.entry }
func (p *page) Unsaved() bool                { return p.entry.Text != "" && p.entry.Text != "kept" }
func (p *page) Save() any                    { return p.entry.Text }
func (p *page) Refresh()                     { p.refreshed++ }
func (p *page) Close()                       { p.closed = true }
func (p *page) Concerns(e access.Entry) bool { return p.concerned != nil && p.concerned(e) }
func (p *page) Commands() []kit.Command {
	return []kit.Command{{Name: kit.Say("test.new", "Make something new"), Key: fyne.KeyN, Modifier: fyne.KeyModifierShortcutDefault,
		Do: func() { p.host.Go(kit.Route{Place: p.route.Place, Page: "new", ID: "new"}) }}}
}

type stage struct {
	t      *testing.T
	h      *accesstest.Hospital
	bench  *Bench
	queue  *kittest.Queue
	window fyne.Window
	pages  []*page
	locks  int
	ended  kit.Sentence
}

func newStage(t *testing.T, role access.Roles) *stage {
	t.Helper()
	s := &stage{t: t, h: accesstest.New(t, notice.Tables()...), queue: kittest.NewQueue(t)}
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light, theme.NormalText))
	s.window = test.NewTempWindow(t, widget.NewLabel(""))
	s.window.Resize(fyne.NewSize(1000, 700))
	session := s.h.As(role)
	place := func(name string, action access.Action) Place {
		return Place{Name: name, Title: kit.Say("test.place", "Place {{.Name}}", "Name", name), Action: action,
			New: func(h kit.Host, r kit.Route, saved any) kit.Screen {
				p := &page{host: h, route: r, entry: kit.NewEntry()}
				if text, ok := saved.(string); ok {
					p.entry.SetText(text)
				}
				s.pages = append(s.pages, p)
				return p
			}}
	}
	none := func() []kit.Command { return nil }
	s.bench = NewBench(t.Context(), Options{App: app, Window: s.window, Dispatch: s.queue.Do, Session: session, Zone: time.UTC, Hospital: "Saint Elsewhere", Now: s.h.Clock.Now,
		Places:  []Place{place("patients", access.ActPatientSearch), place("people", access.ActUserList), place("policy", access.ActPolicyRead), Notices(session, nil)},
		Explain: func(err error) kit.Sentence { return kit.Say("test.error", "{{.Error}}", "Error", err.Error()) },
		Looks:   none, Commands: none, View: fyne.NewMenu("View"),
		Lock: func() { s.locks++ }, SignOut: func() {}, Quit: func() {}, NewPassword: func() {}, Ended: func(why kit.Sentence) { s.ended = why }})
	t.Cleanup(s.bench.Close)
	s.bench.Show()
	return s
}

// page is the one that is shown.
func (s *stage) page() *page { return s.pages[len(s.pages)-1] }

func (s *stage) key(key fyne.KeyName, modifier fyne.KeyModifier) {
	s.t.Helper()
	c := s.window.Canvas()
	if modifier == 0 {
		if f := c.Focused(); f != nil {
			f.TypedKey(&fyne.KeyEvent{Name: key})
		} else {
			c.OnTypedKey()(&fyne.KeyEvent{Name: key})
		}
		return
	}
	// Fyne's test canvas knows no shortcuts; that a focused entry hands them on is kit's, and that Fyne obeys is seen in the real window.
	s.bench.frame.keys.press(c, key, modifier)
}

func (s *stage) shows(text string) bool {
	return strings.Contains(texts(s.window.Content()), text)
}

// texts is all that can be read.
func texts(content fyne.CanvasObject) string {
	var all []string
	for _, object := range test.LaidOutObjects(content) {
		switch o := object.(type) {
		case *widget.Label:
			all = append(all, o.Text)
		case *kit.Button:
			all = append(all, o.Text)
		}
	}
	return strings.Join(all, "\n")
}

const ctrl = fyne.KeyModifierShortcutDefault

func TestTheRailShowsWhatThePolicyAllowsAndNothingElse(t *testing.T) {
	for role, want := range map[access.Roles]string{access.FrontDesk: "patients policy", access.Doctor: "patients policy", access.Administrator: "people policy"} {
		s := newStage(t, role)
		var got []string
		for _, p := range s.bench.frame.places {
			got = append(got, p.Name)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s sees %v, want %s", role.Code(), got, want)
		}
		s.bench.main.Go(kit.Route{Place: "people"})
		if there := s.page().route.Place == "people"; there != (role == access.Administrator) {
			t.Errorf("%s came to people: %t", role.Code(), there)
		}
	}
}

func TestKeysLeadFromPlaceToPlaceAndBackToTheSameView(t *testing.T) {
	s := newStage(t, access.FrontDesk)
	s.page().entry.SetText("kept")
	s.key(fyne.Key2, ctrl)
	if s.page().route.Place != "policy" || !s.pages[0].closed {
		t.Fatalf("at %+v", s.page().route)
	}
	s.key(fyne.KeyLeft, fyne.KeyModifierAlt)
	if s.page().route.Place != "patients" || s.page().entry.Text != "kept" {
		t.Errorf("back at %+v with %q", s.page().route, s.page().entry.Text)
	}
	s.key(fyne.KeyRight, fyne.KeyModifierAlt)
	if s.page().route.Place != "policy" {
		t.Errorf("forward at %+v", s.page().route)
	}
	s.key(fyne.KeyN, ctrl) // the screen's own
	if s.page().route.Page != "new" || !s.shows("Page policynew") {
		t.Errorf("at %+v", s.page().route)
	}
	s.key(fyne.KeyEscape, 0)
	if s.page().route.Page != "" {
		t.Errorf("Esc led to %+v", s.page().route)
	}
	s.key(fyne.KeyF5, 0)
	if s.page().refreshed == 0 {
		t.Error("F5 reads nothing anew")
	}
}

func TestNothingTypedIsLostWithoutAsking(t *testing.T) {
	s := newStage(t, access.FrontDesk)
	s.page().entry.SetText("half a name")
	s.key(fyne.Key2, ctrl)
	if s.page().route.Place != "patients" || s.window.Canvas().Overlays().Top() == nil {
		t.Fatal("left without asking")
	}
	s.key(fyne.Key2, ctrl) // the window's keys rest under a dialog
	if len(s.window.Canvas().Overlays().List()) != 1 {
		t.Error("a key went through the dialog")
	}
	s.key(fyne.KeyEscape, 0)
	if s.page().entry.Text != "half a name" || !s.bench.Unsaved() {
		t.Error("lost by staying")
	}
}

func TestALockedDeskShowsNothingAndComesBackAsItWas(t *testing.T) {
	s := newStage(t, access.FrontDesk)
	s.page().entry.SetText("half a name")
	s.key(fyne.KeyL, ctrl)
	if s.locks != 1 {
		t.Fatal("Ctrl+L does not lock")
	}
	s.bench.Hide()
	s.window.SetContent(widget.NewLabel("locked"))
	s.key(fyne.Key2, ctrl)
	if len(s.pages) != 1 {
		t.Error("a key reached a place behind the lock")
	}
	s.bench.Show()
	if s.window.Canvas().Focused() != fyne.Focusable(s.page().entry) {
		t.Errorf("the keyboard is on %T, not where it was", s.window.Canvas().Focused())
	}
	if s.page().entry.Text != "half a name" || len(s.pages) != 1 || s.page().refreshed == 0 {
		t.Errorf("%d pages, %q, refreshed %d times", len(s.pages), s.page().entry.Text, s.page().refreshed)
	}
}

func TestAScreenHearsOfWhatConcernsIt(t *testing.T) {
	s := newStage(t, access.Administrator)
	s.page().concerned = func(e access.Entry) bool { return e.Cause.Action == string(access.ActUserChange) }
	admin := s.h.As(access.Everybody)
	row, err := access.ReadUser(t.Context(), admin, s.h.People[access.Doctor])
	if err != nil {
		t.Fatal(err)
	}
	before := s.page().refreshed
	if err := access.ChangeUser(t.Context(), admin, uuid.New(), row.ID, row.Version, row.Value); err != nil {
		t.Fatal(err)
	}
	s.queue.Until(func() bool { return s.page().refreshed > before })
}

func TestTheBellCountsAndLeadsToTheNotices(t *testing.T) {
	s := newStage(t, access.Administrator)
	s.queue.Until(func() bool { return s.shows("No notices") })
	post(s.h, notice.Notice{Kind: notice.KindRecovery, Role: access.Administrator, Args: map[string]string{"name": "Ann"}})
	s.queue.Until(func() bool { return s.shows("Notices: 1") })
	s.key(fyne.KeyJ, ctrl)
	screen, ok := s.bench.main.screen.(*noticesScreen)
	if !ok {
		t.Fatalf("the bell leads to %T", s.bench.main.screen)
	}
	s.queue.Until(func() bool { _, ok := screen.table.Selected(); return ok || screen.table.Select(firstKey(screen)) })
	screen.acknowledge()
	s.queue.Until(func() bool { return s.shows("No notices") })
}

func firstKey(n *noticesScreen) string {
	rows, err := notice.Waiting(n.host.Context(), n.session)
	if err != nil || len(rows) == 0 {
		return ""
	}
	return rows[0].ID.String()
}

func TestAnAccountThatEndsLeadsOut(t *testing.T) {
	s := newStage(t, access.FrontDesk)
	s.bench.Session().SignOut(t.Context())
	_, err := access.Staff(t.Context(), s.bench.Session())
	s.bench.main.Explain(err)
	s.queue.Until(func() bool { return !s.ended.Empty() })
}

func TestThePaletteOffersPageAndPlaces(t *testing.T) {
	s := newStage(t, access.FrontDesk)
	s.key(fyne.KeyK, ctrl)
	top := s.window.Canvas().Overlays().Top()
	if top == nil {
		t.Fatal("Ctrl+K opens nothing")
	}
	for _, r := range "poli" {
		s.window.Canvas().Focused().TypedRune(r)
	}
	s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if s.page().route.Place != "policy" {
		t.Errorf("led to %+v", s.page().route)
	}
}

func TestEveryKeyIsTakenOnce(t *testing.T) {
	s := newStage(t, access.Everybody)
	taken := map[string]string{}
	for _, c := range s.bench.frame.keys.commands() {
		key := c.Keys()
		if key == "" {
			continue
		}
		if other, twice := taken[key]; twice && other != c.Name.Text() {
			t.Errorf("%s is %q and %q", key, other, c.Name.Text())
		}
		taken[key] = c.Name.Text()
	}
	for _, key := range []string{"Ctrl+F", "Ctrl+K", "Ctrl+L", "Alt+Left", "Alt+Right", "F1", "F5", "F6", "Esc", "Ctrl+1"} {
		if s.bench.o.Find == nil && key == "Ctrl+F" {
			continue
		}
		if taken[key] == "" {
			t.Errorf("%s does nothing; taken: %v", key, taken)
		}
	}
}

func post(h *accesstest.Hospital, n notice.Notice) {
	h.Update(func(tx notice.Tx) error { return notice.Post(tx, n) })
}

// TestAKeyWithoutANameDoesNothing: Fyne calls Num Lock and its like by no name, and so are commands that have no key.
func TestAKeyWithoutANameDoesNothing(t *testing.T) {
	s := newStage(t, access.FrontDesk)
	changed := false
	s.bench.o.NewPassword = func() { changed = true }
	s.key("", 0)
	s.key("", ctrl)
	if changed {
		t.Error("Num Lock changes the password")
	}
}

func TestAfterSavingBackLeadsToWhereOneCameFrom(t *testing.T) {
	s := newStage(t, access.FrontDesk)
	one := kit.Route{Place: "patients", Page: "page", ID: "1"}
	s.bench.Go(one)
	s.bench.Go(kit.Route{Place: "patients", Page: "edit", ID: "1"})
	s.bench.main.Replace(one)
	s.key(fyne.KeyLeft, fyne.KeyModifierAlt)
	if s.page().route != (kit.Route{Place: "patients"}) {
		t.Errorf("back led to %+v", s.page().route)
	}
}

// TestAWindowOfItsOwnCanBeLocked: whoever stands at the second screen must not have to click the first.
func TestAWindowOfItsOwnCanBeLocked(t *testing.T) {
	s := newStage(t, access.FrontDesk)
	s.page().entry.SetText("kept")
	s.bench.main.ownWindow()
	w := s.bench.others[0]
	if s.page().entry.Text != "kept" {
		t.Errorf("the filter is %q in the new window", s.page().entry.Text)
	}
	keys{pane: w.pane, bench: s.bench, extra: w.commands}.press(w.window.Canvas(), fyne.KeyL, ctrl)
	if s.locks != 1 {
		t.Error("Ctrl+L does not lock from there")
	}
	s.bench.Hide()
	if got := texts(w.window.Content()); !strings.Contains(got, "This desk is locked.") || strings.Contains(got, "Page") {
		t.Errorf("while locked it shows %q", got)
	}
}
