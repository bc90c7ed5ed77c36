package blob

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"wardbook/data"
)

func TestRefText(t *testing.T) {
	ref := Ref{Hash: sha256.Sum256(nil), Size: 50 << 20}
	text := "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855:52428800"
	if ref.String() != text {
		t.Errorf("%s", ref)
	}
	if got, err := ParseRef(text); got != ref || err != nil {
		t.Errorf("%v, %v", got, err)
	}
	hash, _, _ := strings.Cut(text, ":")
	for _, bad := range []string{
		"", ":", hash, hash + ":", hash + ":-1", hash + ":+1", hash + ":01", hash + ":1 ", hash + ":99999999999999999999", hash + ":1:2",
		strings.ToUpper(hash) + ":1", hash[2:] + ":1", hash + "00:1", "../../../etc/passwd:1", "../" + hash[3:] + ":1", "." + hash[1:] + ":1",
	} {
		if got, err := ParseRef(bad); !data.Is(err, data.Invalid) || got != (Ref{}) {
			t.Errorf("%q gave %v, %v", bad, got, err)
		}
	}
}

func TestRefInRecords(t *testing.T) {
	ref := Ref{Hash: sha256.Sum256(nil), Size: 5}
	b, err := cbor.Marshal(ref)
	if want := "a2015820" + hex.EncodeToString(ref.Hash[:]) + "0205"; err != nil || hex.EncodeToString(b) != want {
		t.Errorf("%x, %v, want %s", b, err, want)
	}
	var back Ref
	if err := cbor.Unmarshal(b, &back); err != nil || back != ref {
		t.Errorf("%v, %v", back, err)
	}
}

// FuzzParseRef: what is taken is written the same way again.
func FuzzParseRef(f *testing.F) {
	f.Add(Ref{Size: 7}.String())
	f.Add("../x:1")
	f.Fuzz(func(t *testing.T, text string) {
		ref, err := ParseRef(text)
		if err == nil && ref.String() != text || err != nil && ref != (Ref{}) {
			t.Fatalf("%q gave %v, %v", text, ref, err)
		}
	})
}
