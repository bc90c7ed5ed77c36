package kit

import (
	"strings"
	"time"

	"wardbook/app/term"
)

// yearless is a day without its year: the next one to come, where it is about what comes. A birth without a year is refused.
func (p dateParser) yearless(month, day int) (DateAnswer, Sentence) {
	if !p.rules.Future {
		return DateAnswer{}, Say("date.noyear", "The year is missing: 3 Feb 1971, or 3/2/1971.")
	}
	// 29 February comes after eight years at the latest.
	for year := p.rules.Today.Year; year <= p.rules.Today.Year+8; year++ {
		d := term.Date{Year: year, Month: time.Month(month), Day: day}
		if d.Valid() && !d.Before(p.rules.Today) {
			return DateAnswer{Date: d}, Sentence{}
		}
	}
	return p.date(p.rules.Today.Year, month, day)
}

// monthAnd finds a month's name among two tokens, and gives the other, which is a number.
func (p dateParser) monthAnd(a, b dateToken) (month int, number dateToken, ok bool) {
	if b.digits == 0 {
		a, b = b, a
	}
	month, ok = p.month(a.word)
	return month, b, ok && b.digits > 0
}

// month is the month of which word is the beginning, or the whole, in one of the languages. Three letters at least.
func (p dateParser) month(word string) (int, bool) {
	found := 0
	for i, names := range p.words.Months {
		for _, name := range names {
			if word != name && (len(word) < 3 || !strings.HasPrefix(name, word)) {
				continue
			}
			if found != 0 && found != i+1 {
				return 0, false // it could be either
			}
			found = i + 1
		}
	}
	return found, found != 0
}

func (p dateParser) three(tokens []dateToken) (DateAnswer, Sentence) {
	if tokens[0].signed != 0 {
		return DateAnswer{}, notADate()
	}
	for i, token := range tokens {
		if token.digits > 0 {
			continue
		}
		month, ok := p.month(token.word)
		if !ok || i == 2 { // nobody writes the month last
			return DateAnswer{}, notADate()
		}
		rest := append(append([]dateToken{}, tokens[:i]...), tokens[i+1:]...)
		if rest[0].digits == 0 || rest[1].digits == 0 {
			return DateAnswer{}, notADate()
		}
		day, year := rest[0], rest[1]
		if day.digits == 4 || day.digits <= 2 && day.number > 31 && year.digits <= 2 {
			day, year = year, day
		}
		return p.withYear(year, month, day)
	}
	return p.numbers(tokens[0], tokens[1], tokens[2])
}

// numbers is a date of three numbers. The year comes first only with four digits.
func (p dateParser) numbers(a, b, c dateToken) (DateAnswer, Sentence) {
	switch {
	case a.digits == 4:
		if b.digits > 2 || c.digits > 2 {
			return DateAnswer{}, notADate()
		}
		return p.date(a.number, b.number, c.number)
	case b.digits > 2:
		return DateAnswer{}, notADate()
	case p.rules.MonthFirst:
		a, b = b, a
	}
	return p.withYear(c, b.number, a)
}

// withYear finds the century of a year of two digits: the last one in which the day has been, or for what is to come the
// first one in which it will be, unless that is more than half a century away.
func (p dateParser) withYear(year dateToken, month int, day dateToken) (DateAnswer, Sentence) {
	if day.digits > 2 || year.digits == 3 || year.digits > 4 {
		return DateAnswer{}, notADate()
	}
	if year.digits == 4 {
		return p.date(year.number, month, day.number)
	}
	today := p.rules.Today
	full := today.Year/100*100 + year.number
	d := term.Date{Year: full, Month: time.Month(month), Day: day.number}
	switch {
	case p.rules.Future && full < today.Year-50:
		full += 100
	case p.rules.Future && full > today.Year+50, !p.rules.Future && today.Before(d):
		full -= 100
	}
	return p.date(full, month, day.number)
}

// date is the day, if the calendar has it.
func (p dateParser) date(year, month, day int) (DateAnswer, Sentence) {
	if month < 1 || month > 12 {
		if p.rules.MonthFirst {
			return DateAnswer{}, Say("date.month.first", "There is no month {{.Month}}. The month comes first: 2/13/1971 is 13 February.", "Month", month)
		}
		return DateAnswer{}, Say("date.month.none", "There is no month {{.Month}}. The day comes first: 13/2/1971 is 13 February.", "Month", month)
	}
	d := term.Date{Year: year, Month: time.Month(month), Day: day}
	switch {
	case d.Valid() && year >= 1000:
		return DateAnswer{Date: d}, Sentence{}
	case year < 1000 || year > 9999:
		return DateAnswer{}, Say("date.year.none", "Check the year: four digits are expected.")
	}
	last := term.Date{Year: year, Month: d.Month, Day: 1}.AddMonths(1).AddDays(-1)
	return DateAnswer{}, Say("date.day.none", "There is no {{.Day}} {{.Month}} {{.Year}}: that month has {{.Days}} days.",
		"Day", day, "Month", Of(term.MonthText(d.Month)), "Year", year, "Days", last.Day)
}
