package access

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"

	"wardbook/data"
)

// Session is one person at one desk, from sign-in to sign-out, or the program itself. Use cases take one first. Its methods may be called
// from any goroutine; a nil Session refuses everything.
type Session struct {
	door   *Door
	user   UserID
	who    string // as causes name it
	signIn string

	mu     sync.Mutex
	id     uuid.UUID // another one after each beginning
	began  time.Time
	name   string
	roles  Roles // as of the last transaction; the book decides
	must   bool
	locked bool
	ended  bool
	lifted map[data.ID]bool // confidential patients for whom a reason was stated
}

// Deed is what a person wants done.
type Deed struct {
	Action Action
	// About are the patients it is about.
	About []data.ID
	// Why is a stated reason, where one is asked for.
	Why string
	// Operation makes a retry safe: the same wish has the same. Zero: a new one.
	Operation uuid.UUID
}

// Causes of refusals, for callers that lead the person on.
var (
	errOver = errors.New("the session is over")
	// ErrLocked: the desk is locked.
	ErrLocked = errors.New("the desk is locked")
	// ErrEnded: the session was signed out, or the account deactivated. It does not begin again.
	ErrEnded = fmt.Errorf("signed out: %w", errOver)
	// ErrOvertime: the session has lasted as long as it may. Unlock begins it anew.
	ErrOvertime = fmt.Errorf("signed in for as long as allowed: %w", errOver)
	// ErrMustChange: a new password has to be set first.
	ErrMustChange = errors.New("a new password has to be set first")
)

// View runs fn over a consistent snapshot, for an action that reads. Forbidden where the policy does not allow it.
func (s *Session) View(ctx context.Context, d Deed, fn func(data.Tx) error) error {
	rule, err := s.enter(ctx, d)
	if err != nil {
		return err
	}
	err = s.door.store.View(ctx, func(tx data.Tx) error {
		if err := s.allowed(tx, rule, d); err != nil {
			return err
		}
		if rule.Recorded && d.Why == "" {
			if err := s.markStranger(tx, &d); err != nil {
				return err
			}
		}
		return fn(limited{tx, rule})
	})
	if err != nil {
		return s.noting(ctx, d, err)
	}
	if rule.Recorded {
		if err := s.door.store.Look(ctx, s.cause(d)); err != nil {
			return err
		}
	}
	return nil
}

// NotTreating stands as the reason of a look that a doctor took at a patient whom he or she does not treat.
const NotTreating = "not treating"

// markStranger marks a look of a doctor at somebody whom he or she does not treat. Whoever works at the desk too is there for every patient.
func (s *Session) markStranger(tx data.Tx, d *Deed) error {
	if s.door.treats == nil || !s.Roles().Has(Doctor) || s.Roles().Any(FrontDesk|DataEntry) {
		return nil
	}
	for _, patient := range d.About {
		treats, err := s.door.treats(tx, s.user, patient)
		if err != nil {
			return err
		}
		if !treats {
			d.Why = NotTreating
		}
	}
	return nil
}

// Update runs fn as one entry of the book, for an action that writes. What Store.Update promises holds. Forbidden where the policy does not
// allow it.
func (s *Session) Update(ctx context.Context, d Deed, fn func(data.Tx) error) (data.Entry, error) {
	rule, err := s.enter(ctx, d)
	if err != nil {
		return data.Entry{}, err
	}
	entry, err := s.door.store.Update(ctx, s.cause(d), func(tx data.Tx) error {
		if err := s.allowed(tx, rule, d); err != nil {
			return err
		}
		return fn(limited{tx, rule})
	})
	return entry, s.noting(ctx, d, err)
}

// Bulk is Update in many steps, for what is too large for one (see data.Bulk).
func (s *Session) Bulk(ctx context.Context, d Deed, steps int, step func(tx data.Tx, n int) error, progress func(done int)) error {
	rule, err := s.enter(ctx, d)
	if err != nil {
		return err
	}
	err = data.Bulk(ctx, s.door.store, s.cause(d), steps, func(tx data.Tx, n int) error {
		if err := s.allowed(tx, rule, d); err != nil {
			return err
		}
		return step(limited{tx, rule}, n)
	}, progress)
	return s.noting(ctx, d, err)
}

