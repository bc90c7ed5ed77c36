package kit

import (
	"sort"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"

	"wardbook/ui/theme"
)

const ellipsis = "…"

// cut shortens a text until it fits into width, and marks that with an ellipsis. whole tells that nothing was taken off.
func cut(text string, size float32, style fyne.TextStyle, width float32) (shown string, whole bool) {
	if fyne.MeasureText(text, size, style).Width <= width {
		return text, true
	}
	letters := []rune(text)
	n := sort.Search(len(letters), func(n int) bool { // the first that is too many
		return fyne.MeasureText(string(letters[:n+1])+ellipsis, size, style).Width > width
	})
	return string(letters[:n]) + ellipsis, false
}

// colour is the colour in which text of this tone is written.
func (t Tone) colour() fyne.ThemeColorName {
	switch t {
	case Good:
		return theme.Good
	case Attention:
		return theme.Attention
	case Urgent:
		return theme.Urgent
	case Critical:
		return theme.Critical
	}
	return base.ColorNameForeground
}
