package kit

import (
	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"wardbook/app/term"
)

// DateField asks for a day. It is typed in any usual order, and below stands at once how it was understood; F4 or Alt and
// Down opens a calendar.
type DateField struct {
	*FieldFrame
	entry  *Entry
	rules  DateRules
	words  DateWords
	answer DateAnswer
	wrongs Sentence
	age    bool
	drop   *drop
}

var _ Field = (*DateField)(nil)

// NewDateField makes the field. age shows how old somebody born on that day is.
func NewDateField(spec FieldSpec, rules DateRules, age bool) *DateField {
	d := &DateField{rules: rules, words: localDates(), age: age, entry: NewEntry()}
	if spec.Letters == 0 {
		spec.Letters = 20
	}
	d.entry.ActionItem = newCalendarIcon(d.OpenCalendar)
	d.entry.SetPlaceHolder(placeHolder(rules))
	d.FieldFrame = NewFieldFrame(spec, FieldInput{Object: d.entry, Focus: d.entry, Read: d.read, Check: func() Sentence { return d.wrongs }})
	hook(d.FieldFrame, d.entry)
	d.entry.OnChanged = func(string) {
		d.understand()
		d.Edited()
	}
	d.entry.OnLeave = d.left
	d.entry.Keys = Keys{fyne.KeyF4: d.OpenCalendar}
	d.entry.altDown = d.OpenCalendar
	return d
}

func placeHolder(rules DateRules) string {
	if rules.MonthFirst {
		return Say("date.hint.month", "month day year").Text()
	}
	return Say("date.hint.day", "day month year").Text()
}

// localDates are the words of dates in the windows' language and in English.
func localDates() DateWords {
	w := EnglishDates()
	add := func(to *[]string, s Sentence) { *to = append(*to, fold(s.Text())) }
	for i, long := range longMonths() {
		add(&w.Months[i], long)
	}
	add(&w.Today, Say("date.today", "today"))
	add(&w.Yesterday, Say("date.yesterday", "yesterday"))
	add(&w.Tomorrow, Say("date.tomorrow", "tomorrow"))
	add(&w.Unknown, Say("date.unknown", "unknown"))
	add(&w.About, Say("date.about.word", "about"))
	add(&w.Years, Say("date.unit.years", "years"))
	add(&w.MonthsUnit, Say("date.unit.months", "months"))
	add(&w.Weeks, Say("date.unit.weeks", "weeks"))
	add(&w.DaysUnit, Say("date.unit.days", "days"))
	return w
}

// Answer is what was said, as far as it was understood. Check first.
func (d *DateField) Answer() DateAnswer { return d.answer }

// Date is the day; the zero Date where none was given.
func (d *DateField) Date() term.Date { return d.answer.Date }

// Birth is the answer as what is known of when somebody was born.
func (d *DateField) Birth() term.Birth {
	return term.Birth{Date: d.answer.Date, Estimated: d.answer.Estimated, Unknown: d.answer.Unknown}
}

// SetBirth shows what is known of when somebody was born; the person has not changed it then.
func (d *DateField) SetBirth(b term.Birth) { d.SetAnswer(DateAnswer(b)) }

// SetDate shows a day; the person has not changed it then.
func (d *DateField) SetDate(date term.Date) { d.SetAnswer(DateAnswer{Date: date}) }

// SetAnswer shows an answer; the person has not changed it then.
func (d *DateField) SetAnswer(answer DateAnswer) {
	d.show(answer)
	d.SetError(Sentence{})
	d.Keep()
}

// show writes an answer as it would be typed, and keeps it as it is: an estimate is written shorter than it is known.
func (d *DateField) show(answer DateAnswer) {
	changed := d.entry.OnChanged
	d.entry.OnChanged = nil
	d.entry.SetText(d.text(answer))
	d.entry.OnChanged = changed
	d.answer, d.wrongs = answer, Sentence{}
	d.note()
}

func (d *DateField) text(answer DateAnswer) string {
	switch {
	case answer.Unknown:
		return Say("date.unknown", "unknown").Text()
	case answer.Date.IsZero():
		return ""
	case answer.Estimated:
		return Say("date.about", "about {{.Date}}", "Date", Of(answer.Date.Text())).Text()
	}
	return Of(answer.Date.Text()).Text()
}

func (d *DateField) read() string {
	switch {
	case d.answer.Unknown:
		return "?"
	case !d.answer.Date.IsZero():
		estimated := ""
		if d.answer.Estimated {
			estimated = "~"
		}
		return estimated + d.answer.Date.String()
	}
	return d.entry.Text
}

func (d *DateField) understand() {
	d.answer, d.wrongs = ParseDate(d.entry.Text, d.rules, d.words)
	d.note()
}

// note says how the text was understood.
func (d *DateField) note() {
	switch {
	case d.answer.IsZero() || d.answer.Unknown:
		d.SetNote("")
	case d.age:
		d.SetNote(Of(d.Birth().Text(d.rules.Today)).Text())
	case d.answer.Estimated:
		d.SetNote(d.text(d.answer))
	default:
		d.SetNote(weekdays()[(d.answer.Date.Weekday()+6)%7].Text() + " " + Of(d.answer.Date.Text()).Text())
	}
}

// left writes an exact date as nobody can misread it. An age stays as it was typed: it is what the person said.
func (d *DateField) left() {
	if !d.answer.IsZero() && !d.answer.Estimated {
		d.show(d.answer)
	}
	d.Left()
}

// OpenCalendar drops the calendar down.
func (d *DateField) OpenCalendar() {
	if d.entry.Disabled() || d.drop != nil && d.drop.opened() {
		return
	}
	day := d.answer.Date
	if day.IsZero() {
		day = d.rules.Today
	}
	leave := func() { d.drop.close() }
	c := newCalendar(day, d.rules.Today, d.rules.Min, d.rules.Max, func(picked term.Date) {
		d.drop.close()
		d.show(DateAnswer{Date: picked})
		d.Edited()
	}, leave)
	d.drop = openDrop(d.entry, c, c, c.MinSize)
}

// calendarIcon opens the calendar with the mouse; keys have F4.
type calendarIcon struct {
	widget.Icon
	open func()
}

func newCalendarIcon(open func()) *calendarIcon {
	i := &calendarIcon{open: open}
	i.Resource = base.CalendarIcon()
	i.ExtendBaseWidget(i)
	return i
}

// Tapped is called by Fyne on a click.
func (i *calendarIcon) Tapped(*fyne.PointEvent) { i.open() }
