package frontdesk

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/ui/kit"
)

// alikePanel shows beside a form who may be the patient of it. It never stands in the way of saving.
type alikePanel struct {
	rows   *fyne.Container
	scroll *container.Scroll
	open   func(patient.ID)
	first  *card
}

func newAlikePanel(open func(patient.ID)) *alikePanel {
	p := &alikePanel{rows: container.New(&tower{}), open: open}
	p.scroll = container.NewVScroll(container.NewPadded(p.rows))
	return p
}

func (p *alikePanel) visible(shown bool) {
	if shown {
		p.scroll.Show()
	} else {
		p.scroll.Hide()
	}
}

func (p *alikePanel) clear() {
	p.rows.RemoveAll()
	p.first = nil
}

// quiet says that nobody like this is there, as long as there is nothing else to say.
func (p *alikePanel) quiet() {
	p.clear()
	p.heading(kit.Say("patients.alike.none", "Registered already?"))
	p.rows.Add(small(kit.Say("patients.alike.none.text", "Patients with a like name and date of birth, the same phone or paper are shown here as you type. So far there are none.").Text()))
	p.rows.Refresh()
}

// show lists patients who may be the one of the form.
func (p *alikePanel) show(all []patient.Likeness, on term.Date) {
	if len(all) == 0 {
		p.quiet()
		return
	}
	p.clear()
	p.rows.Add(kit.RemarkRow(kit.Attention, kit.Say("patients.alike", "May be registered already")))
	for _, a := range all {
		p.add(a.Hit, kit.Of(a.Reason.Text()), on)
	}
	p.rows.Refresh()
}

// taken shows who has the number of a paper that was entered.
func (p *alikePanel) taken(h patient.Hit, on term.Date) {
	p.clear()
	p.rows.Add(kit.RemarkRow(kit.Critical, kit.Say("patients.taken", "Has this number of a paper")))
	p.add(h, kit.Sentence{}, on)
	p.rows.Refresh()
}

func (p *alikePanel) heading(s kit.Sentence) {
	label := widget.NewLabel(s.Text())
	label.TextStyle.Bold = true
	label.Wrapping = fyne.TextWrapWord
	p.rows.Add(label)
}

func (p *alikePanel) add(h patient.Hit, why kit.Sentence, on term.Date) {
	name := widget.NewLabel(h.Name.Listed())
	name.TextStyle.Bold = true
	name.Wrapping = fyne.TextWrapBreak
	facts := joined(bornText(h, on), sexFact(h.Sex), h.MRN.String())
	if h.Confidential {
		facts = joined(facts, kit.Say("patients.mark.confidential", "confidential").Text())
	}
	if !why.Empty() {
		facts += "\n" + why.Text()
	}
	c := newCard(func() { p.open(h.ID) }, name, small(facts), small(kit.Say("patients.alike.opens", "Enter opens this patient").Text()))
	c.entered = func() { p.reveal(c) }
	if p.first == nil {
		p.first = c
	}
	p.rows.Add(container.NewPadded(c))
}

// reveal scrolls to the card that has the keyboard.
func (p *alikePanel) reveal(c *card) {
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(c).Y - driver.AbsolutePositionForObject(p.scroll.Content).Y
	offset, view := p.scroll.Offset, p.scroll.Size().Height
	offset.Y = min(max(offset.Y, top+c.Size().Height-view), top) // of what is higher than the view the top is seen
	if offset != p.scroll.Offset {
		p.scroll.ScrollToOffset(offset)
	}
}

func small(text string) *widget.Label {
	label := widget.NewLabel(text)
	label.Wrapping = fyne.TextWrapWord
	return label
}
