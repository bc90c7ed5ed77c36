package kit_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/test"

	"wardbook/ui/kit"
	"wardbook/ui/kit/kittest"
	"wardbook/ui/theme"
)

// listWindow is a window as places have it: a search, a banner, a table with pages.
func listWindow(t *testing.T, percent int, size fyne.Size) (fyne.Window, *kit.DataTable[person]) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, percent))
	async := kit.NewAsync(t.Context(), kittest.NewQueue(t).Do)
	search := kit.NewPatientSearch(async, kit.After(async), nil, nil)
	table := kit.NewDataTable(personKey, nil, personColumns()...)
	table.OnPage = func(int) {}
	b := annSmith()
	b.Allergies, b.NEWS2, b.Alike, b.Estimated = &kit.AllergyLine{}, &kit.ScoreLine{Taken: true, Score: 8, Tone: kit.Critical, When: "14:05"}, true, true
	content := kit.UnderBanner(kit.NewPatientBanner(b), table)
	// Not NewBorder: Tab would lead to the content first.
	w := test.NewTempWindow(t, container.New(layout.NewBorderLayout(search, nil, nil, nil), search, content))
	w.Resize(size)
	table.SetPage(people(100)[:50], 50, 1000)
	return w, table
}

func TestTabLeadsThroughAList(t *testing.T) {
	w, _ := listWindow(t, 100, fyne.NewSize(1000, 700))
	kittest.Reachable(t, w)
}

func TestNothingOfAListIsCutOffOrUntranslated(t *testing.T) {
	for _, percent := range []int{90, 100, 200} {
		kittest.Pseudo(t)
		w, table := listWindow(t, percent, fyne.NewSize(1000, 700))
		if !strings.HasPrefix(kit.Say("table.next", "Next page").Text(), "[") {
			t.Skip("en.json has not been written since these texts were: TestEveryTextIsInTheTranslations says so")
		}
		table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		if cut := kittest.CutOff(w); len(cut) > 0 {
			t.Errorf("%d %%: cut off: %q", percent, cut)
		}
		data := []string{"Ann Smith", "3 Feb 1971", "55 years", "female", "Ward 2, room 3, bed B", "MRN", "Name", "Age", "NEWS2"}
		for _, p := range people(100) {
			data = append(data, p.id, p.name)
		}
		if found := kittest.Untranslated(w, data...); len(found) > 0 {
			t.Errorf("%d %%: not translated: %q", percent, found)
		}
	}
}
