package access

// scheduleRules are about working hours, appointments, the waiting list, machines and rooms for tests and treatments.
var scheduleRules = []Rule{}
