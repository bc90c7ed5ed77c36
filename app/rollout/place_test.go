package rollout_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/app/cli"
	"wardbook/app/desk"
	"wardbook/app/hospital"
	"wardbook/app/rollout"
	"wardbook/data"
	"wardbook/data/badgerdb"
	"wardbook/data/storetest"
)

// Secrets of the tests: none of them may ever come out of the program.
const (
	adminPassword = "violet-anchor-museum-pilot"
	firstPassword = "copper-lantern-orbit-saddle"
	ownPassword   = "gravel-tulip-window-banjo"
	recoveryKey   = "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE-FFFFF-GGGGG-HHHHH"
)

// place is a computer that a hospital is rolled out to. The book is kept in memory between commands, as the disk would keep it.
type place struct {
	t      *testing.T
	dir    string // for files of passwords and keys
	folder string // of the hospital
	book   *book
	clock  *accesstest.Clock
}

func newPlace(t *testing.T) *place {
	t.Helper()
	p := &place{t: t, dir: t.TempDir(), clock: accesstest.NewClock(time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC))}
	p.folder = filepath.Join(p.dir, "hospital")
	p.book = &book{t: t, folder: p.folder, clock: p.clock, keys: accesstest.NewKeys()}
	p.file("admin", adminPassword)
	p.file("first", firstPassword)
	p.file("own", ownPassword)
	p.file("wrong", "another-password-altogether")
	return p
}

// path is where a file of the test lies.
func (p *place) path(name string) string { return filepath.Join(p.dir, name) }

func (p *place) file(name, line string) {
	p.t.Helper()
	if err := os.WriteFile(p.path(name), []byte(line+"\n"), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

func (p *place) read(name string) string {
	p.t.Helper()
	content, err := os.ReadFile(p.path(name))
	if err != nil {
		p.t.Fatal(err)
	}
	return strings.TrimSuffix(string(content), "\n")
}

func (p *place) open(folder string) (*hospital.Hospital, error) {
	schema, err := hospital.Schema()
	if err != nil {
		return nil, err
	}
	return hospital.New(hospital.Options{Book: p.book, Tries: desk.Tries{Folder: folder}, Schema: schema, Now: p.clock.Now, Workstation: "desk 1",
		Log: slog.Default()}), nil
}

// run gives a command line to the program. "@name" stands for the path of a file of the test.
func (p *place) run(args ...string) (code int, out, errs string) {
	p.t.Helper()
	for i, arg := range args {
		if name, ok := strings.CutPrefix(arg, "@"); ok {
			args[i] = p.path(name)
		}
	}
	if i := len(args); i > 0 && args[0] != "--demo" {
		args = append(args, "--data", p.folder)
	}
	var o, e bytes.Buffer
	program := cli.Program{Name: "wardbook", Commands: rollout.Commands(p.open, p.clock.Now)}
	code = program.Main(p.t.Context(), args, &o, &e)
	for _, secret := range []string{adminPassword, firstPassword, ownPassword, recoveryKey} {
		if strings.Contains(o.String()+e.String(), secret) {
			p.t.Fatalf("%q gave a secret away:\n%s%s", args, o.String(), e.String())
		}
	}
	return code, o.String(), e.String()
}

// does runs what has to work, and gives what it said.
func (p *place) does(args ...string) string {
	p.t.Helper()
	code, out, errs := p.run(args...)
	if code != cli.Done || errs != "" {
		p.t.Fatalf("%q: %d, %s%s", args, code, out, errs)
	}
	return out
}

// refuses runs what has to be refused with a sentence.
func (p *place) refuses(sentence string, args ...string) {
	p.t.Helper()
	code, out, errs := p.run(args...)
	if code != cli.Refused || out != "" || !strings.Contains(errs, sentence) {
		p.t.Errorf("%q: %d, %q, %q; want 1 and %q", args, code, out, errs, sentence)
	}
}

// setup is a command line that works on a place where nothing is.
func setup(more ...string) []string {
	return append([]string{"setup", "--hospital", "Saint Elsewhere", "--zone", "Europe/London", "--admin", "adam", "--password-file", "@admin",
		"--recovery-file", "@recovery"}, more...)
}

// user is a command line of the administrator.
func user(verb string, more ...string) []string {
	return append([]string{"user", verb, "--user", "adam", "--password-file", "@admin"}, more...)
}

// hospitalAt is a place with a hospital.
func hospitalAt(t *testing.T) *place {
	t.Helper()
	p := newPlace(t)
	p.does(setup()...)
	return p
}

// opens tells whether somebody gets in with a password, and has to set a new one.
func (p *place) opens(signIn, password string) (in, mustChange bool) {
	p.t.Helper()
	h, err := p.open(p.folder)
	if err != nil {
		p.t.Fatal(err)
	}
	defer h.Close()
	s, err := h.SignIn(p.t.Context(), signIn, password, nil)
	if err != nil {
		return false, false
	}
	return true, s.MustChange()
}

// book is a hospital's folder in memory. It leaves in the folder the names that desk.HasBook looks for.
type book struct {
	t      *testing.T
	folder string
	clock  *accesstest.Clock
	keys   *accesstest.Keys
	store  data.Store
	// Where these are set, they stand in the way.
	noCreate error
	onCreate func()
}

// kept is a store that outlives the command.
type kept struct{ data.Store }

func (kept) Close() error { return nil }

func (b *book) opened() hospital.Opened {
	return hospital.Opened{Store: kept{b.store}, Keys: b.keys, Close: func() error { return nil }}
}

func (b *book) Create(ctx context.Context, name, password string, progress hospital.Progress) (hospital.Opened, string, error) {
	if b.noCreate != nil {
		return hospital.Opened{}, "", b.noCreate
	}
	schema, err := hospital.Schema()
	if err == nil {
		b.store, err = badgerdb.Create(ctx, badgerdb.Options{Dir: "/hospital", Memory: true, Keys: storetest.NewKeys(), Dataset: [16]byte{1}, Schema: schema,
			Ballast: -1, Chunk: 64 << 10, Now: b.clock.Now})
	}
	if err == nil {
		b.t.Cleanup(func() { _ = b.store.Close() })
		err = b.keys.Add(name, password)
	}
	for _, marker := range []string{"slots", "journal"} {
		err = errors.Join(err, os.WriteFile(filepath.Join(b.folder, marker), nil, 0o600))
	}
	if b.onCreate != nil {
		b.onCreate()
	}
	return b.opened(), recoveryKey, err
}

func (b *book) Unlock(_ context.Context, name, password string, _ hospital.Progress) (hospital.Opened, error) {
	return b.opened(), b.keys.Verify(name, password)
}

func (b *book) UnlockRecovery(context.Context, string, hospital.Progress) (hospital.Opened, error) {
	return hospital.Opened{}, data.Fail(data.Forbidden, "test", access.RefusedWords, nil)
}

func (b *book) CheckRecovery(context.Context, string) error {
	return data.Fail(data.Forbidden, "test", access.RefusedWords, nil)
}
