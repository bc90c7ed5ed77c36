package admin

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"wardbook/app/house"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

func countryOptions(in term.Language) []kit.Option[term.Country] {
	countries := term.Countries(in)
	options := make([]kit.Option[term.Country], 0, len(countries))
	for _, c := range countries {
		options = append(options, kit.Option[term.Country]{Value: c, Label: kit.Say("house.country.name", "{{.Country}}", "Country", c.Name(in))})
	}
	return options
}

// zoneField asks for a time zone: chosen from a list, or typed where there is none.
type zoneField interface {
	kit.Field
	zone() string
	show(zone string)
}

type chosenZone struct{ *kit.ChoiceField[string] }

func (z chosenZone) zone() string     { zone, _ := z.Value(); return zone }
func (z chosenZone) show(zone string) { z.SetValue(zone) }

type typedZone struct{ *kit.TextField }

func (z typedZone) zone() string     { return z.Text() }
func (z typedZone) show(zone string) { z.SetText(zone) }

func newZoneField(zones []string) zoneField {
	spec := kit.FieldSpec{Name: "zone", Label: kit.Say("house.zone", "Time zone"), Required: true, Hint: kit.Say("house.zone.hint", "Every date and time in Wardbook is said in it.")}
	if len(zones) == 0 {
		return typedZone{kit.NewTextField(spec, kit.TextRules{Max: mostText, Check: knownZone})}
	}
	options := make([]kit.Option[string], 0, len(zones))
	for _, zone := range zones {
		options = append(options, kit.Option[string]{Value: zone, Label: kit.Say("house.zone.name", "{{.Zone}}", "Zone", zone)})
	}
	return chosenZone{kit.NewChoiceField(spec, options)}
}

func knownZone(text string) kit.Sentence {
	if _, err := time.LoadLocation(text); err != nil || text == "Local" {
		return kit.Say("house.zone.wrong", "This is no time zone. Enter continent and city, such as Europe/Athens.")
	}
	return kit.Sentence{}
}

// logoField shows the logo and lets another be chosen, or none.
type logoField struct {
	*kit.FieldFrame
	logo    []byte
	box     *fyne.Container
	buttons *fyne.Container
}

func newLogoField(pick func(func(path string)), h kit.Host) *logoField {
	f := &logoField{box: container.NewVBox(), buttons: container.NewHBox()}
	remove := kit.NewButton(kit.Say("house.logo.remove", "Remove the logo").Text(), nil, func() { f.put(nil) })
	var focus fyne.Focusable = remove
	if pick != nil {
		reading := h.Async()
		choose := kit.NewButton(kit.Say("house.logo.choose", "Choose a picture").Text(), nil, func() {
			pick(func(path string) { f.load(reading, path) })
		})
		focus = choose
		f.buttons.Add(choose)
	}
	f.buttons.Add(remove)
	f.FieldFrame = kit.NewFieldFrame(kit.FieldSpec{Name: "logo", Label: kit.Say("house.logo", "Logo"),
		Hint: kit.Say("house.logo.hint", "PNG or JPEG, at most 300 kB")},
		kit.FieldInput{Object: container.NewVBox(f.box, f.buttons), Focus: focus, Read: f.read, Enable: f.enable})
	f.draw()
	return f
}

// load reads a picture on a goroutine of its own: a drive on the network may take long.
func (f *logoField) load(reading *kit.Async, path string) {
	kit.Start(reading, func(context.Context, func(func())) ([]byte, error) {
		file, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer func() { _ = file.Close() }()                      // it was only read
		return io.ReadAll(io.LimitReader(file, house.MaxLogo+1)) // one byte more: that it is too large is said when it is saved
	}, func(picture []byte, err error) {
		if err != nil {
			f.SetError(kit.Say("house.logo.unreadable", "This file can't be read. Check that it is still there, or choose another one."))
			return
		}
		f.put(picture)
	})
}

// read is the picture in a form that can be compared.
func (f *logoField) read() string {
	if len(f.logo) == 0 {
		return ""
	}
	sum := sha256.Sum256(f.logo)
	return hex.EncodeToString(sum[:])
}

// put takes a picture as if the person had chosen it.
func (f *logoField) put(logo []byte) {
	f.logo = logo
	f.draw()
	f.SetError(kit.Sentence{})
	f.Edited()
}

// show shows a picture that the person has not changed.
func (f *logoField) show(logo []byte) {
	f.logo = logo
	f.draw()
	f.SetError(kit.Sentence{})
	f.Keep()
}

func (f *logoField) draw() {
	f.box.RemoveAll()
	if picture := logoPicture(f.logo); picture != nil {
		f.box.Add(picture)
	} else {
		f.box.Add(widget.NewLabel(kit.Say("house.logo.none", "None").Text()))
	}
	f.box.Refresh()
}

func (f *logoField) enable(may bool) {
	for _, object := range f.buttons.Objects {
		if button, ok := object.(*kit.Button); ok {
			if may {
				button.Enable()
			} else {
				button.Disable()
			}
		}
	}
}
