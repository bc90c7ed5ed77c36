package door

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"wardbook/app/access"
	"wardbook/app/house"
	"wardbook/app/term"
	"wardbook/ui/kit"
	"wardbook/ui/kit/kittest"
	"wardbook/ui/theme"
)

// stage is a window with one view in it, which the test uses as a person would: by keyboard only.
type stage struct {
	t      *testing.T
	ctx    context.Context
	queue  *kittest.Queue
	window fyne.Window
	view   View
	clock  kittest.Clock
	asked  *kit.Dialog
	now    time.Time
}

func newStage(t *testing.T) *stage {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, theme.NormalText))
	return &stage{t: t, ctx: t.Context(), queue: kittest.NewQueue(t), now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
}

func (s *stage) Async() *kit.Async { return kit.NewAsync(s.ctx, s.queue.Do) }

func (s *stage) Explain(err error) kit.Sentence {
	for _, fault := range term.Faults(err) {
		return kit.Of(fault.Message)
	}
	return kit.Say("test.explained", "{{.Error}}", "Error", err.Error())
}

func (s *stage) Focus(f fyne.Focusable) {
	if f == nil {
		s.window.Canvas().Unfocus()
		return
	}
	s.window.Canvas().Focus(f)
}

func (s *stage) Ask(d *kit.Dialog) {
	s.asked = d
	d.Open(s.window.Canvas(), nil)
}

func (s *stage) Now() time.Time { return s.now }

// pass lets time pass.
func (s *stage) pass(d time.Duration) { s.clock.Advance(d) }

// show puts the view into a window, as package ui does.
func (s *stage) show(v View) {
	s.t.Helper()
	s.view = v
	s.window = test.NewTempWindow(s.t, v.Content())
	s.window.Resize(fyne.NewSize(1280, 800))
	s.t.Cleanup(v.Close)
	c := s.window.Canvas()
	c.SetOnTypedKey(func(e *fyne.KeyEvent) { s.command(e.Name, 0) })
	c.Focus(v.Start())
}

func (s *stage) command(key fyne.KeyName, mod fyne.KeyModifier) {
	if s.window.Canvas().Overlays().Top() != nil {
		return
	}
	for _, c := range s.view.Commands() {
		if c.Key == key && c.Modifier == mod {
			c.Do()
			return
		}
	}
}

// press gives keys to whatever has the keyboard, as Fyne's driver does.
func (s *stage) press(keys ...fyne.KeyName) {
	c := s.window.Canvas()
	for _, key := range keys {
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
	}
}

// chord presses Ctrl or Alt with a key. Fyne's test driver knows no shortcuts: what package ui makes of them is done here.
func (s *stage) chord(mod fyne.KeyModifier, key fyne.KeyName) { s.command(key, mod) }

// typing types into what has the keyboard.
func (s *stage) typing(text string) {
	s.t.Helper()
	focused := s.window.Canvas().Focused()
	if focused == nil {
		s.t.Fatalf("nothing has the keyboard; wanted to type")
	}
	for _, r := range text {
		focused.TypedRune(r)
	}
}

// run takes what was dispatched until done holds.
func (s *stage) run(done func() bool) {
	s.t.Helper()
	s.queue.Until(done)
}

// seen is all that can be read in the window, a dialog included.
func (s *stage) seen() string {
	var all []string
	for _, root := range append([]fyne.CanvasObject{s.window.Canvas().Content()}, s.window.Canvas().Overlays().List()...) {
		all = read(root, all)
	}
	return strings.Join(all, "\n")
}

func read(object fyne.CanvasObject, all []string) []string {
	if size := object.Size(); !object.Visible() || size.Width < 1 || size.Height < 1 {
		return all // hidden, or nothing has made room for it
	}
	switch o := object.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			all = read(child, all)
		}
		return all
	case *widget.Label:
		return append(all, o.Text)
	case *widget.RichText:
		return append(all, o.String())
	case *kit.Button:
		return append(all, o.Text)
	case *kit.BusyButton:
		return append(all, o.Text)
	case *kit.Check:
		return append(all, o.Text)
	case *kit.Entry:
		if o.Password {
			return all
		}
		return append(all, o.Text)
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			all = read(child, all)
		}
	}
	return all
}

func (s *stage) sees(want ...string) {
	s.t.Helper()
	seen := s.seen()
	for _, text := range want {
		if !strings.Contains(seen, text) {
			s.t.Errorf("%q is not to be seen in:\n%s", text, seen)
		}
	}
}

func (s *stage) misses(texts ...string) {
	s.t.Helper()
	seen := s.seen()
	for _, text := range texts {
		if strings.Contains(seen, text) {
			s.t.Errorf("%q is to be seen in:\n%s", text, seen)
		}
	}
}

// on tells what has the keyboard: a button's text, or what stands in an entry.
func (s *stage) on() string {
	switch f := s.window.Canvas().Focused().(type) {
	case *kit.Button:
		return f.Text
	case *kit.BusyButton:
		return f.Text
	case *kit.Entry:
		return f.Text
	}
	return ""
}

// until presses Tab until a button with this text has the keyboard.
func (s *stage) until(text string) {
	s.t.Helper()
	for range 60 {
		if strings.HasPrefix(s.on(), text) {
			return
		}
		s.press(fyne.KeyTab)
	}
	s.t.Fatalf("Tab does not lead to %q", text)
}

// hospital stands in for the hospital: it answers what the test says.
type fakeHospital struct {
	signIn  func(name, password string, progress Progress) (*access.Session, error)
	unlock  func(password string) error
	setUp   func(house.House, access.User, string, Progress) (*access.Session, string, error)
	recover func(key, signIn, password string) (*access.Session, string, error)
	ended   func(context.Context) // called with the context of a sign-in
}

func (h *fakeHospital) SignIn(ctx context.Context, name, password string, progress Progress) (*access.Session, error) {
	if h.ended != nil {
		h.ended(ctx)
	}
	return h.signIn(name, password, progress)
}

func (h *fakeHospital) Unlock(_ context.Context, _ *access.Session, password string) error {
	return h.unlock(password)
}

func (h *fakeHospital) SetUp(_ context.Context, facts house.House, admin access.User, password string, progress Progress) (*access.Session, string, error) {
	return h.setUp(facts, admin, password, progress)
}

func (h *fakeHospital) Recover(_ context.Context, key, signIn, password string, _ Progress) (*access.Session, string, error) {
	return h.recover(key, signIn, password)
}
