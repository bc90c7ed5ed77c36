package blob

import (
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/streamingaead/subtle"

	"wardbook/data/journal"
)

// A sealed file, as FORMAT.md has it: header (48 bytes), salt and nonce prefix as tink writes them (40 bytes), segments.
// Segments end where the file's length is a multiple of segment, so they lie evenly on the disk.
const (
	magic      = "wardbook blob v" // followed by the version, one character
	version    = '1'
	headerSize = 48
	startSize  = headerSize + 40
	segment    = 256 << 10
	tagSize    = 16
)

// header is what a file begins with. All of it is associated data: the key of the stream derives from it.
type header struct {
	dataset [16]byte
	key     journal.KeyID
}

var (
	errNotBlob = errors.New("not an attachment file")
	errVersion = errors.New("attachment file of another format version")
)

// bytes encodes a header.
//
//	magic 15 | version 1 | dataset 16 | key id 16
func (h header) bytes() []byte {
	b := make([]byte, 0, headerSize)
	b = append(append(b, magic...), version)
	return append(append(b, h.dataset[:]...), h.key[:]...)
}

func parseHeader(b []byte) (h header, err error) {
	switch {
	case len(b) < headerSize || string(b[:len(magic)]) != magic:
		return h, errNotBlob
	case b[len(magic)] != version:
		return h, fmt.Errorf("%w: %q", errVersion, b[len(magic)])
	}
	copy(h.dataset[:], b[16:])
	copy(h.key[:], b[32:])
	return h, nil
}

// plainSize is how many plain bytes a sealed file of this length holds. A length that no file has gives a wrong figure,
// which no Ref has either.
func plainSize(sealed int64) int64 {
	segments := (sealed + segment - 1) / segment
	return sealed - startSize - tagSize*segments
}

func newStream(key []byte) (*subtle.AESGCMHKDF, error) {
	return subtle.NewAESGCMHKDF(key, "SHA256", 32, segment, headerSize)
}
