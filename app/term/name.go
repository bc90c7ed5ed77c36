package term

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wardbook/data"
)

const (
	maxName   = 200 // runes of family and given names together
	maxFormer = 10
)

// HumanName is what a person is called: family name, given names, or only one of the two, in any script. Make one with
// NewName, or Clean what came from elsewhere.
type HumanName struct {
	Family string   `cbor:"1,keyasint,omitempty"`
	Given  []string `cbor:"2,keyasint,omitempty"` // in order; each without spaces
	Former []string `cbor:"3,keyasint,omitempty"` // names borne before, as they were written: 'Jones', 'Ann Jones'
}

// NewName cleans and checks what was typed: the given names in one field, former names each in its own.
func NewName(family, given string, former ...string) (HumanName, error) {
	return HumanName{Family: family, Given: []string{given}, Former: former}.Clean()
}

// Clean answers the name as it is stored, or says on which field it cannot be.
func (n HumanName) Clean() (HumanName, error) {
	family, err := namePart(FieldFamily, n.Family)
	if err != nil {
		return HumanName{}, err
	}
	given, err := namePart(FieldGiven, strings.Join(n.Given, " "))
	if err != nil {
		return HumanName{}, err
	}
	if family == "" && given == "" {
		return HumanName{}, invalid("name", FieldFamily, data.Say("term.name.missing",
			"Give at least one name. For a patient who cannot say it, register an unknown patient."))
	}
	if utf8.RuneCountInString(family)+utf8.RuneCountInString(given) > maxName {
		return HumanName{}, data.Fail(data.Invalid, "term.name", data.Say("term.name.long",
			"Family and given names together have more than {{.Most}} letters. Shorten the given names.", "Most", maxName), nil).On(FieldGiven, FieldFamily)
	}
	cleaned := HumanName{Family: family}
	if given != "" { // else nil, as it comes back from a record
		cleaned.Given = strings.Fields(given)
	}
	for _, name := range n.Former {
		if name, err = namePart(FieldFormer, name); err != nil {
			return HumanName{}, err
		}
		if name != "" && !slices.Contains(cleaned.Former, name) {
			cleaned.Former = append(cleaned.Former, name)
		}
	}
	if len(cleaned.Former) > maxFormer {
		return HumanName{}, invalid("name", FieldFormer, data.Say("term.name.former",
			"At most {{.Most}} former names can be kept. Leave the oldest out.", "Most", maxFormer))
	}
	return cleaned, nil
}

// namePart cleans one part. A dash or a dot that fills an empty field is refused: it would sort and be searched as a name.
func namePart(field, text string) (string, error) {
	part, err := Line(field, text, maxName)
	if err == nil && part != "" && !hasWord(part) {
		err = invalid("name", field, data.Say("term.name.word",
			"A name has at least one letter. Leave this field empty where there is no such name."))
	}
	return part, err
}

// IsZero tells whether there is no name at all.
func (n HumanName) IsZero() bool { return n.Family == "" && len(n.Given) == 0 }

// Listed is the name for lists, family name first: 'Smith, Ann Mary'; '王 小明' where that is the usual order anyway.
func (n HumanName) Listed() string {
	if familyFirst(n.Family) {
		return n.join(n.Family, " ", n.givens())
	}
	return n.join(n.Family, ", ", n.givens())
}

// Full is the name for sentences: 'Ann Mary Smith'; '王 小明'.
func (n HumanName) Full() string {
	if familyFirst(n.Family) {
		return n.join(n.Family, " ", n.givens())
	}
	return n.join(n.givens(), " ", n.Family)
}

func (n HumanName) givens() string { return strings.Join(n.Given, " ") }

// join puts one or both parts together.
func (HumanName) join(first, between, second string) string {
	if first == "" || second == "" {
		return first + second
	}
	return first + between + second
}

// familyFirst: names in these scripts are written family name first, without a comma.
func familyFirst(family string) bool {
	first, _ := utf8.DecodeRuneInString(family)
	return unicode.In(first, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana)
}

// Searched gives the texts under whose words a person is found: all names, borne now or before.
func (n HumanName) Searched() []string {
	return append([]string{n.Family, n.givens()}, n.Former...)
}

// Like gives a key that is the same for names which are easily taken for one another: family name and first given name,
// without case, accents, spaces, hyphens and apostrophes, doubled letters once, a few spellings of one sound as one, and
// in either order. Two patients of one list with the same key are marked. It is a hint for the eye, no identity: it
// misses likenesses (Ann and Anna) rather than marking half a ward.
func (n HumanName) Like() string {
	var parts []string
	if family := data.Prefixes(n.Family); len(family) > 0 {
		parts = append(parts, sounding(strings.Join(family, "")))
	}
	if given := data.Prefixes(n.givens()); len(given) > 0 {
		parts = append(parts, sounding(given[0]))
	}
	slices.Sort(parts)
	return strings.Join(parts, " ")
}

var spellings = strings.NewReplacer("ph", "f", "ck", "k", "ey", "ei", "ay", "ei", "ai", "ei", "y", "i", "ae", "a", "oe", "o", "ue", "u")

// sounding brings folded spellings of one sound together: Smyth and Smith, Meyer and Maier, Philipp and Filip, Müller and Mueller.
func sounding(word string) string {
	word = spellings.Replace(word)
	var previous rune
	return strings.Map(func(r rune) rune {
		if r == previous {
			return -1
		}
		previous = r
		return r
	}, word)
}
