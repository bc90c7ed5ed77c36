package ui_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The whole program in a real window on a virtual screen, by keyboard. `make test` installs what this needs on Linux.

func TestTheProgramInARealWindow(t *testing.T) {
	needScreen(t)
	s := newScreen(t)
	folder := t.TempDir()
	first := s.start("--data", folder)
	window := s.window(first, "Wardbook")

	t.Run("a second start brings the first forward", func(t *testing.T) {
		second := s.start("--data", folder)
		second.endsWell() // one that isn't answered shows a window and stays
		said := second.words.String()
		if !strings.Contains(said, fmt.Sprintf("process %d", first.cmd.Process.Pid)) || !strings.Contains(said, "has come to the front") {
			t.Errorf("the second start said %s", said)
		}
	})
	t.Run("the largest text is drawn", func(t *testing.T) {
		for range 10 {
			s.key(window, "ctrl+equal")
		}
	})
	t.Run("Ctrl+Q ends it", func(t *testing.T) {
		s.key(window, "ctrl+q")
		first.endsWell()
	})
	t.Run("nothing was drawn on a wrong goroutine", func(t *testing.T) {
		log, err := os.ReadFile(filepath.Join(folder, "logs", "wardbook.log"))
		if err != nil || !bytes.Contains(log, []byte("msg=start")) {
			t.Fatalf("the log: %v\n%s", err, log)
		}
		said := string(log) + first.words.String()
		for _, bad := range []string{"*** Error in Fyne call thread", "DATA RACE", "panic:"} {
			if strings.Contains(said, bad) {
				t.Errorf("%q in\n%s", bad, said)
			}
		}
	})
	t.Run("a refusal has a window that Esc closes", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		p := s.start("--data", file)
		s.key(s.window(p, "Wardbook can't start"), "Escape")
		if code := p.code(); code != 1 || !strings.Contains(p.words.String(), "There is a file where the folder") {
			t.Errorf("ended with %d\n%s", code, p.words.String())
		}
	})
	t.Run("a demo leaves nothing behind", func(t *testing.T) {
		p := s.start("--demo")
		s.key(s.window(p, "Wardbook"), "ctrl+q")
		p.endsWell()
		if left, _ := filepath.Glob(filepath.Join(s.temp, "wardbook-demo-*")); len(left) != 0 {
			t.Errorf("left behind: %v", left)
		}
	})
}
