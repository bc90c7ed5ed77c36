package patient_test

import (
	"math"
	"testing"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
)

func TestLikelyDuplicatesAreShownAndNeverForbidden(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	first := register(t, desk, ann())
	estimated := patient.Draft{Name: name("Okafor", "Chidi"), Sex: term.Male, Birth: term.Birth{Date: term.Date{Year: 1986, Month: 5, Day: 24}, Estimated: true}}
	register(t, desk, estimated)
	with := func(change func(*patient.Draft)) patient.Draft {
		d := someone("Brown", "Carla", "1990-01-01")
		change(&d)
		return d
	}
	for what, c := range map[string]struct {
		draft  patient.Draft
		family string // who is shown, or nobody
		reason patient.Reason
	}{
		"nothing shared":        {with(func(*patient.Draft) {}), "", 0},
		"empty form":            {patient.Draft{}, "", 0},
		"name alone":            {with(func(d *patient.Draft) { d.Name = name("Smith", "Ann") }), "", 0},
		"name, birth not known": {with(func(d *patient.Draft) { d.Name, d.Birth = name("Smith", "Ann"), term.UnknownBirth() }), "", 0},
		"same paper": {with(func(d *patient.Draft) {
			d.NationalIDs = []term.NationalID{{Type: term.NHSNumber, Number: "943-476-5919"}}
		}), "Smith", patient.SamePaper},
		"same paper, no country": {with(func(d *patient.Draft) { d.NationalIDs = []term.NationalID{{Type: term.Passport, Number: "L01X00T47"}} }), "Smith", patient.SamePaper},
		"phone and birthday": {with(func(d *patient.Draft) {
			d.Phones, d.Birth = []patient.Phone{{Number: "(020) 79460958"}}, born("1971-02-03")
		}), "Smith", patient.SamePhone},
		"phone alone":            {with(func(d *patient.Draft) { d.Phones = []patient.Phone{{Number: "020 7946 0958"}} }), "", 0},
		"phone half typed":       {with(func(d *patient.Draft) { d.Phones = []patient.Phone{{Number: "020 79"}} }), "", 0},
		"like name and birthday": {with(func(d *patient.Draft) { d.Name, d.Birth = name("Smyth", "Ann"), born("1971-02-03") }), "Smith", patient.LikeName},
		"names exchanged":        {with(func(d *patient.Draft) { d.Name, d.Birth = name("Ann", "Smith"), born("1971-02-03") }), "Smith", patient.LikeName},
		"day and month changed":  {with(func(d *patient.Draft) { d.Name, d.Birth = name("Smith", "Ann"), born("1971-03-02") }), "Smith", patient.LikeNameYear},
		"another sex":            {with(func(d *patient.Draft) { d.Name, d.Birth, d.Sex = name("Smith", "Ann"), born("1971-03-02"), term.Male }), "", 0},
		"another year":           {with(func(d *patient.Draft) { d.Name, d.Birth = name("Smith", "Ann"), born("1972-02-03") }), "", 0},
		"estimated near it": {with(func(d *patient.Draft) {
			*d = estimated
			d.Birth.Date.Year = 1988
		}), "Okafor", patient.LikeNameYear},
	} {
		alike, err := patient.Alike(t.Context(), desk, c.draft, 5)
		if err != nil || len(alike) > 1 || len(alike) == 1 != (c.family != "") || len(alike) == 1 && (alike[0].Name.Family != c.family || alike[0].Reason != c.reason) {
			t.Errorf("%s: %+v %v, want %q", what, alike, err, c.family)
		}
	}
	twin := register(t, desk, someone("Smith", "Ann", "1971-02-03")) // two people of one name and birthday are two
	if twin.ID == first.ID {
		t.Error("one patient for two people")
	}
	if alike, err := patient.Alike(t.Context(), desk, someone("Smith", "Ann", "1971-02-03"), 1); err != nil || len(alike) != 1 {
		t.Errorf("%d for a limit of 1: %v", len(alike), err)
	}
	for _, hit := range find(t, desk, "smith").Hits {
		if !hit.Alike {
			t.Error("the like names are not marked")
		}
	}
}

// TestJaroWinkler holds it against the values that Winkler's paper gives.
func TestJaroWinkler(t *testing.T) {
	for pair, want := range map[[2]string]float64{{"martha", "marhta"}: 0.961, {"dixon", "dicksonx"}: 0.813, {"dwayne", "duane"}: 0.840,
		{"jones", "johnson"}: 0.832, {"abc", "xyz"}: 0, {"", "a"}: 0, {"ann", "ann"}: 1, {"ng", "gn"}: 0} {
		for _, p := range [][2]string{pair, {pair[1], pair[0]}} {
			if got := patient.JaroWinkler([]rune(p[0]), []rune(p[1])); math.Abs(got-want) > 0.001 {
				t.Errorf("%q %q: %.3f, want %.3f", p[0], p[1], got, want)
			}
		}
	}
}

func TestLikeNames(t *testing.T) {
	for _, c := range []struct {
		a, b term.HumanName
		want bool
	}{
		{name("Smith", "Ann"), name("Smith", "Ann", "Mary"), true},
		{name("Smith", "Ann"), name("SMYTH", "Ann"), true},
		{name("Smith", "Ann"), name("Smith", "Bob"), false},
		{name("Müller", "José"), name("Muller", "Jose"), true},
		{name("Johnson", "Michael"), name("Jonson", "Micheal"), true},
		{name("Khan", "Ali"), name("Chan", "Eli"), false},
		{name("Meier", "Philipp"), name("Mayer", "Filip"), true},
		{name(""), name(""), false},
	} {
		if patient.LikeNames(c.a, c.b) != c.want || patient.LikeNames(c.b, c.a) != c.want {
			t.Errorf("%s and %s: want %t", c.a.Listed(), c.b.Listed(), c.want)
		}
	}
}
