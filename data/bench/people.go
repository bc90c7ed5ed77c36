package main

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"

	"wardbook/data"
)

// person is the record that is measured: 300 bytes when encoded.
type person struct {
	Number uint64 `cbor:"1,keyasint"`
	Family string `cbor:"2,keyasint"`
	Given  string `cbor:"3,keyasint"`
	Second string `cbor:"4,keyasint"`
	Born   int    `cbor:"5,keyasint"`
	Phone  string `cbor:"6,keyasint"`
	Note   string `cbor:"7,keyasint"`
}

const recordSize = 300

type personID = data.Ref[person]

// brief is what a list shows of a person: the covering value.
type brief struct {
	Number uint64 `cbor:"1,keyasint"`
	Name   string `cbor:"2,keyasint"`
	Born   int    `cbor:"3,keyasint"`
}

func briefOf(r data.Row[personID, person]) brief {
	return brief{r.Value.Number, r.Value.Family + ", " + r.Value.Given, r.Value.Born}
}

// tables are the tables of one store.
type tables struct {
	people   *data.Table[personID, person]
	byNumber *data.UniqueIndex[personID, person]
	byName   *data.Index[personID, person, brief]
	byWords  *data.TextIndex[personID, person, brief]
	schema   *data.Schema
}

// plain, indexed and searched are how much a store keeps beside its records.
type extent int

const (
	plain    extent = iota
	indexed         // two ordered indexes
	searched        // and a text index
)

func declare(e extent) (*tables, error) {
	t := &tables{people: data.NewTable[personID, person](data.TableSpec[person]{Number: 16, Name: "people"})}
	if e >= indexed {
		t.byNumber = data.NewUnique(t.people, data.UniqueSpec[personID, person]{Number: 1, Name: "number",
			Keys: func(r data.Row[personID, person]) []data.Key { return []data.Key{data.Encode(r.Value.Number)} }})
		t.byName = data.NewIndex(t.people, data.IndexSpec[personID, person, brief]{Number: 2, Name: "name", Cover: briefOf,
			Keys: func(r data.Row[personID, person]) []data.Key {
				return []data.Key{data.Encode(r.Value.Family, r.Value.Given)}
			}})
	}
	if e >= searched {
		t.byWords = data.NewText(t.people, data.TextSpec[personID, person, brief]{Number: 3, Name: "words", Cover: briefOf,
			Texts: func(r data.Row[personID, person]) []string {
				return []string{r.Value.Family, r.Value.Given, r.Value.Second}
			}})
	}
	var err error
	t.schema, err = data.NewSchema(t.people.Def())
	return t, err
}

// people is a population, made up as it is asked for: person i is the same in every run and process.
type people struct {
	count int
	words []string
}

// How often names occur falls as one over their rank to the power of zipf, as it does in registers of names.
const (
	seed      = 20
	wordCount = 40_000
	zipf      = 1.07
)

func newPeople(count int) *people { return &people{count, makeWords()} }

// makeWords makes names of two to four syllables, so that many share a beginning.
func makeWords() []string {
	syllables := strings.Fields(`a al an ar ba bal be ber bi bo bra ca car ce chi co da dan de di do e el em fa fe fer fi fo fra ga gar ge gi go gu ha han
		he ho i il in is ja je jo ka kar ke ki ko kri la lan le li lo lu ma mar me mi mo mu na nan ne ni no o ol or pa par pe pi po ra ri ro ru sa san
		se sha si so ste ta tan te ti to tro u va van ve vi wa wi xa ya yu za zo`)
	r := rand.New(rand.NewPCG(seed, 0))
	seen := map[string]bool{}
	words := make([]string, 0, wordCount)
	for len(words) < wordCount {
		var w strings.Builder
		for range 2 + r.IntN(3) {
			w.WriteString(syllables[r.IntN(len(syllables))])
		}
		if s := w.String(); len(s) >= 3 && !seen[s] {
			seen[s] = true
			words = append(words, s)
		}
	}
	return words
}

const filler = "Came on foot, speaks for herself, glasses, hearing aid left, walks with a stick, lives with her daughter on the second floor, " +
	"no lift. Sleeps badly since the spring. Penicillin gave her a rash as a child, never tried again. Takes her tablets from a weekly box that the " +
	"pharmacy fills. Prefers tea. Brother to be called first, then the neighbour; numbers are in the file and were checked last month."

// at makes person i, 0 <= i.
func (p *people) at(i int) (personID, person) {
	r := rand.New(rand.NewPCG(seed, uint64(i)+1))
	rank := rand.NewZipf(r, zipf, 1, wordCount-1)
	v := person{Number: 1_000_000 + uint64(i), Born: 19000101 + r.IntN(1_000_000),
		Family: p.words[rank.Uint64()], Given: p.words[rank.Uint64()], Second: p.words[rank.Uint64()]}
	v.Phone = fmt.Sprintf("+44 7700 %06d", r.IntN(1_000_000))
	const others = 24 // the bytes of an encoded person beside his texts
	v.Note = filler[:recordSize-others-len(v.Family)-len(v.Given)-len(v.Second)-len(v.Phone)]
	return idOf(i, r), v
}

// idOf makes a UUID of version 7 as it is made when people are registered one after the other.
func idOf(i int, r *rand.Rand) (id personID) {
	const began = 1_700_000_000_000
	binary.BigEndian.PutUint64(id[:], uint64(began+i)<<16)
	id[6] = 0x70
	binary.BigEndian.PutUint64(id[8:], r.Uint64()&^(0xC0<<56)|0x80<<56)
	return id
}

// some makes people [from, to) beforehand, where making them would be measured with what is done to them.
func (p *people) some(from, to int) []entry {
	list := make([]entry, 0, to-from)
	for i := from; i < to; i++ {
		id, v := p.at(i)
		list = append(list, entry{id, v})
	}
	return list
}

// entry is a person with his id.
type entry struct {
	id    personID
	value person
}

// query is what somebody types who looks for a person: the first 2 to 5 letters of one or two names. Two are those of one random
// person, who is found, or, as often, of two: perhaps nobody has both, which takes the longest to find out.
func (p *people) query(r *rand.Rand) []string {
	names := p.names(r)
	if r.IntN(2) == 0 {
		names[1] = p.names(r)[0]
	}
	var prefixes []string
	for _, name := range names[:1+r.IntN(2)] {
		prefixes = append(prefixes, name[:min(2+r.IntN(4), len(name))])
	}
	return prefixes
}

// names gives the names of a random person in random order.
func (p *people) names(r *rand.Rand) []string {
	_, v := p.at(r.IntN(p.count))
	names := []string{v.Family, v.Given, v.Second}
	r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	return names
}
