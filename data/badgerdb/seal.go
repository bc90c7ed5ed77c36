package badgerdb

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"wardbook/data"
	"wardbook/data/disk"
)

// The seal is a sealed list of the state's files as they were when it was closed, with their hashes. A state that agrees
// with its seal can be opened without fear; one that does not was not closed in order, or somebody or something changed it,
// and is tried in a child process or rebuilt. The seal is taken away before Badger opens the state.
const sealName = "state.seal"

type sealedFile struct {
	Name string   `cbor:"1,keyasint"`
	Size int64    `cbor:"2,keyasint"`
	Hash [32]byte `cbor:"3,keyasint"`
}

type seal struct {
	Files []sealedFile `cbor:"1,keyasint"`
}

// sealAAD binds a seal to its purpose; the key is the state's own.
var sealAAD = []byte("wardbook state seal v1")

// hashes remembers what an immutable file's content was.
type hashes map[string]sealedFile

// listState hashes the state's files. Files that known has with the same size are tables, which Badger never changes.
func listState(dir string, known hashes) ([]sealedFile, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var files []sealedFile
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			return nil, err
		}
		if e.IsDir() || e.Name() == "LOCK" {
			continue
		}
		files = append(files, sealedFile{Name: e.Name(), Size: info.Size()})
	}
	return files, hashAll(dir, files, known)
}

// hashAll fills in the hashes, on all cores.
func hashAll(dir string, files []sealedFile, known hashes) error {
	next := make(chan int)
	failed := make([]error, runtime.GOMAXPROCS(0))
	var workers sync.WaitGroup
	for w := range failed {
		workers.Go(func() {
			for i := range next {
				f := &files[i]
				if k, ok := known[f.Name]; ok && k.Size == f.Size && strings.HasSuffix(f.Name, ".sst") {
					f.Hash = k.Hash
				} else if failed[w] == nil {
					f.Hash, failed[w] = hashFile(filepath.Join(dir, f.Name))
				}
			}
		})
	}
	for i := range files {
		next <- i
	}
	close(next)
	workers.Wait()
	return errors.Join(failed...)
}

func hashFile(name string) (sum [32]byte, err error) {
	f, err := os.Open(name)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.CopyBuffer(h, f, make([]byte, 256<<10)); err != nil {
		return sum, err
	}
	h.Sum(sum[:0])
	return sum, nil
}

// sealState writes the seal of a state that was closed.
func (s *Store) sealState(st *state, known hashes) error {
	files, err := listState(s.stateDir(), known)
	if err != nil {
		return err
	}
	plain, err := data.Marshal(seal{Files: files})
	if err != nil {
		return err
	}
	return disk.WriteAtomic(s.o.FS, filepath.Join(s.o.Dir, sealName), st.seal(sealAAD, plain))
}

// maxSeal bounds a seal's size when read.
const maxSeal = 64 << 20

var errSeal = errors.New("the state is not as it was closed")

// checkSeal tells whether the state is exactly what was closed, and remembers its files' hashes. An error says why not; nil hashes
// and nil error: there is no seal.
func (s *Store) checkSeal(key []byte) (hashes, error) {
	name := filepath.Join(s.o.Dir, sealName)
	sealed, err := disk.ReadAll(s.o.FS, name, maxSeal)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	_, values, err := stateKeys(key)
	if err != nil {
		return nil, err
	}
	plain, err := (&state{aead: values, schema: s.o.Schema}).open(sealAAD, sealed)
	if err != nil {
		return nil, fmt.Errorf("%w: the seal is damaged", errSeal)
	}
	var want seal
	if err := data.Unmarshal(plain, &want); err != nil {
		return nil, fmt.Errorf("%w: %w", errSeal, err)
	}
	files, err := listState(s.stateDir(), nil)
	if err != nil {
		return nil, err
	}
	return compareSeal(want.Files, files)
}

func compareSeal(want, have []sealedFile) (hashes, error) {
	known := hashes{}
	for _, f := range have {
		known[f.Name] = f
	}
	for _, w := range want {
		if known[w.Name] != w {
			return nil, fmt.Errorf("%w: %s differs", errSeal, w.Name)
		}
	}
	if len(want) != len(have) {
		return nil, fmt.Errorf("%w: %d files in place of %d", errSeal, len(have), len(want))
	}
	return known, nil
}

// breakSeal takes the seal away, durably, before the state may change.
func (s *Store) breakSeal() error {
	err := s.o.FS.Remove(filepath.Join(s.o.Dir, sealName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.o.FS.SyncDir(s.o.Dir)
}
