package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// When a person is told that something takes time: at first nothing, because a flicker disturbs more than it says.
const (
	noticeable = 100 * time.Millisecond
	long       = time.Second
)

// Progress shows that work is under way: nothing at first, then what is being done, and after a second how much of it is
// left, with Cancel.
type Progress struct {
	later  Later
	cancel func()

	body    *fyne.Container
	doing   *widget.Label
	left    *widget.Label
	bar     *widget.ProgressBar
	unknown *widget.ProgressBarInfinite
	button  *Button
	stops   []func()
	running bool
	full    bool
	done    int64
	total   int64
}

// NewProgress makes one that shows nothing. cancel stops the work; where nil, it can't be stopped.
func NewProgress(later Later, cancel func()) *Progress {
	p := &Progress{later: later, cancel: cancel, doing: widget.NewLabel(""), left: caption(""),
		bar: widget.NewProgressBar(), unknown: widget.NewProgressBarInfinite()}
	p.doing.Wrapping = fyne.TextWrapWord
	p.bar.TextFormatter = func() string { return "" } // the line below says it, where it can be read
	p.unknown.Stop()
	p.button = NewButton(Say("progress.cancel", "Cancel").Text(), nil, func() { p.Cancel() })
	p.body = container.NewVBox(p.doing, p.bar, p.unknown, p.left, container.NewHBox(p.button))
	p.body.Hide()
	return p
}

// Object is what is shown.
func (p *Progress) Object() fyne.CanvasObject { return p.body }

// Focusable is Cancel.
func (p *Progress) Focusable() fyne.Focusable { return p.button }

// Begin is called when the work begins.
func (p *Progress) Begin(doing Sentence) {
	p.End()
	p.running = true
	p.done, p.total = 0, 0
	p.doing.SetText(doing.Text())
	p.stops = []func(){
		p.later(noticeable, p.show),
		p.later(long, func() {
			p.full = true
			p.show()
		}),
	}
}

// Step says how far the work has come: done of total, in whatever it counts; total 0 where it isn't known. An empty
// sentence leaves what is being done as it was.
func (p *Progress) Step(done, total int64, doing Sentence) {
	if !p.running {
		return
	}
	p.done, p.total = done, total
	if !doing.Empty() {
		p.doing.SetText(doing.Text())
	}
	if p.full {
		p.show()
	}
}

// End is called when the work has ended, however it did.
func (p *Progress) End() {
	for _, stop := range p.stops {
		stop()
	}
	p.stops, p.running, p.full = nil, false, false
	p.unknown.Stop() // it would go on moving unseen, and redraw the window for nothing
	p.body.Hide()
}

// Cancel stops the work, and tells whether there was any that could be stopped: for a screen's Esc.
func (p *Progress) Cancel() bool {
	if !p.running || p.cancel == nil {
		return false
	}
	p.End()
	p.cancel()
	return true
}

// Running tells whether work is under way.
func (p *Progress) Running() bool { return p.running }

func (p *Progress) show() {
	known := p.full && p.total > 0
	p.bar.Hidden = !known
	p.unknown.Hidden = !p.full || known
	p.left.Hidden = !known
	p.button.Hidden = !p.full || p.cancel == nil
	if p.unknown.Hidden {
		p.unknown.Stop()
	} else {
		p.unknown.Start()
	}
	if known {
		share := min(1, max(0, float64(p.done)/float64(p.total)))
		p.bar.SetValue(share)
		p.left.SetText(Say("progress.left", "{{.Left}} % left", "Left", int(100-share*100)).Text())
	}
	p.body.Show()
	p.body.Refresh()
}
