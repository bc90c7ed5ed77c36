// Package appointments is the windows over the book of appointments: the day of all doctors, booking, a single appointment, today's queue, the waiting
// list with its offers, the work list of tests and treatments without a time, and, for administrators, working hours, leave, holidays, machines and
// rooms.
//
// It promises that whom an appointment is for is never in doubt (the patient's banner stands over it), that a refusal loses nothing of what was
// entered and says what can be had instead, that nothing is shown as booked before it is, and that administrators see no patient. What a role may not
// do is not offered; the policy decides, not this package.
//
// Presenters (day, booking, visit, queue ...) are plain Go and tested through the door; views are thin. Package ui hands out its constructors; it knows
// nothing of the shell.
package appointments
