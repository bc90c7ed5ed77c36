package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Sizes of a list that drops down, in device-independent pixels.
const (
	hitPad  = 6
	hitGap  = 4
	hitMost = 12 // rows; more are scrolled to
)

// hitRow is one thing that can be chosen from a list that drops down.
type hitRow struct {
	title, detail string
	hint          string    // after the title, paler
	notes         [2]Remark // at the right, of the title's line and the detail's
	key           string    // at the right, where there are no notes: the keys that do the same
	do            func()
}

// hitList is what drops down below something that is typed: rows, and a remark about all of them. It has no
// keyboard of its own: who types into the entry above moves in it with the arrows.
type hitList struct {
	widget.BaseWidget
	rows     []hitRow
	remark   *fyne.Container
	first    bool    // the remark stands over the rows: it says why they are what they are
	selected int     // -1 for none
	top      int     // first row that is seen
	fits     int     // rows that are seen
	above    float32 // where they begin
	twoLines bool
	panel    *canvas.Rectangle
	objects  []fyne.CanvasObject
}

func newHitList() *hitList {
	l := &hitList{selected: -1, panel: &canvas.Rectangle{StrokeWidth: 1, CornerRadius: 4}, remark: container.NewStack()}
	l.ExtendBaseWidget(l)
	return l
}

// show replaces everything; selected is the row that Enter would choose, -1 for none.
func (l *hitList) show(rows []hitRow, remark Remark, selected int) {
	l.rows, l.selected, l.top, l.twoLines = rows, selected, 0, false
	for _, row := range rows {
		l.twoLines = l.twoLines || row.detail != ""
	}
	l.first = remark.Tone != Plain
	l.remark.RemoveAll()
	if !remark.Sentence.Empty() {
		l.remark.Add(remarkLine(remark))
	}
	l.Refresh()
}

// remarkLine leaves a plain remark without a shape: 'n of m' is no news.
func remarkLine(remark Remark) fyne.CanvasObject {
	if remark.Tone != Plain {
		return RemarkRow(remark.Tone, remark.Sentence)
	}
	label := smallLabel()
	label.Wrapping = fyne.TextWrapWord
	label.SetText(remark.Sentence.Text())
	return label
}

// step moves the selection. Before the first row lies none, beyond the last one nothing.
func (l *hitList) step(by int) {
	if len(l.rows) == 0 {
		return
	}
	to := l.selected + by
	if l.selected < 0 && by > 0 {
		to = 0
	}
	l.selected = min(max(to, 0), len(l.rows)-1)
	l.reveal()
	l.Refresh()
}

func (l *hitList) reveal() {
	if l.selected < l.top {
		l.top = max(l.selected, 0)
	} else if l.fits > 0 && l.selected >= l.top+l.fits {
		l.top = l.selected - l.fits + 1
	}
}

// choose does what the selected row is for, and tells whether there was one.
func (l *hitList) choose() bool {
	if l.selected < 0 || l.selected >= len(l.rows) {
		return false
	}
	l.rows[l.selected].do()
	return true
}

// keys are what an entry gives to the list below it.
func (l *hitList) keys() Keys {
	page := func() int { return max(l.fits-1, 1) }
	return Keys{
		fyne.KeyDown:     func() { l.step(1) },
		fyne.KeyUp:       func() { l.step(-1) },
		fyne.KeyPageDown: func() { l.step(page()) },
		fyne.KeyPageUp:   func() { l.step(-page()) },
	}
}

func (l *hitList) rowHeight() float32 {
	height := fyne.MeasureText("Áy", l.Theme().Size(base.SizeNameText), fyne.TextStyle{Bold: true}).Height
	if l.twoLines {
		height += fyne.MeasureText("Áy", l.Theme().Size(base.SizeNameCaptionText), fyne.TextStyle{}).Height
	}
	return height + hitGap
}

// height is what the list wants to be high at this width, and at most.
func (l *hitList) height(width, most float32) float32 {
	rest, row := l.remarkHeight(width)+2*hitPad, l.rowHeight()
	rows := min(len(l.rows), hitMost, max(int((most-rest)/row), 1))
	return min(float32(rows)*row+rest, most)
}

func (l *hitList) remarkHeight(width float32) float32 {
	if len(l.remark.Objects) == 0 {
		return 0
	}
	// Text that wraps knows its height only after it knows its width.
	l.remark.Resize(fyne.NewSize(max(width-2*hitPad, 1), 1))
	return l.remark.MinSize().Height
}

func (l *hitList) rowAt(y float32) int {
	y -= l.above
	row := l.top + int(y/l.rowHeight())
	if y < 0 || row >= min(l.top+l.fits, len(l.rows)) {
		return -1
	}
	return row
}

// Tapped chooses the row under the mouse.
func (l *hitList) Tapped(event *fyne.PointEvent) {
	if row := l.rowAt(event.Position.Y); row >= 0 {
		l.selected = row
		l.choose()
	}
}

// MouseDown shows what a click is going to choose, before it does.
func (l *hitList) MouseDown(event *desktop.MouseEvent) {
	if row := l.rowAt(event.Position.Y); row >= 0 {
		l.selected = row
		l.Refresh()
	}
}

// MouseUp is called by Fyne.
func (l *hitList) MouseUp(*desktop.MouseEvent) {}

// Scrolled is called by Fyne when the mouse's wheel is turned.
func (l *hitList) Scrolled(event *fyne.ScrollEvent) {
	by := 1
	if event.Scrolled.DY > 0 {
		by = -1
	}
	l.top = min(max(l.top+by, 0), max(len(l.rows)-l.fits, 0))
	l.Refresh()
}

