package door

import (
	"crypto/rand"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"wardbook/app/term"
	"wardbook/ui/kit"
)

// Wizard is the view of the first run: from an empty folder to a hospital with its first administrator signed in.
type Wizard struct {
	o        WizardOptions
	present  *wizard
	holder   *fyne.Container
	pages    [pages]wizardPage
	progress *kit.Progress
	making   fyne.CanvasObject
	key      *RecoveryKey
}

// wizardPage is one step. It is built once, so that nothing typed is lost on the way back.
type wizardPage interface {
	content() fyne.CanvasObject
	start() fyne.Focusable
	commands() []kit.Command
	wrong([]term.Fault)
	dirty() bool // something was typed
	close()
}

var _ View = (*Wizard)(nil)

// NewWizard makes the view.
func NewWizard(o WizardOptions) *Wizard {
	if o.Draw == nil {
		o.Draw = rand.Reader
	}
	if o.Language == "" {
		o.Language = "en"
	}
	async := o.Host.Async()
	v := &Wizard{o: o, holder: container.NewStack()}
	v.present = &wizard{o: o, turned: v.turn, wrong: func(faults []term.Fault) { v.pages[v.present.at].wrong(faults) }}
	v.present.try = &try{async: async, later: timerOf(o.Later, async), explain: o.Host.Explain, show: v.show, wrong: func() {}, faults: v.present.refused}
	form := kit.NewForm(1)
	v.progress = newProgress(form, v.present.try.later, nil)
	form.AddObject(even(small(kit.Say("door.making.wait", "It takes some seconds. Don't switch the computer off."))))
	v.making = sheet(heading(kit.Say("door.making.title", "Setting up the hospital"), stepOf(keyStep)), form.Scrolled(), nil)
	v.pages[welcomePage] = newWelcome(v)
	v.pages[hospitalPage] = newHospitalForm(v)
	v.pages[personPage] = newPersonForm(v)
	v.pages[staffPage] = newStaffForm(v)
	v.holder.Add(v.pages[welcomePage].content())
	return v
}

// stepOf tells how far the wizard is.
func stepOf(p page) kit.Sentence {
	return kit.Say("door.wizard.step", "Setting up a hospital, step {{.Step}} of {{.All}}", "Step", int(p)+1, "All", int(pages))
}

// turn shows the step that the presenter has decided on.
func (v *Wizard) turn(key string) {
	content := v.making
	switch {
	case v.present.at == keyStep && key != "":
		v.forget()
		v.key = NewRecoveryKey(RecoveryKeyOptions{Host: v.o.Host, Key: key, More: stepOf(keyStep), SaveSheet: v.o.SaveSheet, OpenFile: v.o.OpenFile,
			Pick: v.o.Pick, Done: v.present.keyDone})
		content = v.key.Content()
	case v.present.at != keyStep:
		content = v.pages[v.present.at].content()
	}
	v.holder.RemoveAll()
	v.holder.Add(content)
	v.o.Host.Focus(v.Start())
}

// forget takes the passwords away once they have been set.
func (v *Wizard) forget() { v.pages[personPage].(*personForm).fresh.forget() }

// show tells how far the making of the hospital has come. Where it failed the person is back at the last form, with all that was typed.
func (v *Wizard) show(s tryState) {
	if s.phase == trying {
		if !v.progress.Running() {
			v.progress.Begin(kit.Say("door.making.keys", "Making the keys"))
		}
		v.progress.Step(s.step.done, s.step.total, s.step.doing)
		return
	}
	v.progress.End()
	if !s.remark.Sentence.Empty() {
		v.present.turn(personPage, "")
		v.pages[personPage].(*personForm).remark(s.remark.Sentence)
	}
}

// leave asks before what was typed is thrown away. It is the way out as long as nothing has been made.
func (v *Wizard) leave() {
	if v.present.at == welcomePage {
		v.o.Leave()
		return
	}
	v.o.Host.Ask(kit.Confirm(kit.Say("door.wizard.leave", "Leave without setting up a hospital?"),
		kit.Say("door.wizard.lost", "Nothing has been made yet. What you typed is thrown away."),
		kit.Say("door.wizard.throw", "Leave and throw it away"), v.o.Leave))
}

