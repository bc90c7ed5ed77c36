package hospital

import (
	"context"
	"errors"
	"fmt"
	"time"

	"wardbook/app/access"
	"wardbook/app/house"
	"wardbook/app/notice"
	"wardbook/data"
)

// SignIn lets a person in. The first one after a start opens the book, which progress hears of. It takes as long as a password takes. Forbidden, in the
// same words after the same time, for an unknown name, a wrong password and an inactive account; Unavailable where the try comes too early or
// there were too many.
func (h *Hospital) SignIn(ctx context.Context, name, password string, progress Progress) (*access.Session, error) {
	h.entering.Lock()
	defer h.entering.Unlock()
	tries, err := h.count(name)
	if err != nil {
		return nil, err
	}
	s, err := h.enter(ctx, name, password, progress)
	if err != nil {
		if data.Is(err, data.Forbidden) {
			h.noteFailures(ctx, &tries)
		} else {
			h.uncount(&tries, name) // the disk's fault is not the person's
		}
		return nil, err
	}
	tries.Undo(name)
	h.noteFailures(ctx, &tries) // before they are forgotten
	tries.Succeed(name)
	h.keep(tries)
	return s, nil
}

// Unlock opens a locked desk again. Failures count as at a sign-in.
func (h *Hospital) Unlock(ctx context.Context, s *access.Session, password string) error {
	h.entering.Lock()
	defer h.entering.Unlock()
	tries, err := h.count(s.SignInName())
	if err != nil {
		return err
	}
	err = s.Unlock(ctx, password)
	switch {
	case errors.Is(err, access.ErrEnded): // the password may have been right
		h.uncount(&tries, s.SignInName())
	case err == nil:
		tries.Undo(s.SignInName())
		h.noteFailures(ctx, &tries)
		tries.Succeed(s.SignInName())
		h.keep(tries)
	case data.Is(err, data.Forbidden):
		h.noteFailures(ctx, &tries)
	default:
		h.uncount(&tries, s.SignInName())
	}
	return err
}

func (h *Hospital) enter(ctx context.Context, name, password string, progress Progress) (*access.Session, error) {
	door := h.theDoor()
	if door != nil {
		if err := h.opened.Keys.Verify(name, password); err != nil {
			return nil, err
		}
		return door.Begin(ctx, name)
	}
	opened, err := h.o.Book.Unlock(ctx, name, password, progress)
	if err != nil {
		return nil, err
	}
	door = h.take(opened)
	s, err := h.begin(ctx, door, name)
	if err != nil {
		h.drop()
	}
	return s, err
}

// begin is the first sign-in to a book just opened.
func (h *Hospital) begin(ctx context.Context, door *access.Door, name string) (*access.Session, error) {
	machine := door.Machine()
	facts, err := house.Read(ctx, machine)
	if data.Is(err, data.NotFound) {
		return nil, data.Fail(data.Unavailable, "hospital.open", data.Say("hospital.unfinished",
			"Setting up this hospital was interrupted before anything was entered. Move its data folder away, then set the hospital up again."), err)
	}
	if err != nil {
		return nil, err
	}
	door.Know(facts.Value.Name, facts.Value.Region)
	s, err := door.Begin(ctx, name)
	if err != nil {
		return nil, err
	}
	if err := access.Repair(ctx, machine); err != nil {
		h.o.Log.Warn("the key files could not be brought up to the book", "cause", err)
	}
	return s, nil
}

func (h *Hospital) count(name string) (access.Attempts, error) {
	tries, err := h.o.Tries.Load()
	if err != nil {
		h.o.Log.Warn("the count of failed sign-ins could not be read", "cause", err)
	}
	if err := tries.Try(name, h.o.Now()); err != nil {
		return tries, err
	}
	h.keep(tries)
	return tries, nil
}

func (h *Hospital) uncount(tries *access.Attempts, name string) {
	tries.Undo(name)
	h.keep(*tries)
}

// keep saves the count. Where the disk does not let it, people must still get in: a full disk is no reason to close a hospital.
func (h *Hospital) keep(tries access.Attempts) {
	if err := h.o.Tries.Save(tries); err != nil {
		h.o.Log.Warn("the count of failed sign-ins could not be kept", "cause", err)
	}
}

// noteFailures writes into the book what failed since the last time, where the book is open, and tells the administrators of each name that reached
// ten failures.
func (h *Hospital) noteFailures(ctx context.Context, tries *access.Attempts) {
	defer func() { h.keep(*tries) }()
	failures := tries.Unnoted()
	door := h.theDoor()
	if door == nil || failures == 0 {
		return
	}
	machine := door.Machine()
	all, err := access.Users(ctx, machine)
	if err != nil {
		h.o.Log.Warn("failed sign-ins could not be written down", "cause", err)
		return
	}
	loud := tries.Loud(all)
	deed := access.Deed{Action: access.ActSignInFailed, Why: fmt.Sprintf("%d failed sign-ins", failures)}
	_, err = machine.Update(ctx, deed, func(tx data.Tx) error {
		for _, l := range loud {
			n := notice.Notice{Kind: notice.KindFailures, Weight: notice.Important, Role: access.Administrator,
				Args: map[string]string{"count": fmt.Sprint(l.Count), "name": l.Name}}
			if err := notice.Post(tx, n); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		h.o.Log.Warn("failed sign-ins could not be written down", "cause", err)
		return
	}
	tries.Noted()
}

// ChangePassword sets a person's own new password. Wrong old ones count as at a sign-in: an unattended desk is no place to guess. Errors as
// access.Session.ChangeOwnPassword, and Unavailable where a try comes too early.
func (h *Hospital) ChangePassword(ctx context.Context, s *access.Session, old, fresh string) error {
	h.entering.Lock()
	defer h.entering.Unlock()
	tries, err := h.count(s.SignInName())
	if err != nil {
		return err
	}
	err = s.ChangeOwnPassword(ctx, old, fresh)
	if data.Is(err, data.Forbidden) && !errors.Is(err, access.ErrEnded) && !errors.Is(err, access.ErrLocked) && !errors.Is(err, access.ErrOvertime) {
		h.noteFailures(ctx, &tries)
		return err
	}
	tries.Undo(s.SignInName())
	if err == nil {
		tries.Succeed(s.SignInName())
	}
	h.keep(tries)
	return err
}

// Forgive, after an administrator gave a one-time password, lets an account that was stopped after too many failures try again.
func (h *Hospital) Forgive(signIn string) {
	h.entering.Lock()
	defer h.entering.Unlock()
	tries, err := h.o.Tries.Load()
	if err != nil {
		h.o.Log.Warn("the count of failed sign-ins could not be read", "cause", err)
		return
	}
	tries.Forget(signIn)
	h.keep(tries)
}

// Wait is how long the next try under a name has to wait; known names and others alike. It reads a small file.
func (h *Hospital) Wait(name string) time.Duration {
	tries, err := h.o.Tries.Load()
	if err != nil {
		return 0
	}
	return max(0, tries.Wait(name, h.o.Now()))
}
