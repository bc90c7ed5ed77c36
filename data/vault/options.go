package vault

import (
	"crypto/rand"
	"io"
	"time"

	"wardbook/data/disk"
)

// Params is what one guess at a password costs (Argon2id, RFC 9106).
type Params struct {
	Memory  uint32 // KiB
	Time    uint32 // passes over the memory
	Threads uint8
}

// The floor is what a slot may cost at least: below it a file is an attempt to make guessing cheap. The cap is what a file
// may ask of this computer: above it opening would be an attack on memory or patience.
var (
	floor = Params{Memory: 64 << 10, Time: 3, Threads: 1}
	limit = Params{Memory: 1 << 20, Time: 16, Threads: 8}
)

func (p Params) sane() bool {
	return p.Memory >= floor.Memory && p.Memory <= limit.Memory &&
		p.Time >= floor.Time && p.Time <= limit.Time &&
		p.Threads >= floor.Threads && p.Threads <= limit.Threads
}

func (p Params) cost() uint64 { return uint64(p.Memory) * uint64(p.Time) }

// Options say where the slots lie and what the vault may use. FS and Dir are required.
type Options struct {
	FS   disk.FS
	Dir  string           // the data folder
	Rand io.Reader        // nil: the system's; several goroutines may read from it at once
	Now  func() time.Time // nil: time.Now
	// KDF is what new passwords cost. Zero: as much as the costliest password already there, and the floor (64 MiB, 3 passes,
	// 1 thread) in a new vault; Calibrate gives better.
	KDF Params

	stretch func(password, salt []byte, p Params) []byte // Argon2id; tests count and shorten it
}

func (o Options) ready(op string) (Options, error) {
	if o.FS == nil || o.Dir == "" {
		return o, failInternal(op, errNowhere)
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.stretch == nil {
		o.stretch = argon
	}
	if o.KDF != (Params{}) && !o.KDF.sane() {
		return o, failInternal(op, errParams)
	}
	return o, nil
}

// Calibrate measures this computer and gives parameters with which one unlock takes about target: the floor's memory and as many
// passes as fit, never under the floor nor over the cap of 16 passes. It takes about half a second. now is the measuring clock.
func Calibrate(target time.Duration, now func() time.Time) Params {
	return calibrate(target, now, argon)
}

func calibrate(target time.Duration, now func() time.Time, stretch func(_, _ []byte, _ Params) []byte) Params {
	best := time.Duration(0)
	for range 2 { // the first run also pays for fetching the memory from the system
		start := now()
		clear(stretch([]byte("calibration"), make([]byte, saltSize), floor))
		if took := now().Sub(start); best == 0 || took < best {
			best = took
		}
	}
	p := floor
	if pass := best / time.Duration(floor.Time); pass > 0 {
		fits := min(int64(target/pass), int64(limit.Time))
		p.Time = max(floor.Time, uint32(max(fits, 0)))
	}
	return p
}
