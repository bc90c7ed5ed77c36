package term_test

import (
	"reflect"
	"strings"
	"testing"

	"wardbook/app/term"
)

func TestPhones(t *testing.T) {
	for _, c := range []struct {
		text         string
		home         term.Country
		stored       term.Phone
		shown, digit string
	}{
		{"020 7946 0958", "GB", "+442079460958", "020 7946 0958", "442079460958"},
		{"(020) 7946-0958", "GB", "+442079460958", "020 7946 0958", "442079460958"},
		{"+44 (0)20 7946 0958", "GB", "+442079460958", "020 7946 0958", "442079460958"},
		{"+44 20 7946 0958", "US", "+442079460958", "+44 20 7946 0958", "442079460958"},
		{"0044 20 7946 0958", "DE", "+442079460958", "+44 20 7946 0958", "442079460958"},
		{"\u202a07700\u00a0900123\u202c", "GB", "+447700900123", "07700 900123", "447700900123"},
		{"555-555-0123", "US", "+15555550123", "(555) 555-0123", "15555550123"}, // not given out, but a number
		{"06 6982 0000", "IT", "+390669820000", "06 6982 0000", "390669820000"}, // its zero belongs to it
		{"+91 98765 43210", "IN", "+919876543210", "098765 43210", "919876543210"},
		{"٠٢٠ ٧٩٤٦ ٠٩٥٨", "GB", "+442079460958", "020 7946 0958", "442079460958"},
		{"020 7946 0958 ext. 12", "GB", "+442079460958;ext=12", "020 7946 0958 x12", "442079460958"},
		{"+442079460958x12", "", "+442079460958;ext=12", "+44 20 7946 0958 x12", "442079460958"},
		{"4521", "GB", "4521", "4521", "4521"},
		{" 112 ", "", "112", "112", "112"},
	} {
		p, err := term.ParsePhone(c.text, c.home)
		shown := p.Display(c.home)
		if c.home == "IN" {
			shown = c.shown // the national way differs between editions of the metadata
		}
		if err != nil || p != c.stored || shown != c.shown || p.Digits() != c.digit {
			t.Errorf("%q in %s: %q, shown %q, digits %q (%v)", c.text, c.home, p, p.Display(c.home), p.Digits(), err)
		}
		if again, err := term.ParsePhone(string(p), c.home); err != nil || again != p {
			t.Errorf("%q is stored as %q and read as %q (%v)", c.text, p, again, err)
		}
	}
	if term.Phone("+442079460958").International() != "+44 20 7946 0958" || term.Phone("").Display("GB") != "" || !term.Phone("4521").Internal() {
		t.Error("the display is wrong")
	}
}

func TestPhonesThatAreNone(t *testing.T) {
	for text, home := range map[string]term.Country{
		"":                              "GB",
		"12":                            "GB",
		"call Ann on 020 7946 0958":     "GB",
		"1-800-FLOWERS":                 "US",
		"020 7946 0958 / 020 7946 0959": "GB",
		"+999 1234567":                  "GB",
		"020 7946 0958 0958 0958":       "GB",
		"555 0123":                      "US", // the area code is missing
		"0207 946":                      "GB",
		"2079460958":                    "", // no home to read it by
		"+":                             "GB",
		"ann@example.org":               "GB",
		strings.Repeat("1", 400):        "GB",
	} {
		p, err := term.ParsePhone(text, home)
		if err == nil {
			t.Errorf("%q in %q is taken for %s", text, home, p)
			continue
		}
		on(t, err, term.FieldPhone)
	}
}

func FuzzParsePhone(f *testing.F) {
	for _, seed := range []string{"020 7946 0958", "+44 20 7946 0958 ext 12", "4521", "+1 (555) 555-0123", "٠٢٠"} {
		f.Add(seed, "GB")
	}
	f.Fuzz(func(t *testing.T, text, home string) {
		p, err := term.ParsePhone(text, term.Country(home))
		if err != nil {
			return
		}
		if again, err := term.ParsePhone(string(p), "US"); err != nil || again != p {
			t.Fatalf("%q is stored as %q and read as %q (%v)", text, p, again, err)
		}
		p.Display(term.Country(home))
	})
}

