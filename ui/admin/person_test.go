package admin

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/app/term"
)

const onetime = "violet-harbor-sandwich-gravel-meteor"

// about gives the presenter of a person's page, read.
func about(t *testing.T, s *access.Session, id access.UserID, forgive func(string)) *person {
	t.Helper()
	p := &person{session: s, id: id, forgive: forgive}
	reread(t, p)
	return p
}

func reread(t *testing.T, p *person) {
	t.Helper()
	read, err := p.load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p.read = &read
}

func TestDeactivatingEndsTheSignInAndKeepsTheName(t *testing.T) {
	h := opened(t)
	p := about(t, h.As(access.Administrator), h.People[access.FrontDesk], nil)
	if !p.mayEnd() || !p.mayReset() || p.mayReturn() {
		t.Error("an active person is offered the wrong things")
	}
	if err := p.end(t.Context(), p.read.row.Version, "left the hospital"); err != nil {
		t.Fatal(err)
	}
	if h.Keys.Has(accesstest.SignIn(access.FrontDesk)) {
		t.Error("the key is still there")
	}
	reread(t, p)
	if u := p.read.row.Value; !u.Inactive || u.Name != "Flora Desk" {
		t.Errorf("left: %+v", u)
	}
	if p.mayEnd() || p.mayReset() || !p.mayReturn() {
		t.Error("somebody who has left is offered the wrong things")
	}
}

func TestAOneTimePasswordLetsAStoppedAccountTryAgain(t *testing.T) {
	h := opened(t)
	var forgiven []string
	p := about(t, h.As(access.Administrator), h.People[access.Doctor], func(signIn string) { forgiven = append(forgiven, signIn) })
	if err := p.renew(t.Context(), p.read.row, "short"); len(term.Faults(err)) != 1 || term.Faults(err)[0].Field != "password" {
		t.Errorf("a short password: %v", err)
	}
	if forgiven != nil {
		t.Error("forgiven without a new password")
	}
	if err := p.renew(t.Context(), p.read.row, onetime); err != nil {
		t.Fatal(err)
	}
	name := accesstest.SignIn(access.Doctor)
	if err := h.Keys.Verify(name, onetime); err != nil || !slices.Equal(forgiven, []string{name}) {
		t.Errorf("the new password: %v; forgiven: %v", err, forgiven)
	}
	if s := h.As(access.Doctor); !s.MustChange() {
		t.Error("the one-time password need not be changed")
	}
}

// TestAFailedKeyFileIsMadeGoodBySayingItAgain: the book was written, the key file was not; the same wish a second time does the rest.
func TestAFailedKeyFileIsMadeGoodBySayingItAgain(t *testing.T) {
	h := opened(t)
	p := about(t, h.As(access.Administrator), h.People[access.Doctor], nil)
	h.Keys.Broken = fmt.Errorf("the disk is broken")
	seen := p.read.row.Version
	if err := p.end(t.Context(), seen, "left"); err == nil {
		t.Fatal("no error from a broken disk")
	}
	h.Keys.Broken = nil
	if err := p.end(t.Context(), seen, "left"); err != nil || h.Keys.Has(accesstest.SignIn(access.Doctor)) {
		t.Errorf("the second time: %v, key there: %t", err, h.Keys.Has(accesstest.SignIn(access.Doctor)))
	}
}

func TestSomebodyWhoLeftComesBackWithAOneTimePassword(t *testing.T) {
	h := opened(t)
	p := about(t, h.As(access.Administrator), h.People[access.DataEntry], nil)
	if err := p.end(t.Context(), p.read.row.Version, ""); err != nil {
		t.Fatal(err)
	}
	reread(t, p)
	if err := p.renew(t.Context(), p.read.row, onetime); err != nil {
		t.Fatal(err)
	}
	if s := h.As(access.DataEntry); !s.MustChange() {
		t.Error("the one-time password need not be changed")
	}
}

func TestNobodyEndsTheOwnAccount(t *testing.T) {
	h := opened(t)
	p := about(t, h.As(access.Administrator), h.People[access.Administrator], nil)
	if !p.own() || p.mayEnd() || p.mayReset() || p.mayReturn() || !p.mayEdit() {
		t.Error("one's own account is offered to be ended or reset, or not to be changed")
	}
}

func TestTheHistoryTellsWhoChangedWhatFromWhatToWhat(t *testing.T) {
	h := opened(t)
	s := h.As(access.Administrator)
	p := about(t, s, h.People[access.DataEntry], nil)
	u := p.read.row.Value
	u.Name, u.Roles, u.Email = "Edna Entry-Jones", access.DataEntry|access.FrontDesk, "edna@example.org"
	if err := access.ChangeUser(t.Context(), s, uuid.New(), p.id, p.read.row.Version, u); err != nil {
		t.Fatal(err)
	}
	reread(t, p)
	if err := p.renew(t.Context(), p.read.row, onetime); err != nil {
		t.Fatal(err)
	}
	reread(t, p)
	if err := p.renew(t.Context(), p.read.row, onetime+"-again"); err != nil {
		t.Fatal(err)
	}
	reread(t, p)
	if err := p.end(t.Context(), p.read.row.Version, "left the hospital"); err != nil {
		t.Fatal(err)
	}
	reread(t, p)
	var got []string
	for _, c := range historyOf(p.read.history, p.read.names) {
		got = append(got, fmt.Sprintf("%d %s: %s: %s -> %s", c.version, c.who, c.what.Text(), c.from, c.to))
	}
	want := []string{
		"5 Adam Admin: Stated reason:  -> left the hospital",
		"5 Adam Admin: State: Must set a new password -> Deactivated",
		"4 Adam Admin: One-time password given:  -> ",
		"3 Adam Admin: One-time password given:  -> ",
		"3 Adam Admin: State: Active -> Must set a new password",
		"2 Adam Admin: E-mail:  -> edna@example.org",
		"2 Adam Admin: Roles: Data entry -> Front desk, Data entry",
		"2 Adam Admin: Name: Edna Entry -> Edna Entry-Jones",
		"1 Wardbook itself: Account added:  -> Edna Entry, Data entry",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

func TestNobodyElseOpensAPerson(t *testing.T) {
	h := opened(t)
	for _, role := range outsiders() {
		p := &person{session: h.As(role), id: h.People[access.Doctor]}
		if _, err := p.load(t.Context()); !term.Is(err, term.Forbidden) {
			t.Errorf("%s: %v, want a refusal", role.Code(), err)
		}
		if err := p.end(t.Context(), 1, ""); !term.Is(err, term.Forbidden) {
			t.Errorf("%s deactivates: %v, want a refusal", role.Code(), err)
		}
	}
}
