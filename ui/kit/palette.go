package kit

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// PaletteItem is one thing that the palette offers. Text and hint are in the user's language already: patients have names.
type PaletteItem struct {
	Text string
	Hint string // what kind of thing it is, or where: 'Place', 'Patients'
	Keys string // that do the same
	Do   func()
}

// PaletteItems are the commands as the palette offers them; hint says where they belong.
func PaletteItems(hint Sentence, commands []Command) []PaletteItem {
	var items []PaletteItem
	for _, c := range commands {
		if !c.Hidden {
			items = append(items, PaletteItem{Text: c.Name.Text(), Hint: hint.Text(), Keys: c.Keys(), Do: c.Do})
		}
	}
	return items
}

// Palette does anything by a few letters: words may be begun, in any order, without accents. It lies over the window until
// something is chosen or Esc pressed. All of it belongs to the window's goroutine.
type Palette struct {
	widget.BaseWidget
	layer
	entry *Entry
	list  *hitList
	panel *canvas.Rectangle
	shade *canvas.Rectangle
	items []PaletteItem
	done  func()
	// Search finds more for what was typed, such as patients, and gives it to put on the window's goroutine; nil: there is no more.
	Search func(typed string, put func([]PaletteItem))
	more   []PaletteItem // for the letters that stand there
}

// NewPalette makes one over the items; those that stand first are offered first.
func NewPalette(items []PaletteItem) *Palette {
	p := &Palette{entry: NewEntry(), list: newHitList(), items: items, shade: &canvas.Rectangle{},
		panel: &canvas.Rectangle{StrokeWidth: 1, CornerRadius: 6}}
	p.entry.SetPlaceHolder(Say("palette.hint", "What do you want to do?").Text())
	p.entry.OnChanged = func(string) { p.changed() }
	p.entry.OnSubmit = func() { p.list.choose() }
	p.entry.Keys = p.list.keys()
	p.ExtendBaseWidget(p)
	return p
}

// Open lays it over a window; done, which may be nil, is called once, after it has closed, before what was chosen is done.
func (p *Palette) Open(c fyne.Canvas, done func()) {
	if p.opened() {
		return
	}
	p.done = done
	p.entry.SetText("")
	p.filter()
	p.layer.open(c, p, func(event *fyne.KeyEvent) {
		if event.Name == fyne.KeyEscape {
			p.Close()
		}
	})
	c.Focus(p.entry)
}

// Opened tells whether it lies over a window.
func (p *Palette) Opened() bool { return p.opened() }

// Close takes it away; nothing is done.
func (p *Palette) Close() {
	if p.layer.canvas == nil {
		return
	}
	p.layer.close()
	if done := p.done; done != nil {
		p.done = nil
		done()
	}
}

// changed filters at once what is here, and looks for the rest.
func (p *Palette) changed() {
	p.more = nil
	p.filter()
	typed := p.entry.Text
	if p.Search == nil || strings.TrimSpace(typed) == "" {
		return
	}
	p.Search(typed, func(more []PaletteItem) {
		if p.opened() && p.entry.Text == typed {
			p.more = more
			p.filter()
		}
	})
}

func (p *Palette) filter() {
	var rows []hitRow
	for _, item := range append(matching(p.items, p.entry.Text), p.more...) {
		rows = append(rows, hitRow{title: item.Text, hint: item.Hint, key: item.Keys, do: func() {
			p.Close()
			item.Do()
		}})
	}
	var remark Remark
	if len(rows) == 0 {
		remark = Remark{Attention, Say("palette.nothing", "Nothing here is called that. Type fewer letters.")}
	}
	p.list.show(rows, remark, 0)
	p.Refresh()
}

// matching are the items whose words begin with what was typed, those first whose text itself begins so.
func matching(items []PaletteItem, typed string) []PaletteItem {
	want := strings.FieldsFunc(fold(typed), betweenWords)
	type match struct {
		item PaletteItem
		rank int
	}
	var found []match
	for _, item := range items {
		text := fold(item.Text)
		if !beginWords(want, fold(item.Text+" "+item.Hint)) {
			continue
		}
		m := match{item: item}
		if !strings.HasPrefix(text, strings.Join(want, " ")) {
			m.rank++
		}
		if !beginWords(want, text) {
			m.rank++ // only with the hint's help
		}
		found = append(found, m)
	}
	slices.SortStableFunc(found, func(a, b match) int { return cmp.Compare(a.rank, b.rank) })
	sorted := make([]PaletteItem, len(found))
	for i, m := range found {
		sorted[i] = m.item
	}
	return sorted
}

func betweenWords(r rune) bool {
	return r == ' ' || r == ',' || r == '-' || r == '(' || r == ')' || r == '\''
}

// beginWords tells whether each of the beginnings begins a word of its own.
func beginWords(beginnings []string, text string) bool {
	words := strings.FieldsFunc(text, betweenWords)
	longest := slices.Clone(beginnings)
	slices.SortFunc(longest, func(a, b string) int { return cmp.Compare(len(b), len(a)) }) // the choosiest first
	for _, beginning := range longest {
		i := slices.IndexFunc(words, func(word string) bool { return strings.HasPrefix(word, beginning) })
		if i < 0 {
			return false
		}
		words = slices.Delete(words, i, i+1)
	}
	return true
}

// Tapped closes it on a click beside it.
func (p *Palette) Tapped(event *fyne.PointEvent) {
	at, size := p.panel.Position(), p.panel.Size()
	x, y := event.Position.X-at.X, event.Position.Y-at.Y
	if x < 0 || y < 0 || x > size.Width || y > size.Height {
		p.Close()
	}
}

// CreateRenderer is called by Fyne.
func (p *Palette) CreateRenderer() fyne.WidgetRenderer { return paletteRenderer{p} }

type paletteRenderer struct{ p *Palette }

func (r paletteRenderer) Destroy()           {}
func (r paletteRenderer) MinSize() fyne.Size { return fyne.Size{} }
func (r paletteRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.p.shade, r.p.panel, r.p.entry, r.p.list}
}

// Refresh is called by Fyne.
func (r paletteRenderer) Refresh() {
	r.Layout(r.p.Size())
	r.p.list.Refresh()
	canvas.Refresh(r.p)
}

// Layout sets it into the upper part of the window, where the eye is.
func (r paletteRenderer) Layout(size fyne.Size) {
	p := r.p
	p.shade.FillColor = paint(p, base.ColorNameShadow)
	p.panel.FillColor, p.panel.StrokeColor = paint(p, base.ColorNameOverlayBackground), paint(p, base.ColorNameInputBorder)
	p.shade.Resize(size)
	text := p.Theme().Size(base.SizeNameText)
	width := min(hitLetters*1.3*text, size.Width-2*hitMargin)
	at := fyne.NewPos((size.Width-width)/2, max(min(size.Height*0.12, 90), hitMargin))
	entry := p.entry.MinSize().Height
	list := p.list.height(width-2*hitPad, size.Height-at.Y-entry-3*hitPad-hitMargin)
	p.panel.Move(at)
	p.panel.Resize(fyne.NewSize(width, entry+list+3*hitPad))
	p.entry.Move(at.AddXY(hitPad, hitPad))
	p.entry.Resize(fyne.NewSize(width-2*hitPad, entry))
	p.list.Move(at.AddXY(hitPad, entry+2*hitPad))
	p.list.Resize(fyne.NewSize(width-2*hitPad, list))
}
