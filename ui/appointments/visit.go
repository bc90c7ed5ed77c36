package appointments

import (
	"context"
	"errors"
	"slices"
	"time"

	"wardbook/app/access"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// visit is one appointment with all that was ever done to it.
type visit struct {
	item    schedule.Item
	history []schedule.HistoryEntry
	// names are those of doctors, machines and rooms, of which the history has the ids.
	names map[schedule.ResourceID]string
}

// mostOf is how many appointments of one patient are looked through.
const mostOf = 2000

// readVisit reads an appointment: its versions say whose it is, the patient's list shows it. It is slow.
func readVisit(ctx context.Context, s *access.Session, id schedule.ID) (v visit, err error) {
	if v.history, err = schedule.History(ctx, s, id); err != nil {
		return v, err
	}
	last := v.history[len(v.history)-1].Row.Value
	all, err := schedule.Of(ctx, s, last.Patient, mostOf)
	if err != nil {
		return v, err
	}
	at := slices.IndexFunc(all, func(i schedule.Item) bool { return i.ID == id })
	if at < 0 {
		return v, errors.New("an appointment is not in its patient's list")
	}
	v.item = all[at]
	resources, err := schedule.Resources(ctx, s)
	v.names = map[schedule.ResourceID]string{}
	for _, r := range resources {
		v.names[r.ID] = r.Name
	}
	return v, err
}

// deed is a step that can be taken with an appointment.
type deed struct {
	to   schedule.State
	name kit.Sentence
}

// steps are the states that an appointment may be given by the person of a session, the usual next one first. What the day or the state
// forbids is not offered; the use case decides.
func steps(s *access.Session, i schedule.Item, now time.Time) (all []deed) {
	if term.DateOf(i.Start, now.Location()) != term.DateOf(now, now.Location()) {
		return nil
	}
	add := func(may bool, to schedule.State, name kit.Sentence) {
		if may {
			all = append(all, deed{to, name})
		}
	}
	desk, consult := s.May(access.ActAppointmentArrive), mayConsult(s, i)
	arrived, calls, done := kit.Say("appointments.do.arrived", "Arrived"), kit.Say("appointments.do.consultation", "In consultation"), kit.Say("appointments.do.done", "Done")
	switch i.State {
	case schedule.Booked:
		add(desk, schedule.Arrived, arrived)
		add(desk && !now.Before(i.Start), schedule.NoShow, kit.Say("appointments.do.noshow", "Did not come"))
	case schedule.Arrived:
		add(consult, schedule.InConsultation, calls)
		add(consult, schedule.Done, done)
		add(desk, schedule.Booked, kit.Say("appointments.do.notarrived", "Not here yet after all"))
	case schedule.InConsultation:
		add(consult, schedule.Done, done)
		add(desk || consult, schedule.Arrived, kit.Say("appointments.do.notcalled", "Not called in yet after all"))
	case schedule.Done:
		add(consult, schedule.InConsultation, kit.Say("appointments.do.notdone", "Not done yet after all"))
	case schedule.NoShow:
		add(desk, schedule.Arrived, kit.Say("appointments.do.late", "Came after all"))
	}
	return all
}

// mayConsult tells whether the person marks consultations of this appointment: the desk of all, doctors of their own.
func mayConsult(s *access.Session, i schedule.Item) bool {
	if !s.May(access.ActAppointmentConsult) {
		return false
	}
	doctor, ok := i.Resource.Doctor()
	return s.Roles().Any(access.FrontDesk) || ok && doctor == s.Who()
}

// back is the state to which a step can be taken back honestly; false where it gave something away that may be gone.
func back(from, to schedule.State) (schedule.State, bool) {
	switch {
	case from == schedule.Booked && to == schedule.Arrived,
		from == schedule.Arrived && to == schedule.InConsultation,
		from == schedule.InConsultation && to == schedule.Done:
		return from, true
	}
	return 0, false
}

// markedText says what was marked.
func markedText(name string, to schedule.State) kit.Sentence {
	return kit.Say("appointments.marked", "{{.Name}}: {{.State}}", "Name", name, "State", kit.Of(to.Text()))
}

// told is what a version of the appointment says happened, and by whom.
type told struct {
	at   time.Time
	what kit.Sentence
	who  string
	why  string
}

// story tells the history, the newest first.
func (v visit) story(now time.Time) (all []told) {
	for i, h := range v.history {
		who := h.Name
		if who == "" {
			who = kit.Say("appointments.machine", "Wardbook").Text()
		}
		t := told{at: h.Row.ChangedAt, who: who, why: h.Why}
		if i == 0 {
			t.what = kit.Say("appointments.story.booked", "Booked for {{.When}}, {{.With}}", "When", whenText(h.Row.Value.Start, now), "With", v.names[h.Row.Value.Resource])
		} else {
			t.what = v.change(v.history[i-1].Row.Value, h.Row.Value, now)
		}
		all = append(all, t)
	}
	slices.Reverse(all)
	return all
}

// change says what became of one version.
func (v visit) change(before, after schedule.Appointment, now time.Time) kit.Sentence {
	if before.State != after.State {
		return kit.Of(after.State.Text())
	}
	return kit.Say("appointments.story.moved", "Moved from {{.From}}, {{.FromWith}} to {{.To}}, {{.ToWith}}", "From", whenText(before.Start, now), "FromWith", v.names[before.Resource],
		"To", whenText(after.Start, now), "ToWith", v.names[after.Resource])
}
