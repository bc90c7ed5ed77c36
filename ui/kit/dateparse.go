package kit

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"wardbook/app/term"
)

// DateRules is what a date may be, and how one that is short of something is meant.
type DateRules struct {
	Today      term.Date
	MonthFirst bool // 2/3 is 3 February; otherwise 2 March
	Future     bool // what lacks its year or century is meant to come; otherwise it has been: a birth
	// Min and Max are the earliest and latest day; zero: no limit. TooEarly and TooLate say so in the field's own words.
	Min, Max          term.Date
	TooEarly, TooLate Sentence
	// Estimates takes ages ('about 40 years', '6 months'), and years and months alone, for a date that nobody knows exactly.
	Estimates bool
	// Unknown takes 'unknown' for an answer.
	Unknown bool
}

// DateAnswer is what a person has said about a date. The zero DateAnswer: nothing.
type DateAnswer struct {
	Date      term.Date // where estimated, the middle of the time that is meant
	Estimated bool
	Unknown   bool
}

// IsZero tells whether nothing was said.
func (a DateAnswer) IsZero() bool { return a == DateAnswer{} }

// DateWords are the words of dates in the languages that are understood, folded (case and accents away).
type DateWords struct {
	Months                             [12][]string
	Today, Yesterday, Tomorrow         []string
	Unknown, About                     []string
	Years, MonthsUnit, Weeks, DaysUnit []string
}

// EnglishDates are the words that are understood in every language of the windows.
func EnglishDates() DateWords {
	w := DateWords{
		Today: []string{"today", "now"}, Yesterday: []string{"yesterday"}, Tomorrow: []string{"tomorrow"},
		Unknown: []string{"unknown", "not known", "?"}, About: []string{"about", "approx", "approximately", "circa", "ca", "c", "around"},
		Years: []string{"y", "yr", "yrs", "year", "years", "yo", "a"}, MonthsUnit: []string{"m", "mo", "mos", "mth", "mths", "month", "months"},
		Weeks: []string{"w", "wk", "wks", "week", "weeks"}, DaysUnit: []string{"d", "day", "days"},
	}
	for m := time.January; m <= time.December; m++ {
		w.Months[m-1] = []string{strings.ToLower(m.String())}
	}
	return w
}

// ParseDate understands a date as people type it: 3 feb 1971, 3/2/71, 03.02.1971, 1971-02-03, 030271, 19710203, today,
// -3d. It refuses what it can't be sure of, and what the calendar doesn't have, in a sentence; an empty text is no answer.
func ParseDate(text string, rules DateRules, words DateWords) (DateAnswer, Sentence) {
	p := dateParser{rules: rules, words: words}
	folded := strings.TrimSpace(fold(text))
	if folded == "" {
		return DateAnswer{}, Sentence{}
	}
	if slices.Contains(words.Unknown, folded) {
		if rules.Unknown {
			return DateAnswer{Unknown: true}, Sentence{}
		}
		return DateAnswer{}, Say("date.unknown.refused", "A date is needed here.")
	}
	tokens, ok := dateTokens(folded)
	if !ok || len(tokens) == 0 || len(tokens) > 6 {
		return DateAnswer{}, notADate()
	}
	answer, wrong := p.parse(tokens)
	if !wrong.Empty() {
		return DateAnswer{}, wrong
	}
	if wrong := rules.within(answer); !wrong.Empty() {
		return DateAnswer{}, wrong
	}
	return answer, Sentence{}
}

func (r DateRules) within(answer DateAnswer) Sentence {
	switch {
	case !r.Min.IsZero() && answer.Date.Before(r.Min):
		if !r.TooEarly.Empty() {
			return r.TooEarly
		}
		return Say("date.early", "This is before {{.Min}}, the earliest day that can be entered here.", "Min", Of(r.Min.Text()))
	case !r.Max.IsZero() && r.Max.Before(answer.Date):
		if !r.TooLate.Empty() {
			return r.TooLate
		}
		return Say("date.late", "This is after {{.Max}}, the latest day that can be entered here.", "Max", Of(r.Max.Text()))
	}
	return Sentence{}
}

func notADate() Sentence {
	return Say("date.none", "This can't be read as a date. Type day, month and year: 3 Feb 1971, or 3/2/1971.")
}

