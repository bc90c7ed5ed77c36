package data

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what sort of failure an Error is; the list is closed. Windows and callers decide by Kind, never by text.
type Kind uint8

// The kinds.
const (
	// Internal is a fault in the program or the machine, nobody's doing at the desk.
	Internal Kind = iota
	// Invalid: what was entered or asked can't be; Fields names the places.
	Invalid
	// NotFound: there is no such thing (or it is gone).
	NotFound
	// Conflict: somebody else was first; look again and decide.
	Conflict
	// Forbidden: this person may not.
	Forbidden
	// Unavailable: not now; the same may work later (disk full, store stopped, wrong version of the program).
	Unavailable
	// Corrupt: what lies on the disk is not what was written.
	Corrupt
)

var kindNames = [...]string{"internal", "invalid", "not found", "conflict", "forbidden", "unavailable", "corrupt"}

// String names the kind, for the log.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return fmt.Sprintf("kind %d", uint8(k))
}

// Message is a sentence for a person, as a translation key with its arguments and the English text in which {{.Name}}
// stands for the argument of that name. It says what happened and what to do next, and holds no patient data.
type Message struct {
	Key     string
	English string
	Args    map[string]any
}

// Say makes a Message; args are names and values in turn: Say("data.disk.full", "Only {{.Free}} is left.", "Free", "2 MB").
func Say(key, english string, args ...any) Message {
	m := Message{Key: key, English: english}
	for i := 0; i+1 < len(args); i += 2 {
		if m.Args == nil {
			m.Args = map[string]any{}
		}
		m.Args[fmt.Sprint(args[i])] = args[i+1]
	}
	return m
}

// String is the English sentence with its arguments filled in.
func (m Message) String() string {
	text := m.English
	for name, value := range m.Args {
		text = strings.ReplaceAll(text, "{{."+name+"}}", fmt.Sprint(value))
	}
	return text
}

// ErrUnknown is wrapped by the Unavailable error of an update of which it is not certain whether it was kept: the disk
// failed while it was being saved. Once the store works again, the same operation can be tried again safely.
var ErrUnknown = errors.New("outcome unknown")

// Error is the one error type of all three floors. Message is for the person at the desk, Err for the log.
type Error struct {
	Kind    Kind
	Op      string // what was being done, for the log: "journal.append"
	Message Message
	Fields  []string // the form fields that are wrong, where that is the matter
	Err     error    // the cause, or nil
}

// Fail makes an Error.
func Fail(kind Kind, op string, message Message, cause error) *Error {
	return &Error{Kind: kind, Op: op, Message: message, Err: cause}
}

// On names the form fields that the error is about, and answers the error.
func (e *Error) On(fields ...string) *Error {
	e.Fields = append(e.Fields, fields...)
	return e
}

// Error is the text for the log.
func (e *Error) Error() string {
	text := e.Op + ": " + e.Kind.String() + ": " + e.Message.String()
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf tells the kind of the outermost Error in err; Internal where there is none.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Is tells whether err is an Error of this kind.
func Is(err error, kind Kind) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == kind
}