// enter is what can be said before a transaction: the session is good and the action is one of its roles'.
func (s *Session) enter(ctx context.Context, d Deed) (*Rule, error) {
	if s == nil {
		return nil, nobody()
	}
	rule := policy[d.Action]
	if rule == nil {
		return nil, data.Fail(data.Internal, "access.door", data.Say("access.fault", "Wardbook does not know what was asked for. Please report it."),
			fmt.Errorf("no rule for the action %q", d.Action))
	}
	if err := s.good(rule); err != nil {
		return nil, err
	}
	s.mu.Lock()
	roles := s.roles
	s.mu.Unlock()
	if !rule.Roles.Any(roles) {
		return nil, s.noting(ctx, d, forbidden(d.Action))
	}
	return rule, nil
}

func nobody() error {
	return data.Fail(data.Forbidden, "access.door", data.Say("access.none", "Nobody is signed in. Sign in first."), errOver)
}

// good tells whether the session may be used at all just now.
func (s *Session) good(rule *Rule) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	refuse := func(m data.Message, cause error) error { return data.Fail(data.Forbidden, "access.session", m, cause) }
	switch {
	case s.ended:
		return refuse(data.Say("access.ended", "You have been signed out. Sign in again to go on."), ErrEnded)
	case s.overtime() && rule.Action != ActSignOut && rule.Action != ActUnlock:
		return refuse(data.Say("access.overtime", "You have been signed in as long as the hospital allows. Enter your password to go on; what you typed is still there."), ErrOvertime)
	case s.locked && rule.Action != ActUnlock && rule.Action != ActSignOut:
		return refuse(data.Say("access.locked", "The desk is locked. Enter your password to go on."), ErrLocked)
	case s.must && !rule.Unrefreshed:
		return refuse(data.Say("access.mustchange", "Set a new password first: the present one was given for one sign-in only."), ErrMustChange)
	}
	return nil
}

// overtime tells whether the session has lasted as long as it may; with the lock held.
func (s *Session) overtime() bool {
	return s.who != data.System && s.door.now().Sub(s.began) >= s.door.Rules().Length()
}

// allowed is what the book says at the moment of the transaction: the person may have been deactivated or have lost a role since.
func (s *Session) allowed(tx data.Tx, rule *Rule, d Deed) error {
	if s.who == data.System {
		return nil
	}
	row, err := users.Get(tx, s.user)
	if err != nil {
		return err
	}
	s.takeIn(row.Value)
	switch {
	case row.Value.Inactive:
		return data.Fail(data.Forbidden, "access.door", data.Say("access.inactive", "Your account has been deactivated. Ask an administrator."), ErrEnded)
	case !rule.Roles.Any(row.Value.Roles):
		return forbidden(rule.Action)
	case rule.Patient:
		return s.mayOpen(tx, d.About)
	}
	return nil
}

// takeIn keeps what the book says of the person.
func (s *Session) takeIn(u User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.roles, s.must, s.name = u.Roles, u.MustChange, u.Name
	s.ended = s.ended || u.Inactive
}

func forbidden(action Action) error {
	return data.Fail(data.Forbidden, "access.door", data.Say("access.forbidden",
		"Your role does not allow this. Ask somebody whose role does, or an administrator."), fmt.Errorf("action %s", action))
}

// noting keeps a refusal in the book, as a look: it changes nothing and must not fail for lack of space.
func (s *Session) noting(ctx context.Context, d Deed, err error) error {
	if !data.Is(err, data.Forbidden) {
		return err
	}
	cause := s.cause(Deed{Action: ActRefused, About: d.About, Why: string(d.Action)})
	if lookErr := s.door.store.Look(ctx, cause); lookErr != nil {
		s.door.log.Warn("a refusal could not be recorded", "action", string(d.Action), "cause", lookErr)
	}
	return err
}

func (s *Session) cause(d Deed) data.Cause {
	if d.Operation == uuid.Nil {
		d.Operation = uuid.New()
	}
	return data.Cause{Operation: d.Operation, Who: s.who, Workstation: s.door.station, Action: string(d.Action), About: d.About, Why: d.Why}
}

// History gives every version of a record with its cause, oldest first, for an action that reads the table.
func (s *Session) History(ctx context.Context, d Deed, table *data.TableDef, id data.ID) ([]data.Version, error) {
	var versions []data.Version
	err := s.View(ctx, d, func(tx data.Tx) error {
		return tx.(limited).may(table, false)
	})
	if err != nil {
		return nil, err
	}
	for v, err := range s.door.store.History(ctx, table, id) {
		if err != nil {
			return nil, err
		}
		versions = append(versions, v)
	}
	return versions, nil
}
