// Package desk is this computer: where the data folder lies, who holds it, where the log goes.
//
// It promises that at most one program at a time works on a data folder (Claim), that a folder which can't be used is
// refused with a sentence a nurse can act on, and that no patient data reaches the log through it. Only main may call it.
package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"wardbook/data"
)

// Only the person whose account runs the program may look.
const (
	privateDir  fs.FileMode = 0o700
	privateFile fs.FileMode = 0o600
)

// DefaultFolder is where the book lies when nobody says otherwise: the system's place for an application's data.
func DefaultFolder() (string, error) {
	home, _ := os.UserHomeDir()
	folder := defaultFolder(runtime.GOOS, os.Getenv, home)
	if folder == "" {
		return "", data.Fail(data.Unavailable, "desk.folder", data.Say("desk.folder.nowhere",
			"This account has no place of its own for data. Start Wardbook with --data and the path of a folder."), nil)
	}
	return folder, nil
}

// defaultFolder answers "" where the system names no place. A relative path in a variable is ignored, as the XDG base
// directory specification asks.
func defaultFolder(system string, getenv func(string) string, home string) string {
	under := func(base string, parts ...string) string {
		if !filepath.IsAbs(base) {
			return ""
		}
		return filepath.Join(append([]string{base}, parts...)...)
	}
	switch system {
	case "windows":
		return under(getenv("LOCALAPPDATA"), "Wardbook")
	case "darwin":
		return under(home, "Library", "Application Support", "Wardbook")
	}
	if folder := under(getenv("XDG_DATA_HOME"), "wardbook"); folder != "" {
		return folder
	}
	return under(home, ".local", "share", "wardbook")
}

// Prepare makes the data folder where it is missing, and makes sure that this program can write there.
func Prepare(folder string) error {
	if err := os.MkdirAll(folder, privateDir); err != nil {
		return refuse(folder, err)
	}
	probe, err := os.CreateTemp(folder, ".probe-*")
	if err != nil {
		return refuse(folder, err)
	}
	_, err = probe.WriteString("Wardbook may write here.\n")
	err = errors.Join(err, probe.Close(), os.Remove(probe.Name()))
	if err != nil {
		return refuse(folder, err)
	}
	return nil
}

// Demo makes a throw-away folder; remove takes it away with all that was put there.
func Demo() (folder string, remove func() error, err error) {
	folder, err = os.MkdirTemp("", "wardbook-demo-")
	if err != nil {
		return "", nil, refuse(os.TempDir(), err)
	}
	return folder, func() error { return os.RemoveAll(folder) }, nil
}

// refuse says why a folder can't be used, and what to do.
func refuse(folder string, cause error) error {
	const op = "desk.folder"
	say := func(key, english string) data.Message { return data.Say(key, english, "Folder", folder) }
	switch {
	case errors.Is(cause, syscall.ENOTDIR):
		return data.Fail(data.Invalid, op, say("desk.folder.file",
			"There is a file where the folder {{.Folder}} should be. Choose another folder, or move that file away."), cause)
	case errors.Is(cause, fs.ErrPermission):
		return data.Fail(data.Unavailable, op, say("desk.folder.permission",
			"This account may not write in {{.Folder}}. Ask whoever looks after this computer for permission, or choose another folder."), cause)
	case errors.Is(cause, errReadOnly):
		return data.Fail(data.Unavailable, op, say("desk.folder.readonly",
			"{{.Folder}} is on a disk that can only be read. Choose a folder on a disk that can be written."), cause)
	case errors.Is(cause, errDiskFull):
		return data.Fail(data.Unavailable, op, say("desk.folder.full",
			"The disk that holds {{.Folder}} is full. Free some space there, then start Wardbook again."), cause)
	default:
		return data.Fail(data.Unavailable, op, say("desk.folder.unusable",
			"The folder {{.Folder}} can't be used. Check that its disk is connected, or choose another folder."), cause)
	}
}

// Papers is where what is opened in other programs lies for a while: in the system's place for what may be lost, one folder for each data folder.
func Papers(folder string) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(folder))
	return filepath.Join(cache, "wardbook", "papers-"+hex.EncodeToString(sum[:6])), nil
}
