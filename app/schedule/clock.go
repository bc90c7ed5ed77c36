package schedule

import (
	"context"
	"time"

	"wardbook/app/access"
	"wardbook/app/house"
	"wardbook/app/term"
	"wardbook/data"
)

// wall gives the instant at which the clock on the wall first shows minute of a day; a minute beyond 1440 is of the days after. A time that
// the clock leaves out when it is put forward is the instant of that; one that it shows twice when it is put back is the first. So sessions that
// follow each other on the wall follow each other in time, without gap or overlap, on every day of the year.
func wall(day term.Date, minute int, zone *time.Location) time.Time {
	t := time.Date(day.Year, day.Month, day.Day, 0, minute, 0, 0, zone)
	asked := time.Date(day.Year, day.Month, day.Day, 0, minute, 0, 0, time.UTC)
	start, end := t.ZoneBounds()
	switch shown := shownBy(t); {
	case shown.After(asked): // left out, and Go took the offset before
		return start.UTC()
	case shown.Before(asked):
		return end.UTC()
	}
	if start.IsZero() {
		return t.UTC()
	}
	_, offset := t.Zone()
	_, before := start.Add(-1).In(zone).Zone()
	if first := t.Add(time.Duration(offset-before) * time.Second); first.Before(start) && shownBy(first.In(zone)).Equal(asked) {
		return first.UTC()
	}
	return t.UTC()
}

// shownBy is what the clock shows, as if it were in UTC.
func shownBy(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
}

// zoneOf reads where the hospital is. One that has not said so counts in UTC.
func zoneOf(ctx context.Context, s *access.Session) (*time.Location, error) {
	row, err := house.Read(ctx, s)
	if data.Is(err, data.NotFound) {
		return time.UTC, nil
	}
	return row.Value.Location(), err
}

// Zone tells where the hospital is, for windows that show days and times.
func Zone(ctx context.Context, s *access.Session) (*time.Location, error) { return zoneOf(ctx, s) }

// weekdays are the days as people shorten them.
var weekdays = [...]data.Message{
	data.Say("schedule.weekday.sun", "Sun"), data.Say("schedule.weekday.mon", "Mon"), data.Say("schedule.weekday.tue", "Tue"), data.Say("schedule.weekday.wed", "Wed"),
	data.Say("schedule.weekday.thu", "Thu"), data.Say("schedule.weekday.fri", "Fri"), data.Say("schedule.weekday.sat", "Sat"),
}

// WeekdayText is a weekday's short name.
func WeekdayText(d time.Weekday) term.Text { return weekdays[d] }

// DayText is a day as people say it of an appointment: 'Tue 24 Nov 2026'.
func DayText(d term.Date) term.Text {
	return data.Say("schedule.day", "{{.Weekday}} {{.Date}}", "Weekday", WeekdayText(d.Weekday()), "Date", d.Text())
}

// WhenText is an instant as the hospital says it: 'Tue 24 Nov 2026, 14:05'.
func WhenText(t time.Time, zone *time.Location) term.Text {
	return data.Say("schedule.when", "{{.Day}}, {{.Time}}", "Day", DayText(term.DateOf(t, zone)), "Time", t.In(zone).Format("15:04"))
}

const minute = time.Minute

// noTime is what stands where something has not happened.
var noTime time.Time
