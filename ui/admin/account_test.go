package admin

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

func form(t *testing.T, s *access.Session, id access.UserID) *account {
	t.Helper()
	a := &account{session: s, id: id}
	read, err := a.load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	a.take(read)
	return a
}

// onField tells on which fields an error is.
func onField(err error) string {
	var fields []string
	for _, f := range term.Faults(err) {
		fields = append(fields, f.Field)
	}
	return strings.Join(fields, ",")
}

func TestASignInNameIsSuggestedFromTheName(t *testing.T) {
	a := account{others: []access.UserRow{row("Ann Smith", "Ann.Smith", access.Doctor), row("A", "ann.smith2", access.Doctor)}}
	for name, want := range map[string]string{
		"Bob Jones":                      "bob.jones",
		"Dr Ann B. Smith":                "ann.smith3",
		"José María Núñez":               "jose.nunez",
		"Prof. Dr. med. Karl Groß":       "med.gross",
		"Sukarno":                        "sukarno",
		"Άννα Παπαδοπούλου":              "αννα.παπαδοπουλου",
		"Wang 小明":                        "wang.小明",
		"O'Brien-Smith, Pat":             "obrien-smith.pat",
		"X":                              "x2",
		"Dr":                             "",
		"":                               "",
		"??? !!!":                        "",
		strings.Repeat("long", 30):       strings.Repeat("long", 10)[:37],
		"Ann " + strings.Repeat("b", 80): "ann." + strings.Repeat("b", 33),
	} {
		if got := a.suggest(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestASuggestedSignInNameIsAccepted(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a := account{others: []access.UserRow{row("x", rapid.String().Draw(rt, "taken"), access.Doctor)}}
		got := a.suggest(rapid.String().Draw(rt, "name"))
		if got == "" {
			return
		}
		u := access.User{Name: "x", SignIn: got, Roles: access.Doctor}
		if err := access.CheckUser(&u, "GB"); err != nil || a.taken(got) || utf8.RuneCountInString(got) > mostSignIn {
			rt.Fatalf("%q: %v", got, err)
		}
	})
}

func TestAPersonIsAddedWithAOneTimePassword(t *testing.T) {
	h := opened(t)
	a := form(t, h.As(access.Administrator), access.UserID{})
	u := a.entered(access.User{Name: "Ann Smith", SignIn: "ann.smith", Roles: access.Doctor, Phone: "020 7946 0958", Speciality: "Surgery", Registration: "123"})
	id, err := a.save(t.Context(), 0, u, onetime)
	if err != nil {
		t.Fatal(err)
	}
	stored := form(t, a.session, id).stored.Value
	if !stored.MustChange || stored.Phone != "+442079460958" || stored.Speciality != "Surgery" {
		t.Errorf("stored: %+v", stored)
	}
	again, err := a.save(t.Context(), 0, u, onetime)
	if err != nil || again != id {
		t.Errorf("pressed twice: %v, %v; want the same person", again, err)
	}
}

func TestWhatIsWrongStandsOnItsField(t *testing.T) {
	h := opened(t)
	good := access.User{Name: "Ann Smith", SignIn: "ann.smith", Roles: access.Doctor}
	for field, spoil := range map[string]func(u *access.User, password *string){
		"name":     func(u *access.User, _ *string) { u.Name = " " },
		"signin":   func(u *access.User, _ *string) { u.SignIn = accesstest.SignIn(access.Doctor) },
		"roles":    func(u *access.User, _ *string) { u.Roles = 0 },
		"email":    func(u *access.User, _ *string) { u.Email = "nobody" },
		"phone":    func(u *access.User, _ *string) { u.Phone = "abc" },
		"password": func(_ *access.User, p *string) { *p = "ann.smith.ann.smith" },
	} {
		u, password := good, onetime
		spoil(&u, &password)
		a := form(t, h.As(access.Administrator), access.UserID{})
		if _, err := a.save(t.Context(), 0, a.entered(u), password); onField(err) != field {
			t.Errorf("%s: the error is on %q: %v", field, onField(err), err)
		}
	}
}

func TestTheLastAdministratorStays(t *testing.T) {
	h := opened(t)
	s := h.As(access.Administrator)
	all := about(t, s, h.People[access.Everybody], nil)
	if err := all.end(t.Context(), all.read.row.Version, ""); err != nil {
		t.Fatal(err)
	}
	a := form(t, s, h.People[access.Administrator])
	u := a.stored.Value
	u.Roles = access.FrontDesk
	if !a.resigns(u) {
		t.Error("nobody is asked before giving up the administrator's role")
	}
	if _, err := a.save(t.Context(), a.stored.Version, u, ""); onField(err) != "roles" {
		t.Errorf("the last administrator: on %q, %v", onField(err), err)
	}
}

func TestOnlyDoctorsHaveASpeciality(t *testing.T) {
	a := account{}
	u := a.entered(access.User{Roles: access.DataEntry, Speciality: "Surgery", Registration: "1"})
	if u.Speciality+u.Registration != "" {
		t.Errorf("kept %+v", u)
	}
}

// TestTwoPeopleChangeOneAccount: what only one changed is kept as that one has it; what both changed stands side by side.
func TestTwoPeopleChangeOneAccount(t *testing.T) {
	h := opened(t)
	s := h.As(access.Administrator)
	a := form(t, s, h.People[access.Doctor])
	mine, theirs := a.stored.Value, a.stored.Value
	mine.Name, mine.Email = "Dr Dora Mine", "mine@example.org"
	theirs.Name, theirs.Speciality = "Dr Dora Theirs", "Surgery"
	if err := access.ChangeUser(t.Context(), s, uuid.New(), a.id, a.stored.Version, theirs); err != nil {
		t.Fatal(err)
	}
	_, err := a.save(t.Context(), a.stored.Version, mine, "")
	if !stale(err) {
		t.Fatalf("saved over somebody else's change: %v", err)
	}
	now := form(t, s, a.id).stored
	var got []string
	for _, d := range differences(a.stored.Value, now.Value, mine) {
		got = append(got, fmt.Sprintf("%s: %s / %s, was %s", d.Name, d.Yours, d.Theirs, d.Base))
	}
	want := []string{"name: Dr Dora Mine / Dr Dora Theirs, was Dr Dora Doctor", "email: mine@example.org / , was ", "speciality:  / Surgery, was "}
	if !slices.Equal(got, want) {
		t.Errorf("differences: %q, want %q", got, want)
	}
	both := resolved(now.Value, mine, map[string]kit.Side{"name": kit.Theirs, "email": kit.Yours, "speciality": kit.Theirs})
	if both.Name != "Dr Dora Theirs" || both.Email != "mine@example.org" || both.Speciality != "Surgery" {
		t.Errorf("resolved: %+v", both)
	}
	if _, err := a.save(t.Context(), now.Version, both, ""); err != nil {
		t.Error(err)
	}
}

func TestAnotherContentIsAnotherWish(t *testing.T) {
	var w wish[string]
	first := w.of("a")
	if w.of("a") != first {
		t.Error("the same wish has two names")
	}
	if w.of("b") == first {
		t.Error("another wish has the same name")
	}
}
