package rooms

import (
	"context"
	"time"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/app/ward"
	"wardbook/ui/kit"
)

// board is what is shown of the beds: what was read, of which ward, and for whom a bed is looked for.
type board struct {
	session *access.Session
	now     func() time.Time // in the hospital's zone
	only    ward.WardID      // zero: all
	pick    *pick            // nil: no bed is looked for
	read    *ward.Board      // nil: not read yet
	beds    map[ward.BedID]ward.BedTile
	alike   map[string]int // names in beds, as far as they may be mistaken for each other
}

// boardRead is what was read in one go.
type boardRead struct {
	board ward.Board
	fits  []ward.Suggestion
}

// reader gives what reads the board, for a goroutine of its own.
func (b *board) reader() func(context.Context) (boardRead, error) {
	session, pick := b.session, b.pick
	return func(ctx context.Context) (read boardRead, err error) {
		if read.board, err = ward.Read(ctx, session); err != nil || pick == nil {
			return read, err
		}
		for _, bed := range bedsOf(read.board) { // what is looked for is what the patient needs now
			if bed.In != nil && bed.In.Stay == pick.who.Stay {
				read.fits, err = pick.look(ctx, session, *bed.In)
			}
		}
		return read, err
	}
}

// take keeps what was read.
func (b *board) take(r boardRead) {
	b.read = &r.board
	b.beds = make(map[ward.BedID]ward.BedTile, r.board.Count.Beds())
	b.alike = map[string]int{}
	there := false
	for _, w := range r.board.Wards {
		there = there || w.ID == b.only
	}
	for _, bed := range bedsOf(r.board) {
		b.beds[bed.ID] = bed
		if bed.In != nil && !bed.In.Veiled {
			b.alike[bed.In.Name.Like()]++
		}
	}
	if !there { // the ward has been removed meanwhile
		b.only = ward.WardID{}
	}
	if b.pick != nil {
		b.pick.take(r.fits)
	}
}

// bedsOf are all beds of a board.
func bedsOf(b ward.Board) (all []ward.BedTile) {
	for _, w := range b.Wards {
		for _, r := range w.Rooms {
			all = append(all, r.Beds...)
		}
	}
	return all
}

// bed gives a bed by the ID that its tile has.
func (b *board) bed(id string) (ward.BedTile, bool) {
	tile, ok := b.beds[parseBed(id)]
	return tile, ok
}

// wards are the wards that are shown.
func (b *board) wards() []ward.WardTile {
	if b.read == nil {
		return nil
	}
	if b.only.IsZero() {
		return b.read.Wards
	}
	for _, w := range b.read.Wards {
		if w.ID == b.only {
			return []ward.WardTile{w}
		}
	}
	return nil
}

// shown is the board as the widget draws it.
func (b *board) shown() []kit.BoardWard {
	shown := b.wards()
	all := make([]kit.BoardWard, 0, len(shown))
	now := b.now()
	for _, w := range shown {
		one := kit.BoardWard{ID: w.ID.String(), Name: w.Value.Name,
			Free:  kit.Say("rooms.ward.free", "{{.Count}} free", "Count", w.Count.Of(ward.Free)).Text(),
			Total: kit.Say("rooms.ward.beds", "of {{.Count}} beds", "Count", w.Count.Beds()).Text()}
		if w.Value.Closed != "" {
			one.Closed = kit.Say("rooms.closed.why", "Closed: {{.Why}}", "Why", w.Value.Closed).Text()
		}
		for _, r := range w.Rooms {
			one.Rooms = append(one.Rooms, b.room(r, now))
		}
		all = append(all, one)
	}
	return all
}

func (b *board) room(r ward.RoomTile, now time.Time) kit.BoardRoom {
	room := kit.BoardRoom{ID: r.ID.String(), Name: kit.Say("rooms.room", "Room {{.Name}}", "Name", r.Value.Name).Text(), Marks: marksOf(r.Value)}
	for _, bed := range r.Beds {
		room.Beds = append(room.Beds, b.tile(bed, now))
	}
	return room
}

// marksOf are what is special about a room.
func marksOf(r ward.Room) (all []kit.BoardMark) {
	switch r.Sex {
	case ward.Women:
		all = append(all, kit.BoardMark{Kind: kit.MarkWomen, Text: kit.Of(r.Sex.Text()).Text()})
	case ward.Men:
		all = append(all, kit.BoardMark{Kind: kit.MarkMen, Text: kit.Of(r.Sex.Text()).Text()})
	}
	if r.Isolation {
		all = append(all, kit.BoardMark{Kind: kit.MarkIsolation, Text: kit.Say("rooms.need.isolation", "Isolation").Text()})
	}
	if r.Monitoring {
		all = append(all, kit.BoardMark{Text: kit.Say("rooms.need.monitoring", "Monitoring").Text()})
	}
	if r.Kind != ward.Ordinary {
		all = append(all, kit.BoardMark{Text: kit.Of(r.Kind.Text()).Text()})
	}
	return all
}

