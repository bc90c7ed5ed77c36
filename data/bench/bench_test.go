package main

import (
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"wardbook/data"
)

// The bars speak of records of 300 bytes, and stores are read by another process than the one that wrote them: person i is
// that size and the same person everywhere.
func TestPeopleAreTheSameEverywhereAndOfOneSize(t *testing.T) {
	one, other := newPeople(1000), newPeople(1_000_000)
	rapid.Check(t, func(t *rapid.T) {
		i := rapid.IntRange(0, 999_999).Draw(t, "i")
		id, v := one.at(i)
		id2, v2 := other.at(i)
		if id != id2 || v != v2 {
			t.Fatalf("person %d differs: %v %v", i, v, v2)
		}
		b, err := data.Marshal(v)
		if err != nil || len(b) != recordSize {
			t.Fatalf("person %d takes %d bytes (%v)", i, len(b), err)
		}
		if next, _ := one.at(i + 1); next.String() <= id.String() {
			t.Fatalf("person %d comes after the next", i)
		}
	})
}

func TestQueriesAreBeginningsOfNames(t *testing.T) {
	p := newPeople(500)
	r := rand.New(rand.NewPCG(1, 1))
	nobody := 0
	for range 400 {
		q := p.query(r)
		if len(q) < 1 || len(q) > 2 {
			t.Fatalf("query %q", q)
		}
		for _, prefix := range q {
			if len(prefix) < 2 || len(prefix) > 5 || !somebodyHas(p, prefix) {
				t.Fatalf("query %q", q)
			}
		}
		if !somebodyHas(p, q...) {
			nobody++
		}
	}
	// Both sorts matter to the search: it stops early in one and has to look everywhere in the other.
	if nobody < 20 || nobody > 200 {
		t.Errorf("%d of 400 queries find nobody", nobody)
	}
}

func somebodyHas(p *people, prefixes ...string) bool {
	for i := range p.count {
		_, v := p.at(i)
		if matches(v, prefixes) {
			return true
		}
	}
	return false
}

func matches(v person, prefixes []string) bool {
	for _, prefix := range prefixes {
		if !strings.HasPrefix(v.Family, prefix) && !strings.HasPrefix(v.Given, prefix) && !strings.HasPrefix(v.Second, prefix) {
			return false
		}
	}
	return true
}

func TestCompareNoticesAPersonTooFewAndAWrongOne(t *testing.T) {
	p := newPeople(3)
	a, _ := p.at(0)
	b, _ := p.at(1)
	query := [][]string{{"ka"}}
	for _, c := range []struct {
		ours, theirs []personID
		same         bool
	}{
		{nil, nil, true},
		{[]personID{a, b}, []personID{b, a}, true},
		{[]personID{a}, []personID{a, b}, false},
		{[]personID{a}, []personID{b}, false},
	} {
		if err := compare(query, [][]personID{c.ours}, [][]personID{c.theirs}); (err == nil) != c.same {
			t.Errorf("%v and %v: %v", c.ours, c.theirs, err)
		}
	}
}

func TestAShareOfTheRuns(t *testing.T) {
	took := times{5, 1, 4, 2, 3}
	for share, want := range map[float64]time.Duration{0: 1, 0.5: 3, 0.99: 5, 1: 5} {
		if got := took.at(share); got != want {
			t.Errorf("at %g: %v, want %v", share, got, want)
		}
	}
}

func TestEachCompetitorDoesEveryRunOnce(t *testing.T) {
	var done [3][]int
	var all []*contestant
	for k := range done {
		all = append(all, &contestant{do: func(i int) error { done[k] = append(done[k], i); return nil }})
	}
	if err := compete(10, 4, all...); err != nil {
		t.Fatal(err)
	}
	for k := range done {
		for i, got := range done[k] {
			if got != i {
				t.Fatalf("competitor %d: runs %v", k, done[k])
			}
		}
		if len(done[k]) != 10 || len(all[k].took) != 10 {
			t.Fatalf("competitor %d: %d runs, %d times", k, len(done[k]), len(all[k].took))
		}
	}
}

// What the table says of flushes rests on the meter: one update at a time is one flush of the bytes of an entry.
func TestTheMeterCountsOneFlushAnUpdate(t *testing.T) {
	list := newPeople(100).some(0, 100)
	ours, err := openBook(t.Context(), filepath.Join(t.TempDir(), "book"), indexed)
	if err != nil {
		t.Fatal(err)
	}
	const updates = 5
	for i := range updates {
		if err := ours.insert(t.Context(), list[i*updateSize:(i+1)*updateSize]); err != nil {
			t.Fatal(err)
		}
	}
	if n := ours.meter.flushes.Load(); n != updates {
		t.Errorf("%d flushes for %d updates", n, updates)
	}
	if each := ours.meter.bytes.Load() / updates; each < updateSize*recordSize || each > 2*updateSize*recordSize {
		t.Errorf("%d bytes an update", each)
	}
	if err := ours.store.Close(); err != nil {
		t.Fatal(err)
	}
}
