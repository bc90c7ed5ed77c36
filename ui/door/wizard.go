package door

import (
	"context"
	"errors"
	"io"
	"strings"
	"unicode"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"wardbook/app/access"
	"wardbook/app/hospital"
	"wardbook/app/house"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// Added is a person whom the wizard added, with the password for the first sign-in.
type Added struct {
	Name, SignIn string
	Roles        access.Roles
	OneTime      string
}

// WizardOptions are what the wizard of the first run is told.
type WizardOptions struct {
	Host     Host
	Hospital Hospital
	Folder   string // where the hospital is going to lie: its whole path
	// Locale and Zone are the system's ("en-GB", "Europe/Athens"), for a first guess; "Local" is no zone.
	Locale, Zone string
	Language     term.Language // in which countries are named
	// Demo opens the demo hospital instead; nil where there is none.
	Demo func()
	// Leave ends the program: nothing has been made.
	Leave func()
	// Done gets the session of the first administrator.
	Done func(*access.Session)
	// Added is told when somebody was added and the form is ready for the next; nil: nobody is.
	Added func()
	// AddUser is access.AddUser where it is nil.
	AddUser func(ctx context.Context, s *access.Session, operation uuid.UUID, u access.User, password string) error
	// ReadFile gives at most limit bytes of a file and fails for more; PickFile asks for a picture's path. Nil: no logo can be given, or only typed.
	ReadFile func(path string, limit int64) ([]byte, error)
	PickFile func(picked func(path string))
	// SaveSheet, OpenFile and Pick are for the recovery key: see RecoveryKeyOptions.
	SaveSheet func(ctx context.Context, key string) (path string, err error)
	OpenFile  func(ctx context.Context, path string) error
	Pick      func(n int) int
	// SavePasswords writes the one-time passwords into a PDF, a slip for each person, and gives its path; nil where that can't be done.
	SavePasswords func(ctx context.Context, people []Added) (path string, err error)
	Draw          io.Reader // of passphrases; nil: the system's randomness
	Later         kit.Later // nil: real time
}

// page is a step of the wizard.
type page uint8

const (
	welcomePage page = iota
	hospitalPage
	personPage
	keyStep // the hospital is made, and its recovery key shown
	staffPage
	pages
)

// wizard decides which step is shown, and makes the hospital. All of it belongs to the window's goroutine.
type wizard struct {
	o   WizardOptions
	try *try
	at  page
	// turned is called when another step is to be shown; key is the recovery key where it is that step's turn, "" while the hospital is being made.
	turned func(key string)
	// wrong shows what is wrong at the step that is shown.
	wrong func([]term.Fault)

	facts   house.House
	session *access.Session // of the first administrator; nil before
}

func (w *wizard) turn(to page, key string) {
	w.at = to
	w.turned(key)
}

// begin leaves the welcome.
func (w *wizard) begin() { w.turn(hospitalPage, "") }

// back leads to the step before. What has been made stays made: from the recovery key on there is no way back.
func (w *wizard) back() {
	if w.at == hospitalPage || w.at == personPage {
		w.turn(w.at-1, "")
	}
}

// enterHospital takes the hospital's facts.
func (w *wizard) enterHospital(facts house.House) {
	if err := facts.Check(); err != nil {
		w.refused(err)
		return
	}
	w.facts = facts
	w.turn(personPage, "")
}

// enterPerson takes the first administrator, and makes the hospital.
func (w *wizard) enterPerson(admin access.User, password string) {
	admin.Roles |= access.Administrator
	facts := w.facts
	if err := hospital.CheckSetUp(&facts, &admin, password); err != nil {
		w.refused(err)
		return
	}
	w.turn(keyStep, "")
	begin(w.try, func(ctx context.Context, progress Progress) (recovered, error) {
		session, key, err := w.o.Hospital.SetUp(ctx, facts, admin, password, progress)
		return recovered{session: session, key: key}, err
	}, nil, func(made recovered) {
		w.session = made.session
		w.turn(keyStep, made.key)
	})
}

// refused leads to the step with the first field that is wrong, and tells whether the error was about any.
func (w *wizard) refused(err error) bool {
	faults := term.Faults(err)
	if len(faults) == 0 || faults[0].Field == "" {
		return false
	}
	to := pageOf(faults[0].Field)
	if to != w.at {
		w.turn(to, "")
	}
	w.wrong(faults)
	return true
}

// pageOf is the step that asks for a field of hospital.SetUp.
func pageOf(field string) page {
	switch field {
	case "name", "zone", "region", "logo":
		return hospitalPage
	}
	return personPage
}

// keyDone goes on to the other staff.
func (w *wizard) keyDone() { w.turn(staffPage, "") }

// finish ends the wizard.
func (w *wizard) finish() { w.o.Done(w.session) }

// suggestSignIn makes a sign-in name of a person's: 'Dr Ann B. Smith' signs in as 'ann.smith'. Empty where nothing can be made of it.
func suggestSignIn(name string) string {
	var words []string
	for _, word := range strings.FieldsFunc(plainLetters(name), func(r rune) bool { return !unicode.IsLetter(r) && r != '-' && r != '\'' }) {
		word = strings.Trim(strings.ReplaceAll(word, "'", ""), "-")
		if word != "" && !titles[word] {
			words = append(words, word)
		}
	}
	switch len(words) {
	case 0:
		return ""
	case 1:
		return short(words[0])
	}
	return short(words[0] + "." + words[len(words)-1])
}

// titles are not part of what anybody signs in with.
var titles = map[string]bool{"dr": true, "prof": true, "mr": true, "mrs": true, "ms": true, "miss": true, "sr": true, "sister": true, "nurse": true, "doctor": true}

// short keeps a sign-in name to what the hospital takes.
func short(name string) string {
	const most = 40
	if letters := []rune(name); len(letters) > most {
		return strings.TrimRight(string(letters[:most]), ".-")
	}
	return name
}

// plainLetters takes case and accents away.
func plainLetters(text string) string {
	return entire.Replace(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(text)))
}

// entire are letters that Unicode doesn't take apart, and that few keyboards have.
var entire = strings.NewReplacer("ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "æ", "ae", "œ", "oe", "ß", "ss", "ı", "i")

// staff adds people, each with a password for one sign-in. It is plain but for what adds them.
type staff struct {
	o       WizardOptions
	added   []Added
	pending *wish
}

// wish is somebody to add. The same wish keeps its operation and password, so that trying again after an error adds nobody twice.
type wish struct {
	user      access.User
	operation uuid.UUID
	oneTime   string
}

// of gives the wish for a person: the one that failed, where it is the same person.
func (s *staff) of(u access.User) (*wish, error) {
	if s.pending != nil && s.pending.user == u {
		return s.pending, nil
	}
	oneTime, err := access.Passphrase(s.o.Draw)
	if err != nil {
		return nil, err
	}
	s.pending = &wish{u, uuid.New(), oneTime}
	return s.pending, nil
}

// add makes the wish true. It is slow.
func (s *staff) add(ctx context.Context, session *access.Session, w wish) error {
	if s.o.AddUser != nil {
		return s.o.AddUser(ctx, session, w.operation, w.user, w.oneTime)
	}
	_, err := access.AddUser(ctx, session, w.operation, w.user, w.oneTime)
	return err
}

// took notes that somebody was added.
func (s *staff) took(w wish) {
	s.added = append(s.added, Added{w.user.Name, w.user.SignIn, w.user.Roles, w.oneTime})
	s.pending = nil
}

var errNoLogo = errors.New("no picture was read")
