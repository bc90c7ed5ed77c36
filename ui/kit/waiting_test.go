package kit_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"wardbook/ui/kit"
	"wardbook/ui/kit/kittest"
)

// roomy is a window in which no text needs a second line.
func roomy(t *testing.T, content fyne.CanvasObject) fyne.Canvas {
	t.Helper()
	window := test.NewTempWindow(t, content)
	window.Resize(fyne.NewSize(900, 500))
	return window.Canvas()
}

func TestProgressIsShownOnlyWhenSomethingTakesTime(t *testing.T) {
	newApp(t)
	clock := &kittest.Clock{}
	cancelled := 0
	p := kit.NewProgress(clock.Later, func() { cancelled++ })
	c := roomy(t, p.Object())
	sees := func(text string) bool { return p.Object().Visible() && reads(c, text) }

	p.Begin(say("Reading the book"))
	clock.Advance(99 * time.Millisecond)
	if p.Object().Visible() {
		t.Error("something flickers before 100 ms")
	}
	clock.Advance(time.Millisecond)
	if !sees("Reading the book") || sees("Cancel") {
		t.Error("after 100 ms it is not said what is being done, or too much is")
	}
	p.Step(1, 4, say("Reading segment 1"))
	clock.Advance(900 * time.Millisecond)
	if !sees("Reading segment 1") || !sees("75 % left") || !sees("Cancel") {
		t.Error("after a second it is not said what is being done, how much is left, and how to stop it")
	}
	p.Step(3, 4, kit.Sentence{})
	if !sees("25 % left") || !sees("Reading segment 1") {
		t.Error("a step is not shown")
	}
	c.Focus(p.Focusable())
	press(c, fyne.KeyEnter)
	if cancelled != 1 || p.Object().Visible() || p.Running() || p.Cancel() {
		t.Errorf("cancelled %d times, visible %t", cancelled, p.Object().Visible())
	}
	p.Begin(say("Again"))
	clock.Advance(50 * time.Millisecond)
	p.End()
	if clock.Advance(time.Minute); p.Object().Visible() || clock.Waiting() != 0 {
		t.Error("work that ended at once is shown after its end")
	}
	p.Step(1, 2, say("late"))
	if p.Object().Visible() {
		t.Error("a late step is shown")
	}
}

func TestNoticesComeOneAfterTheOtherAndGo(t *testing.T) {
	newApp(t)
	clock := &kittest.Clock{}
	toasts := kit.NewToasts(clock.Later)
	entry := kit.NewEntry()
	c := roomy(t, toasts.Over(entry))
	c.Focus(entry)
	showing := func() string {
		toast, _ := toasts.Showing()
		return toast.Sentence.Text()
	}
	undone := 0
	toasts.Tell(kit.Toast{Tone: kit.Good, Sentence: say("Saved")})
	toasts.Tell(kit.Toast{Tone: kit.Good, Sentence: say("Admitted to Ward 2"), Undo: func() { undone++ }, Label: say("Undo the admission")})
	if showing() != "Saved" || !reads(c, "Saved") || c.Focused() != entry {
		t.Errorf("shows %q, or took the keyboard", showing())
	}
	if toasts.Undo() {
		t.Error("took back what can't be")
	}
	clock.Advance(5 * time.Second)
	if showing() != "Admitted to Ward 2" || !reads(c, "Undo the admission") {
		t.Errorf("shows %q", showing())
	}
	clock.Advance(8 * time.Second)
	if !toasts.Undo() || undone != 1 || showing() != "" {
		t.Errorf("taken back %d times, shows %q", undone, showing())
	}
	toasts.Tell(kit.Toast{Tone: kit.Critical, Sentence: say("The disk is full.")})
	clock.Advance(time.Hour)
	if entry.Size().Height >= 490 {
		t.Error("what stays for hours lies over what somebody types")
	}
	if showing() != "The disk is full." || !toasts.Dismiss() || toasts.Dismiss() {
		t.Error("what is critical went by itself, or could not be dismissed")
	}
	toasts.Tell(kit.Toast{Sentence: say("one")})
	toasts.Tell(kit.Toast{Sentence: say("two")})
	if toasts.Clear(); showing() != "" || clock.Waiting() != 0 {
		t.Error("somebody else at the desk sees notices of the one before")
	}
}

func TestALongNoticeStaysLongEnoughToBeRead(t *testing.T) {
	newApp(t)
	clock := &kittest.Clock{}
	toasts := kit.NewToasts(clock.Later)
	toasts.Tell(kit.Toast{Sentence: say(strings.Repeat("word ", 40))}) // 200 letters
	clock.Advance(13 * time.Second)
	if _, ok := toasts.Showing(); !ok {
		t.Error("gone before it could be read")
	}
	clock.Advance(2 * time.Second)
	if _, ok := toasts.Showing(); ok {
		t.Error("stays for ever")
	}
}

func TestLaterRunsOnTheWindowsGoroutineUnlessStopped(t *testing.T) {
	queue := kittest.NewQueue(t)
	later := kit.NewLater(queue.Do)
	ran := 0
	later(0, func() { ran++ })
	queue.Run()
	stop := later(0, func() { ran += 10 })
	later(0, func() {}) // the second is dispatched as well, perhaps after it
	stop()
	queue.Run()
	later(time.Hour, func() { ran += 100 })()
	if ran != 1 {
		t.Errorf("ran %d, want 1", ran)
	}
}

func TestAStateSaysWhatToDoNext(t *testing.T) {
	newApp(t)
	did := 0
	for name, c := range map[string]struct {
		state *kit.State
		says  []string
	}{
		"loading": {kit.Loading(say("Reading the ward")), []string{"Reading the ward"}},
		"empty":   {kit.Empty(say("No patients yet"), say("Register the first one."), say("New patient"), func() { did++ }), []string{"No patients yet", "Register the first one.", "New patient"}},
		"failed":  {kit.Failed(say("The disk can't be read."), func() { did++ }), []string{"The disk can't be read.", "Try again"}},
	} {
		canvas := roomy(t, c.state.Object())
		for _, text := range c.says {
			if !reads(canvas, text) {
				t.Errorf("%s: does not say %q", name, text)
			}
		}
		if button := c.state.Focusable(); button != nil {
			canvas.Focus(button)
			press(canvas, fyne.KeyEnter)
		}
	}
	if did != 2 || kit.Loading(say("x")).Focusable() != nil {
		t.Errorf("the buttons were pressed %d times, want 2", did)
	}
}
