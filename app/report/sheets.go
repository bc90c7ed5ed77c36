package report

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"wardbook/data"
)

// RecoverySheet is the paper that opens the hospital when every password is lost. Its key is shown and printed once.
type RecoverySheet struct {
	Key    string    // eight groups of five symbols with dashes between them
	Made   time.Time // when the key was made
	Folder string    // where the hospital's data lies
}

// PDF draws the sheet: one page, unless the names on it are very long.
func (s RecoverySheet) PDF(frame Frame) (result Result, err error) {
	defer caught(&result, &err)
	if err := exact(s.Key); err != nil {
		return Result{}, err
	}
	return draw(frame, frame.words(data.Say("report.recovery.title", "Recovery key")), false, func(p *page) {
		p.paragraph(frame.Hospital, headingStyle)
		p.gap(3)
		p.say(data.Say("report.recovery.purpose",
			"This key opens the hospital's records when nobody can sign in any more: all passwords lost, or the last administrator gone. "+
				"Start Wardbook, choose 'Use the recovery key' where one signs in, and type the eight groups."), bodyStyle)
		p.gap(2)
		p.groups(strings.Split(s.Key, "-"))
		p.gap(3)
		p.say(data.Say("report.recovery.symbols",
			"Capitals and small letters are the same. No key has the letters I, L, O or U: what looks like an O is a zero, what looks like an I is a one. "+
				"The last symbol of each group tells Wardbook whether the group was typed rightly."), smallStyle)
		p.gap(2)
		p.say(data.Say("report.recovery.keep",
			"Keep this sheet in a safe or a locked cupboard, away from the computers, where two people at least can find it in an emergency. "+
				"Whoever has it together with a copy of the data can read everything. Do not photograph it, mail it or store it on a computer; "+
				"delete the file once it is printed."), bodyStyle)
		p.say(data.Say("report.recovery.ends",
			"Making a new recovery key ends this one. Then destroy this sheet. If it is lost or somebody has seen it, make a new key at once."), strongStyle)
		p.gap(3)
		p.fact(data.Say("report.recovery.made", "Key made on"), frame.day(s.Made)+", "+frame.clock(s.Made))
		if s.Folder != "" {
			p.fact(data.Say("report.recovery.folder", "Data folder"), s.Folder)
		}
		p.gap(8)
		p.blanks(data.Say("report.recovery.place", "Kept at"), data.Say("report.blank.name", "Name"),
			data.Say("report.blank.date", "Date"), data.Say("report.blank.signature", "Signature"))
	})
}

// TemporaryPassword is the slip that is handed to a new user, or to one whose password was reset.
type TemporaryPassword struct {
	Name     string // of the person
	SignIn   string // the name to sign in with
	Password string
	Expires  time.Time // when it ends; zero: not at a given time
}

// PDF draws the slip: one page, unless the names on it are very long.
func (t TemporaryPassword) PDF(frame Frame) (result Result, err error) {
	defer caught(&result, &err)
	if err := exact(t.SignIn + t.Password); err != nil {
		return Result{}, err
	}
	return draw(frame, frame.words(data.Say("report.password.title", "One-time password")), false, func(p *page) {
		p.paragraph(t.Name, headingStyle)
		p.gap(4)
		p.fact(data.Say("report.password.signin", "Sign-in name"), t.SignIn)
		if !t.Expires.IsZero() {
			p.fact(data.Say("report.password.until", "Good until"), frame.day(t.Expires)+", "+frame.clock(t.Expires))
		}
		p.gap(3)
		p.paragraph(frame.words(data.Say("report.password.password", "Password")), strongStyle)
		p.gap(1)
		p.spelled(t.Password)
		p.gap(3)
		p.say(data.Say("report.password.once",
			"This password is for the first time only: Wardbook asks for a new one when you sign in. Choose one that nobody else knows, "+
				"15 characters or more; several words are easy to remember and hard to guess."), bodyStyle)
		p.say(data.Say("report.password.destroy", "Then destroy this sheet. Until then, whoever reads it can sign in as you."), strongStyle)
	})
}

// KeySection is a group of keys of a KeySheet.
type KeySection struct {
	Title string
	Keys  []Key
}

// Key is a combination of keys and what it does.
type Key struct{ Keys, What string }

// KeySheet is the page of keys that F1 shows, to lay beside the keyboard.
type KeySheet struct {
	Place    string // of which place of the program; may be empty
	Sections []KeySection
}

