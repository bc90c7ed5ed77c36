package vault

import (
	"bytes"
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

	"golang.org/x/text/unicode/norm"

	"wardbook/data/disk"
)

var fenced = regexp.MustCompile("(?s)```vector (slots-[a-z0-9-]+) hex\n(.*?)```")

// vectors are the ones that FORMAT.md gives for slots.
func vectors(t *testing.T) map[string][]byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "FORMAT.md"))
	ok(t, err)
	found := map[string][]byte{}
	for _, m := range fenced.FindAllStringSubmatch(strings.ReplaceAll(string(text), "\r\n", "\n"), -1) {
		b, err := hex.DecodeString(strings.Join(strings.Fields(m[2]), ""))
		if err != nil {
			t.Fatalf("%s: %v", m[1], err)
		}
		found[m[1]] = b
	}
	return found
}

// count gives the bytes first, first+1, ..., as FORMAT.md's inputs are.
func count(first byte, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = first + byte(i)
	}
	return b
}

// example is the file and slot of FORMAT.md's vectors.
func example() (*file, slot, []byte) {
	f := &file{Dataset: [16]byte(count(0x00, 16)), Epoch: 2, Salt: [saltSize]byte(count(0x30, 16))}
	s := slot{ID: [idSize]byte(count(0x10, 16)), Kind: kindPassword, Salt: [saltSize]byte(count(0x20, 16)), Memory: 64 << 10, Time: 3, Threads: 1}
	return f, s, count(0x80, keySize)
}

// computed makes every vector that does not depend on the library's own randomness.
func computed(t *testing.T) map[string][]byte {
	t.Helper()
	f, s, master := example()
	tag := f.tag("Ａnna  ÖHM")
	paper := RecoveryKey{[recoverySize]byte(count(0x40, recoverySize))}
	fromPaper, err := recoveryKey(paper, s)
	ok(t, err)
	k := dataKey{ID: KeyID(count(0x50, 16)), Purpose: "journal", Epoch: 1, Made: 1_800_000_000}
	nonces := bytes.NewReader(count(0xa0, 48))
	k, err = f.sealKey(nonces, k, count(0x60, keySize), master)
	ok(t, err)
	private, err := kem().NewPrivateKey(count(0xc0, keySize))
	ok(t, err)
	publicHash := sha256.Sum256(private.PublicKey().Bytes())
	o := Options{stretch: argon}
	v := map[string][]byte{
		"slots-tag":           tag[:],
		"slots-password":      []byte(norm.NFKC.String("scho\u0308n ﬁx")),
		"slots-kek-password":  o.passwordKey("scho\u0308n ﬁx", s),
		"slots-kek-recovery":  fromPaper,
		"slots-recovery-text": []byte(paper.String()),
		"slots-about-private": f.about(labelPrivate, s),
		"slots-about-wrap":    f.aboutWrap(s),
		"slots-about-data":    f.aboutKey(k),
		"slots-data-key":      k.Sealed,
		"slots-vouch":         vouch(count(0xe0, keySize), master, f.aboutWrap(s)),
		"slots-public-hash":   publicHash[:],
	}
	for name, label := range map[string]string{"slots-mk-voucher": labelVoucher, "slots-mk-data": labelData, "slots-mk-mac": labelMAC} {
		v[name], err = derive(master, f.Dataset[:], label)
		ok(t, err)
	}
	return v
}

func TestFormatVectors(t *testing.T) {
	written := vectors(t)
	for name, want := range computed(t) {
		if got := written[name]; !bytes.Equal(got, want) {
			t.Errorf("FORMAT.md's %s is %x, the code makes %x", name, got, want)
		}
		delete(written, name)
	}
	f, s, master := example()
	private, err := kem().NewPrivateKey(count(0xc0, keySize))
	ok(t, err)
	got, err := unwrap(private, count(0xe0, keySize), written["slots-wrap"], f.aboutWrap(s))
	if err != nil || !bytes.Equal(got, master) {
		t.Errorf("FORMAT.md's slots-wrap opens to %x, %v", got, err)
	}
	delete(written, "slots-wrap")
	for name := range written {
		t.Errorf("nothing checks FORMAT.md's %s", name)
	}
}

