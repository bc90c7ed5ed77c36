package term

import (
	"strings"

	"wardbook/data"
)

// Coding is a concept as a catalogue names it: the catalogue (a URI), the code in it, and the words that were shown when
// it was chosen. Without a system and code it is free text.
type Coding struct {
	System  string `cbor:"1,keyasint,omitempty"`
	Code    string `cbor:"2,keyasint,omitempty"`
	Display string `cbor:"3,keyasint,omitempty"`
}

// The catalogues of the world that records refer to.
const (
	LOINC  = "http://loinc.org"
	UCUM   = "http://unitsofmeasure.org"
	SNOMED = "http://snomed.info/sct"
	ICD10  = "http://hl7.org/fhir/sid/icd-10"
	ICD11  = "http://id.who.int/icd/release/11/mms"
)

// IsZero tells whether nothing was chosen.
func (c Coding) IsZero() bool { return c == Coding{} }

// Same tells whether both mean the same concept: the same code of the same catalogue, whatever words stood beside it. Two
// free texts mean the same when they are the same.
func (c Coding) Same(other Coding) bool {
	if c.Code == "" && other.Code == "" {
		return c.Display == other.Display
	}
	return c.System == other.System && c.Code == other.Code
}

// Clean answers the coding as it is stored. A code needs its catalogue and its words: without them nobody can read it
// when the catalogue is gone.
func (c Coding) Clean() (Coding, error) {
	display, err := Line(FieldCode, c.Display, 300)
	if err != nil {
		return Coding{}, err
	}
	c = Coding{System: strings.TrimSpace(c.System), Code: strings.TrimSpace(c.Code), Display: display}
	switch {
	case c.IsZero():
		return c, nil
	case c.Display == "", (c.Code == "") != (c.System == ""), len(c.Code) > 64, len(c.System) > 200:
		return Coding{}, invalid("coding", FieldCode, data.Say("term.code.incomplete", "A code needs its catalogue and its name. Choose it from the list."))
	}
	return c, nil
}
