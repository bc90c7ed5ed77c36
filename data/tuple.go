package data

import (
	"encoding/binary"
	"fmt"
	"reflect"
	"time"

	"github.com/google/uuid"
)

// Key is a tuple of values as bytes, made so that bytes sort as the tuples do. Engines keep records and indexes under Keys.
//
// What it promises, for elements of the same types in the same places:
//
//   - bytes.Compare of two Keys is the order of their tuples, element by element; a tuple that is the beginning of
//     another sorts before it.
//   - No element's encoding is the beginning of another's (fixed lengths, or an end mark that can't occur inside). So a Key
//     begins with the bytes of tuple P exactly when its tuple begins with the elements of P: a scan over the prefix P gives
//     these and no others. ("A","Bc") and ("AB","c") share nothing.
//   - An element begins with a byte for its type, so Decode needs no schema, and a text never equals a number.
//   - There is one encoding for one tuple: whatever decodes encodes to the same bytes again.
type Key []byte

// Desc is an element that sorts downwards: the newest first, the most urgent first. Desc of Desc is the element itself.
type Desc struct {
	Part any // any element that Encode takes
}

// The first byte of an element. Values are on disk in every key: never change one. All are below 0x80, because in a
// descending element every byte is inverted, and 0x80 is how Decode knows.
const (
	tagFalse  = 0x10
	tagTrue   = 0x11
	tagUint   = 0x20
	tagInt    = 0x21
	tagTime   = 0x30
	tagUUID   = 0x40
	tagBytes  = 0x50
	tagString = 0x51

	keyDescending = 0x80

	// Inside texts and bytes: 00 is written as 00 FF, and 00 00 ends the element. The end is smaller than all that can
	// stand in its place, so "a" < "a\x00" < "aa".
	keyMark = 0x00
	keyEnd  = 0x00
	keyNUL  = 0xFF

	signBit = 1 << 63
)

// AppendString adds a text; order is that of its bytes, for UTF-8 that of its code points. What people expect of an
// alphabet (case, accents) is the caller's to prepare.
//
//	51 | bytes of s, each 00 as 00 FF | 00 00
func AppendString(b []byte, s string) []byte {
	return append(AppendStringPrefix(b, s), keyMark, keyEnd)
}

// AppendStringPrefix adds the beginning of a text without its end, as the last thing of a prefix to scan: it finds every
// text that begins with s. It is not an element; Decode refuses it.
//
//	51 | bytes of s, each 00 as 00 FF
func AppendStringPrefix(b []byte, s string) []byte {
	b = append(b, tagString)
	from := 0
	for i := range len(s) {
		if s[i] == keyMark {
			b = append(append(b, s[from:i+1]...), keyNUL)
			from = i + 1
		}
	}
	return append(b, s[from:]...)
}

// AppendBytes adds bytes, ordered as bytes.Compare does; nil and empty are the same.
//
//	50 | p, each 00 as 00 FF | 00 00
func AppendBytes(b []byte, p []byte) []byte {
	b = append(b, tagBytes)
	from := 0
	for i, c := range p {
		if c == keyMark {
			b = append(append(b, p[from:i+1]...), keyNUL)
			from = i + 1
		}
	}
	return append(append(b, p[from:]...), keyMark, keyEnd)
}

// AppendUint adds a number without sign.
//
//	20 | v, 8 bytes big-endian
func AppendUint(b []byte, v uint64) []byte {
	return binary.BigEndian.AppendUint64(append(b, tagUint), v)
}

// AppendInt adds a number with sign; the flipped sign bit puts the negative ones first.
//
//	21 | v with its sign bit flipped, 8 bytes big-endian
func AppendInt(b []byte, v int64) []byte {
	return binary.BigEndian.AppendUint64(append(b, tagInt), uint64(v)^signBit)
}

// AppendTime adds an instant, to the nanosecond; its zone is not kept. Every instant whose Unix seconds fit in an int64
// (all within 292 billion years) has its place, the zero Time too.
//
//	30 | seconds since 1970 with their sign bit flipped, 8 bytes big-endian | nanoseconds 0 to 999999999, 4 bytes big-endian
func AppendTime(b []byte, t time.Time) []byte {
	b = binary.BigEndian.AppendUint64(append(b, tagTime), uint64(t.Unix())^signBit)
	return binary.BigEndian.AppendUint32(b, uint32(t.Nanosecond()))
}

// AppendBool adds a truth value, false first.
//
//	10 or 11
func AppendBool(b []byte, v bool) []byte {
	if v {
		return append(b, tagTrue)
	}
	return append(b, tagFalse)
}

// AppendUUID adds an id; a version 7 id sorts by the time it was made. Types of our own over [16]byte or uuid.UUID fit
// without conversion.
//
//	40 | id, 16 bytes
func AppendUUID(b []byte, id [16]byte) []byte {
	return append(append(b, tagUUID), id[:]...)
}

// AppendDesc adds an element, or several, that were encoded by the functions above, so that they sort downwards.
//
//	each byte of part inverted
func AppendDesc(b []byte, part []byte) []byte {
	at := len(b)
	b = append(b, part...)
	invert(b[at:])
	return b
}

func invert(b []byte) {
	for i := range b {
		b[i] = ^b[i]
	}
}

// Encode makes the Key of a tuple. Elements may be text, []byte, bool, whole numbers of any size, time.Time, 16-byte ids
// (uuid.UUID and types over it), types of our own over these, and Desc of one of them.
//
// Any other type panics: it is a mistake in the program that the first use shows, and no input can bring it about.
func Encode(parts ...any) Key { return AppendKey(nil, parts...) }

