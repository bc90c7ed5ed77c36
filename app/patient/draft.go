package patient

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/data"
)

// Draft is what people say of who a patient is: what a form holds, before and after it is saved. In a record everything in it is
// clean; what a form gives may be as it was typed.
type Draft struct {
	Name        term.HumanName    `cbor:"2,keyasint"`
	Birth       term.Birth        `cbor:"3,keyasint"`
	Sex         term.Sex          `cbor:"4,keyasint,omitempty"`
	Phones      []Phone           `cbor:"5,keyasint,omitempty"`
	Email       term.Email        `cbor:"6,keyasint,omitempty"`
	Address     term.Address      `cbor:"7,keyasint,omitempty"`
	NationalIDs []term.NationalID `cbor:"8,keyasint,omitempty"`
	Kin         term.NextOfKin    `cbor:"9,keyasint,omitempty"`
	Blood       term.BloodGroup   `cbor:"10,keyasint,omitempty"`
	Language    term.Language     `cbor:"11,keyasint,omitempty"`
	// Notes are for the desk ('hears badly on the left'), never clinical.
	Notes   string  `cbor:"12,keyasint,omitempty"`
	Consent Consent `cbor:"13,keyasint,omitempty"`
	// Unknown is somebody who could not say who he is; see RegisterUnknown. A change takes it away, never brings it.
	Unknown bool `cbor:"14,keyasint,omitempty"`
	// OldNumbers are those of earlier systems, so that old papers lead here.
	OldNumbers []string `cbor:"15,keyasint,omitempty"`
}

// Phone is a number with where it rings.
type Phone struct {
	Number term.Phone `cbor:"1,keyasint"`
	Kind   PhoneKind  `cbor:"2,keyasint,omitempty"`
}

// PhoneKind is where a number rings. The codes lie in records; ” is nobody having asked.
type PhoneKind string

// The kinds.
const (
	Mobile PhoneKind = "mobile"
	AtHome PhoneKind = "home"
	AtWork PhoneKind = "work"
)

// PhoneKinds are the choices of a form, in its order.
var PhoneKinds = []PhoneKind{Mobile, AtHome, AtWork, ""}

// Text is the word for people.
func (k PhoneKind) Text() term.Text {
	switch k {
	case Mobile:
		return data.Say("patient.phone.mobile", "Mobile")
	case AtHome:
		return data.Say("patient.phone.home", "Home")
	case AtWork:
		return data.Say("patient.phone.work", "Work")
	}
	return data.Say("patient.phone.other", "Phone")
}

// Answer is what somebody said when asked to agree. The numbers lie in records.
type Answer uint8

// The answers.
const (
	NotAsked Answer = 0
	Yes      Answer = 1
	No       Answer = 2
)

// Answers are the choices of a form, in its order.
var Answers = []Answer{Yes, No, NotAsked}

// Text is the word for people.
func (a Answer) Text() term.Text {
	switch a {
	case Yes:
		return data.Say("patient.answer.yes", "Yes")
	case No:
		return data.Say("patient.answer.no", "No")
	}
	return data.Say("patient.answer.none", "Not asked")
}

// Consent is what the patient agreed to.
type Consent struct {
	Data  Answer `cbor:"1,keyasint,omitempty"` // that the hospital keeps these data
	Mail  Answer `cbor:"2,keyasint,omitempty"` // to be written to
	Photo Answer `cbor:"3,keyasint,omitempty"` // to a photo in the record
	// When the present answers were recorded, and by whom; set by the use cases.
	When time.Time     `cbor:"4,keyasint,omitempty"`
	By   access.UserID `cbor:"5,keyasint,omitempty"`
}

func (c Consent) answers() [3]Answer { return [3]Answer{c.Data, c.Mail, c.Photo} }

// Names of form fields beside those of term. Of several phones or papers the second is "phone.2", "id.number.2"; see Nth. The
// address's fields begin with "address.", those of the next of kin with "kin.".
const (
	FieldPhoneKind    = "phone.kind"
	FieldNotes        = "notes"
	FieldConsentData  = "consent.data"
	FieldConsentMail  = "consent.mail"
	FieldConsentPhoto = "consent.photo"
	FieldOldNumbers   = "oldnumbers"
	FieldPhoto        = "photo"
	FieldWhy          = "why"
	FieldKin          = "kin"
	FieldAddress      = "address"
	FieldUnknown      = "unknown"
	FieldConfidential = "confidential"
)

// Nth is the name of the field of the i-th of several, from 0: "phone", "phone.2", "phone.3".
func Nth(field string, i int) string {
	if i == 0 {
		return field
	}
	return field + "." + strconv.Itoa(i+1)
}

// Limits of a patient's facts.
const (
	MaxPhones     = 5
	MaxPapers     = 6
	MaxNotes      = 2000 // characters
	maxOldNumbers = 10
	maxOldNumber  = 38
)

func invalid(field string, m term.Text) error {
	return data.Fail(data.Invalid, "patient.check", m, nil).On(field)
}

