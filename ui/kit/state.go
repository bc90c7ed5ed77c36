package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// State stands where content would: while it is being read, where there is none, and where it couldn't be read.
type State struct {
	object fyne.CanvasObject
	button *Button
}

// Object is what is shown.
func (s *State) Object() fyne.CanvasObject { return s.object }

// Focusable is the button; nil where there is none.
func (s *State) Focusable() fyne.Focusable {
	if s.button == nil {
		return nil
	}
	return s.button
}

// Loading says what is being read: 'Reading the ward'.
func Loading(what Sentence) *State {
	return newState(stateText(what, base.SizeNameText, false), nil, nil)
}

// Empty says that there is nothing, and the next thing to do, which the button does. Without do there is no button.
func Empty(what, next, label Sentence, do func()) *State {
	var button *Button
	if do != nil {
		button = NewButton(label.Text(), nil, do)
		button.Importance = widget.HighImportance
	}
	var second fyne.CanvasObject
	if !next.Empty() {
		second = stateText(next, base.SizeNameText, false)
	}
	return newState(stateText(what, base.SizeNameSubHeadingText, true), second, button)
}

// Failed says what happened and what to do, with a button that tries again; nil where that is of no use.
func Failed(what Sentence, retry func()) *State {
	var button *Button
	if retry != nil {
		button = NewButton(Say("state.retry", "Try again").Text(), nil, retry)
	}
	return newState(RemarkRow(Critical, what), nil, button)
}

func stateText(s Sentence, size fyne.ThemeSizeName, bold bool) fyne.CanvasObject {
	label := widget.NewLabel(s.Text())
	label.SizeName = size
	label.TextStyle.Bold = bold
	label.Wrapping = fyne.TextWrapWord
	return label
}

// stateWidth and stateMargin are in device-independent pixels.
const (
	stateWidth  = 640
	stateMargin = 24
)

func newState(first, second fyne.CanvasObject, button *Button) *State {
	box := container.NewVBox(first)
	if second != nil {
		box.Add(second)
	}
	if button != nil {
		box.Add(container.NewHBox(container.NewPadded(button)))
	}
	return &State{object: container.New(Column{Width: stateWidth, Margin: stateMargin}, box), button: button}
}
