package shell

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"wardbook/ui/kit"
)

// pane shows one screen at a time in a window, with the way back and forward. It is the screens' Host.
type pane struct {
	bench  *Bench
	window fyne.Window
	holder *fyne.Container
	toasts *kit.Toasts

	route  kit.Route
	screen kit.Screen
	stops  history
	rest   fyne.Focusable // what had the keyboard when the desk was locked
	asked  []*kit.Dialog  // that are open, the lowest first; while the desk is locked they wait, and so does what is to be told
	told   []kit.Toast
	asyncs []*kit.Async
	// changed is told whenever another screen is shown, or its title or commands have changed.
	changed func()
}

var _ kit.Host = (*pane)(nil)

func newPane(b *Bench, w fyne.Window) *pane {
	return &pane{bench: b, window: w, holder: container.NewStack(), changed: func() {}}
}

// Async gives the present screen a helper; it ends with the screen.
func (p *pane) Async() *kit.Async {
	a := kit.NewAsync(p.bench.ctx, p.bench.o.Dispatch)
	p.asyncs = append(p.asyncs, a)
	return a
}

// Context ends with the session.
func (p *pane) Context() context.Context { return p.bench.ctx }

// Go leads to another route and remembers the way back.
func (p *pane) Go(r kit.Route) {
	p.unlessUnsaved(func() {
		if p.screen != nil {
			p.stops.leave(p.here())
		}
		p.show(r, nil)
	})
}

// Replace leads to another route in place of this one.
func (p *pane) Replace(r kit.Route) {
	p.stops.forget(r) // or Back would lead from a page to itself, as it was before it was changed
	p.show(r, nil)
}

// Back leads to the screen before; where there is none, to the place's own beginning.
func (p *pane) Back() {
	p.unlessUnsaved(func() {
		if before, ok := p.stops.backward(p.here()); ok {
			p.show(before.route, before.saved)
		} else if p.route.Page != "" {
			p.show(kit.Route{Place: p.route.Place}, nil)
		}
	})
}

func (p *pane) forward() {
	p.unlessUnsaved(func() {
		if next, ok := p.stops.onward(p.here()); ok {
			p.show(next.route, next.saved)
		}
	})
}

func (p *pane) here() stop {
	if p.screen == nil {
		return stop{route: p.route}
	}
	return stop{p.route, p.screen.Save()}
}

// unlessUnsaved asks before something that a person typed would be lost.
func (p *pane) unlessUnsaved(do func()) {
	if p.screen == nil || !p.screen.Unsaved() {
		do()
		return
	}
	p.Ask(kit.Confirm(kit.Say("shell.unsaved.title", "Leave without saving?"),
		kit.Say("shell.unsaved", "What you typed here has not been saved and would be lost."),
		kit.Say("shell.unsaved.leave", "Leave and lose it"), do))
}

// show puts another screen in place of the present one. A place that this session may not enter is not shown, whoever asked for it.
func (p *pane) show(r kit.Route, saved any) {
	place, ok := find(p.bench.o.Places, r.Place)
	if !ok || !p.bench.session.May(place.Action) {
		p.Tell(kit.Toast{Tone: kit.Attention, Sentence: kit.Say("shell.forbidden", "Your role does not lead there.")})
		return
	}
	p.leave()
	p.route = r
	p.screen = place.New(p, r, saved)
	p.holder.Objects = []fyne.CanvasObject{p.screen.Content()}
	p.holder.Refresh()
	p.changed()
	p.Focus(p.screen.Start())
	if p.bench.o.Shown != nil {
		p.bench.o.Shown(strings.TrimSuffix(r.Place+"/"+r.Page, "/"))
	}
}

// leave closes the present screen and ends its work.
func (p *pane) leave() {
	if p.screen != nil {
		p.screen.Close()
	}
	for _, a := range p.asyncs {
		a.Close(0)
	}
	p.screen, p.asyncs = nil, nil
}

// pause takes everything that lies over the window away, and the keyboard off the screen, and remembers both. Dialogs are only put aside: what was
// typed into them stays. Lists that have dropped down are closed.
func (p *pane) pause() {
	c := p.window.Canvas()
	for _, d := range slices.Backward(p.asked) {
		d.Suspend()
	}
	for top := c.Overlays().Top(); top != nil; top = c.Overlays().Top() {
		c.Overlays().Remove(top)
	}
	p.rest = c.Focused()
	c.Unfocus()
}

// resume gives the keyboard back to where it was, lays the dialogs over the window again, and says what has happened meanwhile.
func (p *pane) resume() {
	focus := p.rest
	if focus == nil {
		focus = p.screen.Start()
	}
	p.rest = nil
	p.Focus(focus)
	for _, d := range slices.Clone(p.asked) {
		d.Resume()
	}
	told := p.told
	p.told = nil
	for _, t := range told {
		p.Tell(t)
	}
}

// unsaved tells whether something that was typed would be lost, on the screen or in a dialog over it.
func (p *pane) unsaved() bool {
	return p.screen != nil && p.screen.Unsaved() || slices.ContainsFunc(p.asked, (*kit.Dialog).Unsaved)
}

// Changed passes on that title or commands are other ones.
func (p *pane) Changed() { p.changed() }

// Focus puts the keyboard on a widget; nil takes it from all.
func (p *pane) Focus(f fyne.Focusable) {
	if p.bench.covered() {
		return // the lock screen has it
	}
	if f == nil {
		p.window.Canvas().Unfocus()
		return
	}
	p.window.Canvas().Focus(f)
}

// Tell shows what happened; while the desk is locked it waits: nobody would see it.
func (p *pane) Tell(t kit.Toast) {
	switch {
	case p.toasts == nil:
	case p.bench.covered():
		p.told = append(p.told, t)
	default:
		p.toasts.Tell(t)
	}
}

// Ask opens a dialog over the window; while the desk is locked it waits until the person is back.
func (p *pane) Ask(d *kit.Dialog) {
	if !slices.Contains(p.asked, d) {
		p.asked = append(p.asked, d)
	}
	closed := func() { p.asked = slices.DeleteFunc(p.asked, func(o *kit.Dialog) bool { return o == d }) }
	if p.bench.covered() {
		d.Await(p.window.Canvas(), closed)
		return
	}
	d.Open(p.window.Canvas(), closed)
}

// Explain puts an error into words. One that says that the session is over leads to the sign-in as well.
func (p *pane) Explain(err error) kit.Sentence {
	p.bench.noticeEnd(err)
	return p.bench.o.Explain(err)
}

// Now is the hospital's time.
func (p *pane) Now() time.Time { return p.bench.o.Now().In(p.bench.zone) }
