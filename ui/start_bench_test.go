package ui_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// How fast the program comes, in real windows on a virtual screen. A bare Fyne window in the same run is the peer: `make bench` prints both.

// appeared starts the program and waits for its window, and for a line of the log where one is named.
func appeared(b *testing.B, s *screen, folder, line string, args ...string) (took time.Duration, p *running) {
	b.Helper()
	began := time.Now()
	p = s.start(args...)
	title := map[bool]string{true: "^Wardbook$", false: "^Bare$"}[line != ""]
	for end := began.Add(soon); ; { // xdotool's own waiting looks twice a second
		look := exec.Command("xdotool", "search", "--onlyvisible", "--name", title)
		look.Env = s.env
		if look.Run() == nil {
			break
		}
		if time.Now().After(end) {
			b.Fatalf("no window %s", title)
		}
	}
	if line != "" {
		logged(b, folder, 0, line)
	}
	return time.Since(began), p
}

// logged waits until the log holds a line from a place on, and gives the place behind it.
func logged(b *testing.B, folder string, from int, line string) int {
	b.Helper()
	wanted := regexp.MustCompile("what=" + line + `\s`)
	for end := time.Now().Add(soon); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		content, err := os.ReadFile(filepath.Join(folder, "logs", "wardbook.log"))
		if err == nil {
			if at := wanted.FindIndex(content[min(from, len(content)):]); at != nil {
				return from + at[1]
			}
		}
	}
	b.Fatalf("%s did not come", line)
	return 0
}

func kill(p *running) { _ = p.cmd.Process.Kill(); <-p.ended }

func median(all []time.Duration) float64 {
	slices.Sort(all)
	return all[len(all)/2].Seconds()
}

// hospitalFor makes an invented hospital of a size, and tells who signs in at its desk.
func hospitalFor(b *testing.B, s *screen, patients string) (folder, signIn, password string) {
	b.Helper()
	folder = b.TempDir()
	out, err := exec.Command(s.binary, "fill", "--data", folder, "--patients", patients).CombinedOutput()
	if err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		if words := strings.Fields(line); len(words) == 3 && words[0] == "desk" {
			return folder, words[1], words[2]
		}
	}
	b.Fatalf("nobody at the desk:\n%s", out)
	return "", "", ""
}

// BenchmarkStartToSignIn: at most 0.7 s more than a bare Fyne window.
func BenchmarkStartToSignIn(b *testing.B) {
	needScreen(b)
	s := newScreenWith(b, nil)
	folder, _, _ := hospitalFor(b, s, "1000")
	var bare, wardbook []time.Duration
	for range 7 {
		took, p := appeared(b, s, "", "", "bare-window")
		kill(p)
		bare = append(bare, took)
		if err := os.Remove(filepath.Join(folder, "logs", "wardbook.log")); err != nil {
			b.Fatal(err)
		}
		took, p = appeared(b, s, folder, "sign-in", "--data", folder)
		kill(p)
		wardbook = append(wardbook, took)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(bare), "s-bare")
	b.ReportMetric(median(wardbook), "s-wardbook")
	b.ReportMetric(median(wardbook)-median(bare), "s-more")
	b.ReportMetric(median(wardbook)/median(bare), "x-bare")
}

// BenchmarkSignInToWork: at most 1 s, on a store of 100,000 patients, at the first sign-in after a start.
func BenchmarkSignInToWork(b *testing.B) {
	needScreen(b)
	s := newScreenWith(b, nil)
	for _, patients := range []string{"1000", "100000"} {
		b.Run(patients+" patients", func(b *testing.B) {
			folder, signIn, password := hospitalFor(b, s, patients)
			var all []time.Duration
			for range 5 {
				log := filepath.Join(folder, "logs", "wardbook.log")
				if err := os.Remove(log); err != nil {
					b.Fatal(err)
				}
				_, p := appeared(b, s, folder, "sign-in", "--data", folder)
				window := s.window(p, "Wardbook")
				s.xdotool("windowfocus", "--sync", window, "type", "--delay", "15", signIn)
				s.key(window, "Tab")
				s.xdotool("windowfocus", "--sync", window, "type", "--delay", "15", password)
				began := time.Now()
				s.key(window, "Return")
				logged(b, folder, 0, "work")
				all = append(all, time.Since(began))
				s.key(window, "ctrl+q")
				<-p.ended
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(median(all), "s-median")
			b.ReportMetric(all[len(all)-1].Seconds(), "s-worst")
		})
	}
}
