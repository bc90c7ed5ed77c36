package vault

import (
	"errors"
	"io"
	"log/slog"
	"strings"
	"unicode"

	"wardbook/data"
)

// A recovery key is 160 random bits, printed as 8 groups of 4 symbols of Crockford's base 32 and one check symbol.
const (
	recoverySize   = 20
	recoveryGroups = 8
	groupSize      = 5
	symbols        = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
)

// RecoveryKey opens a hospital for whoever holds the paper it is printed on, until a new one is made.
type RecoveryKey struct{ secret [recoverySize]byte }

func drawRecovery(rand io.Reader) (RecoveryKey, error) {
	var k RecoveryKey
	b, err := draw(rand, recoverySize)
	copy(k.secret[:], b)
	clear(b)
	return k, err
}

// String is the key as it is printed: eight groups of five symbols with dashes between them. It opens the hospital: show and print
// it, never log it.
func (k RecoveryKey) String() string {
	var text strings.Builder
	for g := range recoveryGroups {
		if g > 0 {
			text.WriteByte('-')
		}
		group := k.group(g)
		for _, s := range group {
			text.WriteByte(symbols[s])
		}
		text.WriteByte(symbols[checkSymbol(g, group)])
	}
	return text.String()
}

// LogValue keeps the key out of structured logs.
func (RecoveryKey) LogValue() slog.Value { return slog.StringValue("recovery key") }

// IsZero tells whether this is no key at all.
func (k RecoveryKey) IsZero() bool { return k == RecoveryKey{} }

// group gives the g-th 20 bits as four symbols, most significant first.
func (k RecoveryKey) group(g int) [groupSize - 1]byte {
	var group [groupSize - 1]byte
	for i := range group {
		for b := range 5 {
			at := g*20 + i*5 + b
			group[i] = group[i]<<1 | k.secret[at/8]>>(7-at%8)&1
		}
	}
	return group
}

func (k *RecoveryKey) setGroup(g int, group [groupSize - 1]byte) {
	for i, s := range group {
		for b := range 5 {
			at := g*20 + i*5 + b
			k.secret[at/8] |= s >> (4 - b) & 1 << (7 - at%8)
		}
	}
}

// checkSymbol sums the symbols over GF(32), the i-th times the generator to the power i+1, and adds the group's number. The
// weights (the check symbol's is 1) differ and none is zero, so one wrong symbol or two exchanged ones never sum to the same; the
// number does the same for two exchanged groups.
func checkSymbol(g int, group [groupSize - 1]byte) byte {
	sum := byte(g + 1)
	for i, s := range group {
		for range i + 1 {
			s = double(s)
		}
		sum ^= s
	}
	return sum
}

// double multiplies by the generator x in GF(2)[x] / (x^5 + x^2 + 1).
func double(s byte) byte {
	s <<= 1
	if s&32 != 0 {
		s ^= 0b100101
	}
	return s
}

// ParseRecoveryKey reads a key as a person types it: upper or lower case, O for 0, I or L for 1, spaces and dashes anywhere. The
// error (Invalid, on field "recovery") names the first group in which something is wrong.
func ParseRecoveryKey(text string) (RecoveryKey, error) {
	const op = "vault.recovery.parse"
	groups, err := splitGroups(op, text)
	if err != nil {
		return RecoveryKey{}, err
	}
	var k RecoveryKey
	for g, typed := range groups {
		group, check, ok := readGroup(typed)
		if !ok || checkSymbol(g, group) != check {
			return RecoveryKey{}, failTyping(op, g+1)
		}
		k.setGroup(g, group)
	}
	return k, nil
}

// splitGroups takes the person's own separators where they make eight groups, so that a missing symbol is found in its group.
func splitGroups(op, text string) ([][]rune, error) {
	fields := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || r == '−' })
	if len(fields) == recoveryGroups {
		groups := make([][]rune, recoveryGroups)
		for g, f := range fields {
			groups[g] = []rune(f)
		}
		return groups, nil
	}
	all := []rune(strings.Join(fields, ""))
	if len(all) != recoveryGroups*groupSize {
		return nil, data.Fail(data.Invalid, op, data.Say("data.vault.recovery.length",
			"A recovery key has {{.Want}} letters and digits, and {{.Got}} were entered. Enter all eight groups of five.",
			"Want", recoveryGroups*groupSize, "Got", len(all)), errors.New("wrong length")).On("recovery")
	}
	groups := make([][]rune, recoveryGroups)
	for g := range groups {
		groups[g] = all[g*groupSize : (g+1)*groupSize]
	}
	return groups, nil
}

func readGroup(typed []rune) (group [groupSize - 1]byte, check byte, ok bool) {
	if len(typed) != groupSize {
		return group, 0, false
	}
	for i, r := range typed {
		value := strings.IndexRune(symbols, plain(r))
		if value < 0 {
			return group, 0, false
		}
		if i < len(group) {
			group[i] = byte(value)
		} else {
			check = byte(value)
		}
	}
	return group, check, true
}

// plain undoes what hands and eyes confuse.
func plain(r rune) rune {
	switch r = unicode.ToUpper(r); r {
	case 'O':
		return '0'
	case 'I', 'L':
		return '1'
	}
	return r
}

func failTyping(op string, group int) error {
	return data.Fail(data.Invalid, op, data.Say("data.vault.recovery.typing",
		"Group {{.Group}} has a typing mistake. Compare it with the printed key.", "Group", group), nil).On("recovery")
}
