package desk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wardbook/app/access"
	"wardbook/data"
)

func TestFailuresAreCountedAcrossStarts(t *testing.T) {
	folder := t.TempDir()
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	for range 3 {
		a, err := Tries{folder}.Load() // a new start
		if err == nil {
			err = a.Try("Ann", now)
		}
		if err == nil {
			err = Tries{folder}.Save(a)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	a, err := Tries{folder}.Load()
	if err != nil || !data.Is(a.Try("ann", now), data.Unavailable) {
		t.Errorf("forgotten at the next start: %v", err)
	}
	content, err := os.ReadFile(filepath.Join(folder, triesFile))
	if err != nil || strings.Contains(strings.ToLower(string(content)), "ann\"") {
		t.Errorf("the file: %s, %v", content, err)
	}
}

// TestAFileThatCantBeReadKeepsNobodyOut: whoever can write the file can delete it as well.
func TestAFileThatCantBeReadKeepsNobodyOut(t *testing.T) {
	for _, content := range []string{"", "{", "null", "[]", `{"names":{"x":null}}`, `{"salt":5}`, `{"names":{"x":{"count":-9}}}`} {
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, triesFile), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		a, _ := Tries{folder}.Load()
		if err := a.Try("ann", time.Unix(0, 0)); err != nil {
			t.Errorf("%q: %v", content, err)
		}
		if err := (Tries{folder}).Save(a); err != nil {
			t.Errorf("%q: %v", content, err)
		}
	}
	var none access.Attempts
	if none.Succeed("x") != 0 {
		t.Error("a zero count had failures")
	}
}
