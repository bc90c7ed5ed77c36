package data

import "fmt"

// Schema is the tables of a store.
type Schema struct {
	tables []*TableDef
	number map[uint16]*TableDef
}

// NewSchema gathers tables; an error names what two of them share or what lacks.
func NewSchema(tables ...*TableDef) (*Schema, error) {
	s := &Schema{number: map[uint16]*TableDef{}}
	names := map[string]bool{}
	for _, t := range append([]*TableDef{counters.def}, tables...) {
		if t.Number < FirstTable && t != counters.def {
			return nil, fmt.Errorf("table %s has number %d; %d is the first", t.Name, t.Number, FirstTable)
		}
		if s.number[t.Number] != nil || names[t.Name] || t.Name == "" {
			return nil, fmt.Errorf("table %q number %d: name or number used twice, or empty", t.Name, t.Number)
		}
		if err := t.check(); err != nil {
			return nil, err
		}
		s.number[t.Number], names[t.Name] = t, true
		s.tables = append(s.tables, t)
	}
	return s, nil
}

func (t *TableDef) check() error {
	numbers := map[uint16]bool{}
	for _, ix := range t.Indexes {
		if numbers[ix.Number] || ix.Number == 0 {
			return fmt.Errorf("table %s: index number %d used twice, or zero", t.Name, ix.Number)
		}
		numbers[ix.Number] = true
	}
	for _, ix := range t.Texts {
		if numbers[ix.Number] || ix.Number == 0 {
			return fmt.Errorf("table %s: index number %d used twice, or zero", t.Name, ix.Number)
		}
		numbers[ix.Number] = true
	}
	return nil
}

// Tables gives all tables, the book's own first.
func (s *Schema) Tables() []*TableDef { return s.tables }

// Table finds a table by number; nil where there is none.
func (s *Schema) Table(number uint16) *TableDef { return s.number[number] }

// Fingerprint changes when the index has to be built anew.
func (ix *IndexDef) Fingerprint() string {
	return fmt.Sprintf("%s v%d unique=%v schema=%d", ix.Name, ix.Version, ix.Unique, ix.Table.Schema())
}

// Fingerprint changes when the index has to be built anew.
func (ix *TextDef) Fingerprint() string {
	return fmt.Sprintf("%s v%d fold=%d schema=%d", ix.Name, ix.Version, FoldVersion, ix.Table.Schema())
}
