package term

import (
	"cmp"
	"math/big"
	"strconv"
	"strings"

	"wardbook/data"
)

// Comparator says on which side of its number a quantity lies, as '<0.1' from an analyser that cannot measure less. The
// numbers lie in records.
type Comparator uint8

// The comparators, with the signs that FHIR gives them.
const (
	Exactly Comparator = 0
	Less    Comparator = 1 // <
	AtMost  Comparator = 2 // <=
	AtLeast Comparator = 3 // >=
	More    Comparator = 4 // >
)

var comparators = [...]string{"", "<", "<=", ">=", ">"}

// Code is the comparator's sign: ” for Exactly.
func (c Comparator) Code() string {
	if int(c) >= len(comparators) {
		return ""
	}
	return comparators[c]
}

const (
	maxDigits = 15 // of a quantity's number; more is no measurement
	maxScale  = 9
)

// Quantity is a measured amount: a decimal number exactly as it was written, 4.80 and not 4.8, a unit by UCUM, and a
// comparator. It never passes through a floating point. The zero Quantity is a plain 0.
type Quantity struct {
	Digits     int64      `cbor:"1,keyasint"`           // the number without its decimal point
	Scale      uint8      `cbor:"2,keyasint,omitempty"` // how many of the digits stand behind the point
	Comparator Comparator `cbor:"3,keyasint,omitempty"`
	Unit       string     `cbor:"4,keyasint,omitempty"` // case-sensitive UCUM: 'mmol/L'
}

// ParseQuantity reads a number as it is typed, '4.8', '4,8', '<0.1', '>= 5', '-3', and gives it a unit. What can be read
// in two ways is refused: '1,234' is a thousand in one country and about one in another.
func ParseQuantity(text, unit string) (Quantity, error) {
	refuse := func(message Text) (Quantity, error) { return Quantity{}, invalid("quantity", FieldQuantity, message) }
	number := strings.TrimSpace(plainDigits(text))
	q := Quantity{Unit: strings.TrimSpace(unit)}
	q.Comparator, number = cutComparator(number)
	number, negative := strings.CutPrefix(strings.Replace(number, "\u2212", "-", 1), "-")
	whole, fraction, hasPoint := cutPoint(number)
	if whole+fraction == "" || strings.Trim(whole+fraction, "0123456789") != "" || hasPoint && fraction == "" {
		return refuse(data.Say("term.quantity.number", "This is not a number. Write it in digits, such as 4.8."))
	}
	if strings.Contains(number, ",") && len(fraction) == 3 && strings.Trim(whole, "0") != "" {
		return refuse(data.Say("term.quantity.comma", "This can be read in two ways. Write {{.Small}} or {{.Large}}.",
			"Small", whole+"."+fraction, "Large", whole+fraction))
	}
	if len(fraction) > maxScale || len(strings.TrimLeft(whole+fraction, "0")) > maxDigits {
		return refuse(data.Say("term.quantity.long", "This number has more digits than a measurement can have. Check it."))
	}
	if len(q.Unit) > 64 {
		return refuse(data.Say("term.quantity.unit", "There is no such unit. Choose it from the list."))
	}
	q.Digits, _ = strconv.ParseInt(whole+fraction, 10, 64) // only digits, and not too many
	q.Scale = uint8(len(fraction))
	if negative {
		q.Digits = -q.Digits
	}
	return q, nil
}

func cutComparator(text string) (Comparator, string) {
	for _, sign := range []struct {
		text string
		is   Comparator
	}{{"<=", AtMost}, {"\u2264", AtMost}, {"<", Less}, {">=", AtLeast}, {"\u2265", AtLeast}, {">", More}} {
		if rest, ok := strings.CutPrefix(text, sign.text); ok {
			return sign.is, strings.TrimSpace(rest)
		}
	}
	return Exactly, text
}

func cutPoint(number string) (whole, fraction string, found bool) {
	if whole, fraction, found = strings.Cut(number, "."); found {
		return whole, fraction, true
	}
	return strings.Cut(number, ",")
}

// Number is the number alone, as it was written, with a point: '4.80'. There is always a digit before the point, which
// a tired eye would miss.
func (q Quantity) Number() string {
	digits := strconv.FormatInt(q.Digits, 10)
	sign := ""
	if q.Digits < 0 {
		sign, digits = "-", digits[1:]
	}
	if q.Scale == 0 {
		return sign + digits
	}
	if missing := int(q.Scale) + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	point := len(digits) - int(q.Scale)
	return sign + digits[:point] + "." + digits[point:]
}

// String is the whole quantity: '<0.1 mmol/L'.
func (q Quantity) String() string {
	text := q.Comparator.Code() + q.Number()
	if q.Unit != "" {
		text += " " + q.Unit
	}
	return text
}

// Compare tells whether q is less than (-1), equal to (0) or greater than (1) other; known is false where that cannot be
// told: the units differ, or a comparator leaves it open, as between '<5' and 4. Only whoever knows both units may
// convert one.
func (q Quantity) Compare(other Quantity) (order int, known bool) {
	if q.Unit != other.Unit {
		return 0, false
	}
	order = q.rational().Cmp(other.rational())
	switch {
	case order == 0:
		order = cmp.Compare(q.side(), other.side())
		// At the same number: both exact, or one lies strictly on its side and the other on none or the other side.
		known = q.Comparator == Exactly && other.Comparator == Exactly ||
			(q.strict() || other.strict()) && q.side()*other.side() != 1
	case order < 0:
		known = q.side() <= 0 && other.side() >= 0
	default:
		known = q.side() >= 0 && other.side() <= 0
	}
	if !known {
		return 0, false
	}
	return order, true
}

// side tells where the true value may lie: below the number, at it, or above.
func (q Quantity) side() int {
	switch q.Comparator {
	case Less, AtMost:
		return -1
	case AtLeast, More:
		return 1
	}
	return 0
}

func (q Quantity) strict() bool { return q.Comparator == Less || q.Comparator == More }

func (q Quantity) rational() *big.Rat {
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(q.Scale)), nil)
	return new(big.Rat).SetFrac(big.NewInt(q.Digits), power)
}
