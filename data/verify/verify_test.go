package verify

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wardbook/data"
	"wardbook/data/badgerdb"
	"wardbook/data/disk"
	"wardbook/data/storetest"
	"wardbook/data/vault"
)

// hospital is a folder with a store that was closed in order, and what opens it.
type hospital struct {
	dir  string
	keys *vault.Vault
}

func found(t *testing.T) hospital {
	t.Helper()
	h := hospital{dir: t.TempDir()}
	dataset := [16]byte{7}
	var err error
	h.keys, _, err = vault.Create(vault.Options{FS: disk.OS{}, Dir: h.dir}, dataset, "admin", "correct horse battery staple")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.keys.Close(); err != nil {
			t.Error(err)
		}
	})
	tb := storetest.Declare(storetest.Shape{})
	s, err := badgerdb.Create(t.Context(), badgerdb.Options{Dir: h.dir, Dataset: dataset, Keys: h.keys, Schema: tb.Schema, Ballast: -1, Chunk: 64 << 10})
	if err != nil {
		t.Fatal(err)
	}
	a, err := s.Attach(t.Context(), strings.NewReader("a scan"))
	if err != nil {
		t.Fatal(err)
	}
	for n := range 5 {
		tb.Add(t, s, storetest.Person{Number: uint64(n), Family: "Smith", Attachment: []data.Attachment{a}})
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h hospital) examine(t *testing.T, keys *vault.Vault) Report {
	t.Helper()
	r, err := Folder(t.Context(), Options{Dir: h.dir, Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWholeHospital(t *testing.T) {
	h := found(t)
	r := h.examine(t, h.keys)
	if len(r.Problems)+len(r.Notes) != 0 || r.Entries != 5 || r.Files != 1 || !r.Opened {
		t.Fatalf("%+v", r)
	}
	r = h.examine(t, nil)
	if len(r.Problems) != 0 || r.Entries != 5 || r.Opened || len(r.Notes) != 1 {
		t.Fatalf("without keys: %+v", r)
	}
	var out strings.Builder
	if err := r.Print(&out, true); err != nil {
		t.Fatal(err)
	}
	var parsed struct {
		Entries  int
		Problems []string
	}
	if err := json.Unmarshal([]byte(out.String()), &parsed); err != nil || parsed.Entries != 5 || parsed.Problems == nil {
		t.Fatalf("%s: %v", out.String(), err)
	}
}

func flip(t *testing.T, name string, at int) {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	b[(at+len(b))%len(b)] ^= 1
	if err := os.WriteFile(name, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func only(t *testing.T, pattern string) string {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: %v %v", pattern, names, err)
	}
	return names[0]
}

func TestDamageIsNamed(t *testing.T) {
	for _, c := range []struct {
		name, want string
		keyless    bool
		harm       func(t *testing.T, h hospital)
	}{
		{"an entry edited", "Entry 5", true, func(t *testing.T, h hospital) { flip(t, filepath.Join(h.dir, "journal", "000001.wbj"), -50) }},
		{"the journal cut off", "cut off", true, func(t *testing.T, h hospital) {
			if err := os.Truncate(filepath.Join(h.dir, "journal", "000001.wbj"), 300); err != nil {
				t.Fatal(err)
			}
		}},
		{"a slot file damaged", "slots.bak is damaged", true, func(t *testing.T, h hospital) { flip(t, filepath.Join(h.dir, "slots.bak"), 100) }},
		{"an attachment changed", "attachment", true, func(t *testing.T, h hospital) { flip(t, only(t, filepath.Join(h.dir, "blobs", "??", "*.wbb")), -3) }},
		{"an attachment lost", "is missing", false, func(t *testing.T, h hospital) {
			if err := os.RemoveAll(filepath.Join(h.dir, "blobs")); err != nil {
				t.Fatal(err)
			}
		}},
		{"the state changed", "stored data is not as it was closed", false, func(t *testing.T, h hospital) { flip(t, only(t, filepath.Join(h.dir, "state", "*.sst")), 40) }},
		{"the head changed", "head is damaged", true, func(t *testing.T, h hospital) {
			flip(t, filepath.Join(h.dir, "head"), 60)
			flip(t, filepath.Join(h.dir, "head.bak"), 60)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := found(t)
			c.harm(t, h)
			r := h.examine(t, h.keys)
			if text := strings.Join(r.Lines(), "\n"); len(r.Problems) == 0 || !strings.Contains(text, c.want) {
				t.Errorf("with keys, want %q:\n%s", c.want, text)
			}
			if r = h.examine(t, nil); c.keyless && len(r.Problems) == 0 {
				t.Errorf("without keys nothing is found")
			}
		})
	}
}

// With both slot files damaged the entries are not blamed.
func TestDamagedSlotsDoNotBlameTheJournal(t *testing.T) {
	h := found(t)
	flip(t, filepath.Join(h.dir, "slots"), 100)
	flip(t, filepath.Join(h.dir, "slots.bak"), 100)
	r := h.examine(t, nil)
	if len(r.Problems) != 1 || r.Entries != 5 {
		t.Fatalf("%d entries:\n%s", r.Entries, strings.Join(r.Lines(), "\n"))
	}
}

// After somebody was removed the stored data lies under an older key: that is no damage.
func TestRemovedUserIsNoProblem(t *testing.T) {
	h := found(t)
	if err := h.keys.Rotate(); err != nil {
		t.Fatal(err)
	}
	if r := h.examine(t, h.keys); len(r.Problems) != 0 || len(r.Notes) != 1 {
		t.Fatalf("%s", strings.Join(r.Lines(), "\n"))
	}
}

// lockedFS is a disk on which some files may not be read by this account.
type lockedFS struct {
	disk.OS
	name string
}

func (l lockedFS) OpenFile(name string, flag int, perm fs.FileMode) (disk.File, error) {
	if filepath.Base(name) == l.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return l.OS.OpenFile(name, flag, perm)
}

// A journal that this account may not read is not reported as gone.
func TestForbiddenJournalIsNotGone(t *testing.T) {
	h := found(t)
	r, err := Folder(t.Context(), Options{FS: lockedFS{name: "000001.wbj"}, Dir: h.dir})
	if !data.Is(err, data.Unavailable) || len(r.Problems) != 0 {
		t.Fatalf("%v\n%s", err, strings.Join(r.Lines(), "\n"))
	}
}
