package badgerdb_test

import (
	"context"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"wardbook/data"
	"wardbook/data/crash/trial"
)

// TestReplays puts older or fewer files in the place of those that were closed: each is an error that says what is wrong, when the
// store is opened or when what is missing is read.
func TestReplays(t *testing.T) {
	const transfers = 120
	home := t.TempDir()
	o := opening(filepath.Join(home, "d"), filepath.Join(home, "key"))
	if err := fill(t.Context(), o, transfers, false); err != nil {
		t.Fatal(err)
	}
	old, err := readTree(o.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := fill(t.Context(), o, transfers, false); err != nil {
		t.Fatal(err)
	}
	now, err := readTree(o.Dir)
	if err != nil {
		t.Fatal(err)
	}
	var segments []string
	for _, name := range now.names {
		if strings.HasPrefix(name, "journal") {
			segments = append(segments, name)
		}
	}
	first, middle, last := segments[0], segments[len(segments)/2], segments[len(segments)-1]
	inPlace := func(prefixes ...string) func(map[string][]byte) {
		return func(files map[string][]byte) {
			for _, p := range prefixes {
				maps.DeleteFunc(files, func(name string, _ []byte) bool { return strings.HasPrefix(name, p) })
				for name, content := range old.files {
					if strings.HasPrefix(name, p) {
						files[name] = content
					}
				}
			}
		}
	}
	remove := func(names ...string) func(map[string][]byte) {
		return func(files map[string][]byte) {
			for _, name := range names {
				delete(files, name)
			}
		}
	}
	for name, c := range map[string]struct {
		change func(files map[string][]byte)
		opens  bool   // it opens, and says what is wrong where it is read and in its notes
		says   string // in the error
	}{
		"first segment removed":                      {remove(first), true, filepath.Base(first)},
		"middle segment removed":                     {remove(middle), true, filepath.Base(middle)},
		"last segment removed":                       {remove(last), false, "missing"},
		"last segment cut before the checkpoint":     {func(f map[string][]byte) { f[last] = f[last][:len(f[last])-10] }, false, "Entr"},
		"middle segment cut":                         {func(f map[string][]byte) { f[middle] = f[middle][:len(f[middle])/2] }, true, ""},
		"older journal":                              {inPlace("journal", "head"), false, "an older copy was put in its place"},
		"older journal, newer head":                  {inPlace("journal"), false, "missing"},
		"older head, newer journal":                  {inPlace("head"), false, "after the end of a journal"},
		"both heads removed":                         {remove("head", "head.bak"), false, "head and head.bak"},
		"older slots":                                {inPlace("slots"), false, "key file on this computer is older"},
		"older journal and slots":                    {inPlace("journal", "head", "slots"), false, "an older copy was put in its place"},
		"older journal under a state without a seal": {func(f map[string][]byte) { inPlace("journal", "head")(f); delete(f, "state.seal") }, false, "an older copy was put in its place"},
	} {
		t.Run(name, func(t *testing.T) {
			changed := &tree{files: maps.Clone(now.files)}
			c.change(changed.files)
			if maps.EqualFunc(changed.files, now.files, func(a, b []byte) bool { return string(a) == string(b) }) {
				t.Fatal("nothing was changed")
			}
			if err := changed.write(o.Dir); err != nil {
				t.Fatal(err)
			}
			err := readAll(t.Context(), o, 2*transfers)
			if !data.Is(err, data.Corrupt) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("want a Corrupt that says %q, got %v", c.says, err)
			}
		})
	}
	for name, change := range map[string]func(files map[string][]byte){
		"one head removed":        remove("head"),
		"one slots removed":       remove("slots"),
		"older state":             inPlace("state"),
		"older state, newer seal": inPlace("state" + string(filepath.Separator)),
		"state removed": func(f map[string][]byte) {
			maps.DeleteFunc(f, func(n string, _ []byte) bool { return strings.HasPrefix(n, "state") })
		},
		"one older slots": func(f map[string][]byte) { f["slots"] = old.files["slots"] },
		"one older head":  func(f map[string][]byte) { f["head"] = old.files["head"] },
	} {
		t.Run(name+" is mended", func(t *testing.T) {
			changed := &tree{files: maps.Clone(now.files)}
			change(changed.files)
			if err := changed.write(o.Dir); err != nil {
				t.Fatal(err)
			}
			n, how, err := trial.Examine(t.Context(), o, 2*transfers)
			if err != nil || n != 2*transfers {
				t.Errorf("%d transfers, state %s: %v", n, how, err)
			}
		})
	}
}

// readAll opens a store and answers the first error that reading everything gives.
func readAll(ctx context.Context, o trial.Opening, transfers uint64) error {
	b, err := trial.Open(ctx, o)
	if err != nil {
		return err
	}
	defer b.Close()
	_, err = trial.Check(ctx, b.Store, b.Tables, transfers)
	return err
}
