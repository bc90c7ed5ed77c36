package hospital_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/app/hospital"
	"wardbook/app/hospital/hospitaltest"
	"wardbook/app/house"
	"wardbook/app/notice"
	"wardbook/data"
)

var facts = hospitaltest.Facts

func TestAHospitalIsSetUpAndOpenedAgain(t *testing.T) {
	w := hospitaltest.New(t)
	if _, ok := w.H.Status(); ok || w.H.Machine() != nil {
		t.Error("open before anybody signed in")
	}
	s := w.SetUp()
	if !s.Roles().Has(access.Administrator) || s.MustChange() {
		t.Errorf("the first person: %v", s.Roles())
	}
	w.Start()
	if w.H.Open() {
		t.Fatal("open after a start")
	}
	s, err := w.SignIn(" Ada", accesstest.Password)
	if err != nil {
		t.Fatal(err)
	}
	row, err := house.Read(t.Context(), s)
	if err != nil || row.Value.Name != facts.Name || row.Value.Location().String() != "Europe/Athens" {
		t.Errorf("%+v, %v", row, err)
	}
}

func TestWhatIsWrongAtSettingUpIsSaidOnItsFieldAndMakesNothing(t *testing.T) {
	for field, c := range map[string]struct {
		change   func(*house.House, *access.User)
		password string
	}{
		"name":         {func(h *house.House, _ *access.User) { h.Name = " " }, accesstest.Password},
		"zone":         {func(h *house.House, _ *access.User) { h.Zone = "Europe/Atlantis" }, accesstest.Password},
		"region":       {func(h *house.House, _ *access.User) { h.Region = "XX" }, accesstest.Password},
		"logo":         {func(h *house.House, _ *access.User) { h.Logo = []byte("no picture") }, accesstest.Password},
		"admin.name":   {func(_ *house.House, u *access.User) { u.Name = "" }, accesstest.Password},
		"admin.signin": {func(_ *house.House, u *access.User) { u.SignIn = "" }, accesstest.Password},
		"password":     {func(*house.House, *access.User) {}, "Saint Elsewhere 1"},
	} {
		w := hospitaltest.New(t)
		h, u := facts, access.User{Name: "Ada Admin", SignIn: "ada"}
		c.change(&h, &u)
		_, _, err := w.H.SetUp(t.Context(), h, u, c.password, nil)
		var e *data.Error
		if !errors.As(err, &e) || e.Kind != data.Invalid || len(e.Fields) != 1 || e.Fields[0] != field {
			t.Errorf("%s: %v", field, err)
		}
		if w.Book.Keys.Has("ada") || w.H.Open() {
			t.Errorf("%s: something was made", field)
		}
	}
}

