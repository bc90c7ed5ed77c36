package patient_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/app/house"
	"wardbook/app/notice"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/data"
)

// clinic is an open hospital in London with the tables of patients.
func clinic(t testing.TB) *accesstest.Hospital {
	t.Helper()
	h := accesstest.New(t, slices.Concat(house.Tables(), notice.Tables(), patient.Tables())...)
	h.Update(func(tx data.Tx) error {
		return house.Found(tx, house.House{Name: "Saint Elsewhere", Zone: "Europe/London", Region: "GB"})
	})
	return h
}

func name(family string, given ...string) term.HumanName {
	return term.HumanName{Family: family, Given: given}
}

func born(text string) term.Birth {
	d, err := term.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return term.Birth{Date: d}
}

// ann is a patient with all that a form can hold.
func ann() patient.Draft {
	return patient.Draft{
		Name: name("Smith", "Ann", "Mary"), Birth: born("1971-02-03"), Sex: term.Female,
		Phones:      []patient.Phone{{Number: "020 7946 0958", Kind: patient.AtHome}, {Number: "07700 900123", Kind: patient.Mobile}},
		Email:       "ann@example.org",
		Address:     term.Address{Lines: []string{"12 High Street"}, Town: "Leeds", Postcode: "ls1 4ap"},
		NationalIDs: []term.NationalID{{Type: term.NHSNumber, Number: "943 476 5919"}, {Type: term.Passport, Number: "l01x00t47", Issuer: "GB"}},
		Kin:         term.NextOfKin{Name: name("Smith", "Bob"), Relation: term.Spouse, Phone: "07700 900456"},
		Blood:       3, Language: "en", Notes: "Hears badly on the left.", Consent: patient.Consent{Data: patient.Yes, Mail: patient.No},
	}
}

// someone is a patient with what a form asks for at least.
func someone(family, given, birth string) patient.Draft {
	return patient.Draft{Name: name(family, given), Birth: born(birth), Sex: term.Female}
}

func register(t testing.TB, s *access.Session, d patient.Draft) patient.Row {
	t.Helper()
	row, err := patient.Register(t.Context(), s, uuid.New(), d)
	if err != nil {
		t.Fatal(err)
	}
	return row
}

func find(t testing.TB, s *access.Session, query string) patient.Result {
	t.Helper()
	r, err := patient.Search(t.Context(), s, query, 50)
	if err != nil {
		t.Fatalf("%q: %v", query, err)
	}
	return r
}

// fields gives the fields that an error is about, in order, each once.
func fields(err error) (all []string) {
	for _, f := range term.Faults(err) {
		if !slices.Contains(all, f.Field) {
			all = append(all, f.Field)
		}
	}
	return all
}

func TestRegisteredPatientIsFoundAndOpened(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	row := register(t, desk, ann())
	if again, err := term.ParseMRN(row.Value.MRN.String()); row.Value.MRN != 1 || again != 1 || err != nil {
		t.Errorf("the first number is %s", row.Value.MRN)
	}
	if got := row.Value.Phones[0].Number; got != "+442079460958" {
		t.Errorf("the phone is stored as %s", got)
	}
	if c := row.Value.Consent; !c.When.Equal(h.Clock.Now()) || c.By != desk.Who() {
		t.Errorf("the consent was recorded %v by %v", c.When, c.By)
	}
	for _, role := range []access.Roles{access.FrontDesk, access.DataEntry, access.Doctor} {
		s := h.As(role)
		hits := find(t, s, "smith ann").Hits
		if len(hits) != 1 || hits[0].ID != row.ID || hits[0].PhoneTail != "0958" || hits[0].Birth != row.Value.Birth {
			t.Fatalf("%s finds %+v", role.Code(), hits)
		}
		opened, err := patient.Open(t.Context(), s, row.ID)
		if err != nil || opened.Value.Email != "ann@example.org" {
			t.Errorf("%s opens %+v: %v", role.Code(), opened.Value, err)
		}
	}
	h.Wait()
	looks := 0
	for _, c := range h.Looks() {
		if c.Action == string(access.ActPatientOpen) && slices.Equal(c.About, []data.ID{row.ID.RecordID()}) {
			looks++
		}
	}
	if looks != 3 {
		t.Errorf("three people opened the record; %d looks are in the book", looks)
	}
}

