package admin

import (
	"slices"
	"testing"

	"wardbook/app/access"
	"wardbook/app/term"
)

func row(name, signIn string, roles access.Roles, change ...func(*access.User)) access.UserRow {
	u := access.User{Name: name, SignIn: signIn, Roles: roles}
	for _, c := range change {
		c(&u)
	}
	return access.UserRow{Value: u}
}

func left(u *access.User) { u.Inactive = true }

func TestTheListShowsWhoFitsTheFilterAndCountsTheRest(t *testing.T) {
	opened(t)
	heart := func(u *access.User) { u.Speciality = "Cardiology" }
	r := roster{all: []access.UserRow{
		row("Ann Smith", "ann.smith", access.FrontDesk), row("José Núñez", "jose", access.Doctor, heart),
		row("Old Hand", "old", access.Doctor, left), row("Zoë Admin", "zoe", access.Administrator|access.DataEntry)}}
	for _, c := range []struct {
		filter string
		left   bool
		want   []string
		total  int
	}{
		{"", false, []string{"Ann Smith", "José Núñez", "Zoë Admin"}, 3},
		{"", true, []string{"Ann Smith", "José Núñez", "Old Hand", "Zoë Admin"}, 4},
		{"NUNEZ", false, []string{"José Núñez"}, 3},
		{"cardio", false, []string{"José Núñez"}, 3},
		{"doctor", true, []string{"José Núñez", "Old Hand"}, 4},
		{"entry zoe", false, []string{"Zoë Admin"}, 3},
		{"old", false, nil, 3},
		{"  ", false, []string{"Ann Smith", "José Núñez", "Zoë Admin"}, 3},
	} {
		r.filter, r.left = c.filter, c.left
		var got []string
		for _, u := range r.shown() {
			got = append(got, u.Value.Name)
		}
		if !slices.Equal(got, c.want) || r.total() != c.total {
			t.Errorf("%q, left %t: %v of %d, want %v of %d", c.filter, c.left, got, r.total(), c.want, c.total)
		}
	}
}

func TestOnlyAnAdministratorReadsThePeople(t *testing.T) {
	h := opened(t)
	r := roster{session: h.As(access.Administrator)}
	rows, err := r.load(t.Context())
	if err != nil || len(rows) != 5 {
		t.Errorf("%d people, %v; want 5", len(rows), err)
	}
	for _, role := range outsiders() {
		r := roster{session: h.As(role)}
		if rows, err := r.load(t.Context()); !term.Is(err, term.Forbidden) || len(rows) != 0 {
			t.Errorf("%s: %d people, %v; want a refusal", role.Code(), len(rows), err)
		}
	}
}
