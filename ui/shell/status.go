package shell

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"wardbook/app/access"
	"wardbook/ui/kit"
)

// statusBar is the line at the bottom: who is signed in and as what, how the store does, when the desk locks.
type statusBar struct {
	bench  *Bench
	who    *widget.Label
	store  *fyne.Container
	lock   *widget.Label
	told   kit.Remark
	object fyne.CanvasObject
}

func newStatusBar(b *Bench) *statusBar {
	s := &statusBar{bench: b, who: caption(), store: container.NewHBox(), lock: caption()}
	s.object = container.NewHBox(s.who, layout.NewSpacer(), s.store, layout.NewSpacer(), s.lock)
	return s
}

func caption() *widget.Label {
	label := widget.NewLabel("")
	label.SizeName = base.SizeNameCaptionText
	return label
}

// whoText is who is signed in, as what, and where.
func (b *Bench) whoText() string {
	return kit.Say("status.who", "{{.Name}}, {{.Roles}}  ·  {{.Hospital}}", "Name", b.session.Name(), "Roles", RoleNames(b.session.Roles()), "Hospital", b.o.Hospital).Text()
}

// refresh says what is true at this moment.
func (s *statusBar) refresh() {
	b := s.bench
	setText(s.who, b.whoText())
	if b.o.Store == nil {
		return
	}
	if remark := b.o.Store(); remark.Sentence.Text() != s.told.Sentence.Text() {
		s.told = remark
		s.store.RemoveAll()
		if !remark.Sentence.Empty() {
			label := caption()
			label.Importance = remark.Tone.Importance()
			label.SetText(remark.Sentence.Text())
			s.store.Add(widget.NewIcon(remark.Tone.Shape()))
			s.store.Add(label)
		}
		s.store.Refresh()
	}
}

// showLock says how long is left until the desk locks.
func (s *statusBar) showLock(left time.Duration) {
	switch {
	case left > time.Minute:
		setText(s.lock, kit.Say("status.lock", "locks in {{.Minutes}} min", "Minutes", int((left+time.Minute-1)/time.Minute)).Text())
	default:
		setText(s.lock, kit.Say("status.lock.soon", "locks in {{.Seconds}} s", "Seconds", max(0, int(left/time.Second))).Text())
	}
	importance := widget.LowImportance
	if left <= 30*time.Second {
		importance = widget.WarningImportance
	}
	if s.lock.Importance != importance {
		s.lock.Importance = importance
		s.lock.Refresh()
	}
}

func setText(label *widget.Label, text string) {
	if label.Text != text {
		label.SetText(text)
	}
}

// RoleNames are the names of the roles that somebody holds, with commas.
func RoleNames(roles access.Roles) string {
	var names []string
	for _, role := range roles.Each() {
		names = append(names, kit.Of(role.Name()).Text())
	}
	return strings.Join(names, ", ")
}
