package admin

import (
	"bytes"
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"wardbook/app/access"
	"wardbook/app/house"
	"wardbook/app/term"
	"wardbook/ui/door"
	"wardbook/ui/kit"
)

// NewHouse makes the screen of a route of the place 'house'.
func NewHouse(h kit.Host, d *Desk, r kit.Route, _ any) kit.Screen {
	if r.Page == pageEdit {
		return newHouseForm(h, d)
	}
	return newHospital(h, d)
}

// hospitalScreen is the hospital's own facts.
type hospitalScreen struct {
	host     kit.Host
	desk     *Desk
	reading  *kit.Async
	writing  *kit.Async
	hospital hospital
	change   *kit.Button
	notice   notice
	facts    *fyne.Container
	page     *reader
	body     *fyne.Container // the page, or a new recovery key
	key      *door.RecoveryKey
}

func newHospital(h kit.Host, d *Desk) *hospitalScreen {
	s := &hospitalScreen{host: h, desk: d, reading: h.Async(), writing: h.Async(), hospital: hospital{session: d.Session}, notice: newNotice(), facts: container.NewStack()}
	buttons := container.NewHBox()
	if s.hospital.mayChange() {
		s.change = kit.NewButton(kit.Say("house.change", "Change").Text(), nil, s.edit)
		buttons.Add(s.change)
	}
	if s.mayRenewKey() {
		buttons.Add(kit.NewButton(kit.Say("house.recovery", "Make a new recovery key").Text(), nil, s.askKey))
	}
	s.page = newReader(container.NewPadded(container.NewVBox(s.notice.box, container.New(kit.Column{Width: readWidth}, s.facts), buttons)))
	s.body = container.NewStack(s.page)
	s.facts.Objects = []fyne.CanvasObject{kit.Loading(kit.Say("house.reading", "Reading the hospital's facts")).Object()}
	s.Refresh()
	return s
}

func (s *hospitalScreen) Title() kit.Sentence        { return kit.Say("house.title", "Hospital") }
func (s *hospitalScreen) Content() fyne.CanvasObject { return s.body }

// Start is the first thing to do.
func (s *hospitalScreen) Start() fyne.Focusable {
	if s.key != nil {
		return s.key.Start()
	}
	if s.change != nil {
		return s.change
	}
	return s.page
}

// Unsaved tells that there is a new recovery key that nobody has written down.
func (s *hospitalScreen) Unsaved() bool { return s.key != nil }

// Save keeps nothing: a key is shown once.
func (s *hospitalScreen) Save() any { return nil }

// Close ends the view of a new key.
func (s *hospitalScreen) Close() {
	if s.key != nil {
		s.key.Close()
	}
}

// Concerns tells whether an entry changes the hospital's facts.
func (s *hospitalScreen) Concerns(e access.Entry) bool { return changes(e, access.TableHouse) }

func (s *hospitalScreen) Commands() []kit.Command {
	if s.key != nil {
		return s.key.Commands()
	}
	var all []kit.Command
	if s.hospital.mayChange() {
		all = append(all, kit.Command{Name: kit.Say("house.change", "Change"), Key: fyne.KeyE, Modifier: fyne.KeyModifierShortcutDefault, Do: s.edit})
	}
	if s.mayRenewKey() {
		all = append(all, kit.Command{Name: kit.Say("house.recovery", "Make a new recovery key"), Do: s.askKey})
	}
	return all
}

func (s *hospitalScreen) mayRenewKey() bool {
	return s.desk.NewRecovery != nil && s.hospital.mayRenewKey()
}

func (s *hospitalScreen) edit() { s.host.Go(kit.Route{Place: PlaceHouse, Page: pageEdit}) }

// Refresh reads the facts anew.
func (s *hospitalScreen) Refresh() {
	kit.Start(s.reading, func(ctx context.Context, _ func(func())) (house.Row, error) { return s.hospital.load(ctx) },
		func(row house.Row, err error) {
			if err != nil {
				s.facts.Objects = []fyne.CanvasObject{kit.Failed(s.host.Explain(err), s.Refresh).Object()}
				s.facts.Refresh()
				return
			}
			s.hospital.read = &row
			s.facts.Objects = []fyne.CanvasObject{s.factsOf(row.Value)}
			s.facts.Refresh()
		})
}

