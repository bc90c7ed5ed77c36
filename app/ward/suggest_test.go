package ward_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"wardbook/app/term"
	"wardbook/app/ward"
	"wardbook/data"
)

// bed makes a free bed of an ordinary room of four, and changes it.
func bed(room string, change ...func(*ward.Candidate)) ward.Candidate {
	c := ward.Candidate{Place: ward.Place{Ward: "W", Room: room, Bed: "A"}, Beds: 4}
	for _, one := range change {
		one(&c)
	}
	return c
}

// TestBedsAreSuggestedInOrder: the rooms in the order of the suggestions; '-' before one that may be taken for a reason, 'x' before one that can't be had.
func TestBedsAreSuggestedInOrder(t *testing.T) {
	var w1, w2 ward.WardID
	w1[0], w2[0] = 1, 2
	isolation := func(c *ward.Candidate) { c.Isolation = true }
	monitor := func(c *ward.Candidate) { c.Monitoring = true }
	single := func(c *ward.Candidate) { c.Beds = 1 }
	with := func(n int) func(*ward.Candidate) { return func(c *ward.Candidate) { c.Lying = n } }
	in := func(id ward.WardID) func(*ward.Candidate) { return func(c *ward.Candidate) { c.Ward = id } }
	for name, c := range map[string]struct {
		beds  []ward.Candidate
		needs ward.Needs
		want  string
	}{
		"the lowest room first, as people count": {[]ward.Candidate{bed("10"), bed("2"), bed("1")}, ward.Needs{}, "1 2 10"},
		"what can't be had comes last": {[]ward.Candidate{bed("1", func(c *ward.Candidate) { c.State = ward.Occupied }), bed("2", func(c *ward.Candidate) { c.State = ward.Cleaning }),
			bed("3", func(c *ward.Candidate) { c.State, c.Why = ward.Closed, "broken" }), bed("4", func(c *ward.Candidate) { c.State = ward.Reserved }), bed("5")}, ward.Needs{},
			"5 x1 x2 x3 x4"},
		"a reserved bed is the patient's first": {[]ward.Candidate{bed("1"), bed("9", func(c *ward.Candidate) { c.State, c.Mine = ward.Reserved, true })}, ward.Needs{}, "9 1"},
		"women's and men's rooms": {[]ward.Candidate{bed("1", func(c *ward.Candidate) { c.Sex = ward.Men }), bed("2", func(c *ward.Candidate) { c.Sex = ward.Women }), bed("3")},
			ward.Needs{Sex: term.Female}, "2 3 -1"},
		"of whom the sex is not known: mixed rooms": {[]ward.Candidate{bed("1", func(c *ward.Candidate) { c.Sex = ward.Men }), bed("2", func(c *ward.Candidate) { c.Sex = ward.Women }), bed("3")},
			ward.Needs{}, "3 -1 -2"},
		"isolation, with nobody else": {[]ward.Candidate{bed("1"), bed("2", isolation, with(1)), bed("3", isolation)}, ward.Needs{Isolation: true}, "3 -1 -2"},
		"nobody beside who is isolated": {[]ward.Candidate{bed("1", isolation, with(1), func(c *ward.Candidate) { c.Isolated = true }), bed("2")}, ward.Needs{},
			"2 -1"},
		"scarce rooms are kept":                                   {[]ward.Candidate{bed("1", isolation), bed("2", monitor), bed("3", single), bed("4")}, ward.Needs{}, "4 3 2 1"},
		"monitored where needed":                                  {[]ward.Candidate{bed("1"), bed("2", monitor)}, ward.Needs{Monitoring: true}, "2 -1"},
		"a single room where wished, another where there is none": {[]ward.Candidate{bed("1"), bed("2", single)}, ward.Needs{Single: true}, "2 1"},
		"the ward that was asked for":                             {[]ward.Candidate{bed("1", in(w1)), bed("2", in(w2))}, ward.Needs{Ward: w2}, "2 1"},
		"children's rooms are for children": {[]ward.Candidate{bed("1", func(c *ward.Candidate) { c.Kind = ward.Children }), bed("2"), bed("3", func(c *ward.Candidate) { c.Kind = ward.Intensive })},
			ward.Needs{}, "2 3 -1"},
		"intensive care where needed": {[]ward.Candidate{bed("1"), bed("2", func(c *ward.Candidate) { c.Kind = ward.Intensive })}, ward.Needs{Kind: ward.Intensive}, "2 -1"},
	} {
		var got []string
		for _, s := range ward.Suggest(c.beds, c.needs) {
			mark := ""
			switch {
			case s.Fits && (len(s.Reasons) == 0 || len(s.Against) > 0), !s.Fits && len(s.Against) == 0:
				t.Errorf("%s: room %s says %v for it, %v against it", name, s.Place.Room, s.Reasons, s.Against)
			case !s.Fits && s.Possible:
				mark = "-"
			case !s.Fits:
				mark = "x"
			}
			got = append(got, mark+s.Place.Room)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
}

// TestSuggestionsSayWhy in words for the desk.
func TestSuggestionsSayWhy(t *testing.T) {
	s := open(t, "Europe/London")
	p := rooms(1, 2, 2)
	p.Rooms[0].Sex, p.Rooms[1].Isolation = ward.Men, true
	_, beds := s.build(p)
	s.admit(s.patient(term.Female), beds[1].ID)
	must[ward.BedRow](t)(ward.CloseBed(t.Context(), s.desk, uuid.New(), beds[4].ID, "No mattress"))
	all := must[[]ward.Suggestion](t)(ward.Suggestions(t.Context(), s.desk, s.patient(term.Female), ward.Needs{Isolation: true}, ward.StayID{}))
	var got []string
	for _, one := range all {
		words := fmt.Sprintf("%s%s %t:", one.Place.Room, one.Place.Bed, one.Fits)
		for _, m := range slices.Concat(one.Reasons, one.Against) {
			words += " " + m.String() + "."
		}
		got = append(got, words)
	}
	want := []string{"2B false: Others lie in this room.", "1A false: The room is for men. Not a room for isolation.", "3A false: Not a room for isolation.",
		"2A false: Somebody lies in it.", "3B false: Closed: No mattress."}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("suggested\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestABedThatDoesNotSuitTakesAReason, which stays with the stay.
func TestABedThatDoesNotSuitTakesAReason(t *testing.T) {
	s := open(t, "Europe/London")
	p := rooms(1, 1)
	p.Rooms[0].Sex = ward.Men
	_, beds := s.build(p)
	ann := s.patient(term.Female)
	r := s.request(ann)
	r.Bed = beds[0].ID
	_, err := ward.Admit(t.Context(), s.desk, uuid.New(), r)
	fault(t, "a woman in a room for men", err, data.Invalid, ward.FieldWhy)
	r.Despite = "!!"
	_, err = ward.Admit(t.Context(), s.desk, uuid.New(), r)
	fault(t, "no reason", err, data.Invalid, ward.FieldWhy)
	r.Despite = "All other rooms are full."
	row := must[ward.StayRow](t)(ward.Admit(t.Context(), s.desk, uuid.New(), r))
	if span := row.Value.Last(); span.Despite != r.Despite || span.Bed != beds[0].ID {
		t.Errorf("the stay says %+v", span)
	}
	s.right()
}
