package kit_test

import (
	"testing"
	"testing/fstest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/test"

	"wardbook/ui/kit"
)

func TestEnterAndSpacePressAButtonAndOtherKeysReachTheWindow(t *testing.T) {
	test.NewTempApp(t)
	pressed, stopped := 0, 0
	button := kit.NewButton("Check", kit.Keys{fyne.KeyEscape: func() { stopped++ }}, func() { pressed++ })
	window := test.NewTempWindow(t, button)
	window.Canvas().Focus(button)
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyEscape, fyne.KeyX} {
		button.TypedKey(&fyne.KeyEvent{Name: key})
	}
	if pressed != 3 || stopped != 1 {
		t.Errorf("pressed %d times, window's key %d times; want 3 and 1", pressed, stopped)
	}
	button.Disable()
	button.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if pressed != 3 {
		t.Error("a disabled button was pressed by Enter")
	}
}

func TestASentenceFillsItsArguments(t *testing.T) {
	test.NewTempApp(t)
	s := kit.Say("kittest.folder", "The folder {{.Folder}} is full.", "Folder", `C:\{{x}}`)
	if got := s.Text(); got != `The folder C:\{{x}} is full.` {
		t.Errorf("got %q", got)
	}
	if !(kit.Sentence{}).Empty() || (kit.Sentence{}).Text() != "" {
		t.Error("the empty sentence says something")
	}
}

func TestEnglishStandsInForALanguageThatIsMissing(t *testing.T) {
	test.NewTempApp(t)
	texts := fstest.MapFS{"t/en.json": {Data: []byte(`{"kittest.hello":"Good day"}`)}}
	if err := kit.LoadTexts(texts, "t"); err != nil {
		t.Fatal(err)
	}
	if got := lang.X("kittest.hello", "fallback"); got != "Good day" {
		t.Errorf("in %s: %q, want %q", lang.SystemLocale(), got, "Good day")
	}
}

func TestABrokenTranslationIsAnError(t *testing.T) {
	test.NewTempApp(t)
	for name, texts := range map[string]fstest.MapFS{
		"no folder":     {},
		"no JSON":       {"t/en.json": {Data: []byte(`{`)}},
		"reserved word": {"t/en.json": {Data: []byte(`{"other":"Other","a.b":"c"}`)}},
	} {
		if kit.LoadTexts(texts, "t") == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestAColumnIsNoWiderThanTextShouldRun(t *testing.T) {
	object := test.NewTempWindow(t, fyne.CanvasObject(kit.NewButton("x", nil, nil))).Content()
	column := kit.Column{Width: 700, Margin: 20}
	for window, want := range map[float32]float32{1900: 700, 500: 460} {
		column.Layout([]fyne.CanvasObject{object}, fyne.NewSize(window, 600))
		if got := object.Size().Width; got != want {
			t.Errorf("in a window of %.0f: %.0f wide, want %.0f", window, got, want)
		}
	}
}