// leaving is the command of leave.
func (v *Wizard) leaving() kit.Command {
	return kit.Command{Name: kit.Say("door.wizard.out", "Leave"), Key: fyne.KeyEscape, Do: v.leave}
}

// backward is the command that leads to the step before.
func (v *Wizard) backward() kit.Command {
	return kit.Command{Name: kit.Say("door.wizard.back", "Back"), Key: fyne.KeyLeft, Modifier: forth, Do: v.present.back}
}

// Content is the view.
func (v *Wizard) Content() fyne.CanvasObject { return v.holder }

// Start is where the step that is shown begins.
func (v *Wizard) Start() fyne.Focusable {
	if v.present.at != keyStep {
		return v.pages[v.present.at].start()
	}
	if v.key != nil {
		return v.key.Start()
	}
	return nil
}

// Commands are the keys of the step that is shown.
func (v *Wizard) Commands() []kit.Command {
	if v.present.at != keyStep {
		return v.pages[v.present.at].commands()
	}
	if v.key != nil {
		return v.key.Commands()
	}
	return nil
}

// Unsaved tells whether quitting would lose something: what was typed at a step that counts, and, from the moment the hospital is made until the
// recovery key was checked, that key.
func (v *Wizard) Unsaved() bool {
	switch v.present.at {
	case hospitalPage, personPage:
		return v.pages[hospitalPage].dirty() || v.pages[personPage].dirty()
	case keyStep:
		return v.key == nil || v.key.Unsaved()
	}
	return v.pages[v.present.at].dirty()
}

// Close ends what runs for the view.
func (v *Wizard) Close() {
	for _, p := range v.pages {
		if p != nil {
			p.close()
		}
	}
	if v.key != nil {
		v.key.Close()
	}
	v.present.try.close()
}

// welcome is the first step: what is going to happen, and the other ways.
type welcome struct {
	v      *Wizard
	first  *kit.Button
	object fyne.CanvasObject
}

func newWelcome(v *Wizard) *welcome {
	w := &welcome{v: v}
	w.first = kit.NewButton(kit.Say("door.welcome.begin", "Set up a hospital").Text(), nil, v.present.begin)
	w.first.Importance = widget.HighImportance
	buttons := row(w.first)
	form := kit.NewForm(1)
	form.AddObject(even(paragraph(kit.Say("door.welcome.what", "You enter the hospital's name and its first administrator, write a recovery key down, and add the other staff now or later. It takes about five minutes."))))
	form.AddObject(even(paragraph(kit.Say("door.welcome.where", "Everything is kept, encrypted, in this folder: {{.Folder}}", "Folder", v.o.Folder))))
	form.AddObject(even(paragraph(kit.Say("door.welcome.account", "There is no account that comes with the program: nobody gets in but the people you enter."))))
	if v.o.Demo != nil {
		buttons.Add(commandButton(w.demo()))
		form.AddObject(even(paragraph(kit.Say("door.welcome.demo", "The demo hospital is invented, and thrown away at the end. Try it first if you like."))))
	}
	buttons.Add(commandButton(v.leaving()))
	form.AddObject(even(small(kit.Say("door.welcome.data", "Is there a hospital already, in another folder? Leave, and start Wardbook with --data and that folder."))))
	w.object = sheet(heading(kit.Say("door.welcome.title", "Welcome to Wardbook"), stepOf(welcomePage)), form.Scrolled(), buttons)
	return w
}

func (w *welcome) demo() kit.Command {
	return kit.Command{Name: kit.Say("door.welcome.try", "Try the demo hospital"), Key: fyne.KeyT, Modifier: fyne.KeyModifierShortcutDefault, Do: w.v.o.Demo}
}

func (w *welcome) content() fyne.CanvasObject { return w.object }
func (w *welcome) start() fyne.Focusable      { return w.first }
func (w *welcome) wrong([]term.Fault)         {}
func (w *welcome) dirty() bool                { return false }
func (w *welcome) close()                     {}

func (w *welcome) commands() []kit.Command {
	commands := append(enterCommands(kit.Say("door.welcome.begin", "Set up a hospital"), w.v.present.begin), w.v.leaving())
	if w.v.o.Demo != nil {
		commands = append(commands, w.demo())
	}
	return commands
}
