package report

import (
	"time"

	"wardbook/app/term"
	"wardbook/data"
)

// Paper is the size of a page.
type Paper uint8

// The papers: A4, and Letter for North America.
const (
	A4 Paper = iota
	Letter
)

func (p Paper) name() string {
	if p == Letter {
		return "Letter"
	}
	return "A4"
}

// Frame is what surrounds every document: whose it is, who printed it and when, on which paper, in which language.
type Frame struct {
	Hospital string
	By       string         // the name of who prints
	At       time.Time      // when; also the file's own date
	Zone     *time.Location // in which At is shown; nil is UTC
	Paper    Paper
	Words    func(term.Text) string // the reader's language; nil is English
}

// Result is a document as printed.
type Result struct {
	PDF   []byte
	Pages int
	// Missing are the texts of which the font lacks letters; in the document a sign stands for each of them. Whoever
	// prints has to be told: a name that cannot be read is no name.
	Missing []string
}

// Document is what can be printed.
type Document interface {
	PDF(Frame) (Result, error)
}

// words puts a text into the reader's language, and first the texts that it holds: the month in a date.
func (f Frame) words(text term.Text) string {
	if f.Words == nil {
		return text.String()
	}
	held := make(map[string]any, len(text.Args))
	for name, value := range text.Args {
		if inner, ok := value.(term.Text); ok {
			value = f.words(inner)
		}
		held[name] = value
	}
	text.Args = held
	return f.Words(text)
}

// day and clock are an instant as the hospital reads it.
func (f Frame) day(at time.Time) string { return f.words(term.DateOf(at, f.zone()).Text()) }

func (f Frame) clock(at time.Time) string { return at.In(f.zone()).Format("15:04") }

func (f Frame) zone() *time.Location {
	if f.Zone == nil {
		return time.UTC
	}
	return f.Zone
}

// failed is the one failure of drawing: a fault of ours, or of the library.
func failed(cause error) error {
	return data.Fail(data.Internal, "report.draw", data.Say("report.failed", "This document could not be made; nothing was printed. Please report it."), cause)
}
