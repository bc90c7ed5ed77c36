package term

import "wardbook/data"

// Kind says what sort of failure an error is, for windows, which may not know the floor where it is declared.
type Kind = data.Kind

// The kinds that windows decide by.
const (
	Invalid     = data.Invalid
	NotFound    = data.NotFound
	Conflict    = data.Conflict
	Forbidden   = data.Forbidden
	Unavailable = data.Unavailable
	Corrupt     = data.Corrupt
)

// Is tells whether an error is of a kind.
func Is(err error, kind Kind) bool { return data.Is(err, kind) }

// Fault is one thing that an error says is wrong, and on which field of a form; "" where it is about none.
type Fault struct {
	Field   string
	Message Text
}

// Faults gives all that an error says to a person, in order: one for each field, and several where errors were joined. None for an error that was
// not made for people.
func Faults(err error) []Fault {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		var all []Fault
		for _, one := range several.Unwrap() {
			all = append(all, Faults(one)...)
		}
		return all
	}
	if e, ok := err.(*data.Error); ok {
		if len(e.Fields) == 0 {
			return []Fault{{Message: e.Message}}
		}
		all := make([]Fault, 0, len(e.Fields))
		for _, field := range e.Fields {
			all = append(all, Fault{field, e.Message})
		}
		return all
	}
	if wrapped, ok := err.(interface{ Unwrap() error }); ok && wrapped.Unwrap() != nil {
		return Faults(wrapped.Unwrap())
	}
	return nil
}
