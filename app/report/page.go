package report

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/jung-kurt/gofpdf"

	"wardbook/assets"
	"wardbook/data"
)

// Geometry, in millimetres.
const (
	margin      = 18.0
	headHeight  = 10.0 // the strip above the body, on every page
	footHeight  = 10.0
	millimetres = 25.4 / 72 // of a point
)

// style is how a text looks.
type style struct {
	size float64 // in points
	bold bool
	grey bool
}

var (
	titleStyle   = style{size: 20, bold: true}
	headingStyle = style{size: 12, bold: true}
	bodyStyle    = style{size: 10.5}
	strongStyle  = style{size: 10.5, bold: true}
	smallStyle   = style{size: 8.5, grey: true}
)

// line is the height of a line.
func (s style) line() float64 { return s.size * millimetres * 1.36 } // what Noto's ascent and descent need

// page is where a document is drawn: it knows how far down it is and turns itself.
type page struct {
	pdf     *gofpdf.Fpdf
	frame   Frame
	title   string
	letters *letters
	total   int // pages in all, as far as is known
	x, y    float64
	width   float64 // of the body
	bottom  float64 // of the body
}

// caught is deferred by every document: the library, or a translation, may panic, and a printer is no reason to end the program.
func caught(result *Result, err *error) {
	if fault := recover(); fault != nil {
		*result, *err = Result{}, failed(fmt.Errorf("%v", fault))
	}
}

// draw makes a document's pages. They are drawn again when it turns out that there is more than one: each says of how
// many it is. (The library's own way to fill the number in afterwards may want a digit that its font was cut without.)
func draw(frame Frame, title string, landscape bool, body func(*page)) (Result, error) {
	if frame.At.IsZero() {
		return Result{}, failed(errors.New("no time given")) // the library would take the clock's
	}
	for total := 1; ; {
		p, err := newPage(frame, title, landscape, total)
		if err != nil {
			return Result{}, failed(err)
		}
		p.turn()
		p.paragraph(title, titleStyle)
		p.gap(3)
		body(p)
		if count := p.pdf.PageCount(); count != total {
			total = count
			continue
		}
		var out bytes.Buffer
		if err := p.pdf.Output(&out); err != nil {
			return Result{}, failed(err)
		}
		return Result{PDF: out.Bytes(), Pages: total, Missing: p.letters.missing}, nil
	}
}

func newPage(frame Frame, title string, landscape bool, total int) (*page, error) {
	letters, err := newLetters()
	if err != nil {
		return nil, err
	}
	orientation := "P"
	if landscape {
		orientation = "L"
	}
	pdf := gofpdf.New(orientation, "mm", frame.Paper.name(), "")
	pdf.SetCreationDate(frame.At.UTC())
	pdf.SetModificationDate(frame.At.UTC())
	pdf.SetCatalogSort(true) // the same bytes each time
	pdf.SetProducer("Wardbook", false)
	pdf.SetTitle(letters.clean(title), true)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(margin, margin, margin)
	pdf.SetCellMargin(0)
	// Copies: the library writes into what it is given.
	pdf.AddUTF8FontFromBytes("noto", "", slices.Clone(assets.PDFRegular))
	pdf.AddUTF8FontFromBytes("noto", "B", slices.Clone(assets.PDFBold))
	width, height := pdf.GetPageSize()
	p := &page{pdf: pdf, frame: frame, title: title, letters: letters, total: total, x: margin,
		width: width - 2*margin, bottom: height - margin - footHeight}
	return p, pdf.Error()
}

