package journal

import "slices"

// maxRuns bounds how many stretches are told apart: a book in more pieces is past naming each.
const maxRuns = 4096

// run is a stretch of whole entries that stand one after the other, each with the number after the last.
type run struct {
	from, to uint64
	at       Position
}

// scar is a stretch of bytes that are no entry.
type scar struct {
	at     Position
	length int64
	before int    // the index of the run that it stands before
	after  uint64 // the entry it stands after
	used   bool   // it explains entries that are not there
}

// judgeOrder names what is missing, misplaced or stray in a book whose stretches stand in the file as runs say. known is
// the highest entry that must have been there; short tells that the files end before the place the head remembers.
func judgeOrder(runs []run, scars []scar, known uint64, short bool) []Problem {
	keep := heaviestRising(runs)
	var problems []Problem
	for i, r := range runs {
		switch {
		case keep[i]:
		case covered(r, runs, keep):
			problems = append(problems, repeatedEntries(r.from, r.to, r.at))
		default:
			problems = append(problems, reorderedEntries(r.from, r.to, r.at))
		}
	}
	for _, gap := range gaps(runs, known) {
		problems = append(problems, judgeGap(gap, runs, keep, scars, short))
	}
	for _, s := range scars {
		if !s.used {
			problems = append(problems, strayBytes(s.after, s.at, s.length))
		}
	}
	return problems
}

// heaviestRising marks the runs that keep their place: of all ways to take runs in file order with growing numbers the
// one with the most entries. The others are the ones that were moved.
func heaviestRising(runs []run) []bool {
	weight := make([]float64, len(runs)) // approximate for numbers beyond 2^53, which only a forger writes
	before := make([]int, len(runs))
	best := -1
	for i, r := range runs {
		before[i] = -1
		for k := range i {
			if runs[k].to < r.from && weight[k] > weight[i] {
				weight[i], before[i] = weight[k], k
			}
		}
		weight[i] += float64(r.to-r.from) + 1
		if best < 0 || weight[i] > weight[best] {
			best = i
		}
	}
	keep := make([]bool, len(runs))
	for ; best >= 0; best = before[best] {
		keep[best] = true
	}
	return keep
}

// covered tells whether kept runs hold every entry of r already.
func covered(r run, runs []run, keep []bool) bool {
	next := r.from
	for i, k := range runs {
		if !keep[i] || k.to < next || k.from > next {
			continue
		}
		if k.to >= r.to {
			return true
		}
		next = k.to + 1
	}
	return false
}

// gaps gives the stretches up to known, or to the highest entry, that no run holds.
func gaps(runs []run, known uint64) []run {
	sorted := slices.Clone(runs)
	slices.SortFunc(sorted, func(a, b run) int {
		switch {
		case a.from < b.from:
			return -1
		case a.from > b.from:
			return 1
		}
		return 0
	})
	var missing []run
	var top uint64
	for _, r := range sorted {
		if r.from > top && r.from-top > 1 {
			missing = append(missing, run{from: top + 1, to: r.from - 1})
		}
		top = max(top, r.to)
	}
	if known > top {
		missing = append(missing, run{from: top + 1, to: known})
	}
	return missing
}

// judgeGap says what became of entries that are not there: bytes that are no entry, in their place, are what is left of
// them; nothing there means that they were taken out, or cut off at the end.
func judgeGap(gap run, runs []run, keep []bool, scars []scar, short bool) Problem {
	left, right := -1, len(runs)
	for i := range runs {
		if keep[i] && runs[i].to < gap.from {
			left = i
		}
		if keep[i] && runs[i].from > gap.to && right == len(runs) {
			right = i
		}
	}
	var rest *scar
	for i := range scars {
		if s := &scars[i]; s.before > left && s.before <= right {
			s.used = true
			rest = s
		}
	}
	switch {
	case right == len(runs) && (short || rest == nil):
		return cutEntries(gap.from, gap.to)
	case rest != nil:
		return editedEntries(gap.from, gap.to, rest.at)
	}
	return removedEntries(gap.from, gap.to, runs[right].at)
}
