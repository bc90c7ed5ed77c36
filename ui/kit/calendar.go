package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"wardbook/app/term"
)

// calendar shows a month and lets a day be picked: arrows go by days and weeks, PageUp and PageDown by months, with Shift
// or Ctrl by years, Home and End to the month's ends, T to today; Enter picks, Esc leaves.
type calendar struct {
	widget.BaseWidget
	day, today, min, max term.Date
	pick                 func(term.Date)
	leave                func()
	shift, focused       bool

	title  *canvas.Text
	heads  [7]*canvas.Text
	days   [42]*canvas.Text
	cursor *canvas.Rectangle
	ring   *canvas.Rectangle
	steps  [4]*canvas.Text // a year and a month back, a month and a year on: for the mouse
	hint   *canvas.Text
}

var (
	_ fyne.Focusable    = (*calendar)(nil)
	_ fyne.Tappable     = (*calendar)(nil)
	_ fyne.Shortcutable = (*calendar)(nil)
	_ desktop.Keyable   = (*calendar)(nil)
)

func newCalendar(day, today, earliest, latest term.Date, pick func(term.Date), leave func()) *calendar {
	c := &calendar{today: today, min: earliest, max: latest, pick: pick, leave: leave,
		title: &canvas.Text{Alignment: fyne.TextAlignCenter, TextStyle: fyne.TextStyle{Bold: true}},
		hint:  &canvas.Text{Alignment: fyne.TextAlignCenter}, cursor: &canvas.Rectangle{CornerRadius: 4},
		ring: &canvas.Rectangle{CornerRadius: 4, StrokeWidth: 2}}
	for i, name := range weekdays() {
		c.heads[i] = &canvas.Text{Text: name.Text(), Alignment: fyne.TextAlignCenter}
	}
	for i := range c.days {
		c.days[i] = &canvas.Text{Alignment: fyne.TextAlignCenter}
	}
	for i, sign := range []string{"«", "‹", "›", "»"} {
		c.steps[i] = &canvas.Text{Text: sign, Alignment: fyne.TextAlignCenter, TextStyle: fyne.TextStyle{Bold: true}}
	}
	c.hint.Text = Say("calendar.keys", "PageUp, PageDown: month   with Shift: year").Text()
	c.ExtendBaseWidget(c)
	c.move(day)
	return c
}

// move takes the cursor to a day, as far as the limits and the calendar allow.
func (c *calendar) move(day term.Date) {
	switch {
	case !day.Valid():
		return
	case !c.min.IsZero() && day.Before(c.min):
		day = c.min
	case !c.max.IsZero() && c.max.Before(day):
		day = c.max
	}
	c.day = day
	c.Refresh()
}

// first is the Monday that the grid begins with.
func (c *calendar) first() term.Date {
	first := term.Date{Year: c.day.Year, Month: c.day.Month, Day: 1}
	return first.AddDays(-(int(first.Weekday()) + 6) % 7)
}

func (c *calendar) may(day term.Date) bool {
	return day.Valid() && (c.min.IsZero() || !day.Before(c.min)) && (c.max.IsZero() || !c.max.Before(day))
}

// TypedKey is called by Fyne.
func (c *calendar) TypedKey(event *fyne.KeyEvent) {
	months := 1
	if c.shift {
		months = 12
	}
	switch event.Name {
	case fyne.KeyLeft:
		c.move(c.day.AddDays(-1))
	case fyne.KeyRight:
		c.move(c.day.AddDays(1))
	case fyne.KeyUp:
		c.move(c.day.AddDays(-7))
	case fyne.KeyDown:
		c.move(c.day.AddDays(7))
	case fyne.KeyPageUp:
		c.move(c.day.AddMonths(-months))
	case fyne.KeyPageDown:
		c.move(c.day.AddMonths(months))
	case fyne.KeyHome:
		c.move(term.Date{Year: c.day.Year, Month: c.day.Month, Day: 1})
	case fyne.KeyEnd:
		c.move(term.Date{Year: c.day.Year, Month: c.day.Month, Day: 1}.AddMonths(1).AddDays(-1))
	case fyne.KeyT:
		c.move(c.today)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.pick(c.day)
	case fyne.KeyEscape, fyne.KeyF4:
		c.leave()
	}
}

