package desk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"wardbook/data"
)

func TestTheUsualFolderIsTheSystemsPlaceForData(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the paths below are those of Unix; filepath on Windows has other rules for what is absolute")
	}
	for _, c := range []struct {
		system, home, want string
		env                map[string]string
	}{
		{system: "linux", home: "/home/ann", want: "/home/ann/.local/share/wardbook"},
		{system: "linux", home: "/home/ann", env: map[string]string{"XDG_DATA_HOME": "/data"}, want: "/data/wardbook"},
		{system: "linux", home: "/home/ann", env: map[string]string{"XDG_DATA_HOME": "data"}, want: "/home/ann/.local/share/wardbook"},
		{system: "linux", want: ""},
		{system: "darwin", home: "/Users/ann", want: "/Users/ann/Library/Application Support/Wardbook"},
		{system: "windows", home: "/x", env: map[string]string{"LOCALAPPDATA": "/Local"}, want: "/Local/Wardbook"},
		{system: "windows", home: "/x", want: ""},
	} {
		got := defaultFolder(c.system, func(name string) string { return c.env[name] }, c.home)
		if got != c.want {
			t.Errorf("%+v: got %q", c, got)
		}
	}
}

func TestPrepareMakesAPrivateFolderAndLeavesNothingInIt(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "a", "b")
	for range 2 {
		if err := Prepare(folder); err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(folder)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != privateDir {
		t.Errorf("mode %v, want %v", info.Mode().Perm(), privateDir)
	}
	if left, _ := os.ReadDir(folder); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestAFileInThePlaceOfTheFolderIsRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("a letter"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := Prepare(file)
	if !data.Is(err, data.Invalid) || !strings.Contains(err.Error(), "There is a file where the folder") {
		t.Errorf("got %v", err)
	}
	if content, _ := os.ReadFile(file); string(content) != "a letter" {
		t.Errorf("the file was changed: %q", content)
	}
}

func TestAFolderThatMayNotBeWrittenIsRefused(t *testing.T) {
	if os.Getuid() <= 0 {
		t.Skip("root may write everywhere, and Windows keeps permissions elsewhere; the sentences are tested below")
	}
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o500); err != nil {
		t.Fatal(err)
	}
	if err := Prepare(folder); !data.Is(err, data.Unavailable) || !strings.Contains(err.Error(), "may not write") {
		t.Errorf("got %v", err)
	}
}

func TestEachTroubleHasItsSentence(t *testing.T) {
	for cause, want := range map[error]string{
		fs.ErrPermission:     "may not write",
		errReadOnly:          "can only be read",
		errDiskFull:          "is full",
		syscall.ENOTDIR:      "There is a file where",
		errors.New("odd"):    "can't be used",
		syscall.ENAMETOOLONG: "can't be used",
	} {
		err := refuse("/ward", fmt.Errorf("mkdir: %w", &fs.PathError{Op: "mkdir", Path: "/ward", Err: cause}))
		var e *data.Error
		if !errors.As(err, &e) || !strings.Contains(e.Message.String(), want) || !strings.Contains(e.Message.String(), "/ward") {
			t.Errorf("%v: %v, want %q", cause, err, want)
		}
		if strings.Contains(e.Message.String(), "mkdir") || !errors.Is(err, cause) {
			t.Errorf("%v: the cause belongs to the log and only there: %v", cause, err)
		}
	}
}

func TestADemosFolderIsGoneAfterwards(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	folder, remove, err := Demo()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "x"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := remove(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(folder); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("still there: %v", err)
	}
}

func TestWhetherABookLiesInTheFolder(t *testing.T) {
	for _, c := range []struct {
		names   string
		present bool
		wrong   string
	}{
		{names: "", present: false},
		{names: "lock instance logs/", present: false},
		{names: "slots slots.bak journal/", present: true},
		{names: "slots.bak journal/", present: true},
		{names: "slots", wrong: "its journal is missing"},
		{names: "journal/", wrong: "its keys are missing"},
	} {
		folder := t.TempDir()
		for _, name := range strings.Fields(c.names) {
			path := filepath.Join(folder, name)
			var err error
			if strings.HasSuffix(name, "/") {
				err = os.Mkdir(path, 0o700)
			} else {
				err = os.WriteFile(path, nil, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		present, err := HasBook(folder)
		if present != c.present || (c.wrong == "") != (err == nil) {
			t.Errorf("%q: %t, %v", c.names, present, err)
		}
		if c.wrong != "" && (!data.Is(err, data.Corrupt) || !strings.Contains(err.Error(), c.wrong)) {
			t.Errorf("%q: %v, want %q", c.names, err, c.wrong)
		}
	}
}

func TestTheLogGoesToItsFileUntilItIsClosed(t *testing.T) {
	folder := t.TempDir()
	log, err := OpenLog(folder)
	if err != nil {
		t.Fatal(err)
	}
	log.Info("begin")
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(folder, "logs", "wardbook.log")
	content, err := os.ReadFile(name)
	if err != nil || !strings.Contains(string(content), "msg=begin") {
		t.Errorf("%q, %v", content, err)
	}
	if err := os.RemoveAll(filepath.Join(folder, "logs")); err != nil {
		t.Fatal(err)
	}
	log.Info("after the end")
	if _, err := os.Stat(name); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the log came back after it was closed and removed")
	}
}
