package frontdesk

import (
	"fyne.io/fyne/v2"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// PlacePatients is the name of the place, as routes call it, and OpensPatients what opens it.
const (
	PlacePatients = "patients"
	OpensPatients = access.ActPatientSearch
)

// Pages of the place.
const (
	pageList = ""
	pageNew  = "new"
	pageOne  = "page"
	pageEdit = "edit"
	// pageUnknown is the list on which an unknown patient is being registered.
	pageUnknown = "unknown"
)

// Desk is what the place needs of the program. Session must be there; what else is missing is not offered.
type Desk struct {
	Session *access.Session
	// Region is the hospital's country: phones without a country code are of there, and dates are read in its order.
	Region term.Country
	// Language is what countries and languages are named in; English where empty.
	Language term.Language
	// Book and Admit lead from a patient to an appointment and to a bed; nil where the person may not.
	Book, Admit func(patient string) kit.Route
	// Widths remembers the columns of a table by its name.
	Widths func(table string) kit.Widths
	// PickFile asks the person for a picture's path, on the window's goroutine, and answers there; nothing where none was chosen. The file is read
	// by who asked, away from that goroutine. A path can be typed without it.
	PickFile func(picked func(path string))

	later kit.Later // tests have their own
}

// New makes the screen of a route of the place; saved is what the screen gave to Save when it was left.
func (d *Desk) New(h kit.Host, r kit.Route, saved any) kit.Screen {
	switch r.Page {
	case pageNew:
		return newFormScreen(h, d, patient.ID{}, r.ID)
	case pageEdit, pageOne:
		id, ok := parseID(r.ID)
		switch {
		case !ok:
			return newListScreen(h, d, nil)
		case r.Page == pageEdit:
			return newFormScreen(h, d, id, "")
		}
		return newPageScreen(h, d, id, saved)
	}
	list := newListScreen(h, d, saved)
	if r.Page == pageUnknown && d.Session.May(access.ActPatientRegister) {
		list.atOnce = true
		list.registerUnknown()
	}
	return list
}

// UnknownRoute registers an unknown patient at once, from wherever one is, and leads to the page.
func UnknownRoute() kit.Route { return kit.Route{Place: PlacePatients, Page: pageUnknown} }

// PatientRoute leads to the page of the patient whom a search has found.
func PatientRoute(id string) kit.Route {
	return kit.Route{Place: PlacePatients, Page: pageOne, ID: id}
}

// RegisterRoute leads to the form of a new patient, with what was looked for in it.
func RegisterRoute(query string) kit.Route {
	return kit.Route{Place: PlacePatients, Page: pageNew, ID: query}
}

func editRoute(id patient.ID) kit.Route {
	return kit.Route{Place: PlacePatients, Page: pageEdit, ID: id.String()}
}

func (d *Desk) widths(table string) kit.Widths {
	if d.Widths == nil {
		return nil
	}
	return d.Widths(table)
}

func (d *Desk) language() term.Language {
	if d.Language == "" {
		return "en"
	}
	return d.Language
}

// after is how a screen waits for a pause in typing.
func (d *Desk) after(h kit.Host) kit.Later {
	if d.later != nil {
		return d.later
	}
	return kit.After(h.Async())
}

// parseID reads what a route names a patient by.
func parseID(text string) (patient.ID, bool) {
	id, err := uuid.Parse(text)
	return patient.ID(id), err == nil
}

// today is the day at the hospital.
func today(h kit.Host) term.Date {
	now := h.Now()
	return term.DateOf(now, now.Location())
}

// ctrl is Ctrl, on macOS Command.
const ctrl = fyne.KeyModifierShortcutDefault
