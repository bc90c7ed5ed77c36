package data

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// TextDef is what an engine knows of a text index. Make one with NewText.
type TextDef struct {
	Table   *TableDef
	Number  uint16 // inside the table; never reused
	Name    string
	Version uint32 // raised whenever Derive gives other words or values than before
	// Derive gives a record's folded words and its covering value; no words leave it out.
	Derive func(id ID, r Record) (words []string, value []byte, err error)
}

// FoldVersion numbers the rules of Words; text indexes are built anew when it changes.
const FoldVersion = 1

const (
	maxWords    = 64 // of one record
	maxWordRune = 40 // longer words are cut
)

// letters that Unicode does not take apart but that people type without the stroke or as two letters.
var letters = strings.NewReplacer("ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "æ", "ae", "œ", "oe", "ħ", "h", "ŋ", "n",
	"ı", "i", "ĸ", "k", "ŧ", "t", "ƒ", "f", "ə", "e", "ʻ", "'", "ʼ", "'", "’", "'", "‘", "'", "`", "'", "´", "'")

var caseFold = cases.Fold()

// fold brings a text to the form in which it is compared: no case, no accents, no special letters.
func fold(s string) string {
	if isPlain(s) {
		return strings.ToLower(s)
	}
	// Apostrophe-like letters first: compatibility decomposition would make a space of an acute accent. A few letters
	// need more than one round (what folding gives may come apart again): until nothing changes.
	s = letters.Replace(s)
	for range 4 {
		folded := letters.Replace(caseFold.String(stripMarks(s)))
		if folded == s {
			break
		}
		s = folded
	}
	return s
}

func stripMarks(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(s))
}

func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || s[i] == '`' {
			return false
		}
	}
	return true
}

// Words gives the folded words of texts, each once, as they are indexed: a name with an apostrophe as a whole and in its
// parts, a word of Chinese characters from each of them on.
func Words(texts ...string) []string {
	var words []string
	seen := map[string]bool{}
	add := func(w string) {
		w = cut(w)
		if w != "" && !seen[w] && len(words) < maxWords {
			seen[w] = true
			words = append(words, w)
		}
	}
	for _, text := range texts {
		for _, w := range split(fold(text)) {
			whole := strings.ReplaceAll(w, "'", "")
			add(whole)
			for part := range strings.SplitSeq(w, "'") {
				add(part)
			}
			for i, r := range whole {
				if i > 0 && unicode.Is(unicode.Han, r) {
					add(whole[i:])
				}
			}
		}
	}
	return words
}

// Prefixes gives what a person typed as the folded beginnings of words to search for. The last may be unfinished; so may all.
func Prefixes(query string) []string {
	var prefixes []string
	for _, w := range split(fold(query)) {
		if w = cut(strings.ReplaceAll(w, "'", "")); w != "" && len(prefixes) < 8 {
			prefixes = append(prefixes, w)
		}
	}
	return prefixes
}

// split cuts at everything that is neither letter, digit nor apostrophe.
func split(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return r != '\'' && !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.Is(unicode.Mc, r)
	})
}

func cut(w string) string {
	n := 0
	for i := range w {
		if n == maxWordRune {
			return w[:i]
		}
		n++
	}
	return w
}

// TextSpec describes a text index over T with covering values C.
type TextSpec[K, T, C any] struct {
	Number  uint16
	Name    string
	Version uint32 // raise it when Texts or Cover change
	// Texts gives the texts whose words lead to the row.
	Texts func(Row[K, T]) []string
	Cover func(Row[K, T]) C
}

// TextIndex finds rows by the beginnings of their words.
type TextIndex[K Identity[K], T, C any] struct{ def *TextDef }

// NewText adds a text index to a table.
func NewText[K Identity[K], T, C any](t *Table[K, T], spec TextSpec[K, T, C]) *TextIndex[K, T, C] {
	def := &TextDef{Table: t.def, Number: spec.Number, Name: spec.Name, Version: spec.Version}
	def.Derive = func(id ID, r Record) ([]string, []byte, error) {
		row, err := t.Row(id, r)
		if err != nil || row.Deleted {
			return nil, nil, err
		}
		var value []byte
		if spec.Cover != nil {
			value, err = encoding.Marshal(spec.Cover(row))
		}
		return Words(spec.Texts(row)...), value, err
	}
	t.def.Texts = append(t.def.Texts, def)
	return &TextIndex[K, T, C]{def: def}
}

// Def is what the engine needs.
func (ix *TextIndex[K, T, C]) Def() *TextDef { return ix.def }

// Match is a row found by its words.
type Match[K, C any] struct {
	ID      K
	Cover   C
	Ordinal uint32 // to continue behind: give it as before
}

// Search finds the rows that have, for each word typed, a word that begins with it; those that came into the index last
// come first (after the index was built anew: those with the highest ids, which for UUIDv7 are the newest). before continues behind an earlier match; 0 begins. An empty query finds nothing.
func (ix *TextIndex[K, T, C]) Search(tx Tx, query string, before uint32) iter.Seq2[Match[K, C], error] {
	return func(yield func(Match[K, C], error) bool) {
		prefixes := Prefixes(query)
		if len(prefixes) == 0 {
			return
		}
		for hit, err := range tx.Search(ix.def, TextQuery{Prefixes: prefixes, Before: before}) {
			m := Match[K, C]{Ordinal: hit.Ordinal}
			if err == nil {
				var f Found[K, C]
				f, err = found[K, C](hit.ID, hit.Value, nil)
				m.ID, m.Cover = f.ID, f.Cover
			}
			if !yield(m, err) || err != nil {
				return
			}
		}
	}
}
