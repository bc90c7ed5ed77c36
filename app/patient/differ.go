package patient

import (
	"bytes"
	"strings"

	"wardbook/app/term"
	"wardbook/data"
)

// fact is one thing that a draft says: what a history names and what two people may have changed differently.
type fact struct {
	field string
	label term.Text
	show  func(Draft) term.Text
	same  func(a, b Draft) bool
	take  func(to *Draft, from Draft)
}

// of makes a fact of a part of a draft.
func of[T any](field string, label term.Text, part func(*Draft) *T, show func(T) term.Text) fact {
	return fact{field, label,
		func(d Draft) term.Text { return show(*part(&d)) },
		func(a, b Draft) bool { return equal(*part(&a), *part(&b)) },
		func(to *Draft, from Draft) { *part(to) = *part(&from) },
	}
}

// equal compares as records lie in the book; nothing and an empty list are the same.
func equal(a, b any) bool {
	x, err := data.Marshal(a)
	y, err2 := data.Marshal(b)
	empty := func(b []byte) bool { return bytes.Equal(b, []byte{0xF6}) || bytes.Equal(b, []byte{0x80}) }
	return err == nil && err2 == nil && (bytes.Equal(x, y) || empty(x) && empty(y))
}

// facts are all that a form holds, in its order.
var facts = []fact{
	of(term.FieldFamily, data.Say("patient.label.family", "Family name"), func(d *Draft) *string { return &d.Name.Family }, plain),
	of(term.FieldGiven, data.Say("patient.label.given", "Given names"), func(d *Draft) *[]string { return &d.Name.Given }, spaced),
	of(term.FieldFormer, data.Say("patient.label.former", "Former names"), func(d *Draft) *[]string { return &d.Name.Former }, listed),
	of(term.FieldBirth, data.Say("patient.label.birth", "Date of birth"), func(d *Draft) *term.Birth { return &d.Birth }, showBirth),
	of(term.FieldSex, data.Say("patient.label.sex", "Sex"), func(d *Draft) *term.Sex { return &d.Sex }, term.Sex.Text),
	of(term.FieldPhone, data.Say("patient.label.phone", "Phone"), func(d *Draft) *[]Phone { return &d.Phones }, showPhones),
	of(term.FieldEmail, data.Say("patient.label.email", "E-mail"), func(d *Draft) *term.Email { return &d.Email },
		func(e term.Email) term.Text { return plain(string(e)) }),
	of(FieldAddress, data.Say("patient.label.address", "Address"), func(d *Draft) *term.Address { return &d.Address }, showAddress),
	of(term.FieldIDNumber, data.Say("patient.label.id", "Papers"), func(d *Draft) *[]term.NationalID { return &d.NationalIDs }, showPapers),
	of(FieldKin, data.Say("patient.label.kin", "Next of kin"), func(d *Draft) *term.NextOfKin { return &d.Kin }, showKin),
	of(term.FieldBlood, data.Say("patient.label.blood", "Blood group"), func(d *Draft) *term.BloodGroup { return &d.Blood }, term.BloodGroup.Text),
	of(term.FieldLanguage, data.Say("patient.label.language", "Language"), func(d *Draft) *term.Language { return &d.Language },
		func(l term.Language) term.Text { return plain(l.Own()) }),
	of(FieldNotes, data.Say("patient.label.notes", "Notes for the desk"), func(d *Draft) *string { return &d.Notes }, plain),
	of(FieldConsentData, data.Say("patient.label.consent.data", "Agrees to data being kept"), func(d *Draft) *Answer { return &d.Consent.Data }, Answer.Text),
	of(FieldConsentMail, data.Say("patient.label.consent.mail", "Agrees to be written to"), func(d *Draft) *Answer { return &d.Consent.Mail }, Answer.Text),
	of(FieldConsentPhoto, data.Say("patient.label.consent.photo", "Agrees to a photo"), func(d *Draft) *Answer { return &d.Consent.Photo }, Answer.Text),
	of(FieldUnknown, data.Say("patient.label.unknown", "Not identified yet"), func(d *Draft) *bool { return &d.Unknown }, yesNo),
	of(FieldOldNumbers, data.Say("patient.label.oldnumbers", "Numbers of earlier systems"), func(d *Draft) *[]string { return &d.OldNumbers }, listed),
}

