package patient

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/data"
)

// Hit is a patient as lists and searches show one. Of a confidential patient, before a reason was stated, Birth and PhoneTail are zero.
type Hit struct {
	ID           ID
	Name         term.HumanName
	MRN          term.MRN
	Birth        term.Birth
	Sex          term.Sex
	PhoneTail    string // the last digits of the first phone: '0958'
	Confidential bool
	Unknown      bool
	Photo        bool
	// Alike: another of this list has a name that is easily taken for this one.
	Alike bool
}

// Result is what a search found.
type Result struct {
	Hits  []Hit
	Total int
	// More: there are more than Total; it is shown as '200+'.
	More bool
}

const (
	// maxCandidates is how many patients one reading brings into the comparison, the newest first. Whoever has more asks for one word more.
	maxCandidates = 200
	tailDigits    = 4
)

// Search finds patients by what was typed: beginnings of names in any script without case and accents, the hospital number with or
// without dashes, the last four or more digits of a phone, a paper's number, a date or year of birth in the usual orders, and several of
// these together ('smith 1971'). Best first: the whole hospital or paper number, then names typed in full, then beginnings, each by name. An
// empty query finds nothing.
//
// Confidential patients, before a reason was stated, are found by name, hospital number and the whole number of a paper only: if a part of
// a birthday led to one, a handful of guesses would give it away.
func Search(ctx context.Context, s *access.Session, query string, limit int) (result Result, err error) {
	err = s.View(ctx, access.Deed{Action: access.ActPatientSearch}, func(tx data.Tx) error {
		found := search{s: s, tx: tx, best: map[ID]candidate{}}
		for _, r := range parse(query, tomorrow(tx)) {
			if err := found.lookUp(r); err != nil {
				return err
			}
		}
		result = found.result(limit)
		return nil
	})
	return result, err
}

// tomorrow bounds dates of birth: nobody born today is missing, whatever the zone of the hospital.
func tomorrow(tx data.Tx) term.Date { return term.DateOf(tx.Time(), time.UTC).AddDays(1) }

type candidate struct {
	brief brief
	rank  int
}

type search struct {
	s    *access.Session
	tx   data.Tx
	best map[ID]candidate
	more bool
}

// lookUp adds what a reading finds.
func (f *search) lookUp(r reading) error {
	full, err := f.match(r, r.prefixes())
	if err != nil || !full {
		return err
	}
	f.more = true
	if whole, some := r.whole(); some { // short names drown among longer ones that begin alike
		_, err = f.match(r, whole)
	}
	return err
}

func (f *search) match(r reading, prefixes []string) (full bool, err error) {
	n := 0
	for m, err := range bySearch.Search(f.tx, strings.Join(prefixes, " "), 0) {
		if err != nil {
			return false, err
		}
		if n++; n > maxCandidates {
			return true, nil
		}
		if !r.mayShow(f.s, m.ID, m.Cover) {
			continue
		}
		rank := r.rank(m.Cover)
		if old, ok := f.best[m.ID]; !ok || rank < old.rank {
			f.best[m.ID] = candidate{m.Cover, rank}
		}
	}
	return false, nil
}

// mayShow keeps from a search what it would give away of a confidential patient.
func (r reading) mayShow(s *access.Session, id ID, b brief) bool {
	if b.Flags&flagConfidential == 0 || s.HasStated(id.RecordID()) {
		return true
	}
	for _, c := range r {
		switch {
		case c.birth,
			c.paper != "" && !slices.Contains(b.Papers, c.paper),
			c.ending != "" && !strings.HasSuffix(b.MRN.Digits(), c.ending):
			return false
		}
	}
	return true
}

// rank tells how well a patient fits: 0 the whole number, 1 all in full, 2 by beginnings.
func (r reading) rank(b brief) int {
	rank := 1
	var words []string
	for _, c := range r {
		switch {
		case c.mrn != 0 && c.mrn == b.MRN, c.paper != "" && slices.Contains(b.Papers, c.paper):
			return 0
		case len(c.names) == 0:
			continue
		case words == nil:
			words = data.Words(b.Name.Searched()...)
		}
		for _, n := range c.names {
			if !slices.Contains(words, n) {
				rank = 2
			}
		}
	}
	return rank
}

func (f *search) result(limit int) Result {
	type sorted struct {
		candidate
		id  ID
		key string
	}
	all := make([]sorted, 0, len(f.best))
	for id, c := range f.best {
		all = append(all, sorted{c, id, sortKey(c.brief.Name.Listed())})
	}
	slices.SortFunc(all, func(a, b sorted) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), strings.Compare(a.key, b.key), cmp.Compare(b.brief.MRN, a.brief.MRN))
	})
	r := Result{Total: len(all), More: f.more}
	for _, c := range all[:min(limit, len(all))] {
		r.Hits = append(r.Hits, hitOf(f.s, c.id, c.brief))
	}
	markAlike(r.Hits)
	return r
}

// hitOf shows of a patient what this session may see in a list.
func hitOf(s *access.Session, id ID, b brief) Hit {
	h := Hit{ID: id, Name: b.Name, MRN: b.MRN, Sex: b.Sex, Confidential: b.Flags&flagConfidential != 0, Unknown: b.Flags&flagUnknown != 0,
		Photo: b.Flags&flagPhoto != 0}
	if h.Confidential && !s.HasStated(id.RecordID()) {
		return h
	}
	h.Birth = b.Birth
	if len(b.Phones) > 0 {
		h.PhoneTail = b.Phones[0][max(0, len(b.Phones[0])-tailDigits):]
	}
	return h
}

// markAlike marks those whose names are easily confused with another's of the same list.
func markAlike(hits []Hit) {
	count := map[string]int{}
	keys := make([]string, len(hits))
	for i, h := range hits {
		keys[i] = h.Name.Like()
		count[keys[i]]++
	}
	for i := range hits {
		hits[i].Alike = count[keys[i]] > 1 && !hits[i].Unknown
	}
}
