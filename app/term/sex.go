package term

import (
	"strings"

	"wardbook/data"
)

// Sex is the administrative sex of a person, as FHIR counts it. The zero value is not known. The numbers lie in records.
type Sex uint8

// The sexes.
const (
	SexUnknown Sex = 0
	Female     Sex = 1
	Male       Sex = 2
	SexOther   Sex = 3 // other, or indeterminate
)

// Sexes are the choices of a form, in its order.
var Sexes = []Sex{Female, Male, SexOther, SexUnknown}

var sexCodes = [...]string{"unknown", "female", "male", "other"}

// Code is FHIR's code: female, male, other, unknown.
func (s Sex) Code() string {
	if int(s) >= len(sexCodes) {
		s = SexUnknown
	}
	return sexCodes[s]
}

// Text is the word for people.
func (s Sex) Text() Text {
	switch s {
	case Female:
		return data.Say("term.sex.female", "Female")
	case Male:
		return data.Say("term.sex.male", "Male")
	case SexOther:
		return data.Say("term.sex.other", "Other")
	}
	return data.Say("term.sex.unknown", "Not known")
}

// ParseSex reads a code of FHIR, or its first letter.
func ParseSex(text string) (Sex, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	for i, code := range sexCodes {
		if text == code || text == code[:1] {
			return Sex(i), nil
		}
	}
	return 0, invalid("sex", FieldSex, data.Say("term.sex.none", "Choose female, male, other or not known."))
}

// BloodGroup is a blood group by ABO and rhesus factor. The zero value is not known. The numbers lie in records.
type BloodGroup uint8

// BloodUnknown is the blood group of somebody whose group nobody has determined.
const BloodUnknown BloodGroup = 0

var bloodGroups = [...]string{"", "A+", "A-", "B+", "B-", "AB+", "AB-", "O+", "O-"}

// BloodGroups are the choices of a form, in its order.
var BloodGroups = []BloodGroup{1, 2, 3, 4, 5, 6, 7, 8, BloodUnknown}

// Code is the group as it is written everywhere: 'AB-'; not known is ”.
func (g BloodGroup) Code() string {
	if int(g) >= len(bloodGroups) {
		return ""
	}
	return bloodGroups[g]
}

// Text is the group for people. The sign is a word too: a minus is easily lost in print.
func (g BloodGroup) Text() Text {
	code := g.Code()
	letters, positive := strings.CutSuffix(code, "+")
	switch {
	case code == "":
		return data.Say("term.blood.unknown", "Not known")
	case positive:
		return data.Say("term.blood.positive", "{{.Group}} positive", "Group", letters)
	}
	return data.Say("term.blood.negative", "{{.Group}} negative", "Group", strings.TrimSuffix(code, "-"))
}

// ways in which people write a group, after spaces are gone and letters are capitals. Zero for the letter O is usual in
// half of Europe.
var bloodWriting = strings.NewReplacer("RHD", "", "RH", "", "(", "", ")", "", "POSITIVE", "+", "NEGATIVE", "-", "POS", "+", "NEG", "-",
	"\u2212", "-", "\u2013", "-", "0", "O")

// ParseBloodGroup reads a group: 'AB-', 'ab neg', '0 Rh+'. Nothing is not known.
func ParseBloodGroup(text string) (BloodGroup, error) {
	text = bloodWriting.Replace(strings.ToUpper(strings.Join(strings.Fields(text), "")))
	for i, code := range bloodGroups {
		if text == code {
			return BloodGroup(i), nil
		}
	}
	return 0, invalid("blood", FieldBlood, data.Say("term.blood.none",
		"There is no such blood group. Choose A, B, AB or O, with + or -, or leave it as not known."))
}
