package kit

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Option is one of several things to choose.
type Option[T any] struct {
	Value T
	Label Sentence
}

// chooser is the box of a choice: what is chosen, and an arrow. Up and Down choose the one before and after, letters the
// one that begins with them; Enter, Space, F4 or Alt and Down open the list; Delete empties it where that is allowed.
type chooser struct {
	widget.DisableableWidget
	labels   []string
	chosen   int // -1: none
	empty    string
	optional bool
	typed    string    // letters so far
	lately   time.Time // when the last of them came
	changed  func()
	entered  func()
	left     func()
	focused  bool
	drop     *drop

	box   *canvas.Rectangle
	text  *widget.Label
	arrow *widget.Icon
}

var (
	_ fyne.Focusable   = (*chooser)(nil)
	_ fyne.Tappable    = (*chooser)(nil)
	_ fyne.Disableable = (*chooser)(nil)
)

func newChooser(labels []string, empty string) *chooser {
	c := &chooser{labels: labels, chosen: -1, empty: empty, box: &canvas.Rectangle{CornerRadius: 4}, text: widget.NewLabel(""), arrow: widget.NewIcon(base.MenuDropDownIcon())}
	c.text.Truncation = fyne.TextTruncateEllipsis
	c.ExtendBaseWidget(c)
	return c
}

// choose takes an option; -1 is none.
func (c *chooser) choose(index int) {
	if index < -1 || index >= len(c.labels) || index == c.chosen || c.Disabled() {
		return
	}
	c.chosen = index
	c.Refresh()
	if c.changed != nil {
		c.changed()
	}
}

// typingPause is how long letters belong together; one that comes later begins anew, as in the lists of Windows and macOS.
const typingPause = time.Second

// typingClock tells when a letter came.
var typingClock = time.Now

// find is the option that letters lead to. More letters narrow it down, the same one again goes to the next. Letters that
// lead nowhere change nothing, and what follows them doesn't either: 'Smyth' must not end at 'Young' where there is none.
func (c *chooser) find(r rune, from int) (index int, ok bool) {
	c.forgetOld()
	c.lately = typingClock()
	letter := fold(string(r))
	again := c.typed == letter
	c.typed += letter
	if index, ok := c.beginning(c.typed, max(from, 0)); ok || !again {
		return index, ok
	}
	c.typed = letter
	return c.beginning(letter, from+1)
}

// forgetOld drops letters that were typed too long ago to go on with.
func (c *chooser) forgetOld() {
	if typingClock().Sub(c.lately) > typingPause {
		c.typed = ""
	}
}

func (c *chooser) beginning(letters string, from int) (int, bool) {
	for i := range c.labels {
		index := (from + i) % len(c.labels)
		if strings.HasPrefix(fold(c.labels[index]), letters) {
			return index, true
		}
	}
	return 0, false
}

// goesOn takes a space that belongs to what is being typed, as in 'United K', or to a name that isn't there; any other opens or picks.
func (c *chooser) goesOn(key fyne.KeyName, from int) (index int, ok bool) {
	c.forgetOld()
	if key != fyne.KeySpace || c.typed == "" {
		return 0, false
	}
	_, known := c.beginning(c.typed, 0)
	if index, ok = c.beginning(c.typed+" ", max(from, 0)); !ok && known {
		return 0, false
	}
	c.typed += " "
	c.lately = typingClock()
	if !ok {
		index = from
	}
	return index, true
}

// TypedKey is called by Fyne.
func (c *chooser) TypedKey(event *fyne.KeyEvent) {
	active()
	if index, ok := c.goesOn(event.Name, c.chosen); ok && !c.Disabled() {
		c.choose(index)
		return
	}
	c.typed = keepLetters(c.typed, event.Name)
	if c.Disabled() {
		handOn(c, event)
		return
	}
	switch event.Name {
	case fyne.KeyUp:
		c.choose(max(c.chosen-1, 0))
	case fyne.KeyDown:
		c.choose(min(c.chosen+1, len(c.labels)-1))
	case fyne.KeyHome:
		c.choose(0)
	case fyne.KeyEnd:
		c.choose(len(c.labels) - 1)
	case fyne.KeyDelete, fyne.KeyBackspace:
		if c.optional {
			c.choose(-1)
		}
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyF4:
		c.open()
	default:
		handOn(c, event)
	}
}

