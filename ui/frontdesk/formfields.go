package frontdesk

import (
	"slices"
	"strings"

	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// fields are what the form of a patient asks, in the order of the form.
type fields struct {
	family, given *kit.TextField
	birth         *kit.DateField
	sex           *kit.ChoiceField[term.Sex]
	phones        []phoneField
	email         *kit.TextField
	lines         *kit.TextField
	town          *kit.TextField
	postcode      *kit.TextField
	country       *kit.ChoiceField[term.Country]
	papers        []paperField
	former        *kit.TextField
	kinFamily     *kit.TextField
	kinGiven      *kit.TextField
	kinRelation   *kit.ChoiceField[term.Relation]
	kinPhone      *kit.TextField
	blood         *kit.ChoiceField[term.BloodGroup]
	language      *kit.ChoiceField[term.Language]
	notes         *kit.TextField
	consent       [3]*kit.ChoiceField[patient.Answer]
}

type phoneField struct {
	number *kit.TextField
	kind   *kit.ChoiceField[patient.PhoneKind]
}

type paperField struct {
	kind   *kit.ChoiceField[term.IDType]
	number *kit.TextField
	issuer *kit.ChoiceField[term.Country]
}

// asking makes the fields of a form.
type asking struct {
	home      term.Country
	language  term.Language
	today     term.Date
	countries []kit.Option[term.Country]
	spoken    []term.Language
}

// newFields makes them for a patient as the book knows her; all empty for a new one.
func newFields(d *Desk, on term.Date, known patient.Draft) *fields {
	a := asking{home: d.Region, language: d.language(), today: on, spoken: term.Languages}
	if known.Language != "" && !slices.Contains(a.spoken, known.Language) {
		a.spoken = append(slices.Clone(a.spoken), known.Language)
	}
	for _, c := range term.Countries(a.language) {
		a.countries = append(a.countries, kit.Option[term.Country]{Value: c, Label: asIs(c.Name(a.language))})
	}
	f := &fields{}
	a.identity(f)
	for i := range max(phoneRows, len(known.Phones)) {
		f.phones = append(f.phones, a.phone(i))
	}
	for i := range max(paperRows, len(known.NationalIDs)) {
		f.papers = append(f.papers, a.paper(i))
	}
	a.contact(f)
	a.kin(f)
	a.more(f)
	return f
}

func (a asking) identity(f *fields) {
	f.family = a.name(term.FieldFamily, kit.Say("patients.family", "Family name"), kit.Say("patients.family.hint", "One of both names is enough."))
	f.given = a.name(term.FieldGiven, kit.Say("patients.given", "Given names"), kit.Say("patients.given.hint", "All of them, in order."))
	f.former = kit.NewTextField(kit.FieldSpec{Name: term.FieldFormer, Label: kit.Say("patients.former", "Former names"), Hint: kit.Say("patients.former.hint", "Each on a line of its own.")},
		kit.TextRules{Lines: 2})
	f.birth = kit.NewDateField(kit.FieldSpec{Name: term.FieldBirth, Label: kit.Say("patients.birth", "Date of birth"), Required: true, Letters: 24,
		Hint: kit.Say("patients.birth.hint", "A date, an age such as 'about 40 years', or 'unknown'.")},
		kit.DateRules{Today: a.today, MonthFirst: a.home == "US", Min: a.today.AddYears(-term.MaxAge - 1).AddDays(1), Max: a.today, Estimates: true, Unknown: true,
			TooEarly: kit.Say("patients.birth.early", "Nobody is that old. Check the year."),
			TooLate:  kit.Say("patients.birth.late", "This date of birth lies in the future. Check day, month and year.")}, true)
	var sexes []kit.Option[term.Sex]
	for _, s := range term.Sexes {
		sexes = append(sexes, kit.Option[term.Sex]{Value: s, Label: kit.Of(s.Text())})
	}
	f.sex = kit.NewChoiceField(kit.FieldSpec{Name: term.FieldSex, Label: kit.Say("patients.sex", "Sex"), Letters: 24}, sexes)
}

func (a asking) name(field string, label, hint kit.Sentence) *kit.TextField {
	return kit.NewTextField(kit.FieldSpec{Name: field, Label: label, Hint: hint}, kit.TextRules{
		Check: func(text string) kit.Sentence {
			_, err := term.HumanName{Family: text}.Clean()
			return said(err)
		}, Tidy: func(text string) string { return strings.Join(strings.Fields(text), " ") }})
}

func (a asking) phone(i int) phoneField {
	var kinds []kit.Option[patient.PhoneKind]
	for _, k := range patient.PhoneKinds {
		if k != "" {
			kinds = append(kinds, kit.Option[patient.PhoneKind]{Value: k, Label: kit.Of(k.Text())})
		}
	}
	label, where := kit.Say("patients.phone", "Phone"), kit.Say("patients.phone.kind", "Where it rings")
	if i > 0 {
		label, where = kit.Say("patients.phone.nth", "Phone {{.Number}}", "Number", i+1), kit.Say("patients.phone.kind.nth", "Where phone {{.Number}} rings", "Number", i+1)
	}
	return phoneField{a.number(patient.Nth(term.FieldPhone, i), label),
		kit.NewChoiceField(kit.FieldSpec{Name: patient.Nth(patient.FieldPhoneKind, i), Label: where, Letters: 24}, kinds)}
}

// number asks for a phone number.
func (a asking) number(field string, label kit.Sentence) *kit.TextField {
	return kit.NewTextField(kit.FieldSpec{Name: field, Label: label, Letters: 24}, kit.TextRules{
		Check: func(text string) kit.Sentence {
			_, err := term.ParsePhone(text, a.home)
			return said(err)
		},
		Tidy: func(text string) string {
			p, _ := term.ParsePhone(text, a.home)
			return p.Display(a.home)
		}})
}

func (a asking) paper(i int) paperField {
	var kinds []kit.Option[term.IDType]
	for _, k := range term.IDTypes() {
		kinds = append(kinds, kit.Option[term.IDType]{Value: k, Label: kit.Of(k.Text())})
	}
	kind, number, issuer := kit.Say("patients.paper.kind", "Paper"), kit.Say("patients.paper.number", "Its number"), kit.Say("patients.paper.issuer", "Its country")
	if i > 0 {
		kind, number = kit.Say("patients.paper.kind.nth", "Paper {{.Number}}", "Number", i+1), kit.Say("patients.paper.number.nth", "Number of paper {{.Number}}", "Number", i+1)
		issuer = kit.Say("patients.paper.issuer.nth", "Country of paper {{.Number}}", "Number", i+1)
	}
	p := paperField{}
	p.kind = kit.NewChoiceField(kit.FieldSpec{Name: patient.Nth(term.FieldIDType, i), Label: kind}, kinds)
	p.issuer = kit.NewChoiceField(kit.FieldSpec{Name: patient.Nth(term.FieldIDIssuer, i), Label: issuer}, a.countries)
	p.number = kit.NewTextField(kit.FieldSpec{Name: patient.Nth(term.FieldIDNumber, i), Label: number, Letters: 24}, kit.TextRules{
		Check: func(string) kit.Sentence { return p.wrong() },
		Tidy: func(string) string {
			id, _ := p.paper().Clean()
			return id.Display()
		}})
	// What is right for one kind of paper is wrong for another.
	p.kind.OnChange = func() {
		if p.number.Text() != "" {
			p.number.Check()
		}
	}
	return p
}

func (p paperField) paper() term.NationalID {
	kind, _ := p.kind.Value()
	issuer, _ := p.issuer.Value()
	return term.NationalID{Type: kind, Number: p.number.Text(), Issuer: issuer}
}

// wrong is what is wrong with the number; that no kind was chosen is said of the kind.
func (p paperField) wrong() kit.Sentence {
	for _, fault := range term.Faults(second(p.paper().Clean())) {
		if fault.Field == term.FieldIDNumber {
			return kit.Of(fault.Message)
		}
	}
	return kit.Sentence{}
}

func (a asking) contact(f *fields) {
	f.email = kit.NewTextField(kit.FieldSpec{Name: term.FieldEmail, Label: kit.Say("patients.email", "E-mail")}, kit.TextRules{
		Check: func(text string) kit.Sentence { return said(second(term.ParseEmail(text))) },
		Tidy: func(text string) string {
			e, _ := term.ParseEmail(text)
			return string(e)
		}})
	address := func(part string) string { return patient.FieldAddress + "." + part }
	f.lines = kit.NewTextField(kit.FieldSpec{Name: address(term.FieldLines), Label: kit.Say("patients.street", "Street and house, flat, village")}, kit.TextRules{Lines: 2})
	f.town = kit.NewTextField(kit.FieldSpec{Name: address(term.FieldTown), Label: kit.Say("patients.town", "Town")}, kit.TextRules{})
	f.postcode = kit.NewTextField(kit.FieldSpec{Name: address(term.FieldPostcode), Label: kit.Say("patients.postcode", "Postcode"), Letters: 12}, kit.TextRules{})
	f.country = kit.NewChoiceField(kit.FieldSpec{Name: address(term.FieldCountry), Label: kit.Say("patients.country", "Country"), Hint: kit.Say("patients.country.hint", "Empty: here.")}, a.countries)
}

func (a asking) kin(f *fields) {
	kin := func(part string) string { return patient.FieldKin + "." + part }
	f.kinFamily = a.name(kin(term.FieldFamily), kit.Say("patients.kin.family", "Family name"), kit.Sentence{})
	f.kinGiven = a.name(kin(term.FieldGiven), kit.Say("patients.kin.given", "Given names"), kit.Sentence{})
	f.kinPhone = a.number(kin(term.FieldPhone), kit.Say("patients.phone", "Phone"))
	var relations []kit.Option[term.Relation]
	for _, r := range term.Relations {
		if r != "" {
			relations = append(relations, kit.Option[term.Relation]{Value: r, Label: kit.Of(r.Text())})
		}
	}
	f.kinRelation = kit.NewChoiceField(kit.FieldSpec{Name: kin(term.FieldRelation), Label: kit.Say("patients.kin.relation", "Relation"), Letters: 24}, relations)
}

func (a asking) more(f *fields) {
	var groups []kit.Option[term.BloodGroup]
	for _, g := range term.BloodGroups {
		groups = append(groups, kit.Option[term.BloodGroup]{Value: g, Label: kit.Of(g.Text())})
	}
	f.blood = kit.NewChoiceField(kit.FieldSpec{Name: term.FieldBlood, Label: kit.Say("patients.blood", "Blood group"), Letters: 24,
		Hint: kit.Say("patients.blood.hint", "As the patient says; before a transfusion it is determined anew.")}, groups)
	var languages []kit.Option[term.Language]
	for _, l := range a.spoken {
		languages = append(languages, kit.Option[term.Language]{Value: l, Label: asIs(l.Name(a.language))})
	}
	f.language = kit.NewChoiceField(kit.FieldSpec{Name: term.FieldLanguage, Label: kit.Say("patients.language", "Language"), Letters: 24}, languages)
	f.notes = kit.NewTextField(kit.FieldSpec{Name: patient.FieldNotes, Label: kit.Say("patients.notes", "Notes for the desk"), Wide: true,
		Hint: kit.Say("patients.notes.hint", "How to deal with the patient ('hears badly on the left'). Nothing about illness.")}, kit.TextRules{Lines: 3, Max: patient.MaxNotes})
	for i, c := range []struct {
		name  string
		label kit.Sentence
	}{
		{patient.FieldConsentData, kit.Say("patients.consent.data", "Agrees to data being kept")},
		{patient.FieldConsentMail, kit.Say("patients.consent.mail", "Agrees to be written to")},
		{patient.FieldConsentPhoto, kit.Say("patients.consent.photo", "Agrees to a photo")},
	} {
		var answers []kit.Option[patient.Answer]
		for _, answer := range patient.Answers {
			answers = append(answers, kit.Option[patient.Answer]{Value: answer, Label: kit.Of(answer.Text())})
		}
		f.consent[i] = kit.NewChoiceField(kit.FieldSpec{Name: c.name, Label: c.label, Letters: 24}, answers)
	}
}

// form sets the fields below their headings. What is asked of everybody stands first.
func (f *fields) form() *kit.Form {
	form := kit.NewForm(2)
	form.Section(kit.Say("patients.section.identity", "Patient"), f.family, f.given, f.birth, f.sex, f.phones[0].number, f.phones[0].kind)
	form.Section(kit.Say("patients.section.contact", "More ways to reach the patient"))
	for _, p := range f.phones[1:] {
		form.Section(kit.Sentence{}, p.number, p.kind)
	}
	form.Section(kit.Sentence{}, f.email)
	form.Section(kit.Say("patients.section.address", "Address"), f.lines, f.town, f.postcode, f.country)
	form.Section(kit.Say("patients.section.papers", "Papers and former names"))
	for _, p := range f.papers {
		form.Section(kit.Sentence{}, p.kind, p.number, p.issuer)
		form.AddObject(gap())
	}
	form.Add(f.former, false)
	form.Section(kit.Say("patients.section.kin", "Next of kin"), f.kinFamily, f.kinGiven, f.kinRelation, f.kinPhone)
	form.Section(kit.Say("patients.section.more", "Further"), f.blood, f.language, f.notes)
	form.Section(kit.Say("patients.section.consent", "Consent"), f.consent[0], f.consent[1], f.consent[2])
	return form
}

// asIs is a text that is in the user's language already.
func asIs(text string) kit.Sentence { return kit.Say("patients.value", "{{.Value}}", "Value", text) }

// said is the first thing that an error says to a person.
func said(err error) kit.Sentence {
	for _, fault := range term.Faults(err) {
		return kit.Of(fault.Message)
	}
	return kit.Sentence{}
}

// second is the error of a pair.
func second[T any](_ T, err error) error { return err }
