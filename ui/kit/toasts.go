package kit

import (
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// How long a notice stays: long enough to be noticed, and to be read by somebody who reads slowly.
const (
	toastLeast  = 4 * time.Second
	toastLetter = 70 * time.Millisecond
	toastUndo   = 10 * time.Second // at least, where it can be taken back
	toastMargin = 16               // around, in device-independent pixels
)

// Toasts shows what has happened at the lower edge of a window, one notice after the other. It never takes the keyboard;
// Tab reaches its Undo, and the shell may give it a key. What is critical stays until it is dismissed, and lies below the
// content instead of over it: it must not hide for hours what somebody types.
type Toasts struct {
	later Later
	queue []Toast
	over  *fyne.Container
	below *fyne.Container
	stop  func()
}

// NewToasts makes a place for notices.
func NewToasts(later Later) *Toasts {
	return &Toasts{later: later, over: container.New(toastLayout{}), below: container.NewVBox()}
}

// Over puts the notices on a window's content: what it answers is to be shown instead of the content.
func (t *Toasts) Over(content fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(container.NewBorder(nil, t.below, nil, nil, content), t.over)
}

// Tell shows a notice, after those that wait.
func (t *Toasts) Tell(toast Toast) {
	t.queue = append(t.queue, toast)
	if len(t.queue) == 1 {
		t.show()
	}
}

// Showing is the notice that can be seen.
func (t *Toasts) Showing() (Toast, bool) {
	if len(t.queue) == 0 {
		return Toast{}, false
	}
	return t.queue[0], true
}

// Undo takes back what the notice says, and tells whether there was anything to take back.
func (t *Toasts) Undo() bool {
	toast, ok := t.Showing()
	if !ok || toast.Undo == nil {
		return false
	}
	t.Dismiss()
	toast.Undo()
	return true
}

// Dismiss takes the notice away, and tells whether there was one.
func (t *Toasts) Dismiss() bool {
	if len(t.queue) == 0 {
		return false
	}
	if t.stop != nil {
		t.stop()
		t.stop = nil
	}
	t.queue = t.queue[1:]
	t.show()
	return true
}

// Clear takes all away: somebody else is at the desk.
func (t *Toasts) Clear() {
	t.queue = t.queue[:min(len(t.queue), 1)]
	t.Dismiss()
}

func (t *Toasts) show() {
	t.over.RemoveAll()
	t.below.RemoveAll()
	toast, ok := t.Showing()
	if !ok {
		return
	}
	if stay := stays(toast); stay > 0 {
		t.over.Add(t.panel(toast))
		t.stop = t.later(stay, func() { t.Dismiss() })
		return
	}
	t.below.Add(t.panel(toast))
}

// stays is how long a notice is shown; 0: until it is dismissed.
func stays(toast Toast) time.Duration {
	if toast.Tone == Critical {
		return 0
	}
	stay := max(toastLeast, toastLetter*time.Duration(utf8.RuneCountInString(toast.Sentence.Text())))
	if toast.Undo != nil {
		stay = max(stay, toastUndo)
	}
	return stay
}

func (t *Toasts) panel(toast Toast) fyne.CanvasObject {
	buttons := container.NewHBox()
	if toast.Undo != nil {
		label := toast.Label
		if label.Empty() {
			label = Say("toast.undo", "Undo")
		}
		buttons.Add(NewButton(label.Text(), nil, func() { t.Undo() }))
	}
	if stays(toast) == 0 {
		buttons.Add(NewButton(Say("toast.dismiss", "Dismiss").Text(), nil, func() { t.Dismiss() }))
	}
	row := container.NewBorder(nil, nil, nil, container.NewVBox(buttons), RemarkRow(toast.Tone, toast.Sentence))
	return newPanel(toast.Tone, container.NewPadded(row))
}

// panel is a background with a border in a tone's colour.
type panel struct {
	widget.BaseWidget
	tone    Tone
	back    *canvas.Rectangle
	content fyne.CanvasObject
}

func newPanel(tone Tone, content fyne.CanvasObject) *panel {
	p := &panel{tone: tone, back: &canvas.Rectangle{StrokeWidth: 2, CornerRadius: 4}, content: content}
	p.ExtendBaseWidget(p)
	p.colour()
	return p
}

func (p *panel) colour() {
	settings := fyne.CurrentApp().Settings()
	name := p.tone.Color()
	if p.tone == Plain {
		name = base.ColorNameInputBorder
	}
	p.back.FillColor = settings.Theme().Color(base.ColorNameOverlayBackground, settings.ThemeVariant())
	p.back.StrokeColor = settings.Theme().Color(name, settings.ThemeVariant())
}

// Refresh is called by Fyne, and when the theme has changed.
func (p *panel) Refresh() {
	p.colour()
	p.BaseWidget.Refresh()
}

// CreateRenderer is called by Fyne.
func (p *panel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(p.back, p.content))
}

// toastLayout sets the notice at the lower edge, in the middle, no wider than text should run.
type toastLayout struct{}

// Layout is called by Fyne.
func (toastLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	letter := fyne.CurrentApp().Settings().Theme().Size(base.SizeNameText)
	width := max(0, min(size.Width-2*toastMargin, dialogLetters*letter))
	for _, object := range objects {
		object.Resize(fyne.NewSize(width, 0)) // text that wraps knows its height only now
		height := object.MinSize().Height
		object.Resize(fyne.NewSize(width, height))
		object.Move(fyne.NewPos((size.Width-width)/2, size.Height-height-toastMargin))
	}
}

// MinSize is nothing: a notice must not make the window larger.
func (toastLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }
