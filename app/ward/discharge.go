package ward

import (
	"time"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/data"
)

// Discharge is how a stay ended.
type Discharge struct {
	At   time.Time   `cbor:"1,keyasint"`
	How  Disposition `cbor:"2,keyasint"`
	Note string      `cbor:"3,keyasint,omitempty"`
	// Open are the things that were open, as they were shown, and Despite why the patient left all the same.
	Open    []string      `cbor:"4,keyasint,omitempty"`
	Despite string        `cbor:"5,keyasint,omitempty"`
	By      access.UserID `cbor:"6,keyasint"`
	Entered time.Time     `cbor:"7,keyasint"`
}

// Disposition is where somebody goes after the stay, as HL7 codes it (FHIR R4 encounter-discharge-disposition). The codes lie in records.
type Disposition string

// The dispositions.
const (
	Home             Disposition = "home"
	OtherHome        Disposition = "alt-home"
	OtherHospital    Disposition = "other-hcf"
	Hospice          Disposition = "hosp"
	LongTermCare     Disposition = "long"
	AgainstAdvice    Disposition = "aadvice"
	Died             Disposition = "exp"
	Psychiatric      Disposition = "psy"
	Rehabilitation   Disposition = "rehab"
	SkilledNursing   Disposition = "snf"
	OtherDisposition Disposition = "oth"
)

// Dispositions are the choices of a form, in its order.
var Dispositions = []Disposition{Home, OtherHome, OtherHospital, Rehabilitation, SkilledNursing, LongTermCare, Hospice, Psychiatric, AgainstAdvice, Died, OtherDisposition}

// Text is the word for people.
func (d Disposition) Text() term.Text {
	switch d {
	case Home:
		return data.Say("ward.how.home", "Home")
	case OtherHome:
		return data.Say("ward.how.otherhome", "To somebody else's home")
	case OtherHospital:
		return data.Say("ward.how.hospital", "To another hospital")
	case Hospice:
		return data.Say("ward.how.hospice", "To a hospice")
	case LongTermCare:
		return data.Say("ward.how.longterm", "To long-term care")
	case AgainstAdvice:
		return data.Say("ward.how.advice", "Left against advice")
	case Died:
		return data.Say("ward.how.died", "Died")
	case Psychiatric:
		return data.Say("ward.how.psychiatric", "To a psychiatric hospital")
	case Rehabilitation:
		return data.Say("ward.how.rehabilitation", "To rehabilitation")
	case SkilledNursing:
		return data.Say("ward.how.nursing", "To a nursing facility")
	case OtherDisposition:
		return data.Say("ward.how.other", "Elsewhere")
	}
	return data.Say("ward.how.unknown", "In a way that this version does not know")
}

func (d Disposition) known() bool {
	for _, one := range Dispositions {
		if d == one {
			return true
		}
	}
	return false
}