// turn starts a new page: whose document it is above, who printed it and the page's number below.
func (p *page) turn() {
	p.pdf.AddPage()
	const top, between = margin - 4, 6.0
	title := p.fit(p.title, p.width/2-between, smallStyle)
	room := p.width - p.measure(title, smallStyle) - between
	p.text(p.x, top, room, p.fit(p.frame.Hospital, room, strongStyle), strongStyle, "L")
	p.text(p.x, top, p.width, title, smallStyle, "R")
	p.rule(top + 7)
	foot := p.bottom + 4
	p.rule(foot)
	printed := p.frame.words(data.Say("report.printed", "Printed {{.Day}}, {{.Time}}", "Day", p.frame.day(p.frame.At), "Time", p.frame.clock(p.frame.At)))
	if p.frame.By != "" {
		printed = p.frame.words(data.Say("report.printed.by", "Printed by {{.Who}}, {{.Day}}, {{.Time}}",
			"Who", p.frame.By, "Day", p.frame.day(p.frame.At), "Time", p.frame.clock(p.frame.At)))
	}
	number := p.frame.words(data.Say("report.page", "Page {{.Number}} of {{.Total}}", "Number", p.pdf.PageNo(), "Total", p.total))
	p.text(p.x, foot+1.5, p.width-40, p.fit(printed, p.width-40, smallStyle), smallStyle, "L")
	p.text(p.x+p.width-40, foot+1.5, 40, number, smallStyle, "R")
	p.y = margin + headHeight
}

// need turns the page where less than so many millimetres are left, unless it is a fresh one: it has no more to give.
func (p *page) need(height float64) bool {
	if p.y+height <= p.bottom || p.y <= margin+headHeight {
		return false
	}
	p.turn()
	return true
}

func (p *page) gap(height float64) { p.y += height }

// paragraph writes a text over the body's width, over several lines and pages where it must. Line breaks in it count.
func (p *page) paragraph(text string, s style) {
	for line := range strings.SplitSeq(text, "\n") {
		for _, part := range p.wrap(line, p.width, s) {
			p.need(s.line())
			p.text(p.x, p.y, p.width, part, s, "L")
			p.y += s.line()
		}
	}
}

// say writes a text of ours as a paragraph with some air behind it.
func (p *page) say(text data.Message, s style) {
	p.paragraph(p.frame.words(text), s)
	p.gap(2)
}

// text writes one line, which was cleaned before, into a box whose upper left corner and width are given; align is L, C or R. What is
// wider than the box runs over: fit or wrap it before.
func (p *page) text(x, y, width float64, text string, s style, align string) {
	p.use(s)
	p.pdf.SetXY(x, y)
	p.pdf.CellFormat(width, s.line(), p.letters.shape(text), "", 0, align+"M", false, 0, "")
}

func (p *page) use(s style) {
	weight, shade := "", 0
	if s.bold {
		weight = "B"
	}
	if s.grey {
		shade = 70 // 9:1 on white
	}
	p.pdf.SetTextColor(shade, shade, shade)
	p.pdf.SetFont("noto", weight, s.size)
}

func (p *page) rule(y float64) {
	p.pdf.SetDrawColor(150, 150, 150)
	p.pdf.SetLineWidth(0.2)
	p.pdf.Line(p.x, y, p.x+p.width, y)
}

// measure is a cleaned text's width.
func (p *page) measure(text string, s style) float64 {
	p.use(s)
	return p.pdf.GetStringWidth(text)
}

// fit cuts a text to a width and shows that it did.
func (p *page) fit(text string, width float64, s style) string {
	cleaned := []rune(p.letters.clean(text))
	if p.measure(string(cleaned), s) <= width {
		return string(cleaned)
	}
	for len(cleaned) > 0 && p.measure(string(cleaned)+"…", s) > width {
		cleaned = cleaned[:len(cleaned)-1]
	}
	return string(cleaned) + "…"
}

// wrap takes a line apart so that each part fits the width: at spaces, and inside a word that is wider by itself. An empty
// line is one empty part.
func (p *page) wrap(text string, width float64, s style) (parts []string) {
	current := ""
	for word := range strings.SplitSeq(p.letters.clean(text), " ") {
		joined := word
		if current != "" {
			joined = current + " " + word
		}
		if p.measure(joined, s) <= width {
			current = joined
			continue
		}
		if current != "" {
			parts = append(parts, current)
		}
		for p.measure(word, s) > width {
			head := p.head(word, width, s)
			parts, word = append(parts, head), word[len(head):]
		}
		current = word
	}
	return append(parts, current)
}

// head is as much of a word as fits, one letter at least, and never without the accents behind it.
func (p *page) head(word string, width float64, s style) string {
	end := 0
	for i, r := range word {
		if i == 0 || unicode.IsMark(r) {
			continue
		}
		if end > 0 && p.measure(word[:i], s) > width {
			return word[:end]
		}
		end = i
	}
	if end == 0 {
		return word
	}
	return word[:end]
}
