package journal

import (
	"errors"
	"fmt"

	"wardbook/data"
)

var (
	// ErrUnknown is in the error of the one Append whose entries may or may not be on the disk. The journal takes nothing
	// more: close it and open it again, then Last tells.
	ErrUnknown = errors.New("it is not known whether the entries are on the disk")
	// ErrStopped is in the errors of everything that writes after such a failure. Nothing of it was written.
	ErrStopped = errors.New("the journal stopped writing after a failed flush")
	// ErrClosed is in the errors of everything that is asked of a journal after Close.
	ErrClosed = errors.New("the journal is closed")
)

const (
	callHelp = " Please call the person who looks after Wardbook; a backup can bring back what is missing."
	stopHelp = " Wardbook has stopped saving to keep the book safe. Please write down your last change, close Wardbook and start it again."
)

func sayUnknown() data.Message {
	return data.Say("journal.unknown",
		"The disk reported an error while saving, and it is not certain whether the last change was kept."+stopHelp)
}

func errUnknown(cause error) error {
	return data.Fail(data.Unavailable, "journal.append", sayUnknown(), fmt.Errorf("%w: %w", ErrUnknown, cause))
}

func errStopped(op string) error {
	return data.Fail(data.Unavailable, op, data.Say("journal.stopped",
		"This change was not saved, because the disk reported an error before."+stopHelp), ErrStopped)
}

func errClosed(op string) error {
	return data.Fail(data.Unavailable, op, data.Say("journal.closed",
		"Wardbook is closing its book. Please start Wardbook again and repeat the last step."), ErrClosed)
}

// errRefused: nothing was written; the same may work when there is room on the disk again.
func errRefused(op string, cause error) error {
	return data.Fail(data.Unavailable, op, data.Say("journal.refused",
		"This change was not saved, because the disk is full or can't be written. Make room on the disk, then try again."), cause)
}

func errTooLarge(size int) error {
	return data.Fail(data.Invalid, "journal.append", data.Say("journal.large",
		"This is too large to be saved in one step. Please save it in smaller parts."),
		fmt.Errorf("an entry of %d bytes, at most %d", size, MaxBody))
}

func errUnreadable(op string, segment uint32, cause error) error {
	return data.Fail(data.Unavailable, op, data.Say("journal.unreadable",
		"The disk can't be read at the moment. Please try again; if it happens again, call the person who looks after this computer."),
		fmt.Errorf("segment %d: %w", segment, cause))
}

// errEntry: an entry is not what was written.
func errEntry(op string, seq uint64, segment uint32, cause error) error {
	return data.Fail(data.Corrupt, op, data.Say("journal.entry",
		"Entry {{.Entry}} of the hospital's book (file {{.File}}) is damaged or was changed, and was not used."+callHelp,
		"Entry", seq, "File", segmentName(segment)), cause)
}

// errMissing: entries that once were on the disk are gone.
func errMissing(op string, from, to uint64, cause error) error {
	if from == to {
		return data.Fail(data.Corrupt, op, data.Say("journal.missing.one",
			"Entry {{.From}} of the hospital's book is missing."+callHelp, "From", from), cause)
	}
	return data.Fail(data.Corrupt, op, data.Say("journal.missing",
		"Entries {{.From}} to {{.To}} of the hospital's book are missing."+callHelp, "From", from, "To", to), cause)
}

// errSegment: a whole file of the book is damaged, missing or not ours.
func errSegment(op string, segment uint32, cause error) error {
	return data.Fail(data.Corrupt, op, data.Say("journal.segment",
		"The file {{.File}} of the hospital's book is missing, damaged or belongs to another book."+callHelp,
		"File", segmentName(segment)), cause)
}

func errHeads(copies []headCopy) error {
	var causes []error
	for _, c := range copies {
		causes = append(causes, fmt.Errorf("%s: %w", c.name, c.err))
	}
	return data.Fail(data.Corrupt, "journal.open", data.Say("journal.head",
		"The two files that say how far the hospital's book goes (head and head.bak) are both missing or damaged."+callHelp),
		errors.Join(causes...))
}

func errOldKeys(head, keys uint64) error {
	return data.Fail(data.Corrupt, "journal.open", data.Say("journal.keys",
		"The key file on this computer is older than the hospital's book: an old copy was put in its place. "+
			"Please put the newest key file back, or call the person who looks after Wardbook."),
		fmt.Errorf("the head was written with generation %d of the key file, this is generation %d", head, keys))
}

// newerHead refuses a journal whose head this program does not know, so that it is never written over.
func newerHead(copies []headCopy) error {
	for _, c := range copies {
		if errors.Is(c.err, errVersion) {
			return errNewer(c.err)
		}
	}
	return nil
}

func errNewer(cause error) error {
	return data.Fail(data.Unavailable, "journal.open", data.Say("journal.newer",
		"The hospital's book was written by a newer version of Wardbook. Please install that version on this computer."), cause)
}
