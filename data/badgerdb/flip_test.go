package badgerdb_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"wardbook/data"
	"wardbook/data/crash/trial"
)

// flipTransfers is how much the store for flips holds: some 2 MB in all files together.
const flipTransfers = 250

// fill makes a closed store, or more of one: several segments, a state that was sealed, with rotate a changed master key.
func fill(ctx context.Context, o trial.Opening, transfers int, rotate bool) error {
	for i, part := range []int{transfers / 2, transfers - transfers/2} {
		b, err := trial.Open(ctx, o)
		if err != nil {
			return err
		}
		w := &trial.Worker{Store: b.Store, Tables: b.Tables, Hands: 3}
		err = w.Begin(ctx)
		if err == nil {
			err = w.Work(ctx, part)
		}
		if err == nil && i == 0 && rotate {
			err = b.Rotate(ctx)
		}
		if err := errors.Join(err, b.Close()); err != nil {
			return err
		}
	}
	return nil
}

// contents reads a store through every way in, each thing by itself, so that one error hides nothing else.
func contents(ctx context.Context, b *trial.Book, transfers int) map[string]string {
	items := map[string]string{}
	put := func(name string, content any, err error) {
		items[name] = fmt.Sprintf("%+v", content)
		if err != nil {
			items[name] = fmt.Sprintf("%s %v: %v", errorMark, data.KindOf(err), err)
		}
	}
	for n := uint64(1); n <= uint64(transfers); n++ {
		readTransfer(ctx, b, n, put)
	}
	for c := range trial.CabinetID(trial.Cabinets) {
		readCabinet(ctx, b, c, put)
	}
	for _, name := range trial.Secrets(0) {
		found, err := collect(b.Store.View, ctx, func(tx data.Tx, add func(any)) error {
			for m, err := range b.Tables.ByName.Search(tx, name, 0) {
				if err != nil {
					return err
				}
				add(fmt.Sprint(m.ID, m.Cover)) // a rebuilt index finds the same, in another order: not compared here
			}
			return nil
		})
		slices.Sort(found)
		put("search "+name, found, err)
	}
	var entries []string
	var walk error
	for e, err := range b.Store.Entries(ctx, data.EntryFilter{}) {
		if walk = err; err != nil {
			break
		}
		entries = append(entries, fmt.Sprintf("%+v", e))
	}
	put("entries", sha256.Sum256([]byte(strings.Join(entries, "\n"))), walk)
	put("last", b.Store.Last(), nil)
	return items
}

const errorMark = "ERROR"

func collect(view func(context.Context, func(data.Tx) error) error, ctx context.Context, read func(tx data.Tx, add func(any)) error) (all []string, err error) {
	err = view(ctx, func(tx data.Tx) error { return read(tx, func(v any) { all = append(all, fmt.Sprintf("%+v", v)) }) })
	return all, err
}

func readTransfer(ctx context.Context, b *trial.Book, n uint64, put func(string, any, error)) {
	id, expected := trial.TransferID(n), trial.Expected(n)
	var row data.Row[trial.TransferID, trial.Transfer]
	err := b.Store.View(ctx, func(tx data.Tx) (err error) { row, err = b.Tables.Transfers.GetDeleted(tx, id); return err })
	put(fmt.Sprint("transfer ", n), row, err)
	var byMRN data.Row[trial.TransferID, trial.Transfer]
	err = b.Store.View(ctx, func(tx data.Tx) (err error) { byMRN, err = b.Tables.ByMRN.Get(tx, expected.MRN); return err })
	put(fmt.Sprint("mrn ", n), byMRN, err)
	done, found, err := b.Store.Done(ctx, trial.Operation(n))
	put(fmt.Sprint("done ", n), fmt.Sprint(done, found), err)
	versions(ctx, b, b.Tables.Transfers.Def(), id.RecordID(), fmt.Sprint("history ", n), put)
	for _, a := range row.Value.Slip {
		sum, err := slipSum(ctx, b.Store, a)
		put(fmt.Sprint("slip ", n), sum, err)
	}
}

func readCabinet(ctx context.Context, b *trial.Book, c trial.CabinetID, put func(string, any, error)) {
	list, err := collect(b.Store.View, ctx, func(tx data.Tx, add func(any)) error {
		row, err := b.Tables.Cabinets.Get(tx, c)
		if err != nil {
			return err
		}
		add(row)
		for hit, err := range b.Tables.ByCabinet.Scan(tx, data.Within(int(c))) {
			if err != nil {
				return err
			}
			add(hit)
		}
		return nil
	})
	put(fmt.Sprint("cabinet ", c), list, err)
	versions(ctx, b, b.Tables.Cabinets.Def(), c.RecordID(), fmt.Sprint("cabinet history ", c), put)
}

func versions(ctx context.Context, b *trial.Book, t *data.TableDef, id data.ID, name string, put func(string, any, error)) {
	var all []string
	var walk error
	for v, err := range b.Store.History(ctx, t, id) {
		if walk = err; err != nil {
			break
		}
		all = append(all, fmt.Sprintf("%+v", v))
	}
	put(name, all, walk)
}

