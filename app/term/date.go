package term

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"wardbook/data"
)

// Date is a civil date: a day as the calendar on the wall shows it, in no time zone. The zero Date is no date. Dates
// compare with ==.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf gives the day that an instant is in a place.
func DateOf(instant time.Time, place *time.Location) Date {
	year, month, day := instant.In(place).Date()
	return Date{year, month, day}
}

// ParseDate reads a date as the standard writes it: '1971-02-03'. What people type in other orders is the business of the
// field they type it in.
func ParseDate(text string) (Date, error) {
	if len(text) == len(time.DateOnly) {
		if instant, err := time.Parse(time.DateOnly, text); err == nil {
			if d := DateOf(instant, time.UTC); d.Valid() {
				return d, nil
			}
		}
	}
	return Date{}, noSuchDate(FieldDate)
}

func noSuchDate(field string) error {
	return invalid("date", field, data.Say("term.date.none", "There is no such date. Check day, month and year."))
}

// IsZero tells whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Valid tells whether the calendar has this date: years 1 to 9999, as the Gregorian calendar counts them.
func (d Date) Valid() bool {
	return d.Year >= 1 && d.Year <= 9999 && d.Month >= time.January && d.Month <= time.December && d.Day >= 1 && d.Day <= daysIn(d.Year, d.Month)
}

// String is the date as the standard writes it: '1971-02-03'; no date is ”.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Text is the date as people read it, never to be taken for another: '3 Feb 1971'.
func (d Date) Text() Text {
	if d.IsZero() {
		return Text{}
	}
	return data.Say("term.date.full", "{{.Day}} {{.Month}} {{.Year}}", "Day", d.Day, "Month", MonthText(d.Month), "Year", d.Year)
}

// Display is Text in English.
func (d Date) Display() string { return d.Text().String() }

// Compare tells whether d is before (-1), the same day as (0) or after (1) other.
func (d Date) Compare(other Date) int { return cmp.Compare(d.number(), other.number()) }

// Before tells whether d is an earlier day than other.
func (d Date) Before(other Date) bool { return d.number() < other.number() }

// After tells whether d is a later day than other.
func (d Date) After(other Date) bool { return d.number() > other.number() }

// AddDays gives the day so many days later, or earlier for a negative number.
func (d Date) AddDays(days int) Date { return DateOf(d.midnight().AddDate(0, 0, days), time.UTC) }

// AddMonths gives the same day so many months later or earlier, or the last of that month where it is shorter: a month
// after 31 January is 28 February, never a day of March.
func (d Date) AddMonths(months int) Date {
	count := d.Year*12 + int(d.Month) - 1 + months
	year, month := count/12, time.Month(count%12+1)
	if count < 0 {
		year, month = 0, time.January // before the calendar: not Valid
	}
	return Date{year, month, min(d.Day, daysIn(year, month))}
}

// AddYears gives the same day so many years later or earlier; 28 February for a 29th that the year lacks.
func (d Date) AddYears(years int) Date { return d.AddMonths(12 * years) }

// DaysUntil counts the days from d to other; negative when other is earlier.
func (d Date) DaysUntil(other Date) int {
	return int((other.midnight().Unix() - d.midnight().Unix()) / 86_400) // a Duration ends at 292 years
}

// Weekday tells the day of the week.
func (d Date) Weekday() time.Weekday { return d.midnight().Weekday() }

// Start is the instant at which the day starts in a place. Where clocks are put forward at midnight that is after 00:00.
func (d Date) Start(place *time.Location) time.Time {
	start := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, place)
	for DateOf(start, place).Before(d) {
		start = start.Add(time.Hour)
	}
	return start
}

// midnight is where the calendar's arithmetic happens: UTC has no hours left out.
func (d Date) midnight() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// number is 19710203 for 3 February 1971: it sorts as the dates do.
func (d Date) number() int { return d.Year*10_000 + int(d.Month)*100 + d.Day }

func fromNumber(n int) Date { return Date{n / 10_000, time.Month(n / 100 % 100), n % 100} }

var errNoDate = errors.New("no date of the calendar")

// MarshalCBOR writes the date as a number, 19710203, and no date as 0. A date that the calendar lacks is an error: it
// must not reach a record.
func (d Date) MarshalCBOR() ([]byte, error) {
	if !d.IsZero() && !d.Valid() {
		return nil, errNoDate
	}
	return data.Marshal(d.number())
}

// UnmarshalCBOR reads what MarshalCBOR wrote.
func (d *Date) UnmarshalCBOR(b []byte) error {
	var n int
	if err := data.Unmarshal(b, &n); err != nil {
		return err
	}
	read := fromNumber(n)
	if n != 0 && !read.Valid() {
		return errNoDate
	}
	*d = read
	return nil
}

// MonthText is a month's short name.
func MonthText(month time.Month) Text {
	if month < time.January || month > time.December {
		return Text{}
	}
	return [...]Text{
		data.Say("term.month.jan", "Jan"), data.Say("term.month.feb", "Feb"), data.Say("term.month.mar", "Mar"),
		data.Say("term.month.apr", "Apr"), data.Say("term.month.may", "May"), data.Say("term.month.jun", "Jun"),
		data.Say("term.month.jul", "Jul"), data.Say("term.month.aug", "Aug"), data.Say("term.month.sep", "Sep"),
		data.Say("term.month.oct", "Oct"), data.Say("term.month.nov", "Nov"), data.Say("term.month.dec", "Dec"),
	}[month-1]
}
