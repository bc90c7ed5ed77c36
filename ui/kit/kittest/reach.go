package kittest

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// Reachable checks that Tab leads to everything on a window that can have the keyboard, in the order in which people read,
// and round again, and that Shift+Tab leads back. Where something lies over the window it is that alone.
func Reachable(t testing.TB, w fyne.Window) {
	t.Helper()
	want := focusables(w)
	if len(want) == 0 {
		t.Error("nothing on the window can have the keyboard")
		return
	}
	c := w.Canvas()
	before := c.Focused()
	for _, way := range []struct {
		name string
		next func()
	}{{"Tab", c.FocusNext}, {"Shift+Tab", c.FocusPrevious}} {
		c.Unfocus()
		reached := map[fyne.Focusable]bool{}
		var last fyne.Focusable
		for range want {
			way.next()
			at := c.Focused()
			if trap, ok := at.(fyne.Tabbable); ok && trap.AcceptsTab() {
				t.Errorf("%s does not lead on from %s", way.name, name(at))
			}
			if way.name == "Tab" && last != nil && !reads(want[last], want[at]) {
				t.Errorf("Tab leads from %s back to %s", describe(want[last]), describe(want[at]))
			}
			reached[at], last = true, at
		}
		for f, placed := range want {
			if !reached[f] {
				t.Errorf("%s does not lead to %s", way.name, describe(placed))
			}
		}
	}
	if c.Unfocus(); before != nil {
		c.Focus(before)
	}
}

// focusables are those that can have the keyboard now.
func focusables(w fyne.Window) map[fyne.Focusable]Placed {
	found := map[fyne.Focusable]Placed{}
	top := w.Canvas().Overlays().Top()
	Walk(w, func(p Placed) {
		f, ok := p.Object.(fyne.Focusable)
		if !ok || (top != nil && !within(p, top)) {
			return
		}
		if d, ok := p.Object.(fyne.Disableable); ok && d.Disabled() {
			return
		}
		found[f] = p
	})
	return found
}

func within(p Placed, root fyne.CanvasObject) bool {
	return p.Object == root || (len(p.Parents) > 0 && p.Parents[0].Object == root)
}

// reads tells whether b comes after a where people read lines from left to right, or columns from left to right.
func reads(a, b Placed) bool {
	const off = 6                   // by which things in one line may be out of line
	if scrollOf(a) != scrollOf(b) { // of what is scrolled only the part in sight is beside or above something else
		a.At, b.At = inSight(a), inSight(b)
	}
	aEnd, bEnd := a.At.Add(a.Object.Size()), b.At.Add(b.Object.Size())
	switch {
	case b.At.Y >= aEnd.Y-off: // below
		return true
	case bEnd.Y <= a.At.Y+off: // above: only at the top of the next column
		return b.At.X >= aEnd.X-off
	}
	// Beside each other, or one inside the other.
	return b.At.X >= aEnd.X-off || (bEnd.X > a.At.X+off && b.At.Y >= a.At.Y-off)
}

// scrollOf is the innermost frame that an object is scrolled in; nil where there is none.
func scrollOf(p Placed) *container.Scroll {
	for i := len(p.Parents) - 1; i >= 0; i-- {
		if scroll, ok := p.Parents[i].Object.(*container.Scroll); ok {
			return scroll
		}
	}
	return nil
}

// inSight is where an object stands, or the edge of the frame behind which it is scrolled.
func inSight(p Placed) fyne.Position {
	at := p.At
	for _, parent := range p.Parents {
		if scroll, ok := parent.Object.(*container.Scroll); ok {
			bottom := parent.At.Y + scroll.Size().Height - p.Object.Size().Height
			at.Y = max(parent.At.Y, min(at.Y, bottom))
		}
	}
	return at
}

func describe(p Placed) string {
	return fmt.Sprintf("%s at %.0f, %.0f", name(p.Object), p.At.X, p.At.Y)
}

// name says which one it is: by its text, where it has one.
func name(o any) string {
	switch o := o.(type) {
	case fyne.Widget:
		for _, text := range textsIn(o) {
			return fmt.Sprintf("%T %q", o, text)
		}
	case nil:
		return "nothing"
	}
	return fmt.Sprintf("%T", o)
}

func textsIn(o fyne.CanvasObject) []string {
	var found []string
	walk(Placed{Object: o}, func(p Placed) {
		if text, ok := p.Object.(*canvas.Text); ok && text.Text != "" {
			found = append(found, text.Text)
		}
	})
	return found
}
