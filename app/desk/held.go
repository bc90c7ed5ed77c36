package desk

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"github.com/fsnotify/fsnotify"

	"wardbook/data"
)

// holderLimit bounds what is read of the holder's file, which anybody may have written.
const holderLimit = 4096

// Held is the error of Take where another program holds the folder.
type Held struct {
	Holder
	folder string
}

// Error is the text for the log.
func (h *Held) Error() string { return h.Unwrap().Error() }

// Unwrap is the same as the error type that all floors share, so that whoever prints sentences prints this one.
func (h *Held) Unwrap() error {
	return data.Fail(data.Unavailable, "desk.take", h.message(), nil)
}

func (h *Held) message() data.Message {
	host, _ := os.Hostname()
	switch {
	case h.PID == 0:
		return data.Say("desk.held.unknown",
			"Another Wardbook works on {{.Folder}}. Close it there first, or wait until it has ended.", "Folder", h.folder)
	case h.Host != host:
		return data.Say("desk.held.elsewhere",
			"Wardbook on the computer {{.Host}} has been working on {{.Folder}} since {{.Since}}. Close it there first.",
			"Host", h.Host, "Folder", h.folder, "Since", h.since())
	default:
		return data.Say("desk.held.here",
			"Wardbook has been working on {{.Folder}} on this computer since {{.Since}} (process {{.PID}}). Use that window, or close it first.",
			"Folder", h.folder, "Since", h.since(), "PID", h.PID)
	}
}

// CameForward is the sentence for a second start whose first has come to the front.
func (h *Held) CameForward() data.Message {
	if h.PID == 0 {
		return data.Say("desk.forward.unknown", "Wardbook is open already; its window has come to the front.")
	}
	return data.Say("desk.forward", "Wardbook has been open since {{.Since}} (process {{.PID}}); its window has come to the front.",
		"Since", h.since(), "PID", h.PID)
}

func (h *Held) since() string { return h.Since.Local().Format("2 Jan 15:04") }

// AskToShow asks the holder to come to the front, and tells whether it did while patience lasted. A holder on
// another computer isn't asked: its window is of no use here.
func (h *Held) AskToShow(patience time.Duration) (bool, error) {
	if host, _ := os.Hostname(); h.PID != 0 && h.Host != host {
		return false, nil
	}
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return false, err
	}
	defer watcher.Close()
	if err := watcher.Add(h.folder); err != nil {
		return false, err
	}
	show := filepath.Join(h.folder, showFile)
	if err := replace(show, nil); err != nil {
		return false, err
	}
	enough := time.After(patience)
	for {
		select {
		case event := <-watcher.Events:
			if filepath.Base(event.Name) == showFile && event.Has(fsnotify.Remove) {
				return true, nil
			}
		case <-enough:
			// Gone all the same: it was answered, only the news of it was lost.
			if _, err := os.Lstat(show); errors.Is(err, os.ErrNotExist) {
				return true, nil
			}
			return false, removeIfThere(show)
		}
	}
}

// readHolder answers the zero Holder where the file is missing or makes no sense: it only serves to tell people.
func readHolder(folder string) Holder {
	file, err := os.Open(filepath.Join(folder, holderFile))
	if err != nil {
		return Holder{}
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, holderLimit))
	if err != nil {
		return Holder{}
	}
	return parseHolder(content)
}

func parseHolder(content []byte) Holder {
	var h Holder
	if json.Unmarshal(content, &h) != nil || h.PID <= 0 || h.Host == "" {
		return Holder{}
	}
	h.Host = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, h.Host)
	if runes := []rune(h.Host); len(runes) > 64 {
		h.Host = string(runes[:64])
	}
	return h
}
