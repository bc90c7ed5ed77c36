package kit_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"wardbook/ui/kit"
	"wardbook/ui/kit/kittest"
)

func TestAnAnswerArrivesOnTheWindowsGoroutine(t *testing.T) {
	queue := kittest.NewQueue(t)
	async := kit.NewAsync(t.Context(), queue.Do)
	var got int
	kit.Start(async, func(context.Context, func(func())) (int, error) { return 7, nil },
		func(n int, err error) { got = n })
	if !async.Busy() {
		t.Error("not busy while the work runs")
	}
	queue.Run()
	if got != 7 || async.Busy() {
		t.Errorf("got %d, busy %t; want 7, false", got, async.Busy())
	}
}

func TestALateAnswerNeverOverwritesANewerOne(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		queue := kittest.NewQueue(t)
		async := kit.NewAsync(t.Context(), queue.Do)
		count := rapid.IntRange(1, 6).Draw(rt, "count")
		order := rapid.Permutation(upTo(count)).Draw(rt, "order")
		var shown []int
		finish := make([]chan struct{}, count)
		for i := range finish {
			finish[i] = make(chan struct{})
			kit.Start(async, func(context.Context, func(func())) (int, error) {
				<-finish[i]
				return i, nil
			}, func(n int, _ error) { shown = append(shown, n) })
		}
		for _, i := range order {
			close(finish[i])
			queue.Run()
		}
		if len(shown) != 1 || shown[0] != count-1 {
			rt.Fatalf("answers in the order %v: shown %v, want only %d", order, shown, count-1)
		}
	})
}

func TestProgressOfForgottenWorkIsDropped(t *testing.T) {
	queue := kittest.NewQueue(t)
	async := kit.NewAsync(t.Context(), queue.Do)
	told := 0
	kit.Start(async, func(ctx context.Context, tell func(func())) (int, error) {
		tell(func() { told++ })
		<-ctx.Done()
		tell(func() { told++ })
		return 0, ctx.Err()
	}, func(int, error) { t.Error("the answer of forgotten work was shown") })
	queue.Run()
	async.Cancel()
	queue.Run()
	queue.Run()
	if told != 1 {
		t.Errorf("told %d times, want once", told)
	}
}

func TestNothingReachesAClosedWindow(t *testing.T) {
	queue := kittest.NewQueue(t)
	async := kit.NewAsync(t.Context(), queue.Do)
	kit.Start(async, func(ctx context.Context, _ func(func())) (int, error) {
		<-ctx.Done()
		return 0, ctx.Err()
	}, func(int, error) { t.Error("an answer reached a closed window") })
	if !async.Close(time.Minute) {
		t.Error("the work did not end")
	}
	async.Post(func() { t.Error("a call reached a closed window") })
	if queue.Waiting() != 0 {
		t.Error("something was dispatched after the window's end")
	}
}

func TestWorkThatDoesNotStopIsNotWaitedForForever(t *testing.T) {
	async := kit.NewAsync(t.Context(), kittest.NewQueue(t).Do)
	free := make(chan struct{})
	kit.Start(async, func(context.Context, func(func())) (int, error) {
		<-free
		return 0, nil
	}, func(int, error) {})
	if async.Close(time.Millisecond) {
		t.Error("Close says that the work ended; it has not")
	}
	close(free)
}

func TestAFaultInWorkBecomesAnError(t *testing.T) {
	queue := kittest.NewQueue(t)
	async := kit.NewAsync(t.Context(), queue.Do)
	var got error
	kit.Start(async, func(context.Context, func(func())) (int, error) { panic("out of range") },
		func(_ int, err error) { got = err })
	queue.Run()
	if got == nil || !strings.Contains(got.Error(), "out of range") {
		t.Errorf("got %v, want the fault", got)
	}
}

func TestErrorsArrive(t *testing.T) {
	queue := kittest.NewQueue(t)
	async := kit.NewAsync(t.Context(), queue.Do)
	want, got := errors.New("gone"), error(nil)
	kit.Start(async, func(context.Context, func(func())) (int, error) { return 0, want },
		func(_ int, err error) { got = err })
	queue.Run()
	if !errors.Is(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func upTo(n int) []int {
	numbers := make([]int, n)
	for i := range numbers {
		numbers[i] = i
	}
	return numbers
}
