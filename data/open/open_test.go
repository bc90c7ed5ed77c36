package open_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"wardbook/data"
	"wardbook/data/blob"
	"wardbook/data/open"
)

const password = "violet-anchor-cabin-thimble"

// folder is a real one, whose state can't be probed: a second store would take it for broken and rebuild it under the first.
func folder(t *testing.T) open.Folder {
	t.Helper()
	schema, err := data.NewSchema()
	if err != nil {
		t.Fatal(err)
	}
	return open.Folder{Dir: t.TempDir(), Schema: schema, Log: slog.New(slog.DiscardHandler), Now: time.Now}
}

func write(t *testing.T, s data.Store) {
	t.Helper()
	cause := data.Cause{Operation: uuid.New(), Who: "ada", Workstation: "desk", Action: "test"}
	if _, err := s.Update(t.Context(), cause, func(data.Tx) error { return nil }); err != nil {
		t.Fatal(err)
	}
}

// TestABookThatIsOpenIsNotOpenedTwice: two stores on one journal destroy it, as the recovery key once did at the sign-in of an open hospital.
func TestABookThatIsOpenIsNotOpenedTwice(t *testing.T) {
	f := folder(t)
	store, keys, recovery, err := f.Create(t.Context(), "ada", password, nil)
	if err != nil {
		t.Fatal(err)
	}
	write(t, store)
	for name, again := range map[string]func() error{
		"password": func() error { _, _, err := f.Unlock(t.Context(), "ada", password, nil); return err },
		"recovery": func() error { _, _, err := f.UnlockRecovery(t.Context(), recovery, nil); return err },
	} {
		if err := again(); !data.Is(err, data.Unavailable) {
			t.Errorf("by %s: %v", name, err)
		}
	}
	if err := f.CheckRecovery(t.Context(), recovery); err != nil {
		t.Errorf("the key can be checked all the same: %v", err)
	}
	write(t, store)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if err := keys.Close(); err != nil {
		t.Fatal(err)
	}
	store, keys, err = f.UnlockRecovery(context.Background(), recovery, nil)
	if err != nil {
		t.Fatalf("after it was closed: %v", err)
	}
	write(t, store)
	if err := store.Close(); err != nil {
		t.Error(err)
	}
	if err := keys.Close(); err != nil {
		t.Error(err)
	}
}

// TestWhoWasRemovedCannotReadWhatIsWrittenAfterwards: the removed person may have kept the keys of what lay there. The open book therefore goes on in a
// new segment under a new one, at once and not only after the next start.
func TestWhoWasRemovedCannotReadWhatIsWrittenAfterwards(t *testing.T) {
	f := folder(t)
	store, keys, _, err := f.Create(t.Context(), "ada", password, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(store.Close(), keys.Close()); err != nil {
			t.Error(err)
		}
	})
	segments := func() int {
		all, err := filepath.Glob(filepath.Join(f.Dir, "journal", "*"))
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	newest := func() uint64 {
		id, ok := keys.Newest(blob.KeyPurpose)
		epoch, known := keys.KeyEpoch(id)
		if !ok || !known {
			t.Fatal("no key for attachments")
		}
		return epoch
	}
	if err := keys.Add("eve", password); err != nil {
		t.Fatal(err)
	}
	write(t, store)
	for what, change := range map[string]func() error{
		"a removal":          func() error { return keys.Remove("eve") },
		"a new recovery key": func() error { _, err := keys.NewRecovery(); return err },
	} {
		before := segments()
		if err := change(); err != nil {
			t.Fatal(err)
		}
		write(t, store)
		if segments() != before+1 || newest() != keys.Epoch() {
			t.Errorf("after %s: %d segments, %d before; attachments under epoch %d of %d", what, segments(), before, newest(), keys.Epoch())
		}
	}
}

// TestARemovalCountsThoughTheBookCannotBeRekeyed: the next opening makes up for it.
func TestARemovalCountsThoughTheBookCannotBeRekeyed(t *testing.T) {
	f := folder(t)
	store, keys, _, err := f.Create(t.Context(), "ada", password, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(keys.Add("eve", password), store.Close()); err != nil {
		t.Fatal(err)
	}
	if err := keys.Remove("eve"); err != nil || keys.Has("eve") {
		t.Errorf("%v", err)
	}
	if err := keys.Close(); err != nil {
		t.Error(err)
	}
}

// names gives what lies in a folder.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

// TestSettingUpCanBeTriedAgain: what a failed try began is taken away, and nothing that was there before.
func TestSettingUpCanBeTriedAgain(t *testing.T) {
	f := folder(t)
	before := []string{"blobs", "papers"}
	for _, name := range before {
		if err := os.WriteFile(filepath.Join(f.Dir, name), []byte("somebody's"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, _, err := f.Create(t.Context(), "ada", password, nil); err == nil {
		t.Fatal("created over a file")
	}
	if left := names(t, f.Dir); !slices.Equal(left, before) {
		t.Errorf("left behind: %v", left)
	}
	if err := os.Remove(filepath.Join(f.Dir, "blobs")); err != nil {
		t.Fatal(err)
	}
	store, keys, _, err := f.Create(t.Context(), "ada", password, nil)
	if err != nil {
		t.Fatalf("tried again: %v", err)
	}
	if _, _, _, err := f.Create(t.Context(), "eve", password, nil); err == nil {
		t.Error("a hospital was created over another")
	}
	write(t, store)
	if err := errors.Join(store.Close(), keys.Close()); err != nil {
		t.Fatal(err)
	}
	there := names(t, f.Dir)
	if _, _, _, err := f.Create(t.Context(), "eve", password, nil); !data.Is(err, data.Conflict) || !slices.Equal(names(t, f.Dir), there) {
		t.Errorf("created over another: %v, left are %v", err, names(t, f.Dir))
	}
}

// TestAHospitalThatCouldNotBeFilledIsTakenBack, one in which somebody has written is not.
func TestAHospitalThatCouldNotBeFilledIsTakenBack(t *testing.T) {
	f := folder(t)
	store, keys, _, err := f.Create(t.Context(), "ada", password, nil)
	if err != nil {
		t.Fatal(err)
	}
	setUp := data.Cause{Operation: uuid.New(), Who: data.System, Workstation: "desk", Action: "set up"}
	if _, err := store.Update(t.Context(), setUp, func(data.Tx) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if err := keys.Discard(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left := names(t, f.Dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	again, keys, _, err := f.Create(t.Context(), "ada", password, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil { // of the one that was taken back: it must not let the new one go
		t.Error(err)
	}
	if _, _, err := f.Unlock(t.Context(), "ada", password, nil); !data.Is(err, data.Unavailable) {
		t.Errorf("opened twice: %v", err)
	}
	write(t, again)
	if err := keys.Discard(t.Context()); !data.Is(err, data.Conflict) {
		t.Errorf("with an entry of somebody's: %v", err)
	}
	write(t, again)
	if err := errors.Join(again.Close(), keys.Close()); err != nil {
		t.Fatal(err)
	}
	opened, keys, err := f.Unlock(t.Context(), "ada", password, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := keys.Discard(t.Context()); !data.Is(err, data.Conflict) {
		t.Errorf("one that was opened: %v", err)
	}
	if err := errors.Join(opened.Close(), keys.Close()); err != nil {
		t.Error(err)
	}
}
