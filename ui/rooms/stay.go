package rooms

import (
	"context"
	"strconv"
	"time"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/app/ward"
	"wardbook/ui/kit"
)

// stay is one stay's page: what was read, and what this person may do with it.
type stay struct {
	session *access.Session
	who     patient.ID
	id      ward.StayID
	read    *stayRead // nil: not read yet
}

// stayRead is what the page shows.
type stayRead struct {
	row   patient.Row
	alike bool
	this  ward.StayRow
	all   []ward.StayRow // of this patient, the last first
	names map[access.UserID]string
}

// open reads the patient and all his stays; that somebody looked is recorded. It is slow.
func (s *stay) open(ctx context.Context) (r stayRead, err error) {
	if r.row, err = patient.Open(ctx, s.session, s.who); err != nil {
		return r, err
	}
	if r.alike, err = alike(ctx, s.session, r.row); err != nil {
		return r, err
	}
	if r.names, err = staffNames(ctx, s.session); err != nil {
		return r, err
	}
	err = s.history(ctx, &r)
	return r, err
}

// history reads all stays.
func (s *stay) history(ctx context.Context, r *stayRead) (err error) {
	if r.all, err = ward.History(ctx, s.session, s.who); err != nil {
		return err
	}
	for _, row := range r.all {
		if row.ID == s.id {
			r.this = row
		}
	}
	return nil
}

// again reads the stay after somebody changed it. While the patient is in that needs no other look at his history.
func (s *stay) again(ctx context.Context, before stayRead) (stayRead, error) {
	row, in, err := ward.PresentStay(ctx, s.session, s.who)
	if err != nil {
		return before, err
	}
	if !in || row.ID != s.id {
		err = s.history(ctx, &before)
		return before, err
	}
	before.this = row
	all := make([]ward.StayRow, len(before.all))
	copy(all, before.all)
	for i := range all {
		if all[i].ID == row.ID {
			all[i] = row
		}
	}
	before.all = all
	before.names, err = staffNames(ctx, s.session)
	return before, err
}

// staffNames are the names of all colleagues.
func staffNames(ctx context.Context, s *access.Session) (map[access.UserID]string, error) {
	staff, err := access.Staff(ctx, s)
	names := make(map[access.UserID]string, len(staff))
	for _, c := range staff {
		names[c.ID] = c.Name
	}
	return names, err
}

func (s *stay) present() bool { return s.read != nil && s.read.this.Value.Present() }

func (s *stay) may(a access.Action) bool { return s.read != nil && s.session.May(a) }

// at is where the patient lies; "" where he has left.
func (s *stay) at() string {
	if !s.present() {
		return ""
	}
	return where(s.read.this.Value.Last().Place)
}

// inpatient is the stay as the board and its deeds know it.
func (s *stay) inpatient() ward.Inpatient {
	b, v := patient.BannerOf(s.read.row), s.read.this.Value
	return ward.Inpatient{Who: ward.Who{ID: b.ID, Name: b.Name, MRN: b.MRN, Birth: b.Birth, Sex: b.Sex, Confidential: b.Confidential, Unknown: b.Unknown},
		Stay: s.id, Version: s.read.this.Version, Kind: v.Kind, Reason: v.Reason, Doctor: v.Doctor, Needs: v.Needs, Expected: v.Expected,
		Place: v.Last().Place, Bed: v.Last().Bed, Ward: v.Last().Ward, Admitted: v.Admitted(), Since: v.Last().From}
}

// fact is a name and a value of the page.
type fact struct {
	name  kit.Sentence
	value string
	tone  kit.Tone
}

// facts are what there is to know of the stay beside its beds.
func (s *stay) facts(now time.Time) []fact {
	v := s.read.this.Value
	on := term.DateOf(now, now.Location())
	all := []fact{}
	add := func(name kit.Sentence, value string, tone kit.Tone) { all = append(all, fact{name, value, tone}) }
	switch {
	case v.Mistaken != "":
		add(kit.Say("rooms.stay.mistaken", "Struck out as a mistake"), v.Mistaken, kit.Attention)
	case v.Left != nil:
		s.leftFacts(*v.Left, now, add)
	default:
		add(kit.Say("rooms.stay.lies", "Lies in"), where(v.Last().Place), kit.Plain)
	}
	add(kit.Say("rooms.stay.admitted", "Admitted"), timeText(v.Admitted(), now), kit.Plain)
	add(kit.Say("rooms.stay.nights", "Nights"), strconv.Itoa(v.Nights(now, now.Location())), kit.Plain)
	add(kit.Say("rooms.kind", "Kind of admission"), kit.Of(v.Kind.Text()).Text(), kit.Plain)
	add(kit.Say("rooms.doctor", "Treating doctor"), s.read.names[v.Doctor], kit.Plain)
	add(kit.Say("rooms.reason", "Reason"), v.Reason, kit.Plain)
	if v.Overdue(on) {
		add(kit.Say("rooms.expected", "Expected discharge"), leavesText(ward.Inpatient{Expected: v.Expected}, on), kit.Attention)
	} else {
		add(kit.Say("rooms.expected", "Expected discharge"), dayText(v.Expected, on), kit.Plain)
	}
	add(kit.Say("rooms.needs", "The patient needs"), needsText(v.Needs), kit.Plain)
	return all
}

func (s *stay) leftFacts(left ward.Discharge, now time.Time, add func(kit.Sentence, string, kit.Tone)) {
	add(kit.Say("rooms.stay.left", "Left"), timeText(left.At, now), kit.Plain)
	add(kit.Say("rooms.leave.how", "Where the patient goes"), kit.Of(left.How.Text()).Text(), kit.Plain)
	if left.Note != "" {
		add(kit.Say("rooms.leave.note", "Note"), left.Note, kit.Plain)
	}
	if left.Despite != "" {
		for _, open := range left.Open {
			add(kit.Say("rooms.stay.open", "Was still open"), open, kit.Attention)
		}
		add(kit.Say("rooms.leave.despite", "Reason for the discharge all the same"), left.Despite, kit.Plain)
	}
	add(kit.Say("rooms.stay.by", "Discharged by"), joined(s.read.names[left.By], timeText(left.Entered, now)), kit.Plain)
}

// spanWhy is why a patient was moved to a bed, and why to one that did not suit.
func spanWhy(s ward.Span) string {
	if s.Despite == "" {
		return s.Why
	}
	return joined(s.Why, kit.Say("rooms.span.despite", "not suiting, taken because: {{.Why}}", "Why", s.Despite).Text())
}

// outcome is how a stay ended, in a list of stays.
func outcome(v ward.Stay, now time.Time) string {
	switch {
	case v.Mistaken != "":
		return kit.Say("rooms.stay.mistaken", "Struck out as a mistake").Text()
	case v.Left == nil:
		return kit.Say("rooms.stay.in", "is in").Text()
	}
	return joined(timeText(v.Left.At, now), kit.Of(v.Left.How.Text()).Text())
}
