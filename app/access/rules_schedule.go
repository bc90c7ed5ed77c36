package access

import "wardbook/data"

// Tables of package schedule.
const (
	TableHours         TableName = "hours"
	TableLeave         TableName = "leave"
	TableEquipment     TableName = "equipment"
	TableHolidays      TableName = "holidays"
	TableScheduleRules TableName = "schedulerules"
	TableAppointments  TableName = "appointments"
	TableOccupancy     TableName = "occupancy" // which times are taken, without whose they are
	TableWaiting       TableName = "waiting"
	TableOffers        TableName = "offers"
)

// Who comes to whom is about patients: administrators keep hours and see no appointment.
func init() {
	for _, t := range []TableName{TableAppointments, TableWaiting, TableOffers, TableOrders} {
		identityTables[t] = true
	}
}

// Actions about working hours, appointments and the waiting list.
const (
	ActScheduleRead       Action = "schedule.read"
	ActScheduleHours      Action = "schedule.hours"
	ActScheduleLeave      Action = "schedule.leave"
	ActScheduleHolidays   Action = "schedule.holidays"
	ActScheduleEquipment  Action = "schedule.equipment"
	ActScheduleRules      Action = "schedule.rules"
	ActScheduleDay        Action = "schedule.day"
	ActScheduleOwn        Action = "schedule.own"
	ActScheduleProposals  Action = "schedule.proposals"
	ActScheduleStranded   Action = "schedule.stranded"
	ActAppointmentFind    Action = "appointment.find"
	ActAppointmentBook    Action = "appointment.book"
	ActAppointmentMove    Action = "appointment.move"
	ActAppointmentCancel  Action = "appointment.cancel"
	ActAppointmentArrive  Action = "appointment.arrive"
	ActAppointmentConsult Action = "appointment.consult"
	ActAppointmentsOf     Action = "appointment.patient"
	ActAppointmentHistory Action = "appointment.history"
	ActWaitingList        Action = "waiting.list"
	ActWaitingAdd         Action = "waiting.add"
	ActWaitingWithdraw    Action = "waiting.withdraw"
	ActOfferAnswer        Action = "offer.answer"
	ActOfferExpire        Action = "offer.expire"
)

// plan is what has to be known to say when somebody or something is free; none of it names a patient.
var plan = []TableName{TableHours, TableLeave, TableEquipment, TableHolidays, TableScheduleRules, TableUsers}

// bookable is what a change of an appointment writes: the appointment, the time it takes, what it means for those who wait, and who is told.
var bookable = []TableName{TableAppointments, TableOccupancy, TableWaiting, TableOffers, TableNotices}

func with(tables []TableName, more ...TableName) []TableName {
	return append(append([]TableName(nil), tables...), more...)
}

