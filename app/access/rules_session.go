package access

import "wardbook/data"

// Actions around a person's own session.
const (
	ActSignIn       Action = "session.signin"
	ActSignOut      Action = "session.signout"
	ActLock         Action = "session.lock"
	ActUnlock       Action = "session.unlock"
	ActOwnPassword  Action = "session.password"
	ActSignInFailed Action = "session.failed"
	ActRecovery     Action = "session.recovery"
	// ActRefused stands in the book for whatever was refused; the action that was asked for is its reason.
	ActRefused Action = "session.refused"
)

var sessionRules = []Rule{
	{Action: ActSignIn, Roles: Everybody | Machine, Reads: []TableName{TableUsers, TableRules, TableHouse}, Unrefreshed: true,
		Says: data.Say("policy.session.signin", "Sign in")},
	{Action: ActSignOut, Roles: Everybody | Machine, Unrefreshed: true, Says: data.Say("policy.session.signout", "Sign out")},
	{Action: ActLock, Roles: Everybody | Machine, Unrefreshed: true, Says: data.Say("policy.session.lock", "Lock the desk")},
	{Action: ActUnlock, Roles: Everybody | Machine, Unrefreshed: true, Says: data.Say("policy.session.unlock", "Unlock the desk")},
	{Action: ActOwnPassword, Roles: Everybody, Writes: []TableName{TableUsers}, Unrefreshed: true,
		Says: data.Say("policy.session.password", "Change one's own password")},
	{Action: ActSignInFailed, Roles: Machine, Reads: []TableName{TableUsers}, Writes: []TableName{TableNotices},
		Says: data.Say("policy.session.failed", "Write down failed sign-ins and tell the administrators")},
	{Action: ActRecovery, Roles: Machine, Writes: []TableName{TableUsers, TableNotices},
		Says: data.Say("policy.session.recovery", "Open the hospital with the recovery key")},
}
