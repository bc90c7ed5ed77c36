package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"wardbook/data"
	"wardbook/data/disk"
)

const hits = 20

// searching compares the text index with SQLite's on the same people and queries, and what both find.
func (b *bench) searching(ctx context.Context) error {
	dir, err := b.settled(ctx, b.people.count)
	if err != nil {
		return err
	}
	theirs, err := b.populatedPeer(ctx)
	if err != nil {
		return err
	}
	ours, err := openBook(ctx, dir, searched)
	if err == nil {
		err = errors.Join(b.searchBoth(ctx, ours, theirs), ours.store.Close())
	}
	if err = errors.Join(err, theirs.db.Close()); err != nil {
		return err
	}
	return b.sizes(dir)
}

// populatedPeer opens SQLite's database of all people, made if it is not there.
func (b *bench) populatedPeer(ctx context.Context) (*peer, error) {
	dir := filepath.Join(b.dir, fmt.Sprintf("peer-%d", b.people.count))
	whole := filepath.Join(dir, "whole")
	if _, err := os.Stat(whole); err == nil {
		return openPeer(ctx, dir, searched)
	}
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, disk.DirPerm)); err != nil {
		return nil, err
	}
	p, err := openPeer(ctx, dir, searched)
	if err != nil {
		return nil, err
	}
	progress("  loading SQLite ...")
	began := time.Now()
	if err = p.load(ctx, b.people, b.people.count); err == nil {
		b.report.note(fmt.Sprintf("load %d people with all indexes", b.people.count), "", "SQLite "+show(time.Since(began)))
		err = p.settle(ctx)
	}
	if err == nil {
		err = os.WriteFile(whole, nil, disk.FilePerm)
	}
	if err != nil {
		return nil, errors.Join(err, p.db.Close())
	}
	return p, nil
}

func (b *bench) searchBoth(ctx context.Context, ours *book, theirs *peer) error {
	r := rand.New(rand.NewPCG(seed, 0))
	queries := make([][]string, b.samples+b.samples/10)
	for i := range queries {
		queries[i] = b.people.query(r)
	}
	found, foundPeer := make([][]personID, len(queries)), make([][]personID, len(queries))
	search := func(i int) (err error) { found[i], err = ours.find(ctx, queries[i], hits); return err }
	searchPeer := func(i int) (err error) { foundPeer[i], err = theirs.find(ctx, queries[i], hits); return err }
	for i := b.samples; i < len(queries); i++ { // warm up
		if err := errors.Join(search(i), searchPeer(i)); err != nil {
			return err
		}
	}
	us, them := &contestant{name: "ours", do: search}, &contestant{name: "SQLite", do: searchPeer}
	if err := b.profiled("search", func() error { return compete(b.samples, 100, us, them) }); err != nil {
		return err
	}
	b.searchRows(us, them)
	b.slowest(us, queries)
	few := 0
	for _, ids := range found[:b.samples] {
		if len(ids) < hits {
			few++
		}
	}
	b.report.note(fmt.Sprintf("  queries with fewer than %d hits", hits), fmt.Sprintf("%d of %d", few, b.samples), "")
	return compare(queries, found, foundPeer)
}

func (b *bench) searchRows(us, them *contestant) {
	name := fmt.Sprintf("search among %d, ", b.people.count)
	b.report.atMost(name+"p50", us.took.at(0.5), 400*time.Microsecond)
	b.report.against("  p50 against FTS5", us.took.at(0.5), "SQLite", them.took.at(0.5), 1)
	b.report.atMost(name+"p99", us.took.at(0.99), 10*time.Millisecond)
	b.report.atMost("  p99", us.took.at(0.99), 5*time.Millisecond)
	b.report.aim()
	b.report.against("  p99 against FTS5", us.took.at(0.99), "SQLite", them.took.at(0.99), 1)
	b.report.against("  p99 against FTS5", us.took.at(0.99), "SQLite", them.took.at(0.99), 1.0/3)
	b.report.aim()
	b.report.note("  max", show(us.took.at(1)), "SQLite "+show(them.took.at(1)))
}

// slowest tells which queries took longest, for whoever looks for a better plan. The names are made up.
func (b *bench) slowest(us *contestant, queries [][]string) {
	order := make([]int, len(us.took))
	for i := range order {
		order[i] = i
	}
	// One contestant's blocks come in the order of the queries.
	slices.SortFunc(order, func(i, j int) int { return int(us.took[j] - us.took[i]) })
	for _, i := range order[:min(5, len(order))] {
		progress("  slow: %q %s", strings.Join(queries[i], " "), show(us.took[i]))
	}
}

// compare is an error where the two did not find the same people. Both give the newest first, so that what they
// give of many is the same too.
func compare(queries [][]string, found, foundPeer [][]personID) error {
	byID := func(a, b personID) int { return strings.Compare(string(a[:]), string(b[:])) }
	for i, q := range queries {
		a, b := slices.SortedFunc(slices.Values(found[i]), byID), slices.SortedFunc(slices.Values(foundPeer[i]), byID)
		if !slices.Equal(a, b) {
			return fmt.Errorf("%q finds %d people, in SQLite %d, and they are not the same", q, len(a), len(b))
		}
	}
	return nil
}

// find gives the newest people who have, for each prefix, a name that begins with it.
func (b *book) find(ctx context.Context, prefixes []string, limit int) (ids []personID, err error) {
	err = b.store.View(ctx, func(tx data.Tx) error {
		for m, err := range b.byWords.Search(tx, strings.Join(prefixes, " "), 0) {
			if err != nil {
				return err
			}
			if ids = append(ids, m.ID); len(ids) == limit {
				break
			}
		}
		return nil
	})
	return ids, err
}

// sizes tells what the people take on the disk.
func (b *bench) sizes(dir string) error {
	state, err := folderSize(filepath.Join(dir, "state"))
	book, err2 := folderSize(filepath.Join(dir, "journal"))
	other, err3 := folderSize(filepath.Join(b.dir, fmt.Sprintf("peer-%d", b.people.count)))
	b.report.note(fmt.Sprintf("size of %d people", b.people.count), "state "+megabytes(state)+", journal "+megabytes(book), "SQLite "+megabytes(other))
	return errors.Join(err, err2, err3)
}
