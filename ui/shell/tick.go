package shell

import (
	"time"

	"wardbook/ui/kit"
)

// Touch says that the person did something in the program.
func (b *Bench) Touch() {
	if b.o.Touched != nil {
		b.o.Touched()
	}
}

// Tick is called once a second while the place of work is shown: left is how long until the desk locks.
func (b *Bench) Tick(left time.Duration) {
	b.frame.status.showLock(left)
	b.frame.status.refresh()
}

// KeySection is a part of the page of keys.
type KeySection struct {
	Title kit.Sentence
	Keys  []kit.Command
}

// sectionsOf are the keys of this moment: the page's, then the window's.
func sectionsOf(p *pane, everywhere []kit.Command) []KeySection {
	var sections []KeySection
	if p.screen != nil {
		sections = append(sections, KeySection{p.screen.Title(), withKeys(p.screen.Commands())})
	}
	return append(sections, KeySection{kit.Say("shell.everywhere", "Everywhere"), withKeys(once(everywhere))})
}

func withKeys(commands []kit.Command) []kit.Command {
	var with []kit.Command
	for _, c := range commands {
		if c.Key != "" {
			with = append(with, c)
		}
	}
	return with
}
