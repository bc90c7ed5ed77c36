package patient

import (
	"context"

	"wardbook/app/access"
	"wardbook/data"
)

// Cursor is a place in a list, to continue from; nil is the beginning, or the end.
type Cursor = data.Cursor

// Order is how a list of all patients is sorted.
type Order uint8

// The orders.
const (
	ByName   Order = iota // family name first, without case and accents
	ByRecent              // registered last first
)

// Page asks for a part of the list of all patients.
type Page struct {
	Order Order
	// From begins, by name, with what a person typed: 'sm'.
	From  string
	After Cursor // the Next of the page before
	Limit int    // 0: 100
}

const usualPage = 100

// Listing is a page. Total counts all patients there are.
type Listing struct {
	Hits  []Hit
	Total int
	Next  Cursor // nil: this is the last
}

// List gives a page of all patients. Of confidential ones it shows what Search does.
func List(ctx context.Context, s *access.Session, p Page) (l Listing, err error) {
	if p.Limit <= 0 {
		p.Limit = usualPage
	}
	err = s.View(ctx, access.Deed{Action: access.ActPatientSearch}, func(tx data.Tx) error {
		l = Listing{}
		total, err := mrns.Last(tx)
		if err != nil {
			return err
		}
		l.Total = int(total)
		if p.Order == ByRecent {
			return l.recent(tx, s, p)
		}
		return l.named(tx, s, p)
	})
	markAlike(l.Hits)
	return l, err
}

func (l *Listing) named(tx data.Tx, s *access.Session, p Page) error {
	span := data.Span{After: p.After}
	if key := sortKey(p.From); key != "" {
		span.From = data.AppendStringPrefix(nil, key)
	}
	var last Cursor
	for hit, err := range byName.Scan(tx, span) {
		if err != nil {
			return err
		}
		if len(l.Hits) == p.Limit {
			l.Next = last
			return nil
		}
		l.Hits, last = append(l.Hits, hitOf(s, hit.ID, hit.Cover)), hit.Cursor
	}
	return nil
}

// recent walks the records themselves: ids grow with time.
func (l *Listing) recent(tx data.Tx, s *access.Session, p Page) error {
	span := data.Span{Reverse: true, To: p.After}
	for row, err := range patients.All(tx, span) {
		if err != nil {
			return err
		}
		if len(l.Hits) == p.Limit {
			last := l.Hits[len(l.Hits)-1].ID
			l.Next = Cursor(last[:])
			return nil
		}
		l.Hits = append(l.Hits, hitOf(s, row.ID, briefOf(row)))
	}
	return nil
}
