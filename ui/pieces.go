package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"wardbook/ui/kit"
)

// demoBanner warns on every window of a throw-away hospital.
func demoBanner() fyne.CanvasObject {
	return container.NewVBox(kit.RemarkRow(kit.Attention, kit.Say("demo.banner",
		"DEMONSTRATION. This folder is thrown away when the window closes. Enter nothing real.")), widget.NewSeparator())
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

func visible(object fyne.CanvasObject, show bool) {
	if show {
		object.Show()
		return
	}
	object.Hide()
}
