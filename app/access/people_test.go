package access_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/data"
)

const oneTime = "plover-tablet-runway-inkwell"

func TestAPersonIsAddedAndSetsANewPassword(t *testing.T) {
	h := accesstest.New(t)
	admin := h.As(access.Administrator)
	operation := uuid.New()
	u := access.User{Name: "Nadia  Novák", SignIn: "nadia", Roles: access.FrontDesk, Email: "nadia@example.org", Phone: "020 7946 0958"}
	id, err := access.AddUser(t.Context(), admin, operation, u, oneTime)
	if err != nil {
		t.Fatal(err)
	}
	again, err := access.AddUser(t.Context(), admin, operation, u, oneTime)
	if err != nil || again != id {
		t.Errorf("pressed twice: %v, %v; want the same person", again, err)
	}
	if err := h.Keys.Verify("NADIA", oneTime); err != nil {
		t.Fatal(err)
	}
	s, err := h.Door.Begin(t.Context(), "Nadia")
	if err != nil || s.Name() != "Nadia Novák" {
		t.Fatalf("got %v", err)
	}
	if err := staff(t, s); !errors.Is(err, access.ErrMustChange) {
		t.Errorf("before a new password: %v", err)
	}
	if err := s.ChangeOwnPassword(t.Context(), oneTime, oneTime); !data.Is(err, data.Invalid) {
		t.Errorf("the same password again: %v", err)
	}
	if err := s.ChangeOwnPassword(t.Context(), "wrong", accesstest.Password); !data.Is(err, data.Forbidden) {
		t.Errorf("a wrong old password: %v", err)
	}
	if err := s.ChangeOwnPassword(t.Context(), oneTime, accesstest.Password); err != nil {
		t.Fatal(err)
	}
	if err := staff(t, s); err != nil {
		t.Errorf("after it: %v", err)
	}
}

