package data

import (
	"bytes"
	"cmp"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

type tupleBed uuid.UUID
type tupleUrgency uint8
type tupleMRN string
type tupleLevel int16
type tupleDigest []byte

// The bytes of a key lie on disks: a change of any of these loses indexes of the field.
func TestKeyBytes(t *testing.T) {
	id := uuid.MustParse("0192f0c1-2233-7445-8667-8899aabbccdd")
	for _, c := range []struct {
		part any
		want string
	}{
		{"", "\x51\x00\x00"},
		{"Li", "\x51Li\x00\x00"},
		{"a\x00b", "\x51a\x00\xffb\x00\x00"},
		{tupleMRN("7"), "\x517\x00\x00"},
		{[]byte{0, 0xff}, "\x50\x00\xff\xff\x00\x00"},
		{tupleDigest{1}, "\x50\x01\x00\x00"},
		{uint64(258), "\x20\x00\x00\x00\x00\x00\x00\x01\x02"},
		{uint32(1), "\x20\x00\x00\x00\x00\x00\x00\x00\x01"},
		{tupleUrgency(2), "\x20\x00\x00\x00\x00\x00\x00\x00\x02"},
		{0, "\x21\x80\x00\x00\x00\x00\x00\x00\x00"},
		{int64(-1), "\x21\x7f\xff\xff\xff\xff\xff\xff\xff"},
		{tupleLevel(-1), "\x21\x7f\xff\xff\xff\xff\xff\xff\xff"},
		{false, "\x10"},
		{true, "\x11"},
		{time.Unix(1, 2), "\x30\x80\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x02"},
		{id, "\x40\x01\x92\xf0\xc1\x22\x33\x74\x45\x86\x67\x88\x99\xaa\xbb\xcc\xdd"},
		{tupleBed(id), "\x40\x01\x92\xf0\xc1\x22\x33\x74\x45\x86\x67\x88\x99\xaa\xbb\xcc\xdd"},
		{[16]byte(id), "\x40\x01\x92\xf0\xc1\x22\x33\x74\x45\x86\x67\x88\x99\xaa\xbb\xcc\xdd"},
		{Desc{"a"}, "\xae\x9e\xff\xff"},
		{Desc{Desc{"a"}}, "\x51a\x00\x00"},
	} {
		if got := Encode(c.part); string(got) != c.want {
			t.Errorf("%T %v: %x, want %x", c.part, c.part, []byte(got), c.want)
		}
	}
}

// The two cases where naive keys go wrong: an end that sorts wrongly, and fields that run into each other.
func TestKeyOrderOfTextsThatBeginAlike(t *testing.T) {
	rising := []Key{
		Encode(), Encode(""), Encode("", ""), Encode("", "z"), Encode("\x00"), Encode("\x00\x00"), Encode("\x00\xff"), Encode("\x01"),
		Encode("A"), Encode("A", "Bc"), Encode("A\x00"), Encode("AA"), Encode("AB", "c"), Encode("A\xff"),
		Encode(Desc{"AB"}), Encode(Desc{"A\x00"}), Encode(Desc{"A"}), Encode(Desc{""}),
	}
	for i := 1; i < len(rising); i++ {
		if bytes.Compare(rising[i-1], rising[i]) >= 0 {
			t.Errorf("%x is not before %x", []byte(rising[i-1]), []byte(rising[i]))
		}
	}
}

func TestKeyTimesOutsideOfNanoseconds(t *testing.T) {
	times := []time.Time{
		time.Unix(math.MinInt64/2, 0), {}, time.Date(1600, 1, 1, 0, 0, 0, 1, time.UTC), time.Unix(-1, 999999999), time.Unix(0, 0),
		time.Date(2026, 2, 1, 0, 0, 0, 0, time.FixedZone("", 3600)), time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC),
		time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), time.Unix(math.MaxInt64/2, 0),
	}
	for i, at := range times {
		parts, err := Decode(Encode(at))
		if err != nil || !parts[0].(time.Time).Equal(at) || parts[0].(time.Time).Location() != time.UTC {
			t.Errorf("%v came back as %v, %v", at, parts, err)
		}
		if i > 0 && bytes.Compare(Encode(times[i-1]), Encode(at)) >= 0 {
			t.Errorf("%v is not before %v", times[i-1], at)
		}
	}
}

