package door

import (
	_ "embed" // the list of zones
	"slices"
	"strings"
	"sync"
	"time"

	"wardbook/app/term"
	"wardbook/ui/kit"
)

//go:embed zones.txt
var zoneList string

// zone is a time zone in a country; "" for the one that belongs to none.
type zone struct {
	country term.Country
	name    string // "Europe/Athens"
}

// zones are all that this program's zone database knows, each once for each country in it, in the order of the list.
var zones = sync.OnceValue(func() []zone {
	var all []zone
	for line := range strings.Lines(zoneList) {
		country, name, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || country == "#" {
			continue
		}
		if _, err := time.LoadLocation(name); err != nil {
			continue // newer than the database
		}
		if country == "--" {
			country = ""
		}
		all = append(all, zone{term.Country(country), name})
	}
	return all
})

// zonesOf are a country's zones, the most populous first.
func zonesOf(country term.Country) []string {
	var names []string
	for _, z := range zones() {
		if z.country == country {
			names = append(names, z.name)
		}
	}
	return names
}

// guess tells where a computer probably stands: by its zone, where the system names it, and by the language it is set to otherwise.
func guess(locale, system string, now time.Time) (term.Country, string) {
	said := regionOf(locale)
	var home []term.Country
	for _, z := range zones() {
		if z.name == system && z.country != "" {
			home = append(home, z.country)
		}
	}
	switch {
	case len(home) > 0 && !slices.Contains(home, said):
		return home[0], system // a language is often set to another country's
	case len(home) > 0:
		return said, system
	}
	return said, firstZone(said, now)
}

// firstZone is the zone of a country in which it is now as late as on this computer; the most populous one where there is none.
func firstZone(country term.Country, now time.Time) string {
	names := zonesOf(country)
	if len(names) == 0 || country == "" {
		return ""
	}
	_, here := now.Zone()
	for _, name := range names {
		if l, err := time.LoadLocation(name); err == nil {
			if _, there := now.In(l).Zone(); there == here {
				return name
			}
		}
	}
	return names[0]
}

// regionOf is the country that a locale names: GB of "en-GB" or "en_GB.UTF-8".
func regionOf(locale string) term.Country {
	for i, part := range strings.FieldsFunc(locale, func(r rune) bool { return r == '-' || r == '_' || r == '.' || r == '@' }) {
		if i > 0 && len(part) == 2 {
			if c, err := term.ParseCountry(part); err == nil {
				return c
			}
		}
	}
	return ""
}

// zoneOptions are the zones to choose from, by their cities: that is what people type.
func zoneOptions() []kit.Option[string] {
	seen := map[string]bool{}
	var options []kit.Option[string]
	for _, z := range zones() {
		if !seen[z.name] {
			seen[z.name] = true
			options = append(options, kit.Option[string]{Value: z.name, Label: zoneLabel(z.name)})
		}
	}
	slices.SortFunc(options, func(a, b kit.Option[string]) int { return strings.Compare(city(a.Value), city(b.Value)) })
	return options
}

func city(zone string) string {
	return strings.ReplaceAll(zone[strings.LastIndex(zone, "/")+1:], "_", " ")
}

func zoneLabel(zone string) kit.Sentence {
	i := strings.LastIndex(zone, "/")
	if i < 0 {
		return kit.Say("door.zone.plain", "{{.Zone}}", "Zone", zone)
	}
	return kit.Say("door.zone.city", "{{.City}} ({{.Area}})", "City", city(zone), "Area", strings.ReplaceAll(zone[:i], "/", ", "))
}

// timeThere tells what time it is now in a zone, so that a wrong one is seen.
func timeThere(zone string, now time.Time) kit.Sentence {
	l, err := time.LoadLocation(zone)
	if err != nil || zone == "" {
		return kit.Sentence{}
	}
	there := now.In(l)
	return kit.Say("door.zone.now", "It is {{.Time}} there now (UTC{{.Offset}}).", "Time", there.Format("15:04"), "Offset", there.Format("-07:00"))
}

// countryOptions are the countries by their names.
func countryOptions(in term.Language) []kit.Option[term.Country] {
	all := term.Countries(in)
	options := make([]kit.Option[term.Country], len(all))
	for i, c := range all {
		options[i] = kit.Option[term.Country]{Value: c, Label: kit.Say("door.country", "{{.Country}}", "Country", c.Name(in))}
	}
	return options
}

// ZoneNames are the names of all time zones, each once, for other places where one is chosen.
func ZoneNames() []string {
	var names []string
	for _, z := range zones() {
		names = append(names, z.name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
