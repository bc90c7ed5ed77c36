package ui_test

import (
	"os/exec"
	"strings"
	"testing"
	"time"
)

// insist presses keys until something is on the screen: what is being read meanwhile takes the keys only when it is there.
func (d *tour) insist(what string, keys ...string) {
	d.Helper()
	for end := time.Now().Add(soon); time.Now().Before(end); {
		d.keys(keys...)
		if d.appears(what, 2*time.Second) {
			return
		}
	}
	d.screen(what) // says what there is instead
}

// TestTheFrontDeskBooksAndAdmits in a hospital that is at work: finds a patient, books with two keys, marks her arrived, admits her to the bed
// that is offered, and opens her stay from the board. By keyboard only.
func TestTheFrontDeskBooksAndAdmits(t *testing.T) {
	needScreen(t)
	d := newTour(t)
	out, err := exec.Command(d.s.binary, "fill", "--data", d.folder, "--patients", "300").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	signIn, password := "", ""
	for line := range strings.Lines(string(out)) {
		if words := strings.Fields(line); len(words) == 3 && words[0] == "desk" && signIn == "" {
			signIn, password = words[1], words[2]
		}
	}
	d.shots = 30
	d.start()
	d.screen("sign-in")
	d.signIn(signIn, password)
	d.screen("work")
	d.keys("ctrl+f")
	d.write("smith amelia")
	d.keys("Return")
	d.screen("patients/page")
	d.keys("ctrl+t")
	d.screen("appointments/book")
	d.insist("appointments/page", "ctrl+s") // the first time that suits
	d.keys("F7")                            // arrived
	d.shot("arrived")
	d.keys("alt+Left")
	d.screen("patients/page")
	d.keys("ctrl+i")
	d.screen("beds/admit")
	d.write("plan")
	d.keys("Tab")
	d.write("dr d")
	d.keys("Tab")
	d.write("Observation")
	d.shot("admit")
	d.insist("beds", "ctrl+s") // the bed that is offered first; the board shows her in it
	d.insist("beds/stay", "Return")
	d.shot("stay")
	d.keys("ctrl+q")
	d.p.endsWell()
}
