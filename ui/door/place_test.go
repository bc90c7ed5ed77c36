package door

import (
	"testing"
	"time"
	_ "time/tzdata" // as the program has it

	"wardbook/app/term"
	"wardbook/ui/kit"
)

var november = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

func at(t *testing.T, zone string) time.Time {
	t.Helper()
	l, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	return november.In(l)
}

func TestWhereAComputerStandsIsGuessed(t *testing.T) {
	for name, c := range map[string]struct {
		locale, system string
		now            string
		country        term.Country
		zone           string
	}{
		"the zone is named":              {"el-GR", "Europe/Athens", "Europe/Athens", "GR", "Europe/Athens"},
		"the language is another's":      {"en-US", "Europe/Athens", "Europe/Athens", "GR", "Europe/Athens"},
		"the zone is not named":          {"de-AT", "Local", "Europe/Vienna", "AT", "Europe/Vienna"},
		"the country has several":        {"en_US.UTF-8", "Local", "America/Los_Angeles", "US", "America/Los_Angeles"},
		"no zone of the country fits":    {"en-GB", "Local", "Asia/Tokyo", "GB", "Europe/London"},
		"the language names no country":  {"en", "Local", "UTC", "", ""},
		"the zone is nobody's":           {"fr-FR", "UTC", "UTC", "FR", "Europe/Paris"},
		"nothing is known":               {"", "", "UTC", "", ""},
		"a script before the country":    {"zh-Hans-CN", "Local", "Asia/Shanghai", "CN", "Asia/Shanghai"},
		"the first letters are a land's": {"de", "Local", "Europe/Berlin", "", ""},
	} {
		if country, zone := guess(c.locale, c.system, at(t, c.now)); country != c.country || zone != c.zone {
			t.Errorf("%s: %q in %q, want %q in %q", name, zone, country, c.zone, c.country)
		}
	}
}

func TestEveryZoneCanBeChosenAndFoundByItsCity(t *testing.T) {
	options := zoneOptions()
	if len(options) < 400 {
		t.Fatalf("%d zones", len(options))
	}
	seen, last := map[string]bool{}, ""
	for _, o := range options {
		if _, err := time.LoadLocation(o.Value); err != nil || seen[o.Value] {
			t.Errorf("%s: %v, twice %t", o.Value, err, seen[o.Value])
		}
		if seen[o.Value] = true; city(o.Value) < last {
			t.Errorf("%s stands after %s", city(o.Value), last)
		}
		last = city(o.Value)
	}
	for zone, want := range map[string]string{"Europe/Athens": "Athens (Europe)", "America/Argentina/Buenos_Aires": "Buenos Aires (America, Argentina)", "UTC": "UTC"} {
		if got := english(zoneLabel(zone)); !seen[zone] || got != want {
			t.Errorf("%s is called %q, want %q; to choose: %t", zone, got, want, seen[zone])
		}
	}
}

// english fills a sentence in without an application.
func english(s kit.Sentence) string {
	text := s.English
	for name, value := range s.Args {
		text = replaceArg(text, name, value)
	}
	return text
}

func TestTheTimeInAZoneIsSaid(t *testing.T) {
	if got := english(timeThere("Asia/Kolkata", november)); got != "It is 14:30 there now (UTC+05:30)." {
		t.Errorf("said %q", got)
	}
	if !timeThere("", november).Empty() || !timeThere("No/Where", november).Empty() {
		t.Error("a time is said for no zone")
	}
}

func BenchmarkZones(b *testing.B) {
	for b.Loop() {
		zoneOptions()
	}
}
