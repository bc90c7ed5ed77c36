package patient

import (
	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/data"
)

// ChangedIn gives the patients that an entry changed, each once: for screens that watch.
func ChangedIn(e data.Entry) []ID {
	var changed []ID
	seen := map[data.ID]bool{}
	for _, c := range e.Records {
		if c.Table != patients.Def().Number && c.Table != photos.Def().Number || seen[c.ID] {
			continue
		}
		seen[c.ID] = true
		if id, err := (ID{}).FromRecordID(c.ID); err == nil {
			changed = append(changed, id)
		}
	}
	return changed
}

// Updated gives the row of a patient as an entry left it; false where the entry is about others. An open page is kept up to date by it, without
// another look; StillOpen says whether it may show the row. Of a confidential patient for whom this session has stated no reason there is nothing in
// it but the mark.
func Updated(e data.Entry, id ID) (Row, bool) {
	for _, c := range e.Records {
		if c.Table != patients.Def().Number || c.ID != id.RecordID() {
			continue
		}
		row, err := patients.Row(c.ID, c.Record)
		if len(c.Record.Body) == 0 { // kept back by the door
			row.Value = Patient{Confidential: true}
			return row, true
		}
		return row, err == nil
	}
	return Row{}, false
}

// StillOpen is Forbidden, with access.ErrConfidential, where a patient whose page is open has become confidential and this session has stated no
// reason: the page closes.
func StillOpen(s *access.Session, r Row) error {
	if !r.Value.Confidential || s.HasStated(r.ID.RecordID()) {
		return nil
	}
	return data.Fail(data.Forbidden, "patient.still", data.Say("patient.confidential.since",
		"This patient has just been marked as confidential. State why you need to open the record to go on."), access.ErrConfidential)
}

// Banner is who the patient on a screen is, as every role that may open patients sees it.
type Banner struct {
	ID           ID
	Name         term.HumanName
	MRN          term.MRN
	Birth        term.Birth
	Sex          term.Sex
	Photo        uint64 // the photo's version; 0: none
	Confidential bool
	Unknown      bool
}

// BannerOf makes it of a row.
func BannerOf(r Row) Banner {
	p := r.Value
	return Banner{r.ID, p.Name, p.MRN, p.Birth, p.Sex, p.Photo, p.Confidential, p.Unknown}
}

// BirthText is date of birth and age on a day.
func (b Banner) BirthText(today term.Date) term.Text { return b.Birth.Text(today) }
