package layout

import (
	"math/bits"
	"slices"
)

// blockSize is how many ordinals one block covers. Small, so that a new record rewrites little (2 KiB at most for a
// list); large, so that a million records are 62 blocks.
const (
	blockSize  = 16384
	blockWords = blockSize / 64
	// A block on disk is a sorted list of 2-byte offsets where that is shorter, else 2 KiB of bits.
	bitsLength = blockSize / 8
	maxListed  = bitsLength/2 - 1
)

// block is the set of ordinals of one block, as bits.
type block [blockWords]uint64

// load adds the ordinals of a stored block; ok is false for bytes that are none.
func (b *block) load(stored []byte) (ok bool) {
	if len(stored) == bitsLength {
		for i := range b {
			b[i] |= order.Uint64(stored[8*i:])
		}
		return true
	}
	if len(stored)%2 != 0 || len(stored) > 2*maxListed {
		return false
	}
	for i := 0; i < len(stored); i += 2 {
		at := order.Uint16(stored[i:])
		if at >= blockSize {
			return false
		}
		b[at/64] |= 1 << (at % 64)
	}
	return true
}

func (b *block) and(o *block) (any bool) {
	var seen uint64
	for i := range b {
		b[i] &= o[i]
		seen |= b[i]
	}
	return seen != 0
}

// below takes out all ordinals at and above one.
func (b *block) below(at uint32) {
	for i := range b {
		switch {
		case uint32(i) > at/64:
			b[i] = 0
		case uint32(i) == at/64:
			b[i] &= 1<<(at%64) - 1
		}
	}
}

// downwards visits the ordinals, the highest first, until visit answers false.
func (b *block) downwards(visit func(at uint32) bool) bool {
	for i := blockWords - 1; i >= 0; i-- {
		for w := b[i]; w != 0; {
			top := 63 - bits.LeadingZeros64(w)
			w &^= 1 << top
			if !visit(uint32(i*64 + top)) {
				return false
			}
		}
	}
	return true
}

// markBlock puts an offset into a stored block or takes it out, and answers the new stored form; empty when none is left.
func markBlock(stored []byte, at uint16, in bool) ([]byte, bool) {
	if len(stored) != bitsLength && len(stored) < 2*maxListed && len(stored)%2 == 0 {
		return markList(stored, at, in), true
	}
	var b block
	if !b.load(stored) {
		return nil, false
	}
	if in {
		b[at/64] |= 1 << (at % 64)
	} else {
		b[at/64] &^= 1 << (at % 64)
	}
	return b.store(), true
}

func markList(stored []byte, at uint16, in bool) []byte {
	i := len(stored)
	for i > 0 && order.Uint16(stored[i-2:]) > at { // new ordinals come last: look from the end
		i -= 2
	}
	there := i > 0 && order.Uint16(stored[i-2:]) == at
	switch {
	case in == there:
		return slices.Clone(stored)
	case in:
		grown := append(make([]byte, 0, len(stored)+2), stored[:i]...)
		return append(order.AppendUint16(grown, at), stored[i:]...)
	}
	return append(append(make([]byte, 0, len(stored)), stored[:i-2]...), stored[i:]...)
}

func (b *block) store() []byte {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	if n > maxListed {
		stored := make([]byte, bitsLength)
		for i, w := range b {
			order.PutUint64(stored[8*i:], w)
		}
		return stored
	}
	stored := make([]byte, 0, 2*n)
	for i, w := range b {
		for ; w != 0; w &= w - 1 {
			stored = order.AppendUint16(stored, uint16(i*64+bits.TrailingZeros64(w)))
		}
	}
	return stored
}
