package rollout

import (
	"crypto/rand"
	"errors"
	"flag"
	"path/filepath"
	"strings"

	"wardbook/app/access"
	"wardbook/app/cli"
	"wardbook/app/desk"
	"wardbook/data"
)

// oneTime is where a one-time password comes from: a file, or drawn by Wardbook and written to a file.
type oneTime struct{ in, out string }

const oneTimeUsage = "--new-password-file FILE | --new-password-out FILE"

func (o *oneTime) flags(f *flag.FlagSet) {
	f.StringVar(&o.in, "new-password-file", "", "")
	f.StringVar(&o.out, "new-password-out", "", "")
}

func (o *oneTime) check(command string) error {
	if (o.in == "") == (o.out == "") {
		return cli.Misuse("'%s' needs one of these: --new-password-file FILE with the one-time password, or --new-password-out FILE to have one made.", command)
	}
	return nil
}

// flag is the name of the flag that was given, and file its value.
func (o *oneTime) flag() (name, file string) {
	if o.in != "" {
		return "new-password-file", o.in
	}
	return "new-password-out", o.out
}

// give has the password set by a use case. One that was drawn is on the disk before it is set, so that it can't be lost, and its file goes again where
// it was not set.
func (o *oneTime) give(at signedIn, names flagNames, set func(password string) error) (err error) {
	names["password"], _ = o.flag()
	if o.in != "" {
		password, err := readSecret("new-password-file", o.in)
		if err != nil {
			return err
		}
		if password == at.password {
			return onFlag("new-password-file", data.Fail(data.Invalid, "rollout.onetime", data.Say("rollout.onetime.own",
				"This is your own password. Give another person another one."), nil))
		}
		return names.on(set(password))
	}
	secret, err := newSecret("new-password-out", o.out, at.folder)
	if err != nil {
		return err
	}
	password, err := access.Passphrase(rand.Reader)
	if err == nil {
		err = secret.Keep(password)
	}
	if err == nil {
		err = set(password)
	}
	if err != nil {
		return errors.Join(names.on(err), secret.Drop())
	}
	return nil
}

// newSecret makes the file that a flag names, outside the data folder: who copies that would have the key to it.
func newSecret(flag, file, folder string) (*desk.Secret, error) {
	if inside(file, folder) {
		return nil, onFlag(flag, data.Fail(data.Invalid, "rollout.secret", data.Say("rollout.secret.inside",
			"The file lies in the data folder, which it opens. Choose a place outside."), nil))
	}
	secret, err := desk.NewSecret(file)
	if err != nil {
		return nil, onFlag(flag, err)
	}
	return secret, nil
}

// inside tells whether a file that is yet to be made would lie in a folder, by whatever way it is named.
func inside(file, folder string) bool {
	parent, err := filepath.Abs(filepath.Dir(file))
	if err != nil {
		return false
	}
	relative, err := filepath.Rel(led(folder), led(parent))
	return err == nil && relative != ".." && !strings.HasPrefix(relative, ".."+string(filepath.Separator))
}

// led is where a path leads; the path itself where that can't be told.
func led(path string) string {
	if end, err := filepath.EvalSymlinks(path); err == nil {
		return end
	}
	return path
}
