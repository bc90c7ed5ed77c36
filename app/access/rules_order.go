package access

// orderRules are about tests and treatments that doctors ask for.
var orderRules = []Rule{}
