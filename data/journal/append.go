package journal

import (
	"io"

	"golang.org/x/crypto/chacha20poly1305"

	"wardbook/data"
)

// keepBuf is the largest buffer that is kept from one append to the next, in bytes.
const keepBuf = 4 << 20

// Append seals the bodies as one batch, in order, and returns when they are durable: the sequence number of the first and
// where each begins. The batch is written in one piece and flushed once. No bodies, no entries and no error.
//
// Errors: data.Invalid where a body is larger than MaxBody; data.Unavailable where there was no room (nothing was written,
// a later Append may succeed); data.Unavailable with ErrUnknown where writing or flushing failed, and from then on
// data.Unavailable with ErrStopped, until the journal is opened again.
func (j *Journal) Append(bodies [][]byte) (first uint64, at []Position, err error) {
	j.write.Lock()
	defer j.write.Unlock()
	if err := j.usable("journal.append"); err != nil {
		return 0, nil, err
	}
	size, err := batchSize(bodies)
	if err != nil {
		return 0, nil, err
	}
	first = j.last + 1
	if len(bodies) == 0 {
		return first, nil, nil
	}
	if err := j.makeRoom(size); err != nil {
		return 0, nil, errRefused("journal.append", err)
	}
	at, hash, err := j.sealBatch(first, bodies)
	if err != nil {
		return 0, nil, err
	}
	if err := j.flush(); err != nil {
		j.failed = true
		return 0, nil, errUnknown(err)
	}
	j.publish(first+uint64(len(bodies))-1, hash)
	return first, at, nil
}

func batchSize(bodies [][]byte) (int64, error) {
	var size int64
	for _, b := range bodies {
		if len(b) > MaxBody {
			return 0, errTooLarge(len(b))
		}
		size += int64(overhead + len(b))
	}
	return size, nil
}

// sealBatch puts the batch's frames into buf.
func (j *Journal) sealBatch(first uint64, bodies [][]byte) ([]Position, [hashLen]byte, error) {
	const nonceLen = chacha20poly1305.NonceSizeX
	if need := nonceLen * len(bodies); cap(j.nonces) < need {
		j.nonces = make([]byte, need)
	}
	nonces := j.nonces[:nonceLen*len(bodies)]
	if _, err := io.ReadFull(j.o.Rand, nonces); err != nil {
		return nil, j.hash, data.Fail(data.Internal, "journal.append", sayInternal(), err)
	}
	seal := j.segments[j.end.Segment].seal
	at := make([]Position, len(bodies))
	j.buf = j.buf[:0]
	f := frame{seq: first, batch: first, prev: j.hash}
	for i, body := range bodies {
		at[i] = Position{j.end.Segment, j.end.Offset + int64(len(j.buf))}
		j.buf, f.prev = seal.appendFrame(j.buf, &j.aad, f, nonces[i*nonceLen:][:nonceLen], body)
		f.seq++
	}
	return at, f.prev, nil
}

// flush writes buf in one piece and makes it durable.
func (j *Journal) flush() error {
	file := j.segments[j.end.Segment].file
	if _, err := file.WriteAt(j.buf, j.end.Offset); err != nil {
		return err
	}
	if j.o.SyncHook != nil {
		j.o.SyncHook()
	}
	return file.SyncData()
}

// publish lets readers see what has become durable.
func (j *Journal) publish(last uint64, hash [hashLen]byte) {
	j.look.Lock()
	j.last, j.hash = last, hash
	j.end.Offset += int64(len(j.buf))
	j.syncs++
	j.look.Unlock()
	if cap(j.buf) > keepBuf {
		j.buf = nil
	}
}
