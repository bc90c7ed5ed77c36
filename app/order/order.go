package order

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/data"
)

// ID names an order.
type ID = data.Ref[Order]

// Kind is what sort of thing was ordered. It is stored: never change one.
type Kind uint8

// The kinds of orders.
const (
	Test      Kind = 1
	Treatment Kind = 2
)

// Text is the kind as people say it.
func (k Kind) Text() term.Text {
	if k == Test {
		return data.Say("order.kind.test", "Test")
	}
	return data.Say("order.kind.treatment", "Treatment")
}

// Status is how far an order has come. It is stored: never change one.
type Status uint8

// The states of an order.
const (
	Requested Status = 1 // some session has no time yet: it is on the work list
	Scheduled Status = 2 // every session has its time
	Done      Status = 3
	Cancelled Status = 4
)

// Text is the status as people say it.
func (s Status) Text() term.Text {
	switch s {
	case Requested:
		return data.Say("order.status.requested", "To be scheduled")
	case Scheduled:
		return data.Say("order.status.scheduled", "Scheduled")
	case Done:
		return data.Say("order.status.done", "Done")
	}
	return data.Say("order.status.cancelled", "Cancelled")
}

// Order is one test or treatment for one patient.
type Order struct {
	Patient patient.ID `cbor:"1,keyasint"`
	// What is what was ordered: of a catalogue, or in words.
	What     term.Coding       `cbor:"2,keyasint"`
	Kind     Kind              `cbor:"3,keyasint"`
	Priority schedule.Priority `cbor:"4,keyasint"`
	By       access.UserID     `cbor:"5,keyasint"` // the doctor who ordered it
	At       time.Time         `cbor:"6,keyasint"`
	Sessions int               `cbor:"7,keyasint"`           // how many there are to be; 1: no series
	Every    int               `cbor:"8,keyasint,omitempty"` // days from one session to the next, of a series
	Minutes  int               `cbor:"9,keyasint,omitempty"` // of a session; 0: one slot
	Status   Status            `cbor:"10,keyasint"`
	// Open is how many sessions have no time yet.
	Open int    `cbor:"11,keyasint,omitempty"`
	Why  string `cbor:"12,keyasint,omitempty"` // the reason of a cancellation
}

// Row is an order with the version to change it by.
type Row = data.Row[ID, Order]

type brief struct {
	O       Order  `cbor:"1,keyasint"`
	Version uint64 `cbor:"2,keyasint"`
}

func briefOf(r Row) brief { return brief{r.Value, r.Version} }

var orders = data.NewTable[ID, Order](data.TableSpec[Order]{Number: 40, Name: string(access.TableOrders)})

// unscheduled is the work list: by priority, then by age.
var unscheduled = data.NewIndex(orders, data.IndexSpec[ID, Order, brief]{Number: 1, Name: "unscheduled", Version: 1, Cover: briefOf,
	Keys: func(r Row) []data.Key {
		if r.Value.Status != Requested {
			return nil
		}
		return []data.Key{data.Encode(r.Value.Priority, r.Value.At)}
	}})

// byPatient is all that was ever ordered for a patient.
var byPatient = data.NewIndex(orders, data.IndexSpec[ID, Order, brief]{Number: 2, Name: "by patient", Version: 1, Cover: briefOf,
	Keys: func(r Row) []data.Key { return []data.Key{data.Encode(r.Value.Patient, r.Value.At)} }})

// Tables are the tables of this package, for the schema.
func Tables() []*data.TableDef { return []*data.TableDef{orders.Def()} }

// Form fields to which errors point, beside those of schedule.
const (
	FieldWhat     = "what"
	FieldSessions = "sessions"
	FieldEvery    = "every"
)

// Limits of an order.
const (
	MostSessions = 60
	mostEvery    = 90 // days
)

func invalid(field string, m data.Message) error {
	return data.Fail(data.Invalid, "order.check", m, nil).On(field)
}

// check cleans an order; Invalid, joined, each on its field: what, kind, priority, patient, sessions, every, length.
func (o *Order) check() error {
	var wrong []error
	say := func(field string, m data.Message) { wrong = append(wrong, invalid(field, m)) }
	what, err := o.What.Clean()
	if err != nil {
		say(FieldWhat, data.Say("order.what.code", "Choose what is to be done from the list, or write it in a few words."))
	} else if what.Display == "" {
		say(FieldWhat, data.Say("order.what.empty", "Enter what is to be done."))
	}
	o.What = what
	if o.Kind != Test && o.Kind != Treatment {
		say(schedule.FieldKind, data.Say("order.kind.none", "Choose whether it is a test or a treatment."))
	}
	if !o.Priority.Valid() {
		say(schedule.FieldPriority, data.Say("order.priority.none", "Choose how soon it has to be done."))
	}
	if o.Patient.IsZero() {
		say(schedule.FieldPatient, data.Say("order.patient.none", "Choose the patient first."))
	}
	if o.Sessions = max(o.Sessions, 1); o.Sessions > MostSessions {
		say(FieldSessions, data.Say("order.sessions.many", "A series has at most {{.Most}} sessions. Order the rest later.", "Most", MostSessions))
	}
	if o.Every < 0 || o.Every > mostEvery {
		say(FieldEvery, data.Say("order.every.long", "From one session to the next are at most {{.Most}} days.", "Most", mostEvery))
	}
	if o.Minutes < 0 || o.Minutes > schedule.MostSlot {
		say(schedule.FieldLength, data.Say("order.length.long", "A session takes at most {{.Most}} minutes.", "Most", schedule.MostSlot))
	}
	return errors.Join(wrong...)
}

