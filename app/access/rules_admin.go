package access

import "wardbook/data"

// Actions of administration.
const (
	ActUserList       Action = "user.list"
	ActUserOpen       Action = "user.open"
	ActUserAdd        Action = "user.add"
	ActUserChange     Action = "user.change"
	ActUserDeactivate Action = "user.deactivate"
	ActUserReactivate Action = "user.reactivate"
	ActUserReset      Action = "user.reset"
	ActStaff          Action = "user.staff"
	ActPolicyRead     Action = "policy.read"
	ActRulesChange    Action = "policy.change"
	ActNewRecovery    Action = "policy.recovery"
	ActAuditRead      Action = "audit.read"
	ActGlassList      Action = "audit.glass"
)

var adminRules = []Rule{
	{Action: ActUserList, Roles: Administrator | Machine, Reads: []TableName{TableUsers},
		Says: data.Say("policy.user.list", "See who may sign in")},
	{Action: ActUserOpen, Roles: Administrator, Reads: []TableName{TableUsers},
		Says: data.Say("policy.user.open", "See a person's account and its history")},
	{Action: ActUserAdd, Roles: Administrator, Writes: []TableName{TableUsers},
		Says: data.Say("policy.user.add", "Add a person")},
	{Action: ActUserChange, Roles: Administrator, Writes: []TableName{TableUsers},
		Says: data.Say("policy.user.change", "Change a person's account and roles")},
	{Action: ActUserDeactivate, Roles: Administrator, Writes: []TableName{TableUsers},
		Says: data.Say("policy.user.deactivate", "Deactivate a person")},
	{Action: ActUserReactivate, Roles: Administrator, Writes: []TableName{TableUsers},
		Says: data.Say("policy.user.reactivate", "Let a deactivated person sign in again")},
	{Action: ActUserReset, Roles: Administrator, Writes: []TableName{TableUsers},
		Says: data.Say("policy.user.reset", "Give a person a one-time password")},
	{Action: ActStaff, Roles: Everybody | Machine, Reads: []TableName{TableUsers},
		Says: data.Say("policy.user.staff", "See the names of colleagues")},
	{Action: ActPolicyRead, Roles: Everybody | Machine, Reads: []TableName{TableRules, TableHouse},
		Says: data.Say("policy.policy.read", "Read this policy")},
	{Action: ActRulesChange, Roles: Administrator, Writes: []TableName{TableRules},
		Says: data.Say("policy.policy.change", "Change the rules for locking, signing out and passwords")},
	{Action: ActNewRecovery, Roles: Administrator, Writes: []TableName{TableNotices},
		Says: data.Say("policy.policy.recovery", "Make a new recovery key")},
	{Action: ActAuditRead, Roles: Administrator, Reads: []TableName{TableUsers, TableRules, TableHouse, TableGlass},
		Says: data.Say("policy.audit.read", "Read who saw and changed what, without clinical content")},
	{Action: ActGlassList, Roles: Administrator, Reads: []TableName{TableGlass, TableUsers},
		Says: data.Say("policy.audit.glass", "Read the reasons for which confidential patients were opened")},
}
