package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Side is whose value stays.
type Side uint8

// The sides.
const (
	Undecided Side = iota
	Yours
	Theirs
)

// Difference is a field that two people have changed at the same time. Values are as people read them.
type Difference struct {
	Name   string // the field's
	Label  Sentence
	Yours  string
	Theirs string
	// Base is what stood there before both; HasBase tells that it is known. Where only one of the two has changed it, that
	// one's value is proposed.
	Base    string
	HasBase bool
}

// Conflict shows what two people have made of one record, field by field, and lets the person choose. Fields in which both
// say the same are left out.
type Conflict struct {
	rows []*conflictRow
	body *fyne.Container
}

// NewConflict makes the view. who is the other person, and when: 'Bob Miller, 14:05'.
func NewConflict(who string, differences []Difference) *Conflict {
	c := &Conflict{body: container.New(&formLayout{columns: 1})}
	for _, d := range differences {
		if d.Yours == d.Theirs {
			continue
		}
		row := newConflictRow(d, who)
		row.step = c.step
		c.rows = append(c.rows, row)
		c.body.Add(row)
	}
	return c
}

// Object is the view.
func (c *Conflict) Object() fyne.CanvasObject { return c.body }

// Start is the first field to decide; nil where both agree on everything.
func (c *Conflict) Start() fyne.Focusable {
	if len(c.rows) == 0 {
		return nil
	}
	return c.rows[0]
}

// Agreed tells whether both say the same in every field: there is nothing to ask.
func (c *Conflict) Agreed() bool { return len(c.rows) == 0 }

// Chosen is whose value stays, by field.
func (c *Conflict) Chosen() map[string]Side {
	chosen := map[string]Side{}
	for _, row := range c.rows {
		chosen[row.difference.Name] = row.side
	}
	return chosen
}

// Check tells whether all is decided, and gives the keyboard to the first field that isn't.
func (c *Conflict) Check() bool {
	for _, row := range c.rows {
		if row.side == Undecided {
			row.focus()
			return false
		}
	}
	return true
}

// step leads from one field to another.
func (c *Conflict) step(from *conflictRow, by int) {
	for i, row := range c.rows {
		if next := i + by; row == from && next >= 0 && next < len(c.rows) {
			c.rows[next].focus()
			return
		}
	}
}

// Dialog asks for the decision over a window. do gets whose value stays, by field; leaving it decides nothing.
func (c *Conflict) Dialog(title, consequence Sentence, do func(map[string]Side)) *Dialog {
	var d *Dialog
	d = &Dialog{Title: title, Remarks: []Remark{{Attention, consequence}}, Body: c.body, Buttons: []DialogButton{{
		Label: Say("conflict.save", "Save what is chosen"), Primary: true, Stay: true,
		Do: func() {
			if c.Check() {
				d.Close()
				do(c.Chosen())
			}
		},
	}}}
	for _, row := range c.rows {
		row.entered = func() { reveal(d.scroll, row) }
	}
	return d
}