func about(id patient.ID) []data.ID { return []data.ID{id.RecordID()} }

// rowIn gives the order that an entry wrote: of the first try, where this was a second one.
func rowIn(entry data.Entry, err error) (Row, error) {
	if err != nil {
		return Row{}, err
	}
	for event, err := range orders.Events(entry) {
		return event.Row, err
	}
	return Row{}, data.Fail(data.Internal, "order.written", data.Say("order.fault", "This could not be saved. Please report it."), nil)
}

// Ask orders a test or a treatment, in the name of the doctor whose session it is. Of o, By, At, Status, Open and Why don't matter.
//
// Errors: Invalid, joined, each on its field; NotFound; Forbidden, with access.ErrConfidential for a confidential patient. A second call with the same
// operation answers what the first one made.
func Ask(ctx context.Context, s *access.Session, operation uuid.UUID, o Order) (Row, error) {
	if err := o.check(); err != nil {
		return Row{}, err
	}
	fresh, err := uuid.NewV7()
	if err != nil {
		return Row{}, err
	}
	return rowIn(s.Update(ctx, access.Deed{Action: access.ActOrderAsk, About: about(o.Patient), Operation: operation}, func(tx data.Tx) error {
		if _, err := patient.In(tx, o.Patient); err != nil {
			return err
		}
		o := o
		o.By, o.At, o.Status, o.Open, o.Why = s.Who(), tx.Time(), Requested, o.Sessions, ""
		_, err := orders.Insert(tx, ID(fresh), o)
		return err
	}))
}

// Item is an order as lists show one. Of a confidential patient, before a reason was stated, What and the date of birth are left out.
type Item struct {
	ID      ID
	Version uint64
	Order
	Who patient.Banner
	// ByName is the name of who ordered it; Age how long ago.
	ByName   string
	Age      time.Duration
	Sessions []Session // that have a time, or had one
}

// Session is one appointment of an order.
type Session struct {
	schedule.Row
	Name string // of the machine or room
}

// WorkList gives what has sessions without a time, by priority and then by age; at most limit.
func WorkList(ctx context.Context, s *access.Session, limit int) ([]Item, error) {
	return list(ctx, s, access.Deed{Action: access.ActOrderList}, unscheduled, data.Span{}, limit)
}

// Of gives what was ordered for a patient, the newest first; at most limit.
func Of(ctx context.Context, s *access.Session, id patient.ID, limit int) ([]Item, error) {
	span := data.Within(id)
	span.Reverse = true
	return list(ctx, s, access.Deed{Action: access.ActOrderList, About: about(id)}, byPatient, span, limit)
}

func list(ctx context.Context, s *access.Session, deed access.Deed, ix *data.Index[ID, Order, brief], span data.Span, limit int) (all []Item, err error) {
	err = s.View(ctx, deed, func(tx data.Tx) error {
		all = nil
		for hit, err := range ix.Scan(tx, span) {
			if err != nil {
				return err
			}
			i, err := item(tx, s, hit.ID, hit.Cover)
			if err != nil {
				return err
			}
			if all = append(all, i); len(all) == limit {
				return nil
			}
		}
		return nil
	})
	return all, err
}

func item(tx data.Tx, s *access.Session, id ID, b brief) (Item, error) {
	i := Item{ID: id, Version: b.Version, Order: b.O, Age: tx.Time().Sub(b.O.At)}
	by, err := access.ColleagueIn(tx, b.O.By)
	if err != nil {
		return i, err
	}
	i.ByName = by.Name
	var shown bool
	if i.Who, shown, err = schedule.BannerIn(tx, s, b.O.Patient); err != nil {
		return i, err
	}
	if !shown {
		i.What = term.Coding{}
	}
	rows, err := schedule.SessionsIn(tx, uuid.UUID(id))
	for _, r := range rows {
		name, err := schedule.NameIn(tx, r.Value.Resource)
		if err != nil {
			return i, err
		}
		if !shown {
			r.Value.Reason, r.Value.Why = "", ""
		}
		i.Sessions = append(i.Sessions, Session{r, name})
	}
	return i, err
}

// ChangedIn gives the orders as an entry left them, for screens that watch.
func ChangedIn(e data.Entry) []Row {
	var all []Row
	for event, err := range orders.Events(e) {
		if err == nil {
			all = append(all, event.Row)
		}
	}
	return all
}
