package kit

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	base "fyne.io/fyne/v2/theme"

	"wardbook/ui/theme"
)

// chip is a remark in a frame.
type chip struct {
	tone Tone
	text string
}

// bannerDrawing is a banner being laid out from top to bottom.
type bannerDrawing struct {
	p           *PatientBanner
	objects     []fyne.CanvasObject
	left, right float32
	y           float32
	least       float32 // y that the photo reaches to
}

func (d *bannerDrawing) scale() float32 { return d.p.Theme().Size(base.SizeNameText) / normalText }

func (d *bannerDrawing) photo() {
	if d.p.banner.Photo == nil || d.right-d.left < 4*photoWidth {
		return // a narrow window needs its width for the name
	}
	photo := canvas.NewImageFromImage(d.p.banner.Photo)
	photo.FillMode = canvas.ImageFillContain
	photo.Move(fyne.NewPos(d.left, d.y))
	photo.Resize(fyne.NewSize(photoWidth, photoHeight))
	d.objects = append(d.objects, photo)
	d.least = d.y + photoHeight
	d.left += photoWidth + 2*bannerPad
}

// name writes as large as fits into one line; a name too long for that in a size still read from afar goes on in the next.
func (d *bannerDrawing) name() {
	name, width := d.p.banner.Name, d.right-d.left
	size, style := nameLargest*d.scale(), fyne.TextStyle{Bold: true}
	shrink := func(text string, least float32) {
		for size > least && fyne.MeasureText(text, size, style).Width > width {
			size = max(size-1, least)
		}
	}
	shrink(name, nameSmallest*d.scale())
	for _, word := range strings.Fields(name) {
		shrink(word, normalText*d.scale()) // rather small than broken inside a word
	}
	for _, line := range wrap(name, size, style, width, nameLines) {
		d.y += d.text(line, d.left, d.y, size, style, paint(d.p, base.ColorNameForeground)).Height
	}
}

// facts writes them beside each other, and none of them across two lines: half a number is another number.
func (d *bannerDrawing) facts() {
	size, style := 17*d.scale(), fyne.TextStyle{}
	facts := d.p.banner.facts()
	if where := d.p.banner.Where; where != "" {
		facts = append(facts, where)
	}
	x, height := d.left, fyne.MeasureText("Áy", size, style).Height
	for _, fact := range facts {
		need := fyne.MeasureText(fact, size, style).Width
		if x > d.left && x+need > d.right {
			x, d.y = d.left, d.y+height
		}
		for i, line := range wrap(fact, size, style, d.right-x, nameLines) {
			if i > 0 {
				d.y += height
			}
			d.text(line, x, d.y, size, style, paint(d.p, base.ColorNameForeground))
		}
		x += need + factGap
	}
	d.y += height
}

func (d *bannerDrawing) chips() {
	chips := d.p.banner.remarks()
	if len(chips) == 0 {
		return
	}
	d.y += bannerGap
	x, row := d.left, float32(0)
	for _, c := range chips {
		lines, size := d.measure(c)
		if x > d.left && x+size.Width > d.right {
			x, d.y, row = d.left, d.y+row+bannerGap, 0
		}
		d.chip(c, lines, fyne.NewPos(x, d.y), size)
		x, row = x+size.Width+bannerGap, max(row, size.Height)
	}
	d.y += row
}

func (d *bannerDrawing) chipText() (size float32, style fyne.TextStyle) {
	return d.p.Theme().Size(base.SizeNameText) * 1.1, fyne.TextStyle{Bold: true}
}

// measure is how a chip's text is broken into lines, and how large the chip is then.
func (d *bannerDrawing) measure(c chip) (lines []string, whole fyne.Size) {
	size, style := d.chipText()
	room := d.right - d.left - 3*bannerGap - size
	lines = wrap(c.text, size, style, room, chipLines)
	for _, line := range lines {
		need := fyne.MeasureText(line, size, style)
		whole = fyne.NewSize(max(whole.Width, need.Width), whole.Height+need.Height)
	}
	return lines, whole.AddWidthHeight(3*bannerGap+size, bannerGap)
}

// chip draws what is critical filled, everything else in a frame, all with the shape of their tone.
func (d *bannerDrawing) chip(c chip, lines []string, at fyne.Position, whole fyne.Size) {
	size, style := d.chipText()
	ink, fill := paint(d.p, c.tone.colour()), color.Color(color.Transparent)
	shape := c.tone.Shape()
	if c.tone == Critical {
		ink, fill = paint(d.p, base.ColorNameForegroundOnError), paint(d.p, base.ColorNameError)
		shape = theme.ShapeIn(theme.Critical, base.ColorNameForegroundOnError)
	}
	frame := &canvas.Rectangle{FillColor: fill, StrokeColor: paint(d.p, c.tone.colour()), StrokeWidth: 1.5, CornerRadius: 4}
	frame.Move(at)
	frame.Resize(whole)
	mark := &canvas.Image{Resource: shape, FillMode: canvas.ImageFillContain}
	mark.Move(at.AddXY(bannerGap, bannerGap/2+size*0.18))
	mark.Resize(fyne.NewSquareSize(size))
	d.objects = append(d.objects, frame, mark)
	y := at.Y + bannerGap/2
	for _, line := range lines {
		y += d.text(line, at.X+2*bannerGap+size, y, size, style, ink).Height
	}
}

func (d *bannerDrawing) text(text string, x, y, size float32, style fyne.TextStyle, ink color.Color) fyne.Size {
	object := &canvas.Text{Text: text, TextSize: size, TextStyle: style, Color: ink}
	object.Move(fyne.NewPos(x, y))
	object.Resize(object.MinSize())
	d.objects = append(d.objects, object)
	return object.MinSize()
}
