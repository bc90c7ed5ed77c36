// Wardbook is a hospital's ward book as a desktop program: one binary, one folder of data, no server.
//
// This file puts it together and is the only one that knows both the windows and the book: what runs on which command,
// which folder, and which functions the windows get.
package main

import (
	"context"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
	"time"
	_ "time/tzdata" // the hospital's zone has to be there on a Windows without one

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"wardbook/app/cli"
	"wardbook/app/demo"
	"wardbook/app/desk"
	"wardbook/app/hospital"
	"wardbook/app/report"
	"wardbook/app/rollout"
	"wardbook/app/term"
	"wardbook/data"
	"wardbook/data/badgerdb"
	"wardbook/data/disk"
	"wardbook/data/open"
	"wardbook/data/vault"
	"wardbook/data/verify"
	"wardbook/ui"
	"wardbook/ui/door"
	"wardbook/ui/kit"
)

const id = "org.wardbook.desktop" // as in FyneApp.toml

//go:embed FyneApp.toml
var fyneApp string

// commands is all that can be asked of this binary; the first, without a name, opens the windows.
var commands = []cli.Command{
	{Summary: "Open the windows", Run: windows},
	{Name: "verify", Summary: "Examine a hospital's book and name whatever is damaged or was changed",
		Usage: "[--user NAME --password-file FILE | --recovery-file FILE] [--json]", Flags: verifyFlags, Run: verifyBook},
	{Name: "version", Summary: "Print the version and the commit", Run: version},
	{Name: probeCommand, Hidden: true, Args: "DIR", Run: probe},
	{Name: "bare-window", Hidden: true, Run: bareWindow},
	{Name: "fill", Hidden: true, Flags: fillFlags, Run: fill},
}

// bareWindow opens what Fyne alone takes to show a window: the peer that a start of Wardbook is measured against.
func bareWindow(context.Context, cli.Call) error {
	a := app.NewWithID(id)
	a.NewWindow("Bare").Show()
	a.Run()
	return nil
}

// fillPatients is the flag of fill.
var fillPatients int

func fillFlags(flags *flag.FlagSet) { flags.IntVar(&fillPatients, "patients", 0, "") }

// fill makes an invented hospital of a size in an empty folder, for measurements, and prints who can sign in. It never touches one that is there.
func fill(ctx context.Context, call cli.Call) error {
	if call.Data == "" || fillPatients < 1 {
		return cli.Misuse("fill needs --data DIR of an empty folder, and --patients N.")
	}
	return inFolder(call.Options, func(folder string) error {
		if present, err := desk.HasBook(folder); present || err != nil {
			return errors.Join(err, cli.Misuse("There is a hospital in %s already.", folder))
		}
		return hold(call, folder, func(*desk.Claim) (err error) {
			h, err := newHospital(folder, nil)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, h.Close()) }()
			accounts, err := demo.Fill(ctx, h, demo.Options{Seed: demoSeed, Patients: fillPatients, Today: term.DateOf(wallClock(), demo.Facts.Location())})
			for _, a := range accounts {
				fmt.Fprintln(call.Out, a.Roles.Code(), a.SignIn, a.Password)
			}
			return err
		})
	})
}

// probeCommand is what the program starts itself with, to try whether stored data can be opened in a process that may die.
const probeCommand = "probe-state"

func probe(_ context.Context, call cli.Call) error {
	if len(call.Args) != 1 {
		return cli.Misuse("%s takes a folder.", probeCommand)
	}
	return badgerdb.ServeProbe(call.Args[0], os.Stdin, call.Out)
}

// verifyOptions are the flags of verify.
var verifyOptions struct {
	user, passwordFile, recoveryFile string
	json                             bool
}

func verifyFlags(flags *flag.FlagSet) {
	flags.StringVar(&verifyOptions.user, "user", "", "")
	flags.StringVar(&verifyOptions.passwordFile, "password-file", "", "")
	flags.StringVar(&verifyOptions.recoveryFile, "recovery-file", "", "")
	flags.BoolVar(&verifyOptions.json, "json", false, "")
}

