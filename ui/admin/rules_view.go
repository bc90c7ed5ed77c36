package admin

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"wardbook/app/access"
	"wardbook/ui/kit"
)

// rulesScreen is the rules in force, to read.
type rulesScreen struct {
	quiet
	host   kit.Host
	async  *kit.Async
	paper  *paperDesk
	text   *fyne.Container
	reader *reader
	body   fyne.CanvasObject
}

// readWidth is how wide a text is read well, in device-independent pixels.
const readWidth = 820

func newRules(h kit.Host, d *Desk) *rulesScreen {
	s := &rulesScreen{host: h, async: h.Async(), paper: newPaperDesk(h, d), text: container.NewVBox()}
	s.reader = newReader(container.New(kit.Column{Width: readWidth, Margin: 8}, s.text))
	tools := container.NewHBox(kit.NewButton(kit.Say("policy.matrix", "Who may do what").Text(), nil, s.matrix))
	if s.paper.policy.mayChange() {
		tools.Add(kit.NewButton(kit.Say("policy.change", "Change the rules").Text(), nil, s.change))
	}
	s.paper.addButton(tools)
	s.body = kit.Bordered(container.NewPadded(tools), nil, nil, nil, container.NewPadded(s.reader))
	s.text.Objects = []fyne.CanvasObject{kit.Loading(kit.Say("policy.reading", "Reading the rules")).Object()}
	s.Refresh()
	return s
}

func (s *rulesScreen) Title() kit.Sentence        { return kit.Say("policy.rules", "Rules in force") }
func (s *rulesScreen) Content() fyne.CanvasObject { return s.body }
func (s *rulesScreen) Start() fyne.Focusable      { return s.reader }

// Concerns tells whether an entry changes the rules.
func (s *rulesScreen) Concerns(e access.Entry) bool { return changes(e, access.TableRules) }

func (s *rulesScreen) Commands() []kit.Command {
	all := []kit.Command{{Name: kit.Say("policy.matrix", "Who may do what"), Key: fyne.KeyR, Modifier: fyne.KeyModifierShortcutDefault, Do: s.matrix}}
	if s.paper.policy.mayChange() {
		all = append(all, kit.Command{Name: kit.Say("policy.change", "Change the rules"), Key: fyne.KeyE, Modifier: fyne.KeyModifierShortcutDefault, Do: s.change})
	}
	all = append(all, s.paper.commands()...)
	return append(all, kit.Command{Name: kit.Say("admin.back", "Back"), Key: fyne.KeyEscape, Do: s.host.Back, Hidden: true})
}

func (s *rulesScreen) matrix() { s.host.Go(kit.Route{Place: PlacePolicy}) }

func (s *rulesScreen) change() { s.host.Go(kit.Route{Place: PlacePolicy, Page: pageEdit}) }

// Refresh reads the rules anew.
func (s *rulesScreen) Refresh() {
	p := &s.paper.policy
	kit.Start(s.async, func(ctx context.Context, _ func(func())) (access.RulesRow, error) { return p.load(ctx) },
		func(read access.RulesRow, err error) {
			if err != nil {
				s.text.Objects = []fyne.CanvasObject{kit.Failed(s.host.Explain(err), s.Refresh).Object()}
				s.text.Refresh()
				return
			}
			p.read = &read
			s.text.RemoveAll()
			for _, passage := range passages(read.Rules) {
				heading := widget.NewLabel(passage.heading)
				heading.SizeName = base.SizeNameSubHeadingText
				heading.TextStyle.Bold = true
				s.text.Add(heading)
				for _, line := range passage.lines {
					text := widget.NewLabel(line)
					text.Wrapping = fyne.TextWrapWord
					s.text.Add(text)
				}
			}
			s.text.Refresh()
		})
}

// rulesForm changes the rules.
type rulesForm struct {
	host                    kit.Host
	reading, writing        *kit.Async
	policy                  policy
	gone                    bool
	form                    *kit.Form
	lock, signOut, password *kit.TextField
	save                    *kit.BusyButton
	body                    *fyne.Container
}

func newRulesForm(h kit.Host, d *Desk) *rulesForm {
	s := &rulesForm{host: h, reading: h.Async(), writing: h.Async(), policy: policy{session: d.Session}, body: container.NewStack()}
	s.lock = numberField("lock", kit.Say("policy.form.lock", "Lock a desk after"), kit.Say("policy.form.minutes", "minutes without activity"), access.LeastLock, access.MostLock)
	s.signOut = numberField("signout", kit.Say("policy.form.signout", "End a session after"), kit.Say("policy.form.hours", "hours"), access.LeastSignOut, access.MostSignOut)
	s.password = numberField("password", kit.Say("policy.form.password", "A password has at least"), kit.Say("policy.form.characters", "characters"), access.LeastPassword, access.MostPassword)
	s.form = kit.NewForm(1).Section(kit.Sentence{}, s.lock, s.signOut, s.password)
	s.save = kit.NewBusyButton(kit.Say("admin.save", "Save"), kit.Say("admin.saving", "Saving"), s.submit)
	s.form.OnSubmit = s.save.Press
	s.body.Objects = []fyne.CanvasObject{kit.Loading(kit.Say("policy.reading", "Reading the rules")).Object()}
	s.Refresh()
	return s
}

