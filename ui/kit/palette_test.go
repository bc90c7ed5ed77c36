package kit_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"wardbook/ui/kit"
	"wardbook/ui/theme"
)

type paletteOn struct {
	*kit.Palette
	window fyne.Window
	done   []string
}

func newPaletteOn(t *testing.T, texts ...string) *paletteOn {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, theme.NormalText))
	p := &paletteOn{window: test.NewTempWindow(t, kit.NewButton("Below", nil, nil))}
	p.window.Resize(fyne.NewSize(700, 500))
	var items []kit.PaletteItem
	for _, text := range texts {
		items = append(items, kit.PaletteItem{Text: text, Hint: "Patients", Do: func() { p.done = append(p.done, text) }})
	}
	p.Palette = kit.NewPalette(items)
	p.window.Canvas().Focus(p.window.Content().(fyne.Focusable))
	p.Open(p.window.Canvas(), nil)
	return p
}

func (p *paletteOn) write(text string, keys ...fyne.KeyName) {
	for _, r := range text {
		p.window.Canvas().Focused().TypedRune(r)
	}
	for _, key := range keys {
		p.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
	}
}

func TestAFewLettersDoIt(t *testing.T) {
	texts := []string{"Register a new patient", "Print the list", "New appointment", "Émigré records", "Lock"}
	for typed, want := range map[string]string{
		"reg": "Register a new patient", "pat new": "Register a new patient", "list pr": "Print the list",
		"NEW": "New appointment", "emigre": "Émigré records", "l": "Lock", "": "Register a new patient",
	} {
		p := newPaletteOn(t, texts...)
		p.write(typed, fyne.KeyReturn)
		if fmt.Sprint(p.done) != "["+want+"]" || p.Opened() {
			t.Errorf("%q did %v, want %s", typed, p.done, want)
		}
	}
}

func TestOneWordIsNotCountedTwice(t *testing.T) {
	p := newPaletteOn(t, "Print the list")
	p.write("print pr", fyne.KeyReturn)
	if len(p.done) != 0 || !p.Opened() || !says(p.window, "Nothing here is called that") {
		t.Errorf("did %v", p.done)
	}
}

func TestArrowsGoThroughThePaletteAndEscGivesTheKeyboardBack(t *testing.T) {
	p := newPaletteOn(t, "One", "Two", "Three")
	p.write("", fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn)
	if fmt.Sprint(p.done) != "[Two]" {
		t.Errorf("did %v, want Two", p.done)
	}
	p.Open(p.window.Canvas(), nil)
	p.write("thr", fyne.KeyEscape)
	if p.Opened() || p.window.Canvas().Focused() != p.window.Content().(fyne.Focusable) {
		t.Errorf("open %t, the keyboard is at %T", p.Opened(), p.window.Canvas().Focused())
	}
	if len(p.done) != 1 {
		t.Errorf("Esc did %v", p.done)
	}
}

func TestHiddenCommandsAreNotOffered(t *testing.T) {
	test.NewTempApp(t)
	items := kit.PaletteItems(kit.Say("kittest.place", "Patients"), []kit.Command{
		{Name: kit.Say("kittest.new", "New"), Key: fyne.KeyN, Modifier: fyne.KeyModifierControl}, {Name: kit.Say("kittest.secret", "Next"), Hidden: true}})
	if len(items) != 1 || items[0].Text != "New" || items[0].Hint != "Patients" || items[0].Keys != "Ctrl+N" {
		t.Errorf("offered: %+v", items)
	}
}

func TestALongPaletteStaysInsideTheWindow(t *testing.T) {
	var texts []string
	for i := range 80 {
		texts = append(texts, fmt.Sprint("Do the thing number ", i))
	}
	p := newPaletteOn(t, texts...)
	p.write("", fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyReturn)
	for _, placed := range textsOf(p.window) {
		if placed.y > 490 {
			t.Errorf("%q stands at %.0f", placed.text, placed.y)
		}
	}
	if len(p.done) != 1 || p.done[0] == texts[0] {
		t.Errorf("did %v", p.done)
	}
}

// TestThePaletteFindsWhatIsNotInIt: patients come later than actions, and only those for the letters that stand there.
func TestThePaletteFindsWhatIsNotInIt(t *testing.T) {
	newApp(t)
	window := test.NewTempWindow(t, widget.NewLabel(""))
	window.Resize(fyne.NewSize(800, 600))
	var answers []func([]kit.PaletteItem)
	done := ""
	p := kit.NewPalette([]kit.PaletteItem{{Text: "One-time password", Do: func() { done = "action" }}})
	p.Search = func(typed string, put func([]kit.PaletteItem)) { answers = append(answers, put) }
	p.Open(window.Canvas(), nil)
	for _, r := range "jon" {
		window.Canvas().Focused().TypedRune(r)
	}
	if len(answers) != 3 {
		t.Fatalf("asked %d times", len(answers))
	}
	answers[0]([]kit.PaletteItem{{Text: "Jacobs, Ann", Do: func() { done = "late" }}})
	answers[2]([]kit.PaletteItem{{Text: "Jones, Ann", Do: func() { done = "patient" }}})
	window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if done != "patient" {
		t.Errorf("Enter did %q", done)
	}
}
