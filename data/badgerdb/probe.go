package badgerdb

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os/exec"

	"wardbook/data"
)

// ChildProbe makes a Probe that runs a command (the program itself, with a subcommand that calls ServeProbe) with the state's
// folder as its last argument and the key on its standard input. Badger panics in goroutines of its own where a file is
// damaged, so it can only be tried in a process that may die.
func ChildProbe(command string, args ...string) func(ctx context.Context, dir string, key []byte) error {
	return func(ctx context.Context, dir string, key []byte) error {
		child := exec.CommandContext(ctx, command, append(args, dir)...)
		child.Stdin = bytes.NewReader(key)
		out, err := child.Output()
		if err != nil {
			return fmt.Errorf("probe: %w", err)
		}
		if string(out) != probePassed {
			return fmt.Errorf("probe: unexpected answer")
		}
		return nil
	}
}

const probePassed = "wardbook-state-opens\n"

// ServeProbe is the child's part: it opens the state in dir with the key read from in, verifies every block of every
// table, closes it, and says so on out.
func ServeProbe(dir string, in io.Reader, out io.Writer) error {
	key := make([]byte, 32)
	if _, err := io.ReadFull(in, key); err != nil {
		return err
	}
	none, err := data.NewSchema()
	if err != nil {
		return err
	}
	st, err := openBadger(dir, key, none, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	if err := st.db.VerifyChecksum(); err != nil {
		return err
	}
	if err := st.close(); err != nil {
		return err
	}
	_, err = io.WriteString(out, probePassed)
	return err
}
