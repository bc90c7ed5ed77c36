package shell

import (
	"context"
	"errors"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"wardbook/app/access"
	"wardbook/ui/kit"
)

// Options say what a person works with.
type Options struct {
	App      fyne.App
	Window   fyne.Window // the main one
	Dispatch kit.Dispatcher
	Session  *access.Session
	Places   []Place // in the order of the rail
	Zone     *time.Location
	Hospital string // its name
	Demo     bool
	Now      func() time.Time
	Explain  func(error) kit.Sentence
	// Find searches patients, for the search at the top; nil where there is none.
	Find kit.Find
	// Patient and Register are where a hit of the search leads, and what is offered where nobody was found.
	Patient  func(id string) kit.Route
	Register func(query string) kit.Route
	// Store tells how the store does, for the status bar.
	Store func() kit.Remark
	// Lock, SignOut, Quit and NewPassword are the program's.
	Lock, SignOut, Quit, NewPassword func()
	// Ended is called where the session turned out to be over: deactivated, or as long as it may last.
	Ended func(why kit.Sentence)
	// Shown is told which place and page is shown, never about whom.
	Shown func(what string)
	// Touched is told of every key.
	Touched func()
	// Looks and Commands are the program's own commands: the first for the palette, the second for the keyboard too.
	Looks, Commands func() []kit.Command
	// View is the menu of looks and sizes.
	View *fyne.Menu
	// Print shows the page of keys on paper; nil where it can't.
	PrintKeys func([]KeySection)
}

// Bench is a person's place of work: the main window's content and the places in windows of their own. It lives as long as the session; while the desk
// is locked it keeps everything as it was, out of sight.
type Bench struct {
	o       Options
	session *access.Session
	zone    *time.Location
	ctx     context.Context
	stop    context.CancelFunc
	ended   bool

	main    *pane
	frame   *frame
	others  []*other
	hidden  bool
	unread  int
	noticed *kit.Async // counts the bell

	mu       sync.Mutex
	news     []access.Entry
	flooded  bool
	awaiting bool // a look at the news has been dispatched
}

// mostNews is how many entries wait for the window; beyond that everything counts as changed.
const mostNews = 500

// NewBench makes a person's place of work and begins to hear of changes. Show puts it into the window.
func NewBench(ctx context.Context, o Options) *Bench {
	b := &Bench{o: o, session: o.Session, zone: o.Zone}
	b.ctx, b.stop = context.WithCancel(ctx)
	b.noticed = kit.NewAsync(b.ctx, o.Dispatch)
	b.main = newPane(b, o.Window)
	b.frame = newFrame(b)
	b.main.changed = b.frame.paneChanged
	go b.listen(b.session.Last())
	return b
}

// Session is whose place of work it is.
func (b *Bench) Session() *access.Session { return b.session }

// Show puts the place of work into the main window, as it was left.
func (b *Bench) Show() {
	b.hidden = false
	b.frame.install()
	if b.main.screen == nil {
		b.begin()
	} else {
		b.main.screen.Refresh() // nothing was heard while the desk was locked
		b.main.resume()
	}
	for _, w := range b.others {
		w.uncover()
		if w.pane.screen != nil {
			w.pane.screen.Refresh()
			w.pane.resume()
		}
	}
	b.countNotices()
}

// begin opens the first place of the rail.
func (b *Bench) begin() {
	if places := offered(b.o.Places, b.session); len(places) > 0 {
		b.main.show(kit.Route{Place: places[0].Name}, nil)
	}
}

// Hide takes everything out of sight, for a lock or somebody else's turn. Drafts stay.
func (b *Bench) Hide() {
	if !b.hidden { // a view over the place of work may be locked as well
		for _, p := range b.panes() {
			p.pause()
		}
	}
	b.hidden = true
	b.frame.remove()
	for _, w := range b.others {
		w.cover()
	}
}

func (b *Bench) covered() bool { return b.hidden }

// Tell shows a notice in the main window.
func (b *Bench) Tell(t kit.Toast) { b.main.Tell(t) }

// Unsaved tells whether something that was typed would be lost by Close.
func (b *Bench) Unsaved() bool {
	for _, p := range b.panes() {
		if p.unsaved() {
			return true
		}
	}
	return false
}

// Close ends the place of work with its windows.
func (b *Bench) Close() {
	b.stop()
	b.noticed.Close(0)
	for _, p := range b.panes() {
		p.leave()
	}
	for _, w := range b.others {
		w.window.SetCloseIntercept(nil)
		w.window.Close()
	}
	b.others = nil
}

func (b *Bench) panes() []*pane {
	panes := []*pane{b.main}
	for _, w := range b.others {
		panes = append(panes, w.pane)
	}
	return panes
}

// listen hands changes to the window's goroutine, as many at once as have come meanwhile.
func (b *Bench) listen(after access.Seq) {
	for entry, err := range b.session.Watch(b.ctx, after) {
		if err != nil {
			b.dispatch(func() { b.main.Tell(kit.Toast{Tone: kit.Attention, Sentence: b.o.Explain(err)}) })
			return
		}
		b.mu.Lock()
		if b.flooded = b.flooded || len(b.news) == mostNews; !b.flooded {
			b.news = append(b.news, entry)
		}
		first := !b.awaiting
		b.awaiting = true
		b.mu.Unlock()
		if first {
			b.dispatch(b.hear)
		}
	}
}

func (b *Bench) dispatch(f func()) {
	b.o.Dispatch(func() {
		if b.ctx.Err() == nil {
			f()
		}
	})
}

// hear refreshes what the news concern.
func (b *Bench) hear() {
	b.mu.Lock()
	news, flooded := b.news, b.flooded
	b.news, b.flooded, b.awaiting = nil, false, false
	b.mu.Unlock()
	for _, p := range b.panes() {
		if p.screen != nil && (flooded || anyConcerns(p.screen, news)) {
			p.screen.Refresh()
		}
	}
	b.leaveForbidden()
	if flooded || noticesChanged(news) {
		b.countNotices()
	}
}

// leaveForbidden leads away from places that a role no longer leads to.
func (b *Bench) leaveForbidden() {
	for _, p := range b.panes() {
		place, ok := find(b.o.Places, p.route.Place)
		if p.screen == nil || !ok || b.session.May(place.Action) {
			continue
		}
		p.leave()
		p.stops = history{}
		p.holder.Objects = nil
		p.holder.Refresh()
		if p == b.main {
			b.frame.rolesChanged()
			b.begin()
		}
	}
}

func anyConcerns(screen kit.Screen, news []access.Entry) bool {
	c, ok := screen.(concerned)
	if !ok {
		return false
	}
	concerned := false
	for _, e := range news { // each is asked about: a screen may take the new record out of it
		concerned = c.Concerns(e) || concerned
	}
	return concerned
}

// noticeEnd leads to the sign-in or the lock screen where an error says that the session is over.
func (b *Bench) noticeEnd(err error) {
	switch {
	case errors.Is(err, access.ErrOvertime):
		b.dispatch(b.o.Lock)
		return
	case b.ended || !errors.Is(err, access.ErrEnded):
		return
	}
	b.ended = true
	words := b.o.Explain(err)
	b.dispatch(func() { b.o.Ended(words) })
}

// Go leads to a route in the main window.
func (b *Bench) Go(r kit.Route) { b.main.Go(r) }

// Idle tells whether no screen reads or saves anything just now.
func (b *Bench) Idle() bool {
	for _, p := range b.panes() {
		for _, a := range p.asyncs {
			if a.Busy() {
				return false
			}
		}
	}
	return !b.noticed.Busy()
}
