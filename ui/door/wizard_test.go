package door

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/house"
	"wardbook/app/term"
	"wardbook/data"
	"wardbook/ui/kit/kittest"
)

// run is a first run, and what came of it.
type firstRun struct {
	*stage
	v         *Wizard
	facts     house.House
	admin     access.User
	password  string
	setUps    int
	setUp     func() error
	added     []access.User
	oneTime   []string
	operation []uuid.UUID
	addErr    error
	demo      int
	left      int
	session   *access.Session
	files     map[string][]byte
	saved     []Added
}

func newRun(t *testing.T) *firstRun {
	t.Helper()
	r := &firstRun{stage: newStage(t), files: map[string][]byte{}}
	o := WizardOptions{Host: r, Folder: "/srv/wardbook", Locale: "en-GB", Zone: "Europe/London", Later: r.clock.Later, Pick: picks(0, 0),
		Demo: func() { r.demo++ }, Leave: func() { r.left++ }, Done: func(s *access.Session) { r.session = s },
		ReadFile: func(path string, limit int64) ([]byte, error) {
			content, ok := r.files[path]
			if !ok || int64(len(content)) > limit {
				return nil, errors.New("no such file")
			}
			return content, nil
		},
		SaveSheet: func(context.Context, string) (string, error) { return "/tmp/sheet.pdf", nil },
		SavePasswords: func(_ context.Context, people []Added) (string, error) {
			r.saved = people
			return "/tmp/passwords.pdf", nil
		},
		AddUser: func(_ context.Context, _ *access.Session, operation uuid.UUID, u access.User, password string) error {
			r.operation = append(r.operation, operation)
			if r.addErr != nil {
				return r.addErr
			}
			r.added, r.oneTime = append(r.added, u), append(r.oneTime, password)
			return nil
		}}
	o.Hospital = &fakeHospital{setUp: func(facts house.House, admin access.User, password string, progress Progress) (*access.Session, string, error) {
		r.facts, r.admin, r.password, r.setUps = facts, admin, password, r.setUps+1
		progress(term.Text{Key: "test.stage", English: "Making the journal"}, 0, 0)
		if r.setUp != nil {
			if err := r.setUp(); err != nil {
				return nil, "", err
			}
		}
		return &access.Session{}, testKey, nil
	}}
	r.v = NewWizard(o)
	r.show(r.v)
	return r
}

func (r *firstRun) made() bool { return !r.v.present.try.state.busy() }

func (r *firstRun) fillHospital(name string) {
	r.press(fyne.KeyReturn)
	r.sees("step 2 of 5")
	r.typing(name)
	r.press(fyne.KeyReturn)
}

func (r *firstRun) fillPerson() {
	r.t.Helper()
	r.sees("step 3 of 5")
	r.typing("Dr Ann B. Smith")
	r.press(fyne.KeyTab, fyne.KeyTab)
	r.typing("ann@example.org")
	r.until2(r.v.pages[personPage].(*personForm).fresh.first.Focusable())
	r.typing(goodPassword)
	r.press(fyne.KeyTab, fyne.KeyTab)
	r.typing(goodPassword)
	r.press(fyne.KeyReturn)
}

// until2 presses Tab until a widget has the keyboard.
func (r *firstRun) until2(f fyne.Focusable) {
	r.t.Helper()
	for range 60 {
		if r.window.Canvas().Focused() == f {
			return
		}
		r.press(fyne.KeyTab)
	}
	r.t.Fatal("Tab does not lead there")
}

func (r *firstRun) copyKey() {
	r.t.Helper()
	r.sees("step 4 of 5", "AAAA1")
	r.chord(forth, fyne.KeyRight)
	r.typing("AAAA1")
	r.press(fyne.KeyTab)
	r.typing("BBBB2")
	r.press(fyne.KeyReturn)
	r.sees("step 5 of 5")
}

func TestAHospitalIsSetUpByKeyboard(t *testing.T) {
	r := newRun(t)
	r.sees("step 1 of 5", "/srv/wardbook", "There is no account that comes with the program", "--data")
	r.fillHospital("Saint Elsewhere")
	r.fillPerson()
	r.misses("Making the journal")
	r.run(r.made)
	if r.facts.Name != "Saint Elsewhere" || r.facts.Zone != "Europe/London" || r.facts.Region != "GB" {
		t.Errorf("facts %+v", r.facts)
	}
	if r.admin.Name != "Dr Ann B. Smith" || r.admin.SignIn != "ann.smith" || r.admin.Email != "ann@example.org" || r.admin.Roles != access.Administrator || r.password != goodPassword {
		t.Errorf("administrator %+v with %q", r.admin, r.password)
	}
	r.copyKey()
	r.until("Later: start working")
	r.press(fyne.KeyReturn)
	if r.session == nil || r.setUps != 1 {
		t.Errorf("session %v, set up %d times", r.session, r.setUps)
	}
}

