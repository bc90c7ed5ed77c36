// Package kit is what all of Wardbook's windows are made with: slow work away from the window's goroutine, sentences in
// the user's language, keys that work wherever the focus is.
//
// It promises that a late answer never overwrites a newer one and that nothing reaches a window that has been closed.
// Packages below ui may import it; it knows no screen.
package kit

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"
)

// Dispatcher has f run on the window's goroutine and returns before it has: fyne.Do in the program, a queue in tests
// (Fyne's test driver would run it at once on the wrong goroutine).
type Dispatcher func(f func())

// Async runs the slow work of one screen, one piece at a time: a new piece takes the place of the one before it. Except
// for what its work does, all of it belongs to the window's goroutine.
type Async struct {
	dispatch   Dispatcher
	root       context.Context
	cancel     context.CancelFunc // of the piece at work, or nil
	generation uint64             // of the newest piece; answers of older ones are dropped
	running    sync.WaitGroup

	gate   sync.Mutex // held while dispatching, so that nothing is dispatched after Close
	closed bool
}

// NewAsync makes the helper of one screen. All work ends when ctx does.
func NewAsync(ctx context.Context, dispatch Dispatcher) *Async {
	return &Async{dispatch: dispatch, root: ctx}
}

// Start runs work on a goroutine of its own, then done on the window's, unless something newer was started, or Cancel or
// Close called, in between. What work hands to tell runs on the window's goroutine under the same condition. A panic in
// work becomes an error, so that a fault in one screen's work doesn't end the program for everybody.
func Start[T any](a *Async, work func(ctx context.Context, tell func(func())) (T, error), done func(T, error)) {
	a.Cancel()
	ctx, cancel := context.WithCancel(a.root)
	mine := a.generation
	a.cancel = cancel
	tell := func(f func()) {
		a.Post(func() {
			if a.generation == mine && ctx.Err() == nil {
				f()
			}
		})
	}
	a.running.Add(1)
	go func() {
		defer a.running.Done()
		answer, err := guarded(func() (T, error) { return work(ctx, tell) })
		a.Post(func() {
			if a.generation != mine {
				return
			}
			a.Cancel()
			done(answer, err)
		})
	}()
}

// Busy tells whether a piece of work has not answered yet.
func (a *Async) Busy() bool { return a.cancel != nil }

// Cancel tells the piece at work to stop and forgets it: its answer will not be shown.
func (a *Async) Cancel() {
	a.generation++
	if a.cancel != nil {
		a.cancel()
		a.cancel = nil
	}
}

// Close ends the helper with its screen. It waits for the work to notice, as long as patience lasts, and tells whether
// it has. Nothing is dispatched once Close has begun.
func (a *Async) Close(patience time.Duration) bool {
	a.Cancel()
	a.gate.Lock()
	a.closed = true
	a.gate.Unlock()
	ended := make(chan struct{})
	go func() {
		a.running.Wait()
		close(ended)
	}()
	select {
	case <-ended:
		return true
	case <-time.After(patience):
		return false
	}
}

// Post has f run on the window's goroutine unless Close has begun. Any goroutine may call it.
func (a *Async) Post(f func()) {
	a.gate.Lock()
	defer a.gate.Unlock()
	if !a.closed {
		a.dispatch(f)
	}
}

func guarded[T any](work func() (T, error)) (answer T, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("fault in background work: %v\n%s", fault, debug.Stack())
		}
	}()
	return work()
}
