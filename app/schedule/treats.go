package schedule

import (
	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/data"
)

// TreatsIn tells, inside a transaction that may read appointments, whether a doctor has or had an appointment with a patient that was not cancelled.
func TreatsIn(tx data.Tx, doctor access.UserID, who patient.ID) (bool, error) {
	for row, err := range byPatient.Rows(tx, data.Within(who)) {
		if err != nil {
			return false, err
		}
		if row.Value.Resource == DoctorID(doctor) && row.Value.State != Cancelled {
			return true, nil
		}
	}
	return false, nil
}
