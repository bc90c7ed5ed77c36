package term

import "wardbook/data"

// MaxAge is the age in years beyond which a date of birth is a mistake. The oldest person whose age is proven reached 122.
const MaxAge = 130

// Birth is what is known of when somebody was born: a date; a date reckoned from an age that somebody estimated; or
// nothing (Unknown), which is not the same as nobody having asked (the zero Birth).
type Birth struct {
	Date      Date `cbor:"1,keyasint"`
	Estimated bool `cbor:"2,keyasint,omitempty"`
	Unknown   bool `cbor:"3,keyasint,omitempty"`
}

// AgeUnit is what an age is counted in.
type AgeUnit uint8

// The units of an age.
const (
	Years AgeUnit = iota
	Months
	Weeks
	Days
)

// UnknownBirth is the birth of somebody of whom nobody knows the age.
func UnknownBirth() Birth { return Birth{Unknown: true} }

// BirthAbout reckons an estimated birth from an age on a day: 'about 40 years old'. It lies in the middle of the time in
// which such a person can have been born, so that the age is right on the day and on the average of the days after.
func BirthAbout(age int, unit AgeUnit, on Date) (Birth, error) {
	if age < 0 || age > MaxAge*366 {
		return Birth{}, impossibleAge()
	}
	var d Date
	switch unit {
	case Years:
		d = on.AddMonths(-12*age - 6)
	case Months:
		d = on.AddMonths(-age).AddDays(-14)
	case Weeks:
		d = on.AddDays(-7*age - 3)
	default:
		d = on.AddDays(-age)
	}
	if d.AgeAt(on) > MaxAge {
		return Birth{}, impossibleAge()
	}
	return Birth{Date: d, Estimated: true}, nil
}

func impossibleAge() error {
	return invalid("birth", FieldBirth, data.Say("term.birth.age", "An age lies between 0 and {{.Most}} years. Check the number and its unit.", "Most", MaxAge))
}

// Check says on the field what cannot be, seen from a day: no date, a date that does not exist or lies in the future, a
// person older than MaxAge.
func (b Birth) Check(today Date) error {
	refuse := func(message Text) error { return invalid("birth", FieldBirth, message) }
	switch {
	case b.Unknown && (b.Estimated || !b.Date.IsZero()):
		return refuse(data.Say("term.birth.both", "A date of birth is either given or not known. Empty the date, or take the mark away."))
	case b.Unknown:
		return nil
	case b.Date.IsZero():
		return refuse(data.Say("term.birth.missing", "Give the date of birth or an age, or mark it as not known."))
	case !b.Date.Valid():
		return noSuchDate(FieldBirth)
	case b.Date.After(today):
		return refuse(data.Say("term.birth.future", "This date of birth lies in the future. Check day, month and year."))
	case b.Date.AgeAt(today) > MaxAge:
		return refuse(data.Say("term.birth.old", "Somebody born on this day would be older than {{.Most}} years. Check the year.", "Most", MaxAge))
	}
	return nil
}

// Known tells whether there is a date, be it estimated.
func (b Birth) Known() bool { return !b.Unknown && !b.Date.IsZero() }

// Text is what lists and banners show on a day: '3 Feb 1971, 55 years'; 'about 1986, about 40 years', because a day that
// nobody said would look like knowledge; 'date of birth not known'.
func (b Birth) Text(on Date) Text {
	switch {
	case !b.Known():
		return data.Say("term.birth.unknown", "date of birth not known")
	case b.Estimated:
		return data.Say("term.birth.about", "about {{.Date}}, about {{.Age}}", "Date", b.rough(on).Text(), "Age", b.Date.Age(on))
	}
	return data.Say("term.birth.known", "{{.Date}}, {{.Age}}", "Date", b.Date.Text(), "Age", b.Date.Age(on))
}

// rough leaves out of an estimated date what its estimate cannot have known: small children are estimated by months.
func (b Birth) rough(on Date) PartialDate {
	switch months := b.Date.MonthsAt(on); {
	case months >= 24:
		return PartialDate{Year: b.Date.Year}
	case months >= 3:
		return PartialDate{Year: b.Date.Year, Month: b.Date.Month}
	}
	return PartialDate(b.Date)
}

// AgeAt gives the age in completed years on a day; negative before the birth. Somebody born on 29 February completes a
// year on 1 March where there is no 29th.
func (d Date) AgeAt(on Date) int { return floor(d.MonthsAt(on), 12) }

// MonthsAt gives the age in completed months on a day; negative before the birth.
func (d Date) MonthsAt(on Date) int {
	months := (on.Year-d.Year)*12 + int(on.Month) - int(d.Month)
	if on.Day < d.Day {
		months--
	}
	return months
}

func floor(n, by int) int {
	if n < 0 {
		return (n - by + 1) / by
	}
	return n / by
}

// Age is the age on a day in the unit in which it matters: days in the first four weeks, weeks in the first three
// months, months in the first two years, then years.
func (d Date) Age(on Date) Text {
	days, months := d.DaysUntil(on), d.MonthsAt(on)
	switch {
	case days < 0:
		return data.Say("term.age.unborn", "not born yet")
	case days == 0:
		return data.Say("term.age.today", "born today")
	case days == 1:
		return data.Say("term.age.day", "1 day")
	case days < 28:
		return data.Say("term.age.days", "{{.Count}} days", "Count", days)
	case months < 3:
		return data.Say("term.age.weeks", "{{.Count}} weeks", "Count", days/7)
	case months < 24:
		return data.Say("term.age.months", "{{.Count}} months", "Count", months)
	}
	return data.Say("term.age.years", "{{.Count}} years", "Count", months/12)
}