// numberField asks for a whole number between two bounds.
func numberField(name string, label, unit kit.Sentence, least, most int) *kit.TextField {
	between := kit.Say("policy.form.between", "From {{.Least}} to {{.Most}}", "Least", least, "Most", most)
	return kit.NewTextField(kit.FieldSpec{Name: name, Label: label, Unit: unit, Hint: between, Required: true, Letters: 4}, kit.TextRules{
		Check: func(text string) kit.Sentence {
			if n, err := strconv.Atoi(text); err != nil || n < least || n > most {
				return kit.Say("policy.form.number", "Enter a whole number from {{.Least}} to {{.Most}}.", "Least", least, "Most", most)
			}
			return kit.Sentence{}
		}})
}

func (s *rulesForm) Title() kit.Sentence        { return kit.Say("policy.change", "Change the rules") }
func (s *rulesForm) Content() fyne.CanvasObject { return s.body }
func (s *rulesForm) Unsaved() bool              { return s.policy.read != nil && !s.gone && s.form.Dirty() }
func (s *rulesForm) Save() any                  { return nil }
func (s *rulesForm) Close()                     { s.gone = true }

// Concerns tells whether an entry changes the rules.
func (s *rulesForm) Concerns(e access.Entry) bool { return changes(e, access.TableRules) }

// Start is the first field, once the form is shown.
func (s *rulesForm) Start() fyne.Focusable {
	if s.policy.read != nil {
		return s.form.Start()
	}
	return nil
}

func (s *rulesForm) Commands() []kit.Command {
	return []kit.Command{
		{Name: kit.Say("admin.save", "Save"), Key: fyne.KeyS, Modifier: fyne.KeyModifierShortcutDefault, Do: s.save.Press},
		{Name: kit.Say("admin.cancel", "Cancel"), Key: fyne.KeyEscape, Do: s.host.Back, Hidden: true},
	}
}

// Refresh fills the form with the rules in force, unless the person has changed something.
func (s *rulesForm) Refresh() {
	if s.Unsaved() || s.writing.Busy() {
		return
	}
	kit.Start(s.reading, func(ctx context.Context, _ func(func())) (access.RulesRow, error) { return s.policy.load(ctx) },
		func(read access.RulesRow, err error) {
			switch {
			case err != nil:
				s.body.Objects = []fyne.CanvasObject{kit.Failed(s.host.Explain(err), s.Refresh).Object()}
				s.body.Refresh()
			case !s.Unsaved() && !s.writing.Busy():
				s.fill(read)
			}
		})
}

func (s *rulesForm) fill(read access.RulesRow) {
	first := s.policy.read == nil
	s.policy.read = &read
	s.lock.SetText(strconv.Itoa(read.LockMinutes))
	s.signOut.SetText(strconv.Itoa(read.SignOutHours))
	s.password.SetText(strconv.Itoa(read.MinPassword))
	if first {
		s.body.Objects = []fyne.CanvasObject{formPage(s.form, s.save, kit.NewButton(kit.Say("admin.cancel", "Cancel").Text(), nil, s.host.Back))}
		s.body.Refresh()
		s.host.Focus(s.form.Start())
	}
}

func (s *rulesForm) submit() {
	if s.policy.read == nil || !s.form.Check() {
		s.save.Done()
		return
	}
	if !s.form.Dirty() {
		s.save.Done()
		s.host.Back() // nothing to write
		return
	}
	s.write(s.policy.read.Version, s.entered())
}

// entered are the rules as they stand in the fields, which have been checked.
func (s *rulesForm) entered() access.Rules {
	r := s.policy.read.Rules
	for field, to := range map[*kit.TextField]*int{s.lock: &r.LockMinutes, s.signOut: &r.SignOutHours, s.password: &r.MinPassword} {
		if n, err := strconv.Atoi(field.Text()); err == nil {
			*to = n
		}
	}
	return r
}

func (s *rulesForm) write(seen uint64, r access.Rules) {
	s.form.Enable(false)
	kit.Start(s.writing, func(ctx context.Context, _ func(func())) (struct{}, error) {
		return struct{}{}, s.policy.save(ctx, seen, r)
	},
		func(_ struct{}, err error) {
			s.form.Enable(true)
			s.save.Done()
			switch {
			case err == nil:
				s.form.Keep()
				s.gone = true
				s.host.Tell(kit.Toast{Tone: kit.Good, Sentence: kit.Say("policy.changed", "The rules are changed. They hold from now on.")})
				s.host.Back()
			case stale(err):
				s.compare(r)
			default:
				refuse(s.form, s.host.Explain(err), err)
			}
		})
}

// compare shows the rules that somebody else set meanwhile beside those that are to be saved.
func (s *rulesForm) compare(mine access.Rules) {
	before := s.policy.read.Rules
	kit.Start(s.reading, func(ctx context.Context, _ func(func())) (access.RulesRow, error) { return s.policy.load(ctx) },
		func(now access.RulesRow, err error) {
			if err != nil {
				refuse(s.form, s.host.Explain(err), err)
				return
			}
			s.policy.read = &now
			conflict := kit.NewConflict(kit.Say("policy.conflict.other", "another administrator").Text(), ruleDifferences(before, now.Rules, mine))
			s.host.Ask(conflict.Dialog(kit.Say("policy.conflict.title", "Somebody else changed the rules too"),
				kit.Say("people.conflict", "Choose, field by field, what is to stay. Nothing has been saved yet."), func(chosen map[string]kit.Side) {
					s.write(now.Version, resolvedRules(now.Rules, mine, chosen))
				}))
		})
}
