package kit_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"wardbook/ui/kit"
	"wardbook/ui/kit/kittest"
	"wardbook/ui/theme"
)

// searching is a search on a window, over persons who are all in memory.
type searching struct {
	*kit.PatientSearch
	window     fyne.Window
	queue      *kittest.Queue
	waiting    func() // what a pause in typing would begin
	asked      []string
	fail       error
	chosen     []string
	registered []string
}

func newSearching(t *testing.T, names ...string) *searching {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, theme.NormalText))
	s := &searching{queue: kittest.NewQueue(t)}
	later := func(_ time.Duration, f func()) func() {
		s.waiting = f
		return func() { s.waiting = nil }
	}
	find := func(_ context.Context, query string, limit int) ([]kit.Hit, int, error) {
		s.asked = append(s.asked, query)
		var hits []kit.Hit
		for i, name := range names {
			if strings.Contains(strings.ToLower(name), strings.ToLower(query)) {
				hits = append(hits, kit.Hit{ID: fmt.Sprint(i), Name: name, Born: "3 Feb 1971", Sex: "female", MRN: fmt.Sprint("M", i), Alike: strings.HasPrefix(name, "Ann")})
			}
		}
		return hits[:min(limit, len(hits))], len(hits), s.fail
	}
	s.PatientSearch = kit.NewPatientSearch(kit.NewAsync(t.Context(), s.queue.Do), later, find,
		func(error) kit.Sentence { return kit.Say("kittest.failed", "The book can't be read.") })
	s.OnChoose = func(h kit.Hit) { s.chosen = append(s.chosen, h.Name) }
	s.OnRegister = func(query string) { s.registered = append(s.registered, query) }
	other := kit.NewButton("Other", nil, func() {})
	s.window = test.NewTempWindow(t, container.NewBorder(s.PatientSearch, other, nil, nil))
	s.window.Resize(fyne.NewSize(700, 500))
	s.window.Canvas().Focus(s.Entry)
	return s
}

// write types as a person does: to whatever has the keyboard.
func (s *searching) write(text string) {
	for _, r := range text {
		s.window.Canvas().Focused().TypedRune(r)
	}
}

func (s *searching) press(keys ...fyne.KeyName) {
	for _, key := range keys {
		s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
	}
}

// pause is a pause in typing, and the search that follows.
func (s *searching) pause() {
	if f := s.waiting; f != nil {
		s.waiting = nil
		f()
		s.queue.Run()
	}
}

func (s *searching) says(text string) bool { return says(s.window, text) }

func says(w fyne.Window, text string) bool {
	for _, placed := range textsOf(w) {
		if strings.Contains(placed.text, text) {
			return true
		}
	}
	return false
}

func TestASearchBeginsWhenTypingPauses(t *testing.T) {
	s := newSearching(t, "Ann Smith", "Bo Smith")
	s.write("smi")
	if len(s.asked) != 0 {
		t.Errorf("looked for %v before the pause", s.asked)
	}
	s.pause()
	if fmt.Sprint(s.asked) != "[smi]" || !s.says("Ann Smith") || !s.says("2 of 2") {
		t.Errorf("looked for %v; shown: %v", s.asked, textsOf(s.window))
	}
}

func TestWhileHitsAreShownTypingGoesOn(t *testing.T) {
	s := newSearching(t, "Ann Smith", "Bo Smith", "Bo Smythe")
	s.write("b")
	s.pause()
	s.write("o smy")
	if s.Entry.Text != "bo smy" {
		t.Fatalf("typed into the entry: %q", s.Entry.Text)
	}
	s.press(fyne.KeyDown, fyne.KeyReturn)
	if len(s.chosen) != 0 {
		t.Errorf("opened %v, who was shown for other letters", s.chosen)
	}
	s.pause()
	if fmt.Sprint(s.chosen) != "[Bo Smythe]" {
		t.Errorf("opened %v, want the only one whom these letters find", s.chosen)
	}
	if s.Entry.Text != "" || s.Opened() {
		t.Errorf("after opening: %q, shown %t", s.Entry.Text, s.Opened())
	}
}

func TestArrowsChooseAndEnterOpens(t *testing.T) {
	s := newSearching(t, "Ann Smith", "Bo Smith", "Cy Smith")
	s.write("smith")
	s.pause()
	s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn)
	if fmt.Sprint(s.chosen) != "[Bo Smith]" {
		t.Errorf("opened %v, want Bo Smith", s.chosen)
	}
}

func TestEnterDoesNotOpenTheFirstOfSeveral(t *testing.T) {
	s := newSearching(t, "Ann Smith", "Ann Smithson")
	s.write("ann")
	s.pause()
	if s.press(fyne.KeyReturn); len(s.chosen) != 0 {
		t.Errorf("Enter opened %v, whom nobody chose", s.chosen)
	}
	if s.press(fyne.KeyReturn); fmt.Sprint(s.chosen) != "[Ann Smith]" {
		t.Errorf("the second Enter opened %v", s.chosen)
	}
}

func TestAScannersEnterOpensTheOnlyHit(t *testing.T) {
	s := newSearching(t, "Ann Smith", "Bo Smith")
	s.write("bo s")
	s.press(fyne.KeyReturn)
	if len(s.chosen) != 0 {
		t.Errorf("opened %v before anybody was found", s.chosen)
	}
	s.pause()
	if fmt.Sprint(s.chosen) != "[Bo Smith]" || s.Opened() {
		t.Errorf("opened %v", s.chosen)
	}
}

