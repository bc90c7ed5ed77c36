package desk

import (
	"os"
	"strings"
	"unicode"
)

// Workstation is what this computer is called in the book: its name in the network, without what could steer a terminal.
func Workstation() string {
	host, err := os.Hostname()
	host = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, host)
	if err != nil || host == "" {
		return "unnamed computer"
	}
	return string([]rune(host)[:min(64, len([]rune(host)))])
}
