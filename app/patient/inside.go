package patient

import "wardbook/data"

// In gives a patient inside a transaction of a use case of another package whose action names the table of patients: for who is admitted or
// booked. NotFound. That the patient may be seen the door has decided, by the Patient mark of the action.
func In(tx data.Tx, id ID) (Row, error) { return patients.Get(tx, id) }
