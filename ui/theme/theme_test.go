package theme

import (
	"image"
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	base "fyne.io/fyne/v2/theme"
)

var looks = map[string]Look{"light": Light, "dark": Dark, "high contrast": HighContrast}

// grounds are what text may lie on; veils are what may lie between.
var (
	grounds = []fyne.ThemeColorName{base.ColorNameBackground, base.ColorNameButton, base.ColorNameInputBackground,
		base.ColorNameHeaderBackground, base.ColorNameMenuBackground, base.ColorNameOverlayBackground}
	veils    = []fyne.ThemeColorName{"", base.ColorNameHover, base.ColorNameSelection}
	texts    = []fyne.ThemeColorName{base.ColorNameForeground}
	meanings = []fyne.ThemeColorName{Critical, Urgent, Attention, Good, Info, Blocked, base.ColorNamePlaceHolder,
		base.ColorNameHyperlink, base.ColorNameError, base.ColorNameWarning, base.ColorNameSuccess, base.ColorNamePrimary}
	fills = map[fyne.ThemeColorName]fyne.ThemeColorName{
		base.ColorNameForegroundOnError:   base.ColorNameError,
		base.ColorNameForegroundOnPrimary: base.ColorNamePrimary,
		base.ColorNameForegroundOnSuccess: base.ColorNameSuccess,
		base.ColorNameForegroundOnWarning: base.ColorNameWarning,
	}
)

// enough is WCAG 2.2, 1.4.3 (level AA); the look for people who see badly has 1.4.6 (level AAA).
func enough(look Look) float64 {
	if look == HighContrast {
		return 7
	}
	return 4.5
}

func TestTextStandsOutFromEverythingItLiesOn(t *testing.T) {
	test.NewTempApp(t)
	for name, look := range looks {
		th := New(look, NormalText)
		check := func(text fyne.ThemeColorName, ground color.Color, where string) {
			t.Helper()
			if got, want := contrast(th.Color(text, 0), ground), enough(look); got < want {
				t.Errorf("%s: %s on %s: %.2f, want %.1f", name, text, where, got, want)
			}
		}
		for _, ground := range grounds {
			for _, between := range veils {
				for _, text := range texts {
					check(text, behind(th, ground, between), string(ground)+" under "+string(between))
				}
			}
		}
		for _, ground := range []fyne.ThemeColorName{base.ColorNameBackground, base.ColorNameOverlayBackground, base.ColorNameInputBackground, base.ColorNameHeaderBackground} {
			for _, text := range meanings {
				check(text, th.Color(ground, 0), string(ground))
			}
		}
		// Rows of lists and of drop-downs: a remark in a colour stays readable on the row that is selected.
		for _, ground := range []fyne.ThemeColorName{base.ColorNameBackground, base.ColorNameOverlayBackground} {
			for _, between := range veils {
				for _, text := range meanings {
					check(text, behind(th, ground, between), "a row on "+string(ground)+" under "+string(between))
				}
			}
		}
		for text, fill := range fills {
			for _, between := range veils { // the button under the mouse
				check(text, behind(th, fill, between), string(fill)+" under "+string(between))
			}
		}
		check(base.ColorNameDisabled, th.Color(base.ColorNameDisabledButton, 0), "disabled button")
		check(base.ColorNameDisabled, th.Color(base.ColorNameBackground, 0), "background")
	}
}

// TestWhatIsNoTextIsSeen is WCAG 2.2, 1.4.11: the focus, borders of fields and the shapes of meanings.
func TestWhatIsNoTextIsSeen(t *testing.T) {
	test.NewTempApp(t)
	for name, look := range looks {
		th := New(look, NormalText)
		for _, edge := range []fyne.ThemeColorName{base.ColorNamePrimary, base.ColorNameInputBorder, base.ColorNameScrollBar,
			Critical, Urgent, Attention, Good, Info, Blocked} {
			for _, ground := range []fyne.ThemeColorName{base.ColorNameBackground, base.ColorNameOverlayBackground, base.ColorNameHeaderBackground} {
				if got := contrast(th.Color(edge, 0), th.Color(ground, 0)); got < 3 {
					t.Errorf("%s: %s on %s: %.2f, want 3", name, edge, ground, got)
				}
			}
		}
	}
}

