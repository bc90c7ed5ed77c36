package journal

import (
	"fmt"

	"wardbook/data"
)

// ProblemKind says what sort of thing Verify found. The list is closed.
type ProblemKind uint8

// The kinds of problems. All but the last four name entries.
const (
	// Edited: the entry lies in its place, but is not what was written.
	Edited ProblemKind = iota + 1
	// Removed: the entry is not there, though later ones are.
	Removed
	// Reordered: the entry is whole, but stands in another place.
	Reordered
	// Repeated: the entry stands there a second time.
	Repeated
	// CutOff: the entry was there at the last checkpoint, and the book ends before it.
	CutOff
	// StrayBytes: something that is no entry lies between or after entries; Seq is the entry before it.
	StrayBytes
	// DamagedHead: a copy of the head is missing, damaged, or does not fit the book.
	DamagedHead
	// DamagedSegment: a file's header, or the file as a whole, is damaged or can't be read.
	DamagedSegment
	// MissingSegment: a file is not there.
	MissingSegment
	// ForeignSegment: a file belongs to another book or another place.
	ForeignSegment
)

var problemKinds = [...]string{"", "edited", "removed", "reordered", "repeated", "cut off", "stray bytes", "damaged head",
	"damaged segment", "missing segment", "foreign segment"}

// String names the kind, for the log.
func (k ProblemKind) String() string {
	if int(k) < len(problemKinds) {
		return problemKinds[k]
	}
	return fmt.Sprintf("problem %d", uint8(k))
}

// maxProblems is how many are told one by one.
const maxProblems = 1000

// Problem is one thing that is not as it was written. Text is for the person who looks after the book.
type Problem struct {
	Kind    ProblemKind
	Seq, To uint64 // the entries from Seq to To, both meant; 0 where it is not about entries
	Segment uint32 // 0 where it is not about one file
	Offset  int64  // in the segment, in bytes; 0 where it is not about a place
	Text    data.Message
}

// Findings are what Verify found. The book is as it was written where Problems is empty and HeadAuthentic; without Opened
// it may still hold entries that were sealed by somebody else after the last checkpoint.
type Findings struct {
	Entries  uint64 // whole entries
	Last     uint64 // the highest number among them
	Segments int
	Bytes    int64 // read
	// Opened: the keys were there, and every entry was unsealed.
	Opened bool
	// HeadAuthentic: at least one copy of the head carries the right authentication code.
	HeadAuthentic bool
	// TornTail is the length in bytes of what a power cut or a running write may have left at the end. Not a problem: the
	// next Open drops it, or a later Verify finds it whole.
	TornTail int64
	Problems []Problem
	// Untold is how many more problems there are than Problems names.
	Untold int
}

func (f *Findings) add(p Problem) {
	if len(f.Problems) >= maxProblems {
		f.Untold++
		return
	}
	f.Problems = append(f.Problems, p)
}

// entries makes a Problem about entries; what completes "Entry 5: ..." or "Entries 5 to 7: ...".
func entries(kind ProblemKind, from, to uint64, at Position, key, what string) Problem {
	p := Problem{Kind: kind, Seq: from, To: to, Segment: at.Segment, Offset: at.Offset}
	if from == to {
		p.Text = data.Say("journal.found."+key+".one", "Entry {{.From}}: "+what+".", "From", from)
	} else {
		p.Text = data.Say("journal.found."+key, "Entries {{.From}} to {{.To}}: "+what+".", "From", from, "To", to)
	}
	return p
}

func editedEntries(from, to uint64, at Position) Problem {
	return entries(Edited, from, to, at, "edited", "not as written; damaged, or edited by somebody")
}

func removedEntries(from, to uint64, at Position) Problem {
	return entries(Removed, from, to, at, "removed", "missing, though later entries are there")
}

func reorderedEntries(from, to uint64, at Position) Problem {
	return entries(Reordered, from, to, at, "reordered", "whole, but in the wrong place")
}

func repeatedEntries(from, to uint64, at Position) Problem {
	return entries(Repeated, from, to, at, "repeated", "there more than once")
}

func cutEntries(from, to uint64) Problem {
	return entries(CutOff, from, to, Position{}, "cut", "cut off: written before the last checkpoint, and gone")
}

func strayBytes(after uint64, at Position, length int64) Problem {
	return Problem{Kind: StrayBytes, Seq: after, To: after, Segment: at.Segment, Offset: at.Offset,
		Text: data.Say("journal.found.stray", "{{.Length}} bytes that are no entry lie in {{.File}} after entry {{.Entry}}.",
			"Length", length, "File", segmentName(at.Segment), "Entry", after)}
}

func damagedHead(name, key, what string) Problem {
	return Problem{Kind: DamagedHead, Text: data.Say("journal.found.head."+key, "The file {{.File}} "+what+".", "File", name)}
}

func segmentProblem(kind ProblemKind, number uint32, name, key, what string) Problem {
	return Problem{Kind: kind, Segment: number,
		Text: data.Say("journal.found.segment."+key, "The file {{.File}} "+what+".", "File", name)}
}

func damagedSegment(number uint32) Problem {
	return segmentProblem(DamagedSegment, number, segmentName(number), "damaged", "is damaged at its beginning")
}

func unreadableSegment(number uint32) Problem {
	return segmentProblem(DamagedSegment, number, segmentName(number), "unreadable", "can't be read to its end")
}

func lockedSegment(number uint32) Problem {
	return segmentProblem(DamagedSegment, number, segmentName(number), "locked",
		"is sealed with a key that the key file does not hold, so its entries could not be opened")
}

func foreignSegment(number uint32, name string) Problem {
	return segmentProblem(ForeignSegment, number, name, "foreign", "belongs to another book or to another place in this one")
}

// missingSegments is about the files from one number to another.
func missingSegments(from, to uint32) Problem {
	if from == to {
		return segmentProblem(MissingSegment, from, segmentName(from), "missing", "is missing")
	}
	return Problem{Kind: MissingSegment, Segment: from, Text: data.Say("journal.found.segments.missing",
		"The files {{.From}} to {{.To}} are missing.", "From", segmentName(from), "To", segmentName(to))}
}
