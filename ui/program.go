package ui

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"wardbook/app/access"
	"wardbook/app/hospital"
	"wardbook/app/house"
	"wardbook/ui/door"
	"wardbook/ui/kit"
	"wardbook/ui/shell"
)

// view is what fills the main window while nobody works in it: the sign-in, the lock, the wizard.
type view interface {
	Content() fyne.CanvasObject
	Start() fyne.Focusable
	Commands() []kit.Command
	Close()
}

// program is the main window and what is shown in it: a view, or a person's place of work. All of it belongs to the window's goroutine.
type program struct {
	app    fyne.App
	info   Info
	ctx    context.Context
	window fyne.Window
	look   *appearance
	async  *kit.Async // of the view, and of what the program does between views
	slow   *kit.Async // what goes on in the background

	hospital *hospital.Hospital
	accounts []door.Account
	demo     bool

	view     view
	bench    *shell.Bench
	benches  map[access.UserID]*shell.Bench
	madeFor  map[access.UserID]access.Roles // the roles that a place of work was made for
	mu       sync.Mutex                     // for what is asked on other goroutines too
	house    house.House
	printer  string                            // the name of who is at the desk
	waiting  map[access.UserID]*access.Session // of those whose desk is locked
	idle     shell.Idleness
	inFront  bool
	every    func(d time.Duration, do func()) (stop func()) // on a goroutine of its own
	clearing sync.WaitGroup                                 // papers are being taken away
	ticking  func()                                         // stops the clock of the lock
	// away is what happens when nobody is at the desk while a view is shown to somebody who is signed in; nil where nobody is.
	away  func()
	after time.Duration // how long nobody has to be there
}

func newProgram(ctx context.Context, app fyne.App, info Info, look *appearance) *program {
	p := &program{app: app, info: info, ctx: ctx, look: look, hospital: info.Hospital, demo: info.Demo, inFront: true,
		benches: map[access.UserID]*shell.Bench{}, madeFor: map[access.UserID]access.Roles{}, waiting: map[access.UserID]*access.Session{}, window: app.NewWindow(kit.Say("app.name", "Wardbook").Text())}
	p.every = realTime(ctx)
	kit.OnActivity(p.touched)
	p.async, p.slow = kit.NewAsync(ctx, info.Dispatch), kit.NewAsync(ctx, info.Dispatch)
	p.window.Resize(p.sizes())
	p.window.CenterOnScreen()
	p.window.SetMaster()
	p.window.SetCloseIntercept(p.quit)
	app.Lifecycle().SetOnEnteredForeground(func() { p.inFront = true })
	app.Lifecycle().SetOnExitedForeground(func() { p.inFront = false })
	return p
}

// realTime does something again and again until ctx ends or it is stopped.
func realTime(ctx context.Context) func(time.Duration, func()) func() {
	return func(d time.Duration, do func()) func() {
		ctx, stop := context.WithCancel(ctx)
		go func() {
			ticker := time.NewTicker(d)
			defer ticker.Stop()
			for {
				select {
				case <-ctx.Done():
					return
				case <-ticker.C:
					do()
				}
			}
		}()
		return stop
	}
}

// show puts a view into the window in place of what was there; what names it in the log.
func (p *program) show(v view, what string) {
	defer p.shown(what)
	if p.view != nil {
		p.view.Close()
	}
	p.view = v
	c := p.window.Canvas()
	for c.Overlays().Top() != nil {
		c.Overlays().Remove(c.Overlays().Top())
	}
	p.window.SetMainMenu(p.menu())
	var banner fyne.CanvasObject
	if p.demo {
		banner = demoBanner()
	}
	p.window.SetContent(kit.Bordered(banner, nil, nil, nil, v.Content()))
	shell.Keyboard(c, func(key fyne.KeyName, modifier fyne.KeyModifier) {
		p.touched()
		if c.Overlays().Top() != nil {
			return
		}
		shell.Press(append(v.Commands(), p.commands()...), key, modifier)
	})
	if start := v.Start(); start != nil {
		c.Focus(start)
	}
}

