package appointments

import (
	"time"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"

	"wardbook/app/schedule"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// bookingFields are the fields of the booking form.
type bookingFields struct {
	target   *kit.ChoiceField[target]
	priority *kit.ChoiceField[schedule.Priority]
	from     *kit.DateField
	reason   *kit.TextField // nil of a move: the reason stays
	form     *kit.Form
}

func priorityOptions() (all []kit.Option[schedule.Priority]) {
	for _, p := range schedule.Priorities() {
		all = append(all, kit.Option[schedule.Priority]{Value: p, Label: kit.Of(p.Text())})
	}
	return all
}

// mostAhead is how far ahead can be booked: what schedule allows.
const mostAhead = 400

func newBookingFields(b *booking, day term.Date) *bookingFields {
	f := &bookingFields{form: kit.NewForm(2)}
	f.target = kit.NewChoiceField(kit.FieldSpec{Name: schedule.FieldResource, Label: kit.Say("appointments.field.target", "Doctor or speciality"), Required: true}, b.targets())
	if b.moving != nil && b.moving.Resource.Kind() != schedule.ADoctor {
		f.target = kit.NewChoiceField(kit.FieldSpec{Name: schedule.FieldResource, Label: kit.Say("appointments.field.machine", "Machine or room"), Required: true}, b.targets())
	}
	f.target.SetValue(b.asked.target)
	f.priority = kit.NewChoiceField(kit.FieldSpec{Name: schedule.FieldPriority, Label: kit.Say("appointments.field.priority", "Priority"), Required: true}, priorityOptions())
	f.priority.SetValue(b.asked.priority)
	f.from = kit.NewDateField(kit.FieldSpec{Name: schedule.FieldTime, Label: kit.Say("appointments.field.from", "From day"), Required: true, Letters: 16},
		kit.DateRules{Today: day, Future: true, Min: day, Max: day.AddDays(mostAhead),
			TooEarly: kit.Say("appointments.from.past", "This day has passed. Enter today or a later day."),
			TooLate:  kit.Say("appointments.from.far", "Appointments are booked at most {{.Most}} days ahead.", "Most", mostAhead)}, false)
	f.from.SetDate(b.asked.from)
	f.form.Section(kit.Sentence{}, f.target, f.priority, f.from)
	if b.moving == nil {
		f.reason = kit.NewTextField(kit.FieldSpec{Name: schedule.FieldReason, Label: kit.Say("appointments.field.reason", "Reason"),
			Hint: kit.Say("appointments.field.reason.hint", "A word for the list, such as 'Follow-up'")}, kit.TextRules{Max: 120})
		f.reason.SetText(b.asked.reason)
		f.form.Section(kit.Sentence{}, f.reason)
	}
	return f
}

// read is what the fields say; a day that can't be read leaves the one before.
func (f *bookingFields) read(before asked) asked {
	a := before
	if t, ok := f.target.Value(); ok {
		a.target = t
	}
	if p, ok := f.priority.Value(); ok {
		a.priority = p
	}
	if d := f.from.Answer().Date; !d.IsZero() && f.from.Error().Empty() {
		a.from = d
	}
	if f.reason != nil {
		a.reason = f.reason.Text()
	}
	return a
}

func proposalKey(p schedule.Proposal) string {
	return resourceText(p.Resource.ID) + p.Start.UTC().Format(time.RFC3339)
}

// proposalColumns are those of times that can be had.
func proposalColumns(h kit.Host) []kit.TableColumn[schedule.Proposal] {
	return []kit.TableColumn[schedule.Proposal]{
		{ID: "when", Title: kit.Say("appointments.column.when", "When"), Width: 180, Cell: func(p schedule.Proposal) kit.Cell {
			return kit.Cell{Text: whenText(p.Start, h.Now()).Text(), Bold: true}
		}},
		{ID: "with", Title: kit.Say("appointments.column.with", "With"), Width: 190, Main: true, Cell: func(p schedule.Proposal) kit.Cell { return kit.Cell{Text: p.Resource.Name} }},
		{ID: "length", Title: kit.Say("appointments.column.length", "Takes"), Width: 90, Cell: func(p schedule.Proposal) kit.Cell {
			return kit.Cell{Text: lengthText(time.Duration(p.Minutes) * time.Minute)}
		}},
		{ID: "why", Title: kit.Say("appointments.column.place", "Place"), Width: 180, Cell: func(p schedule.Proposal) kit.Cell { return kit.Cell{Text: kit.Of(p.Why).Text()} }},
	}
}

// pair sets a form at the left of a list, or above it where the window is too narrow for both.
type pair struct{}

const (
	formLetters = 20 // heights of a text
	listLetters = 30
)

// Layout is called by Fyne; the first object is the form.
func (pair) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	letter := fyne.CurrentApp().Settings().Theme().Size(base.SizeNameText)
	form, list := objects[0], objects[1]
	form.Move(fyne.Position{})
	if width := formLetters * letter; size.Width >= width+listLetters*letter {
		form.Resize(fyne.NewSize(width, size.Height))
		list.Move(fyne.NewPos(width, 0))
		list.Resize(fyne.NewSize(size.Width-width, size.Height))
		return
	}
	height := size.Height / 2
	form.Resize(fyne.NewSize(size.Width, height))
	list.Move(fyne.NewPos(0, height))
	list.Resize(fyne.NewSize(size.Width, size.Height-height))
}

// MinSize is called by Fyne.
func (pair) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height)
}
