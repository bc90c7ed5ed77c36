package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// DialogButton is one way out of a dialog. Its label names the action: 'Discharge Ann Smith', never 'OK'.
type DialogButton struct {
	Label   Sentence
	Primary bool // what Enter in a field does
	Danger  bool // can't be undone: Enter does it only on the button itself
	// Stay leaves the dialog open: Do calls Close when it is content with what was typed.
	Stay bool
	Do   func()
}

// Dialog is a question over a window. Esc means Cancel, Enter in a field the primary button; Tab stays inside. Make one,
// give it to Host.Ask, and forget it when it has closed. All of it belongs to the window's goroutine.
type Dialog struct {
	Title   Sentence
	Remarks []Remark          // what the person must know to decide
	Body    fyne.CanvasObject // below the remarks; may be nil
	Form    *Form             // below the remarks, instead of Body: fields out of view scroll into it
	Buttons []DialogButton
	Leave   Sentence       // the name of the way out that does nothing; 'Cancel' where empty
	First   fyne.Focusable // where the keyboard is at first; nil: the first field, Cancel before something dangerous
	// OnCancel is called when the person left without choosing.
	OnCancel func()

	layer   layer
	unseen  bool // it waits, and was never shown
	done    func()
	scroll  *container.Scroll
	cancel  *Button
	buttons []*Button
}

// Confirm asks before something that can't be undone. do names the action and whom it is done to.
func Confirm(title, consequence, label Sentence, do func()) *Dialog {
	return &Dialog{
		Title:   title,
		Remarks: []Remark{{Attention, consequence}},
		Buttons: []DialogButton{{Label: label, Danger: true, Do: do}},
	}
}

// Open lays the dialog over a window. done is called once, after it has closed, whichever way.
func (d *Dialog) Open(c fyne.Canvas, done func()) {
	if d.Opened() || d.layer.lifted {
		return
	}
	d.done = done
	d.layer.open(c, d.build(), d.typed)
	d.begin(c)
}

// Await is Open for a window that must not show it yet: Resume lays it there.
func (d *Dialog) Await(c fyne.Canvas, done func()) {
	if d.Opened() || d.layer.lifted {
		return
	}
	d.done = done
	d.layer = layer{canvas: c, root: d.build(), lifted: true}
	d.unseen = true
}

// Suspend takes the dialog off its window for a time, because the desk is locked: nothing is done or cancelled, and what was typed stays. The
// keyboard goes back to where it was before the dialog.
func (d *Dialog) Suspend() { d.layer.lift() }

// Resume lays it on its window again, as it was.
func (d *Dialog) Resume() {
	if !d.layer.lifted {
		return
	}
	d.unseen = false
	if !d.layer.back(d.typed) {
		d.begin(d.layer.canvas)
	}
}

// Unsaved tells whether something would be lost with the dialog: what was typed into its form, or what nobody has seen yet.
func (d *Dialog) Unsaved() bool {
	return d.unseen || (d.Opened() || d.layer.lifted) && d.Form != nil && d.Form.Dirty()
}

// Opened tells whether the dialog is on a window: its own keys are to rest meanwhile.
func (d *Dialog) Opened() bool { return d.layer.opened() }

// Close takes the dialog away without doing anything else.
func (d *Dialog) Close() {
	if d.layer.canvas == nil {
		return
	}
	d.layer.close()
	d.unseen = false
	if done := d.done; done != nil {
		d.done = nil
		done()
	}
}

// Cancel is what Esc does.
func (d *Dialog) Cancel() {
	if d.layer.canvas == nil {
		return
	}
	d.Close()
	if d.OnCancel != nil {
		d.OnCancel()
	}
}

// Submit presses the primary button, unless that is dangerous or at rest.
func (d *Dialog) Submit() {
	for i, b := range d.Buttons {
		if b.Primary && !b.Danger && !d.buttons[i].Disabled() {
			d.press(b)
			return
		}
	}
}

// Enable lets a button be pressed, or not; index is its place in Buttons.
func (d *Dialog) Enable(index int, may bool) {
	if index < 0 || index >= len(d.buttons) {
		return
	}
	if may {
		d.buttons[index].Enable()
	} else {
		d.buttons[index].Disable()
	}
}

func (d *Dialog) press(b DialogButton) {
	if !d.Opened() {
		return // pressed twice
	}
	if !b.Stay {
		d.Close()
	}
	if b.Do != nil {
		b.Do()
	}
}

// typed gets what no widget of the dialog has a use for.
func (d *Dialog) typed(event *fyne.KeyEvent) {
	page := d.scroll.Size().Height
	switch event.Name {
	case fyne.KeyEscape:
		d.Cancel()
	case fyne.KeyReturn, fyne.KeyEnter:
		d.Submit()
	case fyne.KeyDown:
		d.scrollBy(page / 8)
	case fyne.KeyUp:
		d.scrollBy(-page / 8)
	case fyne.KeyPageDown:
		d.scrollBy(page)
	case fyne.KeyPageUp:
		d.scrollBy(-page)
	}
}

func (d *Dialog) scrollBy(by float32) {
	d.scroll.ScrollToOffset(d.scroll.Offset.AddXY(0, by))
}

// begin gives the keyboard to where the decision begins.
func (d *Dialog) begin(c fyne.Canvas) {
	switch {
	case d.First != nil:
		c.Focus(d.First)
	case d.Body != nil || d.Form != nil:
		c.FocusNext() // the first field; where there is none, Cancel
	default:
		first := d.cancel
		for i, b := range d.Buttons {
			if b.Danger {
				first = d.cancel
				break
			}
			if b.Primary {
				first = d.buttons[i]
			}
		}
		c.Focus(first)
	}
}

func (d *Dialog) build() fyne.CanvasObject {
	title := widget.NewLabel(d.Title.Text())
	title.SizeName = base.SizeNameSubHeadingText
	title.TextStyle.Bold = true
	title.Wrapping = fyne.TextWrapWord
	rows := container.NewVBox()
	for _, remark := range d.Remarks {
		rows.Add(RemarkRow(remark.Tone, remark.Sentence))
	}
	if d.Body != nil {
		rows.Add(d.Body)
	}
	d.scroll = container.NewVScroll(rows)
	if d.Form != nil {
		rows.Add(d.Form.Object())
		d.Form.showIn(d.scroll)
		d.Form.OnSubmit = d.Submit
	}
	leave := d.Leave
	if leave.Empty() {
		leave = Say("dialog.cancel", "Cancel")
	}
	d.cancel = NewButton(leave.Text(), nil, d.Cancel)
	row := container.New(buttonRow{}, d.cancel)
	d.buttons = d.buttons[:0]
	for _, b := range d.Buttons {
		button := NewButton(b.Label.Text(), nil, func() { d.press(b) })
		switch {
		case b.Danger:
			button.Importance = widget.DangerImportance
		case b.Primary:
			button.Importance = widget.HighImportance
		}
		d.buttons = append(d.buttons, button)
		row.Add(button)
	}
	return newVeil(title, d.scroll, row)
}