func TestNothingTypedIsLostOnTheWayBack(t *testing.T) {
	r := newRun(t)
	r.fillHospital("Saint Elsewhere")
	r.typing("Ann")
	r.chord(forth, fyne.KeyLeft)
	r.sees("Saint Elsewhere", "step 2 of 5")
	r.chord(forth, fyne.KeyLeft)
	r.sees("step 1 of 5")
	r.press(fyne.KeyReturn, fyne.KeyReturn)
	r.sees("Ann", "step 3 of 5")
}

func TestAnErrorLeadsToTheStepWithTheWrongField(t *testing.T) {
	says := func(field, text string) error {
		return data.Fail(data.Invalid, "test", data.Say("test.said", text), nil).On(field)
	}
	for _, c := range []struct {
		err  error
		step string
		says string
	}{
		{says("zone", "There is no such zone."), "step 2 of 5", "There is no such zone."},
		{says("admin.signin", "Choose another name."), "step 3 of 5", "Choose another name."},
		{says("password", "Too easily guessed."), "step 3 of 5", "Too easily guessed."},
		{errors.New("The disk is full."), "step 3 of 5", "The disk is full."},
	} {
		r := newRun(t)
		r.setUp = func() error { return c.err }
		r.fillHospital("Saint Elsewhere")
		r.fillPerson()
		r.run(r.made)
		r.sees(c.step, c.says)
		r.setUp = nil
		if c.step == "step 2 of 5" {
			r.until2(r.v.pages[hospitalPage].start())
			r.press(fyne.KeyReturn)
		}
		r.until2(r.v.pages[personPage].(*personForm).fresh.again.Focusable())
		r.press(fyne.KeyReturn)
		r.run(r.made)
		if r.setUps != 2 || r.password != goodPassword || r.facts.Name != "Saint Elsewhere" {
			t.Errorf("%s: set up %d times, with %q", c.says, r.setUps, r.password)
		}
	}
}

func TestEscAsksBeforeWhatWasTypedIsThrownAway(t *testing.T) {
	r := newRun(t)
	r.fillHospital("Saint Elsewhere")
	r.press(fyne.KeyEscape)
	r.sees("Nothing has been made yet.")
	r.press(fyne.KeyReturn) // Cancel
	r.typing("Ann")
	if r.left != 0 || r.v.pages[personPage].(*personForm).names.name.Text() != "Ann" {
		t.Fatal("left, or the keyboard is not back where it was")
	}
	r.press(fyne.KeyEscape, fyne.KeyTab, fyne.KeyReturn)
	if r.left != 1 {
		t.Error("does not leave")
	}
}

func TestTheDemoIsOneKeyAway(t *testing.T) {
	r := newRun(t)
	r.until("Try the demo hospital")
	r.press(fyne.KeyReturn)
	r.chord(fyne.KeyModifierShortcutDefault, fyne.KeyT)
	if r.demo != 2 {
		t.Errorf("demo %d times", r.demo)
	}
}

func TestThereIsNoWayBackOnceTheHospitalIsMade(t *testing.T) {
	r := newRun(t)
	r.fillHospital("Saint Elsewhere")
	r.fillPerson()
	r.chord(forth, fyne.KeyLeft)
	r.press(fyne.KeyEscape)
	r.run(r.made)
	r.chord(forth, fyne.KeyLeft)
	r.press(fyne.KeyEscape)
	r.v.present.back()
	r.sees("step 4 of 5", "AAAA1")
	if r.left != 0 || r.asked != nil {
		t.Error("it was left while it was made")
	}
	if got := r.v.pages[personPage].(*personForm).fresh.text(); got != "" {
		t.Error("the administrator's password is kept after it was set")
	}
}

