package report

// Align is on which side of its column a text stands.
type Align uint8

// The sides. Numbers stand right, so that their digits stand under each other.
const (
	Left Align = iota
	Centre
	Right
)

func (a Align) letter() string { return [...]string{"L", "C", "R"}[min(a, Right)] }

// Column is a column of a Table.
type Column struct {
	Title string
	Align Align
}

// Row is a row of a Table: a cell for each column, or a Group, a heading over the rows that follow.
type Row struct {
	Group string
	Cells []string
}

// Table is a document of rows and columns: a list, a matrix, the keys of a place. The heads of its columns stand on every
// page, a row is not torn apart unless it is longer than a page, and the columns take what room their texts need.
type Table struct {
	Title     string
	Intro     []string // paragraphs before the rows
	Columns   []Column
	Rows      []Row
	Notes     []string // paragraphs behind the rows
	Landscape bool
}

// PDF draws the table.
func (t Table) PDF(frame Frame) (result Result, err error) {
	defer caught(&result, &err)
	return draw(frame, t.Title, t.Landscape, func(p *page) {
		for _, text := range t.Intro {
			p.paragraph(text, bodyStyle)
			p.gap(2)
		}
		t.draw(p)
		for _, text := range t.Notes {
			p.gap(2)
			p.paragraph(text, bodyStyle)
		}
	})
}

const (
	padX = 2.0 // around a cell's text
	padY = 1.1
)

func (t Table) draw(p *page) {
	if len(t.Columns) == 0 {
		return
	}
	g := grid{page: p, columns: t.Columns, widths: t.widths(p)}
	g.heads(0)
	for i, row := range t.Rows {
		if row.Group != "" {
			after := 0.0 // a heading stays with the row below it
			if i+1 < len(t.Rows) {
				after = g.height(t.Rows[i+1])
			}
			g.band(row.Group, after)
			continue
		}
		g.row(row)
	}
	p.gap(2)
}

// widths gives each column the room that its longest text takes, as long as all fit. Otherwise the narrow ones keep theirs
// and the wide ones share what is left, whose texts then wrap.
func (t Table) widths(p *page) []float64 {
	natural := make([]float64, len(t.Columns))
	sum := 0.0
	for i, column := range t.Columns {
		natural[i] = p.measure(p.letters.clean(column.Title), strongStyle)
		for _, row := range t.Rows {
			if i < len(row.Cells) {
				natural[i] = max(natural[i], p.measure(p.letters.clean(row.Cells[i]), bodyStyle))
			}
		}
		natural[i] += 2*padX + 0.5
		sum += natural[i]
	}
	if sum <= p.width {
		for i := range natural {
			natural[i] *= p.width / sum
		}
		return natural
	}
	return share(natural, p.width)
}

// share divides a width: who wants no more than an equal part gets what he wants, the others the rest in equal parts.
func share(wants []float64, width float64) []float64 {
	got := make([]float64, len(wants))
	open := len(wants)
	for {
		part, settled := width/float64(max(open, 1)), false
		for i, want := range wants {
			if got[i] == 0 && want <= part {
				got[i], width, open, settled = want, width-want, open-1, true
			}
		}
		if !settled {
			for i := range got {
				if got[i] == 0 {
					got[i] = part
				}
			}
			return got
		}
	}
}

// grid draws rows.
type grid struct {
	page    *page
	columns []Column
	widths  []float64
}

// cells wraps a row's texts.
func (g grid) cells(row Row, s style) (lines [][]string, most int) {
	lines = make([][]string, len(g.columns))
	for i := range g.columns {
		text := ""
		if i < len(row.Cells) {
			text = row.Cells[i]
		}
		lines[i] = g.page.wrap(text, g.widths[i]-2*padX, s)
		most = max(most, len(lines[i]))
	}
	return lines, most
}

func (g grid) height(row Row) float64 {
	_, most := g.cells(row, bodyStyle)
	return float64(most)*bodyStyle.line() + 2*padY
}

// heads draws the heads of the columns, and asks for room for so much more below them.
func (g grid) heads(more float64) {
	titles := Row{}
	for _, column := range g.columns {
		titles.Cells = append(titles.Cells, column.Title)
	}
	lines, most := g.cells(titles, strongStyle)
	height := float64(most)*strongStyle.line() + 2*padY
	g.page.need(height + max(more, 2*bodyStyle.line()))
	g.shade(height, 225)
	g.lines(lines, 0, most, strongStyle)
	g.page.y += height
	g.page.rule(g.page.y)
}

// room turns the page where a height does not fit, and repeats the heads.
func (g grid) room(height float64) {
	if g.page.need(height) {
		g.heads(0)
	}
}

func (g grid) band(text string, after float64) {
	width := g.page.width - 2*padX
	parts := g.page.wrap(text, width, strongStyle)
	height := float64(len(parts))*strongStyle.line() + 2*padY
	g.room(height + after)
	g.shade(height, 240)
	for i, part := range parts {
		g.page.text(g.page.x+padX, g.page.y+padY+float64(i)*strongStyle.line(), width, part, strongStyle, "L")
	}
	g.page.y += height
	g.page.rule(g.page.y)
}

func (g grid) row(row Row) {
	lines, most := g.cells(row, bodyStyle)
	g.room(float64(most)*bodyStyle.line() + 2*padY)
	for from := 0; from < most; {
		// One pass, except for a row that is longer than a page.
		fits := max(1, int((g.page.bottom-g.page.y-2*padY)/bodyStyle.line()))
		to := min(most, from+fits)
		g.lines(lines, from, to, bodyStyle)
		g.page.y += float64(to-from)*bodyStyle.line() + 2*padY
		g.page.rule(g.page.y)
		if from = to; from < most {
			g.page.turn()
			g.heads(0)
		}
	}
}

// lines writes lines from to of each cell.
func (g grid) lines(cells [][]string, from, to int, s style) {
	x := g.page.x
	for i, cell := range cells {
		for n := from; n < min(to, len(cell)); n++ {
			g.page.text(x+padX, g.page.y+padY+float64(n-from)*s.line(), g.widths[i]-2*padX, cell[n], s, g.columns[i].Align.letter())
		}
		x += g.widths[i]
	}
}

func (g grid) shade(height float64, grey int) {
	g.page.pdf.SetFillColor(grey, grey, grey)
	g.page.pdf.Rect(g.page.x, g.page.y, g.page.width, height, "F")
}
