package appointments

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"wardbook/app/access"
	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// agenda is a day of all doctors, of some, of the machines, or of the doctor who looks at it.
type agenda struct {
	session *access.Session
	day     term.Date
	filter  shown

	resources []schedule.Resource
	columns   []schedule.Column
}

// shown says whose days are shown: all doctors (the zero one), one resource, the doctors of a speciality, or machines and rooms.
type shown struct {
	target   target
	machines bool
}

// dayRead is what is read of a day.
type dayRead struct {
	day       term.Date
	resources []schedule.Resource
	columns   []schedule.Column
}

// own tells whether only the doctor's own day may be seen.
func (a *agenda) own() bool { return !a.session.May(access.ActScheduleDay) }

// reader reads the day. What it answers with is slow.
func (a *agenda) reader() func(context.Context) (dayRead, error) {
	session, day, filter, own := a.session, a.day, a.filter, a.own()
	return func(ctx context.Context) (r dayRead, err error) {
		r.day = day
		if own {
			c, err := schedule.OwnDay(ctx, session, day)
			r.columns = []schedule.Column{c}
			return r, err
		}
		if r.resources, err = schedule.Resources(ctx, session); err != nil {
			return r, err
		}
		var ids []schedule.ResourceID
		for _, res := range r.resources {
			if filter.takes(res) {
				ids = append(ids, res.ID)
			}
		}
		r.columns, err = schedule.Day(ctx, session, day, ids...)
		return r, err
	}
}

// takes tells whether the day of a resource is shown.
func (f shown) takes(r schedule.Resource) bool {
	switch {
	case !f.target.resource.IsZero():
		return r.ID == f.target.resource
	case f.machines:
		return r.ID.Kind() != schedule.ADoctor
	case f.target.speciality != "":
		return r.ID.Kind() == schedule.ADoctor && folded(r.Speciality) == folded(f.target.speciality)
	}
	return r.ID.Kind() == schedule.ADoctor
}

// take makes what was read what is shown: who is there before who is not. Who has left stays only on days on which somebody is booked there.
func (a *agenda) take(r dayRead) {
	a.resources, a.columns = r.resources, a.columns[:0]
	for _, c := range r.columns {
		if !c.Resource.Inactive || len(c.Items) > 0 || a.filter.target.resource == c.Resource.ID {
			a.columns = append(a.columns, c)
		}
	}
	slices.SortStableFunc(a.columns, func(x, y schedule.Column) int {
		return cmp.Compare(absent(x), absent(y))
	})
}

func absent(c schedule.Column) int {
	if len(c.Slots) == 0 && len(c.Items) == 0 {
		return 1
	}
	return 0
}

// concerns tells whether an entry changes what is shown of the day.
func (a *agenda) concerns(e access.Entry) bool {
	if changes(e, access.TableUsers, access.TableEquipment) {
		return true
	}
	return slices.ContainsFunc(a.columns, func(c schedule.Column) bool { return schedule.DayChanged(e, c.Resource.ID, a.day) })
}

// filters are the days that can be shown.
func (a *agenda) filters() []kit.Option[shown] {
	all := []kit.Option[shown]{{Label: kit.Say("appointments.show.all", "All doctors")}}
	for _, name := range schedule.Specialities(a.resources) {
		all = append(all, kit.Option[shown]{Value: shown{target: target{speciality: name}}, Label: kit.Say("appointments.show.speciality", "Speciality: {{.Speciality}}", "Speciality", name)})
	}
	all = append(all, kit.Option[shown]{Value: shown{machines: true}, Label: kit.Say("appointments.show.machines", "All machines and rooms")})
	for _, r := range a.resources {
		if !r.Inactive || r.ID == a.filter.target.resource {
			all = append(all, kit.Option[shown]{Value: shown{target: target{resource: r.ID}}, Label: kit.Say("appointments.target.one", "{{.Name}}", "Name", r.Name)})
		}
	}
	return all
}

// countText says how much of the day is booked: '41 of 60 booked, 12 of them wait'.
func (a *agenda) countText() kit.Sentence {
	booked, waiting, free := 0, 0, 0
	for _, c := range a.columns {
		for _, i := range c.Items {
			if i.State.Active() {
				booked++
			}
			if i.State == schedule.Arrived {
				waiting++
			}
		}
		for _, s := range c.Slots {
			if !s.Past {
				free += max(0, s.Capacity-s.Taken)
			}
		}
	}
	return kit.Say("appointments.count", "{{.Booked}} booked, {{.Waiting}} waiting, {{.Free}} free", "Booked", booked, "Waiting", waiting, "Free", free)
}

// plan draws the day for the grid.
func (a *agenda) plan(now time.Time) kit.DayPlan {
	zone := now.Location()
	p := kit.DayPlan{Now: now, NowLabel: clock(now, zone), Columns: make([]kit.DayColumn, 0, len(a.columns))}
	if a.day != today(now) {
		p.Now, p.NowLabel = time.Time{}, ""
	}
	p.From, p.To = a.span(zone)
	for at := p.From; !at.After(p.To); at = at.Add(time.Hour) {
		p.Rows = append(p.Rows, kit.DayRow{At: at, Label: clock(at, zone)})
	}
	drawing := drawing{now, map[[2]time.Time]string{}}
	for i := range a.columns {
		p.Columns = append(p.Columns, drawing.column(&a.columns[i]))
	}
	return p
}

// drawing is a day being drawn. Sentences are dear, and all doctors have the same times.
type drawing struct {
	now   time.Time
	spans map[[2]time.Time]string
}

