package schedule

import (
	"time"

	"wardbook/app/term"
	"wardbook/data"
)

// Priority is how soon somebody has to be seen; smaller is sooner. It is stored: never change one.
type Priority uint8

// The priorities.
const (
	Emergency Priority = 1
	Urgent    Priority = 2
	Soon      Priority = 3
	Routine   Priority = 4
)

// Priorities gives all, the most urgent first.
func Priorities() []Priority { return []Priority{Emergency, Urgent, Soon, Routine} }

// Valid tells whether it is one.
func (p Priority) Valid() bool { return p >= Emergency && p <= Routine }

// Pressing priorities may take the places kept for urgent patients.
func (p Priority) Pressing() bool { return p == Emergency || p == Urgent }

// Text is the priority as people say it.
func (p Priority) Text() term.Text {
	switch p {
	case Emergency:
		return data.Say("schedule.priority.emergency", "Emergency")
	case Urgent:
		return data.Say("schedule.priority.urgent", "Urgent")
	case Soon:
		return data.Say("schedule.priority.soon", "Soon")
	}
	return data.Say("schedule.priority.routine", "Routine")
}

// Target is how long somebody who is there may wait to be seen: the target times of the Manchester Triage System for immediate, very urgent, urgent and
// standard.
func (p Priority) Target() time.Duration {
	switch p {
	case Emergency:
		return 0
	case Urgent:
		return 10 * time.Minute
	case Soon:
		return 60 * time.Minute
	}
	return 120 * time.Minute
}

// waitsFrom is when waiting begins to count: at once for who can't wait, otherwise not before the time that was agreed, so that coming early gains nothing.
func (p Priority) waitsFrom(arrived, agreed time.Time) time.Time {
	if p.Pressing() || arrived.After(agreed) {
		return arrived
	}
	return agreed
}
