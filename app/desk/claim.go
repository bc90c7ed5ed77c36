package desk

import (
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/gofrs/flock"
)

// The files in the data folder by which two programs on it find each other. Nothing listens on a network.
const (
	lockFile   = "lock"     // locked by the holder as long as it lives; the system lets go when it dies
	holderFile = "instance" // who holds it, for people
	showFile   = "show"     // put there by a second start: come to the front; taken away by the holder when it has
)

// Patience is how long a second start waits for the first to come to the front.
const Patience = 2 * time.Second

// Holder is who holds a data folder.
type Holder struct {
	PID   int       `json:"pid"`
	Host  string    `json:"host"`
	Since time.Time `json:"since"`
}

// Claim is the sole right to work on a data folder, until Release.
type Claim struct {
	folder  string
	lock    *flock.Flock
	watcher *fsnotify.Watcher
	shows   chan func()
	stopped chan struct{}
}

// Take claims a prepared folder. Where another program holds it the error is a *Held. Trouble after the lock is held
// only costs comfort, so it goes to the log and the claim stands.
func Take(folder string, now time.Time) (*Claim, error) {
	lock := flock.New(filepath.Join(folder, lockFile), flock.SetPermissions(privateFile))
	locked, err := lock.TryLock()
	if err != nil {
		return nil, refuse(folder, err)
	}
	if !locked {
		return nil, &Held{folder: folder, Holder: readHolder(folder)}
	}
	c := &Claim{folder: folder, lock: lock, shows: make(chan func()), stopped: make(chan struct{})}
	c.announce(now)
	c.watch()
	return c, nil
}

// Shows gives one value each time a second start asks this program to come to the front. Whoever receives it brings its
// window forward and then calls the function, which tells the second start that it has happened.
func (c *Claim) Shows() <-chan func() { return c.shows }

// Release gives the folder free.
func (c *Claim) Release() error {
	close(c.stopped)
	var err error
	if c.watcher != nil {
		err = c.watcher.Close()
	}
	return errors.Join(err, removeIfThere(filepath.Join(c.folder, holderFile)), c.lock.Close())
}

func (c *Claim) announce(now time.Time) {
	host, err := os.Hostname()
	if err != nil {
		host = "this computer"
	}
	content, err := json.Marshal(Holder{PID: os.Getpid(), Host: host, Since: now.UTC().Truncate(time.Second)})
	if err == nil {
		err = replace(filepath.Join(c.folder, holderFile), content)
	}
	if err != nil {
		slog.Warn("a second start will not be able to say who holds the folder", "cause", err)
	}
}

func (c *Claim) watch() {
	// What a start before this one left unanswered is nobody's question any more.
	err := removeIfThere(filepath.Join(c.folder, showFile))
	if err == nil {
		c.watcher, err = fsnotify.NewWatcher()
	}
	if err == nil {
		err = c.watcher.Add(c.folder)
	}
	if err != nil {
		slog.Warn("a second start will not be able to bring this one forward", "cause", err)
		return
	}
	go c.listen()
}

func (c *Claim) listen() {
	show := filepath.Join(c.folder, showFile)
	for {
		select {
		case event, open := <-c.watcher.Events:
			if !open {
				return
			}
			if filepath.Base(event.Name) == showFile && event.Has(fsnotify.Create) {
				c.offer(show)
			}
		case err, open := <-c.watcher.Errors:
			if !open {
				return
			}
			slog.Warn("watching the data folder", "cause", err)
		}
	}
}

// offer hands the request up and drops it where nobody takes it in the time the other side waits.
func (c *Claim) offer(show string) {
	answer := func() {
		if err := removeIfThere(show); err != nil {
			slog.Warn("answering a second start", "cause", err)
		}
	}
	select {
	case c.shows <- answer:
	case <-c.stopped:
	case <-time.After(Patience):
	}
}

// replace puts content in place of name in one step. It need not survive a power cut: the lock doesn't either.
func replace(name string, content []byte) error {
	fresh, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return err
	}
	_, err = fresh.Write(content)
	if err = errors.Join(err, fresh.Close()); err == nil {
		err = os.Rename(fresh.Name(), name)
	}
	if err != nil {
		return errors.Join(err, removeIfThere(fresh.Name()))
	}
	return nil
}

func removeIfThere(name string) error {
	if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
