package desk

import (
	"os/exec"
	"runtime"

	"wardbook/data"
)

// View opens a file in the system's own program for it, where it can be read and printed. It does not wait for that program.
func View(file string) error {
	var command *exec.Cmd
	switch runtime.GOOS {
	case "windows":
		command = exec.Command("rundll32", "url.dll,FileProtocolHandler", file)
	case "darwin":
		command = exec.Command("open", file)
	default:
		command = exec.Command("xdg-open", file)
	}
	if err := command.Start(); err != nil {
		return data.Fail(data.Unavailable, "desk.view", data.Say("desk.view.none",
			"There is no program on this computer that shows the paper. It lies in {{.File}} until you sign out.", "File", file), err)
	}
	go func() { _ = command.Wait() }() // so that no dead child stays; how it ended is its user's affair
	return nil
}
