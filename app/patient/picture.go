package patient

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // cameras give JPEG, scanners PNG
	"math"
	"sync"

	"golang.org/x/image/draw"

	"wardbook/data"
)

// Limits of pictures.
const (
	MaxPhoto     = 200_000     // bytes as kept
	maxFile      = 20_000_000  // bytes as given
	maxDecoded   = 100_000_000 // bytes of memory that a picture takes while it is brought to size
	photoEdge    = 640         // pixels of the longer side as kept: a face on the largest banner, and on paper
	minPhotoEdge = 16
)

// makePhoto brings a picture to size and encodes it anew, so that nothing but the picture stays: cameras write into the file where it was taken.
// Invalid on "photo".
func makePhoto(file []byte) (Photo, error) {
	kind := invalid(FieldPhoto, data.Say("patient.photo.kind", "This is not a PNG or JPEG picture, or the file is damaged. Choose another."))
	large := invalid(FieldPhoto, data.Say("patient.photo.large", "This picture is too large. Choose one of at most 20 MB and 24 million points."))
	if len(file) > maxFile {
		return Photo{}, large
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(file))
	switch {
	case err != nil || config.Width < minPhotoEdge || config.Height < minPhotoEdge:
		return Photo{}, kind
	case !fitsMemory(config):
		return Photo{}, large
	}
	decoding.Lock()
	defer decoding.Unlock()
	picture, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return Photo{}, kind
	}
	upright := turn(fit(picture), orientation(file))
	for quality := 85; quality > 0; quality -= 15 {
		var out bytes.Buffer
		if err := jpeg.Encode(&out, upright, &jpeg.Options{Quality: quality}); err != nil {
			return Photo{}, kind
		}
		if out.Len() <= MaxPhoto {
			return Photo{JPEG: out.Bytes(), Width: upright.Bounds().Dx(), Height: upright.Bounds().Dy()}, nil
		}
	}
	return Photo{}, large
}

// decoding lets one picture at a time be brought to size: two desks' worth of memory for one program would be too much.
var decoding sync.Mutex

// fitsMemory holds a picture to the memory that it takes when decoded, which its header tells.
func fitsMemory(c image.Config) bool {
	return c.Width > 0 && c.Height > 0 && c.Width <= maxDecoded/bytesPerPoint(c.ColorModel)/c.Height
}

// bytesPerPoint is what the decoders of PNG and JPEG make of a point.
func bytesPerPoint(m color.Model) int {
	switch m {
	case color.GrayModel:
		return 1
	case color.Gray16Model:
		return 2
	case color.YCbCrModel: // three; a progressive JPEG takes some times that for the moment, which its header does not tell
		return 4
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	if _, palette := m.(color.Palette); palette {
		return 1
	}
	return 4
}

// fit makes a picture at most photoEdge on its longer side, on white where it is transparent.
func fit(picture image.Image) *image.RGBA {
	w, h := picture.Bounds().Dx(), picture.Bounds().Dy()
	if scale := photoEdge / float64(max(w, h)); scale < 1 {
		w, h = max(1, int(math.Round(float64(w)*scale))), max(1, int(math.Round(float64(h)*scale)))
	}
	small := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(small, small.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.CatmullRom.Scale(small, small.Bounds(), picture, picture.Bounds(), draw.Over, nil)
	return small
}

// turn sets a picture upright that a camera held otherwise: 2 to 8 as the Exif standard (CIPA DC-008, tag Orientation) counts them.
func turn(p *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return p
	}
	w, h := p.Bounds().Dx(), p.Bounds().Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if orientation >= 5 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			mirrored, flipped := w-1-x, h-1-y
			var tx, ty int
			switch orientation {
			case 2:
				tx, ty = mirrored, y
			case 3:
				tx, ty = mirrored, flipped
			case 4:
				tx, ty = x, flipped
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = flipped, x
			case 7:
				tx, ty = flipped, mirrored
			case 8:
				tx, ty = y, mirrored
			}
			out.SetRGBA(tx, ty, p.RGBAAt(x, y))
		}
	}
	return out
}
