package rollout

import (
	"context"
	"flag"
	"strings"
	"unicode"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/cli"
	"wardbook/data"
)

// userNames are the flags of what access calls by these names; "password" joins them where a command sets one.
func userNames() flagNames {
	return flagNames{"name": "name", "signin": "signin", "email": "email", "phone": "phone", "speciality": "speciality", "registration": "registration", "roles": "role"}
}

// newcomer is somebody who is to be added.
type newcomer struct {
	credentials
	oneTime
	user  access.User
	roles string
}

func (n *newcomer) flags(f *flag.FlagSet) {
	n.credentials.flags(f)
	n.oneTime.flags(f)
	f.StringVar(&n.user.Name, "name", "", "")
	f.StringVar(&n.user.SignIn, "signin", "", "")
	f.StringVar(&n.roles, "role", "", "")
	f.StringVar(&n.user.Email, "email", "", "")
	f.StringVar(&n.user.Phone, "phone", "", "")
	f.StringVar(&n.user.Speciality, "speciality", "", "")
	f.StringVar(&n.user.Registration, "registration", "", "")
}

func (t tool) userAdd() cli.Command {
	var n newcomer
	return cli.Command{Name: "user add", Summary: "Give somebody an account, with a one-time password",
		Usage: credentialsUsage + " --name NAME --role ROLE[,ROLE] (desk, entry, doctor, admin)\n(" + oneTimeUsage +
			") [--signin SIGN-IN-NAME]\n[--email ADDRESS] [--phone NUMBER] [--speciality TEXT] [--registration NUMBER]",
		Flags: n.flags,
		Run:   func(ctx context.Context, call cli.Call) error { return t.add(ctx, call, n) }}
}

func (t tool) add(ctx context.Context, call cli.Call, n newcomer) error {
	err := demand("user add", append(n.needs(), need{"--name NAME", n.user.Name}, need{"--role ROLE", n.roles})...)
	if err == nil {
		err = n.check("user add")
	}
	if err != nil {
		return err
	}
	if n.user.Roles, err = access.ParseRoles(n.roles); err != nil {
		return userNames().on(err)
	}
	if n.user.SignIn == "" {
		n.user.SignIn = signInOf(n.user.Name)
	}
	return t.administer(ctx, call, n.credentials, func(at signedIn) error {
		err := n.give(at, userNames(), func(password string) error {
			_, err := access.AddUser(ctx, at.session, uuid.New(), n.user, password)
			return err
		})
		if err != nil {
			return err
		}
		at.hospital.Forgive(n.user.SignIn) // tries of a name that nobody had yet
		return n.tell(at, n.user.Name, n.user.SignIn)
	})
}

// tell says how the person gets in.
func (o *oneTime) tell(at signedIn, name, signIn string) error {
	_, file := o.flag()
	return say(at.call, data.Say("rollout.onetime.done", "{{.Name}} signs in as {{.SignIn}} with the one-time password in {{.File}}, and sets a new one then.",
		"Name", printed(name), "SignIn", printed(signIn), "File", file))
}

// signInOf makes a sign-in name of a shown name: lower case, with dots between the words.
func signInOf(name string) string {
	words := strings.FieldsFunc(access.FoldName(name), func(r rune) bool { return !unicode.In(r, unicode.L, unicode.M, unicode.N) && r != '-' })
	return strings.Join(words, ".")
}

// account is one existing account that a command is about.
type account struct {
	credentials
	oneTime
	signIn, why string
}

func (a *account) needing(command string) error {
	return demand(command, append(a.needs(), need{"--signin SIGN-IN-NAME", a.signIn})...)
}

// withAccount signs the administrator in and finds the account, which has to be inactive or active as the command needs it.
func (t tool) withAccount(ctx context.Context, call cli.Call, a account, inactive bool, work func(signedIn, access.UserRow) error) error {
	return t.administer(ctx, call, a.credentials, func(at signedIn) error {
		row, err := find(ctx, at.session, a.signIn)
		if err != nil {
			return err
		}
		refuse := func(m data.Message) error {
			return onFlag("signin", data.Fail(data.Conflict, "rollout.account", m, nil))
		}
		switch {
		case row.Value.Inactive && !inactive:
			return refuse(data.Say("rollout.user.inactive", "The account of {{.Name}} is deactivated. 'wardbook user reactivate' lets a person in again.",
				"Name", printed(row.Value.Name)))
		case !row.Value.Inactive && inactive:
			return refuse(data.Say("rollout.user.active", "The account of {{.Name}} is active. 'wardbook user reset' gives a one-time password to somebody who forgot the password.",
				"Name", printed(row.Value.Name)))
		}
		return work(at, row)
	})
}

// find gives the account of a sign-in name, however its letters are cased.
func find(ctx context.Context, s *access.Session, signIn string) (access.UserRow, error) {
	all, err := access.Users(ctx, s)
	if err != nil {
		return access.UserRow{}, err
	}
	for _, row := range all {
		if access.FoldName(row.Value.SignIn) == access.FoldName(signIn) {
			return row, nil
		}
	}
	return access.UserRow{}, onFlag("signin", data.Fail(data.NotFound, "rollout.account", data.Say("rollout.user.none",
		"Nobody signs in as {{.SignIn}}. 'wardbook user list' shows the names.", "SignIn", printed(signIn)), nil))
}

// printed is a text without what could steer a terminal.
func printed(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, text)
}
