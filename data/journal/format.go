package journal

import (
	"bytes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/binary"
	"errors"

	"golang.org/x/crypto/chacha20poly1305"
)

// The lengths and marks of FORMAT.md, section Journal.
const (
	segmentMagic  = "WBsg"
	frameMagic    = "WBe1"
	formatVersion = 1

	hashLen   = sha256.Size
	headerLen = 84 + hashLen // of a segment's header
	aadLen    = 16 + 4 + 16 + frameAAD
	frameAAD  = 56 // a frame's bytes before the nonce
	frameHead = frameAAD + chacha20poly1305.NonceSizeX
	minSealed = chacha20poly1305.Overhead
	maxSealed = 16 << 20
	minFrame  = frameHead + minSealed + hashLen
	overhead  = minFrame // what a frame adds to a body

	// MaxBody is the largest body of one entry, in bytes.
	MaxBody = maxSealed - minSealed
)

// errBad is any reason why bytes are not a header, a frame or a head. It never says more: the caller knows the place.
var errBad = errors.New("the bytes are not what was written")

// errVersion: a later version of Wardbook wrote it. Such a file is left alone.
var errVersion = errors.New("written by a newer version of Wardbook")

// genesis is the hash that the first entry follows: it ties the chain to one hospital's book.
func genesis(dataset [16]byte) [hashLen]byte {
	return sha256.Sum256(append([]byte("wardbook journal 1"), dataset[:]...))
}

// header is the beginning of a segment file.
type header struct {
	dataset [16]byte
	segment uint32
	first   uint64 // the sequence number that its first entry has or will have
	key     KeyID
	prev    [hashLen]byte // the chain's hash before its first entry
}

func (h header) encode() []byte {
	b := make([]byte, 0, headerLen)
	b = append(b, segmentMagic...)
	b = binary.BigEndian.AppendUint32(b, formatVersion)
	b = append(b, h.dataset[:]...)
	b = binary.BigEndian.AppendUint32(b, h.segment)
	b = binary.BigEndian.AppendUint64(b, h.first)
	b = append(b, h.key[:]...)
	b = append(b, h.prev[:]...)
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}

// checkMagic reads the first eight bytes of a header or head.
func checkMagic(b []byte, magic string) error {
	if len(b) < 8 || string(b[:4]) != magic {
		return errBad
	}
	switch v := binary.BigEndian.Uint32(b[4:]); {
	case v > formatVersion && v <= formatVersion+nearVersions:
		return errVersion
	case v > formatVersion:
		return errBad
	}
	return nil
}

// nearVersions is how far ahead a version may be to be believed: a number far beyond is a flipped bit, and must not keep a
// hospital from a book whose other copy of the head is good.
const nearVersions = 6

// parseHeader reads a header; errBad where it is damaged.
func parseHeader(b []byte) (header, error) {
	if err := checkMagic(b, segmentMagic); err != nil {
		return header{}, err
	}
	if len(b) < headerLen {
		return header{}, errBad
	}
	sum := sha256.Sum256(b[:headerLen-hashLen])
	if !bytes.Equal(sum[:], b[headerLen-hashLen:headerLen]) || binary.BigEndian.Uint32(b[4:]) != formatVersion {
		return header{}, errBad
	}
	h := header{segment: binary.BigEndian.Uint32(b[24:]), first: binary.BigEndian.Uint64(b[28:])}
	copy(h.dataset[:], b[8:])
	copy(h.key[:], b[36:])
	copy(h.prev[:], b[52:])
	return h, nil
}

// frame is one entry as it lies in a segment. A frame that parseFrame gave is self-consistent: its own hash is right.
type frame struct {
	seq, batch uint64
	prev, hash [hashLen]byte
	raw        []byte // all its bytes
}

// frameLen reads the length of a frame from its head; false where it is none.
func frameLen(head []byte) (int64, bool) {
	if len(head) < frameHead || string(head[:4]) != frameMagic {
		return 0, false
	}
	n := binary.BigEndian.Uint32(head[4:])
	return overhead - minSealed + int64(n), n >= minSealed && n <= maxSealed
}

// parseFrame reads the frame that b begins with; errBad where it is none or its hash is wrong.
func parseFrame(b []byte) (frame, error) {
	size, ok := frameLen(b)
	if !ok || size > int64(len(b)) {
		return frame{}, errBad
	}
	f := frame{seq: binary.BigEndian.Uint64(b[8:]), batch: binary.BigEndian.Uint64(b[16:]), raw: b[:size:size]}
	copy(f.prev[:], b[24:])
	copy(f.hash[:], b[size-hashLen:])
	if f.batch == 0 || f.batch > f.seq || sha256.Sum256(b[:size-hashLen]) != f.hash {
		return frame{}, errBad
	}
	return f, nil
}

// sealer seals and opens the entries of one segment.
type sealer struct {
	aead  cipher.AEAD
	place [aadLen - frameAAD]byte // dataset, segment, key id: what binds an entry to its segment
}

func newSealer(h header, key []byte) (*sealer, error) {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, err
	}
	s := &sealer{aead: aead}
	copy(s.place[:], h.dataset[:])
	binary.BigEndian.PutUint32(s.place[16:], h.segment)
	copy(s.place[20:], h.key[:])
	return s, nil
}

// appendFrame seals body as an entry at the end of buf. aad is scratch space, spared from one entry to the next.
func (s *sealer) appendFrame(buf []byte, aad *[aadLen]byte, f frame, nonce, body []byte) ([]byte, [hashLen]byte) {
	start := len(buf)
	buf = append(buf, frameMagic...)
	buf = binary.BigEndian.AppendUint32(buf, uint32(len(body)+minSealed))
	buf = binary.BigEndian.AppendUint64(buf, f.seq)
	buf = binary.BigEndian.AppendUint64(buf, f.batch)
	buf = append(buf, f.prev[:]...)
	copy(aad[:], s.place[:])
	copy(aad[len(s.place):], buf[start:])
	buf = append(buf, nonce...)
	buf = s.aead.Seal(buf, nonce, body, aad[:])
	hash := sha256.Sum256(buf[start:])
	return append(buf, hash[:]...), hash
}

// open unseals a whole frame's bytes into dst; errBad where one bit of it, or its place, is not as it was sealed.
func (s *sealer) open(dst, raw []byte) ([]byte, error) {
	var aad [aadLen]byte
	copy(aad[:], s.place[:])
	copy(aad[len(s.place):], raw[:frameAAD])
	body, err := s.aead.Open(dst, raw[frameAAD:frameHead], raw[frameHead:len(raw)-hashLen], aad[:])
	if err != nil {
		return nil, errBad
	}
	return body, nil
}
