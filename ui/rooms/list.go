package rooms

import (
	"context"
	"time"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/app/ward"
	"wardbook/ui/kit"
)

// which is which inpatients are listed.
type which uint8

const (
	whoIsIn   which = iota // now
	whoLeaves              // expected to, until some days ahead
	whoLeft                // lately
)

var whiches = []which{whoIsIn, whoLeaves, whoLeft}

func (w which) says() kit.Sentence {
	switch w {
	case whoLeaves:
		return kit.Say("rooms.list.leaves", "Expected discharges")
	case whoLeft:
		return kit.Say("rooms.list.left", "Discharged lately")
	}
	return kit.Say("rooms.list.in", "Inpatients")
}

// How far the lists reach, in days.
const (
	daysAhead = 14
	daysBack  = 90
)

// list is a list of inpatients: which, of which words, and what was read.
type list struct {
	session *access.Session
	which   which
	query   string
}

// listing is what was read.
type listing struct {
	which which
	query string
	rows  []ward.Inpatient
	names map[access.UserID]string
}

// reader gives what reads the list as of an instant at the hospital, for a goroutine of its own.
func (l *list) reader(now time.Time) func(context.Context) (listing, error) {
	session, read := l.session, listing{which: l.which, query: l.query}
	on := term.DateOf(now, now.Location())
	return func(ctx context.Context) (listing, error) {
		var err error
		switch read.which {
		case whoLeaves:
			read.rows, err = ward.Expected(ctx, session, on.AddDays(daysAhead), read.query)
		case whoLeft:
			read.rows, err = ward.Discharged(ctx, session, now.AddDate(0, 0, -daysBack), read.query)
		default:
			read.rows, err = ward.Inpatients(ctx, session, ward.Filter{Query: read.query})
		}
		if err == nil {
			read.names, err = staffNames(ctx, session)
		}
		return read, err
	}
}

// leavesCell is when somebody is expected to leave, with a shape where that has passed; or when and where to he left.
func leavesCell(in ward.Inpatient, now time.Time) kit.Cell {
	on := term.DateOf(now, now.Location())
	switch {
	case !in.Left.IsZero():
		return kit.Cell{Text: joined(timeText(in.Left, now), kit.Of(in.How.Text()).Text())}
	case in.Expected.IsZero():
		return kit.Cell{Text: none}
	case in.Expected.Before(on):
		return kit.Cell{Text: kit.Say("rooms.list.late", "was expected {{.Day}}", "Day", dayText(in.Expected, on)).Text(), Tone: kit.Attention}
	}
	return kit.Cell{Text: kit.Say("rooms.list.expected", "expected {{.Day}}", "Day", dayText(in.Expected, on)).Text()}
}

// leaves is the day that rows are sorted by.
func leaves(in ward.Inpatient, zone *time.Location) term.Date {
	if !in.Left.IsZero() {
		return term.DateOf(in.Left, zone)
	}
	return in.Expected
}

// nobody says why a list is empty and what to do.
func nobody(l listing) (what, next kit.Sentence) {
	if l.query != "" {
		return kit.Say("rooms.list.nobody", "Nobody found for '{{.Query}}'", "Query", l.query), kit.Say("rooms.list.nobody.next", "Type fewer letters: of the name, the MRN, the ward, room or bed.")
	}
	switch l.which {
	case whoLeaves:
		return kit.Say("rooms.list.leaves.none", "No discharge is expected in the next {{.Days}} days", "Days", daysAhead),
			kit.Say("rooms.list.leaves.next", "The expected day stands at each stay: open it and change it.")
	case whoLeft:
		return kit.Say("rooms.list.left.none", "Nobody was discharged in the last {{.Days}} days", "Days", daysBack),
			kit.Say("rooms.list.left.next", "Earlier stays stand at the patient.")
	}
	return kit.Say("rooms.list.in.none", "Nobody is in"), kit.Say("rooms.list.in.next", "The board shows the beds; admit somebody from there.")
}
