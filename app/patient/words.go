package patient

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wardbook/app/term"
	"wardbook/data"
)

// What is not a name is indexed as a word of its own kind, which begins with a letter that nobody types: otherwise whoever
// types 'd' would find everybody with a date. The marks are letters without case or accents, so that they survive folding.
const (
	markEnding = "\uA78F" // digits of a number, the last first: its ending is then the beginning of a word
	markDate   = "\uA7F7" // a date of birth, 19710203; so that year and month are beginnings of it
	markPaper  = "\uA7FB" // the number of a paper, or of an earlier system
	markWhole  = "\uA7FC" // stands behind a short name, so that An is found among hundreds of Annas
)

// shortWord is the length in letters up to which a name is also indexed as a whole.
const shortWord = 4

// searchWords are the texts under which a patient is found. Names come last: an index keeps so many words of a record, and of
// sixty names the last is missed least.
func searchWords(r Row) []string {
	p := r.Value
	words := []string{markEnding + reversed(p.MRN.Digits())}
	for _, phone := range p.Phones {
		words = append(words, markEnding+reversed(phone.Number.Digits()))
	}
	if date := dateWord(p.Birth); date != "" {
		words = append(words, date)
	}
	for _, paper := range papersOf(p) {
		words = append(words, markPaper+paper)
	}
	names := p.Name.Searched()
	words = append(words, names...)
	for _, w := range data.Words(names...) {
		if isShort(w) {
			words = append(words, w+markWhole)
		}
	}
	return words
}

func isShort(w string) bool { return utf8.RuneCountInString(w) <= shortWord }

// dateWord is the whole date; of an estimated one only the year, because nobody said a day.
func dateWord(b term.Birth) string {
	switch {
	case !b.Known():
		return ""
	case b.Estimated:
		return markDate + b.Date.String()[:4]
	}
	return markDate + strings.ReplaceAll(b.Date.String(), "-", "")
}

// papersOf gives the numbers of papers and of earlier systems, compact.
func papersOf(p Patient) []string {
	var all []string
	for _, paper := range p.NationalIDs {
		all = append(all, compact(paper.Number))
	}
	for _, n := range p.OldNumbers {
		all = append(all, compact(n))
	}
	return slices.DeleteFunc(all, func(n string) bool { return n == "" })
}

// compact is a number as it is compared in a search: letters and digits alone, without case.
func compact(number string) string {
	kept := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) {
			return r
		}
		return -1
	}, number)
	return strings.Join(data.Prefixes(kept), "")
}

func reversed(digits string) string {
	b := []byte(digits)
	slices.Reverse(b)
	return string(b)
}
