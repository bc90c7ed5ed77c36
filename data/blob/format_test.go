package blob

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"wardbook/data/disk"
	"wardbook/data/journal"
)

// openPlainly reads a file by FORMAT.md and the standard library alone.
func openPlainly(key, file []byte) ([]byte, error) {
	stream, err := hkdf.Key(sha256.New, key, file[49:81], string(file[:48]), 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(stream)
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	var plain []byte
	for i, from := 0, 88; from < len(file); i++ {
		to := min((i+1)*262144, len(file))
		nonce := binary.BigEndian.AppendUint32(slices.Clone(file[81:88]), uint32(i))
		last := byte(0)
		if to == len(file) {
			last = 1
		}
		if plain, err = gcm.Open(plain, append(nonce, last), file[from:to], nil); err != nil {
			return nil, err
		}
		from = to
	}
	return plain, nil
}

func TestFormatNeedsNoTink(t *testing.T) {
	b := open(t, testOptions(disk.NewMem()))
	for _, size := range []int{0, 5, firstSegment, firstSegment + 1, 600_000} {
		want := content(size)
		got, err := openPlainly(bytes.Repeat([]byte{1}, 32), sealed(t, b, put(t, b, want)))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%d bytes: %d, %v", size, len(got), err)
		}
	}
}

// The file in FORMAT.md must open for ever.
func TestFormatVector(t *testing.T) {
	v := vector(t, "blob-file")
	if got, err := openPlainly(v["key"], v["file"]); err != nil || !bytes.Equal(got, v["plain"]) {
		t.Errorf("by hand: %x, %v", got, err)
	}
	o, id := testOptions(disk.NewMem()), journal.KeyID(v["key id"])
	o.Dataset, o.Keys = [16]byte(v["dataset"]), oneKey{id, v["key"]}
	b := open(t, o)
	ref := Ref{Hash: [32]byte(v["name"]), Size: int64(len(v["plain"]))}
	place(t, b, ref.Hash, v["file"])
	if got, err := read(b, ref); err != nil || !bytes.Equal(got, v["plain"]) {
		t.Errorf("%x, %v", got, err)
	}
	if got := (header{dataset: o.Dataset, key: id}).bytes(); !bytes.Equal(got, v["file"][:48]) {
		t.Errorf("header %x", got)
	}
}

type oneKey struct {
	id  journal.KeyID
	key []byte
}

func (k oneKey) Key(id journal.KeyID) ([]byte, error) {
	if id != k.id {
		return nil, errors.New("another key")
	}
	return k.key, nil
}
func (k oneKey) NewKey(string) (journal.KeyID, []byte, error) { return k.id, k.key, nil }
func (k oneKey) Newest(string) (journal.KeyID, bool)          { return k.id, true }

// vector finds a block of examples in FORMAT.md: a name, a colon, and hex that may go on in indented lines.
func vector(t *testing.T, block string) map[string][]byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "FORMAT.md"))
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile("(?s)```vector " + block + "\r?\n(.*?)```").FindSubmatch(text)
	if found == nil {
		t.Fatalf("FORMAT.md has no vector %s", block)
	}
	digits, name := map[string]string{}, ""
	for line := range strings.Lines(string(found[1])) {
		if before, after, begins := strings.Cut(line, ":"); begins {
			name, line = before, after
		}
		digits[name] += strings.TrimSpace(line)
	}
	values := map[string][]byte{}
	for name, d := range digits {
		if values[name], err = hex.DecodeString(d); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return values
}
