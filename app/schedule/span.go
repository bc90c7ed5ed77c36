package schedule

import (
	"bytes"
	"encoding/binary"
	"slices"
	"time"
)

// Spans are the times of one week that are taken, in order, 5 bytes each: the minute of the week at which it begins, how many minutes
// it takes, flags. Packed, because looking for free times reads weeks of many resources at once.
//
//	minute of the week, 2 bytes big-endian | minutes, 2 bytes big-endian | flags
//
// What begins in a week and runs into the next lies in the first.
type Spans []byte

const spanSize = 5

const (
	spanPressing = 1 << iota // taken by an emergency or urgent patient: it uses up what is kept for them
	spanHeld                 // for an open offer
)

// taken is one time that is taken.
type taken struct {
	start, end int64 // minutes since 1970
	flags      byte
}

func spanOf(p Priority, held bool) (flags byte) {
	if p.Pressing() {
		flags |= spanPressing
	}
	if held {
		flags |= spanHeld
	}
	return flags
}

func pack(at time.Time, length int, flags byte) []byte {
	b := make([]byte, spanSize)
	binary.BigEndian.PutUint16(b, uint16(unixMinute(at)-weekOf(at)*weekMinutes))
	binary.BigEndian.PutUint16(b[2:], uint16(length))
	b[4] = flags
	return b
}

// with gives the spans and one more, in its place.
func (s Spans) with(span []byte) Spans {
	at := 0
	for at < len(s) && bytes.Compare(s[at:at+spanSize], span) < 0 {
		at += spanSize
	}
	return slices.Concat(s[:at], span, s[at:])
}

// without gives the spans and one of these less; false where there is none.
func (s Spans) without(span []byte) (Spans, bool) {
	for at := 0; at+spanSize <= len(s); at += spanSize {
		if bytes.Equal(s[at:at+spanSize], span) {
			return slices.Concat(s[:at], s[at+spanSize:]), true
		}
	}
	return s, false
}

// in appends the spans of a week to all.
func (s Spans) in(week int64, all []taken) []taken {
	for ; len(s) >= spanSize; s = s[spanSize:] {
		start := week*weekMinutes + int64(binary.BigEndian.Uint16(s))
		all = append(all, taken{start, start + int64(binary.BigEndian.Uint16(s[2:])), s[4]})
	}
	return all
}

func unixMinute(t time.Time) int64 { return floorDiv(t.Unix(), 60) }

func minuteUTC(m int64) time.Time { return time.Unix(m*60, 0).UTC() }

// weekOf numbers the weeks since 1970 in UTC: what begins in which is the same wherever the hospital says it is.
func weekOf(t time.Time) int64 { return floorDiv(unixMinute(t), weekMinutes) }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// busy is what is taken of one resource, in the order of the beginnings.
type busy []taken

// during counts what is taken at some moment between two, all together and by patients who are not pressing.
func (b busy) during(from, to int64) (all, routine int) {
	at, _ := slices.BinarySearchFunc(b, from-mostLength, func(t taken, start int64) int { return int(t.start - start) })
	for ; at < len(b) && b[at].start < to; at++ {
		if b[at].end <= from {
			continue
		}
		all++
		if b[at].flags&spanPressing == 0 {
			routine++
		}
	}
	return all, routine
}

// meets tells whether something is taken at some moment between two.
func (b busy) meets(from, to int64) bool {
	all, _ := b.during(from, to)
	return all > 0
}
