package ward_test

import (
	"fmt"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"wardbook/app/patient"
	"wardbook/app/ward"
	"wardbook/data"
)

// The commands of TestPropertyBedsAndStaysAgree: each draws what it needs, does it, and keeps the model up to date. It tells whether it went well.

func (r *random) someBed() ward.BedID { return rapid.SampledFrom(r.beds).Draw(r.rt, "bed") }

// likely gives more often than not a bed in a state, where there is one: some states are rare.
func (r *random) likely(s ward.State) ward.BedID {
	for _, b := range r.beds {
		if r.m.state(b, r.Clock.Now()) == s && rapid.IntRange(0, 3).Draw(r.rt, "likely") > 0 {
			return b
		}
	}
	return r.someBed()
}

func (r *random) somebody() patient.ID { return rapid.SampledFrom(r.people).Draw(r.rt, "patient") }
func (r *random) expect(err error, goes bool) bool {
	if (err == nil) != goes {
		r.rt.Fatalf("%v; should it go: %t", err, goes)
	}
	return err == nil
}

// past is some moments ago, or nothing: commands may be entered later than they happened.
func (r *random) past() time.Time {
	if rapid.Bool().Draw(r.rt, "now") {
		return time.Time{}
	}
	return r.Clock.Now().Add(-time.Duration(rapid.IntRange(0, 200).Draw(r.rt, "ago")) * time.Second)
}

// mayTake tells whether a patient may be put into a bed.
func (r *random) mayTake(who patient.ID, b ward.BedID) bool {
	s := r.m.state(b, r.Clock.Now())
	return s == ward.Free || s == ward.Reserved && r.m.kept[b].who == who
}

// taken keeps the model up to date when somebody comes into a bed.
func (r *random) taken(who patient.ID, b ward.BedID) {
	if k, kept := r.m.kept[b]; kept && k.who == who && r.Clock.Now().Before(k.until) {
		delete(r.m.kept, b)
	}
	r.m.in[who] = b
}

func (r *random) admission() bool {
	who, request := r.somebody(), r.request(patient.ID{})
	request.Patient, request.At, request.Despite = who, r.past(), "Whoever died was somebody else."
	if rapid.Bool().Draw(r.rt, "any bed") {
		row, err := ward.Admit(r.t.Context(), r.desk, uuid.New(), request)
		if err != nil {
			return r.refused(err, request.At)
		}
		b := row.Value.Last().Bed
		if _, in := r.m.in[who]; in || !r.mayTake(who, b) {
			r.rt.Fatalf("was put into a bed that could not be had")
		}
		r.taken(who, b)
		r.stays = append(r.stays, row.ID)
		return true
	}
	request.Bed = r.goal(who)
	_, in := r.m.in[who]
	row, err := ward.Admit(r.t.Context(), r.desk, uuid.New(), request)
	if err != nil && !request.At.IsZero() {
		return r.refused(err, request.At)
	}
	if !r.expect(err, !in && r.mayTake(who, request.Bed)) {
		return false
	}
	if in {
		r.rt.Fatalf("was admitted twice")
	}
	r.taken(who, request.Bed)
	r.stays = append(r.stays, row.ID)
	return true
}

// refused lets pass that something is refused for the time at which it should have happened, or for want of a bed: the check behind each step finds
// what should not have been done.
func (r *random) refused(err error, at time.Time) bool {
	if data.Is(err, data.Conflict) || data.Is(err, data.Invalid) && !at.IsZero() {
		return false
	}
	r.rt.Fatalf("refused: %v", err)
	return false
}

// someStay gives one of those that were ever made, as it is now; false where there is none.
func (r *random) someStay() (ward.StayRow, bool) {
	if len(r.stays) == 0 {
		return ward.StayRow{}, false
	}
	return r.stay(rapid.SampledFrom(r.stays).Draw(r.rt, "stay")), true
}

