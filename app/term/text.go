package term

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"wardbook/data"
)

// Text is a sentence or word for a person that is not in a language yet. Windows may not know the floor where it is
// declared; here it has a name for them. An argument of a Text may be a Text itself.
type Text = data.Message

// The names of form fields to which the errors of this package point. A form that holds the same thing for somebody else
// puts a name before them: see Under.
const (
	FieldFamily   = "family"
	FieldGiven    = "given"
	FieldFormer   = "former"
	FieldBirth    = "birth"
	FieldSex      = "sex"
	FieldBlood    = "blood"
	FieldPhone    = "phone"
	FieldEmail    = "email"
	FieldIDType   = "id.type"
	FieldIDNumber = "id.number"
	FieldIDIssuer = "id.issuer"
	FieldLanguage = "language"
	FieldCountry  = "country"
	FieldLines    = "lines"
	FieldTown     = "town"
	FieldPostcode = "postcode"
	FieldRelation = "relation"
	FieldMRN      = "mrn"
	FieldDate     = "date"
	FieldCode     = "code"
	FieldQuantity = "quantity"
)

// maxMarks is the longest row of accents on one letter that is still writing: Unicode's own stress tests of real
// languages stay below it, texts made to cover their neighbours do not.
const maxMarks = 8

// invalid is the refusal of something on a field.
func invalid(op, field string, message Text) error {
	return data.Fail(data.Invalid, "term."+op, message, nil).On(field)
}

// Under puts a form's part before the fields of an error: the "phone" of the next of kin is "kin.phone". Errors without
// fields, and nil, come back as they are; the error given is not changed.
func Under(part string, err error) error {
	var e *data.Error
	if !errors.As(err, &e) || len(e.Fields) == 0 {
		return err
	}
	moved := *e
	moved.Fields = make([]string, len(e.Fields))
	for i, field := range e.Fields {
		moved.Fields[i] = part + "." + field
	}
	return &moved
}

// Line cleans a text of one line, of at most so many runes: composed (NFC), without what cannot be seen, single spaces. It
// refuses on the field what cannot be read or is too long. Cleaning what is clean changes nothing.
func Line(field, text string, most int) (string, error) {
	cleaned, err := legible(field, text)
	if err != nil {
		return "", err
	}
	return bounded(field, strings.Join(strings.Fields(cleaned), " "), most)
}

// Paragraphs cleans a text of several lines as Line does each of them; the line breaks stay, two empty lines in a row do not.
func Paragraphs(field, text string, most int) (string, error) {
	var lines []string
	for line := range strings.SplitSeq(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(text), "\n") {
		cleaned, err := legible(field, line)
		if err != nil {
			return "", err
		}
		cleaned = strings.Join(strings.Fields(cleaned), " ")
		if cleaned != "" || len(lines) > 0 && lines[len(lines)-1] != "" {
			lines = append(lines, cleaned)
		}
	}
	return bounded(field, strings.TrimSpace(strings.Join(lines, "\n")), most)
}

func bounded(field, text string, most int) (string, error) {
	if count := utf8.RuneCountInString(text); count > most {
		return "", invalid("text", field, data.Say("term.text.long",
			"This is too long: {{.Count}} letters, where {{.Most}} fit. Shorten it.", "Count", count, "Most", most))
	}
	return text, nil
}

// legible removes what nobody sees but what would make two equal texts differ, or one text look like another: control
// characters, and those that turn the direction of writing. It happens in silence, because they come with a paste and a
// person could neither see them nor delete them. What is not text at all is refused.
func legible(field, text string) (string, error) {
	if !utf8.ValidString(text) || strings.ContainsFunc(text, unreadable) {
		return "", invalid("text", field, data.Say("term.text.unreadable",
			"This holds signs that cannot be read, perhaps from a copy that went wrong. Type it again by hand."))
	}
	seen := make([]rune, 0, len(text))
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			seen = append(seen, ' ')
		case !unseen(r):
			seen = append(seen, r)
		}
	}
	cleaned := norm.NFC.String(string(loneJoinersOut(seen)))
	marks := 0
	for _, r := range cleaned {
		if marks++; !unicode.IsMark(r) {
			marks = 0
		}
		if marks > maxMarks {
			return "", invalid("text", field, data.Say("term.text.marks",
				"A letter here carries more accents than any language has. Type it again by hand."))
		}
	}
	return cleaned, nil
}

// unreadable: the sign that stands for a lost letter, and the values that Unicode keeps out of texts.
func unreadable(r rune) bool {
	return r == utf8.RuneError || r >= 0xFDD0 && r <= 0xFDEF || r&0xFFFE == 0xFFFE
}

// unseen: control characters, marks of direction, joiners of words, and the tags that nothing shows. The two joiners of
// letters are not among them.
func unseen(r rune) bool {
	switch {
	case unicode.IsControl(r), r >= 0xE0000 && r <= 0xE007F, r >= 0xFFF9 && r <= 0xFFFB:
		return true
	case unicode.Is(unicode.Cf, r):
		return r != nonJoiner && r != joiner && !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
	}
	return false
}

const (
	nonJoiner = '\u200C'
	joiner    = '\u200D'
)

// loneJoinersOut keeps a joiner between two letters of a script in which it changes the letters (Persian, Indic scripts)
// and in pictures made of several. Elsewhere it is invisible, and would make a second 'Ann' that no search finds.
func loneJoinersOut(text []rune) []rune {
	kept := text[:0:0]
	for i, r := range text {
		if r == joiner || r == nonJoiner {
			if len(kept) == 0 || i+1 == len(text) || !joins(kept[len(kept)-1]) || !joins(text[i+1]) {
				continue
			}
		}
		kept = append(kept, r)
	}
	return kept
}

func joins(r rune) bool {
	switch {
	case unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana):
		return false
	case r >= 0x1F3FB && r <= 0x1F3FF, r == 0xFE0F: // parts of pictures: the skin's colour, the wish for a picture
		return true
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.Is(unicode.So, r)
}

// hasWord tells whether a text has a letter or digit at all.
func hasWord(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

// digit gives the value of a decimal digit of any script: Unicode keeps each script's ten in a row, from zero.
func digit(r rune) (int, bool) {
	if r < utf8.RuneSelf {
		return int(r - '0'), r >= '0' && r <= '9'
	}
	for _, row := range unicode.Nd.R16 {
		if r >= rune(row.Lo) && r <= rune(row.Hi) {
			return int(r-rune(row.Lo)) % 10, true
		}
	}
	for _, row := range unicode.Nd.R32 {
		if r >= rune(row.Lo) && r <= rune(row.Hi) {
			return int(r-rune(row.Lo)) % 10, true
		}
	}
	return 0, false
}

// plainDigits writes every decimal digit as 0 to 9.
func plainDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if value, ok := digit(r); ok {
			return rune('0' + value)
		}
		return r
	}, text)
}

// isGap tells what people put between the groups of a number: spaces and dashes of any width.
func isGap(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || r == '\u2212' || unseen(r)
}
