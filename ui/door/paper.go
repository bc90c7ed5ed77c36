package door

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"wardbook/ui/kit"
)

// recoveryGroups is how many groups a recovery key has.
const recoveryGroups = 8

// paper decides how a recovery key is shown once, and whether it was written down. It is plain: no window, no clock.
type paper struct {
	groups []string
	asked  []int // the groups to type in, counted from 1
}

// newPaper takes a key as it is printed. pick gives a number below n.
func newPaper(key string, pick func(n int) int) *paper {
	p := &paper{groups: strings.Split(key, "-")}
	if pick == nil {
		pick = rand.IntN
	}
	first := pick(len(p.groups)) + 1
	p.asked = []int{first}
	if len(p.groups) > 1 {
		second := pick(len(p.groups)-1) + 1
		if second >= first {
			second++
		}
		p.asked = append(p.asked, second)
	}
	slices.Sort(p.asked)
	return p
}

// wrong tells what is wrong with what was typed for the group n; empty where it is that group.
func (p *paper) wrong(n int, typed string) kit.Sentence {
	if n < 1 || n > len(p.groups) || plainKey(typed) != plainKey(p.groups[n-1]) {
		return kit.Say("door.paper.wrong", "This is not group {{.Group}} of the key. Look at your paper, and show the key again if you have to.", "Group", n)
	}
	return kit.Sentence{}
}

// plainKey is what of a key counts, however it was typed: no letter case, spaces or dashes, and no letters that look like digits.
func plainKey(typed string) string {
	return strings.Map(func(r rune) rune {
		switch r = unicode.ToUpper(r); {
		case unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || r == '−':
			return -1
		case r == 'O':
			return '0'
		case r == 'I' || r == 'L':
			return '1'
		}
		return r
	}, typed)
}

// sameWord tells whether a person typed the word that was asked for.
func sameWord(typed, word string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(typed), " "), word)
}
