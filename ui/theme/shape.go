package theme

import (
	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
)

// shapes are what goes with the colours that have a meaning, for those who don't see the colours: no two alike, even
// small and in one colour.
var shapes = map[fyne.ThemeColorName]string{
	Critical:  `<path d="M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4z"/>`,
	Urgent:    `<path d="M12 1.5 23.5 22H.5z"/>`,
	Attention: `<path d="M12 .5 23.5 12 12 23.5.5 12z"/>`,
	Good:      `<path d="M9.2 20.5 1.5 12.8l2.9-2.9 4.8 4.8L19.6 4.3l2.9 2.9z"/>`,
	Info:      `<circle cx="12" cy="12" r="8"/>`,
	Blocked: `<path d="M3 1h18v22H3z M5.5 3.5v17h13v-17z"/><path d="M3 8 10 1h4L3 12z M3 16 18 1h3v1L3 20z M6 23 21 8v4L10 23z ` +
		`M14 23l7-7v4l-3 3z"/>`,
}

// ShapeIn is the picture of Shape in another colour: on a ground that has its own.
func ShapeIn(meaning, ink fyne.ThemeColorName) fyne.Resource {
	return base.NewColoredResource(fyne.NewStaticResource(string(meaning)+".svg", svg(meaning)), ink)
}

func svg(meaning fyne.ThemeColorName) []byte {
	return []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">` + shapes[meaning] + `</svg>`)
}

var drawn = func() map[fyne.ThemeColorName]fyne.Resource {
	resources := map[fyne.ThemeColorName]fyne.Resource{}
	for name := range shapes {
		resources[name] = ShapeIn(name, name)
	}
	return resources
}()

// Shape is the picture that goes with a colour that has a meaning (Critical, Urgent, ...), in that colour; nil for a
// colour that has none.
func Shape(meaning fyne.ThemeColorName) fyne.Resource { return drawn[meaning] }