// Every version that was ever released must open: with each password (the real stretching), and with the recovery key.
func TestReleasedVersionsOpen(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("testdata", "v1", mainName))
	ok(t, err)
	d := disk.NewMem()
	write(t, d, mainName, raw)
	o := Options{FS: d, Dir: dir}
	byPassword := unlock(t, o, "Dr. Żółć", "correct horse battery staple")
	l, err := Open(o)
	ok(t, err)
	byPaper, err := l.UnlockRecovery("HMA3K-B36S4-8M6PY-0AZ2F-ZXDHZ-0HP43-5MGHY-2ZPK6")
	ok(t, err)
	for _, v := range []*Vault{byPassword, byPaper} {
		for _, purpose := range []string{"journal", "state"} {
			id, _ := v.Newest(purpose)
			secret, err := v.Key(id)
			if want := tagged([]byte("fixture"), []byte(purpose)); err != nil || !bytes.Equal(secret, want) {
				t.Errorf("key for %s is %x (%v), want %x", purpose, secret, err, want)
			}
		}
		if v.Dataset() != here || v.Epoch() != 2 || v.Users() != 2 || !v.Has("nurse") {
			t.Errorf("dataset %x, epoch %d, %d users", v.Dataset(), v.Epoch(), v.Users())
		}
	}
}

// One state has one form: what a lenient reader would take for the same is refused.
func TestOnlyTheCanonicalFormIsTaken(t *testing.T) {
	s := newStaffed(t)
	raw := read(t, s.disk, mainName)
	body := raw[headSize : len(raw)-tailSize]
	if _, err := parse(framed(body)); err != nil || !bytes.HasPrefix(body, []byte{0xa7, 0x01, 0x50}) {
		t.Fatalf("%x: %v", body[:3], err)
	}
	rest, after := body[1:], body[19:]
	for name, hostile := range map[string][]byte{
		"longer number":     slices.Concat([]byte{0xa7, 0x18, 0x01}, body[2:]),
		"id of 17 bytes":    slices.Concat([]byte{0xa7, 0x01, 0x51}, body[3:19], []byte{0}, after),
		"id of 15 bytes":    slices.Concat([]byte{0xa7, 0x01, 0x4f}, body[3:18], after),
		"id as a list":      slices.Concat([]byte{0xa7, 0x01, 0x90}, make([]byte, 16), after),
		"trailing byte":     append(bytes.Clone(body), 0),
		"unknown field":     slices.Concat([]byte{0xa8}, rest, []byte{0x08, 0x00}),
		"field twice":       slices.Concat([]byte{0xa8}, rest, []byte{0x07, 0x80}),
		"field missing":     slices.Concat([]byte{0xa6}, after),
		"indefinite length": slices.Concat([]byte{0xbf}, rest, []byte{0xff}),
		"tag":               slices.Concat([]byte{0xd9, 0xd9, 0xf7}, body),
		"claimed million":   {0xa7, 0x06, 0x9a, 0x00, 0x10, 0x00, 0x00},
		"deep":              bytes.Repeat([]byte{0x81}, 100000),
	} {
		if _, err := parse(framed(hostile)); !errors.Is(err, errDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func framed(body []byte) []byte {
	raw := append([]byte(magic), 0, version)
	raw = binary.BigEndian.AppendUint32(raw, uint32(len(body)))
	return summed(append(append(raw, body...), make([]byte, tailSize)...))
}

// Whatever the body of a file with a right checksum is: no panic, and what is taken is in the one form that writing would give.
func FuzzParse(f *testing.F) {
	s := newStaffed(f)
	raw := read(f, s.disk, mainName)
	f.Add(raw[headSize : len(raw)-tailSize])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := parse(framed(body))
		if err != nil {
			return
		}
		again, err := encoding.Marshal(got)
		if err != nil || !bytes.Equal(again, body) {
			t.Fatalf("taken, but written again it is different: %v", err)
		}
		for _, s := range got.Slots {
			if s.Kind == kindPassword && !s.params().sane() {
				t.Fatalf("parameters %+v were taken", s.params())
			}
		}
		if got.authentic(framed(body), foreign) == nil {
			t.Fatal("a file with a MAC of zeroes was believed")
		}
	})
}

func FuzzParseFrame(f *testing.F) {
	f.Add(framed(nil))
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if got, err := parse(raw); (got == nil) == (err == nil) {
			t.Fatalf("%v, %v", got, err)
		}
	})
}
