package kit

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Entry is a line or a box to type in. It keeps the keys that text is edited with and leaves all others to its dialog or
// window; Fyne's own swallows them. Tab always leads on, in a box too. Coming in by keyboard marks the whole text.
type Entry struct {
	widget.Entry
	// OnSubmit is called on Enter; in a box, where Enter begins a line, on Ctrl+Enter. Where nil, the dialog or window gets
	// the key.
	OnSubmit func()
	// OnEnter and OnLeave are called when the keyboard comes and goes.
	OnEnter, OnLeave func()
	// Keys come before everything that the entry itself would do with a key.
	Keys Keys

	focused bool
	column  int    // where the cursor was when the keyboard left
	altDown func() // Alt and Down: what drops down from the entry
}

// NewEntry makes a line to type in.
func NewEntry() *Entry { return newEntry(false) }

// NewBox makes a box to type several lines in; rows is how many are seen.
func NewBox(rows int) *Entry {
	e := newEntry(true)
	e.SetMinRowsVisible(rows)
	return e
}

func newEntry(box bool) *Entry {
	e := &Entry{}
	e.MultiLine = box
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip) // scrolls sideways
	if box {
		e.Wrapping = fyne.TextWrapWord
	}
	e.ExtendBaseWidget(e)
	return e
}

// AcceptsTab is asked by Fyne: Tab leads on.
func (e *Entry) AcceptsTab() bool { return false }

// MarkAll selects the whole text, so that typing replaces it.
func (e *Entry) MarkAll() { e.Entry.TypedShortcut(&fyne.ShortcutSelectAll{}) }

// TypedKey is called by Fyne while the entry has the focus.
func (e *Entry) TypedKey(event *fyne.KeyEvent) {
	active()
	enter := event.Name == fyne.KeyReturn || event.Name == fyne.KeyEnter
	switch {
	case e.Keys.Press(event):
	case enter && !e.MultiLine && e.OnSubmit != nil:
		e.OnSubmit()
	case e.edits(event.Name):
		e.Entry.TypedKey(event)
	case event.Name == fyne.KeySpace:
		// it comes as a letter as well
	default:
		handOn(e, event)
	}
}

// TypedRune is called by Fyne for every letter.
func (e *Entry) TypedRune(r rune) {
	active()
	e.Entry.TypedRune(r)
}

// edits tells whether text is edited with this key.
func (e *Entry) edits(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyBackspace, fyne.KeyDelete, fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd:
		return true
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyReturn, fyne.KeyEnter:
		return e.MultiLine
	}
	return false
}

// TypedShortcut is called by Fyne for Ctrl or Alt with a key.
func (e *Entry) TypedShortcut(shortcut fyne.Shortcut) {
	custom, ok := shortcut.(*desktop.CustomShortcut)
	switch {
	case !ok: // copy, paste and their like
		e.Entry.TypedShortcut(shortcut)
	case e.MultiLine && e.OnSubmit != nil && custom.Modifier == fyne.KeyModifierShortcutDefault &&
		(custom.KeyName == fyne.KeyReturn || custom.KeyName == fyne.KeyEnter):
		e.OnSubmit()
	case e.altDown != nil && custom.Modifier == fyne.KeyModifierAlt && custom.KeyName == fyne.KeyDown:
		e.altDown()
	case editsWords(custom):
		e.Entry.TypedShortcut(shortcut)
	default:
		handOnShortcut(e, shortcut)
	}
}

// editsWords tells whether Fyne's entry moves or deletes by words, or to the line's ends, on this.
func editsWords(s *desktop.CustomShortcut) bool {
	plain := s.Modifier &^ fyne.KeyModifierShift
	word := plain == fyne.KeyModifierShortcutDefault || runtime.GOOS == "darwin" && plain == fyne.KeyModifierAlt
	switch s.KeyName {
	case fyne.KeyLeft, fyne.KeyRight:
		return word
	case fyne.KeyBackspace, fyne.KeyDelete:
		return word && s.Modifier == plain
	}
	return false
}

// CreateRenderer is called by Fyne. Around an entry with the keyboard stands a ring: Fyne's own line is as thin with it as
// without it, and only changes its colour.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	return newRing(e.Entry.CreateRenderer(), func() (fyne.ThemeColorName, float32) { return base.ColorNamePrimary, 0 },
		func() bool { return e.focused })
}

// MouseDown is called by Fyne.
func (e *Entry) MouseDown(event *desktop.MouseEvent) {
	if e.Disabled() {
		return // it would get the keyboard, and swallow the window's keys
	}
	e.Entry.MouseDown(event) // which takes the mark away again
}

// FocusGained is called by Fyne when the keyboard comes to the entry, and when its window comes to the front again.
func (e *Entry) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
	back := hasKeyboard(fyne.CurrentApp().Driver().CanvasForObject(e), e)
	if back {
		e.moveTo(e.column)
		return
	}
	if !e.MultiLine {
		e.MarkAll()
	}
	if e.OnEnter != nil {
		e.OnEnter()
	}
}

// moveTo puts the cursor of a line somewhere: what has been left shows how its text begins, not how it ends.
func (e *Entry) moveTo(column int) {
	if e.MultiLine || e.CursorColumn == column {
		return
	}
	e.CursorColumn = column
	e.Refresh()
}

// FocusLost is called by Fyne.
func (e *Entry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	if e.column = e.CursorColumn; !e.MultiLine {
		e.moveTo(0)
	}
	if e.OnLeave != nil {
		e.OnLeave()
	}
}
