package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"wardbook/app/access"
	"wardbook/app/hospital"
	"wardbook/app/house"
	"wardbook/app/report"
	"wardbook/ui/door"
	"wardbook/ui/kit"
	"wardbook/ui/shell"
)

// deskHost is what the views before and between working may ask of the program.
type deskHost struct{ p *program }

func (h deskHost) Async() *kit.Async              { return kit.NewAsync(h.p.ctx, h.p.info.Dispatch) }
func (h deskHost) Explain(err error) kit.Sentence { return h.p.explain(err) }
func (h deskHost) Focus(f fyne.Focusable)         { h.p.window.Canvas().Focus(f) }
func (h deskHost) Ask(d *kit.Dialog)              { d.Open(h.p.window.Canvas(), func() {}) }
func (h deskHost) Now() time.Time                 { return h.p.now() }

// now is the present time in the hospital's zone; in this computer's before it is known.
func (p *program) now() time.Time {
	facts, _ := p.printing()
	if facts.Zone == "" {
		return p.info.Now()
	}
	return p.info.Now().In(facts.Location())
}

// signIn shows the view of signing in; why says why the person is here, where there is a reason.
func (p *program) signIn(why kit.Sentence) {
	p.stopClock()
	p.show(door.NewSignIn(door.SignInOptions{
		Host: deskHost{p}, Hospital: returning{p}, Title: p.house.Name, Folder: filepath.Base(p.info.Folder), Workstation: p.info.Workstation,
		Remark: because(why), Accounts: p.accounts, Done: p.enter, Undo: p.takeBack, Recover: p.recover, Delay: p.hospital.Wait,
	}), "sign-in")
}

// because is why a person is at a view, where there is a reason.
func because(why kit.Sentence) kit.Remark {
	if why.Empty() {
		return kit.Remark{}
	}
	return kit.Remark{Tone: kit.Attention, Sentence: why}
}

// returning is the hospital for those who sign in while their own desk is still locked in this program: they come back to it, with what they typed.
type returning struct{ p *program }

func (r returning) SignIn(ctx context.Context, name, password string, progress door.Progress) (*access.Session, error) {
	if s := r.p.left(name); s != nil {
		if err := r.p.hospital.Unlock(ctx, s, password); err != nil {
			return nil, err
		}
		return s, nil
	}
	return r.p.hospital.SignIn(ctx, name, password, progress)
}

func (r returning) Unlock(ctx context.Context, s *access.Session, password string) error {
	return r.p.hospital.Unlock(ctx, s, password)
}

// left gives the session that the person of this name locked and left; nil where there is none. Any goroutine may ask.
func (p *program) left(name string) *access.Session {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.waiting {
		if access.FoldName(s.SignInName()) == access.FoldName(name) && !s.Ended() {
			return s
		}
	}
	return nil
}

// takeBack undoes a sign-in that came after its person had given up waiting: a desk that was locked is locked again, with what was typed at it.
func (p *program) takeBack(s *access.Session) {
	p.mu.Lock()
	waits := p.waiting[s.Who()] == s
	p.mu.Unlock()
	if waits {
		s.Lock(p.ctx)
		return
	}
	s.SignOut(p.ctx)
}

// leaveSession ends a session with the place of work that belongs to it, where there is one.
func (p *program) leaveSession(s *access.Session) {
	if b := p.benches[s.Who()]; b != nil && b.Session() == s {
		p.end(b)
		return
	}
	s.SignOut(p.ctx)
	p.clearPapers()
}

// locked shows the view of a locked desk.
func (p *program) locked(b *shell.Bench, why kit.Sentence) {
	s := b.Session()
	p.mu.Lock()
	p.waiting[s.Who()] = s
	p.mu.Unlock()
	p.show(door.NewLock(door.LockOptions{
		Host: deskHost{p}, Hospital: returning{p}, Session: s, Title: p.house.Name, Unsaved: b.Unsaved, Remark: because(why),
		Unlocked: func(password string) { p.enter(s, password) }, Another: func() { p.signIn(kit.Sentence{}) }, SignOut: func() { p.end(b); p.signIn(kit.Sentence{}) },
		Delay: p.hospital.Wait,
	}), "lock")
}

// begin shows what the folder leads to: the sign-in, the wizard, or what is wrong.
func (p *program) begin() {
	if p.info.Demo {
		p.invent()
		return
	}
	kit.Start(p.async, func(ctx context.Context, _ func(func())) (Finding, error) {
		return p.info.Look(ctx)
	}, func(found Finding, err error) {
		switch {
		case err != nil || found.State == BookDamaged:
			p.examine()
		case found.State == BookPresent:
			p.signIn(kit.Sentence{})
		default:
			p.setUp()
		}
	})
}

// examine shows what lies in the folder and checks it. It leads back to where one signs in, where one can.
func (p *program) examine() {
	back := p.begin
	if p.hospital.Open() {
		back = func() { p.signIn(kit.Sentence{}) }
	}
	v := newExamineView(p.window, p.info, kit.NewAsync(p.ctx, p.info.Dispatch), back)
	p.show(v, "examine")
	v.present.look()
}

// recover shows the way in by the recovery key.
func (p *program) recover() {
	p.show(door.NewRecovery(door.RecoveryOptions{
		Host: deskHost{p}, Hospital: returning{p}, Done: func(s *access.Session) { p.enter(s, "") }, Leave: func() { p.signIn(kit.Sentence{}) },
		SaveSheet: p.saveSheet, OpenFile: p.open, Pick: p.pick,
	}), "recovery")
}