// PDF draws the sheet.
func (s KeySheet) PDF(frame Frame) (result Result, err error) {
	defer caught(&result, &err)
	table := Table{Title: frame.words(data.Say("report.keys.title", "Keys")), Columns: []Column{
		{Title: frame.words(data.Say("report.keys.keys", "Press"))}, {Title: frame.words(data.Say("report.keys.what", "What it does"))}}}
	if s.Place != "" {
		table.Intro = []string{s.Place}
	}
	for _, section := range s.Sections {
		if section.Title != "" {
			table.Rows = append(table.Rows, Row{Group: section.Title})
		}
		for _, key := range section.Keys {
			table.Rows = append(table.Rows, Row{Cells: []string{key.Keys, key.What}})
		}
	}
	return table.PDF(frame)
}

// exact refuses a secret that would not stand on paper sign for sign: it would open nothing, and nobody would know why.
func exact(secret string) error {
	letters, err := newLetters()
	if err != nil {
		return failed(err)
	}
	if shaped := letters.shape(secret); shaped != secret || strings.ContainsRune(shaped, lost) {
		return data.Fail(data.Invalid, "report.secret", data.Say("report.secret",
			"This password or sign-in name has signs that cannot be printed. Choose one of letters, digits and the usual signs, or have one made."), nil).On("password")
	}
	return nil
}

// factColumn is where the answers of facts start.
const factColumn = 42.0

// fact writes a label and what there is to say, which may take several lines.
func (p *page) fact(label data.Message, text string) {
	for i, part := range p.wrap(text, p.width-factColumn, strongStyle) {
		p.need(strongStyle.line())
		if i == 0 {
			p.text(p.x, p.y, factColumn-3, p.fit(p.frame.words(label), factColumn-3, bodyStyle), bodyStyle, "L")
		}
		p.text(p.x+factColumn, p.y, p.width-factColumn, part, strongStyle, "L")
		p.y += strongStyle.line()
	}
	p.gap(1)
}

// blanks draws lines to write on by hand, two side by side, each with its word below.
func (p *page) blanks(labels ...data.Message) {
	const height = 16.0
	half := (p.width - 10) / 2
	for i, label := range labels {
		x := p.x + float64(i%2)*(half+10)
		if i%2 == 0 {
			p.need(height)
			p.y += height
		}
		p.pdf.SetDrawColor(0, 0, 0)
		p.pdf.Line(x, p.y-5, x+half, p.y-5)
		p.text(x, p.y-4.5, half, p.fit(p.frame.words(label), half, smallStyle), smallStyle, "L")
	}
}

// symbolStyle is for what is copied sign by sign.
var symbolStyle = style{size: 22, bold: true}

// groups draws the groups of a key, numbered, two in a row, each sign in a cell of its own.
func (p *page) groups(groups []string) {
	const height, label = 15.0, 9.0
	half := (p.width - 8) / 2
	for i, group := range groups {
		if i%2 == 0 {
			if i > 0 {
				p.y += height + 4
			}
			p.need(height)
		}
		x := p.x + float64(i%2)*(half+8)
		p.pdf.SetDrawColor(0, 0, 0)
		p.pdf.SetLineWidth(0.4)
		p.pdf.Rect(x+label, p.y, half-label, height, "D")
		p.text(x, p.y+(height-headingStyle.line())/2, label-3, strconv.Itoa(i+1), headingStyle, "R")
		signs := []rune(p.letters.clean(group))
		cell := (half - label) / float64(max(len(signs), 1))
		for n, sign := range signs {
			p.text(x+label+float64(n)*cell, p.y+(height-symbolStyle.line())/2, cell, string(sign), symbolStyle, "C")
		}
	}
	p.y += height
}

// spelled draws a password sign by sign, and under each that could be taken for another what it is.
func (p *page) spelled(text string) {
	const cell, height = 11.0, 17.0
	inRow := int(p.width / cell)
	p.pdf.SetLineWidth(0.2)
	for i, sign := range []rune(p.letters.clean(text)) {
		if i%inRow == 0 {
			if i > 0 {
				p.y += height + 3
			}
			p.need(height)
		}
		x := p.x + float64(i%inRow)*cell
		p.pdf.SetDrawColor(150, 150, 150)
		p.pdf.Rect(x, p.y, cell, height, "D")
		p.text(x, p.y+1, cell, string(sign), symbolStyle, "C")
		caption := style{size: 6.5}
		p.text(x, p.y+height-caption.line()-1, cell, p.fit(p.caption(sign), cell, caption), caption, "C")
	}
	p.y += height
}

func (p *page) caption(sign rune) string {
	switch {
	case unicode.IsDigit(sign):
		return p.frame.words(data.Say("report.sign.digit", "digit"))
	case unicode.IsUpper(sign):
		return p.frame.words(data.Say("report.sign.capital", "capital"))
	case sign == ' ':
		return p.frame.words(data.Say("report.sign.space", "space"))
	case sign == '-':
		return p.frame.words(data.Say("report.sign.hyphen", "hyphen"))
	case sign == '_':
		return p.frame.words(data.Say("report.sign.low", "low line"))
	}
	return ""
}
