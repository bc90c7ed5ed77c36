// Package shell is the window that a person works in: the rail of places, the search, the bell, the palette, the status bar, and the pane in
// which a place's screens come and go with a way back and forward.
//
// It promises that the rail shows what the policy allows and nothing else, that leaving a screen never loses what was typed without asking,
// that nothing of a screen is seen or reached while the desk is locked, and that a screen hears of every change that concerns it. Package ui
// composes it; places never import it: they know kit.Host.
package shell
