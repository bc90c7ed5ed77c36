package ui

import (
	"context"
	"sync/atomic"

	"wardbook/ui/kit"
)

// BookState is what lies in the data folder.
type BookState uint8

// The states.
const (
	NoBook      BookState = iota // nothing yet
	BookPresent                  // a hospital's book
	BookDamaged                  // parts of one; Finding.Sentence says what is wrong and what to do
)

// Finding is the answer to: what lies in this folder?
type Finding struct {
	State    BookState
	Sentence kit.Sentence // only for BookDamaged
}

// Remark is one thing that a check has to say.
type Remark = kit.Remark

// Step is how far a check has come: Done of Total (in whatever it counts; Total 0 where it isn't known), and what is
// being done.
type Step struct {
	Done, Total int64
	Doing       kit.Sentence
}

// examined is all that the first window shows of the book.
type examined struct {
	tone     kit.Tone
	headline kit.Sentence
	detail   kit.Sentence
	canCheck bool
	checking bool
	step     Step
	remarks  []Remark
}

// examine decides what the first window shows. All of it belongs to the window's goroutine.
type examine struct {
	info   Info
	async  *kit.Async
	show   func(examined)
	screen examined
}

func newExamine(info Info, async *kit.Async, show func(examined)) *examine {
	return &examine{info: info, async: async, show: show}
}

// look finds out what lies in the folder. A check that is running goes on and will say more.
func (s *examine) look() {
	if s.screen.checking {
		return
	}
	s.set(examined{headline: kit.Say("start.looking", "Looking into the folder")})
	kit.Start(s.async, func(ctx context.Context, _ func(func())) (Finding, error) {
		return s.info.Look(ctx)
	}, func(found Finding, err error) {
		if err != nil {
			s.set(examined{tone: kit.Critical, headline: kit.Say("start.unreadable", "This folder can't be read"), detail: s.info.Explain(err)})
			return
		}
		s.set(s.screenOf(found))
	})
}

func (s *examine) screenOf(found Finding) examined {
	screen := examined{canCheck: s.info.Check != nil && found.State != NoBook}
	switch found.State {
	case BookPresent:
		screen.headline = kit.Say("start.present", "A hospital's book lies in this folder")
		screen.detail = kit.Say("start.present.detail", "A check reads all of it and names whatever was changed or damaged. It changes nothing, and needs no password for what it looks at here.")
	case BookDamaged:
		screen.tone = kit.Critical
		screen.headline = kit.Say("start.damaged", "The book in this folder is not whole")
		screen.detail = found.Sentence
	default:
		screen.headline = kit.Say("start.none", "No hospital has been set up in this folder yet")
		screen.detail = kit.Say("start.none.detail", "There is nothing to check. Close this page to set a hospital up.")
	}
	return screen
}

// check reads the whole book. It can't be started twice at once.
func (s *examine) check() {
	if !s.screen.canCheck || s.screen.checking {
		return
	}
	screen := s.screen
	screen.checking, screen.remarks = true, nil
	screen.step = Step{Doing: kit.Say("check.begins", "Opening the book")}
	s.set(screen)
	kit.Start(s.async, func(ctx context.Context, tell func(func())) ([]Remark, error) {
		return s.info.Check(ctx, s.latest(tell))
	}, func(remarks []Remark, err error) {
		if err != nil {
			remarks = append(remarks, Remark{Tone: kit.Critical, Sentence: s.info.Explain(err)})
		}
		s.checked(remarks)
	})
}

// latest passes steps on to the window, where at most one waits at a time: a book has more entries than a window can draw.
func (s *examine) latest(tell func(func())) func(Step) {
	var waiting atomic.Pointer[Step]
	return func(step Step) {
		if waiting.Swap(&step) == nil {
			tell(func() { s.progress(*waiting.Swap(nil)) })
		}
	}
}

func (s *examine) progress(step Step) {
	s.screen.step = step
	s.show(s.screen)
}

func (s *examine) checked(remarks []Remark) {
	s.screen.checking = false
	s.screen.remarks = remarks
	s.show(s.screen)
}

// stop ends a running check, and tells whether there was one.
func (s *examine) stop() bool {
	if !s.screen.checking {
		return false
	}
	s.async.Cancel()
	s.checked([]Remark{{Tone: kit.Plain, Sentence: kit.Say("check.stopped", "The check was stopped before its end. It says nothing about the book.")}})
	return true
}

func (s *examine) set(screen examined) {
	s.screen = screen
	s.show(screen)
}
