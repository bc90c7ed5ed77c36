package patient

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/data"
)

// Reason is why two patients may be one.
type Reason uint8

// The reasons, the strongest first.
const (
	SamePaper    Reason = iota // the same number of the same kind of paper
	SamePhone                  // the same phone and date of birth
	LikeName                   // the same or very like name, and date of birth
	LikeNameYear               // the same or very like name, the same sex and year of birth
)

// Text says it.
func (r Reason) Text() term.Text {
	switch r {
	case SamePaper:
		return data.Say("patient.alike.paper", "Same number of a paper")
	case SamePhone:
		return data.Say("patient.alike.phone", "Same phone and date of birth")
	case LikeName:
		return data.Say("patient.alike.name", "Same or like name and date of birth")
	}
	return data.Say("patient.alike.year", "Same or like name, sex and year of birth")
}

// Likeness is a patient who may be the one that is being registered.
type Likeness struct {
	Hit
	Reason Reason
}

// Alike gives patients who may be the one of a draft, while it is being typed: the likeliest first. It never stands in the way: two people of one name and
// birthday are two. A name alone is no reason. The draft may be incomplete and as it was typed.
//
// To a confidential patient, before a reason was stated, only the whole number of a paper leads, and that it did is recorded: by name, phone and
// date of birth whoever knows the name could find out the birthday by trying.
func Alike(ctx context.Context, s *access.Session, d Draft, limit int) (all []Likeness, err error) {
	at, err := where(ctx, s)
	if err != nil {
		return nil, err
	}
	var now time.Time
	err = s.View(ctx, access.Deed{Action: access.ActPatientSearch}, func(tx data.Tx) error {
		now = tx.Time()
		f := likes{s: s, tx: tx, draft: d, home: at.home, best: map[ID]Likeness{}}
		if err := f.look(); err != nil {
			return err
		}
		all = f.list(limit)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return all, recordMatches(ctx, s, all, now)
}

// recordMatches keeps in the book that somebody learned of confidential patients by the number of a paper: once for each person and day, for a form
// asks with every key.
func recordMatches(ctx context.Context, s *access.Session, all []Likeness, now time.Time) error {
	for _, l := range all {
		if !l.Confidential || s.HasStated(l.ID.RecordID()) {
			continue
		}
		once := uuid.NewSHA1(uuid.UUID(l.ID), []byte(string(access.ActPatientMatch)+s.Who().String()+now.Format(time.DateOnly)))
		deed := access.Deed{Action: access.ActPatientMatch, About: about(l.ID), Operation: once}
		if err := s.View(ctx, deed, func(data.Tx) error { return nil }); err != nil {
			return err
		}
	}
	return nil
}

type likes struct {
	s     *access.Session
	tx    data.Tx
	draft Draft
	home  term.Country
	best  map[ID]Likeness
}

// look asks the index for all who share something, and compares.
func (f *likes) look() error {
	for _, p := range f.draft.NationalIDs {
		number := compact(term.PlainDigits(p.Number))
		if p, err := p.Clean(); err == nil {
			number = compact(p.Number)
		}
		if number == "" {
			continue
		}
		if err := f.among(SamePaper, func(b brief) bool { return slices.Contains(b.Papers, number) }, markPaper+number); err != nil {
			return err
		}
	}
	birth := f.draft.Birth
	if !birth.Known() {
		return nil
	}
	for _, p := range f.draft.Phones {
		number, err := term.ParsePhone(string(p.Number), f.home)
		if err != nil {
			continue
		}
		digits := number.Digits()
		same := func(b brief) bool { return slices.Contains(b.Phones, digits) && sameBirth(birth, b.Birth) }
		if err := f.among(SamePhone, same, markEnding+reversed(digits)); err != nil {
			return err
		}
	}
	return f.names(birth)
}

// names looks among those born on the day, and among those of about the year whose names begin alike.
func (f *likes) names(birth term.Birth) error {
	like := func(b brief) bool { return likeNames(f.draft.Name, b.Name) }
	if !birth.Estimated {
		onDay := func(b brief) bool { return b.Birth == birth && like(b) }
		if err := f.among(LikeName, onDay, dateWord(birth)); err != nil {
			return err
		}
	}
	inYear := func(b brief) bool { return b.Sex == f.draft.Sex && like(b) }
	for year := birth.Date.Year - slack(birth); year <= birth.Date.Year+slack(birth); year++ {
		for _, beginning := range beginnings(f.draft.Name) {
			if err := f.among(LikeNameYear, inYear, markDate+strconv.Itoa(year), beginning); err != nil {
				return err
			}
		}
	}
	return nil
}

// slack is by how many years an estimate may be wrong.
func slack(b term.Birth) int {
	if b.Estimated {
		return 3
	}
	return 0
}

func sameBirth(a, b term.Birth) bool {
	if !a.Estimated && !b.Estimated {
		return a.Date == b.Date
	}
	apart := a.Date.Year - b.Date.Year
	return b.Known() && max(apart, -apart) <= 3
}

// beginnings of family and first given name by which very like names are found: nearly all of them begin alike.
func beginnings(n term.HumanName) []string {
	var all []string
	family, given := foldedName(n)
	for _, word := range []string{family, given} {
		if r := []rune(strings.ReplaceAll(word, " ", "")); len(r) > 0 {
			all = append(all, string(r[:min(2, len(r))]))
		}
	}
	return all
}

// maxLooked bounds how many of one beginning are compared.
const maxLooked = 500

func (f *likes) among(reason Reason, is func(brief) bool, words ...string) error {
	n := 0
	for m, err := range bySearch.Search(f.tx, strings.Join(words, " "), 0) {
		if err != nil {
			return err
		}
		if n++; n > maxLooked {
			return nil
		}
		hidden := reason != SamePaper && m.Cover.Flags&flagConfidential != 0 && !f.s.HasStated(m.ID.RecordID())
		if hidden || !is(m.Cover) {
			continue
		}
		if old, ok := f.best[m.ID]; !ok || reason < old.Reason {
			f.best[m.ID] = Likeness{hitOf(f.s, m.ID, m.Cover), reason}
		}
	}
	return nil
}

func (f *likes) list(limit int) []Likeness {
	var all []Likeness
	for _, l := range f.best {
		all = append(all, l)
	}
	slices.SortFunc(all, func(a, b Likeness) int {
		return cmp.Or(cmp.Compare(a.Reason, b.Reason), strings.Compare(sortKey(a.Name.Listed()), sortKey(b.Name.Listed())), cmp.Compare(a.MRN, b.MRN))
	})
	return all[:min(limit, len(all))]
}
