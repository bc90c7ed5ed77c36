package frontdesk

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"reflect"
	"slices"
	"testing"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
)

// TestAFormThatNobodyTouchedChangesNothing: every fact of a patient survives being shown in a form and taken from it again.
func TestAFormThatNobodyTouchedChangesNothing(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	unknown, err := patient.RegisterUnknown(t.Context(), desk, [16]byte{1}, patient.Guess{Sex: term.Male})
	if err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string]patient.Row{"all": register(t, desk, ann()), "least": register(t, desk, someone("Bell", "", "1980-01-01")), "unknown": unknown} {
		f := newDraftForm(desk, row.ID)
		f.base = row
		s := f.saving(enteredOf(row.Value.Draft, "GB").draft(row.Value.Draft), "GB", photoWish{})
		if s.changed {
			t.Errorf("%s: counts as changed", name)
		}
		s.changed = true // saved all the same
		o, err := s.do(t.Context())
		if err != nil || !o.saved {
			t.Fatalf("%s: %+v, %v", name, o, err)
		}
		if d := patient.Differences(row.Value.Draft, row.Value.Draft, o.row.Value.Draft); len(d) > 0 {
			t.Errorf("%s: became another: %+v", name, d)
		}
	}
}

func TestFaultsStandInTheRowsWhereTheyWereTyped(t *testing.T) {
	h := clinic(t)
	f := newDraftForm(h.As(access.FrontDesk), patient.ID{})
	e := entered{family: "Smith", birth: born("1971-02-03"), email: "x@", postcode: "LS1",
		phones: []patient.Phone{{}, {Number: "020 7946 0958"}, {Number: "abc"}},
		papers: []term.NationalID{{}, {Type: term.NHSNumber, Number: "943 476 5918"}}, kin: kinEntered{phone: "nobody"}}
	w := e.draft(patient.Draft{})
	_, err := f.saving(w, "GB", photoWish{}).do(t.Context())
	var got []string
	for _, fault := range term.Faults(err) {
		got = append(got, w.field(fault.Field))
	}
	slices.Sort(got)
	if want := []string{"email", "id.number.2", "kin.phone", "phone.3"}; !slices.Equal(got, want) {
		t.Errorf("faults on %v, want %v", got, want)
	}
}

// TestAPressTooManyRegistersOnce: the same form is the same wish, also where its answer got lost and a letter was changed since.
func TestAPressTooManyRegistersOnce(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	f := newDraftForm(desk, patient.ID{})
	try := func(given string) patient.Row {
		e := entered{family: "Smith", given: given, birth: born("1971-02-03")}
		s := f.saving(e.draft(patient.Draft{}), "GB", photoWish{})
		for _, hit := range all(t, desk) { // whoever the first try registered has been seen beside the form by now
			s.shown[hit.ID] = true
		}
		o, err := s.do(t.Context())
		if err != nil || !o.saved {
			t.Fatalf("%+v, %v", o, err)
		}
		return o.row
	}
	first, second, third := try("Ann"), try("Ann"), try("Anne")
	if first.ID != second.ID || first.ID != third.ID || len(all(t, desk)) != 1 {
		t.Fatalf("registered %d times", len(all(t, desk)))
	}
	if name := third.Value.Name.Full(); name != "Anne Smith" {
		t.Errorf("the last that was typed is lost: %s", name)
	}
}

func TestWhoMayBeTheSameIsSeenBeforeAnybodyIsRegistered(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	there := register(t, desk, someone("Smith", "Ann", "1971-02-03"))
	f := newDraftForm(desk, patient.ID{})
	w := entered{family: "Smyth", given: "Ann", birth: born("1971-02-03")}.draft(patient.Draft{})
	o, err := f.saving(w, "GB", photoWish{}).do(t.Context())
	if err != nil || o.saved || len(o.alike) != 1 || o.alike[0].ID != there.ID || len(all(t, desk)) != 1 {
		t.Fatalf("%+v, %v, %d patients", o, err, len(all(t, desk)))
	}
	f.shown[there.ID] = true
	if o, err = f.saving(w, "GB", photoWish{}).do(t.Context()); err != nil || !o.saved || len(all(t, desk)) != 2 {
		t.Fatalf("two people of one name and birthday can't be registered: %+v, %v", o, err)
	}
}

// edited is a form of a patient with something typed into it.
func edited(s *access.Session, row patient.Row, edit func(*entered)) saving {
	f := newDraftForm(s, row.ID)
	f.base = row
	e := enteredOf(row.Value.Draft, "GB")
	edit(&e)
	return f.saving(e.draft(row.Value.Draft), "GB", photoWish{})
}

