package vault

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/fxamacker/cbor/v2"
)

// The frame around the body: magic, version, length, body, MAC, checksum.
const (
	magic      = "WBSLOTS\x00"
	version    = 1
	headSize   = len(magic) + 2 + 4
	tailSize   = 2 * sha256.Size
	fileLimit  = 32 << 20
	maxSlots   = 4096
	maxKeys    = 1 << 16
	maxPurpose = 64
	maxCounter = 1 << 53 // generations and epochs; nobody counts so far, and nothing overflows above it
)

type kind uint8

const (
	kindPassword kind = 1
	kindRecovery kind = 2
)

// file is what one copy says. It is never changed once made: a change makes another.
type file struct {
	Dataset    [16]byte       `cbor:"1,keyasint"`
	Generation uint64         `cbor:"2,keyasint"`
	Epoch      uint64         `cbor:"3,keyasint"` // of the master key
	Written    int64          `cbor:"4,keyasint"` // seconds since 1970 UTC
	Salt       [saltSize]byte `cbor:"5,keyasint"` // for the tags of names
	Slots      []slot         `cbor:"6,keyasint"`
	Keys       []dataKey      `cbor:"7,keyasint"` // oldest first
}

type slot struct {
	ID      [idSize]byte   `cbor:"1,keyasint"`
	Kind    kind           `cbor:"2,keyasint"`
	Tag     [16]byte       `cbor:"3,keyasint"` // of the sign-in name; zero for the recovery key
	Salt    [saltSize]byte `cbor:"4,keyasint"`
	Memory  uint32         `cbor:"5,keyasint"`
	Time    uint32         `cbor:"6,keyasint"`
	Threads uint8          `cbor:"7,keyasint"`
	Public  []byte         `cbor:"8,keyasint"`
	Private []byte         `cbor:"9,keyasint"`  // seed of the private key and voucher key, sealed under the password's key
	Voucher []byte         `cbor:"10,keyasint"` // voucher key, sealed under the master key
	Wrapped []byte         `cbor:"11,keyasint"` // master key, for Public
}

type dataKey struct {
	ID      KeyID  `cbor:"1,keyasint"`
	Purpose string `cbor:"2,keyasint"`
	Epoch   uint64 `cbor:"3,keyasint"` // of the master key at the time it was made
	Made    int64  `cbor:"4,keyasint"` // seconds since 1970 UTC
	Sealed  []byte `cbor:"5,keyasint"`
}

func (s slot) params() Params { return Params{Memory: s.Memory, Time: s.Time, Threads: s.Threads} }

// Why a copy is of no use.
var (
	errDamaged = errors.New("damaged")
	errNewer   = errors.New("written by a newer version")
)

var encoding, decoding = modes()

// modes panics only on options that are wrong in this very source.
func modes() (cbor.EncMode, cbor.DecMode) {
	enc, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		panic(err)
	}
	dec, err := cbor.DecOptions{
		DupMapKey:         cbor.DupMapKeyEnforcedAPF,
		IndefLength:       cbor.IndefLengthForbidden,
		TagsMd:            cbor.TagsForbidden,
		ExtraReturnErrors: cbor.ExtraDecErrorUnknownField,
		MaxNestedLevels:   4,
		MaxArrayElements:  maxKeys,
		MaxMapPairs:       16,
	}.DecMode()
	if err != nil {
		panic(err)
	}
	return enc, dec
}

// encode gives the whole file, authenticated under the master key.
func (f *file) encode(master []byte) ([]byte, error) {
	body, err := encoding.Marshal(f)
	if err != nil {
		return nil, err
	}
	if headSize+len(body)+tailSize > fileLimit || len(f.Slots) > maxSlots || len(f.Keys) > maxKeys {
		return nil, errFull
	}
	raw := append([]byte(magic), 0, version)
	raw = binary.BigEndian.AppendUint32(raw, uint32(len(body)))
	raw = append(raw, body...)
	key, err := derive(master, f.Dataset[:], labelMAC)
	if err != nil {
		return nil, err
	}
	raw = append(raw, tagged(key, raw)...)
	sum := sha256.Sum256(raw)
	return append(raw, sum[:]...), nil
}

// authentic tells whether these bytes, which parse accepted as f, were written by a holder of this master key.
func (f *file) authentic(raw, master []byte) error {
	key, err := derive(master, f.Dataset[:], labelMAC)
	if err != nil {
		return err
	}
	signed := len(raw) - tailSize
	if !hmac.Equal(raw[signed:signed+sha256.Size], tagged(key, raw[:signed])) {
		return fmt.Errorf("%w: the file's MAC is another's", errDamaged)
	}
	return nil
}

