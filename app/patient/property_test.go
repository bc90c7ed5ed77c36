package patient_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/data"
)

// TestEveryPatientIsFound by each name, the hospital number, the ending of each phone, each paper and the date of birth, in
// whatever way one of them is typed.
func TestEveryPatientIsFound(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	word := rapid.StringMatching(`[A-Za-zÀ-ÖØ-öø-žΑ-Ωа-яא-ת王明]{1,12}('[a-z]{1,5})?(-[A-Za-zé]{1,6})?`).Filter(func(s string) bool { return !strings.ContainsRune(s, '\u03A2') }) // which is no letter, though it stands among them
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		d := patient.Draft{Name: term.HumanName{Family: word.Draw(t, "family"), Given: rapid.SliceOfN(word, 0, 3).Draw(t, "given"),
			Former: rapid.SliceOfN(word, 0, 2).Draw(t, "former")}}
		d.Birth.Date = term.Date{Year: 1900, Month: 1, Day: 1}.AddDays(rapid.IntRange(0, 46_000).Draw(t, "days"))
		for range rapid.IntRange(0, 3).Draw(t, "phones") {
			number := rapid.IntRange(0, 99_999).Draw(t, "number")
			d.Phones = append(d.Phones, patient.Phone{Number: term.Phone(fmt.Sprintf("+4420794%05d", number))})
		}
		d.NationalIDs = []term.NationalID{{Type: term.OtherID, Number: fmt.Sprintf("%s%d", rapid.StringMatching(`[A-Z./]{0,3}`).Draw(t, "paper"), 100_000+n)}}
		row, err := patient.Register(t.Context(), desk, uuid.New(), d)
		if err != nil {
			t.Fatalf("%+v: %v", d, err)
		}
		p := row.Value
		queries := []string{p.MRN.String(), p.MRN.Digits(), p.NationalIDs[0].Number, strings.ToLower(p.NationalIDs[0].Number)}
		for _, w := range data.Words(p.Name.Searched()...) {
			queries = append(queries, w, strings.ToUpper(w)+" "+p.MRN.String(), beginning(w)+" "+p.MRN.Digits())
		}
		for _, phone := range p.Phones {
			digits := phone.Number.Digits()
			queries = append(queries, digits[len(digits)-4:]+" "+p.NationalIDs[0].Number, phone.Number.Display("GB"), phone.Number.International())
		}
		b := p.Birth.Date
		queries = append(queries, b.String(), fmt.Sprintf("%d.%d.%d", b.Day, b.Month, b.Year), fmt.Sprintf("%d/%d/%d", b.Month, b.Day, b.Year),
			fmt.Sprintf("%d %s %d", b.Day, b.Month, b.Year), fmt.Sprintf("%s %d", p.Name.Family, b.Year), fmt.Sprintf("%02d%02d%04d", b.Day, b.Month, b.Year))
		for _, q := range queries {
			r, err := patient.Search(t.Context(), desk, q, 1000)
			if err != nil {
				t.Fatal(err)
			}
			if !r.More && !slices.ContainsFunc(r.Hits, func(h patient.Hit) bool { return h.ID == row.ID }) {
				t.Fatalf("%q does not find %+v", q, p)
			}
		}
	})
}

// beginning is a word without its last letter, or the letter where there is only one.
func beginning(w string) string {
	r := []rune(w)
	return string(r[:max(1, len(r)-1)])
}

// FuzzQuery: whatever somebody types, it is understood in a few ways, none of which asks for everybody who has a date or a phone.
func FuzzQuery(f *testing.F) {
	for _, q := range []string{"smith 1971", "3.2.1971", "3 feb 71 ann", "+44 (0)20 7946 0958", "0000-0425", "L01 X00 T47", "o'neill", "1 2 3 4 5 6 7 8 9", "\uA78F\uA7F7", "feb", "00", "١٩٧١"} {
		f.Add(q)
	}
	today := term.Date{Year: 2026, Month: 11, Day: 24}
	f.Fuzz(func(t *testing.T, query string) {
		readings := patient.Readings(query, today)
		if len(readings) > 24 {
			t.Errorf("%d readings of %q", len(readings), query)
		}
		for _, prefixes := range readings {
			if len(prefixes) == 0 {
				t.Errorf("a reading of %q asks for everybody", query)
			}
			for _, p := range prefixes {
				letters := utf8.RuneCountInString(p)
				if !utf8.ValidString(p) || p == "" || strings.ContainsAny(p, "\uA78F\uA7F7\uA7FB\uA7FC") && letters < 4 {
					t.Errorf("%q asks for %q", query, p)
				}
			}
		}
	})
}