func TestStringPrefixFindsWhatBeginsSo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, prefix, text := tupleText(t), tupleText(t), tupleText(t)
		if rapid.Bool().Draw(t, "begins") {
			text = prefix + text
		}
		scan := AppendStringPrefix(AppendString(nil, before), prefix)
		key := Encode(before, text, "rest")
		if bytes.HasPrefix(key, scan) != strings.HasPrefix(text, prefix) {
			t.Fatalf("%q under prefix %q: %x, %x", text, prefix, []byte(key), scan)
		}
	})
}

func TestKeyRefusesOtherTypes(t *testing.T) {
	for _, part := range []any{nil, 1.5, struct{}{}, new(int), []int{1}, [4]byte{}, Desc{}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%T was taken", part)
				}
			}()
			Encode(part)
		}()
	}
}

// AppendDesc is what Encode does for Desc, and takes several elements at once.
func TestAppendDesc(t *testing.T) {
	part := AppendInt(AppendString(nil, "b"), 4)
	if got, want := AppendDesc([]byte("x"), part), append(Key("x"), Encode(Desc{"b"}, Desc{4})...); !bytes.Equal(got, want) {
		t.Errorf("%x, want %x", got, want)
	}
}

// Order is the order of tuples, and nothing is lost, for any two tuples of the same types.
func TestKeyOrderIsTupleOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := tuplePair(t)
		ka, kb := Encode(a...), Encode(b...)
		if got, want := bytes.Compare(ka, kb), tupleOrder(a, b); got != want {
			t.Fatalf("%v and %v: bytes say %d, tuples %d (%x, %x)", a, b, got, want, []byte(ka), []byte(kb))
		}
		back, err := Decode(ka)
		if err != nil || !reflect.DeepEqual(back, a) {
			t.Fatalf("%#v came back as %#v, %v", a, back, err)
		}
	})
}

// A scan of the keys that begin with P gives exactly the tuples that begin with P's elements.
func TestKeyPrefixIsTuplePrefix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole, other := tuplePair(t)
		scan := whole[:rapid.IntRange(0, len(whole)).Draw(t, "elements of the prefix")]
		for _, tuple := range [][]any{whole, other} {
			begins := len(tuple) >= len(scan) && tupleOrder(tuple[:len(scan)], scan) == 0
			if bytes.HasPrefix(Encode(tuple...), Encode(scan...)) != begins {
				t.Fatalf("%v under %v", tuple, scan)
			}
		}
	})
}

// Bytes that no tuple has are Corrupt, each of them also upside down.
func TestDecodeRefuses(t *testing.T) {
	for _, k := range tupleBroken {
		for _, key := range [][]byte{[]byte(k), append([]byte("\x11"), k...), AppendDesc(nil, []byte(k))} {
			if parts, err := Decode(key); !Is(err, Corrupt) || parts != nil {
				t.Errorf("%x gave %v, %v", key, parts, err)
			}
		}
	}
}

var tupleBroken = []string{
	"\x00", "\x12", "\x7f", // no such types
	"\x20\x01\x02\x03\x04\x05\x06\x07", "\x21", "\x40\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f", // cut off
	"\x30\x80\x00\x00\x00\x00\x00\x00\x00\x3b\x9a\xca\x00", // a whole second of nanoseconds
	"\x51", "\x51never ends", "\x51\x00", "\x50a\x00", "\x51a\x00\x01", // texts without end, or with an unknown escape
}

// FuzzDecode: hostile bytes give an error, never a panic, and what decodes is the one encoding of what it decodes to.
func FuzzDecode(f *testing.F) {
	for _, seed := range []Key{
		Encode("a\x00b", -1, uint64(7), true, Desc{time.Unix(5, 6)}, uuid.UUID{1}, []byte{0}),
	} {
		f.Add([]byte(seed))
	}
	for _, seed := range tupleBroken {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, k []byte) {
		parts, err := Decode(k)
		if err != nil {
			if !Is(err, Corrupt) {
				t.Fatalf("%v", err)
			}
			return
		}
		if again := Encode(parts...); !bytes.Equal(again, k) {
			t.Fatalf("%x decodes to %v, which encodes to %x", k, parts, []byte(again))
		}
	})
}

// FuzzKeyOrder looks for two pairs of texts and a number whose keys sort otherwise than they do.
func FuzzKeyOrder(f *testing.F) {
	f.Add("a", "b", int64(-1), "a", "b\x00", int64(0))
	f.Add("a\x00", "", int64(1), "a", "\x00\xff", int64(2))
	f.Fuzz(func(t *testing.T, a1, a2 string, a3 int64, b1, b2 string, b3 int64) {
		a, b := []any{a1, Desc{a2}, a3}, []any{b1, Desc{b2}, b3}
		if got, want := bytes.Compare(Encode(a...), Encode(b...)), tupleOrder(a, b); got != want {
			t.Fatalf("%q and %q: bytes say %d, tuples %d", a, b, got, want)
		}
	})
}

