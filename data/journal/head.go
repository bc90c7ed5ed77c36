package journal

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io/fs"
	"path/filepath"
	"time"

	"wardbook/data/disk"
)

const (
	headMagic   = "WBhd"
	headMacAt   = 117
	headLen     = headMacAt + hashLen
	headLabel   = "wardbook journal head 1"
	headPurpose = "head"
)

// head says how far the journal had come at a checkpoint. It lies apart from the segments, under a key of its own, so that
// nobody can shorten the book up to there without its being seen.
type head struct {
	dataset    [16]byte
	key        KeyID  // of the data key that its authentication comes from
	count      uint64 // grows with every writing: the copy with the larger one is the newer
	seq        uint64
	hash       [hashLen]byte
	at         Position // where the entry after seq begins
	generation uint64   // of the key file
	clean      bool     // closed in order: nothing lies after it
	time       time.Time
}

// encode gives the bytes of the file; key is what headKey derived.
func (h head) encode(key []byte) []byte {
	b := make([]byte, 0, headLen)
	b = append(b, headMagic...)
	b = binary.BigEndian.AppendUint32(b, formatVersion)
	b = append(b, h.dataset[:]...)
	b = append(b, h.key[:]...)
	b = binary.BigEndian.AppendUint64(b, h.count)
	b = binary.BigEndian.AppendUint64(b, h.seq)
	b = append(b, h.hash[:]...)
	b = binary.BigEndian.AppendUint32(b, h.at.Segment)
	b = binary.BigEndian.AppendUint64(b, uint64(h.at.Offset))
	b = binary.BigEndian.AppendUint64(b, h.generation)
	if h.clean {
		b = append(b, 1)
	} else {
		b = append(b, 0)
	}
	b = binary.BigEndian.AppendUint64(b, uint64(h.time.UnixNano()))
	return append(b, headMAC(key, b)...)
}

// headKey derives the key that authenticates heads from the data key "head".
func headKey(key []byte) ([]byte, error) {
	return hkdf.Key(sha256.New, key, nil, headLabel, sha256.Size)
}

func headMAC(key, b []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write(b)
	return mac.Sum(nil)
}

// parseHead reads a head without authenticating it; errBad where it can't be one.
func parseHead(b []byte) (head, error) {
	if err := checkMagic(b, headMagic); err != nil {
		return head{}, err
	}
	if len(b) != headLen || binary.BigEndian.Uint32(b[4:]) != formatVersion || b[108] > 1 {
		return head{}, errBad
	}
	h := head{
		count: binary.BigEndian.Uint64(b[40:]), seq: binary.BigEndian.Uint64(b[48:]),
		at:         Position{binary.BigEndian.Uint32(b[88:]), int64(binary.BigEndian.Uint64(b[92:]))},
		generation: binary.BigEndian.Uint64(b[100:]),
	}
	copy(h.dataset[:], b[8:])
	copy(h.key[:], b[24:])
	copy(h.hash[:], b[56:])
	h.clean = b[108] == 1
	h.time = time.Unix(0, int64(binary.BigEndian.Uint64(b[109:]))).UTC()
	if h.at.Offset < headerLen || h.at.Segment == 0 {
		return head{}, errBad
	}
	return h, nil
}

// headCopy is one of the two files that hold the head.
type headCopy struct {
	name string // "head", "head.bak"
	head head
	raw  []byte
	err  error // why it can't be used; nil where it is good
}

func headPath(o Options, name string) string { return filepath.Join(filepath.Dir(o.Dir), name) }

// readHeads reads both copies, and authenticates them where there are keys.
func readHeads(o Options) []headCopy {
	copies := []headCopy{{name: "head"}, {name: "head.bak"}}
	for i := range copies {
		c := &copies[i]
		c.raw, c.err = disk.ReadAll(o.FS, headPath(o, c.name), 4096)
		if c.err == nil {
			c.head, c.err = parseHead(c.raw)
		}
		if c.err == nil && c.head.dataset != o.Dataset {
			c.err = errBad
		}
		if c.err == nil && o.Keys != nil {
			c.err = c.authenticate(o.Keys)
		}
	}
	return copies
}

func (c *headCopy) authenticate(keys Keys) error {
	key, err := keys.Key(c.head.key)
	if err != nil {
		return err
	}
	mac, err := headKey(key)
	if err != nil {
		return err
	}
	if !hmac.Equal(headMAC(mac, c.raw[:headMacAt]), c.raw[headMacAt:]) {
		return errBad
	}
	return nil
}

func (c *headCopy) missing() bool { return errors.Is(c.err, fs.ErrNotExist) }

// newest gives the good copy that was written last, or nil.
func newest(copies []headCopy) *headCopy {
	var best *headCopy
	for i := range copies {
		c := &copies[i]
		if c.err == nil && (best == nil || c.head.count > best.head.count) {
			best = c
		}
	}
	return best
}

// writeHead puts a head in place, the spare copy first: at every moment one of the two is whole and not older than the
// last that was written in full.
func writeHead(o Options, h head, key []byte) error {
	content := h.encode(key)
	for _, name := range []string{"head.bak", "head"} {
		if err := disk.WriteAtomic(o.FS, headPath(o, name), content); err != nil {
			return err
		}
	}
	return nil
}
