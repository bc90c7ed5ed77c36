package term

import (
	"net/mail"
	"strings"
	"unicode"

	"wardbook/data"
)

// Email is an address to which mail can be sent: 'ann.smith@example.org'. Make one with ParseEmail.
type Email string

// ParseEmail reads one address. The domain is stored in small letters; before the @ capitals may matter to the server.
// Whether anybody reads it only a mail can tell.
func ParseEmail(text string) (Email, error) {
	refuse := func(message Text) (Email, error) { return "", invalid("email", FieldEmail, message) }
	text = strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unseen(r) })
	at := strings.LastIndexByte(text, '@')
	if at < 0 {
		return refuse(data.Say("term.email.at", "An e-mail address has an @ in it, such as ann@example.org."))
	}
	if strings.ContainsAny(text, " \t,;<>") {
		return refuse(data.Say("term.email.one", "Write one e-mail address, without spaces or a name around it."))
	}
	user, domain := text[:at], strings.ToLower(text[at+1:])
	if strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return refuse(data.Say("term.email.letters", "Mail servers take only the letters a to z, digits and signs such as . - _ in an address."))
	}
	parsed, err := mail.ParseAddress(user + "@" + domain)
	if err != nil || parsed.Name != "" || parsed.Address != user+"@"+domain || len(user) > 64 || len(text) > 254 || !isDomain(domain) {
		return refuse(data.Say("term.email.wrong", "This is not an e-mail address. It looks like ann@example.org."))
	}
	return Email(parsed.Address), nil
}

// isDomain: labels of letters, digits and inner hyphens, a dot between two at least, no bare IP address.
func isDomain(domain string) bool {
	labels := strings.Split(domain, ".")
	for _, label := range labels {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return false
		}
	}
	return len(labels) >= 2 && strings.Trim(labels[len(labels)-1], "0123456789") != ""
}
