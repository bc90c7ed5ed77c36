package vault

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"wardbook/data"
)

func anyRecovery(t *rapid.T) RecoveryKey {
	return RecoveryKey{[recoverySize]byte(rapid.SliceOfN(rapid.Byte(), recoverySize, recoverySize).Draw(t, "secret"))}
}

func TestRecoveryKeyReadsAsItPrints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := anyRecovery(t)
		text := k.String()
		if len(text) != 47 || strings.Count(text, "-") != 7 {
			t.Fatalf("printed %q", text)
		}
		got, err := ParseRecoveryKey(text)
		if err != nil || got != k {
			t.Fatalf("%q: %v, %v", text, got, err)
		}
	})
}

func mistake(text string) string {
	_, err := ParseRecoveryKey(text)
	if err == nil {
		return ""
	}
	return err.(*data.Error).Message.String()
}

func group(n string) string {
	return "Group " + n + " has a typing mistake. Compare it with the printed key."
}

// groups is a valid key's groups, for mistakes to be made in.
func groups() []string {
	return strings.Split(RecoveryKey{[recoverySize]byte([]byte("\x00\x01\x02\x03\x04\x05\x06\x07\x08 wardbook!\xfe"))}.String(), "-")
}

func TestRecoveryTyping(t *testing.T) {
	g := groups()
	whole := strings.Join(g, "-")
	edit := func(n int, s string) string {
		c := append([]string{}, g...)
		c[n-1] = s
		return strings.Join(c, "-")
	}
	swapped := append([]string{}, g...)
	swapped[2], swapped[5] = swapped[5], swapped[2]
	for _, tc := range []struct{ name, typed, want string }{
		{"as printed", whole, ""},
		{"lower case", strings.ToLower(whole), ""},
		{"spaces", " " + strings.ReplaceAll(whole, "-", " ") + "\n", ""},
		{"one run", strings.ReplaceAll(whole, "-", ""), ""},
		{"long dashes", strings.ReplaceAll(whole, "-", " – "), ""},
		{"letter O for zero", strings.ReplaceAll(whole, "0", "o"), ""},
		{"letter I for one", strings.ReplaceAll(whole, "1", "I"), ""},
		{"letter l for one", strings.ReplaceAll(whole, "1", "l"), ""},
		{"a group's symbol missing", edit(3, g[2][:4]), group("3")},
		{"a group's symbol twice", edit(8, g[7]+"0"), group("8")},
		{"a letter that is none of ours", edit(5, "U"+g[4][1:]), group("5")},
		{"another script", edit(1, "Ж"+g[0][1:]), group("1")},
		{"groups exchanged", strings.Join(swapped, "-"), group("3")},
		{"nothing", "", "A recovery key has 40 letters and digits, and 0 were entered. Enter all eight groups of five."},
		{"one missing in a run", strings.ReplaceAll(whole, "-", "")[1:], "A recovery key has 40 letters and digits, and 39 were entered. Enter all eight groups of five."},
	} {
		if got := mistake(tc.typed); got != tc.want {
			t.Errorf("%s: %q gave %q, want %q", tc.name, tc.typed, got, tc.want)
		}
	}
}

func TestOneWrongSymbolIsNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(strings.ReplaceAll(anyRecovery(t).String(), "-", ""))
		at := rapid.IntRange(0, 39).Draw(t, "at")
		wrong := rapid.SampledFrom([]byte(symbols)).Filter(func(b byte) bool { return b != text[at] }).Draw(t, "wrong")
		text[at] = wrong
		if got, want := mistake(string(text)), group(string(rune('1'+at/5))); got != want {
			t.Fatalf("symbol %d: %q, want %q", at, got, want)
		}
	})
}

// Neighbours within a group, and any others there, too.
func TestExchangedSymbolsAreNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(strings.ReplaceAll(anyRecovery(t).String(), "-", ""))
		g := rapid.IntRange(0, 7).Draw(t, "group")
		i, j := g*5+rapid.IntRange(0, 4).Draw(t, "i"), g*5+rapid.IntRange(0, 4).Draw(t, "j")
		if text[i] == text[j] {
			return
		}
		text[i], text[j] = text[j], text[i]
		if got, want := mistake(string(text)), group(string(rune('1'+g))); got != want {
			t.Fatalf("symbols %d and %d: %q, want %q", i, j, got, want)
		}
	})
}

// The last symbol of a group and the first of the next.
func TestExchangeAcrossGroupsIsNoticed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(strings.ReplaceAll(anyRecovery(t).String(), "-", ""))
		i := rapid.IntRange(1, 7).Draw(t, "boundary") * 5
		if text[i-1] == text[i] {
			return
		}
		text[i-1], text[i] = text[i], text[i-1]
		if got, want := mistake(string(text)), group(string(rune('0'+i/5))); got != want {
			t.Fatalf("boundary %d: %q, want %q", i, got, want)
		}
	})
}

func TestExchangedGroupsAreNoticed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := strings.Split(anyRecovery(t).String(), "-")
		order := rapid.Permutation([]int{0, 1, 2, 3, 4, 5, 6, 7}).Draw(t, "order")
		first := 0
		mixed := make([]string, len(g))
		for at, from := range order {
			mixed[at] = g[from]
			if at != from && first == 0 {
				first = at + 1
			}
		}
		want := ""
		if first > 0 {
			want = group(string(rune('0' + first)))
		}
		if got := mistake(strings.Join(mixed, "-")); got != want {
			t.Fatalf("order %v: %q, want %q", order, got, want)
		}
	})
}

func FuzzParseRecoveryKey(f *testing.F) {
	f.Add(strings.Join(groups(), "-"))
	f.Fuzz(func(t *testing.T, typed string) {
		k, err := ParseRecoveryKey(typed)
		if err != nil {
			isKind(t, err, data.Invalid)
			return
		}
		if again, err := ParseRecoveryKey(k.String()); err != nil || again != k {
			t.Fatalf("%q reads as %v, and that as %v, %v", typed, k, again, err)
		}
	})
}
