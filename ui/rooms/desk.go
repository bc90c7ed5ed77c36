package rooms

import (
	"strings"

	"fyne.io/fyne/v2"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/app/ward"
	"wardbook/ui/kit"
)

// Names of the places, as routes call them.
const (
	PlaceBeds  = "beds"
	PlaceWards = "wards"
)

// What opens each place.
const (
	OpensBeds  = access.ActBoard
	OpensWards = access.ActWardChange
)

// Pages of the places.
const (
	pageBoard = ""
	pageAdmit = "admit"
	pageStay  = "stay"
	pageMove  = "move" // the board, on which another bed is looked for
	pageList  = "list"

	pageWard = "ward"
	pageRoom = "room"
)

// Desk is what the places need of the program. Session must be there; what else is missing is not offered.
type Desk struct {
	Session *access.Session
	// Find looks for patients; without it an admission begins at the patient's page only.
	Find kit.Find
	// Patient leads to the page of a patient.
	Patient func(id string) kit.Route
	// MonthFirst: dates such as 2/3 are read as 3 February.
	MonthFirst bool
	// Widths remembers the columns of a table by its name.
	Widths func(table string) kit.Widths

	later kit.Later // tests have their own
}

// NewBeds makes the screen of a route of the place 'beds'; saved is what the screen gave to Save when it was left.
func NewBeds(h kit.Host, d *Desk, r kit.Route, saved any) kit.Screen {
	switch r.Page {
	case pageAdmit:
		if d.Session.May(access.ActStayAdmit) {
			who, bed := parseAdmit(r.ID)
			return newAdmitScreen(h, d, who, bed)
		}
	case pageBoard:
		if bed := parseBed(r.ID); saved == nil && !bed.IsZero() {
			return newBoardScreen(h, d, bed)
		}
	case pageMove:
		if who, stay, ok := parseStay(r.ID); ok && saved == nil && d.Session.May(access.ActStayTransfer) {
			return newBoardScreen(h, d, &pick{who: ward.Inpatient{Who: ward.Who{ID: who}, Stay: stay}})
		}
	case pageStay:
		if who, stay, ok := parseStay(r.ID); ok {
			return newStayScreen(h, d, who, stay)
		}
	case pageList:
		return newListScreen(h, d, saved)
	}
	return newBoardScreen(h, d, saved)
}

// BoardRoute leads to the board.
func BoardRoute() kit.Route { return kit.Route{Place: PlaceBeds} }

// bedRoute leads to the board, with a bed selected.
func bedRoute(bed ward.BedID) kit.Route { return kit.Route{Place: PlaceBeds, ID: bed.String()} }

// AdmitRoute leads to the admission of a patient, as pages about patients know him.
func AdmitRoute(patientID string) kit.Route {
	return kit.Route{Place: PlaceBeds, Page: pageAdmit, ID: patientID + "/"}
}

// admitTo is the form with a bed chosen already.
func admitTo(who patient.ID, bed ward.BedID) kit.Route {
	id := "/" + bed.String()
	if !who.IsZero() {
		id = who.String() + id
	}
	return kit.Route{Place: PlaceBeds, Page: pageAdmit, ID: id}
}

// parseAdmit reads what an admission begins with; what can't be read is not known yet.
func parseAdmit(id string) (patient.ID, ward.BedID) {
	who, bed, _ := strings.Cut(id, "/")
	w, _ := uuid.Parse(who)
	b, _ := uuid.Parse(bed)
	return patient.ID(w), ward.BedID(b)
}

// StayRoute leads to a stay's page.
func StayRoute(who patient.ID, stay ward.StayID) kit.Route {
	return kit.Route{Place: PlaceBeds, Page: pageStay, ID: who.String() + "/" + stay.String()}
}

// moveRoute leads to the board, with the beds lit up that suit somebody who is in.
func moveRoute(who ward.Inpatient) kit.Route {
	return kit.Route{Place: PlaceBeds, Page: pageMove, ID: who.ID.String() + "/" + who.Stay.String()}
}

func parseStay(id string) (patient.ID, ward.StayID, bool) {
	who, stay, _ := strings.Cut(id, "/")
	w, err := uuid.Parse(who)
	s, err2 := uuid.Parse(stay)
	return patient.ID(w), ward.StayID(s), err == nil && err2 == nil
}

func (d *Desk) widths(table string) kit.Widths {
	if d.Widths == nil {
		return nil
	}
	return d.Widths(table)
}

// after is how a screen waits for a pause in typing.
func (d *Desk) after(a *kit.Async) kit.Later {
	if d.later != nil {
		return d.later
	}
	return kit.After(a)
}

func (d *Desk) may(a access.Action) bool { return d.Session.May(a) }

// today is the day at the hospital.
func today(h kit.Host) term.Date {
	now := h.Now()
	return term.DateOf(now, now.Location())
}

// ctrl is Ctrl, on macOS Command.
const ctrl = fyne.KeyModifierShortcutDefault

// wish names what a person wants to have done, so that pressing the button again after a failure does it once. Other content is another wish.
type wish[T comparable] struct {
	content   T
	operation uuid.UUID
}

func (w *wish[T]) of(content T) uuid.UUID {
	if w.operation == uuid.Nil || w.content != content {
		w.content, w.operation = content, uuid.New()
	}
	return w.operation
}
