package notice

import (
	"wardbook/app/access"
	"wardbook/data"
)

// Of a notice nobody hears but those it is for: that there is one for others says already that something happened.
func init() {
	access.Address(access.TableNotices, func(c data.Change, who access.UserID, roles access.Roles) bool {
		row, err := notices.Row(c.ID, c.Record)
		return err == nil && row.Value.For(who, roles)
	})
}
