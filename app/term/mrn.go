package term

import (
	"strconv"
	"strings"

	"wardbook/data"
)

// MRN is a medical record number: a count from 1 on. People never see the bare count but its digits with a check digit,
// so that a number misheard or mistyped is noticed. 0 is no number.
type MRN uint64

const (
	mrnDigits = 7           // before the check digit; from ten million patients on there are more
	maxMRN    = 999_999_999 // more people than any hospital sees; two scans in a row are longer
	mrnGroup  = 4           // digits shown together
)

// Digits are the number's digits, the check digit last, with nothing between: for barcodes and search.
func (m MRN) Digits() string {
	count := strconv.FormatUint(uint64(m), 10)
	if missing := mrnDigits - len(count); missing > 0 {
		count = strings.Repeat("0", missing) + count
	}
	return count + strconv.Itoa(verhoeff(count))
}

// String is the number as it is shown and printed, in groups of four from the right: '0000-0425'. No number is shown as ”.
func (m MRN) String() string {
	if m == 0 {
		return ""
	}
	digits := m.Digits()
	var groups []string
	for len(digits) > mrnGroup {
		groups = append([]string{digits[len(digits)-mrnGroup:]}, groups...)
		digits = digits[:len(digits)-mrnGroup]
	}
	return strings.Join(append([]string{digits}, groups...), "-")
}

// ParseMRN reads a number as a person types or a scanner sends it, with or without dashes and spaces. It catches every
// single wrong digit and every two neighbours that changed places.
func ParseMRN(text string) (MRN, error) {
	refuse := func(message Text) (MRN, error) { return 0, invalid("mrn", FieldMRN, message) }
	digits := strings.Map(func(r rune) rune {
		if isGap(r) {
			return -1
		}
		return r
	}, plainDigits(text))
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return refuse(data.Say("term.mrn.digits", "A hospital number has only digits, such as 1234-5678."))
	}
	if len(digits) <= mrnDigits {
		return refuse(data.Say("term.mrn.short", "A hospital number has at least {{.Least}} digits, zeros in front included. Here are {{.Count}}.",
			"Least", mrnDigits+1, "Count", len(digits)))
	}
	if len(digits) > mrnDigits+1 && digits[0] == '0' || len(digits) > len("9999999990") {
		return refuse(data.Say("term.mrn.long", "This is too long for a hospital number. Compare it with the wristband or card."))
	}
	count := digits[:len(digits)-1]
	n, err := strconv.ParseUint(count, 10, 64)
	if err != nil || n == 0 || n > maxMRN || int(digits[len(digits)-1]-'0') != verhoeff(count) {
		return refuse(data.Say("term.mrn.wrong", "One digit is wrong, or two have changed places. Compare the number with the wristband or card."))
	}
	return MRN(n), nil
}

// Verhoeff's scheme (J. Verhoeff, Error Detecting Decimal Codes, 1969): digits are turned by a permutation that depends on
// their place, and multiplied in the symmetry group of a pentagon, where order matters.
var (
	pentagon = [10]string{"0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
		"5987604321", "6598710432", "7659821043", "8765932104", "9876543210"}
	inverse = "0432156789"
	turns   = func() (table [8][10]int) {
		first := "1576283094"
		for d := range 10 {
			table[0][d] = d
		}
		for i := 1; i < 8; i++ {
			for d := range 10 {
				table[i][d] = table[i-1][first[d]-'0']
			}
		}
		return table
	}()
)

// verhoeff gives the check digit that belongs behind the digits.
func verhoeff(digits string) int {
	return int(inverse[remainder(digits, 1)] - '0')
}

// verhoeffHolds tells whether the last digit checks those before it.
func verhoeffHolds(digits string) bool { return remainder(digits, 0) == 0 }

func remainder(digits string, place int) int {
	product := 0
	for i := len(digits) - 1; i >= 0; i-- {
		product = int(pentagon[product][turns[place%8][digits[i]-'0']] - '0')
		place++
	}
	return product
}
