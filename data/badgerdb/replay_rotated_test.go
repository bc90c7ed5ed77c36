package badgerdb_test

import (
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"wardbook/data"
)

// TestOlderHospitalUnderNewerState: key files, journal and head of before a change of the master key, put under the state of
// after it. The state names a key that the key file does not know: it is of a later time, so the rest is not rebuilt from.
func TestOlderHospitalUnderNewerState(t *testing.T) {
	const transfers = 60
	home := t.TempDir()
	o := opening(filepath.Join(home, "d"), filepath.Join(home, "key"))
	if err := fill(t.Context(), o, transfers, false); err != nil {
		t.Fatal(err)
	}
	old, err := readTree(o.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := fill(t.Context(), o, transfers, true); err != nil {
		t.Fatal(err)
	}
	now, err := readTree(o.Dir)
	if err != nil {
		t.Fatal(err)
	}
	changed := &tree{files: maps.Clone(old.files)}
	maps.DeleteFunc(changed.files, func(name string, _ []byte) bool { return strings.HasPrefix(name, "state") })
	for name, content := range now.files {
		if strings.HasPrefix(name, "state") {
			changed.files[name] = content
		}
	}
	if err := changed.write(o.Dir); err != nil {
		t.Fatal(err)
	}
	if err := readAll(t.Context(), o, transfers); !data.Is(err, data.Corrupt) {
		t.Errorf("%d of %d transfers are gone, and the store opens without a word of it: %v", transfers, 2*transfers, err)
	}
}
