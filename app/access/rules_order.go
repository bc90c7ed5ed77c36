package access

import "wardbook/data"

// TableOrders holds what doctors ask for: what, for whom and how soon, and nothing of why or of results.
const TableOrders TableName = "orders"

// Actions about tests and treatments that doctors ask for.
const (
	ActOrderAsk        Action = "order.ask"
	ActOrderFind       Action = "order.find"
	ActOrderList       Action = "order.list"
	ActOrderSchedule   Action = "order.schedule"
	ActOrderReschedule Action = "order.reschedule"
	ActOrderCancel     Action = "order.cancel"
	ActOrderDone       Action = "order.done"
)

// orderRules are about tests and treatments that doctors ask for. Data entry sees what is to be done, for it will enter the results; it schedules
// nothing.
var orderRules = []Rule{
	{Action: ActOrderAsk, Roles: Doctor | Machine, Reads: []TableName{TablePatients, TableUsers}, Writes: []TableName{TableOrders}, Patient: true,
		Says: data.Say("policy.order.ask", "Order a test or a treatment")},
	{Action: ActOrderFind, Roles: staff | Machine, Reads: []TableName{TableOrders, TableAppointments},
		Says: data.Say("policy.order.find", "Find an order that is to be changed")},
	{Action: ActOrderList, Roles: staff, Reads: with(plan, TableOrders, TableAppointments, TablePatients),
		Says: data.Say("policy.order.list", "See which tests and treatments wait to be scheduled")},
	{Action: ActOrderSchedule, Roles: FrontDesk | Machine, Reads: with(plan, TablePatients), Writes: with(bookable, TableOrders), Patient: true,
		Says: data.Say("policy.order.schedule", "Schedule a test or a treatment on a machine or in a room")},
	{Action: ActOrderReschedule, Roles: FrontDesk, Reads: with(plan, TablePatients), Writes: with(bookable, TableOrders),
		Says: data.Say("policy.order.reschedule", "Take back the sessions of a test or a treatment, to schedule it anew")},
	{Action: ActOrderCancel, Roles: Doctor, Reads: with(plan, TablePatients), Writes: with(bookable, TableOrders),
		Says: data.Say("policy.order.cancel", "Cancel an order with its sessions")},
	{Action: ActOrderDone, Roles: staff, Reads: with(plan, TablePatients), Writes: with(bookable, TableOrders),
		Says: data.Say("policy.order.done", "Mark that a test or a treatment is done")},
}
