package disk

import (
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// sector is the unit in which a disk keeps or loses what was not flushed.
const sector = 512

// Mem is a disk in memory, for tests and for a hospital that is thrown away. It knows what was flushed and what was
// not, so Crash can show what a power cut would have left.
type Mem struct {
	// Fault, when set, is asked before every operation that changes or flushes something; an error it gives is the
	// operation's. op is one of create write truncate sync rename remove syncdir. It is called under Mem's lock and
	// must not call back. A "write" that it fails may have been done in part: the first half is written.
	Fault func(op, name string) error

	mu    sync.Mutex
	live  map[string]*memNode // what a running program sees
	kept  map[string]*memNode // the names that are durable
	dirs  map[string]bool
	space uint64 // bytes free; counted down by growth
}

type memNode struct {
	content []byte
	synced  []byte
	// dirty are the sectors written since the last Sync.
	dirty map[int64]bool
}

var _ FS = (*Mem)(nil)

// NewMem makes an empty disk with plenty of space.
func NewMem() *Mem {
	return &Mem{live: map[string]*memNode{}, kept: map[string]*memNode{}, dirs: map[string]bool{}, space: 1 << 50}
}

// SetFree sets the space left, in bytes; writing beyond it answers ENOSPC.
func (m *Mem) SetFree(bytes uint64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.space = bytes
}

// Crash gives a copy of the disk as a power cut at this moment might have left it: of every file the flushed content,
// and of the sectors and lengths written since a random part, chosen by rnd. Names that were not made durable by SyncDir
// are lost, or kept, at random.
func (m *Mem) Crash(rnd *rand.Rand) *Mem {
	m.mu.Lock()
	defer m.mu.Unlock()
	after := NewMem()
	for d := range m.dirs {
		after.dirs[d] = true
	}
	for _, name := range sortedNames(m.live, m.kept) {
		node := m.kept[name]
		if now := m.live[name]; now != node && rnd.IntN(2) == 0 {
			node = now
		}
		if node != nil {
			content := node.afterCut(rnd)
			survivor := &memNode{content: content, synced: slices.Clone(content), dirty: map[int64]bool{}}
			after.live[name], after.kept[name] = survivor, survivor
		}
	}
	return after
}

// flush brings synced up to content, copying only what changed: files are preallocated, and syncs are many.
func (n *memNode) flush() {
	size := len(n.content)
	if size < len(n.synced) {
		n.synced = n.synced[:size]
	}
	n.synced = append(n.synced, make([]byte, size-len(n.synced))...)
	for s := range n.dirty {
		from, to := int(s*sector), min(int((s+1)*sector), size)
		if from < to {
			copy(n.synced[from:to], n.content[from:to])
		}
	}
	clear(n.dirty)
}

// markFrom notes that everything from an offset on differs from what was flushed.
func (n *memNode) markFrom(off int64) {
	for s := off / sector; s*sector < int64(len(n.synced)); s++ {
		n.dirty[s] = true
	}
}

func (n *memNode) afterCut(rnd *rand.Rand) []byte {
	content := slices.Clone(n.synced)
	if rnd.IntN(2) == 0 && len(n.content) != len(content) {
		content = append(content, make([]byte, max(0, len(n.content)-len(content)))...)[:len(n.content)]
	}
	sectors := make([]int64, 0, len(n.dirty))
	for s := range n.dirty {
		sectors = append(sectors, s)
	}
	slices.Sort(sectors)
	for _, s := range sectors {
		from, to := s*sector, min((s+1)*sector, int64(len(n.content)), int64(len(content)))
		if rnd.IntN(2) == 0 && from < to {
			copy(content[from:to], n.content[from:to])
		}
	}
	return content
}

func sortedNames(maps ...map[string]*memNode) []string {
	var names []string
	for _, m := range maps {
		for name := range m {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (m *Mem) fault(op, name string) error {
	if m.Fault == nil {
		return nil
	}
	if err := m.Fault(op, name); err != nil {
		return &fs.PathError{Op: op, Path: name, Err: err}
	}
	return nil
}

// OpenFile opens or makes a file in memory. Folders need not exist.
func (m *Mem) OpenFile(name string, flag int, _ fs.FileMode) (File, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	name = filepath.Clean(name)
	node := m.live[name]
	switch {
	case node == nil && flag&os.O_CREATE == 0:
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	case node != nil && flag&os.O_EXCL != 0:
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrExist}
	case node == nil:
		if err := m.fault("create", name); err != nil {
			return nil, err
		}
		node = &memNode{dirty: map[int64]bool{}}
		m.live[name] = node
	case flag&os.O_TRUNC != 0:
		if err := m.fault("truncate", name); err != nil {
			return nil, err
		}
		m.space += uint64(len(node.content))
		node.content = nil
		node.markFrom(0)
	}
	return &memFile{disk: m, name: name, node: node, write: flag&(os.O_RDWR|os.O_WRONLY) != 0}, nil
}

// Rename moves a file; the new name is durable after SyncDir.
func (m *Mem) Rename(oldName, newName string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	oldName, newName = filepath.Clean(oldName), filepath.Clean(newName)
	if err := m.fault("rename", newName); err != nil {
		return err
	}
	moved := false
	for name, node := range m.live {
		if name == oldName || strings.HasPrefix(name, oldName+string(filepath.Separator)) {
			delete(m.live, name)
			m.live[newName+strings.TrimPrefix(name, oldName)] = node
			moved = true
		}
	}
	if !moved {
		return &fs.PathError{Op: "rename", Path: oldName, Err: fs.ErrNotExist}
	}
	return nil
}

// Remove takes a name away; the removal is durable after SyncDir.
func (m *Mem) Remove(name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	name = filepath.Clean(name)
	if err := m.fault("remove", name); err != nil {
		return err
	}
	node := m.live[name]
	if node == nil {
		if m.dirs[name] {
			delete(m.dirs, name)
			return nil
		}
		return &fs.PathError{Op: "remove", Path: name, Err: fs.ErrNotExist}
	}
	m.space += uint64(len(node.content))
	delete(m.live, name)
	return nil
}

// ReadDir names the files and folders directly in a folder.
func (m *Mem) ReadDir(name string) ([]fs.DirEntry, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	name = filepath.Clean(name)
	seen := map[string]fs.DirEntry{}
	within := func(path string, size int64, dir bool) {
		rest, ok := strings.CutPrefix(path, name+string(filepath.Separator))
		if !ok || rest == "" {
			return
		}
		first, _, deeper := strings.Cut(rest, string(filepath.Separator))
		seen[first] = fs.FileInfoToDirEntry(memInfo{name: first, size: size, dir: dir || deeper})
	}
	for d := range m.dirs {
		within(d, 0, true)
	}
	for path, node := range m.live {
		within(path, int64(len(node.content)), false)
	}
	if len(seen) == 0 && !m.dirs[name] {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	entries := make([]fs.DirEntry, 0, len(seen))
	for _, e := range seen {
		entries = append(entries, e)
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// Stat tells of a file or folder.
func (m *Mem) Stat(name string) (fs.FileInfo, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	name = filepath.Clean(name)
	if node := m.live[name]; node != nil {
		return memInfo{name: filepath.Base(name), size: int64(len(node.content))}, nil
	}
	if m.dirs[name] {
		return memInfo{name: filepath.Base(name), dir: true}, nil
	}
	return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
}

// MkdirAll makes folders; they are durable at once.
func (m *Mem) MkdirAll(name string, _ fs.FileMode) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for name = filepath.Clean(name); name != "." && name != string(filepath.Separator); name = filepath.Dir(name) {
		m.dirs[name] = true
	}
	return nil
}

// SyncDir makes the names directly in a folder durable.
func (m *Mem) SyncDir(name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	name = filepath.Clean(name)
	if err := m.fault("syncdir", name); err != nil {
		return err
	}
	for path := range m.kept {
		if filepath.Dir(path) == name && m.live[path] == nil {
			delete(m.kept, path)
		}
	}
	for path, node := range m.live {
		if filepath.Dir(path) == name {
			m.kept[path] = node
		}
	}
	return nil
}

// Free tells the space left.
func (m *Mem) Free(string) (uint64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.space, nil
}

type memFile struct {
	disk  *Mem
	name  string
	node  *memNode
	write bool
}

func (f *memFile) ReadAt(p []byte, off int64) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if off >= int64(len(f.node.content)) {
		return 0, io.EOF
	}
	n := copy(p, f.node.content[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (f *memFile) WriteAt(p []byte, off int64) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if !f.write {
		return 0, &fs.PathError{Op: "write", Path: f.name, Err: fs.ErrPermission}
	}
	fault := f.disk.fault("write", f.name)
	if fault != nil {
		p = p[:len(p)/2]
	}
	end := off + int64(len(p))
	if grown := end - int64(len(f.node.content)); grown > 0 {
		if uint64(grown) > f.disk.space {
			return 0, &fs.PathError{Op: "write", Path: f.name, Err: syscall.ENOSPC}
		}
		f.disk.space -= uint64(grown)
		f.node.content = append(f.node.content, make([]byte, grown)...)
	}
	copy(f.node.content[off:], p)
	for s := off / sector; s*sector < end; s++ {
		f.node.dirty[s] = true
	}
	return len(p), fault
}

func (f *memFile) Truncate(size int64) error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if err := f.disk.fault("truncate", f.name); err != nil {
		return err
	}
	old := int64(len(f.node.content))
	if size <= old {
		f.disk.space += uint64(old - size)
		f.node.content = f.node.content[:size:size]
		f.node.markFrom(size)
		return nil
	}
	if uint64(size-old) > f.disk.space {
		return &fs.PathError{Op: "truncate", Path: f.name, Err: syscall.ENOSPC}
	}
	f.disk.space -= uint64(size - old)
	f.node.content = append(f.node.content, make([]byte, size-old)...)
	return nil
}

func (f *memFile) Sync() error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if err := f.disk.fault("sync", f.name); err != nil {
		return err
	}
	f.node.flush()
	return nil
}

func (f *memFile) SyncData() error { return f.Sync() }

func (f *memFile) Size() (int64, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	return int64(len(f.node.content)), nil
}

func (f *memFile) Close() error { return nil }

type memInfo struct {
	name string
	size int64
	dir  bool
}

func (i memInfo) Name() string       { return i.name }
func (i memInfo) Size() int64        { return i.size }
func (i memInfo) IsDir() bool        { return i.dir }
func (i memInfo) ModTime() time.Time { return time.Time{} }
func (i memInfo) Sys() any           { return nil }
func (i memInfo) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | DirPerm
	}
	return FilePerm
}
