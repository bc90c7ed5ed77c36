package access

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"wardbook/app/term"
	"wardbook/data"
)

// UserID names a person who works here.
type UserID = data.Ref[User]

// User is a person who works here. Whoever has written in the book stays in it, with the name.
type User struct {
	Name         string `cbor:"1,keyasint"` // as it is shown: "Dr Ann Smith"
	SignIn       string `cbor:"2,keyasint"` // never changes: keys are bound to it
	Roles        Roles  `cbor:"3,keyasint"`
	Email        string `cbor:"4,keyasint,omitempty"`
	Phone        string `cbor:"5,keyasint,omitempty"` // as term.Phone stores it
	Speciality   string `cbor:"6,keyasint,omitempty"` // of doctors
	Registration string `cbor:"7,keyasint,omitempty"` // the doctor's number with the medical council
	// Inactive people can't sign in; what they wrote keeps their name.
	Inactive bool `cbor:"8,keyasint,omitempty"`
	// MustChange asks for a new password at the next sign-in, after a reset.
	MustChange bool `cbor:"9,keyasint,omitempty"`
}

var users = data.NewTable[UserID, User](data.TableSpec[User]{Number: 16, Name: string(TableUsers)})

// bySignIn finds a person by the sign-in name, in whatever letter case; nobody ever gets the name of somebody else.
var bySignIn = data.NewUnique(users, data.UniqueSpec[UserID, User]{Number: 1, Name: "sign-in name", Version: 1, Fields: []string{"signin"}, Deleted: true,
	Keys: func(r data.Row[UserID, User]) []data.Key { return []data.Key{data.Encode(FoldName(r.Value.SignIn))} }})

// Tables are the tables of this package, for the schema.
func Tables() []*data.TableDef {
	return []*data.TableDef{users.Def(), rules.Def(), confidential.Def(), glass.Def()}
}

// Row is a person as stored, with the version to change it by.
type UserRow = data.Row[UserID, User]

// FoldName brings the ways in which a person may write the same sign-in name to one, as the key files do.
func FoldName(name string) string {
	for range 2 { // the second round folds what normalising brought out
		name = norm.NFKC.String(cases.Fold().String(norm.NFKC.String(name)))
	}
	return strings.Join(strings.Fields(name), " ")
}

// Limits of a person's texts, in characters.
const (
	maxName   = 120
	maxSignIn = 40
	minSignIn = 2
)

// check cleans a person's texts and says what is wrong, each on its field: name, signin, roles, email, phone, speciality,
// registration.
func (u *User) check(region string) error {
	u.Name, u.SignIn = tidy(u.Name), tidy(u.SignIn)
	u.Speciality, u.Registration = tidy(u.Speciality), tidy(u.Registration)
	wrong := func(field string, m data.Message) error {
		return data.Fail(data.Invalid, "access.user", m, nil).On(field)
	}
	switch n := utf8.RuneCountInString(u.SignIn); {
	case u.Name == "":
		return wrong("name", data.Say("access.user.name.empty", "Enter the person's name as it is to be shown."))
	case utf8.RuneCountInString(u.Name) > maxName:
		return wrong("name", data.Say("access.user.name.long", "The name may have at most {{.Max}} characters. Shorten it.", "Max", maxName))
	case n < minSignIn || n > maxSignIn:
		return wrong("signin", data.Say("access.user.signin.length", "A sign-in name has {{.Min}} to {{.Max}} characters. Choose another.", "Min", minSignIn, "Max", maxSignIn))
	case strings.ContainsFunc(u.SignIn, func(r rune) bool { return r == '"' || r == '/' || r == '\\' || r < ' ' }):
		return wrong("signin", data.Say("access.user.signin.letters", "A sign-in name has letters, digits, dots, dashes and spaces. Choose another."))
	case u.Roles == 0 || u.Roles&^Everybody != 0:
		return wrong("roles", data.Say("access.user.roles.none", "Choose at least one role."))
	case utf8.RuneCountInString(u.Speciality) > maxName:
		return wrong("speciality", data.Say("access.user.speciality.long", "The speciality may have at most {{.Max}} characters. Shorten it.", "Max", maxName))
	case utf8.RuneCountInString(u.Registration) > maxName:
		return wrong("registration", data.Say("access.user.registration.long", "The registration number may have at most {{.Max}} characters. Check it.", "Max", maxName))
	}
	return u.checkContact(region)
}

func (u *User) checkContact(region string) error {
	if tidy(u.Email) == "" {
		u.Email = ""
	} else {
		email, err := term.ParseEmail(u.Email)
		if err != nil {
			return err
		}
		u.Email = string(email)
	}
	if tidy(u.Phone) == "" {
		u.Phone = ""
		return nil
	}
	phone, err := term.ParsePhone(u.Phone, term.Country(region))
	if err != nil {
		return err
	}
	u.Phone = string(phone)
	return nil
}

// tidy takes away what nobody meant to type: control characters, spaces at the ends and double ones.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, norm.NFC.String(s))
	return strings.Join(strings.Fields(s), " ")
}
