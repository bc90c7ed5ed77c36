package admin

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/app/house"
	"wardbook/ui/theme"
)

// opened is a hospital in memory, set up, with an application for its words.
func opened(t *testing.T) *accesstest.Hospital {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, theme.NormalText))
	h := accesstest.New(t, house.Tables()...)
	h.Update(founding(house.Found, house.House{Name: "Saint Elsewhere", Zone: "Europe/London", Region: "GB"}))
	return h
}

// founding makes a transaction of house.Found; windows don't know the type that a transaction has.
func founding[T any](found func(T, house.House) error, facts house.House) func(T) error {
	return func(tx T) error { return found(tx, facts) }
}

// outsiders are the roles that may not administer.
func outsiders() []access.Roles {
	return []access.Roles{access.FrontDesk, access.DataEntry, access.Doctor}
}