// clean answers the draft as it is stored, or all that is wrong with it, joined, each on its field. today is the day at the
// hospital, home its country.
func (d Draft) clean(home term.Country, today term.Date) (Draft, error) {
	c := Draft{Birth: d.Birth, Sex: d.Sex, Blood: d.Blood, Consent: d.Consent, Unknown: d.Unknown}
	var errs []error
	take := func(err error) { errs = append(errs, err) }
	var err error

	c.Name, err = cleanName(d.Name)
	take(err)
	take(d.Birth.Check(today))
	if !slices.Contains(term.Sexes, d.Sex) {
		_, err = term.ParseSex("?")
		take(err)
	}
	if !slices.Contains(term.BloodGroups, d.Blood) {
		_, err = term.ParseBloodGroup("?")
		take(err)
	}
	c.Phones, err = cleanPhones(d.Phones, home)
	take(err)
	if strings.TrimSpace(string(d.Email)) != "" {
		c.Email, err = term.ParseEmail(string(d.Email))
		take(err)
	}
	c.Address, err = d.Address.Clean()
	take(under(FieldAddress, err))
	c.NationalIDs, err = cleanPapers(d.NationalIDs)
	take(err)
	c.Kin, err = d.Kin.Clean(home)
	take(under(FieldKin, err))
	c.Language, err = term.ParseLanguage(string(d.Language))
	take(err)
	c.Notes, err = term.Paragraphs(FieldNotes, d.Notes, MaxNotes)
	take(err)
	c.OldNumbers, err = cleanOldNumbers(d.OldNumbers)
	take(err)
	for i, a := range d.Consent.answers() {
		if !slices.Contains(Answers, a) {
			take(invalid([...]string{FieldConsentData, FieldConsentMail, FieldConsentPhoto}[i], data.Say("patient.consent.none", "Choose yes, no or not asked.")))
		}
	}
	return c, errors.Join(errs...)
}

// cleanName looks at each part for itself first: whoever mistyped two hears of both.
func cleanName(n term.HumanName) (term.HumanName, error) {
	var errs []error
	if strings.TrimSpace(n.Family) != "" {
		_, err := term.HumanName{Family: n.Family}.Clean()
		errs = append(errs, err)
	}
	if given := strings.Join(n.Given, " "); strings.TrimSpace(given) != "" {
		_, err := term.HumanName{Given: n.Given}.Clean()
		errs = append(errs, err)
	}
	_, err := term.HumanName{Family: "A", Former: n.Former}.Clean()
	if err := errors.Join(append(errs, err)...); err != nil {
		return term.HumanName{}, err
	}
	return n.Clean()
}

func cleanPhones(phones []Phone, home term.Country) (cleaned []Phone, err error) {
	var errs []error
	for i, p := range phones {
		if strings.TrimSpace(string(p.Number)) == "" {
			continue
		}
		number, err := term.ParsePhone(string(p.Number), home)
		errs = append(errs, nth(i, err))
		if !slices.Contains(PhoneKinds, p.Kind) {
			errs = append(errs, invalid(Nth(FieldPhoneKind, i), data.Say("patient.phone.kind", "Choose where this number rings from the list.")))
		}
		if err == nil && !slices.ContainsFunc(cleaned, func(q Phone) bool { return q.Number == number }) {
			cleaned = append(cleaned, Phone{number, p.Kind})
		}
	}
	if len(cleaned) > MaxPhones {
		errs = append(errs, invalid(term.FieldPhone, data.Say("patient.phone.many",
			"At most {{.Most}} phone numbers can be kept. Leave the least useful out.", "Most", MaxPhones)))
	}
	return cleaned, errors.Join(errs...)
}

func cleanPapers(papers []term.NationalID) (cleaned []term.NationalID, err error) {
	var errs []error
	for i, p := range papers {
		if p.IsZero() {
			continue
		}
		paper, err := p.Clean()
		errs = append(errs, nth(i, err))
		if err == nil && !slices.Contains(cleaned, paper) {
			cleaned = append(cleaned, paper)
		}
	}
	if len(cleaned) > MaxPapers {
		errs = append(errs, invalid(term.FieldIDNumber, data.Say("patient.id.many",
			"At most {{.Most}} papers can be kept. Leave the least useful out.", "Most", MaxPapers)))
	}
	return cleaned, errors.Join(errs...)
}

func cleanOldNumbers(numbers []string) (cleaned []string, err error) {
	for _, n := range numbers {
		if n, err = term.Line(FieldOldNumbers, n, maxOldNumber); err != nil {
			return nil, err
		}
		if n != "" && !slices.Contains(cleaned, n) {
			cleaned = append(cleaned, n)
		}
	}
	if len(cleaned) > maxOldNumbers {
		return nil, invalid(FieldOldNumbers, data.Say("patient.oldnumbers.many",
			"At most {{.Most}} numbers of earlier systems can be kept.", "Most", maxOldNumbers))
	}
	return cleaned, nil
}

// stamp says when and by whom the answers were recorded, where they are others than before.
func (d *Draft) stamp(before Consent, tx data.Tx, by access.UserID) {
	switch {
	case d.Consent.answers() == before.answers():
		d.Consent = before
	default:
		d.Consent.When, d.Consent.By = tx.Time(), by
	}
}

// under puts a form's part before the fields of all errors in err.
func under(part string, err error) error {
	return refield(err, func(field string) string { return part + "." + field })
}

// nth names the fields of all errors in err as those of the i-th of several.
func nth(i int, err error) error {
	return refield(err, func(field string) string { return Nth(field, i) })
}

// refield gives the fields of all errors in err, joined or not, other names.
func refield(err error, name func(string) string) error {
	switch e := err.(type) {
	case nil:
		return nil
	case *data.Error:
		moved := *e
		moved.Fields = nil
		for _, f := range e.Fields {
			moved.Fields = append(moved.Fields, name(f))
		}
		return &moved
	case interface{ Unwrap() []error }:
		var all []error
		for _, one := range e.Unwrap() {
			all = append(all, refield(one, name))
		}
		return errors.Join(all...)
	}
	return fmt.Errorf("%w", err)
}