// verifyBook examines a folder, with keys where a password or recovery key was given. Problems end it with 1.
func verifyBook(ctx context.Context, call cli.Call) (err error) {
	if call.Demo {
		return cli.Misuse("verify examines a book that is kept; a demo has none.")
	}
	folder := call.Data
	if folder == "" {
		if folder, err = desk.DefaultFolder(); err != nil {
			return err
		}
	}
	present, err := desk.HasBook(folder)
	if err != nil {
		return err
	}
	if !present {
		return data.Fail(data.NotFound, "verify", data.Say("verify.nobook",
			"There is no hospital's book in {{.Folder}}. Name its folder with --data.", "Folder", folder), nil)
	}
	report, err := verify.Folder(ctx, verify.Options{Dir: folder, Unlock: unlock})
	if err != nil {
		return err
	}
	if err := report.Print(call.Out, verifyOptions.json); err != nil {
		return err
	}
	if len(report.Problems) > 0 {
		return cli.Told(errors.New("problems were found"))
	}
	return nil
}

// unlock opens the keys with what the flags name; none where they name nothing.
func unlock(locked *vault.Locked) (*vault.Vault, error) {
	o := &verifyOptions
	if o.user == "" && o.recoveryFile == "" && o.passwordFile == "" {
		return nil, nil
	}
	if (o.user == "") == (o.recoveryFile == "") || (o.user == "") != (o.passwordFile == "") {
		return nil, cli.Misuse("Give --user NAME with --password-file FILE, or --recovery-file FILE, or none of them.")
	}
	secret, err := desk.ReadSecret(o.passwordFile + o.recoveryFile)
	if err != nil {
		return nil, err
	}
	if o.user != "" {
		return locked.Unlock(o.user, secret)
	}
	return locked.UnlockRecovery(secret)
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	all := append(commands, rollout.Commands(func(folder string) (*hospital.Hospital, error) { return newHospital(folder, nil) }, time.Now)...)
	program := cli.Program{Name: "wardbook", About: "a hospital's ward book", Commands: all}
	code := program.Main(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

func version(_ context.Context, call cli.Call) error {
	_, err := fmt.Fprintln(call.Out, cli.VersionLine(cli.Version(fyneApp)))
	return err
}

// windows opens the program for a person. Whatever stops it is shown in a window as well: who double-clicks an icon sees
// no standard error.
func windows(ctx context.Context, call cli.Call) error {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return data.Fail(data.Unavailable, "windows", data.Say("app.screenless",
			"There is no screen here to open windows on. 'wardbook help' shows what can be done without one."), nil)
	}
	opened := false
	err := inFolder(call.Options, func(folder string) error {
		return hold(call, folder, func(claim *desk.Claim) error {
			told, err := info(call, folder, claim)
			if err != nil {
				return err
			}
			opened = true
			var demonstration elsewhere
			told.InventElsewhere = demonstration.invent
			working, rest := context.WithCancel(ctx)
			var background sync.WaitGroup
			background.Go(func() { told.Hospital.Work(working) })
			err = ui.Run(ctx, app.NewWithID(id), told)
			rest()
			background.Wait()
			err = errors.Join(err, told.Hospital.Close(), demonstration.close())
			if told.Papers != nil {
				err = errors.Join(err, told.Papers.Empty())
			}
			return err
		})
	})
	if err == nil || opened {
		return err
	}
	cli.Tell(call.Err, err) // before the window, for whoever started this from a script
	return cli.Told(errors.Join(err, ui.Refuse(app.NewWithID(id), dark(), sentence(err))))
}

// inFolder runs work in the folder that was asked for, and throws a demo's folder away afterwards.
func inFolder(options cli.Options, work func(folder string) error) (err error) {
	folder := options.Data
	switch {
	case options.Demo:
		var remove func() error
		if folder, remove, err = desk.Demo(); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, remove()) }()
	case folder == "":
		if folder, err = desk.DefaultFolder(); err != nil {
			return err
		}
	}
	if err = desk.Prepare(folder); err != nil {
		return err
	}
	return work(folder)
}