// bedStates are the states as the widget calls them.
var bedStates = map[ward.State]kit.BedState{ward.Free: kit.BedFree, ward.Occupied: kit.BedOccupied, ward.Cleaning: kit.BedCleaning, ward.Reserved: kit.BedReserved,
	ward.Closed: kit.BedClosed}

func (b *board) tile(bed ward.BedTile, now time.Time) kit.BoardBed {
	t := kit.BoardBed{ID: bed.ID.String(), Name: kit.Say("rooms.bed", "Bed {{.Name}}", "Name", bed.Value.Label).Text(), State: bedStates[bed.State]}
	switch {
	case bed.In != nil:
		b.lying(&t, *bed.In, now)
	case bed.State == ward.Occupied: // whoever keeps beds only is told no more
	case bed.State == ward.Reserved:
		if bed.For != nil {
			t.Detail = append(t.Detail, kit.Say("rooms.for", "for {{.Name}}", "Name", listed(*bed.For)).Text())
		}
		t.Detail = append(t.Detail, kit.Say("rooms.until", "until {{.Time}}", "Time", timeText(bed.Value.Until, now)).Text())
	case bed.State == ward.Closed:
		t.Detail = append(t.Detail, bed.Why)
	case bed.State == ward.Cleaning:
		t.Detail = append(t.Detail, kit.Say("rooms.since", "since {{.Time}}", "Time", timeText(bed.Value.Since, now)).Text())
	}
	if b.pick != nil {
		t.Fits, t.Why = b.pick.says(bed)
	}
	return t
}

func (b *board) lying(t *kit.BoardBed, in ward.Inpatient, now time.Time) {
	on := term.DateOf(now, now.Location())
	t.Who = listed(in.Who)
	if in.Veiled { // the number has to be read whole
		t.Who = called(in.Who)
		t.Detail = append(t.Detail, kit.Say("rooms.confidential", "confidential").Text())
	}
	t.Detail = append(t.Detail, kit.Say("rooms.since", "since {{.Time}}", "Time", timeText(in.Since, now)).Text(), leavesText(in, on))
	if !in.Veiled {
		age := ""
		if in.Birth.Known() {
			age = kit.Of(in.Birth.Date.Age(on)).Text()
		}
		t.Detail = append(t.Detail, joined(age, sexText(in.Sex)))
		t.Alike = b.alike[in.Name.Like()] > 1
	}
	if in.Needs.Isolation {
		t.Isolation = kit.Say("rooms.need.isolation", "Isolation").Text()
	}
}

// leavesText says when somebody is expected to leave.
func leavesText(in ward.Inpatient, on term.Date) string {
	switch {
	case in.Expected.IsZero():
		return kit.Say("rooms.leaves.unknown", "discharge not planned").Text()
	case in.Expected.Before(on):
		return kit.Say("rooms.leaves.late", "should have left {{.Day}}", "Day", dayText(in.Expected, on)).Text()
	}
	return kit.Say("rooms.leaves", "leaves {{.Day}}", "Day", dayText(in.Expected, on)).Text()
}

// totals is the line over the board.
func (b *board) totals() kit.Sentence {
	if b.read == nil {
		return kit.Sentence{}
	}
	count := b.read.Count
	if !b.only.IsZero() {
		count = ward.Count{}
		for _, w := range b.wards() {
			count = w.Count
		}
	}
	return kit.Say("rooms.totals", "{{.Beds}} beds: {{.Free}} free, {{.Occupied}} occupied, {{.Reserved}} reserved, {{.Cleaning}} to be cleaned, {{.Closed}} closed",
		"Beds", count.Beds(), "Free", count.Of(ward.Free), "Occupied", count.Of(ward.Occupied), "Reserved", count.Of(ward.Reserved),
		"Cleaning", count.Of(ward.Cleaning), "Closed", count.Of(ward.Closed))
}

// nextLapse is when the board changes with nobody writing anything: a reservation ends, or the day does.
func (b *board) nextLapse() time.Time {
	now := b.now()
	next := term.DateOf(now, now.Location()).AddDays(1).Start(now.Location())
	for _, bed := range b.beds {
		if bed.State == ward.Reserved && bed.Value.Until.Before(next) {
			next = bed.Value.Until
		}
	}
	return next
}

// concerns tells whether an entry changes what the board shows.
func (b *board) concerns(e access.Entry) bool {
	if ward.ChangedIn(e).Any() {
		return true
	}
	changed := patient.ChangedIn(e)
	if len(changed) == 0 {
		return false
	}
	for _, bed := range b.beds {
		for _, id := range changed {
			if bed.In != nil && bed.In.ID == id || bed.For != nil && bed.For.ID == id {
				return true
			}
		}
	}
	return false
}
