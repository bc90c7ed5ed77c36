package patient_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/data"
)

// halves is a picture that is red above and blue below.
func halves(w, h int) image.Image {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{R: 255, A: 255}
			if y >= h/2 {
				c = color.RGBA{B: 255, A: 255}
			}
			p.SetRGBA(x, y, c)
		}
	}
	return p
}

func picture(t *testing.T, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, halves(w, h)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// held is a JPEG as a phone writes it that was held in another way, with where it was taken.
func held(t *testing.T, w, h int, orientation uint16) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, halves(w, h), nil); err != nil {
		t.Fatal(err)
	}
	exif := []byte("Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00")
	exif = binary.LittleEndian.AppendUint16(exif, 0x0112)
	exif = append(exif, 3, 0, 1, 0, 0, 0)
	exif = binary.LittleEndian.AppendUint16(exif, orientation)
	exif = append(exif, 0, 0)
	exif = append(exif, "GPS 51.5 N 0.1 W"...)
	file := []byte{0xFF, 0xD8, 0xFF, 0xE1}
	file = binary.BigEndian.AppendUint16(file, uint16(len(exif)+2))
	return append(append(file, exif...), b.Bytes()[2:]...)
}

func setPhoto(t *testing.T, s *access.Session, row patient.Row, file []byte) (patient.Row, patient.Photo) {
	t.Helper()
	row, err := patient.SetPhoto(t.Context(), s, uuid.New(), row.ID, row.Version, file)
	if err != nil {
		t.Fatal(err)
	}
	photo, err := patient.ReadPhoto(t.Context(), s, row.ID)
	if err != nil {
		t.Fatal(err)
	}
	return row, photo
}

func TestPhotoIsBroughtToSize(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	row := register(t, desk, ann())
	if _, err := patient.ReadPhoto(t.Context(), desk, row.ID); !data.Is(err, data.NotFound) {
		t.Errorf("no photo yet: %v", err)
	}
	row, photo := setPhoto(t, desk, row, picture(t, 1600, 1200))
	if photo.Width != 640 || photo.Height != 480 || row.Value.Photo == 0 {
		t.Errorf("kept as %d x %d, version %d", photo.Width, photo.Height, row.Value.Photo)
	}
	noise := image.NewRGBA(image.Rect(0, 0, 900, 900))
	r := rand.New(rand.NewPCG(1, 2))
	for i := range noise.Pix {
		noise.Pix[i] = byte(r.Uint32())
	}
	var b bytes.Buffer
	if err := png.Encode(&b, noise); err != nil {
		t.Fatal(err)
	}
	before := row.Value.Photo
	row, photo = setPhoto(t, desk, row, b.Bytes())
	if len(photo.JPEG) > patient.MaxPhoto || row.Value.Photo == before {
		t.Errorf("%d bytes, version %d after %d", len(photo.JPEG), row.Value.Photo, before)
	}
	if hits := find(t, desk, "smith").Hits; !hits[0].Photo {
		t.Error("the list does not know of the photo")
	}
}

// TestPhotoKeepsNothingButThePicture, and stands upright however the camera was held.
func TestPhotoKeepsNothingButThePicture(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	row := register(t, desk, ann())
	// Where the upper, red half of the stored picture comes to lie.
	for orientation, where := range map[uint16]image.Point{1: {32, 4}, 2: {32, 4}, 3: {32, 44}, 4: {32, 44}, 5: {4, 32}, 6: {44, 32}, 7: {44, 32}, 8: {4, 32}, 9: {32, 4}} {
		file := held(t, 64, 48, orientation)
		var photo patient.Photo
		row, photo = setPhoto(t, desk, row, file)
		if bytes.Contains(photo.JPEG, []byte("GPS")) || bytes.Contains(photo.JPEG, []byte("Exif")) {
			t.Error("the photo tells where it was taken")
		}
		p, err := jpeg.Decode(bytes.NewReader(photo.JPEG))
		if err != nil {
			t.Fatal(err)
		}
		if size := p.Bounds().Size(); size != (image.Point{photo.Width, photo.Height}) || (orientation >= 5 && orientation <= 8) != (size.X < size.Y) {
			t.Errorf("orientation %d: %v", orientation, size)
		}
		if r, _, b, _ := p.At(where.X, where.Y).RGBA(); r < 0xC000 || b > 0x4000 {
			t.Errorf("orientation %d: the red half is not at %v", orientation, where)
		}
	}
}

