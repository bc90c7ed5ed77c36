package rollout_test

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"wardbook/app/access"
	"wardbook/app/cli"
	"wardbook/app/desk"
	"wardbook/app/house"
	"wardbook/data"
)

func TestAHospitalIsSetUpAndItsAdministratorGetsIn(t *testing.T) {
	p := newPlace(t)
	var logo bytes.Buffer
	if err := png.Encode(&logo, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	p.file("logo.png", logo.String())
	out := p.does(setup("--admin-name", "Adam Admin", "--email", "adam@example.org", "--phone", "020 7946 0958", "--logo", "@logo.png")...)
	for _, want := range []string{"Saint Elsewhere", "Europe/London", "country GB", "Adam Admin signs in as adam", p.path("recovery")} {
		if !strings.Contains(out, want) {
			t.Errorf("does not say %q:\n%s", want, out)
		}
	}
	if got := p.read("recovery"); got != recoveryKey {
		t.Errorf("the recovery file holds %q", got)
	}
	if info, err := os.Stat(p.path("recovery")); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the recovery key: %v, %v", info.Mode(), err)
	}
	h, err := p.open(p.folder)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	s, err := h.SignIn(t.Context(), "adam", adminPassword, nil)
	if err != nil {
		t.Fatal(err)
	}
	row, err := access.ReadUser(t.Context(), s, s.Who())
	if want := (access.User{Name: "Adam Admin", SignIn: "adam", Roles: access.Administrator, Email: "adam@example.org", Phone: "+442079460958"}); err != nil || row.Value != want {
		t.Errorf("the administrator is %+v, %v; want %+v", row.Value, err, want)
	}
	facts, err := house.Read(t.Context(), s)
	if f := facts.Value; err != nil || f.Name != "Saint Elsewhere" || f.Zone != "Europe/London" || f.Region != "GB" || len(f.Logo) == 0 || f.Demo {
		t.Errorf("the hospital is %+v, %v", f, err)
	}
}

// TestAWrongValueNamesItsFlagAndNothingIsMade: a folder or key file left behind would stand in the way of the next try.
func TestAWrongValueNamesItsFlagAndNothingIsMade(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--zone", "Mars/Olympus"}, "--zone: There is no time zone 'Mars/Olympus'."},
		{[]string{"--country", "XX"}, "--country: There is no country 'XX'."},
		{[]string{"--hospital", strings.Repeat("x", 121)}, "--hospital: The name may have at most 120 characters."},
		{[]string{"--logo", "@admin"}, "--logo: The logo has to be a whole PNG or JPEG picture"},
		{[]string{"--logo", "@none"}, "--logo: The picture "},
		{[]string{"--admin", "x"}, "--admin: A sign-in name has 2 to 40 characters."},
		{[]string{"--admin-name", strings.Repeat("x", 121)}, "--admin-name: The name may have"},
		{[]string{"--email", "adam"}, "--email: An e-mail address has an @ in it"},
		{[]string{"--phone", "12"}, "--phone: "},
		{[]string{"--password-file", "@short"}, "--password-file: A password has at least 15 characters"},
		{[]string{"--password-file", "@none"}, "--password-file: The file "},
		{[]string{"--recovery-file", "@admin"}, "--recovery-file: There is a file "},
		{[]string{"--recovery-file", "@none/x"}, "--recovery-file: The folder that "},
	} {
		p := newPlace(t)
		p.file("short", "adam")
		before := listing(t, p.dir)
		p.refuses(c.want, setup(c.args...)...)
		if after := listing(t, p.dir); !slices.Equal(before, after) {
			t.Errorf("%q left %q behind", c.args, after)
		}
		if p.read("admin") != adminPassword {
			t.Fatal("the password's file was written over")
		}
	}
}

