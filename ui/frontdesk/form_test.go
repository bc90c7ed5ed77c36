package frontdesk

import (
	"bytes"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

func TestACommonPatientIsRegisteredInAFewKeys(t *testing.T) {
	h := clinic(t)
	s := onStage(t, h, access.FrontDesk, kit.Route{Place: PlacePatients})
	s.write("ann smith") // nobody is found, so she is registered under what was typed
	s.pause()
	s.ctrl(fyne.KeyN)
	s.wantSeen("Registered already?", "Smith", "Ann")
	if s.screen.Unsaved() {
		t.Error("what the search brought counts as typed")
	}
	s.write("\n\n3.2.71\nf\n020 7946 0958\nh")
	s.ctrl(fyne.KeyS)
	hits := all(t, s.session)
	if len(hits) != 1 {
		t.Fatalf("%d patients; to be read: %s", len(hits), s.seen())
	}
	row, err := patient.Open(t.Context(), s.session, hits[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	p := row.Value
	if p.Name.Full() != "Ann Smith" || p.Birth != born("1971-02-03") || p.Sex != term.Female || len(p.Phones) != 1 || p.Phones[0] != (patient.Phone{Number: "+442079460958", Kind: patient.AtHome}) {
		t.Errorf("registered %+v", p)
	}
	if want := "Registered Ann Smith, MRN " + p.MRN.String(); len(s.told) != 1 || s.told[0] != want {
		t.Errorf("told %q, want %q", s.told, want)
	}
	s.wantSeen("Smith, Ann", "55 years", "born 3 Feb 1971", "MRN "+p.MRN.String(), "020 7946 0958")
	s.Back() // not to the form
	s.settle()
	if s.route.Page != pageList {
		t.Errorf("the way back leads to %+v", s.route)
	}
}

func TestAllThatIsWrongIsSaidAtOnceAndTheFirstGetsTheKeyboard(t *testing.T) {
	h := clinic(t)
	s := onStage(t, h, access.FrontDesk, RegisterRoute(""))
	s.write("\n\n3.2.2071\nm\n12") // a birth to come, no name
	s.ctrl(fyne.KeyS)
	s.wantSeen("This date of birth lies in the future")
	if len(all(t, s.session)) != 0 || s.on() != term.FieldBirth {
		t.Fatalf("the keyboard is on %q; %d patients", s.on(), len(all(t, s.session)))
	}
	s.over("3.2.1971")
	s.ctrl(fyne.KeyS)
	s.wantSeen("This phone number has too few digits")
	s.over("")
	s.press(fyne.KeyBackspace)
	s.ctrl(fyne.KeyS) // now the hospital says what the fields alone can't
	s.wantSeen("Give at least one name")
	if s.on() != term.FieldFamily {
		t.Errorf("the keyboard is on %q", s.on())
	}
	s.write("Smith")
	s.press(fyne.KeyReturn) // Enter saves
	if len(all(t, s.session)) != 1 {
		t.Error("Enter in a line saves nothing")
	}
}

func TestWhoMayBeTheSameIsShownWhileOneTypes(t *testing.T) {
	h := clinic(t)
	there := register(t, h.As(access.Everybody), someone("Smith", "Ann", "1971-02-03"))
	s := onStage(t, h, access.FrontDesk, RegisterRoute(""))
	s.wantSeen("So far there are none")
	s.write("Smyth\nAnn\n3 Feb 1971")
	s.pause()
	s.wantSeen("May be registered already", "Smith, Ann", there.Value.MRN.String(), "Same or like name and date of birth")
	s.command(fyne.KeyF6, 0)
	s.press(fyne.KeyReturn)
	if s.route != PatientRoute(there.ID.String()) {
		t.Errorf("'Open' leads to %+v", s.route)
	}
	s.Back()
	s.settle()
}

func TestSaveCannotBePressedTwice(t *testing.T) {
	h := clinic(t)
	s := onStage(t, h, access.FrontDesk, RegisterRoute("smith"))
	s.Focus(s.screen.(*formScreen).fields.birth.Focusable())
	s.write("3 Feb 1971")
	for range 3 {
		s.command(fyne.KeyS, ctrl)
	}
	s.settle()
	if n := len(all(t, s.session)); n != 1 || len(s.told) != 1 {
		t.Errorf("registered %d times, told %q", n, s.told)
	}
}

func TestAHintNeverStandsInTheWay(t *testing.T) {
	h := clinic(t)
	register(t, h.As(access.Everybody), someone("Smith", "Ann", "1971-02-03"))
	s := onStage(t, h, access.FrontDesk, RegisterRoute(""))
	s.write("Smith\nAnn\n3 Feb 1971\nf")
	s.ctrl(fyne.KeyS) // quicker than the hint
	s.wantSeen("May be registered already", "Nothing was saved yet")
	if n := len(all(t, s.session)); n != 1 {
		t.Fatalf("%d patients", n)
	}
	s.ctrl(fyne.KeyS)
	if n := len(all(t, s.session)); n != 2 {
		t.Errorf("%d patients: the second of one name and birthday can't be registered", n)
	}
}

func TestAPaperOfAnotherPatientLeadsToThatOne(t *testing.T) {
	h := clinic(t)
	there := register(t, h.As(access.Everybody), ann())
	s := onStage(t, h, access.FrontDesk, RegisterRoute("bell"))
	form := s.screen.(*formScreen)
	form.fields.birth.Focusable().FocusGained()
	s.Focus(form.fields.birth.Focusable())
	s.write("1.1.1990")
	s.Focus(form.fields.papers[0].kind.Focusable())
	s.write("nhs\n943 476 5919")
	s.press(fyne.KeyReturn) // a scanner's
	if s.on() != term.FieldIDIssuer || len(all(t, s.session)) != 1 {
		t.Fatalf("Enter after a number saves; the keyboard is on %q", s.on())
	}
	s.ctrl(fyne.KeyS)
	s.wantSeen("Smith, Ann Mary") // by its paper; seen now
	s.ctrl(fyne.KeyS)
	s.wantSeen("Another patient already has this number", "Has this number of a paper", there.Value.MRN.String())
	if s.on() != term.FieldIDNumber {
		t.Errorf("the keyboard is on %q", s.on())
	}
	s.command(fyne.KeyF6, 0)
	s.press(fyne.KeyReturn)
	if s.route != PatientRoute(there.ID.String()) {
		t.Errorf("'Open' leads to %+v", s.route)
	}
}

func TestAFormKeepsWhatWasTypedWhenAnotherDeskSaves(t *testing.T) {
	h := clinic(t)
	other := h.As(access.Everybody)
	row := register(t, other, ann())
	s := onStage(t, h, access.FrontDesk, editRoute(row.ID))
	since := h.Door.Last()
	row = alter(t, other, row, func(d *patient.Draft) { d.Name.Family = "Smithers" })
	s.hear(since)
	s.wantSeen("Smithers, Ann Mary") // nothing was typed: the form shows what is there now
	s.wantUnseen("Somebody else changed")
	s.over("Jones")
	since = h.Door.Last()
	row = alter(t, other, row, func(d *patient.Draft) { d.Name.Family = "Bell" })
	s.hear(since)
	s.wantSeen("Somebody else changed this patient in the meantime", "Jones")
	s.ctrl(fyne.KeyS)
	s.wantSeen("was changed by two people", "Jones", "Bell", "Olga Allroles")
	s.press(fyne.KeyReturn) // undecided: nothing happens
	s.wantSeen("was changed by two people")
	s.press(fyne.KeyLeft, fyne.KeyReturn)
	s.wantSeen("Jones, Ann Mary")
	if now, err := patient.Open(t.Context(), s.session, row.ID); err != nil || now.Value.Name.Family != "Jones" {
		t.Errorf("saved %+v, %v", now.Value.Name, err)
	}
}

func TestWhatIsMergedIsSaid(t *testing.T) {
	h := clinic(t)
	other := h.As(access.Everybody)
	row := register(t, other, ann())
	s := onStage(t, h, access.FrontDesk, editRoute(row.ID))
	s.over("Jones")
	alter(t, other, row, func(d *patient.Draft) { d.Email = "jones@example.org" })
	s.ctrl(fyne.KeyS)
	if want := "Saved Ann Mary Jones. In the meantime Olga Allroles changed, and it is kept: E-mail"; len(s.told) != 1 || s.told[0] != want {
		t.Errorf("told %q, want %q", s.told, want)
	}
	s.wantSeen("jones@example.org")
}

func TestSavingWithoutAChangeWritesNothing(t *testing.T) {
	h := clinic(t)
	row := register(t, h.As(access.Everybody), ann())
	s := onStage(t, h, access.FrontDesk, editRoute(row.ID))
	s.ctrl(fyne.KeyS)
	if now, err := patient.Open(t.Context(), s.session, row.ID); err != nil || now.Version != row.Version || s.route.Page != pageOne {
		t.Errorf("version %d, %v, at %+v", now.Version, err, s.route)
	}
}

func TestLeavingAsksOnlyWhereSomethingWouldBeLost(t *testing.T) {
	h := clinic(t)
	row := register(t, h.As(access.Everybody), ann())
	for _, r := range []kit.Route{RegisterRoute("smith"), editRoute(row.ID)} {
		s := onStage(t, h, access.FrontDesk, r)
		if s.screen.Unsaved() {
			t.Errorf("%s: unsaved before anything was typed", r.Page)
		}
		s.write("x")
		if !s.screen.Unsaved() {
			t.Errorf("%s: what was typed would be lost without a question", r.Page)
		}
	}
}

// photoFile is a photo on the disk.
func photoFile(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, 900, 1200)), nil); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "ann.jpg")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAPhotoIsTakenFromAFileByKeyboard(t *testing.T) {
	h := clinic(t)
	s := onStage(t, h, access.FrontDesk, RegisterRoute("smith"))
	form := s.screen.(*formScreen)
	s.Focus(form.fields.birth.Focusable())
	s.write("unknown")
	s.Focus(form.photo.Focusable())
	s.write("/no/such/file.jpg")
	s.press(fyne.KeyReturn)
	s.wantSeen("This is no PNG or JPEG picture that can be read")
	s.over(photoFile(t))
	s.press(fyne.KeyReturn)
	s.wantUnseen("ann.jpg")
	s.ctrl(fyne.KeyS)
	hits := all(t, s.session)
	if len(hits) != 1 || !hits[0].Photo {
		t.Fatalf("registered %+v, told %q, seen %s", hits, s.told, strings.ReplaceAll(s.seen(), "\n", " | "))
	}
}

