package order

import (
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/data"
)

// Open gives what was ordered for a patient and is neither done nor cancelled, in words, inside a transaction of an action that reads orders: for
// the checklist before a discharge.
func Open(tx data.Tx, who patient.ID) (all []term.Text, err error) {
	for row, err := range byPatient.Rows(tx, data.Within(who)) {
		if err != nil {
			return nil, err
		}
		if o := row.Value; o.Status == Requested || o.Status == Scheduled {
			all = append(all, data.Say("order.open", "Ordered and not done: {{.What}} ({{.Status}})", "What", o.What.Display, "Status", o.Status.Text()))
		}
	}
	return all, nil
}
