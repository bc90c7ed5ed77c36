package kit

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
)

// FocusGained is called by Fyne.
func (g *grid) FocusGained() { g.showFocus(true) }

// FocusLost is called by Fyne.
func (g *grid) FocusLost() { g.showFocus(false) }

func (g *grid) showFocus(focused bool) {
	g.focused, g.typed = focused, nil
	visible(g.ring, focused)
	g.pane.mark(g.current)
	g.head.Refresh()
}

func (g *grid) takeFocus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(g.self.(fyne.CanvasObject)); c != nil {
		c.Focus(g.self)
	}
}

// TypedKey is called by Fyne while the table has the focus. What the table has no use for goes to the window.
func (g *grid) TypedKey(event *fyne.KeyEvent) {
	active()
	if g.state == nil && g.move(event.Name) {
		g.typed = nil
		return
	}
	switch event.Name {
	case fyne.KeyLeft:
		g.turnTo(g.column - 1)
	case fyne.KeyRight:
		g.turnTo(g.column + 1)
	case fyne.KeySpace:
		if len(g.typed) == 0 {
			g.sortOn(g.column)
		}
	case fyne.KeyPlus, fyne.KeyMinus, fyne.KeyEqual: // they come as runes as well
	default:
		handOn(g.self.(fyne.CanvasObject), event)
	}
}

// move does what a key does to the selection, and tells whether it does anything.
func (g *grid) move(key fyne.KeyName) bool {
	page := max(int(g.scroll.Size().Height/g.rowHeight())-1, 1)
	switch key {
	case fyne.KeyDown:
		g.step(1)
	case fyne.KeyUp:
		g.step(-1)
	case fyne.KeyPageDown:
		g.step(page)
	case fyne.KeyPageUp:
		g.step(-page)
	case fyne.KeyHome:
		g.choose(0)
	case fyne.KeyEnd:
		g.choose(g.count - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		if g.current < 0 {
			return false
		}
		g.open(g.current)
	default:
		return false
	}
	return true
}

// step goes by rows from the selected one. Beyond the last row lies the next page.
func (g *grid) step(by int) {
	if g.current < 0 { // nothing is selected: begin with the row that the eye begins with, or where the last one was
		g.choose(max(g.near, int(g.scroll.Offset.Y/g.rowHeight())))
		return
	}
	to := g.current + by
	if (to >= g.count && g.current == g.count-1 && g.page(true, false)) || (to < 0 && g.current == 0 && g.page(false, true)) {
		return
	}
	g.choose(to)
}

func (g *grid) turnTo(column int) {
	g.typed = nil
	g.column = min(max(column, 0), len(g.heads)-1)
	edges, x, view := g.visibleEdges(), g.scroll.Offset.X, g.scroll.Size().Width
	left, right := edges[g.column], edges[g.column+1]
	if right > x+view {
		x = right - view
	}
	if x = min(x, left); x != g.scroll.Offset.X {
		g.scroll.ScrollToOffset(fyne.NewPos(max(x, 0), g.scroll.Offset.Y))
		g.scrolled()
	}
	g.head.Refresh()
}

// TypedRune is called by Fyne: + and - change the column's width, letters jump to the next row that begins with them.
func (g *grid) TypedRune(r rune) {
	switch {
	case g.state != nil:
	case r == '+' || r == '=':
		g.widen(widthStep)
	case r == '-':
		g.widen(-widthStep)
	case unicode.IsLetter(r) || unicode.IsDigit(r) || (r == ' ' && len(g.typed) > 0):
		g.jump(r)
	}
}

func (g *grid) widen(by float32) {
	edges := g.visibleEdges()
	g.setWidth(g.column, edges[g.column+1]-edges[g.column]+by)
}

// jump goes on with what was typed before, as long as a row begins with it.
func (g *grid) jump(r rune) {
	if row := g.beginning(append(g.typed, r), g.current); row >= 0 {
		g.typed = append(g.typed, r)
		g.choose(row)
		return
	}
	g.typed = nil
	if row := g.beginning([]rune{r}, g.current+1); row >= 0 {
		g.typed = []rune{r}
		g.choose(row)
	}
}

// beginning is the first row, from the given one on and round the end, whose main cell begins with the letters.
func (g *grid) beginning(letters []rune, from int) int {
	want := fold(string(letters))
	for i := range g.count {
		row := (max(from, 0) + i) % g.count
		if strings.HasPrefix(fold(g.cell(row, g.main).Text), want) {
			return row
		}
	}
	return -1
}

// sortKeys are the keys that sort by the first columns, with Alt.
var sortKeys = []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7, fyne.Key8, fyne.Key9}

func (g *grid) commands() []Command {
	var list []Command
	for i, h := range g.heads {
		if !h.sorts {
			continue
		}
		c := Command{Name: Say("table.sort", "Sort by {{.Column}}", "Column", h.title), Do: func() { g.sortOn(i) }}
		if i < len(sortKeys) {
			c.Key, c.Modifier = sortKeys[i], fyne.KeyModifierAlt
		}
		list = append(list, c)
	}
	if g.OnPage == nil || g.total <= g.count {
		return list
	}
	return append(list,
		Command{Name: Say("table.next", "Next page"), Key: fyne.KeyPageDown, Modifier: fyne.KeyModifierShortcutDefault,
			Do: func() { g.page(true, false) }},
		Command{Name: Say("table.previous", "Previous page"), Key: fyne.KeyPageUp, Modifier: fyne.KeyModifierShortcutDefault,
			Do: func() { g.page(false, false) }})
}
