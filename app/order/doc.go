// Package order is what doctors ask for: tests and treatments, for whom, how soon and how often; the work list of what has no time yet; and their
// sessions on machines and in rooms, which are appointments like any other (package schedule).
//
// It promises: an order is on the work list exactly as long as a session of it has no time; a series of sessions is booked whole or not at all; an
// order and its sessions change in one transaction; whoever ordered it is told when it is scheduled, moved or cancelled. What it holds is what the desk
// needs for scheduling: no indication, no result. "Clinical entry and the doctor" completes it in tables of its own.
//
// Use cases take the *access.Session first: doctors order, the desk schedules, data entry sees what is to be done.
package order