// TestAWrongNameAndAWrongPasswordLookTheSame: and so does somebody who was deactivated.
func TestAWrongNameAndAWrongPasswordLookTheSame(t *testing.T) {
	w := hospitaltest.New(t)
	w.SetUp()
	for _, fresh := range []bool{true, false} { // before and after the book was opened
		var said []string
		for _, name := range []string{"ada", "nobody", ""} {
			if fresh {
				w.Start()
			}
			_, err := w.SignIn(name, "wrong")
			if !data.Is(err, data.Forbidden) {
				t.Fatalf("%q: %v", name, err)
			}
			var e *data.Error
			errors.As(err, &e)
			said = append(said, e.Message.String())
		}
		if said[0] != said[1] || said[1] != said[2] {
			t.Errorf("they can be told apart: %q", said)
		}
		if _, err := w.SignIn("ada", accesstest.Password); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFailedSignInsAreDelayedAcrossStartsAndTold(t *testing.T) {
	w := hospitaltest.New(t)
	w.SetUp()
	w.Start()
	for n := range 12 {
		w.Clock.Pass(time.Minute)
		if _, err := w.SignIn("ada", "wrong"); !data.Is(err, data.Forbidden) {
			t.Fatalf("try %d: %v", n+1, err)
		}
		w.Start() // ending the program undoes nothing
	}
	_, err := w.SignIn("ada", accesstest.Password)
	if !data.Is(err, data.Unavailable) || !strings.Contains(err.Error(), "60 seconds") {
		t.Fatalf("the right password at once: %v", err)
	}
	w.Clock.Pass(time.Minute)
	s, err := w.SignIn("ada", accesstest.Password)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := notice.Waiting(t.Context(), s)
	if err != nil || len(rows) != 1 || rows[0].Value.Kind != notice.KindFailures || rows[0].Value.Args["name"] != "" && rows[0].Value.Args["name"] != "Ada Admin" {
		t.Errorf("the administrators see %+v, %v", rows, err)
	}
	if _, err := w.SignIn("ada", "wrong"); !data.Is(err, data.Forbidden) {
		t.Errorf("a success did not begin the count anew: %v", err)
	}
}

func TestSomebodyElsesFailuresAreToldByName(t *testing.T) {
	w := hospitaltest.New(t)
	s := w.SetUp()
	if _, err := access.AddUser(t.Context(), s, newID(t), access.User{Name: "Bea Bell", SignIn: "bea", Roles: access.FrontDesk}, "plover-tablet-runway-inkwell"); err != nil {
		t.Fatal(err)
	}
	for range 10 {
		w.Clock.Pass(time.Minute)
		if _, err := w.SignIn("bea", "wrong"); !data.Is(err, data.Forbidden) {
			t.Fatal(err)
		}
	}
	rows, err := notice.Waiting(t.Context(), s)
	if err != nil || len(rows) != 1 || rows[0].Value.Args["name"] != "Bea Bell" || rows[0].Value.Args["count"] != "10" {
		t.Errorf("%+v, %v", rows, err)
	}
}

func TestADiskThatFailsIsNotThePersonsFailure(t *testing.T) {
	w := hospitaltest.New(t)
	w.SetUp()
	w.Start()
	w.Book.Broken = data.Fail(data.Unavailable, "disk", data.Say("test.disk", "The disk failed."), nil)
	for range 6 {
		if _, err := w.SignIn("ada", accesstest.Password); err == nil || !strings.Contains(err.Error(), "The disk failed") {
			t.Fatal(err)
		}
	}
	w.Book.Broken = nil
	if _, err := w.SignIn("ada", accesstest.Password); err != nil {
		t.Errorf("counted as wrong passwords: %v", err)
	}
}

func TestTheRecoveryKeyGivesAnAdministratorANewPassword(t *testing.T) {
	w := hospitaltest.New(t)
	w.SetUp()
	w.Start()
	const fresh = "plover-tablet-runway-inkwell"
	for name, c := range map[string]struct{ key, signIn, password, field string }{
		"a wrong key":     {"x", "ada", fresh, ""},
		"nobody":          {hospitaltest.RecoveryKey, "eve", fresh, "signin"},
		"a weak password": {hospitaltest.RecoveryKey, "ada", "short", "password"},
	} {
		_, _, err := w.H.Recover(t.Context(), c.key, c.signIn, c.password, nil)
		var e *data.Error
		if !errors.As(err, &e) || c.field != "" && (len(e.Fields) != 1 || e.Fields[0] != c.field) || w.H.Open() {
			t.Errorf("%s: %v, open %t", name, err, w.H.Open())
		}
	}
	s, key, err := w.H.Recover(t.Context(), hospitaltest.RecoveryKey, "Ada", fresh, nil)
	if err != nil || key == "" || s.MustChange() {
		t.Fatalf("%q, %v", key, err)
	}
	rows, err := notice.Waiting(t.Context(), s)
	if err != nil || len(rows) != 1 || rows[0].Value.Kind != notice.KindRecovery {
		t.Errorf("the administrators see %+v, %v", rows, err)
	}
	w.Start()
	if _, err := w.SignIn("ada", accesstest.Password); !data.Is(err, data.Forbidden) {
		t.Errorf("the old password: %v", err)
	}
	if _, err := w.SignIn("ada", fresh); err != nil {
		t.Errorf("the new one: %v", err)
	}
}

func TestALockedDeskCountsFailuresToo(t *testing.T) {
	w := hospitaltest.New(t)
	s := w.SetUp()
	s.Lock(t.Context())
	for range 3 {
		if err := w.H.Unlock(t.Context(), s, "wrong"); !data.Is(err, data.Forbidden) {
			t.Fatal(err)
		}
	}
	if err := w.H.Unlock(t.Context(), s, accesstest.Password); !data.Is(err, data.Unavailable) {
		t.Errorf("no delay: %v", err)
	}
	w.Clock.Pass(time.Second)
	if err := w.H.Unlock(t.Context(), s, accesstest.Password); err != nil || s.Locked() {
		t.Errorf("%v", err)
	}
}

// TestThePolicyKnowsEveryTable: a table that the policy does not name could not be reached by anybody, and one that it only names would be a mistake.
func TestThePolicyKnowsEveryTable(t *testing.T) {
	schema, err := hospital.Schema()
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, r := range access.Policy() {
		for _, table := range append(r.Reads, r.Writes...) {
			named[string(table)] = true
		}
	}
	for _, table := range schema.Tables() {
		if !named[table.Name] {
			t.Errorf("no action reaches the table %s", table.Name)
		}
		delete(named, table.Name)
	}
	if len(named) > 0 {
		t.Errorf("the policy names tables that there are not: %v", named)
	}
}

func newID(t *testing.T) uuid.UUID {
	t.Helper()
	id, err := uuid.NewV7()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// TestTheRecoveryKeyWorksWhileTheHospitalIsOpen: the book stays the one it is, and those who are signed in go on.
func TestTheRecoveryKeyWorksWhileTheHospitalIsOpen(t *testing.T) {
	w := hospitaltest.New(t)
	first := w.SetUp()
	const fresh = "plover-tablet-runway-inkwell"
	if _, _, err := w.H.Recover(t.Context(), hospitaltest.RecoveryKey, "adda", fresh, nil); !data.Is(err, data.Invalid) || !w.H.Open() {
		t.Fatalf("a mistake in the name: %v, open %t", err, w.H.Open())
	}
	s, key, err := w.H.Recover(t.Context(), hospitaltest.RecoveryKey, "ada", fresh, nil)
	if err != nil || key == "" {
		t.Fatal(err)
	}
	for who, one := range map[string]*access.Session{"who was there": first, "who came": s} {
		if _, err := access.Users(t.Context(), one); err != nil {
			t.Errorf("%s: %v", who, err)
		}
	}
	w.Start()
	if _, err := w.SignIn("ada", fresh); err != nil {
		t.Error(err)
	}
}

// TestGuessingAtAnOpenDeskIsDelayed: changing one's own password asks for the old one, and is no way past the count.
func TestGuessingAtAnOpenDeskIsDelayed(t *testing.T) {
	w := hospitaltest.New(t)
	s := w.SetUp()
	const fresh = "plover-tablet-runway-inkwell"
	for range 3 {
		if err := w.H.ChangePassword(t.Context(), s, "wrong", fresh); !data.Is(err, data.Forbidden) {
			t.Fatal(err)
		}
	}
	if err := w.H.ChangePassword(t.Context(), s, accesstest.Password, fresh); !data.Is(err, data.Unavailable) {
		t.Errorf("the fourth guess at once: %v", err)
	}
	w.Clock.Pass(time.Second)
	if err := w.H.ChangePassword(t.Context(), s, accesstest.Password, fresh); err != nil {
		t.Error(err)
	}
}

// TestARightPasswordForAnEndedSessionIsNoFailure: its person signs in anew.
func TestARightPasswordForAnEndedSessionIsNoFailure(t *testing.T) {
	w := hospitaltest.New(t)
	s := w.SetUp()
	s.Lock(t.Context())
	s.SignOut(t.Context())
	for range 5 {
		if err := w.H.Unlock(t.Context(), s, accesstest.Password); !errors.Is(err, access.ErrEnded) {
			t.Fatal(err)
		}
	}
	if _, err := w.SignIn("ada", accesstest.Password); err != nil {
		t.Errorf("counted as wrong: %v", err)
	}
}
