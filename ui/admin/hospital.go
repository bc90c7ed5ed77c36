package admin

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"wardbook/app/access"
	"wardbook/app/house"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// hospital is the hospital's own facts, to look at and to change.
type hospital struct {
	session *access.Session
	read    *house.Row
	saving  wish[houseWish]
}

// houseWish is house.House as something that can be compared.
type houseWish struct{ name, zone, region, logo string }

// load reads them. It is slow.
func (h *hospital) load(ctx context.Context) (house.Row, error) { return house.Read(ctx, h.session) }

func (h *hospital) mayChange() bool { return h.session.May(access.ActHouseChange) }

func (h *hospital) mayRenewKey() bool { return h.session.May(access.ActNewRecovery) }

// save sets them; seen is the version that the person looked at. It is slow.
func (h *hospital) save(ctx context.Context, seen uint64, facts house.House) error {
	operation := h.saving.of(houseWish{facts.Name, facts.Zone, facts.Region, string(facts.Logo)})
	return house.Change(ctx, h.session, operation, seen, facts)
}

// houseDifferences are the facts in which those stored differ from those that are to be saved.
func houseDifferences(read, theirs, mine house.House, in term.Language) []kit.Difference {
	var all []kit.Difference
	for _, f := range []struct {
		name  string
		label kit.Sentence
		of    func(house.House) string
	}{
		{"name", kit.Say("house.name", "Name"), func(h house.House) string { return h.Name }},
		{"region", kit.Say("house.country", "Country"), func(h house.House) string { return term.Country(h.Region).Name(in) }},
		{"zone", kit.Say("house.zone", "Time zone"), func(h house.House) string { return h.Zone }},
		{"logo", kit.Say("house.logo", "Logo"), logoWords},
	} {
		if there, here := f.of(theirs), f.of(mine); there != here {
			all = append(all, kit.Difference{Name: f.name, Label: f.label, Yours: here, Theirs: there, Base: f.of(read), HasBase: true})
		}
	}
	return all
}

// logoWords tells logos apart by their size and content, as far as words can.
func logoWords(h house.House) string {
	if len(h.Logo) == 0 {
		return kit.Say("house.logo.none", "None").Text()
	}
	sum := sha256.Sum256(h.Logo)
	return kit.Say("house.logo.one", "A picture of {{.Size}} bytes ({{.Mark}})", "Size", len(h.Logo), "Mark", hex.EncodeToString(sum[:3])).Text()
}

// resolvedHouse is theirs with what the person chose to keep of mine.
func resolvedHouse(theirs, mine house.House, chosen map[string]kit.Side) house.House {
	h := theirs
	for field, keep := range map[string]func(){
		"name":   func() { h.Name = mine.Name },
		"region": func() { h.Region = mine.Region },
		"zone":   func() { h.Zone = mine.Zone },
		"logo":   func() { h.Logo = mine.Logo },
	} {
		if chosen[field] == kit.Yours {
			keep()
		}
	}
	return h
}
