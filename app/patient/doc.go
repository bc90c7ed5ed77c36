// Package patient is who the patients are: their identity, number, contact and photo; registering, finding, opening and
// changing them. Nothing in it is said of anybody's health.
//
// It promises that every patient has a medical record number that nobody else has or had; that of two people who register or
// change somebody at the same time neither loses anything; that all that is wrong with a form is said at once, each on its
// field; that a likely duplicate is shown and never forbidden; and that of a patient marked confidential a list shows name, number
// and the mark, and nothing else before a reason was stated.
//
// Use cases take the *access.Session first. Packages of app above it read patients by ID; ui calls the use cases.
package patient
