package term_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"wardbook/app/term"
)

func quantity(t testing.TB, text string) term.Quantity {
	t.Helper()
	q, err := term.ParseQuantity(text, "mmol/L")
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return q
}

func TestQuantitiesAreRead(t *testing.T) {
	for text, want := range map[string]string{
		"4.8": "4.8 mmol/L", "4,8": "4.8 mmol/L", " 4.80 ": "4.80 mmol/L", "<0.1": "<0.1 mmol/L", ">= 5": ">=5 mmol/L", "≤5": "<=5 mmol/L", "-3.5": "-3.5 mmol/L",
		"−3": "-3 mmol/L", "0": "0 mmol/L", "-0": "0 mmol/L", "007": "7 mmol/L", ".5": "0.5 mmol/L", "-0.05": "-0.05 mmol/L", "0,125": "0.125 mmol/L", "1.234": "1.234 mmol/L",
		"1,23": "1.23 mmol/L", "٤٫٨": "", "٤.٨": "4.8 mmol/L", "999999999999999": "999999999999999 mmol/L", "> 1000": ">1000 mmol/L",
	} {
		q, err := term.ParseQuantity(text, "mmol/L")
		if want == "" {
			on(t, err, term.FieldQuantity)
		} else if err != nil || q.String() != want {
			t.Errorf("%q: %q (%v), want %q", text, q, err, want)
		}
	}
	for _, text := range []string{"", "-", "<", "4.", "4..8", "4.8.1", "1.234,5", "1,234.5", "1,234", "12,345", "1 234", "1e5", "0x10", "4.8 mg", "NaN", "Inf", "--4", "<-", "< <4", "1234567890123456", "0.1234567890"} {
		_, err := term.ParseQuantity(text, "mmol/L")
		on(t, err, term.FieldQuantity)
	}
	_, err := term.ParseQuantity("1", strings.Repeat("m", 65))
	on(t, err, term.FieldQuantity)
}

func TestQuantitiesCompare(t *testing.T) {
	const unknown = 9
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"4.8", "4.80", 0}, {"4.8", "4.81", -1}, {"-1", "1", -1}, {"10", "9.99", 1},
		{"<0.1", "0.1", -1}, {"<0.1", "0.2", -1}, {"<0.1", "0.05", unknown}, {"<0.1", "<0.1", unknown}, {"<5", ">=5", -1},
		{"<=5", ">=5", unknown}, {"<=5", "5", unknown}, {"<=5", ">5", -1}, {"<=5", "<5", unknown}, {">5", "5", 1}, {">5", "4", 1}, {">5", "6", unknown}, {">5", ">4", unknown}, {"<1", ">2", -1},
	} {
		order, known := quantity(t, c.a).Compare(quantity(t, c.b))
		back, knownToo := quantity(t, c.b).Compare(quantity(t, c.a))
		if !known {
			order, back = unknown, -unknown
		}
		if order != c.want || back != -order || known != knownToo {
			t.Errorf("%s and %s: %d (and %d), want %d", c.a, c.b, order, back, c.want)
		}
	}
	milligrams, _ := term.ParseQuantity("5", "mg")
	if _, known := milligrams.Compare(quantity(t, "5")); known {
		t.Error("5 mg and 5 mmol/L were compared")
	}
}

// TestQuantitiesAreExact: what was typed is what is shown, and what is shown is the number that was meant.
func TestQuantitiesAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := term.Quantity{
			Digits:     rapid.Int64Range(-999_999_999_999_999, 999_999_999_999_999).Draw(t, "digits"),
			Scale:      rapid.Uint8Range(0, 9).Draw(t, "scale"),
			Comparator: term.Comparator(rapid.Uint8Range(0, 4).Draw(t, "comparator")), Unit: "mg",
		}
		again, err := term.ParseQuantity(strings.TrimSuffix(q.String(), " mg"), "mg")
		if err != nil || again != q {
			t.Fatalf("%+v is shown as %s and read as %+v (%v)", q, q, again, err)
		}
		meant, ok := new(big.Rat).SetString(fmt.Sprintf("%de-%d", q.Digits, q.Scale))
		shown, ok2 := new(big.Rat).SetString(q.Number())
		if !ok || !ok2 || meant.Cmp(shown) != 0 {
			t.Fatalf("%+v is shown as %s", q, q.Number())
		}
		kept(t, q)
	})
}

// TestComparingIsSure tries numbers that two quantities may stand for: an order that is known holds for all of them.
func TestComparingIsSure(t *testing.T) {
	fits := func(q term.Quantity, tenths int64) bool {
		switch number := q.Digits * 10; q.Comparator {
		case term.Less:
			return tenths < number
		case term.AtMost:
			return tenths <= number
		case term.AtLeast:
			return tenths >= number
		case term.More:
			return tenths > number
		default:
			return tenths == number
		}
	}
	draw := func(t *rapid.T, label string) term.Quantity {
		return term.Quantity{Digits: rapid.Int64Range(-2, 2).Draw(t, label), Comparator: term.Comparator(rapid.Uint8Range(0, 4).Draw(t, label+" comparator"))}
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := draw(t, "a"), draw(t, "b")
		seen := map[int]bool{}
		for x := int64(-40); x <= 40; x++ {
			for y := int64(-40); y <= 40; y++ {
				if fits(a, x) && fits(b, y) {
					seen[map[bool]int{true: 1}[x > y]-map[bool]int{true: 1}[x < y]] = true
				}
			}
		}
		order, known := a.Compare(b)
		if known != (len(seen) == 1) || known && !seen[order] {
			t.Fatalf("%s and %s: %d, known %v; possible are %v", a, b, order, known, seen)
		}
	})
}

func FuzzParseQuantity(f *testing.F) {
	for _, seed := range []string{"4.8", "<0,1", ">= 5", "1,234", "-.5", "٤٫٨"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := term.ParseQuantity(text, "g")
		if err != nil {
			return
		}
		if again, err := term.ParseQuantity(strings.TrimSuffix(q.String(), " g"), "g"); err != nil || again != q {
			t.Fatalf("%q is shown as %s, which is read as %s (%v)", text, q, again, err)
		}
	})
}
