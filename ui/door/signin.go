package door

import (
	"context"
	"time"

	"wardbook/app/access"
	"wardbook/ui/kit"
)

// Account is somebody whose password may be shown: of an invented hospital, where nothing is secret.
type Account struct {
	Name     string
	Role     kit.Sentence
	SignIn   string
	Password string
}

// SignInOptions are what the view of signing in is told.
type SignInOptions struct {
	Host     Host
	Hospital Hospital
	// Title is the hospital's name, once somebody has signed in since the start; before that nothing can be read.
	Title       string
	Folder      string     // the data folder's name
	Workstation string     // as causes in the book name this computer
	SignIn      string     // the sign-in name to begin with
	Remark      kit.Remark // why the person is here: 'You were signed out after 12 hours'
	Accounts    []Account  // of a demo hospital only
	// Done gets the session and the password that it was opened with, which the next view needs where a new one has to be set.
	Done func(s *access.Session, password string)
	// Undo takes back a session that came after the person had given up waiting; nil: it is signed out.
	Undo func(*access.Session)
	// Recover leads to the recovery key; nil where there is no such way.
	Recover func()
	// Delay tells how long the next try under a name has to wait; nil: found out by trying.
	Delay func(signIn string) time.Duration
	Later kit.Later // nil: real time
}

// signIn decides what the view of signing in shows.
type signIn struct {
	*try
	o SignInOptions
}

func newSignIn(o SignInOptions, show func(tryState), wrong func()) *signIn {
	async := o.Host.Async()
	return &signIn{o: o, try: &try{async: async, later: timerOf(o.Later, async), explain: o.Host.Explain, show: show, wrong: wrong}}
}

// enter tries a name and a password.
func (p *signIn) enter(name, password string) {
	if p.o.Delay != nil {
		p.delay = func() time.Duration { return p.o.Delay(name) }
	}
	begin(p.try, func(ctx context.Context, progress Progress) (*access.Session, error) {
		return p.o.Hospital.SignIn(ctx, name, password, progress)
	}, func(s *access.Session) {
		if p.o.Undo != nil {
			p.o.Undo(s)
			return
		}
		s.SignOut(context.Background())
	}, func(s *access.Session) { p.o.Done(s, password) })
}
