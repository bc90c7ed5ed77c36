package patient

import (
	"wardbook/app/access"
	"wardbook/data"
)

// Photo is a patient's picture as it lies in the book.
type Photo struct {
	JPEG   []byte `cbor:"1,keyasint"` // without any metadata, at most MaxPhoto bytes
	Width  int    `cbor:"2,keyasint"` // pixels
	Height int    `cbor:"3,keyasint"`
}

// photos are kept under the patient's own id.
var photos = data.NewTable[ID, Photo](data.TableSpec[Photo]{Number: 23, Name: string(access.TablePhotos)})
