package term_test

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"wardbook/app/term"
)

func TestNamesAreShown(t *testing.T) {
	for _, c := range []struct{ family, given, listed, full string }{
		{"Smith", "Ann Mary", "Smith, Ann Mary", "Ann Mary Smith"},
		{"  van  der Berg ", " Jan\tPieter", "van der Berg, Jan Pieter", "Jan Pieter van der Berg"},
		{"", "Suharto", "Suharto", "Suharto"},
		{"Ronaldinho", "", "Ronaldinho", "Ronaldinho"},
		{"王", "小明", "王 小明", "王 小明"},
		{"김", "민수", "김 민수", "김 민수"},
		{"Παπαδόπουλος", "Γιώργος", "Παπαδόπουλος, Γιώργος", "Γιώργος Παπαδόπουλος"},
		{"Достоевский", "Фёдор Михайлович", "Достоевский, Фёдор Михайлович", "Фёдор Михайлович Достоевский"},
		{"Mu\u0308ller", "Zoe\u0308", "Müller, Zoë", "Zoë Müller"},              // composed
		{"O'Brien", "X Æ A-12", "O'Brien, X Æ A-12", "X Æ A-12 O'Brien"},        // digits too
		{"Smi\u202eth", "\ufeffA\u200bnn\u200e\x00", "Smith, Ann", "Ann Smith"}, // nothing unseen
		{"Sm\u200dith", "علی\u200cرضا", "Smith, علی\u200cرضا", "علی\u200cرضا Smith"},
		{"<script>alert(1)</script>", "Bobby'); DROP TABLE", "<script>alert(1)</script>, Bobby'); DROP TABLE", "Bobby'); DROP TABLE <script>alert(1)</script>"},
	} {
		name, err := term.NewName(c.family, c.given)
		if err != nil || name.Listed() != c.listed || name.Full() != c.full {
			t.Errorf("%q, %q: %q, %q (%v)", c.family, c.given, name.Listed(), name.Full(), err)
		}
	}
}

func TestNamesThatAreNone(t *testing.T) {
	for _, c := range []struct{ family, given, former, field string }{
		{"", "", "", term.FieldFamily},
		{" \u200b ", "\t", "", term.FieldFamily},
		{"Smith", "-", "", term.FieldGiven},
		{"?", "Ann", "", term.FieldFamily},
		{"Smith", "Ann", "...", term.FieldFormer},
		{"Sm\xffith", "Ann", "", term.FieldFamily},
		{"Sm\ufffdith", "Ann", "", term.FieldFamily},
		{"Smith", "Z" + strings.Repeat("\u0335", 40), "", term.FieldGiven},
		{strings.Repeat("a", 201), "", "", term.FieldFamily},
		{strings.Repeat("a", 120), strings.Repeat("b", 120), "", term.FieldGiven},
	} {
		_, err := term.NewName(c.family, c.given, c.former)
		on(t, err, c.field)
	}
	_, err := term.NewName("Smith", "Ann", strings.Fields("a b c d e f g h i j k")...)
	on(t, err, term.FieldFormer)
}

func TestLongNamesAreNormal(t *testing.T) {
	sixty := strings.Repeat("Uvuvwevwevwe", 5)
	name, err := term.NewName(sixty, sixty+" Ossas", "Jones", " Jones ", "")
	if err != nil || name.Family != sixty || !reflect.DeepEqual(name.Former, []string{"Jones"}) {
		t.Errorf("%+v, %v", name, err)
	}
	if got := name.Searched(); got[0] != sixty || got[len(got)-1] != "Jones" {
		t.Errorf("searched under %q", got)
	}
}

func TestLikeNames(t *testing.T) {
	key := func(text string) string {
		family, given, _ := strings.Cut(text, ", ")
		name, err := term.NewName(family, given)
		if err != nil {
			t.Fatal(err)
		}
		return name.Like()
	}
	for _, like := range [][]string{
		{"Smith, Ann", "SMITH, Ann Mary", "Smyth, Ánn", "Ann, Smith", "Smith, An"},
		{"Müller, Zoë", "Mueller, Zoe", "Muller, Zoé"},
		{"Meyer, Philipp", "Maier, Filip", "Mayer, Philip"},
		{"O'Brien, Pat", "OBrien, Pat", "O’Brien, Pat"},
		{"van der Berg, Jan", "Vanderberg, Jan"},
		{"Smith-Jones, Ann", "Smith Jones, Ann"},
		{"Παπαδόπουλος, Γιώργος", "ΠΑΠΑΔΟΠΟΥΛΟΣ, Γιωργος"},
	} {
		for _, other := range like[1:] {
			if key(like[0]) != key(other) {
				t.Errorf("%s (%s) and %s (%s) are not marked", like[0], key(like[0]), other, key(other))
			}
		}
	}
	for _, unlike := range [][2]string{{"Smith, Ann", "Smith, Peter"}, {"Smith, Ann", "Jones, Ann"}, {"王, 小明", "李, 小明"}} {
		if key(unlike[0]) == key(unlike[1]) {
			t.Errorf("%s and %s are marked", unlike[0], unlike[1])
		}
	}
}

func TestCleanNamesStayAsTheyAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name, err := term.NewName(rapid.String().Draw(t, "family"), rapid.String().Draw(t, "given"), rapid.String().Draw(t, "former"))
		if err != nil {
			return
		}
		again, err := name.Clean()
		if err != nil || !reflect.DeepEqual(again, name) {
			t.Fatalf("%+v became %+v (%v)", name, again, err)
		}
		for _, text := range []string{name.Listed(), name.Full()} {
			if !norm.NFC.IsNormalString(text) || !utf8.ValidString(text) || strings.ContainsAny(text, "\n\t\x00\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200b") {
				t.Fatalf("%q", text)
			}
		}
		kept(t, name)
	})
}

func TestParagraphsKeepTheirLines(t *testing.T) {
	got, err := term.Paragraphs("note", "\n Uses a\twheelchair.\r\n\r\n\r\nAsk  for\u202e the daughter.\u2028Rings twice. \n", 100)
	if want := "Uses a wheelchair.\n\nAsk for the daughter.\nRings twice."; err != nil || got != want {
		t.Errorf("%q, %v", got, err)
	}
	_, err = term.Paragraphs("note", strings.Repeat("é\n", 60), 100)
	on(t, err, "note")
	_, err = term.Paragraphs("note", "a\nb\xff", 100)
	on(t, err, "note")
	if family, err := term.Line("note", "👩\u200d⚕️ on duty", 100); err != nil || family != "👩\u200d⚕️ on duty" {
		t.Errorf("a picture of two was taken apart: %q, %v", family, err)
	}
}
