package ui

import (
	"crypto/rand"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	base "fyne.io/fyne/v2/theme"

	"wardbook/app/access"
	"wardbook/app/hospital"
	"wardbook/app/term"
	"wardbook/ui/admin"
	"wardbook/ui/appointments"
	"wardbook/ui/door"
	"wardbook/ui/frontdesk"
	"wardbook/ui/kit"
	"wardbook/ui/rooms"
	"wardbook/ui/shell"
)

// places are all there are, in the order of the rail; who may do nothing in one does not see it.
func (p *program) places(s *access.Session) []shell.Place {
	patients := &frontdesk.Desk{Session: s, Region: term.Country(p.house.Region), Language: language(), Widths: p.widths, PickFile: p.pickFile}
	if s.May(access.ActAppointmentBook) {
		patients.Book = appointments.BookRoute
	}
	if s.May(access.ActStayAdmit) {
		patients.Admit = rooms.AdmitRoute
	}
	desk := &admin.Desk{Session: s, Forgive: p.hospital.Forgive, Print: p.print, PickFile: p.pickFile, Widths: p.widths, Random: rand.Reader,
		Zones: door.ZoneNames(), Language: language(), NewRecovery: p.newRecovery(s), SaveSheet: p.saveSheet, OpenFile: p.open}
	place := func(name string, title kit.Sentence, icon fyne.Resource, action access.Action, make func(kit.Host, *admin.Desk, kit.Route, any) kit.Screen) shell.Place {
		return shell.Place{Name: name, Title: title, Icon: icon, Action: action,
			New: func(h kit.Host, r kit.Route, saved any) kit.Screen { return make(h, desk, r, saved) }}
	}
	book := &appointments.Desk{Session: s, Find: p.finds(s), Patient: frontdesk.PatientRoute, Widths: p.widths}
	if s.May(access.ActPatientRegister) {
		book.Register = frontdesk.RegisterRoute
	}
	beds := &rooms.Desk{Session: s, Find: p.finds(s), Patient: frontdesk.PatientRoute, Widths: p.widths}
	at := func(name string, title kit.Sentence, icon fyne.Resource, action access.Action, make func(kit.Host, *appointments.Desk, kit.Route, any) kit.Screen) shell.Place {
		return shell.Place{Name: name, Title: title, Icon: icon, Action: action,
			New: func(h kit.Host, r kit.Route, saved any) kit.Screen { return make(h, book, r, saved) }}
	}
	in := func(name string, title kit.Sentence, icon fyne.Resource, action access.Action, make func(kit.Host, *rooms.Desk, kit.Route, any) kit.Screen) shell.Place {
		return shell.Place{Name: name, Title: title, Icon: icon, Action: action,
			New: func(h kit.Host, r kit.Route, saved any) kit.Screen { return make(h, beds, r, saved) }}
	}
	return []shell.Place{
		{Name: frontdesk.PlacePatients, Title: kit.Say("place.patients", "Patients"), Icon: base.AccountIcon(), Action: frontdesk.OpensPatients, New: patients.New},
		at(appointments.PlaceAppointments, kit.Say("place.appointments", "Appointments"), base.CalendarIcon(), appointments.OpensDay(s), appointments.NewAppointments),
		at(appointments.PlaceQueue, kit.Say("place.queue", "Queue"), base.ListIcon(), appointments.OpensDay(s), appointments.NewQueue),
		at(appointments.PlaceWaiting, kit.Say("place.waiting", "Waiting list"), base.HistoryIcon(), appointments.OpensWaiting, appointments.NewWaiting),
		at(appointments.PlaceToSchedule, kit.Say("place.toschedule", "To schedule"), base.FolderOpenIcon(), appointments.OpensToSchedule, appointments.NewToSchedule),
		in(rooms.PlaceBeds, kit.Say("place.beds", "Bed board"), base.GridIcon(), rooms.OpensBeds, rooms.NewBeds),
		place(admin.PlacePeople, kit.Say("place.people", "People"), base.LoginIcon(), admin.OpensPeople, admin.NewPeople),
		at(appointments.PlaceHours, kit.Say("place.hours", "Working hours"), base.CalendarIcon(), appointments.OpensHours, appointments.NewHours),
		in(rooms.PlaceWards, kit.Say("place.wards", "Wards and beds"), base.GridIcon(), rooms.OpensWards, rooms.NewWards),
		place(admin.PlaceReasons, kit.Say("place.reasons", "Confidential records"), base.VisibilityOffIcon(), admin.OpensReasons, admin.NewReasons),
		place(admin.PlaceHouse, kit.Say("place.house", "Hospital"), base.HomeIcon(), admin.OpensHouse, admin.NewHouse),
		place(admin.PlacePolicy, kit.Say("place.policy", "Security policy"), base.DocumentIcon(), admin.OpensPolicy, admin.NewPolicy),
		shell.Notices(s, p.widths("notices")),
	}
}