// scheduleRules are about working hours, appointments, the waiting list, machines and rooms for tests and treatments.
var scheduleRules = []Rule{
	{Action: ActScheduleRead, Roles: Everybody | Machine, Reads: plan,
		Says: data.Say("policy.schedule.read", "See working hours, leave, holidays, machines and rooms")},
	{Action: ActScheduleHours, Roles: Administrator | Machine, Reads: with(plan, TableOccupancy), Writes: []TableName{TableHours, TableNotices},
		Says: data.Say("policy.schedule.hours", "Set the working hours of doctors, machines and rooms")},
	{Action: ActScheduleLeave, Roles: Administrator | Machine, Reads: with(plan, TableOccupancy), Writes: []TableName{TableLeave, TableNotices},
		Says: data.Say("policy.schedule.leave", "Set the leave of doctors and when machines are out of order")},
	{Action: ActScheduleHolidays, Roles: Administrator | Machine, Reads: with(plan, TableOccupancy), Writes: []TableName{TableHolidays, TableNotices},
		Says: data.Say("policy.schedule.holidays", "Set the hospital's holidays")},
	{Action: ActScheduleEquipment, Roles: Administrator | Machine, Reads: with(plan, TableOccupancy), Writes: []TableName{TableEquipment, TableNotices},
		Says: data.Say("policy.schedule.equipment", "Add, change and close machines and rooms")},
	{Action: ActScheduleRules, Roles: Administrator | Machine, Writes: []TableName{TableScheduleRules},
		Says: data.Say("policy.schedule.rules", "Set how much of each session is kept for urgent patients")},
	{Action: ActScheduleDay, Roles: FrontDesk, Reads: with(plan, TableAppointments, TableOccupancy, TableOffers, TablePatients),
		Says: data.Say("policy.schedule.day", "See everybody's appointments of a day and the queue")},
	{Action: ActScheduleOwn, Roles: Doctor, Reads: with(plan, TableAppointments, TableOccupancy, TableOffers, TablePatients),
		Says: data.Say("policy.schedule.own", "See one's own appointments of a day and one's own queue")},
	{Action: ActScheduleProposals, Roles: FrontDesk | Doctor | Machine, Reads: with(plan, TableAppointments, TableOccupancy), Patient: true,
		Says: data.Say("policy.schedule.proposals", "See which times are free")},
	{Action: ActScheduleStranded, Roles: FrontDesk, Reads: with(plan, TableAppointments, TablePatients),
		Says: data.Say("policy.schedule.stranded", "See which appointments no longer fit the working hours")},
	{Action: ActAppointmentFind, Roles: FrontDesk | Doctor | Machine, Reads: []TableName{TableAppointments, TableWaiting, TableOffers},
		Says: data.Say("policy.appointment.find", "Find an appointment that is to be changed")},
	{Action: ActAppointmentBook, Roles: FrontDesk | Machine, Reads: with(plan, TablePatients), Writes: bookable, Patient: true,
		Says: data.Say("policy.appointment.book", "Book an appointment")},
	{Action: ActAppointmentMove, Roles: FrontDesk, Reads: with(plan, TablePatients), Writes: bookable,
		Says: data.Say("policy.appointment.move", "Move an appointment to another time or doctor")},
	{Action: ActAppointmentCancel, Roles: FrontDesk, Reads: with(plan, TablePatients), Writes: bookable,
		Says: data.Say("policy.appointment.cancel", "Cancel an appointment")},
	{Action: ActAppointmentArrive, Roles: FrontDesk, Reads: with(plan, TablePatients), Writes: bookable,
		Says: data.Say("policy.appointment.arrive", "Mark that a patient has arrived or did not come")},
	{Action: ActAppointmentConsult, Roles: FrontDesk | Doctor, Reads: with(plan, TablePatients), Writes: bookable,
		Says: data.Say("policy.appointment.consult", "Mark that a consultation has begun or is done")},
	{Action: ActAppointmentsOf, Roles: FrontDesk | Doctor, Reads: with(plan, TableAppointments, TablePatients, TableWaiting), Patient: true,
		Says: data.Say("policy.appointment.patient", "See the appointments of a patient")},
	{Action: ActAppointmentHistory, Roles: FrontDesk | Doctor, Reads: []TableName{TableAppointments, TableUsers}, Patient: true,
		Says: data.Say("policy.appointment.history", "See who booked, moved or cancelled an appointment")},
	{Action: ActWaitingList, Roles: FrontDesk, Reads: with(plan, TableWaiting, TableOffers, TablePatients),
		Says: data.Say("policy.waiting.list", "See the waiting list and what is offered")},
	{Action: ActWaitingAdd, Roles: FrontDesk | Machine, Reads: with(plan, TablePatients), Writes: []TableName{TableWaiting}, Patient: true,
		Says: data.Say("policy.waiting.add", "Put a patient on the waiting list")},
	{Action: ActWaitingWithdraw, Roles: FrontDesk, Reads: with(plan, TablePatients), Writes: bookable,
		Says: data.Say("policy.waiting.withdraw", "Take a patient off the waiting list")},
	{Action: ActOfferAnswer, Roles: FrontDesk, Reads: with(plan, TablePatients), Writes: bookable,
		Says: data.Say("policy.offer.answer", "Accept or decline an offered time for a patient")},
	{Action: ActOfferExpire, Roles: FrontDesk | Machine, Reads: with(plan, TablePatients), Writes: bookable,
		Says: data.Say("policy.offer.expire", "Let offers that nobody answered pass to the next in line")},
}
