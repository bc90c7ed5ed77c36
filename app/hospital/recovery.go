package hospital

import (
	"context"

	"wardbook/app/access"
	"wardbook/app/house"
	"wardbook/app/notice"
	"wardbook/data"
)

// Recover opens the hospital with the recovery key, gives the named administrator a new password and signs that person in, and makes a new
// recovery key, which it gives to be shown once. That the key was used is in the book and told to the administrators. Invalid on field recovery (a typing
// mistake), signin or password; Forbidden: the key is not this hospital's. Where it works with the recovery key but no new one could be made the
// new key is empty: the old one stays in force.
func (h *Hospital) Recover(ctx context.Context, key, signIn, password string, progress Progress) (*access.Session, string, error) {
	h.entering.Lock()
	defer h.entering.Unlock()
	opened, err := h.o.Book.UnlockRecovery(ctx, key, progress)
	if err != nil {
		return nil, "", err
	}
	door := h.take(opened)
	s, err := h.recover(ctx, door, signIn, password)
	if err != nil {
		h.drop()
		return nil, "", err
	}
	tries, err := h.o.Tries.Load()
	if err == nil {
		tries.Forget(signIn)
		h.keep(tries)
	}
	fresh, err := access.NewRecovery(ctx, s, func(data.Tx) error { return nil })
	if err != nil {
		h.o.Log.Warn("no new recovery key could be made; the old one stays in force", "cause", err)
	}
	return s, fresh, nil
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
