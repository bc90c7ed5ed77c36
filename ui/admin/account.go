package admin

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"wardbook/app/access"
	"wardbook/app/house"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// account is the form of an account: a new one, or one that is changed.
type account struct {
	session *access.Session
	id      access.UserID // zero: a new one
	stored  access.UserRow
	others  []access.UserRow // everybody, for the sign-in names that are taken
	country term.Country     // of the hospital: phones are read as from there
	saving  wish[access.User]
}

// accountRead is what the form needs before it can be filled in.
type accountRead struct {
	row     access.UserRow
	others  []access.UserRow
	country term.Country
}

func (a *account) fresh() bool { return a.id.IsZero() }

// load reads what is there. It is slow.
func (a *account) load(ctx context.Context) (read accountRead, err error) {
	if !a.fresh() {
		if read.row, err = access.ReadUser(ctx, a.session, a.id); err != nil {
			return read, err
		}
	}
	if read.others, err = access.Users(ctx, a.session); err != nil {
		return read, err
	}
	hospital, err := house.Read(ctx, a.session)
	read.country = term.Country(hospital.Value.Region)
	return read, err
}

// take makes what was read what the form is about.
func (a *account) take(read accountRead) {
	a.stored, a.others, a.country = read.row, read.others, read.country
}

// entered is the account as the form has it, each text as it would be stored; what only doctors have is dropped of others.
func (a *account) entered(u access.User) access.User {
	if phone, err := term.ParsePhone(u.Phone, a.country); err == nil && u.Phone != "" {
		u.Phone = string(phone)
	}
	if !u.Roles.Has(access.Doctor) {
		u.Speciality, u.Registration = "", ""
	}
	if !a.fresh() {
		u.SignIn = a.stored.Value.SignIn
		u.Inactive, u.MustChange = a.stored.Value.Inactive, a.stored.Value.MustChange
	}
	return u
}

// save writes it; seen is the version that the person looked at. password is the one-time password of a new account. It is slow.
func (a *account) save(ctx context.Context, seen uint64, u access.User, password string) (access.UserID, error) {
	operation := a.saving.of(u)
	if a.fresh() {
		return access.AddUser(ctx, a.session, operation, u, password)
	}
	return a.id, access.ChangeUser(ctx, a.session, operation, a.id, seen, u)
}

// resigns tells whether somebody takes the administrator's role from himself.
func (a *account) resigns(u access.User) bool {
	return a.id == a.session.Who() && a.stored.Value.Roles.Has(access.Administrator) && !u.Roles.Has(access.Administrator)
}

// Bounds of a suggested sign-in name: what access takes.
const (
	leastSignIn = 2
	mostSignIn  = 40
)

// titles are not part of what anybody signs in with.
var titles = []string{"dr", "prof", "professor", "mr", "mrs", "ms", "miss", "sister", "nurse", "doctor"}

// suggest makes a sign-in name of a name: 'Dr Ann B. Smith' signs in as 'ann.smith', the second one as 'ann.smith2'. Empty where
// nothing can be made of it.
func (a *account) suggest(name string) string {
	var words []string
	for word := range strings.FieldsSeq(folded(name)) {
		word = strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' {
				return r
			}
			return -1
		}, word)
		if word != "" && !slices.Contains(titles, word) {
			words = append(words, word)
		}
	}
	if len(words) == 0 {
		return ""
	}
	base := words[0]
	if last := words[len(words)-1]; len(words) > 1 {
		base += "." + last
	}
	if letters := []rune(base); len(letters) > mostSignIn-3 {
		base = strings.TrimRight(string(letters[:mostSignIn-3]), ".-")
	}
	for n := 2; a.taken(base) || utf8.RuneCountInString(base) < leastSignIn; n++ {
		if candidate := base + strconv.Itoa(n); !a.taken(candidate) {
			return candidate
		}
	}
	return base
}

func (a *account) taken(signIn string) bool {
	return slices.ContainsFunc(a.others, func(u access.UserRow) bool {
		return access.FoldName(u.Value.SignIn) == access.FoldName(signIn)
	})
}

// differences are the fields in which an account as it is stored now differs from what is to be saved, each with what was read at first.
func differences(read, theirs, mine access.User) []kit.Difference {
	var all []kit.Difference
	for _, f := range accountFields() {
		if there, here := f.read(theirs), f.read(mine); there != here {
			all = append(all, kit.Difference{Name: f.name, Label: f.label, Yours: here, Theirs: there, Base: f.read(read), HasBase: true})
		}
	}
	return all
}

// resolved is theirs with what the person chose to keep of mine.
func resolved(theirs, mine access.User, chosen map[string]kit.Side) access.User {
	u := theirs
	for field, keep := range map[string]func(){
		"name":         func() { u.Name = mine.Name },
		"roles":        func() { u.Roles = mine.Roles },
		"email":        func() { u.Email = mine.Email },
		"phone":        func() { u.Phone = mine.Phone },
		"speciality":   func() { u.Speciality = mine.Speciality },
		"registration": func() { u.Registration = mine.Registration },
	} {
		if chosen[field] == kit.Yours {
			keep()
		}
	}
	return u
}
