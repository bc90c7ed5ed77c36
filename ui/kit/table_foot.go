package kit

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// tableFoot says how many rows there are, and of the selected row what a column was too narrow for.
type tableFoot struct {
	widget.BaseWidget
	g              *grid
	count, detail  *widget.Label
	earlier, later *Button
	row            *fyne.Container
}

func newTableFoot(g *grid) *tableFoot {
	f := &tableFoot{g: g, count: smallLabel(), detail: smallLabel()}
	f.detail.Truncation = fyne.TextTruncateEllipsis
	f.earlier = NewButton(Say("table.previous", "Previous page").Text(), nil, func() { g.page(false, false) })
	f.later = NewButton(Say("table.next", "Next page").Text(), nil, func() { g.page(true, false) })
	f.row = container.NewBorder(nil, nil, f.count, container.NewHBox(f.earlier, f.later), f.detail)
	f.ExtendBaseWidget(f)
	return f
}

func smallLabel() *widget.Label {
	label := widget.NewLabel("")
	label.SizeName = base.SizeNameCaptionText
	return label
}

// CreateRenderer is called by Fyne.
func (f *tableFoot) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.row) }

// Refresh is called when rows, the selection or the theme have changed.
func (f *tableFoot) Refresh() {
	g := f.g
	setText(f.count, g.countText())
	setText(f.detail, g.detailText())
	paged := g.OnPage != nil && (g.offset > 0 || g.total > g.count)
	visible(f.earlier, paged)
	visible(f.later, paged)
	able(f.earlier, g.offset > 0)
	able(f.later, g.offset+g.count < g.total)
	f.BaseWidget.Refresh()
}

func setText(label *widget.Label, text string) {
	if label.Text != text {
		label.SetText(text)
	}
}

func able(w fyne.Disableable, may bool) {
	switch {
	case may == !w.Disabled():
	case may:
		w.Enable()
	default:
		w.Disable()
	}
}

// countText is 'n of m': what can be seen here of what there is. A table can only sort what it has: the first row is then
// not the first of all, and that is said.
func (g *grid) countText() string {
	if g.state != nil {
		return ""
	}
	first, last, total := strconv.Itoa(g.offset+1), strconv.Itoa(g.offset+g.count), strconv.Itoa(g.total)
	text := Say("table.count", "{{.Shown}} of {{.Total}}", "Shown", strconv.Itoa(g.count), "Total", total).Text()
	if g.offset > 0 {
		text = Say("table.page", "{{.First}} to {{.Last}} of {{.Total}}", "First", first, "Last", last, "Total", total).Text()
	}
	if g.count < g.total && g.sortedHere() {
		return Say("table.sorted", "{{.Count}}, sorted among these only", "Count", text).Text()
	}
	return text
}

func (g *grid) sortedHere() bool {
	return slices.ContainsFunc(g.heads, func(h head) bool { return h.id == g.order.Column && h.sorts && !h.bySource })
}

// detailText is all that the selected row doesn't show.
func (g *grid) detailText() string {
	if g.current < 0 || g.state != nil {
		return ""
	}
	var parts []string
	edges, size := g.visibleEdges(), g.Theme().Size(base.SizeNameText)
	for i, h := range g.heads {
		c := g.cell(g.current, i)
		text := c.Full
		if text == "" {
			room := edges[i+1] - edges[i] - 2*cellGap
			if c.Tone != Plain {
				room -= size + 2
			}
			if _, whole := cut(c.Text, size, fyne.TextStyle{Bold: c.Bold}, room); whole {
				continue
			}
			text = c.Text
		}
		parts = append(parts, h.title+": "+text)
	}
	return strings.Join(parts, "    ")
}
