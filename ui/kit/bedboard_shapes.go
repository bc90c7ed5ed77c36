package kit

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	base "fyne.io/fyne/v2/theme"

	"wardbook/ui/theme"
)

// Shapes of the board's own. Those of meanings (free, closed) are the theme's.
const (
	shapePerson   = `<circle cx="12" cy="6" r="5"/><path d="M2 23c0-7 4-10 10-10s10 3 10 10z"/>`
	shapeDrop     = `<path d="M12 1c5 7 8 10 8 14a8 8 0 0 1-16 0c0-4 3-7 8-14z"/>`
	shapeBookmark = `<path d="M5 1h14v22l-7-6-7 6z"/>`
	shapeWomen    = `<path d="M12 1a7 7 0 0 1 1.5 13.8V17H17v3h-3.5v3.5h-3V20H7v-3h3.5v-2.2A7 7 0 0 1 12 1zm0 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8z"/>`
	shapeMen      = `<path d="M14 1h9v9h-3V6.2l-4.1 4.1A7.5 7.5 0 1 1 13.7 8.1L17.8 4H14zM9.500 10a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z"/>`
	shapeGuard    = `<path d="M12 0l10 4v8c0 6-4 10-10 12C6 22 2 18 2 12V4zM12 3.3 5 6.1V12c0 4.3 2.6 7.1 7 8.8 4.4-1.7 7-4.5 7-8.8V6.1zM10.500 7h3v6h-3zM10.500 14.5h3v3h-3z"/>`
	shapePointer  = `<path d="M3 1l18 11L3 23z"/>`
	shapeTwins    = `<path d="M1 4h22v5H1zM1 15h22v5H1z"/>`
)

func drawnIn(name, shape string, ink fyne.ThemeColorName) fyne.Resource {
	svg := `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">` + shape + `</svg>`
	return base.NewColoredResource(fyne.NewStaticResource("board-"+name+".svg", []byte(svg)), ink)
}

// boardShapes are made once: a resource's address tells whether a shape is the one that was drawn.
var boardShapes = struct {
	person, drop, bookmark, women, men, guard, twins, critical, pointer fyne.Resource
}{
	drawnIn("person", shapePerson, base.ColorNameForeground), drawnIn("drop", shapeDrop, theme.Attention),
	drawnIn("bookmark", shapeBookmark, theme.Info), drawnIn("women", shapeWomen, base.ColorNameForeground),
	drawnIn("men", shapeMen, base.ColorNameForeground), drawnIn("guard", shapeGuard, theme.Urgent),
	drawnIn("twins", shapeTwins, theme.Attention), theme.ShapeIn(theme.Critical, base.ColorNameForegroundOnError),
	drawnIn("pointer", shapePointer, base.ColorNameForegroundOnPrimary),
}

// stencils are shapes as pictures, in the present theme: Fyne keeps one size of each, and reads it anew for every other.
type stencils struct {
	scale float32 // pixels of the screen for one of Fyne's
	made  map[stencil]image.Image
}

type stencil struct {
	shape fyne.Resource
	size  float32
}

func (s *stencils) clear(scale float32) { s.scale, s.made = scale, map[stencil]image.Image{} }

// of is the picture of a shape for a square of this size.
func (s *stencils) of(shape fyne.Resource, size float32) image.Image {
	if shape == nil {
		return nil
	}
	key := stencil{shape, size}
	if picture, ok := s.made[key]; ok {
		return picture
	}
	drawn := &canvas.Image{Resource: shape, FillMode: canvas.ImageFillContain}
	drawn.Resize(fyne.NewSquareSize(size * max(s.scale, 1)))
	drawn.Refresh()
	s.made[key] = drawn.Image
	return drawn.Image
}

// screenScale is how many pixels of the screen an object's own are.
func screenScale(o fyne.CanvasObject) float32 {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
		return c.Scale()
	}
	return 1
}

const (
	hatchStep = 10 // between two lines
	hatchSlab = 500
)

// hatching is an area of slanting lines: what is closed, for those who don't see the colour.
type hatching struct {
	raster *canvas.Raster
	ink    color.Color
}

func newHatching() *hatching {
	h := &hatching{}
	h.raster = canvas.NewRaster(h.picture)
	return h
}

// picture is called by Fyne, with a size in pixels of the screen.
func (h *hatching) picture(width, height int) image.Image {
	picture := image.NewNRGBA(image.Rect(0, 0, width, height))
	size := h.raster.Size()
	if size.Width <= 0 || h.ink == nil {
		return picture
	}
	scale := float32(width) / size.Width
	step := max(int(hatchStep*scale), 2)
	thick := max(step/5, 1)
	ink := color.NRGBAModel.Convert(h.ink).(color.NRGBA)
	for y := range height {
		for x := step - 1 - y%step; x < width+thick; x += step {
			for i := range thick {
				if x-i >= 0 && x-i < width {
					picture.SetNRGBA(x-i, y, ink)
				}
			}
		}
	}
	return picture
}
