package layout

import (
	"bytes"
	"iter"
	"slices"

	"wardbook/data"
)

// list gives the blocks of ordinals for one prefix, the newest first.
type list interface {
	// seek goes to the first block at or below a number.
	seek(number uint32) (at uint32, ok bool, err error)
	// read adds the ordinals of the block it stands on.
	read(b *block) error
	close()
}

// Search finds the records that have, for each prefix, a word that begins with it.
//
// It walks the lists of all prefixes side by side from the newest block down: a block that one list lacks is passed over
// in the others, so the rarest prefix sets the pace, and the walk ends when the caller has enough.
func Search(kv Reader, s *data.Schema, ix *data.TextDef, q data.TextQuery) iter.Seq2[data.TextHit, error] {
	return func(yield func(data.TextHit, error) bool) {
		if err := search(kv, s, ix, q, yield); err != nil {
			yield(data.TextHit{}, err)
		}
	}
}

func search(kv Reader, s *data.Schema, ix *data.TextDef, q data.TextQuery, yield func(data.TextHit, error) bool) error {
	var lists []list
	defer func() {
		for _, l := range lists {
			l.close()
		}
	}()
	for _, prefix := range distinctPrefixes(q.Prefixes) {
		l, err := open(kv, s, ix, prefix)
		if err != nil {
			return err
		}
		lists = append(lists, l)
	}
	if len(lists) == 0 {
		return nil
	}
	limit := uint32(maxOrdinal)
	if q.Before != 0 {
		limit = q.Before
	}
	for number := limit / blockSize; ; number-- {
		at, both, err := meet(lists, number)
		if err != nil || !both {
			return err
		}
		number = at
		found, err := common(lists)
		if err != nil {
			return err
		}
		if number == limit/blockSize {
			found.below(limit % blockSize)
		}
		more, err := hand(kv, s, ix, number, found, yield)
		if err != nil || !more || number == 0 {
			return err
		}
	}
}

// distinctPrefixes drops prefixes that another one begins with ("an" beside "anna"): they ask nothing more. Longer ones,
// which tend to be rarer, come first.
func distinctPrefixes(prefixes []string) []string {
	sorted := slices.Clone(prefixes)
	slices.SortFunc(sorted, func(a, b string) int { return len(b) - len(a) })
	var kept []string
	for _, p := range sorted {
		if !slices.ContainsFunc(kept, func(k string) bool { return len(k) >= len(p) && k[:len(p)] == p }) {
			kept = append(kept, p)
		}
	}
	return kept
}

// meet finds the first block at or below number that all lists have.
func meet(lists []list, number uint32) (uint32, bool, error) {
	for agreed := 0; agreed < len(lists); {
		for _, l := range lists {
			at, ok, err := l.seek(number)
			if err != nil || !ok {
				return 0, false, err
			}
			if at == number {
				if agreed++; agreed == len(lists) {
					return number, true, nil
				}
				continue
			}
			number, agreed = at, 1
		}
	}
	return number, true, nil
}

func common(lists []list) (*block, error) {
	var all block
	for i, l := range lists {
		if i == 0 {
			if err := l.read(&all); err != nil {
				return nil, err
			}
			continue
		}
		var b block
		if err := l.read(&b); err != nil {
			return nil, err
		}
		if !all.and(&b) {
			break
		}
	}
	return &all, nil
}

// hand reads what lists show of the records of a block and hands it on, the newest first.
func hand(kv Reader, s *data.Schema, ix *data.TextDef, number uint32, found *block, yield func(data.TextHit, error) bool) (more bool, err error) {
	more = found.downwards(func(at uint32) bool {
		ordinal := number*blockSize + at
		key := docKey(ix, ordinal)
		value, _, e := kv.Get(key)
		if e == nil {
			var hit data.TextHit
			var ok bool
			if hit.ID, hit.Value, ok = parsePlace(value); ok {
				hit.Ordinal = ordinal
				return yield(hit, nil)
			}
			e = Damaged(s, key, errShort)
		}
		err = e
		return false
	})
	return more, err
}

func open(kv Reader, s *data.Schema, ix *data.TextDef, prefix string) (list, error) {
	level := levelOf(prefix)
	if level == levelWhole {
		return openUnion(kv, s, ix, prefix)
	}
	key := append(wordPrefix(ix, level, prefix), 0)
	return &single{it: kv.Walk(key, false), s: s, prefix: key}, nil
}

// single is the list of a beginning that is kept as such.
type single struct {
	it     Iterator
	s      *data.Schema
	prefix []byte
	moved  bool
}

func (l *single) number() uint32 { return blockNumber(l.it.Key()) }

// blockNumber reads the number at the end of a block's key; of a key that is none it gives the highest, which no list meets.
func blockNumber(key []byte) uint32 {
	if len(key) < 4 {
		return ^uint32(0)
	}
	return ^order.Uint32(key[len(key)-4:])
}

func (l *single) seek(number uint32) (uint32, bool, error) {
	if l.moved && l.it.Valid() && l.number() > number {
		l.it.Next() // mostly the next block is the one: cheaper than seeking
	}
	if !l.moved || l.it.Valid() && l.number() > number {
		l.it.Seek(order.AppendUint32(bytes.Clone(l.prefix), ^number))
		l.moved = true
	}
	if !l.it.Valid() {
		return 0, false, l.it.Err()
	}
	return l.number(), true, nil
}

func (l *single) read(b *block) error {
	stored, err := l.it.Value()
	if err == nil && !b.load(stored) {
		err = Damaged(l.s, l.it.Key(), errShort)
	}
	return err
}

func (l *single) close() { l.it.Close() }

// union is the list of a longer beginning: all words that begin so, put together.
type union struct {
	numbers []uint32 // descending
	blocks  map[uint32]*block
	at      int
}

func openUnion(kv Reader, s *data.Schema, ix *data.TextDef, prefix string) (list, error) {
	u := &union{blocks: map[uint32]*block{}}
	key := wordPrefix(ix, levelWhole, prefix)
	it := kv.Walk(key, false)
	defer it.Close()
	for it.Seek(key); it.Valid(); it.Next() {
		stored, err := it.Value()
		if err != nil {
			return nil, err
		}
		number := blockNumber(it.Key())
		b := u.blocks[number]
		if b == nil {
			b = new(block)
			u.blocks[number] = b
			u.numbers = append(u.numbers, number)
		}
		if !b.load(stored) {
			return nil, Damaged(s, it.Key(), errShort)
		}
	}
	slices.SortFunc(u.numbers, func(a, b uint32) int {
		if a > b {
			return -1
		}
		return 1
	})
	return u, it.Err()
}

func (u *union) seek(number uint32) (uint32, bool, error) {
	for u.at < len(u.numbers) && u.numbers[u.at] > number {
		u.at++
	}
	if u.at == len(u.numbers) {
		return 0, false, nil
	}
	return u.numbers[u.at], true, nil
}

func (u *union) read(b *block) error {
	for i, w := range u.blocks[u.numbers[u.at]] {
		b[i] |= w
	}
	return nil
}

func (u *union) close() {}
