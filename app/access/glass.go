package access

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"wardbook/data"
)

// Patient is the identity of a patient as the door needs it: the record's id.
type Patient data.ID

// RecordID is the id itself.
func (p Patient) RecordID() data.ID { return data.ID(p) }

// FromRecordID is the way back.
func (Patient) FromRecordID(id data.ID) (Patient, error) { return Patient(id), nil }

// Mark says that a patient is confidential.
type Mark struct {
	Why string `cbor:"1,keyasint"`
}

// confidential has a record for each patient so marked.
var confidential = data.NewTable[Patient, Mark](data.TableSpec[Mark]{Number: 18, Name: string(TableConfidential)})

// Glass is one reason for which somebody opened a confidential patient. It holds for that patient until the session ends.
type Glass struct {
	Patient data.ID   `cbor:"1,keyasint"`
	User    UserID    `cbor:"2,keyasint"`
	At      time.Time `cbor:"3,keyasint"`
	Why     string    `cbor:"4,keyasint"`
	// Reference is the patient's hospital number: what an administrator can ask staff about, who see no name.
	Reference string `cbor:"5,keyasint,omitempty"`
}

// glassKey is the patient and the session: 16 bytes of the session behind the patient's id.
type glassKey string

func (k glassKey) RecordID() data.ID                       { return data.ID(k) }
func (glassKey) FromRecordID(id data.ID) (glassKey, error) { return glassKey(id), nil }

var glass = data.NewTable[glassKey, Glass](data.TableSpec[Glass]{Number: 19, Name: string(TableGlass)})

var glassByTime = data.NewIndex(glass, data.IndexSpec[glassKey, Glass, Glass]{Number: 1, Name: "by time", Version: 1,
	Keys: func(r data.Row[glassKey, Glass]) []data.Key {
		return []data.Key{data.Encode(data.Desc{Part: r.Value.At})}
	},
	Cover: func(r data.Row[glassKey, Glass]) Glass { return r.Value }})

// ErrConfidential is the cause of a Forbidden that a stated reason (BreakGlass) lifts.
var ErrConfidential = errors.New("confidential: a reason has to be stated")

func needsReason() error {
	return data.Fail(data.Forbidden, "access.door", data.Say("access.confidential",
		"This patient is marked as confidential. State why you need to open the record; the reason is kept and shown to the administrators."), ErrConfidential)
}

// Limits of a stated reason, in characters.
const (
	LeastReason = 5
	mostReason  = 1000
)

// CheckReason cleans a stated reason; Invalid on field "why".
func CheckReason(why string) (string, error) {
	why = tidy(why)
	n := utf8.RuneCountInString(why)
	if n < LeastReason || n > mostReason || !strings.ContainsFunc(why, isLetter) {
		return "", data.Fail(data.Invalid, "access.reason", data.Say("access.reason.short",
			"State the reason in a few words, so that others can understand it later."), nil).On("why")
	}
	return why, nil
}

// BreakGlass states why this person needs to open a confidential patient. The reason is in the book before the patient is shown;
// effect gives the patient's hospital number, and writes, in the same transaction, what follows from the reason (the administrators' notice). Where the disk is too full to write, the reason
// is kept as a look, and reading goes on: a full disk must not stand between a doctor and a patient.
func (s *Session) BreakGlass(ctx context.Context, operation uuid.UUID, patient data.ID, why string, effect func(data.Tx) (reference string, err error)) error {
	why, err := CheckReason(why)
	if err != nil {
		return err
	}
	if s == nil {
		return nobody()
	}
	deed := Deed{Action: ActGlassBreak, About: []data.ID{patient}, Why: why, Operation: operation}
	session := s.session()
	key := keyOfGlass(patient, session)
	_, err = s.Update(ctx, deed, func(tx data.Tx) error {
		_, err := glass.Get(tx, key)
		if !data.Is(err, data.NotFound) {
			return err
		}
		reference, err := effect(tx)
		if err != nil {
			return err
		}
		_, err = glass.Insert(tx, key, Glass{Patient: patient, User: s.user, At: tx.Time(), Why: why, Reference: reference})
		return err
	})
	if err == nil {
		s.lift(patient, session)
		return nil
	}
	if !data.Is(err, data.Unavailable) || errors.Is(err, data.ErrUnknown) || errors.Is(err, errOver) {
		return err
	}
	cause := s.cause(deed)
	if lookErr := s.door.store.Look(ctx, cause); lookErr != nil {
		return err
	}
	s.lift(patient, session)
	return nil
}

// lift lets a patient be opened in the session in which the reason was stated, not in one that has begun anew meanwhile.
func (s *Session) lift(patient data.ID, session uuid.UUID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.id == session {
		s.lifted[patient] = true
	}
}

// session is what reasons are kept under: another one after each beginning.
func (s *Session) session() uuid.UUID {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.id
}

// HasStated tells whether this session has stated a reason for a confidential patient: what a list may then show. What may be opened
// the transaction decides.
func (s *Session) HasStated(patient data.ID) bool { return s != nil && s.hasLifted(patient) }

func keyOfGlass(patient data.ID, session uuid.UUID) glassKey {
	return glassKey(string(patient) + string(session[:]))
}

// mayOpen tells, inside a transaction, whether none of the patients asks for a reason that this session has not stated.
func (s *Session) mayOpen(tx data.Tx, patients []data.ID) error {
	for _, p := range patients {
		marked, err := IsConfidential(tx, p)
		if err != nil {
			return err
		}
		if !marked || s.hasLifted(p) {
			continue
		}
		if _, err := glass.Get(tx, keyOfGlass(p, s.session())); data.Is(err, data.NotFound) {
			return needsReason()
		} else if err != nil {
			return err
		}
	}
	return nil
}

func (s *Session) hasLifted(p data.ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lifted[p]
}

// IsConfidential tells whether a patient is so marked, in a transaction that may read the marks.
func IsConfidential(tx data.Tx, patient data.ID) (bool, error) {
	_, err := confidential.Get(tx, Patient(patient))
	if data.Is(err, data.NotFound) {
		return false, nil
	}
	return err == nil, err
}

// SetConfidential puts or takes away the mark, in a transaction of an action that may (ActPatientConfidential).
func SetConfidential(tx data.Tx, patient data.ID, marked bool, why string) error {
	row, err := confidential.GetDeleted(tx, Patient(patient))
	switch {
	case data.Is(err, data.NotFound) && !marked:
		return nil
	case data.Is(err, data.NotFound):
		_, err = confidential.Insert(tx, Patient(patient), Mark{Why: why})
		return err
	case err != nil:
		return err
	case marked == !row.Deleted:
		return nil
	case marked:
		_, err = confidential.Restore(tx, Patient(patient), row.Version)
		return err
	}
	_, err = confidential.Delete(tx, Patient(patient), row.Version)
	return err
}

// Reasons gives the stated reasons, newest first, at most limit.
func Reasons(ctx context.Context, s *Session, limit int) (reasons []Glass, err error) {
	err = s.View(ctx, Deed{Action: ActGlassList}, func(tx data.Tx) error {
		reasons = nil
		for hit, err := range glassByTime.Scan(tx, data.Span{}) {
			if err != nil {
				return err
			}
			if reasons = append(reasons, hit.Cover); len(reasons) == limit {
				return nil
			}
		}
		return nil
	})
	return reasons, err
}
