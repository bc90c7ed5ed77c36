package rooms

import (
	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/app/ward"
	"wardbook/ui/kit"
)

// stayFields are the fields that an admission has in common with changing a stay.
type stayFields struct {
	reason   *kit.TextField
	doctor   *kit.ChoiceField[access.UserID]
	expected *kit.DateField
	needs    *kit.ManyField[need]
	kind     *kit.ChoiceField[ward.RoomKind]
}

// newStayFields makes them; from is the first day on which the patient may leave.
func newStayFields(d *Desk, doctors []access.Colleague, today, from term.Date) *stayFields {
	f := &stayFields{}
	var who []kit.Option[access.UserID]
	for _, c := range doctors {
		who = append(who, kit.Option[access.UserID]{Value: c.ID, Label: asIs(joined(c.Name, c.Speciality))})
	}
	f.doctor = kit.NewChoiceField(kit.FieldSpec{Name: ward.FieldDoctor, Label: kit.Say("rooms.doctor", "Treating doctor"), Required: true,
		Hint: kit.Say("rooms.doctor.hint", "Is told at once.")}, who)
	if len(who) == 1 {
		f.doctor.SetValue(who[0].Value)
	}
	f.reason = kit.NewTextField(kit.FieldSpec{Name: ward.FieldReason, Label: kit.Say("rooms.reason", "Reason"),
		Hint: kit.Say("rooms.reason.hint", "What the desk was told. Nothing clinical.")}, kit.TextRules{Max: 300})
	f.expected = kit.NewDateField(kit.FieldSpec{Name: ward.FieldExpected, Label: kit.Say("rooms.expected", "Expected discharge")},
		kit.DateRules{Today: today, MonthFirst: d.MonthFirst, Future: true, Min: from, Max: from.AddYears(2),
			TooEarly: kit.Say("rooms.expected.early", "This lies before the admission. Check day, month and year."),
			TooLate:  kit.Say("rooms.expected.late", "This is more than two years ahead. Check the year.")}, false)
	var what []kit.Option[need]
	for _, n := range needs {
		what = append(what, kit.Option[need]{Value: n, Label: n.says()})
	}
	f.needs = kit.NewManyField(kit.FieldSpec{Name: "needs", Label: kit.Say("rooms.needs", "The patient needs")}, what)
	var kinds []kit.Option[ward.RoomKind]
	for _, k := range ward.RoomKinds {
		kinds = append(kinds, kit.Option[ward.RoomKind]{Value: k, Label: kit.Of(k.Text())})
	}
	f.kind = kit.NewChoiceField(kit.FieldSpec{Name: "room", Label: kit.Say("rooms.kind.room", "Kind of room"), Required: true}, kinds)
	f.kind.SetValue(ward.Ordinary)
	return f
}

// read is what the patient needs, as ticked.
func (f *stayFields) read() (n ward.Needs) {
	for _, one := range f.needs.Values() {
		*one.field(&n) = true
	}
	n.Kind, _ = f.kind.Value()
	return n
}

// show fills the fields with a stay.
func (f *stayFields) show(s ward.Stay) {
	f.reason.SetText(s.Reason)
	f.doctor.SetValue(s.Doctor)
	f.expected.SetDate(s.Expected)
	var ticked []need
	for _, n := range needs {
		if n.get(&s.Needs) {
			ticked = append(ticked, n)
		}
	}
	f.needs.SetValues(ticked...)
	f.kind.SetValue(s.Needs.Kind)
}

func kindField() *kit.ChoiceField[ward.Kind] {
	var kinds []kit.Option[ward.Kind]
	for _, k := range ward.Kinds {
		kinds = append(kinds, kit.Option[ward.Kind]{Value: k, Label: kit.Of(k.Text())})
	}
	return kit.NewChoiceField(kit.FieldSpec{Name: ward.FieldKind, Label: kit.Say("rooms.kind", "Kind of admission"), Required: true}, kinds)
}
