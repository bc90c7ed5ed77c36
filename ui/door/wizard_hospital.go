package door

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"wardbook/app/house"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// logoSize is how large the preview of a logo may get, in device-independent pixels.
var logoSize = fyne.NewSize(240, 96)

// hospitalForm is the step that asks for the hospital's facts.
type hospitalForm struct {
	v       *Wizard
	async   *kit.Async
	form    *kit.Form
	name    *kit.TextField
	country *kit.ChoiceField[term.Country]
	zone    *kit.ChoiceField[string]
	chosen  bool // the zone, by the person
	logo    *kit.TextField
	read    string // the path whose picture is in bytes
	bytes   []byte
	preview *slot
	next    *kit.BusyButton
	object  fyne.CanvasObject
}

func newHospitalForm(v *Wizard) *hospitalForm {
	p := &hospitalForm{v: v, async: v.o.Host.Async(), form: kit.NewForm(1)}
	p.name = kit.NewTextField(kit.FieldSpec{Name: "name", Label: kit.Say("door.hospital.name", "Name of the hospital"), Required: true,
		Hint: kit.Say("door.hospital.papers", "As it is to stand on papers.")}, kit.TextRules{Max: 120})
	p.country = kit.NewChoiceField(kit.FieldSpec{Name: "region", Label: kit.Say("door.hospital.country", "Country"), Required: true,
		Hint: kit.Say("door.hospital.letters", "Type its first letters. Phone numbers without a country code are taken to be of this country.")}, countryOptions(v.o.Language))
	p.zone = kit.NewChoiceField(kit.FieldSpec{Name: "zone", Label: kit.Say("door.hospital.zone", "Time zone"), Required: true,
		Hint: kit.Say("door.hospital.city", "Type the first letters of the nearest city with the same time.")}, zoneOptions())
	country, zone := guess(v.o.Locale, v.o.Zone, v.o.Host.Now())
	p.country.SetValue(country)
	p.zone.SetValue(zone)
	p.country.OnChange = p.countryChanged
	p.zone.OnChange = func() {
		p.chosen = true
		p.noteTime()
	}
	p.noteTime()
	p.next = kit.NewBusyButton(kit.Say("door.wizard.next", "Next"), kit.Say("door.wizard.reading", "Reading the logo"), p.submit)
	p.form.Section(kit.Sentence{}, p.name, p.country, p.zone)
	p.addLogo()
	p.form.Keep() // what was guessed nobody has typed
	p.form.OnSubmit = p.next.Press
	foot := row(p.next)
	if p.mayChoose() {
		foot.Add(commandButton(p.choose()))
	}
	foot.Add(commandButton(v.backward()))
	foot.Add(commandButton(v.leaving()))
	p.object = sheet(heading(kit.Say("door.hospital.title", "The hospital"), stepOf(hospitalPage)), p.form.Scrolled(), foot)
	return p
}

func (p *hospitalForm) addLogo() {
	if p.v.o.ReadFile == nil {
		return
	}
	p.logo = kit.NewTextField(kit.FieldSpec{Name: "logo", Label: kit.Say("door.hospital.logo", "Logo, if there is one"),
		Hint: kit.Say("door.hospital.file", "The path of a PNG or JPEG picture of at most 300 kB.")}, kit.TextRules{})
	p.form.Section(kit.Sentence{}, p.logo)
	leave := p.logo.Entry().OnLeave
	p.logo.Entry().OnLeave = func() {
		leave()
		p.load(func() {}, func() {})
	}
	p.preview = newSlot(p.form)
}

func (p *hospitalForm) mayChoose() bool { return p.logo != nil && p.v.o.PickFile != nil }

func (p *hospitalForm) choose() kit.Command {
	return kit.Command{Name: kit.Say("door.hospital.choose", "Choose a logo"), Key: fyne.KeyO, Modifier: fyne.KeyModifierShortcutDefault, Do: func() {
		p.v.o.PickFile(func(path string) {
			p.logo.Write(path)
			p.load(func() {}, func() {})
		})
	}}
}

