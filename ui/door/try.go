package door

import (
	"context"
	"time"

	"wardbook/app/term"
	"wardbook/ui/kit"
)

// phase is what a try is at.
type phase uint8

const (
	resting  phase = iota
	trying         // the password is being checked, the book is being opened
	stopping       // the person no longer wants it, and the work has not noticed yet
	waiting        // after too many wrong tries
)

// tryState is all that a view shows of a try.
type tryState struct {
	phase  phase
	wait   int        // seconds left, while waiting
	remark kit.Remark // what came of the last try
	step   step       // how far it has come, while trying
}

// busy tells that the view has to wait for an answer.
func (s tryState) busy() bool { return s.phase == trying || s.phase == stopping }

// try is what coming in has in common whichever way: a secret is tried, which is slow on purpose and counted. All of it belongs to the window's
// goroutine.
type try struct {
	async   *kit.Async
	later   kit.Later
	explain func(error) kit.Sentence
	show    func(tryState)
	// wrong is called when the secret was refused: it must not stay on the screen.
	wrong func()
	// faults shows what is wrong with the fields, and tells whether the error was about any; nil where there is none to show.
	faults func(error) bool
	// delay tells how long the next try has to wait; nil where that is only found out by trying.
	delay func() time.Duration

	state     tryState
	cancel    context.CancelFunc
	stopTimer func()
}

// begin tries. Nothing happens while another try is under way or has to be waited for. undo takes back what came of a try that the person
// stopped too late; where it is nil, a try can't be stopped.
func begin[T any](t *try, work func(context.Context, Progress) (T, error), undo func(T), done func(T)) {
	if t.state.phase != resting {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	t.cancel = cancel
	t.set(tryState{phase: trying})
	kit.Start(t.async, func(closed context.Context, tell func(func())) (T, error) {
		defer context.AfterFunc(closed, cancel)()
		return work(ctx, latest(tell, t.progress))
	}, func(answer T, err error) {
		cancel()
		stopped := t.state.phase == stopping
		switch {
		case stopped && err == nil:
			kit.Start(t.async, func(context.Context, func(func())) (struct{}, error) {
				undo(answer)
				return struct{}{}, nil
			}, func(struct{}, error) { t.stopped() })
		case stopped:
			t.stopped()
		case err == nil:
			t.set(tryState{})
			done(answer)
		default:
			t.failed(err)
		}
	})
}

func (t *try) progress(s step) {
	t.state.step = s
	t.show(t.state)
}

// stop ends a try. It is for those that were begun with an undo.
func (t *try) stop() {
	if t.state.phase == trying {
		t.cancel()
		t.set(tryState{phase: stopping, remark: kit.Remark{Sentence: kit.Say("door.try.stopping", "Stopping. This may take a moment.")}})
	}
}

func (t *try) stopped() {
	t.set(tryState{remark: kit.Remark{Tone: kit.Plain, Sentence: kit.Say("door.try.stopped", "Stopped. Nobody was signed in.")}})
}

func (t *try) failed(err error) {
	if seconds, ok := secondsToWait(err); ok {
		t.wait(seconds, kit.Sentence{})
		return
	}
	if t.faults != nil && t.faults(err) {
		t.set(tryState{})
		return
	}
	said := t.explain(err)
	refused := term.Is(err, term.Forbidden)
	if d := t.nextIn(); refused && d > 0 {
		t.wait(int((d+time.Second-1)/time.Second), said)
	} else {
		t.set(tryState{remark: kit.Remark{Tone: kit.Critical, Sentence: said}})
	}
	if refused {
		t.wrong() // after the view was told: fields at rest can't have the keyboard
	}
}

func (t *try) nextIn() time.Duration {
	if t.delay == nil {
		return 0
	}
	return t.delay()
}

// secondsToWait tells whether a try came too early, and how long is still to be waited.
func secondsToWait(err error) (int, bool) {
	for _, fault := range term.Faults(err) {
		if fault.Message.Key == "access.attempts.wait" {
			seconds, ok := fault.Message.Args["Seconds"].(int)
			return seconds, ok && seconds > 0
		}
	}
	return 0, false
}

// wait counts down. said is what came of the last try, where there was one.
func (t *try) wait(seconds int, said kit.Sentence) {
	if seconds <= 0 {
		t.set(tryState{remark: kit.Remark{Tone: kit.Plain, Sentence: kit.Say("door.try.again", "You can try again now.")}})
		return
	}
	sentence := kit.Say("door.try.wait", "Too many wrong tries. You can try again in {{.Seconds}} s.", "Seconds", seconds)
	if !said.Empty() {
		sentence = kit.Say("door.try.wrongwait", "{{.Said}} You can try again in {{.Seconds}} s.", "Said", said, "Seconds", seconds)
	}
	t.set(tryState{phase: waiting, wait: seconds, remark: kit.Remark{Tone: kit.Attention, Sentence: sentence}})
	t.stopTimer = t.later(time.Second, func() { t.wait(seconds-1, said) })
}

func (t *try) set(s tryState) {
	t.state = s
	t.show(s)
}

// close ends it with its view. The work is told to stop and not waited for.
func (t *try) close() {
	if t.stopTimer != nil {
		t.stopTimer()
	}
	if t.cancel != nil {
		t.cancel()
	}
	t.async.Close(0)
}