func TestWhatIsWrongWithAPersonIsSaidOnItsField(t *testing.T) {
	h := accesstest.New(t)
	admin := h.As(access.Administrator)
	good := access.User{Name: "Nadia Novák", SignIn: "nadia", Roles: access.FrontDesk}
	for field, c := range map[string]struct {
		change   func(*access.User)
		password string
	}{
		"name":         {func(u *access.User) { u.Name = " \t" }, oneTime},
		"signin":       {func(u *access.User) { u.SignIn = "n" }, oneTime},
		"roles":        {func(u *access.User) { u.Roles = 0 }, oneTime},
		"email":        {func(u *access.User) { u.Email = "nadia@" }, oneTime},
		"phone":        {func(u *access.User) { u.Phone = "twelve" }, oneTime},
		"speciality":   {func(u *access.User) { u.Speciality = strings.Repeat("x", 121) }, oneTime},
		"registration": {func(u *access.User) { u.Registration = strings.Repeat("x", 121) }, oneTime},
		"password":     {func(*access.User) {}, "short"},
	} {
		u := good
		c.change(&u)
		_, err := access.AddUser(t.Context(), admin, uuid.New(), u, c.password)
		var e *data.Error
		if !errors.As(err, &e) || e.Kind != data.Invalid || len(e.Fields) != 1 || e.Fields[0] != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	u := good
	u.Roles = access.Machine | access.FrontDesk
	if _, err := access.AddUser(t.Context(), admin, uuid.New(), u, oneTime); !data.Is(err, data.Invalid) {
		t.Errorf("a person became the machine: %v", err)
	}
	u = good
	u.SignIn = strings.ToUpper(accesstest.SignIn(access.Doctor))
	if _, err := access.AddUser(t.Context(), admin, uuid.New(), u, oneTime); !data.Is(err, data.Conflict) {
		t.Errorf("a name in use: %v", err)
	}
	all, err := access.Users(t.Context(), admin)
	if err != nil || len(all) != len(h.People) {
		t.Errorf("%d people, %v; nothing should have been added", len(all), err)
	}
}

// TestS1NobodyMakesAnAdministratorOrRemovesOneWithoutTheRight: in the system before this one anybody could.
func TestS1NobodyMakesAnAdministratorOrRemovesOneWithoutTheRight(t *testing.T) {
	h := accesstest.New(t)
	sessions := []*access.Session{nil, h.As(access.FrontDesk), h.As(access.DataEntry), h.As(access.Doctor)}
	for _, s := range sessions {
		if _, err := access.Users(t.Context(), s); !data.Is(err, data.Forbidden) {
			t.Errorf("%v listed the people: %v", s.Roles().Code(), err)
		}
		u := access.User{Name: "Eve", SignIn: "eve", Roles: access.Administrator}
		if _, err := access.AddUser(t.Context(), s, uuid.New(), u, oneTime); !data.Is(err, data.Forbidden) {
			t.Errorf("%v made an administrator: %v", s.Roles().Code(), err)
		}
		err := access.Deactivate(t.Context(), s, uuid.New(), h.People[access.Administrator], 1, "")
		if !data.Is(err, data.Forbidden) {
			t.Errorf("%v removed an administrator: %v", s.Roles().Code(), err)
		}
	}
	if h.Keys.Has("eve") || !h.Keys.Has(accesstest.SignIn(access.Administrator)) {
		t.Error("the key files were changed")
	}
}

func TestTheLastAdministratorStays(t *testing.T) {
	h := accesstest.New(t)
	admin := h.As(access.Administrator)
	end := func(role access.Roles) error {
		row, err := access.ReadUser(t.Context(), admin, h.People[role])
		if err != nil {
			return err
		}
		return access.Deactivate(t.Context(), admin, uuid.New(), row.ID, row.Version, "left")
	}
	if err := end(access.Everybody); err != nil {
		t.Fatal(err)
	}
	if err := end(access.Administrator); !data.Is(err, data.Conflict) {
		t.Errorf("the last one was removed: %v", err)
	}
	never := access.User{Name: "Nora New", SignIn: "nora", Roles: access.Administrator} // who never signed in can't take over
	if _, err := access.AddUser(t.Context(), admin, uuid.New(), never, oneTime); err != nil {
		t.Fatal(err)
	}
	if err := end(access.Administrator); !data.Is(err, data.Conflict) {
		t.Errorf("only somebody with a one-time password is left: %v", err)
	}
	row, err := access.ReadUser(t.Context(), admin, h.People[access.Administrator])
	if err != nil {
		t.Fatal(err)
	}
	row.Value.Roles = access.FrontDesk
	if err := access.ChangeUser(t.Context(), admin, uuid.New(), row.ID, row.Version, row.Value); !data.Is(err, data.Conflict) {
		t.Errorf("the last one gave the role away: %v", err)
	}
	if !h.Keys.Has(accesstest.SignIn(access.Administrator)) {
		t.Error("the slot is gone")
	}
}

func TestTwoAdministratorsEditingOnePersonDoNotOverwriteEachOther(t *testing.T) {
	h := accesstest.New(t)
	admin := h.As(access.Administrator)
	row, err := access.ReadUser(t.Context(), admin, h.People[access.Doctor])
	if err != nil {
		t.Fatal(err)
	}
	mine, theirs := row.Value, row.Value
	mine.Speciality, theirs.Speciality = "Surgery", "Cardiology"
	if err := access.ChangeUser(t.Context(), admin, uuid.New(), row.ID, row.Version, theirs); err != nil {
		t.Fatal(err)
	}
	err = access.ChangeUser(t.Context(), admin, uuid.New(), row.ID, row.Version, mine)
	var stale *data.Stale[access.UserID, access.User]
	if !errors.As(err, &stale) || stale.Theirs.Value.Speciality != "Cardiology" || stale.Yours.Speciality != "Surgery" {
		t.Errorf("got %v", err)
	}
}

func TestAForgottenPasswordIsResetAndAPersonComesBack(t *testing.T) {
	h := accesstest.New(t)
	admin := h.As(access.Administrator)
	id := h.People[access.DataEntry]
	row, err := access.ReadUser(t.Context(), admin, id)
	if err != nil {
		t.Fatal(err)
	}
	if err := access.Reset(t.Context(), admin, uuid.New(), id, row.Version, oneTime); err != nil {
		t.Fatal(err)
	}
	s := h.As(access.DataEntry)
	if h.Keys.Verify(accesstest.SignIn(access.DataEntry), oneTime) != nil || !s.MustChange() {
		t.Error("no new password is asked for")
	}
	if err := access.Deactivate(t.Context(), admin, uuid.New(), id, row.Version+1, "left"); err != nil {
		t.Fatal(err)
	}
	if err := access.Reset(t.Context(), admin, uuid.New(), id, row.Version+2, oneTime); !data.Is(err, data.Conflict) {
		t.Errorf("a reset let somebody in who had left: %v", err)
	}
	if err := access.Reactivate(t.Context(), admin, uuid.New(), id, row.Version+2, oneTime); err != nil {
		t.Fatal(err)
	}
	if s := h.As(access.DataEntry); !s.MustChange() {
		t.Error("no new password is asked for")
	}
	history, err := access.UserHistory(t.Context(), admin, id)
	if err != nil || len(history) != 4 || !history[2].Value.Inactive || history[3].Value.Inactive {
		t.Errorf("history %+v, %v", history, err)
	}
}

// TestADiskThatFailsBetweenBookAndKeysLetsNobodyIn: whatever breaks off, the door and the key files agree after a repair.
func TestADiskThatFailsBetweenBookAndKeysLetsNobodyIn(t *testing.T) {
	h := accesstest.New(t)
	admin := h.As(access.Administrator)
	row, err := access.ReadUser(t.Context(), admin, h.People[access.Doctor])
	if err != nil {
		t.Fatal(err)
	}
	h.Keys.Broken = data.Fail(data.Unavailable, "vault", data.Say("test.disk", "The disk failed."), nil)
	if err := access.Deactivate(t.Context(), admin, uuid.New(), row.ID, row.Version, ""); !data.Is(err, data.Unavailable) {
		t.Fatalf("the failure was not told: %v", err)
	}
	if _, err := h.Door.Begin(t.Context(), row.Value.SignIn); !data.Is(err, data.Forbidden) {
		t.Errorf("let in: %v", err)
	}
	h.Keys.Broken = nil
	if err := access.Repair(t.Context(), h.Door.Machine()); err != nil || h.Keys.Has(row.Value.SignIn) {
		t.Errorf("the slot is still there: %v", err)
	}
	if !h.Keys.Has(accesstest.SignIn(access.FrontDesk)) {
		t.Error("the repair took away somebody else's slot")
	}
}

func TestRulesAreHeldToTheirLimits(t *testing.T) {
	h := accesstest.New(t)
	admin := h.As(access.Administrator)
	now, err := access.ReadRules(t.Context(), h.As(access.FrontDesk))
	if err != nil || now.Rules != access.UsualRules {
		t.Fatalf("%+v, %v", now, err)
	}
	for field, r := range map[string]access.Rules{
		"lock":     {LockMinutes: 16, SignOutHours: 12, MinPassword: 15},
		"signout":  {LockMinutes: 5, SignOutHours: 25, MinPassword: 15},
		"password": {LockMinutes: 5, SignOutHours: 12, MinPassword: 14},
	} {
		err := access.ChangeRules(t.Context(), admin, uuid.New(), 0, r)
		var e *data.Error
		if !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0] != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	strict := access.Rules{LockMinutes: 2, SignOutHours: 8, MinPassword: 20}
	if err := access.ChangeRules(t.Context(), admin, uuid.New(), 0, strict); err != nil {
		t.Fatal(err)
	}
	if err := access.ChangeRules(t.Context(), admin, uuid.New(), 0, strict); !data.Is(err, data.Conflict) {
		t.Errorf("an old version was taken: %v", err)
	}
	if h.Door.Rules() != strict {
		t.Errorf("in force: %+v", h.Door.Rules())
	}
}
