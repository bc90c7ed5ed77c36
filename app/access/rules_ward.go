package access

// wardRules are about wards, rooms, beds and stays.
var wardRules = []Rule{}
