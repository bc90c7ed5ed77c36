package rooms

import (
	"context"

	"github.com/google/uuid"

	"wardbook/ui/kit"
)

// sheet is a form in a dialog, which stays open with what was typed until it has been done.
type sheet struct {
	host         kit.Host
	title, label kit.Sentence
	remarks      []kit.Remark
	form         *kit.Form
	danger       bool
	// wish is what stands in the form, to be compared, and what does it.
	wish func() (content any, do func(ctx context.Context, operation uuid.UUID) (kit.Toast, error))
	done func()
}

func (s sheet) ask() {
	async := s.host.Async()
	d := &kit.Dialog{Title: s.title, Remarks: s.remarks, Form: s.form}
	var tries wish[any]
	d.Buttons = []kit.DialogButton{{Label: s.label, Primary: !s.danger, Danger: s.danger, Stay: true, Do: func() {
		if async.Busy() || !s.form.Check() {
			return
		}
		content, do := s.wish()
		operation := tries.of(content)
		d.Enable(0, false)
		kit.Start(async, func(ctx context.Context, _ func(func())) (kit.Toast, error) { return do(ctx, operation) }, func(t kit.Toast, err error) {
			d.Enable(0, true)
			if err != nil {
				refuse(s.form, s.host.Explain(err), err)
				return
			}
			d.Close()
			s.host.Tell(t)
			s.done()
		})
	}}}
	s.host.Ask(d)
}

// good is a notice of something that was done.
func good(s kit.Sentence) kit.Toast { return kit.Toast{Tone: kit.Good, Sentence: s} }
