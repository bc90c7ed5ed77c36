package door

import (
	"crypto/rand"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"

	"wardbook/app/access"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// fresh asks for a new password: twice, with a bar that tells how strong it is, and a passphrase to take instead of inventing one.
type fresh struct {
	rules access.Rules
	own   func() []string // words that others know: the names of person and hospital
	draw  io.Reader       // of passphrases

	first, again *kit.PasswordField
	form         *kit.Form
	suggestion   *slot
	offered      string // the passphrase that is shown
	// taken is called when the person has taken the passphrase: what comes next gets the keyboard.
	taken func()
	focus func(fyne.Focusable)
}

// newFresh makes it. draw is nil for the system's randomness.
func newFresh(rules access.Rules, own func() []string, draw io.Reader, focus func(fyne.Focusable), taken func()) *fresh {
	if draw == nil {
		draw = rand.Reader
	}
	f := &fresh{rules: rules, own: own, draw: draw, taken: taken, focus: focus}
	f.first = kit.NewPasswordField(kit.FieldSpec{Name: "password", Label: kit.Say("door.fresh.first", "New password"), Required: true,
		Hint: kit.Say("door.fresh.rules", "At least {{.Least}} characters. There are no other rules: several words that don't belong together are best.",
			"Least", max(rules.MinPassword, access.LeastPassword))}, f.check, f.measure)
	f.again = kit.NewPasswordField(kit.FieldSpec{Name: "again", Label: kit.Say("door.fresh.again", "New password again"), Required: true}, f.same, nil)
	return f
}

// addTo puts it into a form. The button that suggests a passphrase belongs to the form's foot, where it is in sight.
func (f *fresh) addTo(form *kit.Form) {
	f.form = form
	form.Section(kit.Sentence{}, f.first, f.again)
	f.suggestion = newSlot(form)
}

func (f *fresh) text() string { return f.first.Text() }

// forget takes the passwords off the screen.
func (f *fresh) forget() {
	f.first.Clear()
	f.again.Clear()
	f.offered = ""
	f.suggestion.put(nil)
}

// check says in one sentence what is wrong with a new password.
func (f *fresh) check(password string) kit.Sentence {
	for _, fault := range term.Faults(f.rules.CheckPassword(password, f.own()...)) {
		return kit.Of(fault.Message)
	}
	return kit.Sentence{}
}

func (f *fresh) measure(password string) (int, kit.Sentence) {
	s := f.rules.Measure(password, f.own()...)
	if s.Score >= 3 {
		return s.Score, kit.Sentence{} // the bar's own word says it
	}
	return s.Score, kit.Of(s.Says)
}

func (f *fresh) same(again string) kit.Sentence {
	if again != f.first.Text() {
		return kit.Say("door.fresh.different", "The two passwords are not the same. Type the new password again.")
	}
	return kit.Sentence{}
}

// suggest draws a passphrase and shows it. Another press draws another one.
func (f *fresh) suggest() {
	passphrase, err := access.Passphrase(f.draw)
	if err != nil {
		f.suggestion.say(kit.Remark{Tone: kit.Attention, Sentence: kit.Say("door.fresh.none", "No passphrase could be drawn. Choose a password yourself.")})
		return
	}
	f.offered = passphrase
	take := kit.NewButton(kit.Say("door.fresh.take", "Take this passphrase").Text(), nil, f.take)
	f.suggestion.put(container.NewVBox(
		even(paragraph(kit.Say("door.fresh.write", "Write this down, or learn it by heart, before you take it:"))), even(clear(passphrase, base.SizeNameSubHeadingText)), row(take)))
	f.focus(take)
	lookAt(f.form, take)
}

// take makes the passphrase that is shown the new password.
func (f *fresh) take() {
	if f.offered == "" {
		return
	}
	f.first.Write(f.offered)
	f.again.Write(f.offered)
	f.first.Check()
	f.again.Check()
	f.taken()
}

func (f *fresh) command() kit.Command {
	return kit.Command{Name: kit.Say("door.fresh.offer", "Suggest a passphrase"), Key: fyne.KeyG, Modifier: fyne.KeyModifierShortcutDefault, Do: f.suggest}
}
