package ward

import (
	"context"
	"slices"
	"time"

	"wardbook/app/access"
	"wardbook/app/patient"
	"wardbook/app/term"
	"wardbook/data"
)

// Board is all wards with their rooms and beds, as of one moment, in the order in which people name them.
type Board struct {
	At    time.Time
	Today term.Date // in the hospital's zone
	Wards []WardTile
	Count Count
	// Lapses is when the first reservation lapses, which no event tells: read the board anew then. Zero: none.
	Lapses time.Time
}

// WardTile is a ward on the board.
type WardTile struct {
	WardRow
	Rooms []RoomTile
	Count Count
}

// RoomTile is a room on the board; its capacity is the number of its beds.
type RoomTile struct {
	RoomRow
	Beds []BedTile
}

// BedTile is a bed on the board.
type BedTile struct {
	BedRow
	// State at the moment of the board, closed where its room or ward is; Why says why.
	State State
	Why   string
	// In is who lies in it, For is for whom it is reserved; nil where nobody, or where this session may not see patients.
	In  *Inpatient
	For *Who
}

// Count counts beds by state.
type Count [Closed + 1]int

// Of is the number of beds in a state.
func (c Count) Of(s State) int { return c[s] }

// Beds is the number of all.
func (c Count) Beds() (n int) {
	for _, one := range c {
		n += one
	}
	return n
}

func (c *Count) add(o Count) {
	for i := range o {
		c[i] += o[i]
	}
}

// Who is a patient as boards and lists show one: of a confidential one, before a reason was stated, the number only.
type Who struct {
	ID           patient.ID
	Name         term.HumanName
	MRN          term.MRN
	Birth        term.Birth
	Sex          term.Sex
	Confidential bool
	Unknown      bool
	// Veiled: confidential, and no reason was stated in this session.
	Veiled bool
	// Alike: another one on this board or list has a name that is easily taken for this one.
	Alike bool
}

// markAlike marks those whose names are easily confused with another's.
func markAlike(all []*Who) {
	first := map[string]*Who{}
	for _, w := range all {
		if w.Veiled || w.Unknown {
			continue
		}
		like := w.Name.Like()
		if other := first[like]; other == nil {
			first[like] = w
		} else if other.ID != w.ID {
			other.Alike, w.Alike = true, true
		}
	}
}

// whoIs shows of a patient what this session may see.
func whoIs(s *access.Session, r patient.Row) Who {
	b := patient.BannerOf(r)
	if b.Confidential && !s.HasStated(r.ID.RecordID()) {
		return Who{ID: b.ID, MRN: b.MRN, Confidential: true, Veiled: true}
	}
	return Who{ID: b.ID, Name: b.Name, MRN: b.MRN, Birth: b.Birth, Sex: b.Sex, Confidential: b.Confidential, Unknown: b.Unknown}
}

// Inpatient is a stay with its patient, as boards and lists show it.
type Inpatient struct {
	Who
	Stay     StayID
	Version  uint64
	Kind     Kind
	Reason   string // "" where Veiled
	Doctor   access.UserID
	Needs    Needs
	Expected term.Date
	Place    Place
	Bed      BedID
	Ward     WardID
	Admitted time.Time
	// Since is when the patient came into this bed.
	Since time.Time
	// Left and How tell of those who are not in any more.
	Left time.Time
	How  Disposition
}

// inpatient reads whose stay it is.
func inpatient(tx data.Tx, s *access.Session, id StayID, b brief) (Inpatient, error) {
	row, err := patient.In(tx, b.Patient)
	if err != nil {
		return Inpatient{}, err
	}
	i := Inpatient{Who: whoIs(s, row), Stay: id, Version: b.Version, Kind: b.Kind, Reason: b.Reason, Doctor: b.Doctor, Needs: b.Needs,
		Expected: b.Expected, Place: b.Last.Place, Bed: b.Last.Bed, Ward: b.Last.Ward, Admitted: b.Admitted, Since: b.Last.From, How: b.How}
	if b.How != "" {
		i.Left = b.Last.To
	}
	if i.Veiled {
		i.Reason, i.Doctor, i.Kind = "", access.UserID{}, ""
	}
	return i, nil
}

