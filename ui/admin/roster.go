package admin

import (
	"context"

	"wardbook/app/access"
)

// roster is the list of people: what is read of it and what of that is shown.
type roster struct {
	session *access.Session
	all     []access.UserRow
	filter  string
	left    bool // those who have left are shown as well
}

// load reads everybody. It is slow.
func (r *roster) load(ctx context.Context) ([]access.UserRow, error) {
	return access.Users(ctx, r.session)
}

// total is how many there would be without a filter.
func (r *roster) total() int {
	return len(r.all) - r.hidden()
}

// hidden is how many are not shown because they have left.
func (r *roster) hidden() int {
	if r.left {
		return 0
	}
	return r.gone()
}

// gone is how many have left.
func (r *roster) gone() (count int) {
	for _, u := range r.all {
		if u.Value.Inactive {
			count++
		}
	}
	return count
}

// shown are those who fit the filter, by name.
func (r *roster) shown() []access.UserRow {
	var rows []access.UserRow
	for _, u := range r.all {
		if u.Value.Inactive && !r.left {
			continue
		}
		if matches(r.filter, u.Value.Name, u.Value.SignIn, u.Value.Email, u.Value.Speciality, u.Value.Registration, roleNames(u.Value.Roles)) {
			rows = append(rows, u)
		}
	}
	return rows
}

// namesOf are the names of people by the id under which the book keeps them as authors.
func namesOf(rows []access.UserRow) map[string]string {
	names := make(map[string]string, len(rows))
	for _, u := range rows {
		names[u.ID.String()] = u.Value.Name
	}
	return names
}
