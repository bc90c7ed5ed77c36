package desk

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"wardbook/app/access"
)

// triesFile keeps the failed sign-ins between starts. Names stand in it as salted hashes.
const triesFile = "tries"

// Tries is that file in a data folder.
type Tries struct{ Folder string }

// Load reads the file. One that is missing, or that can't be read as what it should be, counts as empty: it must keep nobody out.
func (t Tries) Load() (access.Attempts, error) {
	var a access.Attempts
	content, err := os.ReadFile(filepath.Join(t.Folder, triesFile))
	if err == nil {
		if err = json.Unmarshal(content, &a); err != nil {
			a = access.Attempts{}
		}
	} else if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	for key, tries := range a.Names {
		if tries == nil {
			delete(a.Names, key)
		}
	}
	if len(a.Salt) == 0 {
		a.Salt = make([]byte, 16)
		if _, randErr := rand.Read(a.Salt); randErr != nil {
			err = errors.Join(err, randErr)
		}
	}
	return a, err
}

// Save puts the file in place of the one before in one step.
func (t Tries) Save(a access.Attempts) error {
	content, err := json.Marshal(a)
	if err != nil {
		return err
	}
	return replace(filepath.Join(t.Folder, triesFile), content)
}
