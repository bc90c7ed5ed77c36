package ui_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestAHospitalIsRolledOutFromTheCommandLine: set up, staffed and examined without windows, on a real disk, with the exit codes that scripts rely on.
func TestAHospitalIsRolledOutFromTheCommandLine(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the whole program")
	}
	program := binary(t, raceFlag)
	folder, secrets := filepath.Join(t.TempDir(), "hospital"), t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(secrets, name)
		if content != "" {
			if err := os.WriteFile(path, []byte(content+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return path
	}
	run := func(want int, args ...string) string {
		t.Helper()
		cmd := exec.Command(program, args...)
		out, _ := cmd.CombinedOutput()
		if code := cmd.ProcessState.ExitCode(); code != want {
			t.Fatalf("%v ended with %d, want %d\n%s", args, code, want, out)
		}
		for _, secret := range []string{adasPassword, florasPassword} {
			if strings.Contains(string(out), secret) {
				t.Errorf("%v prints a password", args)
			}
		}
		return string(out)
	}
	password, recovery, once := file("password", adasPassword), file("recovery", ""), file("once", "")
	as := func(args ...string) []string {
		return append(args, "--data", folder, "--user", "ada", "--password-file", password)
	}
	setup := []string{"setup", "--data", folder, "--hospital", "Saint Elsewhere", "--zone", "Europe/London", "--admin", "ada", "--password-file", password, "--recovery-file", recovery}
	run(2, "setup", "--data", folder)
	run(1, append(setup, "--zone", "Europe/Atlantis")...)
	run(0, setup...)
	run(1, setup...) // there is one already
	run(0, as("user", "add", "--name", "Flora Foster", "--signin", "flora", "--role", "desk", "--new-password-out", once)...)
	run(1, as("user", "add", "--name", "Flora Foster", "--signin", "FLORA", "--role", "desk", "--new-password-out", file("again", ""))...)
	run(1, "user", "list", "--data", folder, "--user", "flora", "--password-file", once) // her role does not list people
	run(1, "user", "list", "--data", folder, "--user", "ada", "--password-file", once)   // not ada's password
	run(1, as("user", "deactivate", "--signin", "ada")...)                               // the last administrator
	run(0, as("user", "deactivate", "--signin", "flora")...)
	var people []struct {
		SignIn   string `json:"signin"`
		Inactive bool   `json:"inactive"`
	}
	if err := json.Unmarshal([]byte(run(0, as("user", "list", "--json")...)), &people); err != nil {
		t.Fatal(err)
	}
	if len(people) != 2 || people[1].SignIn != "flora" || !people[1].Inactive {
		t.Errorf("the list: %+v", people)
	}
	run(1, "verify", "--data", folder, "--user", "flora", "--password-file", once) // her slot is gone
	run(0, "verify", "--data", folder, "--recovery-file", recovery)
	run(0, as("verify")...)
}
