package appointments

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"wardbook/app/term"
	"wardbook/ui/kit"
)

// quiet is what most screens answer: nothing typed is lost, nothing is kept for the way back, nothing runs that the host doesn't end.
type quiet struct{}

// Unsaved tells that nothing was typed.
func (quiet) Unsaved() bool { return false }

// Save keeps nothing.
func (quiet) Save() any { return nil }

// Close has nothing to end: the host ends the helpers that it gave.
func (quiet) Close() {}

// remarks is a place for remarks over a page; it takes no room until something is said.
type remarks struct {
	box    *fyne.Container
	around fyne.CanvasObject // what has to make room
}

func newRemarks(around fyne.CanvasObject) remarks {
	n := remarks{container.New(&tower{}), around}
	n.box.Hide()
	return n
}

// say shows these remarks and no others.
func (n remarks) say(all ...kit.Remark) {
	if len(all) == 0 && !n.box.Visible() {
		return
	}
	n.box.RemoveAll()
	for _, r := range all {
		n.box.Add(kit.RemarkRow(r.Tone, r.Sentence))
	}
	n.box.Hidden = len(all) == 0
	n.around.Refresh()
}

// refuse shows at a form why something was not done: on the fields that are wrong, otherwise over the form.
func refuse(form *kit.Form, explained kit.Sentence, err error) {
	placed := false
	for _, fault := range term.Faults(err) {
		if fault.Field != "" {
			form.Errors([]string{fault.Field}, kit.Of(fault.Message))
			placed = true
		}
	}
	if !placed {
		form.Errors(nil, explained)
	}
}

// leadIn gives the keyboard to a table and chooses its first row where none is chosen.
func leadIn[T any](h kit.Host, table *kit.DataTable[T]) {
	h.Focus(table)
	if _, chosen := table.Selected(); !chosen {
		table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	}
}

// below sets the main thing below what stands over it, which Tab reaches first.
func below(top, main fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewBorderLayout(top, nil, nil, nil), top, main)
}

// buttons sets commands beside each other, each with its keys as a hint in the palette; what has no name is left out.
func buttons(commands []kit.Command) *fyne.Container {
	row := container.New(&kit.Flow{})
	for _, c := range commands {
		if !c.Hidden {
			row.Add(kit.NewButton(keyed(c), nil, c.Do))
		}
	}
	return row
}

// keyed is a command's name with its key: who presses it a hundred times a day learns it from the button.
func keyed(c kit.Command) string {
	if keys := c.Keys(); keys != "" {
		return kit.Say("appointments.keyed", "{{.Name}} ({{.Keys}})", "Name", c.Name, "Keys", keys).Text()
	}
	return c.Name.Text()
}

// focusedIn tells whether one of these objects has the keyboard: they are about to be made anew.
func focusedIn(box *fyne.Container) bool {
	c := fyne.CurrentApp().Driver().CanvasForObject(box)
	for _, o := range box.Objects {
		if f, ok := o.(fyne.Focusable); ok && c != nil && c.Focused() == f {
			return true
		}
	}
	return false
}

// tower sets texts below each other. Unlike Fyne's box it asks each for its height once it has its width: so high is text that wraps. It
// remembers its last width.
type tower struct{ width float32 }

// Layout is called by Fyne.
func (l *tower) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		o.Resize(fyne.NewSize(size.Width, o.MinSize().Height))
		height := o.MinSize().Height
		o.Resize(fyne.NewSize(size.Width, height))
		o.Move(fyne.NewPos(0, y))
		y += height
	}
}

// MinSize is called by Fyne.
func (l *tower) MinSize(objects []fyne.CanvasObject) (size fyne.Size) {
	for _, o := range objects {
		if o.Visible() {
			need := o.MinSize()
			size = fyne.NewSize(max(size.Width, need.Width), size.Height+need.Height)
		}
	}
	return size
}
