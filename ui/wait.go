package ui

import (
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"wardbook/app/term"
	"wardbook/ui/door"
	"wardbook/ui/kit"
)

// waitView says what is being done before anybody can sign in, and how far it has come.
type waitView struct {
	async    *kit.Async
	progress *kit.Progress
	holder   *fyne.Container
	again    *kit.State
}

func newWaitView(async *kit.Async, doing kit.Sentence) *waitView {
	v := &waitView{async: async, progress: kit.NewProgress(kit.NewLater(async.Post), nil)}
	v.holder = container.NewStack(container.New(kit.Column{Width: readable, Margin: 48}, v.progress.Object()))
	v.progress.Begin(doing)
	return v
}

// hear passes steps on to the window, where at most one waits at a time.
func (v *waitView) hear(tell func(func())) door.Progress {
	type step struct {
		doing       kit.Sentence
		done, total int64
	}
	var waiting atomic.Pointer[step]
	return func(stage term.Text, done, total int64) {
		if waiting.Swap(&step{kit.Of(stage), done, total}) == nil {
			tell(func() {
				s := waiting.Swap(nil)
				v.progress.Step(s.done, s.total, s.doing)
			})
		}
	}
}

// fail says why it could not be done, and offers to try again.
func (v *waitView) fail(why kit.Sentence, again func()) {
	v.progress.End()
	v.again = kit.Failed(why, again)
	v.holder.Objects = []fyne.CanvasObject{v.again.Object()}
	v.holder.Refresh()
}

func (v *waitView) Content() fyne.CanvasObject { return v.holder }
func (v *waitView) Start() fyne.Focusable      { return nil }
func (v *waitView) Commands() []kit.Command    { return nil }
func (v *waitView) Close()                     { v.async.Close(0) }
