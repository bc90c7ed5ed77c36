package notice

import (
	"context"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/data"
)

// ID names a notice.
type ID = data.Ref[Notice]

// Kind says what a notice is about. It is stored: never change one.
type Kind string

// The kinds.
const (
	KindFailures Kind = "signin.failures" // many wrong passwords for one name
	KindReason   Kind = "patient.reason"  // a confidential patient was opened for a stated reason
	KindRecovery Kind = "recovery"        // the recovery key was used or renewed

	KindAdmission Kind = "stay.admission" // somebody was admitted under this doctor's care
	KindHandover  Kind = "stay.handover"  // somebody who is in came under this doctor's care
)

// Weight says how loud a notice is.
type Weight uint8

// The weights.
const (
	Normal Weight = iota
	Important
)

// Notice is one of them: for a person, or for everybody who holds a role.
type Notice struct {
	Kind    Kind              `cbor:"1,keyasint"`
	Weight  Weight            `cbor:"2,keyasint,omitempty"`
	To      access.UserID     `cbor:"3,keyasint,omitempty"` // zero: to the role
	Role    access.Roles      `cbor:"4,keyasint,omitempty"`
	Patient data.ID           `cbor:"5,keyasint,omitempty"` // whom it is about
	Args    map[string]string `cbor:"6,keyasint,omitempty"` // of its sentence
	At      time.Time         `cbor:"7,keyasint"`
	// By and DoneAt are who acknowledged it and when; zero while it waits.
	By     access.UserID `cbor:"8,keyasint,omitempty"`
	DoneAt time.Time     `cbor:"9,keyasint,omitempty"`
}

// Waits tells whether nobody has acknowledged it.
func (n Notice) Waits() bool { return n.DoneAt.IsZero() }

// For tells whether it is this person's.
func (n Notice) For(who access.UserID, roles access.Roles) bool {
	if !n.To.IsZero() {
		return n.To == who
	}
	return n.Role != 0 && roles.Any(n.Role)
}

var notices = data.NewTable[ID, Notice](data.TableSpec[Notice]{Number: 21, Name: string(access.TableNotices)})

// waiting finds what nobody has acknowledged, by whom it is for, the newest first.
var waiting = data.NewIndex(notices, data.IndexSpec[ID, Notice, struct{}]{Number: 1, Name: "waiting", Version: 1,
	Keys: func(r data.Row[ID, Notice]) []data.Key {
		if !r.Value.Waits() {
			return nil
		}
		return []data.Key{data.Encode(r.Value.audience(), data.Desc{Part: r.Value.At})}
	}})

func (n Notice) audience() string {
	if !n.To.IsZero() {
		return n.To.String()
	}
	return n.Role.Code()
}

// Tables are the tables of this package, for the schema.
func Tables() []*data.TableDef { return []*data.TableDef{notices.Def()} }

// Row is a notice as stored.
type Row = data.Row[ID, Notice]

// Tx is the transaction in which a notice is posted.
type Tx = data.Tx

// Post writes a notice in the transaction of its cause.
func Post(tx Tx, n Notice) error {
	fresh, err := uuid.NewV7()
	if err != nil {
		return err
	}
	n.At = tx.Time()
	_, err = notices.Insert(tx, ID(fresh), n)
	return err
}

// most is how many waiting notices are listed; more than that nobody reads.
const most = 200

// Waiting gives the person's notices that nobody has acknowledged, the newest first, those to the person before those to a role.
func Waiting(ctx context.Context, s *access.Session) (rows []Row, err error) {
	err = s.View(ctx, access.Deed{Action: access.ActNoticeList}, func(tx data.Tx) error {
		rows = nil
		audiences := []string{s.Who().String()}
		for _, role := range s.Roles().Each() {
			audiences = append(audiences, role.Code())
		}
		for _, a := range audiences {
			for row, err := range waiting.Rows(tx, data.Within(a)) {
				if err != nil {
					return err
				}
				if rows = append(rows, row); len(rows) == most {
					return nil
				}
			}
		}
		return nil
	})
	return rows, err
}

// Acknowledge says that somebody has taken notice. Doing it twice changes nothing. Forbidden where it is somebody else's.
func Acknowledge(ctx context.Context, s *access.Session, operation uuid.UUID, id ID) error {
	_, err := s.Update(ctx, access.Deed{Action: access.ActNoticeAck, Operation: operation}, func(tx data.Tx) error {
		row, err := notices.Get(tx, id)
		if err != nil || !row.Value.Waits() {
			return err
		}
		n := row.Value
		if !n.For(s.Who(), s.Roles()) {
			return data.Fail(data.Forbidden, "notice.acknowledge", data.Say("notice.others", "This notice is for somebody else."), nil)
		}
		n.By, n.DoneAt = s.Who(), tx.Time()
		_, err = notices.Update(tx, id, row.Version, n)
		return err
	})
	return err
}

// Changed tells whether an entry has something new for the bell.
func Changed(e data.Entry) bool {
	for _, c := range e.Records {
		if c.Table == notices.Def().Number {
			return true
		}
	}
	return false
}

// Says is the notice as a sentence.
func (n Notice) Says() data.Message {
	arg := func(name string) string { return n.Args[name] }
	switch n.Kind {
	case KindFailures:
		return data.Say("notice.failures", "Somebody entered a wrong password {{.Count}} times in a row for {{.Name}}.", "Count", arg("count"), "Name", arg("name"))
	case KindReason:
		return data.Say("notice.reason", "{{.Name}} opened a confidential patient. The stated reason is under Confidential records.", "Name", arg("name"))
	case KindRecovery:
		return data.Say("notice.recovery", "The recovery key was used or renewed by {{.Name}}. If you don't know of it, ask at once.", "Name", arg("name"))
	case KindAdmission:
		return data.Say("notice.admission", "A patient was admitted under your care: {{.Ward}}, room {{.Room}}, bed {{.Bed}}.", "Ward", arg("ward"), "Room", arg("room"), "Bed", arg("bed"))
	case KindHandover:
		return data.Say("notice.handover", "A patient came under your care: {{.Ward}}, room {{.Room}}, bed {{.Bed}}.", "Ward", arg("ward"), "Room", arg("room"), "Bed", arg("bed"))
	}
	if m, ok := n.aboutAppointments(); ok {
		return m
	}
	return data.Say("notice.unknown", "A newer Wardbook wrote this notice. Update Wardbook on this computer to read it.")
}
