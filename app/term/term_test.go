package term_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"wardbook/app/term"
	"wardbook/data"
)

// on holds an error to one refusal on one field, in a sentence.
func on(t *testing.T, err error, field string) {
	t.Helper()
	var e *data.Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want a refusal on %s", err, field)
	}
	if e.Kind != data.Invalid || !slices.Contains(e.Fields, field) || e.Message.String() == "" {
		t.Errorf("got %v on %v, want invalid on %s", err, e.Fields, field)
	}
}

// kept writes a value as a record does, reads it back, and holds it to itself and to the same bytes again.
func kept[T any](t interface {
	Helper()
	Fatalf(string, ...any)
}, value T) {
	t.Helper()
	first, err := data.Marshal(value)
	if err != nil {
		t.Fatalf("%+v: %v", value, err)
	}
	var read T
	if err := data.Unmarshal(first, &read); err != nil {
		t.Fatalf("%+v: %v", value, err)
	}
	second, err := data.Marshal(read)
	if err != nil || !reflect.DeepEqual(read, value) || string(first) != string(second) {
		t.Fatalf("wrote %+v, read %+v (%v)", value, read, err)
	}
}

func TestWhatLiesInRecordsComesBack(t *testing.T) {
	name := term.HumanName{Family: "Smith", Given: []string{"Ann", "Mary"}, Former: []string{"Jones"}}
	kept(t, name)
	kept(t, term.HumanName{Given: []string{"Suharto"}})
	kept(t, term.Birth{Date: term.Date{Year: 1971, Month: 2, Day: 3}, Estimated: true})
	kept(t, term.UnknownBirth())
	kept(t, term.PartialDate{Year: 1971})
	kept(t, term.Quantity{Digits: -480, Scale: 2, Comparator: term.Less, Unit: "mmol/L"})
	kept(t, term.Coding{System: term.LOINC, Code: "718-7", Display: "Hemoglobin"})
	kept(t, term.NationalID{Type: term.Passport, Number: "L01X00T47", Issuer: "DE"})
	kept(t, term.Address{Lines: []string{"12 High Street"}, Town: "Leeds", Postcode: "LS1 4AP", Country: "GB"})
	kept(t, term.NextOfKin{Name: name, Relation: term.Parent, Phone: "+442079460958"})
	kept(t, term.MRN(42))
	kept(t, term.Female)
	kept(t, term.BloodGroups[3])
}

// TestTheBytesOfRecordsStay: these bytes lie in books; a change here makes old ones unreadable.
func TestTheBytesOfRecordsStay(t *testing.T) {
	for _, c := range []struct {
		value any
		want  string
	}{
		{term.HumanName{Family: "S", Given: []string{"A"}, Former: []string{"J"}}, "\xa3\x01\x61S\x02\x81\x61A\x03\x81\x61J"},
		{term.Date{Year: 1971, Month: 2, Day: 3}, "\x1a\x01\x2c\xc0\xfb"},
		{term.Date{}, "\x00"},
		{term.UnknownBirth(), "\xa2\x01\x00\x03\xf5"},
		{term.SexOther, "\x03"},
		{term.BloodGroups[7], "\x08"},
		{term.MRN(42), "\x18\x2a"},
		{term.Quantity{Digits: 48, Scale: 1, Comparator: term.More, Unit: "g"}, "\xa4\x01\x18\x30\x02\x01\x03\x04\x04\x61g"},
	} {
		if got, err := data.Marshal(c.value); err != nil || string(got) != c.want {
			t.Errorf("%+v: %x (%v), want %x", c.value, got, err, c.want)
		}
	}
}

func TestADateThatIsNoneReachesNoRecord(t *testing.T) {
	if _, err := data.Marshal(term.Birth{Date: term.Date{Year: 2023, Month: 2, Day: 30}}); err == nil {
		t.Error("30 February was written")
	}
	var d term.Date
	for _, number := range []int{20230230, 1, 101, -19710203, 99991332, 1 << 40} {
		b, _ := data.Marshal(number)
		if err := data.Unmarshal(b, &d); err == nil {
			t.Errorf("%d was read as %v", number, d)
		}
		var p term.PartialDate
		if err := data.Unmarshal(b, &p); err == nil {
			t.Errorf("%d was read as the partial date %v", number, p)
		}
	}
}

func TestUnderNamesThePart(t *testing.T) {
	_, err := term.ParsePhone("x", "GB")
	moved := term.Under("kin", err)
	on(t, moved, "kin.phone")
	on(t, err, "phone")
	plain := errors.New("no field")
	if term.Under("kin", nil) != nil || term.Under("kin", plain) != plain {
		t.Error("an error without fields came back changed")
	}
}

func TestSex(t *testing.T) {
	for text, want := range map[string]term.Sex{"female": term.Female, " M": term.Male, "Other": term.SexOther, "unknown": term.SexUnknown} {
		got, err := term.ParseSex(text)
		if err != nil || got != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	_, err := term.ParseSex("x")
	on(t, err, term.FieldSex)
	for _, s := range term.Sexes {
		if again, err := term.ParseSex(s.Code()); err != nil || again != s || s.Text().String() == "" {
			t.Errorf("%v: %v, %v", s, again, err)
		}
	}
	if term.Sex(99).Code() != "unknown" {
		t.Error("a number of a later version is not shown as unknown")
	}
}

func TestBloodGroup(t *testing.T) {
	for text, want := range map[string]string{"A+": "A+", "ab neg": "AB-", "0 Rh+": "O+", "o−": "O-", "B positive": "B+", "O (RhD) negative": "O-", "": ""} {
		got, err := term.ParseBloodGroup(text)
		if err != nil || got.Code() != want {
			t.Errorf("%q: %q, %v, want %q", text, got.Code(), err, want)
		}
	}
	for _, text := range []string{"Z9", "A", "AB", "+", "C+", "A+B", "A+-"} {
		_, err := term.ParseBloodGroup(text)
		on(t, err, term.FieldBlood)
	}
	if got := term.BloodGroups[5].Text().String(); got != "AB negative" {
		t.Errorf("AB- is read as %q", got)
	}
	if term.BloodUnknown.Text().String() != "Not known" || term.BloodGroup(77).Code() != "" {
		t.Error("an unknown group is shown as one")
	}
}

func TestCoding(t *testing.T) {
	c := term.Coding{System: term.ICD10, Code: "A01.0", Display: " Typhoid  fever "}
	cleaned, err := c.Clean()
	if err != nil || cleaned.Display != "Typhoid fever" || !cleaned.Same(term.Coding{System: term.ICD10, Code: "A01.0", Display: "Typhus"}) {
		t.Errorf("%+v, %v", cleaned, err)
	}
	if cleaned.Same(term.Coding{System: term.ICD11, Code: "A01.0"}) {
		t.Error("the same code of another catalogue is taken for the same")
	}
	if free, err := (term.Coding{Display: "Fell off a ladder"}).Clean(); err != nil || free.Same(cleaned) {
		t.Errorf("free text: %+v, %v", free, err)
	}
	for _, bad := range []term.Coding{{Code: "A01.0", Display: "x"}, {System: term.LOINC, Code: "1"}, {System: term.LOINC, Display: "x"}} {
		_, err := bad.Clean()
		on(t, err, term.FieldCode)
	}
}
