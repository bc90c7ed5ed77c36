package access

import "wardbook/data"

// Tables of wards. Beds name nobody, so that administrators keep them without learning who lies there; stays and reservations do.
const (
	TableWards        TableName = "wards"
	TableRooms        TableName = "rooms"
	TableBeds         TableName = "beds"
	TableStays        TableName = "stays"
	TableReservations TableName = "reservations"
)

func init() { // the tests of the policy hold that no administrator reaches these
	identityTables[TableStays], identityTables[TableReservations] = true, true
}

// Actions about wards, rooms, beds and stays.
const (
	ActWardLook      Action = "ward.look"
	ActWardAdd       Action = "ward.add"
	ActWardChange    Action = "ward.change"
	ActWardVerify    Action = "ward.verify"
	ActBedClose      Action = "bed.close"
	ActBedClean      Action = "bed.clean"
	ActBedReserve    Action = "bed.reserve"
	ActBedRelease    Action = "bed.release"
	ActBoard         Action = "ward.board"
	ActStayAdmit     Action = "stay.admit"
	ActStayChange    Action = "stay.change"
	ActStayTransfer  Action = "stay.transfer"
	ActStayDischarge Action = "stay.discharge"
	ActStayUndo      Action = "stay.undo"
	ActStayList      Action = "stay.list"
	ActStayHistory   Action = "stay.history"
)

// places is what says where a bed stands.
var places = []TableName{TableWards, TableRooms}

// whoLies is all that says who lies where.
var whoLies = []TableName{TableWards, TableRooms, TableBeds, TableStays, TableReservations, TablePatients}

// wardRules are about wards, rooms, beds and stays.
var wardRules = []Rule{
	{Action: ActWardLook, Roles: Everybody | Machine, Reads: []TableName{TableWards, TableRooms, TableBeds},
		Says: data.Say("policy.ward.look", "See wards, rooms and which beds are free, without who lies there")},
	{Action: ActWardAdd, Roles: Administrator | Machine, Writes: []TableName{TableWards, TableRooms, TableBeds},
		Says: data.Say("policy.ward.add", "Add wards, rooms and beds")},
	{Action: ActWardChange, Roles: Administrator, Writes: []TableName{TableWards, TableRooms, TableBeds},
		Says: data.Say("policy.ward.change", "Change, close or remove wards and rooms without patients in them")},
	{Action: ActWardVerify, Roles: Machine, Reads: whoLies,
		Says: data.Say("policy.ward.verify", "Compare the beds with the stays")},
	{Action: ActBedClose, Roles: FrontDesk | Administrator | Machine, Reads: places, Writes: []TableName{TableBeds},
		Says: data.Say("policy.bed.close", "Close an empty bed for a reason, or open it again")},
	{Action: ActBedClean, Roles: FrontDesk | DataEntry | Machine, Reads: places, Writes: []TableName{TableBeds},
		Says: data.Say("policy.bed.clean", "Say that a bed is clean, or has to be cleaned")},
	{Action: ActBedReserve, Roles: FrontDesk | Machine, Reads: []TableName{TableWards, TableRooms, TableStays, TablePatients},
		Writes: []TableName{TableBeds, TableReservations}, Patient: true,
		Says: data.Say("policy.bed.reserve", "Reserve a bed for a patient")},
	{Action: ActBedRelease, Roles: FrontDesk, Reads: places, Writes: []TableName{TableBeds, TableReservations},
		Says: data.Say("policy.bed.release", "Take a reservation away")},
	{Action: ActBoard, Roles: staff, Reads: whoLies,
		Says: data.Say("policy.ward.board", "See who lies where, and which beds suit a patient")},
	{Action: ActStayAdmit, Roles: FrontDesk | Machine, Reads: []TableName{TableWards, TableRooms, TablePatients, TableUsers},
		Writes: []TableName{TableBeds, TableStays, TableReservations, TableNotices}, Patient: true,
		Says: data.Say("policy.stay.admit", "Admit a patient to a bed and tell the treating doctor")},
	{Action: ActStayChange, Roles: FrontDesk | Doctor, Reads: []TableName{TableWards, TableRooms, TableBeds, TablePatients, TableUsers},
		Writes: []TableName{TableStays, TableNotices}, Patient: true,
		Says: data.Say("policy.stay.change", "Change a stay's treating doctor, reason, needs or expected discharge")},
	{Action: ActStayTransfer, Roles: FrontDesk | Machine, Reads: []TableName{TableWards, TableRooms, TablePatients},
		Writes: []TableName{TableBeds, TableStays, TableReservations}, Patient: true,
		Says: data.Say("policy.stay.transfer", "Move patients to another bed, or swap two")},
	{Action: ActStayDischarge, Roles: FrontDesk | Machine,
		Reads:  []TableName{TableWards, TableRooms, TablePatients, TableReservations, TableOrders, TableAppointments}, // the last two: what may be open
		Writes: []TableName{TableBeds, TableStays}, Patient: true,
		Says: data.Say("policy.stay.discharge", "Discharge a patient; for a reason, although something is open")},
	{Action: ActStayUndo, Roles: FrontDesk, Reads: []TableName{TableWards, TableRooms, TablePatients, TableReservations},
		Writes: []TableName{TableBeds, TableStays}, Patient: true,
		Says: data.Say("policy.stay.undo", "Undo a mistaken discharge or admission")},
	{Action: ActStayList, Roles: staff | Machine, Reads: []TableName{TableStays, TablePatients, TableBeds},
		Says: data.Say("policy.stay.list", "List who is in, who is expected to leave and who has left")},
	{Action: ActStayHistory, Roles: staff, Reads: []TableName{TableStays, TablePatients}, Patient: true, Recorded: true,
		Says: data.Say("policy.stay.history", "See all stays of a patient")},
}
