package term

import (
	"fmt"
	"time"

	"wardbook/data"
)

// PartialDate is a date of which only the year, or year and month, may be known: when an operation was, since when
// somebody smokes. What is not known is 0. The zero PartialDate is no date.
type PartialDate struct {
	Year  int
	Month time.Month
	Day   int
}

// ParsePartialDate reads '1971', '1971-02' or '1971-02-03'.
func ParsePartialDate(text string) (PartialDate, error) {
	var from string
	switch len(text) {
	case len("1971"):
		from = text + "-01-01"
	case len("1971-02"):
		from = text + "-01"
	default:
		from = text
	}
	d, err := ParseDate(from)
	if err != nil {
		return PartialDate{}, err
	}
	p := PartialDate{Year: d.Year}
	if len(text) > len("1971") {
		p.Month = d.Month
	}
	if len(text) > len("1971-02") {
		p.Day = d.Day
	}
	return p, nil
}

// IsZero tells whether nothing is known.
func (p PartialDate) IsZero() bool { return p == PartialDate{} }

// Valid tells whether the calendar has what is known; a day without its month is not a date.
func (p PartialDate) Valid() bool {
	return (p.Month != 0 || p.Day == 0) && p.First().Valid()
}

// First is the earliest day that it may be.
func (p PartialDate) First() Date {
	d := Date(p)
	if p.Month == 0 {
		d.Month = time.January
	}
	if p.Day == 0 {
		d.Day = 1
	}
	return d
}

// Last is the latest day that it may be.
func (p PartialDate) Last() Date {
	d := Date(p)
	if p.Month == 0 {
		d.Month = time.December
	}
	if p.Day == 0 {
		d.Day = daysIn(d.Year, d.Month)
	}
	return d
}

// String is what is known as the standard writes it: '1971', '1971-02', '1971-02-03'; nothing is ”.
func (p PartialDate) String() string {
	switch {
	case p.IsZero():
		return ""
	case p.Month == 0:
		return fmt.Sprintf("%04d", p.Year)
	case p.Day == 0:
		return fmt.Sprintf("%04d-%02d", p.Year, p.Month)
	}
	return Date(p).String()
}

// Text is what is known as people read it: '1971', 'Feb 1971', '3 Feb 1971'.
func (p PartialDate) Text() Text {
	switch {
	case p.IsZero():
		return Text{}
	case p.Month == 0:
		return data.Say("term.date.year", "{{.Year}}", "Year", p.Year)
	case p.Day == 0:
		return data.Say("term.date.month", "{{.Month}} {{.Year}}", "Month", MonthText(p.Month), "Year", p.Year)
	}
	return Date(p).Text()
}

// MarshalCBOR writes it as a number with 00 for what is not known: 19710200.
func (p PartialDate) MarshalCBOR() ([]byte, error) {
	if !p.IsZero() && !p.Valid() {
		return nil, errNoDate
	}
	return data.Marshal(Date(p).number())
}

// UnmarshalCBOR reads what MarshalCBOR wrote.
func (p *PartialDate) UnmarshalCBOR(b []byte) error {
	var n int
	if err := data.Unmarshal(b, &n); err != nil {
		return err
	}
	read := PartialDate(fromNumber(n))
	if n != 0 && !read.Valid() {
		return errNoDate
	}
	*p = read
	return nil
}