// commands work whatever view is shown.
func (p *program) commands() []kit.Command {
	ctrl := fyne.KeyModifierShortcutDefault
	return []kit.Command{
		{Name: kit.Say("menu.quit", "Quit"), Key: fyne.KeyQ, Modifier: ctrl, Do: p.quit},
		{Name: kit.Say("menu.larger", "Larger text"), Key: fyne.KeyPlus, Modifier: ctrl, Do: func() { p.look.resize(theTextStep) }},
		{Name: kit.Say("menu.larger", "Larger text"), Key: fyne.KeyEqual, Modifier: ctrl, Do: func() { p.look.resize(theTextStep) }},
		{Name: kit.Say("menu.larger", "Larger text"), Key: fyne.KeyEqual, Modifier: ctrl | fyne.KeyModifierShift, Do: func() { p.look.resize(theTextStep) }},
		{Name: kit.Say("menu.smaller", "Smaller text"), Key: fyne.KeyMinus, Modifier: ctrl, Do: func() { p.look.resize(-theTextStep) }},
		{Name: kit.Say("menu.normal", "Normal text"), Key: fyne.Key0, Modifier: ctrl, Do: func() { p.look.resize(0) }},
	}
}

// enter is where everybody comes who has signed in: to a new password where one is asked for, to a place of work otherwise.
func (p *program) enter(s *access.Session, password string) {
	if s.MustChange() {
		p.newPassword(s, password)
		return
	}
	kit.Start(p.async, func(ctx context.Context, _ func(func())) (house.Row, error) {
		return house.Read(ctx, s)
	}, func(row house.Row, err error) {
		if err != nil {
			p.leaveSession(s)
			p.signIn(p.explain(err))
			return
		}
		p.mu.Lock()
		p.house = row.Value
		p.mu.Unlock()
		p.work(s)
	})
}

// work opens a person's place of work: the one that was left at a lock, or a new one.
func (p *program) work(s *access.Session) {
	b := p.benches[s.Who()]
	if b != nil && (b.Session() != s || p.madeFor[s.Who()] != s.Roles()) {
		b.Close() // another session, or other roles: nothing of what was shown before may stay
		b = nil
	}
	if b == nil {
		p.madeFor[s.Who()] = s.Roles()
		b = shell.NewBench(p.ctx, p.benchOptions(s))
		p.benches[s.Who()] = b
	}
	if p.view != nil {
		p.view.Close()
		p.view = nil
	}
	p.bench, p.away = b, nil
	p.mu.Lock()
	delete(p.waiting, s.Who())
	p.printer = s.Name()
	p.mu.Unlock()
	p.idle.Touch(p.info.Now())
	b.Show()
	p.startClock()
	p.shown("work")
}

// shown tells the log what is on the screen: never whom it is about.
func (p *program) shown(what string) {
	if p.info.Shown != nil {
		p.info.Shown(what)
	}
}

func (p *program) explain(err error) kit.Sentence { return p.info.Explain(err) }

// lock closes the desk; why is said on the lock screen. What was typed stays, out of sight.
func (p *program) lock(why kit.Sentence) {
	if p.bench == nil {
		return
	}
	b := p.bench
	p.bench = nil
	p.stopClock()
	b.Hide()
	b.Session().Lock(p.ctx)
	p.locked(b, why)
}

// signOut ends a person's session, after asking where something would be lost.
func (p *program) signOut(b *shell.Bench) {
	leave := func() {
		p.end(b)
		p.signIn(kit.Sentence{})
	}
	if !b.Unsaved() {
		leave()
		return
	}
	kit.Confirm(kit.Say("shell.signout.title", "Sign out and lose what you typed?"),
		kit.Say("shell.signout.unsaved", "Something that you typed has not been saved. It is lost when you sign out; a lock keeps it."),
		kit.Say("shell.signout.lose", "Sign out and lose it"), leave).Open(p.window.Canvas(), func() {})
}

