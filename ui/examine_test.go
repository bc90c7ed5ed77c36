package ui

import (
	"context"
	"errors"
	"testing"

	"wardbook/ui/kit"
	"wardbook/ui/kit/kittest"
)

// presented is a presenter with a queue for the window's goroutine, and what it has shown.
type presented struct {
	*examine
	queue *kittest.Queue
	last  examined
	shows int
}

func newPresented(t *testing.T, info Info) *presented {
	t.Helper()
	d := &presented{queue: kittest.NewQueue(t)}
	info.Explain = func(err error) kit.Sentence { return kit.Say("test.explained", "explained: "+err.Error()) }
	d.examine = newExamine(info, kit.NewAsync(t.Context(), d.queue.Do), func(s examined) {
		d.last = s
		d.shows++
	})
	return d
}

func finding(f Finding, err error) func(context.Context) (Finding, error) {
	return func(context.Context) (Finding, error) { return f, err }
}

func noRemarks(context.Context, func(Step)) ([]Remark, error) { return nil, nil }

func TestTheWindowSaysWhatLiesInTheFolder(t *testing.T) {
	broken := kit.Say("test.broken", "The keys are missing.")
	for name, c := range map[string]struct {
		look     func(context.Context) (Finding, error)
		headline string
		tone     kit.Tone
		detail   string
		canCheck bool
	}{
		"nothing": {finding(Finding{}, nil), "start.none", kit.Plain, "start.none.detail", false},
		"a book":  {finding(Finding{State: BookPresent}, nil), "start.present", kit.Plain, "start.present.detail", true},
		"damaged": {finding(Finding{State: BookDamaged, Sentence: broken}, nil), "start.damaged", kit.Critical, "test.broken", true},
		"error":   {finding(Finding{}, errors.New("EIO")), "start.unreadable", kit.Critical, "test.explained", false},
	} {
		t.Run(name, func(t *testing.T) {
			d := newPresented(t, Info{Look: c.look, Check: noRemarks})
			d.look()
			if d.last.headline.Key != "start.looking" {
				t.Errorf("while looking: %q", d.last.headline.Key)
			}
			d.queue.Run()
			got := d.last
			if got.headline.Key != c.headline || got.tone != c.tone || got.detail.Key != c.detail || got.canCheck != c.canCheck {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestAProgramThatCannotCheckOffersNoCheck(t *testing.T) {
	d := newPresented(t, Info{Look: finding(Finding{State: BookPresent}, nil)})
	d.look()
	d.queue.Run()
	d.check()
	if d.last.canCheck || d.last.checking {
		t.Errorf("a check is offered: %+v", d.last)
	}
}

func TestACheckShowsHowFarItIsAndWhatItFound(t *testing.T) {
	found := []Remark{{Tone: kit.Good, Sentence: kit.Say("test.good", "All 12 entries are as they were written.")}}
	d := newPresented(t, Info{
		Look: finding(Finding{State: BookPresent}, nil),
		Check: func(_ context.Context, progress func(Step)) ([]Remark, error) {
			progress(Step{Done: 3, Total: 12})
			return found, nil
		},
	})
	d.look()
	d.queue.Run()
	d.check()
	if !d.last.checking {
		t.Fatal("nothing shows that the check runs")
	}
	d.queue.Run()
	if d.last.step.Done != 3 || d.last.step.Total != 12 || !d.last.checking {
		t.Errorf("progress not shown: %+v", d.last)
	}
	d.queue.Run()
	if d.last.checking || len(d.last.remarks) != 1 || d.last.remarks[0].Sentence.Key != "test.good" {
		t.Errorf("the end not shown: %+v", d.last)
	}
}

func TestACheckThatFailsShowsWhatItFoundAndWhyItStopped(t *testing.T) {
	d := newPresented(t, Info{
		Look: finding(Finding{State: BookPresent}, nil),
		Check: func(context.Context, func(Step)) ([]Remark, error) {
			return []Remark{{Tone: kit.Attention, Sentence: kit.Say("test.some", "Half was read.")}}, errors.New("EIO")
		},
	})
	d.look()
	d.queue.Run()
	d.check()
	d.queue.Until(func() bool { return !d.last.checking })
	if n := len(d.last.remarks); n != 2 || d.last.remarks[1].Tone != kit.Critical || d.last.remarks[1].Sentence.Key != "test.explained" {
		t.Errorf("got %+v", d.last.remarks)
	}
}

func TestThousandsOfStepsDoNotFloodTheWindow(t *testing.T) {
	told := make(chan struct{})
	d := newPresented(t, Info{
		Look: finding(Finding{State: BookPresent}, nil),
		Check: func(_ context.Context, progress func(Step)) ([]Remark, error) {
			defer close(told)
			for i := range int64(5000) {
				progress(Step{Done: i + 1, Total: 5000})
			}
			return nil, nil
		},
	})
	d.look()
	d.queue.Run()
	d.check()
	<-told // the window was busy meanwhile
	d.queue.Until(func() bool { return !d.last.checking })
	if d.last.step.Done != 5000 {
		t.Errorf("the newest step was lost: %d", d.last.step.Done)
	}
	if d.shows > 10 {
		t.Errorf("drawn %d times", d.shows)
	}
}

func TestACheckCanBeStoppedAndIsNotStartedTwice(t *testing.T) {
	runs := make(chan struct{}, 9)
	d := newPresented(t, Info{
		Look: finding(Finding{State: BookPresent}, nil),
		Check: func(ctx context.Context, _ func(Step)) ([]Remark, error) {
			runs <- struct{}{}
			<-ctx.Done()
			return nil, ctx.Err()
		},
	})
	d.look()
	d.queue.Run()
	if d.stop() {
		t.Error("stopped a check that did not run")
	}
	d.check()
	d.check()
	d.look() // F5 must not end it either
	<-runs
	if !d.last.checking || !d.stop() {
		t.Fatal("the check could not be stopped")
	}
	d.queue.Run() // its late answer
	if d.last.checking || len(d.last.remarks) != 1 || d.last.remarks[0].Sentence.Key != "check.stopped" {
		t.Errorf("after the stop: %+v", d.last)
	}
	if len(runs) != 0 {
		t.Error("the check ran twice")
	}
}