// countryChanged takes the country's first zone along, as long as the person has chosen none.
func (p *hospitalForm) countryChanged() {
	country, ok := p.country.Value()
	if !ok || p.chosen {
		return
	}
	if zone := firstZone(country, p.v.o.Host.Now()); zone != "" {
		p.zone.SetValue(zone)
		p.noteTime()
	}
}

func (p *hospitalForm) noteTime() {
	zone, _ := p.zone.Value()
	p.zone.SetNote(timeThere(zone, p.v.o.Host.Now()).Text())
}

// load reads the logo where another path was typed, and calls one of the two.
func (p *hospitalForm) load(then, failed func()) {
	path := ""
	if p.logo != nil {
		path = strings.Trim(p.logo.Text(), `"'`) // as Windows copies paths
	}
	if path == p.read {
		then()
		return
	}
	if path == "" {
		p.took("", nil)
		then()
		return
	}
	kit.Start(p.async, func(context.Context, func(func())) ([]byte, error) {
		return p.v.o.ReadFile(path, house.MaxLogo)
	}, func(picture []byte, err error) {
		p.next.Done()
		if wrong := wrongLogo(picture, err); !wrong.Empty() {
			p.took("", nil)
			p.logo.SetError(wrong)
			failed()
			return
		}
		p.took(path, picture)
		then()
	})
}

// wrongLogo says what is wrong with a logo, in the hospital's own words where it can be read.
func wrongLogo(picture []byte, err error) kit.Sentence {
	if err == nil && len(picture) == 0 {
		err = errNoLogo
	}
	if err != nil {
		return kit.Say("door.hospital.unread", "This file can't be read, or is larger than 300 kB. Check the path, or leave it empty: the logo can be added later.")
	}
	probe := house.House{Name: "x", Zone: "UTC", Region: "GB", Logo: picture}
	for _, fault := range term.Faults(probe.Check()) {
		return kit.Of(fault.Message)
	}
	return kit.Sentence{}
}

func (p *hospitalForm) took(path string, picture []byte) {
	p.read, p.bytes = path, picture
	if p.preview == nil {
		return
	}
	if picture == nil {
		p.preview.put(nil)
		return
	}
	image := canvas.NewImageFromResource(fyne.NewStaticResource(path, picture))
	image.FillMode = canvas.ImageFillContain
	image.SetMinSize(logoSize)
	p.preview.put(container.NewHBox(image))
	lookAt(p.form, p.preview.box)
}

func (p *hospitalForm) submit() {
	if !p.form.Check() {
		p.next.Done()
		return
	}
	p.load(func() {
		p.next.Done()
		zone, _ := p.zone.Value()
		country, _ := p.country.Value()
		p.v.present.enterHospital(house.House{Name: p.name.Text(), Zone: zone, Region: string(country), Logo: p.bytes})
	}, func() { p.v.o.Host.Focus(p.logo.Focusable()) })
}

func (p *hospitalForm) content() fyne.CanvasObject { return p.object }
func (p *hospitalForm) start() fyne.Focusable      { return p.name.Focusable() }
func (p *hospitalForm) dirty() bool                { return p.form.Dirty() }
func (p *hospitalForm) close()                     { p.async.Close(0) }

func (p *hospitalForm) wrong(faults []term.Fault) { showAll(p.form, faults) }

// showAll shows each fault at its field.
func showAll(form *kit.Form, faults []term.Fault) {
	for _, fault := range faults {
		form.Errors([]string{strings.TrimPrefix(fault.Field, "admin.")}, kit.Of(fault.Message))
	}
}

func (p *hospitalForm) commands() []kit.Command {
	commands := append(enterCommands(kit.Say("door.wizard.next", "Next"), p.next.Press), p.v.backward(), p.v.leaving())
	if p.mayChoose() {
		commands = append(commands, p.choose())
	}
	return commands
}
