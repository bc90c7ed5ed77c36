package report

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"

	"wardbook/assets"
)

// lost stands in a document for a letter that cannot be drawn. The font has it.
const lost = '\uFFFD'

const maxMissing = 100 // texts in a Result; who has that many needs another font, not a longer list

// fonts are read once, to be asked which letters they have.
var fonts = sync.OnceValues(func() ([]*sfnt.Font, error) {
	regular, err := sfnt.Parse(assets.PDFRegular)
	if err != nil {
		return nil, err
	}
	bold, err := sfnt.Parse(assets.PDFBold)
	return []*sfnt.Font{regular, bold}, err
})

// alike are plain ways to write signs that the font lacks and that a document may not lose: they decide what a number
// means.
var alike = strings.NewReplacer("≤", "<=", "≥", ">=", "→", "->", "←", "<-", "⇒", "=>", "−", "-", "‐", "-")

// letters cleans the texts of one document and remembers those that suffered.
type letters struct {
	fonts   []*sfnt.Font
	buffer  sfnt.Buffer
	known   map[rune]bool
	missing []string
}

func newLetters() (*letters, error) {
	read, err := fonts()
	return &letters{fonts: read, known: map[rune]bool{}}, err
}

// clean gives a text of one line as it can be drawn, and remembers the text if letters were lost. Every text goes through
// here before it is measured and taken apart.
func (l *letters) clean(text string) string {
	cleaned := l.shape(text)
	if strings.ContainsRune(cleaned, lost) && len(l.missing) < maxMissing && !slices.Contains(l.missing, text) {
		l.missing = append(l.missing, text)
	}
	return cleaned
}

// shape gives a text of which the library draws every letter: composed, without what has no shape, and with a visible sign
// where the font has none. What it gave stays as it is.
func (l *letters) shape(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
			return -1 // no shape of their own
		case !l.draws(r):
			return lost
		}
		return r
	}, norm.NFC.String(alike.Replace(strings.ToValidUTF8(text, string(lost)))))
}

// draws tells whether a letter can be printed as it is read. The library fails on those beyond U+FFFF. Scripts whose
// letters change with their neighbours or run from the right are left out even where the font has the letters: the
// library sets them one by one from the left, and a name or dose so printed could be read as another.
func (l *letters) draws(r rune) bool {
	if r > 0xFFFF || !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Common, unicode.Inherited) {
		return false
	}
	draws, seen := l.known[r]
	if !seen {
		draws = true
		for _, font := range l.fonts {
			glyph, err := font.GlyphIndex(&l.buffer, r)
			draws = draws && err == nil && glyph != 0
		}
		l.known[r] = draws
	}
	return draws
}
