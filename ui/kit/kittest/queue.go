// Package kittest is for tests of windows: it stands in for Fyne's goroutine, speaks a language that shows what is not
// translated, and looks at what can be reached and read.
//
// Fyne's test driver runs what fyne.Do is given at once, on whatever goroutine called it; a test that looks at a widget
// meanwhile is a data race. A Queue keeps it until the test's own goroutine takes it. Only tests may import it.
package kittest

import (
	"testing"
	"time"
)

// stuck is how long a test waits for something that never comes.
const stuck = 20 * time.Second

// Queue holds what was dispatched.
type Queue struct {
	t     testing.TB
	calls chan func()
}

// NewQueue makes an empty queue; it holds 1000 calls.
func NewQueue(t testing.TB) *Queue { return &Queue{t: t, calls: make(chan func(), 1000)} }

// Do is a kit.Dispatcher.
func (q *Queue) Do(f func()) { q.calls <- f }

// Run waits for the next call and runs it on the test's goroutine.
func (q *Queue) Run() {
	q.t.Helper()
	select {
	case f := <-q.calls:
		f()
	case <-time.After(stuck):
		q.t.Fatal("nothing was dispatched")
	}
}

// Until runs calls until done holds.
func (q *Queue) Until(done func() bool) {
	q.t.Helper()
	for !done() {
		q.Run()
	}
}

// Waiting is how many calls have not run yet.
func (q *Queue) Waiting() int { return len(q.calls) }
