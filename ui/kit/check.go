package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Check is a box to tick. Space ticks it; all other keys are left to its dialog or window.
type Check struct {
	widget.Check
	// OnEnter is called when the keyboard comes.
	OnEnter func()
	keys    Keys
}

// NewCheck makes a box with its text; changed is called when the person ticks it or takes the tick away.
func NewCheck(label Sentence, changed func(bool)) *Check {
	c := &Check{}
	c.Text = label.Text()
	c.OnChanged = changed
	c.ExtendBaseWidget(c)
	return c
}

// show ticks the box without calling it a change.
func (c *Check) show(on bool) {
	changed := c.OnChanged
	c.OnChanged = nil
	c.SetChecked(on)
	c.OnChanged = changed
}

// TypedKey is called by Fyne. The space arrives as a letter.
func (c *Check) TypedKey(event *fyne.KeyEvent) {
	if event.Name != fyne.KeySpace && !c.keys.Press(event) {
		handOn(c, event)
	}
}

// FocusGained is called by Fyne.
func (c *Check) FocusGained() {
	back := hasKeyboard(fyne.CurrentApp().Driver().CanvasForObject(c), c)
	c.Check.FocusGained()
	if !back && c.OnEnter != nil {
		c.OnEnter()
	}
}

// stepKeys are Up and Down from one box to another.
func stepKeys(step func(by int) *Check) Keys {
	to := func(by int) func() {
		return func() {
			next := step(by)
			if next == nil {
				return
			}
			if c := fyne.CurrentApp().Driver().CanvasForObject(next); c != nil {
				c.Focus(next)
			}
		}
	}
	return Keys{fyne.KeyUp: to(-1), fyne.KeyDown: to(1)}
}

func newCheckColumn() *fyne.Container { return container.New(tightColumn{}) }
