package patient

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"wardbook/app/term"
	"wardbook/data"
)

// What people type into one field can mean several things: '4711' the end of a phone, of a hospital number, or the beginning
// of a paper's; '03021971' a date, in one order or another. A query is therefore read in every way that makes sense, each reading
// is looked up, and what fits best stands first.

// clue is one thing that a reading takes a part of the query for.
type clue struct {
	names  []string // beginnings of names, folded
	word   string   // a marked word, or its beginning
	mrn    term.MRN // the whole number
	ending string   // of a number, digits
	paper  string   // of a paper, compact
	birth  bool
}

// reading is one way to understand the whole query.
type reading []clue

// Limits of what is understood of a query; what is longer is cut off.
const (
	maxChunks   = 6
	maxReadings = 24
	maxQuery    = 200 // bytes
)

const (
	minEnding = 4 // digits: fewer fit everybody
	minPaper  = 4
	mrnLength = 8 // digits of a number with its check digit
)

// parse reads a query in every way that makes sense, without repeating itself. today bounds years.
func parse(query string, today term.Date) []reading {
	chunks := chunksOf(query)
	p := parser{chunks: chunks, today: today, seen: map[string]bool{}}
	p.read(0, nil)
	return p.readings
}

// chunksOf cuts a query at spaces and commas and writes every script's digits as 0 to 9.
func chunksOf(query string) []string {
	if len(query) > maxQuery {
		query = strings.ToValidUTF8(query[:maxQuery], "")
	}
	query = strings.Map(func(r rune) rune {
		switch string(r) {
		case markEnding, markDate, markPaper, markWhole:
			return ' '
		}
		return r
	}, strings.ReplaceAll(query, "(0)", "")) // +44 (0)20: nobody dials both
	chunks := strings.FieldsFunc(term.PlainDigits(query), func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' })
	return chunks[:min(len(chunks), maxChunks)]
}

type parser struct {
	chunks   []string
	today    term.Date
	readings []reading
	seen     map[string]bool
}

// part is one way to understand the next so many chunks.
type part struct {
	chunks int
	clue   clue
}

func (p *parser) read(at int, so reading) {
	if len(p.readings) == maxReadings {
		return
	}
	if at == len(p.chunks) {
		if key := strings.Join(so.prefixes(), " "); key != "" && !p.seen[key] {
			p.seen[key] = true
			p.readings = append(p.readings, slices.Clone(so))
		}
		return
	}
	for _, next := range p.parts(at) {
		p.read(at+next.chunks, append(so, next.clue))
	}
}

// parts gives the ways to understand the chunks from at on, the most telling first.
func (p *parser) parts(at int) []part {
	var parts []part
	for n := min(3, len(p.chunks)-at); n > 0; n-- {
		for _, word := range dates(p.chunks[at:at+n], p.today) {
			parts = append(parts, part{n, clue{word: word, birth: true}})
		}
	}
	parts = append(parts, p.numbers(at)...)
	if names := data.Prefixes(p.chunks[at]); len(names) > 0 {
		parts = append(parts, part{1, clue{names: names}})
	} else if len(parts) == 0 { // a dash, an emoji: nothing to look for
		parts = append(parts, part{1, clue{}})
	}
	return parts
}

// numbers reads the chunks from at on as numbers: as many as look like one, and the first alone.
func (p *parser) numbers(at int) []part {
	run := 0
	for at+run < len(p.chunks) && digitsOf(p.chunks[at+run]) != "" {
		run++
	}
	var parts []part
	if run > 1 {
		parts = append(parts, number(run, strings.Join(p.chunks[at:at+run], ""))...)
	}
	if run > 0 {
		return append(parts, number(1, p.chunks[at])...)
	}
	rest := p.chunks[at:]
	if whole := compact(strings.Join(rest, "")); len(rest) > 1 && isPaper(whole) {
		parts = append(parts, part{len(rest), clue{word: markPaper + whole, paper: whole}})
	}
	if one := compact(p.chunks[at]); isPaper(one) {
		parts = append(parts, part{1, clue{word: markPaper + one, paper: one}})
	}
	return parts
}

func isPaper(number string) bool {
	return utf8.RuneCountInString(number) >= minPaper && strings.ContainsFunc(number, unicode.IsDigit)
}

// number gives what so many chunks of digits may be.
func number(chunks int, text string) []part {
	digits := digitsOf(text)
	var parts []part
	if padded := strings.Repeat("0", max(0, mrnLength-len(digits))) + digits; true {
		if mrn, err := term.ParseMRN(padded); err == nil {
			parts = append(parts, part{chunks, clue{word: markEnding + reversed(padded), mrn: mrn, ending: padded}})
		}
	}
	if len(digits) < minEnding {
		return parts
	}
	for _, ending := range endings(digits) {
		parts = append(parts, part{chunks, clue{word: markEnding + reversed(ending), ending: ending}})
	}
	return append(parts, part{chunks, clue{word: markPaper + digits, paper: digits}})
}

// endings: a number is stored with its country and without the zero that is dialled at home, or the two from abroad.
func endings(digits string) []string {
	all := []string{digits}
	if short := strings.TrimLeft(digits, "0"); short != digits && len(short) > minEnding {
		all = append(all, short)
	}
	return all
}

// digitsOf gives the digits of a chunk that is a number as people write numbers; otherwise nothing.
func digitsOf(chunk string) string {
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune("+-./()", r) || unicode.Is(unicode.Pd, r) {
			return -1
		}
		return r
	}, chunk)
	if digits == "" || len(digits) > 20 || strings.Trim(digits, "0123456789") != "" {
		return ""
	}
	return digits
}

