package admin

import (
	"context"

	"wardbook/app/access"
	"wardbook/ui/kit"
)

// write saves an account over the version that was seen.
func (s *accountScreen) write(seen uint64, u access.User) {
	password := ""
	if s.password != nil {
		password = s.password.Text()
	}
	s.form.Enable(false)
	kit.Start(s.writing, func(ctx context.Context, _ func(func())) (access.UserID, error) {
		return s.account.save(ctx, seen, u, password)
	}, func(id access.UserID, err error) {
		s.form.Enable(true)
		s.save.Done()
		switch {
		case err == nil:
			s.saved(id, u, password)
		case stale(err) && !s.account.fresh():
			s.compare(u)
		default:
			refuse(s.form, s.host.Explain(err), err)
		}
	})
}

// saved leads to the person's page, over the one-time password where there is one.
func (s *accountScreen) saved(id access.UserID, u access.User, password string) {
	s.form.Keep()
	s.gone = true
	s.host.Tell(kit.Toast{Tone: kit.Good, Sentence: kit.Say("people.saved", "The account of {{.Name}} is saved.", "Name", u.Name)})
	host, desk := s.host, s.desk
	host.Replace(kit.Route{Place: PlacePeople, Page: pageOne, ID: id.String()})
	if password != "" {
		showOnce(host, desk, u, password, func() {})
	}
}

// compare shows what somebody else made of the account meanwhile beside what is to be saved, and saves what the person chooses.
func (s *accountScreen) compare(mine access.User) {
	read := s.account.stored
	kit.Start(s.reading, func(ctx context.Context, _ func(func())) (accountRead, error) { return s.account.load(ctx) },
		func(now accountRead, err error) {
			if err != nil {
				refuse(s.form, s.host.Explain(err), err)
				return
			}
			who := kit.Say("people.changed.full", "{{.Time}}, {{.Who}}", "Time", shortTime(now.row.ChangedAt, s.host.Now()),
				"Who", author(now.row.ChangedBy, namesOf(now.others))).Text()
			conflict := kit.NewConflict(who, differences(read.Value, now.row.Value, mine))
			if conflict.Agreed() {
				s.account.take(now)
				s.write(now.row.Version, mine)
				return
			}
			s.host.Ask(conflict.Dialog(kit.Say("people.conflict.title", "Somebody else changed this account too"),
				kit.Say("people.conflict", "Choose, field by field, what is to stay. Nothing has been saved yet."), func(chosen map[string]kit.Side) {
					s.account.take(now)
					s.write(now.row.Version, resolved(now.row.Value, mine, chosen))
				}))
		})
}
