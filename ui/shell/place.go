package shell

import (
	"fyne.io/fyne/v2"

	"wardbook/app/access"
	"wardbook/ui/kit"
)

// Place is something that the rail leads to.
type Place struct {
	Name   string // as routes call it: "patients"
	Title  kit.Sentence
	Icon   fyne.Resource
	Action access.Action // whoever may do it is offered the place
	Off    bool          // not on the rail: the bell or the menu leads there
	// New makes the screen of a route; saved is what the screen gave to Save when it was left, on the way back.
	New func(h kit.Host, r kit.Route, saved any) kit.Screen
}

// concerned is a screen that wants to hear of changes.
type concerned interface {
	// Concerns tells whether an entry changes what the screen shows. It must be quick: it is asked of every entry.
	Concerns(access.Entry) bool
}

// offered gives the places of the rail for these roles: what the policy allows, in the given order.
func offered(places []Place, s *access.Session) []Place {
	var may []Place
	for _, p := range places {
		if !p.Off && s.May(p.Action) {
			may = append(may, p)
		}
	}
	return may
}

func find(places []Place, name string) (Place, bool) {
	for _, p := range places {
		if p.Name == name {
			return p, true
		}
	}
	return Place{}, false
}