// keepLetters forgets letters after any key that isn't one. Shift, which comes as a key of its own, makes a capital of the next one.
func keepLetters(typed string, key fyne.KeyName) string {
	if len(key) == 1 || key == desktop.KeyShiftLeft || key == desktop.KeyShiftRight || key == desktop.KeyCapsLock {
		return typed
	}
	return ""
}

// TypedRune is called by Fyne.
func (c *chooser) TypedRune(r rune) {
	if r == ' ' || c.Disabled() {
		return
	}
	if index, ok := c.find(r, c.chosen); ok {
		c.choose(index)
	}
}

// TypedShortcut is called by Fyne.
func (c *chooser) TypedShortcut(s fyne.Shortcut) {
	if custom, ok := s.(*desktop.CustomShortcut); ok && custom.Modifier == fyne.KeyModifierAlt && custom.KeyName == fyne.KeyDown {
		c.open()
		return
	}
	handOnShortcut(c, s)
}

// FocusGained is called by Fyne.
func (c *chooser) FocusGained() {
	c.focused = true
	back := hasKeyboard(fyne.CurrentApp().Driver().CanvasForObject(c), c)
	c.Refresh()
	if !back && c.entered != nil {
		c.entered()
	}
}

// FocusLost is called by Fyne.
func (c *chooser) FocusLost() {
	c.focused, c.typed = false, ""
	c.Refresh()
	if c.left != nil {
		c.left()
	}
}

// Tapped is called by Fyne on a click.
func (c *chooser) Tapped(*fyne.PointEvent) {
	if c.Disabled() {
		return
	}
	if on := fyne.CurrentApp().Driver().CanvasForObject(c); on != nil {
		on.Focus(c)
	}
	c.open()
}

func (c *chooser) open() {
	if c.Disabled() || len(c.labels) == 0 || c.drop != nil && c.drop.opened() {
		return
	}
	list := newChoiceList(c)
	c.drop = openDrop(c, list, list, func() fyne.Size {
		return fyne.NewSize(max(c.Size().Width, list.width()), list.height())
	})
	list.show(max(c.chosen, 0))
}

// CreateRenderer is called by Fyne.
func (c *chooser) CreateRenderer() fyne.WidgetRenderer {
	r := &chooserRenderer{c}
	r.fill()
	return r
}

type chooserRenderer struct{ c *chooser }

func (r *chooserRenderer) Destroy() {}
func (r *chooserRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.c.box, r.c.text, r.c.arrow}
}

func (r *chooserRenderer) fill() {
	c := r.c
	settings := fyne.CurrentApp().Settings()
	th, variant := settings.Theme(), settings.ThemeVariant()
	colour := func(name fyne.ThemeColorName) { c.box.StrokeColor = th.Color(name, variant) }
	c.box.FillColor, c.box.StrokeWidth = th.Color(base.ColorNameInputBackground, variant), 1
	colour(base.ColorNameInputBorder)
	if c.focused {
		c.box.StrokeWidth = 2
		colour(base.ColorNamePrimary)
	}
	c.text.Importance = widget.MediumImportance
	text := c.empty
	if c.chosen >= 0 {
		text = c.labels[c.chosen]
	}
	if c.chosen < 0 || c.Disabled() {
		c.text.Importance = widget.LowImportance
	}
	c.text.SetText(text)
}

func (r *chooserRenderer) Refresh() {
	r.fill()
	r.Layout(r.c.Size())
	canvas.Refresh(r.c)
}

// MinSize is that of Fyne's entries.
func (r *chooserRenderer) MinSize() fyne.Size {
	return fyne.NewSize(80, r.c.text.MinSize().Height)
}

func (r *chooserRenderer) Layout(size fyne.Size) {
	c := r.c
	icon := fyne.CurrentApp().Settings().Theme().Size(base.SizeNameInlineIcon)
	c.box.Resize(size)
	c.text.Resize(fyne.NewSize(max(0, size.Width-icon-inset()), size.Height))
	c.arrow.Resize(fyne.NewSquareSize(icon))
	c.arrow.Move(fyne.NewPos(size.Width-icon-inset(), (size.Height-icon)/2))
}