// end closes a place of work and its session.
func (p *program) end(b *shell.Bench) {
	s := b.Session()
	delete(p.benches, s.Who())
	p.mu.Lock()
	delete(p.waiting, s.Who())
	p.mu.Unlock()
	if p.bench == b {
		p.bench = nil
		p.stopClock()
		b.Hide()
	}
	b.Close()
	s.SignOut(p.ctx)
	p.clearPapers()
}

// clearPapers takes away what was opened in other programs.
func (p *program) clearPapers() {
	if p.info.Papers == nil {
		return
	}
	p.clearing.Add(1)
	go func() {
		defer p.clearing.Done()
		if err := p.info.Papers.Empty(); err != nil {
			p.explain(err) // into the log: the next start empties it again
		}
	}()
}

// over is called where a session has ended by itself, because the account was deactivated.
func (p *program) over(b *shell.Bench, why kit.Sentence) {
	if p.bench != b {
		return
	}
	p.end(b)
	p.signIn(why)
}

// quit ends the program, after asking where something would be lost.
func (p *program) quit() {
	v, asks := p.view.(interface{ Unsaved() bool })
	unsaved := asks && v.Unsaved()
	for _, b := range p.benches {
		unsaved = unsaved || b.Unsaved()
	}
	if !unsaved {
		p.leave()
		return
	}
	kit.Confirm(kit.Say("shell.quit.title", "Close Wardbook and lose what was typed?"),
		kit.Say("shell.quit.unsaved", "Something that was typed has not been saved, perhaps by somebody who locked this desk. It is lost when Wardbook closes."),
		kit.Say("shell.quit.lose", "Close and lose it"), p.leave).Open(p.window.Canvas(), func() {})
}

func (p *program) leave() {
	p.keepSize()
	p.stopClock()
	for _, b := range p.benches {
		b.Close()
	}
	p.async.Close(0)
	p.slow.Close(0)
	p.app.Quit()
}

// startClock looks once a second whether the desk has to lock.
func (p *program) startClock() {
	if p.ticking != nil {
		p.ticking()
	}
	p.ticking = p.every(time.Second, func() {
		idle, known := p.info.Idle()
		p.info.Dispatch(func() { p.tick(idle, known) })
	})
}

// guard watches over a view that is shown to somebody who is signed in: when nobody is at the desk, the session ends.
func (p *program) guard(s *access.Session) { p.guardFor(s, s.Rules().Lock()) }

func (p *program) guardFor(s *access.Session, after time.Duration) {
	p.after = after
	p.away = func() {
		p.leaveSession(s)
		p.signIn(kit.Say("shell.away", "You were signed out because nobody was at the desk."))
	}
	p.idle.Touch(p.info.Now())
	p.startClock()
}

func (p *program) stopClock() {
	if p.ticking != nil {
		p.ticking()
		p.ticking = nil
	}
	p.away = nil
}

// tick locks the desk where nobody has been at it for as long as the hospital says, and ends the session where it has lasted long enough.
func (p *program) tick(idle time.Duration, known bool) {
	b := p.bench
	now := p.info.Now()
	if b == nil {
		p.idle.Observe(now, idle, known, p.inFront)
		if p.away != nil && p.idle.Left(now, p.after) <= 0 {
			p.away()
		}
		return
	}
	if b.Session().Over() {
		p.lock(kit.Say("shell.over", "You have been signed in as long as the hospital allows. Enter your password to go on."))
		return
	}
	p.idle.Observe(now, idle, known, p.inFront)
	left := p.idle.Left(now, b.Session().Rules().Lock())
	if left <= 0 {
		p.lock(kit.Sentence{})
		return
	}
	b.Tick(left)
}

func (p *program) touched() { p.idle.Touch(p.info.Now()) }