func TestWhatIsNoPhoto(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	row := register(t, desk, ann())
	vast := append([]byte{}, picture(t, 20, 20)...)
	binary.BigEndian.PutUint32(vast[16:], 60_000) // a header that promises more than a machine holds
	binary.BigEndian.PutUint32(vast[20:], 60_000)
	wide := append([]byte{}, vast...) // 49 million points of eight bytes: under the bound for points alone, 400 MB when decoded
	wide[24], wide[25] = 16, 6
	binary.BigEndian.PutUint32(wide[16:], 7000)
	binary.BigEndian.PutUint32(wide[20:], 7000)
	binary.BigEndian.PutUint32(wide[29:], crc32.ChecksumIEEE(wide[12:29]))
	if fits, err := patient.FitsMemory(wide); fits || err != nil {
		t.Errorf("a picture of 400 MB would be decoded: %v", err)
	}
	for what, file := range map[string][]byte{"text": []byte("hello"), "cut off": picture(t, 300, 300)[:200], "tiny": picture(t, 2, 2), "GIF": []byte("GIF89a" + string(make([]byte, 99))),
		"vast": vast, "wide": wide, "large": make([]byte, 21_000_000)} {
		if _, err := patient.SetPhoto(t.Context(), desk, uuid.New(), row.ID, row.Version, file); !data.Is(err, data.Invalid) || !slices.Equal(fields(err), []string{"photo"}) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := patient.SetPhoto(t.Context(), h.As(access.Doctor), uuid.New(), row.ID, row.Version, picture(t, 20, 20)); !data.Is(err, data.Forbidden) {
		t.Errorf("a doctor: %v", err)
	}
}

// TestPhotoGoesWithTheConsent: no photo against the patient's will, and none kept after it.
func TestPhotoGoesWithTheConsent(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	row := register(t, desk, ann())
	row, _ = setPhoto(t, desk, row, picture(t, 40, 60))
	d := row.Value.Draft
	d.Consent.Photo = patient.No
	row, err := patient.Change(t.Context(), desk, uuid.New(), row.ID, row.Version, d)
	if err != nil || row.Value.Photo != 0 {
		t.Fatalf("photo %d: %v", row.Value.Photo, err)
	}
	if _, err := patient.ReadPhoto(t.Context(), desk, row.ID); !data.Is(err, data.NotFound) {
		t.Errorf("the photo is still there: %v", err)
	}
	if _, err := patient.SetPhoto(t.Context(), desk, uuid.New(), row.ID, row.Version, picture(t, 40, 60)); !slices.Equal(fields(err), []string{"photo"}) {
		t.Errorf("against the patient's will: %v", err)
	}
	d.Consent.Photo = patient.Yes
	if row, err = patient.Change(t.Context(), desk, uuid.New(), row.ID, row.Version, d); err != nil {
		t.Fatal(err)
	}
	row, _ = setPhoto(t, desk, row, picture(t, 40, 60))
	if row, err = patient.SetPhoto(t.Context(), desk, uuid.New(), row.ID, row.Version, nil); err != nil || row.Value.Photo != 0 {
		t.Errorf("taken away: %d %v", row.Value.Photo, err)
	}
}

func FuzzPhoto(f *testing.F) {
	f.Add([]byte("\xFF\xD8\xFF\xE1\x00\x1AExif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00"))
	f.Add([]byte("\xFF\xD8\xFF\xE1\x00\x0EExif\x00\x00MM\x00*\xFF\xFF\xFF\xFE"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if o := patient.Orientation(file); o < 1 || o > 8 {
			t.Errorf("orientation %d", o)
		}
	})
}
