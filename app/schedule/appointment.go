package schedule

import (
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/data"
)

// ID names an appointment.
type ID = data.Ref[Appointment]

// Appointment is one patient at one resource at one time. It is moved and cancelled, never erased: the book keeps every version.
type Appointment struct {
	Patient  patient.ID `cbor:"1,keyasint"`
	Resource ResourceID `cbor:"2,keyasint"`
	Start    time.Time  `cbor:"3,keyasint"` // UTC
	Minutes  int        `cbor:"4,keyasint"` // whole slots
	// Reason is a short administrative word ("Follow-up"); nothing of anybody's health.
	Reason   string   `cbor:"5,keyasint,omitempty"`
	Priority Priority `cbor:"6,keyasint"`
	State    State    `cbor:"7,keyasint"`
	Moves    int      `cbor:"8,keyasint,omitempty"` // how often it was moved
	// Order is the test or treatment whose session this is; zero: a visit to a doctor.
	Order uuid.UUID `cbor:"9,keyasint,omitempty"`
	// ArrivedAt, CalledAt and DoneAt are when the patient came, was called in, and was done with; zero: not yet.
	ArrivedAt time.Time `cbor:"10,keyasint,omitempty"`
	CalledAt  time.Time `cbor:"11,keyasint,omitempty"`
	DoneAt    time.Time `cbor:"12,keyasint,omitempty"`
	// Why is the reason of a cancellation.
	Why string `cbor:"13,keyasint,omitempty"`
	// For is the doctor who ordered it and hears of it; zero for a visit, of which the doctor who is visited hears.
	For access.UserID `cbor:"14,keyasint"`
}

// End is the first instant behind it.
func (a Appointment) End() time.Time { return a.Start.Add(time.Duration(a.Minutes) * time.Minute) }

func (a Appointment) place() place {
	return place{a.Resource, a.Start, a.Minutes, spanOf(a.Priority, false)}
}

// Row is an appointment with the version to change it by.
type Row = data.Row[ID, Appointment]

// brief is an appointment as days and queues need it, without reading the record.
type brief struct {
	A       Appointment `cbor:"1,keyasint"`
	Version uint64      `cbor:"2,keyasint"`
}

func briefOf(r Row) brief { return brief{r.Value, r.Version} }

var appointments = data.NewTable[ID, Appointment](data.TableSpec[Appointment]{Number: 35, Name: string(access.TableAppointments)})

// byResource is the day of a doctor or a machine. Cancelled ones are not in it.
var byResource = data.NewIndex(appointments, data.IndexSpec[ID, Appointment, brief]{Number: 1, Name: "by resource", Version: 1, Cover: briefOf,
	Keys: func(r Row) []data.Key {
		if r.Value.State == Cancelled {
			return nil
		}
		return []data.Key{data.Encode(r.Value.Resource[:], r.Value.Start)}
	}})

// byPatient is all that a patient ever had.
var byPatient = data.NewIndex(appointments, data.IndexSpec[ID, Appointment, brief]{Number: 2, Name: "by patient", Version: 1, Cover: briefOf,
	Keys: func(r Row) []data.Key { return []data.Key{data.Encode(r.Value.Patient, r.Value.Start)} }})

// byOrder is the sessions of an order.
var byOrder = data.NewIndex(appointments, data.IndexSpec[ID, Appointment, brief]{Number: 3, Name: "by order", Version: 1, Cover: briefOf,
	Keys: func(r Row) []data.Key {
		if r.Value.Order == uuid.Nil {
			return nil
		}
		return []data.Key{data.Encode(r.Value.Order, r.Value.Start)}
	}})

// between is the part of an index in which a resource's or patient's appointments begin from one instant to before another.
func between(whose any, from, to time.Time) data.Span {
	return data.Span{From: data.Encode(whose, from), To: data.Encode(whose, to)}
}
