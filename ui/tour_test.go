package ui_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// tour drives the built program as a person does: by keyboard, in a real window. It waits for what the log says is on the screen, never for a
// time, and takes a picture of each step into build/tour, which is not committed.
type tour struct {
	*testing.T
	s        *screen
	p        *running
	window   string
	folder   string
	pictures string
	read     int // bytes of the log that have been looked at
	shots    int
}

func newTour(t *testing.T) *tour {
	t.Helper()
	pictures, err := filepath.Abs("../build/tour")
	if err == nil {
		err = os.MkdirAll(pictures, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	return &tour{T: t, s: newScreen(t), folder: t.TempDir(), pictures: pictures}
}

func (d *tour) start() {
	d.Helper()
	d.p = d.s.start("--data", d.folder)
	d.window = d.s.window(d.p, "Wardbook")
}

// screen waits until the log says that this is on the screen, and answers the line.
func (d *tour) screen(what string) string {
	d.Helper()
	line, ok := d.within(what, soon)
	if !ok {
		d.shot("stuck")
		content, _ := os.ReadFile(filepath.Join(d.folder, "logs", "wardbook.log"))
		d.Fatalf("%q did not come to the screen; the log:\n%s", what, content[max(0, len(content)-3000):])
	}
	return line
}

// appears tells whether this comes to the screen in a while.
func (d *tour) appears(what string, while time.Duration) bool {
	d.Helper()
	_, ok := d.within(what, while)
	return ok
}

func (d *tour) within(what string, while time.Duration) (string, bool) {
	d.Helper()
	wanted := regexp.MustCompile(`what=("?)` + what + `("|$|\s)`)
	for end := time.Now().Add(while); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		content, err := os.ReadFile(filepath.Join(d.folder, "logs", "wardbook.log"))
		if err != nil {
			continue
		}
		rest := content[min(d.read, len(content)):]
		for line := range bytes.Lines(rest) {
			if wanted.Match(bytes.TrimSpace(line)) {
				d.read += bytes.Index(rest, line) + len(line)
				return string(line), true
			}
		}
		select {
		case <-d.p.ended:
			d.Fatalf("the program ended with %d while %q was waited for\n%s", d.p.cmd.ProcessState.ExitCode(), what, d.p.words.String())
		default:
		}
	}
	return "", false
}

// keys presses keys one after the other, as xdotool names them.
func (d *tour) keys(keys ...string) {
	d.Helper()
	d.s.xdotool(append([]string{"windowfocus", "--sync", d.window, "key", "--clearmodifiers", "--delay", "40"}, keys...)...)
}

func (d *tour) write(text string) {
	d.Helper()
	d.s.xdotool("windowfocus", "--sync", d.window, "type", "--delay", "15", text)
}

// shot takes a picture of the screen.
func (d *tour) shot(name string) {
	d.Helper()
	d.shots++
	file := filepath.Join(d.pictures, fmt.Sprintf("%02d-%s.png", d.shots, name))
	cmd := exec.Command("import", "-window", "root", file)
	cmd.Env = d.s.env
	if out, err := cmd.CombinedOutput(); err != nil {
		d.Errorf("no picture %s: %v\n%s", name, err, out)
	}
}

// paper waits for a paper of this name and gives its text.
func (d *tour) paper(name string) string {
	d.Helper()
	for end := time.Now().Add(soon); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		files, _ := filepath.Glob(filepath.Join(d.s.home, "wardbook", "papers-*", name+"*.pdf"))
		if len(files) > 0 {
			text, err := exec.Command("pdftotext", "-layout", files[len(files)-1], "-").Output()
			if err != nil {
				d.Fatal(err)
			}
			return string(text)
		}
	}
	d.shot("stuck")
	d.Fatalf("no paper %s", name)
	return ""
}

// signIn enters name and password where one signs in.
func (d *tour) signIn(name, password string) {
	d.Helper()
	d.write(name)
	d.keys("Tab")
	d.write(password)
	d.keys("Return")
}

// do chooses an action in the palette by its letters.
func (d *tour) do(letters string) {
	d.Helper()
	d.keys("ctrl+k")
	d.write(letters)
	d.keys("Return")
}

const (
	adasPassword   = "violet-anchor-cabin-thimble"
	florasPassword = "meadow-copper-lantern-sixpence"
)

// TestADayAtTheDesk is the path that proves the house: an empty folder becomes a hospital, the front desk registers a patient and finds her, the
// desk is locked and opened, and the administrator sees no patient. By keyboard only.
func TestADayAtTheDesk(t *testing.T) {
	needScreen(t)
	d := newTour(t)
	d.start()
	d.setUp()
	oneTime := d.addFlora()
	d.screen("people")
	d.screen("work")
	d.shot("administrator")
	d.do("sign out")
	d.screen("sign-in")
	d.signIn("flora.foster", oneTime)
	d.screen("new-password")
	d.write(florasPassword)
	d.keys("Tab", "Tab")
	d.write(florasPassword)
	d.shot("new-password")
	d.keys("Return")
	d.frontDesk()
	d.do("sign out")
	d.screen("sign-in")
	d.signIn("ada.archer", adasPassword)
	if rail := d.screen("rail [a-z,]+"); strings.Contains(rail, "patients") || !strings.Contains(rail, "people") {
		t.Errorf("the administrator's rail: %s", rail)
	}
	d.screen("people")
	d.shot("administrator-again")
	d.keys("ctrl+q")
	d.p.endsWell()
	d.quiet()
}

