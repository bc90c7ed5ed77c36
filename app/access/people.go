package access

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/google/uuid"

	"wardbook/data"
)

// What changes people. The book is written first and the key files second: what breaks off in between leaves a person who
// can't sign in yet, or a slot of somebody whom the door turns away, never somebody who is let in unknown to the book. Repair sets right what a
// power cut left.

// Users gives everybody who works or worked here, by name.
func Users(ctx context.Context, s *Session) (all []UserRow, err error) {
	return everybody(ctx, s, ActUserList)
}

func everybody(ctx context.Context, s *Session, action Action) (all []UserRow, err error) {
	err = s.View(ctx, Deed{Action: action}, func(tx data.Tx) error {
		all = nil
		for row, err := range users.All(tx, data.Span{}) {
			if err != nil {
				return err
			}
			all = append(all, row)
		}
		return nil
	})
	slices.SortFunc(all, func(a, b UserRow) int {
		return strings.Compare(FoldName(a.Value.Name)+a.ID.String(), FoldName(b.Value.Name)+b.ID.String())
	})
	return all, err
}

// Colleague is what everybody may know of everybody: for 'who wrote this'.
type Colleague struct {
	ID         UserID
	Name       string
	Roles      Roles
	Speciality string
	Inactive   bool
}

// Staff gives the names of all colleagues, those who have left too.
func Staff(ctx context.Context, s *Session) ([]Colleague, error) {
	rows, err := everybody(ctx, s, ActStaff)
	all := make([]Colleague, 0, len(rows))
	for _, r := range rows {
		all = append(all, Colleague{r.ID, r.Value.Name, r.Value.Roles, r.Value.Speciality, r.Value.Inactive})
	}
	return all, err
}

// ReadUser gives one person.
func ReadUser(ctx context.Context, s *Session, id UserID) (row UserRow, err error) {
	err = s.View(ctx, Deed{Action: ActUserOpen}, func(tx data.Tx) error {
		row, err = users.Get(tx, id)
		return err
	})
	return row, err
}

