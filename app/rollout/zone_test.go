package rollout

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // where the machine has no zones

	"golang.org/x/text/language"
)

func TestEveryZoneOfTheTableIsOneAndItsCountryIsOne(t *testing.T) {
	seen := 0
	for place, text := range zonesByPlace {
		words := strings.Fields(text)
		if len(words)%2 != 0 {
			t.Fatalf("%s: an odd number of words", place)
		}
		for i := 0; i < len(words); i += 2 {
			zone := place + "/" + words[i+1]
			if _, err := time.LoadLocation(zone); err != nil {
				t.Errorf("%s: %v", zone, err)
			}
			if region, err := language.ParseRegion(words[i]); err != nil || !region.IsCountry() || len(words[i]) != 2 {
				t.Errorf("%s is in no country '%s': %v", zone, words[i], err)
			}
			if got := countryOf(zone); got != words[i] {
				t.Errorf("%s: %q, want %q", zone, got, words[i])
			}
			seen++
		}
	}
	if seen < 130 {
		t.Errorf("only %d zones", seen)
	}
	for _, none := range []string{"", "UTC", "Europe", "Europe/", "Europe/GB", "Mars/Berlin", "America/Argentina"} {
		if got := countryOf(none); got != "" {
			t.Errorf("%q: %q, want nothing", none, got)
		}
	}
}

func TestASignInNameIsMadeOfTheName(t *testing.T) {
	for name, want := range map[string]string{
		"Ann Smith":            "ann.smith",
		"Dr. Dora  Doctor":     "dr.dora.doctor",
		"Jean-Luc O'Neil":      "jean-luc.o.neil",
		"Zoë Ångström":         "zoë.ångström",
		"李 小龙":                 "李.小龙",
		"Ann \"x\" \\ / Smith": "ann.x.smith",
		"...":                  "",
	} {
		if got := signInOf(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
