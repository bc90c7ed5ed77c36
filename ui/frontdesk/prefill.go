package frontdesk

import (
	"strings"
	"unicode"
)

// namesIn takes names out of what was looked for: 'Smith, Ann', 'ann smith'. What has a digit in it is no name.
func namesIn(query string) (family, given string) {
	query = strings.Join(strings.Fields(query), " ")
	if query == "" || strings.ContainsFunc(query, unicode.IsDigit) {
		return "", ""
	}
	if query == strings.ToLower(query) {
		query = capitals(query)
	}
	if before, after, comma := strings.Cut(query, ","); comma {
		return strings.TrimSpace(before), strings.TrimSpace(after)
	}
	if at := strings.LastIndexByte(query, ' '); at >= 0 {
		return query[at+1:], query[:at]
	}
	return query, ""
}

// capitals gives each word a capital: who types in a hurry leaves them out.
func capitals(text string) string {
	begins := true
	return strings.Map(func(r rune) rune {
		if begins {
			r = unicode.ToTitle(r)
		}
		begins = r == ' ' || r == '-' || r == '\''
		return r
	}, text)
}
