package shell

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"wardbook/app/access"
	"wardbook/ui/kit"
)

// over is all that can be read of what lies over a window.
func over(w fyne.Window) string {
	var all []string
	for _, o := range w.Canvas().Overlays().List() {
		all = append(all, texts(o))
	}
	return strings.Join(all, "\n")
}

// lock hides the place of work as the program does, behind something that has the keyboard.
func (s *stage) lock() *kit.Entry {
	s.bench.Hide()
	password := kit.NewEntry()
	s.window.SetContent(password)
	s.window.Canvas().Focus(password)
	return password
}

func secret() *kit.Dialog {
	return &kit.Dialog{Title: kit.Say("test.secret", "The one-time password is plover-tablet"), Leave: kit.Say("test.noted", "I have noted it")}
}

// why is a dialog with something to type.
func why() (*kit.Dialog, *kit.TextField) {
	field := kit.NewTextField(kit.FieldSpec{Name: "why", Label: kit.Say("test.why", "Reason")}, kit.TextRules{})
	return &kit.Dialog{Title: kit.Say("test.ask", "Why?"), Form: kit.NewForm(1).Section(kit.Sentence{}, field),
		Buttons: []kit.DialogButton{{Label: kit.Say("test.do", "Do it"), Primary: true}}}, field
}

func TestNothingIsAskedOverALockedDesk(t *testing.T) {
	s := newStage(t, access.FrontDesk)
	password := s.lock()
	s.page().host.Ask(secret()) // slow work ends while nobody is there
	if seen := over(s.window); seen != "" || s.window.Canvas().Focused() != fyne.Focusable(password) {
		t.Fatalf("over the lock stands %q; the keyboard is on %T", seen, s.window.Canvas().Focused())
	}
	if !s.bench.Unsaved() {
		t.Error("signing out would lose what has never been seen, and nothing says so")
	}
	s.bench.Show()
	if !strings.Contains(over(s.window), "plover-tablet") {
		t.Fatal("what came meanwhile is lost")
	}
	s.key(fyne.KeyEscape, 0)
	if over(s.window) != "" || s.window.Canvas().Focused() != fyne.Focusable(s.page().entry) {
		t.Errorf("after it %q, and the keyboard is on %T", over(s.window), s.window.Canvas().Focused())
	}
}

func TestADialogSurvivesALockWithWhatWasTyped(t *testing.T) {
	s := newStage(t, access.FrontDesk)
	cancelled := 0
	d, field := why()
	d.OnCancel = func() { cancelled++ }
	s.page().host.Ask(d)
	for _, r := range "Because" {
		s.window.Canvas().Focused().TypedRune(r)
	}
	if !s.bench.Unsaved() {
		t.Error("what is typed into a dialog counts for nothing")
	}
	s.page().host.Ask(secret())
	for range 2 { // and a lock on top of a lock
		s.lock()
		if over(s.window) != "" || cancelled != 0 {
			t.Fatalf("over the lock stands %q; cancelled %d", over(s.window), cancelled)
		}
	}
	s.bench.Show()
	if list := s.window.Canvas().Overlays().List(); len(list) != 2 || !strings.Contains(texts(list[1]), "plover-tablet") {
		t.Fatalf("%d dialogs: %q", len(list), over(s.window))
	}
	s.key(fyne.KeyEscape, 0)
	if field.Text() != "Because" || s.window.Canvas().Focused() != field.Focusable() {
		t.Errorf("%q, and the keyboard is on %T", field.Text(), s.window.Canvas().Focused())
	}
	s.lock()
	d.Close() // its work has ended while nobody was there
	s.bench.Show()
	if over(s.window) != "" || s.bench.Unsaved() || s.window.Canvas().Focused() != fyne.Focusable(s.page().entry) {
		t.Errorf("%q, unsaved %t, the keyboard is on %T", over(s.window), s.bench.Unsaved(), s.window.Canvas().Focused())
	}
}

func TestALockCoversWhatLiesOverOtherWindows(t *testing.T) {
	s := newStage(t, access.FrontDesk)
	s.bench.openOther(kit.Route{Place: "policy"}, nil)
	other := s.bench.others[0]
	s.page().host.Ask(secret())
	if !strings.Contains(over(other.window), "plover-tablet") {
		t.Fatal("not on the window whose screen asked")
	}
	other.window.Canvas().Overlays().Add(widget.NewLabel("a list that has dropped down"))
	s.lock()
	if seen := over(other.window); seen != "" {
		t.Errorf("over the covered window stands %q", seen)
	}
	s.bench.Show()
	if seen := over(other.window); !strings.Contains(seen, "plover-tablet") || strings.Contains(seen, "list") {
		t.Errorf("after the lock %q", seen)
	}
}

func TestADialogDoesNotKeepADeskFromBeingLocked(t *testing.T) {
	s := newStage(t, access.FrontDesk)
	d, _ := why()
	s.page().host.Ask(d)
	s.key(fyne.Key2, ctrl)
	s.key(fyne.KeyL, ctrl)
	if s.locks != 1 || s.page().route.Place != "patients" || !d.Opened() {
		t.Errorf("locked %d times, at %+v, the dialog is open: %t", s.locks, s.page().route, d.Opened())
	}
}

func TestThePaletteAndTheKeysGoWithALock(t *testing.T) {
	s := newStage(t, access.FrontDesk)
	for _, key := range []fyne.KeyName{fyne.KeyK, fyne.KeyF1} {
		s.bench.frame.keys.press(s.window.Canvas(), key, map[fyne.KeyName]fyne.KeyModifier{fyne.KeyK: ctrl}[key])
		if s.window.Canvas().Overlays().Top() == nil {
			t.Fatalf("%s opens nothing", key)
		}
		s.lock()
		if top := s.window.Canvas().Overlays().Top(); top != nil {
			t.Errorf("over the lock stands a %T", top)
		}
		s.bench.Show()
		if key == fyne.KeyK {
			s.key(fyne.Key2, ctrl) // the keys are the window's again
			if s.page().route.Place != "policy" {
				t.Errorf("at %+v", s.page().route)
			}
		}
	}
}

func TestWhatHappenedMeanwhileIsSaidAfterTheLock(t *testing.T) {
	s := newStage(t, access.FrontDesk)
	s.lock()
	s.page().host.Tell(kit.Toast{Tone: kit.Good, Sentence: kit.Say("test.told", "Saved Ann Smith")})
	if _, there := s.bench.main.toasts.Showing(); there {
		t.Error("told to nobody")
	}
	s.bench.Show()
	if toast, there := s.bench.main.toasts.Showing(); !there || toast.Sentence.Text() != "Saved Ann Smith" {
		t.Error("never told")
	}
}
