package kit

import (
	"sort"
	"strings"

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

// wrap breaks a text into at most so many lines of this width, between words where it can. What is too much even so is cut
// with an ellipsis.
func wrap(text string, size float32, style fyne.TextStyle, width float32, most int) []string {
	fits := func(s string) bool { return fyne.MeasureText(s, size, style).Width <= width }
	var lines []string
	words := strings.Fields(text)
	for len(words) > 0 {
		if len(lines) == most-1 {
			last, _ := cut(strings.Join(words, " "), size, style, width)
			return append(lines, last)
		}
		n := 1
		for n < len(words) && fits(strings.Join(words[:n+1], " ")) {
			n++
		}
		line := strings.Join(words[:n], " ")
		words = words[n:]
		if !fits(line) { // one word, longer than a line
			head, rest := split(line, fits)
			if line = head; rest != "" {
				words = append([]string{rest}, words...)
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// split takes as many letters off a word as fit, at least one. Both parts say that they are parts, and not by a hyphen:
// names have hyphens of their own.
func split(word string, fits func(string) bool) (head, rest string) {
	letters := []rune(word)
	n := sort.Search(len(letters), func(n int) bool { return !fits(string(letters[:n+1]) + ellipsis) })
	n = max(min(n, len(letters)-1), 1)
	if n+1 >= len(letters) && len(letters) <= 3 {
		return word, "" // nothing is won: the line is too narrow for anything
	}
	return string(letters[:n]) + ellipsis, ellipsis + string(letters[n:])
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
