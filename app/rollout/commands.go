package rollout

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"wardbook/app/access"
	"wardbook/app/cli"
	"wardbook/app/desk"
	"wardbook/app/hospital"
	"wardbook/data"
)

// Opener puts the hospital of a prepared folder together. It is not open until somebody signs in; its log is slog's default.
type Opener func(folder string) (*hospital.Hospital, error)

// Commands gives the commands: setup, and user add, list, deactivate, reactivate, reset and password.
func Commands(open Opener, now func() time.Time) []cli.Command {
	t := tool{open, now}
	return []cli.Command{t.setup(), t.userAdd(), t.userList(), t.userDeactivate(), t.userReactivate(), t.userReset(), t.userPassword()}
}

// tool is what every command works with.
type tool struct {
	open Opener
	now  func() time.Time
}

// credentials are whose session a command runs in.
type credentials struct{ user, passwordFile string }

func (c *credentials) flags(f *flag.FlagSet) {
	f.StringVar(&c.user, "user", "", "")
	f.StringVar(&c.passwordFile, "password-file", "", "")
}

// needs are the flags that every command on an existing hospital needs.
func (c *credentials) needs() []need {
	return []need{{"--user NAME", c.user}, {"--password-file FILE", c.passwordFile}}
}

const credentialsUsage = "--user ADMIN --password-file FILE"

// need is a flag that may not be missing, and what it was given.
type need struct{ flag, value string }

// demand is a misuse that names all that is missing at once.
func demand(command string, needs ...need) error {
	var missing []string
	for _, n := range needs {
		if strings.TrimSpace(n.value) == "" {
			missing = append(missing, n.flag)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return cli.Misuse("'%s' needs %s.", command, strings.Join(missing, ", "))
}

// folderOf is the data folder a call is about.
func folderOf(call cli.Call) (string, error) {
	switch {
	case call.Demo:
		return "", cli.Misuse("A demo can't be set up or changed from here: it is made anew each time.")
	case call.Data != "":
		return call.Data, nil
	}
	return desk.DefaultFolder()
}

// alone does work on a hospital's folder as the only program that does. Held folders are refused by desk's sentence.
func (t tool) alone(folder string, work func(*hospital.Hospital) error) (err error) {
	if err := desk.Prepare(folder); err != nil {
		return err
	}
	claim, err := desk.Take(folder, t.now())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, claim.Release()) }()
	log, err := desk.OpenLog(folder)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	slog.SetDefault(log.Logger) // standard error is for the one sentence
	h, err := t.open(folder)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	return work(h)
}

// signedIn is a person at work in a folder.
type signedIn struct {
	call     cli.Call
	folder   string
	hospital *hospital.Hospital
	session  *access.Session
	password string // of the person
}

// as signs a person in to the hospital of the call's folder, does the work, and signs out.
func (t tool) as(ctx context.Context, call cli.Call, c credentials, work func(signedIn) error) error {
	folder, err := folderOf(call)
	if err != nil {
		return err
	}
	present, err := desk.HasBook(folder)
	if err != nil {
		return err
	}
	if !present { // before anything is made in what may be a mistyped folder
		return data.Fail(data.NotFound, "rollout.folder", data.Say("rollout.nobook",
			"There is no hospital's book in {{.Folder}}. Name its folder with --data, or begin one with 'wardbook setup'.", "Folder", folder), nil)
	}
	password, err := readSecret("password-file", c.passwordFile)
	if err != nil {
		return err
	}
	return t.alone(folder, func(h *hospital.Hospital) error {
		s, err := h.SignIn(ctx, c.user, password, progress(call))
		if err != nil {
			return err
		}
		defer s.SignOut(context.WithoutCancel(ctx)) // also where the work was interrupted
		return work(signedIn{call, folder, h, s, password})
	})
}

// administer is as for work that needs a password of the person's own: one that others know too may do nothing in the person's name.
func (t tool) administer(ctx context.Context, call cli.Call, c credentials, work func(signedIn) error) error {
	return t.as(ctx, call, c, func(at signedIn) error {
		if at.session.MustChange() {
			return data.Fail(data.Forbidden, "rollout.signin", data.Say("rollout.mustchange",
				"Your password was given for one sign-in only. Set a new one first: sign in to Wardbook's window, or use 'wardbook user password'."), nil)
		}
		return work(at)
	})
}

// progress says on standard error what a long opening is at, once for each stage.
func progress(call cli.Call) hospital.Progress {
	said := ""
	return func(stage data.Message, _, _ int64) {
		if text := stage.String(); text != said {
			said = text
			fmt.Fprintln(call.Err, text+" ...")
		}
	}
}

// say ends a command with a sentence on standard output.
func say(call cli.Call, m data.Message) error {
	_, err := fmt.Fprintln(call.Out, m)
	return err
}
