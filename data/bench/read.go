package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"wardbook/data"
)

const pageSize = 50

// readTimes are what reading from one store took.
type readTimes struct{ point, rows, covers times }

// reading measures reads at the large size, and how they have grown from the small one.
func (b *bench) reading(ctx context.Context) error {
	small, err := b.readFrom(ctx, b.small)
	if err != nil {
		return err
	}
	large, err := b.readFrom(ctx, b.people.count)
	if err != nil {
		return err
	}
	for _, each := range []struct {
		name         string
		large, small times
		bar          time.Duration
	}{
		{"point read", large.point, small.point, 20 * time.Microsecond},
		{fmt.Sprintf("page of %d, rows read", pageSize), large.rows, small.rows, 350 * time.Microsecond},
		{fmt.Sprintf("page of %d, covering values", pageSize), large.covers, small.covers, 350 * time.Microsecond},
	} {
		b.report.atMost(fmt.Sprintf("%s among %d, p50", each.name, b.people.count), each.large.at(0.5), each.bar)
		b.report.against("  growth", each.large.at(0.5), fmt.Sprintf("among %d", b.small), each.small.at(0.5), 4)
		b.report.note("  p99", show(each.large.at(0.99)), "smaller "+show(each.small.at(0.99)))
	}
	return nil
}

// readFrom measures reads from the store with the first count people: each from a random person on, all equally likely,
// each in a view of its own.
func (b *bench) readFrom(ctx context.Context, count int) (t readTimes, err error) {
	dir, err := b.settled(ctx, count)
	if err != nil {
		return t, err
	}
	ours, err := openBook(ctx, dir, searched)
	if err != nil {
		return t, err
	}
	r := rand.New(rand.NewPCG(seed, uint64(count)))
	if _, err = b.readAll(ctx, ours, r, count, b.samples/4); err == nil { // warm up
		err = b.profiled(fmt.Sprint("read-", count), func() error {
			t, err = b.readAll(ctx, ours, r, count, b.samples)
			return err
		})
	}
	return t, errors.Join(err, ours.store.Close())
}

func (b *bench) readAll(ctx context.Context, ours *book, r *rand.Rand, count, samples int) (t readTimes, err error) {
	var pick []entry
	for range samples {
		i := r.IntN(count)
		pick = append(pick, b.people.some(i, i+1)...)
	}
	read := func(one func(context.Context, *entry) error) (took times) {
		if err == nil {
			took, err = measure(samples, func(i int) error { return one(ctx, &pick[i]) })
		}
		return took
	}
	t.point = read(ours.readPoint)
	t.rows = read(ours.readRows)
	t.covers = read(ours.readCovers)
	return t, err
}

func (b *book) readPoint(ctx context.Context, e *entry) error {
	return b.store.View(ctx, func(tx data.Tx) error {
		row, err := b.people.Get(tx, e.id)
		if err == nil && row.Value != e.value {
			err = fmt.Errorf("person %v is not as written", e.id)
		}
		return err
	})
}

func (b *book) readRows(ctx context.Context, e *entry) error {
	return b.store.View(ctx, func(tx data.Tx) error {
		n := 0
		for row, err := range b.byName.Rows(tx, pageFrom(e)) {
			if err != nil {
				return err
			}
			if n == 0 && row.Value.Family != e.value.Family {
				return errPage(e)
			}
			if n++; n == pageSize {
				break
			}
		}
		return nil
	})
}

func (b *book) readCovers(ctx context.Context, e *entry) error {
	return b.store.View(ctx, func(tx data.Tx) error {
		n := 0
		for found, err := range b.byName.Scan(tx, pageFrom(e)) {
			if err != nil {
				return err
			}
			if n == 0 && found.Cover.Name != e.value.Family+", "+e.value.Given {
				return errPage(e)
			}
			if n++; n == pageSize {
				break
			}
		}
		return nil
	})
}

// pageFrom is the part of the list of names that begins with a person's.
func pageFrom(e *entry) data.Span {
	return data.Span{From: data.Encode(e.value.Family, e.value.Given)}
}

func errPage(e *entry) error { return fmt.Errorf("the page of person %v begins elsewhere", e.id) }
