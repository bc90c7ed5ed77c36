package house_test

import (
	"bytes"
	"image"
	"image/png"
	"testing"

	"wardbook/app/house"
	"wardbook/data"
)

// TestALogoIsAWholePictureOfABearableSize: it is decoded at every desk and on every paper.
func TestALogoIsAWholePictureOfABearableSize(t *testing.T) {
	picture := func(w, h int) []byte {
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	good := picture(300, 100)
	for what, c := range map[string]struct {
		logo []byte
		ok   bool
	}{
		"none": {nil, true}, "a usual one": {good, true}, "the largest": {picture(2000, 2000), true}, "a banner": {picture(4000, 1000), true},
		"a header alone": {good[:33], false}, "cut off": {good[:len(good)-20], false}, "too many points": {picture(4000, 1001), false},
		"too wide": {picture(4001, 10), false}, "no picture": {[]byte("hello"), false},
	} {
		h := house.House{Name: "Saint Elsewhere", Zone: "Europe/Athens", Region: "GR", Logo: c.logo}
		if err := h.Check(); (err == nil) != c.ok || err != nil && !data.Is(err, data.Invalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
