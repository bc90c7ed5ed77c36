package schedule

import (
	"slices"
	"time"

	"wardbook/app/term"
	"wardbook/data"
)

// State is how far an appointment has come. It is stored: never change one.
type State uint8

// The states.
const (
	Booked         State = 1
	Arrived        State = 2
	InConsultation State = 3
	Done           State = 4
	Cancelled      State = 5
	NoShow         State = 6
)

// Active appointments take their time; the others have given it back.
func (s State) Active() bool { return s == Booked || s == Arrived || s == InConsultation }

// Text is the state as people say it.
func (s State) Text() term.Text {
	switch s {
	case Booked:
		return data.Say("schedule.state.booked", "Booked")
	case Arrived:
		return data.Say("schedule.state.arrived", "Arrived")
	case InConsultation:
		return data.Say("schedule.state.consultation", "In consultation")
	case Done:
		return data.Say("schedule.state.done", "Done")
	case Cancelled:
		return data.Say("schedule.state.cancelled", "Cancelled")
	}
	return data.Say("schedule.state.noshow", "Did not come")
}

// transitions are the ways from one state to the next, and back from what was pressed by mistake. Cancelling is a use case of its own.
var transitions = map[State][]State{
	Booked:         {Arrived, NoShow},
	Arrived:        {InConsultation, Done, Booked},
	InConsultation: {Done, Arrived},
	NoShow:         {Arrived}, // came late after all
	Done:           {InConsultation},
}

// mayBecome says whether an appointment may change to a state at an instant; Conflict or Invalid with what to do instead.
func (a Appointment) mayBecome(to State, now time.Time, zone *time.Location) error {
	today := term.DateOf(now, zone)
	day := term.DateOf(a.Start, zone)
	refuse := func(m data.Message) error { return data.Fail(data.Conflict, "schedule.state", m, nil).On(FieldState) }
	switch {
	case day.After(today) && to != Booked:
		return refuse(data.Say("schedule.state.future",
			"This appointment is on {{.When}}. Nothing can be marked on it before that day; if the patient is here now, move it to today.", "When", WhenText(a.Start, zone)))
	case to == NoShow && now.Before(a.Start):
		return refuse(data.Say("schedule.state.early", "The appointment begins at {{.Time}}. Wait until then before you mark that the patient did not come.",
			"Time", a.Start.In(zone).Format("15:04")))
	case !slices.Contains(transitions[a.State], to):
		return refuse(data.Say("schedule.state.wrong", "An appointment that is '{{.From}}' can't become '{{.To}}'.", "From", a.State.Text(), "To", to.Text()))
	case !a.State.Active() && day != today:
		return refuse(data.Say("schedule.state.past", "What was marked on {{.Day}} stays as it is. Book a new appointment.", "Day", DayText(day)))
	}
	return nil
}
