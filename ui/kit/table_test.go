package kit_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"wardbook/ui/kit"
	"wardbook/ui/theme"
)

type person struct {
	id, name string
	age      int
}

func personKey(p person) string { return p.id }

func personColumns() []kit.TableColumn[person] {
	return []kit.TableColumn[person]{
		{ID: "mrn", Title: kit.Say("kittest.mrn", "MRN"), Width: 80, Cell: func(p person) kit.Cell { return kit.Cell{Text: p.id} }},
		{ID: "name", Title: kit.Say("kittest.name", "Name"), Width: 200, Main: true, Cell: func(p person) kit.Cell { return kit.Cell{Text: p.name} },
			Less: func(a, b person) bool { return a.name < b.name }},
		{ID: "age", Title: kit.Say("kittest.age", "Age"), Width: 50, Right: true, Cell: func(p person) kit.Cell { return kit.Cell{Text: fmt.Sprint(p.age)} },
			Less: func(a, b person) bool { return a.age < b.age }},
	}
}

// people are n persons; their ages repeat, their names don't.
func people(n int) []person {
	list := make([]person, n)
	for i := range list {
		list[i] = person{fmt.Sprintf("M%05d", i), fmt.Sprintf("%c%s %d", 'A'+i%26, strings.Repeat("x", i%7), i), i * 37 % 90}
	}
	return list
}

type shownTable struct {
	*kit.DataTable[person]
	window fyne.Window
	opened []string
}

func newShownTable(t testing.TB, rows []person) *shownTable {
	t.Helper()
	return newShownTableWith(t, rows, nil)
}

func newShownTableWith(t testing.TB, rows []person, widths kit.Widths) *shownTable {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, theme.NormalText))
	s := &shownTable{DataTable: kit.NewDataTable(personKey, widths, personColumns()...)}
	s.OnOpen = func(p person) { s.opened = append(s.opened, p.id) }
	s.window = test.NewTempWindow(t, s.DataTable)
	s.window.Resize(fyne.NewSize(600, 400))
	s.SetRows(rows, len(rows))
	s.window.Canvas().Focus(s.DataTable)
	return s
}

func (s *shownTable) press(keys ...fyne.KeyName) {
	for _, key := range keys {
		s.TypedKey(&fyne.KeyEvent{Name: key})
	}
}

func (s *shownTable) selected() string {
	p, _ := s.Selected()
	return p.id
}

func TestATableIsReadByKeyboard(t *testing.T) {
	s := newShownTable(t, people(1000))
	if s.selected() != "" {
		t.Errorf("%s is selected before anybody chose", s.selected())
	}
	for _, step := range []struct {
		key  fyne.KeyName
		want string
	}{
		{fyne.KeyDown, "M00000"}, {fyne.KeyDown, "M00001"}, {fyne.KeyUp, "M00000"}, {fyne.KeyUp, "M00000"},
		{fyne.KeyEnd, "M00999"}, {fyne.KeyDown, "M00999"}, {fyne.KeyHome, "M00000"},
	} {
		if s.press(step.key); s.selected() != step.want {
			t.Fatalf("%s selects %s, want %s", step.key, s.selected(), step.want)
		}
	}
	s.press(fyne.KeyPageDown)
	page := s.selected()
	if page < "M00008" || page > "M00020" {
		t.Errorf("PageDown goes to %s in a window of some 13 rows", page)
	}
	s.press(fyne.KeyPageUp)
	if s.selected() != "M00000" {
		t.Errorf("PageUp goes to %s, want back to the first", s.selected())
	}
	s.press(fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnter)
	if fmt.Sprint(s.opened) != "[M00001 M00001]" {
		t.Errorf("Enter opened %v", s.opened)
	}
}

func TestTheSelectedRowIsAlwaysSeen(t *testing.T) {
	s := newShownTable(t, people(300))
	for _, key := range []fyne.KeyName{fyne.KeyEnd, fyne.KeyHome, fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyUp} {
		s.press(key)
		if !drawn(s, s.selected()) {
			t.Errorf("after %s the selected row %s is not drawn", key, s.selected())
		}
	}
}

