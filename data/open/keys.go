package open

import (
	"context"
	"log/slog"
	"time"

	"wardbook/data/vault"
)

// Keys is who can unlock an open hospital. What ends somebody's access ends it for the open book too: from then on it is written under keys
// that the removed person never had.
type Keys struct {
	*vault.Vault
	store rekeyed
	log   *slog.Logger
	// discard takes back what this opening created; nil where it created nothing.
	discard func(ctx context.Context) error
}

// rekeyed is the store, as far as keys need it.
type rekeyed interface {
	Rekey(ctx context.Context) error
}

// rekeying is how long a change of keys waits for the updates before it; afterwards the next opening does it.
const rekeying = 30 * time.Second

// Remove is the vault's, and the book goes on under new keys. Where the disk does not let it, the removal counts all the same: the next opening makes
// up for it.
func (k *Keys) Remove(name string) error {
	if err := k.Vault.Remove(name); err != nil {
		return err
	}
	k.rekey()
	return nil
}

// NewRecovery is the vault's, as the text that a person writes down, and the book goes on under new keys. A key with an error: either may be in
// force.
func (k *Keys) NewRecovery() (string, error) {
	key, err := k.Vault.NewRecovery()
	if key.IsZero() {
		return "", err
	}
	if err == nil {
		k.rekey()
	}
	return key.String(), err
}

func (k *Keys) rekey() {
	ctx, done := context.WithTimeout(context.Background(), rekeying)
	defer done()
	if err := k.store.Rekey(ctx); err != nil {
		k.log.Warn("the open book goes on under its old keys until the next start", "cause", err)
	}
}
