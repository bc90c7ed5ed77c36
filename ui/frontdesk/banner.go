package frontdesk

import (
	"image"

	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// bannerOf is what stands over every screen about a patient: as much as the desk may see. Nothing of it is about health, and nothing says
// that something is left out. alike: another patient has a name like this one.
func bannerOf(p patient.Patient, on term.Date, photo image.Image, alike bool) kit.Banner {
	b := kit.Banner{Name: p.Name.Listed(), Sex: sexFact(p.Sex), MRN: p.MRN.String(), Photo: photo, Confidential: p.Confidential, Alike: alike}
	if !p.Birth.Known() {
		return b
	}
	b.Estimated = p.Birth.Estimated
	b.Age = kit.Of(p.Birth.Date.Age(on)).Text()
	b.Born = kit.Of(p.Birth.Date.Text()).Text()
	if b.Estimated { // a day that nobody said would look like knowledge
		b.Born = kit.Of(term.PartialDate{Year: p.Birth.Date.Year}.Text()).Text()
	}
	return b
}
