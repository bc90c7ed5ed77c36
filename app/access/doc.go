// Package access is who may do what: roles, actions, the policy table, the people of the hospital, and Session, the one door
// through which every use case reaches the book.
//
// It promises: no use case runs without a session; a session does only what the policy allows to the roles that its person has
// at that moment; a transaction reaches only the tables that the action names; every change carries who, where, what and why; a
// refusal is recorded; a patient marked confidential is opened only after a reason was stated, which is recorded first.
//
// Packages of app above it call Session; hospital begins and ends sessions; ui asks Session what to offer, and is not trusted.
package access
