package kittest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"wardbook/ui/kit/kittest"
)

// failures notes what a helper reports, instead of failing.
type failures struct {
	testing.TB
	said []string
}

func (f *failures) Errorf(format string, args ...any) {
	f.said = append(f.said, fmt.Sprintf(format, args...))
}
func (f *failures) Error(args ...any) { f.said = append(f.said, fmt.Sprint(args...)) }
func (f *failures) Helper()           {}

func TestTheStrangeLanguageKeepsArgumentsAndIsLonger(t *testing.T) {
	got := kittest.Strange("The folder {{.Folder}} is full.")
	if !strings.HasPrefix(got, "[Ţĥé ƒöľďéŕ {{.Folder}} îš ƒúľľ. ") || !strings.HasSuffix(got, "]") {
		t.Errorf("got %q", got)
	}
	if n := len([]rune(got)); n < 40 {
		t.Errorf("only %d letters long", n)
	}
}

func TestTheStrangeLanguageIsSpokenUntilTheTestEnds(t *testing.T) {
	test.NewTempApp(t)
	t.Run("meanwhile", func(t *testing.T) {
		kittest.Pseudo(t)
		if got := lang.X("app.close", "Close"); !strings.HasPrefix(got, "[Čľöšé") {
			t.Errorf("got %q", got)
		}
	})
	if got := lang.X("app.close", "Close"); got != "Close" {
		t.Errorf("afterwards %q", got)
	}
}

func TestWhatIsNotTranslatedIsFound(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, container.NewVBox(
		widget.NewLabel(kittest.Strange("Fine")), widget.NewLabel("Forgotten"), widget.NewButton("Missed", nil),
		widget.NewLabel("Ann Smith"), widget.NewLabel("F5"), widget.NewLabel("12:30")))
	if got := kittest.Untranslated(w, "Ann Smith"); !slices.Equal(got, []string{"Forgotten", "Missed"}) {
		t.Errorf("found %q", got)
	}
}

func TestWhatIsCutOffIsFound(t *testing.T) {
	test.NewTempApp(t)
	short, wrapped, dotted := widget.NewLabel("much too long for its place"), widget.NewLabel("this one goes on in the next line"), widget.NewLabel("this one says that it is cut")
	wrapped.Wrapping = fyne.TextWrapWord
	dotted.Truncation = fyne.TextTruncateEllipsis
	scrolled := container.NewScroll(widget.NewLabel("what can be scrolled to is not cut off"))
	place := container.New(layout.NewCustomPaddedLayout(0, 0, 0, 0), container.NewWithoutLayout(short, wrapped, dotted, scrolled))
	w := test.NewTempWindow(t, place)
	w.Resize(fyne.NewSize(600, 600))
	for i, o := range []fyne.CanvasObject{short, wrapped, dotted, scrolled} {
		o.Move(fyne.NewPos(10, float32(i)*120))
		o.Resize(fyne.NewSize(100, 110))
	}
	if got := kittest.CutOff(w); !slices.Equal(got, []string{"much too long for its place"}) {
		t.Errorf("found %q", got)
	}
}

func TestWhatTabDoesNotReachIsFound(t *testing.T) {
	test.NewTempApp(t)
	one, two, three := widget.NewButton("one", nil), widget.NewButton("two", nil), widget.NewButton("three", nil)
	three.Disable()
	w := test.NewTempWindow(t, container.NewVBox(one, three, two))
	f := &failures{TB: t}
	if kittest.Reachable(f, w); len(f.said) != 0 {
		t.Errorf("a good window: %q", f.said)
	}
	w.SetContent(container.NewWithoutLayout(one, two))
	one.Resize(one.MinSize())
	two.Resize(two.MinSize())
	one.Move(fyne.NewPos(0, 100))
	two.Move(fyne.NewPos(0, 0))
	f = &failures{TB: t}
	if kittest.Reachable(f, w); len(f.said) != 1 || !strings.Contains(f.said[0], "Tab leads from") {
		t.Errorf("the wrong order: %q", f.said)
	}
	box := widget.NewMultiLineEntry() // swallows Tab
	w.SetContent(container.NewVBox(one, box))
	f = &failures{TB: t}
	if kittest.Reachable(f, w); !slices.ContainsFunc(f.said, func(s string) bool { return strings.Contains(s, "does not lead on from") }) {
		t.Errorf("a trap: %q", f.said)
	}
}
