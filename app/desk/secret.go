package desk

import (
	"errors"
	"io"
	"os"
	"strings"

	"wardbook/data"
)

// maxSecret is far more than any password.
const maxSecret = 4096

var errSecret = errors.New("empty, or too long for a password")

// ReadSecret reads a password or recovery key from a file: its first line, without the line's end.
func ReadSecret(name string) (string, error) {
	refuse := func(cause error) error {
		return data.Fail(data.Unavailable, "desk.secret", data.Say("desk.secret",
			"The file with the password can't be used. It has to hold the password alone, in one line."), cause)
	}
	f, err := os.Open(name)
	if err != nil {
		return "", refuse(err)
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, maxSecret+1))
	if err != nil {
		return "", refuse(err)
	}
	line, _, _ := strings.Cut(string(content), "\n")
	line = strings.TrimSuffix(line, "\r")
	if line == "" || len(content) > maxSecret {
		return "", refuse(errSecret)
	}
	return line, nil
}
