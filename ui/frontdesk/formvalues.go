package frontdesk

import (
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// show puts a patient into the fields; nothing counts as changed then.
func (f *fields) show(e entered) {
	f.family.SetText(e.family)
	f.given.SetText(e.given)
	f.former.SetText(e.former)
	f.birth.SetBirth(e.birth)
	f.sex.SetValue(e.sex)
	for i, p := range f.phones {
		var phone patient.Phone
		if i < len(e.phones) {
			phone = e.phones[i]
		}
		p.number.SetText(string(phone.Number))
		p.kind.SetValue(phone.Kind)
	}
	for i, p := range f.papers {
		p.number.SetText("")
		p.kind.Clear()
		p.issuer.Clear()
		if i < len(e.papers) {
			p.kind.SetValue(e.papers[i].Type)
			p.issuer.SetValue(e.papers[i].Issuer)
			p.number.SetText(e.papers[i].Number)
		}
	}
	f.email.SetText(e.email)
	f.lines.SetText(e.lines)
	f.town.SetText(e.town)
	f.postcode.SetText(e.postcode)
	f.country.SetValue(e.country)
	f.kinFamily.SetText(e.kin.family)
	f.kinGiven.SetText(e.kin.given)
	f.kinRelation.SetValue(e.kin.relation)
	f.kinPhone.SetText(e.kin.phone)
	f.blood.SetValue(e.blood)
	f.language.SetValue(e.language)
	f.notes.SetText(e.notes)
	for i, answer := range e.consent {
		f.consent[i].SetValue(answer)
	}
}

// entered is what stands in the fields.
func (f *fields) entered() entered {
	e := entered{
		family: f.family.Text(), given: f.given.Text(), former: f.former.Text(), birth: f.birth.Birth(), sex: chosen(f.sex),
		email: f.email.Text(), lines: f.lines.Text(), town: f.town.Text(), postcode: f.postcode.Text(), country: chosen(f.country),
		kin:   kinEntered{f.kinFamily.Text(), f.kinGiven.Text(), chosen(f.kinRelation), f.kinPhone.Text()},
		blood: chosen(f.blood), language: chosen(f.language), notes: f.notes.Text(),
	}
	for _, p := range f.phones {
		e.phones = append(e.phones, patient.Phone{Number: term.Phone(p.number.Text()), Kind: chosen(p.kind)})
	}
	for _, p := range f.papers {
		e.papers = append(e.papers, p.paper())
	}
	for i, c := range f.consent {
		e.consent[i] = chosen(c)
	}
	return e
}

// chosen is what was chosen; nothing chosen is the zero value, which in all of these choices is that nobody knows.
func chosen[T comparable](f *kit.ChoiceField[T]) T {
	value, _ := f.Value()
	return value
}
