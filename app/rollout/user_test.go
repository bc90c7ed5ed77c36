package rollout_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"wardbook/app/access"
	"wardbook/app/cli"
	"wardbook/data"
)

var update = flag.Bool("update", false, "write the golden files anew; look at the difference before you commit it")

// withAnn is a hospital with a doctor besides the administrator.
func withAnn(t *testing.T) *place {
	t.Helper()
	p := hospitalAt(t)
	p.does(user("add", "--name", "Ann Smith", "--role", "doctor", "--new-password-file", "@first")...)
	return p
}

func TestWhoIsAddedGetsInOnceAndThenNeedsAPasswordOfTheirOwn(t *testing.T) {
	p := withAnn(t)
	if in, must := p.opens("Ann.Smith", firstPassword); !in || !must {
		t.Fatalf("gets in: %t, has to set a new password: %t", in, must)
	}
	if in, must := p.opens("adam", adminPassword); !in || must {
		t.Errorf("the administrator gets in: %t, has to set a new password: %t", in, must)
	}
	out := p.does("user", "password", "--user", "ann.smith", "--password-file", "@first", "--new-password-file", "@own")
	if out != "The password of Ann Smith was changed.\n" {
		t.Errorf("said %q", out)
	}
	if in, must := p.opens("ann.smith", ownPassword); !in || must {
		t.Errorf("with the new password: in %t, must %t", in, must)
	}
	if in, _ := p.opens("ann.smith", firstPassword); in {
		t.Error("the one-time password works a second time")
	}
}

func TestAPasswordThatIsMadeIsWrittenAndWorks(t *testing.T) {
	p := hospitalAt(t)
	out := p.does(user("add", "--name", "Ann Smith", "--role", "desk,entry", "--signin", "asmith", "--new-password-out", "@made")...)
	made := p.read("made")
	if strings.Contains(out, made) || !strings.Contains(out, "Ann Smith signs in as asmith with the one-time password in "+p.path("made")) {
		t.Errorf("said %q", out)
	}
	if in, must := p.opens("asmith", made); !in || !must {
		t.Errorf("gets in: %t, has to set a new password: %t", in, must)
	}
	// One that was not set would only mislead.
	p.refuses("--signin: ", user("add", "--name", "Another", "--role", "desk", "--signin", "ASMITH", "--new-password-out", "@unset")...)
	if _, err := os.Stat(p.path("unset")); err == nil {
		t.Error("a password that opens nothing was left behind")
	}
	p.refuses("--new-password-out: There is a file ", user("reset", "--signin", "asmith", "--new-password-out", "@made")...)
	if p.read("made") != made {
		t.Error("the file was written over")
	}
	p.refuses("--new-password-out: The file lies in the data folder", user("reset", "--signin", "asmith", "--new-password-out", "@hospital/made")...)
}