// dateToken is a number or a word of what was typed.
type dateToken struct {
	word   string
	number int
	digits int  // how many were typed; 0: a word
	signed rune // '+' or '-' right before the first number
}

// dateTokens takes a text apart. Signs other than those people write between the parts of a date are refused.
func dateTokens(text string) ([]dateToken, bool) {
	var tokens []dateToken
	runes := []rune(text)
	var sign rune
	for i := 0; i < len(runes); {
		r := runes[i]
		switch {
		case r >= '0' && r <= '9':
			j := i
			for j < len(runes) && runes[j] >= '0' && runes[j] <= '9' {
				j++
			}
			number, err := strconv.Atoi(string(runes[i:j]))
			if err != nil || j-i > 8 {
				return nil, false
			}
			tokens = append(tokens, dateToken{number: number, digits: j - i, signed: sign})
			i, sign = j, 0
		case unicode.IsLetter(r):
			j := i
			for j < len(runes) && unicode.IsLetter(runes[j]) {
				j++
			}
			tokens = append(tokens, dateToken{word: string(runes[i:j])})
			i = j
		case (r == '+' || r == '-') && len(tokens) == 0:
			sign = r
			i++
		case unicode.IsSpace(r) || strings.ContainsRune(`.,/\-'’`, r):
			i++
		case r == '~' && len(tokens) == 0:
			tokens = append(tokens, dateToken{word: "about"})
			i++
		default:
			return nil, false
		}
	}
	return tokens, true
}

type dateParser struct {
	rules DateRules
	words DateWords
}

func (p dateParser) parse(tokens []dateToken) (DateAnswer, Sentence) {
	about := tokens[0].digits == 0 && slices.Contains(p.words.About, tokens[0].word)
	if about {
		tokens = tokens[1:]
	}
	tokens = p.withoutNoise(tokens)
	if len(tokens) == 0 {
		return DateAnswer{}, notADate()
	}
	if about && !p.rules.Estimates {
		return DateAnswer{}, Say("date.exact", "The exact date is needed here: 3 Feb 1971, or 3/2/1971.")
	}
	answer, wrong := p.day(tokens)
	answer.Estimated = answer.Estimated || about
	if !wrong.Empty() {
		return DateAnswer{}, wrong
	}
	return answer, Sentence{}
}

// withoutNoise leaves out what says nothing: the st of 1st, of, the, old. A word that means something stays.
func (p dateParser) withoutNoise(tokens []dateToken) []dateToken {
	kept := make([]dateToken, 0, len(tokens))
	for _, token := range tokens {
		switch token.word {
		case "st", "nd", "rd", "th", "of", "the", "old", "de", "den":
		default:
			kept = append(kept, token)
		}
	}
	return kept
}

func (p dateParser) day(tokens []dateToken) (DateAnswer, Sentence) {
	switch len(tokens) {
	case 1:
		return p.one(tokens[0])
	case 2:
		return p.two(tokens[0], tokens[1])
	case 3:
		return p.three(tokens)
	}
	return DateAnswer{}, notADate()
}

// one is a word, or all of a date in one number.
func (p dateParser) one(t dateToken) (DateAnswer, Sentence) {
	today := p.rules.Today
	n := t.number
	switch {
	case t.signed != 0:
		return DateAnswer{}, notADate()
	case slices.Contains(p.words.Today, t.word):
		return DateAnswer{Date: today}, Sentence{}
	case slices.Contains(p.words.Yesterday, t.word):
		return DateAnswer{Date: today.AddDays(-1)}, Sentence{}
	case slices.Contains(p.words.Tomorrow, t.word):
		return DateAnswer{Date: today.AddDays(1)}, Sentence{}
	case t.digits == 4:
		return p.yearAlone(n)
	case t.digits == 6:
		return p.numbers(dateToken{number: n / 10000, digits: 2}, dateToken{number: n / 100 % 100, digits: 2}, dateToken{number: n % 100, digits: 2})
	case t.digits == 8 && (n/10000 >= 1800 && n/10000 < 2200) && n/100%100 <= 12:
		return p.date(n/10000, n/100%100, n%100)
	case t.digits == 8:
		return p.numbers(dateToken{number: n / 1000000, digits: 2}, dateToken{number: n / 10000 % 100, digits: 2}, dateToken{number: n % 10000, digits: 4})
	}
	return DateAnswer{}, notADate()
}