// span is '09:00 to 09:20'.
func (d drawing) span(from, to time.Time) string {
	from, to = from.UTC(), to.UTC()
	text, ok := d.spans[[2]time.Time{from, to}]
	if !ok {
		zone := d.now.Location()
		text = kit.Say("appointments.span", "{{.From}} to {{.To}}", "From", clock(from, zone), "To", clock(to, zone)).Text()
		d.spans[[2]time.Time{from, to}] = text
	}
	return text
}

// Hours that a day spans where nobody works, on the clock.
const (
	usualFrom = 8
	usualTo   = 17
)

// span is the part of the day in which something is, in whole hours.
func (a *agenda) span(zone *time.Location) (from, to time.Time) {
	add := func(start, end time.Time) {
		if from.IsZero() || start.Before(from) {
			from = start
		}
		if end.After(to) {
			to = end
		}
	}
	for _, c := range a.columns {
		for i := range c.Slots {
			add(c.Slots[i].Start, c.Slots[i].End)
		}
		for i := range c.Items {
			add(c.Items[i].Start, c.Items[i].End())
		}
		for i := range c.Offers {
			add(c.Offers[i].Start, c.Offers[i].Start.Add(time.Duration(c.Offers[i].Minutes)*time.Minute))
		}
	}
	if from.IsZero() {
		d := a.day
		return time.Date(d.Year, d.Month, d.Day, usualFrom, 0, 0, 0, zone), time.Date(d.Year, d.Month, d.Day, usualTo, 0, 0, 0, zone)
	}
	local := from.In(zone)
	from = from.Add(-time.Duration(local.Minute())*time.Minute - time.Duration(local.Second())*time.Second)
	if over := to.Sub(from) % time.Hour; over > 0 {
		to = to.Add(time.Hour - over)
	}
	return from, to
}

// column draws the day of one resource: what is booked and held, and what of the slots is left.
func (d drawing) column(c *schedule.Column) kit.DayColumn {
	col := kit.DayColumn{ID: resourceText(c.Resource.ID), Name: c.Resource.Name, Speciality: c.Resource.Speciality + c.Resource.Place}
	if c.Off.Key != "" {
		col.Note = kit.Of(c.Off).Text()
	}
	cells := make([]kit.DayCell, 0, len(c.Items)+len(c.Slots))
	for i := range c.Items {
		cells = append(cells, d.booked(&c.Items[i]))
	}
	for _, o := range c.Offers {
		end := o.Start.Add(time.Duration(o.Minutes) * time.Minute)
		cells = append(cells, kit.DayCell{ID: uuid.UUID(o.ID).String(), Kind: kit.DayHeld, From: o.Start, To: end, When: d.span(o.Start, end), Who: nameText(o.Who), Tone: urgency(o.Priority),
			Detail: []string{kit.Say("appointments.held", "held until {{.Until}}", "Until", whenText(o.Until, d.now)).Text()}})
	}
	taken := len(cells)
	for i := range c.Slots {
		s := &c.Slots[i]
		left := s.Capacity - s.Taken
		if left <= 0 || s.Past && slices.ContainsFunc(cells[:taken], func(o kit.DayCell) bool { return o.From.Before(s.End) && s.Start.Before(o.To) }) {
			continue // what was done in a slot that is over says enough
		}
		cell := kit.DayCell{ID: s.Start.UTC().Format(time.RFC3339), From: s.Start, To: s.End, When: d.span(s.Start, s.End), Left: left, Past: s.Past}
		if s.Kept {
			cell.Kind = kit.DayReserve
		}
		cells = append(cells, cell)
	}
	slices.SortStableFunc(cells, func(a, b kit.DayCell) int { return a.From.Compare(b.From) })
	col.Cells = cells
	return col
}

// booked draws an appointment: who, how urgent, and how far it has come.
func (d drawing) booked(i *schedule.Item) kit.DayCell {
	cell := kit.DayCell{ID: uuid.UUID(i.ID).String(), Kind: kit.DayBooked, From: i.Start, To: i.End(), When: d.span(i.Start, i.End()), Who: nameText(i.Who),
		Tone: urgency(i.Priority), Past: !i.State.Active()}
	state := ""
	if i.State != schedule.Booked {
		state = kit.Of(i.State.Text()).Text()
	}
	switch {
	case i.Priority.Pressing():
		cell.Word = kit.Of(i.Priority.Text()).Text()
	case state != "":
		cell.Word, state = state, ""
		if i.State == schedule.Arrived || i.State == schedule.NoShow {
			cell.Tone = stateTone(i.State)
		}
	}
	for _, detail := range []string{state, i.Reason} {
		if detail != "" {
			cell.Detail = append(cell.Detail, detail)
		}
	}
	return cell
}

// leadsTo is where choosing a cell leads; false where there is nothing to be done.
func (a *agenda) leadsTo(col kit.DayColumn, cell kit.DayCell) (kit.Route, bool) {
	id, _ := parseResource(col.ID)
	switch cell.Kind {
	case kit.DayBooked:
		visit, ok := parseID(cell.ID)
		return VisitRoute(schedule.ID(visit)), ok
	case kit.DayHeld:
		return kit.Route{Place: PlaceWaiting}, a.session.May(OpensWaiting)
	case kit.DayFree, kit.DayReserve:
		if cell.Past || !a.session.May(access.ActAppointmentBook) || id.Kind() != schedule.ADoctor {
			return kit.Route{}, false // machines are booked for an order, from the work list
		}
		w := wish{resource: id, at: cell.From, from: a.day}
		if cell.Kind == kit.DayReserve {
			w.priority = schedule.Urgent
		}
		return bookRoute(w), true
	}
	return kit.Route{}, false
}
