package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"wardbook/ui/theme"
)

// fieldObject is how a field looks: its label, below that the input with its unit, below that the hint, what the program
// makes of the input, and what is wrong.
type fieldObject struct {
	box        *fyne.Container
	hint, note *widget.Label
	wrong      *fyne.Container
	wrongText  *widget.RichText
}

func newFieldObject(spec FieldSpec, input fyne.CanvasObject) *fieldObject {
	o := &fieldObject{hint: caption(spec.Hint.Text()), note: caption("")}
	o.hint.Importance = widget.LowImportance
	o.wrongText = widget.NewRichText()
	o.wrongText.Wrapping = fyne.TextWrapWord
	icon := widget.NewIcon(base.NewColoredResource(base.ErrorIcon(), theme.Critical))
	o.wrong = container.New(remarkLayout{base.SizeNameCaptionText}, icon, o.wrongText)
	o.hint.Hidden = spec.Hint.Empty()
	o.note.Hidden, o.wrong.Hidden = true, true
	o.box = container.New(fieldLayout{}, fieldLabel(spec), fieldRow(spec, input), o.hint, o.note, o.wrong)
	return o
}

// fieldLabel is the name of a field, with an asterisk where it must be filled in.
func fieldLabel(spec FieldSpec) fyne.CanvasObject {
	segments := []widget.RichTextSegment{&widget.TextSegment{Text: spec.Label.Text(), Style: widget.RichTextStyle{Inline: true, ColorName: base.ColorNameForeground, TextStyle: fyne.TextStyle{Bold: true}}}}
	if spec.Required {
		segments = append(segments, &widget.TextSegment{Text: " *", Style: widget.RichTextStyle{Inline: true, ColorName: base.ColorNameError, TextStyle: fyne.TextStyle{Bold: true}}})
	}
	label := widget.NewRichText(segments...)
	label.Wrapping = fyne.TextWrapWord
	return label
}

// fieldRow is the input with its unit.
func fieldRow(spec FieldSpec, input fyne.CanvasObject) fyne.CanvasObject {
	row := container.New(inputLayout{letters: spec.Letters}, input)
	if !spec.Unit.Empty() {
		row.Add(widget.NewLabel(spec.Unit.Text()))
	}
	return row
}

func caption(text string) *widget.Label {
	label := widget.NewLabel(text)
	label.SizeName = base.SizeNameCaptionText
	label.Wrapping = fyne.TextWrapWord
	return label
}

func (o *fieldObject) setNote(text string) {
	o.note.Hidden = text == ""
	o.note.SetText(text)
	o.arrange()
}

func (o *fieldObject) setError(s Sentence) {
	o.wrong.Hidden = s.Empty()
	o.wrongText.Segments = []widget.RichTextSegment{&widget.TextSegment{Text: s.Text(), Style: widget.RichTextStyle{ColorName: base.ColorNameError, SizeName: base.SizeNameCaptionText}}}
	o.wrongText.Refresh()
	o.arrange()
}

// arrange sets what has changed its size; Fyne's canvas sees by itself that the whole has.
func (o *fieldObject) arrange() {
	o.box.Layout.Layout(o.box.Objects, o.box.Size())
	o.box.Refresh()
}

// fieldLayout sets the parts of a field below each other. Fyne's texts have space all round; here they begin where the input does.
type fieldLayout struct{}

// inset is the space that Fyne gives the text of labels.
func inset() float32 { return fyne.CurrentApp().Settings().Theme().Size(base.SizeNameInnerPadding) }

// Layout is called by Fyne.
func (fieldLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	in, at := inset(), float32(0)
	for i, object := range objects {
		if !object.Visible() {
			continue
		}
		if i == 1 { // the input
			object.Resize(fyne.NewSize(size.Width, object.MinSize().Height))
			object.Move(fyne.NewPos(0, at))
			at += object.MinSize().Height
			continue
		}
		object.Resize(fyne.NewSize(size.Width+2*in, object.MinSize().Height)) // text that wraps knows its height only now
		height := object.MinSize().Height
		object.Resize(fyne.NewSize(size.Width+2*in, height))
		object.Move(fyne.NewPos(-in, at-in/2))
		at += height - in
	}
}

// MinSize is called by Fyne.
func (fieldLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	in := inset()
	var size fyne.Size
	for i, object := range objects {
		if !object.Visible() {
			continue
		}
		need := object.MinSize()
		if i == 1 {
			size.Width = max(size.Width, need.Width)
			size.Height += need.Height
			continue
		}
		size.Height += need.Height - in
	}
	return size
}

// inputLayout gives the input the width of its letters, or all there is, and sets the unit beside it.
type inputLayout struct{ letters int }

// Layout is called by Fyne.
func (l inputLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := size.Width
	unit := float32(0)
	if len(objects) > 1 {
		unit = objects[1].MinSize().Width
		width -= unit
	}
	if l.letters > 0 {
		width = min(width, l.want())
	}
	width = max(width, 0)
	objects[0].Resize(fyne.NewSize(width, size.Height))
	objects[0].Move(fyne.Position{})
	if len(objects) > 1 {
		height := objects[1].MinSize().Height
		objects[1].Resize(fyne.NewSize(unit, height))
		objects[1].Move(fyne.NewPos(width, (size.Height-height)/2))
	}
}

func (l inputLayout) want() float32 {
	return float32(l.letters)*0.64*fyne.CurrentApp().Settings().Theme().Size(base.SizeNameText) + 4*inset()
}

// MinSize is called by Fyne.
func (l inputLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := objects[0].MinSize()
	if len(objects) > 1 {
		unit := objects[1].MinSize()
		size = fyne.NewSize(size.Width+unit.Width, max(size.Height, unit.Height))
	}
	return size
}
