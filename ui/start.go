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

// Tone says how a sentence is meant; it is shown by a colour, a shape and a word together.
type Tone uint8

// The tones.
const (
	Plain Tone = iota
	Good
	Attention
	Critical
)

// Remark is one thing that a check has to say.
type Remark struct {
	Tone     Tone
	Sentence kit.Sentence
}

// Step is how far a check has come: Done of Total (in whatever it counts; Total 0 where it isn't known), and what is
// being done.
type Step struct {
	Done, Total int64
	Doing       kit.Sentence
}

// startScreen is all that the first window shows of the book.
type startScreen struct {
	tone     Tone
	headline kit.Sentence
	detail   kit.Sentence
	canCheck bool
	checking bool
	step     Step
	remarks  []Remark
}

// start decides what the first window shows. All of it belongs to the window's goroutine.
type start struct {
	info   Info
	async  *kit.Async
	show   func(startScreen)
	screen startScreen
}

func newStart(info Info, async *kit.Async, show func(startScreen)) *start {
	return &start{info: info, async: async, show: show}
}

// look finds out what lies in the folder. A check that is running goes on and will say more.
func (s *start) look() {
	if s.screen.checking {
		return
	}
	s.set(startScreen{headline: kit.Say("start.looking", "Looking into the folder")})
	kit.Start(s.async, func(ctx context.Context, _ func(func())) (Finding, error) {
		return s.info.Look(ctx)
	}, func(found Finding, err error) {
		if err != nil {
			s.set(startScreen{tone: Critical, headline: kit.Say("start.unreadable", "This folder can't be read"), detail: s.info.Explain(err)})
			return
		}
		s.set(s.screenOf(found))
	})
}

func (s *start) screenOf(found Finding) startScreen {
	screen := startScreen{canCheck: s.info.Check != nil && found.State != NoBook}
	switch found.State {
	case BookPresent:
		screen.headline = kit.Say("start.present", "A hospital's book lies in this folder")
		screen.detail = kit.Say("start.present.detail", "This version of Wardbook can't open it yet, and changes nothing in it.")
	case BookDamaged:
		screen.tone = Critical
		screen.headline = kit.Say("start.damaged", "The book in this folder is not whole")
		screen.detail = found.Sentence
	default:
		screen.headline = kit.Say("start.none", "No hospital has been set up in this folder yet")
		screen.detail = kit.Say("start.none.detail", "Setting up a hospital comes with a later version of Wardbook. Until then there is nothing to do here, and nothing is recorded.")
	}
	return screen
}

// check reads the whole book. It can't be started twice at once.
func (s *start) check() {
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
			remarks = append(remarks, Remark{Critical, s.info.Explain(err)})
		}
		s.checked(remarks)
	})
}

// latest passes steps on to the window, where at most one waits at a time: a book has more entries than a window can draw.
func (s *start) latest(tell func(func())) func(Step) {
	var waiting atomic.Pointer[Step]
	return func(step Step) {
		if waiting.Swap(&step) == nil {
			tell(func() { s.progress(*waiting.Swap(nil)) })
		}
	}
}

func (s *start) progress(step Step) {
	s.screen.step = step
	s.show(s.screen)
}

func (s *start) checked(remarks []Remark) {
	s.screen.checking = false
	s.screen.remarks = remarks
	s.show(s.screen)
}

// stop ends a running check, and tells whether there was one.
func (s *start) stop() bool {
	if !s.screen.checking {
		return false
	}
	s.async.Cancel()
	s.checked([]Remark{{Plain, kit.Say("check.stopped", "The check was stopped before its end. It says nothing about the book.")}})
	return true
}

func (s *start) set(screen startScreen) {
	s.screen = screen
	s.show(screen)
}