// drawn tells whether a text is drawn whole inside the window.
func drawn(s *shownTable, text string) bool {
	for _, placed := range textsOf(s.window) {
		if placed.text == text && placed.y >= 0 && placed.y < s.window.Canvas().Size().Height {
			return true
		}
	}
	return false
}

func TestTheSelectionStaysWithItsPersonWhenRowsAreReplaced(t *testing.T) {
	s := newShownTable(t, people(50))
	s.press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
	changes := 0
	s.OnSelect = func(person, bool) { changes++ }
	s.SetRows(append([]person{{"NEW", "Aa", 1}}, people(50)...), 51)
	if s.selected() != "M00002" || changes != 0 {
		t.Errorf("%s is selected after a row came in above (%d changes told); want M00002", s.selected(), changes)
	}
	s.SetRows(people(2), 2)
	if s.selected() != "" || changes != 1 {
		t.Errorf("%q is selected though the person is gone (%d changes told)", s.selected(), changes)
	}
	s.press(fyne.KeyReturn)
	if len(s.opened) != 0 {
		t.Errorf("Enter opened %v, whom nobody chose", s.opened)
	}
	s.press(fyne.KeyDown)
	if s.selected() != "M00001" {
		t.Errorf("the arrows go on from %s, want the nearest row", s.selected())
	}
}

func TestHeadsSort(t *testing.T) {
	s := newShownTable(t, []person{{"1", "Čapek", 30}, {"2", "Ann", 80}, {"3", "Bo", 30}})
	s.press(fyne.KeyDown)
	s.press(fyne.KeyRight, fyne.KeyRight, fyne.KeySpace)
	if got := order(s); got != "1 3 2" {
		t.Errorf("by age: %s, want 1 3 2 (equal ages as they came)", got)
	}
	if s.selected() != "1" {
		t.Errorf("sorting moved the selection to %s", s.selected())
	}
	s.press(fyne.KeySpace)
	if got := order(s); got != "2 1 3" {
		t.Errorf("by age downwards: %s, want 2 1 3", got)
	}
	s.press(fyne.KeyLeft, fyne.KeyLeft, fyne.KeySpace)
	if got := order(s); got != "2 1 3" {
		t.Errorf("a column that doesn't sort changed the order to %s", got)
	}
	for _, c := range s.Commands() {
		if c.Key == fyne.Key2 && c.Modifier == fyne.KeyModifierAlt {
			c.Do()
		}
	}
	if got := order(s); got != "2 3 1" {
		t.Errorf("Alt+2 sorts %s, want by name: 2 3 1", got)
	}
}

// order is the persons from top to bottom.
func order(s *shownTable) string {
	var ids []string
	s.press(fyne.KeyHome)
	for {
		ids = append(ids, s.selected())
		if s.press(fyne.KeyDown); s.selected() == ids[len(ids)-1] {
			break
		}
	}
	s.Select("1")
	return strings.Join(ids, " ")
}

func TestATableThatHasOnlyAPartSaysWhatItSorted(t *testing.T) {
	s := newShownTable(t, people(10))
	s.press(fyne.KeyRight, fyne.KeySpace)
	if !says(s.window, "10 of 10") || says(s.window, "among these") {
		t.Errorf("the whole list: %v", textsOf(s.window))
	}
	s.SetRows(people(10), 500)
	if !says(s.window, "10 of 500, sorted among these only") {
		t.Errorf("a part of 500: %v", textsOf(s.window))
	}
}