// frontDesk registers a patient, finds her, edits her, and locks and opens the desk.
func (d *tour) frontDesk() {
	d.Helper()
	d.screen("patients")
	d.shot("patients-none")
	d.keys("ctrl+n")
	d.screen("patients/new")
	d.write("Featherstonehaugh")
	d.keys("Tab")
	d.write("Ann Mary")
	d.keys("ctrl+s") // the date of birth is missing: the keyboard goes there
	d.shot("register-wrong")
	d.write("3.2.71")
	d.keys("Tab")
	d.write("fem")
	d.keys("Tab")
	d.write("07700 900123")
	d.shot("register")
	d.keys("ctrl+s")
	d.screen("patients/page")
	d.shot("patient")
	d.keys("alt+Left")
	d.screen("patients")
	d.shot("patients-one")
	d.keys("ctrl+f") // as one types, by the beginning of a name and the year
	d.write("feather 1971")
	d.shot("search")
	d.keys("Down", "Return")
	d.screen("patients/page")
	d.keys("ctrl+e")
	d.screen("patients/edit")
	d.keys("Tab")
	d.write("Anna")
	d.shot("edit")
	d.keys("ctrl+l")
	d.screen("lock")
	d.shot("lock")
	d.write(florasPassword)
	d.keys("Return")
	d.screen("work") // with what was typed
	d.shot("unlocked")
	d.keys("ctrl+s")
	d.screen("patients/page")
	d.shot("patient-changed")
	d.keys("ctrl+u") // from wherever one is
	d.screen("patients/unknown")
	d.screen("patients/page")
	d.shot("unknown-patient")
	d.keys("alt+Left")
	d.screen("patients/page") // Featherstonehaugh's
}

// quiet holds the program to having drawn nothing on a wrong goroutine, and to no secret in its log.
func (d *tour) quiet() {
	d.Helper()
	log, err := os.ReadFile(filepath.Join(d.folder, "logs", "wardbook.log"))
	if err != nil {
		d.Fatal(err)
	}
	said := string(log) + d.p.words.String()
	for _, bad := range []string{"*** Error in Fyne call thread", "DATA RACE", "panic:", adasPassword, florasPassword, "Featherstonehaugh", "Flora"} {
		if strings.Contains(said, bad) {
			d.Errorf("%q in\n%s", bad, said)
		}
	}
}

// setUp goes through the wizard to the staff step.
func (d *tour) setUp() {
	d.Helper()
	d.screen("wizard")
	d.shot("welcome")
	d.keys("Return")
	d.write("Saint Elsewhere")
	d.keys("Tab")
	d.write("United K")
	d.keys("Tab")
	d.write("London")
	d.keys("Tab")
	d.shot("hospital")
	d.keys("Return")
	d.write("Ada Archer")
	d.keys("Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab")
	d.write(adasPassword)
	d.keys("Tab", "Tab")
	d.write(adasPassword)
	d.shot("first-administrator")
	d.keys("Return")
	var first, second, n int
	fmt.Sscanf(after(d.screen("pick \\d of 8"), "pick "), "%d of %d", &first, &n)
	fmt.Sscanf(after(d.screen("pick \\d of 7"), "pick "), "%d of %d", &second, &n)
	if second >= first {
		second++
	}
	d.shot("recovery-key")
	d.keys("Return") // 'Save a sheet to print'
	sheet := d.paper("recovery-key")
	groups := groupsOf(sheet)
	if len(groups) != 8 {
		d.Fatalf("the sheet has the groups %v\n%s", groups, sheet)
	}
	d.keys("alt+Right") // 'I have it on paper'
	d.shot("recovery-check")
	d.write(groups[min(first, second)+1])
	d.keys("Tab")
	d.write(groups[max(first, second)+1])
	d.keys("Return")
	d.shot("staff")
}

// groupsOf reads the recovery key off its sheet, where two groups stand beside each other, each behind its number.
func groupsOf(sheet string) map[int]string {
	groups := map[int]string{}
	for line := range strings.Lines(sheet) {
		words := strings.Fields(line)
		if len(words) != 12 || len(strings.Join(words, "")) != 12 {
			continue
		}
		for _, part := range [][]string{words[:6], words[6:]} {
			groups[int(part[0][0]-'0')] = strings.Join(part[1:], "")
		}
	}
	return groups
}

func after(text, mark string) string {
	_, rest, _ := strings.Cut(text, mark)
	return rest
}

// addFlora adds the front desk operator, ends the wizard, and gives the one-time password from its sheet.
func (d *tour) addFlora() string {
	d.Helper()
	d.write("Flora Foster")
	d.keys("Tab", "Tab", "space", "shift+Tab", "Return")
	d.screen("added")
	d.shot("staff-flora")
	d.keys("shift+Tab", "shift+Tab", "Return") // past the password itself, which can be marked, to 'Save the passwords to print'
	sheet := d.paper("password")
	d.keys("Escape")
	password := ""
	for line := range strings.Lines(sheet) { // its letters stand apart, so that none is misread
		if words := strings.Fields(line); len(words) == len(strings.Join(words, "")) {
			password += strings.Join(words, "")
		}
	}
	if strings.Count(password, "-") < 4 {
		d.Fatalf("the password %q on\n%s", password, sheet)
	}
	return password
}
