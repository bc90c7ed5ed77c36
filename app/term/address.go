package term

import (
	"errors"
	"slices"
	"strings"
	"unicode"

	"wardbook/data"
)

// Address is where somebody lives, written as the post of the place does. Everything may be missing.
type Address struct {
	Lines    []string `cbor:"1,keyasint,omitempty"` // street and house, flat, village: at most four
	Town     string   `cbor:"2,keyasint,omitempty"`
	Postcode string   `cbor:"3,keyasint,omitempty"`
	Country  Country  `cbor:"4,keyasint,omitempty"` // none: the hospital's own
}

const maxLines = 4

// IsZero tells whether nothing is known.
func (a Address) IsZero() bool {
	return len(a.Lines) == 0 && a.Town == "" && a.Postcode == "" && a.Country == ""
}

// Clean answers the address as it is stored. A line that holds line breaks becomes several.
func (a Address) Clean() (Address, error) {
	lines, err := Paragraphs(FieldLines, strings.Join(a.Lines, "\n"), 4*100)
	town, err2 := Line(FieldTown, a.Town, 100)
	postcode, err3 := Line(FieldPostcode, strings.ToUpper(a.Postcode), 16)
	if err3 == nil && strings.ContainsFunc(postcode, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != ' ' && r != '-' }) {
		err3 = invalid("address", FieldPostcode, data.Say("term.postcode.signs", "A postcode has letters, digits, spaces and dashes only. Check what stands here."))
	}
	country, err4 := ParseCountry(string(a.Country))
	if err := errors.Join(err, err2, err3, err4); err != nil {
		return Address{}, err
	}
	cleaned := Address{Town: town, Postcode: postcode, Country: country}
	for line := range strings.SplitSeq(lines, "\n") {
		if line != "" {
			cleaned.Lines = append(cleaned.Lines, line)
		}
	}
	if len(cleaned.Lines) > maxLines {
		return Address{}, invalid("address", FieldLines, data.Say("term.address.lines", "An address has at most {{.Most}} lines before the town.", "Most", maxLines))
	}
	return cleaned, nil
}

// OneLine is the address for a list: '12 High Street, Leeds LS1 4AP'. The country is left out.
func (a Address) OneLine() string {
	parts := append([]string{}, a.Lines...)
	if place := strings.TrimSpace(a.Town + " " + a.Postcode); place != "" {
		parts = append(parts, place)
	}
	return strings.Join(parts, ", ")
}

// Relation is what somebody is to the patient. The codes lie in records.
type Relation string

// The relations that a form offers.
const (
	Spouse        Relation = "spouse"
	Partner       Relation = "partner"
	Parent        Relation = "parent"
	Child         Relation = "child"
	Sibling       Relation = "sibling"
	Grandparent   Relation = "grandparent"
	Guardian      Relation = "guardian"
	Friend        Relation = "friend"
	OtherRelation Relation = "other"
)

// Relations are the choices of a form, in its order; ” is nobody having asked.
var Relations = []Relation{Spouse, Partner, Parent, Child, Sibling, Grandparent, Guardian, Friend, OtherRelation, ""}

// Text is the word for people.
func (r Relation) Text() Text {
	switch r {
	case Spouse:
		return data.Say("term.relation.spouse", "Husband or wife")
	case Partner:
		return data.Say("term.relation.partner", "Partner")
	case Parent:
		return data.Say("term.relation.parent", "Parent")
	case Child:
		return data.Say("term.relation.child", "Child")
	case Sibling:
		return data.Say("term.relation.sibling", "Brother or sister")
	case Grandparent:
		return data.Say("term.relation.grandparent", "Grandparent")
	case Guardian:
		return data.Say("term.relation.guardian", "Guardian")
	case Friend:
		return data.Say("term.relation.friend", "Friend or neighbour")
	case OtherRelation:
		return data.Say("term.relation.other", "Other")
	}
	return data.Say("term.relation.unknown", "Not known")
}

// NextOfKin is who is called when something happens.
type NextOfKin struct {
	Name     HumanName `cbor:"1,keyasint"`
	Relation Relation  `cbor:"2,keyasint,omitempty"`
	Phone    Phone     `cbor:"3,keyasint,omitempty"`
}

// IsZero tells whether nobody is named.
func (k NextOfKin) IsZero() bool { return k.Name.IsZero() && k.Relation == "" && k.Phone == "" }

// Clean answers the next of kin as stored; the phone may be as somebody typed it, and is read as at home. Somebody without
// a name may stand there by phone alone ('the neighbour'), a name alone too.
func (k NextOfKin) Clean(home Country) (NextOfKin, error) {
	cleaned := NextOfKin{Relation: k.Relation}
	var errs []error
	if !k.Name.IsZero() {
		name, err := k.Name.Clean()
		cleaned.Name, errs = name, append(errs, err)
	}
	if strings.TrimSpace(string(k.Phone)) != "" {
		phone, err := ParsePhone(string(k.Phone), home)
		cleaned.Phone, errs = phone, append(errs, err)
	}
	if !slices.Contains(Relations, k.Relation) {
		errs = append(errs, invalid("kin", FieldRelation, data.Say("term.relation.none", "Choose the relation from the list.")))
	}
	if k.Relation != "" && k.Name.IsZero() && cleaned.Phone == "" && len(errs) == 0 {
		errs = append(errs, invalid("kin", FieldFamily, data.Say("term.kin.nobody", "Give the name or the phone of this person.")))
	}
	if err := errors.Join(errs...); err != nil {
		return NextOfKin{}, err
	}
	return cleaned, nil
}