func slipSum(ctx context.Context, s data.Store, a data.Attachment) (sum [32]byte, err error) {
	r, err := s.Attached(ctx, a)
	if err != nil {
		return sum, err
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	return sha256.Sum256(content), err
}

// tree is a folder in memory.
type tree struct {
	names []string // sorted
	files map[string][]byte
	bytes int
}

func readTree(dir string) (*tree, error) {
	t := &tree{files: map[string][]byte{}}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "LOCK" {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		if t.files[name], err = os.ReadFile(path); err != nil {
			return err
		}
		t.names, t.bytes = append(t.names, name), t.bytes+len(t.files[name])
		return nil
	})
	slices.Sort(t.names)
	return t, err
}

// write puts the folder there in place of whatever is.
func (t *tree) write(dir string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	for name, content := range t.files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// heavy bounds how much a large file weighs when a byte is drawn among all: Badger's DISCARD is a megabyte of zeros.
const heavy = 128 << 10

// flip is one bit of one file. Every second one is anywhere among all bytes; the others take each file as often as any other,
// and there the first 200 bytes as often as the rest, so that headers and small files get their share.
type flip struct {
	File   string
	Offset int
	Bit    int
}

func (t *tree) flip(seed uint64, n int) flip {
	rnd := rand.New(rand.NewPCG(seed, uint64(n)))
	f := flip{Bit: rnd.IntN(8)}
	if n%2 == 0 {
		total := 0
		for _, name := range t.names {
			total += min(len(t.files[name]), heavy)
		}
		at := rnd.IntN(total)
		for _, name := range t.names {
			if at -= min(len(t.files[name]), heavy); at < 0 {
				f.File, f.Offset = name, rnd.IntN(len(t.files[name]))
				return f
			}
		}
	}
	for len(t.files[f.File]) == 0 {
		f.File = t.names[rnd.IntN(len(t.names))]
	}
	size := len(t.files[f.File])
	if rnd.IntN(2) == 0 {
		size = min(size, 200)
	}
	f.Offset = rnd.IntN(size)
	return f
}

// verdict is what became of one flip.
type verdict struct {
	N     int
	Flip  flip
	Class string
	Text  string
}

// The classes of verdicts. The last three must not happen.
const (
	refused   = "refused, the damage named"
	newer     = "refused as a newer version's"
	named     = "opened, the damage named where it is read"
	mended    = "mended or rebuilt, with a note"
	unnoticed = "all the same, no note"
	silent    = "SILENT CHANGE"
	vague     = "VAGUE ERROR"
	unproved  = "NOT FOUND BY VERIFY"
	died      = "THE PROCESS DIED"
)

// tryFlip opens a store with one bit flipped and reads everything.
func tryFlip(ctx context.Context, o trial.Opening, whole *tree, f flip, want map[string]string) (class, text string) {
	if err := whole.write(o.Dir); err != nil {
		return vague, err.Error()
	}
	content := bytes.Clone(whole.files[f.File])
	content[f.Offset] ^= 1 << f.Bit
	if err := os.WriteFile(filepath.Join(o.Dir, f.File), content, 0o600); err != nil {
		return vague, err.Error()
	}
	v, err := trial.Unlock(o)
	if err != nil {
		return judge(err)
	}
	proof := trial.Verify(ctx, o.Dir, v)
	if err := v.Close(); err != nil {
		return vague, err.Error()
	}
	if inBook := strings.HasPrefix(f.File, "journal") || strings.HasPrefix(f.File, "head"); inBook != (proof != nil) {
		return unproved, fmt.Sprint(proof)
	}
	// Unlocking has mended what it could of the key files: break them again, for the opening.
	if err := os.WriteFile(filepath.Join(o.Dir, f.File), content, 0o600); err != nil {
		return vague, err.Error()
	}
	b, err := trial.Open(ctx, o)
	if err != nil {
		return judge(err)
	}
	have := contents(ctx, b, flipTransfers)
	notes := b.Warnings
	if err := b.Close(); err != nil {
		return vague, err.Error()
	}
	return compare(want, have, notes)
}

func compare(want, have map[string]string, notes int) (class, text string) {
	class, text = mended, fmt.Sprint(notes, " notes")
	if notes == 0 {
		class = unnoticed
	}
	for name, content := range want {
		switch got := have[name]; {
		case got == content:
		case strings.HasPrefix(got, errorMark+" corrupt:"):
			class, text = named, name+": "+got
		case strings.HasPrefix(name, "slip") && strings.HasPrefix(have["transfer"+name[4:]], errorMark+" corrupt:"):
		case strings.HasPrefix(got, errorMark):
			return vague, name + ": " + got
		default:
			return silent, fmt.Sprintf("%s: was %s, is %s", name, content, got)
		}
	}
	if len(have) > len(want) {
		return silent, fmt.Sprintf("%d things, were %d", len(have), len(want))
	}
	return class, text
}

func judge(err error) (class, text string) {
	var e *data.Error
	switch {
	case !errors.As(err, &e):
		return vague, err.Error()
	case e.Kind == data.Corrupt:
		return refused, err.Error()
	case strings.HasSuffix(e.Message.Key, ".newer"):
		return newer, err.Error()
	}
	return vague, err.Error()
}

// flipChild tries flips from..to and prints a verdict after each. A panic in one of Badger's goroutines ends it: then the parent
// knows which flip it was.
func flipChild(args []string) error {
	ctx := context.Background()
	whole, err := readTree(args[0])
	if err != nil {
		return err
	}
	var numbers [3]int // seed, from, to
	for i := range numbers {
		if numbers[i], err = strconv.Atoi(args[3+i]); err != nil {
			return err
		}
	}
	o := opening(args[1], args[2])
	if err := whole.write(o.Dir); err != nil {
		return err
	}
	b, err := trial.Open(ctx, o)
	if err != nil {
		return err
	}
	want := contents(ctx, b, flipTransfers)
	if err := b.Close(); err != nil {
		return err
	}
	if b.Warnings > 0 || b.How != "as it was" {
		return fmt.Errorf("the whole store opens with %d notes, %s", b.Warnings, b.How)
	}
	for n := numbers[1]; n < numbers[2]; n++ {
		v := verdict{N: n, Flip: whole.flip(uint64(numbers[0]), n)}
		v.Class, v.Text = tryFlip(ctx, o, whole, v.Flip, want)
		if err := json.NewEncoder(os.Stdout).Encode(v); err != nil {
			return err
		}
	}
	return nil
}

// TestFlips flips single bits over all files of a filled, closed store (WARDBOOK_FLIPS of them): each is an error that names
// what is damaged, or everything reads exactly as before. Never other content without a word, never the end of the process.
func TestFlips(t *testing.T) {
	flips, seed := 150, 1
	if n, err := strconv.Atoi(os.Getenv("WARDBOOK_FLIPS")); err == nil {
		flips = n
	}
	if n, err := strconv.Atoi(os.Getenv("WARDBOOK_SEED")); err == nil {
		seed = n
	}
	home := t.TempDir()
	pristine, key := filepath.Join(home, "pristine"), filepath.Join(home, "key")
	if err := fill(t.Context(), opening(pristine, key), flipTransfers, true); err != nil {
		t.Fatal(err)
	}
	whole, err := readTree(pristine)
	if err != nil {
		t.Fatal(err)
	}
	unreadable(t, pristine, flipTransfers)
	t.Logf("%d files of %d bytes", len(whole.names), whole.bytes)
	results := make(chan verdict)
	const children = 2
	for c := range children {
		from, to := c*flips/children, (c+1)*flips/children
		go runFlips(t, whole, []string{pristine, filepath.Join(home, strconv.Itoa(c)), key, strconv.Itoa(seed)}, uint64(seed), from, to, results)
	}
	count, kinds := map[string]int{}, map[string]int{}
	for range flips {
		v := <-results
		count[v.Class]++
		kinds[fileKind(v.Flip.File)]++
		inJournal := strings.HasPrefix(v.Flip.File, "journal")
		switch {
		case v.Class == refused, v.Class == named, v.Class == mended:
		case v.Class == unnoticed && inJournal:
			// In an entry's own hash, which only the chain needs: what the entry says is the same, and Verify has named it.
		default:
			t.Errorf("flip %d, bit %d of byte %d of %s: %s: %s", v.N, v.Flip.Bit, v.Flip.Offset, v.Flip.File, v.Class, clip(v.Text))
		}
	}
	t.Logf("%d flips: %v, in %v", flips, count, kinds)
}

// runFlips has children try flips; one that dies counts as that flip's verdict, and the next goes on behind it.
func runFlips(t *testing.T, whole *tree, args []string, seed uint64, from, to int, results chan<- verdict) {
	for from < to {
		child := exec.Command(os.Args[0], append(append([]string{"flips"}, args...), strconv.Itoa(from), strconv.Itoa(to))...)
		var last bytes.Buffer
		child.Stderr = &last
		out, err := child.StdoutPipe()
		if err == nil {
			err = child.Start()
		}
		if err != nil {
			t.Error(err)
		}
		for lines := bufio.NewScanner(out); lines.Scan(); from++ {
			var v verdict
			if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
				t.Error(err)
			}
			results <- v
		}
		if err := child.Wait(); from < to {
			results <- verdict{from, whole.flip(seed, from), died, fmt.Sprint(err, ": ", last.String())}
			from++
		}
	}
}

// fileKind is what the file of a path is, for counting.
func fileKind(name string) string {
	if dir, _, nested := strings.Cut(name, string(filepath.Separator)); nested {
		if ext := filepath.Ext(name); dir == "state" && ext != "" {
			return "state/*" + ext
		}
		return dir
	}
	return strings.TrimSuffix(name, ".bak")
}

func clip(s string) string { return s[:min(len(s), 600)] }
