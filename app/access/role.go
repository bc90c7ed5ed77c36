package access

import (
	"strings"

	"wardbook/data"
)

// Roles is the set of roles that a person holds. Its bits are stored: never change one.
type Roles uint8

// The roles.
const (
	FrontDesk     Roles = 1 << 0 // identity, appointments, beds; no clinical content
	DataEntry     Roles = 1 << 1 // vitals, results, doses, attachments
	Doctor        Roles = 1 << 2 // reads every patient, orders, prescribes, signs
	Administrator Roles = 1 << 3 // people, catalogues, settings, audit; no clinical content
)

// Machine is the program's own session for background work; no person can hold it.
const Machine Roles = 1 << 7

// Everybody is every role that a person may hold.
const Everybody = FrontDesk | DataEntry | Doctor | Administrator

// AllRoles gives the roles that a person may hold, in the order in which they are shown.
func AllRoles() []Roles { return []Roles{FrontDesk, DataEntry, Doctor, Administrator} }

// Has tells whether all of other is held.
func (r Roles) Has(other Roles) bool { return r&other == other }

// Any tells whether something of other is held.
func (r Roles) Any(other Roles) bool { return r&other != 0 }

// Each gives the roles of the set one by one.
func (r Roles) Each() []Roles {
	var each []Roles
	for _, one := range AllRoles() {
		if r.Has(one) {
			each = append(each, one)
		}
	}
	return each
}

// Code is the role's name for command lines and files: "desk", "entry", "doctor", "admin"; several with commas.
func (r Roles) Code() string {
	var codes []string
	for _, one := range r.Each() {
		codes = append(codes, roleCodes[one])
	}
	return strings.Join(codes, ",")
}

var roleCodes = map[Roles]string{FrontDesk: "desk", DataEntry: "entry", Doctor: "doctor", Administrator: "admin"}

// ParseRoles reads what Code wrote. Invalid, on field "roles", names what is none.
func ParseRoles(text string) (Roles, error) {
	var roles Roles
	for part := range strings.SplitSeq(text, ",") {
		found := false
		for role, code := range roleCodes {
			if strings.EqualFold(strings.TrimSpace(part), code) {
				roles, found = roles|role, true
			}
		}
		if !found {
			return 0, data.Fail(data.Invalid, "access.roles", data.Say("access.roles.unknown",
				"'{{.Role}}' is no role. Choose desk, entry, doctor or admin, or several with commas between them.", "Role", part), nil).On("roles")
		}
	}
	return roles, nil
}

// Name is the role as people say it; of one role only.
func (r Roles) Name() data.Message {
	switch r {
	case FrontDesk:
		return data.Say("access.role.desk", "Front desk")
	case DataEntry:
		return data.Say("access.role.entry", "Data entry")
	case Doctor:
		return data.Say("access.role.doctor", "Doctor")
	case Administrator:
		return data.Say("access.role.admin", "Administrator")
	case Machine:
		return data.Say("access.role.machine", "Wardbook itself")
	}
	return data.Say("access.role.none", "No role")
}