func TestWhatOnlyOneOfTwoChangedIsMergedAndSaid(t *testing.T) {
	h := clinic(t)
	desk, other := h.As(access.FrontDesk), h.As(access.Everybody)
	row := register(t, desk, ann())
	s := edited(desk, row, func(e *entered) { e.town = "York" })
	alter(t, other, row, func(d *patient.Draft) { d.Email = "ann.smith@example.org" })
	o, err := s.do(t.Context())
	if err != nil || !o.saved || o.merged == nil {
		t.Fatalf("%+v, %v", o, err)
	}
	if p := o.row.Value; p.Address.Town != "York" || p.Email != "ann.smith@example.org" {
		t.Errorf("one of both is lost: %s, %s", p.Address.Town, p.Email)
	}
	if own := o.merged.theirOwn(); len(own) != 1 || own[0].Field != term.FieldEmail || o.merged.who != "Olga Allroles" {
		t.Errorf("said of %q: %+v", o.merged.who, own)
	}
}

func TestOfWhatBothChangedAPersonChooses(t *testing.T) {
	h := clinic(t)
	desk, other := h.As(access.FrontDesk), h.As(access.Everybody)
	for _, test := range []struct {
		mine bool
		want string
	}{{true, "Anna"}, {false, "Anne"}} {
		row := register(t, desk, someone("Smith", "Ann", "1971-02-03"))
		s := edited(desk, row, func(e *entered) { e.given, e.email = "Anna", "anna@example.org" })
		alter(t, other, row, func(d *patient.Draft) { d.Name.Given, d.Notes = []string{"Anne"}, "Comes with her sister." })
		o, err := s.do(t.Context())
		if err != nil || o.saved || o.clash == nil {
			t.Fatalf("%+v, %v", o, err)
		}
		if both := o.clash.both(); len(both) != 1 || both[0].Field != term.FieldGiven {
			t.Fatalf("asked about %+v", both)
		}
		o, err = s.resolved(o.clash, map[string]bool{term.FieldGiven: test.mine}).do(t.Context())
		if err != nil || !o.saved {
			t.Fatalf("%+v, %v", o, err)
		}
		want := o.row.Value
		if got := []string{want.Name.Given[0], string(want.Email), want.Notes}; !reflect.DeepEqual(got, []string{test.want, "anna@example.org", "Comes with her sister."}) {
			t.Errorf("mine %t: %v", test.mine, got)
		}
	}
}

func TestWhoIsIdentifiedIsUnknownNoMore(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	row, err := patient.RegisterUnknown(t.Context(), desk, [16]byte{1}, patient.Guess{})
	if err != nil {
		t.Fatal(err)
	}
	o, err := edited(desk, row, func(e *entered) { e.sex = term.Male }).do(t.Context())
	if err != nil || !o.row.Value.Unknown || o.row.Value.Name.Full() != row.Value.Name.Full() {
		t.Fatalf("with only the sex known the label goes: %+v, %v", o.row.Value, err)
	}
	o, err = edited(desk, o.row, func(e *entered) { e.family = "Smith" }).do(t.Context())
	if p := o.row.Value; err != nil || p.Unknown || p.Name.Full() != "Smith" {
		t.Errorf("%+v, %v", p.Name, err)
	}
}

func TestWhoMayNotChangeIsRefusedAtTheDoor(t *testing.T) {
	h := clinic(t)
	row := register(t, h.As(access.FrontDesk), ann())
	for _, role := range []access.Roles{access.DataEntry, access.Doctor, access.Administrator} {
		if _, err := edited(h.As(role), row, func(e *entered) { e.town = "York" }).do(t.Context()); !term.Is(err, term.Forbidden) {
			t.Errorf("%s changes a patient: %v", role.Code(), err)
		}
		f := newDraftForm(h.As(role), patient.ID{})
		if _, err := f.saving(entered{family: "X", birth: born("1990-01-01")}.draft(patient.Draft{}), "GB", photoWish{}).do(t.Context()); !term.Is(err, term.Forbidden) {
			t.Errorf("%s registers a patient: %v", role.Code(), err)
		}
	}
}

// plain is a picture of one colour.
func plain(t *testing.T, c color.Color) []byte {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 300, 400))
	draw.Draw(picture, picture.Rect, image.NewUniform(c), image.Point{}, draw.Src)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestAnotherPictureIsNotTakenForTheFirst: nobody knows what became of the first try, and the person chooses another picture and saves again.
func TestAnotherPictureIsNotTakenForTheFirst(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	f := newDraftForm(desk, patient.ID{})
	w := entered{family: "Smith", birth: born("1971-02-03")}.draft(patient.Draft{})
	photo := func(c color.Color) ([]byte, outcome) {
		s := f.saving(w, "GB", photoWish{file: plain(t, c)})
		for _, hit := range all(t, desk) {
			s.shown[hit.ID] = true
		}
		o, err := s.do(t.Context())
		if err != nil || o.photo != nil {
			t.Fatalf("%v, %v", err, o.photo)
		}
		kept, err := patient.ReadPhoto(t.Context(), desk, o.row.ID)
		if err != nil {
			t.Fatal(err)
		}
		return kept.JPEG, o
	}
	dark, _ := photo(color.Black)
	same, first := photo(color.Black)
	light, second := photo(color.White)
	if !bytes.Equal(dark, same) || bytes.Equal(dark, light) || first.row.ID != second.row.ID {
		t.Error("the second picture was dropped")
	}
}
