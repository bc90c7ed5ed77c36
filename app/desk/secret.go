package desk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
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

// Secret is a file that a secret is about to be written into. It ends with Keep or Drop.
type Secret struct {
	name string
	file *os.File
}

// unwritten takes the secret's room on the disk until it comes, and tells whoever finds the file after a power cut what it is.
var unwritten = "Wardbook stopped before it wrote here what belongs here.\n" + strings.Repeat(" ", 256)

// NewSecret makes the file before there is anything to write, so that what can go wrong with it goes wrong while nothing depends on the secret yet.
// Only this account may read it (on Windows: whoever may read its folder). Conflict where there is a file of this name: it may hold a key.
func NewSecret(name string) (*Secret, error) {
	file, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, privateFile) // O_EXCL follows no link either
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil, data.Fail(data.Conflict, "desk.secret", data.Say("desk.secret.there",
			"There is a file {{.File}} already. Name one that is not there yet: nothing is written over.", "File", name), err)
	case errors.Is(err, fs.ErrNotExist):
		return nil, data.Fail(data.NotFound, "desk.secret", data.Say("desk.secret.nofolder",
			"The folder that {{.File}} is to be in is not there. Make it first, or name a file in another.", "File", name), err)
	case err != nil:
		return nil, refuse(filepath.Dir(name), err)
	}
	s := &Secret{name: name, file: file}
	if _, err = file.WriteString(unwritten); err == nil {
		err = file.Sync()
	}
	if err != nil {
		return nil, errors.Join(refuse(filepath.Dir(name), err), s.Drop())
	}
	return s, nil
}

// Keep writes the secret as the file's one line, and answers when the disk has it. After an error the file stays, and may hold the secret.
func (s *Secret) Keep(secret string) error {
	line := []byte(secret + "\n")
	_, err := s.file.WriteAt(line, 0)
	if err == nil {
		err = s.file.Truncate(int64(len(line)))
	}
	if err == nil {
		err = s.file.Sync()
	}
	err = errors.Join(err, s.file.Close())
	if err == nil {
		err = syncFolder(filepath.Dir(s.name))
	}
	if err != nil {
		return refuse(filepath.Dir(s.name), err)
	}
	return nil
}

// Drop takes the file away again, kept or not.
func (s *Secret) Drop() error {
	if err := s.file.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return errors.Join(err, removeIfThere(s.name))
	}
	return removeIfThere(s.name)
}

// syncFolder makes the name of a new file as safe as what is in it. Windows has no such call; NTFS keeps names in a journal of its own.
func syncFolder(name string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
