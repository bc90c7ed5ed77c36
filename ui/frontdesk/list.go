package frontdesk

import (
	"context"
	"strings"

	"wardbook/app/access"
	"wardbook/app/patient"
)

const (
	// listPage is how many patients a page of the list holds.
	listPage = 200
	// searchMost is how many hits of a search are listed: whoever has more types another letter sooner than he reads them.
	searchMost = 200
)

// list is which patients are listed: those whom a query finds, best first, or all by name, a page at a time.
type list struct {
	session *access.Session
	query   string
	offset  int
	// cursors are where pages begin, by their number. Pages are read one after the other, so that none is asked for before its place is known.
	cursors []patient.Cursor
}

// listing is what was read.
type listing struct {
	query  string
	hits   []patient.Hit
	offset int
	total  int
	more   bool // there are more than total
	next   patient.Cursor
}

// restart begins with another query.
func (l *list) restart(query string) {
	l.query, l.offset, l.cursors = strings.TrimSpace(query), 0, nil
}

// turn goes to the page that begins after so many patients, as far as its place is known.
func (l *list) turn(offset int) {
	if page := offset / listPage; page >= 0 && page <= len(l.cursors) {
		l.offset = page * listPage
	}
}

// reader gives what reads the present page, for a goroutine of its own.
func (l *list) reader() func(context.Context) (listing, error) {
	session, query, offset := l.session, l.query, l.offset
	if query != "" {
		return func(ctx context.Context) (listing, error) {
			r, err := patient.Search(ctx, session, query, searchMost)
			return listing{query: query, hits: r.Hits, total: r.Total, more: r.More}, err
		}
	}
	var after patient.Cursor
	if page := offset / listPage; page > 0 {
		after = l.cursors[page-1]
	}
	return func(ctx context.Context) (listing, error) {
		r, err := patient.List(ctx, session, patient.Page{Order: patient.ByName, After: after, Limit: listPage})
		return listing{hits: r.Hits, offset: offset, total: r.Total, next: r.Next}, err
	}
}

// learn keeps where the page after this one begins.
func (l *list) learn(read listing) {
	if read.query != "" || read.next == nil {
		return
	}
	page := read.offset / listPage
	l.cursors = append(l.cursors[:min(page, len(l.cursors))], read.next)
}

// concerns tells whether an entry changes what may be listed.
func concerns(e access.Entry) bool { return len(patient.ChangedIn(e)) > 0 }