func TestAPhotoThatIsRefusedDoesNotUndoTheRest(t *testing.T) {
	h := clinic(t)
	s := onStage(t, h, access.FrontDesk, RegisterRoute("smith"))
	form := s.screen.(*formScreen)
	s.Focus(form.fields.birth.Focusable())
	s.write("unknown")
	s.Focus(form.fields.consent[2].Focusable())
	s.write("no")
	s.Focus(form.photo.Focusable())
	s.write(photoFile(t))
	s.press(fyne.KeyReturn)
	s.ctrl(fyne.KeyS)
	hits := all(t, s.session)
	if len(hits) != 1 || hits[0].Photo || len(s.told) != 1 || !strings.Contains(s.told[0], "did not agree to a photo") {
		t.Errorf("registered %+v, told %q", hits, s.told)
	}
}

func TestAPhotoIsChosenFromADialogAndReadInTheBackground(t *testing.T) {
	h := clinic(t)
	row := register(t, h.As(access.Everybody), ann())
	s := onStage(t, h, access.FrontDesk, kit.Route{Place: PlacePatients})
	path := photoFile(t)
	s.desk.PickFile = func(picked func(string)) { picked(path) }
	s.show(PatientRoute(row.ID.String()), nil)
	s.settle()
	s.tabTo("Photo")
	s.press(fyne.KeyReturn)
	s.tabTo("Choose a photo")
	s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if !slices.ContainsFunc(s.asyncs, (*kit.Async).Busy) {
		t.Error("the file is read while the window waits")
	}
	s.settle()
	s.tabTo("Save the photo")
	s.press(fyne.KeyReturn)
	if hits := all(t, s.session); !hits[0].Photo {
		t.Errorf("no photo; told %q", s.told)
	}
}
