package patient

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/data"
)

// Guess is what one sees of somebody who cannot say who he is. The zero Guess: nothing.
type Guess struct {
	Sex   term.Sex
	Birth term.Birth // see term.BirthAbout; zero: not even about
}

// RegisterUnknown writes a patient of whom nobody knows who it is, so that care begins at once: under a label of the hour and the
// guess, 'Unknown 2026-11-24 14:05, adult male?', which Change replaces by the name. Errors as Register, Invalid only for an
// impossible guess. A second call with the same operation answers what the first one made.
func RegisterUnknown(ctx context.Context, s *access.Session, operation uuid.UUID, g Guess) (Row, error) {
	if g.Birth == (term.Birth{}) {
		g.Birth = term.UnknownBirth()
	}
	return enter(ctx, s, operation, func(tx data.Tx, at place) (Draft, error) {
		name, err := label(tx, at, g)
		if err != nil {
			return Draft{}, err
		}
		return Draft{Name: name, Birth: g.Birth, Sex: g.Sex, Unknown: true}.clean(at.home, at.today(tx))
	})
}

// label is the same in every language: it stands on the wristband and is read by whoever comes. Two of one minute are told
// apart by a number.
func label(tx data.Tx, at place, g Guess) (term.HumanName, error) {
	base := "Unknown " + tx.Time().In(at.zone).Format("2006-01-02 15:04")
	name := term.HumanName{Family: base, Given: guessed(g, at.today(tx))}
	for n := 2; ; n++ {
		taken, err := named(tx, name.Family)
		if err != nil || !taken {
			return name, err
		}
		name.Family = fmt.Sprintf("%s (%d)", base, n)
	}
}

// named tells whether somebody bears exactly this family name.
func named(tx data.Tx, family string) (bool, error) {
	span := data.Span{From: data.AppendStringPrefix(nil, sortKey(family))}
	span.To = data.PrefixEnd(span.From)
	for hit, err := range byName.Scan(tx, span) {
		if err != nil {
			return false, err
		}
		if hit.Cover.Name.Family == family {
			return true, nil
		}
	}
	return false, nil
}

// guessed are the words behind the label: 'adult male?'.
func guessed(g Guess, today term.Date) []string {
	var words []string
	if g.Birth.Known() {
		switch years, days := g.Birth.Date.AgeAt(today), g.Birth.Date.DaysUntil(today); {
		case days < 28:
			words = append(words, "newborn")
		case years < 1:
			words = append(words, "baby")
		case years < 13:
			words = append(words, "child")
		case years < 18:
			words = append(words, "teenager")
		default:
			words = append(words, "adult")
		}
	}
	if g.Sex == term.Female || g.Sex == term.Male {
		words = append(words, g.Sex.Code())
	}
	if len(words) > 0 {
		words[len(words)-1] += "?"
	}
	return words
}
