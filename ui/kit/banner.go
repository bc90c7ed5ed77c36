package kit

import (
	"image"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Banner is what stands over every screen about a patient: as much of it as the person at this desk may see. All texts are
// in the user's language already.
type Banner struct {
	Name      string
	Age, Born string // '55 years', '3 Feb 1971'; empty where nobody knows
	Estimated bool   // nobody knows the date exactly: both are said as 'about'
	Sex, MRN  string
	Photo     image.Image // nil where there is none
	Where     string      // where the patient lies: 'Ward 2, room 3, bed B'; empty for who lies nowhere
	// Allergies and NEWS2 are nil for roles that may not see them: then nothing is said, not even that they are unknown.
	Allergies    *AllergyLine
	NEWS2        *ScoreLine
	Confidential bool
	Alike        bool     // another patient has a name like this one
	Dead, Merged Sentence // 'Died 3 Mar 2026', 'Merged into MRN 123'; empty for others
}

// AllergyLine is what is known of allergies. Nobody having asked is not the same as there being none.
type AllergyLine struct {
	Asked bool
	Known []string
}

// ScoreLine is the newest NEWS2.
type ScoreLine struct {
	Taken bool // false: never
	Score int
	Tone  Tone   // by the score's band
	When  string // '14:05'
}

// Sizes of a banner. Names shrink before they are wrapped, and are wrapped before they are cut.
const (
	nameLargest  = 32 // at text of 100 %
	nameSmallest = 22
	nameLines    = 3
	chipLines    = 3
	bannerPad    = 8
	bannerGap    = 6
	factGap      = 20
	photoWidth   = 66
	photoHeight  = 88
)

// PatientBanner shows a Banner. How high it is depends on how wide it is: UnderBanner lays it over a screen.
type PatientBanner struct {
	widget.BaseWidget
	banner  Banner
	width   float32
	height  float32
	objects []fyne.CanvasObject
}

// NewPatientBanner makes the banner of one patient.
func NewPatientBanner(b Banner) *PatientBanner {
	p := &PatientBanner{banner: b}
	p.ExtendBaseWidget(p)
	return p
}

// SetBanner replaces all that is shown. A window about a patient stays about that patient: it is for news of the same one.
func (p *PatientBanner) SetBanner(b Banner) {
	p.banner = b
	p.Refresh()
}

// Resize is called by Fyne.
func (p *PatientBanner) Resize(size fyne.Size) {
	if p.width != size.Width {
		p.width = size.Width
		if before := p.height; p.draw() != before {
			canvas.Refresh(p) // has the window look at how high it must be
		}
	}
	p.BaseWidget.Resize(size)
}

// UnderBanner lays a screen's content below the banner, which is as high as it needs to be at the window's width and stays
// where it is when the content is scrolled.
func UnderBanner(banner *PatientBanner, content fyne.CanvasObject) *fyne.Container {
	return container.New(underBanner{banner, content}, banner, content)
}

type underBanner struct {
	banner  *PatientBanner
	content fyne.CanvasObject
}

// Layout is called by Fyne.
func (u underBanner) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	u.banner.Resize(fyne.NewSize(size.Width, u.banner.height)) // which finds the height
	u.banner.Resize(fyne.NewSize(size.Width, u.banner.height))
	u.content.Move(fyne.NewPos(0, u.banner.height))
	u.content.Resize(fyne.NewSize(size.Width, max(size.Height-u.banner.height, 0)))
}

// MinSize is called by Fyne.
func (u underBanner) MinSize([]fyne.CanvasObject) fyne.Size {
	content := u.content.MinSize()
	return fyne.NewSize(max(content.Width, mainLeast), content.Height+u.banner.MinSize().Height)
}

