// Package blob keeps attachments (scans, letters, pictures) as sealed files beside the journal, which only refers to them.
//
// What it promises:
//
//   - Put has made the file durable, name and all, when it answers: an entry can only refer to what a power cut can't take.
//   - A file never changes and is named by the SHA-256 of its sealed bytes. Open compares the whole of it with the name
//     before it hands out the first byte, so a damaged, cut or swapped file gives an error and never a part of another
//     person's picture. Each segment is authenticated again as it streams, against what was compared.
//   - Memory is the same for a letter and for a video: about one megabyte a stream.
//   - Two attachments share nothing on disk, equal ones neither: nobody can tell that two patients have the same letter.
//
// Files are sealed with AES-256-GCM-HKDF streaming from tink-go, a key of its own each. Read in its source (v2.9.0) and
// tested here: it buffers two segments; a cut, an added byte and reordered segments are found, as the nonce counts segments
// and marks the last. After a failed segment its reader may answer end of file to the next call, so ours keeps the first
// error. FORMAT.md has the bytes, and a test opens a file with the standard library alone.
//
// Engines call it. Nothing here is for packages above data but Ref, which records hold.
package blob

import (
	"crypto/rand"
	"encoding/hex"
	"io"
	"path/filepath"
	"sync"
	"time"

	"wardbook/data/disk"
	"wardbook/data/journal"
)

// KeyPurpose is the purpose under which the data keys of attachments are kept. Whoever rotates keys makes a new one with
// NewKey(KeyPurpose): later attachments are sealed with it, older ones stay readable.
const KeyPurpose = "blobs"

// Keys gives data keys of 32 bytes; NewKey's is durable before it returns.
type Keys interface {
	Key(id journal.KeyID) ([]byte, error)
	NewKey(purpose string) (journal.KeyID, []byte, error)
	Newest(purpose string) (id journal.KeyID, ok bool)
}

// Options say where and how attachments are kept.
type Options struct {
	FS      disk.FS // nil: the real disk
	Dir     string  // the blobs folder itself, made by New; its parent must be there
	Dataset [16]byte
	Keys    Keys
	// Reserve is how many bytes Put leaves free on the disk, so that an attachment can't take the room that the journal
	// needs. Zero: none.
	Reserve uint64
	Rand    io.Reader        // for names of unfinished files; nil: crypto/rand
	Now     func() time.Time // nil: time.Now
}

// Blobs is the folder of attachments. It may be used by many goroutines, and by one process at a time.
type Blobs struct {
	o Options

	keys sync.Mutex // so that the first two Puts make one key

	mu         sync.Mutex
	unfinished map[string]bool      // files in tmp that a Put is writing
	made       map[string]time.Time // files that this process finished, and when by our own clock
}

// New opens the folder, and makes it where there is none.
func New(o Options) (*Blobs, error) {
	if o.FS == nil {
		o.FS = disk.OS{}
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	b := &Blobs{o: o, unfinished: map[string]bool{}, made: map[string]time.Time{}}
	err := o.FS.MkdirAll(b.tmp(), disk.DirPerm)
	for _, folder := range []string{o.Dir, filepath.Dir(o.Dir)} {
		if err == nil {
			err = o.FS.SyncDir(folder)
		}
	}
	if err != nil {
		return nil, errWrite("blob.open", err)
	}
	return b, nil
}

// Suffix ends the name of a finished attachment's file; what stands before it is the hash in hex.
const Suffix = ".wbb"

const suffixUnfinished = ".part"

// tmp is where unfinished files lie; on the same disk, so that finishing is one rename.
func (b *Blobs) tmp() string { return filepath.Join(b.o.Dir, "tmp") }

// folder and name are where a finished file lies: 256 folders keep each listing short.
func (b *Blobs) folder(hash [32]byte) string {
	return filepath.Join(b.o.Dir, hex.EncodeToString(hash[:1]))
}

func (b *Blobs) name(hash [32]byte) string {
	return filepath.Join(b.folder(hash), hex.EncodeToString(hash[:])+Suffix)
}

// newest gives the data key for new files.
func (b *Blobs) newest() (journal.KeyID, []byte, error) {
	b.keys.Lock()
	defer b.keys.Unlock()
	id, ok := b.o.Keys.Newest(KeyPurpose)
	if !ok {
		return b.o.Keys.NewKey(KeyPurpose)
	}
	key, err := b.o.Keys.Key(id)
	return id, key, err
}
