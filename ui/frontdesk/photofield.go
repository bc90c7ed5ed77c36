package frontdesk

import (
	"bytes"
	"context"
	"image"
	"image/color"
	_ "image/jpeg" // cameras give JPEG
	_ "image/png"  // and scanners PNG
	"io"
	"os"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"wardbook/app/patient"
	"wardbook/ui/kit"
)

// largestFile bounds what is read of a file, in bytes; what is larger the hospital would refuse anyway.
const largestFile = 20_000_000

// photoField shows a photo and lets another one be taken from a file, or none. The file's path can be typed, so that it needs no mouse.
type photoField struct {
	*kit.FieldFrame
	host    kit.Host
	reading *kit.Async
	wish    photoWish
	marks   int // how often another photo was put there
	there   bool
	path    *kit.Entry
	frame   *fyne.Container
	remove  *kit.Button
	buttons []*kit.Button
}

func newPhotoField(h kit.Host, pick func(func(path string))) *photoField {
	f := &photoField{host: h, reading: h.Async(), path: kit.NewEntry(), frame: container.NewStack()}
	f.path.SetPlaceHolder(kit.Say("patients.photo.path", "Path of a file, then Enter").Text())
	f.remove = kit.NewButton(kit.Say("patients.photo.remove", "Remove the photo").Text(), nil, f.takeAway)
	row := container.NewHBox()
	if pick != nil {
		choose := kit.NewButton(kit.Say("patients.photo.choose", "Choose a photo").Text(), nil, func() { pick(f.take) })
		f.buttons = append(f.buttons, choose)
		row.Add(choose)
	}
	f.buttons = append(f.buttons, f.remove)
	row.Add(f.remove)
	f.FieldFrame = kit.NewFieldFrame(kit.FieldSpec{Name: patient.FieldPhoto, Label: kit.Say("patients.photo", "Photo"), Wide: true,
		Hint: kit.Say("patients.photo.hint", "PNG or JPEG. Where and with what it was taken is not kept.")},
		kit.FieldInput{Object: container.NewVBox(container.NewHBox(f.frame), f.path, row), Focus: f.path, Read: f.read, Check: f.check, Enable: f.enable})
	f.path.OnEnter = f.Entered
	f.path.OnLeave = f.look
	f.path.OnSubmit = f.look
	f.path.OnChanged = func(string) { f.Edited() }
	f.draw(nil)
	return f
}

// read is the wish in a form that can be compared.
func (f *photoField) read() string {
	if !f.wish.any() {
		return strings.TrimSpace(f.path.Text)
	}
	return "photo " + strconv.Itoa(f.marks)
}

func (f *photoField) check() kit.Sentence {
	if strings.TrimSpace(f.path.Text) != "" {
		return kit.Say("patients.photo.unread", "This file has not been read. Press Enter in this field, or empty it.")
	}
	return kit.Sentence{}
}

// look reads the file whose path was typed.
func (f *photoField) look() {
	path := strings.Trim(strings.TrimSpace(f.path.Text), `"`)
	if path == "" || f.reading.Busy() {
		return
	}
	f.take(path)
}

type picture struct {
	file    []byte
	preview image.Image
}

// take reads a photo and makes its preview, on a goroutine of its own: both may take a second, and a drive on the network longer.
func (f *photoField) take(path string) {
	kit.Start(f.reading, func(context.Context, func(func())) (picture, error) {
		file, err := readFile(path)
		if err != nil {
			return picture{}, err
		}
		preview, err := previewOf(file)
		return picture{file, preview}, err
	}, func(p picture, err error) {
		if err != nil {
			f.SetError(kit.Say("patients.photo.unreadable", "This is no PNG or JPEG picture that can be read. Check the path, or choose another file."))
			return
		}
		f.wish = photoWish{file: p.file}
		f.put(p.preview)
	})
}

func (f *photoField) takeAway() {
	f.wish = photoWish{remove: f.there}
	f.put(nil)
}

// put shows what the person wants.
func (f *photoField) put(preview image.Image) {
	f.marks++
	changed := f.path.OnChanged
	f.path.OnChanged = nil
	f.path.SetText("")
	f.path.OnChanged = changed
	f.SetError(kit.Sentence{})
	f.draw(preview)
	f.Edited()
}

// show shows the photo that is there; the person has not changed it then.
func (f *photoField) show(preview image.Image) {
	f.there = preview != nil
	if !f.wish.any() {
		f.draw(preview)
	}
}

// Sizes of the preview, in device-independent pixels.
const (
	previewWidth  = 120
	previewHeight = 150
)

func (f *photoField) draw(preview image.Image) {
	f.frame.RemoveAll()
	if preview == nil {
		f.remove.Disable()
		f.frame.Hide()
		return
	}
	f.remove.Enable()
	f.frame.Show()
	shown := canvas.NewImageFromImage(preview)
	shown.FillMode = canvas.ImageFillContain
	shown.SetMinSize(fyne.NewSize(previewWidth, previewHeight))
	f.frame.Add(shown)
}

func (f *photoField) enable(may bool) {
	for _, w := range []fyne.Disableable{f.path, f.buttons[0]} {
		if may {
			w.Enable()
		} else {
			w.Disable()
		}
	}
}

func readFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // it was only read
	return io.ReadAll(io.LimitReader(file, largestFile+1))
}

// previewEdge is the longer side of a preview, in pixels: a camera's picture as it is would be drawn anew, whole, with every letter typed.
const previewEdge = 480

// previewOf decodes a picture and makes it small. Pixels are left out rather than mixed: it is to recognise a face by, and is not kept.
func previewOf(file []byte) (image.Image, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	if config.Width*config.Height > 50_000_000 {
		return nil, image.ErrFormat
	}
	whole, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	bounds := whole.Bounds()
	step := max(1, (max(bounds.Dx(), bounds.Dy())+previewEdge-1)/previewEdge)
	little := image.NewRGBA(image.Rect(0, 0, max(1, bounds.Dx()/step), max(1, bounds.Dy()/step)))
	for y := range little.Rect.Dy() {
		for x := range little.Rect.Dx() {
			little.Set(x, y, color.RGBAModel.Convert(whole.At(bounds.Min.X+x*step, bounds.Min.Y+y*step)))
		}
	}
	return little, nil
}
