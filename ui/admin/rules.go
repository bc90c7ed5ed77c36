package admin

import (
	"strconv"
	"strings"
	"time"

	"wardbook/app/access"
	"wardbook/ui/kit"
)

// passages say the rules in force, and what this version does not do.
func passages(r access.Rules) []passage {
	about := func(heading kit.Sentence, lines ...kit.Sentence) passage {
		p := passage{heading: heading.Text()}
		for _, line := range lines {
			p.lines = append(p.lines, line.Text())
		}
		return p
	}
	return []passage{
		about(kit.Say("policy.rules.desk", "Locking and signing out"),
			kit.Say("policy.rules.lock", "A desk locks after {{.Minutes}} minutes without activity. The password opens it again.", "Minutes", r.LockMinutes),
			kit.Say("policy.rules.signout", "A session ends {{.Hours}} hours after signing in, whatever happens.", "Hours", r.SignOutHours)),
		about(kit.Say("policy.rules.passwords", "Passwords"),
			kit.Say("policy.rules.least", "A password has at least {{.Least}} characters.", "Least", max(r.MinPassword, access.LeastPassword)),
			kit.Say("policy.rules.composition", "There are no rules about digits, capitals or signs, and no password has to be changed because time has passed."),
			kit.Say("policy.rules.blocklist", "Refused are common passwords, repeats, rows of keys, and the names of the person and the hospital."),
			kit.Say("policy.rules.onetime", "A password that an administrator gave has to be changed at the first sign-in."),
			delays(),
			kit.Say("policy.rules.stop", "At {{.Notice}} wrong passwords in a row the administrators are told. At {{.Stop}} the name is stopped until an administrator gives a one-time password.",
				"Notice", access.NoticeAt, "Stop", access.StopAt)),
		about(kit.Say("policy.rules.confidential", "Confidential patients"),
			kit.Say("policy.rules.reason", "Whoever opens a patient marked as confidential states a reason first. It is kept, and the administrators are told.")),
		about(kit.Say("policy.rules.retention", "Retention"),
			kit.Say("policy.rules.nothing", "Nothing is ever erased. What was changed keeps its earlier values, with who changed them and when."),
			kit.Say("policy.rules.people", "People who leave are deactivated, not deleted. What they wrote stays, with their name.")),
		about(kit.Say("policy.rules.keys", "Keys"),
			kit.Say("policy.rules.open", "The hospital's data is encrypted on the disk. The password of an active person opens it, and so does the recovery key."),
			kit.Say("policy.rules.removal", "When a person is deactivated, that person's key is destroyed and the hospital gets a new master key."),
			kit.Say("policy.rules.copies", "What a person copied while that was allowed stays readable to that person. No program can take it back.")),
		about(kit.Say("policy.rules.backups", "Backups"),
			kit.Say("policy.rules.none", "This version of Wardbook makes no backups by itself."),
			kit.Say("policy.rules.copy", "Copy the whole data folder to another disk regularly, while Wardbook is closed. A copy made while it runs may not open.")),
	}
}

// delays says how long one has to wait after wrong passwords, as the door counts it.
func delays() kit.Sentence {
	var free int
	var steps []string
	longest := time.Duration(0)
	for n := 1; n <= access.StopAt; n++ {
		d := access.Delay(n)
		switch {
		case d == 0:
			free = n
		case d > longest:
			steps = append(steps, strconv.Itoa(int(d/time.Second)))
			longest = d
		}
	}
	return kit.Say("policy.rules.delays", "From wrong password number {{.From}} in a row the next try has to wait: {{.Steps}} seconds and no longer.",
		"From", free+1, "Steps", strings.Join(steps, ", "))
}

// ruleDifferences are the rules in which those in force differ from those that are to be saved.
func ruleDifferences(read, theirs, mine access.Rules) []kit.Difference {
	var all []kit.Difference
	for _, f := range []struct {
		name  string
		label kit.Sentence
		of    func(access.Rules) int
	}{
		{"lock", kit.Say("policy.form.lock", "Lock a desk after"), func(r access.Rules) int { return r.LockMinutes }},
		{"signout", kit.Say("policy.form.signout", "End a session after"), func(r access.Rules) int { return r.SignOutHours }},
		{"password", kit.Say("policy.form.password", "A password has at least"), func(r access.Rules) int { return r.MinPassword }},
	} {
		if f.of(theirs) != f.of(mine) {
			all = append(all, kit.Difference{Name: f.name, Label: f.label, Yours: strconv.Itoa(f.of(mine)), Theirs: strconv.Itoa(f.of(theirs)),
				Base: strconv.Itoa(f.of(read)), HasBase: true})
		}
	}
	return all
}

// resolvedRules are theirs with what the person chose to keep of mine.
func resolvedRules(theirs, mine access.Rules, chosen map[string]kit.Side) access.Rules {
	r := theirs
	if chosen["lock"] == kit.Yours {
		r.LockMinutes = mine.LockMinutes
	}
	if chosen["signout"] == kit.Yours {
		r.SignOutHours = mine.SignOutHours
	}
	if chosen["password"] == kit.Yours {
		r.MinPassword = mine.MinPassword
	}
	return r
}
