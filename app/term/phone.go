package term

import (
	"errors"
	"regexp"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"wardbook/data"
)

// Phone is a phone number as it is stored: '+442079460958', with an extension behind it ('+442079460958;ext=12'), or an
// extension of the house alone: '4521'. Make one with ParsePhone.
type Phone string

const extension = ";ext="

var (
	phoneWriting = regexp.MustCompile(`(?i)^\+?[0-9()./ -]+(?:(?:;?ext\.?|extension|x|#)[:= ]*[0-9]{1,7})?$`)
	internal     = regexp.MustCompile(`^[0-9]{3,6}$`)
)

// ParsePhone reads a number as people write it where the hospital stands; numbers of other countries start with +. Three to
// six digits are an extension of the house. Whether the number is in service nobody can tell; only what cannot be a number is refused:
// lists of ranges grow old, and a family that cannot be called is worse than a digit too many.
func ParsePhone(text string, home Country) (Phone, error) {
	refuse := func(message Text) (Phone, error) { return "", invalid("phone", FieldPhone, message) }
	text = strings.Join(strings.FieldsFunc(plainDigits(strings.ReplaceAll(text, "\uFF0B", "+")), isGap), " ")
	if internal.MatchString(text) {
		return Phone(text), nil
	}
	if !phoneWriting.MatchString(text) || len(text) > 60 {
		return refuse(data.Say("term.phone.writing", "A phone number has digits, perhaps with + in front, and nothing else. Write remarks elsewhere."))
	}
	number, err := phonenumbers.Parse(text, string(home))
	switch {
	case errors.Is(err, phonenumbers.ErrInvalidCountryCode):
		return refuse(data.Say("term.phone.country", "The country of this number is not known. Write it with + and the code of the country."))
	case errors.Is(err, phonenumbers.ErrNumTooLong):
		return refuse(data.Say("term.phone.long", "This phone number has too many digits."))
	case err != nil:
		return refuse(data.Say("term.phone.short", "This phone number has too few digits."))
	}
	switch phonenumbers.IsPossibleNumberWithReason(number) {
	case phonenumbers.IS_POSSIBLE:
		p := stored(number)
		// What would be read in another way when it comes back is not the number that was meant.
		again, err := phonenumbers.Parse(string(p), "")
		if err == nil && stored(again) == p && !trunkLeft(number) {
			return p, nil
		}
	case phonenumbers.IS_POSSIBLE_LOCAL_ONLY:
		return refuse(data.Say("term.phone.area", "The area code is missing. Write the number as one would dial it from another town."))
	case phonenumbers.TOO_LONG:
		return refuse(data.Say("term.phone.long", "This phone number has too many digits."))
	case phonenumbers.INVALID_COUNTRY_CODE:
		return refuse(data.Say("term.phone.country", "The country of this number is not known. Write it with + and the code of the country."))
	}
	return refuse(data.Say("term.phone.short", "This phone number has too few digits."))
}

// trunkLeft: the zero that one dials before an area code is still there, because too little would be left without it. Dialled
// from abroad such a number leads nowhere.
func trunkLeft(number *phonenumbers.PhoneNumber) bool {
	country := phonenumbers.GetRegionCodeForCountryCode(int(number.GetCountryCode()))
	trunk := phonenumbers.GetNddPrefixForRegion(country, true)
	return trunk != "" && strings.HasPrefix(phonenumbers.GetNationalSignificantNumber(number), trunk) && !phonenumbers.IsValidNumber(number)
}

func stored(number *phonenumbers.PhoneNumber) Phone {
	p := Phone(phonenumbers.Format(number, phonenumbers.E164))
	if number.GetExtension() != "" {
		p += extension + Phone(number.GetExtension())
	}
	return p
}

// Internal tells whether it is an extension of the house.
func (p Phone) Internal() bool { return p != "" && p[0] != '+' }

// Display is the number as people read it: in the national way at home, with the country's code from elsewhere.
func (p Phone) Display(home Country) string {
	if p == "" || p.Internal() {
		return string(p)
	}
	number, err := phonenumbers.Parse(string(p), "")
	if err != nil {
		return string(p)
	}
	// By the code of the country, not by the list of its ranges: a number that the list lacks is at home all the same.
	if int(number.GetCountryCode()) == phonenumbers.GetCountryCodeForRegion(string(home)) {
		return phonenumbers.Format(number, phonenumbers.NATIONAL)
	}
	return phonenumbers.Format(number, phonenumbers.INTERNATIONAL)
}

// International is the number as one dials it from anywhere: for letters and exports.
func (p Phone) International() string { return p.Display("") }

// Digits are the digits alone, for a search by the last of them; the extension is left out.
func (p Phone) Digits() string {
	number, _, _ := strings.Cut(string(p), extension)
	return strings.TrimPrefix(number, "+")
}
