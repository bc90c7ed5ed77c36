package patient_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/data"
)

// BenchmarkLists measures a page of the list of all patients, and the look for duplicates while somebody registers.
func BenchmarkLists(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		h := clinic(b)
		people := crowd(n)
		if err := patient.Import(b.Context(), h.Door.Machine(), uuid.New(), people, nil); err != nil {
			b.Fatal(err)
		}
		desk := h.As(access.FrontDesk)
		r := rand.New(rand.NewPCG(8, 8))
		for what, do := range map[string]func() error{
			"page": func() error {
				_, err := patient.List(b.Context(), desk, patient.Page{From: people[r.IntN(n)].Name.Family})
				return err
			},
			"recent": func() error {
				_, err := patient.List(b.Context(), desk, patient.Page{Order: patient.ByRecent})
				return err
			},
			"alike": func() error {
				_, err := patient.Alike(b.Context(), desk, people[r.IntN(n)], 5)
				return err
			},
		} {
			b.Run(fmt.Sprintf("%s/%d", what, n), func(b *testing.B) {
				for b.Loop() {
					if err := do(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkSearch measures what somebody waits for who types a query, among 1,000 and 100,000 patients, against what the same machine needs to
// walk the same names in memory. The peer grows with the patients; the search should hardly.
func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			h := clinic(b)
			people := crowd(n)
			if err := patient.Import(b.Context(), h.Door.Machine(), uuid.New(), people, nil); err != nil {
				b.Fatal(err)
			}
			desk := h.As(access.FrontDesk)
			folded := make([][]string, n)
			for i, d := range people {
				folded[i] = data.Words(d.Name.Searched()...)
			}
			r := rand.New(rand.NewPCG(7, 7))
			var ours, peers []time.Duration
			for b.Loop() {
				query := queryFor(r, people)
				began := time.Now()
				if _, err := patient.Search(b.Context(), desk, query, 20); err != nil {
					b.Fatal(err)
				}
				ours = append(ours, time.Since(began))
				began = time.Now()
				scan(folded, query)
				peers = append(peers, time.Since(began))
			}
			b.ReportMetric(ms(at(ours, 0.5)), "p50-ms")
			b.ReportMetric(ms(at(ours, 0.95)), "p95-ms")
			b.ReportMetric(ms(at(ours, 1)), "max-ms")
			b.ReportMetric(ms(at(peers, 0.5)), "scan-p50-ms")
			b.ReportMetric(float64(at(ours, 0.95))/float64(at(peers, 0.95)), "p95-of-scan")
		})
	}
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func at(took []time.Duration, share float64) time.Duration {
	slices.Sort(took)
	return took[int(share*float64(len(took)-1))]
}

// scan is the peer: how many have, for each word typed, a name that begins with it.
func scan(folded [][]string, query string) (found int) {
	prefixes := data.Prefixes(query)
	for _, words := range folded {
		if !slices.ContainsFunc(prefixes, func(p string) bool {
			return !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, p) })
		}) {
			found++
		}
	}
	return found
}

// crowd makes people whose names are distributed as in registers of names, with phones, papers and birthdays.
func crowd(n int) []patient.Draft {
	r := rand.New(rand.NewPCG(20, 26))
	names := make([]string, 5000)
	for i := range names {
		for range 2 + r.IntN(2) {
			names[i] += []string{"an", "ber", "ca", "der", "el", "fi", "go", "ha", "is", "jo", "ki", "lu", "mo", "na", "ol", "pe", "ro", "sa", "ti", "wu"}[r.IntN(20)]
		}
	}
	common := rand.NewZipf(r, 1.07, 1, uint64(len(names)-1))
	people := make([]patient.Draft, n)
	for i := range people {
		people[i] = patient.Draft{Name: name(names[common.Uint64()], names[common.Uint64()], names[common.Uint64()]), Sex: term.Sexes[r.IntN(3)],
			Birth:       term.Birth{Date: term.Date{Year: 1930, Month: 1, Day: 1}.AddDays(r.IntN(35_000))},
			Phones:      []patient.Phone{{Number: term.Phone(fmt.Sprintf("+447700%06d", r.IntN(1_000_000)))}},
			NationalIDs: []term.NationalID{{Type: term.OtherID, Number: fmt.Sprintf("QX%08d", i)}}}
	}
	return people
}

// queryFor is what people type: beginnings of one or two names, a name and a year, a phone's ending, a date, a number.
func queryFor(r *rand.Rand, people []patient.Draft) string {
	i := r.IntN(len(people))
	d := people[i]
	family := d.Name.Family[:min(1+r.IntN(6), len(d.Name.Family))]
	phone := string(d.Phones[0].Number)
	switch r.IntN(8) {
	case 0, 1:
		return family
	case 2:
		return family + " " + d.Name.Given[0][:2]
	case 3:
		return family + " " + fmt.Sprint(d.Birth.Date.Year)
	case 4:
		return phone[len(phone)-4-r.IntN(4):]
	case 5:
		return fmt.Sprintf("%d.%d.%d", d.Birth.Date.Day, d.Birth.Date.Month, d.Birth.Date.Year)
	case 6:
		return term.MRN(i + 1).String()
	}
	return fmt.Sprint(d.Birth.Date.Year)
}