// CreateRenderer is called by Fyne.
func (l *hitList) CreateRenderer() fyne.WidgetRenderer { return hitListRenderer{l} }

type hitListRenderer struct{ l *hitList }

func (r hitListRenderer) Destroy()                     {}
func (r hitListRenderer) Objects() []fyne.CanvasObject { return r.l.objects }
func (r hitListRenderer) MinSize() fyne.Size           { return fyne.NewSize(1, 1) }

// Refresh is called by Fyne.
func (r hitListRenderer) Refresh() {
	r.Layout(r.l.Size())
	canvas.Refresh(r.l)
}

// Layout draws anew: a list that drops down is short.
func (r hitListRenderer) Layout(size fyne.Size) {
	l := r.l
	l.panel.FillColor, l.panel.StrokeColor = paint(l, base.ColorNameOverlayBackground), paint(l, base.ColorNameInputBorder)
	l.panel.Resize(size)
	remark := l.remarkHeight(size.Width)
	height := l.rowHeight()
	l.fits = min(max(int((size.Height-2*hitPad-remark)/height), 0), len(l.rows))
	l.top = min(l.top, max(len(l.rows)-l.fits, 0))
	l.objects = []fyne.CanvasObject{l.panel}
	below := hitPad + float32(l.fits)*height
	if l.above = hitPad; l.first {
		l.above, below = hitPad+remark, hitPad
	}
	for i := range l.fits {
		l.drawRow(l.top+i, l.above+float32(i)*height, size.Width, height)
	}
	if len(l.rows) > l.fits && l.fits > 0 {
		l.drawBar(size.Width, height)
	}
	l.remark.Move(fyne.NewPos(hitPad, below))
	l.remark.Resize(fyne.NewSize(max(size.Width-2*hitPad, 1), remark))
	l.objects = append(l.objects, l.remark)
}

func (l *hitList) drawRow(i int, top, width, height float32) {
	row := l.rows[i]
	if i == l.selected {
		ground := &canvas.Rectangle{FillColor: paint(l, base.ColorNameSelection), StrokeColor: paint(l, base.ColorNamePrimary), StrokeWidth: focusStroke}
		ground.Move(fyne.NewPos(2, top))
		ground.Resize(fyne.NewSize(width-4, height))
		l.objects = append(l.objects, ground)
	}
	size, small := l.Theme().Size(base.SizeNameText), l.Theme().Size(base.SizeNameCaptionText)
	left, right := float32(2*hitPad), width-2*hitPad
	bold := fyne.TextStyle{Bold: l.twoLines}
	end := l.drawNote(row.notes[0], right, top+hitGap/2, size)
	if row.key != "" && row.notes[0].Sentence.Empty() {
		end = l.drawRight(row.key, right, top+hitGap/2, size, paint(l, base.ColorNamePlaceHolder))
	}
	at := l.drawText(row.title, left, end-hitPad, top+hitGap/2, size, bold, paint(l, base.ColorNameForeground))
	if from := left + fyne.MeasureText(row.title, size, bold).Width + 2*hitPad; row.hint != "" && from < end-4*hitPad {
		l.drawText(row.hint, from, end-hitPad, top+hitGap/2, size, bold, paint(l, base.ColorNamePlaceHolder))
	}
	if row.detail != "" {
		end := l.drawNote(row.notes[1], right, at, small)
		l.drawText(row.detail, left, end-hitPad, at, small, fyne.TextStyle{}, paint(l, base.ColorNameForeground))
	}
}

// drawText draws as much as fits between left and right, and answers where the next line begins.
func (l *hitList) drawText(text string, left, right, top, size float32, style fyne.TextStyle, c color.Color) float32 {
	shown, _ := cut(text, size, style, right-left)
	object := &canvas.Text{Text: shown, TextSize: size, TextStyle: style, Color: c}
	object.Move(fyne.NewPos(left, top))
	object.Resize(object.MinSize())
	l.objects = append(l.objects, object)
	return top + object.MinSize().Height
}

// drawRight draws a text that ends at right, and answers where it begins.
func (l *hitList) drawRight(text string, right, top, size float32, c color.Color) float32 {
	left := right - fyne.MeasureText(text, size, fyne.TextStyle{}).Width
	l.drawText(text, left, right+1, top, size, fyne.TextStyle{}, c)
	return left
}

// drawNote draws a remark that ends at right, and answers where it begins.
func (l *hitList) drawNote(note Remark, right, top, size float32) float32 {
	if note.Sentence.Empty() {
		return right
	}
	left := l.drawRight(note.Sentence.Text(), right, top, size, paint(l, note.Tone.colour()))
	if note.Tone == Plain {
		return left
	}
	mark := &canvas.Image{Resource: note.Tone.Shape(), FillMode: canvas.ImageFillContain}
	mark.Move(fyne.NewPos(left-size-2, top+size*0.15))
	mark.Resize(fyne.NewSquareSize(size))
	l.objects = append(l.objects, mark)
	return left - size - 2
}

// drawBar shows that there is more, and where.
func (l *hitList) drawBar(width, height float32) {
	whole := float32(l.fits) * height
	bar := &canvas.Rectangle{FillColor: paint(l, base.ColorNameScrollBar), CornerRadius: 2}
	bar.Move(fyne.NewPos(width-hitPad, l.above+whole*float32(l.top)/float32(len(l.rows))))
	bar.Resize(fyne.NewSize(4, whole*float32(l.fits)/float32(len(l.rows))))
	l.objects = append(l.objects, bar)
}