// newPassword asks somebody who came in with a one-time password for a new one.
func (p *program) newPassword(s *access.Session, old string) {
	p.guard(s)
	p.show(door.NewNewPassword(door.NewPasswordOptions{
		Host: deskHost{p}, Old: old, Rules: s.Rules(), Own: []string{s.Name(), s.SignInName(), p.house.Name}, Change: p.changePassword(s),
		Done:  func() { p.enter(s, "") },
		Leave: func() { p.stopClock(); p.leaveSession(s); p.signIn(kit.Sentence{}) },
	}), "new-password")
}

func (p *program) changePassword(s *access.Session) func(ctx context.Context, old, fresh string) error {
	return func(ctx context.Context, old, fresh string) error {
		return p.hospital.ChangePassword(ctx, s, old, fresh)
	}
}

// ownPassword is the same for somebody who wants another one. The place of work stays as it is.
func (p *program) ownPassword(b *shell.Bench) {
	s := b.Session()
	b.Hide() // and p.bench stays: the desk locks as always
	back := func() { p.work(s) }
	p.show(door.NewNewPassword(door.NewPasswordOptions{
		Host: deskHost{p}, Rules: s.Rules(), Own: []string{s.Name(), s.SignInName(), p.house.Name}, Change: p.changePassword(s),
		Done: func() {
			back()
			p.say(kit.Good, kit.Say("shell.password.done", "Your new password is set."))
		},
		Leave: back,
	}), "own-password")
}

// setUp shows the wizard of the first run.
func (p *program) setUp() {
	o := door.WizardOptions{
		Host: deskHost{p}, Hospital: returning{p}, Folder: p.info.Folder, Locale: string(lang.SystemLocale()), Zone: time.Local.String(), Language: language(),
		Added: func() { p.shown("added") }, Leave: p.quit, Done: func(s *access.Session) { p.stopClock(); p.enter(s, "") }, ReadFile: readFile, PickFile: p.pickFile,
		SaveSheet: p.saveSheet, OpenFile: p.open, Pick: p.pick, SavePasswords: p.savePasswords,
	}
	if p.info.InventElsewhere != nil {
		o.Demo = p.inventElsewhere
	}
	p.show(door.NewWizard(o), "wizard")
}

// atTheWizard is how long nobody may touch the wizard once it has made a hospital: long enough to write the recovery key down, which is shown
// only once.
const atTheWizard = 15 * time.Minute

// pick chooses by chance which groups of a recovery key are asked for, and says so in the log: that tells nothing of the key.
func (p *program) pick(n int) int {
	chosen := rand.IntN(n)
	p.shown(fmt.Sprintf("pick %d of %d", chosen, n))
	return chosen
}

// SetUp, for the wizard, is the hospital's own.
func (r returning) SetUp(ctx context.Context, facts house.House, admin access.User, password string, progress door.Progress) (*access.Session, string, error) {
	s, key, err := r.p.hospital.SetUp(ctx, facts, admin, password, progress)
	if err == nil {
		r.p.mu.Lock()
		r.p.house, r.p.printer = facts, admin.Name // papers that the wizard prints name both
		r.p.mu.Unlock()
		r.p.info.Dispatch(func() { r.p.guardFor(s, atTheWizard) })
	}
	return s, key, err
}

// Recover, for the recovery view, is the hospital's own.
func (r returning) Recover(ctx context.Context, key, signIn, password string, progress door.Progress) (*access.Session, string, error) {
	return r.p.hospital.Recover(ctx, key, signIn, password, progress)
}

// invent fills the throw-away folder of a demonstration, and shows how far it has come.
func (p *program) invent() {
	p.inventing(func(ctx context.Context, progress door.Progress) (*hospital.Hospital, []door.Account, error) {
		accounts, err := p.info.Invent(ctx, progress)
		return p.hospital, accounts, err
	})
}

// inventElsewhere is for somebody who wants to look before setting a hospital up: the folder stays as it is.
func (p *program) inventElsewhere() {
	p.inventing(p.info.InventElsewhere)
}

func (p *program) inventing(work func(context.Context, door.Progress) (*hospital.Hospital, []door.Account, error)) {
	async := kit.NewAsync(p.ctx, p.info.Dispatch)
	v := newWaitView(async, kit.Say("demo.building", "Building the invented hospital"))
	p.show(v, "inventing")
	type made struct {
		hospital *hospital.Hospital
		accounts []door.Account
	}
	kit.Start(p.async, func(ctx context.Context, tell func(func())) (made, error) { // which the end of the program waits for
		h, accounts, err := work(ctx, v.hear(tell))
		return made{h, accounts}, err
	}, func(m made, err error) {
		if err != nil {
			v.fail(p.explain(err), p.begin)
			return
		}
		p.hospital, p.accounts, p.demo = m.hospital, m.accounts, true
		p.signIn(kit.Sentence{})
	})
}

// savePasswords puts one-time passwords on paper, a sheet for each person.
func (p *program) savePasswords(_ context.Context, people []door.Added) (string, error) {
	path := ""
	for _, one := range people {
		var err error
		if path, _, err = p.paper("password", report.TemporaryPassword{Name: one.Name, SignIn: one.SignIn, Password: one.OneTime}); err != nil {
			return "", err
		}
	}
	return filepath.Dir(path), nil
}

// readFile gives at most limit bytes of a file.
func readFile(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(content)) > limit {
		err = errTooLarge
	}
	return content, err
}

var errTooLarge = errors.New("the file is larger than a picture may be")
