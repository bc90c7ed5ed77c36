package ui

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"wardbook/ui/kit"
	"wardbook/ui/kit/kittest"
	"wardbook/ui/theme"
)

const testFolder = "/srv/a folder with a rather long name/wardbook"

func open(t *testing.T, info Info) (*startWindow, *kittest.Queue, fyne.App) {
	t.Helper()
	app := test.NewTempApp(t)
	queue := kittest.NewQueue(t)
	info.Version, info.Folder = "9.8.7", testFolder
	look, err := dress(app, info.Dark)
	if err != nil {
		t.Fatal(err)
	}
	w := newStartWindow(app, info, kit.NewAsync(t.Context(), queue.Do), look)
	w.window.Show()
	w.present.look()
	queue.Run()
	return w, queue, app
}

// texts is all that can be read in the window.
func texts(w *startWindow) string {
	var all []string
	for _, object := range test.LaidOutObjects(w.window.Content()) {
		if !object.Visible() {
			continue
		}
		switch o := object.(type) {
		case *widget.Label:
			all = append(all, o.Text)
		case *kit.Button:
			all = append(all, o.Text)
		}
	}
	return strings.Join(all, "\n")
}

func TestTheWindowNamesVersionFolderAndState(t *testing.T) {
	w, _, _ := open(t, Info{Look: finding(Finding{}, nil)})
	if title := w.window.Title(); title != "Wardbook" {
		t.Errorf("title %q", title)
	}
	seen := texts(w)
	for _, want := range []string{"9.8.7", testFolder, "No hospital has been set up in this folder yet"} {
		if !strings.Contains(seen, want) {
			t.Errorf("%q is not to be seen in:\n%s", want, seen)
		}
	}
	for _, none := range []string{"DEMONSTRATION", "Check the book"} {
		if strings.Contains(seen, none) {
			t.Errorf("%q is to be seen in:\n%s", none, seen)
		}
	}
}

func TestADemoSaysSo(t *testing.T) {
	w, _, _ := open(t, Info{Demo: true, Look: finding(Finding{}, nil)})
	if !strings.Contains(texts(w), "DEMONSTRATION") {
		t.Errorf("no banner in:\n%s", texts(w))
	}
}

func TestTheCheckByKeyboardAlone(t *testing.T) {
	w, queue, _ := open(t, Info{Look: finding(Finding{State: BookPresent}, nil),
		Check: func(_ context.Context, progress func(Step)) ([]Remark, error) {
			progress(Step{Done: 1, Total: 2, Doing: kit.Say("test.doing", "Reading")})
			return []Remark{{Good, kit.Say("test.good", "The book is whole.")}}, nil
		}})
	canvas := w.window.Canvas()
	if canvas.Focused() != w.check {
		t.Fatalf("the focus is on %T, want the check", canvas.Focused())
	}
	canvas.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if canvas.Focused() != w.stop {
		t.Errorf("while checking the focus is on %T, want the stop", canvas.Focused())
	}
	queue.Run()
	if w.bar.Value != 0.5 || !strings.Contains(texts(w), "Reading") {
		t.Errorf("bar %.2f in:\n%s", w.bar.Value, texts(w))
	}
	queue.Until(func() bool { return !w.shown.checking })
	if !strings.Contains(texts(w), "The book is whole.") || canvas.Focused() != w.check {
		t.Errorf("focus on %T in:\n%s", canvas.Focused(), texts(w))
	}
}

func TestEscStopsACheckWhereverTheFocusIs(t *testing.T) {
	w, queue, _ := open(t, Info{Look: finding(Finding{State: BookPresent}, nil),
		Check: func(ctx context.Context, _ func(Step)) ([]Remark, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}})
	w.present.check()
	w.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if w.shown.checking {
		t.Error("Esc on the focused button did not stop it")
	}
	queue.Run()
	w.present.check()
	w.window.Canvas().Unfocus()
	w.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if w.shown.checking {
		t.Error("Esc without a focus did not stop it")
	}
}

func TestLookAndSizeOfTextAreRemembered(t *testing.T) {
	w, _, app := open(t, Info{Look: finding(Finding{}, nil)})
	current := func() theme.Theme { return app.Settings().Theme().(theme.Theme) }
	if current() != theme.New(theme.Light, 100) {
		t.Fatal("not light and normal at first")
	}
	view := w.window.MainMenu().Items[1].Items
	view[1].Action() // dark
	view[3].Action() // larger
	if current() != theme.New(theme.Dark, 110) {
		t.Errorf("got %+v, want dark and 110 %%", current())
	}
	if again := newAppearance(app, false); again.look != theme.Dark || again.text != 110 {
		t.Errorf("not remembered: %+v", again)
	}
	view[5].Action() // normal
	if current() != theme.New(theme.Dark, 100) {
		t.Errorf("got %+v, want normal text", current())
	}
}

func TestEveryMenuItemWithAKeyHasItsOwn(t *testing.T) {
	w, _, _ := open(t, Info{Look: finding(Finding{}, nil)})
	taken := map[string]string{}
	for _, menu := range w.window.MainMenu().Items {
		for _, item := range menu.Items {
			if item.Shortcut == nil {
				continue
			}
			key := item.Shortcut.ShortcutName()
			if other, twice := taken[key]; twice {
				t.Errorf("%s belongs to %q and %q", key, other, item.Label)
			}
			taken[key] = item.Label
		}
	}
	quit := &desktop.CustomShortcut{KeyName: fyne.KeyQ, Modifier: fyne.KeyModifierShortcutDefault}
	if label := taken[quit.ShortcutName()]; !strings.HasPrefix(label, "Quit") || len(taken) < 5 {
		t.Errorf("got %v", taken)
	}
}
