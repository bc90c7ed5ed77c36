package patient

import (
	"bytes"
	"image"

	"wardbook/app/term"
)

// For the tests of this package.
var (
	Orientation = orientation
	LikeNames   = likeNames
	JaroWinkler = jaroWinkler
)

// FitsMemory tells whether a picture would be decoded at all.
func FitsMemory(file []byte) (bool, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(file))
	return fitsMemory(config), err
}

// Readings gives what each reading of a query asks of the index.
func Readings(query string, today term.Date) [][]string {
	var all [][]string
	for _, one := range parse(query, today) {
		all = append(all, one.prefixes())
	}
	return all
}