func (s *hospitalScreen) factsOf(h house.House) fyne.CanvasObject {
	logo := kit.Say("house.logo.none", "None").Text()
	if len(h.Logo) > 0 {
		logo = kit.Say("house.logo.there", "As shown below").Text()
	}
	facts := container.NewVBox(factColumn([]fact{{name: kit.Say("house.name", "Name"), value: h.Name},
		{name: kit.Say("house.country", "Country"), value: term.Country(h.Region).Name(s.desk.language())},
		{name: kit.Say("house.zone", "Time zone"), value: h.Zone}, {name: kit.Say("house.logo", "Logo"), value: logo}}))
	if picture := logoPicture(h.Logo); picture != nil {
		facts.Add(picture)
	}
	return facts
}

// logoHeight is in device-independent pixels.
const logoHeight = 96

// logoPicture shows a logo as it is; nil where there is none.
func logoPicture(logo []byte) fyne.CanvasObject {
	if len(logo) == 0 {
		return nil
	}
	picture := canvas.NewImageFromReader(bytes.NewReader(logo), "logo")
	picture.FillMode = canvas.ImageFillContain
	picture.SetMinSize(fyne.NewSize(logoHeight, logoHeight))
	return container.NewHBox(container.NewPadded(picture))
}

// askKey asks before the recovery key is replaced.
func (s *hospitalScreen) askKey() {
	if s.writing.Busy() {
		return
	}
	d := kit.Confirm(kit.Say("house.recovery.title", "Make a new recovery key?"),
		kit.Say("house.recovery.ends", "The recovery key that the hospital has now stops working at once, and its sheet is worth nothing any more. The new key is shown once. All administrators are told."),
		kit.Say("house.recovery.do", "Make a new key and end the old one"), s.makeKey)
	s.host.Ask(d)
}

func (s *hospitalScreen) makeKey() {
	s.notice.say(kit.Remark{Tone: kit.Plain, Sentence: kit.Say("house.recovery.making", "Making the new key ...")})
	kit.Start(s.writing, func(ctx context.Context, _ func(func())) (string, error) { return s.desk.NewRecovery(ctx) },
		func(key string, err error) {
			s.notice.say()
			if err != nil {
				s.notice.say(kit.Remark{Tone: kit.Critical, Sentence: s.host.Explain(err)})
			}
			if key != "" { // with an error either key may be in force: the new one must be seen too
				s.showKey(key, err != nil)
			}
		})
}

// showKey puts the new key in place of the page, until it was written down.
func (s *hospitalScreen) showKey(key string, doubtful bool) {
	more, caution := kit.Say("house.recovery.new", "This is the new recovery key. The one before has ended."), kit.Sentence{}
	if doubtful {
		more, caution = kit.Sentence{}, kit.Say("house.recovery.doubtful", "The disk failed while the key was being changed. Keep this one and the one before: either may be in force. Make another as soon as the disk is well.")
	}
	s.key = door.NewRecoveryKey(door.RecoveryKeyOptions{Host: s.host, Key: key, More: more, Caution: caution, SaveSheet: s.desk.SaveSheet, OpenFile: s.desk.OpenFile, Done: s.keyDone})
	s.body.Objects = []fyne.CanvasObject{s.key.Content()}
	s.body.Refresh()
	s.host.Changed()
	s.host.Focus(s.key.Start())
}

func (s *hospitalScreen) keyDone() {
	s.key.Close()
	s.key = nil
	s.body.Objects = []fyne.CanvasObject{s.page}
	s.body.Refresh()
	s.host.Changed()
	s.host.Focus(s.Start())
}

var _ kit.Screen = (*hospitalScreen)(nil)

// concerned is what the shell asks of all these screens.
var _ = []interface{ Concerns(access.Entry) bool }{(*hospitalScreen)(nil), (*houseForm)(nil), (*rosterScreen)(nil), (*personScreen)(nil),
	(*accountScreen)(nil), (*matrixScreen)(nil), (*rulesScreen)(nil), (*rulesForm)(nil), (*reasonsScreen)(nil)}
