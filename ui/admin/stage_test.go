package admin

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/app/report"
	"wardbook/app/term"
	"wardbook/ui/kit"
	"wardbook/ui/kit/kittest"
)

// stage is a window that shows one place after the other, as the shell does, and is used by keyboard only.
type stage struct {
	t      *testing.T
	queue  *kittest.Queue
	window fyne.Window
	desk   *Desk
	asyncs []*kit.Async
	screen kit.Screen
	route  kit.Route
	stops  []kit.Route
	saves  []any
	told   []string
	opened []*kit.Dialog
}

var _ kit.Host = (*stage)(nil)

// onStage opens a place as the person of a role.
func onStage(t *testing.T, h *accesstest.Hospital, role access.Roles, r kit.Route) *stage {
	t.Helper()
	s := &stage{t: t, queue: kittest.NewQueue(t)}
	session := h.As(role)
	s.desk = &Desk{Session: session, Random: rand.Reader, Forgive: func(string) {},
		NewRecovery: func(context.Context) (string, error) {
			return "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE-FFFFF-GGGGG-HHHHH", nil
		},
		Print: func(_ context.Context, _ string, d report.Document) error {
			_, err := d.PDF(report.Frame{Hospital: "Saint Elsewhere", At: h.Clock.Now()})
			return err
		}}
	s.window = test.NewTempWindow(t, container.NewStack())
	s.window.Resize(fyne.NewSize(1100, 760))
	s.show(r, nil)
	s.settle()
	t.Cleanup(func() { s.leave() })
	return s
}

func (s *stage) leave() {
	if s.screen != nil {
		s.screen.Close()
	}
	for _, a := range s.asyncs {
		if !a.Close(time.Second) {
			s.t.Error("work goes on after the screen has closed")
		}
	}
	s.asyncs = nil
}

func (s *stage) show(r kit.Route, saved any) {
	s.leave()
	s.route = r
	switch r.Place {
	case PlacePeople:
		s.screen = NewPeople(s, s.desk, r, saved)
	case PlacePolicy:
		s.screen = NewPolicy(s, s.desk, r, saved)
	case PlaceHouse:
		s.screen = NewHouse(s, s.desk, r, saved)
	case PlaceReasons:
		s.screen = NewReasons(s, s.desk, r, saved)
	}
	s.window.SetContent(container.NewStack(s.screen.Content()))
	s.window.Canvas().SetOnTypedKey(s.plainKey)
	if start := s.screen.Start(); start != nil {
		s.Focus(start)
	}
}

// plainKey is what the window does with a key that no widget has a use for.
func (s *stage) plainKey(event *fyne.KeyEvent) {
	for _, c := range s.screen.Commands() {
		if c.Modifier == 0 && c.Key == event.Name {
			c.Do()
			return
		}
	}
}

// settle runs what was dispatched until nothing works any more.
func (s *stage) settle() {
	s.t.Helper()
	s.queue.Until(func() bool {
		for _, a := range s.asyncs {
			if a.Busy() {
				return false
			}
		}
		return s.queue.Waiting() == 0
	})
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

func (s *stage) Changed() {}

func (s *stage) Focus(f fyne.Focusable) { s.window.Canvas().Focus(f) }

func (s *stage) Tell(t kit.Toast) { s.told = append(s.told, t.Sentence.Text()) }

func (s *stage) Ask(d *kit.Dialog) {
	s.opened = append(s.opened, d)
	d.Open(s.window.Canvas(), func() {})
}

func (s *stage) Explain(err error) kit.Sentence {
	if faults := term.Faults(err); len(faults) > 0 {
		return kit.Of(faults[0].Message)
	}
	return kit.Say("test.fault", "Something went wrong.")
}

func (s *stage) Now() time.Time { return time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC) }

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
	s.settle()
}

// enter types a text over what is in the field that has the keyboard.
func (s *stage) enter(text string) {
	s.t.Helper()
	entry, ok := s.window.Canvas().Focused().(*kit.Entry)
	if !ok {
		s.t.Fatalf("the keyboard is on %T, not on something to type in", s.window.Canvas().Focused())
	}
	entry.MarkAll()
	if entry.Text != "" {
		entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	}
	for _, r := range text {
		entry.TypedRune(r)
	}
}

// ctrl presses Ctrl with a key.
func (s *stage) ctrl(key fyne.KeyName) {
	s.t.Helper()
	for _, c := range s.screen.Commands() {
		if c.Key == key && c.Modifier == fyne.KeyModifierShortcutDefault {
			c.Do()
			s.settle()
			return
		}
	}
	s.t.Fatalf("Ctrl+%s does nothing here", key)
}

// tabTo presses Tab until the button of this name has the keyboard.
func (s *stage) tabTo(name string) {
	s.t.Helper()
	for range 40 {
		if s.on() == name {
			return
		}
		s.window.Canvas().FocusNext()
	}
	s.t.Fatalf("Tab never comes to %q", name)
}

// on is the text of the button that has the keyboard.
func (s *stage) on() string {
	switch focused := s.window.Canvas().Focused().(type) {
	case *kit.Button:
		return focused.Text
	case *kit.BusyButton:
		return focused.Text
	case *kit.Check:
		return focused.Text
	}
	return ""
}

// seen is all that can be read in the window, the uppermost dialog only where there is one.
func (s *stage) seen() string {
	root := s.window.Content()
	if top := s.window.Canvas().Overlays().Top(); top != nil {
		root = top
	}
	var all strings.Builder
	for _, object := range visible(root) {
		switch o := object.(type) {
		case *canvas.Text:
			all.WriteString(o.Text)
		case *widget.Label:
			all.WriteString(o.Text) // whole, where it is drawn in several lines
		case *widget.RichText:
			all.WriteString(o.String())
		case *kit.Entry:
			all.WriteString(o.Text)
		}
		all.WriteByte('\n')
	}
	return all.String()
}

// visible is an object with all that is in it, as far as none of it is hidden.
func visible(object fyne.CanvasObject) []fyne.CanvasObject {
	if object == nil || !object.Visible() {
		return nil
	}
	all := []fyne.CanvasObject{object}
	var inside []fyne.CanvasObject
	switch o := object.(type) {
	case *fyne.Container:
		inside = o.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	for _, o := range inside {
		all = append(all, visible(o)...)
	}
	return all
}

func (s *stage) wantSeen(texts ...string) {
	s.t.Helper()
	seen := s.seen()
	for _, text := range texts {
		if !strings.Contains(seen, text) {
			s.t.Errorf("%q is not to be seen in:\n%s", text, squeezed(seen))
		}
	}
}

func squeezed(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' }), " | ")
}
