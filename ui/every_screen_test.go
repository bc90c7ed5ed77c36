package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"wardbook/app/access/accesstest"
	"wardbook/app/demo"
	"wardbook/app/hospital/hospitaltest"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/ui/admin"
	"wardbook/ui/frontdesk"
	"wardbook/ui/kit"
	"wardbook/ui/kit/kittest"
)

// everyScreen walks through every page that each role can come to, and calls look on it when it has been read.
func everyScreen(t *testing.T, prepare func(t *testing.T), look func(t *testing.T, c *counter, what string)) {
	t.Helper()
	pages := []struct {
		signIn string
		routes []kit.Route
	}{
		{"flora", []kit.Route{{Place: frontdesk.PlacePatients}, {Place: frontdesk.PlacePatients, Page: "new"}, {Place: admin.PlacePolicy}, {Place: "notices"}}},
		{"dora", []kit.Route{{Place: frontdesk.PlacePatients}, {Place: admin.PlacePolicy}}},
		{hospitaltest.Admin.SignIn, []kit.Route{{Place: admin.PlacePeople}, {Place: admin.PlacePeople, Page: "new"}, {Place: admin.PlaceHouse}, {Place: admin.PlacePolicy},
			{Place: admin.PlaceReasons}, {Place: "notices"}}},
	}
	for _, p := range pages {
		for _, r := range p.routes {
			what := strings.TrimSuffix(p.signIn+" "+r.Place+"/"+r.Page, "/")
			t.Run(what, func(t *testing.T) {
				w := withStaff(t)
				c := newCounter(t, w)
				if prepare != nil {
					prepare(t) // after the program has loaded its own texts
				}
				c.p.window.Resize(fyne.NewSize(1180, 760))
				c.signIn(p.signIn, accesstest.Password)
				c.until("work")
				if err := demo.Patients(t.Context(), w.H.Machine(), demo.Options{Seed: 1, Patients: 30, Today: term.Date{Year: 2026, Month: 11, Day: 24}}); err != nil {
					t.Fatal(err)
				}
				c.p.bench.Go(r)
				c.settle()
				look(t, c, what)
			})
		}
	}
}

// data are the words that are in no language: names of people, the hospital, its zone, and of countries, which are named in English so far.
func (c *counter) data() []string {
	c.t.Helper()
	words := []string{"Ada Admin", "Flora Desk", "Dr Dora Doctor", "ada flora dora", hospitaltest.Facts.Name, hospitaltest.Facts.Zone, "Greece"}
	desk, err := c.w.SignIn("flora", accesstest.Password)
	if err != nil {
		c.t.Fatal(err)
	}
	page, err := patient.List(c.t.Context(), desk, patient.Page{})
	if err != nil {
		c.t.Fatal(err)
	}
	for _, hit := range page.Hits {
		words = append(words, hit.Name.Listed())
	}
	return words
}

// settle runs what was dispatched until nothing is loading.
func (c *counter) settle() {
	c.t.Helper()
	c.queue.Until(func() bool { return c.queue.Waiting() == 0 && c.p.bench.Idle() })
	for _, more := range []float32{10, 0} { // a real window lays out anew whenever a text has grown
		c.p.window.Resize(fyne.NewSize(1180+more, 760))
	}
}

// TestEverythingIsReachedByTab: on every page of every role.
func TestEverythingIsReachedByTab(t *testing.T) {
	everyScreen(t, nil, func(t *testing.T, c *counter, _ string) { kittest.Reachable(t, c.p.window) })
}

// TestEverythingIsTranslatedAndHasRoom: in a language that is longer and that nobody speaks, every text of the windows is in it, and none is cut off.
func TestEverythingIsTranslatedAndHasRoom(t *testing.T) {
	everyScreen(t, func(t *testing.T) { kittest.Pseudo(t) }, func(t *testing.T, c *counter, _ string) {
		for _, text := range kittest.CutOff(c.p.window) {
			t.Errorf("cut off: %q", text)
		}
		for _, text := range kittest.Untranslated(c.p.window, c.data()...) {
			if strings.Count(text, "-") < 3 { // a passphrase
				t.Errorf("not translated: %q", text)
			}
		}
	})
}
