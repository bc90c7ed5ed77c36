package rooms

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

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

func letter() float32 { return fyne.CurrentApp().Settings().Theme().Size(base.SizeNameText) }

// tower sets things below each other. Unlike Fyne's box it asks each for its height once it has its width: so high is text that wraps.
type tower struct{ width float32 }

func (l *tower) each(objects []fyne.CanvasObject, place func(o fyne.CanvasObject, y float32) float32) (y float32) {
	for _, o := range objects {
		if o.Visible() {
			y += place(o, y)
		}
	}
	return y
}

// Layout is called by Fyne.
func (l *tower) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.each(objects, func(o fyne.CanvasObject, y float32) float32 {
		o.Resize(fyne.NewSize(size.Width, o.MinSize().Height)) // which finds the height
		height := o.MinSize().Height
		o.Resize(fyne.NewSize(size.Width, height))
		o.Move(fyne.NewPos(0, y))
		return height
	})
}

// MinSize is called by Fyne.
func (l *tower) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := float32(0)
	for _, o := range objects {
		width = max(width, o.MinSize().Width)
	}
	return fyne.NewSize(width, l.each(objects, func(o fyne.CanvasObject, _ float32) float32 { return o.MinSize().Height }))
}

// wide gives a thing a width of so many heights of the text, however little it asks for.
type wide struct{ letters float32 }

// Layout is called by Fyne.
func (wide) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
	}
}

// MinSize is called by Fyne.
func (w wide) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(w.letters*letter(), 0)
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size
}

// squeezed lets a thing that scrolls become lower than it asks for: at the largest texts a window must not outgrow its screen.
type squeezed struct{ letters float32 }

// Layout is called by Fyne.
func (squeezed) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }

// MinSize is called by Fyne.
func (q squeezed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := objects[0].MinSize()
	size.Height = min(size.Height, q.letters*letter())
	return size
}

// Sizes of a form with a panel beside it, in heights of its text.
const (
	panelLetters = 30 // the panel's width
	mainLetters  = 34 // what the form needs beside it
)

// beside sets a panel at the right of the main thing, or below it where the window is too narrow for both. The panel has its share of what there is.
type beside struct{ share float32 }

// Layout is called by Fyne; the first object is the main one.
func (b beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	form, panel := objects[0], objects[1]
	form.Move(fyne.Position{})
	if width := panelLetters * letter(); size.Width >= width+mainLetters*letter() {
		width = max(width, size.Width*b.share)
		form.Resize(fyne.NewSize(size.Width-width, size.Height))
		panel.Move(fyne.NewPos(size.Width-width, 0))
		panel.Resize(fyne.NewSize(width, size.Height))
		return
	}
	height := size.Height * b.share
	form.Resize(fyne.NewSize(size.Width, size.Height-height))
	panel.Move(fyne.NewPos(0, size.Height-height))
	panel.Resize(fyne.NewSize(size.Width, height))
}

// MinSize is called by Fyne.
func (beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().Max(objects[1].MinSize())
}

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
	width := n.box.Size().Width
	if width == 0 {
		width = n.around.Size().Width
	}
	for _, r := range all {
		row := kit.RemarkRow(r.Tone, r.Sentence)
		row.Resize(fyne.NewSize(width, row.MinSize().Height)) // which finds how high it is, before room is made for it
		n.box.Add(row)
	}
	n.box.Hidden = len(all) == 0
	n.around.Refresh()
	n.around.Refresh() // once more: only now does each row have its width, and so its height
}

// heading stands over a part of a page.
func heading(text string) *widget.Label {
	h := widget.NewLabel(text)
	h.TextStyle.Bold = true
	h.SizeName = base.SizeNameSubHeadingText
	h.Wrapping = fyne.TextWrapWord
	return h
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

// tools are buttons for commands, in their order.
func tools(all []kit.Command) *fyne.Container {
	row := container.New(&kit.Flow{})
	for _, c := range all {
		if !c.Hidden {
			row.Add(kit.NewButton(c.Name.Text(), nil, c.Do))
		}
	}
	return row
}

// into gives the keyboard to a table and chooses its first row where none is chosen.
func into[T any](h kit.Host, table *kit.DataTable[T]) {
	h.Focus(table)
	if _, chosen := table.Selected(); !chosen {
		table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	}
}

// nothing is the answer of work that has none.
type nothing struct{}

// told writes something and says what became of it, with no screen to show it on: what is taken back may be taken back from anywhere.
func told(h kit.Host, do func(ctx context.Context) (kit.Toast, error)) {
	kit.Start(h.Async(), func(ctx context.Context, _ func(func())) (kit.Toast, error) { return do(ctx) }, func(t kit.Toast, err error) {
		if err != nil {
			t = kit.Toast{Tone: kit.Critical, Sentence: h.Explain(err)}
		}
		h.Tell(t)
	})
}
