package schedule_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"wardbook/app/access"
	"wardbook/app/access/accesstest"
	"wardbook/app/house"
	"wardbook/app/notice"
	"wardbook/app/patient"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/data"
	"wardbook/data/badgerdb"
	"wardbook/data/disk"
	"wardbook/data/storetest"
)

// world is a hospital in which anything may be done at any time.
type world struct {
	t         *rapid.T
	store     data.Store
	options   badgerdb.Options
	clock     *accesstest.Clock
	door      *access.Door
	resources []schedule.ResourceID
	people    []patient.ID
	booked    []schedule.ID
}

// capacity is what the hours of the doctors say.
func (w *world) capacity(id schedule.ResourceID) int {
	if id == w.resources[0] {
		return 2
	}
	return 1
}

func (w *world) as(roles access.Roles) *access.Session {
	s, err := w.door.Begin(w.t.Context(), accesstest.SignIn(roles))
	w.must(err)
	return s
}

func (w *world) must(err error) {
	if err != nil {
		w.t.Fatal(err)
	}
}

// may passes over what the rules refuse; anything else is a fault.
func (w *world) may(err error) bool {
	if err == nil {
		return true
	}
	if !data.Is(err, data.Conflict) && !data.Is(err, data.Invalid) && !data.Is(err, data.NotFound) {
		w.t.Fatal(err)
	}
	return false
}

// sound holds after every step.
func (w *world) sound() {
	w.must(w.store.View(w.t.Context(), func(tx data.Tx) error { return schedule.Sum(tx, w.capacity) }))
}

func newWorld(outer *testing.T, t *rapid.T, schema *data.Schema) *world {
	w := &world{t: t, clock: accesstest.NewClock(time.Date(2026, 10, 23, 20, 0, 0, 0, time.UTC))} // clocks are put back two days later
	w.options = badgerdb.Options{Dir: "/hospital", FS: disk.NewMem(), Memory: true, Keys: storetest.NewKeys(), Dataset: [16]byte{1}, Schema: schema, Ballast: -1,
		Chunk: 64 << 10, Now: w.clock.Now}
	store, err := badgerdb.Create(outer.Context(), w.options)
	w.must(err)
	w.store = store
	h := accesstest.Over(outer, store, schema, w.clock)
	h.Update(func(tx data.Tx) error {
		return house.Found(tx, house.House{Name: "Saint Elsewhere", Zone: "Europe/London", Region: "GB"})
	})
	w.door = h.Door
	admin := w.as(access.Administrator)
	for i, roles := range []access.Roles{access.Doctor, access.Everybody} {
		id := schedule.DoctorID(h.People[roles])
		hours, err := schedule.ParsePattern([]string{"Mon-Sun 22-27, 30 min, 2 places", "Mon-Sun 21-26, 20 min"}[i])
		w.must(err)
		_, err = schedule.SetHours(t.Context(), admin, uuid.New(), id, 0, hours)
		w.must(err)
		w.resources = append(w.resources, id)
	}
	var drafts []patient.Draft
	for i := range 3 {
		drafts = append(drafts, patient.Draft{Name: term.HumanName{Family: fmt.Sprintf("Smith%d", i)}, Birth: term.Birth{Date: term.Date{Year: 1971, Month: 2, Day: 3}}})
	}
	w.must(patient.Import(t.Context(), w.door.Machine(), uuid.New(), drafts, nil))
	list, err := patient.List(t.Context(), w.as(access.FrontDesk), patient.Page{})
	w.must(err)
	for _, hit := range list.Hits {
		w.people = append(w.people, hit.ID)
	}
	return w
}

func pick[T any](t *rapid.T, what string, from []T) T { return rapid.SampledFrom(from).Draw(t, what) }

// request asks for a time near those at which the doctors are there.
func (w *world) request() schedule.Request {
	start := w.clock.Now().Truncate(24 * time.Hour)
	minutes := rapid.IntRange(-1, 2).Draw(w.t, "day")*24*60 + 20*60 + rapid.IntRange(0, 21).Draw(w.t, "time")*20
	r := schedule.Request{Patient: pick(w.t, "patient", w.people), At: start.Add(time.Duration(minutes) * time.Minute),
		Priority: pick(w.t, "priority", schedule.Priorities()), Minutes: pick(w.t, "length", []int{0, 0, 40, 90})}
	if rapid.Bool().Draw(w.t, "named") {
		r.Resource = pick(w.t, "doctor", w.resources)
	}
	return r
}

func (w *world) book() {
	desk, r := w.as(access.FrontDesk), w.request()
	if rapid.Bool().Draw(w.t, "as proposed") {
		c, err := schedule.Proposals(w.t.Context(), desk, r)
		w.must(err)
		if len(c.Proposals) == 0 {
			return
		}
		p := pick(w.t, "proposal", c.Proposals)
		r.Resource, r.At = p.Resource.ID, p.Start
		row, err := schedule.Book(w.t.Context(), desk, uuid.New(), r)
		w.must(err) // what was proposed can be had
		w.booked = append(w.booked, row.ID)
		return
	}
	if row, err := schedule.Book(w.t.Context(), desk, uuid.New(), r); w.may(err) {
		w.booked = append(w.booked, row.ID)
	}
}

