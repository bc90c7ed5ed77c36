// Package theme is how Wardbook looks: colours that carry a meaning, sizes for a tool that is read much at once, text as
// large as a person needs it.
//
// It promises a contrast of at least 4.5:1 between every text and what lies behind it, in each look, and 7:1 in the look
// for people who see badly; a test holds it to that. Packages of ui may import it.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
)

// Look is one set of colours.
type Look uint8

// The looks. Light is what people get who say nothing; Dark is for night shifts; HighContrast, white on black with strong
// borders, is for people who see badly.
const (
	Light Look = iota
	Dark
	HighContrast
)

// Colours with a meaning. None may stand alone: each goes with a word or a shape.
const (
	Critical  fyne.ThemeColorName = "wardbook.critical"  // red triage, NEWS2 from 7
	Urgent    fyne.ThemeColorName = "wardbook.urgent"    // orange triage, NEWS2 5 and 6
	Attention fyne.ThemeColorName = "wardbook.attention" // yellow triage, out of range
	Good      fyne.ThemeColorName = "wardbook.good"      // free, done
	Info      fyne.ThemeColorName = "wardbook.info"      // routine, selected; the one accent
	Blocked   fyne.ThemeColorName = "wardbook.blocked"   // closed, unknown
)

// Text may be drawn from 90 to 200 per cent of its normal size.
const (
	SmallestText = 90
	NormalText   = 100
	LargestText  = 200
	TextStep     = 10
)

// Theme is one look at one size of text. It never changes; a new one takes its place.
type Theme struct {
	look Look
	text float32
}

var _ fyne.Theme = Theme{}

// New makes a theme. percent is the size of text, brought to between SmallestText and LargestText.
func New(look Look, percent int) Theme {
	if _, known := palettes[look]; !known {
		look = Light
	}
	return Theme{look: look, text: float32(Clamp(percent)) / 100}
}

// Clamp brings a text size in per cent to the sizes there are.
func Clamp(percent int) int { return min(max(percent, SmallestText), LargestText) }

// Color answers this look's colour whatever variant the system prefers: the person at the desk has chosen the look.
func (t Theme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if c, ok := palettes[t.look][name]; ok {
		return c
	}
	variant := base.VariantDark
	if t.look == Light {
		variant = base.VariantLight
	}
	return base.DefaultTheme().Color(name, variant)
}

// Font is Fyne's own.
func (Theme) Font(style fyne.TextStyle) fyne.Resource { return base.DefaultTheme().Font(style) }

// Icon is Fyne's own.
func (Theme) Icon(name fyne.ThemeIconName) fyne.Resource { return base.DefaultTheme().Icon(name) }

// Size answers device-independent pixels on a grid of four. Text and the icons beside it grow with the person's choice,
// space does not: a large text must not push half the list off the screen.
func (t Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case base.SizeNameText:
		return 14 * t.text
	case base.SizeNameCaptionText:
		return 12 * t.text
	case base.SizeNameSubHeadingText:
		return 17 * t.text
	case base.SizeNameHeadingText:
		return 24 * t.text
	case base.SizeNameInlineIcon:
		return 18 * t.text
	case base.SizeNameInputBorder, base.SizeNameSeparatorThickness:
		if t.look == HighContrast {
			return 2
		}
	case base.SizeNameInnerPadding:
		return 6
	case base.SizeNameScrollBarSmall:
		return 6 // Fyne's three pixels are hard to see and harder to catch
	}
	return base.DefaultTheme().Size(name)
}
