package schedule_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/data"
)

// busyHouse is a hospital with so many patients and 50 doctors, whose next 60 days are 90 % full: by chance, or from the front, which is the worst for
// whoever looks for the first free time.
type busyHouse struct {
	*clinic
	doctors []schedule.ResourceID
	people  []patient.ID
}

func newBusyHouse(b *testing.B, patients int, fromTheFront bool) *busyHouse {
	b.Helper()
	h := &busyHouse{clinic: open(b)}
	drafts := make([]patient.Draft, patients)
	for i := range drafts {
		drafts[i] = patient.Draft{Name: term.HumanName{Family: fmt.Sprintf("Smith%d", i), Given: []string{"Ann", "Mary"}}, Birth: term.Birth{Date: term.Date{Year: 1971, Month: 2, Day: 3}}}
	}
	if err := patient.Import(b.Context(), h.Door.Machine(), uuid.New(), drafts, nil); err != nil {
		b.Fatal(err)
	}
	var cursor patient.Cursor
	for len(h.people) < min(patients, 1000) {
		l, err := patient.List(b.Context(), h.desk, patient.Page{Order: patient.ByRecent, Limit: 1000, After: cursor})
		if err != nil {
			b.Fatal(err)
		}
		for _, hit := range l.Hits {
			h.people = append(h.people, hit.ID)
		}
		cursor = l.Next
	}
	r := rand.New(rand.NewPCG(4, 4))
	next := 0
	who := func() patient.ID { next++; return h.people[next%len(h.people)] }
	hours := pattern(b, "Mon-Fri 9-12, 14-17, 20 min")
	for i := range 50 {
		var user access.UserID
		h.Update(func(tx data.Tx) (err error) {
			user, err = access.FoundAs(tx, access.User{Name: fmt.Sprintf("Dr %d", i), SignIn: fmt.Sprintf("doctor%d", i), Roles: access.Doctor, Speciality: "Surgery"}, "GB")
			return err
		})
		id := schedule.DoctorID(user)
		h.doctors = append(h.doctors, id)
		if _, err := schedule.SetHours(b.Context(), h.admin, uuid.New(), id, 0, hours); err != nil {
			b.Fatal(err)
		}
		cal := schedule.Calendar{Resource: schedule.Resource{ID: id}, Zone: zone(b, "Europe/London"), Shifts: hours.Shifts, Rules: schedule.UsualRules}
		h.Update(func(tx data.Tx) error {
			for day := range 60 {
				wanted := func() bool { return r.IntN(10) < 9 }
				if fromTheFront {
					wanted = func() bool { return day < 54 }
				}
				if err := schedule.Fill(tx, cal, date(b, "2026-11-24").AddDays(day), who, wanted); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return h
}

// BenchmarkProposals measures the earliest times over 50 doctors and 60 days that are 90 % full, against reading the appointments of the same
// doctors and days from their index, which is what has to be read where nothing sums them up. The bound is 10 ms.
func BenchmarkProposals(b *testing.B) {
	for _, patients := range []int{1_000, 100_000} {
		for _, front := range []bool{false, true} {
			name := map[bool]string{false: "by chance", true: "from the front"}[front]
			b.Run(fmt.Sprintf("%d/%s", patients, name), func(b *testing.B) {
				h := newBusyHouse(b, patients, front)
				var ours, peers []time.Duration
				for b.Loop() {
					began := time.Now()
					c, err := schedule.Proposals(b.Context(), h.desk, schedule.Request{Patient: h.people[len(ours)%len(h.people)], Speciality: "Surgery", Priority: schedule.Routine})
					if err != nil || len(c.Proposals) != 5 {
						b.Fatalf("%d, %v", len(c.Proposals), err)
					}
					ours = append(ours, time.Since(began))
					if len(peers) > 20 {
						continue
					}
					began = time.Now()
					err = h.Store.View(b.Context(), func(tx data.Tx) error {
						_, err := schedule.ReadAppointments(tx, h.doctors, h.Clock.Now(), h.Clock.Now().AddDate(0, 0, 60))
						return err
					})
					if err != nil {
						b.Fatal(err)
					}
					peers = append(peers, time.Since(began))
				}
				b.ReportMetric(ms(quantile(ours, 0.5)), "p50-ms")
				b.ReportMetric(ms(quantile(ours, 0.95)), "p95-ms")
				b.ReportMetric(ms(quantile(peers, 0.5)), "naive-p50-ms")
				b.ReportMetric(float64(quantile(ours, 0.5))/float64(quantile(peers, 0.5)), "of-naive")
			})
		}
	}
}

// BenchmarkDesk measures what a desk waits for besides: a booking, the day of 12 doctors with about 200 appointments, the queue of a day.
func BenchmarkDesk(b *testing.B) {
	for _, patients := range []int{1_000, 100_000} {
		h := newBusyHouse(b, patients, false)
		day := date(b, "2026-11-25")
		n := 0
		for what, do := range map[string]func() error{
			"day of 12": func() error {
				_, err := schedule.Day(b.Context(), h.desk, day, h.doctors[:12]...)
				return err
			},
			"queue": func() error {
				_, err := schedule.Queue(b.Context(), h.desk, h.doctors[:12]...)
				return err
			},
			"book and cancel": func() error {
				n++
				c, err := schedule.Proposals(b.Context(), h.desk, schedule.Request{Patient: h.people[n%len(h.people)], Resource: h.doctors[n%50], Priority: schedule.Urgent, Limit: 1})
				if err != nil || len(c.Proposals) == 0 {
					return err
				}
				p := c.Proposals[0]
				row, err := schedule.Book(b.Context(), h.desk, uuid.New(), schedule.Request{Patient: h.people[n%len(h.people)], Resource: p.Resource.ID, At: p.Start, Priority: schedule.Urgent})
				if err != nil {
					return err
				}
				_, err = schedule.Cancel(b.Context(), h.desk, uuid.New(), row.ID, row.Version, "patient is ill")
				return err
			},
		} {
			b.Run(fmt.Sprintf("%s/%d", what, patients), func(b *testing.B) {
				for b.Loop() {
					if err := do(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func quantile(took []time.Duration, share float64) time.Duration {
	slices.Sort(took)
	return took[int(share*float64(len(took)-1))]
}
