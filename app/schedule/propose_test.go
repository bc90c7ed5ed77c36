package schedule_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/app/patient"
	"wardbook/app/schedule"
	"wardbook/data"
)

// TestAShareIsKeptForUrgentPatients, until two hours before.
func TestAShareIsKeptForUrgentPatients(t *testing.T) {
	c := open(t)
	c.hours(c.dora, "Wed 9-11, 30 min") // the last of four is kept
	_, err := schedule.Book(t.Context(), c.desk, uuid.New(), c.ask(c.somebody("Smith"), "2026-11-25 10:30", schedule.Soon))
	if r, said := refused(t, err); !strings.Contains(said, "kept for urgent patients") || !r.Alternatives[0].Start.Equal(at(t, "2026-12-02 09:00")) {
		t.Errorf("%q, %+v", said, r.Alternatives)
	}
	choice, err := schedule.Proposals(t.Context(), c.desk, schedule.Request{Resource: c.dora, Priority: schedule.Urgent, At: at(t, "2026-11-25 10:00"), Limit: 2})
	if err != nil || !choice.Proposals[1].Start.Equal(at(t, "2026-11-25 10:30")) || choice.Proposals[1].Why.String() != "Kept for urgent patients" {
		t.Errorf("an urgent patient is proposed %+v, %v", choice, err)
	}
	c.pass(23*time.Hour + 29*time.Minute) // 08:29
	_, err = schedule.Book(t.Context(), c.desk, uuid.New(), c.ask(c.somebody("Jones"), "2026-11-25 10:30", schedule.Routine))
	refused(t, err)
	c.pass(time.Minute)
	c.book(c.ask(c.somebody("Brown"), "2026-11-25 10:30", schedule.Routine))
}

// TestProposalsAreWhatIsFree: over weeks, on days of all kinds, exactly the slots that the days themselves show as free, in their order.
func TestProposalsAreWhatIsFree(t *testing.T) {
	c := open(t)
	c.hours(c.dora, "Mon-Sun 9-12, 20-26, 20 min")
	plan, err := schedule.ReadPlan(t.Context(), c.admin, c.dora)
	if err != nil {
		t.Fatal(err)
	}
	cal := schedule.Calendar{Resource: plan.Resource, Zone: zone(t, "Europe/London"), Shifts: plan.Hours.Value.Shifts, Rules: schedule.UsualRules}
	first, r := date(t, "2026-11-24"), rand.New(rand.NewPCG(1, 2))
	who := c.somebody("Smith")
	for day := range 130 {
		c.Update(func(tx data.Tx) error {
			return schedule.Fill(tx, cal, first.AddDays(day), func() patient.ID { return who }, func() bool { return r.IntN(20) > 0 })
		})
	}
	var want []time.Time
	for day := range 120 {
		cols, err := schedule.Day(t.Context(), c.desk, first.AddDays(day), c.dora)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range cols[0].Slots {
			if s.Taken < s.Capacity && !s.Kept && !s.Past {
				want = append(want, s.Start)
			}
		}
	}
	choice, err := schedule.Proposals(t.Context(), c.desk, schedule.Request{Resource: c.dora, Priority: schedule.Routine, Days: 120, Limit: 100})
	if err != nil || len(choice.Proposals) < 50 {
		t.Fatalf("%d, %v", len(choice.Proposals), err)
	}
	for i, p := range choice.Proposals {
		if !p.Start.Equal(want[i]) {
			t.Fatalf("proposal %d is %s, the days show %s", i, p.Start, want[i])
		}
	}
}
