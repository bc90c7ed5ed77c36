package kit

import (
	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// BusyButton starts something that takes time. Once pressed it says so and can't be pressed again until Done.
type BusyButton struct {
	Button
	label, busyLabel Sentence
	busy             bool
	do               func()
}

// NewBusyButton makes a button: 'Save', and 'Saving' while it is at work. It is the primary one of its screen.
func NewBusyButton(label, busy Sentence, do func()) *BusyButton {
	b := &BusyButton{label: label, busyLabel: busy, do: do}
	b.Text = label.Text()
	b.Importance = widget.HighImportance
	b.OnTapped = b.Press
	b.whole = b
	b.ExtendBaseWidget(b)
	return b
}

// Press does what a click does: a screen's Ctrl+S and Enter come this way too, so that nothing is started twice. Done must
// follow, sooner or later.
func (b *BusyButton) Press() {
	if b.busy || b.Disabled() {
		return
	}
	b.busy = true
	b.show()
	b.do()
}

// Done lets the button be pressed again.
func (b *BusyButton) Done() {
	b.busy = false
	b.show()
}

// Busy tells whether it was pressed and not Done.
func (b *BusyButton) Busy() bool { return b.busy }

func (b *BusyButton) show() {
	if b.busy {
		b.SetText(b.busyLabel.Text())
		b.Disable()
		return
	}
	b.SetText(b.label.Text())
	b.Enable()
}

// MinSize has room for the longer of both texts: what is beside it stays where it is.
func (b *BusyButton) MinSize() fyne.Size {
	size := b.Button.MinSize()
	th := b.Theme()
	for _, text := range []string{b.label.Text(), b.busyLabel.Text()} {
		need := fyne.MeasureText(text, th.Size(base.SizeNameText), fyne.TextStyle{Bold: true}).Width + 4*th.Size(base.SizeNameInnerPadding)
		size.Width = max(size.Width, need)
	}
	return size
}
