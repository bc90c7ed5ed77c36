package access

import (
	"context"
	"time"

	"github.com/google/uuid"

	"wardbook/data"
)

// Who is the person whose session it is.
func (s *Session) Who() UserID { return s.user }

// Name is the person's name as it is shown, at the last transaction.
func (s *Session) Name() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.name
}

// SignInName is what the person signs in with; empty without a session.
func (s *Session) SignInName() string {
	if s == nil {
		return ""
	}
	return s.signIn
}

// Roles are those the person held at the last transaction; none without a session.
func (s *Session) Roles() Roles {
	if s == nil {
		return 0
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.roles
}

// May tells whether the policy would allow the action: what to offer, not what to trust.
func (s *Session) May(action Action) bool { return Allows(action, s.Roles()) }

// MustChange tells whether a new password has to be set before anything else.
func (s *Session) MustChange() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.must
}

// Over tells whether the session has ended, by itself or by time.
func (s *Session) Over() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ended || s.overtime()
}

// Ended tells whether the session was signed out, or its account deactivated: it does not begin again.
func (s *Session) Ended() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ended
}

// Locked tells whether the desk is locked.
func (s *Session) Locked() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.locked
}

// Ends is when the session ends whatever happens.
func (s *Session) Ends() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.began.Add(s.door.Rules().Length())
}

// Rules are the rules of security in force; the usual ones without a session.
func (s *Session) Rules() Rules {
	if s == nil {
		return UsualRules
	}
	return s.door.Rules()
}

// Last is the newest entry of the book: what a screen that has just read may watch from.
func (s *Session) Last() data.Seq { return s.door.Last() }

// HouseChanged tells the door what passwords and phones are held against from now on, after the hospital's name or country was changed.
func (s *Session) HouseChanged(hospital, region string) { s.door.Know(hospital, region) }

// Lock closes the desk until Unlock. It takes effect at once; that it is in the book too is tried, and not waited for in vain.
func (s *Session) Lock(ctx context.Context) {
	s.mu.Lock()
	was := s.locked || s.ended
	s.locked = true
	s.mu.Unlock()
	if !was {
		s.leaveTrace(ctx, ActLock)
	}
}

// Unlock opens a locked desk again for the person whose session it is. A session that has lasted as long as it may begins anew: reasons stated for
// confidential patients have to be stated again. It takes as long as a password takes. Forbidden where the password is not right, or where the
// account was deactivated meanwhile.
func (s *Session) Unlock(ctx context.Context, password string) error {
	if s == nil {
		return nobody()
	}
	if err := s.door.keys.Verify(s.signIn, password); err != nil {
		return err
	}
	if err := s.good(policy[ActUnlock]); err != nil {
		return err
	}
	if err := s.door.store.View(ctx, func(tx data.Tx) error { return s.allowed(tx, policy[ActUnlock], Deed{}) }); err != nil {
		return err
	}
	action := ActUnlock
	s.mu.Lock()
	s.locked = false
	if s.overtime() {
		action = ActSignIn
		s.began, s.id, s.lifted = s.door.now(), uuid.New(), map[data.ID]bool{}
	}
	s.mu.Unlock()
	s.leaveTrace(ctx, action)
	return nil
}

// SignOut ends the session.
func (s *Session) SignOut(ctx context.Context) {
	s.mu.Lock()
	was := s.ended
	s.ended = true
	s.mu.Unlock()
	if !was {
		s.leaveTrace(ctx, ActSignOut)
	}
}

// leaveTrace keeps what changes nothing in the tables as a look, so that a full disk keeps nobody from locking a desk.
func (s *Session) leaveTrace(ctx context.Context, action Action) {
	if err := s.door.store.Look(ctx, s.cause(Deed{Action: action})); err != nil {
		s.door.log.Warn("could not be recorded", "action", string(action), "cause", err)
	}
}

// ChangeOwnPassword sets a new password. Forbidden where the old one is not right; Invalid on field "password" where the new one is too weak or
// is the old one. The key file is not touched before the session has been looked at: a locked or ended one changes nothing.
func (s *Session) ChangeOwnPassword(ctx context.Context, old, fresh string) error {
	if _, err := s.enter(ctx, Deed{Action: ActOwnPassword}); err != nil {
		return err
	}
	hospital, _ := s.knows()
	if err := s.Rules().CheckPassword(fresh, s.Name(), s.signIn, hospital); err != nil {
		return err
	}
	if normal(old) == normal(fresh) {
		return data.Fail(data.Invalid, "access.password", data.Say("access.password.same",
			"This is the password you have now. Choose another."), nil).On("password")
	}
	if err := s.door.keys.SetPassword(s.signIn, old, fresh); err != nil {
		return err
	}
	_, err := s.Update(ctx, Deed{Action: ActOwnPassword}, func(tx data.Tx) error {
		row, err := users.Get(tx, s.user)
		if err != nil || !row.Value.MustChange {
			return err
		}
		u := row.Value
		u.MustChange = false
		_, err = users.Update(tx, s.user, row.Version, u)
		return err
	})
	if err == nil {
		s.mu.Lock()
		s.must = false
		s.mu.Unlock()
	}
	return err
}

func (s *Session) knows() (hospital, region string) {
	if s == nil {
		return "", ""
	}
	return s.door.known()
}
