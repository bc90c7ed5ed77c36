package journal

import (
	"io"
	"path/filepath"

	"wardbook/data/disk"
)

// Dataset tells from the first segment that has a whole header which hospital's book lies in a folder: for an examination
// where the key file, which tells it otherwise, can't be read. The answer is no proof of anything.
func Dataset(d disk.FS, dir string) (dataset [16]byte, err error) {
	o := Options{FS: d, Dir: dir}
	numbers, err := listSegments(o)
	if err != nil {
		return dataset, err
	}
	for _, number := range numbers {
		var f disk.File
		if f, err = d.OpenFile(filepath.Join(dir, segmentName(number)), 0, 0); err != nil {
			continue
		}
		b := make([]byte, headerLen)
		_, err = io.ReadFull(io.NewSectionReader(f, 0, headerLen), b)
		if e := f.Close(); err == nil {
			err = e
		}
		if err != nil {
			continue
		}
		var h header
		if h, err = parseHeader(b); err == nil {
			return h.dataset, nil
		}
	}
	if err == nil {
		err = errBad
	}
	return dataset, err
}
