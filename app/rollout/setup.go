package rollout

import (
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"time"

	"wardbook/app/access"
	"wardbook/app/cli"
	"wardbook/app/desk"
	"wardbook/app/hospital"
	"wardbook/app/house"
	"wardbook/data"
)

// beginning is what a new hospital begins with.
type beginning struct {
	house        house.House
	logo         string
	admin        access.User
	passwordFile string
	recoveryFile string
}

func (b *beginning) flags(f *flag.FlagSet) {
	f.StringVar(&b.house.Name, "hospital", "", "")
	f.StringVar(&b.house.Zone, "zone", "", "")
	f.StringVar(&b.house.Region, "country", "", "")
	f.StringVar(&b.logo, "logo", "", "")
	f.StringVar(&b.admin.SignIn, "admin", "", "")
	f.StringVar(&b.admin.Name, "admin-name", "", "")
	f.StringVar(&b.admin.Email, "email", "", "")
	f.StringVar(&b.admin.Phone, "phone", "", "")
	f.StringVar(&b.passwordFile, "password-file", "", "")
	f.StringVar(&b.recoveryFile, "recovery-file", "", "")
}

// beginningNames are the flags of what hospital.SetUp calls by these names.
var beginningNames = flagNames{"name": "hospital", "zone": "zone", "region": "country", "logo": "logo", "admin.name": "admin-name", "admin.signin": "admin",
	"admin.email": "email", "admin.phone": "phone", "password": "password-file"}

func (t tool) setup() cli.Command {
	var b beginning
	return cli.Command{Name: "setup", Summary: "Begin a new hospital with its first administrator, without windows",
		Usage: "--hospital NAME --zone ZONE --admin SIGN-IN-NAME --password-file FILE --recovery-file NEW-FILE\n" +
			"[--country XX] [--logo FILE] [--admin-name NAME] [--email ADDRESS] [--phone NUMBER]",
		Flags: b.flags,
		Run:   func(ctx context.Context, call cli.Call) error { return t.begin(ctx, call, b) }}
}

// begin sets a hospital up. What can be refused is refused before anything is made.
func (t tool) begin(ctx context.Context, call cli.Call, b beginning) error {
	err := demand("setup", need{"--hospital NAME", b.house.Name}, need{"--zone ZONE", b.house.Zone}, need{"--admin SIGN-IN-NAME", b.admin.SignIn},
		need{"--password-file FILE", b.passwordFile}, need{"--recovery-file FILE", b.recoveryFile})
	if err != nil {
		return err
	}
	folder, err := folderOf(call)
	if err != nil {
		return err
	}
	if err := b.complete(); err != nil {
		return err
	}
	password, err := readSecret("password-file", b.passwordFile)
	if err != nil {
		return err
	}
	if err := hospital.CheckSetUp(&b.house, &b.admin, password); err != nil {
		return beginningNames.on(err)
	}
	secret, err := newSecret("recovery-file", b.recoveryFile, folder)
	if err != nil {
		return err
	}
	kept := false
	err = t.alone(folder, func(h *hospital.Hospital) (err error) {
		if err = unused(folder); err == nil {
			kept, err = b.make(ctx, call, h, secret, password)
		}
		return err
	})
	if !kept {
		return errors.Join(err, secret.Drop())
	}
	if err != nil {
		return err
	}
	return b.tell(call, folder)
}

func (b *beginning) tell(call cli.Call, folder string) error {
	err := say(call, data.Say("rollout.setup.done", "{{.Hospital}} is set up in {{.Folder}} (time zone {{.Zone}}, country {{.Country}}). {{.Admin}} signs in as {{.SignIn}}.",
		"Hospital", printed(b.house.Name), "Folder", folder, "Zone", b.house.Zone, "Country", b.house.Region, "Admin", printed(b.admin.Name), "SignIn", printed(b.admin.SignIn)))
	if err != nil {
		return err
	}
	return say(call, data.Say("rollout.setup.key", "The recovery key is in {{.File}}. Print it or copy it out, lock it away, then delete the file.", "File", b.recoveryFile))
}

// complete fills in what was left to be guessed, and reads the logo.
func (b *beginning) complete() (err error) {
	b.admin.Roles = access.Administrator
	if b.admin.Name == "" {
		b.admin.Name = b.admin.SignIn
	}
	if b.house.Region == "" {
		b.house.Region = countryOf(b.house.Zone)
		// An unknown zone is refused by its own sentence later.
		if _, err := time.LoadLocation(b.house.Zone); err == nil && b.house.Region == "" {
			return cli.Misuse("The country can't be told from the time zone %s. Give its two letters with --country, such as --country GB.", b.house.Zone)
		}
	}
	if b.logo != "" {
		b.house.Logo, err = readLogo(b.logo)
	}
	return err
}

// readLogo reads one byte more than a logo may have, so that a longer one is seen to be too long.
func readLogo(name string) ([]byte, error) {
	file, err := os.Open(name)
	if err == nil {
		defer file.Close()
		var content []byte
		if content, err = io.ReadAll(io.LimitReader(file, house.MaxLogo+1)); err == nil && len(content) > 0 {
			return content, nil
		}
	}
	return nil, onFlag("logo", data.Fail(data.NotFound, "rollout.logo", data.Say("rollout.logo",
		"The picture {{.File}} can't be read. Check its path, or leave the logo for later.", "File", name), err))
}

func unused(folder string) error {
	present, err := desk.HasBook(folder)
	if err == nil && present {
		return data.Fail(data.Conflict, "rollout.setup", data.Say("rollout.setup.there",
			"There is a hospital's book in {{.Folder}} already. Nothing was changed. Name another folder with --data.", "Folder", folder), nil)
	}
	return err
}

// make makes the hospital, and tells whether its recovery key went into the file, which then has to stay. The file was there before: a hospital
// whose recovery key is lost is not recovered when its administrators are.
func (b *beginning) make(ctx context.Context, call cli.Call, h *hospital.Hospital, secret *desk.Secret, password string) (kept bool, err error) {
	s, recovery, err := h.SetUp(ctx, b.house, b.admin, password, progress(call))
	if recovery == "" { // there is no hospital, or none that a key could open
		return false, beginningNames.on(err)
	}
	if s != nil {
		defer s.SignOut(context.WithoutCancel(ctx))
	}
	if failed := secret.Keep(recovery); failed != nil {
		return true, errors.Join(data.Fail(data.Unavailable, "rollout.recovery", data.Say("rollout.setup.nokey",
			"The hospital is set up, but its recovery key could not be saved in {{.File}}. Sign in to Wardbook's window and make a new recovery key before anything else.",
			"File", b.recoveryFile), failed), err)
	}
	return true, err
}