// Read gives the board. Who may see patients learns who lies where; whoever keeps beds only (administrators) sees their states.
func Read(ctx context.Context, s *access.Session) (board Board, err error) {
	zone, err := where(ctx, s)
	if err != nil {
		return board, err
	}
	action := access.ActWardLook
	names := access.Allows(access.ActBoard, s.Roles())
	if names {
		action = access.ActBoard
	}
	err = s.View(ctx, access.Deed{Action: action}, func(tx data.Tx) error {
		c, err := survey(tx, WardID{})
		if err != nil {
			return err
		}
		var seen seen
		if names {
			if seen, err = look(tx, s); err != nil {
				return err
			}
		}
		board = assemble(c, seen, tx.Time())
		board.Today = term.DateOf(tx.Time(), zone)
		return nil
	})
	return board, err
}

// seen is who lies in beds, and for whom they are kept.
type seen struct {
	in   map[BedID]*Inpatient
	kept map[BedID]*Who
}

func look(tx data.Tx, s *access.Session) (found seen, err error) {
	found = seen{map[BedID]*Inpatient{}, map[BedID]*Who{}}
	var everybody []*Who
	for hit, err := range lying.Scan(tx, data.Span{}) {
		if err != nil {
			return found, err
		}
		i, err := inpatient(tx, s, hit.ID, hit.Cover)
		if err != nil {
			return found, err
		}
		found.in[i.Bed] = &i
		everybody = append(everybody, &i.Who)
	}
	for hit, err := range kept.Scan(tx, data.Span{}) {
		if err != nil {
			return found, err
		}
		who, err := keptFor(tx, s, hit.Cover)
		if err != nil {
			return found, err
		}
		found.kept[hit.Cover.Bed] = who
		everybody = append(everybody, who)
	}
	markAlike(everybody)
	return found, nil
}

// assemble puts beds into their rooms and rooms into their wards.
func assemble(c census, found seen, now time.Time) Board {
	board := Board{At: now}
	inRoom := map[RoomID][]BedTile{}
	for _, b := range c.beds {
		tile := BedTile{BedRow: b, In: found.in[b.ID]}
		if tile.State, tile.Why = c.spot(b).state(now); tile.State == Reserved {
			tile.For = found.kept[b.ID]
			if until := b.Value.Until; board.Lapses.IsZero() || until.Before(board.Lapses) {
				board.Lapses = until
			}
		}
		inRoom[b.Value.Room] = append(inRoom[b.Value.Room], tile)
	}
	inWard := map[WardID]*WardTile{}
	for id, w := range c.wards {
		inWard[id] = &WardTile{WardRow: w}
	}
	for id, r := range c.rooms {
		w := inWard[r.Value.Ward]
		tiles := inRoom[id]
		slices.SortFunc(tiles, func(a, b BedTile) int { return natural(a.Value.Label, b.Value.Label) })
		for _, t := range tiles {
			w.Count[t.State]++
		}
		w.Rooms = append(w.Rooms, RoomTile{r, tiles})
	}
	for _, w := range inWard {
		slices.SortFunc(w.Rooms, func(a, b RoomTile) int { return natural(a.Value.Name, b.Value.Name) })
		board.Count.add(w.Count)
		board.Wards = append(board.Wards, *w)
	}
	slices.SortFunc(board.Wards, func(a, b WardTile) int { return natural(a.Value.Name, b.Value.Name) })
	return board
}

// keptFor reads for whom a bed is reserved.
func keptFor(tx data.Tx, s *access.Session, r Reservation) (*Who, error) {
	row, err := patient.In(tx, r.Patient)
	if err != nil {
		return nil, err
	}
	who := whoIs(s, row)
	return &who, nil
}