func listing(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestAHospitalIsNeverSetUpOverAnother(t *testing.T) {
	p := hospitalAt(t)
	p.refuses("already. Nothing was changed.", setup("--recovery-file", "@second")...)
	if in, _ := p.opens("adam", adminPassword); !in {
		t.Error("the hospital that was there can't be opened any more")
	}
	if slices.Contains(listing(t, p.dir), "second") {
		t.Error("the file for a recovery key was left behind")
	}
	if err := os.Remove(filepath.Join(p.folder, "slots")); err != nil {
		t.Fatal(err)
	}
	p.refuses("its keys are missing", setup("--recovery-file", "@second")...)
}

func TestAFailedSetUpLeavesNoRecoveryFile(t *testing.T) {
	p := newPlace(t)
	p.book.noCreate = data.Fail(data.Unavailable, "test", data.Say("test.full", "The disk is full."), errors.New("ENOSPC"))
	p.refuses("The disk is full.", setup()...)
	if slices.Contains(listing(t, p.dir), "recovery") {
		t.Error("the file for the recovery key was left behind")
	}
	p.book.noCreate = nil
	p.does(setup()...) // and so it can be tried again
}

// TestTheRecoveryFileIsThereBeforeTheHospital: a path that can't be written has to be found while nothing depends on it.
func TestTheRecoveryFileIsThereBeforeTheHospital(t *testing.T) {
	p := newPlace(t)
	there := false
	p.book.onCreate = func() { there = slices.Contains(listing(t, p.dir), "recovery") }
	p.does(setup()...)
	if !there {
		t.Error("the hospital was made before the file for its recovery key")
	}
}

// TestALostRecoveryKeyIsAdmitted: the hospital stands all the same, so saying that it failed would be as wrong as saying that all is well.
func TestALostRecoveryKeyIsAdmitted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("nobody removes the folder of an open file there")
	}
	p := newPlace(t)
	if err := os.Mkdir(p.path("stick"), 0o700); err != nil {
		t.Fatal(err)
	}
	p.book.onCreate = func() {
		if err := os.RemoveAll(p.path("stick")); err != nil {
			t.Error(err)
		}
	}
	p.refuses("The hospital is set up, but its recovery key could not be saved in "+p.path("stick/recovery"), setup("--recovery-file", "@stick/recovery")...)
	if in, _ := p.opens("adam", adminPassword); !in {
		t.Error("the administrator can't sign in to make a new one")
	}
}

func TestTheRecoveryKeyDoesNotLieWithWhatItOpens(t *testing.T) {
	p := newPlace(t)
	if err := os.MkdirAll(filepath.Join(p.folder, "keys"), 0o700); err != nil {
		t.Fatal(err)
	}
	const refusal = "--recovery-file: The file lies in the data folder, which it opens."
	p.refuses(refusal, setup("--recovery-file", "@hospital/recovery")...)
	p.refuses(refusal, setup("--recovery-file", "@hospital/keys/recovery")...)
	if os.Symlink(p.folder, p.path("elsewhere")) == nil { // Windows may not let us
		p.refuses(refusal, setup("--recovery-file", "@elsewhere/recovery")...)
	}
	p.does(setup("--recovery-file", "@hospital-recovery")...) // a name that only begins like the folder's
}

func TestAFolderThatAnotherProgramHoldsIsRefused(t *testing.T) {
	p := hospitalAt(t)
	claim, err := desk.Take(p.folder, p.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	p.refuses("Wardbook has been working on", user("list")...)
	p.refuses("Wardbook has been working on", setup("--recovery-file", "@second")...)
	if err := claim.Release(); err != nil {
		t.Fatal(err)
	}
	p.does(user("list")...)
}

// TestACommandHoldsTheFolderWhileItWorks: windows opened meanwhile would be a second writer.
func TestACommandHoldsTheFolderWhileItWorks(t *testing.T) {
	p := newPlace(t)
	var err error
	p.book.onCreate = func() {
		var claim *desk.Claim
		if claim, err = desk.Take(p.folder, p.clock.Now()); err == nil {
			err = claim.Release()
			t.Error("the folder was free while a hospital was set up")
		}
	}
	p.does(setup()...)
	var held *desk.Held
	if !errors.As(err, &held) {
		t.Errorf("taking the folder meanwhile: %v", err)
	}
}

func TestACountryIsAskedForWhereTheZoneDoesNotTell(t *testing.T) {
	p := newPlace(t)
	code, out, errs := p.run(setup("--zone", "Pacific/Chatham")...)
	if code != cli.Misused || out != "" || !strings.Contains(errs, "Give its two letters with --country, such as --country GB.") {
		t.Errorf("%d, %q, %q", code, out, errs)
	}
	if out := p.does(setup("--zone", "Pacific/Chatham", "--country", "nz")...); !strings.Contains(out, "country NZ") {
		t.Errorf("said %q", out)
	}
}
