package desk

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"wardbook/data"
)

func TestASecretIsReadFromTheFirstLine(t *testing.T) {
	for content, want := range map[string]string{
		"correct horse\n":               "correct horse",
		"correct horse\r\nsecond line":  "correct horse",
		"\ufeffcorrect horse":           "correct horse",
		" spaces belong to a password ": " spaces belong to a password ",
		"":                              "",
		"\nsecond line":                 "",
		strings.Repeat("x", 5000):       "",
	} {
		name := filepath.Join(t.TempDir(), "secret")
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := ReadSecret(name)
		if got != want || (want == "") != data.Is(err, data.Unavailable) {
			t.Errorf("%.40q: %q, %v; want %q", content, got, err, want)
		}
	}
	if _, err := ReadSecret(filepath.Join(t.TempDir(), "none")); !data.Is(err, data.NotFound) {
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestASecretThatWasKeptIsReadAgain(t *testing.T) {
	name := filepath.Join(t.TempDir(), "recovery")
	s, err := NewSecret(name)
	if err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(name)
	if err != nil || len(before) < 128 {
		t.Errorf("no room was taken for the secret: %d bytes, %v", len(before), err)
	}
	if err := s.Keep("12345-67890"); err != nil {
		t.Fatal(err)
	}
	if content, err := os.ReadFile(name); string(content) != "12345-67890\n" || err != nil {
		t.Errorf("the file holds %q, %v", content, err)
	}
	if got, err := ReadSecret(name); got != "12345-67890" || err != nil {
		t.Errorf("read again: %q, %v", got, err)
	}
	info, err := os.Stat(name)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("others may look: %v, %v", info.Mode(), err)
	}
}

func TestADroppedSecretLeavesNothing(t *testing.T) {
	for name, end := range map[string]func(*Secret) error{
		"before it came":   func(*Secret) error { return nil },
		"after it came":    func(s *Secret) error { return s.Keep("x") },
		"somebody did too": func(s *Secret) error { return os.Remove(s.name) },
	} {
		if name == "somebody did too" && runtime.GOOS == "windows" {
			continue // nobody removes an open file there
		}
		folder := t.TempDir()
		s, err := NewSecret(filepath.Join(folder, "secret"))
		if err == nil {
			err = end(s)
		}
		if err == nil {
			err = s.Drop()
		}
		if left, _ := os.ReadDir(folder); err != nil || len(left) > 0 {
			t.Errorf("%s: %v, left %v", name, err, left)
		}
	}
}

func TestASecretIsNeverWrittenOverAnything(t *testing.T) {
	folder := t.TempDir()
	there, link := filepath.Join(folder, "there"), filepath.Join(folder, "link")
	if err := os.WriteFile(there, []byte("another hospital's key"), 0o600); err != nil {
		t.Fatal(err)
	}
	names := []string{there, folder}
	if os.Symlink(filepath.Join(folder, "elsewhere"), link) == nil { // Windows may not let us
		names = append(names, link)
	}
	for _, name := range names {
		if _, err := NewSecret(name); !data.Is(err, data.Conflict) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if content, err := os.ReadFile(there); string(content) != "another hospital's key" || err != nil {
		t.Errorf("the file now holds %q, %v", content, err)
	}
	if _, err := os.Lstat(filepath.Join(folder, "elsewhere")); err == nil {
		t.Error("the link was followed")
	}
	if _, err := NewSecret(filepath.Join(folder, "no", "such", "secret")); !data.Is(err, data.NotFound) {
		t.Errorf("no folder: %v", err)
	}
}
