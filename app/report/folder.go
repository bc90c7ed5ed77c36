package report

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"wardbook/data"
)

// Folder is where files lie that another program opens: documents on their way to a printer, attachments that are looked at. They
// hold what the store keeps sealed, so nobody else may read the folder, and it is emptied when the program starts and
// when somebody signs out. Make one with OpenFolder.
type Folder struct{ dir string }

// marker tells a folder of ours from one that somebody named by mistake, which would be emptied too.
const marker = ".wardbook-opened-files"

// maxFileName is the longest name that a file keeps, in runes.
const maxFileName = 60

// OpenFolder takes a folder for this, and makes it where there is none. One that holds something else is refused.
func OpenFolder(dir string) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, unusable(err)
	}
	info, err := os.Lstat(dir)
	switch {
	case err != nil:
		return nil, unusable(err)
	case !info.IsDir(): // a link to somewhere else is none
		return nil, unusable(errors.New("no folder of its own"))
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, unusable(err)
	}
	if _, err := os.Lstat(filepath.Join(dir, marker)); err != nil {
		if len(entries) > 0 {
			return nil, unusable(errors.New("there are files of somebody else in it"))
		}
		if err := os.WriteFile(filepath.Join(dir, marker), nil, 0o600); err != nil {
			return nil, unusable(err)
		}
	}
	if err := os.Chmod(dir, 0o700); err != nil { // it may have been there with a wider one
		return nil, unusable(err)
	}
	return &Folder{dir}, nil
}

// Put writes a file and gives its path. The name is what the person sees in the other program's title and its list of
// recent files, which outlives ours: it never names a patient. What the system cannot have in a name is left out, the
// ending stays, and a few random signs keep it apart from files that are still open. The file is there whole or not at all.
func (f *Folder) Put(name string, content []byte) (string, error) {
	var random [4]byte
	_, _ = rand.Read(random[:]) // never fails
	stem, ending := fileName(name)
	path := filepath.Join(f.dir, stem+" "+hex.EncodeToString(random[:])+ending)
	part := path + ".part"
	if err := write(part, content); err != nil {
		_ = os.Remove(part)
		return "", unwritten(err)
	}
	if err := os.Rename(part, path); err != nil {
		_ = os.Remove(part)
		return "", unwritten(err)
	}
	return path, nil
}

func write(path string, content []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	return errors.Join(err, file.Close())
}

// Empty removes every file. One that another program holds open stays (Windows does not let it go); that is an error, and the
// next Empty tries again.
func (f *Folder) Empty() error {
	entries, err := os.ReadDir(f.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var errs []error
	for _, entry := range entries {
		if entry.Name() != marker {
			errs = append(errs, os.RemoveAll(filepath.Join(f.dir, entry.Name()))) // a link is removed, not followed
		}
	}
	if err := errors.Join(append(errs, err)...); err != nil {
		return data.Fail(data.Unavailable, "report.empty", data.Say("report.folder.held",
			"A printed document is still open in another program and could not be removed. Close it there; Wardbook removes it at the next start."), err)
	}
	return nil
}

// fileName makes a name that every system takes: letters, digits, spaces, hyphens; an ending of letters and digits.
func fileName(name string) (stem, ending string) {
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 && len(name)-dot <= 6 {
		ending = strings.ToLower(strings.Map(plain, name[dot+1:]))
		name = name[:dot]
	}
	if ending == "" {
		ending = "pdf"
	}
	letters := []rune(strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' {
			return r
		}
		return ' '
	}, strings.ToValidUTF8(name, " "))), " "))
	stem = strings.Trim(string(letters[:min(len(letters), maxFileName)]), " -")
	if stem == "" {
		stem = "Document"
	}
	return stem, "." + ending
}

func plain(r rune) rune {
	if r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		return r
	}
	return -1
}

func unusable(cause error) error {
	return data.Fail(data.Unavailable, "report.folder", data.Say("report.folder.unusable",
		"The folder for printed documents cannot be used, so nothing can be printed. Ask whoever looks after this computer to look at the log."), cause)
}

func unwritten(cause error) error {
	return data.Fail(data.Unavailable, "report.put", data.Say("report.folder.unwritten",
		"The document could not be saved for printing. Check that the disk is not full, and print again."), cause)
}
