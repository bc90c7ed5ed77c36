package rollout

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"wardbook/app/access"
	"wardbook/app/cli"
	"wardbook/data"
)

// listed is an account as --json gives it. Names of fields are part of what scripts rely on: never change one.
type listed struct {
	ID           string   `json:"id"`
	Name         string   `json:"name"`
	SignIn       string   `json:"signin"`
	Roles        []string `json:"roles"` // as --role takes them
	Inactive     bool     `json:"inactive"`
	MustChange   bool     `json:"mustChange"` // the password is a one-time password
	Email        string   `json:"email"`
	Phone        string   `json:"phone"`
	Speciality   string   `json:"speciality"`
	Registration string   `json:"registration"`
}

func (t tool) userList() cli.Command {
	var c credentials
	var asJSON bool
	return cli.Command{Name: "user list", Summary: "List everybody who has or had an account", Usage: credentialsUsage + " [--json]",
		Flags: func(f *flag.FlagSet) {
			c.flags(f)
			f.BoolVar(&asJSON, "json", false, "")
		},
		Run: func(ctx context.Context, call cli.Call) error { return t.list(ctx, call, c, asJSON) }}
}

func (t tool) list(ctx context.Context, call cli.Call, c credentials, asJSON bool) error {
	if err := demand("user list", c.needs()...); err != nil {
		return err
	}
	var all []access.UserRow
	err := t.administer(ctx, call, c, func(at signedIn) (err error) {
		all, err = access.Users(ctx, at.session)
		return err
	})
	if err != nil {
		return err
	}
	if asJSON {
		return writeJSON(call.Out, all)
	}
	return writeTable(call.Out, all)
}

func writeJSON(out io.Writer, all []access.UserRow) error {
	list := make([]listed, 0, len(all))
	for _, row := range all {
		u := row.Value
		list = append(list, listed{ID: row.ID.String(), Name: u.Name, SignIn: u.SignIn, Roles: strings.Split(u.Roles.Code(), ","), Inactive: u.Inactive,
			MustChange: u.MustChange, Email: u.Email, Phone: u.Phone, Speciality: u.Speciality, Registration: u.Registration})
	}
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(list)
}

func writeTable(out io.Writer, all []access.UserRow) error {
	var padded bytes.Buffer
	w := tabwriter.NewWriter(&padded, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", data.Say("rollout.list.signin", "Sign-in name"), data.Say("rollout.list.name", "Name"),
		data.Say("rollout.list.roles", "Roles"), data.Say("rollout.list.state", "State"), data.Say("rollout.list.speciality", "Speciality"))
	for _, row := range all {
		u := row.Value
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", printed(u.SignIn), printed(u.Name), u.Roles.Code(), stateOf(u), printed(u.Speciality))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for line := range strings.Lines(padded.String()) {
		if _, err := fmt.Fprintln(out, strings.TrimRight(line, " \n")); err != nil {
			return err
		}
	}
	return nil
}

func stateOf(u access.User) data.Message {
	switch {
	case u.Inactive:
		return data.Say("rollout.state.inactive", "inactive")
	case u.MustChange:
		return data.Say("rollout.state.onetime", "one-time password")
	}
	return data.Say("rollout.state.active", "active")
}
