package appointments

import (
	"wardbook/app/access"
	"wardbook/app/order"
	"wardbook/app/schedule"
)

// changes tells whether an entry changed a record of one of the tables.
func changes(e access.Entry, tables ...access.TableName) bool {
	for _, record := range e.Records {
		for _, table := range tables {
			if n := number(table); n != 0 && record.Table == n {
				return true
			}
		}
	}
	return false
}

// number is what entries call a table; 0: no table of these packages.
func number(name access.TableName) uint16 {
	for _, table := range append(schedule.Tables(), append(order.Tables(), access.Tables()...)...) {
		if table.Name == string(name) {
			return table.Number
		}
	}
	return 0
}

// hoursChanged tells whether an entry changes when somebody or something is there.
func hoursChanged(e access.Entry) bool {
	return changes(e, access.TableHours, access.TableLeave, access.TableHolidays, access.TableEquipment, access.TableScheduleRules, access.TableUsers)
}