// TypedShortcut is called by Fyne.
func (c *calendar) TypedShortcut(s fyne.Shortcut) {
	custom, ok := s.(*desktop.CustomShortcut)
	if !ok || custom.Modifier != fyne.KeyModifierControl {
		return
	}
	switch custom.KeyName {
	case fyne.KeyPageUp:
		c.move(c.day.AddMonths(-12))
	case fyne.KeyPageDown:
		c.move(c.day.AddMonths(12))
	}
}

// KeyDown and KeyUp tell whether Shift is held: Fyne gives keys without it.
func (c *calendar) KeyDown(event *fyne.KeyEvent) {
	if event.Name == desktop.KeyShiftLeft || event.Name == desktop.KeyShiftRight {
		c.shift = true
	}
}

// KeyUp is called by Fyne.
func (c *calendar) KeyUp(event *fyne.KeyEvent) {
	if event.Name == desktop.KeyShiftLeft || event.Name == desktop.KeyShiftRight {
		c.shift = false
	}
}

// TypedRune is called by Fyne.
func (c *calendar) TypedRune(rune) {}

// FocusGained is called by Fyne.
func (c *calendar) FocusGained() { c.focused = true; c.Refresh() }

// FocusLost is called by Fyne.
func (c *calendar) FocusLost() { c.focused, c.shift = false, false; c.Refresh() }

// Tapped is called by Fyne on a click.
func (c *calendar) Tapped(at *fyne.PointEvent) {
	cell := c.cell()
	column, row := int((at.Position.X-calendarEdge)/cell.Width), int((at.Position.Y-calendarEdge)/cell.Height)
	if column < 0 || column > 6 {
		return
	}
	switch {
	case row == 0:
		if months, ok := map[int]int{0: -12, 1: -1, 5: 1, 6: 12}[column]; ok {
			c.move(c.day.AddMonths(months))
		}
	case row >= 2 && row < 8:
		if day := c.first().AddDays((row-2)*7 + column); c.may(day) {
			c.pick(day)
		}
	}
}

// calendarEdge is the space around the grid, in device-independent pixels.
const calendarEdge = 8

// cell is the size of a day; it grows with the text.
func (c *calendar) cell() fyne.Size {
	letter := fyne.CurrentApp().Settings().Theme().Size(base.SizeNameText)
	return fyne.NewSize(letter*2.6, letter*2)
}

// MinSize is called by Fyne: a title, the weekdays, six weeks, a line of help.
func (c *calendar) MinSize() fyne.Size {
	cell := c.cell()
	return fyne.NewSize(max(7*cell.Width, c.hint.MinSize().Width)+2*calendarEdge, 9*cell.Height+2*calendarEdge)
}

// CreateRenderer is called by Fyne.
func (c *calendar) CreateRenderer() fyne.WidgetRenderer {
	r := &calendarRenderer{c: c, objects: []fyne.CanvasObject{c.cursor, c.ring, c.title, c.hint}}
	for _, text := range c.texts() {
		r.objects = append(r.objects, text)
	}
	r.fill()
	return r
}

func (c *calendar) texts() []*canvas.Text {
	return append(append(append([]*canvas.Text{}, c.heads[:]...), c.days[:]...), c.steps[:]...)
}

type calendarRenderer struct {
	c       *calendar
	objects []fyne.CanvasObject
}

func (r *calendarRenderer) Destroy()                     {}
func (r *calendarRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *calendarRenderer) MinSize() fyne.Size           { return r.c.MinSize() }

