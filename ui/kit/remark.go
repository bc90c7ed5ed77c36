package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"wardbook/ui/theme"
)

// Remark is one thing there is to say, and how serious it is.
type Remark struct {
	Tone     Tone
	Sentence Sentence
}

// RemarkRow is one sentence with the shape of its tone, which says it to those who don't see its colour.
func RemarkRow(tone Tone, sentence Sentence) *fyne.Container {
	text := widget.NewRichText(&widget.TextSegment{
		Text:  sentence.Text(),
		Style: widget.RichTextStyle{ColorName: tone.Color()},
	})
	text.Wrapping = fyne.TextWrapWord
	return container.New(remarkLayout{base.SizeNameText}, widget.NewIcon(tone.Shape()), text)
}

// remarkLayout sets a shape at the first line of a text.
type remarkLayout struct{ text fyne.ThemeSizeName }

func (l remarkLayout) sizes() (shape, line, inset float32) {
	th := fyne.CurrentApp().Settings().Theme()
	text := th.Size(l.text)
	return text * 1.2, fyne.MeasureText("x", text, fyne.TextStyle{}).Height, th.Size(base.SizeNameInnerPadding)
}

// Layout is called by Fyne.
func (l remarkLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	shape, line, inset := l.sizes()
	objects[0].Resize(fyne.NewSquareSize(shape))
	objects[0].Move(fyne.NewPos(inset, inset+(line-shape)/2))
	objects[1].Resize(fyne.NewSize(max(0, size.Width-shape-inset), size.Height))
	objects[1].Move(fyne.NewPos(shape+inset, 0))
}

// MinSize is called by Fyne.
func (l remarkLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	shape, _, inset := l.sizes()
	return objects[1].MinSize().AddWidthHeight(shape+inset, 0)
}

// meanings are the tones' colours, which stand for the shapes as well.
var meanings = map[Tone]fyne.ThemeColorName{
	Good: theme.Good, Attention: theme.Attention, Urgent: theme.Urgent, Critical: theme.Critical,
}

// Color is the colour of text in this tone.
func (t Tone) Color() fyne.ThemeColorName {
	if name, ok := meanings[t]; ok {
		return name
	}
	return base.ColorNameForeground
}

// Shape is the tone's picture: no two are alike, even for those who don't see colours.
func (t Tone) Shape() fyne.Resource {
	if name, ok := meanings[t]; ok {
		return theme.Shape(name)
	}
	return theme.Shape(theme.Info)
}

// Importance is how Fyne's own widgets colour the tone. They know no orange: Urgent is as red as Critical there.
func (t Tone) Importance() widget.Importance {
	switch t {
	case Good:
		return widget.SuccessImportance
	case Attention:
		return widget.WarningImportance
	case Urgent, Critical:
		return widget.DangerImportance
	}
	return widget.MediumImportance
}
