package layout

import (
	"slices"
	"unicode/utf8"

	"wardbook/data"
)

// A text index gives each of its records an ordinal, 1, 2, 3 ..., and keeps for each word, and for each beginning of a word
// of 1 to wordLevels letters, which ordinals have it: in blocks of blockSize ordinals, the newest block first. So the
// records that have two common beginnings are found by walking two short lists of blocks side by side, and the first
// twenty are often in the first block. Whole words are kept for longer beginnings only, so short words need none.
const (
	wordLevels = 5
	levelWhole = 0xFF // the level of whole words
	maxOrdinal = 1<<32 - 2
)

// wordKey is the key of one block of a word's ordinals.
func wordKey(ix *data.TextDef, level byte, word string, block uint32) []byte {
	return order.AppendUint32(append(wordPrefix(ix, level, word), 0), ^block)
}

// wordPrefix begins the keys of all blocks of a word, and of words that begin with it.
func wordPrefix(ix *data.TextDef, level byte, word string) []byte {
	return append(append(textKey(spaceWord, ix, 6+len(word)), level), word...)
}

// words brings the text index in step with a record's new version.
func (c *change) words(ix *data.TextDef) error {
	var before []string
	if c.old != nil {
		var err error
		if before, _, err = ix.Derive(c.id, *c.old); err != nil {
			return err
		}
	}
	after, cover, err := ix.Derive(c.id, *c.fresh)
	if err != nil || len(before)+len(after) == 0 {
		return err
	}
	if len(before) == 0 {
		return c.enter(ix, after, cover)
	}
	ordinal, err := c.ordinal(ix)
	if err != nil {
		return err
	}
	if len(after) == 0 {
		c.kv.Delete(docKey(ix, ordinal))
		c.kv.Delete(ordinalKey(ix, c.id))
	} else {
		c.kv.Set(docKey(ix, ordinal), appendPlace(c.id, cover))
	}
	return c.movePostings(ix, ordinal, postings(before), postings(after))
}

// enter gives a record that is new to the index the next ordinal.
func (c *change) enter(ix *data.TextDef, words []string, cover []byte) error {
	next := textKey(spaceNext, ix, 0)
	value, ok, err := c.kv.Get(next)
	if err != nil {
		return err
	}
	ordinal := uint32(1)
	if ok {
		if len(value) != 4 {
			return Damaged(c.s, next, errShort)
		}
		ordinal = order.Uint32(value)
	}
	if ordinal >= maxOrdinal {
		return data.Fail(data.Unavailable, "layout.words", data.Say("data.text.full", "There is no room left in the search. Please report it."), nil)
	}
	c.kv.Set(next, order.AppendUint32(nil, ordinal+1))
	c.kv.Set(ordinalKey(ix, c.id), order.AppendUint32(nil, ordinal))
	c.kv.Set(docKey(ix, ordinal), appendPlace(c.id, cover))
	return c.movePostings(ix, ordinal, nil, postings(words))
}

func docKey(ix *data.TextDef, ordinal uint32) []byte {
	return order.AppendUint32(textKey(spaceDoc, ix, 4), ordinal)
}

func ordinalKey(ix *data.TextDef, id data.ID) []byte {
	return append(textKey(spaceOrdinal, ix, len(id)), id...)
}

func (c *change) ordinal(ix *data.TextDef) (uint32, error) {
	key := ordinalKey(ix, c.id)
	value, ok, err := c.kv.Get(key)
	if err != nil {
		return 0, err
	}
	if !ok || len(value) != 4 {
		return 0, Damaged(c.s, key, errShort)
	}
	return order.Uint32(value), nil
}

// posting is one list that a record stands in.
type posting struct {
	level byte
	word  string
}

// postings gives the lists of a record with these words, sorted, each once.
func postings(words []string) []posting {
	list := make([]posting, 0, len(words)*(wordLevels+1))
	for _, w := range words {
		letters := 0
		for at := range w {
			if letters > 0 && letters <= wordLevels {
				list = append(list, posting{byte(letters), w[:at]})
			}
			letters++
		}
		if letters <= wordLevels {
			list = append(list, posting{byte(letters), w})
		} else {
			list = append(list, posting{levelWhole, w})
		}
	}
	slices.SortFunc(list, comparePostings)
	return slices.Compact(list)
}

func comparePostings(a, b posting) int {
	if a.level != b.level {
		return int(a.level) - int(b.level)
	}
	if a.word < b.word {
		return -1
	}
	if a.word > b.word {
		return 1
	}
	return 0
}

// movePostings takes an ordinal out of the lists that are only in before and puts it into those only in after.
func (c *change) movePostings(ix *data.TextDef, ordinal uint32, before, after []posting) error {
	for _, p := range before {
		if _, stays := slices.BinarySearchFunc(after, p, comparePostings); !stays {
			if err := c.mark(ix, p, ordinal, false); err != nil {
				return err
			}
		}
	}
	for _, p := range after {
		if _, there := slices.BinarySearchFunc(before, p, comparePostings); !there {
			if err := c.mark(ix, p, ordinal, true); err != nil {
				return err
			}
		}
	}
	return nil
}

// mark puts an ordinal into a list or takes it out.
func (c *change) mark(ix *data.TextDef, p posting, ordinal uint32, in bool) error {
	key := wordKey(ix, p.level, p.word, ordinal/blockSize)
	value, _, err := c.kv.Get(key)
	if err != nil {
		return err
	}
	changed, ok := markBlock(value, uint16(ordinal%blockSize), in)
	if !ok {
		return Damaged(c.s, key, errShort)
	}
	if len(changed) == 0 {
		c.kv.Delete(key)
	} else {
		c.kv.Set(key, changed)
	}
	return nil
}

// levelOf gives the list level that serves a prefix: its own length where that is kept, else all whole words that begin so.
func levelOf(prefix string) byte {
	if n := utf8.RuneCountInString(prefix); n <= wordLevels {
		return byte(n)
	}
	return levelWhole
}

// Enter puts a record into a text index that is being built anew.
func Enter(kv KV, s *data.Schema, ix *data.TextDef, stored data.Stored) error {
	c := change{kv: kv, s: s, id: stored.ID, fresh: &stored.Record}
	return c.words(ix)
}