// parse reads one copy. It needs no secret, so what it accepts is whole, not yet authentic. Magic, version and the checksum at the
// end stay where they are in every version to come: so a newer file is told from a damaged one.
func parse(raw []byte) (*file, error) {
	switch sum := sha256.Sum256(raw[:max(0, len(raw)-sha256.Size)]); {
	case len(raw) < headSize+tailSize || len(raw) > fileLimit || string(raw[:len(magic)]) != magic:
		return nil, fmt.Errorf("%w: no slots file", errDamaged)
	case !bytes.Equal(sum[:], raw[len(raw)-sha256.Size:]):
		return nil, fmt.Errorf("%w: wrong checksum", errDamaged)
	}
	switch v := binary.BigEndian.Uint16(raw[len(magic):]); {
	case v > version:
		return nil, fmt.Errorf("%w: %d", errNewer, v)
	case v != version:
		return nil, fmt.Errorf("%w: version %d", errDamaged, v)
	}
	body := raw[headSize : len(raw)-tailSize]
	if uint64(binary.BigEndian.Uint32(raw[len(magic)+2:])) != uint64(len(body)) {
		return nil, fmt.Errorf("%w: wrong length", errDamaged)
	}
	return parseBody(body)
}

func parseBody(body []byte) (*file, error) {
	var f file
	if err := decoding.Unmarshal(body, &f); err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	// One state has one form only: whatever the decoder forgives (lengths of ids, absent fields) shows here.
	if again, err := encoding.Marshal(&f); err != nil || !bytes.Equal(again, body) {
		return nil, fmt.Errorf("%w: not in canonical form", errDamaged)
	}
	if err := f.check(); err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	return &f, nil
}

func (f *file) check() error {
	if f.Generation < 1 || f.Generation > maxCounter || f.Epoch < 1 || f.Epoch > f.Generation {
		return errors.New("generation or epoch out of range")
	}
	if len(f.Slots) > maxSlots || len(f.Keys) > maxKeys {
		return errors.New("too many entries")
	}
	if err := f.checkSlots(); err != nil {
		return err
	}
	return f.checkKeys()
}

func (f *file) checkSlots() error {
	ids, tags, recoveries := map[[idSize]byte]bool{}, map[[16]byte]bool{}, 0
	for i, s := range f.Slots {
		if err := s.check(); err != nil {
			return fmt.Errorf("slot %d: %w", i, err)
		}
		if ids[s.ID] || tags[s.Tag] {
			return fmt.Errorf("slot %d: twice", i)
		}
		ids[s.ID], tags[s.Tag] = true, true
		if s.Kind == kindRecovery {
			recoveries++
		}
	}
	if recoveries != 1 || len(f.Slots) < 2 {
		return errors.New("not one recovery key and somebody's password")
	}
	return nil
}

func (s slot) check() error {
	if len(s.Public) != publicSize || len(s.Private) != privateSize || len(s.Voucher) != voucherSize || len(s.Wrapped) != wrapSize {
		return errors.New("wrong lengths")
	}
	switch {
	case s.Kind == kindPassword && s.params().sane() && s.Tag != [16]byte{}:
	case s.Kind == kindRecovery && s.params() == Params{} && s.Tag == [16]byte{}:
	default:
		return errors.New("parameters out of range")
	}
	return nil
}

func (f *file) checkKeys() error {
	ids := map[KeyID]bool{}
	for i, k := range f.Keys {
		if ids[k.ID] || len(k.Sealed) != keySize+overhead || k.Epoch < 1 || k.Epoch > f.Epoch || !goodPurpose(k.Purpose) {
			return fmt.Errorf("data key %d is not one", i)
		}
		ids[k.ID] = true
	}
	return nil
}

func goodPurpose(p string) bool { return p != "" && len(p) <= maxPurpose && utf8.ValidString(p) }

// next is a copy to change: entries may be replaced, never written into.
func (f *file) next() *file {
	n := *f
	n.Slots, n.Keys = slices.Clone(f.Slots), slices.Clone(f.Keys)
	return &n
}

func (f *file) users() int { return len(f.Slots) - 1 }

func (f *file) key(id KeyID) (dataKey, bool) {
	i := slices.IndexFunc(f.Keys, func(k dataKey) bool { return k.ID == id })
	if i < 0 {
		return dataKey{}, false
	}
	return f.Keys[i], true
}
