package term

import (
	"regexp"
	"strings"
	"unicode"

	"wardbook/data"
)

// IDType is the kind of a paper that says who somebody is. The codes lie in records.
type IDType string

// The kinds of papers.
const (
	Passport       IDType = "passport"
	NationalIDCard IDType = "national"
	DrivingLicence IDType = "driving"
	SocialSecurity IDType = "social"
	Aadhaar        IDType = "aadhaar" // India; Verhoeff check digit
	USSSN          IDType = "us-ssn"  // United States
	NHSNumber      IDType = "nhs"     // England, Wales; check digit modulo 11
	BirthRecord    IDType = "birth"
	RefugeeID      IDType = "refugee"
	OtherID        IDType = "other"
)

// idRule is what is known of the numbers of one kind. Where no format is well established nothing but the length is
// checked: a number wrongly refused leaves a patient without.
type idRule struct {
	kind    IDType
	text    Text
	format  *regexp.Regexp           // of the number without gaps
	holds   func(number string) bool // check digits, or nil
	example string
}

var anyNumber = regexp.MustCompile(`^[\p{L}\p{M}\p{Nd}./]{2,32}$`)

var idRules = []idRule{
	{NationalIDCard, data.Say("term.id.national", "National identity card"), anyNumber, nil, ""},
	{Passport, data.Say("term.id.passport", "Passport"), regexp.MustCompile(`^[A-Z0-9]{5,12}$`), nil, "L01X00T47"},
	{DrivingLicence, data.Say("term.id.driving", "Driving licence"), anyNumber, nil, ""},
	{SocialSecurity, data.Say("term.id.social", "Social security number"), anyNumber, nil, ""},
	{Aadhaar, data.Say("term.id.aadhaar", "Aadhaar (India)"), regexp.MustCompile(`^[2-9][0-9]{11}$`), verhoeffHolds, "2341 2341 2346"},
	{USSSN, data.Say("term.id.ssn", "Social security number (United States)"), regexp.MustCompile(`^[0-8][0-9]{8}$`), ssnHolds, "123-45-6789"},
	{NHSNumber, data.Say("term.id.nhs", "NHS number"), regexp.MustCompile(`^[0-9]{10}$`), nhsHolds, "943 476 5919"},
	{BirthRecord, data.Say("term.id.birth", "Birth certificate"), anyNumber, nil, ""},
	{RefugeeID, data.Say("term.id.refugee", "Refugee or asylum paper"), anyNumber, nil, ""},
	{OtherID, data.Say("term.id.other", "Other paper"), anyNumber, nil, ""},
}

// IDTypes are the choices of a form, in its order.
func IDTypes() []IDType {
	types := make([]IDType, len(idRules))
	for i, rule := range idRules {
		types[i] = rule.kind
	}
	return types
}

func (t IDType) rule() (idRule, bool) {
	for _, rule := range idRules {
		if rule.kind == t {
			return rule, true
		}
	}
	return idRule{}, false
}

// Text is the kind's name for people.
func (t IDType) Text() Text {
	rule, _ := t.rule()
	return rule.text
}

// NationalID is a number by which a state, or somebody else, knows a person. Two patients with the same one are probably
// one.
type NationalID struct {
	Type   IDType  `cbor:"1,keyasint"`
	Number string  `cbor:"2,keyasint"`           // capitals, no spaces and dashes
	Issuer Country `cbor:"3,keyasint,omitempty"` // the country; none: not said
}

// IsZero tells whether there is none.
func (id NationalID) IsZero() bool { return id.Type == "" && id.Number == "" }

// Clean answers the number as it is stored and compared, or says on which field it is wrong.
func (id NationalID) Clean() (NationalID, error) {
	rule, known := id.Type.rule()
	if !known {
		return NationalID{}, invalid("id", FieldIDType, data.Say("term.id.type", "Choose what kind of paper the number is from."))
	}
	line, err := Line(FieldIDNumber, id.Number, 64)
	if err != nil {
		return NationalID{}, err
	}
	number := strings.Map(func(r rune) rune {
		if isGap(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, plainDigits(line))
	issuer, err := ParseCountry(string(id.Issuer))
	if err != nil {
		return NationalID{}, invalid("id", FieldIDIssuer, data.Say("term.country.none", "There is no such country. Choose it from the list."))
	}
	if err := rule.check(number); err != nil {
		return NationalID{}, err
	}
	return NationalID{Type: id.Type, Number: number, Issuer: issuer}, nil
}

func (r idRule) check(number string) error {
	switch {
	case number == "":
		return invalid("id", FieldIDNumber, data.Say("term.id.missing", "Give the number, or leave the kind of paper empty too."))
	case !r.format.MatchString(number) && r.example == "" || !strings.ContainsFunc(number, unicode.IsDigit) && !strings.ContainsFunc(number, unicode.IsLetter):
		return invalid("id", FieldIDNumber, data.Say("term.id.letters", "The number of such a paper has 2 to 32 letters and digits. Compare it with the paper."))
	case !r.format.MatchString(number):
		return invalid("id", FieldIDNumber, data.Say("term.id.format", "This is not how a number of this kind looks. An example: {{.Example}}.", "Example", r.example))
	case r.holds != nil && !r.holds(number):
		return invalid("id", FieldIDNumber, data.Say("term.id.wrong", "One digit is wrong, or two have changed places. Compare the number with the paper."))
	}
	return nil
}

// Display is the number as it is printed on such papers.
func (id NationalID) Display() string {
	cut := func(places ...int) string {
		parts, from := make([]string, 0, len(places)+1), 0
		for _, place := range append(places, len(id.Number)) {
			if place < from || place > len(id.Number) {
				return id.Number
			}
			parts, from = append(parts, id.Number[from:place]), place
		}
		separator := " "
		if id.Type == USSSN {
			separator = "-"
		}
		return strings.Join(parts, separator)
	}
	switch id.Type {
	case Aadhaar:
		return cut(4, 8)
	case USSSN:
		return cut(3, 5)
	case NHSNumber:
		return cut(3, 6)
	}
	return id.Number
}

// ssnHolds: the areas 000 and 666, the group 00 and the serial 0000 were never given out (Social Security Administration).
func ssnHolds(number string) bool {
	return number[:3] != "000" && number[:3] != "666" && number[3:5] != "00" && number[5:] != "0000"
}

// nhsHolds: weights 10 to 2, eleven less the rest of the sum by eleven, 11 counts as 0 and 10 is never given out (NHS Data
// Dictionary, NHS number).
func nhsHolds(number string) bool {
	sum := 0
	for i := range 9 {
		sum += int(number[i]-'0') * (10 - i)
	}
	check := (11 - sum%11) % 11
	return check != 10 && check == int(number[9]-'0')
}
