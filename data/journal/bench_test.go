package journal

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"wardbook/data/disk"
)

const benchBody = 4096

// BenchmarkAppend is one entry of 4 KiB a flush, on the real disk. Its peers are the Bare ones: the same number of bytes
// written and flushed, without seal, hash and chain, to a file that was preallocated and to one that grows.
func BenchmarkAppend(b *testing.B) {
	o := Options{FS: disk.OS{}, Dir: filepath.Join(b.TempDir(), "journal"), Keys: newRing()}
	j, err := Create(o)
	check(b, err)
	bodies := [][]byte{make([]byte, benchBody)}
	b.SetBytes(benchBody)
	b.ReportAllocs()
	for b.Loop() {
		_, _, err := j.Append(bodies)
		check(b, err)
	}
	b.StopTimer()
	check(b, j.Close())
}

// BenchmarkSeal is Append without the disk: what sealing, hashing and chaining cost.
func BenchmarkSeal(b *testing.B) {
	o := small(disk.NewMem(), newRing())
	o.Rand = nil
	j := create(b, o.withDefaults())
	bodies := [][]byte{make([]byte, benchBody)}
	b.SetBytes(benchBody)
	b.ReportAllocs()
	for b.Loop() {
		_, _, err := j.sealBatch(1, bodies)
		check(b, err)
	}
}

func BenchmarkBarePreallocated(b *testing.B) { bare(b, 256<<20, disk.File.SyncData) }
func BenchmarkBareGrowing(b *testing.B)      { bare(b, 0, disk.File.Sync) }

func bare(b *testing.B, allocated int64, flush func(disk.File) error) {
	f, err := disk.OS{}.OpenFile(filepath.Join(b.TempDir(), "bare"), os.O_RDWR|os.O_CREATE, disk.FilePerm)
	check(b, err)
	defer f.Close()
	check(b, writeZeros(f, 0, allocated))
	check(b, f.Sync())
	buf := make([]byte, benchBody+overhead)
	var off int64
	b.SetBytes(benchBody)
	for b.Loop() {
		_, err := f.WriteAt(buf, off)
		check(b, err)
		check(b, flush(f))
		off += int64(len(buf))
	}
}

func benchBook(b *testing.B, n int) (*Journal, Options, []Position) {
	o := Options{FS: disk.OS{}, Dir: filepath.Join(b.TempDir(), "journal"), Keys: newRing()}
	j, err := Create(o)
	check(b, err)
	bodies := make([][]byte, n)
	for i := range bodies {
		bodies[i] = make([]byte, benchBody)
	}
	_, at, err := j.Append(bodies)
	check(b, err)
	return j, o, at
}

func BenchmarkRead(b *testing.B) {
	j, _, at := benchBook(b, 4096)
	b.SetBytes(benchBody)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		_, err := j.Read(at[i%len(at)], uint64(i%len(at)+1))
		check(b, err)
		i++
	}
	check(b, j.Close())
}

func BenchmarkReplay(b *testing.B) {
	j, _, _ := benchBook(b, 8192)
	b.SetBytes(8192 * benchBody)
	for b.Loop() {
		for _, err := range j.Replay(context.Background(), 0, Position{}) {
			check(b, err)
		}
	}
	check(b, j.Close())
}

func BenchmarkVerify(b *testing.B) {
	j, o, _ := benchBook(b, 8192)
	check(b, j.Close())
	b.SetBytes(8192 * benchBody)
	for b.Loop() {
		f, err := Verify(context.Background(), o, nil)
		check(b, err)
		if len(f.Problems) > 0 {
			b.Fatal(f)
		}
	}
}
