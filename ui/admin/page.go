package admin

import (
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

// newFilter is a line that narrows a list down while somebody types. Down and Enter lead into the list.
func newFilter(hint kit.Sentence, typed func(string), into func()) *kit.Entry {
	e := kit.NewEntry()
	e.SetPlaceHolder(hint.Text())
	e.OnChanged = typed
	e.OnSubmit = into
	e.Keys = kit.Keys{fyne.KeyDown: into}
	return e
}

// leadIn gives the keyboard to a table and chooses its first row where none is chosen.
func leadIn[T any](h kit.Host, table *kit.DataTable[T]) {
	h.Focus(table)
	if _, chosen := table.Selected(); !chosen {
		table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	}
}

// listPage is a filter with tools at its right, and below it the list.
func listPage(filter fyne.CanvasObject, tools []fyne.CanvasObject, list fyne.CanvasObject) fyne.CanvasObject {
	label := widget.NewLabel(kit.Say("admin.filter.label", "Filter").Text())
	top := kit.Bordered(nil, nil, label, container.NewHBox(tools...), filter)
	return kit.Bordered(container.NewPadded(top), nil, nil, nil, list)
}

// factGrid shows facts in two columns of names and values; a value that is empty is a dash.
func factGrid(facts []fact) fyne.CanvasObject {
	half := (len(facts) + 1) / 2
	return container.NewGridWithColumns(2, factColumn(facts[:half]), factColumn(facts[half:]))
}

// fact is a name and a value.
type fact struct {
	name  kit.Sentence
	value string
	tone  kit.Tone
}

func factColumn(facts []fact) fyne.CanvasObject {
	rows := container.New(factLayout{})
	for _, f := range facts {
		name := widget.NewLabel(f.name.Text())
		name.Importance = widget.LowImportance
		name.Wrapping = fyne.TextWrapWord
		rows.Add(name)
		rows.Add(factValue(f))
	}
	return rows
}

func factValue(f fact) fyne.CanvasObject {
	text := f.value
	if text == "" {
		text = "\u2013"
	}
	value := widget.NewLabel(text)
	value.Wrapping = fyne.TextWrapWord
	value.Importance = f.tone.Importance()
	if f.tone == kit.Plain {
		return value
	}
	return kit.Bordered(nil, nil, container.NewVBox(container.NewPadded(widget.NewIcon(f.tone.Shape()))), nil, value)
}

// factLayout sets names and values in turn: names as wide as so many heights of the text, values in what is left.
type factLayout struct{}

const factLetters = 11

func (factLayout) split(width float32) (name, value float32) {
	name = min(factLetters*fyne.CurrentApp().Settings().Theme().Size(base.SizeNameText), width/2)
	return name, max(0, width-name)
}

// each calls f with the rows one below the other, once they have their width: how high a text is depends on it.
func (l factLayout) each(objects []fyne.CanvasObject, width float32, f func(object fyne.CanvasObject, x, y, width, height float32)) float32 {
	name, value := l.split(width)
	y := float32(0)
	for i := 0; i+1 < len(objects); i += 2 {
		objects[i].Resize(fyne.NewSize(name, objects[i].MinSize().Height))
		objects[i+1].Resize(fyne.NewSize(value, objects[i+1].MinSize().Height))
		height := max(objects[i].MinSize().Height, objects[i+1].MinSize().Height)
		f(objects[i], 0, y, name, height)
		f(objects[i+1], name, y, value, height)
		y += height
	}
	return y
}

// Layout is called by Fyne.
func (l factLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.each(objects, size.Width, func(object fyne.CanvasObject, x, y, width, height float32) {
		object.Move(fyne.NewPos(x, y))
		object.Resize(fyne.NewSize(width, height))
	})
}

// MinSize is called by Fyne.
func (l factLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	height := float32(0)
	for i := 0; i+1 < len(objects); i += 2 {
		height += max(objects[i].MinSize().Height, objects[i+1].MinSize().Height)
	}
	return fyne.NewSize(2*factLetters*fyne.CurrentApp().Settings().Theme().Size(base.SizeNameText), height)
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

// formPage is a form that scrolls over the buttons that end it.
func formPage(form *kit.Form, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.Bordered(nil, container.NewPadded(container.NewHBox(buttons...)), nil, nil, container.NewPadded(form.Scrolled()))
}

// notice is a place for one remark over a page; empty until something is said.
type notice struct{ box *fyne.Container }

func newNotice() notice {
	n := notice{container.NewVBox()}
	n.box.Hide()
	return n
}

func (n notice) say(remarks ...kit.Remark) {
	n.box.RemoveAll()
	for _, r := range remarks {
		n.box.Add(kit.RemarkRow(r.Tone, r.Sentence))
	}
	n.box.Hidden = len(remarks) == 0
	n.box.Refresh()
}
