package frontdesk

import (
	"bytes"
	"context"
	"image"
	"strings"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// record is one patient's page: what was read, and what this person may do with it.
type record struct {
	session *access.Session
	id      patient.ID
	row     *patient.Row // nil: not read yet
	alike   bool         // another patient has a name like this one
	closed  bool         // marked confidential, and no reason stated
	whom    patient.Hit  // who that is, where the row could not be read
	// operation is that of the reason which is being stated: pressed twice it is stated once.
	operation uuid.UUID
}

func newRecord(s *access.Session, id patient.ID) *record {
	return &record{session: s, id: id, operation: uuid.New()}
}

// opened is what opening gave.
type opened struct {
	row   patient.Row
	alike bool
	whom  patient.Hit // beside an error that a reason has to be stated
}

// open reads the patient, which is recorded. It is slow.
func (r *record) open(ctx context.Context) (o opened, err error) {
	o.row, err = patient.Open(ctx, r.session, r.id)
	if confidential(err) {
		if whom, unnamed := patient.Named(ctx, r.session, r.id); unnamed == nil {
			o.whom = whom
		}
	}
	if err != nil {
		return o, err
	}
	if o.row.Value.Unknown { // a label is like every other one
		return o, nil
	}
	alike, err := patient.Alike(ctx, r.session, o.row.Value.Draft, alikeMost)
	o.alike = len(others(alike, r.id)) > 0
	return o, err
}

// take keeps what was read, unless what is known is newer.
func (r *record) take(row patient.Row) bool {
	if r.row != nil && r.row.Version > row.Version {
		return false
	}
	r.row = &row
	r.closed = row.Value.Confidential && !r.session.HasStated(row.ID.RecordID())
	return true
}

func (r *record) may(a access.Action) bool { return r.row != nil && !r.closed && r.session.May(a) }

func (r *record) mayChange() bool  { return r.may(access.ActPatientChange) }
func (r *record) mayMark() bool    { return r.may(access.ActPatientConfidential) }
func (r *record) mayHistory() bool { return r.may(access.ActPatientHistory) }

// number is the patient's, closed or not: that of the list and the wristband. Empty where it could not be read.
func (r *record) number() string {
	switch {
	case r.row != nil:
		return r.row.Value.MRN.String()
	case r.whom.MRN != 0:
		return r.whom.MRN.String()
	}
	return ""
}

// history reads who changed what, which is recorded. It is slow.
func (r *record) history(ctx context.Context) ([]patient.Entry, error) {
	return patient.History(ctx, r.session, r.id)
}

// fact is a name and a value of a page.
type fact struct {
	name  kit.Sentence
	value string
}

// group is facts below a heading.
type group struct {
	heading kit.Sentence
	facts   []fact
}

// groups are all facts of a patient that the banner does not show. Numbers are written as at home.
func groups(p patient.Patient, home term.Country, in term.Language) []group {
	say := func(t term.Text) string { return kit.Of(t).Text() }
	contact := group{heading: kit.Say("patients.group.contact", "Contact")}
	for i, phone := range p.Phones {
		label := kit.Say("patients.phone", "Phone")
		if i > 0 {
			label = kit.Say("patients.phone.nth", "Phone {{.Number}}", "Number", i+1)
		}
		value := phone.Number.Display(home)
		if phone.Kind != "" {
			value = joined(value, say(phone.Kind.Text()))
		}
		contact.facts = append(contact.facts, fact{label, value})
	}
	if len(p.Phones) == 0 {
		contact.facts = append(contact.facts, fact{kit.Say("patients.phone", "Phone"), ""})
	}
	contact.facts = append(contact.facts, fact{kit.Say("patients.email", "E-mail"), string(p.Email)}, fact{kit.Say("patients.group.address", "Address"), addressText(p.Address, in)})

	names := group{heading: kit.Say("patients.group.papers", "Papers and names")}
	for _, paper := range p.NationalIDs {
		value := paper.Display()
		if paper.Issuer != "" {
			value = joined(value, paper.Issuer.Name(in))
		}
		names.facts = append(names.facts, fact{kit.Of(paper.Type.Text()), value})
	}
	if len(p.NationalIDs) == 0 {
		names.facts = append(names.facts, fact{kit.Say("patients.paper.kind", "Paper"), ""})
	}
	names.facts = append(names.facts, fact{kit.Say("patients.former", "Former names"), strings.Join(p.Name.Former, "\n")})
	if len(p.OldNumbers) > 0 {
		names.facts = append(names.facts, fact{kit.Say("patients.oldnumbers", "Numbers of earlier systems"), strings.Join(p.OldNumbers, ", ")})
	}

	kin := group{kit.Say("patients.section.kin", "Next of kin"), []fact{
		{kit.Say("patients.name", "Name"), p.Kin.Name.Full()},
		{kit.Say("patients.kin.relation", "Relation"), relationText(p.Kin)},
		{kit.Say("patients.phone", "Phone"), p.Kin.Phone.Display(home)},
	}}
	more := group{kit.Say("patients.section.more", "Further"), []fact{
		{kit.Say("patients.blood", "Blood group"), say(p.Blood.Text())},
		{kit.Say("patients.language", "Language"), languageText(p.Language, in)},
		{kit.Say("patients.notes", "Notes for the desk"), p.Notes},
	}}
	consent := group{kit.Say("patients.section.consent", "Consent"), []fact{
		{kit.Say("patients.consent.data", "Agrees to data being kept"), say(p.Consent.Data.Text())},
		{kit.Say("patients.consent.mail", "Agrees to be written to"), say(p.Consent.Mail.Text())},
		{kit.Say("patients.consent.photo", "Agrees to a photo"), say(p.Consent.Photo.Text())},
	}}
	return []group{contact, kin, names, more, consent}
}

func addressText(a term.Address, in term.Language) string {
	text := a.OneLine()
	if a.Country != "" {
		text = strings.TrimPrefix(text+", "+a.Country.Name(in), ", ")
	}
	return text
}

func relationText(k term.NextOfKin) string {
	if k.Relation == "" {
		return ""
	}
	return kit.Of(k.Relation.Text()).Text()
}

// languageText is the language with its own name, for the person who fetches an interpreter.
func languageText(l term.Language, in term.Language) string {
	if l == "" {
		return ""
	}
	name, own := l.Name(in), l.Own()
	if name == own {
		return name
	}
	return joined(name, own)
}

// readPhoto reads a patient's photo and makes its preview.
func readPhoto(a *kit.Async, s *access.Session, id patient.ID, show func(image.Image)) {
	kit.Start(a, func(ctx context.Context, _ func(func())) (image.Image, error) {
		photo, err := patient.ReadPhoto(ctx, s, id)
		if err != nil {
			return nil, err
		}
		preview, _, err := image.Decode(bytes.NewReader(photo.JPEG))
		return preview, err
	}, func(preview image.Image, err error) {
		if err == nil { // who has no photo is still that patient
			show(preview)
		}
	})
}

// change is one line of the history: one fact that somebody changed.
type change struct {
	key      string
	when     time.Time
	who, why string
	what     string
	from, to string
}

// changes writes a history as lines, newest first. How a patient was registered is one line: what was said then is what stands on the left of the
// lines above it, or still holds.
func changes(entries []patient.Entry) []change {
	var lines []change
	for _, e := range entries {
		who := e.Name
		if who == "" {
			who = kit.Of(access.Machine.Name()).Text()
		}
		line := change{when: e.When, who: who, why: e.Why}
		add := func(what, from, to string) {
			line.key = e.When.String() + what
			line.what, line.from, line.to = what, from, to
			lines = append(lines, line)
		}
		switch {
		case e.Registered:
			var facts []string
			for _, c := range e.Changed {
				if c.To.English != "" {
					facts = append(facts, kit.Of(c.To).Text())
				}
			}
			add(kit.Say("patients.history.registered", "Registered").Text(), "", strings.Join(facts, ", "))
		case len(e.Changed) == 0:
			add(kit.Say("patients.history.nothing", "Saved without a change").Text(), "", "")
		}
		if e.Registered {
			continue
		}
		for _, c := range e.Changed {
			add(kit.Of(c.Label).Text(), shown(c.From), shown(c.To))
		}
	}
	return lines
}
