package storetest

import (
	"crypto/rand"
	"fmt"
	"sync"

	"wardbook/data"
	"wardbook/data/journal"
)

// Keys is a key ring in memory, for tests that are not about who may unlock it.
type Keys struct {
	mu     sync.Mutex
	keys   map[journal.KeyID][]byte
	epochs map[journal.KeyID]uint64
	newest map[string]journal.KeyID
	epoch  uint64
	gen    uint64
}

// NewKeys makes an empty ring.
func NewKeys() *Keys {
	return &Keys{keys: map[journal.KeyID][]byte{}, epochs: map[journal.KeyID]uint64{}, newest: map[string]journal.KeyID{}, epoch: 1}
}

// Key gives a key.
func (k *Keys) Key(id journal.KeyID) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	key, ok := k.keys[id]
	if !ok {
		return nil, data.Fail(data.Corrupt, "keys", data.Say("test.key", "A key is missing."), fmt.Errorf("key %x", id))
	}
	return key, nil
}

// NewKey makes a key.
func (k *Keys) NewKey(purpose string) (journal.KeyID, []byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	var id journal.KeyID
	key := make([]byte, 32)
	rand.Read(id[:])
	rand.Read(key)
	k.keys[id], k.epochs[id], k.newest[purpose] = key, k.epoch, id
	k.gen++
	return id, key, nil
}

// Newest names the newest key of a purpose.
func (k *Keys) Newest(purpose string) (journal.KeyID, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	id, ok := k.newest[purpose]
	return id, ok
}

// Generation counts changes.
func (k *Keys) Generation() uint64 {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.gen
}

// Epoch counts master keys.
func (k *Keys) Epoch() uint64 {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.epoch
}

// KeyEpoch tells under which master key a key was made.
func (k *Keys) KeyEpoch(id journal.KeyID) (uint64, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	e, ok := k.epochs[id]
	return e, ok
}

// Rotate is what removing a user does to the master key.
func (k *Keys) Rotate() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.epoch++
	k.gen++
}