// hold does work on the folder as the only program that does, or brings the one that does to the front.
func hold(call cli.Call, folder string, work func(*desk.Claim) error) (err error) {
	claim, err := desk.Take(folder, time.Now())
	var held *desk.Held
	if errors.As(err, &held) {
		return forward(call, held)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, claim.Release()) }()
	log, err := desk.OpenLog(folder)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	slog.SetDefault(log.Logger) // what Fyne and other libraries have to say lands there too
	log.Info("start", "version", cli.VersionLine(cli.Version(fyneApp)), "demo", call.Demo)
	err = work(claim)
	log.Info("end", "cause", err)
	return err
}

// forward ends well where the window that is open already has come to the front.
func forward(call cli.Call, held *desk.Held) error {
	came, err := held.AskToShow(desk.Patience)
	if !came {
		return errors.Join(held, err)
	}
	_, err = fmt.Fprintln(call.Out, held.CameForward())
	return err
}

// wallClock is the time without Go's second reading, which stands still while a computer sleeps: a desk that slept for hours has been left for hours.
func wallClock() time.Time { return time.Now().Round(0) }

// newHospital puts the hospital of a folder together; it is not open until somebody signs in.
func newHospital(folder string, memory disk.FS) (*hospital.Hospital, error) {
	schema, err := hospital.Schema()
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	book := open.Folder{Dir: folder, Schema: schema, Probe: badgerdb.ChildProbe(self, probeCommand), Log: slog.Default(), Now: wallClock, Memory: memory}
	return hospital.New(hospital.Options{Book: folderBook{book}, Tries: desk.Tries{Folder: folder}, Schema: schema, Now: wallClock,
		Workstation: desk.Workstation(), Log: slog.Default()}), nil
}

// folderBook gives app the folder as it wants to know it.
type folderBook struct{ open.Folder }

func opened(store data.Store, keys *open.Keys, err error) (hospital.Opened, error) {
	if err != nil {
		return hospital.Opened{}, err
	}
	return hospital.Opened{Store: store, Keys: keys, Close: keys.Close, Discard: keys.Discard}, nil
}

func (f folderBook) Create(ctx context.Context, name, password string, progress hospital.Progress) (hospital.Opened, string, error) {
	store, keys, recovery, err := f.Folder.Create(ctx, name, password, progress)
	o, err := opened(store, keys, err)
	return o, recovery, err
}

func (f folderBook) Unlock(ctx context.Context, name, password string, progress hospital.Progress) (hospital.Opened, error) {
	return opened(f.Folder.Unlock(ctx, name, password, progress))
}

func (f folderBook) UnlockRecovery(ctx context.Context, key string, progress hospital.Progress) (hospital.Opened, error) {
	return opened(f.Folder.UnlockRecovery(ctx, key, progress))
}

func info(call cli.Call, folder string, claim *desk.Claim) (ui.Info, error) {
	h, err := newHospital(folder, nil)
	if err != nil {
		return ui.Info{}, err
	}
	return ui.Info{
		Version: cli.Version(fyneApp), Folder: folder, Demo: call.Demo, Dark: dark(), Workstation: desk.Workstation(),
		Hospital: h, Papers: papers(folder, call.Demo), View: desk.View, Shown: func(what string) { slog.Info("shown", "what", what) },
		Invent: func(ctx context.Context, progress door.Progress) ([]door.Account, error) {
			return invent(ctx, h, progress)
		},
		Look:    func(context.Context) (ui.Finding, error) { return look(folder) },
		Check:   func(ctx context.Context, told func(ui.Step)) ([]ui.Remark, error) { return check(ctx, folder, told) },
		Explain: explain, Forward: claim.Shows(), Dispatch: fyne.Do, Now: wallClock, Idle: desk.Idle,
	}, nil
}

// papers is where what is opened in other programs lies: outside the data folder, so that no copy of it holds the recovery key, and emptied at
// each start. Without such a place the program starts all the same; then nothing can be printed.
func papers(folder string, demo bool) *report.Folder {
	place := filepath.Join(folder, "papers") // of a demonstration, which is thrown away
	if !demo {
		cache, err := desk.Papers(folder)
		if err != nil {
			slog.Warn("nothing can be printed", "cause", err)
			return nil
		}
		place = cache
	}
	f, err := report.OpenFolder(place)
	if err == nil {
		err = f.Empty()
	}
	if err != nil {
		slog.Warn("nothing can be printed", "cause", err)
		return nil
	}
	return f
}

