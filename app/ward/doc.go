// Package ward is where patients lie: wards, rooms with their beds, the state of each bed, and stays: admission, transfer, discharge.
//
// It promises that a bed holds one patient at most and a patient lies in one bed at most, whoever asks at the same time; that a stay is a chain of
// spans in beds without gap or overlap; that a bed is occupied exactly while a stay says so; that nothing with a patient in it is closed
// or removed; and that whoever has left stays in the book complete. Beds and their states name nobody: who may see patients
// learns from stays who lies where, administrators do not.
//
// Use cases take the *access.Session first. Packages of app above it read stays; ui calls the use cases.
package ward
