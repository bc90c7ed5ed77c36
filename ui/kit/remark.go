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
	text := widget.NewLabel(sentence.Text())
	text.Wrapping = fyne.TextWrapWord
	text.Importance = tone.Importance()
	icon := container.NewVBox(container.NewPadded(widget.NewIcon(tone.Shape()))) // at the first line
	return container.NewBorder(nil, nil, icon, nil, text)
}

// Importance is how Fyne's own widgets colour the tone.
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

// The shapes that Fyne has no picture of: a filled triangle and a filled octagon, with a mark cut out.
var (
	triangle = fyne.NewStaticResource("wardbook-urgent.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24"><path fill="#000000" fill-rule="evenodd" d="M12 2 L23 22 L1 22 Z M11 9 L11 16 L13 16 L13 9 Z M11 17.5 L11 19.5 L13 19.5 L13 17.5 Z"/></svg>`))
	octagon  = fyne.NewStaticResource("wardbook-critical.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24"><path fill="#000000" fill-rule="evenodd" d="M8 2 L16 2 L22 8 L22 16 L16 22 L8 22 L2 16 L2 8 Z M11 6 L11 13.5 L13 13.5 L13 6 Z M11 15.5 L11 17.5 L13 17.5 L13 15.5 Z"/></svg>`))
)

// Shape is the tone's picture: dot, tick, warning sign, filled triangle, filled octagon.
func (t Tone) Shape() fyne.Resource {
	switch t {
	case Good:
		return base.NewColoredResource(base.ConfirmIcon(), theme.Good)
	case Attention:
		return base.NewColoredResource(base.WarningIcon(), theme.Attention)
	case Urgent:
		return base.NewColoredResource(triangle, theme.Urgent)
	case Critical:
		return base.NewColoredResource(octagon, theme.Critical)
	}
	return base.NewColoredResource(base.InfoIcon(), theme.Info)
}
