package data

import (
	"slices"
	"testing"
	"unicode/utf8"
)

func TestWords(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Ann Smith", []string{"ann", "smith"}},
		{"Müller-Lüdenscheidt", []string{"muller", "ludenscheidt"}},
		{"STRAẞE straße", []string{"strasse"}},
		{"Łódź Đorđe Ørsted Æsir Œuvre Þór ıstanbul", []string{"lodz", "dorde", "orsted", "aesir", "oeuvre", "thor", "istanbul"}},
		{"O'Brien d’Arc O`Neil", []string{"obrien", "o", "brien", "darc", "d", "arc", "oneil", "neil"}},
		{"Ελένη Παπαδοπούλου", []string{"ελενη", "παπαδοπουλου"}},
		{"Ёлкин Йозеф", []string{"елкин", "иозеф"}},
		{"王小明", []string{"王小明", "小明", "明"}},
		{"ＡＢＣ１２３", []string{"abc123"}},
		{"Nguye\u0302\u0303n Nguyễn", []string{"nguyen"}},
		{"", nil},
		{" - '' . ", nil},
		{"\xff\xfe", nil},
	} {
		if got := Words(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

// FuzzWords: every word of a text is found by typing the text, or any beginning of it.
func FuzzWords(f *testing.F) {
	for _, s := range []string{"Ann Smith", "Ünïcödé ß", "O'Brien", "王小明", "e\u0301", "´a", "\u0345", "ŉ ǰ ΐ", "小'0000", "ᾱ́ ā"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		words := Words(s)
		for _, w := range words {
			if w == "" || !utf8.ValidString(w) || utf8.RuneCountInString(w) > maxWordRune {
				t.Fatalf("%q has the word %q", s, w)
			}
			if again := Words(w); len(again) > 0 && again[0] != w {
				t.Fatalf("folding %q again gives %q", w, again)
			}
		}
		if len(words) == maxWords {
			return // the rest was cut
		}
		for _, p := range Prefixes(s) {
			if !slices.Contains(words, p) {
				t.Fatalf("%q: typed %q is none of the words %q", s, p, words)
			}
		}
	})
}
