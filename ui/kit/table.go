package kit

import (
	"slices"

	"fyne.io/fyne/v2"
)

// Cell is what stands in one place of a table.
type Cell struct {
	Text   string
	Tone   Tone // with its shape before the text
	Bold   bool
	Struck bool   // entered in error
	Full   string // more than Text says, such as the full instant of '14:05'; shown of the row that is selected
}

// TableColumn is one column of a table of T. Widths are device-independent pixels at text of 100 %.
type TableColumn[T any] struct {
	ID    string // for what is remembered of it; never shown
	Title Sentence
	Width float32 // until the person chooses another
	Right bool    // numbers
	Main  bool    // takes what the other columns leave of the window; the first column where none does
	Cell  func(T) Cell
	// Less tells whether a comes before b. A column without it can't be sorted by, except where a Source sorts.
	Less func(a, b T) bool
	// BySource marks a column that the table's OnSort knows how to sort by.
	BySource bool
}

// Widths remembers the widths that a person gave to columns. Set is called on the window's goroutine and must be quick.
type Widths interface {
	Get(id string) (width float32, ok bool)
	Set(id string, width float32)
}

// Order is the column that rows are sorted by; none where Column is empty.
type Order struct {
	Column string
	Down   bool
}

// TableState is all that must come back when a person comes back to a table. What is in it is the table's own affair.
type TableState struct {
	order    Order
	selected string
	top      float32 // rows above the first that is seen
	offset   int
}

// Offset is the number of rows before the page that was shown.
func (s TableState) Offset() int { return s.offset }

// Order is how the rows were sorted.
func (s TableState) Order() Order { return s.order }

// DataTable shows many rows of T at once, all of it by keyboard: arrows, PageUp, PageDown, Home and End choose a row, Enter
// opens it, letters jump; Left and Right choose a column, Space sorts by it, + and - change its width. It draws only
// the rows that are seen. All of it belongs to the window's goroutine.
type DataTable[T any] struct {
	grid
	columns []TableColumn[T]
	key     func(T) string
	rows    []T // in the order shown

	// OnOpen is called with the row that was opened: Enter, or a double click.
	OnOpen func(T)
	// OnSelect is called when another row was selected, by whatever means; ok is false when none is.
	OnSelect func(row T, ok bool)
	// OnSort asks for the rows in another order, where a source holds more than the table.
	OnSort func(Order)
}

// NewDataTable makes a table. key names a row for as long as it exists, so that the selection stays with it when rows are
// replaced. widths may be nil.
func NewDataTable[T any](key func(T) string, widths Widths, columns ...TableColumn[T]) *DataTable[T] {
	t := &DataTable[T]{columns: columns, key: key}
	t.grid.init(widths, len(columns))
	for i, c := range columns {
		t.heads[i] = head{id: c.ID, title: c.Title.Text(), width: c.Width, right: c.Right, sorts: c.Less != nil || c.BySource, bySource: c.BySource}
		if c.Main {
			t.main = i
		}
	}
	t.cell = t.cellAt
	t.sortBy = t.sort
	t.open = func(row int) {
		if row >= 0 && row < len(t.rows) && t.OnOpen != nil {
			t.OnOpen(t.rows[row])
		}
	}
	t.chosen = t.selectionChanged
	t.ExtendBaseWidget(t)
	t.self = t
	t.build()
	return t
}

// SetRows replaces all rows; total is how many there are in all, of which these are a part. The row that was selected
// stays so if it is among them.
func (t *DataTable[T]) SetRows(rows []T, total int) { t.SetPage(rows, 0, total) }

// SetPage replaces all rows with those that follow the first offset of total. Pages are asked for through OnPage.
func (t *DataTable[T]) SetPage(rows []T, offset, total int) {
	t.rows = slices.Clone(rows)
	t.arrange()
	t.offset, t.total = offset, max(total, offset+len(rows))
	t.replaced(len(t.rows), t.indexOf(t.selected))
}

// Selected is the row that is selected.
func (t *DataTable[T]) Selected() (row T, ok bool) {
	if i := t.current; i >= 0 && i < len(t.rows) {
		return t.rows[i], true
	}
	return row, false
}

// Select selects the row of this key, and tells whether it is there.
func (t *DataTable[T]) Select(key string) bool {
	i := t.indexOf(key)
	if i >= 0 {
		t.choose(i)
	}
	return i >= 0
}

// State is what Restore needs to show the same again.
func (t *DataTable[T]) State() TableState {
	return TableState{order: t.order, selected: t.selected, top: t.topRow(), offset: t.offset}
}

// Restore shows what State saw, as soon as there are rows.
func (t *DataTable[T]) Restore(s TableState) {
	t.order, t.selected, t.offset = s.order, s.selected, s.offset
	t.wantTop, t.wanted = s.top, true
	t.arrange()
	t.replaced(len(t.rows), t.indexOf(t.selected))
}

// Commands are the table's part of its screen's commands: sorting (Alt with a digit) and pages.
func (t *DataTable[T]) Commands() []Command { return t.commands() }

func (t *DataTable[T]) cellAt(row, column int) Cell {
	if row < 0 || row >= len(t.rows) || column < 0 || column >= len(t.columns) {
		return Cell{} // the rows have become fewer since this was asked for
	}
	return t.columns[column].Cell(t.rows[row])
}

func (t *DataTable[T]) selectionChanged(row int) {
	key := ""
	if row >= 0 && row < len(t.rows) {
		key = t.key(t.rows[row])
	}
	if key == t.selected {
		return
	}
	t.selected = key
	if t.OnSelect != nil {
		t.OnSelect(t.Selected())
	}
}

func (t *DataTable[T]) indexOf(key string) int {
	if key == "" {
		return -1
	}
	return slices.IndexFunc(t.rows, func(row T) bool { return t.key(row) == key })
}

// sort is called when a person chose another order.
func (t *DataTable[T]) sort(order Order) {
	t.order = order
	if i := t.columnOf(order.Column); i >= 0 && t.columns[i].BySource {
		t.head.Refresh()
		if t.OnSort != nil {
			t.OnSort(order)
		}
		return
	}
	t.arrange()
	t.replaced(len(t.rows), t.indexOf(t.selected))
	t.reveal(t.current)
}

// arrange sorts the rows as the person chose, if the table can. Rows that are equal keep the order they came in.
func (t *DataTable[T]) arrange() {
	i := t.columnOf(t.order.Column)
	if i < 0 || t.columns[i].BySource || t.columns[i].Less == nil {
		return
	}
	less := t.columns[i].Less
	slices.SortStableFunc(t.rows, func(a, b T) int {
		if t.order.Down {
			a, b = b, a
		}
		switch {
		case less(a, b):
			return -1
		case less(b, a):
			return 1
		}
		return 0
	})
}

func (t *DataTable[T]) columnOf(id string) int {
	return slices.IndexFunc(t.columns, func(c TableColumn[T]) bool { return id != "" && c.ID == id })
}

var _ fyne.Focusable = (*DataTable[int])(nil)
