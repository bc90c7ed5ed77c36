package layout

import "wardbook/data"

// Reader is an ordered space of keys and values, as of one moment.
type Reader interface {
	// Get gives a value; ok is false where the key has none. The value is the caller's to keep, not to change.
	Get(key []byte) (value []byte, ok bool, err error)
	// Walk opens an iterator over the keys with this beginning; close it.
	Walk(prefix []byte, reverse bool) Iterator
}

// KV is a space that can be written.
type KV interface {
	Reader
	Set(key, value []byte)
	Delete(key []byte)
}

// Iterator goes through keys in order. It starts nowhere: Seek first. It sees what was written before it was opened.
type Iterator interface {
	// Seek goes to the first key at or behind (reverse: at or before) this one.
	Seek(key []byte)
	Next()
	// Valid tells whether it stands on a key. False at the end and after an error: see Err.
	Valid() bool
	// Key is valid until the next Seek or Next.
	Key() []byte
	// Value reads the value; it is the caller's to keep.
	Value() ([]byte, error)
	Err() error
	Close()
}

// Damaged is the error for a stored value that can't be what was written.
func Damaged(s *data.Schema, key []byte, cause error) error {
	return data.Fail(data.Corrupt, "store.read", data.Say("data.state.damaged",
		"Stored data is damaged ({{.What}}). Nothing of the journal is lost: close Wardbook and start it again, it will rebuild what is damaged. If this comes back, call your administrator.",
		"What", Name(s, key)), cause)
}