// demoSeed makes every demonstration the same.
const demoSeed = 1

// invent fills an empty hospital with an invented one.
func invent(ctx context.Context, h *hospital.Hospital, progress door.Progress) ([]door.Account, error) {
	made, err := demo.Fill(ctx, h, demo.Options{Seed: demoSeed, Today: term.DateOf(time.Now(), demo.Facts.Location()), Progress: progress})
	accounts := make([]door.Account, len(made))
	for i, a := range made {
		accounts[i] = door.Account{Name: a.Name, Role: kit.Of(a.Roles.Name()), SignIn: a.SignIn, Password: a.Password}
	}
	return accounts, err
}

// elsewhere is a demonstration for somebody who started without --demo: in a throw-away folder, until the program ends.
type elsewhere struct {
	mu       sync.Mutex // it is invented on one goroutine and closed on another
	hospital *hospital.Hospital
	remove   func() error
}

func (e *elsewhere) invent(ctx context.Context, progress door.Progress) (*hospital.Hospital, []door.Account, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.end(); err != nil { // of a try before this one
		return nil, nil, err
	}
	folder, remove, err := desk.Demo()
	if err != nil {
		return nil, nil, err
	}
	e.remove = remove
	if e.hospital, err = newHospital(folder, nil); err != nil {
		return nil, nil, err
	}
	accounts, err := invent(ctx, e.hospital, progress)
	return e.hospital, accounts, err
}

func (e *elsewhere) close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.end()
}

func (e *elsewhere) end() error {
	if e.hospital == nil {
		return nil
	}
	err := errors.Join(e.hospital.Close(), e.remove())
	e.hospital = nil
	return err
}

func look(folder string) (ui.Finding, error) {
	present, err := desk.HasBook(folder)
	switch {
	case data.Is(err, data.Corrupt):
		return ui.Finding{State: ui.BookDamaged, Sentence: explain(err)}, nil
	case present:
		return ui.Finding{State: ui.BookPresent}, err
	}
	return ui.Finding{}, err
}

// check examines the book as far as it can be done without a password, and says in remarks what it found.
func check(ctx context.Context, folder string, told func(ui.Step)) ([]ui.Remark, error) {
	if _, err := desk.HasBook(folder); err != nil {
		return nil, err
	}
	report, err := verify.Folder(ctx, verify.Options{Dir: folder, Progress: func(doing data.Message, done, total int64) {
		told(ui.Step{Done: done, Total: total, Doing: words(doing)})
	}})
	if err != nil {
		return nil, err
	}
	var remarks []ui.Remark
	if len(report.Problems) > 0 {
		remarks = append(remarks, ui.Remark{Tone: kit.Critical, Sentence: kit.Say("verify.advice",
			"Problems were found. Change nothing in the folder, make a copy of it, and call whoever looks after Wardbook: a backup can bring back what is missing.")})
	}
	for _, m := range report.Problems {
		remarks = append(remarks, ui.Remark{Tone: kit.Critical, Sentence: words(m)})
	}
	for _, m := range report.Notes {
		remarks = append(remarks, ui.Remark{Tone: kit.Plain, Sentence: words(m)})
	}
	if len(report.Problems) == 0 {
		remarks = append(remarks, ui.Remark{Tone: kit.Good, Sentence: kit.Say("verify.whole",
			"As far as can be seen without a password, all is whole and in order. Entries: {{.Entries}}, attachments: {{.Files}}.", "Entries", report.Entries, "Files", report.Files)})
	}
	return remarks, nil
}

func words(m data.Message) kit.Sentence { return kit.Of(m) }

// explain gives the windows an error's sentence, and the log its cause.
func explain(err error) kit.Sentence {
	slog.Warn("shown to the person at the desk", "cause", err)
	return sentence(err)
}

func sentence(err error) kit.Sentence {
	var e *data.Error
	if !errors.As(err, &e) {
		return kit.Say("app.fault", "Wardbook met a fault of its own. The log in the data folder says more; show it to whoever looks after this computer.")
	}
	return words(e.Message)
}

// dark follows the variable by which Fyne's programs are told.
func dark() bool { return os.Getenv("FYNE_THEME") == "dark" }
