package patient

import (
	"bytes"
	"encoding/binary"
)

// orientation reads from a JPEG how the camera was held, 1 to 8; 1, upright, where the file does not say or is none. Phones write the picture as
// the sensor saw it, and this beside it.
func orientation(file []byte) int {
	rest, ok := bytes.CutPrefix(file, []byte{0xFF, 0xD8})
	for ok && len(rest) >= 4 && rest[0] == 0xFF {
		marker, size := rest[1], int(binary.BigEndian.Uint16(rest[2:]))
		if marker == 0xDA || size < 2 || len(rest) < 2+size { // the picture itself begins, or the file ends
			break
		}
		if tiff, is := bytes.CutPrefix(rest[4:2+size], []byte("Exif\x00\x00")); marker == 0xE1 && is {
			return tiffOrientation(tiff)
		}
		rest = rest[2+size:]
	}
	return 1
}

const (
	orientationTag = 0x0112
	shortType      = 3
	tiffEntry      = 12 // bytes: tag 2, type 2, count 4, value 4
)

// tiffOrientation looks it up in the first directory of a TIFF, of either byte order.
func tiffOrientation(b []byte) int {
	if len(b) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if b[0] == 'I' {
		order = binary.LittleEndian
	}
	at := uint64(order.Uint32(b[4:]))
	if at+2 > uint64(len(b)) {
		return 1
	}
	for n := range uint64(order.Uint16(b[at:])) {
		from := at + 2 + n*tiffEntry
		if from+tiffEntry > uint64(len(b)) {
			return 1
		}
		e := b[from:]
		if order.Uint16(e) == orientationTag && order.Uint16(e[2:]) == shortType {
			if o := int(order.Uint16(e[8:])); o >= 1 && o <= 8 {
				return o
			}
			return 1
		}
	}
	return 1
}
