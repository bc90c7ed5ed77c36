package desk

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"wardbook/data"
)

// The test binary is the other program too: with this variable set it holds the folder named there.
const holdVariable = "WARDBOOK_TEST_HOLD"

func TestMain(m *testing.M) {
	if folder := os.Getenv(holdVariable); folder != "" {
		holdForTest(folder)
		return
	}
	os.Exit(m.Run())
}

// holdForTest claims the folder, says so, answers every request with a line, and lets go when standard input ends. The
// word "deaf" in the variable WARDBOOK_TEST_MANNER makes it ignore requests.
func holdForTest(folder string) {
	claim, err := Take(folder, time.Now())
	if err != nil {
		fmt.Println("refused:", err)
		os.Exit(3)
	}
	fmt.Println("held")
	go func() {
		for answer := range claim.Shows() {
			fmt.Println("shown")
			if os.Getenv("WARDBOOK_TEST_MANNER") != "deaf" {
				answer()
			}
		}
	}()
	_, _ = io.Copy(io.Discard, os.Stdin)
	if err := claim.Release(); err != nil {
		fmt.Println("release:", err)
		os.Exit(4)
	}
}

// other is a second program that holds the folder.
type other struct {
	t     *testing.T
	cmd   *exec.Cmd
	stdin io.Closer
	lines *bufio.Scanner
}

func startOther(t *testing.T, folder, manner string) *other {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), holdVariable+"="+folder, "WARDBOOK_TEST_MANNER="+manner)
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	o := &other{t: t, cmd: cmd, stdin: stdin, lines: bufio.NewScanner(stdout)}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	o.expect("held")
	return o
}

func (o *other) expect(line string) {
	o.t.Helper()
	if !o.lines.Scan() || o.lines.Text() != line {
		o.t.Fatalf("the other program said %q, want %q (%v)", o.lines.Text(), line, o.lines.Err())
	}
}

func held(t *testing.T, folder string) *Held {
	t.Helper()
	claim, err := Take(folder, time.Now())
	var h *Held
	if !errors.As(err, &h) {
		t.Fatalf("Take of a held folder: %v, %v", claim, err)
	}
	return h
}

func TestASecondStartIsToldWhoHoldsTheFolderAndBringsItForward(t *testing.T) {
	folder := t.TempDir()
	first := startOther(t, folder, "")
	h := held(t, folder)
	if h.PID != first.cmd.Process.Pid || time.Since(h.Since) > time.Minute {
		t.Errorf("got %+v, want process %d", h.Holder, first.cmd.Process.Pid)
	}
	if !data.Is(h, data.Unavailable) || !strings.Contains(h.Error(), fmt.Sprint(h.PID)) {
		t.Errorf("got %v", h)
	}
	for range 2 { // and again: one answer must not use it up
		came, err := h.AskToShow(time.Minute)
		if !came || err != nil {
			t.Fatalf("came forward: %t, %v", came, err)
		}
		first.expect("shown")
	}
}

func TestAHolderThatDoesNotAnswerIsNotWaitedForForever(t *testing.T) {
	folder := t.TempDir()
	startOther(t, folder, "deaf")
	came, err := held(t, folder).AskToShow(50 * time.Millisecond)
	if came || err != nil {
		t.Errorf("came forward: %t, %v", came, err)
	}
	if _, err := os.Stat(filepath.Join(folder, showFile)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the request was left behind: %v", err)
	}
}

func TestTheFolderIsFreeAfterItsHolderEndsOrDies(t *testing.T) {
	for name, end := range map[string]func(*other){
		"ends": func(o *other) { _ = o.stdin.Close() },
		"dies": func(o *other) { _ = o.cmd.Process.Kill() },
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			first := startOther(t, folder, "")
			end(first)
			_ = first.cmd.Wait()
			claim, err := Take(folder, time.Now())
			if err != nil {
				t.Fatal(err)
			}
			if err := claim.Release(); err != nil {
				t.Error(err)
			}
			if _, err := os.Stat(filepath.Join(folder, holderFile)); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("the holder's file was left behind: %v", err)
			}
		})
	}
}

func TestAnOldRequestIsNotAnswered(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, showFile), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	claim, err := Take(folder, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	defer claim.Release()
	if _, err := os.Stat(filepath.Join(folder, showFile)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("still there: %v", err)
	}
}

func TestTheHoldersFileIsJSONForPeople(t *testing.T) {
	folder := t.TempDir()
	now := time.Date(2026, 11, 23, 22, 5, 1, 999, time.FixedZone("", 3600))
	claim, err := Take(folder, now)
	if err != nil {
		t.Fatal(err)
	}
	defer claim.Release()
	content, err := os.ReadFile(filepath.Join(folder, holderFile))
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(content, &got); err != nil {
		t.Fatal(err)
	}
	if got["pid"] != float64(os.Getpid()) || got["since"] != "2026-11-23T21:05:01Z" || got["host"] == "" {
		t.Errorf("got %v", got)
	}
}

func TestAHolderOnAnotherComputerIsNamedAndNotAsked(t *testing.T) {
	h := &Held{folder: t.TempDir(), Holder: Holder{PID: 7, Host: "ward-2.example", Since: time.Now()}}
	if !strings.Contains(h.Error(), "on the computer ward-2.example") {
		t.Errorf("got %v", h)
	}
	came, err := h.AskToShow(time.Minute) // at once, or the test hangs
	if came || err != nil {
		t.Errorf("came forward: %t, %v", came, err)
	}
	unknown := &Held{folder: "/ward"}
	if !strings.Contains(unknown.Error(), "Another Wardbook works on /ward") {
		t.Errorf("got %v", unknown)
	}
}

func TestAHolderThatSaysNothingUsefulIsUnknown(t *testing.T) {
	for _, content := range []string{"", "{", "[]", `{"pid":"x"}`, `{"pid":-1,"host":"h"}`, `{"pid":1}`, `{"pid":1e40,"host":"h"}`} {
		if got := parseHolder([]byte(content)); got != (Holder{}) {
			t.Errorf("%q: %+v", content, got)
		}
	}
	if got := readHolder(t.TempDir()); got != (Holder{}) {
		t.Errorf("no file: %+v", got)
	}
}

func FuzzParseHolder(f *testing.F) {
	f.Add([]byte(`{"pid":12,"host":"ward-1","since":"2026-11-23T22:05:01Z"}`))
	f.Add([]byte(`{"pid":12,"host":"a\u001b[31mb\u202e","since":"x"}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		h := parseHolder(content)
		if h.PID < 0 || len([]rune(h.Host)) > 64 {
			t.Fatalf("%+v", h)
		}
		for _, r := range h.Host {
			if !unicode.IsPrint(r) && r != unicode.ReplacementChar {
				t.Fatalf("%q holds %U, which could steer a terminal", h.Host, r)
			}
		}
	})
}
