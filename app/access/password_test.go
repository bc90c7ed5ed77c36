package access_test

import (
	"crypto/rand"
	"strings"
	"testing"

	"wardbook/app/access"
	"wardbook/data"
)

func TestPasswordsThatAreTriedFirstAreRefused(t *testing.T) {
	own := []string{"Ann Featherstonehaugh", "ann.feather", "Saint Elsewhere"}
	for _, c := range []struct {
		password, why string // why is the end of the message's key; empty: good
	}{
		{"", "short"},
		{"fourteen chars", "short"},
		{"fifteen chars xy", ""},
		{"correct-horse-battery-staple", ""},
		{"aaaaaaaaaaaaaaaaaaaa", "common"},
		{"passwordpassword", "common"},
		{"password123456789", "common"},
		{"qwertyuiopasdfghjkl", "common"},
		{"1234567890123456", "common"},
		{"Featherstonehaugh1", "own"},
		{"saint elsewhere 26", "own"},
		{"ΑντώνηςΠαπαδόπουλος7", ""},
		{"поезд яблоко зонтик", ""},
		{strings.Repeat("plover tablet ", 20), "long"},
		{"plover\x00tablet-runway", "control"},
	} {
		err := access.UsualRules.CheckPassword(c.password, own...)
		got := ""
		if e, ok := err.(*data.Error); ok {
			got = strings.TrimPrefix(e.Message.Key, "access.password.")
			if len(e.Fields) != 1 || e.Fields[0] != "password" {
				t.Errorf("%q: on %v", c.password, e.Fields)
			}
			if c.password != "" && strings.Contains(e.Error(), c.password) {
				t.Errorf("the error holds the password: %v", e)
			}
		}
		if got != c.why {
			t.Errorf("%q: %q, want %q (%v)", c.password, got, c.why, err)
		}
	}
}

func TestTheBarGrowsWithThePassword(t *testing.T) {
	score := func(p string) int { return access.UsualRules.Measure(p).Score }
	if score("") != 0 || score("plover") > 1 || score("aaaaaaaaaaaaaaaaaaaa") != 1 || score("correct-horse-battery-staple") != 4 {
		t.Errorf("%d %d %d %d", score(""), score("plover"), score("aaaaaaaaaaaaaaaaaaaa"), score("correct-horse-battery-staple"))
	}
}

func TestAPassphraseIsGoodAndNeverTheSame(t *testing.T) {
	seen := map[string]bool{}
	for range 50 {
		p, err := access.Passphrase(rand.Reader)
		if err != nil || access.UsualRules.CheckPassword(p) != nil || strings.Count(p, "-") < 4 {
			t.Fatalf("%q: %v, %v", p, err, access.UsualRules.CheckPassword(p))
		}
		if seen[p] {
			t.Fatalf("%q twice", p)
		}
		seen[p] = true
	}
}

// FuzzCheckPassword: nothing makes it fail or take for ever.
func FuzzCheckPassword(f *testing.F) {
	f.Add("correct-horse-battery-staple", "Ann")
	f.Add("\xff\xfe", "")
	f.Add("ﬁﬁﬁﬁﬁﬁﬁﬁﬁﬁﬁﬁﬁﬁﬁ", "ﬁ")
	f.Fuzz(func(t *testing.T, password, own string) {
		if access.UsualRules.CheckPassword(password, own) == nil && access.UsualRules.Measure(password, own).Score < 3 {
			t.Errorf("%q is good and measured as weak", password)
		}
	})
}
