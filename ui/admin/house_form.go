package admin

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"wardbook/app/access"
	"wardbook/app/house"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// houseForm changes the hospital's own facts.
type houseForm struct {
	host             kit.Host
	desk             *Desk
	reading, writing *kit.Async
	hospital         hospital
	gone             bool

	form    *kit.Form
	name    *kit.TextField
	country *kit.ChoiceField[term.Country]
	zone    zoneField
	logo    *logoField
	save    *kit.BusyButton
	body    *fyne.Container
}

func newHouseForm(h kit.Host, d *Desk) *houseForm {
	s := &houseForm{host: h, desk: d, reading: h.Async(), writing: h.Async(), hospital: hospital{session: d.Session}, body: container.NewStack()}
	s.name = kit.NewTextField(kit.FieldSpec{Name: "name", Label: kit.Say("house.name", "Name"), Hint: kit.Say("house.name.hint", "As it is to stand on papers"), Required: true},
		kit.TextRules{Max: mostText})
	s.country = kit.NewChoiceField(kit.FieldSpec{Name: "region", Label: kit.Say("house.country", "Country"), Required: true,
		Hint: kit.Say("house.country.hint", "Phone numbers without a country code are read as from here.")}, countryOptions(d.language()))
	s.zone = newZoneField(d.Zones)
	s.logo = newLogoField(d.PickFile, h)
	s.form = kit.NewForm(1).Section(kit.Sentence{}, s.name, s.country, s.zone, s.logo)
	s.save = kit.NewBusyButton(kit.Say("admin.save", "Save"), kit.Say("admin.saving", "Saving"), s.submit)
	s.form.OnSubmit = s.save.Press
	s.body.Objects = []fyne.CanvasObject{kit.Loading(kit.Say("house.reading", "Reading the hospital's facts")).Object()}
	s.Refresh()
	return s
}

func (s *houseForm) Title() kit.Sentence {
	return kit.Say("house.title.edit", "Change the hospital's facts")
}
func (s *houseForm) Content() fyne.CanvasObject { return s.body }
func (s *houseForm) Unsaved() bool              { return s.hospital.read != nil && !s.gone && s.form.Dirty() }
func (s *houseForm) Save() any                  { return nil }
func (s *houseForm) Close()                     { s.gone = true }

// Concerns tells whether an entry changes the hospital's facts.
func (s *houseForm) Concerns(e access.Entry) bool { return changes(e, access.TableHouse) }

// Start is the first field, once the form is shown.
func (s *houseForm) Start() fyne.Focusable {
	if s.hospital.read != nil {
		return s.form.Start()
	}
	return nil
}

func (s *houseForm) Commands() []kit.Command {
	return []kit.Command{
		{Name: kit.Say("admin.save", "Save"), Key: fyne.KeyS, Modifier: fyne.KeyModifierShortcutDefault, Do: s.save.Press},
		{Name: kit.Say("admin.cancel", "Cancel"), Key: fyne.KeyEscape, Do: s.host.Back, Hidden: true},
	}
}

// Refresh fills the form with what is stored, unless the person has changed something.
func (s *houseForm) Refresh() {
	if s.Unsaved() || s.writing.Busy() {
		return
	}
	kit.Start(s.reading, func(ctx context.Context, _ func(func())) (house.Row, error) { return s.hospital.load(ctx) },
		func(row house.Row, err error) {
			switch {
			case err != nil:
				s.body.Objects = []fyne.CanvasObject{kit.Failed(s.host.Explain(err), s.Refresh).Object()}
				s.body.Refresh()
			case !s.Unsaved() && !s.writing.Busy():
				s.fill(row)
			}
		})
}

func (s *houseForm) fill(row house.Row) {
	first := s.hospital.read == nil
	s.hospital.read = &row
	s.name.SetText(row.Value.Name)
	s.country.SetValue(term.Country(row.Value.Region))
	s.zone.show(row.Value.Zone)
	s.logo.show(row.Value.Logo)
	if first {
		s.body.Objects = []fyne.CanvasObject{formPage(s.form, s.save, kit.NewButton(kit.Say("admin.cancel", "Cancel").Text(), nil, s.host.Back))}
		s.body.Refresh()
		s.host.Focus(s.form.Start())
	}
}

func (s *houseForm) submit() {
	if s.hospital.read == nil || !s.form.Check() {
		s.save.Done()
		return
	}
	if !s.form.Dirty() {
		s.save.Done()
		s.host.Back() // nothing to write
		return
	}
	country, _ := s.country.Value()
	s.write(s.hospital.read.Version, house.House{Name: s.name.Text(), Region: string(country), Zone: s.zone.zone(), Logo: s.logo.logo})
}

func (s *houseForm) write(seen uint64, facts house.House) {
	s.form.Enable(false)
	kit.Start(s.writing, func(ctx context.Context, _ func(func())) (struct{}, error) {
		return struct{}{}, s.hospital.save(ctx, seen, facts)
	},
		func(_ struct{}, err error) {
			s.form.Enable(true)
			s.save.Done()
			switch {
			case err == nil:
				s.form.Keep()
				s.gone = true
				s.host.Tell(kit.Toast{Tone: kit.Good, Sentence: kit.Say("house.saved", "The hospital's facts are saved.")})
				s.host.Back()
			case stale(err):
				s.compare(facts)
			default:
				refuse(s.form, s.host.Explain(err), err)
			}
		})
}

// compare shows what somebody else made of the hospital meanwhile beside what is to be saved.
func (s *houseForm) compare(mine house.House) {
	before := s.hospital.read.Value
	kit.Start(s.reading, func(ctx context.Context, _ func(func())) (house.Row, error) { return s.hospital.load(ctx) },
		func(now house.Row, err error) {
			if err != nil {
				refuse(s.form, s.host.Explain(err), err)
				return
			}
			s.hospital.read = &now
			conflict := kit.NewConflict(kit.Say("policy.conflict.other", "another administrator").Text(), houseDifferences(before, now.Value, mine, s.desk.language()))
			s.host.Ask(conflict.Dialog(kit.Say("house.conflict.title", "Somebody else changed the hospital's facts too"),
				kit.Say("people.conflict", "Choose, field by field, what is to stay. Nothing has been saved yet."), func(chosen map[string]kit.Side) {
					s.write(now.Version, resolvedHouse(now.Value, mine, chosen))
				}))
		})
}
