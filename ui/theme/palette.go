package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
)

type palette map[fyne.ThemeColorName]color.Color

// hex makes a colour of 0xRRGGBB.
func hex(rgb uint32) color.NRGBA { return veil(rgb, 0xff) }

// veil makes a colour that lets what is behind it through: alpha 0 is nothing, 255 is solid.
func veil(rgb uint32, alpha uint8) color.NRGBA {
	return color.NRGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: alpha}
}

var palettes = map[Look]palette{
	Light: meaning(
		palette{
			Critical: hex(0xB3261E), Urgent: hex(0x9A4600), Attention: hex(0x7A5900),
			Good: hex(0x146C2E), Info: hex(0x0B57D0), Blocked: hex(0x5F6368),
		},
		hex(0xFFFFFF), // text on a filled shape
		palette{
			base.ColorNameBackground:          hex(0xFAFAFC),
			base.ColorNameForeground:          hex(0x1B1C1F),
			base.ColorNameButton:              hex(0xE8EAEE),
			base.ColorNameDisabledButton:      hex(0xF1F2F4),
			base.ColorNameDisabled:            hex(0x63676D),
			base.ColorNamePlaceHolder:         hex(0x5F6368),
			base.ColorNameInputBackground:     hex(0xFFFFFF),
			base.ColorNameInputBorder:         hex(0x7A7E85),
			base.ColorNameHeaderBackground:    hex(0xEEF0F3),
			base.ColorNameMenuBackground:      hex(0xF4F5F7),
			base.ColorNameOverlayBackground:   hex(0xFFFFFF),
			base.ColorNameSeparator:           hex(0xD5D8DD),
			base.ColorNameHover:               veil(0x000000, 0x12),
			base.ColorNamePressed:             veil(0x000000, 0x20),
			base.ColorNameFocus:               veil(0x0B57D0, 0x40),
			base.ColorNameSelection:           veil(0x0B57D0, 0x28),
			base.ColorNameScrollBar:           hex(0x85898F),
			base.ColorNameScrollBarBackground: hex(0xE8EAEE),
			base.ColorNameShadow:              veil(0x000000, 0x33),
		}),
	Dark: meaning(
		palette{
			Critical: hex(0xF2B8B5), Urgent: hex(0xFFB68B), Attention: hex(0xF0C048),
			Good: hex(0x7FD894), Info: hex(0xA8C7FA), Blocked: hex(0xBDC1C6),
		},
		hex(0x1B1C1F),
		palette{
			base.ColorNameBackground:          hex(0x17181B),
			base.ColorNameForeground:          hex(0xE6E7EA),
			base.ColorNameButton:              hex(0x34363B),
			base.ColorNameDisabledButton:      hex(0x24262A),
			base.ColorNameDisabled:            hex(0x9DA1A8),
			base.ColorNamePlaceHolder:         hex(0xBDC1C6),
			base.ColorNameInputBackground:     hex(0x1F2125),
			base.ColorNameInputBorder:         hex(0x8A8E95),
			base.ColorNameHeaderBackground:    hex(0x26282C),
			base.ColorNameMenuBackground:      hex(0x26282C),
			base.ColorNameOverlayBackground:   hex(0x1F2125),
			base.ColorNameSeparator:           hex(0x44474D),
			base.ColorNameHover:               veil(0xFFFFFF, 0x14),
			base.ColorNamePressed:             veil(0xFFFFFF, 0x24),
			base.ColorNameFocus:               veil(0xA8C7FA, 0x50),
			base.ColorNameSelection:           veil(0xA8C7FA, 0x38),
			base.ColorNameScrollBar:           hex(0x8A8E95),
			base.ColorNameScrollBarBackground: hex(0x26282C),
			base.ColorNameShadow:              veil(0x000000, 0x88),
		}),
	// Everything that is not text is either black or as plain as text: greys in between are what these eyes lose first.
	HighContrast: meaning(
		palette{
			Critical: hex(0xFF9A90), Urgent: hex(0xFFB060), Attention: hex(0xFFE14D),
			Good: hex(0x5BF58A), Info: hex(0x8AD7FF), Blocked: hex(0xD0D0D0),
		},
		hex(0x000000),
		palette{
			base.ColorNameBackground:          hex(0x000000),
			base.ColorNameForeground:          hex(0xFFFFFF),
			base.ColorNameButton:              hex(0x3D3D3D),
			base.ColorNameDisabledButton:      hex(0x1F1F1F),
			base.ColorNameDisabled:            hex(0xBDBDBD),
			base.ColorNamePlaceHolder:         hex(0xD0D0D0),
			base.ColorNameInputBackground:     hex(0x000000),
			base.ColorNameInputBorder:         hex(0xFFFFFF),
			base.ColorNameHeaderBackground:    hex(0x000000),
			base.ColorNameMenuBackground:      hex(0x000000),
			base.ColorNameOverlayBackground:   hex(0x000000),
			base.ColorNameSeparator:           hex(0xFFFFFF),
			base.ColorNameHover:               veil(0x8AD7FF, 0x20),
			base.ColorNamePressed:             veil(0x8AD7FF, 0x20),
			base.ColorNameFocus:               veil(0x8AD7FF, 0x20),
			base.ColorNameSelection:           veil(0x8AD7FF, 0x30),
			base.ColorNameScrollBar:           hex(0xFFFFFF),
			base.ColorNameScrollBarBackground: hex(0x3D3D3D),
			base.ColorNameShadow:              veil(0xFFFFFF, 0x66),
		}),
}

// meaning adds to a palette the colours that Fyne's own widgets use for the same meanings.
func meaning(meanings palette, on color.Color, rest palette) palette {
	for name, c := range meanings {
		rest[name] = c
	}
	rest[base.ColorNameError] = meanings[Critical]
	rest[base.ColorNameWarning] = meanings[Attention]
	rest[base.ColorNameSuccess] = meanings[Good]
	rest[base.ColorNamePrimary] = meanings[Info]
	rest[base.ColorNameHyperlink] = meanings[Info]
	for _, name := range []fyne.ThemeColorName{base.ColorNameForegroundOnError, base.ColorNameForegroundOnWarning,
		base.ColorNameForegroundOnSuccess, base.ColorNameForegroundOnPrimary} {
		rest[name] = on
	}
	return rest
}