func TestEscClosesThenClearsThenIsTheWindows(t *testing.T) {
	s := newSearching(t, "Ann Smith", "Ann Bell")
	escaped := 0
	s.window.Canvas().SetOnTypedKey(func(event *fyne.KeyEvent) {
		if event.Name == fyne.KeyEscape {
			escaped++
		}
	})
	s.write("ann")
	s.pause()
	s.press(fyne.KeyEscape)
	if s.Opened() || s.Entry.Text != "ann" || s.window.Canvas().Focused() != fyne.Focusable(s.Entry) {
		t.Errorf("Esc: open %t, text %q", s.Opened(), s.Entry.Text)
	}
	s.press(fyne.KeyEscape)
	if s.Entry.Text != "" || escaped != 0 {
		t.Errorf("the second Esc left %q, and reached the window %d times", s.Entry.Text, escaped)
	}
	if s.press(fyne.KeyEscape); escaped != 1 {
		t.Errorf("the third Esc reached the window %d times", escaped)
	}
}

func TestHitsThatWereClosedStayClosed(t *testing.T) {
	s := newSearching(t, "Ann Smith", "Ann Bell")
	s.write("an")
	s.pause()
	s.write("n")
	f := s.waiting
	f()
	s.press(fyne.KeyEscape)
	s.queue.Run() // the answer about 'ann'
	if s.Opened() {
		t.Error("a late answer opened what was closed")
	}
	s.press(fyne.KeyDown)
	s.queue.Run()
	if !s.Opened() {
		t.Error("Down does not open it again")
	}
}

func TestTabLeavesTheHits(t *testing.T) {
	s := newSearching(t, "Ann Smith", "Ann Bell")
	s.write("ann")
	s.pause()
	s.press(fyne.KeyTab)
	if _, ok := s.window.Canvas().Focused().(*kit.Button); !ok || s.Opened() {
		t.Errorf("Tab leads to %T, hits shown %t", s.window.Canvas().Focused(), s.Opened())
	}
}

func TestADialogOverTheHitsGivesTheKeyboardBack(t *testing.T) {
	s := newSearching(t, "Ann Smith", "Ann Bell")
	s.write("ann")
	s.pause()
	ask := kit.Confirm(kit.Say("kittest.title", "Leave?"), kit.Say("kittest.lost", "It is lost."), kit.Say("kittest.leave", "Leave"), func() {})
	ask.Open(s.window.Canvas(), func() {})
	if s.Opened() {
		t.Error("the hits lie under the dialog")
	}
	s.press(fyne.KeyEscape)
	if ask.Opened() || s.window.Canvas().Focused() != fyne.Focusable(s.Entry) {
		t.Errorf("dialog open %t, the keyboard is at %T", ask.Opened(), s.window.Canvas().Focused())
	}
	s.write("x")
	if s.Entry.Text != "annx" {
		t.Errorf("typing goes on as %q", s.Entry.Text)
	}
}

func TestNobodyFoundSaysWhatToDo(t *testing.T) {
	s := newSearching(t, "Ann Smith")
	s.write("zoe")
	s.pause()
	if !s.says("Nobody found for 'zoe'") {
		t.Errorf("shown: %v", textsOf(s.window))
	}
	if s.press(fyne.KeyReturn); len(s.registered) != 0 {
		t.Error("an Enter meant for a hit registers somebody")
	}
	if s.press(fyne.KeyReturn); fmt.Sprint(s.registered) != "[zoe]" {
		t.Errorf("registers %v", s.registered)
	}
}

func TestASearchThatFailedCanBeTriedAgain(t *testing.T) {
	s := newSearching(t, "Ann Smith", "Ann Bell")
	s.fail = errors.New("EIO")
	s.write("ann")
	s.pause()
	if !s.says("The book can't be read.") {
		t.Errorf("shown: %v", textsOf(s.window))
	}
	s.fail = nil
	s.press(fyne.KeyReturn)
	s.queue.Run()
	if !s.says("Ann Smith") {
		t.Errorf("tried again: %v", textsOf(s.window))
	}
}

func TestALateAnswerIsNotShown(t *testing.T) {
	s := newSearching(t, "Ann Smith")
	s.write("a")
	f := s.waiting
	s.waiting = nil
	f()
	s.write("x") // before the answer about 'a' is shown
	s.queue.Run()
	if s.Opened() {
		t.Errorf("hits for other letters are shown: %v", textsOf(s.window))
	}
}

func TestLikeNamesAreMarked(t *testing.T) {
	s := newSearching(t, "Ann Smith", "Ann Smith", "Bo Smith")
	s.write("smith")
	s.pause()
	marked := 0
	for _, placed := range textsOf(s.window) {
		if placed.text == "same name as another patient" {
			marked++
		}
	}
	if marked != 2 {
		t.Errorf("%d are marked, want 2", marked)
	}
}

func TestHitsStayInsideTheWindow(t *testing.T) {
	var names []string
	for i := range 60 {
		names = append(names, fmt.Sprint("Bartholomew Maximilian Wolfeschlegelsteinhausenbergerdorff ", i))
	}
	for _, percent := range []int{90, 100, 200} {
		s := newSearching(t, names...)
		fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Dark, percent))
		for _, size := range []fyne.Size{fyne.NewSize(1000, 700), fyne.NewSize(300, 240)} {
			s.window.Resize(size)
			s.Clear()
			s.window.Canvas().Focus(s.Entry)
			s.write("b")
			s.pause()
			s.press(fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyDown)
			if !s.says("20 of 60") {
				t.Errorf("%d %%, %v: it is not said how many there are", percent, size)
			}
			for _, placed := range textsOf(s.window) {
				if placed.x < 0 || placed.y < 0 || placed.y+10 > size.Height || placed.x+10 > size.Width {
					t.Errorf("%d %%, %v: %q stands at %.0f, %.0f", percent, size, placed.text, placed.x, placed.y)
				}
			}
		}
	}
}