func TestASourceSortsAndTurnsPages(t *testing.T) {
	s := newShownTable(t, nil)
	columns := personColumns()
	columns[1].BySource = true
	table := kit.NewDataTable(personKey, nil, columns...)
	s.DataTable = table
	s.window.SetContent(table)
	all := people(250)
	var asked []int
	table.OnPage = func(offset int) {
		asked = append(asked, offset)
		table.SetPage(all[offset:min(offset+100, len(all))], offset, len(all))
	}
	var order kit.Order
	table.OnSort = func(o kit.Order) { order = o }
	table.SetPage(all[:100], 0, 250)
	s.press(fyne.KeyEnd, fyne.KeyDown)
	if s.selected() != "M00100" {
		t.Errorf("beyond the last row comes %s, want the first of the next page", s.selected())
	}
	s.press(fyne.KeyUp)
	if s.selected() != "M00099" {
		t.Errorf("before the first row comes %s, want the last of the page before", s.selected())
	}
	for _, c := range table.Commands() {
		if c.Name.Key == "table.next" {
			c.Do()
			c.Do()
			c.Do() // there is no fourth page
		}
	}
	s.press(fyne.KeyHome, fyne.KeyPageUp)
	if want := "[100 0 100 200 100]"; fmt.Sprint(asked) != want {
		t.Errorf("asked for pages at %v, want %s", asked, want)
	}
	s.press(fyne.KeyRight, fyne.KeySpace, fyne.KeySpace)
	if (order != kit.Order{Column: "name", Down: true}) {
		t.Errorf("the source was asked for %+v, want the names downwards at last", order)
	}
}

func TestLettersJump(t *testing.T) {
	s := newShownTable(t, []person{{"1", "Ann", 1}, {"2", "Émile", 1}, {"3", "Emma", 1}, {"4", "Zoe", 1}})
	for typed, want := range map[string]string{"z": "4", "em": "2", "emm": "3", "eann": "1"} {
		s.press(fyne.KeyHome)
		for _, r := range typed {
			s.TypedRune(r)
		}
		if s.selected() != want {
			t.Errorf("%q jumps to %s, want %s", typed, s.selected(), want)
		}
	}
}

func TestComingBackShowsTheSameRows(t *testing.T) {
	rows := people(500)
	s := newShownTable(t, rows)
	s.press(fyne.KeyRight, fyne.KeySpace, fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyPageUp)
	want, state := seen(s), s.State()
	selected := s.selected()

	again := newShownTable(t, nil)
	again.Restore(state)
	again.SetRows(nil, 0) // while they are being read
	again.SetRows(rows, len(rows))
	if got := seen(again); got != want {
		t.Errorf("came back to\n%s, want\n%s", got, want)
	}
	if again.selected() != selected {
		t.Errorf("came back to %s, want %s", again.selected(), selected)
	}
}

func seen(s *shownTable) string {
	var lines []string
	for _, placed := range textsOf(s.window) {
		lines = append(lines, fmt.Sprintf("%s@%.0f", placed.text, placed.y))
	}
	return strings.Join(sorted(lines), "\n")
}

func TestAStateStandsInPlaceOfTheRows(t *testing.T) {
	s := newShownTable(t, people(5))
	retry := kit.NewButton("Retry", nil, func() {})
	s.SetState(retry)
	if drawn(s, "M00001") {
		t.Error("rows are drawn under the state")
	}
	s.press(fyne.KeyDown, fyne.KeyReturn)
	if len(s.opened) != 0 {
		t.Error("Enter opened a row that can't be seen")
	}
	if retry.Size().Height < 100 {
		t.Errorf("the state has no room: %v", retry.Size())
	}
	s.SetState(nil)
	if !drawn(s, "M00001") {
		t.Error("the rows don't come back")
	}
}

func TestKeysThatATableHasNoUseForReachTheWindow(t *testing.T) {
	s := newShownTable(t, people(5))
	var got []fyne.KeyName
	s.window.Canvas().SetOnTypedKey(func(event *fyne.KeyEvent) { got = append(got, event.Name) })
	s.press(fyne.KeyEscape, fyne.KeyF5, fyne.KeyDown, fyne.KeyLeft)
	if fmt.Sprint(got) != "[Escape F5]" {
		t.Errorf("the window got %v, want Escape and F5", got)
	}
}

func TestTheMouseSelectsAtOnceAndOpensTwice(t *testing.T) {
	s := newShownTable(t, people(50))
	for _, o := range test.LaidOutObjects(s.window.Content()) {
		if rows, ok := o.(fyne.DoubleTappable); ok {
			test.DoubleTap(rows)
		}
	}
	if s.selected() != "M00000" || len(s.opened) != 1 {
		t.Errorf("selected %s, opened %v", s.selected(), s.opened)
	}
}
