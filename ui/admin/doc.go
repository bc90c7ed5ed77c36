// Package admin is the administrator's places: the people who work here, the data security policy, the hospital's own facts, and the
// reasons for which confidential patients were opened. The policy is there for everybody else too, to read.
//
// It promises that the policy it shows is the table that the door enforces, that a password made here is shown once and kept nowhere, that what
// a person typed is not lost when saving fails, and that nothing of a patient is shown but a reference. Each screen is a presenter in plain Go, which
// reaches the book through a session only, and a thin view. The shell makes the screens; nothing else may call it.
package admin
