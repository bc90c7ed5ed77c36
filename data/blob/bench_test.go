package blob

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"wardbook/data/disk"
)

func BenchmarkPut(b *testing.B) { benchmark(b, func(blobs *Blobs, c []byte) { put(b, blobs, c) }) }
func BenchmarkCheck(b *testing.B) { // what Open and reading to the end take
	var ref Ref
	benchmark(b, func(blobs *Blobs, c []byte) {
		if ref == (Ref{}) {
			ref = put(b, blobs, c)
			b.ResetTimer()
		}
		if err := blobs.Check(context.Background(), ref); err != nil {
			b.Fatal(err)
		}
	})
}

// BenchmarkPeer writes and flushes the same bytes bare, to a new file each.
func BenchmarkPeer(b *testing.B) {
	n := 0
	benchmark(b, func(blobs *Blobs, c []byte) {
		n++
		if err := disk.WriteAtomic(disk.OS{}, filepath.Join(blobs.o.Dir, strconv.Itoa(n)), c); err != nil {
			b.Fatal(err)
		}
	})
}

func benchmark(b *testing.B, step func(*Blobs, []byte)) {
	o := testOptions(nil)
	o.Dir = filepath.Join(b.TempDir(), "blobs")
	if err := os.MkdirAll(filepath.Dir(o.Dir), 0o700); err != nil {
		b.Fatal(err)
	}
	blobs, c := open(b, o), content(16<<20)
	b.SetBytes(int64(len(c)))
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		step(blobs, c)
	}
}