// draw lays everything out anew for the present width, and answers the height that takes.
func (p *PatientBanner) draw() float32 {
	d := &bannerDrawing{p: p, left: bannerPad, right: max(p.width-bannerPad, bannerPad+1), y: bannerPad}
	ground := &canvas.Rectangle{FillColor: paint(p, base.ColorNameHeaderBackground)}
	line := &canvas.Rectangle{FillColor: paint(p, base.ColorNameForeground)}
	d.objects = []fyne.CanvasObject{ground, line}
	d.photo()
	d.name()
	d.facts()
	d.chips()
	d.y = max(d.y, d.least)
	p.objects, p.height = d.objects, d.y+bannerPad
	ground.Resize(fyne.NewSize(p.width, p.height))
	line.Move(fyne.NewPos(0, p.height-2))
	line.Resize(fyne.NewSize(p.width, 2))
	return p.height
}

// CreateRenderer is called by Fyne.
func (p *PatientBanner) CreateRenderer() fyne.WidgetRenderer {
	p.draw()
	return bannerRenderer{p}
}

type bannerRenderer struct{ p *PatientBanner }

func (r bannerRenderer) Destroy()                     {}
func (r bannerRenderer) Objects() []fyne.CanvasObject { return r.p.objects }
func (r bannerRenderer) Layout(fyne.Size)             {}
func (r bannerRenderer) MinSize() fyne.Size           { return fyne.NewSize(mainLeast, r.p.height) }

// Refresh is called by Fyne: another theme, another size of text.
func (r bannerRenderer) Refresh() {
	r.p.draw()
	canvas.Refresh(r.p)
}

// facts are what identifies the patient beside the name.
func (b Banner) facts() []string {
	var facts []string
	about := func(text string) string {
		if !b.Estimated {
			return text
		}
		return Say("banner.about", "about {{.Value}}", "Value", text).Text()
	}
	if b.Age != "" {
		facts = append(facts, about(b.Age))
	}
	if b.Born != "" {
		facts = append(facts, Say("banner.born", "born {{.Date}}", "Date", about(b.Born)).Text())
	} else {
		facts = append(facts, Say("banner.birth.unknown", "date of birth unknown").Text())
	}
	if b.Sex != "" {
		facts = append(facts, b.Sex)
	}
	return append(facts, Say("banner.mrn", "MRN {{.MRN}}", "MRN", b.MRN).Text())
}

// remarks are what must not be overlooked, the most serious first.
func (b Banner) remarks() []chip {
	var chips []chip
	add := func(tone Tone, text string) { chips = append(chips, chip{tone, text}) }
	if !b.Dead.Empty() {
		add(Urgent, b.Dead.Text())
	}
	if !b.Merged.Empty() {
		add(Urgent, b.Merged.Text())
	}
	if a := b.Allergies; a != nil {
		switch {
		case len(a.Known) > 0:
			add(Critical, Say("banner.allergies", "ALLERGIES: {{.List}}", "List", strings.Join(a.Known, ", ")).Text())
		case a.Asked:
			add(Good, Say("banner.allergies.none", "No known allergies").Text())
		default:
			add(Attention, Say("banner.allergies.unasked", "Allergies not asked").Text())
		}
	}
	if s := b.NEWS2; s != nil {
		add(s.tone(), s.text())
	}
	if b.Alike {
		add(Attention, Say("banner.alike", "Another patient has a name like this").Text())
	}
	if b.Confidential {
		add(Attention, Say("banner.confidential", "CONFIDENTIAL").Text())
	}
	return chips
}

func (s ScoreLine) tone() Tone {
	if !s.Taken {
		return Attention
	}
	return s.Tone
}

// text says the band as well as the number: no colour carries it alone.
func (s ScoreLine) text() string {
	switch {
	case !s.Taken:
		return Say("banner.news.none", "NEWS2 not taken yet").Text()
	case s.Tone == Critical:
		return Say("banner.news.critical", "NEWS2 {{.Score}} CRITICAL, {{.When}}", "Score", s.Score, "When", s.When).Text()
	case s.Tone == Urgent:
		return Say("banner.news.urgent", "NEWS2 {{.Score}} URGENT, {{.When}}", "Score", s.Score, "When", s.When).Text()
	}
	return Say("banner.news.score", "NEWS2 {{.Score}}, {{.When}}", "Score", s.Score, "When", s.When).Text()
}
