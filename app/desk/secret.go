package desk

import (
	"errors"
	"io"
	"io/fs"
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
			"The file with the password or recovery key can't be used. It has to hold it alone, in its first line."), cause)
	}
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return "", data.Fail(data.NotFound, "desk.secret", data.Say("desk.secret.none", "The file {{.File}} with the password or recovery key is not there. Check its path.", "File", name), err)
	}
	if err != nil {
		return "", refuse(err)
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, maxSecret+1))
	if err != nil {
		return "", refuse(err)
	}
	line, _, _ := strings.Cut(strings.TrimPrefix(string(content), "\ufeff"), "\n") // Windows' editor begins a file with a mark
	line = strings.TrimSuffix(line, "\r")
	if line == "" || len(content) > maxSecret {
		return "", refuse(errSecret)
	}
	return line, nil
}
