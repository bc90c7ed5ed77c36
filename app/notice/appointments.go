package notice

import (
	"time"

	"wardbook/app/term"
	"wardbook/data"
)

// The kinds about appointments. Doctors hear of their own; the desk of times to offer and of appointments that no longer fit. Which patient it is
// about stands in Patient, not in words.
const (
	KindBooked    Kind = "appointment.booked"
	KindMoved     Kind = "appointment.moved"
	KindCancelled Kind = "appointment.cancelled"
	KindOffer     Kind = "appointment.offer"    // a time is held for the first on the waiting list
	KindStranded  Kind = "appointment.stranded" // hours or leave changed under appointments
	KindScheduled Kind = "order.scheduled"      // the sessions of an order have their times
)

// When gives the arguments that say when an appointment is, on the hospital's clock.
func When(at time.Time, zone *time.Location) map[string]string {
	local := at.In(zone)
	return map[string]string{"day": local.Format(time.DateOnly), "time": local.Format("15:04")}
}

// when is the way back, in words.
func (n Notice) when() data.Message {
	day, err := term.ParseDate(n.Args["day"])
	if err != nil { // a newer Wardbook wrote it otherwise
		return data.Say("notice.when.unknown", "a time that this Wardbook can't read")
	}
	return data.Say("notice.when", "{{.Day}}, {{.Time}}", "Day", day.Text(), "Time", n.Args["time"])
}

// aboutAppointments is the sentence of a notice of these kinds; false for others.
func (n Notice) aboutAppointments() (data.Message, bool) {
	switch n.Kind {
	case KindBooked:
		return data.Say("notice.appointment.booked", "New appointment on {{.When}}.", "When", n.when()), true
	case KindMoved:
		return data.Say("notice.appointment.moved", "An appointment was moved to {{.When}}.", "When", n.when()), true
	case KindCancelled:
		return data.Say("notice.appointment.cancelled", "The appointment on {{.When}} was cancelled.", "When", n.when()), true
	case KindOffer:
		return data.Say("notice.appointment.offer", "{{.When}} has become free and is held for the first on the waiting list. Ask the patient.", "When", n.when()), true
	case KindStranded:
		return data.Say("notice.appointment.stranded", "Appointments with {{.Name}} that no longer fit the working hours: {{.Count}}. Move them.",
			"Count", n.Args["count"], "Name", n.Args["name"]), true
	case KindScheduled:
		return data.Say("notice.order.scheduled", "What you ordered is scheduled; it begins on {{.When}}.", "When", n.when()), true
	}
	return data.Message{}, false
}
