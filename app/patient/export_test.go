package patient

import "wardbook/app/term"

// For the tests of this package.
var (
	Orientation = orientation
	LikeNames   = likeNames
	JaroWinkler = jaroWinkler
)

// Readings gives what each reading of a query asks of the index.
func Readings(query string, today term.Date) [][]string {
	var all [][]string
	for _, one := range parse(query, today) {
		all = append(all, one.prefixes())
	}
	return all
}