// prefixes are what a reading asks of the index.
func (r reading) prefixes() []string {
	var all []string
	for _, c := range r {
		if c.word != "" {
			all = append(all, c.word)
		}
		all = append(all, c.names...)
	}
	return all
}

// whole asks for short names as a whole; false where the reading has none.
func (r reading) whole() ([]string, bool) {
	all, some := r.prefixes(), false
	for i, w := range all {
		if !strings.HasPrefix(w, markEnding) && !strings.HasPrefix(w, markDate) && !strings.HasPrefix(w, markPaper) && isShort(w) {
			all[i], some = w+markWhole, true
		}
	}
	return all, some
}

var months = func() map[string]time.Month {
	all := map[string]time.Month{"sept": time.September}
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		all[name], all[name[:3]] = m, m
	}
	return all
}()

// dates gives the words of the dates of birth that chunks may be: with a day, a month and year, a year alone. In which order
// day and month were meant nobody knows; both are looked for.
func dates(chunks []string, today term.Date) []string {
	p := dateParts(strings.Join(chunks, " "))
	if len(p) < len(chunks) {
		return nil
	}
	var words []string
	day := func(y, m, d string) {
		for _, year := range years(y, today) {
			date := term.Date{Year: year, Month: month(m), Day: small(d)}
			if date.Valid() && !date.After(today) && len(d) <= 2 {
				words = append(words, markDate+strings.ReplaceAll(date.String(), "-", ""))
			}
		}
	}
	switch {
	case len(p) == 3 && len(p[0]) == 4:
		day(p[0], p[1], p[2])
	case len(p) == 3:
		day(p[2], p[1], p[0])
		day(p[2], p[0], p[1])
	case len(p) == 2:
		for _, year := range years(p[1], today) {
			if m := month(p[0]); m != 0 && len(p[1]) == 4 {
				words = append(words, markDate+strconv.Itoa(year)+term.Date{Year: year, Month: m, Day: 1}.String()[5:7])
			}
		}
	case len(p) == 1 && len(p[0]) == 4:
		for _, year := range years(p[0], today) {
			words = append(words, markDate+strconv.Itoa(year))
		}
	case len(p) == 1 && len(p[0]) == 6:
		day(p[0][4:], p[0][2:4], p[0][:2])
		day(p[0][4:], p[0][:2], p[0][2:4])
	case len(p) == 1 && len(p[0]) == 8:
		day(p[0][:4], p[0][4:6], p[0][6:])
		day(p[0][4:], p[0][2:4], p[0][:2])
		day(p[0][4:], p[0][:2], p[0][2:4])
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// dateParts takes a text apart into numbers and words; nil where it holds anything that no date does.
func dateParts(text string) []string {
	var parts []string
	var kind int // of the letter before: 0 a gap, 1 a digit, 2 a letter
	for _, r := range strings.ToLower(text) {
		is := 0
		switch {
		case r >= '0' && r <= '9':
			is = 1
		case unicode.IsLetter(r):
			is = 2
		case r != ' ' && !strings.ContainsRune("./-'", r) && !unicode.Is(unicode.Pd, r):
			return nil
		}
		switch {
		case is == 0:
		case is == kind:
			parts[len(parts)-1] += string(r)
		default:
			parts = append(parts, string(r))
		}
		kind = is
	}
	return parts
}

// years gives the years that digits may mean: two digits are of either century, as far as it has come.
func years(digits string, today term.Date) []int {
	n := small(digits)
	switch {
	case n < 0:
	case len(digits) == 4 && n >= today.Year-term.MaxAge-1 && n <= today.Year:
		return []int{n}
	case len(digits) == 2:
		var all []int
		for century := today.Year / 100 * 100; century >= today.Year-term.MaxAge-n; century -= 100 {
			if century+n <= today.Year {
				all = append(all, century+n)
			}
		}
		return all
	}
	return nil
}

// month reads a number or a name; 0: neither.
func month(text string) time.Month {
	if m, ok := months[text]; ok {
		return m
	}
	if n := small(text); n >= 1 && n <= 12 && len(text) <= 2 {
		return time.Month(n)
	}
	return 0
}

// small reads a number of at most four digits; -1: it is none.
func small(digits string) int {
	if len(digits) > 4 {
		return -1
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 {
		return -1
	}
	return n
}
