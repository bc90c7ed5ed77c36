package house

import (
	"bytes"
	"context"
	"image"
	_ "image/jpeg" // logos come as PNG or JPEG
	_ "image/png"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"golang.org/x/text/language"

	"wardbook/app/access"
	"wardbook/data"
)

// House is the hospital.
type House struct {
	Name   string `cbor:"1,keyasint"`
	Zone   string `cbor:"2,keyasint"`           // IANA: "Europe/Athens"
	Region string `cbor:"3,keyasint"`           // ISO 3166-1 alpha-2: phones without a country code are of here
	Logo   []byte `cbor:"4,keyasint,omitempty"` // PNG or JPEG as it was given, at most MaxLogo bytes
	Demo   bool   `cbor:"5,keyasint,omitempty"` // an invented hospital: nothing in it is true
}

// Limits of a hospital's facts.
const (
	maxName  = 120     // characters
	MaxLogo  = 300_000 // bytes; it lies in the record
	logoEdge = 4000    // pixels
	// logoPoints bounds what every desk decodes; with eight bytes for a point it is 32 MB.
	logoPoints = 4_000_000
)

type key string

func (k key) RecordID() data.ID                  { return data.ID(k) }
func (key) FromRecordID(id data.ID) (key, error) { return key(id), nil }

const this key = "house"

var table = data.NewTable[key, House](data.TableSpec[House]{Number: 20, Name: string(access.TableHouse)})

// Tables are the tables of this package, for the schema.
func Tables() []*data.TableDef { return []*data.TableDef{table.Def()} }

// Row is the hospital with the version to change it by.
type Row = data.Row[key, House]

// Location is the hospital's zone; UTC where the name has gone from the zone database.
func (h House) Location() *time.Location {
	if l, err := time.LoadLocation(h.Zone); err == nil {
		return l
	}
	return time.UTC
}

// Check cleans the facts and says what is wrong, each on its field: name, zone, region, logo.
func (h *House) Check() error {
	wrong := func(field string, m data.Message) error {
		return data.Fail(data.Invalid, "house.check", m, nil).On(field)
	}
	h.Name = strings.Join(strings.Fields(h.Name), " ")
	h.Region = strings.ToUpper(strings.TrimSpace(h.Region))
	switch n := utf8.RuneCountInString(h.Name); {
	case n == 0:
		return wrong("name", data.Say("house.name.empty", "Enter the hospital's name as it is to stand on papers."))
	case n > maxName || !utf8.ValidString(h.Name):
		return wrong("name", data.Say("house.name.long", "The name may have at most {{.Max}} characters. Shorten it.", "Max", maxName))
	}
	if _, err := time.LoadLocation(h.Zone); err != nil || h.Zone == "" || h.Zone == "Local" {
		return wrong("zone", data.Say("house.zone.unknown", "There is no time zone '{{.Zone}}'. Choose one from the list, such as Europe/Athens.", "Zone", h.Zone))
	}
	if region, err := language.ParseRegion(h.Region); err != nil || !region.IsCountry() {
		return wrong("region", data.Say("house.region.unknown", "There is no country '{{.Region}}'. Choose one from the list.", "Region", h.Region))
	}
	return h.checkLogo(wrong)
}

func (h *House) checkLogo(wrong func(string, data.Message) error) error {
	if len(h.Logo) == 0 {
		return nil
	}
	if len(h.Logo) > MaxLogo {
		return wrong("logo", data.Say("house.logo.large", "The logo is larger than 300 kB. Choose a smaller picture."))
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(h.Logo))
	if err != nil || c.Width < 1 || c.Height < 1 || c.Width > logoEdge || c.Height > logoEdge || c.Width > logoPoints/c.Height || !whole(h.Logo) {
		return wrong("logo", data.Say("house.logo.picture",
			"The logo has to be a whole PNG or JPEG picture of at most 4 million points, such as 2000 by 2000. Choose another file."))
	}
	return nil
}

// whole tells whether a file is a picture to its end: what begins like one would fail on every paper that shows the logo.
func whole(file []byte) bool {
	_, _, err := image.Decode(bytes.NewReader(file))
	return err == nil
}

// Read gives the hospital.
func Read(ctx context.Context, s *access.Session) (row Row, err error) {
	err = s.View(ctx, access.Deed{Action: access.ActHouseRead}, func(tx data.Tx) error {
		row, err = table.Get(tx, this)
		return err
	})
	return row, err
}

// Change sets the hospital's facts. Invalid as by Check; Conflict where somebody else changed them since they were read.
func Change(ctx context.Context, s *access.Session, operation uuid.UUID, seen uint64, h House) error {
	if err := h.Check(); err != nil {
		return err
	}
	_, err := s.Update(ctx, access.Deed{Action: access.ActHouseChange, Operation: operation}, func(tx data.Tx) error {
		old, err := table.Get(tx, this)
		if err != nil {
			return err
		}
		h.Demo = old.Value.Demo
		_, err = table.Update(tx, this, seen, h)
		return err
	})
	if err == nil {
		s.HouseChanged(h.Name, h.Region)
	}
	return err
}

// Found writes the hospital, in the transaction that sets it up. Conflict where there is one.
func Found(tx data.Tx, h House) error {
	if err := h.Check(); err != nil {
		return err
	}
	_, err := table.Insert(tx, this, h)
	return err
}

// Events picks the hospital's changes out of an entry.
func Events(e data.Entry) (House, bool) {
	for event, err := range table.Events(e) {
		if err == nil {
			return event.Row.Value, true
		}
	}
	return House{}, false
}
