package appointments

import (
	"encoding/hex"
	"net/url"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// Names of the places, as routes call them.
const (
	PlaceAppointments = "appointments"
	PlaceQueue        = "queue"
	PlaceWaiting      = "waiting"
	PlaceToSchedule   = "toschedule"
	PlaceHours        = "hours"
)

// What opens the places that open the same way for everybody.
const (
	OpensWaiting    = access.ActWaitingList
	OpensToSchedule = access.ActOrderSchedule
	OpensHours      = access.ActScheduleHours
)

// OpensDay is what opens the day and the queue for the person of a session: doctors who are not at the desk see their own.
func OpensDay(s *access.Session) access.Action {
	if s.May(access.ActScheduleDay) {
		return access.ActScheduleDay
	}
	return access.ActScheduleOwn
}

// Pages of the places.
const (
	pageList     = ""
	pageBook     = "book"
	pageOne      = "page"
	pageMove     = "move"
	pageStranded = "stranded"
	pageSchedule = "schedule"
	pageHolidays = "holidays"
	pageLeave    = "leave"
)

// Desk is what these places need of the program. Session must be there; what else is missing is not offered.
type Desk struct {
	Session *access.Session
	// Find searches patients, for booking.
	Find kit.Find
	// Patient leads to a patient's page, Register to the form of a new one with what was looked for in it.
	Patient  func(id string) kit.Route
	Register func(query string) kit.Route
	// Widths remembers the columns of a table by its name.
	Widths func(table string) kit.Widths

	later kit.Later // tests have their own
}

func (d *Desk) widths(table string) kit.Widths {
	if d.Widths == nil {
		return nil
	}
	return d.Widths("appointments." + table)
}

// after is how a screen waits for a pause in typing.
func (d *Desk) after(a *kit.Async) kit.Later {
	if d.later != nil {
		return d.later
	}
	return kit.After(a)
}

// NewAppointments makes the screen of a route of the place 'appointments'.
func NewAppointments(h kit.Host, d *Desk, r kit.Route, saved any) kit.Screen {
	switch r.Page {
	case pageBook:
		if d.Session.May(access.ActAppointmentBook) {
			return newBookingScreen(h, d, readWish(r.ID))
		}
	case pageMove:
		if id, ok := parseID(r.ID); ok && d.Session.May(access.ActAppointmentMove) {
			return newMoveScreen(h, d, schedule.ID(id))
		}
	case pageOne:
		if id, ok := parseID(r.ID); ok {
			return newVisitScreen(h, d, schedule.ID(id))
		}
	case pageStranded:
		if d.Session.May(access.ActScheduleStranded) {
			return newStrandedScreen(h, d, saved)
		}
	}
	return newDayScreen(h, d, r.ID, saved)
}

// BookRoute leads to the booking form for a patient; of nobody ("") it asks first.
func BookRoute(patient string) kit.Route { return bookRoute(wish{patient: patient}) }

// VisitRoute leads to the page of an appointment.
func VisitRoute(id schedule.ID) kit.Route {
	return kit.Route{Place: PlaceAppointments, Page: pageOne, ID: uuid.UUID(id).String()}
}

func moveRoute(id schedule.ID) kit.Route {
	return kit.Route{Place: PlaceAppointments, Page: pageMove, ID: uuid.UUID(id).String()}
}

// wish is what is known of a booking before the form opens.
type wish struct {
	patient    string
	resource   schedule.ResourceID
	speciality string
	at         time.Time // a slot that was chosen in the grid
	from       term.Date // the first day that suits
	priority   schedule.Priority
	minutes    int
	reason     string
	wait       schedule.WaitID // the place on the waiting list that the booking ends
}

func bookRoute(w wish) kit.Route {
	q := url.Values{}
	put := func(name, value string, there bool) {
		if there {
			q.Set(name, value)
		}
	}
	put("patient", w.patient, w.patient != "")
	put("resource", hex.EncodeToString(w.resource[:]), !w.resource.IsZero())
	put("speciality", w.speciality, w.speciality != "")
	put("at", w.at.UTC().Format(time.RFC3339), !w.at.IsZero())
	put("from", w.from.String(), !w.from.IsZero())
	put("priority", string(rune('0'+w.priority)), w.priority.Valid())
	put("minutes", (time.Duration(w.minutes) * time.Minute).String(), w.minutes > 0)
	put("reason", w.reason, w.reason != "")
	put("wait", uuid.UUID(w.wait).String(), !w.wait.IsZero())
	return kit.Route{Place: PlaceAppointments, Page: pageBook, ID: q.Encode()}
}

// readWish reads what bookRoute wrote; what can't be read is left out: the form asks for it.
func readWish(text string) (w wish) {
	q, err := url.ParseQuery(text)
	if err != nil {
		return w
	}
	w.patient, w.speciality, w.reason = q.Get("patient"), q.Get("speciality"), q.Get("reason")
	w.resource, _ = parseResource(q.Get("resource"))
	w.at, _ = time.Parse(time.RFC3339, q.Get("at"))
	w.from, _ = term.ParseDate(q.Get("from"))
	if p := q.Get("priority"); len(p) == 1 {
		if w.priority = schedule.Priority(p[0] - '0'); !w.priority.Valid() {
			w.priority = 0
		}
	}
	if length, err := time.ParseDuration(q.Get("minutes")); err == nil {
		w.minutes = int(length / time.Minute)
	}
	if id, ok := parseID(q.Get("wait")); ok {
		w.wait = schedule.WaitID(id)
	}
	return w
}

func parseID(text string) (uuid.UUID, bool) {
	id, err := uuid.Parse(text)
	return id, err == nil
}

func parsePatient(text string) (patient.ID, bool) {
	id, ok := parseID(text)
	return patient.ID(id), ok
}

func parseResource(text string) (id schedule.ResourceID, ok bool) {
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) != len(id) {
		return id, false
	}
	copy(id[:], raw)
	return id, true
}

func resourceText(id schedule.ResourceID) string { return hex.EncodeToString(id[:]) }

// ctrl is Ctrl, on macOS Command.
const ctrl = fyne.KeyModifierShortcutDefault
