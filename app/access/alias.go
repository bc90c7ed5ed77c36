package access

import "wardbook/data"

// Windows know the book's own types only by these names.
type (
	// Entry is one change of the book.
	Entry = data.Entry
	// Seq numbers them.
	Seq = data.Seq
	// PatientID names a patient in a Deed.
	PatientID = data.ID
)