func TestEveryMeaningHasAShapeOfItsOwn(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(New(Light, NormalText))
	seen := map[string]fyne.ThemeColorName{}
	for _, meaning := range []fyne.ThemeColorName{Critical, Urgent, Attention, Good, Info, Blocked} {
		shape := Shape(meaning)
		if shape == nil {
			t.Errorf("%s has no shape", meaning)
			continue
		}
		if other, twice := seen[shapes[meaning]]; twice {
			t.Errorf("%s looks like %s", meaning, other)
		}
		seen[shapes[meaning]] = meaning
		if len(shape.Content()) == 0 {
			t.Errorf("%s is drawn as nothing", meaning)
		}
	}
}

func TestAnUnknownLookIsTheLightOne(t *testing.T) {
	if got, want := New(Look(200), NormalText), New(Light, NormalText); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestEveryColourOfFyneIsThere(t *testing.T) {
	test.NewTempApp(t)
	for name, look := range looks {
		test.AssertAllColorNamesDefined(t, New(look, NormalText), name)
	}
}

func TestTheMeaningsHaveTheColoursOfTheDesign(t *testing.T) {
	want := map[fyne.ThemeColorName][2]uint32{
		Critical: {0xB3261E, 0xF2B8B5}, Urgent: {0x9A4600, 0xFFB68B}, Attention: {0x7A5900, 0xF0C048},
		Good: {0x146C2E, 0x7FD894}, Info: {0x0B57D0, 0xA8C7FA}, Blocked: {0x5F6368, 0xBDC1C6},
	}
	for name, colours := range want {
		for look, rgb := range colours {
			if got := New(Look(look), NormalText).Color(name, 0); got != hex(rgb) {
				t.Errorf("%s in look %d: %v, want %06X", name, look, got, rgb)
			}
		}
	}
}

func TestTextGrowsWithinItsLimits(t *testing.T) {
	test.NewTempApp(t)
	for percent, want := range map[int]float32{-5: 12.6, 90: 12.6, 100: 14, 150: 21, 200: 28, 9000: 28} {
		if got := New(Light, percent).Size(base.SizeNameText); math.Abs(float64(got-want)) > 0.01 {
			t.Errorf("%d %%: %.2f, want %.2f", percent, got, want)
		}
	}
}

// TestNamesOfEuropeAreDrawn: a letter that the font has not is drawn as a sign for that, all of them alike.
func TestNamesOfEuropeAreDrawn(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(New(Light, NormalText))
	picture := func(letter rune, bold bool) string {
		text := canvas.NewText(string(letter), color.Black)
		text.TextStyle.Bold = bold
		return string(software.Render(text, New(Light, NormalText)).(*image.NRGBA).Pix)
	}
	for _, bold := range []bool{false, true} {
		missing := map[string]bool{picture('\uFFFD', bold): true, picture('\U0010FFFD', bold): true}
		if !missing[picture('\U0010FFFC', bold)] {
			t.Error("two letters that no font has look different: this test sees nothing")
		}
		for _, letter := range "ŽčřŁőğİßæøÅþðăệħŋ" + "ΑΩάώϊ" + "ЖЩыїЎѓ" {
			if missing[picture(letter, bold)] {
				t.Errorf("%q (bold: %t) is not drawn", letter, bold)
			}
		}
	}
}

// behind is a ground with a veil, or none, over it.
func behind(th Theme, ground, between fyne.ThemeColorName) color.Color {
	if between == "" {
		return th.Color(ground, 0)
	}
	return over(th.Color(between, 0), th.Color(ground, 0))
}

// over lays a veil on an opaque colour.
func over(veil, ground color.Color) color.Color {
	v := color.NRGBAModel.Convert(veil).(color.NRGBA)
	g := color.NRGBAModel.Convert(ground).(color.NRGBA)
	mix := func(a, b uint8) uint8 { return uint8((int(a)*int(v.A) + int(b)*(255-int(v.A))) / 255) }
	return color.NRGBA{R: mix(v.R, g.R), G: mix(v.G, g.G), B: mix(v.B, g.B), A: 255}
}

// contrast is the ratio of WCAG 2.2: 1 is none, 21 is black on white.
func contrast(a, b color.Color) float64 {
	light, dark := luminance(a), luminance(b)
	if light < dark {
		light, dark = dark, light
	}
	return (light + 0.05) / (dark + 0.05)
}

func luminance(c color.Color) float64 {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	linear := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(n.R) + 0.7152*linear(n.G) + 0.0722*linear(n.B)
}
