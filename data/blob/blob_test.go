package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"testing"

	"wardbook/data"
	"wardbook/data/disk"
	"wardbook/data/journal"
)

// keyring is data keys for tests: number n is n in every byte.
type keyring struct {
	known  map[journal.KeyID]bool
	newest journal.KeyID
}

func newKeyring() *keyring { return &keyring{known: map[journal.KeyID]bool{}} }

func (k *keyring) Key(id journal.KeyID) ([]byte, error) {
	if !k.known[id] {
		return nil, data.Fail(data.Corrupt, "test.key", data.Say("test", "No such key."), nil)
	}
	return bytes.Repeat(id[:1], 32), nil
}

func (k *keyring) NewKey(purpose string) (journal.KeyID, []byte, error) {
	k.newest[0]++
	k.known[k.newest] = true
	key, err := k.Key(k.newest)
	return k.newest, key, err
}

func (k *keyring) Newest(purpose string) (journal.KeyID, bool) {
	return k.newest, purpose == KeyPurpose && k.newest[0] > 0
}

var testDir = filepath.FromSlash("/hospital/blobs")

func testOptions(fs disk.FS) Options {
	return Options{FS: fs, Dir: testDir, Dataset: [16]byte{1, 2, 3}, Keys: newKeyring()}
}

func open(t testing.TB, o Options) *Blobs {
	t.Helper()
	b, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func put(t testing.TB, b *Blobs, content []byte) Ref {
	t.Helper()
	ref, err := b.Put(context.Background(), bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

func read(b *Blobs, ref Ref) ([]byte, error) {
	r, err := b.Open(context.Background(), ref)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// content gives bytes of which no part is like another.
func content(size int) []byte {
	b := make([]byte, size)
	_, _ = rand.NewChaCha8([32]byte{9}).Read(b)
	return b
}

// files names all that lies under the blobs folder.
func files(t testing.TB, d disk.FS) []string {
	t.Helper()
	var names []string
	folders, err := d.ReadDir(testDir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		inside, err := d.ReadDir(filepath.Join(testDir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range inside {
			names = append(names, filepath.Join(testDir, f.Name(), e.Name()))
		}
	}
	return names
}

const firstSegment = segment - startSize - tagSize // plain bytes in it

func TestWhatIsPutComesBack(t *testing.T) {
	m := disk.NewMem()
	b := open(t, testOptions(m))
	full := segment - tagSize
	for _, size := range []int{0, 1, firstSegment - 1, firstSegment, firstSegment + 1, firstSegment + full - 1, firstSegment + full, firstSegment + full + 1, 2 << 20} {
		want := content(size)
		ref := put(t, b, want)
		if ref.Size != int64(size) {
			t.Errorf("%d bytes: the ref says %d", size, ref.Size)
		}
		got, err := read(b, ref)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%d bytes came back as %d, %v", size, len(got), err)
		}
		if there, err := b.Has(ref); !there || err != nil {
			t.Errorf("%d bytes: Has says %v, %v", size, there, err)
		}
		if err := b.Check(context.Background(), ref); err != nil {
			t.Errorf("%d bytes: %v", size, err)
		}
		sealed, err := disk.ReadAll(m, b.name(ref.Hash), 4<<20)
		if err != nil || sha256.Sum256(sealed) != ref.Hash {
			t.Errorf("%d bytes: not named by the hash of the file", size)
		}
	}
}

func TestFilesLieWhereTheFormatSays(t *testing.T) {
	m := disk.NewMem()
	ref := put(t, open(t, testOptions(m)), []byte("letter"))
	digits := hex.EncodeToString(ref.Hash[:])
	if got, want := fmt.Sprint(files(t, m)), fmt.Sprint([]string{filepath.Join(testDir, digits[:2], digits+".wbb")}); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestMissing(t *testing.T) {
	b := open(t, testOptions(disk.NewMem()))
	if _, err := b.Open(context.Background(), Ref{}); !data.Is(err, data.NotFound) {
		t.Errorf("%v", err)
	}
	if there, err := b.Has(Ref{}); there || err != nil {
		t.Errorf("Has says %v, %v", there, err)
	}
}

func TestEqualAttachmentsShareNothing(t *testing.T) {
	m := disk.NewMem()
	b := open(t, testOptions(m))
	letter := bytes.Repeat([]byte("the same letter "), 1000)
	one, two := put(t, b, letter), put(t, b, letter)
	sealed1, _ := disk.ReadAll(m, b.name(one.Hash), 1<<20)
	sealed2, err := disk.ReadAll(m, b.name(two.Hash), 1<<20)
	if err != nil || one == two {
		t.Fatalf("%v and %v, %v", one, two, err)
	}
	seen := map[[8]byte]bool{}
	for i := headerSize; i+8 <= len(sealed1); i += 8 {
		seen[[8]byte(sealed1[i:])] = true
	}
	for i := headerSize; i+8 <= len(sealed2); i += 8 {
		if i != headerSize && seen[[8]byte(sealed2[i:])] {
			t.Fatalf("both hold the same 8 bytes at %d", i)
		}
	}
	if bytes.Contains(sealed1, letter[:16]) {
		t.Error("the letter can be read in the file")
	}
}

func TestOlderKeysStayReadable(t *testing.T) {
	o := testOptions(disk.NewMem())
	b := open(t, o)
	before := put(t, b, []byte("before"))
	if _, _, err := o.Keys.NewKey(KeyPurpose); err != nil {
		t.Fatal(err)
	}
	after := put(t, b, []byte("after"))
	for ref, want := range map[Ref]string{before: "before", after: "after"} {
		if got, err := read(b, ref); string(got) != want || err != nil {
			t.Errorf("%q, %v", got, err)
		}
	}
	if len(o.Keys.(*keyring).known) != 2 {
		t.Errorf("%d keys were made", len(o.Keys.(*keyring).known))
	}
	delete(o.Keys.(*keyring).known, journal.KeyID{1})
	if _, err := read(b, before); !data.Is(err, data.Corrupt) {
		t.Errorf("without its key: %v", err)
	}
}

// A video of 60 MB goes through a real disk in the memory of a letter.
func TestMemoryIsConstant(t *testing.T) {
	const size, limit = 60 << 20, 16 << 20
	o := testOptions(nil)
	o.Dir = filepath.Join(t.TempDir(), "blobs")
	b := open(t, o)
	meter := newMeter()
	in := sha256.New()
	ref, err := b.Put(context.Background(), io.TeeReader(io.LimitReader(rand.NewChaCha8([32]byte{7}), size), io.MultiWriter(in, meter)))
	if err != nil || ref.Size != size {
		t.Fatalf("%v, %v", ref, err)
	}
	wrote := meter.most()
	meter = newMeter()
	r, err := b.Open(context.Background(), ref)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	out := sha256.New()
	if n, err := io.Copy(io.MultiWriter(out, meter), r); n != size || err != nil {
		t.Fatalf("%d, %v", n, err)
	}
	if !bytes.Equal(in.Sum(nil), out.Sum(nil)) {
		t.Error("something else came back")
	}
	t.Logf("heap grew by %d KiB writing, %d KiB reading", wrote>>10, meter.most()>>10)
	if wrote > limit || meter.most() > limit {
		t.Errorf("heap grew by %d bytes writing, %d reading", wrote, meter.most())
	}
}

// meter looks at the heap every 4 MiB that go through it.
type meter struct {
	base, peak uint64
	seen, next int64
}

func newMeter() *meter {
	runtime.GC()
	m := &meter{base: heap()}
	m.peak = m.base
	return m
}

func heap() uint64 {
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	return s.HeapAlloc
}

func (m *meter) Write(p []byte) (int, error) {
	if m.seen += int64(len(p)); m.seen >= m.next {
		m.next += 4 << 20
		m.peak = max(m.peak, heap())
	}
	return len(p), nil
}

func (m *meter) most() int64 { return int64(m.peak - m.base) }

// during calls do once, in the middle of what is read.
type during struct {
	left int
	do   func() error
}

func (d *during) Read(p []byte) (int, error) {
	if d.left <= 0 {
		return 0, io.EOF
	}
	d.left -= len(p)
	if d.do != nil && d.left < 1<<20 {
		do := d.do
		d.do = nil
		return len(p), do()
	}
	return len(p), nil
}

func TestPutThatIsStoppedLeavesNothing(t *testing.T) {
	pulled := errors.New("stick pulled")
	own := data.Fail(data.Forbidden, "test", data.Say("test", "Not yours."), nil)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for name, c := range map[string]struct {
		do   func() error
		kind data.Kind
		is   error
		key  string
	}{
		"cancelled":           {func() error { cancel(); return nil }, data.Unavailable, context.Canceled, "data.blob.stopped"},
		"source fails":        {func() error { return pulled }, data.Unavailable, pulled, "data.blob.source"},
		"source says its own": {func() error { return own }, data.Forbidden, own, "test"},
	} {
		m, ctx := disk.NewMem(), ctx
		if c.is != context.Canceled {
			ctx = context.Background()
		}
		ref, err := open(t, testOptions(m)).Put(ctx, &during{left: 3 << 20, do: c.do})
		if !data.Is(err, c.kind) || !errors.Is(err, c.is) || messageKey(err) != c.key || ref != (Ref{}) {
			t.Errorf("%s: %v", name, err)
		}
		if left := files(t, m); len(left) > 0 {
			t.Errorf("%s: left %v", name, left)
		}
	}
}

func TestReadingStopsWithItsContext(t *testing.T) {
	b := open(t, testOptions(disk.NewMem()))
	ref := put(t, b, content(1<<20))
	ctx, cancel := context.WithCancel(context.Background())
	r, err := b.Open(ctx, ref)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if n, err := r.Read(make([]byte, 10)); n != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("%d, %v", n, err)
	}
	if _, err := b.Open(ctx, ref); !errors.Is(err, context.Canceled) || messageKey(err) != "data.blob.stopped" {
		t.Errorf("%v", err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

func TestReadingStopsWithClose(t *testing.T) {
	b := open(t, testOptions(disk.NewMem()))
	r, err := b.Open(context.Background(), put(t, b, []byte("letter")))
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if n, err := r.Read(make([]byte, 10)); n != 0 || err == nil || err == io.EOF {
		t.Errorf("%d, %v", n, err)
	}
}

func messageKey(err error) string {
	var e *data.Error
	if errors.As(err, &e) {
		return e.Message.Key
	}
	return ""
}

func TestFullDisk(t *testing.T) {
	for name, c := range map[string]struct{ free, reserve uint64 }{
		"no room":                 {1 << 20, 0},
		"room is for the journal": {20 << 20, 15 << 20},
	} {
		m := disk.NewMem()
		o := testOptions(m)
		o.Reserve = c.reserve
		b := open(t, o)
		m.SetFree(c.free)
		_, err := b.Put(context.Background(), &during{left: 12 << 20})
		if !data.Is(err, data.Unavailable) || messageKey(err) != "data.blob.full" {
			t.Errorf("%s: %v", name, err)
		}
		if free, _ := m.Free(testDir); free != c.free || len(files(t, m)) > 0 {
			t.Errorf("%s: %d bytes free of %d, left %v", name, free, c.free, files(t, m))
		}
		m.SetFree(1 << 30)
		put(t, b, content(100))
	}
}
