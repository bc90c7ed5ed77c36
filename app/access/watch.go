package access

import (
	"context"
	"iter"

	"wardbook/data"
)

// heardInFull are the tables whose records travel with an event, for screens that take them in without another look. Of all others a screen hears
// which record changed, and reads it if it may.
var heardInFull = map[TableName]bool{TablePatients: true, TableAppointments: true, TableOrders: true, TableHouse: true}

// ofOnePatient are the tables whose records are kept under the patient's own id.
var ofOnePatient = map[TableName]bool{TablePatients: true, TablePhotos: true}

// addressed are the tables whose records are for somebody: nobody else hears of them. Without a test (Address) nobody does.
var addressed = map[TableName]func(c data.Change, who UserID, roles Roles) bool{TableNotices: nil}

// Address tells the door whom a record of a table is for. The package that keeps the table calls it once, before anything is opened.
func Address(table TableName, isFor func(c data.Change, who UserID, roles Roles) bool) {
	addressed[table] = isFor
}

// Watch gives what is committed after the entry named, in order, as far as this session may know of it: which records changed, of tables that its
// roles read; the records themselves only where screens need them, and never of a confidential patient for whom no reason was stated; whom
// it was about never, and why only to whoever may read the audit. Entries of which nothing is left are left out, and so is everything while the desk is
// locked: whoever unlocks it reads anew. A role that is lost counts at once. It ends with ctx, or when the session has ended.
func (s *Session) Watch(ctx context.Context, after data.Seq) iter.Seq2[data.Entry, error] {
	return func(yield func(data.Entry, error) bool) {
		if s == nil {
			return
		}
		for entry, err := range s.door.store.Watch(ctx, after) {
			if err == nil {
				err = s.hearsOfItself(ctx, entry)
			}
			if err != nil {
				yield(data.Entry{}, err)
				return
			}
			ended, resting := s.rests()
			if ended {
				return
			}
			if resting {
				continue
			}
			if entry = s.hears(ctx, entry); len(entry.Records) > 0 && !yield(entry, nil) {
				return
			}
		}
	}
}

// rests tells whether the session has ended, and whether it may hear nothing just now.
func (s *Session) rests() (ended, resting bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ended, s.locked || s.overtime()
}

// own tells whether a change is of the account of the person whose session it is.
func (s *Session) own(c data.Change) bool {
	return c.Table == users.Def().Number && c.ID == s.user.RecordID()
}

// hearsOfItself takes in what an entry says of the person's own account, before anything else is heard. The book is asked and not the entry: that
// may be an old one.
func (s *Session) hearsOfItself(ctx context.Context, e data.Entry) error {
	if s.who == data.System {
		return nil
	}
	for _, c := range e.Records {
		if !s.own(c) {
			continue
		}
		return s.door.store.View(ctx, func(tx data.Tx) error {
			row, err := users.Get(tx, s.user)
			if err == nil {
				s.takeIn(row.Value)
			}
			return err
		})
	}
	return nil
}

// hears takes out of an entry what this session may not know.
func (s *Session) hears(ctx context.Context, e data.Entry) data.Entry {
	roles := s.Roles()
	may, hidden := readable(roles), s.hidden(ctx, e)
	kept := make([]data.Change, 0, len(e.Records))
	for _, c := range e.Records {
		table := s.door.tableName(c.Table)
		if !may[table] && !s.own(c) {
			continue
		}
		if isFor, some := addressed[table]; some && (isFor == nil || !isFor(c, s.user, roles)) {
			continue
		}
		if !heardInFull[table] || ofOnePatient[table] && hidden[c.ID] {
			c.Record.Body = nil
		}
		kept = append(kept, c)
	}
	e.Records, e.Attachments, e.Cause.About = kept, nil, nil
	if !Allows(ActAuditRead, roles) {
		e.Cause.Why = ""
	}
	return e
}

// hidden gives the patients of an entry whom this session may not open without stating a reason; all of them where the book can't be asked.
func (s *Session) hidden(ctx context.Context, e data.Entry) map[data.ID]bool {
	hidden := map[data.ID]bool{}
	if s.who == data.System {
		return hidden
	}
	for _, c := range e.Records {
		if ofOnePatient[s.door.tableName(c.Table)] {
			hidden[c.ID] = true
		}
	}
	if len(hidden) == 0 {
		return hidden
	}
	err := s.door.store.View(ctx, func(tx data.Tx) error {
		for id := range hidden {
			hidden[id] = s.mayOpen(tx, []data.ID{id}) != nil
		}
		return nil
	})
	if err != nil {
		for id := range hidden {
			hidden[id] = true
		}
	}
	return hidden
}
