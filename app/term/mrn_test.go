package term

import (
	"errors"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"wardbook/data"
)

// TestVerhoeffVectors: from the literature and from other programs (reference/clinical.md 5.9).
func TestVerhoeffVectors(t *testing.T) {
	for digits, want := range map[string]int{"236": 3, "12345": 1, "000001": 0, "000123": 5} {
		if got := verhoeff(digits); got != want || !verhoeffHolds(digits+strconv.Itoa(want)) {
			t.Errorf("%s has the check digit %d, want %d", digits, got, want)
		}
	}
}

func TestMRNsAreShown(t *testing.T) {
	for n, want := range map[MRN]string{0: "", 1: "0000-00", 42: "0000-042", 1_234_567: "1234-567", 12_345_678: "1-2345-678"} {
		if want != "" {
			want += strconv.Itoa(verhoeff(n.Digits()[:len(n.Digits())-1]))
		}
		if n == 1 { // 7 digits: 0000001
			want = "0000-001" + strconv.Itoa(verhoeff("0000001"))
		}
		if n.String() != want {
			t.Errorf("%d is shown as %s, want %s", uint64(n), n, want)
		}
	}
}

func TestMRNsAreRead(t *testing.T) {
	digits := MRN(1_234_567).Digits()
	for _, text := range []string{digits, digits[:4] + "-" + digits[4:], " " + digits[:4] + " " + digits[4:] + "\n", digits[:4] + "\u2011" + digits[4:], digits[:1] + "–" + digits[1:]} {
		if m, err := ParseMRN(text); err != nil || m != 1_234_567 {
			t.Errorf("%q: %d, %v", text, m, err)
		}
	}
	for _, text := range []string{"", "-", "1234567", "12345678x", "0" + digits, "00000000", "MRN " + digits, digits + digits, "99999999999999999999"} {
		m, err := ParseMRN(text)
		var e *data.Error
		if !errors.As(err, &e) || !slices.Contains(e.Fields, FieldMRN) {
			t.Errorf("%q: %d, %v", text, uint64(m), err)
		}
	}
}

// TestAMistypedMRNIsNoticed tries every single wrong digit and every swap of neighbours of many numbers.
func TestAMistypedMRNIsNoticed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := MRN(rapid.Uint64Range(1, maxMRN).Draw(t, "n"))
		right := n.Digits()
		if m, err := ParseMRN(n.String()); err != nil || m != n {
			t.Fatalf("%s is read as %d (%v)", n, uint64(m), err)
		}
		wrong := func(text []byte) {
			if m, err := ParseMRN(string(text)); err == nil {
				t.Fatalf("%s passes for %s as %d", text, right, uint64(m))
			}
		}
		for i := range right {
			for d := byte('0'); d <= '9'; d++ {
				if other := []byte(right); d != right[i] {
					other[i] = d
					wrong(other)
				}
			}
			if other := []byte(right); i > 0 && other[i] != other[i-1] {
				other[i], other[i-1] = other[i-1], other[i]
				wrong(other)
			}
		}
	})
}

func TestDigitsOfEveryScript(t *testing.T) {
	for text, want := range map[string]string{"٠١٢٣٤٥٦٧٨٩": "0123456789", "०१२३४५६७८९": "0123456789", "０９": "09", "𝟘𝟙𝟵": "019", "x1½": "x1½"} {
		if got := plainDigits(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func FuzzParseMRN(f *testing.F) {
	f.Add("1234-5678")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := ParseMRN(text)
		if err != nil {
			return
		}
		if again, err := ParseMRN(m.String()); err != nil || again != m {
			t.Fatalf("%q: %s, then %s (%v)", text, m, again, err)
		}
	})
}
