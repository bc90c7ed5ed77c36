package door

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"wardbook/ui/kit"
)

// RecoveryKeyOptions are what the view of a new recovery key is told.
type RecoveryKeyOptions struct {
	Host Host
	Key  string // as it is printed
	// More says what came before: 'The hospital is set up.'
	More kit.Sentence
	// Caution is what must not be overlooked, shown with the key and with the questions about it; empty: nothing.
	Caution kit.Sentence
	// SaveSheet writes the key into a PDF to print and gives the file's path; nil where that can't be done.
	SaveSheet func(ctx context.Context, key string) (path string, err error)
	// OpenFile shows a file in the program that the system has for it; nil where that can't be done.
	OpenFile func(ctx context.Context, path string) error
	// Done is called when the key was written down, or the person said in words to go on without.
	Done func()
	Pick func(n int) int // which groups are asked for; nil: by chance
}

// RecoveryKey is the view that shows a new recovery key, once, and makes sure that it was written down.
type RecoveryKey struct {
	o       RecoveryKeyOptions
	paper   *paper
	async   *kit.Async
	holder  *fyne.Container
	shown   *keyPage
	check   *checkPage
	showing bool
	done    bool // it is on paper, or given up in words
}

var _ View = (*RecoveryKey)(nil)

// NewRecoveryKey makes the view.
func NewRecoveryKey(o RecoveryKeyOptions) *RecoveryKey {
	v := &RecoveryKey{o: o, paper: newPaper(o.Key, o.Pick), async: o.Host.Async(), holder: container.NewStack(), showing: true}
	v.shown, v.check = newKeyPage(v), newCheckPage(v)
	v.holder.Add(v.shown.object)
	return v
}

// turn shows the key, or the questions about it. Never both: what stands on the screen needs no paper.
func (v *RecoveryKey) turn(showing bool) {
	v.showing = showing
	v.holder.RemoveAll()
	if showing {
		v.holder.Add(v.shown.object)
	} else {
		v.holder.Add(v.check.object)
	}
	v.o.Host.Focus(v.Start())
}

func (v *RecoveryKey) caution(form *kit.Form) {
	if !v.o.Caution.Empty() {
		form.AddObject(even(kit.RemarkRow(kit.Attention, v.o.Caution)))
	}
}

// finish goes on: the key is on paper, or the person has said to do without.
func (v *RecoveryKey) finish() {
	v.done = true
	v.o.Done()
}

// keyPage shows the key.
type keyPage struct {
	v      *RecoveryKey
	form   *kit.Form
	object fyne.CanvasObject
	save   *kit.BusyButton
	next   *kit.Button
	remark *slot
	open   *slot
}

func newKeyPage(v *RecoveryKey) *keyPage {
	p := &keyPage{v: v, form: kit.NewForm(1)}
	v.caution(p.form)
	p.form.AddObject(even(paragraph(kit.Say("door.paper.why", "This key opens the hospital when every administrator has forgotten the password. "+
		"It is shown only now. Print it or write it down, and lock the paper away where nobody finds it by chance: whoever has it can read everything."))))
	p.form.AddObject(even(small(kit.Say("door.paper.digits", "There is no letter O, I or L in it: what looks like one is a digit."))))
	p.form.AddObject(even(groupsOf(v.paper.groups)))
	p.remark, p.open = newSlot(p.form), newSlot(p.form)
	p.next = commandButton(v.onward())
	buttons := row()
	if v.o.SaveSheet != nil {
		p.save = kit.NewBusyButton(kit.Say("door.paper.save", "Save a sheet to print"), kit.Say("door.paper.saving", "Saving the sheet"), p.saveSheet)
		buttons.Add(p.save)
	}
	buttons.Add(p.next)
	buttons.Add(kit.NewButton(kit.Say("door.paper.without", "Go on without").Text(), nil, v.without))
	p.object = sheet(heading(kit.Say("door.paper.title", "The recovery key"), v.o.More), p.form.Scrolled(), buttons)
	return p
}

// groupsOf sets the groups in two columns, each with its number.
func groupsOf(groups []string) fyne.CanvasObject {
	grid := container.New(layout.NewGridLayout(2))
	half := (len(groups) + 1) / 2
	for i := range half {
		for _, at := range []int{i, i + half} {
			if at < len(groups) {
				number := paragraph(kit.Say("door.paper.group", "{{.Group}}.", "Group", strconv.Itoa(at+1)))
				number.Wrapping = fyne.TextWrapOff
				grid.Add(kit.Bordered(nil, nil, container.NewCenter(number), nil, clear(groups[at], base.SizeNameHeadingText)))
			}
		}
	}
	return grid
}

func (p *keyPage) saveSheet() {
	key := p.v.o.Key
	kit.Start(p.v.async, func(ctx context.Context, _ func(func())) (string, error) {
		return p.v.o.SaveSheet(ctx, key)
	}, func(path string, err error) {
		p.save.Done()
		if err != nil {
			p.remark.say(kit.Remark{Tone: kit.Critical, Sentence: p.v.o.Host.Explain(err)})
			return
		}
		p.remark.say(kit.Remark{Tone: kit.Good, Sentence: kit.Say("door.paper.saved", "The sheet is ready: {{.Path}}. Print it now: the file is taken away when you sign out.", "Path", path)})
		if p.v.o.OpenFile != nil {
			open := kit.NewButton(kit.Say("door.paper.open", "Open it to print").Text(), nil, func() { p.openSheet(path) })
			p.open.put(row(open))
			p.v.o.Host.Focus(open)
		}
	})
}

