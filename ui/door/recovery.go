package door

import (
	"context"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"wardbook/app/access"
	"wardbook/app/hospital"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// RecoveryOptions are what the view of the way in by the recovery key is told.
type RecoveryOptions struct {
	Host     Host
	Hospital Hospital
	Done     func(*access.Session)
	Leave    func() // back to the sign-in
	// SaveSheet, OpenFile and Pick are for the new key: see RecoveryKeyOptions.
	SaveSheet func(ctx context.Context, key string) (path string, err error)
	OpenFile  func(ctx context.Context, path string) error
	Pick      func(n int) int
	Draw      io.Reader // of passphrases; nil: the system's randomness
	Later     kit.Later // nil: real time
}

// Recovery is the view in which an administrator comes in with the recovery key, sets a new password, and is shown the key that takes the old
// one's place.
type Recovery struct {
	o        RecoveryOptions
	try      *try
	form     *kit.Form
	key      *kit.TextField
	name     *kit.TextField
	fresh    *fresh
	enter    *kit.BusyButton
	remark   *slot
	progress *kit.Progress
	holder   *fyne.Container
	paper    *RecoveryKey // the new key; nil before
}

var _ View = (*Recovery)(nil)

// NewRecovery makes the view.
func NewRecovery(o RecoveryOptions) *Recovery {
	async := o.Host.Async()
	v := &Recovery{o: o, form: kit.NewForm(1), holder: container.NewStack()}
	v.try = &try{async: async, later: timerOf(o.Later, async), explain: o.Host.Explain, show: v.show, wrong: v.wrong, faults: v.faults}
	v.build()
	return v
}

func (v *Recovery) build() {
	v.key = kit.NewTextField(kit.FieldSpec{Name: "recovery", Label: kit.Say("door.recovery.key", "Recovery key"), Required: true,
		Hint: kit.Say("door.recovery.typing", "Eight groups of five, from the printed sheet. Small letters, spaces and missing dashes are fine, and O counts as 0.")}, kit.TextRules{})
	v.key.OnChange = func() { v.key.SetNote(keyNote(v.key.Text()).Text()) }
	v.name = kit.NewTextField(kit.FieldSpec{Name: "signin", Label: kit.Say("door.recovery.name", "Sign-in name of an administrator"), Required: true}, kit.TextRules{})
	v.enter = kit.NewBusyButton(kit.Say("door.recovery.enter", "Open the hospital"), kit.Say("door.recovery.busy", "Opening"), v.submit)
	v.fresh = newFresh(access.UsualRules, func() []string { return []string{v.name.Text()} }, v.o.Draw, v.o.Host.Focus, func() { v.o.Host.Focus(v.enter) })
	head := heading(kit.Say("door.recovery.title", "Open with the recovery key"),
		kit.Say("door.recovery.why", "It gives an administrator a new password. The book keeps that it was used, all administrators are told, and a new key takes its place."))
	v.form.Section(kit.Sentence{}, v.key, v.name)
	v.fresh.addTo(v.form)
	v.remark = newSlot(v.form)
	v.progress = newProgress(v.form, v.try.later, nil)
	v.form.OnSubmit = v.enter.Press
	v.holder.Add(sheet(head, v.form.Scrolled(), row(v.enter, commandButton(v.fresh.command()), commandButton(v.leaving()))))
}

// keyNote tells how much of a key has been typed.
func keyNote(typed string) kit.Sentence {
	if n := utf8.RuneCountInString(plainKey(typed)); n > 0 {
		return kit.Say("door.recovery.count", "{{.Count}} of {{.All}} letters and digits", "Count", n, "All", recoveryGroups*5)
	}
	return kit.Sentence{}
}

type recovered struct {
	session *access.Session
	key     string
	either  bool // it is not certain which key is in force, the old one or this one
}

func (v *Recovery) submit() {
	if !v.form.Check() {
		v.enter.Done()
		return
	}
	key, name, password := v.key.Text(), v.name.Text(), v.fresh.text()
	begin(v.try, func(ctx context.Context, progress Progress) (recovered, error) {
		session, fresh, err := v.o.Hospital.Recover(ctx, key, name, password, progress)
		if session != nil && errors.Is(err, hospital.ErrEitherKey) {
			return recovered{session, fresh, true}, nil
		}
		return recovered{session: session, key: fresh}, err
	}, nil, v.recovered)
}

func (v *Recovery) recovered(r recovered) {
	v.key.SetText("")
	v.fresh.forget()
	if r.key == "" {
		v.o.Host.Ask(&kit.Dialog{Title: kit.Say("door.recovery.old", "The recovery key stays the same"), Leave: kit.Say("door.recovery.understood", "I keep the paper"),
			OnCancel: func() { v.o.Done(r.session) },
			Remarks: []kit.Remark{{Tone: kit.Attention, Sentence: kit.Say("door.recovery.kept",
				"Your new password is set, but no new recovery key could be made. The one you used stays in force: keep its paper locked away, and make a new key later, under Hospital.")}}})
		return
	}
	more, caution := kit.Say("door.recovery.ended", "Your new password is set. The old recovery key no longer opens anything: destroy its paper."), kit.Sentence{}
	if r.either {
		more = kit.Say("door.recovery.unsure", "Your new password is set.")
		caution = kit.Say("door.recovery.either", "The new key could not be saved for certain. Either key may be in force: keep both papers, and make another key soon, under Hospital.")
	}
	v.paper = NewRecoveryKey(RecoveryKeyOptions{Host: v.o.Host, Key: r.key, More: more, Caution: caution, SaveSheet: v.o.SaveSheet, OpenFile: v.o.OpenFile, Pick: v.o.Pick, Done: func() { v.o.Done(r.session) }})
	v.holder.RemoveAll()
	v.holder.Add(v.paper.Content())
	v.o.Host.Focus(v.paper.Start())
}

// wrong is for a key that is well typed and not this hospital's. It stays: it is long, and the person has it on paper anyway.
func (v *Recovery) wrong() { v.o.Host.Focus(v.key.Focusable()) }

func (v *Recovery) faults(err error) bool {
	faults := term.Faults(err)
	if len(faults) == 0 || !strings.Contains(" recovery signin password ", " "+faults[0].Field+" ") {
		return false
	}
	v.form.Enable(true)
	showFaults(v.form, err, v.o.Host.Explain)
	return true
}

func (v *Recovery) show(s tryState) {
	showTry(s, v.form, v.enter, v.remark, v.progress, kit.Say("door.recovery.opening", "Opening the book"))
}

func (v *Recovery) leave() {
	if !v.try.state.busy() {
		v.fresh.forget()
		v.o.Leave()
	}
}

// Content is the view.
func (v *Recovery) Content() fyne.CanvasObject { return v.holder }

// Start is the key.
func (v *Recovery) Start() fyne.Focusable {
	if v.paper != nil {
		return v.paper.Start()
	}
	return v.key.Focusable()
}

// Commands are the keys of the view.
func (v *Recovery) Commands() []kit.Command {
	if v.paper != nil {
		return v.paper.Commands()
	}
	return append(enterCommands(kit.Say("door.recovery.enter", "Open the hospital"), v.enter.Press), v.leaving(), v.fresh.command())
}

func (v *Recovery) leaving() kit.Command {
	return kit.Command{Name: kit.Say("door.recovery.back", "Back to signing in"), Key: fyne.KeyEscape, Do: v.leave}
}

// Unsaved tells whether the new key would be lost.
func (v *Recovery) Unsaved() bool { return v.paper != nil && v.paper.Unsaved() }

// Close ends what runs for the view.
func (v *Recovery) Close() {
	if v.paper != nil {
		v.paper.Close()
	}
	v.try.close()
}
