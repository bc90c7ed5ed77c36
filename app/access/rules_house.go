package access

import "wardbook/data"

// Actions about the hospital itself and about notices.
const (
	ActHouseRead   Action = "house.read"
	ActHouseChange Action = "house.change"
	ActHouseSetUp  Action = "house.setup"
	ActNoticeList  Action = "notice.list"
	ActNoticeAck   Action = "notice.acknowledge"
)

var houseRules = []Rule{
	{Action: ActHouseRead, Roles: Everybody | Machine, Reads: []TableName{TableHouse}, Unrefreshed: true,
		Says: data.Say("policy.house.read", "See the hospital's name, zone and logo")},
	{Action: ActHouseChange, Roles: Administrator, Writes: []TableName{TableHouse},
		Says: data.Say("policy.house.change", "Change the hospital's name, zone and logo")},
	{Action: ActHouseSetUp, Roles: Machine, Writes: []TableName{TableHouse, TableUsers, TableRules, TableCounters},
		Says: data.Say("policy.house.setup", "Set up a new hospital with its first administrator")},
	{Action: ActNoticeList, Roles: Everybody, Reads: []TableName{TableNotices},
		Says: data.Say("policy.notice.list", "See one's own notices")},
	{Action: ActNoticeAck, Roles: Everybody, Writes: []TableName{TableNotices},
		Says: data.Say("policy.notice.acknowledge", "Acknowledge one's own notices")},
}