func TestEveryFaultIsNamedAtOnceOnItsField(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	wrong := patient.Draft{
		Name: term.HumanName{Family: "--", Given: []string{"?"}, Former: []string{"..."}}, Birth: born("2027-01-01"), Sex: 9, Blood: 99,
		Phones: []patient.Phone{{Number: "020 7946 0958"}, {Number: "12"}, {Number: "020 7946 0959", Kind: "moon"}}, Email: "nobody",
		Address:     term.Address{Country: "ZZ9", Town: "\uFFFD"},
		NationalIDs: []term.NationalID{{Type: "moon", Number: "1"}, {Type: term.NHSNumber, Number: "943 476 5918"}},
		Kin:         term.NextOfKin{Name: name("?"), Relation: "moon", Phone: "x"}, Language: "not a language", Notes: string(make([]byte, 3000)) + "\xff",
		Consent: patient.Consent{Data: 7}, OldNumbers: []string{"12345678901234567890123456789012345678901234567890"},
	}
	_, err := patient.Register(t.Context(), desk, uuid.New(), wrong)
	want := []string{"family", "given", "former", "birth", "sex", "blood", "phone.2", "phone.kind.3", "email", "address.town", "address.country",
		"id.type", "id.number.2", "kin.family", "kin.phone", "kin.relation", "language", "notes", "oldnumbers", "consent.data"}
	if got := fields(err); !data.Is(err, data.Invalid) || !slices.Equal(got, want) {
		t.Errorf("faults on\n%v, want\n%v", got, want)
	}
	for _, f := range term.Faults(err) {
		if f.Message.Key == "" || f.Message.English == "" {
			t.Errorf("nothing is said on %s", f.Field)
		}
	}
	if r := find(t, desk, "nobody"); r.Total != 0 {
		t.Error("something was registered all the same")
	}
}

func TestBirthsThatCannotBe(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	for what, b := range map[string]term.Birth{"tomorrow": born("2026-11-25"), "131 years ago": born("1895-11-23"), "not given": {},
		"both": {Date: term.Date{Year: 1971, Month: 2, Day: 3}, Unknown: true}, "30 February": {Date: term.Date{Year: 1971, Month: 2, Day: 30}}} {
		d := ann()
		d.Birth = b
		if _, err := patient.Register(t.Context(), desk, uuid.New(), d); !slices.Equal(fields(err), []string{"birth"}) {
			t.Errorf("born %s: %v", what, err)
		}
	}
	for what, b := range map[string]term.Birth{"today": born("2026-11-24"), "130 years ago": born("1896-11-24"), "unknown": term.UnknownBirth()} {
		if _, err := patient.Register(t.Context(), desk, uuid.New(), someonewith(b)); err != nil {
			t.Errorf("born %s: %v", what, err)
		}
	}
}

func someonewith(b term.Birth) patient.Draft { return patient.Draft{Name: name("Jones"), Birth: b} }

// TestSecondPatientWithTheSamePaper is S6: the number of a paper that another has is a sentence which names that one, and nothing is stored
// twice; there is no blood group Z9.
func TestSecondPatientWithTheSamePaper(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	first := register(t, desk, ann())
	second := someone("Brown", "Carl", "1980-05-05")
	second.NationalIDs = []term.NationalID{{Type: term.DrivingLicence, Number: "BROWN805055"}, {Type: term.NHSNumber, Number: "9434765919"}}
	_, err := patient.Register(t.Context(), desk, uuid.New(), second)
	var holder *patient.Holder
	if !data.Is(err, data.Conflict) || !errors.As(err, &holder) || holder.Hit.ID != first.ID || holder.Hit.Name.Family != "Smith" {
		t.Fatalf("registering a second with the paper: %v", err)
	}
	if got := fields(err); !slices.Equal(got, []string{"id.number.2"}) || holder.Field != "id.number.2" {
		t.Errorf("the fault is on %v", got)
	}
	second.NationalIDs[1].Number = "9434765870"
	if row := register(t, desk, second); row.Value.MRN != 2 {
		t.Errorf("a number was used up by what was refused: %d", row.Value.MRN)
	}
	second = someone("Clark", "Dan", "1980-05-05")
	second.NationalIDs = []term.NationalID{{Type: term.Passport, Number: "L01X00T47", Issuer: "FR"}}
	register(t, desk, second) // another country's passport may have the number

	if _, err := term.ParseBloodGroup("Z9"); !slices.Equal(fields(err), []string{"blood"}) {
		t.Errorf("blood group Z9: %v", err)
	}
}

