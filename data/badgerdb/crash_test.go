package badgerdb_test

import (
	"bytes"
	"context"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"unicode/utf16"

	"wardbook/data/badgerdb"
	"wardbook/data/crash/trial"
)

func init() {
	badgerdb.Child["crash-write"] = crashWrite
	badgerdb.Child["flips"] = flipChild
}

// opening opens a trial's store in a folder with small segments, so that a little work makes several.
func opening(dir, keyFile string) trial.Opening {
	return trial.Opening{Dir: dir, KeyFile: keyFile, Probe: badgerdb.ChildProbe(os.Args[0], "probe-state"), Tune: func(o *badgerdb.Options) {
		trial.Brisk(o)
		o.SegmentSize, o.Chunk, o.Ballast, o.WarnFree, o.RefuseFree = 64<<10, 16<<10, -1, 2, 1
	}}
}

func crashWrite(args []string) error {
	seed, err := strconv.ParseUint(args[2], 10, 64)
	if err != nil {
		return err
	}
	acked := func(n uint64) { os.Stdout.WriteString(strconv.FormatUint(n, 10) + "\n") }
	return trial.Shifts(context.Background(), opening(args[0], args[1]), rand.New(rand.NewPCG(seed, 2)), acked, nil)
}

// TestKill9 is the short form of 'crash kill': a writer is killed at random moments, again and again in one folder, and all that
// it acknowledged is there. Nothing of it can be read without the keys, in a killed store or a closed one.
func TestKill9(t *testing.T) {
	const seed = 20261123
	dir, key := filepath.Join(t.TempDir(), "d"), filepath.Join(t.TempDir(), "key")
	rnd := rand.New(rand.NewPCG(seed, 3))
	writer := func() *exec.Cmd {
		return exec.Command(os.Args[0], "crash-write", dir, key, strconv.FormatUint(rnd.Uint64(), 10))
	}
	k := trial.Killing{Opening: opening(dir, key), Rounds: 8, Rand: rnd, Writer: writer, Say: func(line string) { t.Log(line) }}
	if err := k.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	n, _, err := trial.Examine(t.Context(), k.Opening, 0)
	if err != nil || n < 20 {
		t.Fatalf("only %d transfers: %v", n, err)
	}
	unreadable(t, dir, n)
	k.Rounds, k.Say = 1, func(string) {}
	if _, err := k.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	unreadable(t, dir, n)
}

// unreadable searches all files, and their names, for what a store with so many transfers holds.
func unreadable(t *testing.T, dir string, transfers int) {
	t.Helper()
	secrets := trial.Secrets(uint64(transfers))
	words := searchFor(secrets)
	files, size := 0, 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		content = append(content, path...)
		files, size = files+1, size+len(content)
		if found := words.in(content); found != "" {
			t.Errorf("%s can be read in %s", found, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 8 || len(secrets) < 50 {
		t.Fatalf("%d words in %d files: that proves nothing", len(secrets), files)
	}
	t.Logf("%d words, in three encodings, not found in %d files of %d bytes", len(secrets), files, size)
}

// search is words in all the forms in which they could stand in a file: in UTF-8 and in UTF-16 of either order, ASCII letters in
// lower case.
type search []struct {
	word string
	form []byte
}

func searchFor(words []string) search {
	var all search
	for _, w := range words {
		for _, form := range [][]byte{[]byte(w), wide(w, 0), wide(w, 1)} {
			all = append(all, struct {
				word string
				form []byte
			}{w, lower(form)})
		}
	}
	return all
}

// in answers the first word that stands in content, in whatever case; nothing where none does.
func (s search) in(content []byte) string {
	content = lower(nonzero(content))
	for _, w := range s {
		if bytes.Contains(content, w.form) {
			return w.word
		}
	}
	return ""
}

// nonzero leaves out what is empty: Badger's files are full of zeros to write into later.
func nonzero(content []byte) []byte {
	zeros := make([]byte, 4096)
	var short []byte
	for b := range slices.Chunk(content, len(zeros)) {
		if !bytes.Equal(b, zeros) {
			short = append(short, b...)
		}
	}
	return short
}

func lower(b []byte) []byte {
	b = bytes.Clone(b)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return b
}

// wide is a word in UTF-16; high is where the high byte stands.
func wide(w string, high int) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(w)) {
		pair := [2]byte{}
		pair[high], pair[1-high] = byte(u>>8), byte(u)
		b = append(b, pair[:]...)
	}
	return b
}

// TestReadableFinds: the search that proves that nothing can be read would find it.
func TestReadableFinds(t *testing.T) {
	for _, content := range [][]byte{[]byte("xx Lindqvist"), []byte("xx LINDQVIST"), wide("..Lindqvist", 0), append([]byte{1}, wide("Lindqvist", 1)...)} {
		if searchFor([]string{"Achterberg", "Lindqvist"}).in(content) != "Lindqvist" {
			t.Errorf("not found in %q", content)
		}
	}
	if found := searchFor([]string{"Lindqvist"}).in([]byte("Lindqvis")); found != "" {
		t.Errorf("found %s where it is not", found)
	}
}