// AppendKey adds the elements of a tuple to a key, as Encode takes them.
func AppendKey(b Key, parts ...any) Key {
	for _, part := range parts {
		b = appendPart(b, part)
	}
	return b
}

func appendPart(b []byte, part any) []byte {
	switch v := part.(type) {
	case string:
		return AppendString(b, v)
	case []byte:
		return AppendBytes(b, v)
	case int:
		return AppendInt(b, int64(v))
	case int64:
		return AppendInt(b, v)
	case uint64:
		return AppendUint(b, v)
	case uint32:
		return AppendUint(b, uint64(v))
	case bool:
		return AppendBool(b, v)
	case time.Time:
		return AppendTime(b, v)
	case uuid.UUID:
		return AppendUUID(b, v)
	case [16]byte:
		return AppendUUID(b, v)
	case Desc:
		at := len(b)
		b = appendPart(b, v.Part)
		invert(b[at:])
		return b
	}
	return appendNamed(b, reflect.ValueOf(part))
}

var uuidType = reflect.TypeFor[[16]byte]()

// appendNamed serves the types of our own (patient.ID, ward.BedID, an enumeration) by what they are made of.
func appendNamed(b []byte, v reflect.Value) []byte {
	switch kind := v.Kind(); {
	case kind == reflect.String:
		return AppendString(b, v.String())
	case kind == reflect.Bool:
		return AppendBool(b, v.Bool())
	case v.IsValid() && v.CanInt():
		return AppendInt(b, v.Int())
	case v.IsValid() && v.CanUint():
		return AppendUint(b, v.Uint())
	case kind == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8:
		return AppendBytes(b, v.Bytes())
	case kind == reflect.Array && v.Type().ConvertibleTo(uuidType):
		return AppendUUID(b, v.Convert(uuidType).Interface().([16]byte))
	}
	if v.IsValid() {
		panic(fmt.Sprintf("data: a %s can't be part of a key", v.Type()))
	}
	panic("data: nil can't be part of a key")
}

// Decode gives the elements of a key: string, []byte, bool, int64, uint64, time.Time (in UTC), uuid.UUID, or Desc of
// one of them. Bytes that Encode could not have made are Corrupt.
func Decode(k Key) ([]any, error) {
	parts := make([]any, 0, 4)
	for rest := []byte(k); len(rest) > 0; {
		part, n, fault := decodePart(rest)
		if fault != "" {
			return nil, errKey(len(k)-len(rest), fault)
		}
		parts = append(parts, part)
		rest = rest[n:]
	}
	return parts, nil
}

func errKey(at int, fault string) error {
	return Fail(Corrupt, "data.key", Say("data.key.corrupt",
		"An entry in one of Wardbook's indexes can't be read. Your records are not touched by this. Close Wardbook and open it again; if this comes back, tell your administrator."),
		fmt.Errorf("key: %s at byte %d", fault, at))
}

// decodePart reads the first element of b and tells its length; a fault is for the log.
func decodePart(b []byte) (part any, n int, fault string) {
	if b[0] < keyDescending {
		return decodeAscending(b, 0)
	}
	part, n, fault = decodeAscending(b, 0xFF)
	return Desc{part}, n, fault
}

// decodeAscending reads an element whose bytes were all xored with mask.
func decodeAscending(b []byte, mask byte) (part any, n int, fault string) {
	tag := b[0] ^ mask
	if tag == tagBytes || tag == tagString {
		return decodeText(b, tag, mask)
	}
	var fixed [16]byte
	size, known := keySizes[tag]
	switch {
	case !known:
		return nil, 0, "unknown type"
	case len(b) < 1+size:
		return nil, 0, "cut off element"
	}
	for i, c := range b[1 : 1+size] {
		fixed[i] = c ^ mask
	}
	part, fault = decodeFixed(tag, fixed)
	return part, 1 + size, fault
}

// keySizes are the bytes after the tag of elements that have a fixed length.
var keySizes = map[byte]int{tagFalse: 0, tagTrue: 0, tagUint: 8, tagInt: 8, tagTime: 12, tagUUID: 16}

func decodeFixed(tag byte, b [16]byte) (part any, fault string) {
	number := binary.BigEndian.Uint64(b[:8])
	switch tag {
	case tagFalse, tagTrue:
		return tag == tagTrue, ""
	case tagUint:
		return number, ""
	case tagInt:
		return int64(number ^ signBit), ""
	case tagUUID:
		return uuid.UUID(b), ""
	}
	nanos := binary.BigEndian.Uint32(b[8:12])
	if nanos >= uint32(time.Second) {
		return nil, "more nanoseconds than a second has"
	}
	return time.Unix(int64(number^signBit), int64(nanos)).UTC(), ""
}

// decodeText reads an escaped element up to its end mark.
func decodeText(b []byte, tag, mask byte) (part any, n int, fault string) {
	text := make([]byte, 0, len(b))
	for i := 1; i < len(b); i++ {
		c := b[i] ^ mask
		if c != keyMark {
			text = append(text, c)
			continue
		}
		if i++; i == len(b) {
			break
		}
		switch b[i] ^ mask {
		case keyNUL:
			text = append(text, 0)
		case keyEnd:
			if tag == tagString {
				return string(text), i + 1, ""
			}
			return text, i + 1, ""
		default:
			return nil, 0, "unknown escape"
		}
	}
	return nil, 0, "text without end"
}
