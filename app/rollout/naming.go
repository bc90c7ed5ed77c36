package rollout

import (
	"errors"

	"wardbook/app/desk"
	"wardbook/data"
)

// flagNames say which flag brought what a use case calls by its own name.
type flagNames map[string]string

// on puts the flag's name before the sentence of an error that is about a field, since on a command line nothing else shows which of many
// values was meant.
func (names flagNames) on(err error) error {
	var e *data.Error
	if !errors.As(err, &e) || len(e.Fields) == 0 || names[e.Fields[0]] == "" {
		return err
	}
	return onFlag(names[e.Fields[0]], err)
}

// onFlag is an error with a flag's name before its sentence.
func onFlag(name string, err error) error {
	var e *data.Error
	if !errors.As(err, &e) {
		return err
	}
	return data.Fail(e.Kind, e.Op, data.Say("rollout.flag", "--{{.Flag}}: {{.Sentence}}", "Flag", name, "Sentence", e.Message), e.Err).On(e.Fields...)
}

// readSecret reads a password that a flag names the file of.
func readSecret(flag, file string) (string, error) {
	secret, err := desk.ReadSecret(file)
	if err != nil {
		return "", onFlag(flag, err)
	}
	return secret, nil
}
