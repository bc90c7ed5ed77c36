package shell

import "fyne.io/fyne/v2"

// SizeOf is how large a window was when it was last closed, for the account on this computer.
func SizeOf(preferences fyne.Preferences, window string, usual fyne.Size) fyne.Size {
	w := preferences.FloatWithFallback("window."+window+".width", float64(usual.Width))
	h := preferences.FloatWithFallback("window."+window+".height", float64(usual.Height))
	return fyne.NewSize(between(w, 480), between(h, 360))
}

// between keeps a size from being of no use: a window that was once dragged to nothing.
func between(size, least float64) float32 { return float32(min(max(size, least), 8000)) }

// KeepSize remembers how large a window is.
func KeepSize(preferences fyne.Preferences, window string, size fyne.Size) {
	preferences.SetFloat("window."+window+".width", float64(size.Width))
	preferences.SetFloat("window."+window+".height", float64(size.Height))
}

// Columns remembers the widths of one table's columns.
type Columns struct {
	Preferences fyne.Preferences
	Table       string
}

func (c Columns) key(id string) string { return "column." + c.Table + "." + id }

// Get gives a width that was chosen.
func (c Columns) Get(id string) (float32, bool) {
	w := c.Preferences.Float(c.key(id))
	return float32(w), w > 0
}

// Set keeps a width.
func (c Columns) Set(id string, width float32) { c.Preferences.SetFloat(c.key(id), float64(width)) }
