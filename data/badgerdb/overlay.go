package badgerdb

import (
	"bytes"
	"fmt"

	"github.com/tidwall/btree"

	"wardbook/data/layout"
)

// Badger refuses longer keys, and would put longer values into its value log, which is never flushed by us.
const (
	maxKey   = 16 << 10
	maxValue = 1000 << 10
)

// overlay is what transactions of a batch wrote, over the state as of the batch's beginning. Copying one costs next to
// nothing: the copies share what neither changes.
type overlay struct {
	base layout.Reader
	m    *btree.Map[string, written]
	// bytes and count are what a Badger transaction of it would measure.
	bytes, count int64
	// problem is the first write that can't be stored.
	problem error
	// last is what was last read from the base: most records are read twice, by who changes them and by who keeps the indexes.
	last read
}

type read struct {
	key   string
	value []byte
	ok    bool
}

type written struct {
	value   []byte
	deleted bool
}

func newOverlay(base layout.Reader) *overlay {
	return &overlay{base: base, m: btree.NewMap[string, written](64)}
}

func (o *overlay) copy() *overlay {
	c := *o
	c.m = o.m.Copy()
	return &c
}

func (o *overlay) Get(key []byte) ([]byte, bool, error) {
	if w, ok := o.m.Get(string(key)); ok {
		return w.value, !w.deleted, nil
	}
	if o.last.key == string(key) && len(key) > 0 {
		return o.last.value, o.last.ok, nil
	}
	value, ok, err := o.base.Get(key)
	if err == nil {
		o.last = read{string(key), value, ok}
	}
	return value, ok, err
}

func (o *overlay) Set(key, value []byte) { o.put(key, written{value: value}) }

func (o *overlay) Delete(key []byte) { o.put(key, written{deleted: true}) }

func (o *overlay) put(key []byte, w written) {
	if (len(key) > maxKey || len(w.value) > maxValue) && o.problem == nil {
		o.problem = fmt.Errorf("key of %d bytes with value of %d", len(key), len(w.value))
	}
	old, replaced := o.m.Set(string(key), w)
	o.bytes += int64(len(w.value)) - int64(len(old.value))
	if !replaced {
		o.bytes += int64(len(key)) + perKey
		o.count++
	}
}

// perKey is what sealing and Badger's own bookkeeping add to a key and its value.
const perKey = nonceSize + tagSize + 16

func (o *overlay) Walk(prefix []byte, reverse bool) layout.Iterator {
	m := o.m.Copy() // later writes don't disturb this walk
	return &merged{base: o.base.Walk(prefix, reverse), over: m.Iter(), prefix: prefix, reverse: reverse}
}

// layer is what a batch wrote, over the state as of some moment before or after it was written there: it is durable in the
// journal, and on its way into Badger. Many may read it at once.
type layer struct {
	base layout.Reader
	m    *btree.Map[string, written] // not changed any more
}

func (l *layer) Get(key []byte) ([]byte, bool, error) {
	if w, ok := l.m.Get(string(key)); ok {
		return w.value, !w.deleted, nil
	}
	return l.base.Get(key)
}

func (l *layer) Walk(prefix []byte, reverse bool) layout.Iterator {
	return &merged{base: l.base.Walk(prefix, reverse), over: l.m.Iter(), prefix: prefix, reverse: reverse}
}

// merged walks the base and the writes over it as one.
type merged struct {
	base    layout.Iterator
	over    btree.MapIter[string, written]
	overOK  bool
	prefix  []byte
	reverse bool
}

func (it *merged) Seek(key []byte) {
	it.base.Seek(key)
	it.overOK = it.over.Seek(string(key))
	if it.reverse {
		switch {
		case !it.overOK:
			it.overOK = it.over.Last()
		case it.over.Key() > string(key):
			it.overOK = it.over.Prev()
		}
		for it.overOK && !bytes.HasPrefix([]byte(it.over.Key()), it.prefix) && it.over.Key() > string(it.prefix) {
			it.overOK = it.over.Prev()
		}
	}
	it.settle()
}

// settle drops keys of the base that were deleted or replaced, and deletions themselves, until it stands on a key.
func (it *merged) settle() {
	for it.inOver() {
		order := 1
		if it.base.Valid() {
			order = bytes.Compare(it.base.Key(), []byte(it.over.Key()))
			if it.reverse {
				order = -order
			}
		}
		if order < 0 {
			return
		}
		if order == 0 {
			it.base.Next()
		}
		if !it.over.Value().deleted {
			return
		}
		it.stepOver()
	}
}

func (it *merged) inOver() bool {
	return it.overOK && bytes.HasPrefix([]byte(it.over.Key()), it.prefix)
}

func (it *merged) stepOver() {
	if it.reverse {
		it.overOK = it.over.Prev()
	} else {
		it.overOK = it.over.Next()
	}
}

// onOver tells whether the present key is a written one.
func (it *merged) onOver() bool {
	if !it.inOver() {
		return false
	}
	if !it.base.Valid() {
		return true
	}
	order := bytes.Compare(it.base.Key(), []byte(it.over.Key()))
	return order > 0 != it.reverse
}

func (it *merged) Next() {
	if it.onOver() {
		it.stepOver()
	} else {
		it.base.Next()
	}
	it.settle()
}

func (it *merged) Valid() bool { return it.base.Err() == nil && (it.inOver() || it.base.Valid()) }

func (it *merged) Key() []byte {
	if it.onOver() {
		return []byte(it.over.Key())
	}
	return it.base.Key()
}

func (it *merged) Value() ([]byte, error) {
	if it.onOver() {
		return it.over.Value().value, nil
	}
	return it.base.Value()
}

func (it *merged) Err() error { return it.base.Err() }

func (it *merged) Close() { it.base.Close() }
