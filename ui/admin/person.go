package admin

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// person is one account: its facts, its history, and what may be done with it.
type person struct {
	session *access.Session
	forgive func(signIn string)
	id      access.UserID
	read    *personRead // nil until it has been read
	ending  wish[endingWish]
	renewal wish[uint64]
}

// personRead is all that the page shows.
type personRead struct {
	row     access.UserRow
	history []past // oldest first
	names   map[string]string
}

// past is one version of an account, with what was done and why.
type past struct {
	access.UserRow
	action access.Action
	why    string
}

// endingWish is one wish to deactivate: the version that was seen, and why.
type endingWish struct {
	seen uint64
	why  string
}

// parseUser reads an id as routes hold it.
func parseUser(id string) (access.UserID, bool) {
	u, err := uuid.Parse(id)
	return access.UserID(u), err == nil
}

// load reads the account and its history. It is slow.
func (p *person) load(ctx context.Context) (read personRead, err error) {
	if read.row, err = access.ReadUser(ctx, p.session, p.id); err != nil {
		return read, err
	}
	if read.history, err = p.past(ctx); err != nil {
		return read, err
	}
	everybody, err := access.Users(ctx, p.session)
	read.names = namesOf(everybody)
	return read, err
}

// past reads every version of the account, with what the book says was done.
func (p *person) past(ctx context.Context) ([]past, error) {
	rows, err := access.UserHistory(ctx, p.session, p.id)
	if err != nil {
		return nil, err
	}
	all := make([]past, len(rows))
	for i, row := range rows {
		all[i].UserRow = row
	}
	for _, table := range access.Tables() {
		if table.Name != string(access.TableUsers) {
			continue
		}
		versions, err := p.session.History(ctx, access.Deed{Action: access.ActUserOpen}, table, p.id.RecordID())
		if err != nil {
			return nil, err
		}
		for i := range min(len(rows), len(versions)) { // a change in between: the later list is the longer one
			all[i].action, all[i].why = access.Action(versions[i].Cause.Action), versions[i].Cause.Why
		}
	}
	return all, nil
}

// own tells whether it is the account of who looks at it. One's own is not deactivated or given a one-time password here: both
// would end the work at hand, and the first could lock the last administrator out.
func (p *person) own() bool { return p.session.Who() == p.id }

// mayEnd, mayReturn and mayReset tell what to offer.
func (p *person) mayEnd() bool {
	return p.offered(access.ActUserDeactivate) && !p.read.row.Value.Inactive
}

func (p *person) mayReturn() bool {
	return p.offered(access.ActUserReactivate) && p.read.row.Value.Inactive
}

func (p *person) mayReset() bool { return p.offered(access.ActUserReset) && !p.read.row.Value.Inactive }

func (p *person) mayEdit() bool { return p.read != nil && p.session.May(access.ActUserChange) }

func (p *person) offered(action access.Action) bool {
	return p.read != nil && !p.own() && p.session.May(action)
}

// end deactivates the account. It is slow, as the hospital gets a new master key.
func (p *person) end(ctx context.Context, seen uint64, why string) error {
	return access.Deactivate(ctx, p.session, p.ending.of(endingWish{seen, why}), p.id, seen, why)
}

// renew gives a one-time password, to one who has left as well, and lets an account that was stopped try again. It is slow.
func (p *person) renew(ctx context.Context, row access.UserRow, password string) error {
	give := access.Reset
	if row.Value.Inactive {
		give = access.Reactivate
	}
	if err := give(ctx, p.session, p.renewal.of(row.Version), p.id, row.Version, password); err != nil {
		return err
	}
	if p.forgive != nil {
		p.forgive(row.Value.SignIn)
	}
	return nil
}

// change is one line of an account's history: a field that became another.
type change struct {
	version  uint64
	at       time.Time
	who      string
	what     kit.Sentence
	from, to string
}

// historyOf tells who changed what from what to what, newest first. Versions are oldest first.
func historyOf(versions []past, names map[string]string) []change {
	var all []change
	for i, v := range versions {
		changes := []change{{what: kit.Say("people.history.added", "Account added"), to: v.Value.Name + ", " + roleNames(v.Value.Roles)}}
		if i > 0 {
			changes = difference(versions[i-1].Value, v.Value)
		}
		if v.action == access.ActUserReset {
			changes = append(changes, change{what: kit.Say("people.history.onetime", "One-time password given")})
		}
		if v.why != "" {
			changes = append(changes, change{what: kit.Say("people.history.why", "Stated reason"), to: v.why})
		}
		if len(changes) == 0 {
			changes = append(changes, change{what: kit.Say("people.history.nothing", "Saved without a change")})
		}
		for _, c := range changes {
			c.version, c.at, c.who = v.Version, v.ChangedAt, author(v.ChangedBy, names)
			all = append(all, c)
		}
	}
	slices.Reverse(all)
	return all
}

// difference are the fields in which two versions differ.
func difference(before, after access.User) []change {
	var all []change
	for _, f := range accountFields() {
		if from, to := f.read(before), f.read(after); from != to {
			all = append(all, change{what: f.label, from: from, to: to})
		}
	}
	if from, to := standingOf(before), standingOf(after); from != to {
		all = append(all, change{what: kit.Say("people.state", "State"), from: from.sentence().Text(), to: to.sentence().Text()})
	}
	return all
}

// accountField is a fact of an account as people read it.
type accountField struct {
	name  string // as errors call it
	label kit.Sentence
	read  func(access.User) string
}

func accountFields() []accountField {
	return []accountField{
		{"name", kit.Say("people.name", "Name"), func(u access.User) string { return u.Name }},
		{"signin", kit.Say("people.signin", "Sign-in name"), func(u access.User) string { return u.SignIn }},
		{"roles", kit.Say("people.roles", "Roles"), func(u access.User) string { return roleNames(u.Roles) }},
		{"email", kit.Say("people.email", "E-mail"), func(u access.User) string { return u.Email }},
		{"phone", kit.Say("people.phone", "Phone"), func(u access.User) string { return term.Phone(u.Phone).International() }},
		{"speciality", kit.Say("people.speciality", "Speciality"), func(u access.User) string { return u.Speciality }},
		{"registration", kit.Say("people.registration", "Registration number"), func(u access.User) string { return u.Registration }},
	}
}
