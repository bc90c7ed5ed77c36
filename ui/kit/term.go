package kit

import "wardbook/app/term"

// Of makes a sentence of a text of the hospital's, with the texts in it.
func Of(text term.Text) Sentence {
	s := Sentence{Key: text.Key, English: text.English}
	for name, value := range text.Args {
		if s.Args == nil {
			s.Args = map[string]any{}
		}
		if inner, ok := value.(term.Text); ok {
			value = Of(inner)
		}
		s.Args[name] = value
	}
	return s
}