// inpatient gives the stay of somebody who is in, more often than not.
func (r *random) inpatient() (ward.StayRow, bool) {
	if len(r.m.in) == 0 || rapid.IntRange(0, 4).Draw(r.rt, "any stay") == 0 {
		return r.someStay()
	}
	var in []ward.StayRow
	for _, who := range r.people {
		if _, is := r.m.in[who]; is {
			row, _, err := ward.PresentStay(r.t.Context(), r.desk, who)
			in = append(in, must[ward.StayRow](r.t)(row, err))
		}
	}
	return rapid.SampledFrom(in).Draw(r.rt, "inpatient"), true
}

// stay finds a stay among those of all patients.
func (r *random) stay(id ward.StayID) ward.StayRow {
	for _, who := range r.people {
		for _, row := range must[[]ward.StayRow](r.t)(ward.History(r.t.Context(), r.desk, who)) {
			if row.ID == id {
				return row
			}
		}
	}
	r.rt.Fatalf("a stay is lost")
	return ward.StayRow{}
}

// goal gives a bed for somebody: the one that is kept, or a free one, more often than not.
func (r *random) goal(who patient.ID) ward.BedID {
	for _, b := range r.beds {
		if k, kept := r.m.kept[b]; kept && k.who == who && rapid.Bool().Draw(r.rt, "kept") {
			return b
		}
	}
	return r.likely(ward.Free)
}

func (r *random) transfer() bool {
	stay, ok := r.inpatient()
	if !ok {
		return false
	}
	who := stay.Value.Patient
	m := ward.Move{Bed: r.goal(who), At: r.past()}
	can := stay.Value.Present() && r.mayTake(who, m.Bed)
	_, err := r.move(stay, m)
	if err != nil && !m.At.IsZero() {
		return r.refused(err, m.At)
	}
	if !r.expect(err, can) {
		return false
	}
	r.m.dirty[r.m.in[who]] = true
	r.taken(who, m.Bed)
	return true
}

func (r *random) swap() bool {
	a, ok := r.inpatient()
	b, _ := r.inpatient()
	if !ok {
		return false
	}
	at := r.past()
	err := ward.Swap(r.t.Context(), r.desk, uuid.New(), a.ID, a.Version, b.ID, b.Version, at, "")
	if err != nil && !at.IsZero() {
		return r.refused(err, at)
	}
	if !r.expect(err, a.ID != b.ID && a.Value.Present() && b.Value.Present()) {
		return false
	}
	x, y := a.Value.Patient, b.Value.Patient
	r.m.in[x], r.m.in[y] = r.m.in[y], r.m.in[x]
	return true
}

func (r *random) discharge() bool {
	stay, ok := r.inpatient()
	if !ok {
		return false
	}
	l := ward.Leave{How: rapid.SampledFrom(ward.Dispositions).Draw(r.rt, "how"), At: r.past(), Despite: "It was asked for."}
	_, err := ward.Depart(r.t.Context(), r.desk, uuid.New(), stay.ID, stay.Version, l)
	if err != nil && !l.At.IsZero() {
		return r.refused(err, l.At)
	}
	if !r.expect(err, stay.Value.Present()) {
		return false
	}
	r.away(stay.Value.Patient)
	r.gone = stay.ID
	return true
}

func (r *random) away(who patient.ID) {
	r.m.dirty[r.m.in[who]] = true
	delete(r.m.in, who)
}

func (r *random) undoing() bool {
	stay, ok := r.someStay()
	if !ok {
		return false
	}
	if !r.gone.IsZero() && rapid.IntRange(0, 2).Draw(r.rt, "the last") > 0 {
		stay = r.stay(r.gone)
	}
	b, who := stay.Value.Last().Bed, stay.Value.Patient
	s := r.m.state(b, r.Clock.Now())
	_, in := r.m.in[who]
	_, err := r.undo(stay)
	if err != nil {
		return r.refused(err, time.Time{})
	}
	if in || s != ward.Free && s != ward.Cleaning {
		r.rt.Fatalf("undone although the bed was %v, or the patient in: %t", s.Text(), in)
	}
	delete(r.m.dirty, b)
	r.m.in[who] = b
	return true
}