// The functions below a hot loop take no memory of their own.
func TestAppendTakesNoMemory(t *testing.T) {
	buffer := make([]byte, 0, 256)
	id, at := tupleBed{1}, time.Unix(1, 2)
	if n := testing.AllocsPerRun(100, func() {
		b := AppendString(buffer[:0], "Li\x00")
		b = AppendBytes(b, id[:])
		b = AppendUUID(AppendBool(AppendInt(AppendUint(b, 1), -1), true), id)
		var scratch [16]byte
		buffer = AppendDesc(b, AppendTime(scratch[:0], at))
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkAppend(b *testing.B) {
	buffer, at := make([]byte, 0, 256), time.Unix(1, 2)
	b.ReportAllocs()
	for b.Loop() {
		buffer = AppendUUID(AppendTime(AppendString(AppendUint(buffer[:0], 12), "Lindqvist"), at), [16]byte{1})
	}
}

func BenchmarkEncode(b *testing.B) {
	at, id := time.Unix(1, 2), uuid.UUID{1}
	b.ReportAllocs()
	for b.Loop() {
		Encode(uint64(12), "Lindqvist", at, id)
	}
}

func BenchmarkEncodeOwnTypes(b *testing.B) {
	at, id := time.Unix(1, 2), tupleBed{1}
	b.ReportAllocs()
	for b.Loop() {
		Encode(uint64(12), tupleMRN("Lindqvist"), at, id)
	}
}

func BenchmarkDecode(b *testing.B) {
	k := Encode(uint64(12), "Lindqvist", time.Unix(1, 2), uuid.UUID{1})
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Decode(k); err != nil {
			b.Fatal(err)
		}
	}
}

// tupleOrder is the order that keys must have, told without bytes.
func tupleOrder(a, b []any) int {
	for i := range min(len(a), len(b)) {
		if c := tuplePartOrder(a[i], b[i]); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(a), len(b))
}

func tuplePartOrder(a, b any) int {
	switch a := a.(type) {
	case string:
		return cmp.Compare(a, b.(string))
	case []byte:
		return bytes.Compare(a, b.([]byte))
	case int64:
		return cmp.Compare(a, b.(int64))
	case uint64:
		return cmp.Compare(a, b.(uint64))
	case time.Time:
		return a.Compare(b.(time.Time))
	case uuid.UUID:
		other := b.(uuid.UUID)
		return bytes.Compare(a[:], other[:])
	case bool:
		if a == b.(bool) {
			return 0
		}
		if a {
			return 1
		}
		return -1
	}
	return -tuplePartOrder(a.(Desc).Part, b.(Desc).Part)
}

// tuplePair gives two tuples of the same types that often share their first elements, and differ in length.
func tuplePair(t *rapid.T) (a, b []any) {
	for range rapid.IntRange(0, 4).Draw(t, "elements") {
		kind, down := rapid.IntRange(0, 6).Draw(t, "kind"), rapid.Bool().Draw(t, "descending")
		x, y := tuplePart(t, kind), tuplePart(t, kind)
		if rapid.Bool().Draw(t, "same") {
			y = x
		}
		if down {
			x, y = Desc{x}, Desc{y}
		}
		a, b = append(a, x), append(b, y)
	}
	b = b[:rapid.IntRange(0, len(b)).Draw(t, "shorter")]
	if a == nil {
		a = []any{}
	}
	return a, b
}

func tuplePart(t *rapid.T, kind int) any {
	switch kind {
	case 0:
		return tupleText(t)
	case 1:
		return []byte(tupleText(t))
	case 2:
		return rapid.Int64().Draw(t, "int")
	case 3:
		return rapid.Uint64().Draw(t, "uint")
	case 4:
		return time.Unix(rapid.Int64Range(math.MinInt64/2, math.MaxInt64/2).Draw(t, "seconds"), rapid.Int64Range(0, 999999999).Draw(t, "nanos")).UTC()
	case 5:
		return uuid.UUID(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "id"))
	}
	return rapid.Bool().Draw(t, "bool")
}

// tupleText makes texts of few different bytes, those that matter to the encoding among them, so that they often begin alike.
func tupleText(t *rapid.T) string {
	return string(rapid.SliceOfN(rapid.SampledFrom([]byte{0, 0, 1, 'a', 0xfe, 0xff}), 0, 6).Draw(t, "text"))
}
