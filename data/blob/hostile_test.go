package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"wardbook/data"
	"wardbook/data/disk"
	"wardbook/data/journal"
)

// sealed gives the bytes of an attachment's file.
func sealed(t testing.TB, b *Blobs, ref Ref) []byte {
	t.Helper()
	content, err := disk.ReadAll(b.o.FS, b.name(ref.Hash), 64<<20)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// place puts bytes where the file of that hash belongs.
func place(t testing.TB, b *Blobs, hash [32]byte, content []byte) {
	t.Helper()
	f, err := b.o.FS.OpenFile(b.name(hash), os.O_RDWR|os.O_CREATE|os.O_TRUNC, disk.FilePerm)
	if err == nil {
		_, err = f.WriteAt(content, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// refused checks that nothing at all of a file is handed out, and that the log says which.
func refused(t testing.TB, b *Blobs, ref Ref, what string) {
	t.Helper()
	got, err := read(b, ref)
	if !data.Is(err, data.Corrupt) || !strings.Contains(err.Error(), ref.String()) || len(got) > 0 {
		t.Errorf("%s: %d bytes, %v", what, len(got), err)
	}
	if err := b.Check(context.Background(), ref); !data.Is(err, data.Corrupt) {
		t.Errorf("%s: Check says %v", what, err)
	}
}

func TestEveryFlippedBitIsFound(t *testing.T) {
	b := open(t, testOptions(disk.NewMem()))
	ref := put(t, b, content(600_000))
	whole := sealed(t, b, ref)
	// magic, version, dataset, key id, salt's length, salt, nonce prefix, each segment's first byte and tag, the last byte
	at := []int{0, 14, 15, 16, 32, 47, 48, 49, 80, 81, 87, 88, segment - 1, segment, 2*segment - 16, 2 * segment, len(whole) - 16, len(whole) - 1}
	rnd := rand.New(rand.NewPCG(1, 1))
	for range 60 {
		at = append(at, rnd.IntN(len(whole)))
	}
	for _, i := range at {
		bad := slices.Clone(whole)
		bad[i] ^= 1 << rnd.IntN(8)
		place(t, b, ref.Hash, bad)
		refused(t, b, ref, fmt.Sprintf("bit at byte %d", i))
	}
	place(t, b, ref.Hash, whole)
	if err := b.Check(context.Background(), ref); err != nil {
		t.Error(err)
	}
}

func TestEveryCutIsFound(t *testing.T) {
	b := open(t, testOptions(disk.NewMem()))
	ref := put(t, b, content(600_000))
	whole := sealed(t, b, ref)
	cuts := []int{0, 1, headerSize, startSize, startSize + tagSize, segment - 1, segment, segment + 1, 2 * segment, len(whole) - 1}
	rnd := rand.New(rand.NewPCG(2, 2))
	for range 40 {
		cuts = append(cuts, rnd.IntN(len(whole)))
	}
	for _, n := range cuts {
		place(t, b, ref.Hash, whole[:n])
		refused(t, b, ref, fmt.Sprintf("cut to %d bytes", n))
	}
	place(t, b, ref.Hash, append(slices.Clone(whole), 0))
	refused(t, b, ref, "a byte added")
}

// Another patient's picture of the same size under this one's name: sealed by us, and still refused before its first byte.
func TestSwappedFilesAreFound(t *testing.T) {
	b := open(t, testOptions(disk.NewMem()))
	mine, other := put(t, b, content(300_000)), put(t, b, bytes.Repeat([]byte{1}, 300_000))
	place(t, b, mine.Hash, sealed(t, b, other))
	refused(t, b, mine, "swapped")
	refused(t, b, Ref{Hash: other.Hash, Size: other.Size + 1}, "wrong size")
	refused(t, b, Ref{Hash: other.Hash, Size: -1}, "wrong size")
}

// Whoever can also change the hash that refers to the file still can't put segments together anew: this is the cipher's part.
func TestRearrangedSegmentsAreFound(t *testing.T) {
	b := open(t, testOptions(disk.NewMem()))
	plain := content(3 * segment)
	ref, twin := put(t, b, plain), put(t, b, plain)
	whole, alike := sealed(t, b, ref), sealed(t, b, twin)
	s0, s1, s2, s3 := whole[:segment], whole[segment:2*segment], whole[2*segment:3*segment], whole[3*segment:]
	header := whole[:headerSize]
	key2 := journal.KeyID{2}
	b.o.Keys.(*keyring).known[key2] = true
	for what, bad := range map[string][]byte{
		"two swapped":             slices.Concat(s0, s2, s1, s3),
		"one left out":            slices.Concat(s0, s2, s3),
		"one twice":               slices.Concat(s0, s1, s1, s2, s3),
		"cut between segments":    slices.Concat(s0, s1, s2),
		"cut after the first":     s0,
		"cut before the first":    whole[:startSize],
		"cut in the salt":         whole[:headerSize+5],
		"header only":             header,
		"end twice":               slices.Concat(whole, s3),
		"segment of another file": slices.Concat(s0, alike[segment:2*segment], s2, s3),
		"start of another file":   slices.Concat(alike[:startSize], whole[startSize:]),
		"another key id":          slices.Concat(header[:32], key2[:], whole[headerSize:]),
		"another salt length":     slices.Concat(header, []byte{16}, whole[headerSize+1:]),
		"not of ours":             []byte("%PDF-1.7"),
		"empty":                   nil,
	} {
		forged := Ref{Hash: sha256.Sum256(bad), Size: plainSize(int64(len(bad)))}
		place(t, b, forged.Hash, bad)
		got, err := read(b, forged)
		if !data.Is(err, data.Corrupt) || !bytes.HasPrefix(plain, got) {
			t.Errorf("%s: %d bytes, %v", what, len(got), err)
		}
	}
}

func TestFileOfAnotherHospital(t *testing.T) {
	m := disk.NewMem()
	o := testOptions(m)
	ref := put(t, open(t, o), content(1000))
	o.Dataset = [16]byte{4}
	b := open(t, o)
	refused(t, b, ref, "another hospital's")

	claimed := sealed(t, b, ref)
	copy(claimed[16:], o.Dataset[:]) // its header made to look like ours
	forged := Ref{Hash: sha256.Sum256(claimed), Size: ref.Size}
	place(t, b, forged.Hash, claimed)
	refused(t, b, forged, "another hospital's under our name")
}

func TestFileOfANewerWardbook(t *testing.T) {
	b := open(t, testOptions(disk.NewMem()))
	newer := []byte(magic + "2 and whatever comes in that version, which this program can't know of")
	ref := Ref{Hash: sha256.Sum256(newer), Size: 5}
	place(t, b, ref.Hash, newer)
	if _, err := read(b, ref); !data.Is(err, data.Unavailable) || messageKey(err) != "data.blob.newer" {
		t.Errorf("%v", err)
	}
}

// The disk changes under a reader who has already begun: what he has got so far is right, and from the damage on he gets the
// same error for ever, never an end of file.
func TestChangesWhileReading(t *testing.T) {
	plain := content(3 * segment)
	for what, change := range map[string]func(whole, other []byte) []byte{
		"bit in the middle": func(whole, _ []byte) []byte { whole[segment+5] ^= 1; return whole },
		"bit at the end":    func(whole, _ []byte) []byte { whole[len(whole)-1] ^= 1; return whole },
		"cut":               func(whole, _ []byte) []byte { return whole[:2*segment] },
		"overwritten":       func(_, other []byte) []byte { return other },
	} {
		b := open(t, testOptions(disk.NewMem()))
		ref, other := put(t, b, plain), put(t, b, bytes.Repeat([]byte{1}, len(plain)))
		r, err := b.Open(context.Background(), ref)
		if err != nil {
			t.Fatal(err)
		}
		place(t, b, ref.Hash, change(sealed(t, b, ref), sealed(t, b, other)))
		got, err := io.ReadAll(r)
		if !data.Is(err, data.Corrupt) || !bytes.HasPrefix(plain, got) {
			t.Errorf("%s: %d bytes, %v", what, len(got), err)
		}
		if n, again := r.Read(make([]byte, 1)); n != 0 || again != err {
			t.Errorf("%s: then %d, %v", what, n, again)
		}
	}
}

// busyKeys does something while the key is looked up, which is between comparing the file and opening it.
type busyKeys struct {
	Keys
	do func()
}

func (k busyKeys) Key(id journal.KeyID) ([]byte, error) {
	k.do()
	return k.Keys.Key(id)
}

func TestSwapBetweenComparingAndOpening(t *testing.T) {
	o := testOptions(disk.NewMem())
	b := open(t, o)
	mine, other := put(t, b, content(1000)), put(t, b, bytes.Repeat([]byte{1}, 1000))
	o.Keys = busyKeys{o.Keys, func() { place(t, b, mine.Hash, sealed(t, b, other)) }}
	refused(t, open(t, o), mine, "swapped meanwhile")
}

// deaf is a disk whose reads fail from an offset on.
type deaf struct {
	disk.FS
	from int64
}

type deafFile struct {
	disk.File
	from int64
}

func (d *deaf) OpenFile(name string, flag int, perm os.FileMode) (disk.File, error) {
	f, err := d.FS.OpenFile(name, flag, perm)
	return &deafFile{f, d.from}, err
}

var errIO = errors.New("input/output error")

func (f *deafFile) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > f.from {
		return 0, errIO
	}
	return f.File.ReadAt(p, off)
}

// A disk that can't be read just now is not damage: the file may be as good as ever.
func TestReadErrorIsNotDamage(t *testing.T) {
	o := testOptions(disk.NewMem())
	ref := put(t, open(t, o), content(600_000))
	for _, from := range []int64{0, 10, 100, 400_000} {
		failing := o
		failing.FS = &deaf{o.FS, from}
		if _, err := read(open(t, failing), ref); !data.Is(err, data.Unavailable) || !errors.Is(err, errIO) {
			t.Errorf("from byte %d: %v", from, err)
		}
	}
	b := open(t, o)
	r, err := b.Open(context.Background(), ref)
	if err != nil {
		t.Fatal(err)
	}
	r.(*reader).source.r = io.MultiReader(io.LimitReader(r.(*reader).source.r, 1000), errorReader{})
	if _, err := io.ReadAll(r); !data.Is(err, data.Unavailable) || !errors.Is(err, errIO) {
		t.Errorf("while streaming: %v", err)
	}
}

type errorReader struct{}

func (errorReader) Read([]byte) (int, error) { return 0, errIO }

// FuzzOpen: whatever lies in a file, and whatever refers to it, only what Put once took comes out.
func FuzzOpen(f *testing.F) {
	b := open(f, testOptions(disk.NewMem()))
	plain := []byte("allergic to penicillin")
	ref := put(f, b, plain)
	whole := sealed(f, b, ref)
	f.Add(whole, ref.Size)
	f.Add(whole[:startSize], int64(0))
	f.Add(whole[:startSize+tagSize], int64(0))
	f.Add([]byte(magic+"1"), int64(-1))
	f.Add([]byte{}, int64(0))
	f.Fuzz(func(t *testing.T, file []byte, size int64) {
		hostile := Ref{Hash: sha256.Sum256(file), Size: size}
		place(t, b, hostile.Hash, file)
		got, err := read(b, hostile)
		if err == nil && !bytes.Equal(got, plain) || err != nil && len(got) > 0 {
			t.Fatalf("%q, %v", got, err)
		}
		if hostile != ref {
			_ = b.o.FS.Remove(b.name(hostile.Hash))
		}
	})
}
