// Package schedule is when doctors, machines and rooms are there and who comes to them when: working hours, leave, holidays, appointments, the
// queue of a day and the waiting list. Tests and treatments on machines and in rooms go through the same engine as patients to doctors.
//
// It promises: nobody is booked into the past, outside of hours, on leave or on a holiday; no time holds more than its capacity and no patient is in
// two places at once, whoever books at the same moment; a share of each session is kept for urgent patients until shortly before; whoever
// is refused hears why and gets alternatives; a freed time is offered to the first on the waiting list; a doctor has a notice of every appointment
// that is new, changed or cancelled, written in the same transaction; and no appointment is ever erased.
//
// Which times are taken is one record for each resource and week (Occupancy), read and written by whoever takes or frees one: so two desks can't both
// have the last place, on any engine, and looking for a free time reads no appointments. It is the sum of active appointments and open offers
// at every moment.
//
// Hours are local civil times in the hospital's zone, instants are UTC. Use cases take the *access.Session first; order books through the
// functions that take a transaction; ui calls the use cases.
package schedule
