package admin

import (
	"context"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"wardbook/app/access"
	"wardbook/ui/kit"
)

// NewPolicy makes the screen of a route of the place 'policy': who may do what, the rules in force, the form that changes them.
func NewPolicy(h kit.Host, d *Desk, r kit.Route, saved any) kit.Screen {
	switch r.Page {
	case pageRules:
		return newRules(h, d)
	case pageEdit:
		return newRulesForm(h, d)
	}
	return newMatrix(h, d, saved)
}

// matrixScreen is who may do what.
type matrixScreen struct {
	quiet
	host   kit.Host
	async  *kit.Async
	paper  *paperDesk
	table  *kit.DataTable[permission]
	detail *widget.Label
	body   fyne.CanvasObject
}

func newMatrix(h kit.Host, d *Desk, saved any) *matrixScreen {
	s := &matrixScreen{host: h, async: h.Async(), paper: newPaperDesk(h, d), detail: widget.NewLabel("")}
	s.detail.Wrapping = fyne.TextWrapWord
	s.table = kit.NewDataTable(func(p permission) string { return string(p.action) }, d.widths("policy"), matrixColumns()...)
	s.table.OnSelect = func(p permission, ok bool) { s.tell(p, ok) }
	if state, ok := saved.(kit.TableState); ok {
		s.table.Restore(state)
	}
	tools := container.NewHBox(kit.NewButton(kit.Say("policy.rules", "Rules in force").Text(), nil, s.rules))
	s.paper.addButton(tools)
	about := widget.NewLabel(kit.Say("policy.about", "This is the very table that Wardbook enforces. What it does not allow here is refused, and the refusal is recorded.").Text())
	about.Wrapping = fyne.TextWrapWord
	s.body = kit.Bordered(container.NewPadded(container.NewVBox(about, tools)), container.NewPadded(s.detail), nil, nil, s.table)
	s.Refresh()
	return s
}

func matrixColumns() []kit.TableColumn[permission] {
	all := []kit.TableColumn[permission]{
		{ID: "group", Title: kit.Say("policy.column.group", "Part"), Width: 120, Cell: func(p permission) kit.Cell { return kit.Cell{Text: p.group.Text()} }},
		{ID: "action", Title: kit.Say("policy.column.action", "Who may"), Width: 300, Main: true, Cell: func(p permission) kit.Cell { return kit.Cell{Text: p.says.Text()} }},
	}
	for _, role := range columns() {
		title := kit.Of(role.Name())
		width := float32(24 + 8*utf8.RuneCountInString(title.Text())) // as wide as its title: what is allowed needs the rest
		all = append(all, kit.TableColumn[permission]{ID: "role" + title.Key, Title: title, Width: width, Cell: func(p permission) kit.Cell {
			if may := p.roles.Has(role); may {
				return kit.Cell{Text: permissionWord(may).Text(), Tone: kit.Good, Bold: true}
			}
			return kit.Cell{Text: permissionWord(false).Text()}
		}})
	}
	return all
}

func (s *matrixScreen) Title() kit.Sentence        { return kit.Say("policy.title", "Data security policy") }
func (s *matrixScreen) Content() fyne.CanvasObject { return s.body }
func (s *matrixScreen) Start() fyne.Focusable      { return s.table }
func (s *matrixScreen) Save() any                  { return s.table.State() }

// Concerns tells whether an entry changes the policy's rules.
func (s *matrixScreen) Concerns(e access.Entry) bool { return changes(e, access.TableRules) }

func (s *matrixScreen) Commands() []kit.Command {
	all := []kit.Command{{Name: kit.Say("policy.rules", "Rules in force"), Key: fyne.KeyR, Modifier: fyne.KeyModifierShortcutDefault, Do: s.rules}}
	return append(append(all, s.paper.commands()...), s.table.Commands()...)
}

func (s *matrixScreen) rules() { s.host.Go(kit.Route{Place: PlacePolicy, Page: pageRules}) }

// Refresh reads the rules anew, which the printed policy has with the table; who may not read them may not see the table either.
func (s *matrixScreen) Refresh() {
	p := &s.paper.policy
	kit.Start(s.async, func(ctx context.Context, _ func(func())) (access.RulesRow, error) { return p.load(ctx) },
		func(read access.RulesRow, err error) {
			if err != nil {
				s.table.SetState(kit.Failed(s.host.Explain(err), s.Refresh).Object())
				return
			}
			p.read = &read
			rows := permissions()
			s.table.SetRows(rows, len(rows))
			s.table.SetState(nil)
			s.tell(s.table.Selected())
		})
}

// tell says below the table what the action of a row reaches.
func (s *matrixScreen) tell(p permission, ok bool) {
	text := kit.Say("policy.choose", "Choose a row to see which records it reaches.").Text()
	if ok {
		text = p.says.Text() + ": " + p.detail
	}
	if s.detail.Text != text {
		s.detail.SetText(text)
	}
}

// paperDesk prints the policy from either of its pages.
type paperDesk struct {
	host     kit.Host
	desk     *Desk
	policy   policy
	printing *kit.Async
	button   *kit.BusyButton // nil where nothing can be printed
}

func newPaperDesk(h kit.Host, d *Desk) *paperDesk {
	return &paperDesk{host: h, desk: d, policy: policy{session: d.Session}, printing: h.Async()}
}

func (p *paperDesk) addButton(row *fyne.Container) {
	if p.desk.Print == nil {
		return
	}
	p.button = kit.NewBusyButton(kit.Say("admin.print", "Print"), kit.Say("admin.print.busy", "Printing"), p.print)
	p.button.Importance = widget.MediumImportance
	row.Add(p.button)
}

func (p *paperDesk) commands() []kit.Command {
	if p.button == nil {
		return nil
	}
	return []kit.Command{{Name: kit.Say("admin.print", "Print"), Key: fyne.KeyP, Modifier: fyne.KeyModifierShortcutDefault, Do: p.button.Press}}
}

func (p *paperDesk) print() {
	if p.policy.read == nil {
		p.button.Done()
		return
	}
	paper, name := p.policy.paper(), kit.Say("policy.title", "Data security policy").Text()
	kit.Start(p.printing, func(ctx context.Context, _ func(func())) (struct{}, error) {
		return struct{}{}, p.desk.Print(ctx, name, paper)
	}, func(_ struct{}, err error) {
		p.button.Done()
		if err != nil {
			p.host.Tell(kit.Toast{Tone: kit.Critical, Sentence: p.host.Explain(err)})
			return
		}
		p.host.Tell(kit.Toast{Tone: kit.Good, Sentence: kit.Say("admin.printed", "The document is open in another window. Print it from there.")})
	})
}
