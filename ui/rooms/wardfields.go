package rooms

import (
	"strconv"

	"wardbook/app/ward"
	"wardbook/ui/kit"
)

func nameField(label, hint kit.Sentence, most int) *kit.TextField {
	return kit.NewTextField(kit.FieldSpec{Name: ward.FieldName, Label: label, Hint: hint, Required: true}, kit.TextRules{Max: most})
}

// countField asks for a number from 1 on.
func countField(name string, label kit.Sentence, most int) *kit.TextField {
	return kit.NewTextField(kit.FieldSpec{Name: name, Label: label, Required: true, Letters: 8}, kit.TextRules{Check: func(text string) kit.Sentence {
		if n, err := strconv.Atoi(text); err != nil || n < 1 || n > most {
			return kit.Say("rooms.number", "Enter a number from 1 to {{.Most}}.", "Most", strconv.Itoa(most))
		}
		return kit.Sentence{}
	}})
}

// number is what stands in such a field, once it is right.
func number(f *kit.TextField) int {
	n, _ := strconv.Atoi(f.Text())
	return n
}

// mostBeds is how many beds a room may have, as the rule of rooms says too.
const mostBeds = 20

// roomFields are the fields of a room.
type roomFields struct {
	name, beds            *kit.TextField
	sex                   *kit.ChoiceField[ward.SexRule]
	kind                  *kit.ChoiceField[ward.RoomKind]
	isolation, monitoring *kit.CheckField
}

func newRoomFields() *roomFields {
	f := &roomFields{name: nameField(kit.Say("rooms.number.room", "Number or name"), kit.Sentence{}, 60),
		beds: countField(ward.FieldCapacity, kit.Say("rooms.capacity", "Beds"), mostBeds)}
	var sexes []kit.Option[ward.SexRule]
	for _, s := range ward.SexRules {
		sexes = append(sexes, kit.Option[ward.SexRule]{Value: s, Label: kit.Of(s.Text())})
	}
	f.sex = kit.NewChoiceField(kit.FieldSpec{Name: ward.FieldSex, Label: kit.Say("rooms.sex", "For"), Required: true}, sexes)
	var kinds []kit.Option[ward.RoomKind]
	for _, k := range ward.RoomKinds {
		kinds = append(kinds, kit.Option[ward.RoomKind]{Value: k, Label: kit.Of(k.Text())})
	}
	f.kind = kit.NewChoiceField(kit.FieldSpec{Name: ward.FieldKind, Label: kit.Say("rooms.kind.room", "Kind of room"), Required: true}, kinds)
	f.isolation = kit.NewCheckField(kit.FieldSpec{Name: "isolation", Label: kit.Say("rooms.isolation", "Somebody can lie isolated in it")})
	f.monitoring = kit.NewCheckField(kit.FieldSpec{Name: "monitoring", Label: kit.Say("rooms.monitoring", "Patients in it are monitored")})
	f.show(ward.Room{}, 2)
	return f
}

func (f *roomFields) form() *kit.Form {
	return kit.NewForm(1).Section(kit.Sentence{}, f.name, f.beds, f.sex, f.kind, f.isolation, f.monitoring)
}

func (f *roomFields) show(r ward.Room, beds int) {
	f.name.SetText(r.Name)
	f.beds.SetText(strconv.Itoa(beds))
	f.sex.SetValue(r.Sex)
	f.kind.SetValue(r.Kind)
	f.isolation.SetChecked(r.Isolation)
	f.monitoring.SetChecked(r.Monitoring)
}

func (f *roomFields) read() ward.RoomPlan {
	p := ward.RoomPlan{Room: ward.Room{Name: f.name.Text(), Isolation: f.isolation.Checked(), Monitoring: f.monitoring.Checked()}, Beds: number(f.beds)}
	p.Sex, _ = f.sex.Value()
	p.Kind, _ = f.kind.Value()
	return p
}