func TestEmails(t *testing.T) {
	for text, want := range map[string]term.Email{
		"ann@example.org":               "ann@example.org",
		" Ann.Smith+ward@EXAMPLE.Org\t": "Ann.Smith+ward@example.org",
		"o'brien@mail.example.co.uk":    "o'brien@mail.example.co.uk",
		"x@xn--bcher-kva.example":       "x@xn--bcher-kva.example",
		"\u200bann@example.org":         "ann@example.org",
	} {
		if got, err := term.ParseEmail(text); err != nil || got != want {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "ann", "ann@", "@example.org", "ann@localhost", "ann@example..org", "ann@-example.org", "a b@example.org", "ann@example.org, bob@example.org",
		"Ann <ann@example.org>", "<ann@example.org>", `"ann smith"@example.org`, "ann@[127.0.0.1]", "ann@127.0.0.1", "ann@exa_mple.org", "ann@example.org\r\nBcc: x@example.org", "änn@example.org",
		"ann@bücher.example", ".ann@example.org", "ann.@example.org", "an..n@example.org", "ann@@example.org", "ann(x)@example.org", strings.Repeat("a", 65) + "@example.org", "a@" + strings.Repeat("a.", 130) + "org"} {
		_, err := term.ParseEmail(text)
		on(t, err, term.FieldEmail)
	}
}

func FuzzParseEmail(f *testing.F) {
	f.Add("ann@example.org")
	f.Add("\"a b\"@example.org\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := term.ParseEmail(text)
		if err != nil {
			return
		}
		if strings.ContainsAny(string(got), " \r\n\t<>,;\"") || strings.Count(string(got), "@") != 1 {
			t.Fatalf("%q", got)
		}
		if again, err := term.ParseEmail(string(got)); err != nil || again != got {
			t.Fatalf("%q, then %q (%v)", got, again, err)
		}
	})
}

func TestNationalIDs(t *testing.T) {
	for _, c := range []struct {
		kind          term.IDType
		number        string
		stored, shown string
	}{
		{term.Passport, "l01x 00t47", "L01X00T47", "L01X00T47"},
		{term.Aadhaar, "2341 2341 2346", "234123412346", "2341 2341 2346"},
		{term.USSSN, "123-45-6789", "123456789", "123-45-6789"},
		{term.NHSNumber, "943 476 5919", "9434765919", "943 476 5919"},
		{term.NationalIDCard, "AB–123 456/7", "AB123456/7", "AB123456/7"},
		{term.NationalIDCard, "١٢٣٤٥٦٧٨٩٠", "1234567890", "1234567890"},
		{term.OtherID, "Х-12", "Х12", "Х12"}, // a Cyrillic letter
	} {
		id, err := term.NationalID{Type: c.kind, Number: c.number, Issuer: "in"}.Clean()
		if err != nil || id.Number != c.stored || id.Display() != c.shown || id.Issuer != "IN" {
			t.Errorf("%s %q: %+v, shown %q (%v)", c.kind, c.number, id, id.Display(), err)
		}
		if again, err := id.Clean(); err != nil || again != id {
			t.Errorf("%+v, then %+v (%v)", id, again, err)
		}
	}
	for _, c := range []struct {
		kind   term.IDType
		number string
	}{
		{term.Aadhaar, "2341 2341 2347"}, {term.Aadhaar, "2341 2341 234"}, {term.Aadhaar, "1341 2341 2346"}, {term.Aadhaar, "3241 2341 2346"},
		{term.USSSN, "000-12-3456"}, {term.USSSN, "666-12-3456"}, {term.USSSN, "900-12-3456"}, {term.USSSN, "123-00-4567"}, {term.USSSN, "123-45-0000"}, {term.USSSN, "12345678"},
		{term.NHSNumber, "943 476 5918"}, {term.NHSNumber, "9434765"}, {term.NHSNumber, "943 476 59I9"},
		{term.Passport, ""}, {term.Passport, "L01*"}, {term.Passport, "1234"}, {term.OtherID, "//"}, {term.OtherID, "--"}, {term.NationalIDCard, "12<script>"}, {term.DrivingLicence, strings.Repeat("1", 33)},
	} {
		_, err := term.NationalID{Type: c.kind, Number: c.number}.Clean()
		on(t, err, term.FieldIDNumber)
	}
	_, err := term.NationalID{Type: "library card", Number: "12"}.Clean()
	on(t, err, term.FieldIDType)
	_, err = term.NationalID{Type: term.OtherID, Number: "12", Issuer: "XYZ"}.Clean()
	on(t, err, term.FieldIDIssuer)
	for _, kind := range term.IDTypes() {
		if kind.Text().String() == "" {
			t.Errorf("%s has no name", kind)
		}
	}
}

