package term_test

import (
	"errors"
	"fmt"
	"testing"

	"wardbook/app/term"
	"wardbook/data"
)

func TestEveryFaultIsToldOnItsField(t *testing.T) {
	one := data.Fail(data.Invalid, "x", data.Say("test.one", "One."), nil).On("family")
	two := data.Fail(data.Invalid, "x", data.Say("test.two", "Two."), errors.New("cause")).On("phone", "email")
	bare := data.Fail(data.Unavailable, "x", data.Say("test.bare", "Bare."), one)
	for _, c := range []struct {
		err  error
		want string
	}{
		{nil, "[]"},
		{errors.New("x"), "[]"},
		{one, "[family:One.]"},
		{bare, "[:Bare.]"}, // what lies below it is for the log
		{fmt.Errorf("wrapped: %w", one), "[family:One.]"},
		{errors.Join(one, fmt.Errorf("w: %w", two)), "[family:One. phone:Two. email:Two.]"},
	} {
		var got []string
		for _, f := range term.Faults(c.err) {
			got = append(got, f.Field+":"+f.Message.String())
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%v: %v, want %s", c.err, got, c.want)
		}
	}
}