// version is the appointment's at this moment, through its history.
func (w *world) version(s *access.Session, id schedule.ID) uint64 {
	h, err := schedule.History(w.t.Context(), s, id)
	w.must(err)
	return h[len(h)-1].Row.Version
}

func (w *world) change() {
	if len(w.booked) == 0 {
		return
	}
	desk, id := w.as(access.FrontDesk), pick(w.t, "appointment", w.booked)
	seen := w.version(desk, id)
	var err error
	switch rapid.IntRange(0, 3).Draw(w.t, "how") {
	case 0:
		_, err = schedule.Cancel(w.t.Context(), desk, uuid.New(), id, seen, "some reason")
	case 1:
		_, err = schedule.Move(w.t.Context(), desk, uuid.New(), id, seen, w.request())
	default:
		to := pick(w.t, "state", []schedule.State{schedule.Booked, schedule.Arrived, schedule.InConsultation, schedule.Done, schedule.NoShow, schedule.Cancelled})
		_, err = schedule.SetState(w.t.Context(), desk, uuid.New(), id, seen, to)
	}
	w.may(err)
}

func (w *world) wait() {
	wait := schedule.Wait{Patient: pick(w.t, "patient", w.people), Priority: pick(w.t, "priority", schedule.Priorities())}
	if rapid.Bool().Draw(w.t, "named") {
		wait.Resource = pick(w.t, "doctor", w.resources)
	}
	_, err := schedule.AddWait(w.t.Context(), w.as(access.FrontDesk), uuid.New(), wait)
	w.must(err)
}

func (w *world) answer() {
	desk := w.as(access.FrontDesk)
	all, err := schedule.WaitingList(w.t.Context(), desk, 100)
	w.must(err)
	if len(all) == 0 {
		return
	}
	x := pick(w.t, "waiter", all)
	how := rapid.IntRange(0, 2).Draw(w.t, "how")
	switch {
	case how == 0 && len(all) > 3:
		w.may(schedule.Withdraw(w.t.Context(), desk, uuid.New(), x.ID, x.Version, "some reason"))
	case x.Offer == nil:
	case how == 1:
		w.may(schedule.Decline(w.t.Context(), desk, uuid.New(), x.Offer.ID))
	default:
		row, err := schedule.Accept(w.t.Context(), desk, uuid.New(), x.Offer.ID)
		if w.may(err) {
			w.booked = append(w.booked, row.ID)
		}
	}
}

func (w *world) pass() {
	w.clock.Pass(time.Duration(pick(w.t, "minutes", []int{10, 10, 20, 30, 90, 11 * 60, 25 * 60})) * time.Minute)
	w.must(schedule.ExpireOffers(w.t.Context(), w.door.Machine()))
}

func (w *world) leave() {
	admin, id := w.as(access.Administrator), pick(w.t, "doctor", w.resources)
	p, err := schedule.ReadPlan(w.t.Context(), admin, id)
	w.must(err)
	var l schedule.Leave
	if rapid.Bool().Draw(w.t, "away") {
		from := w.clock.Now().Add(time.Duration(rapid.IntRange(0, 72).Draw(w.t, "hours")) * time.Hour)
		l.Absences = []schedule.Absence{{From: from, To: from.Add(5 * time.Hour)}}
	}
	_, err = schedule.SetLeave(w.t.Context(), admin, uuid.New(), id, p.Leave.Version, l)
	w.must(err)
}

// rebuild closes the hospital and opens it from its journal alone: the state was in memory.
func (w *world) rebuild(outer *testing.T, schema *data.Schema) {
	w.must(w.store.Close())
	store, err := badgerdb.Open(outer.Context(), w.options)
	w.must(err)
	w.store = store
	w.door = access.NewDoor(access.DoorOptions{Store: store, Keys: accesstest.NewKeys(), Schema: schema, Now: w.clock.Now, Workstation: "desk 1"})
}

// TestNothingIsEverTakenTwice: whatever is booked, moved, cancelled, marked, offered and answered in whatever order, never is a place beyond its
// capacity, never a patient in two places, and what is written down as taken is what active appointments and open offers take; after a rebuild
// from the journal too.
func TestNothingIsEverTakenTwice(t *testing.T) {
	schema, err := data.NewSchema(concat(access.Tables(), house.Tables(), notice.Tables(), patient.Tables(), schedule.Tables())...)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t, rt, schema)
		defer func() { _ = w.store.Close() }()
		step := func(do func()) func(*rapid.T) {
			return func(inner *rapid.T) {
				w.t = inner
				do()
				w.sound()
			}
		}
		rt.Repeat(map[string]func(*rapid.T){"book": step(w.book), "book too": step(w.book), "change": step(w.change), "wait": step(w.wait), "answer": step(w.answer),
			"pass": step(w.pass), "leave": step(w.leave)})
		w.t = rt
		w.rebuild(t, schema)
		w.sound()
	})
}

func concat(all ...[]*data.TableDef) (tables []*data.TableDef) {
	for _, t := range all {
		tables = append(tables, t...)
	}
	return tables
}
