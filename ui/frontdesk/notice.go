package frontdesk

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"wardbook/ui/kit"
)

// notice is a place for remarks over a page; it takes no room until something is said.
type notice struct{ box *fyne.Container }

func newNotice() notice {
	n := notice{container.NewVBox()}
	n.box.Hide()
	return n
}

// say shows these remarks and no others.
func (n notice) say(remarks ...kit.Remark) {
	if len(remarks) == 0 && !n.box.Visible() {
		return
	}
	n.box.RemoveAll()
	for _, r := range remarks {
		n.box.Add(kit.RemarkRow(r.Tone, r.Sentence))
	}
	n.box.Hidden = len(remarks) == 0
	n.box.Refresh()
}
