package ward

import (
	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/data"
)

// TreatsIn tells, inside a transaction that may read stays, whether a doctor treats or has treated a patient who was admitted.
func TreatsIn(tx data.Tx, doctor access.UserID, who patient.ID) (bool, error) {
	for row, err := range ofPatient.Rows(tx, data.Within(who)) {
		if err != nil {
			return false, err
		}
		if row.Value.Doctor == doctor && row.Value.Mistaken == "" {
			return true, nil
		}
	}
	return false, nil
}
