package kittest

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// Placed is one object of a window, where it stands in the window, and the objects it stands in, from the outermost.
type Placed struct {
	Object  fyne.CanvasObject
	At      fyne.Position
	Parents []Placed
}

// Walk calls visit with everything that is shown on a window, in the order in which Tab goes: contents, then what lies
// over them.
func Walk(w fyne.Window, visit func(Placed)) {
	for _, root := range append([]fyne.CanvasObject{w.Content()}, w.Canvas().Overlays().List()...) {
		if root != nil {
			walk(Placed{Object: root, At: fyne.CurrentApp().Driver().AbsolutePositionForObject(root)}, visit)
		}
	}
}

func walk(p Placed, visit func(Placed)) {
	if !p.Object.Visible() {
		return
	}
	visit(p)
	parents := append(p.Parents[:len(p.Parents):len(p.Parents)], p)
	for _, child := range children(p.Object) {
		if child != nil {
			walk(Placed{Object: child, At: p.At.Add(child.Position()), Parents: parents}, visit)
		}
	}
}

func children(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case fyne.Widget:
		return test.WidgetRenderer(o).Objects()
	}
	return nil
}

// Text is a text that is drawn.
type Text struct {
	Placed
	Text string
}

// Texts are all texts that are drawn on a window.
func Texts(w fyne.Window) []Text {
	var texts []Text
	Walk(w, func(p Placed) {
		if text, ok := p.Object.(*canvas.Text); ok && text.Text != "" {
			texts = append(texts, Text{p, text.Text})
		}
	})
	return texts
}

// CutOff are the texts of which a part can't be seen, because what they stand in is too small, and that don't say so with
// an ellipsis. What can be scrolled to, and what is typed, is not cut off.
func CutOff(w fyne.Window) []string {
	var cut []string
	for _, text := range Texts(w) {
		if text.cutOff(w.Canvas().Size()) {
			cut = append(cut, text.Text)
		}
	}
	return cut
}

// hair is what layouts are out by when they add up fractions.
const hair = 1.5

func (t Text) cutOff(window fyne.Size) bool {
	end := t.At.Add(t.Object.MinSize())
	for i := len(t.Parents) - 1; i >= 0; i-- {
		parent := t.Parents[i]
		switch parent.Object.(type) {
		case *container.Scroll, *container.Clip, *widget.Entry:
			return false
		}
		limit := parent.At.Add(parent.Object.Size())
		if _, ok := parent.Object.(fyne.Widget); ok && (end.X > limit.X+hair || end.Y > limit.Y+hair || t.At.X < parent.At.X-hair) {
			return true
		}
	}
	return end.X > window.Width+hair || end.Y > window.Height+hair
}