func TestRegisteringTwiceInOneWishMakesOnePatient(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	operation := uuid.New()
	first, err := patient.Register(t.Context(), desk, operation, ann())
	if err != nil {
		t.Fatal(err)
	}
	again, err := patient.Register(t.Context(), desk, operation, ann())
	if err != nil || again.ID != first.ID || again.Value.MRN != first.Value.MRN {
		t.Errorf("the second try gave %v %v: %v", again.ID, again.Value.MRN, err)
	}
	if r := find(t, desk, "smith"); r.Total != 1 {
		t.Errorf("there are %d", r.Total)
	}
}

// TestTwoDesksRegisterAtOnce is S4: both patients are kept, under numbers of their own.
func TestTwoDesksRegisterAtOnce(t *testing.T) {
	h := clinic(t)
	const each = 20
	type outcome struct {
		row patient.Row
		err error
	}
	results := make(chan outcome)
	for _, s := range []*access.Session{h.As(access.FrontDesk), h.As(access.Everybody)} {
		go func() {
			for range each {
				row, err := patient.Register(t.Context(), s, uuid.New(), someone("Smith", "Ann", "1971-02-03"))
				results <- outcome{row, err}
			}
		}()
	}
	numbers := map[term.MRN]bool{}
	for range 2 * each {
		r := <-results
		if r.err != nil {
			t.Error(r.err)
		}
		numbers[r.row.Value.MRN] = true
	}
	if len(numbers) != 2*each {
		t.Errorf("%d numbers for %d patients", len(numbers), 2*each)
	}
	if r := find(t, h.As(access.FrontDesk), "smith ann"); r.Total != 2*each {
		t.Errorf("%d are found", r.Total)
	}
}

func TestUnknownPatientInOneStroke(t *testing.T) {
	h := clinic(t)
	desk := h.As(access.FrontDesk)
	about40, err := term.BirthAbout(40, term.Years, term.Date{Year: 2026, Month: 11, Day: 24})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		guess patient.Guess
		want  string
	}{
		{patient.Guess{}, "Unknown 2026-11-24 09:00"},
		{patient.Guess{Sex: term.Male, Birth: about40}, "Unknown 2026-11-24 09:00 (2), adult male?"},
		{patient.Guess{Sex: term.Female, Birth: born("2026-11-20")}, "Unknown 2026-11-24 09:00 (3), newborn female?"},
	} {
		row, err := patient.RegisterUnknown(t.Context(), desk, uuid.New(), c.guess)
		if err != nil || row.Value.Name.Listed() != c.want || !row.Value.Unknown || row.Value.Confidential {
			t.Errorf("%+v: %q, %v; want %q", c.guess, row.Value.Name.Listed(), err, c.want)
		}
	}
	if r := find(t, desk, "unknown"); r.Total != 3 || !r.Hits[0].Unknown || r.Hits[0].Alike {
		t.Errorf("found %+v", r)
	}
	if _, err := patient.RegisterUnknown(t.Context(), desk, uuid.New(), patient.Guess{Birth: born("2030-01-01")}); !data.Is(err, data.Invalid) {
		t.Errorf("born in 2030: %v", err)
	}
}

func TestWhoMayNotIsRefused(t *testing.T) {
	h := clinic(t)
	row := register(t, h.As(access.FrontDesk), ann())
	for _, role := range []access.Roles{access.DataEntry, access.Doctor, access.Administrator} {
		if _, err := patient.Register(t.Context(), h.As(role), uuid.New(), ann()); !data.Is(err, data.Forbidden) {
			t.Errorf("%s registers: %v", role.Code(), err)
		}
		if _, err := patient.RegisterUnknown(t.Context(), h.As(role), uuid.New(), patient.Guess{}); !data.Is(err, data.Forbidden) {
			t.Errorf("%s registers an unknown: %v", role.Code(), err)
		}
	}
	admin := h.As(access.Administrator)
	if _, err := patient.Search(t.Context(), admin, "smith", 10); !data.Is(err, data.Forbidden) {
		t.Errorf("an administrator searches: %v", err)
	}
	if _, err := patient.Open(t.Context(), admin, row.ID); !data.Is(err, data.Forbidden) {
		t.Errorf("an administrator opens: %v", err)
	}
	if _, err := patient.Open(t.Context(), nil, row.ID); !data.Is(err, data.Forbidden) {
		t.Errorf("nobody opens: %v", err)
	}
}
