package blob

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"wardbook/data"
)

// Ref refers to an attachment; records hold it. A path can't be expressed in it.
type Ref struct {
	Hash [32]byte `cbor:"1,keyasint"` // SHA-256 of the sealed file
	Size int64    `cbor:"2,keyasint"` // plain bytes
}

// String is the hash as 64 lower-case hex digits, a colon and the size: what ParseRef takes.
func (r Ref) String() string {
	return hex.EncodeToString(r.Hash[:]) + ":" + strconv.FormatInt(r.Size, 10)
}

// ParseRef reads what String gave and nothing else; anything else is Invalid.
func ParseRef(text string) (Ref, error) {
	var r Ref
	digits, size, _ := strings.Cut(text, ":")
	hash, err := hex.DecodeString(digits)
	if err == nil {
		r.Size, err = strconv.ParseInt(size, 10, 64)
	}
	copy(r.Hash[:], hash)
	if err != nil || r.Size < 0 || r.String() != text {
		return Ref{}, data.Fail(data.Invalid, "blob.ref", data.Say("data.blob.ref",
			"This is not a reference to an attachment. Open the attachment from its list instead."), fmt.Errorf("%d characters: %w", len(text), err))
	}
	return r, nil
}
