package rooms

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/app/ward"
	"wardbook/ui/kit"
)

// admission is one admission, from when its patient is known until he lies in a bed.
type admission struct {
	session *access.Session
	who     patient.ID
	bed     ward.BedID // the one that was chosen on the board; zero: none
	row     *patient.Row
	tries   wish[ward.Request]
}

// admitRead is what the form begins with.
type admitRead struct {
	row     patient.Row
	in      *ward.StayRow // the patient is in already
	alike   bool
	beds    []ward.Suggestion
	doctors []access.Colleague
}

// open reads the patient, which is recorded, and what there is to choose from. It is slow.
func (a *admission) open(ctx context.Context) (r admitRead, err error) {
	if r.row, err = patient.Open(ctx, a.session, a.who); err != nil {
		return r, err
	}
	row, in, err := ward.PresentStay(ctx, a.session, a.who)
	if err != nil {
		return r, err
	}
	if in {
		r.in = &row
		return r, nil
	}
	if r.alike, err = alike(ctx, a.session, r.row); err != nil {
		return r, err
	}
	if r.beds, err = a.look(ctx, ward.Needs{}); err != nil {
		return r, err
	}
	r.doctors, err = doctors(ctx, a.session)
	return r, err
}

// look judges the beds for the patient. It is slow.
func (a *admission) look(ctx context.Context, needs ward.Needs) ([]ward.Suggestion, error) {
	all, err := ward.Suggestions(ctx, a.session, a.who, needs, ward.StayID{})
	return offered(all, a.bed), err
}

// offered are the beds that a person may choose: those that fit, and then those to be had for a reason. The one chosen on the board stands first where it can
// be had at all.
func offered(all []ward.Suggestion, first ward.BedID) (beds []ward.Suggestion) {
	for _, s := range all {
		switch {
		case !s.Fits && !s.Possible:
		case s.Bed == first:
			beds = append([]ward.Suggestion{s}, beds...)
		default:
			beds = append(beds, s)
		}
	}
	return beds
}

// admit writes it. It is slow.
func (a *admission) admit(r ward.Request) func(context.Context) (ward.StayRow, error) {
	session, operation := a.session, a.tries.of(r)
	return func(ctx context.Context) (ward.StayRow, error) { return ward.Admit(ctx, session, operation, r) }
}

// doctors are those who work here, by name.
func doctors(ctx context.Context, s *access.Session) (all []access.Colleague, err error) {
	staff, err := access.Staff(ctx, s)
	for _, c := range staff {
		if c.Roles.Has(access.Doctor) && !c.Inactive {
			all = append(all, c)
		}
	}
	return all, err
}

// alike tells whether another patient has a name like this one. A label of an unknown patient is like every other one.
func alike(ctx context.Context, s *access.Session, row patient.Row) (bool, error) {
	if row.Value.Unknown {
		return false, nil
	}
	others, err := patient.Alike(ctx, s, row.Value.Draft, 2)
	for _, o := range others {
		if o.ID != row.ID {
			return true, err
		}
	}
	return false, err
}

// wardsOf are the wards in which there are beds, in the order of the beds.
func wardsOf(beds []ward.Suggestion) []kit.Option[ward.WardID] {
	var all []kit.Option[ward.WardID]
	seen := map[ward.WardID]bool{}
	for _, b := range beds {
		if !seen[b.Ward] {
			seen[b.Ward] = true
			all = append(all, kit.Option[ward.WardID]{Value: b.Ward, Label: asIs(b.Place.Ward)})
		}
	}
	return all
}

// already tells where the patient is, where an error says that he is in.
func already(err error) (*ward.Already, bool) {
	var a *ward.Already
	ok := errors.As(err, &a)
	return a, ok
}

// suitability is what a row of the list of beds says: why a bed suits, or why it does not.
func suitability(s ward.Suggestion) kit.Cell {
	if s.Fits {
		return kit.Cell{Text: texts(s.Reasons), Tone: kit.Good}
	}
	return kit.Cell{Text: kit.Say("rooms.unsuited", "Only for a reason: {{.Why}}", "Why", texts(s.Against)).Text(), Tone: kit.Attention}
}

// bannerOf is what stands over every page about a patient. Nothing of it is about health.
func bannerOf(row patient.Row, on term.Date, at string, alike bool) kit.Banner {
	p := patient.BannerOf(row)
	b := kit.Banner{Name: p.Name.Listed(), Sex: sexText(p.Sex), MRN: p.MRN.String(), Where: at, Confidential: p.Confidential, Alike: alike}
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

// parsePatient reads what a search names a patient by.
func parsePatient(id string) patient.ID {
	u, _ := uuid.Parse(id)
	return patient.ID(u)
}
