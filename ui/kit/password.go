package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"wardbook/ui/theme"
)

// Strength judges a password: 0 (guessed at once) to 4, and why or how it could be better.
type Strength func(password string) (score int, why Sentence)

// PasswordField asks for a password. Pasting works; a button shows what was typed, and hides it again.
type PasswordField struct {
	*FieldFrame
	entry    *Entry
	reveal   *Button
	strength Strength
	bar      *strengthBar
}

var _ Field = (*PasswordField)(nil)

// NewPasswordField makes the field. check tells what is wrong with a password; strength draws a bar below. Both may be nil.
func NewPasswordField(spec FieldSpec, check func(string) Sentence, strength Strength) *PasswordField {
	p := &PasswordField{entry: NewEntry(), strength: strength}
	p.entry.Password = true
	p.entry.ActionItem = container.NewWithoutLayout() // Fyne's own eye can't be reached by keyboard
	p.reveal = NewButton(Say("password.show", "Show").Text(), nil, func() { p.show(p.entry.Password) })
	input := container.NewBorder(nil, nil, nil, p.reveal, p.entry)
	if strength != nil {
		p.bar = newStrengthBar()
		input = container.NewBorder(nil, p.bar, nil, nil, input)
	}
	p.FieldFrame = NewFieldFrame(spec, FieldInput{Object: input, Focus: p.entry, Read: p.Text, Enable: p.enable,
		Check: func() Sentence {
			if check == nil {
				return Sentence{}
			}
			return check(p.Text())
		}})
	hook(p.FieldFrame, p.entry)
	p.entry.OnChanged = func(string) {
		p.judge()
		p.Edited()
	}
	return p
}

// Text is the password, every space of it.
func (p *PasswordField) Text() string { return p.entry.Text }

// Clear empties the field and hides what is typed next.
func (p *PasswordField) Clear() {
	p.show(false)
	changed := p.entry.OnChanged
	p.entry.OnChanged = nil
	p.entry.SetText("")
	p.entry.OnChanged = changed
	p.judge()
	p.SetError(Sentence{})
	p.Keep()
}

// Write puts a password there as if the person had typed it.
func (p *PasswordField) Write(text string) { p.entry.SetText(text) }

func (p *PasswordField) show(plain bool) {
	p.entry.Password = !plain
	p.entry.Refresh()
	p.reveal.SetText(Say("password.show", "Show").Text())
	if plain {
		p.reveal.SetText(Say("password.hide", "Hide").Text())
	}
}

func (p *PasswordField) judge() {
	if p.strength == nil {
		return
	}
	if p.Text() == "" {
		p.bar.show(-1)
		p.SetNote("")
		return
	}
	score, why := p.strength(p.Text())
	p.bar.show(score)
	text := strengthWord(score).Text()
	if !why.Empty() {
		text += ". " + why.Text()
	}
	p.SetNote(text)
}

func strengthWord(score int) Sentence {
	switch {
	case score <= 0:
		return Say("password.worst", "Guessed at once")
	case score == 1:
		return Say("password.weak", "Weak")
	case score == 2:
		return Say("password.fair", "Fair")
	case score == 3:
		return Say("password.good", "Good")
	}
	return Say("password.strong", "Strong")
}

func (p *PasswordField) enable(may bool) {
	for _, w := range []fyne.Disableable{p.entry, p.reveal} {
		if may {
			w.Enable()
		} else {
			w.Disable()
		}
	}
}

// strengthBar is four pieces, as many filled as the password is strong; the word below says the same.
type strengthBar struct {
	widget.BaseWidget
	pieces [4]*canvas.Rectangle
	score  int
}

func newStrengthBar() *strengthBar {
	b := &strengthBar{score: -1}
	for i := range b.pieces {
		b.pieces[i] = &canvas.Rectangle{StrokeWidth: 1, CornerRadius: 2}
	}
	b.ExtendBaseWidget(b)
	return b
}

func (b *strengthBar) show(score int) {
	b.score = score
	b.Refresh()
}

// CreateRenderer is called by Fyne.
func (b *strengthBar) CreateRenderer() fyne.WidgetRenderer {
	r := &strengthRenderer{b}
	r.fill()
	return r
}

type strengthRenderer struct{ b *strengthBar }

func (r *strengthRenderer) Destroy()           {}
func (r *strengthRenderer) MinSize() fyne.Size { return fyne.NewSize(80, 12) }
func (r *strengthRenderer) Refresh()           { r.fill(); canvas.Refresh(r.b) }
func (r *strengthRenderer) Objects() []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for _, piece := range r.b.pieces {
		objects = append(objects, piece)
	}
	return objects
}

func (r *strengthRenderer) fill() {
	settings := fyne.CurrentApp().Settings()
	look := func(name fyne.ThemeColorName) color.Color {
		return settings.Theme().Color(name, settings.ThemeVariant())
	}
	filled := theme.Good
	if r.b.score < 3 {
		filled = theme.Attention
	}
	for i, piece := range r.b.pieces {
		piece.StrokeColor, piece.FillColor = look(base.ColorNameInputBorder), nil
		if i < r.b.score {
			piece.FillColor = look(filled)
		}
	}
}

func (r *strengthRenderer) Layout(size fyne.Size) {
	each := (size.Width - 3*4) / 4
	for i, piece := range r.b.pieces {
		piece.Move(fyne.NewPos(float32(i)*(each+4), 4))
		piece.Resize(fyne.NewSize(each, 6))
	}
}
