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
	icon := container.NewVBox(container.NewPadded(widget.NewIcon(tone.Shape()))) // at the first line
	return container.NewBorder(nil, nil, icon, nil, text)
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