// yearAlone is all that some people know of when they were born.
func (p dateParser) yearAlone(year int) (DateAnswer, Sentence) {
	if !p.rules.Estimates {
		return DateAnswer{}, Say("date.yearonly", "Day and month are missing: 3 Feb 1971, or 3/2/1971.")
	}
	middle := term.Date{Year: year, Month: time.July, Day: 1}
	if p.rules.Today.Year == year && p.rules.Today.Before(middle) {
		middle = term.Date{Year: year, Month: time.January, Day: 1}
	}
	return p.estimate(middle)
}

func (p dateParser) estimate(d term.Date) (DateAnswer, Sentence) {
	if !d.Valid() {
		return DateAnswer{}, notADate()
	}
	return DateAnswer{Date: d, Estimated: true}, Sentence{}
}

// two is an age, a step from today, a month of a year, or a day that lacks its year.
func (p dateParser) two(a, b dateToken) (DateAnswer, Sentence) {
	if a.digits > 0 && b.digits == 0 {
		if unit, ok := p.unit(b.word); ok {
			return p.span(a, unit)
		}
	}
	if a.signed != 0 {
		return DateAnswer{}, notADate()
	}
	month, number, ok := p.monthAnd(a, b)
	switch {
	case ok && number.digits == 4:
		if !p.rules.Estimates {
			return DateAnswer{}, Say("date.noday", "The day is missing: 3 Feb 1971, or 3/2/1971.")
		}
		return p.estimate(p.middleOf(number.number, month))
	case ok && number.digits <= 2:
		return p.yearless(month, number.number)
	case a.digits > 0 && a.digits <= 2 && b.digits > 0 && b.digits <= 2:
		day, month := a.number, b.number
		if p.rules.MonthFirst {
			day, month = month, day
		}
		return p.yearless(month, day)
	}
	return DateAnswer{}, notADate()
}

// middleOf is the middle of a month, or its first day where the middle hasn't come yet.
func (p dateParser) middleOf(year, month int) term.Date {
	middle := term.Date{Year: year, Month: time.Month(month), Day: 15}
	if p.rules.Today.Year == year && p.rules.Today.Month == middle.Month && p.rules.Today.Before(middle) {
		middle.Day = 1
	}
	return middle
}

func (p dateParser) unit(word string) (term.AgeUnit, bool) {
	for unit, names := range map[term.AgeUnit][]string{term.Years: p.words.Years, term.Months: p.words.MonthsUnit, term.Weeks: p.words.Weeks, term.Days: p.words.DaysUnit} {
		if slices.Contains(names, word) {
			return unit, true
		}
	}
	return 0, false
}

// span is a step from today where it has a sign, and otherwise an age.
func (p dateParser) span(n dateToken, unit term.AgeUnit) (DateAnswer, Sentence) {
	if n.number > 60_000 {
		return DateAnswer{}, notADate()
	}
	if n.signed == 0 {
		if !p.rules.Estimates {
			return DateAnswer{}, Say("date.noage", "A date is needed here, not an age: 3 Feb 1971, or 3/2/1971.")
		}
		birth, err := term.BirthAbout(n.number, unit, p.rules.Today)
		if err != nil || !birth.Date.Valid() {
			return DateAnswer{}, Say("date.age", "Nobody is that old. Check the number and its unit.")
		}
		return DateAnswer{Date: birth.Date, Estimated: true}, Sentence{}
	}
	steps, today := n.number, p.rules.Today
	if n.signed == '-' {
		steps = -steps
	}
	var day term.Date
	switch unit {
	case term.Years:
		day = today.AddMonths(12 * steps)
	case term.Months:
		day = today.AddMonths(steps)
	case term.Weeks:
		day = today.AddDays(7 * steps)
	default:
		day = today.AddDays(steps)
	}
	if !day.Valid() {
		return DateAnswer{}, notADate()
	}
	return DateAnswer{Date: day}, Sentence{}
}
