package kit

import (
	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Keys is what a window does on keys without Ctrl or Alt. Fyne gives such keys to the focused widget only, so a window
// hands its Keys to its canvas and to each widget of this package.
type Keys map[fyne.KeyName]func()

// Press does what belongs to the key, and tells whether there was anything.
func (k Keys) Press(event *fyne.KeyEvent) bool {
	do, ok := k[event.Name]
	if ok {
		do()
	}
	return ok
}

// Button is a button that Enter presses as well as Space, and that leaves all other keys to its dialog or window.
type Button struct {
	widget.Button
	keys  Keys
	whole focusWidget // what the button is a part of, or nil
	full  string      // the text, where it had to be cut

	focused bool
}

// NewButton makes a button; keys may be nil.
func NewButton(text string, keys Keys, tapped func()) *Button {
	b := &Button{keys: keys}
	b.Text = text
	b.OnTapped = tapped
	b.ExtendBaseWidget(b)
	return b
}

// TypedKey is called by Fyne while the button has the focus.
func (b *Button) TypedKey(event *fyne.KeyEvent) {
	active()
	switch {
	case event.Name == fyne.KeyReturn || event.Name == fyne.KeyEnter:
		if !b.Disabled() {
			b.Tapped(nil)
		}
	case b.keys.Press(event):
	case event.Name == fyne.KeySpace:
		b.Button.TypedKey(event)
	default:
		handOn(b.self(), event)
	}
}

// Tapped is called by Fyne on a click. Fyne's own takes the keyboard away from the button, even when a key pressed it.
func (b *Button) Tapped(*fyne.PointEvent) {
	active()
	if b.Disabled() {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(b.self()); c != nil {
		c.Focus(b.self())
	}
	if b.OnTapped != nil {
		b.OnTapped()
	}
}

// FocusGained is called by Fyne.
func (b *Button) FocusGained() {
	hasKeyboard(fyne.CurrentApp().Driver().CanvasForObject(b.self()), b.self())
	b.focused = true
	b.Button.FocusGained()
}

// FocusLost is called by Fyne.
func (b *Button) FocusLost() {
	b.focused = false
	b.Button.FocusLost()
}

// fit cuts the text to a width, and brings it back where there is room again.
func (b *Button) fit(width float32) {
	if b.full == "" {
		b.full = b.Text
	}
	text, _ := cut(b.full, b.Theme().Size(base.SizeNameText), fyne.TextStyle{Bold: true}, width-4*inset())
	if text != b.Text {
		b.SetText(text)
	}
}

// wide is how wide the button would be with its whole text.
func (b *Button) wide() float32 {
	if b.full == "" {
		return b.MinSize().Width
	}
	return fyne.MeasureText(b.full, b.Theme().Size(base.SizeNameText), fyne.TextStyle{Bold: true}).Width + 4*inset()
}

// CreateRenderer is called by Fyne. Around a button with the keyboard stands a ring: on a coloured one Fyne's own shade can
// hardly be seen.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	return newRing(b.Button.CreateRenderer(), b.ringLook, func() bool { return b.focused })
}

// ringLook is the ring at a grey button's edge, and inside a coloured one, in the colour of its text.
func (b *Button) ringLook() (fyne.ThemeColorName, float32) {
	switch {
	case b.Disabled():
		return base.ColorNameForeground, 0
	case b.Importance == widget.DangerImportance:
		return base.ColorNameForegroundOnError, ringWidth
	case b.Importance == widget.HighImportance:
		return base.ColorNameForegroundOnPrimary, ringWidth
	}
	return base.ColorNameForeground, 0
}

// self is what Fyne's canvas knows the button as.
func (b *Button) self() focusWidget {
	if b.whole != nil {
		return b.whole
	}
	return b
}

// focusWidget is a widget that can have the keyboard.
type focusWidget interface {
	fyne.Widget
	fyne.Focusable
}
