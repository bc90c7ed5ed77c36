package access

import (
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ccojocar/zxcvbn-go"
	"github.com/sethvargo/go-diceware/diceware"
	"golang.org/x/text/unicode/norm"

	"wardbook/data"
)

// What the longest password may be: far above what anybody types, below what would make normalising slow.
const mostCharacters = 256

// measured bounds what is given to the estimator, in characters: its time grows with more than the square of the length, and it is asked with every
// letter that is typed (64 characters took 0.4 s, and 1.3 s with digits for letters). 24 are enough for four words that don't belong together; a password
// that begins with 24 weak ones is called weak, whatever follows.
const measured = 24

// Strength is how hard a password is to guess, for a bar: 0 is nothing, 4 is strong.
type Strength struct {
	Score int
	Says  data.Message
}

// normal is the form in which a password is hashed, counted and compared, the same for every keyboard.
func normal(password string) string { return norm.NFKC.String(password) }

// CheckPassword says what is wrong with a new password, on field "password": too short, or among what is tried first. There are no
// rules of composition (NIST SP 800-63B-4, section 3.1.1.2). own are words that attackers know: the names of person and hospital.
func (r Rules) CheckPassword(password string, own ...string) error {
	_, err := r.judge(password, own)
	return err
}

// judge is CheckPassword together with the estimate, 0 to 4, of a password that is long enough: it is dear, and made once.
func (r Rules) judge(password string, own []string) (int, error) {
	refuse := func(score int, m data.Message) (int, error) {
		return score, data.Fail(data.Invalid, "access.password", m, nil).On("password")
	}
	least := max(r.MinPassword, LeastPassword)
	p := normal(password)
	switch n := utf8.RuneCountInString(p); {
	case n < least:
		return refuse(0, data.Say("access.password.short",
			"A password has at least {{.Least}} characters; this one has {{.Length}}. Several words in a row are easy to remember.", "Least", least, "Length", n))
	case n > mostCharacters:
		return refuse(0, data.Say("access.password.long", "A password may have at most {{.Most}} characters. Shorten it.", "Most", mostCharacters))
	case !utf8.ValidString(password) || strings.ContainsFunc(p, unicode.IsControl):
		return refuse(0, data.Say("access.password.control", "The password holds a character that can't be typed. Type it instead of pasting it."))
	case onlyOwn(p, own):
		return refuse(0, data.Say("access.password.own", "This password is little more than a name that others know. Choose words that have nothing to do with you or the hospital."))
	}
	score := guess(p, own)
	if score < 3 {
		return refuse(score, data.Say("access.password.common", "This password is among those that are tried first: common words, repeats or rows of keys. Choose several words that don't belong together."))
	}
	return score, nil
}

// onlyOwn tells whether less than eight characters are left when the names that others know are taken out.
func onlyOwn(password string, own []string) bool {
	rest := FoldName(password)
	found := false
	for _, text := range own {
		for word := range strings.FieldsSeq(FoldName(text)) {
			if utf8.RuneCountInString(word) >= 4 && strings.Contains(rest, word) {
				rest, found = strings.ReplaceAll(rest, word, ""), true
			}
		}
	}
	return found && utf8.RuneCountInString(rest) < 8
}

// guess is zxcvbn's estimate from 0 to 4, over its lists of common passwords, names and words, repeats and rows of keys.
func guess(password string, own []string) int {
	runes := []rune(password)
	return zxcvbn.PasswordStrength(string(runes[:min(len(runes), measured)]), own).Score
}

// Measure tells how strong a password is while it is typed.
func (r Rules) Measure(password string, own ...string) Strength {
	least := max(r.MinPassword, LeastPassword)
	n := utf8.RuneCountInString(normal(password))
	switch {
	case n == 0:
		return Strength{0, data.Message{}}
	case n < least:
		return Strength{min(1, n*2/least), data.Say("access.password.missing", "{{.Missing}} more characters are needed", "Missing", least-n)}
	}
	switch score, err := r.judge(password, own); {
	case err != nil:
		return Strength{1, data.Say("access.password.weak", "Easily guessed: choose words that don't belong together")}
	case score < 4:
		return Strength{3, data.Say("access.password.good", "Good")}
	}
	return Strength{4, data.Say("access.password.strong", "Strong")}
}

// passphraseWords makes about 64 bits with the long word list of the EFF, and at least 19 characters.
const passphraseWords = 5

// Passphrase draws a password of five words, as people can remember and type them. random is crypto/rand's reader.
func Passphrase(random io.Reader) (string, error) {
	generator, err := diceware.NewGenerator(&diceware.GeneratorInput{RandReader: random})
	if err != nil {
		return "", err
	}
	words, err := generator.Generate(passphraseWords)
	return strings.Join(words, "-"), err
}

func isLetter(r rune) bool { return unicode.IsLetter(r) }
