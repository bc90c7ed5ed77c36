package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"
)

// bulk measures the loading of 100,000 records with two indexes.
func (b *bench) bulk(ctx context.Context) error {
	dir, clear, err := b.fresh("bulk")
	if err != nil {
		return err
	}
	defer clear()
	count := min(100_000, b.people.count)
	ours, err := openBook(ctx, filepath.Join(dir, "book"), indexed)
	if err != nil {
		return err
	}
	began := time.Now()
	err = b.profiled("bulk", func() error { return ours.load(ctx, b.people, count) })
	took := time.Since(began)
	if err = errors.Join(err, ours.store.Close()); err != nil {
		return err
	}
	theirs, err := openPeer(ctx, dir, indexed)
	if err != nil {
		return err
	}
	began = time.Now()
	err = theirs.load(ctx, b.people, count)
	other := time.Since(began)
	b.report.add(row{name: fmt.Sprintf("bulk: %d records, two indexes", count), ours: show(took), peer: "SQLite " + show(other),
		ratio: fmt.Sprintf("%.2f", took.Seconds()/other.Seconds()), bar: "< 10 s", met: took < 10*time.Second})
	return errors.Join(err, theirs.db.Close())
}