func (r *random) strike() bool {
	stay, ok := r.inpatient()
	if !ok {
		return false
	}
	_, err := ward.UndoAdmission(r.t.Context(), r.desk, uuid.New(), stay.ID, stay.Version, "It was somebody else.")
	if !r.expect(err, stay.Value.Present() && len(stay.Value.Spans) == 1) {
		return false
	}
	r.away(stay.Value.Patient)
	return true
}

func (r *random) cleaning() bool {
	b := r.likely(ward.Cleaning)
	s := r.m.state(b, r.Clock.Now())
	_, err := ward.MarkClean(r.t.Context(), r.entry, uuid.New(), b)
	if !r.expect(err, s == ward.Cleaning) {
		return false
	}
	delete(r.m.dirty, b)
	return true
}

func (r *random) uncleaning() bool {
	b := r.someBed()
	s := r.m.state(b, r.Clock.Now())
	_, err := ward.MarkUnclean(r.t.Context(), r.entry, uuid.New(), b)
	if !r.expect(err, s == ward.Free) {
		return false
	}
	delete(r.m.kept, b)
	r.m.dirty[b] = true
	return true
}

func (r *random) reserving() bool {
	b, who, now := r.someBed(), r.somebody(), r.Clock.Now()
	until := now.Add(time.Duration(rapid.IntRange(1, 600).Draw(r.rt, "keep")) * time.Second)
	can := r.m.state(b, now) == ward.Free
	for _, k := range r.m.kept {
		can = can && (k.who != who || !now.Before(k.until))
	}
	_, err := ward.Reserve(r.t.Context(), r.desk, uuid.New(), b, who, until, "")
	if !r.expect(err, can) {
		return false
	}
	r.m.kept[b] = keeping{who, until}
	return true
}

func (r *random) releasing() bool {
	b := r.likely(ward.Reserved)
	s := r.m.state(b, r.Clock.Now())
	if !r.expect(ward.Release(r.t.Context(), r.desk, uuid.New(), b), s == ward.Reserved) {
		return false
	}
	delete(r.m.kept, b)
	return true
}

func (r *random) closing() bool {
	b := r.someBed()
	s := r.m.state(b, r.Clock.Now())
	_, err := ward.CloseBed(r.t.Context(), r.admin, uuid.New(), b, "The motor is broken.")
	if !r.expect(err, s == ward.Free || s == ward.Cleaning) {
		return false
	}
	delete(r.m.kept, b)
	r.m.closed[b] = true
	return true
}

func (r *random) opening() bool {
	b := r.likely(ward.Closed)
	s := r.m.state(b, r.Clock.Now())
	_, err := ward.OpenBed(r.t.Context(), r.admin, uuid.New(), b)
	if !r.expect(err, s == ward.Closed) {
		return false
	}
	delete(r.m.closed, b)
	return true
}

// resizing gives a room another number of beds; below what is in use it is refused, by an administrator who sees no patient.
func (r *random) resizing() bool {
	board := r.board(r.admin)
	room := rapid.SampledFrom(board.Wards[0].Rooms).Draw(r.rt, "room")
	count := rapid.IntRange(1, 3).Draw(r.rt, "beds")
	used := 0
	for _, tile := range room.Beds {
		if s := r.m.state(tile.ID, r.Clock.Now()); s == ward.Occupied || s == ward.Reserved {
			used++
		}
	}
	_, err := ward.ChangeRoom(r.t.Context(), r.admin, uuid.New(), room.ID, room.Version, ward.RoomPlan{Room: room.Value, Beds: count})
	if !r.expect(err, used <= count) {
		return false
	}
	r.beds = nil
	there := map[ward.BedID]bool{}
	for _, tile := range r.site.beds(ward.WardID{}) {
		r.beds = append(r.beds, tile.ID)
		there[tile.ID] = true
	}
	for b := range r.m.kept { // of beds that are gone
		if !there[b] {
			delete(r.m.kept, b)
		}
	}
	if n := len(must[ward.Board](r.t)(ward.Read(r.t.Context(), r.admin)).Wards[0].Rooms); n != 3 {
		r.rt.Fatal(fmt.Sprint(n, " rooms"))
	}
	return true
}
