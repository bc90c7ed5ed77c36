package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"wardbook/ui/kit"
	"wardbook/ui/theme"
)

// demoBanner warns on every window of a throw-away folder; nil where the folder stays.
func demoBanner(demo bool) fyne.CanvasObject {
	if !demo {
		return nil
	}
	text := widget.NewLabel(kit.Say("demo.banner",
		"DEMONSTRATION. This folder is thrown away when the window closes. Enter nothing real.").Text())
	text.TextStyle.Bold = true
	text.Wrapping = fyne.TextWrapWord
	text.Importance = widget.WarningImportance
	icon := container.NewPadded(widget.NewIcon(shape(Attention)))
	return container.NewVBox(container.NewBorder(nil, nil, icon, nil, text), widget.NewSeparator())
}

// remarkRow is one sentence with its shape.
func remarkRow(remark Remark) fyne.CanvasObject {
	text := paragraph(remark.Sentence.Text())
	text.Importance = importance(remark.Tone)
	icon := container.NewVBox(container.NewPadded(widget.NewIcon(shape(remark.Tone)))) // at the first line
	return container.NewBorder(nil, nil, icon, nil, text)
}

func paragraph(text string) *widget.Label {
	label := widget.NewLabel(text)
	label.Wrapping = fyne.TextWrapWord
	return label
}

func name(s kit.Sentence) *widget.Label {
	label := widget.NewLabel(s.Text())
	label.Importance = widget.LowImportance
	return label
}

// fact is a text that can be marked and copied, for a call to support.
func fact(text string) *widget.Label {
	label := widget.NewLabel(text)
	label.Selectable = true
	label.Wrapping = fyne.TextWrapBreak
	return label
}

func importance(tone Tone) widget.Importance {
	switch tone {
	case Good:
		return widget.SuccessImportance
	case Attention:
		return widget.WarningImportance
	case Critical:
		return widget.DangerImportance
	}
	return widget.MediumImportance
}

// shape says the tone to those who don't see its colour.
func shape(tone Tone) fyne.Resource {
	switch tone {
	case Good:
		return base.NewColoredResource(base.ConfirmIcon(), theme.Good)
	case Attention:
		return base.NewColoredResource(base.WarningIcon(), theme.Attention)
	case Critical:
		return base.NewColoredResource(base.ErrorIcon(), theme.Critical)
	}
	return base.NewColoredResource(base.InfoIcon(), theme.Info)
}

func visible(object fyne.CanvasObject, show bool) {
	if show {
		object.Show()
		return
	}
	object.Hide()
}
