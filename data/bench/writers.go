package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

const (
	manyWriters = 16
	slowFlush   = 3 * time.Millisecond
)

// writers counts how many updates share a flush, and what that is worth on a slow disk.
func (b *bench) writers(ctx context.Context) error {
	dir, clear, err := b.fresh("writers")
	if err != nil {
		return err
	}
	defer clear()
	ours, err := openBook(ctx, dir, indexed)
	if err != nil {
		return err
	}
	w := &writing{book: ours, people: b.people}
	err = b.profiled("writers", func() error { return b.writeTogether(ctx, w) })
	return errors.Join(err, ours.store.Close())
}

func (b *bench) writeTogether(ctx context.Context, w *writing) error {
	if _, err := w.rate(ctx, 1, b.samples/4); err != nil { // warm up
		return err
	}
	alone, err := w.rate(ctx, 1, b.samples)
	if err != nil {
		return err
	}
	flushes := w.book.meter.flushes.Load()
	together, err := w.rate(ctx, manyWriters, 4*b.samples)
	if err != nil {
		return err
	}
	shared := float64(4*b.samples) / float64(w.book.meter.flushes.Load()-flushes)
	b.report.add(row{name: fmt.Sprintf("%d writers: updates a flush", manyWriters), ours: fmt.Sprintf("%.1f", shared), bar: ">= 6", met: shared >= 6})
	b.report.note("  updates a second", fmt.Sprintf("%.0f", together), fmt.Sprintf("one writer %.0f", alone))

	w.book.meter.delay.Store(int64(slowFlush))
	defer w.book.meter.delay.Store(0)
	if alone, err = w.rate(ctx, 1, b.samples/8); err != nil {
		return err
	}
	if together, err = w.rate(ctx, manyWriters, b.samples); err != nil {
		return err
	}
	b.report.add(row{name: fmt.Sprintf("%d writers, flushes %s slower: updates a second", manyWriters, show(slowFlush)), ours: fmt.Sprintf("%.0f", together),
		peer: fmt.Sprintf("one writer %.0f", alone), ratio: fmt.Sprintf("%.1f", together/alone), bar: ">= 5 x", met: together >= 5*alone})
	return nil
}

// writing goes through the people, one an update.
type writing struct {
	book   *book
	people *people
	next   atomic.Int64
}

// rate lets writers make updates of one record, and answers how many a second they made together.
func (w *writing) rate(ctx context.Context, writers, updates int) (float64, error) {
	var left atomic.Int64
	left.Store(int64(updates))
	failed := make([]error, writers)
	var all sync.WaitGroup
	began := time.Now()
	for n := range writers {
		all.Go(func() {
			for failed[n] == nil && left.Add(-1) >= 0 {
				i := int(w.next.Add(1) - 1)
				failed[n] = w.book.insert(ctx, w.people.some(i, i+1))
			}
		})
	}
	all.Wait()
	return float64(updates) / time.Since(began).Seconds(), errors.Join(failed...)
}
