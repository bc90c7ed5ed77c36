package frontdesk

import (
	"strings"

	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// choose asks what is to hold of what two people made of one patient at the same time.
func (s *formScreen) choose(w written, try saving, c *clash) {
	var differences []kit.Difference
	for _, d := range c.both() {
		differences = append(differences, kit.Difference{Name: d.Field, Label: kit.Of(d.Label), Yours: shown(d.Mine), Theirs: shown(d.Theirs), Base: shown(d.Base), HasBase: true})
	}
	at := shortTime(c.theirs.ChangedAt, s.host.Now())
	who := at
	if c.who != "" {
		who = kit.Say("patients.conflict.who", "{{.Who}}, {{.When}}", "Who", c.who, "When", at).Text()
	}
	consequence := kit.Say("patients.conflict", "While you were typing, somebody else saved this patient. Choose what is to hold; nothing is saved before.")
	if own := c.theirOwn(); len(own) > 0 {
		consequence = kit.Say("patients.conflict.also", "While you were typing, somebody else saved this patient. Choose what is to hold; nothing is saved before. What only the other person changed is kept: {{.Fields}}.",
			"Fields", labels(own))
	}
	view := kit.NewConflict(who, differences)
	s.host.Ask(view.Dialog(kit.Say("patients.conflict.title", "{{.Name}} was changed by two people", "Name", s.draft.base.Value.Name.Full()), consequence,
		func(sides map[string]kit.Side) {
			mine := map[string]bool{}
			for field, side := range sides {
				mine[field] = side == kit.Yours
			}
			if !s.save.Busy() {
				s.again(w, try.resolved(c, mine))
			}
		}))
}

// again saves what was chosen, with the button busy as for any other try.
func (s *formScreen) again(w written, try saving) {
	s.next = func() { s.run(w, try) }
	s.save.Press()
}

// mergedToast says what somebody else changed at the same time: it is in what was saved, and nobody was asked.
func mergedToast(o outcome) kit.Toast {
	who := o.merged.who
	if who == "" {
		who = kit.Say("patients.somebody", "somebody else").Text()
	}
	return kit.Toast{Tone: kit.Good, Sentence: kit.Say("patients.saved.merged", "Saved {{.Name}}. In the meantime {{.Who}} changed, and it is kept: {{.Fields}}",
		"Name", o.row.Value.Name.Full(), "Who", who, "Fields", labels(o.merged.theirOwn()))}
}

func labels(differences []patient.Difference) string {
	var all []string
	for _, d := range differences {
		all = append(all, kit.Of(d.Label).Text())
	}
	return strings.Join(all, ", ")
}

// shown is a text of a comparison; nothing is a dash.
func shown(t term.Text) string {
	if t.English == "" {
		return none
	}
	return kit.Of(t).Text()
}
