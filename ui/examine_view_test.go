package ui

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"wardbook/ui/kit"
	"wardbook/ui/kit/kittest"
	"wardbook/ui/shell"
	"wardbook/ui/theme"
)

const testFolder = "/srv/a folder with a rather long name/wardbook"

func openExamine(t *testing.T, info Info) (*examineView, *kittest.Queue, fyne.Window) {
	t.Helper()
	app := test.NewTempApp(t)
	queue := kittest.NewQueue(t)
	info.Version, info.Folder = "9.8.7", testFolder
	if _, err := dress(app, info.Dark); err != nil {
		t.Fatal(err)
	}
	window := test.NewTempWindow(t, widget.NewLabel(""))
	v := newExamineView(window, info, kit.NewAsync(t.Context(), queue.Do), nil)
	window.SetContent(v.Content())
	window.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { shell.Press(v.Commands(), e.Name, 0) })
	window.Resize(fyne.NewSize(1000, 640))
	v.present.look()
	queue.Run()
	return v, queue, window
}

// texts is all that can be read in a window.
func texts(w fyne.Window) string {
	var all []string
	for _, text := range kittest.Texts(w) {
		all = append(all, text.Text)
	}
	return strings.Join(all, "\n")
}

func TestTheExaminationNamesVersionFolderAndState(t *testing.T) {
	_, _, window := openExamine(t, Info{Look: finding(Finding{}, nil)})
	seen := texts(window)
	for _, want := range []string{"9.8.7", testFolder, "No hospital has been set up in this folder yet"} {
		if !strings.Contains(seen, want) {
			t.Errorf("%q is not to be seen in:\n%s", want, seen)
		}
	}
	if strings.Contains(seen, "Check the book") {
		t.Errorf("a check of nothing is offered:\n%s", seen)
	}
}

func TestTheCheckByKeyboardAlone(t *testing.T) {
	v, queue, window := openExamine(t, Info{Look: finding(Finding{State: BookPresent}, nil),
		Check: func(_ context.Context, progress func(Step)) ([]Remark, error) {
			progress(Step{Done: 1, Total: 2, Doing: kit.Say("test.doing", "Reading")})
			return []Remark{{Tone: kit.Good, Sentence: kit.Say("test.good", "The book is whole.")}}, nil
		}})
	canvas := window.Canvas()
	if canvas.Focused() != v.check {
		t.Fatalf("the focus is on %T, want the check", canvas.Focused())
	}
	canvas.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if canvas.Focused() != v.stop {
		t.Errorf("while checking the focus is on %T, want the stop", canvas.Focused())
	}
	queue.Run()
	if v.bar.Value != 0.5 || !strings.Contains(texts(window), "Reading") {
		t.Errorf("bar %.2f in:\n%s", v.bar.Value, texts(window))
	}
	queue.Until(func() bool { return !v.shown.checking })
	if !strings.Contains(texts(window), "The book is whole.") || canvas.Focused() != v.check {
		t.Errorf("focus on %T in:\n%s", canvas.Focused(), texts(window))
	}
}

func TestEscStopsACheckWhereverTheFocusIs(t *testing.T) {
	v, queue, window := openExamine(t, Info{Look: finding(Finding{State: BookPresent}, nil),
		Check: func(ctx context.Context, _ func(Step)) ([]Remark, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}})
	v.present.check()
	window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if v.shown.checking {
		t.Error("Esc on the focused button did not stop it")
	}
	queue.Run()
	v.present.check()
	window.Canvas().Unfocus()
	window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if v.shown.checking {
		t.Error("Esc without a focus did not stop it")
	}
}

func TestLookAndSizeOfTextAreRemembered(t *testing.T) {
	app := test.NewTempApp(t)
	look := newAppearance(app, false)
	look.apply()
	current := func() theme.Theme { return app.Settings().Theme().(theme.Theme) }
	if current() != theme.New(theme.Light, 100) {
		t.Fatal("not light and normal at first")
	}
	look.choose(theme.HighContrast)
	look.resize(theTextStep)
	if current() != theme.New(theme.HighContrast, 110) {
		t.Errorf("got %+v, want high contrast and 110 %%", current())
	}
	if again := newAppearance(app, false); again.look != theme.HighContrast || again.text != 110 {
		t.Errorf("not remembered: %+v", again)
	}
	look.resize(0)
	if current() != theme.New(theme.HighContrast, 100) {
		t.Errorf("got %+v, want normal text", current())
	}
	if night := newAppearance(app, true); night.look != theme.Dark {
		t.Errorf("asked for dark: %+v", night)
	}
}
