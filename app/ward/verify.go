package ward

import (
	"context"
	"fmt"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/data"
)

// Verify compares beds, stays and reservations, for the program's own session, and says of each thing that is not as promised what it is. It names beds and
// stays by their ids and nobody.
func Verify(ctx context.Context, machine *access.Session) (problems []string, err error) {
	err = machine.View(ctx, access.Deed{Action: access.ActWardVerify}, func(tx data.Tx) error {
		v := verifier{in: map[BedID]int{}, present: map[patient.ID]int{}, spans: map[BedID][]Span{}, chains: map[patient.ID][]Span{}}
		for row, err := range stays.All(tx, data.Span{}) {
			if err != nil {
				return err
			}
			v.stay(row)
		}
		if err := v.beds(tx); err != nil {
			return err
		}
		problems = v.problems
		return nil
	})
	return problems, err
}

type verifier struct {
	problems []string
	in       map[BedID]int
	present  map[patient.ID]int
	spans    map[BedID][]Span
	chains   map[patient.ID][]Span // of all stays of a patient
}

func (v *verifier) say(format string, args ...any) {
	v.problems = append(v.problems, fmt.Sprintf(format, args...))
}

// stay looks at one stay by itself: a chain without gaps or overlaps.
func (v *verifier) stay(row StayRow) {
	s := row.Value
	if len(s.Spans) == 0 {
		v.say("stay %s has no bed", row.ID)
		return
	}
	for i, span := range s.Spans {
		last := i == len(s.Spans)-1
		switch {
		case !last && !span.To.Equal(s.Spans[i+1].From):
			v.say("stay %s has a gap or an overlap after span %d", row.ID, i+1)
		case !span.To.IsZero() && span.To.Before(span.From):
			v.say("span %d of stay %s ends before it begins", i+1, row.ID)
		case last && span.To.IsZero() != s.Present():
			v.say("the last span of stay %s does not end with the stay", row.ID)
		}
		if s.Mistaken == "" {
			v.spans[span.Bed] = append(v.spans[span.Bed], span)
			v.chains[s.Patient] = append(v.chains[s.Patient], span)
		}
	}
	if s.Left != nil && !s.Left.At.Equal(s.Last().To) {
		v.say("stay %s ends at another time than its last span", row.ID)
	}
	if s.Present() {
		v.in[s.Last().Bed]++
		if v.present[s.Patient]++; v.present[s.Patient] > 1 {
			v.say("the patient of stay %s is in twice", row.ID)
		}
	}
}

// beds compares the state of each bed with who lies in it, and the spans in it with each other.
func (v *verifier) beds(tx data.Tx) error {
	c, err := survey(tx, WardID{})
	if err != nil {
		return err
	}
	for _, b := range c.beds {
		in := v.in[b.ID]
		delete(v.in, b.ID)
		if in > 1 {
			v.say("%d patients lie in bed %s", in, b.ID)
		}
		if (b.Value.State == Occupied) != (in > 0) {
			v.say("bed %s has the state %d with %d patients in it", b.ID, b.Value.State, in)
		}
		if s, _ := c.spot(b).state(tx.Time()); in > 0 && s != Occupied {
			v.say("somebody lies in the closed bed %s", b.ID)
		}
	}
	for bed, in := range v.in {
		v.say("%d patients lie in bed %s, which is none", in, bed)
	}
	for bed, spans := range v.spans {
		if overlap(spans) {
			v.say("two patients lay in bed %s at one time", bed)
		}
	}
	for _, spans := range v.chains {
		if overlap(spans) {
			v.say("a patient lay in two beds at one time")
		}
	}
	return v.kept(tx, c)
}

// overlap tells whether two of the spans share a time.
func overlap(spans []Span) bool {
	for i, a := range spans {
		for _, b := range spans[:i] {
			if (a.To.IsZero() || b.From.Before(a.To)) && (b.To.IsZero() || a.From.Before(b.To)) {
				return true
			}
		}
	}
	return false
}

// kept compares reservations with beds: a bed is reserved exactly while a reservation says so.
func (v *verifier) kept(tx data.Tx, c census) error {
	holding := map[BedID]bool{}
	for hit, err := range kept.Scan(tx, data.Span{}) {
		if err != nil {
			return err
		}
		if tx.Time().Before(hit.Cover.Until) {
			holding[hit.Cover.Bed] = true
		}
	}
	for _, b := range c.beds {
		if (b.Value.StateAt(tx.Time()) == Reserved) != holding[b.ID] {
			v.say("bed %s and its reservation do not agree", b.ID)
		}
		delete(holding, b.ID)
	}
	for bed := range holding {
		v.say("bed %s is reserved and is none", bed)
	}
	return nil
}