func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestALogoIsReadAndAWrongOneIsNamed(t *testing.T) {
	r := newRun(t)
	r.files["/logo.png"], r.files["/letter.doc"], r.files["/huge.png"] = picture(t), []byte("a letter"), make([]byte, 400_000)
	r.press(fyne.KeyReturn)
	r.typing("Saint Elsewhere")
	p := r.v.pages[hospitalPage].(*hospitalForm)
	for path, says := range map[string]string{"/nowhere.png": "can't be read, or is larger than 300 kB", "/huge.png": "can't be read, or is larger than 300 kB",
		"/letter.doc": "PNG or JPEG"} {
		p.logo.SetText("")
		r.until2(p.logo.Focusable())
		r.typing(path)
		r.press(fyne.KeyReturn)
		r.settle(p.async)
		r.sees(says, "step 2 of 5")
		if r.window.Canvas().Focused() != p.logo.Focusable() {
			t.Errorf("%s: the keyboard is elsewhere", path)
		}
	}
	p.logo.SetText("")
	r.typing(`"/logo.png"`)
	r.press(fyne.KeyReturn)
	r.settle(p.async)
	r.sees("step 3 of 5")
	r.fillPerson()
	r.run(r.made)
	if !bytes.Equal(r.facts.Logo, r.files["/logo.png"]) {
		t.Errorf("%d bytes of logo", len(r.facts.Logo))
	}
}

func TestTheCountryTakesItsZoneAlongUntilOneIsChosen(t *testing.T) {
	r := newRun(t)
	p := r.v.pages[hospitalPage].(*hospitalForm)
	r.press(fyne.KeyReturn)
	r.sees("It is 09:00 there now (UTC+00:00).")
	p.country.Choose("GR")
	if zone, _ := p.zone.Value(); zone != "Europe/Athens" {
		t.Errorf("Greece is in %s", zone)
	}
	r.sees("It is 11:00 there now (UTC+02:00).")
	p.zone.Choose("Europe/Rome")
	p.country.Choose("JP")
	if zone, _ := p.zone.Value(); zone != "Europe/Rome" {
		t.Errorf("the chosen zone became %s", zone)
	}
}

func staffed(t *testing.T) *firstRun {
	t.Helper()
	r := newRun(t)
	r.fillHospital("Saint Elsewhere")
	r.fillPerson()
	r.run(r.made)
	r.copyKey()
	return r
}

func (r *firstRun) addPerson(name string) {
	r.t.Helper()
	p := r.v.pages[staffPage].(*staffForm)
	r.until2(p.names.name.Focusable())
	r.typing(name)
	r.press(fyne.KeyTab, fyne.KeyTab, fyne.KeySpace, fyne.KeyReturn)
	r.settle(p.async)
}

func TestStaffIsAddedWithAOneTimePasswordEach(t *testing.T) {
	r := staffed(t)
	r.addPerson("Flora Desk")
	r.addPerson("Edna Entry")
	if len(r.added) != 2 || r.added[0].SignIn != "flora.desk" || r.added[0].Roles != access.FrontDesk || r.oneTime[0] == r.oneTime[1] {
		t.Fatalf("added %+v", r.added)
	}
	if err := access.UsualRules.CheckPassword(r.oneTime[0]); err != nil {
		t.Errorf("a one-time password that is refused: %v", err)
	}
	r.sees("Flora Desk, Front desk. Signs in as flora.desk with", r.oneTime[0], r.oneTime[1])
	r.until("Save the passwords to print")
	r.press(fyne.KeyReturn)
	r.run(func() bool { return strings.Contains(r.seen(), "/tmp/passwords.pdf") })
	if len(r.saved) != 2 || r.saved[1].OneTime != r.oneTime[1] {
		t.Errorf("saved %+v", r.saved)
	}
	r.until("Start working")
	r.press(fyne.KeyReturn)
	if r.session == nil {
		t.Error("does not start")
	}
}

func TestAOneTimePasswordStandsWhereTheEyeIs(t *testing.T) {
	r := staffed(t)
	r.window.Resize(fyne.NewSize(1000, 560))
	for _, name := range []string{"Flora Desk", "Edna Entry"} {
		r.addPerson(name)
	}
	p := r.v.pages[staffPage].(*staffForm)
	text := strings.Join(read(p.told.box, nil), "\n")
	if !strings.Contains(text, "Edna Entry can sign in as edna.entry with this one-time password") || !strings.Contains(text, r.oneTime[1]) {
		t.Fatalf("said: %s", text)
	}
	scroll := p.form.Scrolled().(*container.Scroll)
	top, found := topIn(scroll.Content, p.told.box)
	if bottom := top + p.told.box.Size().Height; !found || top < scroll.Offset.Y || bottom > scroll.Offset.Y+scroll.Size().Height {
		t.Errorf("it stands from %v to %v of a form that shows %v to %v", top, bottom, scroll.Offset.Y, scroll.Offset.Y+scroll.Size().Height)
	}
}

