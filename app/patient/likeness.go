package patient

import (
	"strings"

	"wardbook/app/term"
	"wardbook/data"
)

// veryLike is from where on two names count as spellings of one: peers found it to be where false alarms stay few.
const veryLike = 0.92

// likeNames tells whether two names may be one: the same to the ear, or written nearly so, in either order of family and given name.
func likeNames(a, b term.HumanName) bool {
	if a.IsZero() || b.IsZero() {
		return false
	}
	if a.Like() == b.Like() {
		return true
	}
	family, given := foldedName(a)
	family2, given2 := foldedName(b)
	whole, whole2 := []rune(family+" "+given), []rune(family2+" "+given2)
	return jaroWinkler(whole, whole2) >= veryLike || jaroWinkler(whole, []rune(given2+" "+family2)) >= veryLike
}

// foldedName gives family name and first given name: second names are often left out.
func foldedName(n term.HumanName) (family, given string) {
	if words := data.Prefixes(strings.Join(n.Given, " ")); len(words) > 0 {
		given = words[0]
	}
	return strings.Join(data.Prefixes(n.Family), " "), given
}

// jaroWinkler is how like two texts are, 0 to 1 (W. E. Winkler, String Comparator Metrics, 1990): letters that both have at about the same place, less half of
// those that changed order; and more where they begin alike.
func jaroWinkler(a, b []rune) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	window := max(0, max(len(a), len(b))/2-1)
	inA, inB := make([]bool, len(a)), make([]bool, len(b))
	common := 0
	for i := range a {
		for j := max(0, i-window); j < min(len(b), i+window+1); j++ {
			if !inB[j] && a[i] == b[j] {
				inA[i], inB[j] = true, true
				common++
				break
			}
		}
	}
	if common == 0 {
		return 0
	}
	moved, j := 0, 0
	for i := range a {
		if !inA[i] {
			continue
		}
		for !inB[j] {
			j++
		}
		if a[i] != b[j] {
			moved++
		}
		j++
	}
	m := float64(common)
	jaro := (m/float64(len(a)) + m/float64(len(b)) + (m-float64(moved)/2)/m) / 3
	same := 0
	for same < min(4, len(a), len(b)) && a[same] == b[same] {
		same++
	}
	return jaro + float64(same)*0.1*(1-jaro)
}