func TestTheListIsTheSameForPeopleAndPrograms(t *testing.T) {
	p := withAnn(t)
	p.does(user("add", "--name", "Zoë Ångström", "--role", "admin, doctor", "--signin", "zoe", "--email", "zoe@example.org", "--phone", "020 7946 0958",
		"--speciality", "Cardiology & <heart>", "--registration", "GMC 1234567", "--new-password-file", "@first")...)
	p.does(user("add", "--name", "bob the clerk", "--role", "desk", "--new-password-file", "@first")...)
	p.does(user("deactivate", "--signin", "bob.the.clerk")...)
	p.does("user", "password", "--user", "zoe", "--password-file", "@first", "--new-password-file", "@own")

	id := regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}`)
	for file, got := range map[string]string{
		"users.json": id.ReplaceAllString(p.does(user("list", "--json")...), "ID"),
		"users.txt":  p.does(user("list")...),
	} {
		golden := filepath.Join("testdata", file)
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != strings.ReplaceAll(string(want), "\r\n", "\n") {
			t.Errorf("%s differs; it is now\n%s", file, got)
		}
	}
}

func TestWhoIsDeactivatedIsKeptOutUntilReactivated(t *testing.T) {
	p := withAnn(t)
	out := p.does(user("deactivate", "--signin", "ANN.SMITH", "--why", "has moved away")...)
	if !strings.Contains(out, "Ann Smith (ann.smith) can't sign in any more.") {
		t.Errorf("said %q", out)
	}
	if in, _ := p.opens("ann.smith", firstPassword); in {
		t.Error("still gets in")
	}
	if p.book.keys.Has("ann.smith") {
		t.Error("still has a key")
	}
	why := ""
	for e, err := range p.book.store.Entries(t.Context(), data.EntryFilter{}) {
		if err == nil && e.Cause.Action == string(access.ActUserDeactivate) {
			why = e.Cause.Why + " at " + e.Cause.Workstation
		}
	}
	if why != "has moved away at desk 1" {
		t.Errorf("the book says %q", why)
	}
	p.refuses("is deactivated. 'wardbook user reactivate'", user("deactivate", "--signin", "ann.smith")...)
	p.refuses("is deactivated. 'wardbook user reactivate'", user("reset", "--signin", "ann.smith", "--new-password-file", "@own")...)
	p.does(user("reactivate", "--signin", "ann.smith", "--new-password-file", "@own")...)
	if in, must := p.opens("ann.smith", ownPassword); !in || !must {
		t.Errorf("gets in: %t, has to set a new password: %t", in, must)
	}
	p.refuses("is active. 'wardbook user reset'", user("reactivate", "--signin", "ann.smith", "--new-password-file", "@first")...)
}

func TestTheLastAdministratorStays(t *testing.T) {
	p := withAnn(t)
	p.refuses("--signin: This is the last administrator.", user("deactivate", "--signin", "adam")...)
	if in, _ := p.opens("adam", adminPassword); !in {
		t.Fatal("can't sign in any more")
	}
	// The account that a roll-out began with may end with it.
	p.does(user("add", "--name", "Zoe", "--role", "admin", "--new-password-file", "@first")...)
	p.refuses("--signin: This is the last administrator.", user("deactivate", "--signin", "adam")...) // Zoe's one-time password may be lost
	p.does("user", "password", "--user", "zoe", "--password-file", "@first", "--new-password-file", "@own")
	p.does(user("deactivate", "--signin", "adam")...)
	if in, _ := p.opens("adam", adminPassword); in {
		t.Error("still gets in")
	}
}

func TestAResetOpensAnAccountThatWasStopped(t *testing.T) {
	p := withAnn(t)
	ann := []string{"user", "password", "--user", "ann.smith", "--password-file", "@wrong", "--new-password-file", "@own"}
	for range access.StopAt {
		p.refuses("The name or the password is not right.", append([]string(nil), ann...)...)
		p.clock.Pass(2 * time.Minute)
	}
	ann[5] = "@first"
	p.refuses("There were too many wrong passwords for this name.", append([]string(nil), ann...)...)
	p.does(user("reset", "--signin", "ann.smith", "--new-password-file", "@own")...)
	if in, must := p.opens("ann.smith", ownPassword); !in || !must {
		t.Errorf("gets in: %t, has to set a new password: %t", in, must)
	}
}

// TestWrongPasswordsCountAsAtTheWindows: a command line that could be tried without delay would be the door to take.
func TestWrongPasswordsCountAsAtTheWindows(t *testing.T) {
	p := hospitalAt(t)
	for _, name := range []string{"adam", "nobody"} {
		wrong := func(sentence string) {
			t.Helper()
			p.refuses(sentence, "user", "list", "--user", name, "--password-file", "@wrong")
		}
		for range 3 {
			wrong("The name or the password is not right. Check both and try again.\n")
		}
		wrong("Too many wrong tries. Wait 1 seconds, then try again.")
	}
	p.clock.Pass(time.Minute)
	p.does(user("list")...)
}

func TestOnlyAnAdministratorWithAPasswordOfTheirOwnMayChangeAccounts(t *testing.T) {
	p := withAnn(t)
	p.does("user", "password", "--user", "ann.smith", "--password-file", "@first", "--new-password-file", "@own")
	p.does(user("add", "--name", "Zoe", "--role", "admin", "--new-password-file", "@first")...)
	for _, verb := range [][]string{
		{"list"}, {"add", "--name", "Bob", "--role", "desk", "--new-password-file", "@first"}, {"deactivate", "--signin", "adam"},
		{"reset", "--signin", "adam", "--new-password-file", "@first"}, {"reactivate", "--signin", "adam", "--new-password-file", "@first"},
	} {
		as := func(name, file string) []string {
			return append([]string{"user", verb[0], "--user", name, "--password-file", file}, verb[1:]...)
		}
		p.refuses("Your role does not allow this.", as("ann.smith", "@own")...)
		p.refuses("Your password was given for one sign-in only. Set a new one first: sign in to Wardbook's window, or use 'wardbook user password'.", as("zoe", "@first")...)
	}
	if in, _ := p.opens("adam", adminPassword); !in {
		t.Error("something was changed all the same")
	}
}

func TestAWrongValueOfAnAccountNamesItsFlag(t *testing.T) {
	p := withAnn(t)
	p.file("short", "too short")
	add := func(more ...string) []string {
		return append(user("add", "--name", "Bob", "--role", "desk", "--new-password-file", "@first"), more...)
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{add("--role", "nurse"), "--role: 'nurse' is no role. Choose desk, entry, doctor or admin"},
		{add("--name", strings.Repeat("x", 121), "--signin", "bob"), "--name: The name may have at most 120 characters."},
		{add("--signin", "b"), "--signin: A sign-in name has 2 to 40 characters."},
		{add("--name", "Ann Smith"), "--signin: "},
		{add("--email", "bob"), "--email: "},
		{add("--phone", "x"), "--phone: "},
		{add("--speciality", strings.Repeat("x", 121)), "--speciality: "},
		{add("--registration", strings.Repeat("x", 121)), "--registration: "},
		{add("--new-password-file", "@short"), "--new-password-file: A password has at least 15 characters"},
		{add("--new-password-file", "@none"), "--new-password-file: The file "},
		{add("--new-password-file", "@admin"), "--new-password-file: This is your own password."},
		{add("--password-file", "@none"), "--password-file: The file "},
		{user("deactivate", "--signin", "nobody"), "--signin: Nobody signs in as nobody. 'wardbook user list' shows the names."},
		{user("reset", "--signin", "ann.smith", "--new-password-file", "@short"), "--new-password-file: A password has at least 15 characters"},
		{user("reset", "--signin", "adam", "--new-password-file", "@first"), "--signin: This is your own account."},
		{user("password", "--new-password-file", "@short"), "--new-password-file: A password has at least 15 characters"},
		{user("password", "--new-password-file", "@admin"), "--new-password-file: This is the password you have now."},
	} {
		p.refuses(c.want, c.args...)
	}
	if lines := strings.Count(p.does(user("list")...), "\n"); lines != 3 {
		t.Errorf("%d lines; somebody was added all the same", lines)
	}
}

func TestAFolderWithoutAHospitalIsLeftAsItIs(t *testing.T) {
	p := newPlace(t)
	p.refuses("There is no hospital's book in "+p.folder, user("list")...)
	if _, err := os.Stat(p.folder); err == nil {
		t.Error("the folder was made")
	}
}

func TestWrongUseEndsWithTwoAndSaysWhatIsMissing(t *testing.T) {
	p := hospitalAt(t)
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"setup"}, "'setup' needs --hospital NAME, --zone ZONE, --admin SIGN-IN-NAME, --password-file FILE, --recovery-file FILE."},
		{setup("--zone", " "), "'setup' needs --zone ZONE."},
		{append([]string{"--demo"}, setup()...), "A demo can't be set up"},
		{append([]string{"--demo"}, user("list")...), "A demo can't be set up"},
		{[]string{"user"}, "'user' is followed by one of these: add, list, deactivate, reactivate, reset, password."},
		{[]string{"user", "list"}, "'user list' needs --user NAME, --password-file FILE."},
		{[]string{"user", "list", "--user", "adam"}, "'user list' needs --password-file FILE."},
		{user("list", "all"), "'all' is not understood here."},
		{user("list", "--name", "x"), "Flag provided but not defined: -name."},
		{user("add", "--role", "desk", "--new-password-file", "@first"), "'user add' needs --name NAME."},
		{user("add", "--name", "Bob"), "'user add' needs --role ROLE."},
		{user("add", "--name", "Bob", "--role", "desk"), "'user add' needs one of these: --new-password-file"},
		{user("add", "--name", "Bob", "--role", "desk", "--new-password-file", "@first", "--new-password-out", "@out"), "'user add' needs one of these:"},
		{user("deactivate"), "'user deactivate' needs --signin SIGN-IN-NAME."},
		{user("reset", "--signin", "x"), "'user reset' needs one of these:"},
		{user("reactivate", "--new-password-file", "@first"), "'user reactivate' needs --signin SIGN-IN-NAME."},
		{user("password"), "'user password' needs --new-password-file FILE."},
	} {
		code, out, errs := p.run(c.args...)
		if code != cli.Misused || out != "" || !strings.HasPrefix(errs, c.want) {
			t.Errorf("%q: %d, %q, %q; want 2 and %q", c.args, code, out, errs, c.want)
		}
	}
}
