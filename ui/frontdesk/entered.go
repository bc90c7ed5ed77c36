package frontdesk

import (
	"strings"

	"wardbook/app/patient"
	"wardbook/app/term"
)

// entered is what stands in the form of a patient: as it was typed where it is text.
type entered struct {
	family, given string
	former        string // each on a line of its own
	birth         term.Birth
	sex           term.Sex
	phones        []patient.Phone
	email         string
	lines         string
	town          string
	postcode      string
	country       term.Country
	papers        []term.NationalID
	kin           kinEntered
	blood         term.BloodGroup
	language      term.Language
	notes         string
	consent       [3]patient.Answer // data, mail, photo
}

type kinEntered struct {
	family, given string
	relation      term.Relation
	phone         string
}

// Rows of a form for what a patient may have several of. Who has more in the book gets a row for each: none may be lost.
const (
	phoneRows = 3
	paperRows = 2
)

// enteredOf is what a form shows of a patient, with phones as they are read at home. Of somebody unknown the label is no name that anybody
// typed: its place is left empty, and stays the label as long as nothing is typed there.
func enteredOf(d patient.Draft, home term.Country) entered {
	e := entered{
		family: d.Name.Family, given: strings.Join(d.Name.Given, " "), former: strings.Join(d.Name.Former, "\n"),
		birth: d.Birth, sex: d.Sex, email: string(d.Email),
		lines: strings.Join(d.Address.Lines, "\n"), town: d.Address.Town, postcode: d.Address.Postcode, country: d.Address.Country,
		kin:   kinEntered{d.Kin.Name.Family, strings.Join(d.Kin.Name.Given, " "), d.Kin.Relation, d.Kin.Phone.Display(home)},
		blood: d.Blood, language: d.Language, notes: d.Notes, consent: [3]patient.Answer{d.Consent.Data, d.Consent.Mail, d.Consent.Photo},
	}
	if d.Unknown {
		e.family, e.given = "", ""
	}
	for _, p := range d.Phones {
		e.phones = append(e.phones, patient.Phone{Number: term.Phone(p.Number.Display(home)), Kind: p.Kind})
	}
	for _, p := range d.NationalIDs {
		e.papers = append(e.papers, term.NationalID{Type: p.Type, Number: p.Display(), Issuer: p.Issuer})
	}
	return e
}

// written is a draft as it goes to be saved, and the rows of the form in which its phones and papers stand: rows that are
// empty do not count.
type written struct {
	patient.Draft
	phones, papers []int
}

// draft is what the form says of a patient who was base before; what no form asks comes from there.
func (e entered) draft(base patient.Draft) written {
	w := written{Draft: patient.Draft{
		Name:  term.HumanName{Family: e.family, Given: filled(e.given), Former: filled(strings.Split(e.former, "\n")...)},
		Birth: e.birth, Sex: e.sex, Email: term.Email(e.email),
		Address: term.Address{Lines: filled(e.lines), Town: e.town, Postcode: e.postcode, Country: e.country},
		Kin: term.NextOfKin{Name: term.HumanName{Family: e.kin.family, Given: filled(e.kin.given)}, Relation: e.kin.relation,
			Phone: term.Phone(e.kin.phone)},
		Blood: e.blood, Language: e.language, Notes: e.notes,
		Consent: patient.Consent{Data: e.consent[0], Mail: e.consent[1], Photo: e.consent[2]}, OldNumbers: base.OldNumbers,
	}}
	w.Kin.Name.Former = base.Kin.Name.Former
	if base.Unknown && blank(e.family) && blank(e.given) {
		w.Name.Family, w.Name.Given, w.Unknown = base.Name.Family, base.Name.Given, true
	}
	for i, p := range e.phones {
		if !blank(string(p.Number)) {
			w.Phones, w.phones = append(w.Phones, p), append(w.phones, i)
		}
	}
	for i, p := range e.papers {
		if !blank(p.Number) || p.Type != "" {
			w.NationalIDs, w.papers = append(w.NationalIDs, p), append(w.papers, i)
		}
	}
	return w
}

// field is where in the form a fault belongs that the hospital found on a field of the draft.
func (w written) field(name string) string {
	for _, several := range []struct {
		rows  []int
		names []string
	}{
		{w.phones, []string{term.FieldPhone, patient.FieldPhoneKind}},
		{w.papers, []string{term.FieldIDType, term.FieldIDNumber, term.FieldIDIssuer}},
	} {
		for _, base := range several.names {
			for i, row := range several.rows {
				if name == patient.Nth(base, i) {
					return patient.Nth(base, row)
				}
			}
		}
	}
	return name
}

func blank(text string) bool { return strings.TrimSpace(text) == "" }

// filled leaves out what is blank.
func filled(texts ...string) (there []string) {
	for _, text := range texts {
		if text = strings.TrimSpace(text); text != "" {
			there = append(there, text)
		}
	}
	return there
}
