package access

import "wardbook/data"

// Action is the name of what somebody does, as the book keeps it with every entry. Never change one that was released.
type Action string

// TableName is a table's name in the book.
type TableName string

// Table names of the whole hospital, so that the policy can name what packages above define. A test holds both together.
const (
	TableCounters     TableName = "counters" // the book's own
	TableUsers        TableName = "users"
	TableRules        TableName = "rules"
	TableConfidential TableName = "confidential"
	TableGlass        TableName = "glass"
	TableHouse        TableName = "house"
	TableNotices      TableName = "notices"
	TablePatients     TableName = "patients"
	TablePhotos       TableName = "photos"
)

// Clinical tables hold what is said of a patient's health. No action of front desk or administrator may reach one.
var clinicalTables = map[TableName]bool{}

// identity tables name patients. No action of an administrator may reach one.
var identityTables = map[TableName]bool{TablePatients: true, TablePhotos: true}

// Rule is a row of the policy: who may do an action, and which tables it reaches.
type Rule struct {
	Action Action
	Roles  Roles
	Reads  []TableName // what it writes it may read too
	Writes []TableName
	// Patient actions open one patient: where that patient is marked confidential, a reason must have been stated.
	Patient bool
	// Recorded reads leave a look in the book.
	Recorded bool
	// Unrefreshed actions work for a person who has to set a new password first.
	Unrefreshed bool
	// Says is what the action is, for the policy page.
	Says data.Message
}

// policy is the whole of it: the table that the door enforces and the policy page shows. A golden file shows every change
// to it in review.
var policy = func() map[Action]*Rule {
	all := map[Action]*Rule{}
	for _, rules := range tablesOfRules {
		for i := range rules {
			r := &rules[i]
			if all[r.Action] != nil {
				panic("two rules for the action " + string(r.Action)) // found by the first test
			}
			all[r.Action] = r
		}
	}
	return all
}()

// tablesOfRules are the parts of the policy, in the order in which it is shown.
var tablesOfRules = [][]Rule{sessionRules, adminRules, houseRules, patientRules, scheduleRules, orderRules, wardRules}

// Policy gives every rule, part by part.
func Policy() []Rule {
	var all []Rule
	for _, rules := range tablesOfRules {
		all = append(all, rules...)
	}
	return all
}

// Allows tells whether one of the roles may do the action; false for an action that is none.
func Allows(action Action, roles Roles) bool {
	r := policy[action]
	return r != nil && r.Roles.Any(roles)
}

// readable gives the tables that the roles read in one action or another: what their events may be about. What an action looks at in order to write
// is not read by the person who does it.
func readable(roles Roles) map[TableName]bool {
	tables := map[TableName]bool{}
	for _, r := range policy {
		if r.Roles.Any(roles) && len(r.Writes) == 0 {
			for _, t := range r.Reads {
				tables[t] = true
			}
		}
	}
	return tables
}
