package ui_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// soon is how long anything may take before a test gives up: a first start under software OpenGL is slow.
const soon = 60 * time.Second

// needScreen skips a test where no virtual screen can be had. CI has to have one.
func needScreen(t testing.TB) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("a virtual screen needs Xvfb, which is Linux's")
	}
	for _, tool := range []string{"Xvfb", "xdotool", "openbox", "import", "pdftotext"} {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatalf("%s is missing; .ci/setup test installs it", tool)
			}
			t.Skipf("%s is missing; 'make test' installs it", tool)
		}
	}
	if testing.Short() {
		t.Skip("builds and starts the whole program")
	}
}

// screen is a virtual screen with the built program.
type screen struct {
	t                     testing.TB
	binary, display, temp string
	home                  string // of the account, with its preferences and papers
	env                   []string
}

func newScreen(t *testing.T) *screen { return newScreenWith(t, raceFlag) }

// built are the programs of this run, by the flags they were built with: building one takes longer than most tests.
var built = struct {
	sync.Mutex
	dir   string
	names map[string]string
}{names: map[string]string{}}

// binary builds the program, once for each set of flags.
func binary(t testing.TB, flags []string) string {
	t.Helper()
	built.Lock()
	defer built.Unlock()
	key := strings.Join(flags, " ")
	if name := built.names[key]; name != "" {
		return name
	}
	if built.dir == "" {
		dir, err := os.MkdirTemp("", "wardbook-built-")
		if err != nil {
			t.Fatal(err)
		}
		built.dir = dir
	}
	name := filepath.Join(built.dir, fmt.Sprintf("wardbook%d", len(built.names)))
	build := exec.Command("go", append([]string{"build"}, append(flags, "-o", name, ".")...)...)
	build.Dir = ".."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	built.names[key] = name
	return name
}

// TestMain throws the built programs away.
func TestMain(m *testing.M) {
	code := m.Run()
	if built.dir != "" {
		_ = os.RemoveAll(built.dir)
	}
	os.Exit(code)
}

// newScreenWith builds the program with flags of its own.
func newScreenWith(t testing.TB, flags []string) *screen {
	t.Helper()
	s := &screen{t: t, binary: binary(t, flags), temp: t.TempDir()}
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp")
	server.ExtraFiles = []*os.File{write}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	write.Close()
	t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	if _, err := fmt.Fscan(read, &s.display); err != nil {
		t.Fatalf("Xvfb did not start: %v", err)
	}
	home := t.TempDir()
	s.home = home
	s.env = append(os.Environ(), "DISPLAY=:"+s.display, "WAYLAND_DISPLAY=", "LIBGL_ALWAYS_SOFTWARE=1", "LANG=en_GB.UTF-8",
		"FYNE_THEME=", "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home, "TMPDIR="+s.temp)
	manager := exec.Command("openbox")
	manager.Env = s.env
	if err := manager.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = manager.Process.Kill(); _ = manager.Wait() })
	return s
}

// running is the program at work.
type running struct {
	t     testing.TB
	cmd   *exec.Cmd
	words bytes.Buffer
	ended chan struct{}
}

func (s *screen) start(args ...string) *running {
	s.t.Helper()
	p := &running{t: s.t, cmd: exec.Command(s.binary, args...), ended: make(chan struct{})}
	p.cmd.Env = s.env
	p.cmd.Stdout, p.cmd.Stderr = &p.words, &p.words
	if err := p.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	go func() { _ = p.cmd.Wait(); close(p.ended) }()
	s.t.Cleanup(func() { _ = p.cmd.Process.Kill(); <-p.ended })
	return p
}

// code waits for the program's end.
func (p *running) code() int {
	p.t.Helper()
	select {
	case <-p.ended:
		return p.cmd.ProcessState.ExitCode()
	case <-time.After(soon):
		p.t.Fatal("the program did not end")
		return -1
	}
}

func (p *running) endsWell() {
	p.t.Helper()
	if code := p.code(); code != 0 {
		p.t.Fatalf("ended with %d\n%s", code, p.words.String())
	}
}

// window waits for a window of this title that belongs to the program, and gives it the keyboard.
func (s *screen) window(p *running, title string) string {
	s.t.Helper()
	// xdotool waits by itself with --sync; a program that died would make it wait for ever.
	search := exec.Command("xdotool", "search", "--sync", "--onlyvisible", "--limit", "1", "--name", "^"+title+"$")
	search.Env = s.env
	var out bytes.Buffer
	search.Stdout = &out
	if err := search.Start(); err != nil {
		s.t.Fatal(err)
	}
	found := make(chan error, 1)
	go func() { found <- search.Wait() }()
	select {
	case err := <-found:
		if err != nil {
			s.t.Fatal(err)
		}
	case <-p.ended:
		_ = search.Process.Kill()
		s.t.Fatalf("the program ended with %d before it showed a window\n%s", p.cmd.ProcessState.ExitCode(), p.words.String())
	case <-time.After(soon):
		_ = search.Process.Kill()
		s.t.Fatalf("no window %q", title)
	}
	id := strings.TrimSpace(out.String())
	s.xdotool("windowfocus", "--sync", id)
	return id
}

func (s *screen) key(window, keys string) {
	s.t.Helper()
	s.xdotool("windowfocus", "--sync", window, "key", "--clearmodifiers", keys)
}

func (s *screen) xdotool(args ...string) {
	s.t.Helper()
	cmd := exec.Command("xdotool", args...)
	cmd.Env = s.env
	if out, err := cmd.CombinedOutput(); err != nil {
		s.t.Fatalf("xdotool %v: %v\n%s", args, err, out)
	}
}
