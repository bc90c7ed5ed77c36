package frontdesk

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"wardbook/ui/kit"
)

// remarks is a place for remarks over a page; it takes no room until something is said.
type remarks struct {
	box    *fyne.Container
	around fyne.CanvasObject // what has to make room
}

func newRemarks(around fyne.CanvasObject) remarks {
	n := remarks{container.New(&tower{}), around}
	n.box.Hide()
	return n
}

// say shows these remarks and no others.
func (n remarks) say(all ...kit.Remark) {
	if len(all) == 0 && !n.box.Visible() {
		return
	}
	n.box.RemoveAll()
	for _, r := range all {
		n.box.Add(kit.RemarkRow(r.Tone, r.Sentence))
	}
	n.box.Hidden = len(all) == 0
	n.around.Refresh()
}