func TestTheWizardTellsWhatQuittingWouldLose(t *testing.T) {
	r := newRun(t)
	unsaved := func(want bool, where string) {
		t.Helper()
		if r.v.Unsaved() != want {
			t.Errorf("%s: unsaved %t", where, !want)
		}
	}
	unsaved(false, "welcome")
	r.press(fyne.KeyReturn)
	unsaved(false, "before anything was typed")
	r.typing("Saint Elsewhere")
	unsaved(true, "a hospital was typed")
	r.press(fyne.KeyReturn)
	unsaved(true, "the step before was typed")
	r.fillPerson()
	unsaved(true, "the hospital is being made")
	r.run(r.made)
	unsaved(true, "the key is shown")
	r.chord(forth, fyne.KeyRight)
	unsaved(true, "the key is asked for")
	r.typing("AAAA1")
	r.press(fyne.KeyTab)
	r.typing("BBBB2")
	r.press(fyne.KeyReturn)
	unsaved(false, "the key was checked")
	r.typing("Flora")
	unsaved(true, "somebody was typed")
}

func TestTryingAgainAfterAnErrorAddsNobodyTwice(t *testing.T) {
	r := staffed(t)
	r.addErr = errors.New("The disk is full.")
	r.addPerson("Flora Desk")
	r.sees("The disk is full.", "Flora Desk")
	r.addErr = nil
	p := r.v.pages[staffPage].(*staffForm)
	r.until2(p.names.name.Focusable())
	r.press(fyne.KeyReturn)
	r.settle(p.async)
	if len(r.operation) != 2 || r.operation[0] != r.operation[1] {
		t.Errorf("the operations are %v", r.operation)
	}
	r.addPerson("Edna Entry")
	if r.operation[2] == r.operation[1] {
		t.Error("another person has the same operation")
	}
}

func TestASignInNameThatIsTakenIsSaidAtItsField(t *testing.T) {
	r := staffed(t)
	r.addErr = data.Fail(data.Conflict, "access", data.Say("test.taken", "Somebody has this name."), nil).On("signin")
	r.addPerson("Flora Desk")
	r.sees("Somebody has this name.")
	if p := r.v.pages[staffPage].(*staffForm); r.window.Canvas().Focused() != p.names.signIn.Focusable() {
		t.Error("the keyboard is elsewhere")
	}
}

func TestLeavingWithSomebodyTypedAsks(t *testing.T) {
	r := staffed(t)
	r.typing("Flora")
	r.press(fyne.KeyEscape)
	r.sees("The person you typed has not been added.")
	if r.session != nil {
		t.Fatal("started without asking")
	}
	r.press(fyne.KeyTab, fyne.KeyReturn)
	if r.session == nil {
		t.Error("does not start")
	}
}

func TestSignInNamesAreMadeOfNames(t *testing.T) {
	for name, want := range map[string]string{
		"Ann Smith": "ann.smith", "Dr Ann B. Smith": "ann.smith", "Prof. Dr. Zoë Müller-Łódź": "zoe.muller-lodz", "Prince": "prince",
		"Seán O'Brien": "sean.obrien", "": "", "Dr": "", "Ελένη Παππά": "ελενη.παππα", "李 小龍": "李.小龍",
		"Wolfeschlegelsteinhausenbergerdorff Montmorency": "wolfeschlegelsteinhausenbergerdorff.mont",
	} {
		if got := suggestSignIn(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
		if u := (access.User{Name: "x", SignIn: suggestSignIn(name), Roles: access.Doctor}); want != "" {
			if err := access.CheckUser(&u, "GB"); err != nil {
				t.Errorf("%q is refused: %v", u.SignIn, err)
			}
		}
	}
}

// BenchmarkWizard is what the first window waits for.
func BenchmarkWizard(b *testing.B) {
	s := &stage{ctx: b.Context(), queue: kittest.NewQueue(b), now: november}
	test.NewTempApp(b)
	for b.Loop() {
		NewWizard(WizardOptions{Host: s, Hospital: &fakeHospital{}, Locale: "en-GB", Zone: "Local"})
	}
}