// benchOptions are what a person works with.
func (p *program) benchOptions(s *access.Session) shell.Options {
	var b *shell.Bench
	mine := func(do func(*shell.Bench)) func() {
		return func() {
			if b = p.benches[s.Who()]; b != nil {
				do(b)
			}
		}
	}
	o := shell.Options{
		App: p.app, Window: p.window, Dispatch: p.info.Dispatch, Session: s, Places: p.places(s), Zone: p.house.Location(), Hospital: p.house.Name,
		Demo: p.demo, Now: p.info.Now, Explain: p.explain, Patient: frontdesk.PatientRoute, Register: frontdesk.RegisterRoute,
		Store: p.storeRemark, Lock: func() { p.lock(kit.Sentence{}) }, SignOut: mine(p.signOut), Quit: p.quit,
		NewPassword: mine(func(b *shell.Bench) { p.ownPassword(b) }), View: p.viewMenu(), Looks: p.looks, Commands: func() []kit.Command { return append(p.emergencies(s), p.commands()...) }, Touched: p.touched,
		PrintKeys: p.printKeys, Shown: p.shown,
		Ended: func(why kit.Sentence) { mine(func(b *shell.Bench) { p.over(b, why) })() },
	}
	o.Find = p.finds(s)
	return o
}

// finds is the search for patients; nil for those who may not.
func (p *program) finds(s *access.Session) kit.Find {
	if !s.May(access.ActPatientSearch) {
		return nil
	}
	return frontdesk.Find(s, p.now)
}

// emergencies work on every page: whoever lies there has no time for the way to a list.
func (p *program) emergencies(s *access.Session) []kit.Command {
	if !s.May(access.ActPatientRegister) {
		return nil
	}
	return []kit.Command{
		{Name: kit.Say("patients.unknown.command", "Register an unknown patient at once"), Key: fyne.KeyU, Modifier: fyne.KeyModifierShortcutDefault,
			Do: func() {
				if p.bench != nil {
					p.bench.Go(frontdesk.UnknownRoute())
				}
			}},
		{Name: kit.Say("patients.register", "Register a patient"), Key: fyne.KeyN, Modifier: fyne.KeyModifierShortcutDefault, Do: func() {
			if p.bench != nil {
				p.bench.Go(frontdesk.RegisterRoute(""))
			}
		}},
	}
}

// storeRemark is what the status bar says of the store; nothing where all is well.
func (p *program) storeRemark() kit.Remark {
	status, open := p.hospital.Status()
	if !open {
		return kit.Remark{}
	}
	return storeSays(status)
}

func storeSays(status hospital.Status) kit.Remark {
	switch {
	case status.Stopped != nil:
		return kit.Remark{Tone: kit.Critical, Sentence: kit.Of(*status.Stopped)}
	case status.Space == hospital.SpaceOut:
		return kit.Remark{Tone: kit.Critical, Sentence: kit.Say("status.space.out", "The disk is full: nothing can be saved. Free some space.")}
	case status.Space == hospital.SpaceShort:
		return kit.Remark{Tone: kit.Attention, Sentence: kit.Say("status.space.short", "{{.Free}} MB left on the disk", "Free", status.Free>>20)}
	case status.LooksLost > 0:
		return kit.Remark{Tone: kit.Attention, Sentence: kit.Say("status.looks", "Some openings of records could not be written down")}
	case status.ClockBehind > 0:
		return kit.Remark{Tone: kit.Attention, Sentence: kit.Say("status.clock", "This computer's clock is slow: set it right")}
	}
	return kit.Remark{}
}

// widths remembers the columns of a table.
func (p *program) widths(table string) kit.Widths {
	return shell.Columns{Preferences: p.app.Preferences(), Table: table}
}

// language is what countries and languages are named in: the one of the windows.
func language() term.Language { return "en" }

// pickFile lets the person choose a picture, and gives its path: whoever wants the picture reads it away from the window's goroutine.
func (p *program) pickFile(picked func(path string)) {
	p.choosePicture(func(file fyne.URIReadCloser) { picked(file.URI().Path()) })
}

func (p *program) choosePicture(chosen func(fyne.URIReadCloser)) {
	d := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		if file == nil || err != nil {
			return
		}
		defer file.Close()
		chosen(file)
	}, p.window)
	d.SetFilter(storage.NewExtensionFileFilter([]string{".png", ".jpg", ".jpeg"}))
	d.Show()
}

// sizes is how large the window was when it was last closed.
func (p *program) sizes() fyne.Size {
	return shell.SizeOf(p.app.Preferences(), "main", fyne.NewSize(1180, 760))
}

func (p *program) keepSize() {
	shell.KeepSize(p.app.Preferences(), "main", p.window.Canvas().Size())
}
