package hospital

import (
	"context"
	"errors"
	"fmt"

	"wardbook/app/access"
	"wardbook/app/house"
	"wardbook/app/notice"
	"wardbook/data"
)

// ErrEitherKey is the error of a recovery that worked, where the disk failed while the new key was being saved: the old key or the new one is in
// force. It comes with the session and the new key; both papers have to be kept.
var ErrEitherKey = errors.New("either recovery key may be in force")

// Recover opens the hospital with the recovery key, gives the named administrator a new password and signs that person in, and makes a new
// recovery key, which it gives to be shown once. That the key was used is in the book and told to the administrators. Invalid on field recovery (a typing
// mistake), signin or password; Forbidden: the key is not this hospital's. Where no new key could be made the new key is empty and the old one stays
// in force; where that is not certain the error wraps ErrEitherKey.
func (h *Hospital) Recover(ctx context.Context, key, signIn, password string, progress Progress) (*access.Session, string, error) {
	h.entering.Lock()
	defer h.entering.Unlock()
	s, err := h.comeIn(ctx, key, signIn, password, progress)
	if err != nil {
		return nil, "", err
	}
	tries, err := h.o.Tries.Load()
	if err == nil {
		tries.Forget(signIn)
		h.keep(tries)
	}
	fresh, err := access.NewRecovery(ctx, s, func(data.Tx) error { return nil })
	switch {
	case err != nil && fresh != "":
		h.o.Log.Error("either recovery key may be in force", "cause", err)
		return s, fresh, fmt.Errorf("%w: %w", ErrEitherKey, err)
	case err != nil:
		h.o.Log.Warn("no new recovery key could be made; the old one stays in force", "cause", err)
	}
	return s, fresh, nil
}

// comeIn lets an administrator in by the recovery key. A hospital that is open stays the one it is: a second store on its journal would destroy it.
func (h *Hospital) comeIn(ctx context.Context, key, signIn, password string, progress Progress) (*access.Session, error) {
	if door := h.theDoor(); door != nil {
		if err := h.o.Book.CheckRecovery(ctx, key); err != nil {
			return nil, err
		}
		return h.recover(ctx, door, signIn, password)
	}
	opened, err := h.o.Book.UnlockRecovery(ctx, key, progress)
	if err != nil {
		return nil, err
	}
	s, err := h.recover(ctx, h.take(opened), signIn, password)
	if err != nil {
		h.drop()
	}
	return s, err
}

func (h *Hospital) recover(ctx context.Context, door *access.Door, signIn, password string) (*access.Session, error) {
	machine := door.Machine()
	facts, err := house.Read(ctx, machine)
	if err != nil {
		return nil, err
	}
	door.Know(facts.Value.Name, facts.Value.Region)
	err = access.Recover(ctx, machine, signIn, password, func(tx data.Tx, name string) error {
		return notice.Post(tx, notice.Notice{Kind: notice.KindRecovery, Weight: notice.Important, Role: access.Administrator,
			Args: map[string]string{"name": name}})
	})
	if err != nil {
		return nil, err
	}
	return door.Begin(ctx, signIn)
}

// NewRecovery makes a new recovery key, which ends the one before, and gives it to be shown once. A key with an error: the disk failed so that
// either may be in force.
func NewRecovery(ctx context.Context, s *access.Session) (string, error) {
	return access.NewRecovery(ctx, s, func(tx data.Tx) error {
		return notice.Post(tx, notice.Notice{Kind: notice.KindRecovery, Role: access.Administrator, Args: map[string]string{"name": s.Name()}})
	})
}
