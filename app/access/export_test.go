package access

// What tests from outside look at.
var (
	UsersTable = users
	BySignIn   = bySignIn
	GlassTable = glass
)

// Clinical and Identity tell what a table holds.
func Clinical(t TableName) bool { return clinicalTables[t] }
func Identity(t TableName) bool { return identityTables[t] }
