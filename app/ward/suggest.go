package ward

import (
	"cmp"
	"slices"
	"time"

	"wardbook/app/term"
	"wardbook/data"
)

// Needs are what a patient needs of a bed.
type Needs struct {
	// Isolation: apart from everybody else.
	Isolation  bool     `cbor:"1,keyasint,omitempty"`
	Monitoring bool     `cbor:"2,keyasint,omitempty"`
	Single     bool     `cbor:"3,keyasint,omitempty"` // a wish, not a must
	Kind       RoomKind `cbor:"4,keyasint,omitempty"`
	Ward       WardID   `cbor:"5,keyasint"` // wished for; zero: any
	// Sex is the patient's, as of the moment in which a bed is looked for.
	Sex term.Sex `cbor:"-"`
}

// Candidate is a bed as the rule sees it.
type Candidate struct {
	Bed   BedID
	Ward  WardID
	Place Place
	State State
	Until time.Time // where it is reserved
	Why   string    // where it is closed
	// Mine: it is reserved for this patient.
	Mine bool
	// Of its room.
	Sex        SexRule
	Kind       RoomKind
	Isolation  bool
	Monitoring bool
	Beds       int  // how many there are
	Lying      int  // how many others lie there
	Isolated   bool // one of them has to be apart from everybody
}

// Suggestion is a bed with why it suits, or why not.
type Suggestion struct {
	Candidate
	Fits bool
	// Possible: it does not suit, and may be taken all the same, for a stated reason.
	Possible bool
	Reasons  []data.Message
	Against  []data.Message
}

// Suggest puts beds in order for a patient: those that fit, the best first; then those that may be taken for a stated reason; then
// those that can't be had; each with its reasons. It keeps what is scarce (isolation, monitors, single rooms) for those who need it, and
// takes the first room of a ward before the next.
func Suggest(candidates []Candidate, needs Needs) []Suggestion {
	all := make([]Suggestion, len(candidates))
	for i, c := range candidates {
		all[i] = judge(c, needs)
	}
	slices.SortStableFunc(all, func(a, b Suggestion) int {
		return cmp.Or(a.band()-b.band(), waste(a.Candidate, needs)-waste(b.Candidate, needs), a.Place.compare(b.Place))
	})
	return all
}

func (s Suggestion) band() int {
	switch {
	case s.Fits:
		return 0
	case s.Possible:
		return 1
	}
	return 2
}

func judge(c Candidate, needs Needs) Suggestion {
	s := Suggestion{Candidate: c}
	if hard, no := unavailable(c); no {
		s.Against = append(s.Against, hard)
		return s
	}
	s.Possible = true
	s.Against = unsuitable(c, needs)
	s.Fits = len(s.Against) == 0
	if s.Fits {
		s.Reasons = reasons(c, needs)
	}
	return s
}

// unavailable says why nobody, or not this patient, can have the bed, whatever the reason.
func unavailable(c Candidate) (data.Message, bool) {
	switch {
	case c.State == Occupied:
		return data.Say("ward.not.occupied", "Somebody lies in it"), true
	case c.State == Cleaning:
		return data.Say("ward.not.cleaning", "It has to be cleaned first"), true
	case c.State == Closed:
		return data.Say("ward.not.closed", "Closed: {{.Why}}", "Why", c.Why), true
	case c.State == Reserved && !c.Mine:
		return data.Say("ward.not.reserved", "Reserved for somebody else"), true
	}
	return data.Message{}, false
}

// unsuitable says why a bed that can be had does not suit.
func unsuitable(c Candidate, needs Needs) (against []data.Message) {
	say := func(wrong bool, m data.Message) {
		if wrong {
			against = append(against, m)
		}
	}
	say(c.Sex == Women && !c.Sex.Admits(needs.Sex), data.Say("ward.not.women", "The room is for women"))
	say(c.Sex == Men && !c.Sex.Admits(needs.Sex), data.Say("ward.not.men", "The room is for men"))
	say(c.Isolated, data.Say("ward.not.isolated", "Somebody lies isolated in this room"))
	say(needs.Isolation && !c.Isolation, data.Say("ward.not.isolation", "Not a room for isolation"))
	say(needs.Isolation && c.Lying > 0 && !c.Isolated, data.Say("ward.not.alone", "Others lie in this room"))
	say(needs.Monitoring && !c.Monitoring, data.Say("ward.not.monitored", "No monitor"))
	say(needs.Kind != c.Kind && (needs.Kind != Ordinary || c.Kind == Children || c.Kind == Maternity),
		data.Say("ward.not.kind", "The room is of another kind"))
	return against
}

// reasons say why a bed suits; at least one.
func reasons(c Candidate, needs Needs) (all []data.Message) {
	say := func(so bool, m data.Message) {
		if so {
			all = append(all, m)
		}
	}
	say(c.Mine, data.Say("ward.why.reserved", "Reserved for this patient"))
	say(c.State == Free, data.Say("ward.why.free", "Free"))
	say(!needs.Ward.IsZero() && c.Ward == needs.Ward, data.Say("ward.why.ward", "On the ward that was asked for"))
	say(needs.Isolation, data.Say("ward.why.isolation", "Room for isolation, nobody else in it"))
	say(needs.Monitoring, data.Say("ward.why.monitored", "With a monitor"))
	say(needs.Kind != Ordinary, data.Say("ward.why.kind", "The kind of room that is needed"))
	say(c.Sex == Women, data.Say("ward.why.women", "Room for women"))
	say(c.Sex == Men, data.Say("ward.why.men", "Room for men"))
	say(c.Beds == 1 && needs.Single, data.Say("ward.why.single", "Single room"))
	return all
}

// waste is how much is given away by taking a bed: the less, the better. A reserved bed and the ward asked for come before
// all else; each step outweighs those below it together.
func waste(c Candidate, needs Needs) int {
	w := 0
	add := func(so bool, weight int) {
		if so {
			w += weight
		}
	}
	add(!c.Mine, 128)
	add(!needs.Ward.IsZero() && c.Ward != needs.Ward, 64)
	add(needs.Single && c.Beds > 1, 32)
	add(needs.Kind != c.Kind, 16)
	add(c.Isolation && !needs.Isolation, 8)
	add(c.Monitoring && !needs.Monitoring, 4)
	add(c.Beds == 1 && !needs.Single && !needs.Isolation, 2)
	return w
}
