package access

import (
	"context"
	"time"

	"github.com/google/uuid"

	"wardbook/data"
)

// Rules are the hospital's rules of security, as far as it may set them.
type Rules struct {
	LockMinutes  int `cbor:"1,keyasint"` // idle minutes until a desk locks, 1 to 15
	SignOutHours int `cbor:"2,keyasint"` // hours until a session ends whatever happens, 1 to 24
	MinPassword  int `cbor:"3,keyasint"` // characters, 15 to 64
}

// UsualRules hold where the hospital has set none. NIST SP 800-63B-4 asks for 15 characters where the password is the only
// factor; OWASP for 2 to 5 idle minutes where much is at stake.
var UsualRules = Rules{LockMinutes: 5, SignOutHours: 12, MinPassword: LeastPassword}

// Limits of the rules.
const (
	LeastLock, MostLock         = 1, 15
	LeastSignOut, MostSignOut   = 1, 24
	LeastPassword, MostPassword = 15, 64 // a hospital may ask for more than 15, never for more than 64
)

type rulesKey string

func (k rulesKey) RecordID() data.ID                       { return data.ID(k) }
func (rulesKey) FromRecordID(id data.ID) (rulesKey, error) { return rulesKey(id), nil }

const theRules rulesKey = "rules"

var rules = data.NewTable[rulesKey, Rules](data.TableSpec[Rules]{Number: 17, Name: string(TableRules)})

// RulesRow is the rules with the version to change them by; version 0: the usual ones.
type RulesRow struct {
	Version uint64
	Rules
}

// Lock is the idle time after which a desk locks.
func (r Rules) Lock() time.Duration { return time.Duration(r.LockMinutes) * time.Minute }

// Length is the longest that a session lasts.
func (r Rules) Length() time.Duration { return time.Duration(r.SignOutHours) * time.Hour }

func readRules(tx data.Tx) (RulesRow, error) {
	row, err := rules.Get(tx, theRules)
	if data.Is(err, data.NotFound) {
		return RulesRow{Rules: UsualRules}, nil
	}
	return RulesRow{row.Version, row.Value}, err
}

func (r Rules) check() error {
	between := func(field string, value, least, most int) error {
		if value >= least && value <= most {
			return nil
		}
		return data.Fail(data.Invalid, "access.rules", data.Say("access.rules.between",
			"Enter a number from {{.Least}} to {{.Most}}.", "Least", least, "Most", most), nil).On(field)
	}
	if err := between("lock", r.LockMinutes, LeastLock, MostLock); err != nil {
		return err
	}
	if err := between("signout", r.SignOutHours, LeastSignOut, MostSignOut); err != nil {
		return err
	}
	return between("password", r.MinPassword, LeastPassword, MostPassword)
}

// ReadRules gives the rules in force.
func ReadRules(ctx context.Context, s *Session) (r RulesRow, err error) {
	err = s.View(ctx, Deed{Action: ActPolicyRead}, func(tx data.Tx) error {
		r, err = readRules(tx)
		return err
	})
	return r, err
}

// ChangeRules sets them. Invalid on lock, signout or password; Conflict where somebody else changed them since they were read.
func ChangeRules(ctx context.Context, s *Session, operation uuid.UUID, seen uint64, r Rules) error {
	if err := r.check(); err != nil {
		return err
	}
	_, err := s.Update(ctx, Deed{Action: ActRulesChange, Operation: operation}, func(tx data.Tx) error {
		var err error
		if seen == 0 {
			_, err = rules.Insert(tx, theRules, r)
		} else {
			_, err = rules.Update(tx, theRules, seen, r)
		}
		return err
	})
	if err == nil {
		s.door.rulesChanged(r)
	}
	return err
}
