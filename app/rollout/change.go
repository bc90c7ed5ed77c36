package rollout

import (
	"context"
	"flag"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/cli"
	"wardbook/data"
)

func (t tool) userDeactivate() cli.Command {
	var a account
	return cli.Command{Name: "user deactivate", Summary: "End somebody's access; all that the person wrote stays",
		Usage: credentialsUsage + " --signin SIGN-IN-NAME [--why TEXT]",
		Flags: func(f *flag.FlagSet) {
			a.credentials.flags(f)
			f.StringVar(&a.signIn, "signin", "", "")
			f.StringVar(&a.why, "why", "", "")
		},
		Run: func(ctx context.Context, call cli.Call) error { return t.deactivate(ctx, call, a) }}
}

// deactivate works on one's own account too: the account that a roll-out began with may be meant to end with it.
func (t tool) deactivate(ctx context.Context, call cli.Call, a account) error {
	if err := a.needing("user deactivate"); err != nil {
		return err
	}
	return t.withAccount(ctx, call, a, false, func(at signedIn, row access.UserRow) error {
		if err := access.Deactivate(ctx, at.session, uuid.New(), row.ID, row.Version, a.why); err != nil {
			return flagNames{"roles": "signin"}.on(err) // the last administrator
		}
		return say(call, data.Say("rollout.deactivated", "{{.Name}} ({{.SignIn}}) can't sign in any more. All that the person wrote stays, with the name.",
			"Name", printed(row.Value.Name), "SignIn", printed(row.Value.SignIn)))
	})
}

func (a *account) renewalFlags(f *flag.FlagSet) {
	a.credentials.flags(f)
	a.oneTime.flags(f)
	f.StringVar(&a.signIn, "signin", "", "")
}

const renewalUsage = credentialsUsage + " --signin SIGN-IN-NAME\n(" + oneTimeUsage + ")"

func (t tool) userReactivate() cli.Command {
	var a account
	return cli.Command{Name: "user reactivate", Summary: "Let somebody sign in again, with a one-time password", Usage: renewalUsage, Flags: a.renewalFlags,
		Run: func(ctx context.Context, call cli.Call) error {
			return t.renew(ctx, call, "user reactivate", a, true, access.Reactivate)
		}}
}

func (t tool) userReset() cli.Command {
	var a account
	return cli.Command{Name: "user reset", Summary: "Give somebody who forgot the password a one-time password", Usage: renewalUsage, Flags: a.renewalFlags,
		Run: func(ctx context.Context, call cli.Call) error {
			return t.renew(ctx, call, "user reset", a, false, access.Reset)
		}}
}

// renewal is access.Reset or access.Reactivate.
type renewal func(ctx context.Context, s *access.Session, operation uuid.UUID, id access.UserID, seen uint64, oneTime string) error

func (t tool) renew(ctx context.Context, call cli.Call, command string, a account, inactive bool, renew renewal) error {
	err := a.needing(command)
	if err == nil {
		err = a.check(command)
	}
	if err != nil {
		return err
	}
	return t.withAccount(ctx, call, a, inactive, func(at signedIn, row access.UserRow) error {
		if row.ID == at.session.Who() {
			return onFlag("signin", data.Fail(data.Invalid, "rollout.reset", data.Say("rollout.reset.own",
				"This is your own account. Change your password with 'wardbook user password'."), nil))
		}
		err := a.give(at, userNames(), func(password string) error {
			return renew(ctx, at.session, uuid.New(), row.ID, row.Version, password)
		})
		if err != nil {
			return err
		}
		at.hospital.Forgive(row.Value.SignIn)
		return a.tell(at, row.Value.Name, row.Value.SignIn)
	})
}

func (t tool) userPassword() cli.Command {
	var c credentials
	var file string
	return cli.Command{Name: "user password", Summary: "Set a new password of your own, also in place of a one-time password",
		Usage: "--user NAME --password-file FILE --new-password-file FILE",
		Flags: func(f *flag.FlagSet) {
			c.flags(f)
			f.StringVar(&file, "new-password-file", "", "")
		},
		Run: func(ctx context.Context, call cli.Call) error { return t.password(ctx, call, c, file) }}
}

func (t tool) password(ctx context.Context, call cli.Call, c credentials, file string) error {
	if err := demand("user password", append(c.needs(), need{"--new-password-file FILE", file})...); err != nil {
		return err
	}
	fresh, err := readSecret("new-password-file", file)
	if err != nil {
		return err
	}
	return t.as(ctx, call, c, func(at signedIn) error {
		if err := at.session.ChangeOwnPassword(ctx, at.password, fresh); err != nil {
			return flagNames{"password": "new-password-file"}.on(err)
		}
		return say(call, data.Say("rollout.password.done", "The password of {{.Name}} was changed.", "Name", printed(at.session.Name())))
	})
}
