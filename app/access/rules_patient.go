package access

import "wardbook/data"

// Actions about who patients are.
const (
	ActPatientSearch       Action = "patient.search"
	ActPatientMatch        Action = "patient.match"
	ActPatientOpen         Action = "patient.open"
	ActPatientPhoto        Action = "patient.photo"
	ActPatientRegister     Action = "patient.register"
	ActPatientChange       Action = "patient.change"
	ActPatientHistory      Action = "patient.history"
	ActPatientConfidential Action = "patient.confidential"
	ActGlassBreak          Action = "patient.reason"
)

const staff = FrontDesk | DataEntry | Doctor // those who deal with patients

var patientRules = []Rule{
	{Action: ActPatientSearch, Roles: staff | Machine, Reads: []TableName{TablePatients, TableCounters},
		Says: data.Say("policy.patient.search", "Find patients by name, number, phone or date of birth")},
	{Action: ActPatientMatch, Roles: staff | Machine, Reads: []TableName{TablePatients}, Recorded: true,
		Says: data.Say("policy.patient.match", "Learn from the number of a paper that a confidential patient is registered")},
	{Action: ActPatientOpen, Roles: staff, Reads: []TableName{TablePatients, TablePhotos, TableConfidential}, Patient: true, Recorded: true,
		Says: data.Say("policy.patient.open", "Open a patient: identity and contact")},
	{Action: ActPatientPhoto, Roles: staff, Reads: []TableName{TablePatients, TablePhotos}, Patient: true,
		Says: data.Say("policy.patient.photo", "See the photo of a patient who was opened")},
	{Action: ActPatientRegister, Roles: FrontDesk | Machine, Writes: []TableName{TablePatients, TablePhotos, TableCounters},
		Says: data.Say("policy.patient.register", "Register a patient, also an unknown one")},
	{Action: ActPatientChange, Roles: FrontDesk, Writes: []TableName{TablePatients, TablePhotos}, Patient: true,
		Says: data.Say("policy.patient.change", "Change a patient's identity and contact")},
	{Action: ActPatientHistory, Roles: FrontDesk | Doctor, Reads: []TableName{TablePatients, TableUsers}, Patient: true, Recorded: true,
		Says: data.Say("policy.patient.history", "See who changed a patient's identity, from what to what")},
	{Action: ActPatientConfidential, Roles: FrontDesk | Doctor, Writes: []TableName{TableConfidential, TablePatients}, Patient: true,
		Says: data.Say("policy.patient.confidential", "Mark a patient as confidential, or take the mark away")},
	{Action: ActGlassBreak, Roles: staff, Reads: []TableName{TablePatients}, Writes: []TableName{TableGlass, TableNotices},
		Says: data.Say("policy.patient.reason", "Open a confidential patient for a stated reason")},
}
