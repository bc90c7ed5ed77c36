package shell

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"wardbook/app/access"
	"wardbook/ui/kit"
)

// frame is what stands around the pane in the main window.
type frame struct {
	bench  *Bench
	keys   keys
	places []Place
	rail   *fyne.Container
	items  []*railItem
	title  *widget.Label
	back   *kit.Button
	onward *kit.Button
	bell   *kit.Button
	search *kit.PatientSearch
	status *statusBar
	body   fyne.CanvasObject
	menu   *fyne.MainMenu
}

func newFrame(b *Bench) *frame {
	f := &frame{bench: b}
	f.keys = keys{pane: b.main, bench: b, extra: f.commands}
	b.main.toasts = kit.NewToasts(kit.NewLater(b.dispatch))
	f.rail = container.NewVBox()
	f.title = heading()
	f.back = kit.NewButton("", nil, b.main.Back)
	f.back.SetIcon(base.NavigateBackIcon())
	f.onward = kit.NewButton("", nil, b.main.forward)
	f.onward.SetIcon(base.NavigateNextIcon())
	f.bell = kit.NewButton("", nil, f.openNotices)
	f.status = newStatusBar(b)
	f.fillRail()
	top := kit.Bordered(nil, nil, container.NewHBox(f.back, f.onward), f.bell, f.searchBox())
	left := kit.Bordered(nil, nil, nil, widget.NewSeparator(), container.NewVScroll(container.NewPadded(f.rail)))
	page := kit.Bordered(container.NewPadded(f.title), nil, nil, nil, b.main.holder)
	middle := kit.Bordered(container.NewVBox(container.NewPadded(top), widget.NewSeparator()), nil, nil, nil, page)
	var banner fyne.CanvasObject
	if b.o.Demo {
		banner = demoBanner()
	}
	f.body = kit.Bordered(banner, container.NewVBox(widget.NewSeparator(), f.status.object), left, nil, b.main.toasts.Over(middle))
	f.menu = f.mainMenu()
	return f
}

// install puts the frame into the main window.
func (f *frame) install() {
	w := f.bench.o.Window
	w.SetContent(f.body)
	w.SetMainMenu(f.menu)
	f.keys.install(w.Canvas())
	f.rolesChanged()
	f.status.refresh()
}

// remove takes it out; what the window shows next is the program's.
func (f *frame) remove() {
	w := f.bench.o.Window
	w.SetMainMenu(nil)
	w.Canvas().SetOnTypedKey(nil)
}

func (f *frame) searchBox() fyne.CanvasObject {
	b := f.bench
	if b.o.Find == nil || !b.session.May(access.ActPatientSearch) {
		return layout.NewSpacer()
	}
	async := kit.NewAsync(b.ctx, b.o.Dispatch)
	f.search = kit.NewPatientSearch(async, kit.After(async), b.o.Find, b.main.Explain)
	f.search.OnChoose = func(h kit.Hit) { b.main.Go(b.o.Patient(h.ID)) }
	if b.session.May(access.ActPatientRegister) {
		f.search.OnRegister = func(query string) { b.main.Go(b.o.Register(query)) }
	}
	icon := container.NewPadded(widget.NewIcon(base.SearchIcon()))
	return kit.Bordered(nil, nil, icon, nil, f.search)
}

// fillRail draws the places that the roles of this moment lead to.
func (f *frame) fillRail() {
	f.places = offered(f.bench.o.Places, f.bench.session)
	f.rail.RemoveAll()
	f.items = nil
	for i, place := range f.places {
		item := newRailItem(place, i, func() { f.bench.main.Go(kit.Route{Place: place.Name}) })
		f.items = append(f.items, item)
		f.rail.Add(item.Button)
	}
	f.markRail()
	if f.bench.o.Shown != nil {
		names := make([]string, len(f.places))
		for i, p := range f.places {
			names[i] = p.Name
		}
		f.bench.o.Shown("rail " + strings.Join(names, ","))
	}
}

// rolesChanged draws the rail anew where a role was given or taken since.
func (f *frame) rolesChanged() {
	now := offered(f.bench.o.Places, f.bench.session)
	same := len(now) == len(f.places)
	for i := range now {
		same = same && now[i].Name == f.places[i].Name
	}
	if !same {
		f.fillRail()
	}
}

func (f *frame) markRail() {
	for i, item := range f.items {
		item.mark(f.places[i].Name == f.bench.main.route.Place)
	}
}

// paneChanged is told whenever another screen is shown.
func (f *frame) paneChanged() {
	p := f.bench.main
	if p.screen == nil {
		return
	}
	f.title.SetText(p.screen.Title().Text())
	if f.search != nil {
		f.search.Clear() // what was left there would look like a filter of the next page
	}
	enable(f.back, len(p.stops.back) > 0 || p.route.Page != "")
	enable(f.onward, len(p.stops.forward) > 0)
	f.rolesChanged()
	f.markRail()
}

func (f *frame) showBell(unread int) {
	if unread == 0 {
		f.bell.Importance = widget.LowImportance
		f.bell.SetText(kit.Say("shell.bell.none", "No notices").Text())
		return
	}
	f.bell.Importance = widget.HighImportance
	f.bell.SetText(kit.Say("shell.bell", "Notices: {{.Count}}", "Count", unread).Text())
}

func (f *frame) openNotices() { f.bench.main.Go(kit.Route{Place: NoticesPlace}) }

func heading() *widget.Label {
	label := widget.NewLabel("")
	label.SizeName = base.SizeNameSubHeadingText
	label.TextStyle.Bold = true
	label.Truncation = fyne.TextTruncateEllipsis
	return label
}

func enable(w fyne.Disableable, may bool) {
	if may {
		w.Enable()
	} else {
		w.Disable()
	}
}

// demoBanner warns on every window of an invented hospital.
func demoBanner() fyne.CanvasObject {
	return container.NewVBox(kit.RemarkRow(kit.Attention, kit.Say("demo.banner",
		"DEMONSTRATION. This folder is thrown away when the window closes. Enter nothing real.")), widget.NewSeparator())
}