func TestPlacesAndLanguages(t *testing.T) {
	if c, err := term.ParseCountry(" gb"); err != nil || c != "GB" || c.Name("en") != "United Kingdom" || c.Name("de") != "Vereinigtes Königreich" {
		t.Errorf("%s, %v, %s", c, err, c.Name("de"))
	}
	for _, text := range []string{"G", "GBR", "001", "QQ", "EU!", "Germany"} {
		_, err := term.ParseCountry(text)
		on(t, err, term.FieldCountry)
	}
	all := term.Countries("en")
	if len(all) < 200 || all[0].Name("en") != "Afghanistan" {
		t.Errorf("%d countries, first %s", len(all), all[0])
	}
	if l, err := term.ParseLanguage("pt-br"); err != nil || l != "pt-BR" || l.Name("en") != "Brazilian Portuguese" || l.Own() != "português" && l.Own() != "Português (Brasil)" && l.Own() != "português (Brasil)" {
		t.Errorf("%s, %v, %s, %s", l, err, l.Name("en"), l.Own())
	}
	for _, text := range []string{"xx-yy-zz-qq!", "english please", "und"} {
		_, err := term.ParseLanguage(text)
		on(t, err, term.FieldLanguage)
	}
	for _, l := range term.Languages {
		if again, err := term.ParseLanguage(string(l)); err != nil || again != l || l.Name("en") == string(l) {
			t.Errorf("%s: %s, %v, %s", l, again, err, l.Name("en"))
		}
	}
}

func TestAddresses(t *testing.T) {
	a, err := term.Address{Lines: []string{" 12  High Street\nFlat 3 ", ""}, Town: "Leeds", Postcode: "ls1 4ap", Country: "gb"}.Clean()
	want := term.Address{Lines: []string{"12 High Street", "Flat 3"}, Town: "Leeds", Postcode: "LS1 4AP", Country: "GB"}
	if err != nil || !reflect.DeepEqual(a, want) || a.OneLine() != "12 High Street, Flat 3, Leeds LS1 4AP" {
		t.Errorf("%+v, %v, %q", a, err, a.OneLine())
	}
	if empty, err := (term.Address{}).Clean(); err != nil || !empty.IsZero() || empty.OneLine() != "" {
		t.Errorf("no address: %+v, %v", empty, err)
	}
	_, err = term.Address{Lines: strings.Split("abcde", "")}.Clean()
	on(t, err, term.FieldLines)
	_, err = term.Address{Postcode: strings.Repeat("1", 17)}.Clean()
	on(t, err, term.FieldPostcode)
}

func TestNextOfKin(t *testing.T) {
	k, err := term.NextOfKin{Name: term.HumanName{Family: " Smith "}, Relation: term.Parent, Phone: "020 7946 0958"}.Clean("GB")
	if err != nil || k.Name.Family != "Smith" || k.Phone != "+442079460958" {
		t.Errorf("%+v, %v", k, err)
	}
	for _, fine := range []term.NextOfKin{{}, {Phone: "4521"}, {Name: term.HumanName{Given: []string{"Ann"}}}, {Relation: term.Friend, Phone: "4521"}} {
		if _, err := fine.Clean("GB"); err != nil {
			t.Errorf("%+v: %v", fine, err)
		}
	}
	_, err = term.NextOfKin{Relation: term.Parent}.Clean("GB")
	on(t, err, term.FieldFamily)
	_, err = term.NextOfKin{Relation: "plumber", Phone: "4521"}.Clean("GB")
	on(t, err, term.FieldRelation)
	_, err = term.NextOfKin{Phone: "x"}.Clean("GB")
	on(t, err, term.FieldPhone)
	for _, r := range term.Relations {
		if r != "" && r.Text().String() == term.Relation("").Text().String() {
			t.Errorf("%s has no word", r)
		}
	}
}

func TestAPostcodeIsNoMailAddress(t *testing.T) {
	for postcode, fine := range map[string]bool{"": true, "ls1 4ap": true, "12345-678": true, "ann@example.org": false, "1/2": false} {
		_, err := term.Address{Postcode: postcode}.Clean()
		if (err == nil) != fine {
			t.Errorf("%q: %v", postcode, err)
		}
	}
}