// UserHistory gives every version of a person's account, oldest first, with who changed it and when.
func UserHistory(ctx context.Context, s *Session, id UserID) (rows []UserRow, err error) {
	versions, err := s.History(ctx, Deed{Action: ActUserOpen}, users.Def(), id.RecordID())
	for _, v := range versions {
		row, err := users.Row(id.RecordID(), v.Record)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, err
}

// AddUser lets another person sign in, with a password that has to be changed at the first sign-in. Invalid on the field that is
// wrong: name, signin, roles, email, phone, password; Conflict on signin where somebody has it, also somebody who has left.
func AddUser(ctx context.Context, s *Session, operation uuid.UUID, u User, password string) (id UserID, err error) {
	hospital, region := s.knows()
	u.MustChange, u.Inactive = true, false
	if err := u.check(region); err != nil {
		return id, err
	}
	if err := s.Rules().CheckPassword(password, u.Name, u.SignIn, hospital); err != nil {
		return id, err
	}
	fresh, err := uuid.NewV7()
	if err != nil {
		return id, err
	}
	id = UserID(fresh)
	entry, err := s.Update(ctx, Deed{Action: ActUserAdd, Operation: operation}, func(tx data.Tx) error {
		_, err := users.Insert(tx, id, u)
		return err
	})
	if err != nil {
		return id, err
	}
	for e, err := range users.Events(entry) { // of the first try, where this is a second one
		if err != nil {
			return id, err
		}
		id = e.Row.ID
	}
	return id, s.door.setPassword(u.SignIn, password)
}

// setPassword gives a person a slot, or a new one.
func (d *Door) setPassword(signIn, password string) error {
	if d.keys.Has(signIn) {
		return d.keys.Reset(signIn, password)
	}
	return d.keys.Add(signIn, password)
}

// ChangeUser changes a person's account, but for the sign-in name. Invalid and Conflict as for AddUser; Conflict where somebody else
// changed it since it was read (*data.Stale), and where it would leave nobody as administrator.
func ChangeUser(ctx context.Context, s *Session, operation uuid.UUID, id UserID, seen uint64, u User) error {
	_, region := s.knows()
	if err := u.check(region); err != nil {
		return err
	}
	_, err := s.Update(ctx, Deed{Action: ActUserChange, Operation: operation}, func(tx data.Tx) error {
		old, err := users.Get(tx, id)
		if err != nil {
			return err
		}
		u.SignIn, u.Inactive, u.MustChange = old.Value.SignIn, old.Value.Inactive, old.Value.MustChange
		if _, err := users.Update(tx, id, seen, u); err != nil {
			return err
		}
		return oneAdministratorLeft(tx)
	})
	return err
}

// Deactivate ends a person's access and keeps all that the person wrote, with the name. The slot goes and the hospital gets a new master key. Conflict: it
// is the last administrator.
func Deactivate(ctx context.Context, s *Session, operation uuid.UUID, id UserID, seen uint64, why string) error {
	var signIn string
	_, err := s.Update(ctx, Deed{Action: ActUserDeactivate, Why: tidy(why), Operation: operation}, func(tx data.Tx) error {
		row, err := users.Get(tx, id)
		if err != nil {
			return err
		}
		u := row.Value
		u.Inactive, signIn = true, u.SignIn
		if _, err := users.Update(tx, id, seen, u); err != nil {
			return err
		}
		return oneAdministratorLeft(tx)
	})
	if err != nil {
		return err
	}
	if signIn == "" { // a second try of what the first did
		row, err := ReadUser(ctx, s, id)
		if err != nil {
			return err
		}
		signIn = row.Value.SignIn
	}
	return s.door.removeSlot(signIn)
}

func (d *Door) removeSlot(signIn string) error {
	if !d.keys.Has(signIn) {
		return nil
	}
	return d.keys.Remove(signIn)
}

// Reactivate lets a person sign in again, with a one-time password.
func Reactivate(ctx context.Context, s *Session, operation uuid.UUID, id UserID, seen uint64, oneTime string) error {
	return renew(ctx, s, ActUserReactivate, operation, id, seen, oneTime)
}

// Reset gives a person who forgot the password a one-time password. The next sign-in asks for a new one.
func Reset(ctx context.Context, s *Session, operation uuid.UUID, id UserID, seen uint64, oneTime string) error {
	return renew(ctx, s, ActUserReset, operation, id, seen, oneTime)
}

func renew(ctx context.Context, s *Session, action Action, operation uuid.UUID, id UserID, seen uint64, oneTime string) error {
	hospital, _ := s.knows()
	row, err := ReadUser(ctx, s, id)
	if err != nil {
		return err
	}
	if err := s.Rules().CheckPassword(oneTime, row.Value.Name, row.Value.SignIn, hospital); err != nil {
		return err
	}
	_, err = s.Update(ctx, Deed{Action: action, Operation: operation}, func(tx data.Tx) error {
		row, err := users.Get(tx, id)
		if err != nil {
			return err
		}
		u := row.Value
		if u.Inactive != (action == ActUserReactivate) {
			return anotherState()
		}
		u.Inactive, u.MustChange = false, true
		_, err = users.Update(tx, id, seen, u)
		return err
	})
	if err != nil {
		return err
	}
	// Where this is a second try of what the first did in the book, the account may have been deactivated since.
	if row, err = ReadUser(ctx, s, id); err != nil {
		return err
	}
	if row.Value.Inactive {
		return anotherState()
	}
	return s.door.setPassword(row.Value.SignIn, oneTime)
}

func anotherState() error {
	return data.Fail(data.Conflict, "access.renew", data.Say("access.user.state",
		"This account is in another state than it was a moment ago. Look at it again."), nil)
}

// oneAdministratorLeft fails a transaction after which nobody could administer the hospital. Somebody who has never set a password does not count: the
// one-time password may be lost.
func oneAdministratorLeft(tx data.Tx) error {
	for row, err := range users.All(tx, data.Span{}) {
		if err != nil {
			return err
		}
		if row.Value.Roles.Has(Administrator) && !row.Value.Inactive && !row.Value.MustChange {
			return nil
		}
	}
	return data.Fail(data.Conflict, "access.administrator", data.Say("access.user.last",
		"This is the last administrator. Make somebody else administrator first."), nil).On("roles")
}

// Repair takes away the slots of people who were deactivated while the power went. For the program's own session, at a start.
func Repair(ctx context.Context, machine *Session) error {
	all, err := everybody(ctx, machine, ActUserList)
	if err != nil {
		return err
	}
	for _, u := range all {
		if u.Value.Inactive {
			err = errors.Join(err, machine.door.removeSlot(u.Value.SignIn))
		}
	}
	return err
}

// Found writes the first administrator of a new hospital, in the transaction that sets it up.
func Found(tx data.Tx, u User, region string) (UserID, error) {
	u.Roles |= Administrator
	return FoundAs(tx, u, region)
}

// FoundAs writes a person of any role in the transaction that sets a hospital up: the staff of the demo hospital.
func FoundAs(tx data.Tx, u User, region string) (UserID, error) {
	if err := u.check(region); err != nil {
		return UserID{}, err
	}
	fresh, err := uuid.NewV7()
	if err != nil {
		return UserID{}, err
	}
	row, err := users.Insert(tx, UserID(fresh), u)
	return row.ID, err
}

// CheckUser says what is wrong with a person's texts, without writing: for forms that come before there is a hospital.
func CheckUser(u *User, region string) error { return u.check(region) }

// NewRecovery makes a new recovery key, ends the one before, and gives it, to be shown once. effect writes the administrators' notice. A key
// with an error: the disk failed so that either key may be the one in force.
func NewRecovery(ctx context.Context, s *Session, effect func(data.Tx) error) (string, error) {
	if _, err := s.Update(ctx, Deed{Action: ActNewRecovery}, effect); err != nil {
		return "", err
	}
	return s.door.keys.NewRecovery()
}

// Recover gives an administrator a new password on the strength of the recovery key, for the program's own session. effect writes the notice of it, in the
// same transaction. Invalid on signin, where the name is no active administrator's, or on password.
func Recover(ctx context.Context, machine *Session, signIn, password string, effect func(tx data.Tx, name string) error) error {
	hospital, _ := machine.knows()
	var u User
	_, err := machine.Update(ctx, Deed{Action: ActRecovery}, func(tx data.Tx) error {
		row, err := bySignIn.Get(tx, FoldName(signIn))
		if data.Is(err, data.NotFound) || err == nil && (row.Value.Inactive || !row.Value.Roles.Has(Administrator)) {
			return data.Fail(data.Invalid, "access.recover", data.Say("access.recover.name",
				"No administrator signs in under this name. The recovery key gives an administrator a new password."), err).On("signin")
		}
		if err != nil {
			return err
		}
		u = row.Value
		if err := machine.Rules().CheckPassword(password, u.Name, u.SignIn, hospital); err != nil {
			return err
		}
		u.MustChange = false
		if _, err := users.Update(tx, row.ID, row.Version, u); err != nil {
			return err
		}
		return effect(tx, u.Name)
	})
	if err != nil {
		return err
	}
	return machine.door.setPassword(u.SignIn, password)
}

// Settle writes a person with a password that is for good, for the program's own session: the staff of an invented hospital.
func Settle(ctx context.Context, machine *Session, u User, password string) error {
	hospital, region := machine.knows()
	if err := machine.Rules().CheckPassword(password, u.Name, u.SignIn, hospital); err != nil {
		return err
	}
	_, err := machine.Update(ctx, Deed{Action: ActHouseSetUp}, func(tx data.Tx) error {
		_, err := FoundAs(tx, u, region)
		return err
	})
	if err != nil {
		return err
	}
	return machine.door.setPassword(u.SignIn, password)
}
