package ward

import (
	"context"

	"wardbook/app/access"
	"wardbook/data"
)

// Changed is what an entry changed, as far as this session may see it: for screens that watch.
type Changed struct {
	// Layout: wards or rooms, or beds that came or went: read the board anew.
	Layout bool
	Beds   []BedID
	Stays  []StayID
	// Kept: reservations.
	Kept bool
}

// Any tells whether there is something for a board or list to show.
func (c Changed) Any() bool { return c.Layout || c.Kept || len(c.Beds)+len(c.Stays) > 0 }

// ChangedIn picks what is about wards out of an entry; each bed and stay once.
func ChangedIn(e data.Entry) (c Changed) {
	seen := map[data.ID]bool{}
	for _, r := range e.Records {
		if seen[r.ID] {
			continue
		}
		seen[r.ID] = true
		switch r.Table {
		case wards.Def().Number, rooms.Def().Number:
			c.Layout = true
		case reservations.Def().Number:
			c.Kept = true
		case beds.Def().Number:
			if id, err := (BedID{}).FromRecordID(r.ID); err == nil {
				c.Beds = append(c.Beds, id)
			}
			c.Layout = c.Layout || r.Record.Deleted || r.Record.Version == 1
		case stays.Def().Number:
			if id, err := (StayID{}).FromRecordID(r.ID); err == nil {
				c.Stays = append(c.Stays, id)
			}
		}
	}
	return c
}

// Put brings a bed that was read by itself onto the board, with its counts and the marks of names that are alike. False where the board lacks the bed: read it
// anew.
func (b *Board) Put(tile BedTile) bool {
	var place *BedTile
	var everybody []*Who
	for w := range b.Wards {
		for r := range b.Wards[w].Rooms {
			for i := range b.Wards[w].Rooms[r].Beds {
				one := &b.Wards[w].Rooms[r].Beds[i]
				if one.ID == tile.ID {
					b.Count[one.State]--
					b.Wards[w].Count[one.State]--
					b.Count[tile.State]++
					b.Wards[w].Count[tile.State]++
					*one, place = tile, one
				}
				everybody = append(everybody, one.people()...)
			}
		}
	}
	for _, who := range everybody {
		who.Alike = false
	}
	markAlike(everybody)
	if place != nil && tile.State == Reserved && (b.Lapses.IsZero() || tile.Value.Until.Before(b.Lapses)) {
		b.Lapses = tile.Value.Until
	}
	return place != nil
}

// people are those whom a tile shows.
func (t *BedTile) people() (all []*Who) {
	if t.In != nil {
		all = append(all, &t.In.Who)
	}
	if t.For != nil {
		all = append(all, t.For)
	}
	return all
}

// Tile gives one bed as the board shows it, to paint what changed and nothing else (Board.Put). NotFound where it was removed: read the board anew.
func Tile(ctx context.Context, s *access.Session, id BedID) (tile BedTile, err error) {
	action := access.ActWardLook
	names := access.Allows(access.ActBoard, s.Roles())
	if names {
		action = access.ActBoard
	}
	err = s.View(ctx, access.Deed{Action: action}, func(tx data.Tx) error {
		sp, err := spotOf(tx, id)
		if err != nil {
			return err
		}
		tile = BedTile{BedRow: sp.bed}
		tile.State, tile.Why = sp.state(tx.Time())
		if !names {
			return nil
		}
		return tile.read(tx, s)
	})
	return tile, err
}

// read reads who lies in the bed or for whom it is kept.
func (t *BedTile) read(tx data.Tx, s *access.Session) error {
	b := t.Value
	for hit, err := range lying.Scan(tx, data.Within(b.Ward, b.Room, t.ID)) {
		if err != nil {
			return err
		}
		i, err := inpatient(tx, s, hit.ID, hit.Cover)
		if err != nil {
			return err
		}
		t.In = &i
	}
	if t.State != Reserved {
		return nil
	}
	r, err := reservedBed.Get(tx, t.ID)
	if err != nil {
		return notThere(err)
	}
	t.For, err = keptFor(tx, s, r.Value)
	return err
}