func (r *calendarRenderer) Refresh() {
	r.fill()
	r.Layout(r.c.Size())
	canvas.Refresh(r.c)
}

// fill writes the month.
func (r *calendarRenderer) fill() {
	c := r.c
	settings := fyne.CurrentApp().Settings()
	th, variant := settings.Theme(), settings.ThemeVariant()
	text := th.Color(base.ColorNameForeground, variant)
	faint := th.Color(base.ColorNameDisabled, variant)
	for _, t := range c.texts() {
		t.Color, t.TextSize = text, th.Size(base.SizeNameText)
	}
	c.title.Color, c.title.TextSize = text, th.Size(base.SizeNameText)
	c.hint.Color, c.hint.TextSize = faint, th.Size(base.SizeNameCaptionText)
	for _, t := range c.heads {
		t.Color, t.TextSize = faint, th.Size(base.SizeNameCaptionText)
	}
	c.title.Text = longMonths()[c.day.Month-1].Text() + " " + strconv.Itoa(c.day.Year)
	first := c.first()
	for i, t := range c.days {
		day := first.AddDays(i)
		t.Text = strconv.Itoa(day.Day)
		t.TextStyle.Bold, t.TextStyle.Underline = day == c.day, day == c.today
		switch {
		case day == c.day:
			t.Color = th.Color(base.ColorNameForegroundOnPrimary, variant)
		case !c.may(day):
			t.Text = "·" // not only paler: it can't be picked
			t.Color = faint
		case day.Month != c.day.Month:
			t.Color = faint
		}
	}
	c.cursor.FillColor = th.Color(base.ColorNamePrimary, variant)
	c.ring.FillColor, c.ring.StrokeColor = nil, th.Color(base.ColorNamePrimary, variant)
	c.ring.Hidden = !c.focused
}

// Layout is called by Fyne.
func (r *calendarRenderer) Layout(size fyne.Size) {
	c, cell := r.c, r.c.cell()
	place := func(object fyne.CanvasObject, column, row, columns float32) {
		object.Move(fyne.NewPos(calendarEdge+column*cell.Width, calendarEdge+row*cell.Height))
		object.Resize(fyne.NewSize(columns*cell.Width, cell.Height))
	}
	place(c.title, 2, 0, 3)
	for i, column := range []float32{0, 1, 5, 6} {
		place(c.steps[i], column, 0, 1)
	}
	for i, t := range c.heads {
		place(t, float32(i), 1, 1)
	}
	first := c.first()
	for i, t := range c.days {
		column, row := float32(i%7), float32(i/7+2)
		place(t, column, row, 1)
		if first.AddDays(i) == c.day {
			place(c.cursor, column, row, 1)
			c.ring.Move(c.cursor.Position().SubtractXY(3, 3))
			c.ring.Resize(c.cursor.Size().AddWidthHeight(6, 6))
		}
	}
	c.hint.Move(fyne.NewPos(calendarEdge, calendarEdge+8*cell.Height))
	c.hint.Resize(fyne.NewSize(size.Width-2*calendarEdge, cell.Height))
}

// longMonths are the months as they stand over a calendar.
func longMonths() [12]Sentence {
	return [12]Sentence{
		Say("month.jan", "January"), Say("month.feb", "February"), Say("month.mar", "March"), Say("month.apr", "April"),
		Say("month.may", "May"), Say("month.jun", "June"), Say("month.jul", "July"), Say("month.aug", "August"),
		Say("month.sep", "September"), Say("month.oct", "October"), Say("month.nov", "November"), Say("month.dec", "December"),
	}
}

// weekdays begin on Monday.
func weekdays() [7]Sentence {
	return [7]Sentence{Say("weekday.mon", "Mon"), Say("weekday.tue", "Tue"), Say("weekday.wed", "Wed"), Say("weekday.thu", "Thu"),
		Say("weekday.fri", "Fri"), Say("weekday.sat", "Sat"), Say("weekday.sun", "Sun")}
}