// Difference is one fact on which two people who changed a patient at once may not agree, or one that a change changed.
type Difference struct {
	Field string
	Label term.Text
	// What was there when both began, and what either made of it, as it is shown; no Text (English is "") where nothing was or is there.
	Base, Mine, Theirs term.Text
	// Clash: both changed it, to different things. Somebody has to choose. Otherwise only one of them did, and that holds.
	Clash bool
}

// Differences compares what somebody wants to save with what somebody else saved meanwhile, from what both began with; facts on which
// all agree are left out. base is what was read, mine and theirs are those of the *Stale.
func Differences(base, mine, theirs Draft) []Difference {
	var all []Difference
	for _, f := range facts {
		if f.same(mine, theirs) {
			continue
		}
		all = append(all, Difference{Field: f.field, Label: f.label, Base: f.show(base), Mine: f.show(mine), Theirs: f.show(theirs),
			Clash: !f.same(base, mine) && !f.same(base, theirs)})
	}
	return all
}

// Choose makes one draft of both: of a clash what was picked (picks[Field] true: mine; otherwise theirs), of all else what was changed.
func Choose(base, mine, theirs Draft, picks map[string]bool) Draft {
	chosen := theirs
	for _, f := range facts {
		clash := !f.same(mine, theirs) && !f.same(base, mine) && !f.same(base, theirs)
		if clash && picks[f.field] || !clash && !f.same(base, mine) {
			f.take(&chosen, mine)
		}
	}
	return chosen
}

// plain is a text that is the same in every language.
func plain(text string) term.Text {
	if text == "" {
		return term.Text{}
	}
	return data.Say("patient.value", "{{.Value}}", "Value", text)
}

func spaced(parts []string) term.Text { return plain(strings.Join(parts, " ")) }

func listed(parts []string) term.Text { return plain(strings.Join(parts, ", ")) }

func yesNo(b bool) term.Text {
	if b {
		return Yes.Text()
	}
	return No.Text()
}

// showBirth leaves the age out: it would be another one each day.
func showBirth(b term.Birth) term.Text {
	switch {
	case !b.Known():
		return data.Say("term.birth.unknown", "date of birth not known")
	case b.Estimated:
		return data.Say("patient.birth.about", "about {{.Year}}", "Year", b.Date.Year)
	}
	return b.Date.Text()
}

// chained puts texts in a row, with commas.
func chained(texts []term.Text) term.Text {
	switch len(texts) {
	case 0:
		return term.Text{}
	case 1:
		return texts[0]
	}
	return data.Say("patient.chain", "{{.First}}, {{.Rest}}", "First", texts[0], "Rest", chained(texts[1:]))
}

func showPhones(phones []Phone) term.Text {
	var texts []term.Text
	for _, p := range phones {
		texts = append(texts, data.Say("patient.phone.of", "{{.Number}} ({{.Kind}})", "Number", p.Number.International(), "Kind", p.Kind.Text()))
	}
	return chained(texts)
}

func showPapers(papers []term.NationalID) term.Text {
	var texts []term.Text
	for _, p := range papers {
		t := data.Say("patient.id.of", "{{.Kind}} {{.Number}}", "Kind", p.Type.Text(), "Number", p.Display())
		if p.Issuer != "" {
			t = data.Say("patient.id.issued", "{{.Kind}} {{.Number}} ({{.Country}})", "Kind", p.Type.Text(), "Number", p.Display(), "Country", string(p.Issuer))
		}
		texts = append(texts, t)
	}
	return chained(texts)
}

func showAddress(a term.Address) term.Text {
	line := a.OneLine()
	if a.Country != "" {
		line = strings.TrimPrefix(line+", "+string(a.Country), ", ")
	}
	return plain(line)
}

func showKin(k term.NextOfKin) term.Text {
	var texts []term.Text
	for _, t := range []term.Text{plain(k.Name.Full()), plain(k.Phone.International())} {
		if t.English != "" {
			texts = append(texts, t)
		}
	}
	if k.Relation != "" {
		texts = append(texts, k.Relation.Text())
	}
	return chained(texts)
}