func (p *keyPage) openSheet(path string) {
	kit.Start(p.v.async, func(ctx context.Context, _ func(func())) (struct{}, error) {
		return struct{}{}, p.v.o.OpenFile(ctx, path)
	}, func(_ struct{}, err error) {
		if err != nil {
			p.remark.say(kit.Remark{Tone: kit.Critical, Sentence: p.v.o.Host.Explain(err)})
		}
	})
}

// checkPage asks for two groups of the key.
type checkPage struct {
	v      *RecoveryKey
	form   *kit.Form
	fields []*kit.TextField
	object fyne.CanvasObject
}

func newCheckPage(v *RecoveryKey) *checkPage {
	p := &checkPage{v: v, form: kit.NewForm(1)}
	v.caution(p.form)
	for _, n := range v.paper.asked {
		field := kit.NewTextField(kit.FieldSpec{Name: "group" + strconv.Itoa(n), Label: kit.Say("door.paper.field", "Group {{.Group}}", "Group", strconv.Itoa(n)),
			Required: true, Letters: 12}, kit.TextRules{Check: func(typed string) kit.Sentence { return v.paper.wrong(n, typed) }})
		p.fields = append(p.fields, field)
		p.form.Section(kit.Sentence{}, field)
	}
	done := kit.NewButton(kit.Say("door.paper.done", "Go on").Text(), nil, p.submit)
	done.Importance = widget.HighImportance
	foot := row(done, commandButton(v.again()), kit.NewButton(kit.Say("door.paper.without", "Go on without").Text(), nil, v.without))
	p.form.OnSubmit = p.submit
	p.object = sheet(heading(kit.Say("door.paper.check", "Is it on paper?"),
		kit.Say("door.paper.copy", "Copy two groups from your paper, so that a mistake is found today.")), p.form.Scrolled(), foot)
	return p
}

func (p *checkPage) submit() {
	if p.form.Check() {
		p.v.finish()
	}
}

// without goes on only after the person has typed that the key is lost: it can't be skipped in passing.
func (v *RecoveryKey) without() {
	word := kit.Say("door.paper.word", "no recovery key")
	field := kit.NewTextField(kit.FieldSpec{Name: "word", Required: true,
		Label: kit.Say("door.paper.type", "To go on without the key, type: {{.Word}}", "Word", word)}, kit.TextRules{Check: func(typed string) kit.Sentence {
		if sameWord(typed, word.Text()) {
			return kit.Sentence{}
		}
		return kit.Say("door.paper.mistyped", "Type exactly: {{.Word}}. Or go back and write the key down.", "Word", word)
	}})
	form := kit.NewForm(1).Section(kit.Sentence{}, field)
	d := &kit.Dialog{Title: kit.Say("door.paper.skip", "Go on without the recovery key?"), Form: form, Leave: kit.Say("door.paper.back", "Back to the key"),
		Remarks: []kit.Remark{{Tone: kit.Attention, Sentence: kit.Say("door.paper.lost",
			"If every administrator forgets the password, nobody can ever read this hospital's records again: not you, and not whoever made Wardbook. A signed-in administrator can make a new key later.")}}}
	d.Buttons = []kit.DialogButton{{Label: kit.Say("door.paper.skipped", "Go on without the recovery key"), Danger: true, Stay: true, Do: func() {
		if form.Check() {
			d.Close()
			v.finish()
		}
	}}}
	v.o.Host.Ask(d)
}

// Content is the view.
func (v *RecoveryKey) Content() fyne.CanvasObject { return v.holder }

// Start is what to do with the key first, or the first group that is asked for.
func (v *RecoveryKey) Start() fyne.Focusable {
	switch {
	case !v.showing:
		return v.check.form.Start()
	case v.shown.save != nil:
		return v.shown.save
	}
	return v.shown.next
}

// Commands are the keys of the view.
func (v *RecoveryKey) Commands() []kit.Command {
	if !v.showing {
		back := v.again()
		back.Key, back.Modifier, back.Hidden = fyne.KeyEscape, 0, true
		return append(enterCommands(kit.Say("door.paper.done", "Go on"), v.check.submit), v.again(), back)
	}
	commands := []kit.Command{v.onward()}
	if v.shown.save != nil {
		commands = append(commands, kit.Command{Name: kit.Say("door.paper.save", "Save a sheet to print"), Key: fyne.KeyS,
			Modifier: fyne.KeyModifierShortcutDefault, Do: v.shown.save.Press})
	}
	return commands
}

func (v *RecoveryKey) onward() kit.Command {
	return kit.Command{Name: kit.Say("door.paper.next", "I have it on paper"), Key: fyne.KeyRight, Modifier: forth, Do: func() { v.turn(false) }}
}

func (v *RecoveryKey) again() kit.Command {
	return kit.Command{Name: kit.Say("door.paper.show", "Show the key again"), Key: fyne.KeyLeft, Modifier: forth, Do: func() { v.turn(true) }}
}

// Unsaved tells that the key would be lost: it is shown only now, until it was checked against the paper or given up in words.
func (v *RecoveryKey) Unsaved() bool { return !v.done }

// Close ends what runs for the view.
func (v *RecoveryKey) Close() { v.async.Close(0) }
